"""What goes into the parcel beside what was bought."""

from decimal import Decimal

import pytest
from attrs import evolve

from household import EXTRA, ago, extra, gift, name, order, sent
from postpurchase.domain.customer import Customer, Interest, Stance
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.product import (
    Catalog,
    Product,
)
from postpurchase.recommend import (
    AvoidedTag,
    CostUnknown,
    HeldByCustoms,
    NoOrder,
    NotDrawn,
    NothingProposed,
    NotInCatalog,
    OutOfStock,
    TooDear,
    TooHeavy,
)
from vectors import cases

VECTORS = cases("recommend")


def test_socks_with_fashion_and_sweets_with_gadgets() -> None:
    decision = gift(sent("DE", "dress"))
    assert decision
    cost = Money.parse("0.80 EUR")
    assert decision.value == Gift(sku="socks-1", title="Socks", product="socks", worth=cost)
    assert str(decision.reasons[0]) == "goes with your Dress"
    assert name(gift(sent("DE", "phone"))) == "sweets"


def test_customs_and_diet_come_before_the_gift() -> None:
    assert name(gift(sent("FR", "phone"))) == "card"
    assert name(gift(sent("US", "dress"))) == "card"
    vegetarian = Customer(id="c", at=ago(50), interests=(Interest(tag="vegetarian"),))
    assert name(gift(sent("DE", "phone"), vegetarian)) == "card"
    avoids = Customer(
        id="c",
        at=ago(50),
        interests=tuple(
            Interest(tag=tag, stance=Stance.AVOIDS) for tag in ("wool", "gelatine", "plain")
        ),
    )
    assert gift(sent("FR", "dress"), avoids) == Declined((AvoidedTag("wool"), AvoidedTag("plain")))


@pytest.mark.parametrize(
    ("socks", "reason"),
    [
        (extra("socks", cost=None), CostUnknown()),
        (
            extra("socks", cost="1.01 EUR"),
            TooDear(Money.parse("1.01 EUR"), Money.parse("1.00 EUR")),
        ),
        (
            extra("socks", cost="0.50 USD"),
            TooDear(Money.parse("0.50 USD"), Money.parse("1.00 EUR")),
        ),
        (extra("socks", grams=51), TooHeavy(51, 50)),
        (extra("socks", grams=None), TooHeavy(0, 50)),
        (extra("socks", stock=0), OutOfStock()),
        (extra("socks", "food"), HeldByCustoms("food", "FR")),
        (Product(id="socks", title="Socks"), CostUnknown()),
        (Product(id="other", title="Other"), NotInCatalog()),
    ],
)
def test_a_gift_outside_the_budget_is_refused_with_the_reason(
    socks: Product, reason: Reason
) -> None:
    catalog = Catalog((Product(id="dress", title="Dress", category="fashion"), socks))
    decision = gift(sent("FR", "dress"), policy=evolve(EXTRA, pool=("socks",)), catalog=catalog)
    assert decision == Declined((reason,))
    assert str(reason)


def test_any_weight_will_do_where_nobody_counts_it() -> None:
    heavy = Catalog(
        (Product(id="dress", title="Dress", category="fashion"), extra("socks", grams=None))
    )
    assert (
        name(gift(sent("DE", "dress"), policy=evolve(EXTRA, grams=None), catalog=heavy)) == "socks"
    )


def test_sometimes_is_a_sticky_draw_by_order() -> None:
    third = evolve(EXTRA, share=Decimal("0.3"))
    orders = [evolve(sent("DE", "dress"), id=str(number)) for number in range(200)]
    drawn = [each.id for each in orders if gift(each, policy=third)]
    assert 40 <= len(drawn) <= 80
    assert drawn == [each.id for each in orders if gift(each, policy=third)]
    undrawn = next(each for each in orders if each.id not in drawn)
    assert gift(undrawn, policy=third) == Declined((NotDrawn(undrawn.id),))
    wider = evolve(EXTRA, share=Decimal("0.6"))
    assert set(drawn) <= {each.id for each in orders if gift(each, policy=wider)}


def test_without_an_order_or_an_idea_there_is_no_gift() -> None:
    assert gift() == Declined((NoOrder(),))
    assert gift(order("card", days=1)) == Declined((NothingProposed("gift"),))
