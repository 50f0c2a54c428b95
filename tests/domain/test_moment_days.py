from datetime import date
from typing import TYPE_CHECKING

import pytest

from postpurchase.domain.moment import (
    Leap,
    MonthDay,
    Period,
    Periods,
    add_months,
    anniversary,
    end_of_month,
    end_of_quarter,
    end_of_year,
)
from postpurchase.errors import InvalidMoment

if TYPE_CHECKING:
    from collections.abc import Callable

LEAP_DAY = date(2024, 2, 29)


def test_a_leap_day_becomes_the_stated_day() -> None:
    assert anniversary(LEAP_DAY, 1, leap=Leap.FEB28) == date(2025, 2, 28)
    assert anniversary(LEAP_DAY, 1, leap=Leap.MAR1) == date(2025, 3, 1)
    assert anniversary(LEAP_DAY, 4, leap=Leap.FEB28) == date(2028, 2, 29)
    assert anniversary(LEAP_DAY, 4, leap=Leap.MAR1) == date(2028, 2, 29)
    assert anniversary(LEAP_DAY, -124, leap=Leap.MAR1) == date(1900, 3, 1)


def test_other_days_keep_their_date() -> None:
    for leap in Leap:
        assert anniversary(date(2024, 2, 28), 1, leap=leap) == date(2025, 2, 28)
        assert anniversary(date(2023, 3, 1), 1, leap=leap) == date(2024, 3, 1)


def test_a_birthday_needs_no_year() -> None:
    birthday = MonthDay(2, 29)
    assert MonthDay.of(LEAP_DAY) == birthday
    assert birthday.next_from(date(2025, 2, 28), leap=Leap.FEB28) == date(2025, 2, 28)
    assert birthday.next_from(date(2025, 3, 1), leap=Leap.FEB28) == date(2026, 2, 28)
    assert birthday.next_from(date(2025, 3, 1), leap=Leap.MAR1) == date(2025, 3, 1)
    assert birthday.next_from(date(2025, 3, 2), leap=Leap.MAR1) == date(2026, 3, 1)
    assert birthday.next_from(date(2027, 3, 1), leap=Leap.FEB28) == date(2028, 2, 29)


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 1), (4, 31), (1, 0)])
def test_a_day_no_year_has(month: int, day: int) -> None:
    with pytest.raises(InvalidMoment, match="a day must be in the calendar, got"):
        MonthDay(month, day)


def test_years_beyond_the_calendar() -> None:
    moves: tuple[Callable[[], object], ...] = (
        lambda: anniversary(date(2024, 5, 1), 8000, leap=Leap.MAR1),
        lambda: anniversary(LEAP_DAY, 8001, leap=Leap.MAR1),
        lambda: anniversary(LEAP_DAY, 8001, leap=Leap.FEB28),
    )
    for move in moves:
        with pytest.raises(InvalidMoment, match=r"a day must be in the calendar, got 1002[45]-"):
            move()


def test_months_end_on_the_last_day_they_have() -> None:
    end_of_january = date(2026, 1, 31)
    assert add_months(end_of_january, 1) == date(2026, 2, 28)
    assert add_months(end_of_january, 2) == date(2026, 3, 31)
    assert add_months(end_of_january, 25) == date(2028, 2, 29)
    assert add_months(end_of_january, -1) == date(2025, 12, 31)
    assert add_months(end_of_january, -2) == date(2025, 11, 30)
    assert add_months(end_of_january, 0) == end_of_january
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(1, 2, 28), -1) == date(1, 1, 28)
    for day, months in ((date(9999, 12, 1), 1), (date(1, 1, 1), -1)):
        with pytest.raises(InvalidMoment, match="a date lies in the years 1 to 9999, got"):
            add_months(day, months)


def test_ends_of_month_quarter_and_year() -> None:
    assert end_of_month(date(2024, 2, 1)) == date(2024, 2, 29)
    assert end_of_month(date(2026, 12, 31)) == date(2026, 12, 31)
    ends = [end_of_quarter(date(2026, month, 15)) for month in range(1, 13)]
    assert ends == [
        *[date(2026, 3, 31)] * 3,
        *[date(2026, 6, 30)] * 3,
        *[date(2026, 9, 30)] * 3,
        *[date(2026, 12, 31)] * 3,
    ]
    assert end_of_quarter(date(2026, 1, 31)) == date(2026, 3, 31)
    assert end_of_quarter(date(2026, 5, 31)) == date(2026, 6, 30)
    assert end_of_year(date(2026, 2, 28)) == date(2026, 12, 31)


def test_periods_keep_the_day_of_their_anchor() -> None:
    monthly = Periods(date(2026, 1, 31))
    assert [monthly.start(number) for number in range(5)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]
    assert monthly.period(1) == Period(1, date(2026, 2, 28), date(2026, 3, 31))
    assert monthly.period(1).last == date(2026, 3, 30)


def test_the_period_of_a_day() -> None:
    monthly = Periods(date(2026, 1, 31))
    assert monthly.containing(date(2026, 2, 27)).number == 0
    assert monthly.containing(date(2026, 2, 28)).number == 1
    assert monthly.containing(date(2026, 3, 30)).number == 1
    assert monthly.containing(date(2026, 1, 30)).number == -1
    yearly = Periods(LEAP_DAY, months=12)
    assert yearly.containing(date(2025, 2, 27)).number == 0
    assert yearly.containing(date(2025, 2, 28)).number == 1
    quarterly = Periods(date(2026, 2, 1), months=3)
    assert quarterly.containing(date(2026, 4, 30)).number == 0
    assert quarterly.containing(date(2026, 5, 1)).number == 1


@pytest.mark.parametrize("months", [0, -1])
def test_a_period_takes_time(months: int) -> None:
    with pytest.raises(InvalidMoment, match="a period has one month or more, got"):
        Periods(date(2026, 1, 31), months)
