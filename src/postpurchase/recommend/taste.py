"""What fits the interests that a customer declared or agreed to have used."""

from collections import defaultdict
from datetime import datetime
from math import inf

from attrs import field, frozen

from postpurchase.domain.customer import Interest, Source, Stance
from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.history import History
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import best_first
from postpurchase.recommend.reasons import (
    NoCatalog,
    NothingProposed,
    PickedForThem,
    SharesInterest,
)
from postpurchase.recommend.situation import DIETS, Situation, sensitive
from postpurchase.recommend.suggestion import Candidate, Candidates


def _real(_: object, attribute: object, weight: float, /) -> None:
    if not 0 <= weight < inf:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be a number of 0 or more, got {weight}"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Taste:
    """Proposes products with the tags, or of the categories, that the customer likes.

    Only interests that may be used count (`Situation.interests`): what nobody agreed to is never
    used, and what is sensitive is never named. Each interest counts its weight; a product with
    several gets the sum. Ties go to the more popular product, then by id.

    Attributes:
        stated: what an interest counts that the customer stated.
        observed: what one counts that was observed, here or elsewhere.
    """

    stated: float = field(default=1.0, validator=_real)
    observed: float = field(default=0.5, validator=_real)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """What fits this customer's interests, the best first."""
        situation = Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        scores: defaultdict[str, float] = defaultdict(float)
        reasons: defaultdict[str, dict[Reason, None]] = defaultdict(dict)
        for interest in situation.interests:
            if interest.stance is Stance.LIKES:
                for product in _fitting(interest, situation.catalog):
                    scores[product] += self._weight(interest)
                    reasons[product][_reason(interest)] = None
        if not scores:
            return Declined((NothingProposed("taste"),))
        candidates = (
            Candidate(product=product, score=score, reasons=tuple(reasons[product]))
            for product, score in scores.items()
        )
        best = best_first(candidates, known)
        return Granted(Candidates(best), best[0].reasons)

    def _weight(self, interest: Interest) -> float:
        return self.stated if interest.source is Source.STATED else self.observed


def _fitting(interest: Interest, catalog: Catalog, /) -> dict[str, None]:
    found = (*catalog.tagged(interest.tag), *catalog.within(interest.tag))
    return dict.fromkeys([product.id for product in found])


def _reason(interest: Interest, /) -> Reason:
    return PickedForThem() if sensitive(interest, DIETS) else SharesInterest(interest.tag)
