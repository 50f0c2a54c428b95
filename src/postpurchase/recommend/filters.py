"""What must not be shown, asked in one order that nobody can change: the excluded first.

The same filters stand before suggestions, their fallback, gifts and inserts.
"""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from attrs import field, frozen

from postpurchase.domain.decision import Reason
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product, folded
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.reasons import (
    AlreadySuggested,
    AvoidedTag,
    Disliked,
    EnoughOfCategory,
    EnoughOfPolicy,
    NotInCatalog,
    NotSoldThere,
    OutOfStock,
    Owned,
    SentBack,
    TagsUnknown,
)
from postpurchase.recommend.situation import DIETS, Situation, used_up
from postpurchase.recommend.suggestion import Candidate


class Filter(Protocol):
    """A shop's own reason to refuse a product, asked after all others."""

    def refuses(self, product: Product, situation: Situation, /) -> Reason | None:
        """Why this product is not for this customer now; None where nothing speaks against it."""
        ...


def _positive(_: object, __: object, most: int | None, /) -> None:
    if most is not None and most < 1:
        message = f"a limit per category must be 1 or more, got {most}: leave it out instead"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Filters:
    """What to refuse. The order is fixed: the first that refuses names the reason.

    1. what the customer avoids (by tag or category, categories below it included), and, for
       somebody who avoids anything, untagged products of a sensitive category;
    2. what they own: a durable one for as long as it lasts, something that is used up unless it
       is proposed to be bought again, and anything of which nobody knows which;
    3. what is out of stock;
    4. what is not sold in their country;
    5. what they sent back or disliked;
    6. the same product twice;
    7. more than `per_category` of one category;
    8. the shop's own filters.

    Attributes:
        sensitive: categories in which a product without tags counts as avoided: food, cosmetics,
            books, whatever can offend.
        diets: what a declared way of living avoids, by tag.
        per_category: how many products of one category may be shown; None for any number.
        own: the shop's own filters.
    """

    sensitive: tuple[str, ...] = ()
    diets: Pairs[tuple[str, ...]] = DIETS
    per_category: int | None = field(default=None, validator=_positive)
    own: tuple[Filter, ...] = ()


Check: TypeAlias = Callable[[Product, Candidate], Reason | None]


class Sieve:
    """The filters at work on one customer's candidates, one after the other."""

    def __init__(self, filters: Filters, situation: Situation, /) -> None:
        """Nothing has passed yet."""
        self._filters = filters
        self._situation = situation
        self._catalog = situation.catalog
        self._owned = situation.owned
        self._avoided = situation.avoided(filters.diets)
        self._sent_back = situation.sent_back
        self._disliked = situation.disliked
        self._passed: set[str] = set()
        self._places: dict[str, int] = {}
        self._quotas: dict[str, int] = {}
        self._checks = tuple(self._in_order())

    def _in_order(self) -> Iterator[Check]:
        """Every check that can refuse this customer anything, in the order that is promised."""
        if self._avoided:
            yield self._excluded
        if self._owned:
            yield self._in_use
        yield self._out_of_stock
        yield self._not_sold
        if self._sent_back or self._disliked:
            yield self._unloved
        yield self._enough
        if self._filters.own:
            yield self._refused_by_shop

    def judge(self, candidate: Candidate, /) -> Product | Reason:
        """The product that may be shown, or the first reason against it."""
        id = candidate.product
        product = self._catalog.find(id) or self._catalog.sold_as(id)
        if product is None:
            return NotInCatalog()
        for refuses in self._checks:
            against = refuses(product, candidate)
            if against is not None:
                return against
        return product

    def passed(self, product: Product, candidate: Candidate, /) -> None:
        """Remember a product that will be shown."""
        self._passed.add(product.id)
        self._places[product.category] = self._places.get(product.category, 0) + 1
        for group, _ in candidate.quotas:
            self._quotas[group] = self._quotas.get(group, 0) + 1

    def _excluded(self, product: Product, _: Candidate) -> Reason | None:
        labels, around = product.labels, self._catalog.around(product.category)
        if not self._avoided.isdisjoint(labels) or not self._avoided.isdisjoint(around):
            return AvoidedTag(min(self._avoided & (labels | around)))
        if not labels and not around.isdisjoint(map(folded, self._filters.sensitive)):
            return TagsUnknown(product.category)
        return None

    def _in_use(self, product: Product, candidate: Candidate) -> Reason | None:
        bought = self._owned.get(product.id)
        if bought is None:
            return None
        if used_up(product):
            if candidate.again:
                return None
        elif product.lasts is not None and bought + product.lasts <= self._situation.at:
            return None
        return Owned(self._situation.day(bought))

    def _out_of_stock(self, product: Product, _: Candidate) -> Reason | None:
        gone = product.variants and not self._situation.there(product)
        return OutOfStock() if gone else None

    def _not_sold(self, product: Product, _: Candidate) -> Reason | None:
        if not product.countries or self._situation.country in product.countries:
            return None
        return NotSoldThere(self._situation.country)

    def _unloved(self, product: Product, _: Candidate) -> Reason | None:
        if product.id in self._sent_back:
            return SentBack()
        review = self._disliked.get(product.id)
        return Disliked(review.rating or 0, review.best) if review is not None else None

    def _enough(self, product: Product, candidate: Candidate) -> Reason | None:
        if product.id in self._passed:
            return AlreadySuggested()
        most = self._filters.per_category
        if most is not None and self._places.get(product.category, 0) >= most:
            return EnoughOfCategory(product.category, most)
        for group, quota in candidate.quotas:
            if self._quotas.get(group, 0) >= quota:
                return EnoughOfPolicy(quota)
        return None

    def _refused_by_shop(self, product: Product, _: Candidate) -> Reason | None:
        for each in self._filters.own:
            answer = each.refuses(product, self._situation)
            if answer is not None:
                return answer
        return None
