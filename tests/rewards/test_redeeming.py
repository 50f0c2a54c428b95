"""Points that are spent, come back or move to another account."""

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from loyalty import BASE, due, order, refund
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.order import Payment
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidEntry, InvalidProgramme
from postpurchase.rewards import (
    After,
    Entry,
    EntryKind,
    Ledger,
    LedgerState,
    Programme,
    Redeemed,
    Redemption,
    Request,
    Reward,
    Terms,
    capture,
    fold,
    hold,
    merged,
    release,
    restored,
    spend,
    swept,
)
from postpurchase.rewards.programme import (
    GivenBack,
)
from postpurchase.rewards.redeem import BelowMinimum, Limited, Wrong
from postpurchase.rewards.state import TooFew
from till import ONE, START, day, eur


def test_points_that_paid_come_back_with_the_refund_in_proportion() -> None:
    terms = Terms(expiry=After(Duration(days=30)))
    programme = Programme(name="club", earning=BASE, terms=terms)
    (first,) = due(programme, History.of(order("100.00")), day(0))
    paid = (first, spend(90, order="2", at=day(5)))
    second = order("200.00", refund("50.00", 6, "a"), refund("150.00", 60, "b"), id="2", on=5)
    history = History.of(order("100.00"), second)
    early = programme.decide(history, at=day(6), known=Known(Ledger(paid)))
    assert isinstance(early, Granted)
    assert early.reasons[-1] == GivenBack("2", 22)
    entries = (*paid, *early.value.entries)
    back = next(entry for entry in entries if entry.kind is EntryKind.RESTORE)
    assert (back.key, back.points) == ("restore:order:2:a:earn:order:1", 22)
    assert back.expires_at == day(36)
    late = due(programme, history, day(60), entries)
    assert [(e.points, e.expires_at) for e in late if e.kind is EntryKind.RESTORE] == [
        (68, day(90))
    ]
    assert due(programme, history, day(61), (*entries, *late)) == ()
    held = (
        first,
        hold(90, order="2", at=day(5)),
        capture(90, order="2", at=day(5)),
    )
    assert due(programme, history, day(6), held)[-1].points == 22


def test_a_free_order_gives_back_all_points_that_paid_for_it() -> None:
    programme = Programme(name="club", earning=BASE)
    free = evolve(
        order("0.00", refund("0.00", 3), id="2", on=2),
        payments=(Payment(id="p", at=day(2), amount=ONE),),
    )
    (first,) = due(programme, History.of(order("9.00")), day(0))
    history = History.of(order("9.00"), free)
    entries = due(programme, history, day(3), (first, spend(9, order="2", at=day(2))))
    assert entries[-1].points == 9


def test_what_was_used_last_comes_back_first() -> None:
    rows = (
        Entry(key="a", kind=EntryKind.EARN, points=10, at=day(0), expires_at=day(9)),
        Entry(key="b", kind=EntryKind.EARN, points=10, at=day(0)),
        spend(20, order="1", at=day(1)),
        Entry(key="r", kind=EntryKind.RESTORE, points=4, at=day(2), ref="spend:order:1"),
    )
    state = fold(rows, at=day(2))
    back = restored(state, "spend:order:1", 8, at=day(2), terms=Terms(), mark="m")
    assert [(entry.key, entry.points, entry.expires_at) for entry in back] == [
        ("m:b", 6, None),
        ("m:a", 2, day(32)),
    ]
    (one,) = restored(state, "spend:order:1", 1, at=day(2), terms=Terms(), mark="m")
    assert (one.key, one.points) == ("m:b", 1)
    with pytest.raises(InvalidEntry, match="got 17, 16 are left"):
        restored(state, "spend:order:1", 17, at=day(2), terms=Terms(), mark="m")
    with pytest.raises(InvalidEntry, match="got 1, 0 are left"):
        restored(state, "nothing", 1, at=day(2), terms=Terms(), mark="m")


def test_lots_that_ran_out_are_noted_once() -> None:
    rows = (Entry(key="a", kind=EntryKind.EARN, points=10, at=day(0), expires_at=day(9)),)
    (note,) = swept(fold(rows, at=day(10)))
    assert (note.key, note.points, note.ref) == ("expire:a", 10, "a")
    assert swept(fold((*rows, note), at=day(11))) == ()
    assert swept(fold(rows, at=day(8))) == ()


def test_a_guest_keeps_every_instant_in_the_account() -> None:
    rows = (
        Entry(key="a", kind=EntryKind.EARN, points=10, at=day(0), expires_at=day(9)),
        Entry(
            key="b",
            kind=EntryKind.EARN,
            points=7,
            at=day(0),
            available_at=day(5),
            expires_at=day(8),
        ),
        Entry(key="c", kind=EntryKind.EARN, points=5, at=day(0), available_at=None),
        Entry(
            key="d",
            kind=EntryKind.EARN,
            points=3,
            at=day(0),
            available_at=None,
            expires_at=day(1),
        ),
    )
    gone, come = merged(fold(rows, at=day(2)), account="g", into="A1", at=day(2))
    left = fold((*rows, *gone), at=day(2))
    assert (left.available, left.pending) == (0, 3)
    there = fold(come, at=day(2))
    assert (there.available, there.pending) == (10, 12)
    assert fold(come, at=day(8)).available == 10
    assert fold(come, at=day(9)).expired == 17
    assert come[0].key == "merge:g:A1:a"


def test_a_debt_moves_with_its_account() -> None:
    rows = (Entry(key="x", kind=EntryKind.ADJUST, points=-4, at=day(0)),)
    gone, come = merged(fold(rows, at=day(1)), account="g", into="A1", at=day(1))
    assert fold((*rows, *gone), at=day(1)).deficit == 0
    assert fold(come, at=day(1)).deficit == 4


def state(points: int) -> LedgerState:
    return LedgerState(at=START, available=points)


@pytest.mark.parametrize(
    ("wish", "balance", "total", "used"),
    [
        (1000, 5000, "100.00", 1000),
        (1049, 5000, "100.00", 1000),
        (5000, 1234, "100.00", 1200),
        (None, 1234, "100.00", 1200),
        (5000, 5000, "25.00", 1200),
        (None, 9999, "0.50", 0),
        (400, 5000, "100.00", 0),
        (0, 5000, "100.00", 0),
    ],
)
def test_points_pay_in_whole_steps(wish: int | None, balance: int, total: str, used: int) -> None:
    policy = Redemption(worth=ONE, points=100, most=Decimal(50), minimum=500)
    decision = policy.decide(
        Request(points=wish, total=eur(total)), at=START, known=Known(state(balance))
    )
    assert (decision.value.points if decision else 0) == used
    if decision:
        assert decision.value.amount == eur(str(used // 100))
        assert decision.reasons == (Limited(used),)


def test_a_refused_wish_says_why() -> None:
    policy = Redemption(worth=ONE, points=100, minimum=500)
    known = Known(state(450))
    wish = Request(points=450, total=eur("9.00"))
    assert policy.decide(wish, at=START, known=known) == Declined((BelowMinimum(500, 450),))
    over = Request(points=99, total=eur("9.00"))
    assert policy.decide(over, at=START) == Declined((TooFew(99, 0),))
    dollars = Request(total=Money.parse("9.00 USD"))
    assert policy.decide(dollars, at=START, known=known) == Declined((Wrong("1.00 EUR", "USD"),))
    with pytest.raises(InvalidProgramme, match="a point or more and is worth something"):
        Redemption(worth=eur("0.00"))
    with pytest.raises(InvalidProgramme, match="at most 100 per cent"):
        Redemption(worth=ONE, most=Decimal(101))


def test_a_reward_is_had_as_a_whole() -> None:
    mug = Reward(name="mug", cost=3, offer=Gift(sku="mug"))
    decision = mug.decide(state(10), at=START)
    assert decision == Granted(Redeemed(points=9, times=3, offer=Gift(sku="mug")), (Limited(9),))
    assert evolve(mug, most=1).decide(state(10), at=START).reasons == (Limited(3),)
    assert mug.decide(state(2), at=START) == Declined((TooFew(3, 2),))


def test_points_are_set_aside_at_the_checkout() -> None:
    rows = (
        Entry(key="a", kind=EntryKind.EARN, points=100, at=day(0)),
        hold(80, order="7", at=day(1)),
    )
    assert rows[1].expires_at == day(1) + timedelta(minutes=30)
    used = fold((*rows, capture(60, order="7", at=day(1))), at=day(2))
    assert (used.available, used.spent) == (40, 60)
    freed = fold((*rows, release(order="7", at=day(1))), at=day(1))
    assert (freed.available, freed.held) == (100, 0)


def test_the_bounds_of_a_redemption_are_inclusive() -> None:
    policy = Redemption(worth=ONE, points=100, most=Decimal("0.5"), minimum=100)
    known = Known(state(500))
    whole = policy.decide(Request(total=eur("200.00")), at=START, known=known)
    assert whole
    assert whole.value.points == 100
    below = policy.decide(Request(total=eur("199.99")), at=START, known=known)
    assert below == Declined((BelowMinimum(100, 0),))
    none = policy.decide(Request(points=0, total=eur("200.00")), at=START)
    assert none == Declined((BelowMinimum(100, 0),))
    exact = Redemption(worth=ONE, points=100).decide(
        Request(points=50, total=eur("9.00")), at=START, known=Known(state(50))
    )
    assert exact == Declined((BelowMinimum(100, 50),))


def test_a_lot_that_ends_at_the_instant_of_a_merge_stays() -> None:
    rows = (
        Entry(
            key="a",
            kind=EntryKind.EARN,
            points=3,
            at=day(0),
            available_at=None,
            expires_at=day(2),
        ),
    )
    assert merged(fold(rows, at=day(2)), account="g", into="A", at=day(2)) == ((), ())
