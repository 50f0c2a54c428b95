"""What bounds earning: conditions, hours, caps, budgets, and what counts at all."""

from datetime import UTC, date, time
from decimal import Decimal

import pytest
from attrs import evolve

from basket import deed, line, order, points
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    AccountCreated,
    ContentShared,
    Referred,
    ReviewPosted,
    SignedUp,
    SocialFollowed,
    SurveyAnswered,
)
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    Refund,
    RefundLine,
)
from postpurchase.domain.rule import Known, NotKnown
from postpurchase.domain.selection import Selection
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards import (
    Boost,
    Budget,
    Budgets,
    Cap,
    Combine,
    Deed,
    Earn,
    Earning,
    Every,
    Given,
    GivenSoFar,
    Often,
    Short,
    Standing,
    TierIs,
    Trigger,
    deeds,
)
from postpurchase.rewards.why import (
    Capped,
    EarnedBy,
    LessThanOne,
    NoRule,
    NotNow,
    OtherCurrency,
    SpendMore,
    Superseded,
    TooOften,
)
from till import BASE, ONE, START, day, eur


def refund(amount: str, line: str = "", shipping: str = "", tax: str = "") -> Refund:
    part = RefundLine(line=line, amount=eur(amount), tax=eur(tax) if tax else None)
    more = eur(shipping or "0") + eur(tax or "0")
    return Refund(
        id=f"{amount}{line}",
        at=day(3),
        amount=eur(amount) + more,
        lines=(part,) if line else (),
        shipping=eur(shipping) if shipping else None,
    )


def test_a_minimum_says_what_is_missing() -> None:
    earning = Earning(rules=(evolve(BASE, minimum=eur("50.00")),))
    assert points(earning, deed(order(line("50.00")))) == 50
    decision = earning.decide(deed(order(line("42.00"))), at=day(1))
    assert decision == Declined((SpendMore("base", eur("8.00")),))
    assert str(decision.reasons[0]) == "base: spend 8.00 EUR more"


def test_another_currency_is_never_converted() -> None:
    earning = Earning(rules=(Earn(name="usd", points=1, per=Money.parse("1.00 USD")),))
    decision = earning.decide(deed(order(line("42.00"))), at=day(1))
    assert decision == Declined((OtherCurrency("usd", "EUR"),))


def test_a_condition_that_is_not_known_does_not_hold() -> None:
    earning = Earning(rules=(evolve(BASE, when=TierIs("gold")),))
    decision = earning.decide(deed(order(line("42.00"))), at=day(1))
    assert decision == Declined((NotKnown("TierIs"),))
    opposite = Earning(rules=(evolve(BASE, when=~TierIs("gold")),))
    silver = Standing(
        tier="silver", tiers=("silver",), since=None, value=0, earned="silver", until=None
    )
    assert points(opposite, deed(order(line("42.00"))), silver) == 42
    assert points(opposite, deed(order(line("42.00")))) == 0


def test_a_rule_for_other_hours_says_so() -> None:
    once = Recurrence(first=date(2026, 1, 2), at=time(0), frequency=Frequency.DAILY, count=1)
    earning = Earning(rules=(evolve(BASE, hours=Spell(once, Duration(days=1))),))
    assert earning.decide(deed(order(line("9.00"))), at=day(1)) == Declined((NotNow("base"),))
    assert points(earning, deed(order(line("9.00"), on=0.6))) == 9


def test_a_rule_that_stands_alone_and_the_best_rule() -> None:
    alone = Earn(name="welcome", points=100, alone=10)
    lower = Earn(name="low", points=900, alone=1)
    decision = Earning(rules=(BASE, alone, lower)).decide(deed(order(line("19.99"))), at=day(1))
    assert isinstance(decision, Granted)
    assert decision.value.points == 100
    assert decision.reasons[1:] == (Superseded("base", "welcome"), Superseded("low", "welcome"))
    best = Earning(rules=(BASE, Earn(name="a", points=12)), combine=Combine.BEST)
    assert points(best, deed(order(line("20.00")))) == 20
    assert points(best, deed(order(line("5.00")))) == 12


def test_a_cap_reduces_or_refuses() -> None:
    used = GivenSoFar((Given(rule="base", points=60, at=day(0)),))
    for short, expected in ((Short.PART, 40), (Short.NOTHING, 0)):
        earning = Earning(rules=(evolve(BASE, cap=Cap(most=100, every=Every.DAY, short=short)),))
        assert points(earning, deed(order(line("50.00"))), used) == expected
        assert points(earning, deed(order(line("40.00"))), used) == 40
        assert points(earning, deed(order(line("50.00"), on=1)), used) == 50
    capped = Earning(rules=(evolve(BASE, cap=Cap(most=60)),))
    decision = capped.decide(deed(order(line("9.00"))), at=day(1), known=Known(used))
    assert decision == Declined((Capped("base", Decimal(0)),))
    partly = capped.decide(deed(order(line("70.00"))), at=day(1))
    assert isinstance(partly, Granted)
    assert (partly.value.points, partly.value.desired) == (60, 70)
    assert partly.reasons == (EarnedBy("base", Decimal(70)), Capped("base", Decimal(60)))


@pytest.mark.parametrize(
    ("every", "on", "same"),
    [
        (Every.DAY, 0.4, True),
        (Every.DAY, 0.5, False),
        (Every.WEEK, 3, True),
        (Every.WEEK, 4, False),
        (Every.MONTH, 30, True),
        (Every.MONTH, 31, False),
        (Every.YEAR, 364, True),
        (Every.YEAR, 365, False),
        (Every.EVER, 9999, True),
    ],
)
def test_a_stretch_of_time_is_one_of_the_calendar(every: Every, on: float, *, same: bool) -> None:
    assert every.holds(START, day(on), UTC) is same


def test_a_budget_is_shared_and_the_limit_itself_is_allowed() -> None:
    earning = Earning(rules=(BASE,))
    for short, expected in ((Short.PART, 30), (Short.NOTHING, 0)):
        budget = Budgets((("base", Budget(30, short)), ("other", Budget(0))))
        assert points(earning, deed(order(line("50.00"))), budget) == expected
        assert points(earning, deed(order(line("30.00"))), budget) == 30
    assert points(earning, deed(order(line("50.00"))), Budgets()) == 50


def test_some_things_are_rewarded_only_so_often() -> None:
    review = Deed(trigger=Trigger.REVIEW, id="r", at=day(10))
    before = GivenSoFar(
        (Given(rule="review", points=5, at=day(9)), Given(rule="review", points=0, at=day(10)))
    )
    for often, expected in (
        (Often(times=1, every=Every.DAY), 5),
        (Often(times=1, every=Every.MONTH), 0),
        (Often(apart=Duration(days=1)), 5),
        (Often(apart=Duration(days=2)), 0),
        (Often(), 5),
    ):
        earning = Earning(rules=(Earn(name="review", points=5, on=Trigger.REVIEW, often=often),))
        assert points(earning, review, before) == expected
        assert points(earning, review) == 5
    refused = Earning(
        rules=(Earn(name="review", points=5, on=Trigger.REVIEW, often=Often(times=1)),)
    ).decide(review, at=day(11), known=Known(before))
    assert refused == Declined((TooOften("review"),))


def test_nothing_is_said_why() -> None:
    assert Earning(rules=()).decide(deed(order(line("1.00"))), at=day(1)) == Declined((NoRule(),))
    less = Earning(rules=(BASE,)).decide(deed(order(line("0.99"))), at=day(1))
    assert less == Declined((LessThanOne(),))
    early = Earning(rules=(BASE,)).decide(deed(order(line("9.00"), on=2)), at=day(1))
    assert early == Declined((LessThanOne(),))


def test_fixed_points_need_something_left_of_the_lines_meant() -> None:
    earning = Earning(rules=(Earn(name="knife", points=7, selection=Selection(skus=("sku-l1",))),))
    bought = order(line("10.00"), line("10.00", "l2"))
    assert points(earning, deed(bought)) == 7
    assert points(earning, deed(bought, refund("10.00", "l1"))) == 0
    assert points(earning, deed(order(line("10.00", "l2")))) == 0


def test_shares_add_up_to_what_is_given() -> None:
    half = Selection(skus=("sku-l1",))
    rules = (
        Earn(name="a", points=1, per=ONE, selection=half),
        Earn(name="b", points=1, per=ONE),
    )
    decision = Earning(rules=rules).decide(deed(order(line("1.75"), line("0.00", "l2"))), at=day(1))
    assert isinstance(decision, Granted)
    assert decision.value.points == 3
    assert sum(share.points for share in decision.value.shares) == 3


def test_rules_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(InvalidProgramme, match="one point or more"):
        Earn(name="a", points=0)
    with pytest.raises(InexactPoints):
        Earn(name="a", points=1.5)  # type: ignore[arg-type]  # the point
    with pytest.raises(InvalidProgramme, match="amount above zero"):
        Earn(name="a", points=1, per=eur("0"))
    with pytest.raises(InexactPoints, match="a Decimal for a multiplier"):
        Boost(name="a", factor=1.1)  # type: ignore[arg-type]  # the point
    with pytest.raises(InvalidProgramme, match="zero or more"):
        Boost(name="a", factor=Decimal("NaN"))
    with pytest.raises(InvalidProgramme, match="a name of its own, got base, base"):
        Earning(rules=(BASE, BASE))
    with pytest.raises(InvalidProgramme, match="most is one or more"):
        Cap(most=0)


def test_deeds_are_found_in_a_history() -> None:
    first, second, later = (
        order(line("5.00"), id="1"),
        order(line("5.00"), id="2", on=2),
        order(line("5.00"), id="3", on=4),
    )
    gone = evolve(first, refunds=(refund("5.00"),))
    unpaid = evolve(order(line("5.00"), id="4", on=5), payments=())
    history = History.of(
        gone,
        second,
        later,
        unpaid,
        ReviewPosted(id="r", at=day(6), product="k"),
        SurveyAnswered(id="s1", at=day(7), survey="nps", order="1", score=9),
        SurveyAnswered(id="s2", at=day(8), survey="nps", order="1", text="good"),
        SurveyAnswered(id="s3", at=day(9), survey="nps"),
        SignedUp(id="n", at=day(10), what="newsletter"),
        SocialFollowed(id="f1", at=day(11), network="pictures"),
        SocialFollowed(id="f2", at=day(12), network="pictures"),
        ContentShared(id="c", at=day(13), url="https://example.com/p", place="pictures"),
        AccountCreated(id="a", at=day(14), account="A1"),
        Referred(id="x", at=day(15), friend="B"),
    )
    found = deeds(history)
    assert [(each.key, each.number) for each in found] == [
        ("order:1", 1),
        ("order:2", 2),
        ("order:3", 2),
        ("review:r", 0),
        ("survey:nps:1", 0),
        ("survey:nps", 0),
        ("sign_up:newsletter", 0),
        ("follow:pictures", 0),
        ("content:c", 0),
        ("account:A1", 0),
        ("referral:B", 0),
    ]
    assert found[4].at == day(7)
    joined = Earning(rules=(Earn(name="news", points=20, on=Trigger.SIGN_UP, what="newsletter"),))
    assert [points(joined, each) for each in found if each.trigger is Trigger.SIGN_UP] == [20]
    other = Earning(rules=(Earn(name="news", points=20, on=Trigger.SIGN_UP, what="alerts"),))
    assert points(other, found[6]) == 0
