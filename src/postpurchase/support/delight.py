"""A kindness that nobody expected: after trouble, after many orders; seldom, and never twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum, unique
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.draw import held_out
from postpurchase.domain.event import CouponIssued, MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.offer import Offer
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Direction
from postpurchase.errors import InvalidSupport
from postpurchase.support.chat import InTouch
from postpurchase.support.problem import BY_TICKET
from postpurchase.support.ticket import tickets

KIND: Final = "delight"


@unique
class Occasion(StrEnum):
    """What a surprise may come after."""

    LATE = "late"
    TROUBLE = "trouble"
    ORDERS = "orders"


@frozen
class CameLate(Reason):
    """A parcel came after the day that was promised."""

    says: ClassVar[Says] = says(
        "order %(order)s came %(days)s day late",
        "order %(order)s came %(days)s days late",
        by="days",
    )
    order: str
    days: int


@frozen
class HadTrouble(Reason):
    """Something went wrong and was put right."""

    says: ClassVar[Says] = says("ticket %(ticket)s was solved")
    ticket: str


@frozen
class ManyOrders(Reason):
    """They bought so many times."""

    says: ClassVar[Says] = says("bought %(count)s time", "bought %(count)s times", by="count")
    count: int


@frozen
class NoOccasion(Reason):
    """Nothing calls for a surprise."""

    says: ClassVar[Says] = says("no occasion for a surprise")


@frozen
class SurpriseNotDrawn(Reason):
    """Some are surprised and some are not, and this is one of the latter."""

    says: ClassVar[Says] = says("not drawn for a surprise")


@frozen
class SurprisedLately(Reason):
    """They were surprised not long ago."""

    says: ClassVar[Says] = says("surprised in the last %(days)s days")
    days: int


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidSupport(message)


def _share(_: object, __: object, share: Decimal, /) -> None:
    if not share.is_finite() or not 0 < share <= 1:
        message = f"share must be above 0 and at most 1, got {share}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Surprise:
    """What is given after one sort of occasion.

    Attributes:
        after: the occasion.
        gives: what is given.
        number: for `ORDERS`, at which order of which something was kept; 0 for the others.
        within: how long after the occasion it may still come.
        share: in which share of the occasions, 0 to 1; drawn by the occasion, so that the same
            one always has the same answer.
    """

    after: Occasion
    gives: Offer
    number: int = 0
    within: timedelta = field(default=timedelta(days=7), validator=_positive)
    share: Decimal = field(default=Decimal(1), validator=_share)

    def __attrs_post_init__(self) -> None:
        """Refuse a number where none counts, and none where it does."""
        if (self.after is Occasion.ORDERS) is (self.number < 1):
            message = f"a surprise after so many orders, and no other, has a number: {self.number}"
            raise InvalidSupport(message)


@frozen(kw_only=True)
class Delight(Outcome):
    """A surprise for one customer.

    Attributes:
        key: names it for ever, such as `delight/late/S1`: keep it with what is given.
        offer: what is given.
    """

    key: str
    offer: Offer


@frozen(kw_only=True)
class Delights:
    """Chooses a surprise for who had trouble or stayed long, and leaves long times between.

    Nothing is given while a ticket is open: first the trouble is put right. What was given is
    known by messages of the kind `delight` or about a `delight`, whatever their kind, and by
    coupons whose grant begins with `delight/`; about one occasion nothing is given twice.

    Attributes:
        surprises: what may be given, the first that fits counts.
        gap: how long after a surprise there is none.
        salt: names the draw; another salt draws other occasions.
    """

    surprises: tuple[Surprise, ...]
    gap: timedelta = field(default=timedelta(days=180), validator=_positive)
    salt: str = KIND

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Delight] | Declined:
        """The surprise for this customer now, or why there is none."""
        del known
        history = subject.until(at)
        against = self._against(history, at)
        if against is not None:
            return Declined((against,))
        met, given = False, _given(history)
        for surprise in self.surprises:
            for occasion, when, why in _occasions(history, surprise, at):
                if f"{KIND}/{occasion}" in given or not when <= at <= when + surprise.within:
                    continue
                met = True
                if held_out(self.salt, occasion, surprise.share):
                    delight = Delight(key=f"{KIND}/{occasion}", offer=surprise.gives)
                    return Granted(delight, (why,))
        return Declined((SurpriseNotDrawn() if met else NoOccasion(),))

    def _against(self, history: History, at: datetime) -> Reason | None:
        for ticket in tickets(history, at=at):
            if ticket.closed is None:
                return InTouch(ticket.id)
        given = [
            each.at
            for each in history.all(MessageSent)
            if each.kind == KIND or each.about.startswith((f"{KIND}:", f"{KIND}/"))
        ]
        coupons = history.all(CouponIssued)
        given += [each.at for each in coupons if each.grant.startswith(f"{KIND}/")]
        lately = any(at - self.gap < each for each in given)
        return SurprisedLately(self.gap.days) if lately else None


def _given(history: History, /) -> set[str]:
    """The keys of what was given."""
    keys = {each.about.replace(":", "/", 1) for each in history.all(MessageSent)}
    return keys | {each.grant for each in history.all(CouponIssued)}


def _occasions(
    history: History, surprise: Surprise, at: datetime, /
) -> Iterator[tuple[str, datetime, Reason]]:
    """The occasions of one sort: what names each for ever, when it was, and in words."""
    if surprise.after is Occasion.LATE:
        yield from _late(history)
    elif surprise.after is Occasion.TROUBLE:
        for ticket in tickets(history, at=at):
            if ticket.closed is not None and ticket.solved and ticket.type in BY_TICKET:
                yield f"trouble/{ticket.id}", ticket.closed.at, HadTrouble(ticket.id)
    else:
        kept = [order for order in history.orders if order.kept]
        for order in kept[surprise.number - 1 : surprise.number]:
            yield f"orders/{order.id}", order.at, ManyOrders(surprise.number)


def _late(history: History, /) -> Iterator[tuple[str, datetime, Reason]]:
    promises = {order.id: order.promise for order in history.orders}
    for parcel in history.shipments:
        promise = parcel.promise or promises.get(parcel.order)
        came = parcel.delivered_at
        outbound = parcel.direction is Direction.OUTBOUND
        if promise is not None and came is not None and outbound and came > promise.end:
            days = (came - promise.end).days + 1
            yield f"late/{parcel.id}", came, CameLate(parcel.order, days)
