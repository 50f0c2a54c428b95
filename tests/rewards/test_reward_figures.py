"""What points owe and cost, and what a simulation says, to the unit and to the instant."""

from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal, localcontext

import pytest
from attrs import evolve

from members import START, day
from postpurchase.domain.event import (
    SignedUp,
)
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.rule import Known
from postpurchase.errors import (
    InexactPoints,
    InvalidProgramme,
)
from postpurchase.rewards import (
    After,
    Budget,
    Budgets,
    Difference,
    Earn,
    Earning,
    Entry,
    EntryKind,
    LedgerState,
    Programme,
    RoundTo,
    RuleCost,
    RuleMonth,
    SimulatedMonth,
    Simulation,
    Terms,
    Trigger,
    allocated,
    compared,
    cost_by_rule,
    liability,
    redemption_rate,
    simulate,
)
from till import eur

TICK = timedelta(microseconds=1)


# ---------------------------------------------------------------- what points owe


def test_what_is_owed_counts_all_points_that_may_still_be_used() -> None:
    owed = liability(
        [
            LedgerState(at=START, available=1000, pending=200, held=30),
            LedgerState(at=START, deficit=4),
        ],
        each=Decimal("0.005"),
        redemption=Decimal(0),
        currency="EUR",
    )
    assert (owed.points, owed.worth, owed.expected) == (1226, eur("6.13"), eur("0.00"))


def test_money_is_exact_whatever_the_decimal_context_is() -> None:
    with localcontext(Context(prec=2)):
        owed = liability(
            [LedgerState(at=START, available=1234567)],
            each=Decimal("0.01"),
            redemption=Decimal("0.85"),
            currency="EUR",
        )
        split = allocated(eur("800.00"), 2001, each=Decimal("0.012"), redemption=Decimal("0.80"))
        rate = redemption_rate([LedgerState(at=START, spent=1, expired=2)])
    assert (owed.worth, owed.expected) == (eur("12345.67"), eur("10493.82"))
    assert split.standalone == eur("19.21")
    assert rate == Decimal("0.3333333333333333333333333333")


@pytest.mark.parametrize("each", [0.01, Decimal("NaN"), Decimal("Infinity")])
def test_a_point_is_worth_an_exact_number(each: Decimal) -> None:
    with pytest.raises(
        InexactPoints, match=f"got {each!r}".replace("(", r"\(").replace(")", r"\)")
    ):
        liability([], each=each, redemption=Decimal(1), currency="EUR")


def test_a_share_is_a_number_of_0_to_1() -> None:
    for share, words in (
        (Decimal("-0.1"), "a report: redemption is a share of 0 to 1, got -0.1: use"),
        (Decimal("NaN"), "got NaN: use Decimal"),
    ):
        with pytest.raises(InvalidProgramme, match=words):
            liability([], each=Decimal(1), redemption=share, currency="EUR")
    with pytest.raises(InexactPoints, match=r"got 0\.5"):
        liability([], each=Decimal(1), redemption=0.5, currency="EUR")  # type: ignore[arg-type]  # what is refused


def test_costs_are_the_same_in_any_order_of_rows() -> None:
    rows = (
        Entry(key="b", kind=EntryKind.EARN, points=7, at=START, rule="r"),
        Entry(key="c", kind=EntryKind.CLAWBACK, points=2, at=START, ref="b"),
    )
    cost = (RuleCost(rule="r", points=5, worth=eur("0.05")),)
    for each in (rows, rows[::-1]):
        assert cost_by_rule(each, each=Decimal("0.01"), currency="EUR") == cost


# ---------------------------------------------------------------- simulations


def simulated(rules: tuple[Earn, ...], start: datetime, until: datetime) -> Simulation:
    facts = [SignedUp(id=str(on), at=day(on), what=str(on)) for on in (0, 1, 2)]
    return simulate(
        Programme(name="club", earning=Earning(rules=rules)),
        {"ann": History.of(*facts)},
        start=start,
        until=until,
        each=Decimal("0.005"),
        redemption=Decimal(1),
        currency="EUR",
    )


NEWS = Earn(name="news", points=5, on=Trigger.SIGN_UP)


def test_a_simulation_has_its_first_and_its_last_instant() -> None:
    whole = simulated((NEWS,), day(0), day(2))
    assert [month.grants for month in whole.months] == [1, 2]
    assert whole.cost == eur("0.08")
    assert [month.cost for month in whole.months] == [eur("0.03"), eur("0.05")]
    part = simulated((NEWS,), day(1), day(2) - TICK)
    assert [(month.month, month.grants) for month in part.months] == [(date(2026, 2, 1), 2)]
    assert whole.months[0] == SimulatedMonth(
        month=date(2026, 1, 1),
        rules=(RuleMonth(rule="news", grants=1, points=5, hits=0),),
        cost=eur("0.03"),
        owed=eur("0.03"),
        points=5,
    )


def test_a_month_ends_before_the_next_begins() -> None:
    ends = datetime(2026, 2, 1, tzinfo=UTC)
    exact = simulated((NEWS,), day(0), ends - TICK)
    assert [month.month for month in exact.months] == [date(2026, 1, 1)]
    more = simulated((NEWS,), day(0), ends)
    assert [month.month for month in more.months] == [date(2026, 1, 1), date(2026, 2, 1)]


def test_every_rule_has_a_budget_of_its_own() -> None:
    rules = (NEWS, evolve(NEWS, name="more", points=10))
    facts = [SignedUp(id=str(on), at=day(on), what=str(on)) for on in (1, 2, 3)]
    made = simulate(
        Programme(name="club", earning=Earning(rules=rules)),
        {"ann": History.of(*facts)},
        start=day(1),
        until=day(3),
        each=Decimal("0.01"),
        redemption=Decimal(1),
        currency="EUR",
        known=Known(Budgets((("more", Budget(15)), ("news", Budget(14))))),
    )
    assert made.months[0].rules == (
        RuleMonth(rule="more", grants=2, points=15, hits=2),
        RuleMonth(rule="news", grants=3, points=14, hits=1),
    )


def test_points_that_end_with_a_month_are_owed_to_its_last_instant() -> None:
    for terms in (
        Terms(expiry=After(Duration(), RoundTo.MONTH)),
        Terms(idle=After(Duration(days=2), RoundTo.MONTH)),
    ):
        made = simulate(
            Programme(name="club", terms=terms, earning=Earning(rules=(NEWS,))),
            {"ann": History.of(SignedUp(id="1", at=day(-10), what="1"))},
            start=day(-10),
            until=day(40),
            each=Decimal("0.01"),
            redemption=Decimal(1),
            currency="EUR",
        )
        assert [month.points for month in made.months] == [5, 0, 0]


def test_what_a_simulation_shows() -> None:
    assert simulated((NEWS,), day(0), day(2))._repr_html_() == (
        "<table><tr><th>month</th><th>grants</th><th>cost</th><th>owed</th></tr>"
        "<tr><td>2026-01</td><td>1</td><td>0.03 EUR</td><td>0.03 EUR</td></tr>"
        "<tr><td>2026-02</td><td>2</td><td>0.05 EUR</td><td>0.08 EUR</td></tr></table>"
    )


def test_two_simulations_are_compared_month_by_month() -> None:
    one = simulated((NEWS,), day(0), day(2))
    other = simulated((evolve(NEWS, points=7), evolve(NEWS, name="more")), day(0), day(2))
    assert compared(one, other) == (
        Difference(month=date(2026, 1, 1), grants=1, points=7, cost=eur("0.03"), owed=eur("0.03")),
        Difference(month=date(2026, 2, 1), grants=2, points=21, cost=eur("0.07"), owed=eur("0.10")),
    )
    with pytest.raises(
        InvalidProgramme,
        match=r"^compared: two simulations are of the same months, got 2 and 1: pass the same",
    ):
        compared(one, simulated((NEWS,), day(1), day(2)))


def test_what_a_ledger_shows() -> None:
    assert LedgerState(at=START, available=5)._repr_html_() == (
        "<table><caption>2026-01-31 12:00 UTC</caption>"
        "<tr><th>available</th><td>5</td></tr>"
        "<tr><th>pending</th><td>0</td></tr>"
        "<tr><th>held</th><td>0</td></tr>"
        "<tr><th>spent</th><td>0</td></tr>"
        "<tr><th>expired</th><td>0</td></tr>"
        "<tr><th>withdrawn</th><td>0</td></tr>"
        "<tr><th>deficit</th><td>0</td></tr></table>"
    )
