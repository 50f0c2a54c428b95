"""What a decision about products looks at, drawn from the facts once."""

from collections.abc import Container, Mapping
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from postpurchase.domain.customer import (
    Consent,
    ConsentState,
    Interest,
    Shop,
    Source,
)
from postpurchase.domain.event import ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.moment import local_date
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    RelationKind,
    Variant,
    folded,
)
from postpurchase.domain.rule import Known
from postpurchase.recommend.past import Past

DIETS: Final = Pairs(
    {
        "vegetarian": ("meat", "fish", "gelatine"),
        "vegan": ("meat", "fish", "gelatine", "dairy", "egg", "honey", "leather", "wool"),
        "halal": ("pork", "alcohol", "gelatine"),
        "kosher": ("pork", "shellfish"),
        "hindu": ("beef",),
        "jain": ("meat", "fish", "egg", "gelatine", "onion", "garlic"),
        "gluten-free": ("gluten",),
        "lactose-free": ("dairy",),
        "alcohol-free": ("alcohol",),
    }
)
"""What a declared way of eating or living avoids, by tag; a shop may pass its own."""

_EVERYWHERE = ZoneInfo("UTC")


@frozen
class Stock:
    """Units there are now, by SKU; newer than what the catalog says."""

    units: Pairs[int] = Pairs()


# Asked many times a decision. Where some attributes are made late, a class with slots reads each of
# them, and each method, through a hook that takes three times as long.
@frozen(kw_only=True, slots=False)
class Situation:
    """What is known of one customer when products are chosen for them.

    Attributes:
        history: the facts known at `at`; nothing later.
        at: the instant of the decision.
        known: answers of others.
        catalog: the shop's products.
        past: what follows from the history alone.
        stock: units there are now, by SKU; None where nothing is newer than the catalog.
    """

    history: History
    at: datetime
    known: Known
    catalog: Catalog
    past: Past
    stock: Mapping[str, int] | None

    @cached_property
    def interests(self) -> tuple[Interest, ...]:
        """The interests that may be used: the others are as if nobody had told them.

        What the customer stated may. What was observed may, unless it is sensitive, as a way of
        eating or living always is. Everything else, such as sensitive or third-party data, needs
        the consent that it names.
        """
        customer = self.past.customer
        told = customer.interests if customer is not None else ()
        return tuple([each for each in told if self._usable(each, DIETS)])

    def _usable(self, interest: Interest, diets: Container[str]) -> bool:
        if interest.source is Source.STATED:
            return True
        if interest.source is Source.OBSERVED and not sensitive(interest, diets):
            return True
        consents = {each.id: each for each in self.history.all(Consent)}
        consent = consents.get(interest.consent) if interest.consent else None
        return (
            consent is not None
            and consent.state is ConsentState.GRANTED
            and (consent.ends is None or self.at < consent.ends)
        )

    @classmethod
    def of(cls, history: History, /, *, at: datetime, known: Known) -> "Situation | None":
        """The situation that is being decided, looked at once for all; None without a catalog."""
        found = known.find(cls)
        if found is not None and found.history is history and found.at == at:
            return found
        catalog = known.find(Catalog)
        if catalog is None:
            return None
        seen, stock = history.until(at), known.find(Stock)
        return cls(
            history=seen,
            at=at,
            known=known,
            catalog=catalog,
            past=seen.drawn(Past.of),
            stock=stock.units if stock is not None else None,
        )

    def avoided(self, diets: Mapping[str, tuple[str, ...]], /) -> frozenset[str]:
        """The tags that must not be met, folded: everything avoided, whoever told it.

        A way of eating that may be used avoids what *diets* says of it.
        """
        if not self.past.likes:
            return self.past.avoids
        avoid = {folded(diet): tags for diet, tags in diets.items()}
        likes = [folded(each.tag) for each in self.past.likes if self._usable(each, avoid)]
        implied = [folded(tag) for diet in likes for tag in avoid.get(diet, ())]
        return self.past.avoids.union(implied)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The customer's zone, else the shop's, else UTC."""
        customer, shop = self.past.customer, self.known.find(Shop)
        if customer is not None and customer.zone is not None:
            return customer.zone
        return shop.zone if shop is not None else _EVERYWHERE

    @cached_property
    def home(self) -> str:
        """The shop's own country; empty where nobody passed the shop in."""
        shop = self.known.find(Shop)
        return shop.country if shop is not None else ""

    @cached_property
    def country(self) -> str:
        """Where the newest order went, else where the customer lives, else the shop's country."""
        customer = self.past.customer
        lives = customer.country if customer is not None else None
        return self.past.country or lives or self.home

    def product_of(self, line: Line, /) -> str:
        """The id of what a line sold, by product id or by SKU; the line's own word if unknown."""
        if line.product is not None:
            return line.product
        found = self.catalog.sold_as(line.sku)
        return found.id if found is not None else line.sku

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders of which something was kept, oldest first."""
        return self.past.orders

    @property
    def newest(self) -> tuple[str, ...]:
        """The products that they kept of the newest order of which they kept anything."""
        if not self.past.unnamed:
            return self.past.newest
        return tuple(dict.fromkeys(map(self.product_of, self.past.last)))

    @property
    def earlier(self) -> tuple[str, ...]:
        """The products that they bought before and kept, and that are not among the newest."""
        if not self.past.unnamed:
            return self.past.earlier
        newest = self.newest
        return tuple([product for product in self.owned if product not in newest])

    @property
    def owned(self) -> Mapping[str, datetime]:
        """What they bought and kept, and when they bought it last."""
        return self._named if self.past.unnamed else self.past.bought

    @cached_property
    def _named(self) -> Mapping[str, datetime]:
        bought = dict(self.past.bought)
        for line, at in self.past.unnamed:
            product = self.product_of(line)
            bought[product] = max(at, bought.get(product, at))
        return MappingProxyType(bought)

    @cached_property
    def purchases(self) -> Mapping[str, Mapping[date, int]]:
        """Units kept of each product by the local day of the order: two orders a day are one."""
        bought: dict[str, dict[date, int]] = {}
        for order in self.orders:
            day, whole = self.day(order.at), not (order.refunds or order.cancellations)
            for line in order.kept_lines:
                days = bought.setdefault(self.product_of(line), {})
                units = line.quantity if whole else order.kept[line.id]
                days[day] = days.get(day, 0) + units
        return MappingProxyType(bought)

    def day(self, at: datetime, /) -> date:
        """The customer's local date."""
        return local_date(at, self.zone)

    @property
    def sent_back(self) -> frozenset[str]:
        """The products they returned, asked to return or had refunded, and did not buy since."""
        if not self.past.sent_back:
            return frozenset()
        owned, back = self.owned, [(self.product_of(line), at) for line, at in self.past.sent_back]
        return frozenset([product for product, at in back if owned.get(product, at) <= at])

    @property
    def disliked(self) -> Mapping[str, ReviewPosted]:
        """The products to which they gave two stars of five or fewer, by their newest review."""
        return self.past.disliked

    def there(self, product: Product, /) -> tuple[Variant, ...]:
        """The variants that can be sent now; what nobody counts is always there."""
        newer = self.stock
        if newer is None:
            return product.there
        counted = ((each, newer.get(each.sku, each.stock)) for each in product.variants)
        return tuple(each for each, units in counted if units is None or units > 0)


def used_up(product: Product, /) -> bool:
    """Whether it is bought again when it is gone: a consumable, or what refills another product."""
    if product.durability is not None:
        return product.durability is Durability.CONSUMABLE
    return any(each.kind is RelationKind.REFILLS for each in product.relations)


def sensitive(interest: Interest, diets: Container[str], /) -> bool:
    """Whether it must be told to be used, and is never named: so is every way of eating."""
    return interest.sensitive or folded(interest.tag) in diets
