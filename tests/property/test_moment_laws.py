"""Wall clocks, days and windows in every IANA zone, at every change of its clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.moment import (
    Calendar,
    Days,
    Duration,
    Frequency,
    Leap,
    Periods,
    Recurrence,
    Window,
    add_days,
    add_months,
    anniversary,
    end_of_day,
    end_of_month,
    end_of_quarter,
    end_of_year,
    instant,
    local,
    local_date,
    resolve,
    shift,
    start_of_day,
)

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
QUARTER = timedelta(minutes=15)

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
DATES = st.dates(date(2000, 1, 1), date(2100, 1, 1))
CLOCKS = st.builds(lambda minutes: time(*divmod(minutes, 60)), st.integers(0, 24 * 60 - 1))
WINDOWS = st.builds(
    Window,
    CLOCKS,
    CLOCKS,
    closed_weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    is_holiday=st.builds(Days, st.frozensets(DATES, max_size=5)),
)


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The instants from 2020 to 2037 at which a zone's offset changes, found second by second."""
    zone, found, at = ZoneInfo(name), [], START
    while at < END:
        offset, later = at.astimezone(zone).utcoffset(), at + TWO_DAYS
        if later.astimezone(zone).utcoffset() != offset:
            low, high = at, later
            while high - low > SECOND:
                middle = low + (high - low) // SECOND // 2 * SECOND
                same = middle.astimezone(zone).utcoffset() == offset
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at = later
    return tuple(found)


@cache
def clocks() -> tuple[str, ...]:
    """One zone of each set that changes its clocks alike."""
    alike: dict[object, str] = {}
    for name in sorted(available_timezones()):
        offsets = [at.astimezone(ZoneInfo(name)).utcoffset() for at in (START, *changes(name))]
        alike.setdefault((changes(name), *offsets), name)
    return tuple(alike.values())


@st.composite
def near_changes(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """A zone, and an instant within a day of one of its changes, if it has any."""
    name = draw(st.sampled_from(clocks()))
    at = draw(st.sampled_from(changes(name) or (START,)))
    return ZoneInfo(name), at + MINUTE * draw(st.integers(-24 * 60, 24 * 60))


def walls(zone: ZoneInfo, at: datetime) -> Iterator[datetime]:
    """Naive wall clock times around a change, a quarter of an hour apart."""
    wall = at.astimezone(zone).replace(tzinfo=None, minute=0, second=0) - 5 * HOUR
    for steps in range(40):
        yield wall + steps * QUARTER


def check_wall_clock(zone: ZoneInfo, at: datetime) -> None:
    """Gap: first valid instant after the gap. Fold: first occurrence."""
    offsets = {moment.astimezone(zone).utcoffset() for moment in (at - SECOND, at)}
    before = START
    for wall in walls(zone, at):
        guesses = [wall.replace(tzinfo=UTC) - (offset or timedelta()) for offset in offsets]
        shown = [guess for guess in guesses if local(guess, zone).replace(tzinfo=None) == wall]
        found = resolve(wall.date(), wall.time(), zone)
        assert found == min(shown, default=at), (zone, wall)
        assert found >= before
        before = found


def check_day(zone: ZoneInfo, day: date) -> None:
    """A local day is every instant that shows its date, from its start up to its end."""
    start, end = start_of_day(day, zone), end_of_day(day, zone)
    at, last = start - 3 * HOUR, end + 3 * HOUR
    while at <= last:
        assert (local_date(at, zone) == day) == (start <= at < end), (zone, at)
        at += QUARTER
    assert local_date(end - SECOND, zone) == day
    assert local_date(start - SECOND, zone) == shift(day, -1)
    assert end == start_of_day(shift(day, 1), zone)


def check_turns(window: Window, at: datetime, zone: ZoneInfo, *, minutes: int) -> None:
    """The next opening is the first minute that is open, the next closing the first that is not."""
    opens, closes = window.next_open(at, zone), window.next_close(at, zone)
    assert window.contains(opens, zone)
    assert not window.contains(closes, zone)
    assert at in {opens, closes}
    turn = max(opens, closes)
    inside = window.contains(at, zone)
    for steps in range(minutes):
        moment = at + steps * MINUTE
        assert window.contains(moment, zone) == (inside == (moment < turn)), (zone, moment)
        if moment >= turn:
            return


def test_wall_clock_at_every_change() -> None:
    assert len(clocks()) > 50
    for name in clocks():
        for at in changes(name):
            check_wall_clock(ZoneInfo(name), at)


@pytest.mark.heavy
def test_wall_clock_and_days_at_every_change_of_every_zone() -> None:
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for at in changes(name):
            check_wall_clock(zone, at)
            for day in {local_date(at - SECOND, zone), local_date(at, zone)}:
                check_day(zone, day)


@pytest.mark.heavy
def test_windows_at_every_change_of_every_zone() -> None:
    windows = (
        Window(time(1, 30), time(2, 30)),
        Window(time(2, 15), time(2, 45)),
        Window(time(23), time(0, 30)),
        Window(time(0), time(3)),
        Window.outside(time(21), time(10)),
    )
    for name in clocks():
        zone = ZoneInfo(name)
        for at in changes(name):
            for window in windows:
                for hours in (-4, -1, 0):
                    check_turns(window, at + hours * HOUR, zone, minutes=6 * 60)


@given(near_changes())
def test_days_around_changes(case: tuple[ZoneInfo, datetime]) -> None:
    zone, at = case
    check_day(zone, local_date(at, zone))


@given(near_changes(), WINDOWS)
def test_windows_around_changes(case: tuple[ZoneInfo, datetime], window: Window) -> None:
    zone, at = case
    if window.opens == window.closes and not window.closed_weekdays:
        return
    check_turns(window, at, zone, minutes=24 * 60)


@given(near_changes(), CLOCKS, CLOCKS)
def test_what_quiet_hours_leave_is_the_opposite_of_them(
    case: tuple[ZoneInfo, datetime], one: time, two: time
) -> None:
    zone, at = case
    if one != two:
        assert Window.outside(one, two).contains(at, zone) != Window(one, two).contains(at, zone)


@given(near_changes(), st.integers(-400, 400))
def test_days_keep_the_wall_clock_time(case: tuple[ZoneInfo, datetime], days: int) -> None:
    zone, at = case
    moved = add_days(at, days, zone)
    wall, now = local(moved, zone), local(at, zone)
    wanted = datetime.combine(shift(now.date(), days), now.time())
    assert wall.replace(tzinfo=None) >= wanted
    if wall.replace(tzinfo=None) != wanted:
        # The clocks were set forward over the wanted time, so they never showed it.
        assert local(moved - SECOND, zone).replace(tzinfo=None) < wanted
    assert add_days(at, 0, zone) == at


@given(INSTANTS, st.sampled_from(sorted(available_timezones())))
def test_an_instant_survives_every_zone(at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    assert instant(local(at, zone)) == at
    assert instant(local(at, zone)).tzinfo is UTC
    wall = local(at, zone)
    assert resolve(wall.date(), wall.time(), zone) <= at


@given(DATES, st.integers(-600, 600))
def test_months(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and moved == end_of_month(moved))


@given(DATES, st.integers(1, 24), st.integers(-100, 100))
def test_every_day_lies_in_one_period(anchor: date, months: int, days: int) -> None:
    periods, day = Periods(anchor, months), shift(anchor, days * 17)
    period = periods.containing(day)
    assert period.start <= day < period.end
    assert day <= period.last
    assert periods.period(period.number) == period
    assert periods.start(period.number + 1) == period.end


@given(DATES, st.integers(-50, 50), st.sampled_from(Leap))
def test_anniversaries_keep_month_and_day(day: date, years: int, leap: Leap) -> None:
    found = anniversary(day, years, leap=leap)
    assert found.year == day.year + years
    stated = {Leap.FEB28: (2, 28), Leap.MAR1: (3, 1)}[leap]
    assert (found.month, found.day) in {(day.month, day.day), stated}
    if (day.month, day.day) != (2, 29):
        assert (found.month, found.day) == (day.month, day.day)


@given(DATES)
def test_ends_hold_their_day(day: date) -> None:
    month, quarter, year = end_of_month(day), end_of_quarter(day), end_of_year(day)
    assert day <= month <= quarter <= year
    assert all(shift(end, 1).day == 1 for end in (month, quarter, year))
    assert shift(quarter, 1).month in {1, 4, 7, 10}
    assert (quarter - day).days < 92


@given(
    DATES,
    st.integers(-40, 40),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.frozensets(DATES, max_size=20),
)
def test_business_days_are_added_and_counted_alike(
    day: date, days: int, weekend: frozenset[int], closed: frozenset[date]
) -> None:
    calendar = Calendar(weekend=weekend, is_holiday=Days(closed))
    found = calendar.add(day, days)
    assert calendar.is_business_day(found)
    if days > 0:
        assert calendar.count(shift(day, 1), shift(found, 1)) == days
    if days < 0:
        assert calendar.count(found, day) == -days


@given(st.lists(st.integers(0, 50), min_size=7, max_size=7))
def test_durations_read_back(counts: list[int]) -> None:
    names = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    duration = Duration(**dict(zip(names, counts, strict=True)))
    assert Duration.parse(str(duration)) == duration


@given(near_changes(), st.integers(0, 100), st.integers(0, 100))
def test_a_longer_duration_is_not_earlier(
    case: tuple[ZoneInfo, datetime], days: int, more: int
) -> None:
    zone, at = case
    assert (
        Duration(days=days + more).after(at, zone)
        >= Duration(days=days).after(at, zone)
        >= (at if days == 0 else at - 3 * HOUR + timedelta(days=days))
    )


@given(near_changes(), CLOCKS, st.sampled_from(Frequency), st.integers(1, 5))
def test_recurrences_come_in_order_and_at_their_time(
    case: tuple[ZoneInfo, datetime], clock: time, frequency: Frequency, every: int
) -> None:
    zone, at = case
    rule = Recurrence(first=date(2019, 1, 1), at=clock, frequency=frequency, every=every)
    found = list(rule.instants(at, at + timedelta(days=10), zone))
    assert found == sorted(set(found))
    for moment in found:
        assert moment == resolve(local_date(moment, zone), clock, zone)
    if found:
        assert rule.next_from(at, zone) == found[0]
