"""A gift that fits what somebody likes, where they allowed that to be used."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import (
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
    Source,
    Stance,
)
from postpurchase.domain.decision import Declined
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.recommend import (
    AvoidedTag,
    Bestsellers,
    Chain,
    LittleExtra,
    PickedForThem,
    SharesInterest,
    Taste,
)

AT = datetime(2026, 5, 11, 9, tzinfo=UTC)
SHOP = Shop(name="Gadgets & Co", zone=ZoneInfo("Europe/Berlin"), country="DE")


def extra(id: str, *tags: str) -> Product:
    variant = Variant(sku=id, cost=Money.parse("0.50 EUR"), grams=10, stock=5)
    return Product(id=id, title=id.title(), tags=tags, variants=(variant,))


CATALOG = Catalog(
    (
        Product(id="drone", title="Drone", category="gadgets"),
        extra("patch", "hiking"),
        extra("sweets", "food", "gelatine"),
        extra("halva", "food", "vegan"),
        extra("card", "paper"),
    )
)
EXTRA = LittleExtra(
    policy=Chain(policies=(Taste(), Bestsellers(products=("sweets", "card")))),
    pool=("patch", "sweets", "halva", "card"),
    most=Money.parse("1.00 EUR"),
)
ORDER = Order(
    id="1001",
    at=AT - timedelta(days=1),
    currency="EUR",
    lines=(Line(sku="d", product="drone", unit_price=Money.parse("99.00 EUR")),),
)
AGREED = Consent(id="k1", at=AT - timedelta(days=9), channel=None, state=ConsentState.GRANTED)


def given(interest: Interest, *facts: Fact) -> str:
    customer = Customer(id="c", at=AT - timedelta(days=50), interests=(interest,))
    history = History.of(customer, ORDER, *facts)
    decision = EXTRA.decide(history, at=AT, known=Known(CATALOG, SHOP))
    assert decision
    return decision.value.sku


HIKING = Interest(tag="hiking", source=Source.THIRD_PARTY, consent="k1")


@pytest.mark.parametrize(
    ("interest", "facts", "sku"),
    [
        (Interest(tag="hiking"), (), "patch"),
        (Interest(tag="hiking", source=Source.OBSERVED), (), "patch"),
        (HIKING, (AGREED,), "patch"),
        (HIKING, (), "sweets"),
        (
            HIKING,
            (
                AGREED,
                Consent(
                    id="k1",
                    at=AT - timedelta(days=9),
                    recorded_at=AT - timedelta(days=2),
                    channel=None,
                    state=ConsentState.WITHDRAWN,
                ),
            ),
            "sweets",
        ),
        (Interest(tag="vegan", sensitive=True), (), "halva"),
        (Interest(tag="vegan", sensitive=True, source=Source.OBSERVED), (), "sweets"),
        (Interest(tag="gelatine", stance=Stance.AVOIDS, source=Source.THIRD_PARTY), (), "card"),
    ],
)
def test_a_gift_fits_an_interest_that_may_be_used_and_never_one_that_may_not(
    interest: Interest, facts: tuple[Fact, ...], sku: str
) -> None:
    assert given(interest, *facts) == sku


def test_what_may_not_be_named_is_not_named() -> None:
    customer = Customer(
        id="c",
        at=AT - timedelta(days=50),
        interests=(Interest(tag="vegan", sensitive=True), Interest(tag="hiking")),
    )
    only = LittleExtra(policy=Taste(), pool=("halva",), most=EXTRA.most)
    decision = only.decide(History.of(customer, ORDER), at=AT, known=Known(CATALOG, SHOP))
    assert decision
    assert decision.reasons == (PickedForThem(),)
    hiking = LittleExtra(policy=Taste(), pool=("patch",), most=EXTRA.most)
    named = hiking.decide(History.of(customer, ORDER), at=AT, known=Known(CATALOG, SHOP))
    assert named
    assert named.reasons == (SharesInterest("hiking"),)
    sweets = LittleExtra(
        policy=Bestsellers(products=("sweets",)), pool=("sweets",), most=EXTRA.most
    )
    refused = sweets.decide(History.of(customer, ORDER), at=AT, known=Known(CATALOG, SHOP))
    assert refused == Declined((AvoidedTag("gelatine"),))
