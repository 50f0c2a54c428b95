"""What customers were worth so far, and how they came back: sums and rates over orders."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from decimal import Decimal

from attrs import frozen

from postpurchase.clv.shown import table
from postpurchase.clv.worth import NET_REVENUE, Worth, buyer
from postpurchase.domain.moment import Interval, instant, local_date
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.rhythm import Rhythm, intervals
from postpurchase.errors import InvalidFigure


@frozen(kw_only=True)
class HistoricValue:
    """What one customer was worth so far, in one currency.

    Attributes:
        customer: who.
        orders: how many orders counted.
        value: what they were worth together.
        first: when the first of them was placed.
        last: when the last was.
    """

    customer: str
    orders: int
    value: Money
    first: datetime
    last: datetime


def historic(
    orders: Iterable[Order], /, *, at: datetime, worth: Worth = NET_REVENUE
) -> tuple[HistoricValue, ...]:
    """What each customer was worth until an instant, most valuable first within a currency.

    Args:
        orders: The shop's orders, as known at that instant; later ones take no part.
        at: The instant.
        worth: What an order is worth, and which ones count.

    Raises:
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    found: dict[tuple[str, str], list[tuple[Order, Money]]] = {}
    for order in orders:
        money = worth(order.until(at)) if order.at <= at and order.recorded_at <= at else None
        if money is not None:
            found.setdefault((money.currency, buyer(order)), []).append((order, money))
    values = (
        HistoricValue(
            customer=customer,
            orders=len(rows),
            value=Money.sum((money for _, money in rows), currency=currency),
            first=min(order.at for order, _ in rows),
            last=max(order.at for order, _ in rows),
        )
        for (currency, customer), rows in found.items()
    )
    return tuple(sorted(values, key=_place))


def _place(value: HistoricValue) -> tuple[str, int, str]:
    return (value.value.currency, -value.value.minor, value.customer)


@frozen(kw_only=True)
class RepeatBusiness:
    """How much of a period's business came from customers who had bought before.

    Attributes:
        customers: who placed an order in the period.
        repeat_customers: those of them with two orders or more by the end of it.
        orders: the orders of the period.
        returning_orders: those that were not their customer's first.
        revenue: what the orders were worth.
        returning_revenue: what the returning ones were worth.
    """

    customers: int
    repeat_customers: int
    orders: int
    returning_orders: int
    revenue: Money
    returning_revenue: Money

    @property
    def repeat_rate(self) -> Decimal:
        """The share of customers with two orders or more."""
        return Decimal(self.repeat_customers) / self.customers

    @property
    def orders_per_customer(self) -> Decimal:
        """Orders of the period for each of its customers."""
        return Decimal(self.orders) / self.customers

    @property
    def returning_order_share(self) -> Decimal:
        """The share of orders that were not their customer's first."""
        return Decimal(self.returning_orders) / self.orders

    @property
    def returning_revenue_share(self) -> Decimal | None:
        """The share of revenue from returning orders; None where there was no revenue."""
        if not self.revenue:
            return None
        return Decimal(self.returning_revenue.minor) / self.revenue.minor

    def _repr_html_(self) -> str:
        share = self.returning_revenue_share
        rows = {
            "customers": self.customers,
            "of them with two orders or more": f"{self.repeat_rate:.1%}",
            "orders": self.orders,
            "of them not a first one": f"{self.returning_order_share:.1%}",
            "orders for each customer": f"{self.orders_per_customer:.2f}",
            "revenue": self.revenue,
            "of it from returning orders": "" if share is None else f"{share:.1%}",
        }
        return table("repeat business", rows)


def repeat_business(
    orders: Iterable[Order], /, *, period: Interval, worth: Worth = NET_REVENUE
) -> tuple[RepeatBusiness, ...]:
    """How much business came from customers who had bought before, one for each currency.

    Give all orders, earlier ones too: whether an order is a first one is seen from them.

    Args:
        orders: The shop's orders.
        period: The time to look at.
        worth: What an order is worth, and which ones count.
    """
    found: dict[str, list[tuple[Order, Money]]] = {}
    for order in sorted(orders, key=_when):
        money = worth(order) if order.at < period.end else None
        if money is not None:
            found.setdefault(money.currency, []).append((order, money))
    answers = (_business(rows, period, currency) for currency, rows in sorted(found.items()))
    return tuple(answer for answer in answers if answer.orders)


def _business(rows: list[tuple[Order, Money]], period: Interval, currency: str) -> RepeatBusiness:
    bought: dict[str, int] = {}
    now: set[str] = set()
    all_money: list[Money] = []
    again: list[Money] = []
    for order, money in rows:
        who = buyer(order)
        bought[who] = bought.get(who, 0) + 1
        if order.at in period:
            now.add(who)
            all_money.append(money)
            if bought[who] > 1:
                again.append(money)
    return RepeatBusiness(
        customers=len(now),
        repeat_customers=sum(bought[who] > 1 for who in now),
        orders=len(all_money),
        returning_orders=len(again),
        revenue=Money.sum(all_money, currency=currency),
        returning_revenue=Money.sum(again, currency=currency),
    )


def _when(order: Order) -> tuple[datetime, str]:
    return (order.at, order.id)


def interpurchase_days(orders: Iterable[Order], /, *, zone: tzinfo) -> tuple[int, ...]:
    """All gaps between days with a purchase, of every customer, in days; shortest first.

    Customers who never came back have no gap in it, so it tells of those who do.
    """
    days: dict[str, set[datetime]] = {}
    for order in orders:
        if not order.cancelled:
            days.setdefault(buyer(order), set()).add(order.at)
    gaps = (intervals(local_date(at, zone) for at in each) for each in days.values())
    return tuple(sorted(gap for each in gaps for gap in each))


def next_order(orders: Iterable[Order], /, *, zone: tzinfo, usual: float) -> Rhythm:
    """When one customer's next order is due, from own gaps weighed against the shop's usual one.

    Args:
        orders: The customer's orders; cancelled ones take no part.
        zone: The zone that days are counted in.
        usual: The usual gap of the shop in days.

    Raises:
        InvalidFigure: There is no order that counts.
    """
    days = [local_date(order.at, zone) for order in orders if not order.cancelled]
    if not days:
        raise InvalidFigure(name="orders", need="at least one that was not cancelled", got=0)
    return Rhythm.of(days, usual=usual)
