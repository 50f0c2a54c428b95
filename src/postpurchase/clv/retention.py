"""Retention as money: closed formulas for customers who stay with one probability a period.

Sources: Gupta and Lehmann, "Customers as assets" (Journal of Interactive Marketing 17, 2003) for
the margin multiple; Farris and others, Marketing Metrics (2006) for both conventions of the first
payment.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import frozen

from postpurchase.clv.unit import Unit
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidFigure


class FirstPayment(Enum):
    """When the first margin comes in."""

    LATER = "later"
    """At the end of the first period, if the customer stays: ``m r / (1 + d - r)``."""

    NOW = "now"
    """At once, for certain: ``m (1 + d) / (1 + d - r)``."""


def _rates(retention: Decimal, discount: Decimal) -> None:
    if not 0 <= retention <= 1:
        raise InvalidFigure(name="retention", need="a share from 0 to 1", got=retention)
    if discount < 0:
        raise InvalidFigure(name="discount", need="a rate of 0 or more a period", got=discount)


def retention_multiple(
    retention: Decimal,
    discount: Decimal,
    /,
    *,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> Decimal:
    """How many period margins a customer is worth.

    Args:
        retention: The share of customers who stay from one period to the next.
        discount: The discount rate per period: ``Decimal("0.1")`` for 10 %.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: Retention is no share, the discount is negative, there is less than one
            period, or the sum has no end (``retention >= 1 + discount``).
    """
    _rates(retention, discount)
    kept = retention / (1 + discount)
    if periods is None:
        if kept >= 1:
            need = "below 1 + discount, for else the sum has no end; give periods"
            raise InvalidFigure(name="retention", need=need, got=retention)
        whole = 1 / (1 - kept)
    elif periods < 1:
        raise InvalidFigure(name="periods", need="1 or more", got=periods)
    else:
        whole = sum((kept**n for n in range(periods)), Decimal(0))
    return whole if first is FirstPayment.NOW else whole * kept


def retention_value(
    margin: Money,
    retention: Decimal,
    discount: Decimal,
    /,
    *,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> Money:
    """What a customer with one margin a period is worth, rounded half to even.

    Args:
        margin: The margin of one period.
        retention: The share of customers who stay from one period to the next.
        discount: The discount rate per period.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: As `retention_multiple`.
    """
    multiple = retention_multiple(retention, discount, first=first, periods=periods)
    return margin.times(multiple, rounding=Rounding.HALF_EVEN)


def retention_elasticity(retention: Decimal, discount: Decimal, /) -> Decimal:
    """By how many per cent the value rises with one per cent of retention.

    ``(1 + d) / (1 + d - r)``, for the first payment later and no end.

    Raises:
        InvalidFigure: As `retention_multiple`.
    """
    return retention_multiple(retention, discount, first=FirstPayment.NOW)


def expected_lifetime(churn: Decimal, /) -> Decimal:
    """T = 1 / churn: how many periods a customer stays, the first one included.

    Raises:
        InvalidFigure: Churn is not above 0 and up to 1.
    """
    if not 0 < churn <= 1:
        raise InvalidFigure(name="churn", need="a share above 0, up to 1", got=churn)
    return 1 / churn


@frozen
class Payment:
    """Money on a day; what the shop pays is negative."""

    day: date
    amount: Money


def present_value(payments: Iterable[Payment], /, *, on: date, annual_rate: Decimal) -> Money:
    """What dated payments are worth on a day, at an annual effective rate, rounded half to even.

    Args:
        payments: At least one, all in one currency; they may lie on any days.
        on: The day to discount to.
        annual_rate: ``Decimal("0.1")`` for 10 % a year of 365.25 days.

    Raises:
        InvalidFigure: There is no payment, or the rate is -1 or less.
        CurrencyMismatch: There are two currencies.
    """
    rows = list(payments)
    if not rows or annual_rate <= -1:
        need = "at least one payment and an annual rate above -1"
        raise InvalidFigure(name="present_value", need=need, got=(len(rows), annual_rate))
    total = Decimal(0)
    year = Decimal(Unit.YEAR.days)
    for row in rows:
        total += row.amount.minor / (1 + annual_rate) ** (Decimal((row.day - on).days) / year)
    Money.sum((row.amount for row in rows), currency=rows[0].amount.currency)
    return Money(int(total.to_integral_value()), rows[0].amount.currency)


def payback(acquisition_cost: Money, margins: Iterable[Money], /) -> int | None:
    """After how many periods the margins have paid what it cost to win the customer.

    Args:
        acquisition_cost: What it cost.
        margins: The margin of each period in turn, best already weighed with survival.

    Returns:
        The number of periods; 0 where nothing was paid, None where the margins do not suffice.

    Raises:
        CurrencyMismatch: There are two currencies.
    """
    left = acquisition_cost
    zero = Money.zero(left.currency)
    if left <= zero:
        return 0
    for number, margin in enumerate(margins, 1):
        left -= margin
        if left <= zero:
            return number
    return None


def value_to_cost(value: Money, acquisition_cost: Money, /) -> Decimal:
    """CLV / CAC: how many times over a customer pays what it cost to win one.

    Raises:
        InvalidFigure: Nothing was paid, or the currencies differ.
    """
    if acquisition_cost.minor <= 0 or value.currency != acquisition_cost.currency:
        need = f"a positive amount in {value.currency}"
        raise InvalidFigure(name="acquisition_cost", need=need, got=acquisition_cost)
    return Decimal(value.minor) / acquisition_cost.minor
