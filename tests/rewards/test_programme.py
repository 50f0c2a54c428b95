"""A programme over a customer's life: what is due, what comes back, and who stands where."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import ReviewPosted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Leap, MonthDay
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift, Perk
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InvalidEntry, InvalidProgramme
from postpurchase.rewards import (
    After,
    Anchor,
    Boost,
    Clawback,
    Distance,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Fall,
    Ladder,
    Ledger,
    LedgerState,
    Never,
    NoWaiting,
    Occasions,
    OnDays,
    Orders,
    PointsEarned,
    Posting,
    Programme,
    Redeemed,
    Redemption,
    Request,
    Reward,
    Rise,
    RoundTo,
    Spend,
    Terms,
    Tier,
    TierAtLeast,
    TierIs,
    Trigger,
    UntilReturnWindow,
    UntilShipped,
    WaitFor,
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
    CanBeUsed,
    GivenBack,
    NotRecovered,
    TakenBack,
    UpToDate,
)
from postpurchase.rewards.redeem import BelowMinimum, Limited, Wrong
from postpurchase.rewards.state import TooFew
from postpurchase.rewards.tier import Counted, InTier, Kept, MoreFor

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
ONE = Money.parse("1.00 EUR")
BASE = Earning(rules=(Earn(name="base", points=1, per=ONE),))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def order(amount: str, *refunds: Refund, id: str = "1", on: float = 0) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(amount)),),
        payments=(Payment(id="p", at=day(on), amount=eur(amount)),),
        refunds=refunds,
    )


def refund(amount: str, on: float, id: str = "r1") -> Refund:
    return Refund(
        id=id,
        at=day(on),
        amount=eur(amount),
        lines=(RefundLine(line="l1", amount=eur(amount)),),
    )


def due(
    programme: Programme, history: History, at: datetime, entries: tuple[Entry, ...] = ()
) -> tuple[Entry, ...]:
    decision = programme.decide(history, at=at, known=Known(Ledger(entries)))
    return decision.value.entries if decision else ()


def written(programme: Programme, *facts: Fact, until: float) -> tuple[Entry, ...]:
    """The whole ledger of somebody who is asked about once a day."""
    entries: tuple[Entry, ...] = ()
    for number in range(int(until) + 1):
        entries += due(programme, History.of(*facts), day(number), entries)
    return entries


def test_what_is_earned_is_written_once() -> None:
    programme = Programme(name="club", earning=BASE)
    history = History.of(order("19.99"))
    decision = programme.decide(history, at=day(1))
    assert isinstance(decision, Granted)
    assert isinstance(decision.value, Posting)
    (entry,) = decision.value.entries
    assert (entry.key, entry.points, entry.at) == ("earn:order:1", 19, START)
    assert entry.available_at == START
    assert entry.rule == "base"
    assert decision.value.awards[0].points == 19
    again = programme.decide(history, at=day(2), known=Known(Ledger((entry,))))
    assert again == Declined((UpToDate(),))
    assert due(programme, history, day(9)) == (entry,)


def test_points_expire_as_the_terms_say() -> None:
    terms = Terms(zone=ZoneInfo("Europe/Berlin"), expiry=After(Duration(months=12)))
    programme = Programme(name="club", terms=terms, earning=evolve(BASE, zone=terms.zone))
    (entry,) = due(programme, History.of(order("10.00")), day(0))
    assert entry.expires_at == datetime(2027, 1, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("round_to", "last"),
    [
        (RoundTo.DAY, "2026-05-15"),
        (RoundTo.MONTH, "2026-05-31"),
        (RoundTo.QUARTER, "2026-06-30"),
        (RoundTo.HALF_YEAR, "2026-06-30"),
        (RoundTo.YEAR, "2026-12-31"),
    ],
)
def test_an_expiry_is_completed_to_the_calendar(round_to: RoundTo, last: str) -> None:
    ends = After(Duration(months=1), round_to).ends(datetime(2026, 4, 15, 9, tzinfo=UTC), UTC)
    assert ends - timedelta(days=1) == datetime.fromisoformat(f"{last}T00:00+00:00")


def test_the_second_half_of_a_year_ends_in_december() -> None:
    ends = After(Duration(), RoundTo.HALF_YEAR).ends(datetime(2026, 7, 1, tzinfo=UTC), UTC)
    assert ends == datetime(2027, 1, 1, tzinfo=UTC)


def test_points_run_out_on_the_next_of_stated_days() -> None:
    days = OnDays((MonthDay(6, 30), MonthDay(12, 31)))
    assert days.ends(datetime(2026, 3, 1, tzinfo=UTC), UTC) == datetime(2026, 7, 1, tzinfo=UTC)
    assert days.ends(datetime(2026, 6, 30, tzinfo=UTC), UTC) == datetime(2026, 7, 1, tzinfo=UTC)
    assert days.ends(datetime(2026, 7, 1, tzinfo=UTC), UTC) == datetime(2027, 1, 1, tzinfo=UTC)
    leap = OnDays((MonthDay(2, 29),), Leap.MAR1)
    assert leap.ends(datetime(2026, 1, 1, tzinfo=UTC), UTC) == datetime(2026, 3, 2, tzinfo=UTC)
    assert Never().ends(START, UTC) is None


def test_terms_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(InvalidProgramme, match="one day of the year or more"):
        OnDays(())
    with pytest.raises(InvalidProgramme, match="more than a day after"):
        Terms(idle=After(Duration()))
    with pytest.raises(InvalidProgramme, match="count days in one zone"):
        Programme(name="club", terms=Terms(zone=ZoneInfo("Asia/Kolkata")), earning=BASE)


def test_points_wait_for_a_time() -> None:
    programme = Programme(name="club", earning=BASE, waiting=WaitFor(Duration(days=14)))
    (entry,) = due(programme, History.of(order("10.00")), day(0))
    assert entry.available_at == day(14)


def parcel(*scans: Scan, on: float = 1) -> Shipment:
    return Shipment(id="s1", at=day(on), order="1", scans=scans)


def test_points_wait_until_everything_is_on_its_way() -> None:
    programme = Programme(name="club", earning=BASE, waiting=UntilShipped())
    (earned,) = due(programme, History.of(order("10.00")), day(0))
    assert earned.available_at is None
    assert due(programme, History.of(order("10.00")), day(9), (earned,)) == ()
    history = History.of(order("10.00"), parcel(on=3))
    decision = programme.decide(history, at=day(4), known=Known(Ledger((earned,))))
    assert isinstance(decision, Granted)
    (go,) = decision.value.entries
    assert (go.kind, go.ref, go.available_at) == (EntryKind.ACTIVATE, "earn:order:1", day(4))
    assert decision.reasons == (CanBeUsed("order:1", day(4)),)
    assert due(programme, history, day(5), (earned, go)) == ()


def test_points_wait_until_the_return_window_has_closed() -> None:
    terms = Terms(expiry=After(Duration(days=10)))
    programme = Programme(
        name="club", earning=BASE, terms=terms, waiting=UntilReturnWindow(Duration(days=30))
    )
    history = History.of(
        order("10.00"), parcel(Scan(at=day(5), stage=Stage.DELIVERED, recorded_at=day(5)))
    )
    assert [entry.kind for entry in due(programme, history, day(4))] == [EntryKind.EARN]
    entries = due(programme, history, day(5))
    assert entries[1].available_at == day(35)
    state = fold(entries, at=day(35))
    assert state.available == 10
    assert state.expiries[0].at == datetime(2026, 2, 16, tzinfo=UTC)
    refunded = History.of(order("10.00", refund("10.00", 4)), *history.shipments)
    assert [e.kind for e in due(programme, refunded, day(4), entries[:1])] == [EntryKind.CLAWBACK]


@pytest.mark.parametrize(
    ("policy", "taken", "balance"),
    [
        (Clawback.ONLY_PENDING, 0, 50),
        (Clawback.WITHIN_BALANCE, 50, 0),
        (Clawback.ALLOW_NEGATIVE, 150, -100),
    ],
)
def test_a_refund_takes_back_what_its_policy_allows(
    policy: Clawback, taken: int, balance: int
) -> None:
    programme = Programme(name="club", earning=BASE, clawback=policy)
    (earned,) = due(programme, History.of(order("150.00")), day(0))
    before = (earned, Entry(key="s", kind=EntryKind.SPEND, points=100, at=day(1)))
    history = History.of(order("150.00", refund("150.00", 2)))
    decision = programme.decide(history, at=day(2), known=Known(Ledger(before)))
    assert isinstance(decision, Granted)
    (claw,) = decision.value.entries
    assert (claw.key, claw.points, claw.ref) == ("clawback:order:1:r1", taken, "earn:order:1")
    assert fold((*before, claw), at=day(2)).balance == balance
    missing = (NotRecovered("order:1", 150 - taken),) if taken < 150 else ()
    back = (TakenBack("order:1", taken),) if taken else ()
    assert decision.reasons == (*back, *missing)
    assert due(programme, history, day(3), (*before, claw)) == ()


def test_pending_points_are_taken_back_first() -> None:
    programme = Programme(
        name="club", earning=BASE, clawback=Clawback.ONLY_PENDING, waiting=UntilShipped()
    )
    entries = written(programme, order("100.00", refund("30.00", 2)), until=3)
    assert [entry.points for entry in entries] == [100, 30]


def test_refunds_in_parts_take_back_what_one_refund_does() -> None:
    programme = Programme(
        name="club", earning=Earning(rules=(Earn(name="b", points=1, per=eur("10.00")),))
    )
    parts = (refund("9.00", 1, "a"), refund("9.00", 2, "b"), refund("3.90", 3, "c"))
    entries = written(programme, order("21.90", *parts), until=4)
    assert [entry.points for entry in entries] == [2, 1, 1]
    whole = written(programme, order("21.90", refund("21.90", 1)), until=4)
    assert fold(entries, at=day(4)).available == fold(whole, at=day(4)).available == 0


def test_a_cancelled_order_keeps_nothing() -> None:
    programme = Programme(name="club", earning=BASE)
    gone = evolve(order("10.00"), cancellations=(Cancellation(id="c", at=day(1)),))
    assert fold(written(programme, gone, until=2), at=day(2)).available == 0


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


# ---------------------------------------------------------------- redeeming


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


# ---------------------------------------------------------------- tiers


SPA = Perk(name="spa", partner="spa.example.com")
LADDER = Ladder(
    tiers=(
        Tier(name="bronze", at_least=0),
        Tier(name="silver", at_least=10000),
        Tier(name="gold", at_least=50000, perks=(SPA,)),
    ),
    measure=Spend(currency="EUR"),
)


def tier(ladder: Ladder, at: float, *facts: Fact) -> str:
    return ladder.decide(History.of(*facts), at=day(at)).value.tier


def test_a_tier_begins_at_once_and_says_how_far_the_next_is() -> None:
    decision = LADDER.decide(History.of(order("120.00", on=3)), at=day(3))
    standing = decision.value
    assert (standing.tier, standing.since, standing.value) == ("silver", day(3), 12000)
    assert standing.tiers == ("bronze", "silver")
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    assert standing.until == new_year
    assert standing.next == Distance(tier="gold", missing=38000, money=eur("380.00"), by=new_year)
    assert decision.reasons == (Counted(12000, "silver"), MoreFor(eur("380.00"), "gold"))
    assert str(decision.reasons[1]) == "380.00 EUR more to reach gold"
    top = LADDER.decide(History.of(order("500.00")), at=day(3)).value
    assert (top.tier, top.next, top.perks) == ("gold", None, (SPA,))


def test_somebody_without_orders_has_the_lowest_tier() -> None:
    standing = LADDER.decide(History.of(), at=day(3)).value
    assert (standing.tier, standing.since, standing.until) == ("bronze", None, None)
    assert standing.next is not None
    assert standing.next.missing == 10000


def test_a_tier_lasts_to_the_end_of_the_next_year() -> None:
    facts = (order("600.00", on=10), order("150.00", id="2", on=400))
    assert tier(LADDER, 364, *facts) == "gold"
    kept = LADDER.decide(History.of(*facts), at=day(500))
    assert kept.value.tier == "gold"
    assert Kept("gold", "silver", datetime(2028, 1, 1, tzinfo=UTC)) in kept.reasons
    assert tier(LADDER, 730, *facts) == "silver"
    assert tier(LADDER, 1100, *facts) == "bronze"


@pytest.mark.parametrize(
    ("fall", "tiers"),
    [
        (Fall.TO_EARNED, ["gold", "bronze", "bronze"]),
        (Fall.ONE_STEP, ["gold", "silver", "bronze"]),
        (Fall.NEVER, ["gold", "gold", "gold"]),
    ],
)
def test_falling_is_stated(fall: Fall, tiers: list[str]) -> None:
    ladder = evolve(LADDER, fall=fall)
    bought = order("600.00", on=10)
    assert [tier(ladder, at, bought) for at in (400, 750, 1100)] == tiers


def test_a_tier_rises_only_at_the_end_of_a_period() -> None:
    ladder = evolve(LADDER, rise=Rise.AT_PERIOD_END)
    bought = order("600.00", on=10)
    assert [tier(ladder, at, bought) for at in (10, 364, 365)] == ["bronze", "bronze", "gold"]


def test_grace_lets_a_tier_be_earned_again() -> None:
    ladder = evolve(LADDER, grace=Duration(days=30))
    first, late = order("600.00", on=10), order("500.00", id="2", on=750)
    falling = ladder.decide(History.of(first), at=day(740)).value
    assert falling.tier == "gold"
    assert falling.falls_at == datetime(2028, 1, 31, tzinfo=UTC)
    assert tier(ladder, 800, first) == "bronze"
    assert tier(ladder, 800, first, late) == "gold"
    partly = order("150.00", id="2", on=750)
    assert tier(ladder, 800, first, partly) == "silver"
    assert tier(evolve(ladder, rise=Rise.AT_PERIOD_END), 800, first, late) == "gold"


def test_periods_may_begin_on_the_day_of_joining_and_windows_may_roll() -> None:
    joined = evolve(LADDER, anchor=Anchor.JOINED, months=6)
    standing = joined.decide(History.of(order("120.00", on=40)), at=day(41)).value
    assert standing.until == datetime(2026, 8, 10, tzinfo=UTC)
    rolling = evolve(LADDER, months=1, window=Duration(days=365))
    facts = (order("120.00", on=40), order("400.00", id="2", on=300))
    inside = rolling.decide(History.of(*facts), at=day(390)).value
    assert (inside.tier, inside.value) == ("gold", 52000)
    assert rolling.decide(History.of(*facts), at=day(301)).value.next is None
    assert tier(rolling, 425, *facts) == "silver"
    below = rolling.decide(History.of(facts[0]), at=day(50)).value.next
    assert below is not None
    assert below.by is None


def test_a_refund_counts_from_when_it_is_known() -> None:
    bought = order("120.00", refund("50.00", 20), on=3)
    assert LADDER.decide(History.of(bought), at=day(19)).value.value == 12000
    refunded = LADDER.decide(History.of(bought), at=day(20)).value
    assert (refunded.tier, refunded.value, refunded.earned) == ("silver", 7000, "bronze")
    dollars = evolve(LADDER, measure=Spend(currency="USD"))
    assert tier(dollars, 5, bought) == "bronze"


def test_orders_and_points_can_be_counted() -> None:
    orders = Ladder(
        tiers=(Tier(name="new", at_least=0), Tier(name="regular", at_least=2)), measure=Orders()
    )
    facts = (order("1.00"), order("1.00", id="2", on=1), order("1.00", refund("1.00", 3), id="3"))
    standing = orders.decide(History.of(*facts), at=day(2)).value
    assert (standing.tier, standing.value) == ("regular", 3)
    assert orders.decide(History.of(*facts), at=day(3)).value.value == 2
    points = evolve(orders, measure=PointsEarned())
    rows = (
        Entry(key="a", kind=EntryKind.EARN, points=5, at=day(0)),
        Entry(key="s", kind=EntryKind.SPEND, points=5, at=day(1)),
        Entry(key="c", kind=EntryKind.CLAWBACK, points=4, at=day(2), ref="a"),
    )
    decision = points.decide(History.of(), at=day(1), known=Known(Ledger(rows)))
    assert (decision.value.tier, decision.value.value) == ("regular", 5)
    later = points.decide(History.of(), at=day(2), known=Known(Ledger(rows)))
    assert later.value.value == 1
    assert points.decide(History.of(), at=day(2)).value.value == 0
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    assert later.reasons == (Counted(1, "regular"), Kept("regular", "new", new_year))
    assert points.decide(History.of(), at=day(2)).reasons[-1] == MoreFor(2, "regular")


def test_ladders_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(InvalidProgramme, match="begin at 0 and rise"):
        Ladder(tiers=(Tier(name="a", at_least=1),), measure=Orders())
    with pytest.raises(InvalidProgramme, match="begin at 0 and rise"):
        Ladder(tiers=(Tier(name="a", at_least=0), Tier(name="b", at_least=0)), measure=Orders())
    with pytest.raises(InvalidProgramme, match="a month or more"):
        evolve(LADDER, months=0)


def test_rules_see_the_tier() -> None:
    standing = LADDER.decide(History.of(order("600.00")), at=day(1)).value
    known = Known(standing)
    assert TierIs("gold").check(known)
    assert not TierIs("silver").check(known)
    assert TierAtLeast("silver").check(known)
    assert TierAtLeast("silver").check(known).actual == InTier("gold")
    assert not TierAtLeast("platinum").check(known)
    assert not (~TierIs("gold")).check(Known())
    assert not TierAtLeast("gold").check(Known())


def test_a_programme_sees_the_tier_at_the_time_of_the_deed() -> None:
    programme = Programme(
        name="club",
        earning=evolve(BASE, boosts=(Boost(name="gold", factor=Decimal(2), when=TierIs("gold")),)),
        ladder=LADDER,
    )
    facts = (order("300.00"), order("200.00", id="2", on=5), order("10.00", id="3", on=9))
    assert [entry.points for entry in due(programme, History.of(*facts), day(10))] == [300, 400, 20]


# ---------------------------------------------------------------- occasions


def born(month: int, on: int, known: float = 0) -> Customer:
    return Customer(id="c", at=day(0), recorded_at=day(known), birthday=Birthday(month, on))


PARTY = Programme(
    name="club",
    earning=Earning(
        rules=(
            Earn(name="birthday", points=50, on=Trigger.BIRTHDAY),
            Earn(name="anniversary", points=10, on=Trigger.ANNIVERSARY),
        )
    ),
    occasions=Occasions(),
)


def test_a_birthday_comes_once_a_year() -> None:
    keys = [entry.key for entry in due(PARTY, History.of(born(3, 5)), day(800))]
    assert keys == ["earn:birthday:2026", "earn:birthday:2027", "earn:birthday:2028"]
    moved = History.of(born(3, 5), born(5, 5, known=70))
    entries = due(PARTY, moved, day(130))
    assert [(entry.key, entry.at.date().isoformat()) for entry in entries] == [
        ("earn:birthday:2026", "2026-05-05")
    ]
    before = due(PARTY, moved, day(69))
    assert due(PARTY, moved, day(130), before) == ()


@pytest.mark.parametrize(("birthday", "granted"), [((12, 10), 0), ((12, 23), 0), ((12, 24), 1)])
def test_a_birthday_is_known_in_time(birthday: tuple[int, int], granted: int) -> None:
    entered = datetime(2026, 11, 23, 12, tzinfo=UTC)
    customer = Customer(id="c", at=entered, birthday=Birthday(*birthday))
    found = due(PARTY, History.of(customer), datetime(2026, 12, 31, tzinfo=UTC))
    assert len(found) == granted


def test_29_february_is_a_stated_day() -> None:
    history = History.of(born(2, 29))
    for leap, expected in ((Leap.FEB28, "2026-02-28"), (Leap.MAR1, "2026-03-01")):
        programme = evolve(PARTY, occasions=Occasions(leap=leap))
        (entry,) = due(programme, history, day(100))
        assert entry.at.date().isoformat() == expected


def test_a_birthday_begins_in_the_customers_zone() -> None:
    customer = evolve(born(3, 5), zone=ZoneInfo("Pacific/Auckland"))
    (entry,) = due(PARTY, History.of(customer), day(100))
    assert entry.at == datetime(2026, 3, 4, 11, tzinfo=UTC)
    again = evolve(customer, recorded_at=day(40), name="renamed")
    assert due(PARTY, History.of(customer, again), day(100)) == (entry,)


def test_the_first_purchase_is_remembered_unless_it_was_refunded() -> None:
    bought = order("10.00", on=2)
    keys = [entry.key for entry in due(PARTY, History.of(bought), day(740))]
    assert keys == ["earn:anniversary:1:1", "earn:anniversary:1:2"]
    assert due(PARTY, History.of(bought), day(366)) == ()
    gone = order("10.00", refund("10.00", 5), on=2)
    assert due(PARTY, History.of(gone), day(740)) == ()
    assert due(evolve(PARTY, occasions=None), History.of(bought), day(740)) == ()


def test_reviews_are_rewarded_whatever_they_say() -> None:
    programme = Programme(
        name="club", earning=Earning(rules=(Earn(name="review", points=5, on=Trigger.REVIEW),))
    )
    facts = [ReviewPosted(id=str(stars), at=day(stars), rating=stars) for stars in range(1, 6)]
    assert [e.points for e in due(programme, History.of(*facts), day(9))] == [5] * 5
    assert NoWaiting().at_once(START, UTC) == START
    assert NoWaiting().later(order("1.00"), History.of(), UTC) is None
