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
        "customerSelection": {"all": True},
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
    assert made.lost == ("the first day",)
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
    assert made.body["usesPerOrderLimit"] == "3"
    free = evolve(offer, gives=BuyGet(buy=2))
    assert shopify(free).body["usesPerOrderLimit"] is None
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
        limit=Limit(each=2, budget=eur("99.00")),
    )
    both = (
        "the minimum in USD",
        "the condition TierIs",
        "the customer that it was made for",
        "the hours",
        "the budget",
        "more than one use by one customer",
        "countries",
        "the most that it takes off",
    )
    assert shopify(offer).lost == both
    made = woo(offer)
    assert made.lost == both
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
