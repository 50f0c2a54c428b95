"""Memberships, perks, friends, events, thanks, and what it all costs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    ContentShared,
    InvitationAnswered,
    ReviewPosted,
    SignedUp,
    SocialFollowed,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, FreeShipping, Invitation, Percent, Perk, StoreCredit
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known, NotKnown, Verdict
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards import (
    AskForReferral,
    Budget,
    Budgets,
    Cap,
    ContentThanks,
    Earn,
    Earning,
    Entitlement,
    Entry,
    EntryKind,
    Every,
    FeeBack,
    Guests,
    Ledger,
    MayAsk,
    MemberOf,
    MembershipCancelled,
    MembershipStarted,
    Occasions,
    PartnerPerk,
    PerkCodes,
    Plan,
    Programme,
    Recognition,
    Referral,
    ReferralCase,
    ReferralReward,
    Renewal,
    Short,
    Simulation,
    Standing,
    TierAtLeast,
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
    seating,
    simulate,
)
from postpurchase.rewards.content import NoRights, NotTheirs, Spoke, ThankedBefore
from postpurchase.rewards.gathering import (
    AlreadyAnswered,
    Belongs,
    Follows,
    FullyTaken,
    Joined,
    NotInvited,
    Past,
)
from postpurchase.rewards.membership import (
    EndedAt,
    LastsUntil,
    NeverJoined,
    NoFreeShipping,
    ReachedMinimum,
    RenewsAt,
    SpendMoreForShipping,
)
from postpurchase.rewards.perk import Entitled, HadAll, NoCodes, NotOffered
from postpurchase.rewards.referral import (
    AdvocateLimit,
    FriendSpendsMore,
    FriendStayed,
    HappyWith,
    HasATicket,
    NoGoodSignal,
    NotFirst,
    NothingBoughtYet,
    OrderUndone,
    ReferralEnded,
    ReferredBefore,
    SamePerson,
    StillReturnable,
)
from postpurchase.rewards.tier import InTier

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def order(amount: str, on: float = 0, id: str = "1", *refunds: Refund) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=day(on), amount=eur(amount)),),
        refunds=refunds,
    )


# ---------------------------------------------------------------- membership


PLAN = Plan(name="prime", fee=eur("99.00"), minimum=eur("25.00"))
STARTED = MembershipStarted(id="m1", at=START, plan="prime")


def cancelled(on: float) -> MembershipCancelled:
    return MembershipCancelled(id="x", at=day(on), membership="m1")


def test_a_membership_lasts_a_year_and_renews() -> None:
    member = PLAN.decide(History.of(STARTED), at=day(10))
    assert isinstance(member, Granted)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    assert (member.value.starts, member.value.ends) == (START, ends)
    assert (member.value.period, member.value.fee_due) == (0, eur("99.00"))
    assert member.reasons == (RenewsAt(ends),)
    next_year = PLAN.decide(History.of(STARTED), at=ends)
    assert isinstance(next_year, Granted)
    assert (next_year.value.period, next_year.value.starts) == (1, ends)
    nobody = Declined((NeverJoined("prime"),))
    assert PLAN.decide(History.of(), at=day(1)) == nobody
    assert PLAN.decide(History.of(evolve(STARTED, plan="other")), at=day(1)) == nobody
    assert PLAN.decide(History.of(STARTED), at=day(-1)) == nobody


def test_months_are_counted_from_the_day_of_joining() -> None:
    monthly = evolve(PLAN, months=1)
    ends = []
    for at in (0, 30, 60):
        member = monthly.decide(History.of(STARTED), at=day(at))
        assert isinstance(member, Granted)
        ends.append(member.value.ends.date())
    assert ends == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_without_renewal_it_ends() -> None:
    once = evolve(PLAN, renewal=Renewal.NONE)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    member = once.decide(History.of(STARTED), at=day(1))
    assert isinstance(member, Granted)
    assert member.value.fee_due is None
    assert member.reasons == (LastsUntil(ends),)
    assert once.decide(History.of(STARTED), at=ends) == Declined((EndedAt("prime", ends),))
    again = MembershipStarted(id="m2", at=ends, plan="prime")
    assert once.decide(History.of(STARTED, again), at=ends)


def test_an_unused_period_is_paid_back_whole() -> None:
    unused = History.of(STARTED, cancelled(20), order("9.00", 5))
    assert PLAN.returned(STARTED, unused) == eur("99.00")
    assert PLAN.decide(unused, at=day(20)) == Declined((EndedAt("prime", day(20)),))
    assert PLAN.decide(unused, at=day(19))
    used = History.of(STARTED, cancelled(20), order("25.00", 5))
    assert PLAN.returned(STARTED, used) == eur("0.00")
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    member = PLAN.decide(used, at=day(21))
    assert isinstance(member, Granted)
    assert member.reasons == (LastsUntil(ends),)
    assert PLAN.returned(STARTED, History.of(STARTED)) == eur("0.00")


def test_a_fee_comes_back_as_stated() -> None:
    history = History.of(STARTED, cancelled(64))
    rata = evolve(PLAN, fee_back=FeeBack.PRO_RATA, fee=eur("365.00"))
    assert rata.returned(STARTED, history) == eur("300.00")
    none = evolve(PLAN, fee_back=FeeBack.NOTHING)
    assert none.returned(STARTED, history) == eur("0.00")
    assert none.decide(history, at=day(65))


def test_shipping_is_free_from_the_minimum_on() -> None:
    assert PLAN.ships_free(order("25.00")) == Granted(
        FreeShipping(minimum=eur("25.00")), (ReachedMinimum(eur("25.00")),)
    )
    assert PLAN.ships_free(order("17.00")) == Declined((SpendMoreForShipping(eur("8.00")),))
    assert evolve(PLAN, minimum=None).ships_free(order("99.00")) == Declined(
        (NoFreeShipping("prime"),)
    )
    dollars = evolve(PLAN, minimum=Money.parse("25.00 USD"))
    assert not dollars.ships_free(order("99.00"))


def test_a_membership_pays_from_so_many_orders_on() -> None:
    pays = PLAN.pays_from(shipping=eur("4.95"), costs=eur("6.00"), margin=eur("2.00"))
    assert (pays.customer, pays.shop) == (20, 24)
    good = PLAN.pays_from(shipping=eur("5.00"), costs=eur("6.00"), margin=eur("6.00"))
    assert (good.customer, good.shop) == (20, None)
    with pytest.raises(InvalidProgramme, match="pays for shipping"):
        PLAN.pays_from(shipping=eur("0"), costs=eur("1"), margin=eur("1"))
    with pytest.raises(InvalidProgramme, match="a fee above zero"):
        evolve(PLAN, fee=eur("0"))


def test_rules_see_a_membership() -> None:
    member = PLAN.decide(History.of(STARTED), at=day(1))
    assert isinstance(member, Granted)
    assert MemberOf("prime").check(Known(member.value))
    assert MemberOf("other").check(Known(member.value)).verdict is Verdict.NO
    assert MemberOf("prime").check(Known()).verdict is Verdict.UNKNOWN


# ---------------------------------------------------------------- perks of partners


SPA = PartnerPerk(perk=Perk(name="spa", partner="Calm Waters"), when=TierAtLeast("gold"), times=2)
GOLD = Standing(
    tier="gold", tiers=("silver", "gold"), since=None, value=0, earned="gold", until=None
)
HER = History.of(Customer(id="C1", at=START))


def test_gold_gets_the_spa_with_a_code_of_its_own() -> None:
    codes = PerkCodes(("A", "B", "C"))
    decision = SPA.decide(HER, at=day(1), known=Known(GOLD, codes))
    key = "perk:spa:C1:2026-12-31:1"
    ends = Duration(months=3).after(day(1), UTC)
    perk = Perk(name="spa", partner="Calm Waters", code="A", starts=day(1), ends=ends)
    assert decision == Granted(Entitlement(key=key, perk=perk), (Entitled("spa", 1, 2),))
    once = PerkCodes(codes.free, Pairs({key: "A", "perk:spa:C9:2026-12-31:1": "B"}))
    second = SPA.decide(HER, at=day(9), known=Known(GOLD, once))
    assert isinstance(second, Granted)
    assert (second.value.key[-1], second.value.perk.code) == ("2", "C")
    twice = PerkCodes(codes.free, Pairs({key: "A", second.value.key: "C"}))
    assert SPA.decide(HER, at=day(9), known=Known(GOLD, twice)) == Declined((HadAll("spa", 2),))
    assert SPA.decide(HER, at=day(340), known=Known(GOLD, twice))


def test_a_perk_says_why_not() -> None:
    silver = evolve(GOLD, tier="silver", tiers=("silver",))
    assert SPA.decide(HER, at=day(1), known=Known(silver)) == Declined((InTier("silver"),))
    assert SPA.decide(HER, at=day(1)) == Declined((NotKnown("TierAtLeast"),))
    assert SPA.decide(History.of(), at=day(1), known=Known(GOLD)) == Declined((NoCodes("spa"),))
    over = evolve(SPA, perk=evolve(SPA.perk, ends=day(10)), every=Every.EVER)
    soon = over.decide(HER, at=day(9), known=Known(GOLD, PerkCodes(("A",))))
    assert isinstance(soon, Granted)
    assert (soon.value.perk.ends, soon.value.key) == (day(10), "perk:spa:C1::1")
    assert over.decide(HER, at=day(10), known=Known(GOLD)) == Declined((NotOffered("spa"),))
    with pytest.raises(InvalidProgramme, match="once or more"):
        evolve(SPA, times=0)


# ---------------------------------------------------------------- friends


FRIENDS = Referral(
    advocate=StoreCredit(amount=eur("10.00")),
    friend=Coupon(code="HELLO", off=Percent(Decimal(10))),
    minimum=eur("30.00"),
    most=3,
    ends=day(100),
    within=Duration(days=30),
    window=Duration(days=14),
)
CASE = ReferralCase(
    advocate=Customer(id="A", at=START, email="ann@example.com", phone="+1"),
    friend=Customer(id="B", at=START, email="ben@example.com", phone="+2"),
    brought_at=day(0),
    order=order("30.00", 2),
    delivered_at=day(5),
)


def test_both_sides_get_something_once_the_order_stays() -> None:
    decision = FRIENDS.decide(CASE, at=day(19))
    assert decision == Granted(
        ReferralReward(
            advocate_key="referral:advocate:A:B",
            advocate=FRIENDS.advocate,
            friend_key="referral:friend:A:B",
            friend=FRIENDS.friend,
        ),
        (FriendStayed("1"),),
    )
    assert FRIENDS.decide(CASE, at=day(18)) == Declined((StillReturnable(),))
    assert FRIENDS.reversed(CASE) == ()


def test_a_referral_is_guarded() -> None:
    back = Refund(id="r", at=day(20), amount=eur("30.00"))
    gone = evolve(CASE, order=order("30.00", 2, "1", back))
    off = evolve(CASE, order=evolve(order("30"), cancellations=(Cancellation(id="c", at=day(3)),)))
    alias = evolve(CASE.friend, email=" Ann+two@Example.com")
    for case, reasons in (
        (evolve(CASE, friend=alias), (SamePerson("e-mail"),)),
        (evolve(CASE, friend=CASE.advocate), tuple(map(SamePerson, ("id", "e-mail", "phone")))),
        (evolve(CASE, in_common=("device",)), (SamePerson("device"),)),
        (evolve(CASE, by_others=1), (ReferredBefore(),)),
        (evolve(CASE, brought_at=day(100), order=order("30.00", 101)), (ReferralEnded(day(100)),)),
        (evolve(CASE, by_advocate=3), (AdvocateLimit(3),)),
        (evolve(CASE, number=2), (NotFirst(),)),
        (evolve(CASE, order=None), (NothingBoughtYet(),)),
        (evolve(CASE, order=order("22.00", 2)), (FriendSpendsMore(eur("8.00")),)),
        (evolve(CASE, order=order("30.00", 30)), (ReferralEnded(day(30)),)),
        (gone, (OrderUndone(),)),
        (off, (OrderUndone(),)),
        (evolve(CASE, delivered_at=None), (StillReturnable(),)),
    ):
        assert FRIENDS.decide(case, at=day(200)) == Declined(reasons)
    both = evolve(CASE, by_others=1, order=None)
    assert FRIENDS.decide(both, at=day(200)).reasons == (ReferredBefore(), NothingBoughtYet())
    assert FRIENDS.reversed(gone) == ("referral:advocate:A:B", "referral:friend:A:B")
    assert FRIENDS.reversed(evolve(CASE, order=None)) == ()
    free = Referral(advocate=FRIENDS.advocate, friend=FRIENDS.friend)
    nameless = evolve(CASE, friend=Customer(id="B", at=START), order=order("1.00", 99))
    assert free.decide(nameless, at=day(200))


def asked(*facts: Fact, at: float = 10) -> Granted[MayAsk] | Declined:
    return AskForReferral().decide(History.of(*facts), at=day(at))


def test_a_referral_is_asked_for_only_after_a_good_signal() -> None:
    review = ReviewPosted(id="r", at=day(1), rating=4)
    score = SurveyAnswered(id="s", at=day(2), survey="nps", score=9)
    poor = SurveyAnswered(id="t", at=day(3), survey="nps", score=3)
    words = SurveyAnswered(id="u", at=day(4), survey="nps", text="fine")
    silent = ReviewPosted(id="v", at=day(5))
    nothing = Declined((NoGoodSignal(),))
    assert asked(review) == Granted(MayAsk("r"), (HappyWith("review", 4, 5),))
    assert asked(review, score, words, silent) == Granted(MayAsk("s"), (HappyWith("nps", 9, 10),))
    assert asked(review, score, poor) == nothing
    assert asked() == asked(silent) == nothing
    assert asked(review, at=31) == nothing
    opened = TicketOpened(id="T1", at=day(4))
    assert asked(review, opened) == Declined((HasATicket("T1"),))
    assert asked(review, opened, TicketClosed(id="c", at=day(5), ticket="T1"))


# ---------------------------------------------------------------- events


TASTING = Invitation(name="tasting", seats=2, held_at=day(50))


def answer(on: float, *, coming: bool = True, event: str = "tasting") -> InvitationAnswered:
    return InvitationAnswered(id=f"{on}{event}", at=day(on), event=event, coming=coming)


def test_seats_go_to_the_first_who_come() -> None:
    answers = [
        ("D", answer(4)),
        ("A", answer(1)),
        ("B", answer(2)),
        ("C", answer(3)),
        ("A", answer(5, coming=False)),
        ("B", answer(6)),
        ("A", answer(7)),
        ("Z", answer(1, event="other")),
        ("Y", answer(1, coming=False)),
    ]
    seats = seating(TASTING, answers)
    assert (seats.coming, seats.waiting, seats.free) == (("B", "C"), ("D", "A"), 0)
    assert seating(TASTING, answers[:2]).free == 0
    assert seating(TASTING, answers[:1]).free == 1
    open_to_all = seating(evolve(TASTING, seats=None), answers)
    assert (len(open_to_all.coming), open_to_all.free) == (4, None)


def test_an_invitation_is_for_some_or_for_those_who_follow() -> None:
    guests = Guests(
        invitation=TASTING,
        when=TierAtLeast("gold"),
        follows=("pictures",),
        sign_ups=("newsletter",),
    )
    follows = SocialFollowed(id="f", at=day(1), network="pictures")
    joined = SignedUp(id="s", at=day(2), what="newsletter")

    def decided(*facts: Fact, known: Known = NOTHING, at: float = 5) -> object:
        return guests.decide(History.of(*facts), at=day(at), known=known)

    gold = Known(GOLD)
    assert decided(known=gold) == Granted(TASTING, (Belongs(), InTier("gold")))
    assert decided(follows, joined) == Granted(TASTING, (Follows("pictures"), Joined("newsletter")))
    assert decided(joined, at=1) == Declined(
        (NotKnown("TierAtLeast"), NotInvited(("pictures", "newsletter")))
    )
    full = seating(TASTING, [("A", answer(1)), ("B", answer(2))])
    assert decided(follows, known=Known(full)) == Declined((FullyTaken(2),))
    other = evolve(full, event="other")
    assert decided(follows, known=Known(other))
    assert decided(follows, answer(2)) == Declined((AlreadyAnswered(),))
    assert decided(follows, at=50) == Declined((Past(),))
    later = evolve(guests, invitation=evolve(TASTING, held_at=None, starts=day(9)))
    assert later.decide(History.of(follows), at=day(5)) == Declined((Past(),))
    assert later.decide(History.of(follows), at=day(9))
    for few, reasons in (
        (Guests(invitation=TASTING), (NotInvited(()),)),
        (Guests(invitation=TASTING, when=TierAtLeast("gold")), (NotKnown("TierAtLeast"),)),
    ):
        assert few.decide(History.of(), at=day(5)) == Declined(reasons)


# ---------------------------------------------------------------- thanks


THANKS = ContentThanks(
    gives=Coupon(code="THANKS", off=Percent(Decimal(10))),
    disclosure="The writer received a coupon.",
)


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5, None])
def test_thanks_are_for_a_review_never_for_praise(stars: int | None) -> None:
    review = ReviewPosted(id="r", at=day(1), rating=stars)
    decision = THANKS.decide(History.of(review), at=day(2), id="r")
    assert isinstance(decision, Granted)
    assert decision.value.key == "thanks:r"
    assert decision.value.disclosure == "The writer received a coupon."
    assert decision.reasons == (Spoke(),)


def test_thanks_are_given_only_so_often_and_only_for_what_is_there() -> None:
    one = ReviewPosted(id="r", at=day(1))
    two = ContentShared(id="c", at=day(2), url="https://example.com/p")
    history = History.of(one, two)
    assert THANKS.decide(history, at=day(3), id="r")
    assert THANKS.decide(history, at=day(3), id="c") == Declined((ThankedBefore(1),))
    assert evolve(THANKS, times=2).decide(history, at=day(3), id="c")
    assert THANKS.decide(History.of(one, evolve(two, at=day(40))), at=day(41), id="c")
    assert THANKS.decide(history, at=day(0), id="r") == Declined((NotTheirs(),))
    with pytest.raises(InvalidProgramme, match="told beside it"):
        evolve(THANKS, disclosure=" ")


def test_being_mentioned_needs_the_right_to_show_it() -> None:
    mention = evolve(THANKS, gives=Recognition(where="front page"))
    shared = ContentShared(id="c", at=day(2), url="https://example.com/p", consent="k")
    consent = Consent(id="k", at=day(2), channel=None, state=ConsentState.GRANTED)
    decision = mention.decide(History.of(shared, consent), at=day(3), id="c")
    assert isinstance(decision, Granted)
    assert decision.value.may_show == "k"
    withdrawn = evolve(consent, state=ConsentState.WITHDRAWN, recorded_at=day(4))
    after = History.of(shared, consent, withdrawn)
    assert mention.decide(after, at=day(5), id="c") == Declined((NoRights(),))
    assert mention.decide(History.of(shared), at=day(3), id="c") == Declined((NoRights(),))
    review = ReviewPosted(id="r", at=day(1))
    assert mention.decide(History.of(review), at=day(3), id="r") == Declined((NoRights(),))


# ---------------------------------------------------------------- what it costs


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


# ---------------------------------------------------------------- simulation


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
