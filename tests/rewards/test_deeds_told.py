"""What was done, by whom, and what it brought: every value in full."""

from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from attrs import evolve

from members import START, day, order
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
from postpurchase.domain.money import Money
from postpurchase.domain.offer import FreeShipping, Invitation, StoreCredit
from postpurchase.domain.order import Line, Order, Payment, Refund
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.rewards import (
    Award,
    Boost,
    ContentThanks,
    Deed,
    Earn,
    Earning,
    Member,
    MemberOf,
    MembershipCancelled,
    MembershipStarted,
    Plan,
    Recognition,
    Referral,
    ReferralCase,
    Renewal,
    Standing,
    Thanks,
    TierAtLeast,
    TierIs,
    Trigger,
    deeds,
    seating,
)
from postpurchase.rewards.content import Spoke
from postpurchase.rewards.earning import Share
from postpurchase.rewards.membership import LastsUntil, RenewsAt, SpendMoreForShipping
from postpurchase.rewards.referral import FriendSpendsMore, SamePerson, mailbox
from postpurchase.rewards.standing import InTier
from postpurchase.rewards.why import BoostedBy, EarnedBy, NotMeant, shown
from till import eur

TICK = timedelta(microseconds=1)


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
        SurveyAnswered(id="t", at=day(2.1), survey="nps:1"),
        SurveyAnswered(id="u", at=day(2.2), survey="nps"),
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
        Deed(trigger=Trigger.SURVEY, id="nps%3A1", at=day(2.1), what="nps:1"),
        Deed(trigger=Trigger.SURVEY, id="nps", at=day(2.2), what="nps"),
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
