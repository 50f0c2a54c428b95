"""Bringing a friend: both sides decided together, guarded, and taken back together."""

from datetime import datetime
from math import floor
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import frozen

from postpurchase.domain.customer import Customer
from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import (
    ReviewPosted,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    settled,
)
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, instant
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.order import Order
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.rewards.basis import Basis
from postpurchase.rewards.entry import joined

_UTC: Final = ZoneInfo("UTC")
_BASIS: Final = Basis()
_FORTNIGHT: Final = Duration(days=14)
_MONTH: Final = Duration(days=30)


@frozen(kw_only=True)
class ReferralCase:
    """One friend that somebody brought, as the shop knows it.

    Attributes:
        advocate, friend: who brought whom.
        brought_at: when the friend came by the code.
        order: the friend's order that counts; None while there is none.
        delivered_at: when it was there; None while it is not.
        number: which of the friend's orders it is, from 1.
        by_advocate: how many friends the advocate was rewarded for before.
        by_others: whether somebody else brought this friend before.
        in_common: what the shop found to be the same for both, such as `address`, `device` or
            `payment`; comparing that is the shop's, for its data does not belong here.
    """

    advocate: Customer
    friend: Customer
    brought_at: datetime
    order: Order | None = None
    delivered_at: datetime | None = None
    number: int = 1
    by_advocate: int = 0
    by_others: int = 0
    in_common: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReferralReward(Outcome):
    """What both get; the keys say what it is given for."""

    advocate_key: str
    advocate: Offer
    friend_key: str
    friend: Offer


@frozen
class SamePerson(Reason):
    """The friend is the advocate."""

    says: ClassVar[Says] = says("friend and advocate have the same %(what)s")
    what: str


@frozen
class ReferredBefore(Reason):
    """Somebody else brought the friend before."""

    says: ClassVar[Says] = says("this friend was brought by somebody else before")


@frozen
class ReferralEnded(Reason):
    """The friend came when the programme was over, or bought too late."""

    says: ClassVar[Says] = says("the offer for friends ended at %(at)s")
    at: datetime


@frozen
class AdvocateLimit(Reason):
    """The advocate has brought as many friends as are rewarded."""

    says: ClassVar[Says] = says("%(most)s friends are rewarded")
    most: int


@frozen
class NotFirst(Reason):
    """The friend had bought before."""

    says: ClassVar[Says] = says("only a first order counts")


@frozen
class NothingBoughtYet(Reason):
    """The friend has not bought yet."""

    says: ClassVar[Says] = says("the friend has not bought yet")


@frozen
class FriendSpendsMore(Reason):
    """The friend's order is below the minimum."""

    says: ClassVar[Says] = says("the friend's order is %(missing)s below the minimum")
    missing: Money


@frozen
class OrderUndone(Reason):
    """The friend's order was cancelled or refunded."""

    says: ClassVar[Says] = says("the friend's order was cancelled or refunded")


@frozen
class StillReturnable(Reason):
    """The friend may still send the order back."""

    says: ClassVar[Says] = says("the friend may still send the order back")


@frozen
class FriendStayed(Reason):
    """The friend bought and kept it."""

    says: ClassVar[Says] = says("the friend bought order %(order)s and kept it")
    order: str


@frozen(kw_only=True)
class Referral:
    """A programme for friends.

    Attributes:
        advocate, friend: what each gets.
        minimum: the least basis of the friend's first order, inclusive.
        basis: what of it counts.
        most: for how many friends an advocate is rewarded; None is any number.
        ends: from when on friends who come do not count; None is never.
        within: how long after coming the friend must buy; None is any time.
        window: how long the friend can send the order back; nothing is given before that.
        zone: where days begin.
    """

    advocate: Offer
    friend: Offer
    minimum: Money | None = None
    basis: Basis = _BASIS
    most: int | None = None
    ends: datetime | None = None
    within: Duration | None = None
    window: Duration = _FORTNIGHT
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: ReferralCase, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[ReferralReward] | Declined:
        """What both get for a friend: both or neither, with every reason against it."""
        del known
        order = subject.order
        against = (*self._guards(subject), *self._order(subject, instant(at)))
        if order is None or against:
            return Declined(against)
        advocate, friend = _keys(subject)
        reward = ReferralReward(
            advocate_key=advocate, advocate=self.advocate, friend_key=friend, friend=self.friend
        )
        return Granted(reward, (FriendStayed(order.id),))

    def reversed(self, subject: ReferralCase, /) -> tuple[str, ...]:
        """The keys of both grants, once the order that earned them was cancelled or refunded."""
        order = subject.order
        if order is None or not (order.cancelled or order.fully_refunded):
            return ()
        return _keys(subject)

    def _guards(self, case: ReferralCase) -> tuple[Reason, ...]:
        reasons: list[Reason] = [SamePerson(what) for what in _same(case)]
        if case.by_others:
            reasons.append(ReferredBefore())
        if self.ends is not None and instant(self.ends) <= instant(case.brought_at):
            reasons.append(ReferralEnded(instant(self.ends)))
        if self.most is not None and case.by_advocate >= self.most:
            reasons.append(AdvocateLimit(self.most))
        return tuple(reasons)

    def _order(self, case: ReferralCase, at: datetime) -> tuple[Reason, ...]:
        order = case.order
        if order is None:
            return (NothingBoughtYet(),)
        if order.cancelled or order.fully_refunded:
            return (OrderUndone(),)
        reasons: list[Reason] = [NotFirst()] if case.number > 1 else []
        if self.within is not None:
            last = self.within.after(case.brought_at, self.zone)
            reasons += [ReferralEnded(last)] if last <= order.at else []
        if self.minimum is not None:
            # Nothing is converted: an order in another currency has spent nothing in this one.
            same = order.currency == self.minimum.currency
            spent = floor(self.basis.of(order, order.refunds)) if same else 0
            short = self.minimum.minor - spent
            reasons += [FriendSpendsMore(Money(short, self.minimum.currency))] if short > 0 else []
        there = case.delivered_at
        if there is None or at < self.window.after(there, self.zone):
            reasons.append(StillReturnable())
        return tuple(reasons)


def _keys(case: ReferralCase) -> tuple[str, str]:
    both = (case.advocate.id, case.friend.id)
    return joined("referral", "advocate", *both), joined("referral", "friend", *both)


def _same(case: ReferralCase) -> tuple[str, ...]:
    one, other = case.advocate, case.friend
    pairs = (
        ("id", one.id, other.id),
        ("account", one.account, other.account),
        ("e-mail", mailbox(one.email), mailbox(other.email)),
        ("phone", one.phone, other.phone),
    )
    return (*(what for what, a, b in pairs if a and a == b), *case.in_common)


def mailbox(email: str | None, /) -> str:
    """An address as it is compared: lower case, without what follows a plus sign before the @."""
    if email is None:
        return ""
    name, at, domain = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}" if at else ""


# ---------------------------------------------------------------- when to ask


@frozen
class HappyWith(Reason):
    """A good signal."""

    says: ClassVar[Says] = says("gave %(score)s of %(best)s on %(what)s")
    what: str
    score: int
    best: int


@frozen
class NoGoodSignal(Reason):
    """Nothing good was said lately."""

    says: ClassVar[Says] = says("nothing good was said lately")


@frozen
class HasATicket(Reason):
    """Somebody waits for help."""

    says: ClassVar[Says] = says("ticket %(ticket)s is open")
    ticket: str


@frozen
class MayAsk(Outcome):
    """Somebody may be asked to bring a friend; `signal` is the id of what they said."""

    signal: str


@frozen(kw_only=True)
class AskForReferral:
    """Ask to bring a friend only after something good was said, and never beside an open ticket.

    Attributes:
        score: the least share of a scale that is good, in per cent: 90 is a nine of ten.
        within: how long ago it was said at the most.
        zone: where days begin.
    """

    score: int = 80
    within: Duration = _MONTH
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[MayAsk] | Declined:
        """Whether somebody may be asked now; the last thing they said counts."""
        del known
        at, history = instant(at), subject.until(at)
        closed = settled(history.all(TicketReplied), history.all(TicketClosed))
        waiting = [each.id for each in history.all(TicketOpened) if each.id not in closed]
        if waiting:
            return Declined((HasATicket(waiting[0]),))
        said = max(_said(history), default=None)
        if said is None:
            return Declined((NoGoodSignal(),))
        when, signal, what, score, best = said
        if at >= self.within.after(when, self.zone) or score * 100 < best * self.score:
            return Declined((NoGoodSignal(),))
        return Granted(MayAsk(signal), (HappyWith(what, score, best),))


def _said(history: History) -> list[tuple[datetime, str, str, int, int]]:
    """Everything with a score: when, its id, what on, the score and the best one."""
    reviews = [
        (each.at, each.id, "review", each.rating, each.best)
        for each in history.all(ReviewPosted)
        if each.rating is not None
    ]
    surveys = [
        (each.at, each.id, each.survey, each.score, each.highest)
        for each in history.all(SurveyAnswered)
        if each.score is not None
    ]
    return [*reviews, *surveys]
