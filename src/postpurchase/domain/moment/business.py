"""Business days: the weekend is data, holidays are a plain callable."""

from collections.abc import Callable
from datetime import date
from typing import Self, TypeAlias

from attrs import Attribute, field, frozen

from postpurchase.domain.moment.clock import shift
from postpurchase.errors import InvalidMoment

DayTest: TypeAlias = Callable[[date], bool]
"""Answers whether a local date is one of those meant, such as a holiday."""

_WEEK = frozenset(range(7))
_LONGEST_CLOSURE = 366


@frozen
class Days:
    """A set of dates that is a test of dates: ``Days.of(date(2026, 12, 25))``."""

    dates: frozenset[date]

    @classmethod
    def of(cls, *dates: date) -> Self:
        """These dates."""
        return cls(frozenset(dates))

    def __call__(self, day: date, /) -> bool:
        """Whether a date is among them."""
        return day in self.dates


NO_DAYS = Days(frozenset())
"""No date at all: no holidays."""


def weekdays(_owner: object, attribute: "Attribute[frozenset[int]]", value: frozenset[int]) -> None:
    """Refuse what are no weekdays, and a week without an open day.

    Raises:
        InvalidMoment: a number outside 0 (Monday) to 6 (Sunday), or all seven.
    """
    if not _is_frozen(value) or not value < _WEEK:
        raise InvalidMoment(
            what=f"{attribute.name} is a frozenset of 0 (Monday) to 6 (Sunday), not all seven",
            given=repr(value),
            advice="write frozenset({5, 6}), and leave at least one day open",
        )


def _is_frozen(value: object) -> bool:
    return isinstance(value, frozenset)


@frozen(kw_only=True)
class Calendar:
    """Which local dates are business days.

    The weekend is data, 0 for Monday to 6 for Sunday: Saturday and Sunday unless said, while
    Bangladesh rests on Friday and Saturday (4 and 5).

    Raises:
        InvalidMoment: *weekend* holds no weekdays, or all of them.
    """

    weekend: frozenset[int] = field(default=frozenset({5, 6}), validator=weekdays)
    is_holiday: DayTest = NO_DAYS

    def is_business_day(self, day: date, /) -> bool:
        """Whether the shop works on a date."""
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def on_or_after(self, day: date, /) -> date:
        """The first business day from a date on, itself included.

        Raises:
            InvalidMoment: no business day comes within a year.
        """
        return self._seek(day, 1)

    def on_or_before(self, day: date, /) -> date:
        """The last business day up to a date, itself included.

        Raises:
            InvalidMoment: no business day lies within the year before.
        """
        return self._seek(day, -1)

    def add(self, day: date, days: int, /) -> date:
        """The date some business days later, or earlier below zero; *day* itself never counts.

        Zero days is *day* where it is a business day, else the next one.

        Raises:
            InvalidMoment: no business day comes within a year.
        """
        if not days:
            return self.on_or_after(day)
        step = 1 if days > 0 else -1
        for _ in range(abs(days)):
            day = self._seek(shift(day, step), step)
        return day

    def count(self, start: date, end: date, /) -> int:
        """The business days from *start* up to, not including, *end*; zero if it is not later."""
        length = max((end - start).days, 0)
        return sum(self.is_business_day(shift(start, n)) for n in range(length))

    def _seek(self, day: date, step: int) -> date:
        for n in range(_LONGEST_CLOSURE):
            found = shift(day, n * step)
            if self.is_business_day(found):
                return found
        raise InvalidMoment(
            what="a calendar has a business day in a year",
            given=f"none in the {_LONGEST_CLOSURE} days from {day}",
            advice="check is_holiday",
        )
