"""Offers as Shopify and WooCommerce take them, and what they cannot hold."""

import json
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.integrations import coupons
from postpurchase.offers import (
    AmountOff,
    Beside,
    BuyGet,
    GiftWith,
    Limit,
    PercentOff,
    Promotion,
    Scope,
    ShippingOff,
    Validity,
)
from postpurchase.rewards import TierIs

IDS = Pairs(knives="7")


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


TEN = Promotion(
    id="ten",
    gives=PercentOff(percent=Decimal("12.5"), selection=Selection(categories=("knives",))),
    minimum=eur("50.00"),
    validity=Validity(
        first=date(2026, 12, 1), last=date(2026, 12, 5), zone=ZoneInfo("Asia/Kolkata")
    ),
    limit=Limit(total=100, each=1),
)


def shopify(promotion: Promotion) -> coupons.Export:
    return coupons.shopify(promotion, "TEN", currency="EUR", collections=IDS)


def woo(promotion: Promotion) -> coupons.Export:
    return coupons.woocommerce(promotion, "TEN", currency="EUR", categories=IDS)


def test_a_percentage_for_shopify() -> None:
    made = shopify(TEN)
    assert made.call == "discountCodeBasicCreate"
    assert made.lost == ()
    assert json.loads(json.dumps(made.body)) == {
        "title": "ten",
        "code": "TEN",
        "startsAt": "2026-11-30T18:30:00+00:00",
        "endsAt": "2026-12-05T18:30:00+00:00",
        "usageLimit": 100,
        "appliesOncePerCustomer": True,
        "context": {"all": "ALL"},
        "minimumRequirement": {"subtotal": {"greaterThanOrEqualToSubtotal": "50.00"}},
        "combinesWith": {
            "orderDiscounts": True,
            "productDiscounts": True,
            "shippingDiscounts": True,
        },
        "customerGets": {
            "value": {"percentage": 0.125},
            "items": {"collections": {"add": ["gid://shopify/Collection/7"]}},
        },
    }


def test_a_percentage_for_woocommerce() -> None:
    made = woo(TEN)
    assert made.lost == (
        "the first day",
        "what its minimum is judged on: the whole order counts there",
    )
    assert woo(evolve(TEN, basis=Selection())).lost == ("the first day",)
    assert json.loads(json.dumps(made.body)) == {
        "code": "TEN",
        "description": "ten",
        "discount_type": "percent",
        "amount": "12.5",
        "date_expires_gmt": "2026-12-05T18:30:00",
        "individual_use": False,
        "product_ids": [],
        "product_categories": [7],
        "usage_limit": 100,
        "usage_limit_per_user": 1,
        "limit_usage_to_x_items": None,
        "free_shipping": False,
        "minimum_amount": "50.00",
    }


def test_an_amount_for_both() -> None:
    offer = Promotion(
        id="five",
        gives=AmountOff(
            amounts=(Money.parse("6.00 USD"), eur("5.00")),
            scope=Scope.EACH_LINE,
            selection=Selection(products=("11", "12")),
        ),
        units=2,
        beside=Beside.NOTHING,
    )
    body = shopify(offer).body
    assert body["customerGets"] == {
        "value": {"discountAmount": {"amount": "5.00", "appliesOnEachItem": True}},
        "items": {"products": {"productsToAdd": [f"gid://shopify/Product/{n}" for n in (11, 12)]}},
    }
    assert body["minimumRequirement"] == {"quantity": {"greaterThanOrEqualToQuantity": "2"}}
    assert body["combinesWith"] == {
        "orderDiscounts": False,
        "productDiscounts": False,
        "shippingDiscounts": False,
    }
    other = woo(offer)
    assert (other.body["discount_type"], other.body["amount"]) == ("fixed_product", "5.00")
    assert (other.body["product_ids"], other.body["individual_use"]) == ([11, 12], True)
    assert other.lost == ("the fewest units",)
    whole = evolve(offer, gives=AmountOff(amounts=(eur("5.00"),)), units=0)
    assert woo(whole).body["discount_type"] == "fixed_cart"
    assert shopify(whole).body["customerGets"] == {
        "value": {"discountAmount": {"amount": "5.00", "appliesOnEachItem": False}},
        "items": {"all": True},
    }
    assert "minimumRequirement" not in shopify(whole).body


def test_free_shipping_for_both() -> None:
    offer = Promotion(id="ship", gives=ShippingOff(), countries=("DE", "FR"))
    made = shopify(offer)
    assert made.call == "discountCodeFreeShippingCreate"
    assert made.body["destination"] == {"countries": {"add": ["DE", "FR"]}}
    assert shopify(evolve(offer, countries=())).body["destination"] == {"all": True}
    other = woo(offer)
    assert (other.body["free_shipping"], other.body["amount"]) == (True, "0")
    assert other.lost == ("countries",)
    part = evolve(offer, gives=ShippingOff(percent=Decimal(50)), countries=())
    lost = ("a part of the shipping: all of it is free there",)
    assert shopify(part).lost == woo(part).lost == lost


def test_buying_some_for_shopify_alone() -> None:
    knives = Selection(categories=("knives",))
    offer = Promotion(id="b", gives=BuyGet(buy=2, get=1, buys=knives, times=3))
    made = shopify(offer)
    assert made.call == "discountCodeBxgyCreate"
    assert made.body["customerBuys"] == {
        "items": {"collections": {"add": ["gid://shopify/Collection/7"]}},
        "value": {"quantity": "2"},
    }
    assert made.body["customerGets"] == {
        "items": {"all": True},
        "value": {"discountOnQuantity": {"quantity": "1", "effect": {"percentage": 1.0}}},
    }
    assert made.body["usesPerOrderLimit"] == 3
    assert "minimumRequirement" not in made.body
    free = evolve(offer, gives=BuyGet(buy=2))
    assert shopify(free).body["usesPerOrderLimit"] is None
    assert shopify(free).lost == ()
    bounded = evolve(free, minimum=eur("9.00"), units=4, countries=("DE",))
    assert shopify(bounded).lost == ("the minimum", "the fewest units", "countries")
    assert "minimumRequirement" not in shopify(bounded).body
    with pytest.raises(InvalidProgramme, match="only a share or an amount in EUR"):
        woo(offer)


def test_what_cannot_be_held_is_named() -> None:
    once = Recurrence(first=date(2026, 11, 24), at=time(13), frequency=Frequency.DAILY)
    offer = Promotion(
        id="all",
        gives=PercentOff(percent=Decimal(10), most=eur("9.00"), units=3),
        minimum=Money.parse("5.00 USD"),
        when=TierIs("gold"),
        customer="C1",
        countries=("DE",),
        validity=Validity(hours=Spell(once, Duration(hours=2))),
        limit=Limit(each=2, budget=eur("99.00"), scope="sale"),
        lane="vouchers",
    )
    both = (
        "the minimum in USD",
        "the condition TierIs",
        "the hours",
        "the budget",
        "the limit that it shares with others",
        "the lane that it competes in",
    )
    there = shopify(offer)
    assert there.lost == (
        *both,
        "more than one use by one customer",
        "countries",
        "the most that it takes off",
    )
    assert there.body["context"] == {"customers": {"add": ["gid://shopify/Customer/C1"]}}
    assert there.body["startsAt"] == "1970-01-01T00:00:00+00:00"
    made = woo(offer)
    assert made.lost == (
        *both,
        "the customer that it was made for",
        "countries",
        "the most that it takes off",
    )
    assert made.body["usage_limit_per_user"] == 2
    assert (made.body["minimum_amount"], made.body["limit_usage_to_x_items"]) == ("", 3)
    assert made.body["date_expires_gmt"] is None
    assert shopify(offer).body["endsAt"] is None


@pytest.mark.parametrize(
    "selection",
    [
        Selection(categories=("pans",)),
        Selection(categories=("knives",), products=("1",)),
        Selection(tags=("steel",)),
        Selection(skus=("K",)),
    ],
    ids=repr,
)
def test_what_would_hold_for_more_is_refused(selection: Selection) -> None:
    offer = Promotion(id="p", gives=PercentOff(percent=Decimal(10), selection=selection))
    for export in (shopify, woo):
        with pytest.raises(InvalidProgramme, match="categories whose ids are known"):
            export(offer)


def test_what_is_no_coupon_there_is_refused() -> None:
    gift = Promotion(id="g", gives=GiftWith(gift=Gift(sku="socks")))
    dollars = Promotion(id="d", gives=AmountOff(amounts=(Money.parse("5.00 USD"),)))
    for offer in (gift, dollars):
        for export in (shopify, woo):
            with pytest.raises(InvalidProgramme, match=r"postpurchase\.offers\.quote instead"):
                export(offer)


def test_what_a_minimum_is_judged_on_is_told_where_the_platform_judges_otherwise() -> None:
    whole = evolve(TEN, basis=Selection(), units=2)
    made = shopify(whole)
    assert made.lost == (
        "the fewest units",
        "what its minimum is judged on: the lines that it is for count there",
    )
    assert made.body["minimumRequirement"] == {
        "subtotal": {"greaterThanOrEqualToSubtotal": "50.00"}
    }
    assert shopify(evolve(TEN, basis=TEN.gives.meant)).lost == ()
    assert shopify(evolve(whole, minimum=None)).lost == (
        "what its minimum is judged on: the lines that it is for count there",
    )


@pytest.mark.parametrize(("price", "text"), [("0.500 KWD", "0.500"), ("1200 JPY", "1200")])
def test_amounts_have_the_digits_of_their_currency(price: str, text: str) -> None:
    money = Money.parse(price)
    offer = Promotion(id="a", gives=AmountOff(amounts=(money,)), minimum=money)
    there = coupons.shopify(offer, "A", currency=money.currency)
    value = {"discountAmount": {"amount": text, "appliesOnEachItem": False}}
    assert there.body["customerGets"] == {"value": value, "items": {"all": True}}
    here = coupons.woocommerce(offer, "A", currency=money.currency)
    assert (here.body["amount"], here.body["minimum_amount"]) == (text, text)
