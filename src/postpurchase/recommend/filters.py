"""What must not be shown, asked in one order that nobody can change: the excluded first.

The same filters stand before suggestions, their fallback, gifts and inserts.
"""

from typing import Protocol

from attrs import field, frozen

from postpurchase.domain.decision import Reason
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product, Variant, folded
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.reasons import (
    AlreadySuggested,
    AvoidedTag,
    CountryUnknown,
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
from postpurchase.recommend.shelf import Shelf, Shelved
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
    4. what is not sold in their country, or only in some where nobody knows theirs;
    5. what they sent back and did not buy since, and what they disliked;
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
        self._shelf = situation.catalog.drawn(Shelf)
        self._owned = situation.owned
        self._avoided = situation.avoided(filters.diets)
        self._sent_back = situation.sent_back
        self._disliked = situation.disliked
        self._passed: set[str] = set()
        self._places: dict[str, int] = {}
        self._quotas: dict[str, int] = {}

    def judge(self, candidate: Candidate, /) -> Shelved | Reason:
        """The product that may be shown, or the first reason against it, in the promised order."""
        found = self._shelf.find(candidate.product)
        if found is None:
            return NotInCatalog()
        return (
            (self._excluded(found) if self._avoided else None)
            or (self._in_use(found, candidate) if found.id in self._owned else None)
            or self._out_of_stock(found)
            or (self._not_sold(found) if found.countries else None)
            or (self._unloved(found) if self._sent_back or self._disliked else None)
            or self._enough(found, candidate)
            or (self._refused_by_shop(found) if self._filters.own else None)
            or found
        )

    def there(self, shelved: Shelved, /) -> tuple[Variant, ...]:
        """The variants that can be sent now."""
        if self._situation.stock is None:
            return shelved.there
        return self._situation.there(shelved.product)

    def passed(self, shelved: Shelved, candidate: Candidate, /) -> None:
        """Remember a product that will be shown."""
        self._passed.add(shelved.id)
        self._places[shelved.category] = self._places.get(shelved.category, 0) + 1
        for group, _ in candidate.quotas:
            self._quotas[group] = self._quotas.get(group, 0) + 1

    def _excluded(self, shelved: Shelved) -> Reason | None:
        if not self._avoided.isdisjoint(shelved.marks):
            return AvoidedTag(min(self._avoided & shelved.marks))
        if shelved.tagged or shelved.marks.isdisjoint(map(folded, self._filters.sensitive)):
            return None
        return TagsUnknown(shelved.category)

    def _in_use(self, shelved: Shelved, candidate: Candidate) -> Reason | None:
        bought, lasts = self._owned[shelved.id], shelved.product.lasts
        if used_up(shelved.product):
            if candidate.again:
                return None
        elif lasts is not None and lasts <= self._situation.at - bought:
            return None
        return Owned(self._situation.day(bought))

    def _out_of_stock(self, shelved: Shelved) -> Reason | None:
        return None if self.there(shelved) or not shelved.product.variants else OutOfStock()

    def _not_sold(self, shelved: Shelved) -> Reason | None:
        country = self._situation.country
        if not country:
            return CountryUnknown()
        return None if country in shelved.countries else NotSoldThere(country)

    def _unloved(self, shelved: Shelved) -> Reason | None:
        if shelved.id in self._sent_back:
            return SentBack()
        review = self._disliked.get(shelved.id)
        return Disliked(review.rating or 0, review.best) if review is not None else None

    def _enough(self, shelved: Shelved, candidate: Candidate) -> Reason | None:
        if shelved.id in self._passed:
            return AlreadySuggested()
        most = self._filters.per_category
        if most is not None and self._places.get(shelved.category, 0) >= most:
            return EnoughOfCategory(shelved.category, most)
        for group, quota in candidate.quotas:
            if self._quotas.get(group, 0) >= quota:
                return EnoughOfPolicy(quota)
        return None

    def _refused_by_shop(self, shelved: Shelved) -> Reason | None:
        for each in self._filters.own:
            answer = each.refuses(shelved.product, self._situation)
            if answer is not None:
                return answer
        return None
