"""A programme gives and takes the same, whenever and however often it is asked."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import ReviewPosted, SignedUp
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.domain.shipment import Direction, Scan, Shipment, Stage
from postpurchase.rewards import (
    After,
    Boost,
    Budget,
    Budgets,
    Cap,
    Clawback,
    Deed,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Every,
    Given,
    GivenSoFar,
    Ladder,
    Ledger,
    Occasions,
    Orders,
    PointsEarned,
    Programme,
    Terms,
    Tier,
    TierIs,
    Trigger,
    UntilReturnWindow,
    UntilShipped,
    WaitFor,
    deeds,
    fold,
    hold,
    spend,
)
from postpurchase.rewards.programme import GivenBack, NotRecovered, TakenBack, UpToDate

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
AUCKLAND = ZoneInfo("Pacific/Auckland")


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


ONE = eur("1.00")


def order(id: str, amount: str, on: float, *refunds: Refund, paid: float | None = None) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=day(on if paid is None else paid), amount=eur(amount)),),
        refunds=refunds,
    )


def back(amount: str, on: float, id: str = "r1") -> Refund:
    lines = (RefundLine(line="l1", quantity=0, amount=eur(amount)),)
    return Refund(id=id, at=day(on), amount=eur(amount), lines=lines)


def ledger(
    programme: Programme, history: History, days: Iterable[float], *known: object
) -> tuple[Entry, ...]:
    rows: tuple[Entry, ...] = ()
    for on in days:
        decision = programme.decide(history, at=day(on), known=Known(Ledger(rows), *known))
        rows += decision.value.entries if decision else ()
    return rows


def points(rows: Iterable[Entry]) -> dict[str, int]:
    return {row.key: row.points for row in rows}


@frozen
class Segment:
    """What the shop says today."""

    name: str


@frozen
class InSegment(Rule):
    name: str

    @override
    def check(self, known: Known, /) -> Finding:
        segment = known.find(Segment)
        holds = segment is not None and segment.name == self.name
        return Finding(self, Verdict.YES if holds else Verdict.NO)


@frozen
class Asks(Rule):
    """Holds where the deed and its order are known."""

    @override
    def check(self, known: Known, /) -> Finding:
        deed, bought = known.find(Deed), known.find(Order)
        holds = deed is not None and (deed.order is None or deed.order == bought)
        return Finding(self, Verdict.YES if holds else Verdict.NO)


BASE = Earn(name="base", points=1, per=ONE)


def club(*rules: Earn, boosts: tuple[Boost, ...] = ()) -> Programme:
    return Programme(
        name="club",
        earning=Earning(rules=rules, boosts=boosts),
        clawback=Clawback.ALLOW_NEGATIVE,
    )


# ---------------------------------------------------------------- what is known changes


@pytest.mark.parametrize(("part", "left"), [("30.00", 70), ("99.99", 0), ("100.00", 0)])
def test_points_are_taken_back_though_their_condition_holds_no_more(part: str, left: int) -> None:
    vip = club(evolve(BASE, when=InSegment("vip")))
    bought = order("1", "100.00", 0)
    rows = ledger(vip, History.of(bought), [0], Segment("vip"))
    assert points(rows) == {"earn:order:1": 100}
    refunded = History.of(evolve(bought, refunds=(back(part, 5),)))
    decision = vip.decide(refunded, at=day(5), known=Known(Ledger(rows), Segment("lost")))
    assert isinstance(decision, Granted)
    assert decision.reasons == (TakenBack("order:1", 100 - left),)
    rows += decision.value.entries
    assert fold(rows, at=day(5)).balance == left
    assert not vip.decide(refunded, at=day(9), known=Known(Ledger(rows), Segment("lost")))


def test_of_a_boost_that_is_gone_the_same_share_is_kept() -> None:
    twice = Boost(name="vip", factor=Decimal(2), when=InSegment("vip"))
    vip = club(BASE, boosts=(twice,))
    bought = order("1", "100.00", 0)
    rows = ledger(vip, History.of(bought), [0], Segment("vip"))
    refunded = History.of(evolve(bought, refunds=(back("25.00", 5),)))
    assert points(ledger(vip, refunded, [0, 5], Segment("vip"))) == {
        "earn:order:1": 200,
        "clawback:order:1:r1": 50,
    }
    decision = vip.decide(refunded, at=day(5), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"clawback:order:1:r1": 50}


def test_what_a_budget_had_cut_is_kept_while_the_order_is_worth_it() -> None:
    bought = order("1", "100.00", 0)
    rows = ledger(club(BASE), History.of(bought), [0], Budgets((("base", Budget(30)),)))
    assert points(rows) == {"earn:order:1": 30}
    half = History.of(evolve(bought, refunds=(back("50.00", 5),)))
    known = Known(Ledger(rows), Budgets((("base", Budget(0)),)))
    assert not club(BASE).decide(half, at=day(5), known=known)
    most = History.of(evolve(bought, refunds=(back("80.00", 5),)))
    decision = club(BASE).decide(most, at=day(5), known=known)
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"clawback:order:1:r1": 10}


def test_rules_may_ask_for_the_deed_and_its_order() -> None:
    asks = club(
        evolve(BASE, when=Asks()), Earn(name="news", points=5, on=Trigger.SIGN_UP, when=Asks())
    )
    facts = History.of(order("1", "9.00", 0), SignedUp(id="s", at=day(1), what="newsletter"))
    assert points(ledger(asks, facts, [2])) == {"earn:order:1": 9, "earn:sign_up:newsletter": 5}


# ---------------------------------------------------------------- which order it was


def test_an_order_that_is_paid_late_does_not_push_another_from_its_place() -> None:
    first = club(evolve(BASE, numbers=(1,)), Earn(name="later", points=3, numbers=(2, 3)))
    history = History.of(order("1", "50.00", 0, paid=9), order("2", "70.00", 1))
    often, once = ledger(first, history, range(12)), ledger(first, history, [11])
    assert points(often) == points(once) == {"earn:order:2": 70, "earn:order:1": 3}


def test_orders_that_were_undone_before_do_not_count() -> None:
    gone = evolve(
        order("1", "50.00", 0), cancellations=(Cancellation(id="c", at=day(2), order="1"),)
    )
    partly = order("2", "40.00", 1, back("10.00", 1.5, "r2"), back("30.00", 4, "r3"))
    facts = [gone, partly, order("3", "9.00", 3), order("4", "9.00", 5), order("5", "9.00", 5)]
    numbers = {deed.id: deed.number for deed in deeds(History.of(*facts))}
    assert numbers == {"1": 1, "2": 2, "3": 2, "4": 2, "5": 3}


# ---------------------------------------------------------------- the tier at a deed


def test_a_tier_by_points_is_the_same_asked_once_or_every_day() -> None:
    ladder = Ladder(
        tiers=(Tier(name="new", at_least=0), Tier(name="gold", at_least=100)),
        measure=PointsEarned(),
    )
    programme = evolve(
        club(BASE, boosts=(Boost(name="gold", factor=Decimal(2), when=TierIs("gold")),)),
        ladder=ladder,
    )
    facts = [order(str(n), "60.00", n) for n in range(4)]
    refunded = History.of(*facts[:3], evolve(facts[3], refunds=(back("30.00", 6),)))
    often, once = ledger(programme, refunded, range(9)), ledger(programme, refunded, [8])
    assert points(often) == points(once)
    assert list(points(once).values()) == [60, 60, 120, 120, 60]


def test_a_tier_by_orders_is_that_of_the_instant_of_the_deed() -> None:
    ladder = Ladder(
        tiers=(Tier(name="new", at_least=0), Tier(name="gold", at_least=2)), measure=Orders()
    )
    double = Boost(name="gold", factor=Decimal(2), when=TierIs("gold"))
    programme = evolve(club(BASE, boosts=(double,)), ladder=ladder)
    facts = [order("1", "10.00", 0), order("2", "10.00", 1), order("3", "10.00", 2)]
    for days in ([2], [0, 1, 2]):
        rows = ledger(programme, History.of(*facts), days)
        assert list(points(rows).values()) == [10, 20, 20]


# ---------------------------------------------------------------- what was given so far


def test_a_cap_counts_what_the_programme_gave_before() -> None:
    capped = club(evolve(BASE, cap=Cap(most=100, every=Every.MONTH)))
    facts = [order("1", "70.00", 0), order("2", "70.00", 1), order("3", "70.00", 31)]
    for days in ([40], [0, 1, 31]):
        given = GivenSoFar((Given(rule="base", points=99, at=day(0)),))
        rows = ledger(capped, History.of(*facts), days, given)
        assert list(points(rows).values()) == [70, 30, 70]


# ---------------------------------------------------------------- instants and zones


def test_points_wait_and_end_by_the_days_of_the_zone() -> None:
    """In Auckland it is the second of January already."""
    terms = Terms(zone=AUCKLAND, expiry=After(Duration(days=1)))
    earning = Earning(rules=(BASE,), zone=AUCKLAND)
    late = evolve(order("1", "9.00", 0), at=datetime(2026, 4, 3, 12, tzinfo=UTC))
    programme = Programme(
        name="nz", terms=terms, earning=earning, waiting=WaitFor(Duration(days=2))
    )
    (row,) = ledger(programme, History.of(late), [200])
    assert row.available_at == START + timedelta(days=2)
    assert row.expires_at == datetime(2026, 1, 5, 11, tzinfo=UTC)
    fall = Payment(id="p", at=datetime(2026, 4, 3, 12, tzinfo=UTC), amount=eur("9.00"))
    (row,) = ledger(programme, History.of(evolve(late, payments=(fall,))), [200])
    assert row.available_at == datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert row.expires_at == datetime(2026, 4, 7, 12, tzinfo=UTC)


def test_only_orders_wait() -> None:
    programme = evolve(
        club(BASE, Earn(name="news", points=5, on=Trigger.SIGN_UP)), waiting=UntilShipped()
    )
    facts = (SignedUp(id="s", at=day(0), what="newsletter"), order("1", "9.00", 1))
    news, bought = ledger(programme, History.of(*facts), [2])
    assert (news.available_at, bought.available_at) == (day(0), None)
    assert (news.rule, bought.rule) == ("news", "base")
    both = club(BASE, Earn(name="more", points=2), Earn(name="none", points=1, minimum=eur("99")))
    assert [row.rule for row in ledger(both, History.of(facts[1]), [2])] == ["base+more"]


def test_days_of_the_year_are_those_of_the_zone_of_the_programme() -> None:
    programme = Programme(
        name="nz",
        terms=Terms(zone=AUCKLAND),
        earning=Earning(rules=(Earn(name="cake", points=50, on=Trigger.BIRTHDAY),), zone=AUCKLAND),
        occasions=Occasions(),
    )
    her = Customer(id="C1", at=day(0), birthday=Birthday(month=3, day=5))
    (row,) = ledger(programme, History.of(her), [200])
    assert (row.key, row.at) == ("earn:birthday:2026", datetime(2026, 3, 4, 11, tzinfo=UTC))


# ---------------------------------------------------------------- activation and refunds


def delivered(id: str, on: float) -> tuple[Fact, ...]:
    scan = Scan(id=f"d{id}", at=day(on), stage=Stage.DELIVERED)
    return (Shipment(id=f"s{id}", at=day(on - 1), order=id, scans=(scan,)),)


def test_every_order_that_is_there_begins_by_itself() -> None:
    programme = evolve(
        club(BASE),
        waiting=UntilReturnWindow(Duration(days=2)),
        terms=Terms(expiry=After(Duration(days=9))),
    )
    facts = (
        SignedUp(id="s", at=day(0), what="newsletter"),
        order("1", "9.00", 0),
        order("2", "8.00", 0),
        order("3", "7.00", 0, back("7.00", 1)),
        order("4", "6.00", 0),
        *delivered("2", 3),
        *delivered("3", 3),
        *delivered("4", 4),
    )
    rows = ledger(programme, History.of(*facts), [0, 2, 5, 9])
    begun = {row.key: row.available_at for row in rows if row.kind is EntryKind.ACTIVATE}
    assert begun == {"activate:earn:order:2": day(5), "activate:earn:order:4": day(6)}
    assert fold(rows, at=day(9)).available == 14
    assert fold(rows, at=day(9)).pending == 9
    known = Known(Ledger(rows))
    assert programme.decide(History.of(*facts), at=day(20), known=known) == Declined((UpToDate(),))


def test_points_wait_for_the_last_parcel_of_their_own_order() -> None:
    def parcel(id: str, order: str, on: float, direction: Direction) -> Shipment:
        scan = Scan(id=f"x{id}", at=day(on), stage=Stage.IN_TRANSIT)
        return Shipment(id=id, at=day(on), order=order, scans=(scan,), direction=direction)

    facts = (
        order("1", "9.00", 0),
        order("2", "9.00", 0),
        parcel("a", "1", 2, Direction.OUTBOUND),
        parcel("b", "2", 4, Direction.OUTBOUND),
        parcel("c", "1", 5, Direction.RETURN),
    )
    waiting = UntilShipped()
    history = History.of(*facts)
    assert [waiting.later(each, history, AUCKLAND) for each in history.orders] == [day(2), day(4)]


def test_a_deed_that_is_no_order_does_not_stop_the_others() -> None:
    programme = club(BASE, Earn(name="words", points=2, on=Trigger.REVIEW))
    said = ReviewPosted(id="a", at=day(0), rating=1, best=5, product="p")
    facts = History.of(said, order("1", "9.00", 1, back("4.00", 2)))
    assert points(ledger(programme, facts, [3])) == {
        "earn:review:a": 2,
        "earn:order:1": 9,
        "clawback:order:1:r1": 4,
    }


def test_one_refund_gives_points_back_once_however_little() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=100, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    bought = order("1", "100.00", 0)
    for amount, points_back in (("5.00", 0), ("10.00", 1), ("15.00", 1), ("100.00", 10)):
        refunded = History.of(evolve(bought, refunds=(back(amount, 5),)))
        decision = programme.decide(refunded, at=day(5), known=Known(Ledger(paid_with)))
        if not points_back:
            assert decision == Declined((UpToDate(),))
            continue
        assert isinstance(decision, Granted)
        assert decision.reasons == (GivenBack("1", points_back),)
        rows = (*paid_with, *decision.value.entries)
        assert points(decision.value.entries) == {"restore:order:1:r1:gift": points_back}
        assert not programme.decide(refunded, at=day(6), known=Known(Ledger(rows)))
        larger = back("90.00", 5)
        changed = History.of(evolve(bought, refunds=(larger,)))
        assert not programme.decide(changed, at=day(6), known=Known(Ledger(rows)))
        by_hand = evolve(rows[-1], key="by hand", points=points_back)
        again = Known(Ledger((*paid_with, by_hand)))
        assert not programme.decide(refunded, at=day(6), known=again)


def test_units_that_were_cancelled_give_their_share_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=10, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    bought = order("1", "50.00", 0)
    two = (*bought.lines, Line(id="l2", unit_price=eur("50.00")))
    one = Cancellation(id="c", at=day(2), order="1", lines=Pairs({"l2": 1}))
    gone = evolve(bought, lines=two, cancellations=(one,))
    decision = programme.decide(History.of(gone), at=day(3), known=Known(Ledger(paid_with)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"restore:order:1:c:gift": 5}


def test_what_was_not_spent_does_not_come_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    refused = Known(Ledger((spend(10, order="1", at=day(0)),)))
    refunded = History.of(order("1", "50.00", 0, back("50.00", 2)))
    assert not programme.decide(refunded, at=day(3), known=refused)


def test_a_cancelled_order_gives_all_its_points_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=10, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    gone = evolve(
        order("1", "50.00", 0), cancellations=(Cancellation(id="c", at=day(2), order="1"),)
    )
    decision = programme.decide(History.of(gone), at=day(3), known=Known(Ledger(paid_with)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"restore:order:1:c:gift": 10}


def test_a_refund_above_the_order_takes_no_more_than_was_given() -> None:
    much = evolve(back("9.00", 2), amount=eur("900.00"), lines=())
    rows = ledger(club(BASE), History.of(order("1", "9.00", 0, much)), [0, 3])
    assert points(rows) == {"earn:order:1": 9, "clawback:order:1:r1": 9}


def test_points_on_hold_are_out_of_reach_of_a_refund_and_it_says_so() -> None:
    programme = evolve(club(BASE), clawback=Clawback.WITHIN_BALANCE)
    bought = order("1", "9.00", 0)
    rows = ledger(programme, History.of(bought), [0])
    rows += (hold(7, order="2", at=day(1), lasts=Duration(days=9)),)
    refunded = History.of(evolve(bought, refunds=(back("9.00", 2),)))
    decision = programme.decide(refunded, at=day(3), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert decision.reasons == (TakenBack("order:1", 2), NotRecovered("order:1", 7))
