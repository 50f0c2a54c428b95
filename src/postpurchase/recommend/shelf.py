"""The catalog as the filters look at it: each product with all that they ask, put together once."""

from attrs import frozen

from postpurchase.domain.product import Catalog, Product, Variant


@frozen(kw_only=True, weakref_slot=False)
class Shelved:
    """A product and what the filters ask of it, side by side: few of many are looked at.

    Attributes:
        product: what stands there.
        id: names it for ever.
        category: the name of its category.
        countries: where it may be sent; empty means everywhere.
        tagged: whether it has a tag.
        marks: its tags, its category and those that contain it, as they are compared.
        there: the variants that can be sent by the catalog's own count.
    """

    product: Product
    id: str
    category: str
    countries: tuple[str, ...]
    tagged: bool
    marks: frozenset[str]
    there: tuple[Variant, ...]


class Shelf:
    """The products of a catalog, each looked up once; `catalog.drawn(Shelf)` remembers it."""

    __slots__ = ("_catalog", "_found")

    def __init__(self, catalog: Catalog, /) -> None:
        """Nothing has been looked up yet."""
        self._catalog = catalog
        self._found: dict[str, Shelved] = {}

    def find(self, named: str, /) -> Shelved | None:
        """The product of this id, else the one that has this SKU."""
        found = self._found.get(named)
        if found is None:
            product = self._catalog.find(named) or self._catalog.sold_as(named)
            if product is None:
                return None
            found = self._found[named] = self._shelved(product)
        return found

    def _shelved(self, product: Product) -> Shelved:
        return Shelved(
            product=product,
            id=product.id,
            category=product.category,
            countries=product.countries,
            tagged=bool(product.labels),
            marks=product.labels | self._catalog.around(product.category),
            there=product.there,
        )
