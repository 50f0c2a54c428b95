import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.moment import NO_DAYS, Calendar, Days, local_date, shift
from postpurchase.errors import InvalidMoment

CASE = next(
    case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "tracking.json").read_text("utf-8")
    )["vectors"]
    if case["id"] == "window-14"
)
FRIDAY = date(2026, 5, 8)
SATURDAY = date(2026, 5, 9)
MONDAY = date(2026, 5, 11)


def test_a_window_is_extended_to_the_next_business_day() -> None:
    given, expected = CASE["given"], CASE["expected"]
    calendar = Calendar(
        weekend=frozenset(day - 1 for day in given["weekend"]),
        is_holiday=Days.of(*map(date.fromisoformat, given["holidays"])),
    )
    delivered = local_date(datetime.fromisoformat(given["delivered_at"]), ZoneInfo(given["tz"]))
    nominal = shift(delivered, given["window_days"])
    assert nominal == date.fromisoformat(expected["nominal_last_day"])
    assert calendar.on_or_after(nominal) == date.fromisoformat(expected["last_day"])


def test_the_weekend_is_data() -> None:
    western, dhaka = Calendar(), Calendar(weekend=frozenset({4, 5}))
    assert western.is_business_day(FRIDAY)
    assert not western.is_business_day(SATURDAY)
    assert not dhaka.is_business_day(FRIDAY)
    assert dhaka.on_or_after(FRIDAY) == date(2026, 5, 10)
    assert Calendar(weekend=frozenset()).is_business_day(SATURDAY)


def test_holidays_are_a_plain_callable() -> None:
    # The package of holidays asks for an older python-dateutil than the newest we take.
    india = pytest.importorskip("holidays").country_holidays("IN", years=2026)
    calendar = Calendar(is_holiday=india.__contains__)
    assert calendar.on_or_after(date(2026, 1, 26)) == date(2026, 1, 27)
    assert calendar.is_business_day(date(2026, 1, 27))


def test_days_are_a_test_of_dates() -> None:
    days = Days.of(FRIDAY, MONDAY)
    assert days(FRIDAY)
    assert not days(SATURDAY)
    assert days == Days(frozenset({MONDAY, FRIDAY}))
    assert not NO_DAYS(FRIDAY)
    assert hash(Calendar(is_holiday=days)) == hash(Calendar(is_holiday=Days.of(MONDAY, FRIDAY)))


def test_business_days_are_added() -> None:
    calendar = Calendar(is_holiday=Days.of(MONDAY))
    assert calendar.add(FRIDAY, 1) == date(2026, 5, 12)
    assert calendar.add(SATURDAY, 1) == date(2026, 5, 12)
    assert calendar.add(FRIDAY, 3) == date(2026, 5, 14)
    assert calendar.add(SATURDAY, -1) == FRIDAY
    assert calendar.add(FRIDAY, -1) == date(2026, 5, 7)
    assert calendar.add(date(2026, 5, 12), -2) == date(2026, 5, 7)
    assert calendar.add(FRIDAY, 0) == FRIDAY
    assert calendar.add(SATURDAY, 0) == date(2026, 5, 12)


def test_the_nearest_business_day() -> None:
    calendar = Calendar()
    assert calendar.on_or_after(SATURDAY) == MONDAY
    assert calendar.on_or_before(SATURDAY) == FRIDAY
    assert calendar.on_or_after(FRIDAY) == calendar.on_or_before(FRIDAY) == FRIDAY


def test_business_days_are_counted() -> None:
    calendar = Calendar()
    assert calendar.count(FRIDAY, FRIDAY) == 0
    assert calendar.count(FRIDAY, SATURDAY) == 1
    assert calendar.count(FRIDAY, date(2026, 5, 12)) == 2
    assert calendar.count(MONDAY, FRIDAY) == 0


@pytest.mark.parametrize(
    "weekend", [frozenset({7}), frozenset({-1}), frozenset(range(7)), {5, 6}, (5, 6)]
)
def test_a_weekend_that_cannot_be_meant(weekend: frozenset[int]) -> None:
    with pytest.raises(InvalidMoment, match=r"weekend is a frozenset of 0 \(Monday\)") as caught:
        Calendar(weekend=weekend)
    assert caught.value.given == repr(weekend)


def test_a_calendar_that_never_opens() -> None:
    calendar = Calendar(is_holiday=lambda _: True)
    for seek in (calendar.on_or_after, calendar.on_or_before):
        with pytest.raises(InvalidMoment, match="a calendar has a business day in a year, got"):
            seek(FRIDAY)


def test_the_longest_closure_is_a_year() -> None:
    open_again = shift(FRIDAY, 365)
    week = Calendar(weekend=frozenset(), is_holiday=lambda day: day < open_again)
    assert week.on_or_after(FRIDAY) == open_again
    with pytest.raises(InvalidMoment):
        week.on_or_after(shift(FRIDAY, -1))
