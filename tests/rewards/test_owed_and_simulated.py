"""What points owe, and what a programme would do before it is launched."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from members import day, order
from postpurchase.domain.event import (
    ReviewPosted,
)
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.order import Refund
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards import (
    Budget,
    Budgets,
    Cap,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Every,
    Ledger,
    Occasions,
    Programme,
    Short,
    Simulation,
    Trigger,
    UntilReturnWindow,
    allocated,
    compared,
    cost_by_rule,
    fold,
    liability,
    recognised,
    redemption_rate,
    runs_out,
    simulate,
)
from till import eur


def test_revenue_of_points_catches_up_with_the_estimate() -> None:
    dollars = Money(9000, "USD")
    assert recognised(dollars, (4500, 8500), (9700, 9900)) == (
        Money(4175, "USD"),
        Money(3552, "USD"),
    )
    assert recognised(dollars, (4500, 8500), (9700, 9200))[1] == Money(4140, "USD")
    assert recognised(dollars, (0,), (5,)) == (Money(0, "USD"),)
    assert recognised(dollars, (5,), (5,)) == (dollars,)
    for used, total in (((5,), (4,)), ((1, 2), (5,)), ((0,), (0,))):
        with pytest.raises(InvalidProgramme, match="at least as many expected"):
            recognised(dollars, used, total)


def test_a_price_is_split_between_goods_and_points() -> None:
    split = allocated(eur("800.00"), 2000, each=Decimal("0.012"), redemption=Decimal("0.80"))
    assert (split.standalone, split.to_points, split.to_goods) == (
        eur("19.20"),
        eur("18.75"),
        eur("781.25"),
    )
    free = allocated(eur("0.00"), 10, each=Decimal("0.01"), redemption=Decimal(1))
    assert (free.to_points, free.to_goods) == (eur("0.00"), eur("0.00"))
    with pytest.raises(InvalidProgramme, match="a share of 0 to 1"):
        allocated(eur("8.00"), 1, each=Decimal(1), redemption=Decimal("1.1"))
    with pytest.raises(InexactPoints):
        allocated(eur("8.00"), 1, each=Decimal(1), redemption=0.8)  # type: ignore[arg-type]  # the point


ROWS = (
    Entry(key="a", kind=EntryKind.EARN, points=300, at=day(0), expires_at=day(30), rule="base"),
    Entry(key="b", kind=EntryKind.EARN, points=200, at=day(0), rule="hello"),
    Entry(key="c", kind=EntryKind.CLAWBACK, points=50, at=day(1), ref="b"),
    Entry(key="d", kind=EntryKind.CLAWBACK, points=10, at=day(1), ref="gone"),
    Entry(key="s", kind=EntryKind.SPEND, points=100, at=day(2)),
)


def test_what_is_owed_and_what_runs_out() -> None:
    states = [fold(ROWS, at=day(3)), fold(ROWS[:1], at=day(3))]
    owed = liability(states, each=Decimal("0.01"), redemption=Decimal("0.85"), currency="EUR")
    assert (owed.points, owed.worth) == (640, eur("6.40"))
    assert (owed.expected, owed.breakage) == (eur("5.44"), eur("0.96"))
    assert "<td>5.44 EUR</td>" in owed._repr_html_()
    assert runs_out(states, UTC) == ((date(2026, 3, 2), 490),)
    assert redemption_rate(states) == Decimal(1)
    assert redemption_rate([fold(ROWS, at=day(40))]) == Decimal(100) / Decimal(290)
    assert redemption_rate([]) is None


def test_what_each_rule_costs() -> None:
    costs = cost_by_rule(ROWS, each=Decimal("0.01"), currency="EUR")
    assert [(cost.rule, cost.points, cost.worth) for cost in costs] == [
        ("base", 300, eur("3.00")),
        ("hello", 150, eur("1.50")),
    ]


CLUB = Programme(
    name="club",
    earning=Earning(
        rules=(
            Earn(name="base", points=1, per=eur("1.00"), cap=Cap(most=120, every=Every.MONTH)),
            Earn(name="review", points=10, on=Trigger.REVIEW),
            Earn(name="years", points=5, on=Trigger.ANNIVERSARY),
        )
    ),
    occasions=Occasions(),
    waiting=UntilReturnWindow(Duration(days=10)),
)


BACK = Refund(id="r", at=day(20), amount=eur("40.00"))


HISTORIES = {
    "ann": History.of(
        order("100.00", 0, "1", BACK),
        order("50.00", 30, "2"),
        ReviewPosted(id="v", at=day(40), rating=2),
        Shipment(
            id="s",
            at=day(1),
            order="1",
            scans=(Scan(at=day(3), stage=Stage.DELIVERED, recorded_at=day(4)),),
        ),
    ),
    "ben": History.of(order("80.00", 25, "9"), order("1.00", 500, "10")),
}


def simulated(programme: Programme = CLUB, known: Known = NOTHING) -> Simulation:
    return simulate(
        programme,
        HISTORIES,
        start=day(0),
        until=day(380),
        each=Decimal("0.01"),
        redemption=Decimal("0.80"),
        currency="EUR",
        known=known,
    )


def test_a_simulation_is_decide_replayed_event_by_event() -> None:
    made = simulated()
    for name, history in HISTORIES.items():
        entries: tuple[Entry, ...] = ()
        known_at = [fact.recorded_at for fact in history.facts]
        known_at += [day(20), day(4), *(deed.at for deed in CLUB.deeds(history, day(380)))]
        for at in sorted({day(0), *(at for at in known_at if at <= day(380))}):
            decision = CLUB.decide(history, at=at, known=Known(Ledger(entries)))
            entries += decision.value.entries if decision else ()
        assert made.ledgers[name] == entries
        assert entries


def test_a_simulation_says_what_each_month_costs_and_owes() -> None:
    made = simulated()
    assert [month.month for month in made.months[:3]] == [
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    assert len(made.months) == 14
    january, february, march = made.months[:3]
    assert [(rule.rule, rule.grants, rule.points) for rule in january.rules] == [("base", 1, 100)]
    assert (january.grants, january.cost) == (1, eur("1.00"))
    assert (february.cost, february.points) == (eur("0.40"), 140)
    assert february.owed == eur("1.12")
    assert [rule.rule for rule in march.rules] == ["base", "review"]
    assert made.cost == eur("2.05")
    assert "<td>2026-02</td><td>1</td><td>0.40 EUR</td>" in made._repr_html_()


def test_customers_share_a_budget_and_its_hits_are_counted() -> None:
    budget = Known(Budgets((("base", Budget(130)), ("review", Budget(99)))))
    made = simulated(known=budget)
    rules = {rule.rule: rule for rule in made.months[1].rules}
    assert (rules["base"].points, rules["base"].hits) == (30, 1)
    assert sum(rule.points for m in made.months for rule in m.rules if rule.rule == "base") == 130
    whole = simulated(known=Known(Budgets((("base", Budget(130, Short.NOTHING)),))))
    assert sum(r.points for m in whole.months for r in m.rules if r.rule == "base") == 100


def test_two_programmes_are_compared() -> None:
    double = evolve(CLUB, earning=Earning(rules=(Earn(name="base", points=2, per=eur("1.00")),)))
    more = compared(simulated(), simulated(double))
    assert (more[0].cost, more[0].points, more[0].grants) == (eur("1.00"), 100, 0)
    assert more[0].owed == eur("0.80")
    short = evolve(simulated(), months=simulated().months[:2])
    with pytest.raises(InvalidProgramme, match="of the same months, got 14 and 2"):
        compared(simulated(), short)


def test_costs_are_in_the_order_of_their_points() -> None:
    rows = (
        Entry(key="1", kind=EntryKind.EARN, points=5, at=day(0), rule="a"),
        Entry(key="2", kind=EntryKind.EARN, points=5, at=day(0), rule="b"),
        Entry(key="3", kind=EntryKind.EARN, points=4, at=day(0), rule="b"),
        Entry(key="4", kind=EntryKind.EARN, points=9, at=day(0), rule="aa"),
        Entry(key="5", kind=EntryKind.CLAWBACK, points=0, at=day(0), ref="4"),
    )
    costs = cost_by_rule(rows, each=Decimal(1), currency="EUR")
    assert [(cost.rule, cost.points) for cost in costs] == [("aa", 9), ("b", 9), ("a", 5)]


def test_what_a_liability_shows() -> None:
    owed = liability(
        [fold(ROWS, at=day(3))], each=Decimal("0.01"), redemption=Decimal(1), currency="EUR"
    )
    assert owed._repr_html_() == (
        "<table><tr><th>points</th><td>340</td></tr>"
        "<tr><th>worth</th><td>3.40 EUR</td></tr>"
        "<tr><th>expected</th><td>3.40 EUR</td></tr></table>"
    )


def test_points_run_out_with_the_last_day_of_the_zone() -> None:
    ends = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    row = Entry(key="a", kind=EntryKind.EARN, points=5, at=day(0), expires_at=ends)
    state = fold((row,), at=day(1))
    assert runs_out([state], ZoneInfo("Asia/Kolkata")) == ((date(2026, 3, 1), 5),)
    assert runs_out([state], UTC) == ((date(2026, 3, 1), 5),)
    assert runs_out([state], ZoneInfo("Pacific/Kiritimati")) == ((date(2026, 3, 2), 5),)


def test_a_price_of_nothing_still_says_what_points_are_worth() -> None:
    free = allocated(eur("0.00"), 10, each=Decimal("0.01"), redemption=Decimal(1))
    assert free.standalone == eur("0.10")
