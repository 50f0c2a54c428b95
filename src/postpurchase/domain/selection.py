"""Which lines of an order are meant: by product, SKU, category or tag."""

from attrs import frozen

from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog, Product

_NO_CATALOG = Catalog()


@frozen(kw_only=True)
class Selection:
    """Lines of any of these products, SKUs, categories or tags; all empty means every line.

    A category holds those below it, and a product its tags, as far as the catalog knows them;
    without a catalog only the category that stands on the line itself is seen.
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
        return any(name in self.categories for name in book.path(line.category))

    def _means(self, product: Product, catalog: Catalog) -> bool:
        return (
            product.id in self.products
            or any(tag in self.tags for tag in product.tags)
            or any(name in self.categories for name in catalog.path(product.category))
        )


def _product(line: Line, catalog: Catalog) -> Product | None:
    found = catalog.find(line.product) if line.product is not None else None
    return found or catalog.sold_as(line.sku)
