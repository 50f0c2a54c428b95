"""What others bought with it: suggestions from a mined table."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from math import inf
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import popularity
from postpurchase.recommend.pairs import PairTable
from postpurchase.recommend.reasons import NoCatalog, NoTable, NothingProposed, OftenTogether
from postpurchase.recommend.shelf import Shelf
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates

EVIDENCE: Final = 3
"""Customers that must have bought both before it is said: fewer are chance, and may be known."""


_LIKELY: Final = 10
"""Neighbours that are put in order before anybody asks: what is shown and a few refused ones."""

_FEW: Final = 3 * _LIKELY
"""Neighbours that are put in order all at once."""


def _some(_: object, attribute: object, value: float, /) -> None:
    if not 0 <= value < inf:
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
        first = found.first
        return Granted(Candidates((first,), found.rest), first.reasons)


class _Found:
    """What was bought together with a customer's purchases; made for one decision.

    Few of many are looked at: so those that most likely are the best are put in order first, and
    candidates are made one by one.
    """

    def __init__(self, policy: BoughtTogether, situation: Situation, table: PairTable, /) -> None:
        """Sum up the scores of all that goes with what counts."""
        self._most, self._situation = policy.most, situation
        self._shelf = situation.catalog.drawn(Shelf)
        scored, weight = table.scored(policy.evidence), policy.history_weight
        newest, earlier = situation.newest, situation.earlier if weight else ()
        self._names, self._links = scored.names, scored.links((*newest, *earlier))
        own = self._links.starts[len(newest)]
        # Earlier purchases are many, the newest few: those are weighed up, and all is scaled when
        # it is shown.
        self._scale, self._shares = 1.0, self._links.scores
        if earlier:
            weighed = [share / weight for share in self._shares[:own]]
            self._scale, self._shares = weight, [*weighed, *self._shares[own:]]
        self._scores, self._strongest = _summed(self._links.others, self._shares)
        self._bar, likely = 0.0, [*self._scores]
        if len(likely) > _FEW:
            self._bar = bar = self._high(own, self._links.starts[len(newest) :])
            likely = [id for id, score in self._scores.items() if score >= bar]
        self._likely = self._ordered(likely)

    def _high(self, own: int, starts: Sequence[int]) -> float:
        """A share that few reach: of the newest order's and of each earlier purchase's first."""
        shares = self._shares
        firsts = [shares[place] for place in starts if place < len(shares)]
        return sorted([*shares[:own], *firsts], reverse=True)[:_LIKELY][-1]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self._scores)

    @property
    def first(self) -> Candidate:
        """The best by score, popularity and id."""
        return self._candidate(self._likely[0])

    def rest(self) -> Iterator[Candidate]:
        """The next best: so many that they do not own, and all between."""
        owned, names, (first, *likely) = self._situation.owned, self._names, self._likely
        left = self._most - (names[first] not in owned)
        for id in chain(likely, self._unlikely()):
            if not left:
                break
            yield self._candidate(id)
            left -= names[id] not in owned

    def _unlikely(self) -> Iterator[int]:
        yield from self._ordered([id for id, s in self._scores.items() if s < self._bar])

    def _ordered(self, ids: list[int]) -> list[int]:
        scores, names = self._scores, self._names
        ids.sort(key=scores.__getitem__, reverse=True)
        if len(set(map(scores.get, ids))) < len(ids):
            popular = popularity(self._situation.known)
            ids.sort(key=lambda id: (-scores[id], -popular.get(names[id], 0), names[id]))
        return ids

    def _candidate(self, id: int) -> Candidate:
        """With the link that counts most as its reason."""
        item, both = self._links.why(self._strongest[id])
        bought = self._shelf.find(item)
        reason = OftenTogether(both, bought.product.title if bought is not None else item)
        score = self._scores[id] * self._scale
        return Candidate(product=self._names[id], score=score, reasons=(reason,))


def _summed(
    others: Sequence[int], shares: Sequence[float], /
) -> tuple[dict[int, float], dict[int, int]]:
    """The sum of each neighbour's shares, and the place of the greatest of them."""
    total: dict[int, float] = {}
    strongest: dict[int, int] = {}
    for place, id in enumerate(others):
        if id not in total:
            total[id] = shares[place]
            strongest[id] = place
            continue
        total[id] += shares[place]
        if shares[place] > shares[strongest[id]]:
            strongest[id] = place
    return total, strongest
