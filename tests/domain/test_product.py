"""Products and the catalog: found by id, SKU, category, tag and relation."""

from datetime import timedelta

import pytest

from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    Relation,
    RelationKind,
    Variant,
)
from postpurchase.errors import InvalidFact

KNIVES = Product(
    id="knives",
    title="Knife set",
    category="knives",
    durability=Durability.DURABLE,
    variants=(
        Variant(sku="KNIFE-OAK", options=Pairs(block="oak"), price=Money(449900, "INR"), stock=0),
        Variant(sku="KNIFE-ASH", options=Pairs(block="ash"), price=Money(459900, "INR"), stock=2),
    ),
)
SHARPENER = Product(
    id="sharpener",
    title="Sharpener",
    category="care",
    relations=(Relation(RelationKind.COMPLETES, "knives", note="keeps the edge"),),
)
STONE = Product(
    id="stone",
    title="Whetstone",
    category="care",
    tags=("gift",),
    relations=(
        Relation(RelationKind.COMPLETES, "knives"),
        Relation(RelationKind.UPGRADES, "sharpener"),
    ),
)
OIL = Product(
    id="oil",
    title="Board oil",
    category="oils",
    tags=("gift", "vegan"),
    durability=Durability.CONSUMABLE,
    lasts=timedelta(days=90),
    variants=(Variant(sku="OIL-1", stock=0),),
    countries=("IN", "BD"),
)
CATALOG = Catalog(
    products=(KNIVES, SHARPENER, STONE, OIL),
    parents=Pairs(knives="kitchen", care="kitchen", oils="care"),
)


def test_a_product_is_found_by_id_and_by_sku() -> None:
    assert CATALOG.find("oil") is OIL
    assert CATALOG.find("x") is None
    assert CATALOG.sold_as("KNIFE-ASH") is KNIVES
    assert CATALOG.sold_as("x") is None
    assert CATALOG.variant("KNIFE-ASH") is KNIVES.variants[1]
    assert CATALOG.variant("x") is None


def test_a_category_holds_what_is_below_it() -> None:
    assert CATALOG.path("oils") == ("oils", "care", "kitchen")
    assert CATALOG.path("unknown") == ("unknown",)
    assert CATALOG.within("care") == (SHARPENER, STONE, OIL)
    assert CATALOG.within("kitchen") == CATALOG.products
    assert CATALOG.within("oils") == (OIL,)


def test_products_are_found_by_tag_in_the_shops_own_order() -> None:
    assert CATALOG.tagged("gift") == (STONE, OIL)
    assert CATALOG.tagged("x") == ()


def test_relations_read_as_sentences() -> None:
    assert CATALOG.related("knives", RelationKind.COMPLETES) == (SHARPENER, STONE)
    assert CATALOG.related("sharpener", RelationKind.UPGRADES) == (STONE,)
    assert CATALOG.related("sharpener", RelationKind.COMPLETES) == ()


def test_a_catalog_is_its_products() -> None:
    assert list(CATALOG) == [KNIVES, SHARPENER, STONE, OIL]
    assert len(CATALOG) == 4
    assert repr(CATALOG) == "<Catalog of 4 products>"
    assert Catalog((KNIVES,)) == Catalog((KNIVES,))


def test_a_product_costs_what_its_first_variant_does() -> None:
    assert KNIVES.price == Money(449900, "INR")
    assert SHARPENER.price is None


def test_a_product_is_in_stock_when_some_variant_is() -> None:
    assert (KNIVES.in_stock, SHARPENER.in_stock, OIL.in_stock) == (True, True, False)
    assert Variant(sku="X").in_stock


def test_the_variants_that_can_be_sent() -> None:
    assert KNIVES.there == (KNIVES.variants[1],)
    assert OIL.there == SHARPENER.there == ()


def test_labels_are_compared_whatever_their_case_and_spaces() -> None:
    assert Product(id="p", title="P", tags=(" Meat", "GIFT ")).labels == {"meat", "gift"}
    assert SHARPENER.labels == frozenset()
    catalog = Catalog(parents=Pairs({"Ham ": "MEAT"}))
    assert catalog.around("Ham ") == {"ham", "meat"}
    assert catalog.around("Ham ") is catalog.around("Ham ")
    assert CATALOG.around("oils") == {"oils", "care", "kitchen"}
    assert CATALOG.path(" OILS") == (" OILS", "care", "kitchen")
    assert CATALOG.path("oils") is CATALOG.path("oils")
    assert CATALOG.path("by hand") == ("by hand",)
    assert CATALOG.within("Oils ") == (OIL,)
    assert CATALOG.tagged("GIFT") == (STONE, OIL)


def test_a_category_has_one_parent_however_it_is_written() -> None:
    same = Catalog(parents=Pairs({"ham": "meat", "Ham": "Meat "}))
    assert same.around("HAM") == {"ham", "meat"}
    with pytest.raises(InvalidFact, match="one parent"):
        Catalog(parents=Pairs({"ham": "meat", "Ham": "fish"}))
    with pytest.raises(InvalidFact, match="no circle"):
        Catalog(parents=Pairs({"ham": "HAM "}))
    with pytest.raises(InvalidFact, match="no circle"):
        Catalog(parents=Pairs({"ham": "meat", "Meat": "food", "FOOD": "Ham"}))


def test_what_is_drawn_from_a_catalog_is_drawn_once() -> None:
    asked: list[Catalog] = []

    def count(catalog: Catalog) -> int:
        asked.append(catalog)
        return len(catalog)

    catalog = Catalog((KNIVES, OIL))
    assert (catalog.drawn(count), catalog.drawn(count)) == (2, 2)
    assert asked == [catalog]


def test_a_product_without_countries_is_sold_everywhere() -> None:
    assert OIL.sold_in("BD")
    assert not OIL.sold_in("DE")
    assert KNIVES.sold_in("DE")


def test_an_id_or_sku_that_names_two_things_is_refused() -> None:
    with pytest.raises(InvalidFact, match=r"Catalog.products: expected each once, got \['oil'\]"):
        Catalog((OIL, OIL, KNIVES))
    twin = Product(id="twin", title="Twin", variants=OIL.variants)
    with pytest.raises(InvalidFact, match=r"Catalog.variants: expected each once, got \['OIL-1'\]"):
        Catalog((OIL, twin))
    with pytest.raises(InvalidFact, match=r"Product.variants: expected each SKU of p once"):
        Product(id="p", title="P", variants=OIL.variants * 2)


def test_a_category_that_contains_itself_is_refused() -> None:
    with pytest.raises(InvalidFact, match=r"parents: expected no circle, got \['a', 'b', 'a'\]"):
        Catalog(parents=Pairs(a="b", b="a"))
