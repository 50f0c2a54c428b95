"""From the shop's own orders to a summary, without any data frame."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo
from enum import Enum

from attrs import fields, frozen

from postpurchase.clv.cohort import Day, shop_day
from postpurchase.clv.shown import table
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Unit
from postpurchase.clv.worth import NET_REVENUE, Worth, buyer
from postpurchase.domain.moment import instant, local_date
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.errors import CurrencyMismatch


class Worthless(Enum):
    """What a day is whose purchases come to nothing or less, after what came back."""

    NO_PURCHASE = "no_purchase"
    """No purchase: it is left out, and counted."""

    A_PURCHASE = "a_purchase"
    """A purchase like any other: its money counts as it is."""


@frozen(kw_only=True)
class LeftOut:
    """What took no part in a summary, and how much of it.

    Attributes:
        without_customer: orders or rows that nobody can be found to.
        without_time: rows without a time.
        later: orders or rows after the date of the summary.
        without_money: rows whose money is missing; they count as purchases worth nothing.
        not_counted: orders that do not count as one, such as cancelled ones.
        repeated: rows that stood there twice.
        worthless_days: days that came to nothing or less.
    """

    without_customer: int = 0
    without_time: int = 0
    later: int = 0
    without_money: int = 0
    not_counted: int = 0
    repeated: int = 0
    worthless_days: int = 0


@frozen(eq=False)
class Summarised:
    """A summary of customers, and what was left out of it.

    Args:
        summary: The customers.
        left_out: What took no part.
    """

    summary: Summary
    left_out: LeftOut

    def _repr_html_(self) -> str:
        left = {
            each.name.replace("_", " "): count
            for each in fields(LeftOut)
            if (count := getattr(self.left_out, each.name))
        }
        below = table("left out", left or {"nothing": ""})
        return table("", self.summary.figures) + below


def summarise(
    orders: Iterable[Order],
    /,
    *,
    at: datetime,
    zone: tzinfo,
    unit: Unit = Unit.DAY,
    worth: Worth = NET_REVENUE,
    worthless: Worthless = Worthless.NO_PURCHASE,
    day: Day = shop_day,
) -> Summarised:
    """What the fitted models need to know of each customer, by local days.

    Several orders on one day are one purchase. Guests count by their address; orders without
    either a customer or an address are left out.

    Args:
        orders: The shop's orders from the beginning; each as known at the instant.
        at: The date of the summary.
        zone: The shop's zone.
        unit: The unit of recency and age.
        worth: What an order is worth, and which ones count.
        worthless: What a day is that comes to nothing or less.
        day: Which local day an order counts for.

    Raises:
        CurrencyMismatch: There are two currencies; exchange them in `worth`.
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    left: Counter[str] = Counter()
    spent: dict[str, dict[int, Money]] = {}
    for order in orders:
        money, why = worth(order.until(at)), _why_not(order, at)
        if why or money is None:
            left[why or "not_counted"] += 1
            continue
        days = spent.setdefault(buyer(order), {})
        number = day(order, zone).toordinal()
        days[number] = days[number] + money if number in days else money
    worthless_days = _without_worthless(spent) if worthless is Worthless.NO_PURCHASE else 0
    left_out = LeftOut(worthless_days=worthless_days, **left)
    return Summarised(_summary(spent, local_date(at, zone).toordinal(), unit), left_out)


def _why_not(order: Order, at: datetime) -> str:
    """Which count of `LeftOut` an order goes to; none where it takes part."""
    if order.at > at or order.recorded_at > at:
        return "later"
    return "without_customer" if order.customer is None and not order.email else ""


def _without_worthless(spent: dict[str, dict[int, Money]]) -> int:
    """Take worthless days out in place; how many there were."""
    count = 0
    for customer, days in list(spent.items()):
        kept = {number: money for number, money in days.items() if money.minor > 0}
        count += len(days) - len(kept)
        if kept:
            spent[customer] = kept
        else:
            del spent[customer]
    return count


def _summary(spent: dict[str, dict[int, Money]], today: int, unit: Unit) -> Summary:
    currencies = {money.currency for days in spent.values() for money in days.values()}
    if len(currencies) > 1:
        first, other = sorted(currencies)[:2]
        raise CurrencyMismatch(left=first, right=other)
    customers = sorted(spent)
    firsts = [min(spent[who]) for who in customers]
    repeats = [len(spent[who]) - 1 for who in customers]
    means = [
        sum(money.minor for number, money in spent[who].items() if number > first)
        / n
        / 10 ** next(iter(spent[who].values())).exponent
        if n
        else float("nan")
        for who, first, n in zip(customers, firsts, repeats, strict=True)
    ]
    return Summary(
        frequency=repeats,
        recency=[
            (max(spent[who]) - first) / unit.days
            for who, first in zip(customers, firsts, strict=True)
        ],
        age=[(today - first) / unit.days for first in firsts],
        money=means,
        unit=unit,
        customers=tuple(customers),
    )
