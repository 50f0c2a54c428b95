"""Every bound from both sides, every value in full, and what is refused with its words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    AccountCreated,
    ContentShared,
    InvitationAnswered,
    Referred,
    ReviewPosted,
    SignedUp,
    SocialFollowed,
    SurveyAnswered,
)
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import FreeShipping, Invitation, StoreCredit
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.order import Shipping as Sending
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.errors import (
    IdempotencyConflict,
    InexactPoints,
    InvalidMoment,
    InvalidProgramme,
)
from postpurchase.rewards import (
    After,
    Award,
    Basis,
    Boost,
    Budget,
    Budgets,
    Cap,
    ContentThanks,
    Deed,
    Difference,
    Earn,
    Earning,
    Entry,
    EntryKind,
    LedgerState,
    Member,
    MemberOf,
    MembershipCancelled,
    MembershipStarted,
    Often,
    Part,
    PartnerPerk,
    Plan,
    Programme,
    Recognition,
    Redemption,
    Referral,
    ReferralCase,
    Renewal,
    Request,
    Reward,
    Round,
    RoundTo,
    RuleCost,
    RuleMonth,
    SimulatedMonth,
    Simulation,
    Standing,
    Terms,
    Thanks,
    TierAtLeast,
    TierIs,
    Trigger,
    allocated,
    compared,
    cost_by_rule,
    deeds,
    fold,
    liability,
    redemption_rate,
    seating,
    simulate,
)
from postpurchase.rewards.content import Spoke
from postpurchase.rewards.earning import Share
from postpurchase.rewards.membership import LastsUntil, RenewsAt, SpendMoreForShipping
from postpurchase.rewards.referral import FriendSpendsMore, SamePerson, mailbox
from postpurchase.rewards.standing import InTier
from postpurchase.rewards.store import countable, unwritten
from postpurchase.rewards.why import BoostedBy, EarnedBy, NotMeant, shown

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def order(amount: str, on: float = 0, id: str = "1", *refunds: Refund) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=day(on), amount=eur(amount)),),
        refunds=refunds,
    )


# ---------------------------------------------------------------- what of an order earns

SENT = Order(
    id="1",
    at=START,
    currency="EUR",
    lines=(Line(id="l1", unit_price=eur("20.00"), quantity=2),),
    shipping=(Sending(price=eur("5.00")),),
)
ALL = Basis(counts=frozenset(Part))


def refund(amount: str, *, line: str = "0.00", shipping: str | None = None) -> Refund:
    return Refund(
        id="r",
        at=day(1),
        amount=eur(amount),
        lines=(RefundLine(line="l1", quantity=0, amount=eur(line)),),
        shipping=None if shipping is None else eur(shipping),
    )


@pytest.mark.parametrize(
    ("back", "left"),
    [
        (refund("2.00", shipping="2.00"), 4300),
        (refund("5.00", shipping="5.00"), 4000),
        (refund("7.00", shipping="7.00"), 4000),
        (refund("12.00", line="10.00", shipping="2.00"), 3300),
        (refund("44.99", line="40.00", shipping="4.99"), 1),
        (refund("45.00", line="40.00", shipping="5.00"), 0),
        (refund("50.00", line="45.00", shipping="5.00"), 0),
        (refund("9.00"), 3600),
        (refund("13.50", line="10.00", shipping="2.00"), 3150),
    ],
)
def test_what_went_back_earns_nothing_to_the_minor_unit(back: Refund, left: int) -> None:
    assert ALL.of(SENT, (back,)) == left


def test_a_share_that_is_left_is_exact() -> None:
    back = refund("10.00", line="9.99", shipping="0.00")
    assert ALL.of(SENT, (back,)) == Fraction(3501) * (1 - Fraction(1, 3501))
    one = Cancellation(id="c", at=day(1), lines=Pairs({"l1": 1}))
    assert ALL.of(evolve(SENT, cancellations=(one,))) == 2500
    nothing = evolve(SENT, lines=(Line(id="l1", unit_price=eur("0.00")),), shipping=())
    assert ALL.of(nothing) == 0
    assert Basis(counts=frozenset({Part.SHIPPING})).of(evolve(SENT, shipping=())) == 4000


# ---------------------------------------------------------------- rounding and limits


@pytest.mark.parametrize(
    ("rounding", "whole"),
    [(Round.FLOOR, (2, 2, 2, 3)), (Round.NEAREST, (2, 2, 3, 3)), (Round.CEILING, (2, 3, 3, 3))],
)
def test_a_part_of_a_point_becomes_what_is_named(rounding: Round, whole: tuple[int, ...]) -> None:
    exact = (Fraction(2), Fraction(9, 4), Fraction(5, 2), Fraction(3))
    assert tuple(rounding.of(each) for each in exact) == whole


def test_the_least_that_is_allowed_is_allowed() -> None:
    assert Earn(name="a", points=1, per=eur("0.01")).points == 1
    assert Boost(name="none", factor=Decimal(0)).factor == 0
    assert Boost(name="half", factor=Decimal("0.5")).factor < 1
    assert Cap(most=1).most == Often(times=1).times == 1
    assert Reward(name="r", cost=1, offer=FreeShipping(), most=1).most == 1
    assert Plan(name="p", fee=eur("0.01"), months=1).months == 1
    perk = PartnerPerk(perk=None, when=TierIs("gold"), times=1)  # type: ignore[arg-type]  # not asked
    assert perk.times == 1
    countable(1)


@pytest.mark.parametrize("factor", [1.5, 2])
def test_a_multiplier_is_exact(factor: float) -> None:
    with pytest.raises(InexactPoints, match=f"multipliers exact, got {factor}: pass"):
        Boost(name="b", factor=factor)  # type: ignore[arg-type]  # what is refused


def test_points_are_whole_wherever_they_are_stated() -> None:
    worth = eur("1.00")
    for make in (
        lambda: Earn(name="a", points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Cap(most=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Often(times=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, minimum=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, most=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Request(total=worth, points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Reward(name="r", cost=1.5, offer=FreeShipping()),  # type: ignore[arg-type]  # what is refused
    ):
        with pytest.raises(InexactPoints, match=r"got 1\.5: pass an int"):
            make()


def test_what_cannot_be_meant_is_refused_with_its_name() -> None:
    free = FreeShipping()
    for make, words in (
        (lambda: Reward(name="mug", cost=0, offer=free), r"mug: cost is one or more, got 0: leave"),
        (lambda: Reward(name="mug", cost=9, most=0, offer=free), r"mug: most is one or more, got"),
        (lambda: Often(times=0), r"a limit: times is one or more, got 0: leave the rule out"),
        (
            lambda: Plan(name="p", fee=eur("1"), months=0),
            r"^Plan: a period has a month or more, got 0: use 12 for a year$",
        ),
        (
            lambda: Redemption(worth=eur("1"), most=Decimal("NaN")),
            r"Redemption: points pay for more than 0 and at most 100 per cent, got NaN: use",
        ),
        (lambda: countable(0), r"a limit: one or more is used at a time, got 0: release what is"),
    ):
        with pytest.raises(InvalidProgramme, match=words):
            make()
    with pytest.raises(InvalidMoment, match="a datetime with a zone"):
        Earning(rules=()).decide(
            Deed(trigger=Trigger.ORDER, id="1", at=START),
            at=datetime(2026, 1, 1),  # noqa: DTZ001 - what is refused
        )


def test_a_wish_below_zero_uses_nothing() -> None:
    state = fold((Entry(key="a", kind=EntryKind.EARN, points=9, at=START),), at=START)
    pays = Redemption(worth=eur("0.01"))
    for points in (-5, 0):
        assert not pays.decide(
            Request(total=eur("9.00"), points=points), at=START, known=Known(state)
        )
    assert not pays.decide(Request(total=eur("-9.00")), at=START, known=Known(state))
    assert not pays.decide(Request(total=eur("9.00")), at=START)


def test_three_decimals_are_no_different() -> None:
    pays = Redemption(worth=Money.parse("0.005 KWD"), points=10)
    state = fold((Entry(key="a", kind=EntryKind.EARN, points=99, at=START),), at=START)
    used = pays.decide(Request(total=Money.parse("0.032 KWD")), at=START, known=Known(state))
    assert isinstance(used, Granted)
    assert (used.value.points, used.value.amount) == (60, Money.parse("0.030 KWD"))
    owed = liability([state], each=Decimal("0.0005"), redemption=Decimal(1), currency="KWD")
    assert owed.worth == Money.parse("0.050 KWD")
    yen = liability([state], each=Decimal("0.5"), redemption=Decimal(1), currency="JPY")
    assert yen.worth == Money.parse("50 JPY")


# ---------------------------------------------------------------- the breakdown


def test_a_breakdown_is_told_in_full() -> None:
    rules = (
        Earn(name="a", points=1, per=eur("4.00")),
        Earn(name="b", points=1, per=eur("3.00")),
        Earn(name="c", points=1, per=eur("100.00")),
    )
    boosts = (Boost(name="x", factor=Decimal(2)), Boost(name="y", factor=Decimal("0.5")))
    deed = Deed(trigger=Trigger.ORDER, id="1", at=START, order=order("11.00"))
    decision = Earning(rules=rules, boosts=boosts).decide(deed, at=START)
    assert decision == Granted(
        Award(
            deed="order:1",
            points=6,
            desired=6,
            shares=(
                Share("a", Fraction(11, 4), 3),
                Share("b", Fraction(11, 3), 3),
                Share("c", Fraction(11, 100), 0),
            ),
        ),
        (
            EarnedBy("a", Decimal("2.75")),
            EarnedBy("b", Decimal("3.66")),
            EarnedBy("c", Decimal("0.11")),
            BoostedBy("x", Decimal(2)),
            BoostedBy("y", Decimal("0.5")),
        ),
    )


def test_the_larger_part_of_a_point_is_rounded_up_first() -> None:
    rules = tuple(
        Earn(name=name, points=points, per=eur("10.00"))
        for name, points in (("a", 2), ("b", 9), ("c", 19))
    )
    deed = Deed(trigger=Trigger.ORDER, id="1", at=START, order=order("1.00"))
    decision = Earning(rules=rules).decide(deed, at=START)
    assert isinstance(decision, Granted)
    assert [share.points for share in decision.value.shares] == [0, 1, 2]


def test_what_is_not_meant_is_named() -> None:
    nothing = Deed(trigger=Trigger.ORDER, id="1", at=START, order=order("0.00"))
    once = Earning(rules=(Earn(name="once", points=5),))
    assert once.decide(nothing, at=START) == Declined((NotMeant("once"),))
    news = Earning(rules=(Earn(name="news", points=5, on=Trigger.SIGN_UP),))
    for what in ("", "XXXX", "newsletter"):
        assert news.decide(Deed(trigger=Trigger.SIGN_UP, id=what, at=START, what=what), at=START)


@pytest.mark.parametrize(
    ("exact", "text"),
    [("0", "0"), ("100", "100"), ("5/4", "1.25"), ("5/2", "2.5"), ("1/3", "0.33"), ("1/200", "0")],
)
def test_points_are_shown_with_two_decimals_at_most(exact: str, text: str) -> None:
    with localcontext(Context(prec=1)):
        assert str(shown(Fraction(exact))) == text


# ---------------------------------------------------------------- what was done


def test_what_was_done_says_which_and_about_what() -> None:
    facts = (
        ReviewPosted(id="v", at=day(1), product="knife"),
        SurveyAnswered(id="s", at=day(2), survey="nps", order="1"),
        SocialFollowed(id="f", at=day(3), network="photos"),
        ContentShared(
            id="c", at=day(4), url="https://example.com/c", place="photos", product="knife"
        ),
        Referred(id="r", at=day(5), friend="ben", code="ANN5"),
        AccountCreated(id="a", at=day(6), account="ann"),
        SignedUp(id="n", at=day(7), what="newsletter"),
    )
    assert deeds(History.of(*facts)) == (
        Deed(trigger=Trigger.REVIEW, id="v", at=day(1), product="knife"),
        Deed(trigger=Trigger.SURVEY, id="nps:1", at=day(2), what="nps"),
        Deed(trigger=Trigger.FOLLOW, id="photos", at=day(3), what="photos"),
        Deed(trigger=Trigger.CONTENT, id="c", at=day(4), what="photos", product="knife"),
        Deed(trigger=Trigger.REFERRAL, id="ben", at=day(5), what="ANN5"),
        Deed(trigger=Trigger.ACCOUNT, id="ann", at=day(6)),
        Deed(trigger=Trigger.SIGN_UP, id="newsletter", at=day(7), what="newsletter"),
    )


# ---------------------------------------------------------------- members, friends, guests

PLAN = Plan(name="prime", fee=eur("99.00"), minimum=eur("25.00"), perks=(FreeShipping(),))
STARTED = MembershipStarted(id="m1", at=START, plan="prime")


def test_a_membership_is_told_in_full() -> None:
    member = PLAN.decide(History.of(STARTED), at=day(1))
    assert isinstance(member, Granted)
    assert member.value == Member(
        plan="prime",
        membership="m1",
        since=START,
        period=0,
        starts=START,
        ends=datetime(2027, 1, 31, tzinfo=UTC),
        fee_due=eur("99.00"),
        perks=(FreeShipping(),),
    )


def test_rules_say_what_they_found() -> None:
    decision = PLAN.decide(History.of(STARTED), at=day(1))
    assert isinstance(decision, Granted)
    member, renews = decision.value, RenewsAt(decision.value.ends)
    for plan, verdict in (("prime", Verdict.YES), ("other", Verdict.NO)):
        belongs = MemberOf(plan)
        assert belongs.check(Known(member)) == Finding(belongs, verdict, renews)
        assert belongs.check(Known()) == Finding(belongs, Verdict.UNKNOWN)
    standing = Standing(
        tier="gold", tiers=("silver", "gold"), since=None, value=0, earned="gold", until=None
    )
    rules: tuple[tuple[Rule, Verdict], ...] = (
        (TierIs("gold"), Verdict.YES),
        (TierIs("silver"), Verdict.NO),
        (TierAtLeast("silver"), Verdict.YES),
        (TierAtLeast("platinum"), Verdict.NO),
    )
    for asked, verdict in rules:
        assert asked.check(Known(standing)) == Finding(asked, verdict, InTier("gold"))
        assert asked.check(Known()) == Finding(asked, Verdict.UNKNOWN)


def test_an_order_at_the_very_start_or_end_has_used_the_membership() -> None:
    cancelled = MembershipCancelled(id="x", at=day(20), membership="m1")
    for on, fee in ((0, "0.00"), (20, "0.00"), (-1, "99.00"), (21, "99.00")):
        history = History.of(STARTED, cancelled, order("25.00", on))
        assert PLAN.returned(STARTED, history) == eur(fee)


def test_what_has_run_out_cannot_be_cancelled() -> None:
    once = evolve(PLAN, renewal=Renewal.NONE)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    late = History.of(STARTED, MembershipCancelled(id="x", at=ends, membership="m1"))
    assert not once.decide(late, at=ends + timedelta(days=1))
    assert once.returned(STARTED, late) == eur("0.00")
    last = History.of(STARTED, MembershipCancelled(id="x", at=ends - TICK, membership="m1"))
    assert once.returned(STARTED, last) == eur("99.00")
    used = last.add(order("25.00", 5))
    decision = once.decide(used, at=ends - TICK)
    assert isinstance(decision, Granted)
    assert decision.reasons == (LastsUntil(ends),)


def test_the_least_that_is_missing_is_told() -> None:
    assert PLAN.ships_free(order("24.99")) == Declined((SpendMoreForShipping(eur("0.01")),))
    pays = PLAN.pays_from(shipping=eur("0.01"), costs=eur("2.01"), margin=eur("2.00"))
    assert (pays.customer, pays.shop, pays.saved_each) == (9900, 9900, eur("0.01"))


CASE = ReferralCase(
    advocate=Customer(id="A", at=START, email="ann@example.com", account="one"),
    friend=Customer(id="B", at=START, email="ben@example.com"),
    brought_at=day(0),
    order=order("30.00", 2),
    delivered_at=day(5),
)
FRIENDS = Referral(
    advocate=StoreCredit(amount=eur("10.00")),
    friend=StoreCredit(amount=eur("5.00")),
    minimum=eur("30.00"),
)


def test_a_friends_order_counts_as_it_is_left_and_in_its_currency() -> None:
    def missing(case: ReferralCase) -> tuple[object, ...]:
        decision = FRIENDS.decide(case, at=day(99))
        return () if decision else decision.reasons

    assert missing(evolve(CASE, order=order("29.99", 2))) == (FriendSpendsMore(eur("0.01")),)
    back = Refund(id="r", at=day(6), amount=eur("0.50"))
    refunded = evolve(CASE, order=order("30.00", 2, "1", back))
    assert missing(refunded) == (FriendSpendsMore(eur("0.50")),)
    yen = Money.parse("5000 JPY")
    abroad = Order(
        id="1",
        at=day(2),
        currency="JPY",
        lines=(Line(id="l1", unit_price=yen),),
        payments=(Payment(id="p", at=day(2), amount=yen),),
    )
    assert missing(evolve(CASE, order=abroad)) == (FriendSpendsMore(eur("30.00")),)
    same = evolve(CASE, friend=evolve(CASE.friend, account="one"))
    assert missing(same) == (SamePerson("account"),)


@pytest.mark.parametrize(
    ("email", "compared_as"),
    [
        (None, ""),
        ("nobody", ""),
        (" Ann+News@Example.COM ", "ann@example.com"),
        ("+a@example.com", "+a@example.com"),
        ('"a@b"@example.com', '"a@b"@example.com'),
        ('"a@b+c"@example.com', '"a@b@example.com'),
        ("ann+one+two@example.com", "ann@example.com"),
    ],
)
def test_addresses_are_compared_as_one_mailbox(email: str | None, compared_as: str) -> None:
    assert mailbox(email) == compared_as


def test_where_seats_are_not_counted_nobody_waits() -> None:
    yes = InvitationAnswered(id="1", at=START, event="tasting", coming=True)
    seats = seating(Invitation(name="tasting"), [("ann", yes)])
    assert (seats.coming, seats.waiting, seats.free) == (("ann",), (), None)


def test_thanks_are_told_in_full() -> None:
    shared = ContentShared(id="c", at=START, url="https://example.com/c", consent="ok")
    consent = Consent(id="ok", at=START, channel=None, state=ConsentState.GRANTED)
    for gives in (Recognition(where="our page"), StoreCredit(amount=eur("5.00"))):
        thanks = ContentThanks(gives=gives, disclosure="Rewarded.")
        decision = thanks.decide(History.of(shared, consent), at=START, id="c")
        assert decision == Granted(
            Thanks(key="thanks:c", gives=gives, disclosure="Rewarded.", may_show="ok"), (Spoke(),)
        )


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


# ---------------------------------------------------------------- terms and stores


@pytest.mark.parametrize(
    ("month", "on", "last"),
    [(1, 31, (6, 30)), (6, 30, (6, 30)), (7, 1, (12, 31)), (8, 31, (12, 31)), (12, 31, (12, 31))],
)
def test_a_half_year_ends_in_june_or_december(month: int, on: int, last: tuple[int, int]) -> None:
    assert RoundTo.HALF_YEAR.last_day(date(2026, month, on)) == date(2026, *last)


def test_points_that_stay_alive_for_two_days_may_be_idle() -> None:
    assert After(Duration(days=1)).ends(START, UTC) == datetime(2026, 2, 2, tzinfo=UTC)


def test_of_some_entries_those_that_are_new_are_written() -> None:
    one = Entry(key="a", kind=EntryKind.EARN, points=1, at=START)
    two, three = evolve(one, key="b"), evolve(one, key="c")
    assert unwritten((one, two, two, three), {"a": one}) == (two, three)
    other = evolve(two, points=2)
    for entries, written in (((other,), {"b": two}), ((two, other), {"a": one})):
        with pytest.raises(IdempotencyConflict) as caught:
            unwritten(entries, written)
        assert caught.value.key == "b"
        assert str(caught.value).startswith(f"'b' already stands for {two!r}, got {other!r}: ")
