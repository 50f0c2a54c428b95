from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.moment import Duration
from postpurchase.errors import InvalidMoment

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1Y2M10DT2H30M", Duration(years=1, months=2, days=10, hours=2, minutes=30)),
        ("P2W", Duration(weeks=2)),
        ("P14D", Duration(days=14)),
        ("PT36H", Duration(hours=36)),
        ("PT45S", Duration(seconds=45)),
        ("P1MT1M", Duration(months=1, minutes=1)),
        ("PT0S", Duration()),
    ],
)
def test_text_reads_back(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration
    assert str(duration) == text


@pytest.mark.parametrize("text", ["P0D", "P0Y", "PT0H"])
def test_no_time_is_written_in_one_way(text: str) -> None:
    assert str(Duration.parse(text)) == "PT0S"


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1YT", "14D", "P1.5D", "P-1D", "-P1D", "P1D ", "P1H", "PT1D", "P1D1M", "p1d"],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(InvalidMoment, match="a duration is written as in ISO 8601") as caught:
        Duration.parse(text)
    assert caught.value.given == repr(text)


@pytest.mark.parametrize("count", [-1, True, 1.5])
def test_a_part_is_a_whole_number(count: int) -> None:
    with pytest.raises(InvalidMoment, match="a duration counts whole days of zero or more, got"):
        Duration(days=count)


def test_a_day_is_not_24_hours() -> None:
    at = datetime(2026, 3, 7, 14, tzinfo=UTC)
    assert Duration(days=1) != Duration(hours=24)
    assert Duration(days=1).after(at, NEW_YORK) == datetime(2026, 3, 8, 13, tzinfo=UTC)
    assert Duration(hours=24).after(at, NEW_YORK) == datetime(2026, 3, 8, 14, tzinfo=UTC)


def test_hours_pass_before_the_calendar_counts() -> None:
    at = datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert Duration(months=1, hours=2).after(at, UTC) == datetime(2026, 3, 1, 1, tzinfo=UTC)


def test_every_part_counts() -> None:
    at = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert Duration(years=1).after(at, UTC) == datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert Duration(months=1).after(at, UTC) == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert Duration(months=1, days=1).after(at, UTC) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert Duration(weeks=1).after(at, UTC) == datetime(2026, 2, 7, 12, tzinfo=UTC)
    assert Duration(minutes=1, seconds=1).after(at, UTC) == datetime(
        2026, 1, 31, 12, 1, 1, tzinfo=UTC
    )


def test_a_gap_is_passed_and_a_fold_kept_by_hours_alone() -> None:
    before = datetime(2026, 3, 7, 7, 30, tzinfo=UTC)
    assert Duration(days=1).after(before, NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert Duration().after(second, NEW_YORK) == second
    assert Duration(hours=1).after(second, NEW_YORK) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("duration", [Duration(days=1), Duration(hours=1)])
def test_a_duration_wants_an_instant(duration: Duration) -> None:
    with pytest.raises(InvalidMoment):
        duration.after(datetime(2026, 1, 31), UTC)  # noqa: DTZ001 - the mistake itself


def test_a_duration_ends_before_the_calendar_does() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    with pytest.raises(InvalidMoment, match="an instant lies in the years 1 to 9999, got 2026"):
        Duration(hours=99_999_999).after(at, UTC)
    with pytest.raises(InvalidMoment):
        Duration(days=9_999_999).after(at, UTC)


def test_a_duration_leads_to_utc() -> None:
    at = datetime(2026, 1, 31, 12, tzinfo=NEW_YORK)
    assert Duration(hours=1).after(at, NEW_YORK).tzinfo is UTC
    assert Duration(days=1).after(at, NEW_YORK).tzinfo is UTC
