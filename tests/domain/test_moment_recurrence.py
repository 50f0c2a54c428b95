from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.moment import Frequency, Recurrence, Weekday
from postpurchase.errors import InvalidMoment

NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def recurrence(frequency: Frequency, **parts: Any) -> Recurrence:  # noqa: ANN401 - any field
    given = {"first": date(2026, 1, 1), "at": time(9), **parts}
    return Recurrence(frequency=frequency, **given)


def days(rule: Recurrence) -> list[str]:
    return [day.isoformat()[5:] for day in rule.dates(*YEAR)]


def test_the_second_tuesday() -> None:
    rule = recurrence(Frequency.MONTHLY, weekdays=(Weekday(1, nth=2),), count=3)
    assert days(rule) == ["01-13", "02-10", "03-10"]


def test_the_last_friday_and_the_last_day() -> None:
    friday = recurrence(Frequency.MONTHLY, weekdays=(Weekday(4, nth=-1),), months=(1, 2))
    assert days(friday) == ["01-30", "02-27"]
    last = recurrence(Frequency.MONTHLY, month_days=(-1,), last=date(2026, 4, 30))
    assert days(last) == ["01-31", "02-28", "03-31", "04-30"]


def test_every_second_week_on_two_days() -> None:
    rule = recurrence(Frequency.WEEKLY, every=2, weekdays=(Weekday(0), Weekday(3)), count=4)
    assert days(rule) == ["01-01", "01-12", "01-15", "01-26"]


def test_a_month_without_the_day_is_left_out() -> None:
    rule = recurrence(Frequency.MONTHLY, first=date(2026, 1, 31))
    assert days(rule)[:3] == ["01-31", "03-31", "05-31"]


def test_a_day_every_year() -> None:
    rule = recurrence(Frequency.YEARLY, first=date(2020, 3, 15))
    assert days(rule) == ["03-15"]
    leap = recurrence(Frequency.YEARLY, first=date(2024, 2, 29))
    assert list(leap.dates(date(2025, 1, 1), date(2029, 1, 1))) == [date(2028, 2, 29)]


def test_the_span_is_half_open() -> None:
    daily = recurrence(Frequency.DAILY)
    found = list(daily.dates(date(2026, 5, 1), date(2026, 5, 3)))
    assert found == [date(2026, 5, 1), date(2026, 5, 2)]
    assert not list(daily.dates(date(2026, 5, 1), date(2026, 5, 1)))
    assert not list(daily.dates(date(2025, 5, 1), date(2026, 1, 1)))


def test_the_count_runs_from_the_first_date() -> None:
    rule = recurrence(Frequency.DAILY, count=3)
    assert list(rule.dates(date(2026, 1, 3), date(2027, 1, 1))) == [date(2026, 1, 3)]
    assert not list(rule.dates(date(2026, 1, 4), date(2027, 1, 1)))


def test_nine_o_clock_stays_nine_o_clock() -> None:
    daily = recurrence(Frequency.DAILY)
    start, end = datetime(2026, 3, 7, 14, tzinfo=UTC), datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert list(daily.instants(start, end, NEW_YORK)) == [
        datetime(2026, 3, 7, 14, tzinfo=UTC),
        datetime(2026, 3, 8, 13, tzinfo=UTC),
    ]


def test_a_time_in_a_gap_comes_after_it() -> None:
    rule = recurrence(Frequency.DAILY, at=time(2, 30))
    found = rule.next_from(datetime(2026, 3, 8, 7, tzinfo=UTC), NEW_YORK)
    assert found == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_is_met_at_the_start_of_the_next() -> None:
    rule = recurrence(Frequency.YEARLY, first=date(2010, 12, 30), at=time(10))
    start = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert rule.next_from(start, APIA) == start


def test_the_next_instant() -> None:
    rule = recurrence(Frequency.MONTHLY, month_days=(15,), last=date(2026, 6, 30))
    at = datetime(2026, 6, 15, 9, tzinfo=UTC)
    assert rule.next_from(at, UTC) == at
    assert rule.next_from(at.replace(second=1), UTC) is None


def test_a_rule_that_no_date_fulfils_has_no_next() -> None:
    rule = recurrence(Frequency.YEARLY, months=(2,), month_days=(30,))
    assert rule.next_from(datetime(2026, 1, 1, tzinfo=UTC), UTC) is None


def test_a_rule_far_ahead_is_found() -> None:
    rule = recurrence(Frequency.YEARLY, months=(2,), month_days=(29,), weekdays=(Weekday(6),))
    found = rule.next_from(datetime(2026, 1, 1, tzinfo=UTC), UTC)
    assert found == datetime(2032, 2, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "parts", "said"),
    [
        (Frequency.DAILY, {"month_days": (0,)}, "a month day lies in -31 to 31, got 0"),
        (Frequency.DAILY, {"month_days": (1, 32)}, "a month day lies in -31 to 31, got 32"),
        (Frequency.DAILY, {"months": (13,)}, "a month lies in 1 to 12, got 13"),
        (Frequency.DAILY, {"every": 0}, "a recurrence comes every one or more, once or more"),
        (Frequency.DAILY, {"count": 0}, "a recurrence comes every one or more, once or more"),
        (
            Frequency.DAILY,
            {"count": 1, "last": date(2026, 5, 1)},
            "a recurrence ends by count or by date, got count=1 and last=",
        ),
        (
            Frequency.WEEKLY,
            {"weekdays": (Weekday(0), Weekday(1, nth=2))},
            "the nth weekday is one of a month or a year, got weekly",
        ),
        (
            Frequency.DAILY,
            {"weekdays": (Weekday(1, nth=2),)},
            "the nth weekday is one of a month or a year, got daily",
        ),
    ],
)
def test_recurrences_that_cannot_be_meant(
    frequency: Frequency, parts: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidMoment, match=said):
        recurrence(frequency, **parts)


def test_a_recurrence_is_meant_at_a_local_time() -> None:
    aware = time(9, tzinfo=UTC)
    with pytest.raises(InvalidMoment, match="a recurrence is meant at a local time without a zone"):
        Recurrence(first=date(2026, 1, 1), at=aware, frequency=Frequency.DAILY)


def test_weekdays_that_cannot_be_meant() -> None:
    with pytest.raises(InvalidMoment, match="a weekday lies in 0 to 6, got 7: count as the"):
        Weekday(7)
    for nth in (0, 54, -54):
        with pytest.raises(InvalidMoment, match=r"nth lies in -53 to 53, got .*: count from 1"):
            Weekday(1, nth=nth)
