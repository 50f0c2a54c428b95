"""A programme gives and takes the same, whenever and however often it is asked."""

from decimal import Decimal

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from postpurchase.domain.decision import Granted
from postpurchase.domain.event import SignedUp
from postpurchase.domain.history import History
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.rewards import (
    Boost,
    Budget,
    Budgets,
    Cap,
    Deed,
    Earn,
    Entry,
    EntryKind,
    Every,
    Given,
    GivenSoFar,
    Ladder,
    Ledger,
    Orders,
    PointsEarned,
    Tier,
    TierIs,
    Trigger,
    deeds,
    fold,
)
from postpurchase.rewards.programme import TakenBack
from till import BASE, back, club, day, eur, ledger, order, points


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


def test_what_is_left_earns_by_the_rules_and_not_by_its_share() -> None:
    least = club(evolve(BASE, minimum=eur("50.00")))
    for part, left in (("50.00", 50), ("50.01", 0)):
        bought = order("1", "100.00", 0, back(part, 5))
        assert fold(ledger(least, History.of(bought), [0, 5]), at=day(5)).balance == left


def test_units_that_were_cancelled_are_taken_off_what_was_given() -> None:
    vip = club(evolve(BASE, when=InSegment("vip")))
    bought = evolve(
        order("1", "60.00", 0),
        lines=(Line(id="l1", unit_price=eur("60.00")), Line(id="l2", unit_price=eur("40.00"))),
    )
    rows = ledger(vip, History.of(bought), [0], Segment("vip"))
    one = Cancellation(id="c", at=day(4), order="1", lines=Pairs({"l2": 1}))
    gone = evolve(bought, cancellations=(one,), refunds=(back("30.00", 2),))
    for segment in ("vip", "lost"):
        known = Known(Ledger(rows), Segment(segment))
        decision = vip.decide(History.of(gone), at=day(5), known=known)
        assert isinstance(decision, Granted)
        assert points(decision.value.entries) == {
            "clawback:order:1:r1": 30,
            "clawback:order:1:c": 40,
        }
    late = ledger(vip, History.of(gone), [5], Segment("vip"))
    assert points(late) == {
        "earn:order:1": 100,
        "clawback:order:1:r1": 30,
        "clawback:order:1:c": 40,
    }


def test_of_an_order_that_would_earn_nothing_today_nothing_is_kept() -> None:
    card = evolve(
        order("1", "50.00", 0), lines=(Line(id="l1", unit_price=eur("50.00"), gift_card=True),)
    )
    rows = (Entry(key="earn:order:1", kind=EntryKind.EARN, points=50, at=day(0)),)
    refunded = History.of(evolve(card, refunds=(back("5.00", 2),)))
    decision = club(BASE).decide(refunded, at=day(3), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"clawback:order:1:r1": 50}


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
    later = [order(id, "9.00", on) for id, on in (("6", 2), ("3", 3), ("4", 5), ("5", 5))]
    facts = [gone, partly, *later]
    numbers = {deed.id: deed.number for deed in deeds(History.of(*facts))}
    assert numbers == {"1": 1, "2": 2, "6": 2, "3": 3, "4": 3, "5": 4}


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
