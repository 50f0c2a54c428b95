"""What goes into the parcel beside what was bought."""

from decimal import Decimal

import pytest
from attrs import evolve

from household import AT, EXTRA, GIFTS, SHOP, ago, extra, gift, name, order, sent
from postpurchase.domain.customer import Customer, Interest, Stance
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    Variant,
)
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend import (
    AvoidedTag,
    Bestsellers,
    CostUnknown,
    CountryUnknown,
    HeldByCustoms,
    LittleExtra,
    NoOrder,
    NotDrawn,
    NothingProposed,
    NotInCatalog,
    OtherCurrency,
    OutOfStock,
    TooDear,
    TooHeavy,
    WeightUnknown,
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
            OtherCurrency(Money.parse("0.50 USD"), "EUR"),
        ),
        (extra("socks", grams=51), TooHeavy(51, 50)),
        (extra("socks", grams=None), WeightUnknown()),
        (extra("socks", stock=0), OutOfStock()),
        (extra("socks", "food"), HeldByCustoms("food", "FR")),
        (evolve(extra("socks"), category="Bars"), HeldByCustoms("food", "FR")),
        (Product(id="socks", title="Socks"), CostUnknown()),
        (Product(id="other", title="Other"), NotInCatalog()),
    ],
)
def test_a_gift_outside_the_budget_is_refused_with_the_reason(
    socks: Product, reason: Reason
) -> None:
    dress = Product(id="dress", title="Dress", category="fashion")
    catalog = Catalog((dress, socks), Pairs(Bars="Food"))
    decision = gift(sent("FR", "dress"), policy=evolve(EXTRA, pool=("socks",)), catalog=catalog)
    assert decision == Declined((reason,))
    assert str(reason)


def test_a_refusal_says_nothing_that_nobody_knows() -> None:
    other = OtherCurrency(Money.parse("0.50 USD"), "EUR")
    assert str(other) == "it costs 0.50 USD, and the budget is in EUR"
    assert str(WeightUnknown()) == "nobody said what it weighs"


def bar(*variants: Variant) -> Catalog:
    dress = Product(id="dress", title="Dress")
    sweet = Product(
        id="bar",
        title="Bar",
        tags=("sweet",),
        variants=variants,
        durability=Durability.CONSUMABLE,
    )
    return Catalog((dress, sweet))


LARGE = Variant(sku="bar-200", cost=Money.parse("3.00 EUR"), grams=20)
SMALL = Variant(sku="bar-50", cost=Money.parse("0.50 EUR"), grams=5)
MINI = Variant(sku="bar-10", cost=Money.parse("0.10 EUR"), grams=1)


def sweets(*asked: str) -> LittleExtra:
    return evolve(EXTRA, policy=Bestsellers(products=asked), pool=("bar",))


def test_the_first_variant_that_fits_is_given_unless_one_is_asked_for() -> None:
    catalog = bar(LARGE, SMALL, MINI)
    too_dear = Declined((TooDear(Money.parse("3.00 EUR"), Money.parse("1.00 EUR")),))
    for asked, answer in (("bar", "bar-50"), ("bar-10", "bar-10")):
        decision = gift(sent("DE", "dress"), policy=sweets(asked), catalog=catalog)
        assert decision
        assert decision.value.sku == answer
    large = gift(sent("DE", "dress"), policy=sweets("bar-200"), catalog=catalog)
    assert large == too_dear
    assert gift(sent("DE", "dress"), policy=sweets("bar"), catalog=bar(LARGE)) == too_dear
    gone = bar(evolve(LARGE, stock=0), SMALL)
    decision = gift(sent("DE", "dress"), policy=sweets("bar-200"), catalog=gone)
    assert decision
    assert decision.value.sku == "bar-50"


def test_what_is_used_up_is_given_again_and_what_lasts_is_not() -> None:
    catalog = bar(SMALL)
    before = order("dress", "bar", days=40)
    decision = gift(before, sent("DE", "dress"), policy=sweets("bar"), catalog=catalog)
    assert name(decision) == "bar"
    socks = order("dress", "socks", days=40)
    assert name(gift(socks, sent("DE", "dress"))) == "card"


def test_a_pool_holds_products_whatever_they_are_called_by() -> None:
    outside = Product(id="bar-50", title="A bar to hang coats on", tags=("steel",))
    catalog = bar(SMALL, MINI)
    named_alike = Catalog((*catalog, outside))
    nothing = Declined((NothingProposed("gift"),))
    assert name(gift(sent("DE", "dress"), policy=sweets("bar-50"), catalog=catalog)) == "bar"
    assert gift(sent("DE", "dress"), policy=sweets("bar-50"), catalog=named_alike) == nothing


def test_what_customs_may_hold_is_not_sent_where_nobody_knows() -> None:
    held = evolve(EXTRA, abroad=Pairs(US=("food",)))
    bought = History.of(order("phone", days=1))
    assert name(held.decide(bought, at=AT, known=Known(GIFTS))) == "card"
    only = evolve(held, policy=Bestsellers(products=("sweets",)))
    refused = only.decide(bought, at=AT, known=Known(GIFTS))
    assert refused == Declined((CountryUnknown(),))
    assert name(only.decide(bought, at=AT, known=Known(GIFTS, SHOP))) == "sweets"


def test_a_country_that_no_order_can_name_is_refused() -> None:
    for country in ("us", "USA", ""):
        with pytest.raises(InvalidSuggestion, match=f"by code, such as US, .*got '{country}'"):
            evolve(EXTRA, abroad=Pairs({country: ("food",)}))


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
