from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from postpurchase.domain.moment import Duration, Frequency, Interval, Recurrence, Spell, Weekday

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAYS = Spell(
    Recurrence(
        first=date(2026, 1, 6), at=time(16), frequency=Frequency.WEEKLY, weekdays=(Weekday(1),)
    ),
    Duration(hours=2),
)


def test_a_stretch_begins_with_its_start_and_ends_before_its_end() -> None:
    during = Interval(datetime(2026, 7, 7, 14, tzinfo=UTC), datetime(2026, 7, 7, 16, tzinfo=UTC))
    assert TUESDAYS.containing(during.start, BERLIN) == during
    assert TUESDAYS.containing(during.end - timedelta(microseconds=1), BERLIN) == during
    assert TUESDAYS.containing(during.end, BERLIN) is None
    assert TUESDAYS.containing(during.start - timedelta(microseconds=1), BERLIN) is None
    assert TUESDAYS.containing(datetime(2026, 1, 6, 15, tzinfo=UTC), BERLIN) is not None
    assert TUESDAYS.containing(datetime(2025, 12, 30, 15, tzinfo=UTC), BERLIN) is None


def test_of_stretches_that_overlap_the_first_counts() -> None:
    daily = Spell(
        Recurrence(first=date(2026, 1, 1), at=time(0), frequency=Frequency.DAILY),
        Duration(days=3),
    )
    found = daily.containing(datetime(2026, 1, 4, 12, tzinfo=UTC), UTC)
    assert found is not None
    assert found.start == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_stretch_of_months_is_found_to_its_last_day() -> None:
    quarter = Spell(
        Recurrence(first=date(2026, 1, 31), at=time(0), frequency=Frequency.YEARLY),
        Duration(months=3),
    )
    assert quarter.containing(datetime(2026, 4, 29, 23, tzinfo=UTC), UTC) is not None
    assert quarter.containing(datetime(2026, 4, 30, tzinfo=UTC), UTC) is None
