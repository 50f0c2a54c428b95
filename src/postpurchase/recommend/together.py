"""What others bought with it: suggestions from a mined table."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import popularity
from postpurchase.recommend.pairs import PairTable
from postpurchase.recommend.reasons import NoCatalog, NoTable, NothingProposed, OftenTogether
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates

EVIDENCE: Final = 3
"""Customers that must have bought both before it is said: fewer are chance, and may be known."""


_LIKELY: Final = 10
"""Neighbours that are put in order before anybody asks: what is shown and a few refused ones."""


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
        found = _Found(self, situation, table)
        if not found:
            return Declined((NothingProposed("bought together"),))
        first = next(found.candidates())
        return Granted(Candidates((first,), partial(found.candidates, 1)), first.reasons)


class _Found:
    """What was bought together with a customer's purchases; made for one decision.

    Few of many are looked at: so those that most likely are the best are put in order first, and
    candidates are made one by one.
    """

    def __init__(self, policy: BoughtTogether, situation: Situation, table: PairTable, /) -> None:
        """Sum up the scores of all that goes with what counts."""
        self._most = policy.most
        self._situation = situation
        scored, weight = table.scored(policy.evidence), policy.history_weight
        self._names = scored.names
        newest = dict.fromkeys(map(situation.product_of, situation.newest))
        self._newest = now = scored.links(newest)
        self._earlier = before = scored.links(
            [id for id in situation.owned if id not in newest] if weight else ()
        )
        # Earlier purchases are many, the newest few: those are weighed up, and all is scaled when
        # it is shown.
        self._scale = weight or 1.0
        weighed = [score / self._scale for score in now.scores]
        self._others = [*now.others, *before.others]
        self._shares = [*weighed, *before.scores]
        self._scores = _summed(self._others, self._shares)
        bars = sorted([*weighed, *[before.scores[place] for place in before.firsts]], reverse=True)
        self._bar = bars[:_LIKELY][-1] if bars else 0.0
        self._likely = self._ordered([id for id, s in self._scores.items() if s >= self._bar])

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self._scores)

    def candidates(self, start: int = 0, /) -> Iterator[Candidate]:
        """The best by score, popularity and id: so many that they do not own, and all between."""
        owned, left = self._situation.owned, self._most
        for rank, (id, place) in enumerate(chain(self._likely, self._unlikely())):
            name = self._names[id]
            if rank >= start:
                score = self._scores[id] * self._scale
                yield Candidate(product=name, score=score, reasons=(self._reason(place),))
            left -= name not in owned
            if not left:
                break

    def _unlikely(self) -> Iterator[tuple[int, int]]:
        yield from self._ordered([id for id, s in self._scores.items() if s < self._bar])

    def _ordered(self, ids: list[int]) -> list[tuple[int, int]]:
        """In order, each with the place of the link that counts most for it."""
        scores, names = self._scores, self._names
        ids.sort(key=scores.__getitem__, reverse=True)
        if len(set(map(scores.get, ids))) < len(ids):
            popular = popularity(self._situation.known)
            ids.sort(key=lambda id: (-scores[id], -popular.get(names[id], 0), names[id]))
        shares = self._shares
        strongest = dict.fromkeys(ids, -1)
        for place in [place for place, id in enumerate(self._others) if id in strongest]:
            id = self._others[place]
            if strongest[id] < 0 or shares[place] > shares[strongest[id]]:
                strongest[id] = place
        return [*strongest.items()]

    def _reason(self, place: int) -> OftenTogether:
        newest = len(self._newest.others)
        if place < newest:
            item, both = self._newest.why(place)
        else:
            item, both = self._earlier.why(place - newest)
        product = self._situation.catalog.find(item)
        return OftenTogether(both, product.title if product is not None else item)


def _summed(ids: Iterable[int], shares: Iterable[float], /) -> dict[int, float]:
    total: dict[int, float] = {}
    for id, share in zip(ids, shares, strict=True):
        if id in total:
            total[id] += share
        else:
            total[id] = share
    return total
