"""Who stands where, since when, for how long, and how far the next tier is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from loyalty import BASE, due, order, refund
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.offer import Perk
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards import (
    Anchor,
    Boost,
    Distance,
    Entry,
    EntryKind,
    Fall,
    Ladder,
    Ledger,
    Orders,
    PointsEarned,
    Programme,
    Rise,
    Spend,
    Tier,
    TierAtLeast,
    TierIs,
)
from postpurchase.rewards.standing import Counted, InTier, Kept, MoreFor
from till import START, day, eur

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


def test_days_and_periods_are_those_of_the_zone() -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    ladder = evolve(LADDER, zone=auckland, grace=Duration(months=1))
    new_year = datetime(2026, 12, 31, 11, tzinfo=UTC)
    last = order("600.00", on=(new_year - START) / timedelta(days=1) - 0.001)
    first = order("120.00", id="2", on=(new_year - START) / timedelta(days=1))
    decided = ladder.decide(History.of(last, first), at=new_year).value
    assert (decided.tier, decided.value) == ("gold", 12000)
    assert decided.until == datetime(2027, 12, 31, 11, tzinfo=UTC)
    falling = ladder.decide(History.of(last, first), at=datetime(2028, 1, 5, tzinfo=UTC)).value
    assert (falling.tier, falling.falls_at) == ("gold", datetime(2028, 1, 31, 11, tzinfo=UTC))
    later = ladder.decide(History.of(last, first), at=datetime(2028, 12, 31, 11, tzinfo=UTC)).value
    assert later.tier == "silver"
    assert later.falls_at == datetime(2029, 1, 31, 11, tzinfo=UTC)
    fallen = ladder.decide(History.of(last, first), at=later.falls_at).value
    assert (fallen.tier, fallen.since, fallen.falls_at) == ("bronze", later.falls_at, None)


def test_a_tier_of_the_last_period_is_judged_at_its_very_end() -> None:
    bought = order("600.00", on=10)
    ends = datetime(2028, 1, 1, tzinfo=UTC)
    before = LADDER.decide(History.of(bought), at=ends - timedelta(microseconds=1)).value
    after = LADDER.decide(History.of(bought), at=ends).value
    assert (before.tier, before.since) == ("gold", day(10))
    assert (after.tier, after.since) == ("bronze", ends)
    late = evolve(LADDER, rise=Rise.AT_PERIOD_END).decide(History.of(bought), at=day(365)).value
    assert (late.tier, late.since) == ("gold", datetime(2027, 1, 1, tzinfo=UTC))


def test_what_is_reached_and_kept_to_the_unit() -> None:
    assert LADDER.reached(-1).name == "bronze"
    assert LADDER.reached(9999).name == "bronze"
    assert LADDER.reached(10000).name == "silver"
    assert LADDER.fallen("silver", 10000).name == "silver"
    assert evolve(LADDER, fall=Fall.ONE_STEP).fallen("silver", 10000).name == "silver"
    assert evolve(LADDER, fall=Fall.NEVER).fallen("gold", 0).name == "gold"
    exact = LADDER.decide(History.of(order("500.00")), at=day(1))
    assert exact.reasons == (Counted(50000, "gold"),)
    again = (order("600.00", on=10), order("600.00", id="2", on=400))
    kept = LADDER.decide(History.of(*again), at=day(800)).value
    assert (kept.tier, kept.since) == ("gold", day(10))


def test_a_window_of_months_rolls_in_the_zone() -> None:
    rolling = evolve(LADDER, months=1, window=Duration(days=30), zone=ZoneInfo("Pacific/Auckland"))
    bought = order("120.00", on=5)
    assert rolling.decide(History.of(bought), at=day(35)).value.value == 12000
    assert rolling.decide(History.of(bought), at=day(35.01)).value.value == 0
