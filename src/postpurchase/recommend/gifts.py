"""The little extra in the parcel: socks, sweets, a sample that fits who gets it."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
from postpurchase.domain.draw import held_out
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product, Variant, folded
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.filters import Filters, Sieve
from postpurchase.recommend.reasons import CountryUnknown, NoCatalog, NothingProposed
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggest import Proposer
from postpurchase.recommend.suggestion import Candidate

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@frozen
class NoOrder(Reason):
    """There is no order to put it in."""

    says: ClassVar[Says] = says("there is no order to put a gift in")


@frozen
class NotDrawn(Reason):
    """Gifts go into some orders only, and this is none of them."""

    says: ClassVar[Says] = says("order %(order)s was not drawn for a gift")
    order: str


@frozen
class CostUnknown(Reason):
    """Nobody said what it costs, so no budget can hold it."""

    says: ClassVar[Says] = says("nobody said what it costs")


@frozen
class TooDear(Reason):
    """It costs the shop more than the budget."""

    says: ClassVar[Says] = says("it costs %(cost)s, more than %(most)s")
    cost: Money
    most: Money


@frozen
class OtherCurrency(Reason):
    """Its cost is stated in another currency than the budget, and none is exchanged here."""

    says: ClassVar[Says] = says("it costs %(cost)s, and the budget is in %(currency)s")
    cost: Money
    currency: str


@frozen
class TooHeavy(Reason):
    """It weighs more than what is left for the parcel."""

    says: ClassVar[Says] = says("it weighs %(grams)s g of at most %(most)s g")
    grams: int
    most: int


@frozen
class WeightUnknown(Reason):
    """Nobody said what it weighs, so it may be too heavy."""

    says: ClassVar[Says] = says("nobody said what it weighs")


@frozen
class HeldByCustoms(Reason):
    """It may not be sent abroad, or not there."""

    says: ClassVar[Says] = says("%(tag)s is not sent to %(country)s")
    tag: str
    country: str


def _some(_: object, __: object, share: Decimal, /) -> None:
    if not 0 < share <= 1:
        message = f"share must be above 0 and at most 1, got {share}"
        raise InvalidSuggestion(message)


def _countries(_: object, __: object, abroad: Pairs[tuple[str, ...]], /) -> None:
    for country in abroad:
        if country != "*" and _COUNTRY.fullmatch(country) is None:
            message = f"abroad names countries by code, such as US, or all by *, got {country!r}"
            raise InvalidSuggestion(message)


@frozen(kw_only=True)
class LittleExtra:
    """Chooses one free thing for the newest order, through the same filters as suggestions.

    What is used up may be given again to who has had it, what lasts may not. It is sent in the
    variant that the policy asks for by SKU, else in the first that may be given away.

    Attributes:
        policy: what proposes gifts, such as `Complements` (socks with fashion, sweets with
            gadgets) before `Taste`; only those in `pool` are taken.
        pool: ids of the products that may be given away.
        most: what one may cost the shop, by the variant's `cost`; without a cost, or with one in
            another currency, it is refused.
        grams: what one may weigh; None for any weight, else an unknown weight is refused.
        abroad: tags and categories that customs hold, those below them included, by the country
            they may not be sent to, such as `Pairs(US=("food",))`; the country `*` stands for all
            but the shop's own.
        share: in which share of the orders there is one, 0 to 1; drawn by the order's id, so
            the same order always has the same answer.
        salt: names the draw; another salt draws other orders.
        filters: as for suggestions; the excluded come first.
    """

    policy: Proposer
    pool: tuple[str, ...]
    most: Money
    grams: int | None = None
    abroad: Pairs[tuple[str, ...]] = field(default=Pairs[tuple[str, ...]](), validator=_countries)
    share: Decimal = field(default=Decimal(1), validator=_some)
    salt: str = "little-extra"
    filters: Filters = field(factory=Filters)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Gift] | Declined:
        """The gift for the newest order, or why there is none."""
        situation = Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        order = next(reversed(situation.orders), None)
        if order is None:
            return Declined((NoOrder(),))
        if not held_out(self.salt, order.id, self.share):
            return Declined((NotDrawn(order.id),))
        sieve, refused = Sieve(self.filters, situation), dict[Reason, None]()
        for candidate in self._proposed(situation):
            judged = sieve.judge(candidate)
            if isinstance(judged, Reason):
                refused[judged] = None
                continue
            product = judged.product
            found = self._variant(product, candidate, situation)
            if isinstance(found, Variant):
                gift = Gift(
                    sku=found.sku, title=product.title, product=product.id, worth=found.cost
                )
                return Granted(gift, candidate.reasons)
            refused[found] = None
        return Declined(tuple(refused) or (NothingProposed("gift"),))

    def _proposed(self, situation: Situation) -> Iterator[Candidate]:
        known = situation.known.add(situation)
        answer = self.policy.decide(situation.history, at=situation.at, known=known)
        catalog = situation.catalog
        for each in answer.value if answer else ():
            product = catalog.find(each.product) or catalog.sold_as(each.product)
            if (each.product if product is None else product.id) in self.pool:
                yield evolve(each, again=True)

    def _variant(
        self, product: Product, candidate: Candidate, situation: Situation
    ) -> Variant | Reason:
        """The variant to send, or what speaks against the first of them."""
        there = situation.there(product)
        if candidate.product != product.id:
            there = tuple(each for each in there if each.sku == candidate.product) or there
        against = [self._against(each) for each in there] or [CostUnknown()]
        if None not in against:
            return next(filter(None, against))
        return self._held(product, situation) or there[against.index(None)]

    def _against(self, variant: Variant) -> Reason | None:
        cost, grams = variant.cost, variant.grams
        if cost is None:
            return CostUnknown()
        if cost.currency != self.most.currency:
            return OtherCurrency(cost, self.most.currency)
        if cost > self.most:
            return TooDear(cost, self.most)
        if self.grams is None:
            return None
        if grams is None:
            return WeightUnknown()
        return TooHeavy(grams, self.grams) if grams > self.grams else None

    def _held(self, product: Product, situation: Situation) -> Reason | None:
        country = situation.country
        marks = product.labels | situation.catalog.around(product.category)
        met = marks.intersection(map(folded, self._barred(country, situation.home)))
        if not met:
            return None
        return HeldByCustoms(min(met), country) if country else CountryUnknown()

    def _barred(self, country: str, home: str) -> Iterator[str]:
        """The tags that must not go there; all of them where nobody knows where that is."""
        for place, tags in self.abroad.items():
            if place == country or not country or (place == "*" and country != home):
                yield from tags
