"""A state that is gone on from comes to the same as the whole ledger, wherever it was cut."""

import pytest

from account import START, day, entry
from postpurchase.domain.moment import Duration
from postpurchase.rewards import After, Entry, EntryKind, Terms, fold, swept

IDLE = Terms(idle=After(Duration(days=90)))


ROWS = (
    entry("gone", EntryKind.EARN, 40, 0, ends=6),
    entry("lasting", EntryKind.EARN, 100, 1),
    entry("later", EntryKind.EARN, 30, 2, usable=12, ends=60),
    Entry(key="waiting", kind=EntryKind.EARN, points=20, at=day(3), available_at=None),
    entry("bought", EntryKind.SPEND, 50, 4),
    entry("cart", EntryKind.HOLD, 25, 5, ends=20),
    entry("too-much", EntryKind.SPEND, 999, 7),
    entry("back", EntryKind.RESTORE, 15, 8, ends=50, ref="bought"),
    entry("again", EntryKind.RESTORE, 35, 9, ends=51, ref="bought"),
    entry("once-more", EntryKind.RESTORE, 1, 10, ends=52, ref="bought"),
    entry("small", EntryKind.ADJUST, 1, 11),
    entry("down", EntryKind.ADJUST, -2, 13, ref="later"),
    entry("sent", EntryKind.ACTIVATE, 0, 14, usable=16, ends=70, ref="waiting"),
    entry("kept", EntryKind.CAPTURE, 20, 15, ref="cart"),
    entry("more", EntryKind.ADJUST, 3, 17),
    entry("claw", EntryKind.CLAWBACK, 500, 18, ref="lasting"),
    entry("new", EntryKind.EARN, 700, 19),
    entry("out", EntryKind.TRANSFER, -10, 21, ref="new"),
)


@pytest.mark.parametrize("terms", [Terms(), IDLE], ids=["for ever", "idle"])
@pytest.mark.parametrize("cut", range(len(ROWS) + 1))
def test_a_cut_anywhere_changes_nothing(cut: int, terms: Terms) -> None:
    first, rest = ROWS[:cut], ROWS[cut:]
    between = first[-1].at if first else START
    early = fold(first, at=between, terms=terms)
    for at in (day(22), day(65), day(200)):
        assert fold(rest, at=at, terms=terms, onto=early) == fold(ROWS, at=at, terms=terms)
    assert fold((), at=between, terms=terms, onto=early) == early


def test_what_it_all_comes_to() -> None:
    state = fold(ROWS, at=day(22))
    assert (state.granted, state.available, state.pending, state.held) == (894, 362, 0, 0)
    assert (state.spent, state.expired, state.withdrawn, state.deficit) == (20, 0, 512, 0)
    assert [each.key for each in state.ignored] == ["too-much", "once-more"]
    assert fold(ROWS, at=day(18)).deficit == 328
    assert fold(ROWS, at=day(11)).pending == 50
    late = fold(ROWS, at=day(200), terms=IDLE)
    assert (late.available, late.expired, late.idle_ends_at) == (0, 362, None)


def test_the_next_idle_end_is_known_and_kept() -> None:
    early = fold(ROWS[:5], at=day(4), terms=IDLE)
    assert early.active_at == day(4)
    assert early.idle_ends_at == day(95)
    assert fold((), at=day(5), terms=IDLE, onto=early).active_at == day(4)


def test_a_lot_that_was_used_up_before_it_ended_is_not_noted() -> None:
    rows = (entry("a", EntryKind.EARN, 5, 0, ends=3), entry("s", EntryKind.SPEND, 5, 1))
    state = fold(rows, at=day(4))
    assert [lot.over for lot in state.lots] == [True]
    assert swept(state) == ()
