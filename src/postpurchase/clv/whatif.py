"""What would change: retention, contacts and incentives, from one's own figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from attrs import frozen

from postpurchase.clv.retention import FirstPayment, Retention, retention_value
from postpurchase.clv.shares import rate, share
from postpurchase.clv.shown import table
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidFigure


@frozen(kw_only=True)
class Uplift:
    """What a customer is worth now and would be worth then.

    Attributes:
        before: the value at the present retention.
        after: the value at the other one.
    """

    before: Money
    after: Money

    @property
    def change(self) -> Decimal | None:
        """The relative change, 0.25 for a quarter more; None where the value now is zero."""
        if not self.before:
            return None
        return Decimal((self.after - self.before).minor) / self.before.minor

    def _repr_html_(self) -> str:
        rows = {"now": self.before, "then": self.after, "change": _percent(self.change)}
        return table("lifetime value", rows)


def retention_uplift(
    margin: Money,
    retention: Retention,
    points: Decimal,
    /,
    *,
    discount: Decimal,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> Uplift:
    """What so many points of retention more would be worth.

    Args:
        margin: The margin of one period and customer.
        retention: The share of customers who stay from one period to the next, now: one for all
            periods, or one for each in turn.
        points: How much is added: ``Decimal("0.05")`` for five points.
        discount: The discount rate per period.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: As `retention_value`, for either retention.
    """
    rate("points", points)
    raised = _raised(retention, points)
    return Uplift(
        before=retention_value(margin, retention, discount, first=first, periods=periods),
        after=retention_value(margin, raised, discount, first=first, periods=periods),
    )


def _raised(retention: Retention, points: Decimal) -> Retention:
    if isinstance(retention, Sequence):
        return tuple(share("retention", each) + points for each in retention)
    return share("retention", retention) + points


@frozen
class RetentionReport:
    """What a customer would be worth at other retentions.

    Attributes:
        uplifts: points of retention, and the value before and after them.
    """

    uplifts: tuple[tuple[Decimal, Uplift], ...]

    def rows(self) -> Mapping[str, list[object]]:
        """As columns, for any data frame: ``pandas.DataFrame(report.rows())``."""
        return {
            "points": [points for points, _ in self.uplifts],
            "before": [uplift.before.amount for _, uplift in self.uplifts],
            "after": [uplift.after.amount for _, uplift in self.uplifts],
            "change": [uplift.change for _, uplift in self.uplifts],
            "currency": [uplift.after.currency for _, uplift in self.uplifts],
        }

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{points * 100:+f}</th><td>{escape(str(uplift.before))}</td>"
            f"<td>{escape(str(uplift.after))}</td><td>{_percent(uplift.change)}</td></tr>"
            for points, uplift in self.uplifts
        )
        head = "<tr><th>points of retention</th><th>now</th><th>then</th><th>change</th></tr>"
        return f"<table><caption>lifetime value</caption>{head}{rows}</table>"


def _percent(change: Decimal | None) -> str:
    return "" if change is None else f"{change:+.1%}"


def retention_report(
    margin: Money,
    retention: Retention,
    /,
    *points: Decimal,
    discount: Decimal,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> RetentionReport:
    """How lifetime value changes with retention, a row for each number of points.

    Args:
        margin: The margin of one period and customer.
        retention: The share of customers who stay, now: one for all periods or one for each.
        points: How much is added in each row: ``Decimal("0.05")`` for five points, below 0 for a
            loss.
        discount: The discount rate per period.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: As `retention_uplift`.
    """
    return RetentionReport(
        tuple(
            (
                each,
                retention_uplift(
                    margin, retention, each, discount=discount, first=first, periods=periods
                ),
            )
            for each in points
        )
    )


def contact_value(chance: Decimal, margin: Money, cost: Money, /) -> Money:
    """What one contact is worth: chance x margin - cost, rounded half to even.

    Args:
        chance: The probability that the contact sells.
        margin: The margin of a sale.
        cost: What the contact costs.

    Raises:
        InvalidFigure: The chance is no probability.
        CurrencyMismatch: There are two currencies.
    """
    share("chance", chance)
    return margin.times(chance, rounding=Rounding.HALF_EVEN) - cost


def break_even_incentive(margin: Money, chance: Decimal, with_incentive: Decimal, /) -> Money:
    """The largest incentive that pays for itself, when every buyer gets it.

    ``margin x (with - without) / with``: those who would have bought anyway get it too. Rounded
    down.

    Args:
        margin: The margin of a sale before the incentive.
        chance: The probability of a sale without it.
        with_incentive: The probability with it.

    Returns:
        Zero where the incentive does not help.

    Raises:
        InvalidFigure: One of them is no probability, or nobody buys with it.
    """
    share("chance", chance)
    share("with_incentive", with_incentive)
    if with_incentive == 0:
        raise InvalidFigure(name="with_incentive", need="above 0", got=with_incentive)
    gain = max(with_incentive - chance, Decimal(0))
    return margin.times(gain / with_incentive, rounding=Rounding.DOWN)


@frozen(kw_only=True)
class OrderCosts:
    """What an order costs from a new customer, and from one who comes back.

    Attributes:
        acquisition: what was spent to win customers.
        new_orders: how many first orders came of it.
        keeping: what was spent on customers one has.
        repeat_orders: how many orders came of that.
    """

    acquisition: Money
    new_orders: int
    keeping: Money
    repeat_orders: int

    def __attrs_post_init__(self) -> None:
        """Refuse costs of nothing."""
        if self.new_orders < 1 or self.repeat_orders < 1:
            need = "one of each or more"
            raise InvalidFigure(name="orders", need=need, got=(self.new_orders, self.repeat_orders))

    @property
    def each_new(self) -> Money:
        """The cost of a first order, rounded half to even."""
        return self.acquisition.times(Decimal(1) / self.new_orders, rounding=Rounding.HALF_EVEN)

    @property
    def each_repeat(self) -> Money:
        """The cost of a repeat order, rounded half to even."""
        return self.keeping.times(Decimal(1) / self.repeat_orders, rounding=Rounding.HALF_EVEN)

    @property
    def ratio(self) -> Decimal | None:
        """How many times a first order costs what a repeat one does; None if that costs nothing.

        Compare it with `benchmark.ACQUISITION_COST`.
        """
        if not self.keeping:
            return None
        new = Decimal(self.acquisition.minor) / self.new_orders
        return new * self.repeat_orders / self.keeping.minor
