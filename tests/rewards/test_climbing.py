"""Up and down the tiers, whenever and however often one asks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Customer
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards import (
    Anchor,
    Basis,
    Distance,
    Entry,
    EntryKind,
    Fall,
    Ladder,
    Ledger,
    Orders,
    PointsEarned,
    Rise,
    Spend,
    Tier,
)
from postpurchase.rewards.standing import Counted, Kept, MoreFor
from till import START, day, eur

AUCKLAND = ZoneInfo("Pacific/Auckland")
TICK = timedelta(microseconds=1)


def order(id: str, amount: str, at: datetime, *refunds: Refund) -> Order:
    return Order(
        id=id,
        at=at,
        currency="EUR",
        lines=(Line(id="l1", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=at, amount=eur(amount)),),
        refunds=refunds,
    )


def back(amount: str, at: datetime, order: str = "") -> Refund:
    lines = (RefundLine(line="l1", amount=eur(amount)),)
    return Refund(id=f"r{order}", at=at, order=order, amount=eur(amount), lines=lines)


LADDER = Ladder(
    tiers=(
        Tier(name="bronze", at_least=0),
        Tier(name="silver", at_least=10000),
        Tier(name="gold", at_least=50000),
    ),
    measure=Spend(currency="EUR"),
)


def tier(ladder: Ladder, at: datetime, *orders: Order) -> str:
    return ladder.decide(History.of(*orders), at=at).value.tier


@pytest.mark.parametrize("rise", Rise)
@pytest.mark.parametrize("fall", Fall)
@pytest.mark.parametrize("grace", [None, Duration(), Duration(days=20), Duration(months=9)])
def test_asked_step_by_step_or_once_it_is_the_same(
    rise: Rise, fall: Fall, grace: Duration | None
) -> None:
    ladder = evolve(LADDER, rise=rise, fall=fall, grace=grace, months=3, zone=AUCKLAND)
    amounts = ("120.00", "600.00", "90.00", "110.00")
    bought = History.of(
        *(order(str(n), amount, day(n * 70)) for n, amount in enumerate(amounts)),
        back("600.00", day(80), order="1"),
    )
    climb = ladder.climb(bought)
    for number in range(0, 700, 21):
        assert climb.at(day(number)) == ladder.decide(bought, at=day(number))


def test_before_the_first_thing_that_counts_nothing_is_judged() -> None:
    climb = LADDER.climb(History.of(order("1", "600.00", day(400))))
    before = climb.at(day(399)).value
    assert (before.tier, before.since, before.until, before.value) == ("bronze", None, None, 0)
    first = climb.at(day(400)).value
    assert (first.tier, first.since) == ("gold", day(400))
    assert first.until == datetime(2028, 1, 1, tzinfo=UTC)
    assert first.falls_at is None


def test_a_grace_longer_than_a_period_ends_too() -> None:
    monthly = evolve(LADDER, months=1, grace=Duration(months=2))
    bought = order("1", "600.00", day(9))
    begins = datetime(2026, 3, 1, tzinfo=UTC)
    ends = datetime(2026, 5, 1, tzinfo=UTC)
    for at in (begins, datetime(2026, 4, 2, tzinfo=UTC), ends - TICK):
        standing = monthly.decide(History.of(bought), at=at)
        assert (standing.value.tier, standing.value.falls_at) == ("gold", ends)
        assert Kept("gold", "bronze", ends) in standing.reasons
    assert tier(monthly, ends, bought) == "bronze"


def test_no_grace_at_all_is_as_if_none_was_stated() -> None:
    at_once = evolve(LADDER, grace=Duration())
    bought = order("1", "600.00", day(9))
    ends = datetime(2028, 1, 1, tzinfo=UTC)
    assert tier(at_once, ends - TICK, bought) == "gold"
    fallen = at_once.decide(History.of(bought), at=ends).value
    assert (fallen.tier, fallen.since, fallen.falls_at) == ("bronze", ends, None)


def test_who_earns_it_again_in_the_grace_does_not_fall_later() -> None:
    lenient = evolve(LADDER, grace=Duration(days=30))
    facts = (order("1", "600.00", day(9)), order("2", "500.00", day(735)))
    again = lenient.decide(History.of(*facts), at=day(736)).value
    assert (again.tier, again.since, again.falls_at) == ("gold", day(9), None)
    assert tier(lenient, day(765), *facts) == "gold"


def test_a_fall_is_judged_by_the_better_of_the_old_period_and_the_grace() -> None:
    lenient = evolve(LADDER, grace=Duration(days=30))
    old, new = order("1", "600.00", day(9)), order("2", "150.00", day(400))
    assert tier(lenient, day(765), old, new) == "silver"
    assert tier(lenient, day(765), old, order("2", "150.00", day(740))) == "silver"


def test_periods_and_windows_are_those_of_the_zone() -> None:
    """In Auckland the second of January begins at eleven in the morning of the first in UTC."""
    joined = evolve(LADDER, anchor=Anchor.JOINED, months=6, zone=AUCKLAND)
    bought = History.of(order("1", "120.00", START))
    assert joined.decide(bought, at=START).value.until == datetime(2026, 7, 1, 12, tzinfo=UTC)
    more = bought.add(order("2", "120.00", day(50)))
    assert joined.decide(more, at=day(60)).value.until == datetime(2026, 7, 1, 12, tzinfo=UTC)
    new_year = datetime(2025, 12, 31, 11, tzinfo=UTC)
    lenient = evolve(LADDER, zone=AUCKLAND, grace=Duration(months=4))
    falling = lenient.decide(History.of(order("1", "600.00", START)), at=day(750)).value
    assert falling.falls_at == datetime(2028, 4, 30, 12, tzinfo=UTC)
    calendar = evolve(LADDER, zone=AUCKLAND)
    early = History.of(order("1", "120.00", new_year - TICK), order("2", "40.00", new_year))
    assert calendar.decide(early, at=new_year).value.value == 4000
    ends = calendar.decide(early, at=new_year - TICK).value.until
    assert ends == new_year


@pytest.mark.parametrize(
    ("at", "since"),
    [
        (datetime(2025, 2, 28, 9, tzinfo=UTC), datetime(2024, 2, 28, 9, tzinfo=UTC)),
        (datetime(2025, 2, 1, 9, tzinfo=UTC), datetime(2024, 2, 1, 9, tzinfo=UTC)),
        (datetime(2024, 2, 29, 9, tzinfo=UTC), datetime(2023, 2, 28, 9, tzinfo=UTC)),
    ],
)
def test_a_window_of_a_year_looks_back_a_year_of_the_calendar(
    at: datetime, since: datetime
) -> None:
    rolling = evolve(LADDER, measure=Orders(), window=Duration(months=12))
    for window in (Duration(months=12), Duration(years=1)):
        counted = evolve(rolling, window=window)
        inside = History.of(order("1", "9.00", since))
        outside = History.of(order("1", "9.00", since - TICK))
        assert counted.decide(inside, at=at).value.value == 1
        assert counted.decide(outside, at=at).value.value == 0


def test_a_window_may_have_days_and_hours_and_keeps_the_wall_clock() -> None:
    """The night of 4 April in Auckland has an hour more."""
    at = datetime(2026, 4, 6, 0, tzinfo=UTC)
    for window, since in (
        (Duration(weeks=1, days=1), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (Duration(days=1, hours=2, minutes=3, seconds=4), at - timedelta(hours=26, seconds=184)),
    ):
        rolling = evolve(LADDER, measure=Orders(), window=window, zone=AUCKLAND)
        assert rolling.decide(History.of(order("1", "9.00", since)), at=at).value.value == 1
        late = History.of(order("1", "9.00", since - TICK))
        assert rolling.decide(late, at=at).value.value == 0


def test_an_order_counts_as_it_was_known_then() -> None:
    """Versions, payments and refunds that came alone, and an order that was paid late."""
    first = evolve(order("1", "600.00", START), payments=())
    paid = Payment(id="p", at=day(3), order="1", amount=eur("600.00"))
    smaller = evolve(
        order("1", "200.00", START), payments=(evolve(paid, order=""),), recorded_at=day(5)
    )
    refund = back("150.00", day(7), order="1")
    her = Customer(id="C1", at=day(-9))
    bought = History.of(her, first, paid, smaller, refund)
    climb = LADDER.climb(bought)
    seen = [(climb.at(day(on)).value.value, climb.at(day(on)).value.tier) for on in range(9)]
    gold = (60000, "gold")
    assert seen == [
        *[(0, "bronze")] * 3,
        *[gold] * 2,
        *[(20000, "gold")] * 2,
        *[(5000, "gold")] * 2,
    ]
    assert climb.at(day(8)).value.since == day(3)
    alone = LADDER.decide(History.of(paid), at=day(9)).value
    assert (alone.tier, alone.value) == ("bronze", 0)


def test_what_is_counted_is_stated() -> None:
    taxed = Spend(currency="EUR", basis=Basis(without=frozenset()))
    bought = order("1", "120.00", START)
    assert taxed.money(5) == eur("0.05")
    assert Orders().money(5) is None
    count = Spend(currency="USD").counting(History.of(bought), NOTHING)
    assert count(START, day(1)) == 0
    knives = Selection(categories=("knives",))
    catalog = Catalog(products=(Product(id="k", title="Knife", category="knives"),))
    mixed = evolve(
        bought,
        lines=(
            Line(id="l1", unit_price=eur("20.00"), product="k"),
            Line(id="l2", unit_price=eur("9.00"), product="p"),
        ),
    )
    chosen = Spend(currency="EUR", selection=knives)
    assert chosen.counting(History.of(mixed), Known(catalog))(START, day(1)) == 2000
    assert chosen.counting(History.of(mixed), NOTHING)(START, day(1)) == 0
    every = Orders().counting(
        History.of(
            bought,
            order("2", "9.00", day(1), back("9.00", day(3))),
            evolve(
                order("3", "9.00", day(2)),
                cancellations=(Cancellation(id="c", at=day(4), order="3"),),
            ),
        ),
        NOTHING,
    )
    assert [every(START, day(on)) for on in range(6)] == [1, 2, 3, 2, 1, 1]
    assert every(START + TICK, day(2)) == 2
    assert every(day(1), day(2)) == 2
    assert every(day(2) + TICK, day(2)) == 0


def test_points_are_counted_from_and_to_the_instant_in_any_order_of_rows() -> None:
    rows = (
        Entry(key="c", kind=EntryKind.CLAWBACK, points=2, at=day(2), ref="a"),
        Entry(key="b", kind=EntryKind.EARN, points=7, at=day(1)),
        Entry(key="a", kind=EntryKind.EARN, points=5, at=day(0)),
        Entry(key="s", kind=EntryKind.SPEND, points=5, at=day(1)),
    )
    known = Known(Ledger(rows))
    count = PointsEarned().counting(History.of(), known)
    assert [count(day(0), day(on)) for on in range(3)] == [5, 12, 10]
    assert [count(day(on), day(2)) for on in range(4)] == [10, 5, -2, 0]
    assert set(PointsEarned().marks(History.of(), known)) == {day(0), day(1), day(2)}
    assert PointsEarned().of_entries
    assert not Orders().of_entries


def test_nothing_more_is_missing_where_a_tier_only_waits_for_the_end() -> None:
    waits = evolve(LADDER, rise=Rise.AT_PERIOD_END)
    decision = waits.decide(History.of(order("1", "600.00", day(3))), at=day(3))
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    assert decision.value.next == Distance(tier="silver", missing=0, money=eur("0.00"), by=ends)
    assert decision.reasons == (Counted(60000, "bronze"), MoreFor(eur("0.00"), "silver"))
    assert tier(waits, ends, order("1", "600.00", day(3))) == "gold"


NAMED = (
    r"^Ladder: each tier has a name of its own, got \['a', 'a'\]: "
    r"rules and reasons know a tier by its name$"
)


def test_a_tier_is_told_by_one_name_and_whole_numbers() -> None:
    twice = (Tier(name="a", at_least=0), Tier(name="a", at_least=5))
    with pytest.raises(InvalidProgramme, match=NAMED):
        Ladder(tiers=twice, measure=Orders())
    with pytest.raises(InexactPoints, match=r"got 5\.0"):
        Tier(name="a", at_least=5.0)  # type: ignore[arg-type]  # what is refused
