"""The little extra in the parcel: socks, sweets, a sample that fits who gets it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from attrs import field, frozen

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
from postpurchase.recommend.reasons import NoCatalog, NothingProposed
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggest import Proposer, sent_variant
from postpurchase.recommend.suggestion import Candidate


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
class TooHeavy(Reason):
    """It weighs more than what is left for the parcel, or nobody said what it weighs."""

    says: ClassVar[Says] = says("it weighs %(grams)s g of at most %(most)s g")
    grams: int
    most: int


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


@frozen(kw_only=True)
class LittleExtra:
    """Chooses one free thing for the newest order, through the same filters as suggestions.

    Attributes:
        policy: what proposes gifts, such as `Complements` (socks with fashion, sweets with
            gadgets) before `Taste`; only those in `pool` are taken.
        pool: product ids that may be given away.
        most: what one may cost the shop, by the variant's `cost`; without a cost it is refused.
        grams: what one may weigh; None for any weight, else an unknown weight is refused.
        abroad: tags that customs hold, by the country they may not be sent to, such as
            `Pairs(US=("food",))`; the country `*` stands for all but the shop's own.
        share: in which share of the orders there is one, 0 to 1; drawn by the order's id, so
            the same order always has the same answer.
        salt: names the draw; another salt draws other orders.
        filters: as for suggestions; the excluded come first.
    """

    policy: Proposer
    pool: tuple[str, ...]
    most: Money
    grams: int | None = None
    abroad: Pairs[tuple[str, ...]] = Pairs()
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
            if not isinstance(judged, Product):
                refused[judged] = None
                continue
            variant = sent_variant(judged, candidate, situation)
            against = self._against(judged, variant, situation)
            if variant is not None and against is None:
                gift = Gift(
                    sku=variant.sku, title=judged.title, product=judged.id, worth=variant.cost
                )
                return Granted(gift, candidate.reasons)
            refused[against or CostUnknown()] = None
        return Declined(tuple(refused) or (NothingProposed("gift"),))

    def _proposed(self, situation: Situation) -> Iterator[Candidate]:
        known = situation.known.add(situation)
        answer = self.policy.decide(situation.history, at=situation.at, known=known)
        if answer:
            yield from (each for each in answer.value if each.product in self.pool)

    def _against(
        self, product: Product, variant: Variant | None, situation: Situation
    ) -> Reason | None:
        cost = variant.cost if variant is not None else None
        if cost is None:
            return CostUnknown()
        if cost.currency != self.most.currency or cost > self.most:
            return TooDear(cost, self.most)
        grams = variant.grams if variant is not None else None
        if self.grams is not None and (grams is None or grams > self.grams):
            return TooHeavy(grams or 0, self.grams)
        return self._held(product, situation)

    def _held(self, product: Product, situation: Situation) -> Reason | None:
        country = situation.country
        barred = {folded(tag) for tag in self.abroad.get(country, ())}
        if country != situation.home:
            barred |= {folded(tag) for tag in self.abroad.get("*", ())}
        met = barred & product.labels
        return HeldByCustoms(min(met), country) if met else None
