"""Sam buys knives; what is suggested, what is not, and when the soap runs out.

Run it with `python examples/what_goes_with_it.py`.
"""

from datetime import UTC, datetime, timedelta

from postpurchase.domain.customer import Customer, Interest
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
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
    Bestsellers,
    BoughtTogether,
    Chain,
    Complement,
    Complements,
    Filters,
    LittleExtra,
    Refill,
    Sales,
    Suggest,
    mine_pairs,
)

NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)
EUR = Money.parse("12.00 EUR")


def product(id: str, title: str, category: str, *tags: str, lasts: int = 0) -> Product:
    """A product in one variant; what lasts some days is used up."""
    return Product(
        id=id,
        title=title,
        category=category,
        tags=tags,
        durability=Durability.CONSUMABLE if lasts else Durability.DURABLE,
        lasts=timedelta(days=lasts) if lasts else None,
        relations=(Relation(RelationKind.REFILLS, "brush"),) if id == "heads" else (),
        variants=(Variant(sku=id, price=EUR, cost=Money.parse("0.60 EUR"), stock=5),),
    )


CATALOG = Catalog(
    (
        product("knives", "set of kitchen knives", "knives", "steel"),
        product("sharpener", "knife sharpener", "care", "stone"),
        product("cooker", "slow cooker", "kitchen", "steel"),
        product("roasts", "A hundred roasts", "books", "book", "meat"),
        product("greens", "A hundred greens", "books", "book", "vegetarian"),
        product("brush", "electric toothbrush", "bath", "plastic"),
        product("heads", "toothbrush heads", "bath", "plastic", lasts=90),
        product("sweets", "packet of sweets", "extras", "gelatine"),
        product("cloth", "tea towel", "extras", "cotton"),
    )
)


def order(id: str, days: int, *products: str) -> Order:
    """An order so many days ago."""
    lines = tuple(Line(sku=each, product=each, unit_price=EUR) for each in products)
    return Order(id=id, at=NOW - timedelta(days=days), currency="EUR", lines=lines)


SAM = Customer(
    id="sam", at=NOW - timedelta(days=400), interests=(Interest(tag="vegetarian", sensitive=True),)
)
HISTORY = History.of(SAM, order("998", 85, "brush"), order("1001", 3, "knives", "cooker"))
TABLE = mine_pairs([["cooker", "roasts"]] * 30 + [["cooker", "greens"]] * 12)
KNOWN = Known(CATALOG, TABLE, Sales.of([order("1", 1, "roasts"), order("2", 1, "cloth")]))

KNIVES = Complement(
    bought=Selection(categories=("knives",)), goes=Selection(products=("sharpener",))
)
SUGGEST = Suggest(
    policy=Chain(policies=(Complements(rules=(KNIVES,)), BoughtTogether(), Refill())),
    fallback=Bestsellers(),
    limit=4,
    filters=Filters(sensitive=("books", "extras")),
)
EXTRA = LittleExtra(
    policy=Bestsellers(products=("sweets", "cloth")),
    pool=("sweets", "cloth"),
    most=Money.parse("1.00 EUR"),
)


def main() -> None:
    """Print what is suggested and why, what is not and why not, and what goes into the parcel."""
    decision = SUGGEST.decide(HISTORY, at=NOW, known=KNOWN)
    if decision:
        for each in decision.value.items:
            print(f"+ {each.product.title}: {each.reasons[0]}")
        for dropped in decision.value.dropped:
            print(f"- {dropped.product}: {dropped.reason}")
    gift = EXTRA.decide(HISTORY, at=NOW, known=KNOWN)
    if gift:
        print(f"in the parcel: {gift.value.title}")


if __name__ == "__main__":
    main()
