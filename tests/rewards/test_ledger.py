"""What a sequence of entries comes to, case by case."""

from datetime import timedelta

from account import START, day, entry, pending
from postpurchase.rewards import Entry, EntryKind, LedgerState, fold
from postpurchase.rewards.state import Draw, Expiring, Ignored, TooFew, Unmatched


def test_nothing_comes_to_nothing() -> None:
    state = fold((), at=START)
    assert state == LedgerState(at=START)
    assert state.balance == 0
    assert state.expiries == ()
    assert state.lot("a") is None
    assert state.spending("s") is None


def test_points_wait_until_their_instant() -> None:
    rows = [entry("a", EntryKind.EARN, 100, 0, usable=14, ends=30)]
    before, after = (
        fold(rows, at=day(14) - timedelta(microseconds=1)),
        fold(rows, at=day(14)),
    )
    assert (before.pending, before.available) == (100, 0)
    assert (after.pending, after.available) == (0, 100)
    assert fold(rows, at=day(30)).expired == 100


def test_points_wait_for_an_activation() -> None:
    rows = [
        pending("a", 100, 0),
        entry("shipped", EntryKind.ACTIVATE, 0, 5, usable=7, ends=20, ref="a"),
    ]
    assert fold(rows, at=day(6)).pending == 100
    state = fold(rows, at=day(7))
    assert (state.pending, state.available) == (0, 100)
    assert state.expiries == (Expiring(day(20), 100),)
    assert fold(rows[:1], at=day(999)).pending == 100


def test_an_activation_at_once_keeps_the_lots_own_expiry() -> None:
    rows = [
        Entry(
            key="a",
            kind=EntryKind.EARN,
            points=10,
            at=day(0),
            available_at=None,
            expires_at=day(9),
        ),
        entry("go", EntryKind.ACTIVATE, 0, 5, ref="a"),
        entry("again", EntryKind.ACTIVATE, 0, 6, ref="a"),
        entry("who", EntryKind.ACTIVATE, 0, 6, ref="b"),
    ]
    state = fold(rows, at=day(6))
    assert state.available == 10
    assert state.expiries == (Expiring(day(9), 10),)
    assert state.ignored == (Ignored("again", Unmatched("a")), Ignored("who", Unmatched("b")))


def test_an_activation_may_move_the_instant() -> None:
    rows = [
        entry("a", EntryKind.EARN, 10, 0, usable=30),
        entry("sooner", EntryKind.ACTIVATE, 0, 5, usable=7, ref="a"),
    ]
    assert fold(rows, at=day(7)).available == 10
    assert fold(rows, at=day(31)).available == 10


def test_an_activation_without_an_instant_leaves_points_pending() -> None:
    rows = [
        entry("a", EntryKind.EARN, 10, 0, usable=3),
        Entry(key="later", kind=EntryKind.ACTIVATE, at=day(1), available_at=None, ref="a"),
    ]
    assert fold(rows, at=day(4)).pending == 10


def test_points_activated_after_their_end_are_gone() -> None:
    rows = [
        Entry(
            key="a", kind=EntryKind.EARN, points=10, at=day(0), available_at=None, expires_at=day(3)
        ),
        entry("go", EntryKind.ACTIVATE, 0, 5, ref="a"),
    ]
    assert fold(rows, at=day(4)).pending == 10
    assert fold(rows, at=day(5)).expired == 10


def test_a_spending_is_refused_as_a_whole() -> None:
    rows = [entry("a", EntryKind.EARN, 50, 0), entry("s", EntryKind.SPEND, 60, 1)]
    state = fold(rows, at=day(1))
    assert state.available == 50
    assert state.ignored == (Ignored("s", TooFew(60, 50)),)
    assert str(state.ignored[0].reason) == "60 points are needed, 50 can be used"


def test_held_points_outlive_their_lot_until_they_are_used() -> None:
    rows = [
        entry("a", EntryKind.EARN, 100, 0, ends=10),
        entry("cart", EntryKind.HOLD, 60, 9, ends=12, ref=""),
        entry("order", EntryKind.CAPTURE, 45, 11, ref="cart"),
    ]
    during = fold(rows, at=day(10))
    assert (during.available, during.held, during.expired) == (0, 60, 40)
    assert during.holds[0].draws == (Draw("a", 60),)
    after = fold(rows, at=day(11))
    assert (after.held, after.spent, after.expired) == (0, 45, 55)


def test_a_hold_goes_back_by_itself() -> None:
    rows = [
        entry("a", EntryKind.EARN, 100, 0),
        entry("cart", EntryKind.HOLD, 60, 1, ends=2),
        entry("late", EntryKind.CAPTURE, 60, 3, ref="cart"),
    ]
    assert fold(rows, at=day(1)).held == 60
    state = fold(rows, at=day(3))
    assert (state.available, state.held, state.spent) == (100, 0, 0)
    assert state.ignored == (Ignored("late", Unmatched("cart")),)


def test_a_hold_is_released_by_hand() -> None:
    rows = [
        entry("a", EntryKind.EARN, 100, 0, ends=50),
        entry("b", EntryKind.EARN, 100, 0, ends=40),
        entry("cart", EntryKind.HOLD, 150, 1, ends=9),
        entry("left", EntryKind.RELEASE, 0, 2, ref="cart"),
        entry("twice", EntryKind.RELEASE, 0, 3, ref="cart"),
    ]
    state = fold(rows, at=day(9))
    assert (state.available, state.held) == (200, 0)
    assert state.expiries == (Expiring(day(40), 100), Expiring(day(50), 100))
    assert state.ignored == (Ignored("twice", Unmatched("cart")),)


def test_a_hold_needs_enough_points_and_a_capture_no_more_than_held() -> None:
    rows = [
        entry("a", EntryKind.EARN, 100, 0),
        entry("big", EntryKind.HOLD, 101, 1, ends=9),
        entry("cart", EntryKind.HOLD, 30, 1, ends=9),
        entry("more", EntryKind.CAPTURE, 31, 2, ref="cart"),
    ]
    state = fold(rows, at=day(2))
    assert state.held == 30
    assert [ignored.reason for ignored in state.ignored] == [TooFew(101, 100), TooFew(31, 30)]


def test_a_partial_capture_gives_the_rest_back_to_its_lots() -> None:
    rows = [
        entry("a", EntryKind.EARN, 10, 0, ends=40),
        entry("b", EntryKind.EARN, 10, 0, ends=50),
        entry("c", EntryKind.EARN, 10, 0, ends=60),
        entry("cart", EntryKind.HOLD, 30, 1, ends=9),
        entry("order", EntryKind.CAPTURE, 15, 2, ref="cart"),
    ]
    state = fold(rows, at=day(3))
    assert [(lot.key, lot.left, lot.held) for lot in state.lots] == [
        ("a", 0, 0),
        ("b", 5, 0),
        ("c", 10, 0),
    ]
    spending = state.spending("order")
    assert spending is not None
    assert spending.draws == (Draw("a", 10), Draw("b", 5))


def test_a_clawback_takes_the_lot_first_then_others_then_owes() -> None:
    rows = [
        entry("old", EntryKind.EARN, 30, 0),
        entry("order", EntryKind.EARN, 50, 1, usable=30),
        entry("back", EntryKind.CLAWBACK, 100, 2, ref="order"),
    ]
    state = fold(rows, at=day(2))
    assert (state.available, state.pending, state.deficit) == (0, 0, 20)
    assert (state.withdrawn, state.balance) == (100, -20)
    assert fold([*rows, entry("new", EntryKind.EARN, 50, 3)], at=day(3)).available == 30


def test_a_clawback_of_a_usable_lot_leaves_older_ones_alone() -> None:
    rows = [
        entry("old", EntryKind.EARN, 30, 0),
        entry("order", EntryKind.EARN, 50, 1),
        entry("back", EntryKind.CLAWBACK, 50, 2, ref="order"),
    ]
    assert [lot.left for lot in fold(rows, at=day(2)).lots] == [30, 0]
    spent = fold([*rows, entry("s", EntryKind.SPEND, 30, 3)], at=day(3))
    assert (spent.available, spent.spent) == (0, 30)


def test_a_hold_that_goes_back_pays_what_is_owed() -> None:
    rows = [
        entry("a", EntryKind.EARN, 50, 0),
        entry("cart", EntryKind.HOLD, 50, 1, ends=5),
        entry("back", EntryKind.CLAWBACK, 20, 2, ref="a"),
    ]
    assert fold(rows, at=day(2)).deficit == 20
    state = fold(rows, at=day(5))
    assert (state.available, state.deficit) == (30, 0)


def test_restored_points_are_a_lot_of_their_own_and_no_more_than_were_spent() -> None:
    rows = [
        entry("a", EntryKind.EARN, 50, 0, ends=10),
        entry("s", EntryKind.SPEND, 40, 1),
        entry("r1", EntryKind.RESTORE, 30, 20, ends=50, ref="s"),
        entry("r2", EntryKind.RESTORE, 11, 21, ends=50, ref="s"),
        entry("r3", EntryKind.RESTORE, 1, 21, ends=50, ref="t"),
    ]
    state = fold(rows, at=day(21))
    assert (state.available, state.spent, state.expired) == (30, 10, 10)
    assert [ignored.key for ignored in state.ignored] == ["r2", "r3"]


def test_a_transfer_takes_exactly_the_lot_it_names() -> None:
    rows = [
        entry("a", EntryKind.EARN, 50, 0, ends=10),
        entry("b", EntryKind.EARN, 50, 0, ends=20),
        entry("out", EntryKind.TRANSFER, -50, 1, ref="b"),
        entry("out2", EntryKind.TRANSFER, -1, 1, ref="b"),
        entry("out3", EntryKind.TRANSFER, -1, 1, ref="c"),
        entry("in", EntryKind.TRANSFER, 7, 2, ends=30),
    ]
    state = fold(rows, at=day(2))
    assert [lot.left for lot in state.lots] == [50, 0, 7]
    assert [ignored.key for ignored in state.ignored] == ["out2", "out3"]


def test_a_transfer_of_nothing_named_moves_a_debt() -> None:
    assert fold([entry("debt", EntryKind.TRANSFER, -9, 0)], at=day(0)).deficit == 9


def test_a_correction_goes_up_and_down() -> None:
    rows = [
        entry("up", EntryKind.ADJUST, 9, 0, ends=90),
        entry("down", EntryKind.ADJUST, -4, 1),
    ]
    state = fold(rows, at=day(1))
    assert (state.granted, state.available, state.withdrawn) == (9, 5, 4)
