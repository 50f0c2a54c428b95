"""Recurrences in local time: every second Tuesday, each 15 March, the last day of the month.

The rules are those of RFC 5545 (RRULE) as python-dateutil works them out, on dates alone. A date
becomes an instant in a zone only afterwards, so nine o'clock stays nine o'clock when the clocks
are changed.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from enum import Enum
from itertools import islice
from typing import Final, Literal

from attrs import field, frozen
from dateutil import rrule

from postpurchase.domain.moment.clock import instant, local_date, resolve, shift, start_of_day
from postpurchase.domain.moment.days import add_months
from postpurchase.errors import InvalidMoment

_LEAP_CYCLE: Final = 28 * 12


class Frequency(Enum):
    """What a recurrence counts in."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


_FREQUENCIES: Final[dict[Frequency, Literal[0, 1, 2, 3]]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}


@frozen
class Weekday:
    """A day of the week, 0 (Monday) to 6 (Sunday): each one, or the *nth* of a month or year.

    ``Weekday(1, nth=2)`` is the second Tuesday, ``Weekday(4, nth=-1)`` the last Friday.

    Raises:
        InvalidMoment: no such weekday, or *nth* is zero or beyond 53.
    """

    day: int
    nth: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what no calendar has."""
        _within("a weekday", (self.day,), range(7))
        if self.nth is not None:
            _within("nth", (self.nth,), _both_ways(53))


@frozen(kw_only=True)
class Recurrence:
    """Dates that come again and the local time of day they are meant at.

    *first* begins the counting and is itself a date of the recurrence only if the rule says so.
    Without *weekdays*, *month_days* and *months* the day of *first* is repeated, and a month
    or year without that day is left out; :class:`Periods` keeps to the last day instead.

    Attributes:
        first: the local date from which the rule counts.
        at: the wall clock time of every date.
        frequency: what *every* counts in.
        every: 2 with WEEKLY is every second week.
        weekdays: only these days of the week.
        month_days: only these days of the month, -1 being its last.
        months: only these months, 1 to 12.
        count: ends after so many dates.
        last: ends with this local date, included.

    Raises:
        InvalidMoment: a part no calendar has, a time with a zone, *every* or *count* below one,
            *nth* weekdays with a frequency that has none, or both *count* and *last*.
    """

    first: date
    at: time
    frequency: Frequency
    every: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    count: int | None = None
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what no calendar has."""
        if self.at.tzinfo is not None:
            raise InvalidMoment(
                what="a recurrence is meant at a local time without a zone",
                given=repr(self.at),
                advice="leave out the zone; it is passed when the recurrence is asked",
            )
        _within("a month day", self.month_days, _both_ways(31))
        _within("a month", self.months, range(1, 13))
        if self.every < 1 or (self.count is not None and self.count < 1):
            raise InvalidMoment(
                what="a recurrence comes every one or more, once or more",
                given=f"every={self.every!r}, count={self.count!r}",
                advice="use 1 or more",
            )
        if self.count is not None and self.last is not None:
            raise InvalidMoment(
                what="a recurrence ends by count or by date",
                given=f"count={self.count!r} and last={self.last!r}",
                advice="leave one out",
            )
        counted = any(day.nth is not None for day in self.weekdays)
        if counted and self.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
            raise InvalidMoment(
                what="the nth weekday is one of a month or a year",
                given=f"{self.frequency.value} {self.weekdays!r}",
                advice="use Frequency.MONTHLY or leave out nth",
            )

    def dates(self, start: date, end: date, /) -> Iterator[date]:
        """The local dates from *start* up to, not including, *end*, in order."""
        final = shift(end, -1)
        rule = self._rule(final if self.last is None else min(final, self.last))
        days = (found.date() for found in islice(rule, self.count))
        return (day for day in days if day >= start)

    def instants(self, start: datetime, end: datetime, zone: tzinfo, /) -> Iterator[datetime]:
        """The instants from *start* up to, not including, *end*, in order.

        A time in a gap is the first valid instant after it, one in a fold the first of two.
        """
        start, end = instant(start), instant(end)
        # A time that the clocks jump over is met on the next date.
        days = self.dates(shift(local_date(start, zone), -1), shift(local_date(end, zone), 1))
        moments = (resolve(day, self.at, zone) for day in days)
        return (moment for moment in moments if start <= moment < end)

    def next_from(self, at: datetime, zone: tzinfo, /) -> datetime | None:
        """The first instant at *at* or after it, or None where the recurrence has ended.

        A rule that no date fulfils in 28 years, the cycle of leap years and weekdays, counts as
        ended.
        """
        horizon = add_months(local_date(at, zone), _LEAP_CYCLE)
        return next(self.instants(at, start_of_day(horizon, zone), zone), None)

    def _rule(self, final: date) -> rrule.rrule:
        midnight = time()
        return rrule.rrule(
            _FREQUENCIES[self.frequency],
            dtstart=datetime.combine(self.first, midnight),
            interval=self.every,
            byweekday=[rrule.weekday(day.day, day.nth) for day in self.weekdays] or None,
            bymonthday=self.month_days or None,
            bymonth=self.months or None,
            until=datetime.combine(final, midnight),
        )


def _both_ways(most: int) -> tuple[int, ...]:
    return (*range(-most, 0), *range(1, most + 1))


def _within(what: str, given: tuple[int, ...], allowed: Sequence[int]) -> None:
    for value in given:
        if value not in allowed:
            raise InvalidMoment(
                what=f"{what} lies in {allowed[0]} to {allowed[-1]}",
                given=repr(value),
                advice="count from 1, or from -1 for the end"
                if allowed[0] < 0
                else "count as the calendar does",
            )
