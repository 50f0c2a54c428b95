"""Paid membership: a fee for a period, and what it brings; whether it pays, for both sides."""

from datetime import datetime
from enum import Enum
from math import ceil
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Period, Periods, instant, local_date, start_of_day
from postpurchase.domain.money import Money
from postpurchase.domain.offer import FreeShipping, Offer
from postpurchase.domain.order import Order
from postpurchase.domain.rule import NOTHING, Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.basis import Basis

_UTC: Final = ZoneInfo("UTC")
_BASIS: Final = Basis()


@frozen(kw_only=True)
class MembershipStarted(Fact):
    """Somebody became a member; `plan` is the name of the plan."""

    plan: str


@frozen(kw_only=True)
class MembershipCancelled(Fact):
    """A membership shall end; `membership` is the id of its start."""

    membership: str


class Renewal(Enum):
    """What happens at the end of a period."""

    AUTOMATIC = "automatic"
    """The next one begins, and its fee is due."""
    NONE = "none"
    """The membership ends."""


class FeeBack(Enum):
    """What of the fee comes back when somebody cancels."""

    FULL_IF_UNUSED = "full_if_unused"
    """All, if nothing of the period was used, and the membership ends at once; else nothing."""
    PRO_RATA = "pro_rata"
    """The share of the days that are left, and the membership ends at once."""
    NOTHING = "nothing"
    """Nothing, and the membership lasts to the end of its period."""


def _above(_: object, __: object, fee: Money, /) -> None:
    if fee.minor < 1:
        raise InvalidProgramme(
            part="Plan",
            what="a paid membership has a fee above zero",
            given=str(fee),
            advice="use a Ladder for what is free",
        )


def _some(_: object, __: object, months: int, /) -> None:
    if months < 1:
        raise InvalidProgramme(
            part="Plan",
            what="a period has a month or more",
            given=str(months),
            advice="use 12 for a year",
        )


@frozen(kw_only=True)
class Plan:
    """A paid membership.

    Attributes:
        name: names it for ever.
        fee: for one period.
        months: how long a period is; each is counted from the day of joining.
        minimum: shipping is free for orders of at least this, inclusive; None is never.
        basis: what of an order counts towards the minimum.
        perks: what else it brings.
        renewal: what happens at the end of a period.
        fee_back: what comes back when somebody cancels.
        zone: where days begin.
    """

    name: str
    fee: Money = field(validator=_above)
    months: int = field(default=12, validator=_some)
    minimum: Money | None = None
    basis: Basis = _BASIS
    perks: tuple[Offer, ...] = ()
    renewal: Renewal = Renewal.AUTOMATIC
    fee_back: FeeBack = FeeBack.FULL_IF_UNUSED
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted["Member"] | Declined:
        """Whether somebody is a member at an instant, and until when.

        A membership that was cancelled lasts to the end of its period, unless the fee came back:
        then it ended at once.
        """
        del known
        at, history = instant(at), subject.until(at)
        answers = [
            self._member(started, history, at)
            for started in history.all(MembershipStarted)
            if started.plan == self.name
        ]
        for answer in reversed(answers):
            if answer:
                return answer
        return answers[-1] if answers else Declined((NeverJoined(self.name),))

    def _member(
        self, started: MembershipStarted, history: History, at: datetime
    ) -> Granted["Member"] | Declined:
        period = self._periods(started).containing(local_date(at, self.zone))
        ends = start_of_day(period.end, self.zone)
        last = self._last(started, history)
        if last is not None and last <= at:
            return Declined((EndedAt(self.name, last),))
        member = Member(
            plan=self.name,
            membership=started.id,
            since=started.at,
            period=period.number,
            starts=self._starts(started, period),
            ends=ends,
            fee_due=self.fee if last is None else None,
            perks=self.perks,
        )
        return Granted(member, (RenewsAt(ends) if last is None else LastsUntil(last),))

    def _last(self, started: MembershipStarted, history: History) -> datetime | None:
        """When it ends for good; None while it renews."""
        cancelled = self._cancelled(started, history)
        if cancelled is None:
            return self._runs_out(started)
        if self.returned(started, history):
            return cancelled
        period = self._periods(started).containing(local_date(cancelled, self.zone))
        return start_of_day(period.end, self.zone)

    def returned(self, started: MembershipStarted, history: History, /) -> Money:
        """What of the last fee comes back, once the membership was cancelled; zero before that."""
        cancelled = self._cancelled(started, history)
        nothing = Money.zero(self.fee.currency)
        if cancelled is None or self.fee_back is FeeBack.NOTHING:
            return nothing
        day = local_date(cancelled, self.zone)
        period = self._periods(started).containing(day)
        if self.fee_back is FeeBack.PRO_RATA:
            left = (period.end - day).days - 1
            return self.fee.allocate((left, (period.end - period.start).days - left))[0]
        starts = self._starts(started, period)
        used = any(
            starts <= order.at <= cancelled and self.ships_free(order) for order in history.orders
        )
        return nothing if used else self.fee

    def ships_free(self, order: Order, /) -> Granted[FreeShipping] | Declined:
        """Whether a member's order is shipped for free, and how much is missing where it is not."""
        if self.minimum is None or self.minimum.currency != order.currency:
            return Declined((NoFreeShipping(self.name),))
        missing = self.minimum.minor - self.basis.of(order)
        if missing > 0:
            money = Money(ceil(missing), order.currency)
            return Declined((SpendMoreForShipping(money),))
        return Granted(FreeShipping(minimum=self.minimum), (ReachedMinimum(self.minimum),))

    def pays_from(self, *, shipping: Money, costs: Money, margin: Money) -> "BreakEven":
        """From how many orders a period on the membership pays, for the customer and the shop.

        Args:
            shipping: what a customer pays for shipping an order without it.
            costs: what the shop pays for shipping an order.
            margin: what an order brings the shop before shipping.
        """
        if shipping.minor < 1:
            raise InvalidProgramme(
                part=self.name,
                what="an order without the membership pays for shipping",
                given=str(shipping),
                advice="pass what shipping costs the customer",
            )
        loss = costs.minor - margin.minor
        return BreakEven(
            customer=-(-self.fee.minor // shipping.minor),
            shop=None if loss <= 0 else self.fee.minor // loss,
            saved_each=shipping,
        )

    def _cancelled(self, started: MembershipStarted, history: History) -> datetime | None:
        """When it was cancelled; what has run out by itself cannot be."""
        ends = (
            each.at for each in history.all(MembershipCancelled) if each.membership == started.id
        )
        first, runs_out = next(ends, None), self._runs_out(started)
        return None if first is None or (runs_out is not None and runs_out <= first) else first

    def _runs_out(self, started: MembershipStarted) -> datetime | None:
        """When it ends by itself; None where it renews."""
        if self.renewal is Renewal.AUTOMATIC:
            return None
        return start_of_day(self._periods(started).period(0).end, self.zone)

    def _periods(self, started: MembershipStarted) -> Periods:
        return Periods(local_date(started.at, self.zone), self.months)

    def _starts(self, started: MembershipStarted, period: Period) -> datetime:
        return max(started.at, start_of_day(period.start, self.zone))


@frozen(kw_only=True)
class Member(Outcome):
    """A membership at an instant.

    Attributes:
        plan: the name of the plan; `membership` is the id of its start.
        since: when it began.
        period: which of its periods it is in, from 0.
        starts: when this period began.
        ends: when it ends, and the next one begins where it renews.
        fee_due: what is due then; None where it does not renew.
        perks: what it brings.
    """

    plan: str
    membership: str
    since: datetime
    period: int
    starts: datetime
    ends: datetime
    fee_due: Money | None
    perks: tuple[Offer, ...] = ()


@frozen(kw_only=True)
class BreakEven(Outcome):
    """From how many orders in a period a membership pays.

    Attributes:
        customer: from so many orders on the customer saves at least the fee.
        shop: up to so many orders the fee covers what the shop loses on each; None where it
            loses nothing.
        saved_each: what the customer saves on each.
    """

    customer: int
    shop: int | None
    saved_each: Money


@frozen
class NeverJoined(Reason):
    """There was no membership."""

    says: ClassVar[Says] = says("%(plan)s was never joined")
    plan: str


@frozen
class EndedAt(Reason):
    """The membership is over."""

    says: ClassVar[Says] = says("%(plan)s ended at %(at)s")
    plan: str
    at: datetime


@frozen
class RenewsAt(Reason):
    """The membership renews."""

    says: ClassVar[Says] = says("renews at %(at)s")
    at: datetime


@frozen
class LastsUntil(Reason):
    """The membership lasts until its end and does not renew."""

    says: ClassVar[Says] = says("lasts until %(at)s")
    at: datetime


@frozen
class NoFreeShipping(Reason):
    """The plan has no free shipping for such an order."""

    says: ClassVar[Says] = says("%(plan)s has no free shipping for this order")
    plan: str


@frozen
class SpendMoreForShipping(Reason):
    """The order is below the minimum."""

    says: ClassVar[Says] = says("spend %(missing)s more for free shipping")
    missing: Money


@frozen
class ReachedMinimum(Reason):
    """The order reaches the minimum."""

    says: ClassVar[Says] = says("reaches %(minimum)s")
    minimum: Money


@frozen
class MemberOf(Rule):
    """Holds for members of this plan; unknown where nobody said whether they are one."""

    plan: str

    @override
    def check(self, known: Known, /) -> Finding:
        member = known.find(Member)
        if member is None:
            return Finding(self, Verdict.UNKNOWN)
        verdict = Verdict.YES if member.plan == self.plan else Verdict.NO
        return Finding(self, verdict, RenewsAt(member.ends))
