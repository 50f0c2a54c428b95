"""The ledger at its corners: one instant, two debts, two holds, the end of time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from account import START, day
from postpurchase.domain.moment import Duration
from postpurchase.errors import InvalidEntry
from postpurchase.rewards import After, Entry, EntryKind, LedgerState, Lot, Terms, fold
from postpurchase.rewards.moving import merged, restored
from postpurchase.rewards.state import Draw, Held, Ignored, Spending, TooFew, Unmatched
from postpurchase.rewards.terms import TERMS

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def row(
    key: str,
    kind: EntryKind,
    points: int,
    on: float = 0,
    *,
    ends: float | None = None,
    ref: str = "",
) -> Entry:
    return Entry(
        key=key,
        kind=kind,
        points=points,
        at=day(on),
        expires_at=None if ends is None else day(ends),
        ref=ref,
    )


def earn(key: str, points: int, on: float = 0, *, ends: float | None = None) -> Entry:
    return row(key, EntryKind.EARN, points, on, ends=ends)


def hold(key: str, points: int, on: float, ends: float) -> Entry:
    return row(key, EntryKind.HOLD, points, on, ends=ends)


def left(state: LedgerState) -> dict[str, tuple[int, int, int]]:
    return {lot.key: (lot.left, lot.held, lot.expired) for lot in state.lots}


def test_a_lot_tells_all_that_became_of_it() -> None:
    rows = [
        Entry(key="a", kind=EntryKind.EARN, points=9, at=START, expires_at=day(5), rule="base"),
        row("s", EntryKind.SPEND, 2, 1),
    ]
    whole = Lot(
        key="a",
        points=9,
        left=7,
        held=0,
        expired=0,
        at=START,
        available_at=START,
        expires_at=day(5),
        pending=False,
        over=False,
        rule="base",
    )
    assert fold(rows, at=day(4)).lots == (whole,)
    over = fold(rows, at=day(5))
    assert left(over) == {"a": (0, 0, 7)}
    assert over.lots[0].over
    assert over.expired == 7


def test_what_is_set_aside_and_used_is_told_in_full() -> None:
    rows = [
        earn("a", 5, ends=50),
        earn("b", 5),
        row("s", EntryKind.SPEND, 2, 1),
        row("t", EntryKind.SPEND, 1, 1),
        hold("h", 3, 2, 9),
        hold("i", 1, 2, 9),
    ]
    state = fold(rows, at=day(3))
    assert state.spent == 3
    assert state.spendings == (
        Spending(key="s", points=2, restored=0, draws=(Draw("a", 2),)),
        Spending(key="t", points=1, restored=0, draws=(Draw("a", 1),)),
    )
    assert state.holds == (
        Held(key="h", points=3, ends_at=day(9), draws=(Draw("a", 2), Draw("b", 1))),
        Held(key="i", points=1, ends_at=day(9), draws=(Draw("b", 1),)),
    )
    assert left(state) == {"a": (0, 2, 0), "b": (3, 2, 0)}
    assert (state.held, state.available) == (4, 3)
    assert left(fold(rows, at=day(9))) == {"a": (2, 0, 0), "b": (5, 0, 0)}


def test_held_points_of_a_lot_that_ran_out_run_out_when_they_come_back() -> None:
    rows = [earn("a", 9, ends=5), hold("h", 3, 1, 7), hold("i", 2, 1, 8)]
    assert left(fold(rows, at=day(6))) == {"a": (0, 5, 4)}
    assert left(fold(rows, at=day(7))) == {"a": (0, 2, 7)}
    state = fold(rows, at=day(8))
    assert left(state) == {"a": (0, 0, 9)}
    assert (state.expired, state.available, state.held) == (9, 0, 0)


def test_debts_add_up_and_are_paid_once() -> None:
    rows = [
        earn("a", 2),
        row("c", EntryKind.CLAWBACK, 5, 1, ref="a"),
        row("d", EntryKind.CLAWBACK, 4, 2, ref="a"),
    ]
    assert fold(rows, at=day(2)).deficit == 7
    paid = fold([*rows, earn("b", 10, 3)], at=day(3))
    assert (paid.deficit, paid.available, paid.withdrawn, paid.granted) == (0, 3, 9, 12)


def test_at_one_instant_what_was_set_aside_comes_back_before_points_begin() -> None:
    """So the older points pay what is owed."""
    rows = [
        earn("a", 5),
        Entry(key="b", kind=EntryKind.EARN, points=5, at=START, available_at=day(4)),
        hold("h", 5, 1, 4),
        row("c", EntryKind.CLAWBACK, 3, 2, ref="x"),
    ]
    assert left(fold(rows, at=day(4))) == {"a": (2, 0, 0), "b": (5, 0, 0)}


def test_a_correction_down_takes_from_the_lot_it_names() -> None:
    rows = [earn("a", 5, ends=9), earn("b", 5), row("x", EntryKind.ADJUST, -3, 1, ref="b")]
    state = fold(rows, at=day(1))
    assert left(state) == {"a": (5, 0, 0), "b": (2, 0, 0)}
    up = fold([*rows, row("y", EntryKind.ADJUST, 1, 2)], at=day(2))
    assert (up.granted, up.withdrawn, up.available) == (11, 3, 8)


def test_points_of_another_account_are_granted_here() -> None:
    rows = [earn("a", 5), row("in", EntryKind.TRANSFER, 1, 1), row("in2", EntryKind.TRANSFER, 4, 1)]
    state = fold(rows, at=day(1))
    assert (state.granted, state.available) == (10, 10)


def test_rows_that_cannot_be_meant_are_told_with_the_reason() -> None:
    rows = [
        earn("a", 5),
        row("s", EntryKind.SPEND, 4, 1),
        row("r", EntryKind.RESTORE, 5, 2, ref="s"),
        row("q", EntryKind.RESTORE, 1, 2, ref="nothing"),
        row("out", EntryKind.TRANSFER, -2, 2, ref="a"),
        row("gone", EntryKind.TRANSFER, -1, 2, ref="nothing"),
        row("t", EntryKind.SPEND, 9, 2),
    ]
    assert fold(rows, at=day(3)).ignored == (
        Ignored("r", Unmatched("s")),
        Ignored("q", Unmatched("nothing")),
        Ignored("out", Unmatched("a")),
        Ignored("gone", Unmatched("nothing")),
        Ignored("t", TooFew(9, 1)),
    )


def test_the_end_of_time_ends_nothing_that_never_ends() -> None:
    assert fold((), at=END_OF_TIME) == LedgerState(at=END_OF_TIME)
    state = fold([earn("a", 5), earn("b", 3, ends=9)], at=END_OF_TIME)
    assert (state.available, state.expired) == (5, 3)


IDLE = Terms(idle=After(Duration(days=10)), zone=ZoneInfo("Pacific/Auckland"))


def test_idle_points_run_out_at_the_end_of_a_local_day() -> None:
    state = fold([earn("a", 5)], at=day(1), terms=IDLE)
    assert state.idle_ends_at == datetime(2026, 1, 11, 11, tzinfo=UTC)
    before = state.idle_ends_at - timedelta(microseconds=1)
    assert fold([earn("a", 5)], at=before, terms=IDLE).available == 5
    over = fold([earn("a", 5)], at=state.idle_ends_at, terms=IDLE)
    assert left(over) == {"a": (0, 0, 5)}
    assert over.lots[0].over


def test_only_points_that_were_there_run_out_idle_again_and_again() -> None:
    rows = [earn(f"a{number}", 5, 20 * number) for number in range(4)]
    rows.insert(1, hold("h", 2, 1, 50))
    states = [fold(rows, at=day(20 * number), terms=IDLE) for number in range(4)]
    assert [state.available for state in states] == [5, 5, 5, 5]
    assert [state.expired for state in states] == [0, 3, 8, 15]
    for early, late in pairwise(states):
        newer = [each for each in rows if each.key not in early.keys]
        assert fold(newer, at=late.at, terms=IDLE, onto=early) == late


def test_idle_points_alone_run_out_after_going_on_from_a_state() -> None:
    rows = [
        earn("ends", 5, ends=99),
        earn("idle", 7),
        Entry(key="waits", kind=EntryKind.EARN, points=9, at=START, available_at=None),
    ]
    state = fold(rows, at=day(1), terms=IDLE)
    later = fold((), at=day(30), terms=IDLE, onto=state)
    assert later == fold(rows, at=day(30), terms=IDLE)
    assert left(later) == {"ends": (5, 0, 0), "idle": (0, 0, 7), "waits": (9, 0, 0)}
    assert fold((), at=day(60), terms=IDLE, onto=later) == fold(rows, at=day(60), terms=IDLE)


def test_what_was_counted_is_passed_over_wherever_it_stands() -> None:
    rows = [earn("a", 5), earn("b", 3, 1), row("s", EntryKind.SPEND, 1, 2)]
    first = fold(rows[:2], at=day(1))
    assert fold(rows, at=day(2), onto=first) == fold(rows, at=day(2))
    assert fold([rows[0], rows[0], *rows[1:], rows[1]], at=day(2)) == fold(rows, at=day(2))


def test_points_come_back_in_parts_the_last_ones_first() -> None:
    rows = [
        earn("a", 4, ends=90),
        earn("b", 4, ends=91),
        earn("c", 4, ends=92),
        row("s", EntryKind.SPEND, 12, 1),
    ]
    parts: list[list[tuple[str, int]]] = []
    for number, points in enumerate((3, 2, 5, 2)):
        state = fold(rows, at=day(2 + number))
        back = restored(
            state, "s", points, at=day(2 + number), terms=TERMS, mark=f"restore:{number}"
        )
        parts.append([(each.key.rpartition(":")[2], each.points) for each in back])
        rows += back
    assert parts == [[("c", 3)], [("c", 1), ("b", 1)], [("b", 3), ("a", 2)], [("a", 2)]]


def test_an_account_moves_again_when_a_hold_has_ended() -> None:
    rows = [
        Entry(key="a", kind=EntryKind.EARN, points=9, at=START, rule="base"),
        hold("h", 4, 1, 5),
        row("c", EntryKind.CLAWBACK, 7, 1, ref="a"),
    ]
    here: list[Entry] = []
    for on in (2.0, 6.0, 8.0):
        gone, come = merged(fold(rows, at=day(on)), account="guest", into="ann", at=day(on))
        rows += gone
        here += come
    assert fold(rows, at=day(8)).balance == 0
    assert [each.key for each in here] == [
        "merge-deficit:guest:ann",
        "merge:guest:ann:a",
    ]
    assert {each.rule for each in here} == {"", "base"}
    assert fold(here, at=day(8)).balance == 2
    again = [earn("b", 6, ends=50), hold("i", 2, 0.5, 4)]
    moved: list[Entry] = []
    for on in (1.0, 5.0):
        gone, come = merged(fold(again, at=day(on)), account="guest", into="ann", at=day(on))
        again += gone
        moved += come
    assert [(each.key, each.points) for each in moved] == [
        ("merge:guest:ann:b", 4),
        ("merge2:guest:ann:b", 2),
    ]
    assert fold(moved, at=day(5)).available == 6
    assert fold(again, at=day(5)).available == 0


def test_a_debt_that_comes_again_moves_again() -> None:
    rows = [row("c", EntryKind.CLAWBACK, 3, 0, ref="x")]
    keys: list[str] = []
    for on in (1.0, 2.0):
        gone, _ = merged(fold(rows, at=day(on)), account="guest", into="ann", at=day(on))
        keys += [each.key for each in gone]
        rows += [*gone, row(f"c{on}", EntryKind.CLAWBACK, 2, on, ref="x")]
    assert keys == ["merge-deficit:guest:ann", "merge-deficit2:guest:ann"]


MERGED = (
    r"^entry 'merge:a:a': points move to another account, got one account twice: "
    r"pass the account that ends and the one that lives on$"
)


def test_an_account_does_not_move_into_itself() -> None:
    with pytest.raises(InvalidEntry, match=MERGED):
        merged(fold([earn("a", 5)], at=START), account="a", into="a", at=START)


def test_keys_of_other_accounts_and_lots_are_never_mixed_up() -> None:
    ways = (("a:b", "c", "d"), ("a", "b:c", "d"), ("a", "b", "c:d"), ("a%3Ab", "c", "d"))
    keys: list[str] = []
    for account, into, lot in ways:
        gone, _ = merged(fold([earn(lot, 5)], at=START), account=account, into=into, at=START)
        keys += [each.key for each in gone]
    assert keys == ["merge:a%3Ab:c:d", "merge:a:b%3Ac:d", "merge:a:b:c:d", "merge:a%253Ab:c:d"]


def test_points_that_go_round_between_accounts_stay_as_many() -> None:
    accounts: dict[str, list[Entry]] = {"a": [earn("x", 5, ends=40), earn("y", 7)], "b": []}
    way = [("a", "b"), ("b", "a")] * 3
    for on, (one, other) in enumerate(way, start=1):
        gone, come = merged(fold(accounts[one], at=day(on)), account=one, into=other, at=day(on))
        accounts[one] += gone
        accounts[other] += come
        states = {name: fold(rows, at=day(on)) for name, rows in accounts.items()}
        assert states[one].available == 0
        assert states[other].available == 12
    assert fold(accounts["a"], at=day(40)).available == 7
