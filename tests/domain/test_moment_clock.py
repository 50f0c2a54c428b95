import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain import moment
from postpurchase.domain.moment import (
    Interval,
    add_days,
    end_of_day,
    instant,
    local,
    local_date,
    resolve,
    shift,
    start_of_day,
)
from postpurchase.errors import InvalidMoment, PostPurchaseError

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[1] / "vectors"
WALL_CLOCK = json.loads((FOLDER / "journey.json").read_text("utf-8"))["wall_clock_vectors"]
WINDOWS = [
    case
    for case in json.loads((FOLDER / "tracking.json").read_text("utf-8"))["vectors"]
    if case["area"] == "window" and case["given"].get("semantics", "").startswith("calendar")
]
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")
APIA = ZoneInfo("Pacific/Apia")


def test_an_instant_is_kept_in_utc() -> None:
    read = instant(datetime(2026, 5, 11, 9, tzinfo=KOLKATA))
    assert read == datetime(2026, 5, 11, 3, 30, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_two_instants_in_a_fold_compare_as_they_happened() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    second = first.replace(fold=1)
    assert first == second
    assert instant(second) - instant(first) == timedelta(hours=1)


@pytest.mark.parametrize(
    "value",
    [datetime(2026, 5, 11, 9), date(2026, 5, 11), "2026-05-11T09:00:00Z", None],  # noqa: DTZ001 - the mistake itself
)
def test_what_is_no_instant(value: datetime) -> None:
    with pytest.raises(ValueError, match="an instant is a datetime with a zone, got") as caught:
        instant(value)
    assert isinstance(caught.value, InvalidMoment)
    assert isinstance(caught.value, PostPurchaseError)
    assert caught.value.given == repr(value)
    assert str(caught.value).endswith(": write datetime(..., tzinfo=UTC)")


@pytest.mark.parametrize(
    "value",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
    ],
)
def test_an_instant_at_the_edge_of_the_calendar(value: datetime) -> None:
    with pytest.raises(InvalidMoment, match="an instant lies in the years 1 to 9999"):
        instant(value)


def test_the_wall_clock_of_a_zone() -> None:
    at = datetime(2026, 10, 10, 3, 30, tzinfo=UTC)
    assert local(at, NEW_YORK).isoformat() == "2026-10-09T23:30:00-04:00"
    assert local_date(at, NEW_YORK) == date(2026, 10, 9)
    assert local_date(at, UTC) == date(2026, 10, 10)
    with pytest.raises(InvalidMoment):
        local_date(datetime(2026, 10, 10), NEW_YORK)  # noqa: DTZ001 - the mistake itself


@pytest.mark.parametrize("case", WALL_CLOCK, ids=lambda case: f"{case['tz']} {case['local_date']}")
def test_wall_clock_to_instant(case: dict[str, str]) -> None:
    day, clock = date.fromisoformat(case["local_date"]), time.fromisoformat(case["local_time"])
    found = resolve(day, clock, ZoneInfo(case["tz"]))
    assert found == datetime.fromisoformat(case["instant"])
    assert found.tzinfo is UTC


def test_a_gap_is_left_at_the_whole_second() -> None:
    found = resolve(date(2026, 3, 8), time(2, 30, 15, 250), NEW_YORK)
    assert found == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert resolve(date(2026, 3, 8), time(2, 0, 0, 250), NEW_YORK) == found
    assert resolve(date(2026, 3, 8), time(2, 59, 59, 250), NEW_YORK) == found
    kept = resolve(date(2026, 3, 8), time(3, 30, 15, 250), NEW_YORK)
    assert kept == datetime(2026, 3, 8, 7, 30, 15, 250, tzinfo=UTC)


def test_the_fold_of_a_time_says_nothing() -> None:
    clock = time(1, 30, fold=1)
    assert resolve(date(2026, 11, 1), clock, NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert resolve(date(2026, 3, 8), clock.replace(hour=2), NEW_YORK) == datetime(
        2026, 3, 8, 7, tzinfo=UTC
    )


def test_a_wall_clock_time_has_no_zone_of_its_own() -> None:
    said = "a wall clock time is a date and a time without a zone, got"
    with pytest.raises(InvalidMoment, match=said):
        resolve(date(2026, 3, 8), time(9, tzinfo=UTC), NEW_YORK)
    with pytest.raises(InvalidMoment, match=said):
        resolve(datetime(2026, 3, 8, tzinfo=UTC), time(9), NEW_YORK)


@pytest.mark.parametrize("zone", [None, "Asia/Kolkata"])
def test_the_zone_of_the_machine_is_never_meant(zone: Any) -> None:  # noqa: ANN401 - a wrong one
    at = datetime(2026, 5, 11, 9, tzinfo=UTC)
    day = date(2026, 5, 11)
    asked: list[Callable[[], object]] = [
        lambda: local(at, zone),
        lambda: local_date(at, zone),
        lambda: resolve(day, time(9), zone),
        lambda: start_of_day(day, zone),
    ]
    for ask in asked:
        with pytest.raises(InvalidMoment, match=f"a zone is a tzinfo, got {zone!r}: write"):
            ask()


@pytest.mark.parametrize("case", WINDOWS, ids=lambda case: case["id"])
def test_through_the_last_local_day(case: dict[str, Any]) -> None:
    given, expected = case["given"], case["expected"]
    zone = ZoneInfo(given["tz"])
    delivered = local_date(datetime.fromisoformat(given["delivered_at"]), zone)
    last = shift(delivered, given["window_days"])
    closes = end_of_day(last, zone)
    assert delivered == date.fromisoformat(expected["delivered_local"])
    assert last == date.fromisoformat(expected["last_local_day"])
    assert closes == datetime.fromisoformat(expected["closes_at_utc"])


def test_every_window_case_is_used() -> None:
    assert [case["id"][-2:] for case in WINDOWS] == ["01", "02", "04", "05", "06", "07"]


def test_a_day_that_a_zone_left_out_is_empty() -> None:
    missing = date(2011, 12, 30)
    assert start_of_day(missing, APIA) == end_of_day(missing, APIA)
    assert local_date(start_of_day(missing, APIA), APIA) == date(2011, 12, 31)


def test_a_day_may_have_23_or_25_hours() -> None:
    short, long = date(2026, 3, 8), date(2026, 11, 1)
    assert end_of_day(short, NEW_YORK) - start_of_day(short, NEW_YORK) == timedelta(hours=23)
    assert end_of_day(long, NEW_YORK) - start_of_day(long, NEW_YORK) == timedelta(hours=25)


def test_days_keep_the_wall_clock_time() -> None:
    at = datetime(2026, 3, 7, 14, tzinfo=UTC)
    assert add_days(at, 1, NEW_YORK) == datetime(2026, 3, 8, 13, tzinfo=UTC)
    assert add_days(at, -1, NEW_YORK) == datetime(2026, 3, 6, 14, tzinfo=UTC)
    late = datetime(2026, 3, 7, 7, 30, tzinfo=UTC)
    assert add_days(late, 1, NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_no_days_are_the_same_instant() -> None:
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert local(second, NEW_YORK).fold == 1
    assert add_days(second, 0, NEW_YORK) == second
    assert add_days(second.astimezone(NEW_YORK), 0, NEW_YORK).tzinfo is UTC


def test_days_beyond_the_calendar() -> None:
    moves: tuple[Callable[[], object], ...] = (
        lambda: shift(date(9999, 12, 31), 1),
        lambda: shift(date(1, 1, 1), -1),
        lambda: shift(date(2026, 1, 1), 10**12),
        lambda: add_days(datetime(2026, 1, 1, tzinfo=UTC), 10**12, UTC),
    )
    for move in moves:
        with pytest.raises(InvalidMoment, match="a date lies in the years 1 to 9999, got"):
            move()


def test_an_interval_is_half_open() -> None:
    start, end = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)
    interval = Interval(start, end)
    assert start in interval
    assert end not in interval
    assert end - timedelta(microseconds=1) in interval
    assert start - timedelta(microseconds=1) not in interval
    assert interval.length == timedelta(days=1)
    assert start not in Interval(start, start)


def test_an_interval_keeps_instants_in_utc_and_forwards() -> None:
    start = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    interval = Interval(start, start.replace(fold=1))
    assert interval.length == timedelta(hours=1)
    with pytest.raises(InvalidMoment, match="an interval ends at or after its start, got"):
        Interval(start.replace(fold=1), start)


def test_every_word_opens() -> None:
    assert dir(moment) == sorted(moment.__all__)
    for word in moment.__all__:
        assert getattr(moment, word) is not None
