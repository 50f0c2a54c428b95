"""What goes into the parcel beside what was bought."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Address, Customer, Interest, Shop, Stance
from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    Relation,
    RelationKind,
    Variant,
)
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.recommend import (
    AvoidedTag,
    Complement,
    Complements,
    CostUnknown,
    Due,
    HeldByCustoms,
    LittleExtra,
    NoOrder,
    NotDrawn,
    NothingProposed,
    NotInCatalog,
    OutOfStock,
    Refill,
    TooDear,
    TooHeavy,
)

VECTORS: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "recommend.json").read_text(encoding="utf-8")
    )["vectors"]
}
AT = datetime(2026, 5, 11, 9, tzinfo=UTC)
TODAY = date(2026, 5, 11)


def ago(days: int) -> datetime:
    return AT - timedelta(days=days)


def order(*products: str, days: int, units: int = 1) -> Order:
    price = Money.parse("5.00 EUR")
    lines = tuple(
        Line(sku=each, product=each, unit_price=price, quantity=units) for each in products
    )
    return Order(id=f"o{days}", at=ago(days), currency="EUR", lines=lines)


def product(id: str, days: int | None = None, *, refills: str = "", category: str = "") -> Product:
    return Product(
        id=id,
        title=id.title(),
        category=category,
        durability=None if refills else Durability.CONSUMABLE,
        lasts=timedelta(days=days) if days else None,
        relations=(Relation(RelationKind.REFILLS, refills),) if refills else (),
    )


SOAP = product("soap", 30)
BRUSH = Product(id="brush", title="Brush", durability=Durability.DURABLE)
HEADS = product("heads", 90, refills="brush")
SOFT = product("soft-heads", 60, refills="brush")
CATALOG = Catalog((SOAP, BRUSH, HEADS, SOFT))


def due(*facts: Fact, known: Known = Known(CATALOG), refill: Refill = Refill()) -> tuple[Due, ...]:  # noqa: B008 - frozen values
    return refill.due(History.of(*facts), at=AT, known=known)


def asked(*facts: Fact, known: Known = Known(CATALOG)) -> list[str]:  # noqa: B008 - a frozen value
    decision = Refill().decide(History.of(*facts), at=AT, known=known)
    return list(decision.value.ids) if decision else []


SHOP = Shop(name="Thread & Co", zone=ZoneInfo("Europe/Berlin"), country="DE")


def extra(
    id: str, *tags: str, cost: str | None = "0.80 EUR", grams: int | None = 40, stock: int = 9
) -> Product:
    price = None if cost is None else Money.parse(cost)
    variant = Variant(sku=f"{id}-1", cost=price, grams=grams, stock=stock)
    return Product(id=id, title=id.title(), tags=tags or ("plain",), variants=(variant,))


GIFTS = Catalog(
    (
        Product(id="dress", title="Dress", category="fashion"),
        Product(id="phone", title="Phone", category="gadgets"),
        extra("socks", "wool"),
        extra("sweets", "food", "gelatine"),
        extra("card"),
        extra("robot"),
    )
)
EXTRA: LittleExtra = LittleExtra(
    policy=Complements(
        rules=(
            Complement(
                bought=Selection(categories=("fashion",)), goes=Selection(products=("socks",))
            ),
            Complement(
                bought=Selection(categories=("gadgets",)),
                goes=Selection(products=("robot", "sweets")),
            ),
            Complement(
                bought=Selection(categories=("gadgets", "fashion")),
                goes=Selection(products=("card",)),
            ),
        )
    ),
    pool=("socks", "sweets", "card"),
    most=Money.parse("1.00 EUR"),
    grams=50,
    abroad=Pairs({"*": ("food",), "US": ("Wool",)}),
)


def gift(
    *facts: Fact, policy: LittleExtra = EXTRA, catalog: Catalog = GIFTS
) -> Granted[Gift] | Declined:
    return policy.decide(History.of(*facts), at=AT, known=Known(catalog, SHOP))


def sent(to: str, bought: str) -> Order:
    return evolve(order(bought, days=1), ship_to=Address(country=to))


def name(decision: Granted[Gift] | Declined) -> str | None:
    return decision.value.product if decision else None


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
