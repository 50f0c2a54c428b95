"""Laws of the points ledger, each quoted from what it promises."""

from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.moment import Duration
from postpurchase.rewards import After, Entry, EntryKind, LedgerState, Terms, fold

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 60
SHORT = Terms(idle=After(Duration(days=20)))


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Rows of every kind, in the order of their instants, that answer earlier ones."""
    rows: list[Entry] = []
    on = 0
    for number in range(draw(st.integers(1, 14))):
        on += draw(st.integers(0, 6))
        kind = draw(st.sampled_from(list(EntryKind)))
        ref = draw(st.sampled_from([row.key for row in rows] or ["nothing"]))
        usable = draw(st.none() | st.integers(on, on + 8))
        if kind is EntryKind.HOLD:
            usable = on
        floor = on if usable is None else usable
        ends = draw(st.none() | st.integers(floor + 1, floor + 20))
        if kind is EntryKind.HOLD and ends is None:
            ends = floor + 3
        points = draw(st.integers(1, 100))
        if kind in {EntryKind.ADJUST, EntryKind.TRANSFER} and draw(st.booleans()):
            points = -points
        rows.append(
            Entry(
                key=f"row{number}",
                kind=kind,
                points=points,
                at=day(on),
                available_at=None if usable is None else day(usable),
                expires_at=None if ends is None else day(ends),
                ref=ref,
            )
        )
    return rows


instants = st.integers(0, DAYS * 2).map(day)
terms = st.sampled_from([Terms(), SHORT])


@given(ledgers(), instants, terms)
def test_what_was_granted_is_somewhere(rows: list[Entry], at: datetime, how: Terms) -> None:
    state = fold(rows, at=at, terms=how)
    assert state.granted == (
        state.available
        + state.pending
        + state.held
        + state.spent
        + state.expired
        + state.withdrawn
        - state.deficit
    )


@given(ledgers(), instants, terms)
def test_totals_are_those_of_the_lots(rows: list[Entry], at: datetime, how: Terms) -> None:
    state = fold(rows, at=at, terms=how)
    assert state.available == sum(lot.left for lot in state.lots if not lot.pending)
    assert state.pending == sum(lot.left for lot in state.lots if lot.pending)
    assert state.held == sum(lot.held for lot in state.lots)
    assert state.held == sum(hold.points for hold in state.holds)
    assert state.expired == sum(lot.expired for lot in state.lots)
    assert state.spent == sum(past.points - past.restored for past in state.spendings)


@given(ledgers(), instants, terms)
def test_nothing_is_below_zero_and_debt_and_credit_never_meet(
    rows: list[Entry], at: datetime, how: Terms
) -> None:
    state = fold(rows, at=at, terms=how)
    figures = (state.available, state.pending, state.held, state.spent, state.expired)
    assert min(figures) >= 0
    assert state.deficit == 0 or state.available == 0
    for lot in state.lots:
        assert min(lot.left, lot.held, lot.expired) >= 0
        assert lot.left + lot.held + lot.expired <= lot.points
        assert lot.left == 0 or not lot.over


@given(ledgers(), instants, terms, st.data())
def test_replaying_a_beginning_and_then_the_rest_is_replaying_all(
    rows: list[Entry], at: datetime, how: Terms, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    known = [row for row in rows if row.at <= at]
    first, rest = known[:cut], known[cut:]
    between = first[-1].at if first else START
    if rest:
        between = data.draw(st.sampled_from([between, rest[0].at]))
    early = fold(first, at=between, terms=how)
    assert fold(rest, at=at, terms=how, onto=early) == fold(known, at=at, terms=how)


@given(ledgers(), instants, terms)
def test_rows_of_expiry_change_no_balance(rows: list[Entry], at: datetime, how: Terms) -> None:
    noted = [row for row in rows if row.kind is not EntryKind.EXPIRE]
    assert _figures(fold(noted, at=at, terms=how)) == _figures(fold(rows, at=at, terms=how))


@given(ledgers(), instants, terms)
def test_time_alone_decides(rows: list[Entry], at: datetime, how: Terms) -> None:
    """Looking at the account in between changes nothing."""
    known = [row for row in rows if row.at <= at]
    state = LedgerState(at=min([at, *(row.at for row in known)]))
    for row in known:
        state = fold([row], at=row.at, terms=how, onto=state)
    assert fold((), at=at, terms=how, onto=state) == fold(rows, at=at, terms=how)


@given(ledgers(), instants, terms, st.data())
def test_the_order_of_storing_decides_only_between_rows_of_one_instant(
    rows: list[Entry], at: datetime, how: Terms, data: st.DataObject
) -> None:
    apart = [
        evolve(row, at=row.at + timedelta(seconds=n), available_at=None, expires_at=None)
        for n, row in enumerate(rows)
        if row.kind is not EntryKind.HOLD
    ]
    mixed = data.draw(st.permutations(apart))
    assert fold(mixed, at=at, terms=how) == fold(apart, at=at, terms=how)


@given(ledgers(), instants, terms)
def test_a_row_that_comes_twice_counts_once(rows: list[Entry], at: datetime, how: Terms) -> None:
    assert fold([*rows, *rows], at=at, terms=how) == fold(rows, at=at, terms=how)


def _figures(state: LedgerState) -> tuple[int, ...]:
    return (
        state.granted,
        state.available,
        state.pending,
        state.held,
        state.spent,
        state.expired,
        state.withdrawn,
        state.deficit,
    )
