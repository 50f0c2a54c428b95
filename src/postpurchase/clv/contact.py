"""What contact is worth: customers who were written to, beside others who were held out.

Only chance may decide who is held out (`postpurchase.domain.draw.held_out`), and it must be decided
before anybody is written to; else the two differ for other reasons.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from html import escape
from statistics import NormalDist

from attrs import frozen

from postpurchase.clv.worth import NET_REVENUE, Worth, buyer, rounded
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.errors import InvalidFigure

YEAR = timedelta(days=365)
"""How long to look unless told otherwise: what contact does shows in a year, not in a week."""

_FEW = 30


@frozen(kw_only=True)
class Arm:
    """One side of a comparison.

    Attributes:
        customers: how many.
        buyers: how many of them ordered.
        orders: how many orders counted.
        value: what those were worth together.
        squares: the sum over customers of the squared minor units, for the error of the mean.
    """

    customers: int
    buyers: int
    orders: int
    value: Money
    squares: int

    @property
    def rate(self) -> Decimal:
        """The share of customers who ordered."""
        return Decimal(self.buyers) / self.customers

    @property
    def mean(self) -> Money:
        """What a customer was worth, rounded half to even."""
        return rounded(Fraction(self.value.minor, self.customers), self.value.currency)

    @property
    def variance(self) -> Fraction:
        """The variance of the mean, in squared minor units."""
        n, total = self.customers, self.value.minor
        return (Fraction(self.squares) - Fraction(total * total, n)) / (n - 1) / n


@frozen(kw_only=True)
class ContactEffect:
    """What contact brought beyond what customers do without it.

    Attributes:
        contacted: those who were written to.
        held_out: those who were not.
        open: customers of either side whose time is not over yet; they take no part.
        within: how long after the contact was looked.
        cost: what it cost to write to all who were contacted and counted.
        level: the confidence of the bounds.
    """

    contacted: Arm
    held_out: Arm
    open: int
    within: timedelta
    cost: Money
    level: float

    @property
    def value(self) -> Money:
        """What contact brought of one customer: the difference of the means."""
        return rounded(self._difference, self.cost.currency)

    @property
    def value_bounds(self) -> tuple[Money, Money]:
        """Between what it lies, by the normal distribution of the means (Welch)."""
        reach = self._quantile * Decimal(_root(self.contacted.variance + self.held_out.variance))
        middle, spread = self._difference, Fraction(reach)
        low, high = (rounded(middle + sign * spread, self.cost.currency) for sign in (-1, 1))
        return low, high

    @property
    def lift(self) -> Decimal:
        """How many more of a hundred customers ordered, as a share."""
        return self.contacted.rate - self.held_out.rate

    @property
    def lift_bounds(self) -> tuple[Decimal, Decimal]:
        """Between what it lies: Newcombe's hybrid score interval (Statistics in Medicine, 1998)."""
        one, other = (_wilson(each, self._quantile) for each in (self.contacted, self.held_out))
        here, there = self.contacted.rate, self.held_out.rate
        down = ((here - one[0]) ** 2 + (other[1] - there) ** 2).sqrt()
        up = ((one[1] - here) ** 2 + (there - other[0]) ** 2).sqrt()
        return self.lift - down, self.lift + up

    @property
    def incremental(self) -> Money:
        """What contact brought of all who were contacted: the difference times their number."""
        return rounded(self._difference * self.contacted.customers, self.cost.currency)

    @property
    def profit(self) -> Money:
        """What is left of that after the cost."""
        return self.incremental - self.cost

    @property
    def extra_orders(self) -> Decimal:
        """How many orders there would not have been."""
        usual = Decimal(self.held_out.orders) / self.held_out.customers
        return self.contacted.orders - usual * self.contacted.customers

    @property
    def cost_per_extra_order(self) -> Money | None:
        """What each of them cost; None where there were none."""
        if self.extra_orders <= 0:
            return None
        return rounded(self.cost.minor / Fraction(self.extra_orders), self.cost.currency)

    @property
    def proven(self) -> bool:
        """Whether the bounds of the value are both above zero, or both below."""
        low, high = self.value_bounds
        return low.minor > 0 or high.minor < 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What should be known before the figure is used."""
        notes: list[str] = []
        if self.within < YEAR:
            notes.append(
                f"{_told(self.within)} show who bought at once; what contact is worth shows in "
                "twelve months"
            )
        if min(self.contacted.customers, self.held_out.customers) < _FEW:
            notes.append(f"fewer than {_FEW} customers on one side: the bounds are too narrow")
        if self.open:
            notes.append(f"{self.open} customers whose time is not over take no part")
        return tuple(notes)

    @property
    def _difference(self) -> Fraction:
        one, other = self.contacted, self.held_out
        return Fraction(one.value.minor, one.customers) - Fraction(
            other.value.minor, other.customers
        )

    @property
    def _quantile(self) -> Decimal:
        return Decimal(NormalDist().inv_cdf((1 + self.level) / 2))

    def rows(self) -> Mapping[str, list[object]]:
        """Both sides as columns, for any data frame: ``pandas.DataFrame(effect.rows())``."""
        both = (self.contacted, self.held_out)
        return {
            "side": ["contacted", "held out"],
            "customers": [each.customers for each in both],
            "buyers": [each.buyers for each in both],
            "orders": [each.orders for each in both],
            "value": [each.value.amount for each in both],
            "mean": [each.mean.amount for each in both],
            "rate": [each.rate for each in both],
            "currency": [each.value.currency for each in both],
        }

    def __str__(self) -> str:
        """One sentence: the value first, then who bought."""
        low, high = self.value_bounds
        least, most = (f"{100 * bound:+.1f}" for bound in self.lift_bounds)
        return (
            f"in {_told(self.within)} contact brought {self.value} of each customer "
            f"({low} to {high}), {self.incremental} in all and {self.profit} after its cost; "
            f"the share who ordered changed by {100 * self.lift:+.1f} points ({least} to {most})"
            + ("" if self.proven else "; that may be chance")
        )

    def _repr_html_(self) -> str:
        names = ("", "customers", "ordered", "orders", "worth", "worth each")
        head = "".join(f"<th>{name}</th>" for name in names)
        rows = "".join(
            f"<tr><th>{name}</th><td>{arm.customers}</td><td>{arm.rate:.1%}</td>"
            f"<td>{arm.orders}</td><td>{escape(str(arm.value))}</td>"
            f"<td>{escape(str(arm.mean))}</td></tr>"
            for name, arm in (("contacted", self.contacted), ("held out", self.held_out))
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        caption = escape(str(self))
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{rows}</table>{notes}"


def _told(within: timedelta) -> str:
    return f"{within.days} days" if within.days else f"{within / timedelta(hours=1):g} hours"


def _root(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).sqrt()


def _wilson(arm: Arm, z: Decimal) -> tuple[Decimal, Decimal]:
    """Wilson's score interval of the share who ordered."""
    n, p = Decimal(arm.customers), arm.rate
    middle = p + z * z / (2 * n)
    spread = z * ((p * (1 - p) + z * z / (4 * n)) / n).sqrt()
    whole = 1 + z * z / n
    return max((middle - spread) / whole, Decimal(0)), min((middle + spread) / whole, Decimal(1))


def contact_effect(
    orders: Iterable[Order],
    /,
    *,
    contacted: Mapping[str, datetime],
    held_out: Mapping[str, datetime],
    at: datetime,
    cost: Money,
    within: timedelta = YEAR,
    worth: Worth = NET_REVENUE,
    level: float = 0.95,
) -> ContactEffect:
    """What contact brought, and what it cost: customers written to beside those held out.

    Args:
        orders: The shop's orders.
        contacted: When each customer was written to, by id.
        held_out: When each of the others would have been.
        at: The instant; customers whose time is not over then take no part.
        cost: What it cost to write to one customer; its currency is that of the answer.
        within: How long after the contact to look; a year unless given.
        worth: What an order is worth, and which ones count.
        level: The confidence of the bounds, between 0 and 1.

    Raises:
        InvalidFigure: A customer is on both sides, less than two customers are left on one, no
            time passes, or the level is not between 0 and 1.
        CurrencyMismatch: Orders are worth another currency; exchange them in `worth`.
        InvalidMoment: An instant has no zone.
    """
    _refuse(contacted.keys() & held_out.keys(), within, level)
    at = instant(at)
    begins = {who: instant(start) for who, start in {**contacted, **held_out}.items()}
    ends = {who: start + within for who, start in begins.items()}
    known = (order for order in orders if order.recorded_at <= at)
    spent = _spent(known, {who: (begins[who], ends[who]) for who in begins}, at, worth)
    one, other = (
        _arm(name, [who for who in side if ends[who] <= at], spent, cost)
        for name, side in (("contacted", contacted), ("held_out", held_out))
    )
    return ContactEffect(
        contacted=one,
        held_out=other,
        open=len(begins) - one.customers - other.customers,
        within=within,
        cost=cost * one.customers,
        level=level,
    )


def _refuse(both: AbstractSet[str], within: timedelta, level: float) -> None:
    if both:
        need = "customers who are not contacted as well"
        raise InvalidFigure(name="held_out", need=need, got=sorted(both))
    if within <= timedelta(0) or not 0 < level < 1:
        need = "a time that passes, and a level between 0 and 1"
        raise InvalidFigure(name="within", need=need, got=(within, level))


def _spent(
    orders: Iterable[Order],
    windows: Mapping[str, tuple[datetime, datetime]],
    at: datetime,
    worth: Worth,
) -> dict[str, list[Money]]:
    """What the orders of each customer within their time were worth."""
    spent: dict[str, list[Money]] = {}
    for order in orders:
        start, end = windows.get(who := buyer(order), (at, at))
        money = worth(order.until(at)) if start < order.at <= end else None
        if money is not None:
            spent.setdefault(who, []).append(money)
    return spent


def _arm(name: str, customers: list[str], spent: Mapping[str, list[Money]], cost: Money) -> Arm:
    if len(customers) <= 1:
        need = "two customers or more whose time is over"
        raise InvalidFigure(name=name, need=need, got=len(customers))
    each = [Money.sum(spent.get(who, ()), currency=cost.currency) for who in customers]
    return Arm(
        customers=len(customers),
        buyers=sum(who in spent for who in customers),
        orders=sum(len(spent.get(who, ())) for who in customers),
        value=Money.sum(each, currency=cost.currency),
        squares=sum(money.minor**2 for money in each),
    )
