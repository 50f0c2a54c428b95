"""Something better than what was bought: a better version, a larger pack, a bundle."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.product import Product, RelationKind
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import best_first
from postpurchase.recommend.reasons import BetterThan, NoCatalog, NothingProposed
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates


def _band(_: object, __: object, band: tuple[Decimal, Decimal], /) -> None:
    if any(each.is_nan() for each in band) or not 1 <= band[0] <= band[1]:
        message = f"a price band runs from 1 or more upwards, got {band[0]} to {band[1]}"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Upgrade:
    """Proposes what is better than what was bought last.

    First what the catalog says upgrades a product; then products of the same category whose
    price lies in the band, the nearest to what was paid first. Prices are compared in the
    order's currency only: what is priced in another one is left out. What was had for nothing has
    no price to be near to.

    Attributes:
        band: the least and the greatest price as multiples of what was paid for one unit.
    """

    band: tuple[Decimal, Decimal] = field(
        default=(Decimal("1.10"), Decimal("1.60")), validator=_band
    )

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """What is better than the products of the newest order, or that nothing is."""
        situation = Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        found: dict[str, Candidate] = {}
        for candidate in self._found(situation):
            found.setdefault(candidate.product, candidate)
        if not found:
            return Declined((NothingProposed("upgrade"),))
        best = best_first(found.values(), known)
        return Granted(Candidates(best), best[0].reasons)

    def _found(self, situation: Situation) -> Iterator[Candidate]:
        catalog = situation.catalog
        bought = [
            (product, line.unit_price)
            for order in situation.orders[-1:]
            for line in order.kept_lines
            for product in (catalog.find(situation.product_of(line)),)
            if product is not None
        ]
        for product, _ in bought:
            for better in catalog.related(product.id, RelationKind.UPGRADES):
                note = next((r.note for r in better.relations if r.product == product.id), "")
                reason = BetterThan(product.title, note)
                yield Candidate(product=better.id, score=2.0, reasons=(reason,))
        for product, paid in bought:
            for other in catalog.within(product.category) if product.category else ():
                near = self._nearness(other, paid)
                if other.id != product.id and near is not None:
                    reason = BetterThan(product.title)
                    yield Candidate(product=other.id, score=near, reasons=(reason,))

    def _nearness(self, product: Product, paid: Money) -> float | None:
        """1 where the price is what was paid, less the further it is; None outside the band."""
        price = product.price
        if price is None or price.currency != paid.currency or not paid:
            return None
        least, most = self.band
        within = paid.amount * least <= price.amount <= paid.amount * most
        return float(paid.amount / price.amount) if within else None
