"""What others bought with it: suggestions from a mined table."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import popularity
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


def _positive(_: object, __: object, most: int, /) -> None:
    if most < 1:
        message = f"most must be 1 or more, got {most}"
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
        most: how many products that they do not own to propose at most, the best first.
    """

    history_weight: float = field(default=0.3, validator=_some)
    evidence: int = field(default=EVIDENCE, validator=_some)
    most: int = field(default=30, validator=_positive)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """The neighbours of what this customer has, the best first."""
        table, situation = known.find(PairTable), Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        if table is None:
            return Declined((NoTable("table of pairs"),))
        least = self.evidence
        links = [
            (other, weight * strength, both, item)
            for item, weight in self._weights(situation).items()
            for other, both, strength in table.strengths(item)
            if both >= least
        ]
        scores: dict[str, float] = {}
        for other, share, _, _ in links:
            scores[other] = scores.get(other, 0.0) + share
        if not scores:
            return Declined((NothingProposed("bought together"),))
        first = dict(_first(scores, self.most, situation.owned, popularity(known)))
        strongest: dict[str, tuple[float, int, str]] = {}
        for other, share, both, item in links:
            if other in first and (other not in strongest or share > strongest[other][0]):
                strongest[other] = (share, both, item)
        catalog = situation.catalog
        best = tuple(
            Candidate(product=other, score=score, reasons=(_reason(strongest[other], catalog),))
            for other, score in first.items()
        )
        return Granted(Candidates(best), best[0].reasons)

    def _weights(self, situation: Situation) -> Mapping[str, float]:
        weights: dict[str, float] = {}
        if self.history_weight:
            weights = dict.fromkeys(situation.owned, self.history_weight)
        weights |= {situation.product_of(line): 1.0 for line in situation.newest}
        return weights


def _first(
    scores: Mapping[str, float], most: int, owned: Collection[str], popular: Mapping[str, int], /
) -> list[tuple[str, float]]:
    """The best by score, popularity and id: so many that they do not own, with those between."""
    fresh = sorted((score for id, score in scores.items() if id not in owned), reverse=True)
    cut = fresh[:most][-1] if fresh else 0.0
    near = [pair for pair in scores.items() if pair[1] >= cut]
    near.sort(key=lambda pair: (-pair[1], -popular.get(pair[0], 0), pair[0]))
    return near[: most + sum(1 for id, _ in near if id in owned)]


def _reason(strongest: tuple[float, int, str], catalog: Catalog, /) -> OftenTogether:
    _, both, item = strongest
    found = catalog.find(item)
    return OftenTogether(both, found.title if found is not None else item)
