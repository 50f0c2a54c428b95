"""Rows that come twice, too late or too early, and rows that contradict themselves."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from account import START, day, entry, pending
from postpurchase.domain.moment import Duration
from postpurchase.errors import IdempotencyConflict, InexactPoints, InvalidEntry, StaleState
from postpurchase.rewards import After, Entry, EntryKind, LedgerState, Terms, fold
from postpurchase.rewards.state import Expiring

YEAR = Terms(idle=After(Duration(months=12)))


def test_idle_points_run_out_together() -> None:
    rows = [
        entry("a", EntryKind.EARN, 500, 0),
        entry("kept", EntryKind.EARN, 5, 0, ends=2000),
        entry("b", EntryKind.EARN, 100, 364),
    ]
    alone, both = fold(rows[:2], at=day(364), terms=YEAR), fold(rows, at=day(366), terms=YEAR)
    assert alone.expiries[0] == Expiring(day(366), 500)
    assert both.expiries[0] == Expiring(datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=365), 600)
    assert fold(rows, at=day(800), terms=YEAR).available == 5
    assert fold(rows[:2], at=day(366), terms=YEAR).available == 5


def test_points_that_become_usable_keep_the_others_alive() -> None:
    rows = [
        entry("a", EntryKind.EARN, 500, 0),
        entry("b", EntryKind.EARN, 100, 1, usable=300),
        pending("c", 9, 2),
    ]
    state = fold(rows, at=day(400), terms=YEAR)
    assert state.available == 600
    assert state.active_at == day(300)
    assert (fold(rows, at=day(700), terms=YEAR).expired) == 600
    assert (fold(rows, at=day(700), terms=YEAR).pending) == 9


def test_only_the_chosen_activity_keeps_points_alive() -> None:
    terms = Terms(idle=After(Duration(months=12)), keeps_alive=frozenset({EntryKind.EARN}))
    rows = [entry("a", EntryKind.EARN, 500, 0), entry("s", EntryKind.SPEND, 100, 300)]
    assert fold(rows, at=day(366), terms=terms).expired == 400
    assert fold(rows, at=day(366), terms=YEAR).expired == 0


def test_a_hold_of_idle_points_goes_back_into_nothing() -> None:
    rows = [
        entry("a", EntryKind.EARN, 500, 0),
        entry("cart", EntryKind.HOLD, 500, 365, ends=368),
    ]
    assert fold(rows, at=day(367), terms=YEAR).held == 500
    assert fold(rows, at=day(368), terms=YEAR).expired == 500


def test_an_empty_lot_that_ended_is_over_and_its_hold_goes_back_into_nothing() -> None:
    rows = [
        entry("a", EntryKind.EARN, 10, 0, ends=5),
        entry("b", EntryKind.EARN, 10, 0, ends=50),
        entry("cart", EntryKind.HOLD, 10, 1, ends=6),
        entry("s", EntryKind.SPEND, 10, 2),
    ]
    state = fold(rows, at=day(6))
    assert (state.expired, state.spent, state.available) == (10, 10, 0)
    assert [lot.over for lot in state.lots] == [True, False]


def test_the_same_row_twice_counts_once_and_another_of_its_key_is_a_conflict() -> None:
    row = entry("a", EntryKind.EARN, 10, 0)
    again = entry("a", EntryKind.EARN, 10, 0)
    assert fold([row, again], at=day(1)).available == 10
    with pytest.raises(IdempotencyConflict, match="'a' already stands for") as caught:
        fold([row, entry("a", EntryKind.EARN, 11, 0)], at=day(1))
    assert caught.value.key == "a"


def test_rows_of_the_future_do_not_count_yet() -> None:
    assert fold([entry("a", EntryKind.EARN, 10, 5)], at=day(4)) == LedgerState(at=day(4))


def test_a_state_goes_on_only_forwards() -> None:
    row = entry("a", EntryKind.EARN, 10, 1)
    state = fold([row], at=day(3))
    assert fold([row, entry("b", EntryKind.EARN, 1, 4)], at=day(4), onto=state).available == 11
    with pytest.raises(StaleState, match="entry 'b' is of 2026-01-03"):
        fold([entry("b", EntryKind.EARN, 1, 2)], at=day(4), onto=state)
    with pytest.raises(StaleState, match="fold all entries from the start"):
        fold([], at=day(2), onto=state)


def test_a_state_goes_on_with_its_holds() -> None:
    rows = [
        entry("a", EntryKind.EARN, 10, 0, ends=30),
        entry("b", EntryKind.EARN, 10, 0),
        entry("cart", EntryKind.HOLD, 8, 1, ends=9),
    ]
    early = fold(rows, at=day(2))
    assert early.expiring_by(day(29)) == 0
    assert early.expiring_by(day(30)) == 2
    assert fold([], at=day(9), onto=early) == fold(rows, at=day(9))


def test_a_state_is_shown_as_a_table() -> None:
    html = fold([entry("a", EntryKind.EARN, 10, 1)], at=day(3))._repr_html_()
    assert "2026-01-04 00:00 UTC" in html
    assert "<tr><th>available</th><td>10</td></tr>" in html


@pytest.mark.parametrize("points", [1.0, True, "7", None])
def test_points_are_ints(points: object) -> None:
    with pytest.raises(InexactPoints, match="pass an int"):
        Entry(key="a", kind=EntryKind.EARN, points=points, at=START)  # type: ignore[arg-type]  # the point
    assert issubclass(InexactPoints, TypeError)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_the_kind_gives_the_sign(kind: EntryKind) -> None:
    def row(points: int) -> Entry:
        return Entry(key="a", kind=kind, points=points, at=START, expires_at=day(1), ref="x")

    assert row(1).points == 1
    signed = kind in {EntryKind.ADJUST, EntryKind.TRANSFER}
    empty = kind in {
        EntryKind.ACTIVATE,
        EntryKind.CLAWBACK,
        EntryKind.RELEASE,
        EntryKind.EXPIRE,
    }
    for points, allowed in ((-1, signed), (0, empty)):
        if allowed:
            assert row(points).points == points
        else:
            with pytest.raises(InvalidEntry, match="needs points above zero"):
                row(points)


@pytest.mark.parametrize(
    "kind",
    [
        EntryKind.ACTIVATE,
        EntryKind.CAPTURE,
        EntryKind.RELEASE,
        EntryKind.RESTORE,
        EntryKind.EXPIRE,
    ],
)
def test_an_answer_says_what_it_answers(kind: EntryKind) -> None:
    with pytest.raises(InvalidEntry, match="answers another entry"):
        Entry(key="a", kind=kind, points=1, at=START)


def test_a_row_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(InvalidEntry, match="expire after they become usable"):
        entry("a", EntryKind.EARN, 1, 0, usable=5, ends=5)
    with pytest.raises(InvalidEntry, match="a hold has a time limit"):
        entry("a", EntryKind.HOLD, 1, 0)
    with pytest.raises(InvalidEntry, match="at or after the entry itself"):
        entry("a", EntryKind.EARN, 1, 5, usable=4)
    with pytest.raises(InvalidEntry, match="needs a key"):
        entry("", EntryKind.EARN, 1, 5)


def test_instants_are_kept_in_utc() -> None:
    local = datetime(2026, 1, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    row = Entry(key="a", kind=EntryKind.EARN, points=1, at=local, expires_at=local + timedelta(1))
    assert row.at == START
    assert row.at.tzinfo is UTC
    assert row.available_at == START
    assert row.expires_at is not None
    assert row.expires_at.tzinfo is UTC
