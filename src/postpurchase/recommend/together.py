"""What others bought with it: suggestions from a mined table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import best_first
from postpurchase.recommend.pairs import PairTable
from postpurchase.recommend.reasons import NoCatalog, NoTable, NothingProposed, OftenTogether
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates

EVIDENCE: Final = 3
"""Customers that must have bought both before it is said: fewer are chance, and may be known."""


def _some(_: object, attribute: object, value: float, /) -> None:
    if value < 0:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 0 or more, got {value}"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class BoughtTogether:
    """Proposes the neighbours of what was bought, from the `PairTable` that is known.

    A product's score is the sum of `both / sqrt((first + 20) * (second + 20))` over what the
    customer bought: the newest order counts whole, what was bought before by `history_weight`.
    Ties go to the more popular product (by `Sales`, where known), then by id. Mine the table by
    customer where customers are known.

    Attributes:
        history_weight: what earlier purchases count, 0 to leave them out, 1 for as much.
        evidence: baskets that must hold both.
    """

    history_weight: float = field(default=0.3, validator=_some)
    evidence: int = field(default=EVIDENCE, validator=_some)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """The neighbours of what this customer has, the best first."""
        table, situation = known.find(PairTable), Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        if table is None:
            return Declined((NoTable("table of pairs"),))
        weights = self._weights(situation)
        scores: defaultdict[str, float] = defaultdict(float)
        strongest: dict[str, tuple[float, int, str]] = {}
        for item, other, both, strength in self._links(table, weights):
            scores[other] += strength
            if other not in strongest or strength > strongest[other][0]:
                strongest[other] = (strength, both, item)
        if not scores:
            return Declined((NothingProposed("bought together"),))
        catalog = situation.catalog
        candidates = [
            Candidate(
                product=other, score=score, reasons=(OftenTogether(both, _title(item, catalog)),)
            )
            for other, score in scores.items()
            for _, both, item in (strongest[other],)
        ]
        best = best_first(candidates, known)
        return Granted(Candidates(best), best[0].reasons)

    def _links(
        self, table: PairTable, weights: Mapping[str, float]
    ) -> Iterator[tuple[str, str, int, float]]:
        for item, weight in weights.items():
            for other, both, strength in table.strengths(item):
                if both >= self.evidence:
                    yield item, other, both, weight * strength

    def _weights(self, situation: Situation) -> Mapping[str, float]:
        weights: dict[str, float] = {}
        if self.history_weight:
            weights = dict.fromkeys(situation.owned, self.history_weight)
        for order in situation.orders[-1:]:
            weights |= {situation.product_of(line): 1.0 for line in order.kept_lines}
        return weights


def _title(product: str, catalog: Catalog, /) -> str:
    found = catalog.find(product)
    return found.title if found is not None else product
