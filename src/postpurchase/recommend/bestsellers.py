"""What everybody buys: the fallback, and the tie-break of every other policy."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Self

from attrs import frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.recommend.reasons import Bestseller, NoCatalog, NoTable, NothingProposed
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates


@frozen(repr=False)
class Sales:
    """How many orders each product was in."""

    counts: Pairs[int] = Pairs()

    @classmethod
    def of(cls, orders: Iterable[Order], /) -> Self:
        """Count the orders that kept each product, by product id, else by SKU."""
        held = ({line.product or line.sku for line in order.kept_lines} for order in orders)
        return cls(Pairs(Counter(product for products in held for product in products)))

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """The products, most orders first; ties by id."""
        return tuple(sorted(self.counts, key=lambda product: (-self.counts[product], product)))

    @cached_property
    def plain(self) -> Mapping[str, int]:
        """The counts as a read-only dict, which is faster to ask."""
        return MappingProxyType(dict(self.counts))

    @cached_property
    def candidates(self) -> Candidates:
        """The products as candidates; made once, because every decision may fall back on them."""
        found = (
            Candidate(
                product=product,
                score=float(self.counts[product]),
                reasons=(Bestseller(rank),),
            )
            for rank, product in enumerate(self.ranked, 1)
        )
        return Candidates(tuple(found))


@frozen(kw_only=True)
class Bestsellers:
    """What most orders hold, from the `Sales` that are known, or a list of the shop's own.

    Attributes:
        products: the shop's own list, the best first; empty for the sales.
        categories: only products of these and those below them; empty for all.
    """

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """The bestsellers, the best first, whoever asks."""
        sales = known.find(Sales)
        if not self.products and sales is None:
            return Declined((NoTable("sales"),))
        found = self._listed if sales is None or self.products else sales.candidates
        if self.categories:
            situation = Situation.of(subject, at=at, known=known)
            if situation is None:
                return Declined((NoCatalog(),))
            within = {
                product.id for name in self.categories for product in situation.catalog.within(name)
            }
            found = Candidates(tuple([each for each in found if each.product in within]))
        if not found.made:
            return Declined((NothingProposed("bestsellers"),))
        return Granted(found, found.made[0].reasons)

    @cached_property
    def _listed(self) -> Candidates:
        found = (
            Candidate(product=product, score=1 / rank, reasons=(Bestseller(rank),))
            for rank, product in enumerate(self.products, 1)
        )
        return Candidates(tuple(found))


def popularity(known: Known, /) -> Mapping[str, int]:
    """How many orders each product was in, as far as sales are known."""
    sales = known.find(Sales)
    return sales.plain if sales is not None else {}


def best_first(candidates: Iterable[Candidate], known: Known, /) -> tuple[Candidate, ...]:
    """By score, ties by popularity, then by product id."""
    counts = popularity(known)
    return tuple(
        sorted(
            candidates, key=lambda each: (-each.score, -counts.get(each.product, 0), each.product)
        )
    )
