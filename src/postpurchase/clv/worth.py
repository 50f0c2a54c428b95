"""What one order was worth: named policies, so that a figure says how it was counted."""

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from attrs import Attribute, field, frozen

from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import CurrencyMismatch, InvalidFigure


class Worth(Protocol):
    """What an order is worth to the shop."""

    def __call__(self, order: Order, /) -> Money | None:
        """The worth of an order; None where it does not count as one."""
        ...


@frozen
class Revenue:
    """The order's total as it was sold, whatever became of it."""

    def __call__(self, order: Order, /) -> Money:
        """The total."""
        return order.total

    def __str__(self) -> str:
        """How a result names it."""
        return "revenue as sold"


@frozen
class NetRevenue:
    """The total less what was refunded and what was cancelled; a cancelled order is no order.

    Cancelled units count with their part of the line, as far as no refund was for them. An order
    that came back whole still is an order, worth nothing: the customer did buy.
    """

    def __call__(self, order: Order, /) -> Money | None:
        """What is left of the total; None for a cancelled order."""
        if order.cancelled:
            return None
        return order.total - order.refunded - _unpaid(order)

    def __str__(self) -> str:
        """How a result names it."""
        return "revenue less refunds and cancellations"


def _unpaid(order: Order) -> Money:
    """The net value of units that were cancelled and never refunded."""
    back: dict[str, int] = {}
    for refund in order.refunds:
        for part in refund.lines:
            back[part.line] = back.get(part.line, 0) + part.quantity
    gone = Money.zero(order.currency)
    for line in order.lines:
        units = order.cancelled_units.get(line.id, 0) - back.get(line.id, 0)
        if units > 0:
            gone += line.net.allocate((units, line.quantity - units))[0]
    return gone


def _share(_: object, attribute: "Attribute[Decimal]", value: Decimal) -> None:
    if not (value.is_finite() and 0 < value <= 1):
        raise InvalidFigure(name=attribute.name, need="a share above 0, up to 1", got=value)


@frozen
class Margin:
    """A fixed share of another worth, rounded half to even.

    Args:
        share: The contribution margin: ``Decimal("0.4")`` for 40 %.
        of: What it is a share of.
    """

    share: Decimal = field(validator=_share)
    of: Worth = NetRevenue()

    def __call__(self, order: Order, /) -> Money | None:
        """The share; None where the order does not count."""
        whole = self.of(order)
        return whole and whole.times(self.share, rounding=Rounding.HALF_EVEN)

    def __str__(self) -> str:
        """How a result names it."""
        return f"{self.share:.0%} margin on {self.of}"


@frozen
class Exchange:
    """Another worth in one currency, by fixed rates, rounded half to even.

    Args:
        currency: The currency to count in.
        rates: What one unit of each other currency is worth in it.
        of: What is exchanged.
    """

    currency: str
    rates: Pairs[Decimal]
    of: Worth = NetRevenue()

    def __call__(self, order: Order, /) -> Money | None:
        """The worth in the one currency; None where the order does not count.

        Raises:
            CurrencyMismatch: There is no rate for the order's currency.
        """
        money = self.of(order)
        if money is None or money.currency == self.currency:
            return money
        if money.currency not in self.rates:
            raise CurrencyMismatch(left=money.currency, right=self.currency)
        amount = money.amount * self.rates[money.currency]
        return Money.of(amount, self.currency, rounding=Rounding.HALF_EVEN)

    def __str__(self) -> str:
        """How a result names it."""
        return f"{self.of} in {self.currency}"


REVENUE = Revenue()
"""The total as sold."""

NET_REVENUE = NetRevenue()
"""The total less refunds and cancellations."""


def rounded(amount: Fraction, currency: str, /) -> Money:
    """An exact number of minor units, rounded half to even."""
    return Money(round(amount), currency)


def buyer(order: Order, /) -> str:
    """Who bought: the customer's id, else the guest's address, else nobody but this order."""
    if order.customer is not None:
        return order.customer
    return order.email.casefold() if order.email else f"order {order.id}"
