"""Perks of partners, and friends who are brought."""

from datetime import UTC
from decimal import Decimal

import pytest
from attrs import evolve

from members import GOLD, START, day, order
from postpurchase.domain.customer import Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    ReviewPosted,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.offer import Coupon, Percent, Perk, StoreCredit
from postpurchase.domain.order import Cancellation, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known, NotKnown
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards import (
    AskForReferral,
    Entitlement,
    Every,
    MayAsk,
    PartnerPerk,
    PerkCodes,
    Referral,
    ReferralCase,
    ReferralReward,
    TierAtLeast,
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
from postpurchase.rewards.standing import InTier
from till import eur

SPA = PartnerPerk(perk=Perk(name="spa", partner="Calm Waters"), when=TierAtLeast("gold"), times=2)


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
    closed = TicketClosed(id="c", at=day(5), ticket="T1")
    assert asked(review, opened, closed)
    again = TicketReplied(id="a", at=day(6), ticket="T1")
    assert asked(review, opened, closed, again) == Declined((HasATicket("T1"),))
