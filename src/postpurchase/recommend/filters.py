"""What must not be shown, asked in one order that nobody can change: the excluded first.

The same filters stand before suggestions, their fallback, gifts and inserts.
"""

from collections import Counter
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from postpurchase.domain.decision import Reason
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product
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
from postpurchase.recommend.situation import DIETS, Situation, folded, used_up
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


class Sieve:
    """The filters at work on one customer's candidates, one after the other."""

    def __init__(self, filters: Filters, situation: Situation, /) -> None:
        """Nothing has passed yet."""
        self._filters = filters
        self._situation = situation
        self._passed: set[str] = set()
        self._categories: Counter[str] = Counter()
        self._quotas: Counter[str] = Counter()

    @cached_property
    def _avoided(self) -> frozenset[str]:
        return self._situation.avoided(self._filters.diets)

    @cached_property
    def _sensitive(self) -> frozenset[str]:
        return frozenset(map(folded, self._filters.sensitive))

    def judge(self, candidate: Candidate, /) -> Product | Reason:
        """The product that may be shown, or the first reason against it."""
        catalog = self._situation.catalog
        product = catalog.find(candidate.product) or catalog.sold_as(candidate.product)
        if product is None:
            return NotInCatalog()
        refused = (
            self._excluded(product)
            or self._owned(product, candidate)
            or self._out_of_stock(product)
            or self._not_sold(product)
            or self._unloved(product)
            or self._enough(product, candidate)
            or self._refused_by_shop(product)
        )
        return refused or product

    def passed(self, product: Product, candidate: Candidate, /) -> None:
        """Remember a product that will be shown."""
        self._passed.add(product.id)
        self._categories[product.category] += 1
        self._quotas.update(group for group, _ in candidate.quotas)

    def _excluded(self, product: Product) -> Reason | None:
        if not self._avoided:
            return None
        path = [folded(name) for name in self._situation.catalog.path(product.category)]
        tags = [folded(tag) for tag in product.tags]
        met = self._avoided.intersection((*tags, *path))
        if met:
            return AvoidedTag(min(met))
        if not tags and self._sensitive.intersection(path):
            return TagsUnknown(product.category)
        return None

    def _owned(self, product: Product, candidate: Candidate) -> Reason | None:
        bought = self._situation.owned.get(product.id)
        if bought is None:
            return None
        if used_up(product):
            if candidate.again:
                return None
        elif product.lasts is not None and bought + product.lasts <= self._situation.at:
            return None
        return Owned(self._situation.day(bought))

    def _out_of_stock(self, product: Product) -> Reason | None:
        units = self._situation.units(product).values()
        return (
            OutOfStock() if units and not any(each is None or each > 0 for each in units) else None
        )

    def _not_sold(self, product: Product) -> Reason | None:
        if not product.countries or self._situation.country in product.countries:
            return None
        return NotSoldThere(self._situation.country)

    def _unloved(self, product: Product) -> Reason | None:
        if product.id in self._situation.sent_back:
            return SentBack()
        review = self._situation.disliked.get(product.id)
        return Disliked(review.rating or 0, review.best) if review is not None else None

    def _enough(self, product: Product, candidate: Candidate) -> Reason | None:
        if product.id in self._passed:
            return AlreadySuggested()
        most = self._filters.per_category
        if most is not None and self._categories[product.category] >= most:
            return EnoughOfCategory(product.category, most)
        full = (quota for group, quota in candidate.quotas if self._quotas[group] >= quota)
        quota = next(full, None)
        return EnoughOfPolicy(quota) if quota is not None else None

    def _refused_by_shop(self, product: Product) -> Reason | None:
        answers = (each.refuses(product, self._situation) for each in self._filters.own)
        return next((answer for answer in answers if answer is not None), None)
