"""Open time where clocks change, zones have odd minutes, and a shop is open past midnight."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.moment import Days, Window
from postpurchase.support import (
    Hours,
    Level,
    ServiceLevels,
    Step,
    ThereNow,
    ThereUntil,
    availability,
    tickets,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def hours(opens: str, closes: str, zone: str = "Europe/Berlin", *closed: int) -> Hours:
    window = Window(
        time.fromisoformat(opens), time.fromisoformat(closes), closed_weekdays=frozenset(closed)
    )
    return Hours(window=window, zone=ZoneInfo(zone))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("team", "start", "span", "due"),
    [
        # In the night of 29 March Berlin's clocks jump from 2 to 3, on 25 October back from 3 to 2.
        (hours("22:00", "06:00"), "2026-03-28 21:00", 7 * HOUR, "2026-03-29 04:00"),
        (hours("22:00", "06:00"), "2026-10-24 20:00", 9 * HOUR, "2026-10-25 05:00"),
        (hours("02:15", "02:45"), "2026-03-28 12:00", HOUR / 2, "2026-03-30 00:45"),
        (hours("02:15", "02:45"), "2026-10-24 12:00", HOUR, "2026-10-25 01:45"),
        (hours("18:00", "02:00"), "2026-05-08 23:30", HOUR, "2026-05-09 16:30"),
        (hours("09:00", "17:00", "Asia/Kolkata"), "2026-05-11 11:00", HOUR, "2026-05-12 04:00"),
        (hours("09:00", "17:00", "Asia/Kathmandu"), "2026-05-11 11:00", HOUR, "2026-05-12 04:00"),
        # Lord Howe's clocks change by half an hour, at two: 4 April back, so the night is longer.
        (
            hours("22:00", "06:00", "Australia/Lord_Howe"),
            "2026-04-04 11:00",
            8.5 * HOUR,
            "2026-04-04 19:30",
        ),
        # Samoa had no 30 December 2011.
        (hours("09:00", "17:00", "Pacific/Apia"), "2011-12-30 02:00", 2 * HOUR, "2011-12-30 20:00"),
        (
            hours("09:00", "17:00", "Asia/Dhaka", 4, 5),
            "2026-05-07 10:00",
            2 * HOUR,
            "2026-05-10 04:00",
        ),
    ],
)
def test_an_answer_is_due_when_so_much_open_time_has_passed(
    team: Hours, start: str, span: timedelta, due: str
) -> None:
    assert team.after(utc(start), span) == utc(due)
    assert team.between(utc(start), utc(due)) == span


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
zones = st.sampled_from(
    ["Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
)
days = st.dates(date(2010, 1, 1), date(2030, 1, 1))
instants = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2010, 1, 1, tzinfo=UTC) + minutes * MINUTE
)


@given(clocks, clocks, zones, st.frozensets(st.integers(0, 6), max_size=4), days, st.integers(1, 9))
def test_open_time_is_what_a_clock_would_count_minute_by_minute(
    opens: time, closes: time, zone: str, closed: frozenset[int], day: date, span: int
) -> None:
    holiday = Days.of(day + timedelta(days=1))
    window = Window(opens, closes, closed_weekdays=closed, is_holiday=holiday)
    team = Hours(window=window, zone=ZoneInfo(zone))
    start = datetime.combine(day, time(3), tzinfo=UTC)
    end = start + 5 * span * HOUR
    counted = sum(team.open(start + number * MINUTE) for number in range(5 * span * 60))
    assert team.between(start, end) == counted * MINUTE
    if counted:
        assert team.after(start, counted * MINUTE) <= end
        assert team.between(start, team.after(start, span * HOUR)) == span * HOUR


def test_timers_run_past_midnight_and_a_shift_belongs_to_the_day_it_began_on() -> None:
    window = Window(time(18), time(2), is_holiday=Days.of(date(2026, 5, 10)))
    team = Hours(window=window, zone=ZoneInfo("Asia/Kolkata"))
    levels = ServiceLevels(hours=team, usual=Level(2 * HOUR, 9 * HOUR))
    friday = utc("2026-05-08 19:00")  # half past midnight in Kolkata
    opened = TicketOpened(id="t1", at=friday, type=TicketType.DELAYED)
    (ticket,) = tickets(History.of(opened), at=friday)
    first = levels.next(ticket, at=friday)
    assert (first.step, first.due) == (Step.ANSWER, utc("2026-05-09 13:00"))
    late = levels.next(ticket, at=utc("2026-05-09 13:30"))
    assert (late.escalation, late.overdue) == (1, HOUR / 2)
    # An hour and a half of Friday's shift, all eight of Saturday's, and none of Sunday's.
    assert team.open(utc("2026-05-09 20:29"))
    assert not team.open(utc("2026-05-09 20:30"))
    assert not team.open(utc("2026-05-10 19:00"))
    assert team.between(friday, utc("2026-05-11 12:00")) == 9.5 * HOUR
    assert team.opens(utc("2026-05-09 20:30")) == utc("2026-05-11 12:30")


def test_a_night_that_the_clocks_join_to_an_evening_has_no_end_between() -> None:
    team = hours("02:30", "02:00")
    jump = utc("2026-03-29 01:00")  # the clocks jump from 2 to 3
    assert team.closes(jump - HOUR) == utc("2026-03-30 00:00")
    assert team.closes(jump - 25 * HOUR) == utc("2026-03-28 01:00")


@given(clocks, clocks, zones, st.frozensets(st.integers(0, 6), max_size=4), instants)
def test_somebody_is_there_where_the_shift_of_that_day_is(
    opens: time, closes: time, zone: str, closed: frozenset[int], at: datetime
) -> None:
    window = Window(opens, closes, closed_weekdays=closed)
    wall = at.astimezone(ZoneInfo(zone))
    clock, began = wall.time(), wall.date()
    there = opens <= clock < closes if opens < closes else True
    if closes < opens:
        there = clock >= opens or clock < closes
        began -= timedelta(days=clock < closes)
    there = there and began.weekday() not in closed
    assert Hours(window=window, zone=ZoneInfo(zone)).open(at) == there


def test_who_is_there_for_days_says_until_which_day() -> None:
    team = hours("00:00", "00:00", "Europe/Berlin", 5, 6)
    monday = availability(team, at=utc("2026-05-11 08:00"))
    assert monday.statement == ThereUntil("2026-05-16", "00:00")
    assert str(monday.statement) == "We answer until 2026-05-16 at 00:00."
    assert availability(team, at=utc("2026-05-15 08:00")).statement == ThereNow("00:00")
    night = availability(hours("18:00", "02:00"), at=utc("2026-05-11 18:00"))
    assert night.statement == ThereNow("02:00")
