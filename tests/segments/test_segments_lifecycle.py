from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase import plain
from postpurchase.domain.customer import Customer
from postpurchase.domain.event import (
    Agent,
    ContentShared,
    MessageClicked,
    MessageOpened,
    MessageReplied,
    Referred,
    ReviewPosted,
    SurveyAnswered,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.rule import Known, Rule, Verdict
from postpurchase.errors import CurrencyMismatch, InvalidSegment
from postpurchase.segments import (
    BoughtCategory,
    EngagedAtLeast,
    InSegment,
    Lifecycle,
    OrdersAtLeast,
    Profile,
    Segment,
    SilentAtLeast,
    SpentAtLeast,
    Stage,
    segments_of,
)
from postpurchase.segments.lifecycle import NoOrderYet, Ordered, Silent, SpokeUp

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
POLICY = Lifecycle(usual=30, zone=ZoneInfo("UTC"))


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


def order(days_ago: float, **more: object) -> Order:
    line = Line(sku="mug", unit_price=Money.parse("10.00 EUR"), category="kitchen", quantity=2)
    return Order(
        id=f"{days_ago}",
        at=ago(days_ago),
        currency="EUR",
        lines=(line,),
        **more,  # type: ignore[arg-type]  # the fields that a case is about
    )


def history(*days: float, also: tuple[Fact, ...] = ()) -> History:
    return History.of(*(order(each) for each in days), *also)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        ((), Stage.PROSPECT),
        ((3,), Stage.NEW),
        ((46,), Stage.AT_RISK),
        ((91,), Stage.DORMANT),
        ((181,), Stage.LOST),
        ((30, 3), Stage.ACTIVE),
        ((93, 63, 33, 3), Stage.LOYAL),
        ((190, 160, 130, 100), Stage.DORMANT),
    ],
)
def test_stages(days: tuple[float, ...], stage: Stage) -> None:
    assert POLICY.decide(history(*days), at=AT).value.stage is stage


def test_reasons_state_the_facts() -> None:
    assert POLICY.decide(history(), at=AT).reasons == (NoOrderYet(),)
    assert POLICY.decide(history(46), at=AT).reasons == (Ordered(1), Silent(46, 30))


def test_a_customer_with_a_slow_rhythm_of_their_own_is_not_at_risk_so_soon() -> None:
    slow = history(*range(60, 1200, 100))
    quick = history(*range(60, 240, 10))
    assert POLICY.decide(slow, at=AT).value.stage is Stage.LOYAL
    assert POLICY.decide(quick, at=AT).value.stage is Stage.DORMANT


def test_an_order_of_this_very_instant_counts() -> None:
    assert POLICY.decide(history(0), at=AT).value.stage is Stage.NEW


def test_due_and_dormant_dates() -> None:
    life = POLICY.decide(history(10), at=AT).value
    assert (life.due, life.dormant_on) == (date(2026, 5, 21), date(2026, 7, 20))
    assert life.passed == pytest.approx(1 / 3)
    before = POLICY.decide(history(10), at=datetime(2026, 7, 19, 12, tzinfo=UTC)).value.stage
    then = POLICY.decide(history(10), at=datetime(2026, 7, 20, 12, tzinfo=UTC)).value.stage
    assert (before, then) == (Stage.AT_RISK, Stage.DORMANT)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (Referred(id="r", at=ago(1), friend="bob"), "referred a friend"),
        (ContentShared(id="p", at=ago(1), url="https://example.com/p"), "shared a picture"),
        (ReviewPosted(id="v", at=ago(1), rating=4), "a review with 4 of 5 stars"),
        (SurveyAnswered(id="s", at=ago(1), survey="nps", score=9), "a score of 9 from 0 to 10"),
    ],
)
def test_who_speaks_for_the_shop_is_an_advocate_while_active(fact: Fact, says: str) -> None:
    decision = POLICY.decide(history(3, also=(fact,)), at=AT)
    assert decision.value.stage is Stage.ADVOCATE
    assert decision.reasons[-1] == SpokeUp(says, fact.id)
    assert POLICY.decide(history(50, also=(fact,)), at=AT).value.stage is Stage.AT_RISK


def test_faint_praise_makes_no_advocate() -> None:
    faint = (
        ReviewPosted(id="v", at=ago(1), rating=3),
        ReviewPosted(id="w", at=ago(1)),
        SurveyAnswered(id="s", at=ago(1), survey="nps", score=8),
        SurveyAnswered(id="u", at=ago(1), survey="stars", score=9, lowest=1),
        SurveyAnswered(id="t", at=ago(1), survey="open", text="well"),
    )
    assert POLICY.decide(history(3, also=faint), at=AT).value.stage is Stage.NEW


def test_cancelled_orders_and_later_facts_do_not_count() -> None:
    gone = order(5, cancellations=(Cancellation(id="c", at=ago(4)),))
    assert POLICY.decide(History.of(gone), at=AT).value.stage is Stage.PROSPECT
    assert POLICY.decide(history(-1), at=AT).value.stage is Stage.PROSPECT


def test_days_are_the_customer_s() -> None:
    there = Customer(id="ann", at=ago(90), zone=ZoneInfo("Pacific/Auckland"))
    late = datetime(2026, 4, 30, 13, tzinfo=UTC)
    placed = Order(id="1", at=late, currency="EUR", lines=())
    shop = POLICY.decide(History.of(placed), at=AT)
    own = POLICY.decide(History.of(placed, there), at=AT)
    assert shop.reasons[1] == Silent(1, 30)
    assert own.reasons[1] == Silent(1, 30)
    assert (own.value.due, shop.value.due) == (date(2026, 5, 31), date(2026, 5, 30))


@given(days=st.lists(st.integers(1, 900), min_size=1, max_size=12), more=st.integers(1, 400))
def test_silence_never_brings_a_customer_nearer(days: list[int], more: int) -> None:
    order_of = [Stage.AT_RISK, Stage.DORMANT, Stage.LOST]
    now = POLICY.decide(history(*days), at=AT).value.stage
    later = POLICY.decide(history(*days), at=AT + timedelta(days=more)).value.stage
    rank = {stage: i for i, stage in enumerate(order_of, 1)}
    assert rank.get(later, 0) >= rank.get(now, 0)


@pytest.mark.parametrize(
    "wrong", [{"usual": 0}, {"at_risk": 4}, {"lost": 2}, {"loyal": 1}, {"at_risk": 0}]
)
def test_limits_that_contradict_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidSegment, match="at_risk < dormant < lost"):
        Lifecycle(**{"usual": 30, "zone": ZoneInfo("UTC"), **wrong})  # type: ignore[arg-type]  # a case each


def test_limits_below_one_gap_are_the_shop_s_to_choose() -> None:
    eager = Lifecycle(usual=30, zone=ZoneInfo("UTC"), at_risk=0.5, dormant=0.8, lost=0.9)
    assert eager.decide(history(18), at=AT).value.stage is Stage.AT_RISK
    assert eager.decide(history(24), at=AT).value.stage is Stage.DORMANT
    assert eager.decide(history(27), at=AT).value.stage is Stage.LOST


def test_the_stage_is_a_segment_of_its_name() -> None:
    segments = POLICY.segments(history(46), at=AT)
    assert InSegment("at_risk").check(Known(segments))
    assert segments.why("at_risk") == (Ordered(1), Silent(46, 30))


# ------------------------------------------------------------------ behaviour


def asked(rule: Rule, *facts: Fact) -> tuple[Verdict, str]:
    finding = rule.check(Known(Profile.of(History.of(*facts), at=AT)))
    return finding.verdict, str(finding.actual)


YES, NO = Verdict.YES, Verdict.NO
MONTH = timedelta(days=30)
BACK = Refund(
    id="r",
    at=ago(2),
    amount=Money.parse("20.00 EUR"),
    lines=(RefundLine(line="mug", quantity=2, amount=Money.parse("20.00 EUR")),),
)


@pytest.mark.parametrize(
    ("rule", "facts", "found"),
    [
        (OrdersAtLeast(2), (order(5), order(50)), (YES, "2 orders counted")),
        (OrdersAtLeast(2, MONTH), (order(5), order(50)), (NO, "1 order counted")),
        (OrdersAtLeast(1), (order(-1),), (NO, "0 orders counted")),
        (
            SpentAtLeast(Money.parse("20.00 EUR")),
            (order(5), order(6, refunds=(BACK,))),
            (YES, "20.00 EUR spent after refunds"),
        ),
        (
            SpentAtLeast(Money.parse("20.01 EUR"), MONTH),
            (order(5), order(60)),
            (NO, "20.00 EUR spent after refunds"),
        ),
        (BoughtCategory("kitchen"), (order(5),), (YES, "2 of kitchen ordered")),
        (BoughtCategory("garden"), (order(5),), (NO, "0 of garden ordered")),
        (BoughtCategory("kitchen"), (order(5, refunds=(BACK,)),), (NO, "0 of kitchen ordered")),
        (SilentAtLeast(MONTH), (order(30),), (YES, "last ordered 30 days ago")),
        (SilentAtLeast(MONTH), (order(1),), (NO, "last ordered 1 day ago")),
        (SilentAtLeast(MONTH), (), (NO, "0 orders counted")),
        (
            EngagedAtLeast(5),
            (
                MessageOpened(id="o", at=ago(1), message="m"),
                MessageOpened(id="p", at=ago(1), message="m", by=Agent.MACHINE),
                MessageClicked(id="c", at=ago(1), message="m", by=Agent.HUMAN),
                MessageReplied(id="r", at=ago(1), message="m"),
                Visited(id="v", at=ago(1)),
                SurveyAnswered(id="s", at=ago(1), survey="nps"),
            ),
            (YES, "reacted 5 times"),
        ),
        (EngagedAtLeast(1, MONTH), (Visited(id="v", at=ago(31)),), (NO, "reacted 0 times")),
    ],
)
def test_behaviour(rule: Rule, facts: tuple[Fact, ...], found: tuple[Verdict, str]) -> None:
    assert asked(rule, *facts) == found
    assert rule.check(Known()).verdict is Verdict.UNKNOWN


def test_money_in_another_currency_is_not_guessed() -> None:
    with pytest.raises(CurrencyMismatch):
        asked(SpentAtLeast(Money.parse("1.00 USD")), order(5))


def test_segments_by_rules_carry_the_facts_that_decided() -> None:
    mine = (
        Segment("regular", OrdersAtLeast(2) & SilentAtLeast(timedelta(days=1))),
        Segment("cook", BoughtCategory("kitchen")),
        Segment("gardener", BoughtCategory("garden")),
        Segment("vip", InSegment("champions")),
    )
    found = segments_of(history(5, 50), at=AT, segments=mine)
    assert found.names == {"regular", "cook"}
    assert [str(each) for each in found.why("regular")] == [
        "2 orders counted",
        "last ordered 5 days ago",
    ]
    known = Known(POLICY.segments(history(5), at=AT))
    joined = segments_of(
        history(5), at=AT, segments=[Segment("fresh", InSegment("new"))], known=known
    )
    assert joined.names == {"fresh"}
    with pytest.raises(InvalidSegment, match="a name"):
        Segment("", OrdersAtLeast(1))


def test_rules_about_customers_go_to_a_file_and_come_back() -> None:
    rule = (InSegment("vip") & OrdersAtLeast(2, MONTH)) | ~SpentAtLeast(Money.parse("1.00 EUR"))
    more = SilentAtLeast(MONTH) | BoughtCategory("kitchen") | EngagedAtLeast(2)
    dumped = plain.dump(rule | more)
    assert plain.load(Rule, dumped) == rule | more  # type: ignore[type-abstract]  # read by tag


@pytest.mark.parametrize("usual", [0.0, float("nan"), float("inf"), 36_526.0])
def test_a_usual_gap_lies_within_a_century(usual: float) -> None:
    with pytest.raises(InvalidSegment, match="a usual gap above 0 and within a hundred years"):
        Lifecycle(usual=usual, zone=ZoneInfo("UTC"))


def test_who_is_never_dormant_is_so_on_the_last_day_there_is() -> None:
    patient = Lifecycle(usual=30, zone=ZoneInfo("UTC"), dormant=1e9, lost=1e10)
    assert patient.decide(history(3), at=AT).value.dormant_on == date.max


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: OrdersAtLeast(-1),
        lambda: EngagedAtLeast(-1),
        lambda: SilentAtLeast(timedelta(days=-1)),
    ],
)
def test_a_rule_that_holds_for_everybody_by_mistake_is_refused(wrong: Callable[[], Rule]) -> None:
    with pytest.raises(InvalidSegment, match="AtLeast"):
        wrong()
