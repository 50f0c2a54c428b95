"""A household that uses things up, and gifts for its parcels."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import Address, Shop
from postpurchase.domain.decision import Declined, Granted
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
    Complement,
    Complements,
    Due,
    LittleExtra,
    Refill,
)

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
