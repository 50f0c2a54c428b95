"""Steps at a local time, in every zone of the IANA database, around every change of its clocks."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from postpurchase.domain.message import Kind, Purpose
from postpurchase.domain.moment import Calendar
from postpurchase.journey import Step
from postpurchase.journey.clock import Clock
from postpurchase.journey.timing import target

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
CLOCKS = (time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(9), time(23, 59))
NOTE = Kind(name="note", purpose=Purpose.SERVICE)


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the clocks of a zone change, to the minute."""
    at, step = FIRST, 30 * DAY
    while at < LAST:
        if at.astimezone(zone).utcoffset() != (at + step).astimezone(zone).utcoffset():
            yield from _within(zone, at, at + step)
        at += step


def _within(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    if last - first <= timedelta(minutes=1):
        yield last
        return
    middle = first + (last - first) / 2
    for start, end in ((first, middle), (middle, last)):
        if start.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():
            yield from _within(zone, start, end)


def check(zone: ZoneInfo, change: datetime) -> int:
    """Steps with anchors around a change: never early, on the wall time or just after a gap."""
    clock = Clock(zone, Calendar())
    checked = 0
    for ahead in (3 * DAY, DAY, 2 * HOUR, timedelta(0)):
        anchor = change - ahead
        for days, wall in ((days, wall) for days in (0, 1, 3) for wall in CLOCKS):
            found = target(clock, Step(id="a", kind=NOTE, days=days, local_time=wall), anchor)
            shown = found.astimezone(zone)
            assert found >= anchor
            assert found - anchor <= (days + 1) * DAY + 4 * HOUR
            if shown.time() != wall:
                earlier = (found - timedelta(seconds=1)).astimezone(zone)
                last, first = earlier.replace(tzinfo=None), shown.replace(tzinfo=None)
                assert first - last > timedelta(seconds=1)
                days_there = {last.date(), first.date()}
                assert any(last < datetime.combine(day, wall) < first for day in days_there)
            checked += 1
    return checked


@pytest.mark.parametrize(
    "name",
    [
        "America/New_York",
        "Europe/London",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Asia/Gaza",
        "America/Nuuk",
    ],
)
def test_around_the_changes_of_a_zone(name: str) -> None:
    zone = ZoneInfo(name)
    found = list(changes(zone))
    for change in found[:6]:
        assert check(zone, change)
    assert bool(found) is (name != "Asia/Kolkata")


@pytest.mark.heavy
def test_around_every_change_of_every_zone() -> None:
    checked = 0
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for change in changes(zone):
            checked += check(zone, change)
    assert checked > 100_000
