from postpurchase.domain.money import Money
from postpurchase.domain.order import Line
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.selection import Selection

KNIFE = Line(sku="K1", product="K", unit_price=Money.parse("80.00 EUR"))
OTHER = Line(sku="X", unit_price=Money.parse("1.00 EUR"), category="steel")
CATALOG = Catalog(
    products=(
        Product(
            id="K",
            title="Knife",
            category="knives",
            tags=("gift", "sharp"),
            variants=(Variant(sku="K1"),),
        ),
    ),
    parents=Pairs(knives="kitchen", steel="metal"),
)


def test_an_empty_selection_means_every_line() -> None:
    assert Selection().everything
    assert Selection().has(KNIFE)
    assert not Selection(skus=("K2",)).everything
    assert not Selection(skus=("K2",)).has(KNIFE)


def test_a_line_is_meant_by_what_stands_on_it() -> None:
    assert Selection(skus=("K1",)).has(KNIFE)
    assert Selection(products=("K",)).has(KNIFE)
    assert Selection(categories=("steel",)).has(OTHER)
    assert not Selection(categories=("knives",)).has(KNIFE)
    assert not Selection(tags=("sharp",)).has(KNIFE)


def test_a_line_is_meant_by_what_the_catalog_knows() -> None:
    bare = Line(sku="K1", unit_price=Money.parse("80.00 EUR"))
    for line in (KNIFE, bare):
        assert Selection(categories=("kitchen",)).has(line, CATALOG)
        assert Selection(tags=("sharp", "blunt")).has(line, CATALOG)
        assert Selection(products=("K",)).has(line, CATALOG)
        assert not Selection(categories=("metal",), tags=("blunt",)).has(line, CATALOG)
    assert Selection(categories=("metal",)).has(OTHER, CATALOG)
    assert not Selection(tags=("sharp",)).has(OTHER, CATALOG)


def test_labels_are_compared_as_a_catalog_compares_them() -> None:
    assert Selection(tags=("SHARP ",)).has(KNIFE, CATALOG)
    assert Selection(categories=("Kitchen",)).has(KNIFE, CATALOG)
    assert Selection(categories=("Metal",)).has(OTHER, CATALOG)
    assert Selection(categories=(" Steel",)).has(OTHER)
    assert not Selection(tags=("blunt",), categories=("garden",)).has(KNIFE, CATALOG)
