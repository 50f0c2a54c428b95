"""Who came back: customers by the time of their first order, and what was left of them later."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from html import escape
from typing import TypeAlias

from attrs import frozen

from postpurchase.clv.worth import buyer
from postpurchase.domain.moment import instant, local_date
from postpurchase.domain.order import Order

_MONTHS_A_YEAR = 12


class Grain(Enum):
    """How long the periods of a cohort table are."""

    WEEK = "week"
    """From Monday on, as ISO 8601 has it."""
    MONTH = "month"
    QUARTER = "quarter"

    def number(self, day: date, /) -> int:
        """The number of the period that a day lies in, counted from a fixed one."""
        if self is Grain.WEEK:
            return (day.toordinal() - 1) // 7
        months = day.year * _MONTHS_A_YEAR + day.month - 1
        return months if self is Grain.MONTH else months // 3

    def first_day(self, number: int, /) -> date:
        """The first day of a period."""
        if self is Grain.WEEK:
            return date.fromordinal(number * 7 + 1)
        year, month = divmod(number if self is Grain.MONTH else number * 3, _MONTHS_A_YEAR)
        return date(year, month + 1, 1)

    def label(self, first_day: date, /) -> str:
        """The name of the period that begins on a day: 2024-W05, 2024-01 or 2024 Q1."""
        if self is Grain.WEEK:
            year, week, _ = first_day.isocalendar()
            return f"{year}-W{week:02}"
        if self is Grain.MONTH:
            return f"{first_day:%Y-%m}"
        return f"{first_day.year} Q{(first_day.month + 2) // 3}"


Day: TypeAlias = Callable[[Order, tzinfo], date]
"""Which local day an order counts for, given the shop's zone."""


def shop_day(order: Order, zone: tzinfo, /) -> date:
    """The date in the shop when the order was placed."""
    return local_date(order.at, zone)


def customer_day(order: Order, zone: tzinfo, /) -> date:
    """The date where the customer was, as far as the order says; else the shop's."""
    return local_date(order.at, order.zone or zone)


@frozen(kw_only=True)
class Cohort:
    """The customers whose first order fell into one period.

    Attributes:
        start: the first day of that period.
        active: how many of them ordered in that period and in each one after it; None for a
            period that is not over yet, or not begun.
    """

    start: date
    active: tuple[int | None, ...]

    @property
    def size(self) -> int | None:
        """How many they are; None while their first period runs."""
        return self.active[0]

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """The share of them that ordered in each period."""
        size = self.active[0]
        return tuple(
            None if not size or count is None else Decimal(count) / size for count in self.active
        )


@frozen(kw_only=True)
class Cohorts:
    """A table of cohorts: a triangle, for younger ones have had less time.

    Attributes:
        grain: how long its periods are.
        rows: the cohorts, oldest first; each has as many cells as the table has columns.
    """

    grain: Grain
    rows: tuple[Cohort, ...]

    @property
    def retention(self) -> tuple[Decimal | None, ...]:
        """The share of customers active after so many periods, over all cohorts that show it."""
        columns = range(len(self.rows[0].active)) if self.rows else range(0)
        return tuple(self._column(column) for column in columns)

    def _column(self, column: int) -> Decimal | None:
        size = kept = 0
        for row in self.rows:
            first, count = row.size, row.active[column]
            if first is not None and count is not None:
                size, kept = size + first, kept + count
        return Decimal(kept) / size if size else None

    def _repr_html_(self) -> str:
        head = "".join(f"<th>+{n}</th>" for n in range(len(self.retention)))
        rows = "".join(
            f"<tr><th>{row.start.isoformat()}</th>"
            + "".join(f"<td>{_cell(cell)}</td>" for cell in row.rates)
            + "</tr>"
            for row in self.rows
        )
        caption = escape(f"customers who ordered, by {self.grain.value} of their first order")
        return f"<table><caption>{caption}</caption><tr><th></th>{head}</tr>{rows}</table>"


def _cell(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate:.1%}"


def cohorts(
    orders: Iterable[Order],
    /,
    *,
    at: datetime,
    zone: tzinfo,
    grain: Grain = Grain.MONTH,
    day: Day = shop_day,
) -> Cohorts:
    """The retention triangle of a shop.

    Cells of periods that are not over at the instant are empty, not zero; a period without an
    order in the middle is zero. Cancelled orders take no part.

    Args:
        orders: All orders from the beginning, else the first one seen is not the first.
        at: The instant.
        zone: The shop's zone.
        grain: Weeks, months or quarters.
        day: Which local day an order counts for.
    """
    now = grain.number(local_date(at, zone))
    seen: dict[str, set[int]] = {}
    for order in orders:
        if order.at <= at and not order.cancelled:
            seen.setdefault(buyer(order), set()).add(grain.number(day(order, zone)))
    members: dict[int, list[set[int]]] = {}
    for periods in seen.values():
        members.setdefault(min(periods), []).append(periods)
    first = min(members, default=now)
    columns = now - first + 1
    return Cohorts(
        grain=grain,
        rows=tuple(
            Cohort(
                start=grain.first_day(start),
                active=tuple(
                    _count(members.get(start, []), start + n) if start + n < now else None
                    for n in range(columns)
                ),
            )
            for start in range(first, max(members, default=now - 1) + 1)
        ),
    )


def _count(members: list[set[int]], period: int) -> int:
    return sum(period in periods for periods in members)


def period_retention(
    orders: Iterable[Order],
    /,
    *,
    at: datetime,
    zone: tzinfo,
    grain: Grain = Grain.MONTH,
    day: Day = shop_day,
) -> tuple[tuple[date, Decimal | None], ...]:
    """Of the customers active in each period, the share active in the next one too.

    Args:
        orders: The shop's orders; cancelled ones take no part.
        at: The instant; a period is listed when the next one is over.
        zone: The shop's zone.
        grain: Weeks, months or quarters.
        day: Which local day an order counts for.

    Returns:
        The first day of each period and the share; None where nobody was active.

    Raises:
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    active: dict[int, set[str]] = {}
    for order in orders:
        if order.at <= at and not order.cancelled:
            active.setdefault(grain.number(day(order, zone)), set()).add(buyer(order))
    now = grain.number(local_date(at, zone))
    rows: list[tuple[date, Decimal | None]] = []
    for number in range(min(active, default=now), now - 1):
        here, there = active.get(number, set()), active.get(number + 1, set())
        share = Decimal(len(here & there)) / len(here) if here else None
        rows.append((grain.first_day(number), share))
    return tuple(rows)
