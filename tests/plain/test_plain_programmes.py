"""Programmes, offers and memberships as plain data, and back."""

import tomllib
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.moment import Duration, MonthDay
from postpurchase.domain.money import Money
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Offer,
    Percent,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.errors import InvalidPlain
from postpurchase.offers import (
    AmountOff,
    Benefit,
    BuyGet,
    GiveAfter,
    Pattern,
    Promotion,
    ShippingOff,
    Step,
    StepPercent,
)
from postpurchase.plain import dump, load
from postpurchase.rewards import (
    After,
    Clawback,
    ContentThanks,
    Earn,
    Earning,
    Expiry,
    Ladder,
    Measure,
    MemberOf,
    Never,
    NoWaiting,
    OnDays,
    Orders,
    PartnerPerk,
    Plan,
    PointsEarned,
    Programme,
    Recognition,
    Referral,
    RoundTo,
    Terms,
    Tier,
    TierAtLeast,
    UntilShipped,
    WaitFor,
    Waiting,
)

FILE = tomllib.loads(
    (Path(__file__).parents[2] / "examples" / "programme.toml").read_text(encoding="utf-8")
)
CREDIT = StoreCredit(amount=Money.parse("5.00 EUR"))


def test_the_example_is_a_programme() -> None:
    programme = load(Programme, FILE["programme"])
    assert programme.terms.zone == ZoneInfo("Asia/Kolkata")
    assert programme.terms.expiry == After(Duration(years=1), RoundTo.MONTH)
    assert programme.clawback is Clawback.WITHIN_BALANCE
    assert [rule.name for rule in programme.earning.rules] == [
        "base",
        "first-order",
        "review",
        "newsletter",
        "birthday",
    ]
    assert programme.earning.boosts[0].when == TierAtLeast("gold")
    assert programme.ladder is not None
    assert isinstance(programme.ladder.tiers[2].perks[0], Perk)
    assert load(Programme, dump(programme)) == programme


def test_the_example_has_offers_and_a_membership() -> None:
    offers = [load(Promotion, each) for each in FILE["offers"]]
    assert [offer.id for offer in offers] == ["knives-10", "free-shipping", "gold-gift"]
    assert offers[1].gives == ShippingOff()
    assert [load(Promotion, dump(offer)) for offer in offers] == offers
    plan = load(Plan, FILE["membership"])
    assert plan.fee == Money.parse("999.00 INR")
    assert load(Plan, dump(plan)) == plan


@pytest.mark.parametrize(
    "waiting", [NoWaiting(), UntilShipped(), WaitFor(Duration(days=3))], ids=repr
)
@pytest.mark.parametrize(
    "expiry", [Never(), OnDays((MonthDay(12, 31),)), After(Duration(months=6))], ids=repr
)
def test_every_part_of_a_programme_comes_back(waiting: Waiting, expiry: Expiry) -> None:
    programme = Programme(
        name="club",
        earning=Earning(rules=(Earn(name="all", points=1, when=~MemberOf("plus")),)),
        terms=Terms(expiry=expiry, idle=After(Duration(months=12))),
        waiting=waiting,
    )
    assert load(Programme, dump(programme)) == programme


@pytest.mark.parametrize("measure", [Orders(), PointsEarned()], ids=repr)
def test_every_measure_comes_back(measure: Measure) -> None:
    ladder = Ladder(tiers=(Tier(name="new", at_least=0),), measure=measure)
    assert load(Ladder, dump(ladder)) == ladder


@pytest.mark.parametrize(
    "gives",
    [
        AmountOff(amounts=(Money.parse("5.00 EUR"), Money.parse("5.00 USD"))),
        BuyGet(buy=2, percent=Decimal(50)),
        StepPercent(steps=(Step(Money.parse("50.00 EUR"), Decimal(10)),)),
        GiveAfter(CREDIT),
    ],
    ids=repr,
)
def test_every_benefit_comes_back(gives: Benefit) -> None:
    offer = Promotion(id="p", gives=gives)
    assert load(Promotion, dump(offer)) == offer


@pytest.mark.parametrize(
    "offer",
    [
        Coupon(code="K", off=Percent(Decimal(10))),
        FreeShipping(),
        Gift(sku="mug"),
        Invitation(name="tasting"),
        Points(count=5),
        CREDIT,
    ],
    ids=repr,
)
def test_every_offer_comes_back(offer: Offer) -> None:
    tier = Tier(name="gold", at_least=1, perks=(offer,))
    assert load(Tier, dump(tier)) == tier
    thanks = ContentThanks(gives=offer, disclosure="The writer received a coupon.")
    assert load(ContentThanks, dump(thanks)) == thanks


def test_policies_of_giving_come_back() -> None:
    friends = Referral(advocate=CREDIT, friend=CREDIT)
    assert load(Referral, dump(friends)) == friends
    spa = PartnerPerk(perk=Perk(name="spa", partner="Calm Waters"), when=TierAtLeast("gold"))
    assert load(PartnerPerk, dump(spa)) == spa
    mention = ContentThanks(gives=Recognition(where="front page"), disclosure="Shown by us.")
    assert load(ContentThanks, dump(mention)) == mention
    assert load(Pattern, {"length": 8, "prefix": "SPRING"}) == Pattern(length=8, prefix="SPRING")


def test_what_is_wrong_is_told_with_its_place() -> None:
    wrong = {**FILE["programme"], "waiting": {"type": "until_shiped"}}
    with pytest.raises(InvalidPlain, match="until_shipped"):
        load(Programme, wrong)
    with pytest.raises(InvalidPlain, match="minium"):
        load(Promotion, {**FILE["offers"][0], "minium": "1.00 INR"})
    with pytest.raises(InvalidPlain, match="a duration is written as in ISO 8601"):
        load(Terms, {"grace": "a year"})
    with pytest.raises(InvalidPlain, match="one point or more"):
        load(Earn, {"name": "a", "points": 0})
    with pytest.raises(InvalidPlain, match=r"expected int, got 1\.5"):
        load(Earn, {"name": "a", "points": 1.5})


def test_a_programme_changes_by_value() -> None:
    programme = load(Programme, FILE["programme"])
    other = evolve(programme, clawback=Clawback.ALLOW_NEGATIVE)
    assert dump(other)["clawback"] == "allow_negative"
    assert "clawback" not in dump(programme)
