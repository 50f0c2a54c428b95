"""The formula on a napkin: CLV = CV x T, with CV = AOV x f. Exact, and printed with its numbers."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from html import escape

from attrs import field, frozen

from postpurchase.clv.unit import Span, Unit
from postpurchase.clv.worth import NET_REVENUE, Worth, buyer, rounded
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.errors import InvalidFigure

USUAL_LIFESPAN = (Span(1, Unit.YEAR), Span(2, Unit.YEAR), Span(3, Unit.YEAR))
"""How long customers of a shop usually stay, as merchants' guides quote it."""

_SECONDS_A_DAY = 86_400


def _some(_: object, __: object, value: int) -> None:
    if value < 1:
        raise InvalidFigure(name="orders", need="at least one in the period", got=value)


@frozen(kw_only=True)
class SimpleValue:
    """The simple lifetime value in one currency, with everything that it was made of.

    Attributes:
        revenue: what all orders of the period were worth together.
        orders: how many there were.
        customers: how many different customers placed them.
        guests: how many of those are known by nothing but one order.
        period: the time that the orders are from.
        lifespan: how long a customer stays.
        worth: how an order's worth was counted.
    """

    revenue: Money
    orders: int = field(validator=_some)
    customers: int
    guests: int
    period: Interval
    lifespan: Span
    worth: str

    @property
    def average_order_value(self) -> Money:
        """AOV = revenue / orders, rounded half to even."""
        return rounded(Fraction(self.revenue.minor, self.orders), self.revenue.currency)

    @property
    def frequency(self) -> Decimal:
        """F = orders / customers, in one period."""
        return Decimal(self.orders) / self.customers

    @property
    def customer_value(self) -> Money:
        """CV = AOV x f, what a customer is worth in one period; rounded once."""
        return rounded(Fraction(self.revenue.minor, self.customers), self.revenue.currency)

    @property
    def periods(self) -> Decimal:
        """T: how many periods a customer stays."""
        lasts = self._lasts(self.lifespan)
        return Decimal(lasts.numerator) / lasts.denominator

    @property
    def value(self) -> Money:
        """CLV = CV x T, rounded once."""
        return self.over(self.lifespan)

    def over(self, lifespan: Span, /) -> Money:
        """CLV for another lifespan, rounded once."""
        exact = Fraction(self.revenue.minor, self.customers) * self._lasts(lifespan)
        return rounded(exact, self.revenue.currency)

    def _lasts(self, lifespan: Span) -> Fraction:
        days = Fraction(round(self.period.length.total_seconds()), _SECONDS_A_DAY)
        return lifespan.exact_days / days

    @property
    def sensitivity(self) -> tuple[tuple[Span, Money], ...]:
        """CLV for a lifespan of one, two and three years."""
        return tuple((span, self.over(span)) for span in USUAL_LIFESPAN)

    @property
    def notes(self) -> tuple[str, ...]:
        """What should be known before the figure is used."""
        notes: list[str] = []
        years = self.lifespan.within(Unit.YEAR)
        if not 1 <= years <= len(USUAL_LIFESPAN):
            notes.append(f"a lifespan of {years:.2f} years is outside the usual 1 to 3 years")
        if self.guests:
            notes.append(f"{self.guests} guests without an address count as a customer each")
        return tuple(notes)

    def __str__(self) -> str:
        """The formula with its numbers."""
        days = self.period.length.days
        return (
            f"CLV = AOV x f x T = {self.average_order_value} x {self.frequency:.4f} orders per "
            f"{days} days x {self.periods:.4f} = {self.customer_value} x {self.periods:.4f} "
            f"= {self.value} ({self.worth})"
        )

    def _repr_html_(self) -> str:
        years = "".join(
            f"<tr><th>CLV over {span.count:g} years</th><td>{escape(str(value))}</td></tr>"
            for span, value in self.sensitivity
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<table><caption>{escape(str(self))}</caption>{years}</table>{notes}"


def simple(
    orders: Iterable[Order],
    /,
    *,
    period: Interval,
    lifespan: Span,
    worth: Worth = NET_REVENUE,
) -> tuple[SimpleValue, ...]:
    """The simple lifetime value, one for each currency: AOV x f x T.

    AOV = revenue / orders; f = orders / different customers in the period; T = lifespan / period.

    Args:
        orders: The shop's orders; those outside the period take no part.
        period: The time to look at, best a year or more.
        lifespan: How long a customer stays; ``lifetimes(...).mean`` observes it.
        worth: What an order is worth, and which ones count: revenue, net revenue, a margin, all
            in one currency ...

    Returns:
        In order of the currency codes; nothing where no order counts.

    Raises:
        InvalidFigure: The period has no length.
    """
    if not period.length:
        raise InvalidFigure(name="period", need="a time that passes", got=period)
    found: dict[str, list[tuple[Order, Money]]] = {}
    for order in orders:
        money = worth(order) if order.at in period else None
        if money is not None:
            found.setdefault(money.currency, []).append((order, money))
    return tuple(
        SimpleValue(
            revenue=Money.sum((money for _, money in rows), currency=currency),
            orders=len(rows),
            customers=len({buyer(order) for order, _ in rows}),
            guests=sum(order.customer is None and not order.email for order, _ in rows),
            period=period,
            lifespan=lifespan,
            worth=str(worth),
        )
        for currency, rows in sorted(found.items())
    )
