"""Which lines of an order are meant: by product, SKU, category or tag."""

from attrs import frozen

from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog, Product, folded

_NO_CATALOG = Catalog()


@frozen(kw_only=True)
class Selection:
    """Lines of any of these products, SKUs, categories or tags; all empty means every line.

    Categories and tags are compared as a catalog does: `Meat ` is `meat`. A category holds those
    below it, and a product its tags, as far as the catalog knows them; without a catalog only the
    category that stands on the line itself is seen.
    """

    products: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether every line is meant."""
        return not (self.products or self.skus or self.categories or self.tags)

    def has(self, line: Line, catalog: Catalog | None = None, /) -> bool:
        """Whether a line is meant."""
        if self.everything or line.sku in self.skus or line.product in self.products:
            return True
        book = catalog or _NO_CATALOG
        product = _product(line, book)
        if product is not None and self._means(product, book):
            return True
        return bool(self.categories) and self._holds(line.category, book)

    def _means(self, product: Product, catalog: Catalog) -> bool:
        return (
            product.id in self.products
            or (bool(self.tags) and not product.labels.isdisjoint(map(folded, self.tags)))
            or (bool(self.categories) and self._holds(product.category, catalog))
        )

    def _holds(self, category: str, catalog: Catalog) -> bool:
        names = map(folded, catalog.path(category))
        return not {*map(folded, self.categories)}.isdisjoint(names)


def _product(line: Line, catalog: Catalog) -> Product | None:
    found = catalog.find(line.product) if line.product is not None else None
    return found or catalog.sold_as(line.sku)
