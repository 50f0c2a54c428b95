"""Several policies as one: in turn, or by weight. Both are policies again."""

from collections import defaultdict
from datetime import datetime
from math import inf
from operator import ge

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import best_first
from postpurchase.recommend.reasons import NothingProposed
from postpurchase.recommend.suggest import Proposer
from postpurchase.recommend.suggestion import Candidate, Candidates


def _some(_: object, __: object, policies: tuple[Proposer, ...], /) -> None:
    if not policies:
        message = "policies must name at least one, got none"
        raise InvalidSuggestion(message)


def _numbers(policies: int, name: str, values: tuple[float, ...], /) -> None:
    if len(values) != policies or not all(0 < value < inf for value in values):
        message = f"{name} must be one number above 0 for each of {policies} policies, got {values}"
        raise InvalidSuggestion(message)


def _quotas(chain: "Chain", _: object, quotas: tuple[int, ...], /) -> None:
    if quotas:
        _numbers(len(chain.policies), "quotas", quotas)


def _weights(blend: "Blend", _: object, weights: tuple[float, ...], /) -> None:
    _numbers(len(blend.policies), "weights", weights)


@frozen(kw_only=True)
class Chain:
    """All that the first policy proposes, then all of the second, and so on.

    Attributes:
        policies: the one that goes first, first.
        quotas: how many products of each policy may be shown, one number per policy; empty for
            any number. A refused product uses up no place.
    """

    policies: tuple[Proposer, ...] = field(validator=_some)
    quotas: tuple[int, ...] = field(default=(), validator=_quotas)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """What the policies propose, in turn; declined when none proposes anything."""
        found, silent = list[Candidate](), list[Reason]()
        for place, policy in enumerate(self.policies):
            answer = policy.decide(subject, at=at, known=known)
            found.extend([self._placed(place, each) for each in _candidates(answer)])
            silent.extend(() if answer else answer.reasons)
        if not found:
            return Declined(tuple(dict.fromkeys(silent)) or (NothingProposed("chain"),))
        return Granted(Candidates(tuple(found)), found[0].reasons)

    def _placed(self, place: int, candidate: Candidate) -> Candidate:
        if not self.quotas:
            return candidate
        own = (str(place), self.quotas[place])
        return evolve(candidate, quotas=(own, *_within(place, candidate)))


@frozen(kw_only=True)
class Blend:
    """One ranking from several: each policy's scores as shares of its best, times its weight.

    Where a policy's order is not that of its scores, as a chain's, or its best is not above 0, its
    first counts 1, its second a half, its third a third. A product that several propose gets the
    sum, and all their reasons; quotas hold for it where each of them has one. Ties go to the more
    popular product, then by id.

    Attributes:
        policies: what to ask.
        weights: how much each counts, one number per policy.
    """

    policies: tuple[Proposer, ...] = field(validator=_some)
    weights: tuple[float, ...] = field(validator=_weights)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """What the policies propose together; declined when none proposes anything."""
        scores: defaultdict[str, float] = defaultdict(float)
        found: dict[str, Candidate] = {}
        silent: list[Reason] = []
        for place, (policy, weight) in enumerate(zip(self.policies, self.weights, strict=True)):
            answer = policy.decide(subject, at=at, known=known)
            silent.extend(() if answer else answer.reasons)
            proposed = _once(_candidates(answer))
            for each, share in zip(proposed, _shares(proposed), strict=True):
                scores[each.product] += weight * share
                one = evolve(each, quotas=_within(place, each))
                before = found.get(each.product)
                found[each.product] = one if before is None else _joined(before, one)
        if not found:
            return Declined(tuple(dict.fromkeys(silent)) or (NothingProposed("blend"),))
        ranked = best_first((evolve(each, score=scores[id]) for id, each in found.items()), known)
        return Granted(Candidates(ranked), ranked[0].reasons)


def _candidates(answer: Granted[Candidates] | Declined, /) -> tuple[Candidate, ...]:
    return answer.value.candidates if answer else ()


def _once(candidates: tuple[Candidate, ...], /) -> list[Candidate]:
    """Each product where it stands first, with all that is said for it."""
    found: dict[str, Candidate] = {}
    for each in candidates:
        before = found.get(each.product)
        found[each.product] = each if before is None else _joined(before, each)
    return [*found.values()]


def _shares(candidates: list[Candidate], /) -> list[float]:
    """How good each is next to the best of them, 0 to 1."""
    scores = [each.score for each in candidates]
    if scores and 0 < scores[0] < inf and all(map(ge, scores, scores[1:])):
        return [max(score, 0) / scores[0] for score in scores]
    return [1 / rank for rank in range(1, len(scores) + 1)]


def _within(place: int, candidate: Candidate, /) -> tuple[tuple[str, int], ...]:
    return tuple([(f"{place}/{group}", most) for group, most in candidate.quotas])


def _joined(one: Candidate, other: Candidate, /) -> Candidate:
    return evolve(
        one,
        reasons=tuple(dict.fromkeys((*one.reasons, *other.reasons))),
        again=one.again or other.again,
        quotas=(*one.quotas, *other.quotas) if one.quotas and other.quotas else (),
    )
