"""Retention as money: closed formulas for customers who stay with a probability each period.

Sources: Gupta and Lehmann, "Customers as assets" (Journal of Interactive Marketing 17, 2003) for
the margin multiple; Farris and others, Marketing Metrics (2006) for both conventions of the first
payment.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import accumulate, chain, islice, repeat
from operator import mul
from typing import TypeAlias

from attrs import frozen

from postpurchase.clv.shares import rate, share
from postpurchase.clv.unit import Unit
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidFigure


class FirstPayment(Enum):
    """When the first margin comes in."""

    LATER = "later"
    """At the end of the first period, if the customer stays: ``m r / (1 + d - r)``."""

    NOW = "now"
    """At once, for certain: ``m (1 + d) / (1 + d - r)``."""


Retention: TypeAlias = Decimal | Sequence[Decimal]
"""The share of customers who stay from one period to the next: one share for all periods, or the
share of each period in turn, of which the last holds from there on."""


def _kept(retention: Retention, discount: Decimal) -> tuple[Decimal, ...]:
    """What is left of a margin from one period to the next, by staying and by discount."""
    shares = tuple(retention) if isinstance(retention, Sequence) else (retention,)
    if not shares:
        raise InvalidFigure(name="retention", need="a share, or one for each period", got=())
    if rate("discount", discount) < 0:
        raise InvalidFigure(name="discount", need="a rate of 0 or more a period", got=discount)
    return tuple(share("retention", each) / (1 + discount) for each in shares)


def retention_multiple(
    retention: Retention,
    discount: Decimal,
    /,
    *,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> Decimal:
    """How many period margins a customer is worth.

    Args:
        retention: The share of customers who stay from one period to the next: one for all, or
            one for each period in turn, of which the last holds from there on.
        discount: The discount rate per period: ``Decimal("0.1")`` for 10 %.
        first: When the first margin comes in.
        periods: How many payments; without it for ever.

    Raises:
        InvalidFigure: Retention is no share, the discount is negative, there is less than one
            period, or the sum has no end (``retention >= 1 + discount`` in the last period).
    """
    kept = _kept(retention, discount)
    last = kept[-1]
    now = first is FirstPayment.NOW
    start, listed = (Decimal(1), kept[:-1]) if now else (kept[0], kept[1:-1])
    if periods is None:
        if last >= 1:
            need = "below 1 + discount, for else the sum has no end; give periods"
            raise InvalidFigure(name="retention", need=need, got=retention)
        *early, late = accumulate(listed, mul, initial=start)
        return sum(early, late / (1 - last))
    if periods < 1:
        raise InvalidFigure(name="periods", need="1 or more", got=periods)
    factors = islice(chain(listed, repeat(last)), periods - 1)
    return sum(accumulate(factors, mul, initial=start), Decimal(0))


def retention_value(
    margin: Money,
    retention: Retention,
    discount: Decimal,
    /,
    *,
    first: FirstPayment = FirstPayment.LATER,
    periods: int | None = None,
) -> Money:
    """What a customer with one margin a period is worth, rounded half to even.

    Args:
        margin: The margin of one period.
        retention: The share of customers who stay from one period to the next, one for all or
            one for each, as `retention_multiple` takes it.
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
    if not share("churn", churn):
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
    rate("annual_rate", annual_rate)
    if not rows:
        raise InvalidFigure(name="payments", need="at least one", got=0)
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
