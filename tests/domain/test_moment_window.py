from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.moment import Days, Window
from postpurchase.errors import InvalidMoment

KOLKATA = ZoneInfo("Asia/Kolkata")
PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")
SUNDAY = frozenset({6})
SHOP = Window(time(9), time(17))
NIGHT = Window(time(21), time(8))
ALL_DAY = Window(time(0), time(0))
TICK = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_window_is_half_open() -> None:
    opens, closes = utc("2026-05-11T09:00"), utc("2026-05-11T17:00")
    assert SHOP.contains(opens, UTC)
    assert not SHOP.contains(opens - TICK, UTC)
    assert SHOP.contains(closes - TICK, UTC)
    assert not SHOP.contains(closes, UTC)


def test_a_window_may_cross_midnight() -> None:
    for clock in ("21:00", "23:59", "00:00", "07:59"):
        assert NIGHT.contains(utc(f"2026-05-11T{clock}"), UTC)
    for clock in ("08:00", "12:00", "20:59"):
        assert not NIGHT.contains(utc(f"2026-05-11T{clock}"), UTC)


def test_a_window_that_closes_when_it_opens_is_open_all_day() -> None:
    for clock in ("00:00", "12:00", "23:59"):
        assert ALL_DAY.contains(utc(f"2026-05-11T{clock}"), UTC)


def test_the_local_hour_counts() -> None:
    at = utc("2026-05-11T04:00")
    assert SHOP.contains(at, KOLKATA)
    assert not SHOP.contains(at, UTC)


def test_closed_days_are_closed_from_midnight_to_midnight() -> None:
    window = Window(
        time(21), time(8), closed_weekdays=SUNDAY, is_holiday=Days.of(date(2026, 5, 14))
    )
    assert window.contains(utc("2026-05-09T23:59"), UTC)
    for text in ("2026-05-10T00:00", "2026-05-10T23:59", "2026-05-14T03:00", "2026-05-14T22:00"):
        assert not window.contains(utc(text), UTC)
    assert window.contains(utc("2026-05-11T00:00"), UTC)
    assert window.next_open(utc("2026-05-10T00:00"), UTC) == utc("2026-05-11T00:00")
    assert window.next_close(utc("2026-05-09T22:00"), UTC) == utc("2026-05-10T00:00")


def test_messages_wait_for_the_end_of_quiet_hours() -> None:
    india = Window.outside(time(21), time(10))
    assert india == Window(time(10), time(21))
    assert india.next_open(utc("2026-11-22T16:00"), KOLKATA) == utc("2026-11-23T04:30")
    france = Window.outside(time(22), time(8), closed_weekdays=SUNDAY, is_holiday=Days.of())
    assert france.closed_weekdays == SUNDAY
    assert france.is_holiday == Days.of()
    assert france.next_open(utc("2026-11-22T17:00"), PARIS) == utc("2026-11-23T07:00")


def test_quiet_hours_pass_on_holidays() -> None:
    christmas = Days.of(date(2026, 12, 25))
    window = Window.outside(time(22), time(8), is_holiday=christmas)
    assert window.next_open(utc("2026-12-25T10:00"), UTC) == utc("2026-12-26T08:00")


def test_quiet_hours_of_no_length() -> None:
    with pytest.raises(InvalidMoment, match="quiet hours end at another time than they start"):
        Window.outside(time(8), time(8))


def test_an_open_window_opens_now() -> None:
    at = datetime(2026, 5, 11, 12, tzinfo=KOLKATA)
    assert SHOP.next_open(at, KOLKATA) == at
    assert SHOP.next_open(at, KOLKATA).tzinfo is UTC
    assert SHOP.next_close(utc("2026-05-11T03:00"), UTC) == utc("2026-05-11T03:00")


def test_the_next_turns() -> None:
    at = utc("2026-05-11T12:00")
    assert SHOP.next_close(at, UTC) == utc("2026-05-11T17:00")
    assert SHOP.next_open(utc("2026-05-11T17:00"), UTC) == utc("2026-05-12T09:00")
    assert NIGHT.next_open(at, UTC) == utc("2026-05-11T21:00")
    assert NIGHT.next_close(utc("2026-05-11T22:00"), UTC) == utc("2026-05-12T08:00")


def test_a_window_that_opens_in_a_gap_opens_after_it() -> None:
    window = Window(time(2, 30), time(5))
    found = window.next_open(utc("2026-03-08T05:00"), NEW_YORK)
    assert found == utc("2026-03-08T07:00")


def test_a_window_lost_in_a_gap_opens_the_day_after() -> None:
    window = Window(time(2, 15), time(2, 45))
    found = window.next_open(utc("2026-03-08T05:00"), NEW_YORK)
    assert found == utc("2026-03-09T06:15")


def test_a_window_in_a_fold_opens_twice() -> None:
    window = Window(time(1, 15), time(1, 45))
    first = window.next_open(utc("2026-11-01T04:00"), NEW_YORK)
    assert first == utc("2026-11-01T05:15")
    closed = window.next_close(first, NEW_YORK)
    assert closed == utc("2026-11-01T05:45")
    assert window.next_open(closed, NEW_YORK) == utc("2026-11-01T06:15")
    assert window.next_close(utc("2026-11-01T06:20"), NEW_YORK) == utc("2026-11-01T06:45")


def test_clocks_set_back_may_open_a_window() -> None:
    window = Window(time(0, 30), time(1, 30))
    closed = window.next_close(utc("2026-11-01T04:45"), NEW_YORK)
    assert closed == utc("2026-11-01T05:30")
    assert window.next_open(closed, NEW_YORK) == utc("2026-11-01T06:00")


def test_a_window_that_never_turns() -> None:
    never = Window(time(9), time(17), is_holiday=lambda _: True)
    with pytest.raises(InvalidMoment, match="a window opens and closes within a year, got"):
        never.next_open(utc("2026-05-11T12:00"), UTC)
    with pytest.raises(InvalidMoment, match="a window opens and closes within a year, got"):
        ALL_DAY.next_close(utc("2026-05-11T12:00"), UTC)


def test_a_window_may_be_closed_for_long() -> None:
    until = date(2027, 5, 11)
    closed = Window(time(9), time(17), is_holiday=lambda day: day < until)
    assert closed.next_open(utc("2026-05-11T00:00"), UTC) == utc("2027-05-11T09:00")


def test_windows_that_cannot_be_meant() -> None:
    said = "a window opens and closes at local times without a zone, got"
    with pytest.raises(InvalidMoment, match=said):
        Window(time(9, tzinfo=UTC), time(17))
    with pytest.raises(InvalidMoment, match=said):
        Window(time(9), time(17, tzinfo=UTC))
    number: Any = 9
    with pytest.raises(InvalidMoment, match=said):
        Window(number, time(17))
    listed: Any = [5, 6]
    for weekdays in (frozenset(range(7)), listed):
        with pytest.raises(InvalidMoment, match="closed_weekdays is a frozenset of 0"):
            Window(time(9), time(17), closed_weekdays=weekdays)
