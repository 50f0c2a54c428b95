"""What would change: retention, contacts and incentives, from one's own figures."""

from decimal import Decimal

from attrs import frozen

from postpurchase.clv.retention import FirstPayment, retention_value
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


def retention_uplift(
    margin: Money,
    retention: Decimal,
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
        retention: The share of customers who stay from one period to the next, now.
        points: How much is added: ``Decimal("0.05")`` for five points.
        discount: The discount rate per period.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: As `retention_value`, for either retention.
    """
    return Uplift(
        before=retention_value(margin, retention, discount, first=first, periods=periods),
        after=retention_value(margin, retention + points, discount, first=first, periods=periods),
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
    _probability("chance", chance)
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
    _probability("chance", chance)
    _probability("with_incentive", with_incentive)
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


def _probability(name: str, value: Decimal) -> None:
    if not 0 <= value <= 1:
        raise InvalidFigure(name=name, need="a probability from 0 to 1", got=value)
