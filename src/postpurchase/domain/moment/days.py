"""Days of the calendar: anniversaries, months and their ends, periods that keep their day."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from enum import Enum
from typing import Self

from attrs import field, frozen

from postpurchase.domain.moment.clock import shift
from postpurchase.errors import InvalidMoment

_MONTHS = 12
_LEAP_YEAR = 2000


class Leap(Enum):
    """Which day stands for 29 February in a year without one."""

    FEB28 = "feb28"
    MAR1 = "mar1"


@frozen
class MonthDay:
    """A day of every year, such as a birthday without its year.

    Raises:
        InvalidMoment: no year has such a day.
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        """Refuse a day that no year has."""
        _date(_LEAP_YEAR, self.month, self.day)

    @classmethod
    def of(cls, day: date, /) -> Self:
        """The month and day of a date."""
        return cls(day.month, day.day)

    def in_year(self, year: int, /, *, leap: Leap) -> date:
        """This day in a year; *leap* says what 29 February becomes in a year without one."""
        if (self.month, self.day) == (2, 29) and monthrange(year, 2)[1] < self.day:
            return _date(year, 2, 28) if leap is Leap.FEB28 else _date(year, 3, 1)
        return _date(year, self.month, self.day)

    def next_from(self, day: date, /, *, leap: Leap) -> date:
        """The first such day on *day* or after it."""
        this_year = self.in_year(day.year, leap=leap)
        return this_year if this_year >= day else self.in_year(day.year + 1, leap=leap)


def anniversary(origin: date, years: int, /, *, leap: Leap) -> date:
    """The date so many years after *origin*."""
    return MonthDay.of(origin).in_year(origin.year + years, leap=leap)


def add_months(day: date, months: int, /) -> date:
    """The date some months later; a day the month does not have is its last day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if not MINYEAR <= year <= MAXYEAR:
        raise InvalidMoment(
            what="a date lies in the years 1 to 9999",
            given=f"{day} and {months} months",
            advice="use fewer months",
        )
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(day: date, /) -> date:
    """The last day of the month of *day*."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def end_of_quarter(day: date, /) -> date:
    """The last day of the calendar quarter of *day*."""
    return end_of_month(day.replace(day=1, month=day.month + -day.month % 3))


def end_of_year(day: date, /) -> date:
    """The last day of the calendar year of *day*."""
    return day.replace(month=12, day=31)


def _positive(_periods: object, _attribute: object, months: int) -> None:
    if months < 1:
        raise InvalidMoment(
            what="a period has one month or more", given=repr(months), advice="use 12 for a year"
        )


@frozen
class Period:
    """Local days from *start* up to, not including, *end*; the *number* counts from zero."""

    number: int
    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day inside."""
        return shift(self.end, -1)


@frozen
class Periods:
    """Months counted from an anchor: 31 January, 28 February, 31 March, 30 April ...

    Each start is counted from the anchor itself, so that a short month does not move those
    after it.

    Raises:
        InvalidMoment: *months* is below one.
    """

    anchor: date
    months: int = field(default=1, validator=_positive)

    def start(self, number: int, /) -> date:
        """The first day of a period; 0 is the one that starts at the anchor."""
        return add_months(self.anchor, number * self.months)

    def period(self, number: int, /) -> Period:
        """The period of this number."""
        return Period(number, self.start(number), self.start(number + 1))

    def containing(self, day: date, /) -> Period:
        """The period in which a day lies; before the anchor its number is below zero."""
        passed = (day.year - self.anchor.year) * _MONTHS + day.month - self.anchor.month
        number = passed // self.months
        return self.period(number if self.start(number) <= day else number - 1)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidMoment(
            what="a day must be in the calendar",
            given=f"{year}-{month}-{day}",
            advice="check the month and the day",
        ) from None
