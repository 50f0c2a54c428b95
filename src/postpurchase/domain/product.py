"""What a shop sells, and how its products belong together."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from enum import StrEnum, unique
from functools import cached_property
from typing import TypeVar
from unicodedata import normalize

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.expected import expected
from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidFact

T = TypeVar("T")


def folded(label: str, /) -> str:
    """A tag or category as it is compared: `Meat ` is `meat`, however its letters are encoded."""
    plain = normalize("NFKC", " ".join(label.split())).casefold()
    return normalize("NFKC", plain)  # folding a letter may leave its mark out of place


@unique
class RelationKind(StrEnum):
    """How one product stands to another, read as a sentence: sharpener completes knives."""

    COMPLETES = "completes"
    REFILLS = "refills"
    UPGRADES = "upgrades"
    REPLACES = "replaces"


@frozen
class Relation:
    """What the product that carries it does to another, named by its id; `note` says why."""

    kind: RelationKind = field(
        validator=expected(RelationKind, "RelationKind.COMPLETES or the like")
    )
    product: str
    note: str = ""


@unique
class Durability(StrEnum):
    """Whether a product is used up."""

    DURABLE = "durable"
    CONSUMABLE = "consumable"


@frozen(kw_only=True)
class Variant:
    """One thing that can be bought: a product in a size, a colour, a pack.

    Attributes:
        sku: what the shop counts in its stock.
        options: what sets it apart, such as `Pairs(size="41", colour="black")`.
        price: asked now; what somebody paid stands on the order.
        cost: what the shop pays for it.
        stock: how many are there; None where nobody counts.
        grams: its weight.
    """

    sku: str
    id: str = ""
    title: str = ""
    options: Pairs[str] = Pairs()
    price: Money | None = None
    cost: Money | None = None
    stock: int | None = None
    grams: int | None = None
    url: str = ""
    image: str = ""

    @property
    def in_stock(self) -> bool:
        """Whether it can be sent; what nobody counts is always there."""
        return self.stock is None or self.stock > 0


def _sold(product: "Product", _: object, variants: tuple[Variant, ...], /) -> None:
    skus = [variant.sku for variant in variants]
    if len(set(skus)) != len(skus):
        raise InvalidFact(
            fact="Product", name="variants", got=skus, expected=f"each SKU of {product.id} once"
        )


@frozen(kw_only=True)
class Product:
    """What is sold under one title.

    Attributes:
        id: names it for ever.
        variants: what can be bought of it; the first one stands for all.
        category: the name of its category; the catalog knows the category's parent.
        tags: free words, such as `meat`, `vegan`, `gift`.
        relations: what it does to other products.
        durability: whether it is used up; None where nobody knows.
        lasts: how long one unit is used, for things that are used up or worn out.
        countries: where it may be sent, as ISO 3166 codes; empty means everywhere.
    """

    id: str
    title: str
    variants: tuple[Variant, ...] = field(default=(), validator=_sold)
    category: str = ""
    tags: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    durability: Durability | None = None
    lasts: timedelta | None = None
    countries: tuple[str, ...] = ()
    brand: str = ""
    description: str = ""
    url: str = ""
    image: str = ""

    @property
    def price(self) -> Money | None:
        """What the first variant costs now."""
        return self.variants[0].price if self.variants else None

    @cached_property
    def there(self) -> tuple[Variant, ...]:
        """The variants that can be sent, in the shop's own order."""
        return tuple(variant for variant in self.variants if variant.in_stock)

    @property
    def in_stock(self) -> bool:
        """Whether some variant can be sent; a product without variants always can."""
        return bool(self.there) or not self.variants

    @cached_property
    def labels(self) -> frozenset[str]:
        """The tags as they are compared, by `folded`; blank ones say nothing."""
        return frozenset(filter(None, map(folded, self.tags)))

    def sold_in(self, country: str, /) -> bool:
        """Whether it may be sent to this ISO 3166 country."""
        return not self.countries or country in self.countries


@frozen(repr=False)
class Catalog:
    """All products of a shop, found by id, SKU, category or tag.

    Attributes:
        products: in the shop's own order, which answers keep.
        parents: the parent of each category that has one.
    """

    products: tuple[Product, ...] = ()
    parents: Pairs[str] = Pairs()

    def __attrs_post_init__(self) -> None:
        """Refuse ids and SKUs that name two things, and categories that contain themselves."""
        ids = [product.id for product in self.products]
        skus = [variant.sku for product in self.products for variant in product.variants]
        for name, names in (("products", ids), ("variants", skus)):
            if len(set(names)) != len(names):
                twice = sorted({each for each in names if names.count(each) > 1})
                raise InvalidFact(fact="Catalog", name=name, got=twice, expected="each once")
        for category in self.parents:
            self.path(category)

    @cached_property
    def _by_id(self) -> dict[str, Product]:
        return {product.id: product for product in self.products}

    @cached_property
    def _by_sku(self) -> dict[str, tuple[Product, Variant]]:
        return {
            variant.sku: (product, variant)
            for product in self.products
            for variant in product.variants
        }

    @cached_property
    def _parents(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for category, parent in self.parents.items():
            if folded(found.setdefault(folded(category), parent)) != folded(parent):
                raise InvalidFact(
                    fact="Catalog", name="parents", got=category, expected="one parent for it"
                )
        return found

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _around(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _within(self) -> dict[str, tuple[Product, ...]]:
        return _grouped((product, self.around(product.category)) for product in self.products)

    @cached_property
    def _tagged(self) -> dict[str, tuple[Product, ...]]:
        return _grouped((product, product.labels) for product in self.products)

    @cached_property
    def _incoming(self) -> dict[tuple[str, RelationKind], tuple[Product, ...]]:
        found: dict[tuple[str, RelationKind], tuple[Product, ...]] = {}
        for product in self.products:
            for relation in product.relations:
                key = (relation.product, relation.kind)
                found[key] = (*found.get(key, ()), product)
        return found

    def find(self, id: str, /) -> Product | None:
        """The product of this id."""
        return self._by_id.get(id)

    def sold_as(self, sku: str, /) -> Product | None:
        """The product that has this SKU."""
        found = self._by_sku.get(sku)
        return found[0] if found else None

    def variant(self, sku: str, /) -> Variant | None:
        """The variant of this SKU."""
        found = self._by_sku.get(sku)
        return found[1] if found else None

    def path(self, category: str, /) -> tuple[str, ...]:
        """The category and all that contain it, the narrowest first; compared by `folded`."""
        if not self._parents:
            return (category,)
        found = self._paths.get(category)
        if found is None:
            found = tuple(self._up(category))
            if len(found) > 1:  # lines may name anything: only what the shop named is remembered
                self._paths[category] = found
        return found

    def _up(self, category: str) -> Iterator[str]:
        seen, at = list[str](), folded(category)
        yield category
        while (parent := self._parents.get(at)) is not None:
            seen.append(at)
            at = folded(parent)
            if at in seen:
                raise InvalidFact(
                    fact="Catalog", name="parents", got=[*seen, parent], expected="no circle"
                )
            yield parent

    def around(self, category: str, /) -> frozenset[str]:
        """The category and all that contain it, as they are compared, by `folded`. Remembered."""
        found = self._around.get(category)
        if found is None:
            found = self._around[category] = frozenset(map(folded, self.path(category)))
        return found

    def within(self, category: str, /) -> tuple[Product, ...]:
        """The products of this category and of those below it; compared by `folded`."""
        return self._within.get(folded(category), ())

    def tagged(self, tag: str, /) -> tuple[Product, ...]:
        """The products with this tag; compared by `folded`."""
        return self._tagged.get(folded(tag), ())

    def related(self, id: str, kind: RelationKind, /) -> tuple[Product, ...]:
        """The products that complete, refill, upgrade or replace the product of this id."""
        return self._incoming.get((id, kind), ())

    def drawn(self, draw: Callable[["Catalog"], T], /) -> T:
        """What *draw* makes of this catalog, made once and remembered; it must ask nothing else."""
        found = self._drawn.get(draw)
        if found is None:
            found = self._drawn[draw] = draw(self)
        return found  # type: ignore[return-value]  # the memo is keyed by the very one who draws

    @cached_property
    def _drawn(self) -> dict[object, object]:
        return {}

    def __iter__(self) -> Iterator[Product]:
        """The products in the shop's own order."""
        return iter(self.products)

    def __len__(self) -> int:
        """How many products there are."""
        return len(self.products)

    @override
    def __repr__(self) -> str:
        return f"<Catalog of {len(self.products)} products>"


def _grouped(
    labelled: Iterable[tuple[Product, frozenset[str]]], /
) -> dict[str, tuple[Product, ...]]:
    found: dict[str, list[Product]] = {}
    for product, labels in labelled:
        for label in labels:
            found.setdefault(label, []).append(product)
    return {label: tuple(products) for label, products in found.items()}
