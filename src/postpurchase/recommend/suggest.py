"""From what policies propose to what may be shown."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.history import History
from postpurchase.domain.product import Variant
from postpurchase.domain.rule import NOTHING, Known, Policy
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.filters import Filters, Sieve
from postpurchase.recommend.reasons import NoCatalog, NothingLeft
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import (
    Candidate,
    Candidates,
    Dropped,
    Suggestion,
    Suggestions,
)

Proposer: TypeAlias = Policy[History, Candidates]
"""Any policy that proposes products: ours, or a shop's own model or service behind one method."""


def _positive(_: object, __: object, limit: int, /) -> None:
    if limit < 1:
        message = f"a limit must be 1 or more, got {limit}"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Suggest:
    """Asks a policy, filters what it proposes, and fills up from the fallback.

    Candidates are judged in the order in which the policies give them, those of the fallback
    last, until `limit` of them have passed. `dropped` names every one that was refused until
    then. The same facts give the same suggestions in the same order.

    Attributes:
        policy: what proposes; a `Chain` or a `Blend` joins several.
        fallback: what fills up, through the same filters; None for nothing.
        limit: how many products to show at most.
        filters: what to refuse.

    Needs a `Catalog` among the answers known; a `Stock` there is newer than the catalog's.
    """

    policy: Proposer
    fallback: Proposer | None = None
    limit: int = field(default=6, validator=_positive)
    filters: Filters = field(factory=Filters)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Suggestions] | Declined:
        """What to show this customer at this instant, and why, or why there is nothing to show."""
        situation = Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        sieve, kept = Sieve(self.filters, situation), list[Suggestion]()
        dropped, silent = list[Dropped](), list[Reason]()
        for candidate in self._proposed(situation, silent):
            judged = sieve.judge(candidate)
            if isinstance(judged, Reason):
                dropped.append(Dropped(candidate.product, judged))
                continue
            sieve.passed(judged, candidate)
            kept.append(
                Suggestion(
                    product=judged.product,
                    variant=_sent(sieve.there(judged), judged.id, candidate),
                    score=candidate.score,
                    reasons=candidate.reasons,
                )
            )
            if len(kept) == self.limit:
                break
        if not kept:
            why = dict.fromkeys(each.reason for each in dropped)
            return Declined((*silent, NothingLeft(len(dropped)), *why))
        reasons = dict.fromkeys([reason for each in kept for reason in each.reasons])
        return Granted(Suggestions(items=tuple(kept), dropped=tuple(dropped)), tuple(reasons))

    def _proposed(self, situation: Situation, silent: list[Reason]) -> Iterator[Candidate]:
        known = situation.known.add(situation)
        for policy in filter(None, (self.policy, self.fallback)):
            answer = policy.decide(situation.history, at=situation.at, known=known)
            if answer:
                yield from answer.value
            else:
                silent.extend(answer.reasons)


def _sent(there: tuple[Variant, ...], product: str, candidate: Candidate, /) -> Variant | None:
    """The variant that was asked for by SKU, else the first that can be sent."""
    if candidate.product != product:
        there = (*[each for each in there if each.sku == candidate.product], *there)
    return there[0] if there else None
