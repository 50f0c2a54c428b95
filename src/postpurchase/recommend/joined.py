"""Several policies as one: in turn, or by weight. Both are policies again."""

from collections import defaultdict
from datetime import datetime

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.bestsellers import best_first
from postpurchase.recommend.suggest import Proposer
from postpurchase.recommend.suggestion import Candidate, Candidates


def _some(_: object, __: object, policies: tuple[Proposer, ...], /) -> None:
    if not policies:
        message = "policies must name at least one, got none"
        raise InvalidSuggestion(message)


def _numbers(policies: int, name: str, values: tuple[float, ...], /) -> None:
    if len(values) != policies or min(values) <= 0:
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
            if answer:
                found.extend(self._placed(place, each) for each in answer.value.candidates)
            else:
                silent.extend(answer.reasons)
        if not found:
            return Declined(tuple(dict.fromkeys(silent)))
        return Granted(Candidates(tuple(found)), found[0].reasons)

    def _placed(self, place: int, candidate: Candidate) -> Candidate:
        if not self.quotas:
            return candidate
        inner = ((f"{place}/{group}", most) for group, most in candidate.quotas)
        return evolve(candidate, quotas=((str(place), self.quotas[place]), *inner))


@frozen(kw_only=True)
class Blend:
    """One ranking from several: each policy's scores as shares of its best, times its weight.

    A product that several propose gets the sum, and all their reasons. Ties go to the more
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
        for policy, weight in zip(self.policies, self.weights, strict=True):
            answer = policy.decide(subject, at=at, known=known)
            if not answer:
                silent.extend(answer.reasons)
                continue
            best = max(each.score for each in answer.value.candidates)
            for each in answer.value.candidates:
                scores[each.product] += weight * (each.score / best if best > 0 else 0.0)
                found[each.product] = _joined(found.get(each.product), each)
        if not found:
            return Declined(tuple(dict.fromkeys(silent)))
        ranked = best_first((evolve(each, score=scores[id]) for id, each in found.items()), known)
        return Granted(Candidates(ranked), ranked[0].reasons)


def _joined(one: Candidate | None, other: Candidate, /) -> Candidate:
    if one is None:
        return evolve(other, quotas=())
    reasons = tuple(dict.fromkeys((*one.reasons, *other.reasons)))
    return evolve(one, reasons=reasons, again=one.again or other.again)
