"""How long customers stay: from the first order until they are dormant, seen from orders."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from postpurchase.clv.shown import table
from postpurchase.clv.unit import Span, Unit
from postpurchase.clv.worth import buyer
from postpurchase.domain.moment import instant, local_date
from postpurchase.domain.order import Order
from postpurchase.errors import InvalidFigure

_DAYS = (30, 90, 180, 365)


@frozen(kw_only=True)
class Survival:
    """The share of customers still active after so many days: the Kaplan-Meier estimate.

    Customers who are not dormant yet count as long as they were seen, and no longer.

    Attributes:
        days: the ends of lifetimes, in order.
        shares: the share still active from each of those days on.
        customers: how many were looked at.
        active: how many of them are not dormant yet.
        seen: the longest time that any of them was seen, in days.
    """

    days: tuple[int, ...]
    shares: tuple[Fraction, ...]
    customers: int
    active: int
    seen: int

    def at(self, day: int, /) -> Fraction:
        """The share still active after so many days."""
        share = Fraction(1)
        for end, left in zip(self.days, self.shares, strict=True):
            if end > day:
                break
            share = left
        return share

    @property
    def mean(self) -> Span | None:
        """The mean lifetime as far as it was seen: the area under the curve; None if that is 0.

        A floor, not an estimate, while some customers are still active after the longest time
        seen.
        """
        area, before, share = Fraction(0), 0, Fraction(1)
        for end, left in zip(self.days, self.shares, strict=True):
            area += share * (end - before)
            before, share = end, left
        area += share * (self.seen - before)
        return Span(float(area), Unit.DAY) if area else None

    def _repr_html_(self) -> str:
        rows: dict[str, object] = {"customers": self.customers, "not dormant yet": self.active}
        rows |= {f"stay {days} days": _percent(self.at(days)) for days in _DAYS}
        mean = "" if self.mean is None else f"{self.mean.count:.0f} days"
        return table("how long customers stay", {**rows, "mean, as far as seen": mean})


def _percent(share: Fraction) -> str:
    return f"{float(share):.1%}"


def lifetimes(orders: Iterable[Order], /, *, at: datetime, dormant_after: timedelta) -> Survival:
    """How long customers were active, from their first order until they fell dormant.

    A customer is dormant when so long a time passes without an order; the lifetime ends at that
    moment, and starts anew for nobody.

    Args:
        orders: The shop's orders; cancelled ones and later ones take no part.
        at: The instant.
        dormant_after: How long without an order makes a customer dormant; a day or more.

    Raises:
        InvalidFigure: No order counts, or dormancy comes within a day.
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    seen: dict[str, list[datetime]] = {}
    for order in orders:
        if order.at <= at and not order.cancelled:
            seen.setdefault(buyer(order), []).append(order.at)
    if not seen or dormant_after < timedelta(days=1):
        need = "an order that was not cancelled, and a day or more without one for dormancy"
        raise InvalidFigure(name="lifetimes", need=need, got=(len(seen), dormant_after))
    ended: dict[int, int] = {}
    left: dict[int, int] = {}
    for times in seen.values():
        first, end = min(times), _dormant(sorted(times), dormant_after)
        group = ended if end <= at else left
        length = (min(end, at) - first).days
        group[length] = group.get(length, 0) + 1
    return _curve(ended, left)


def lifetimes_by(
    orders: Iterable[Order],
    segments: Mapping[str, str],
    /,
    *,
    at: datetime,
    dormant_after: timedelta,
) -> dict[str, Survival]:
    """How long the customers of each segment were active, by segment.

    Args:
        orders: The shop's orders; those of customers without a segment take no part.
        segments: The segment of each customer, by id; who segments by how long customers stay
            will find what they put in.
        at: The instant.
        dormant_after: As for `lifetimes`.

    Raises:
        InvalidFigure: Dormancy comes within a day.
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    found: dict[str, list[Order]] = {}
    for order in orders:
        segment = segments.get(buyer(order))
        if segment is not None and order.at <= at and not order.cancelled:
            found.setdefault(segment, []).append(order)
    return {
        segment: lifetimes(mine, at=at, dormant_after=dormant_after)
        for segment, mine in sorted(found.items())
    }


@frozen(kw_only=True)
class SecondOrders:
    """How soon customers order a second time: what all that comes after begins with.

    Customers who have not yet count as long as they were seen, and no longer.

    Attributes:
        customers: how many were looked at.
        returned: how many of them ordered again.
        waiting: the share that has not ordered again after so many days.
    """

    customers: int
    returned: int
    waiting: Survival

    def share(self, days: int, /) -> Fraction:
        """The share of customers who order again within so many days."""
        return 1 - self.waiting.at(days)

    @property
    def median(self) -> int | None:
        """After how many days half of them have; None where half were never seen to."""
        pairs = zip(self.waiting.days, self.waiting.shares, strict=True)
        return next((day for day, left in pairs if left <= Fraction(1, 2)), None)

    def _repr_html_(self) -> str:
        rows: dict[str, object] = {"customers": self.customers, "ordered again": self.returned}
        rows |= {f"within {days} days": _percent(self.share(days)) for days in _DAYS}
        median = "not seen" if self.median is None else f"{self.median} days"
        return table("how soon a second order comes", {**rows, "half of them within": median})


def second_orders(orders: Iterable[Order], /, *, at: datetime, zone: tzinfo) -> SecondOrders:
    """How long after the first order the second one comes, as seen until an instant.

    Several orders on one local day are one.

    Args:
        orders: The shop's orders from the beginning; cancelled and later ones take no part.
        at: The instant.
        zone: The zone that days are counted in.

    Raises:
        InvalidFigure: No order counts.
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    seen: dict[str, set[date]] = {}
    for order in orders:
        if order.at <= at and not order.cancelled:
            seen.setdefault(buyer(order), set()).add(local_date(order.at, zone))
    if not seen:
        raise InvalidFigure(name="orders", need="one that was not cancelled", got=0)
    came, waits = Counter[int](), Counter[int]()
    for days in seen.values():
        first, *later = sorted(days)
        until = later[0] if later else local_date(at, zone)
        (came if later else waits)[(until - first).days] += 1
    return SecondOrders(customers=len(seen), returned=came.total(), waiting=_curve(came, waits))


def _dormant(times: list[datetime], after: timedelta) -> datetime:
    """When the first silence that is long enough was full."""
    for here, there in pairwise(times):
        if there - here >= after:
            return here + after
    return times[-1] + after


def _curve(ended: dict[int, int], left: dict[int, int]) -> Survival:
    at_risk = sum(ended.values()) + sum(left.values())
    customers, share = at_risk, Fraction(1)
    days: list[int] = []
    shares: list[Fraction] = []
    for day in sorted({*ended, *left}):
        if gone := ended.get(day, 0):
            share *= 1 - Fraction(gone, at_risk)
            days.append(day)
            shares.append(share)
        at_risk -= gone + left.get(day, 0)
    return Survival(
        days=tuple(days),
        shares=tuple(shares),
        customers=customers,
        active=sum(left.values()),
        seen=max((*ended, *left)),
    )
