"""Why a customer leaves: scores from facts, the play that may win them back, a report."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from itertools import chain
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.segments.evidence import (
    USUAL_WEIGHTS,
    Cause,
    Evidence,
    Weights,
    dissatisfied,
    gone_quiet,
    observed,
    told,
    uncared,
)


@frozen
class CauseScore:
    """How strongly the facts speak for one cause.

    Attributes:
        cause: which one.
        score: from 0, nothing speaks for it, to 1; None where no fact could have told.
        evidence: the facts that speak for it, the weightiest first.
    """

    cause: Cause
    score: float | None
    evidence: tuple[Evidence, ...] = ()

    def __str__(self) -> str:
        """One line: the cause, the score, the facts."""
        if self.score is None:
            return f"{self.cause.value}: not known"
        facts = "; ".join(str(each.reason) for each in self.evidence)
        return f"{self.cause.value}: {self.score:.2f}" + (f" ({facts})" if facts else "")


@frozen
class Leaving(Outcome):
    """All four causes, the strongest first; unknown ones last."""

    scores: tuple[CauseScore, ...]

    def of(self, cause: Cause, /) -> CauseScore:
        """The score of one cause."""
        return next(each for each in self.scores if each.cause is cause)

    @property
    def main(self) -> Cause | None:
        """The cause that the facts speak for most; None where they speak for none."""
        first = self.scores[0]
        return first.cause if first.score else None

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(str(each))}</li>" for each in self.scores)
        return f"<ul>{rows}</ul>"


@frozen
class NothingSpeaks(Reason):
    """No fact speaks for any cause."""

    says: ClassVar[Says] = says("no fact tells why the customer would leave")


@frozen(kw_only=True)
class WhyLeaving:
    """A policy that weighs the facts of one customer.

    Pieces of evidence for one cause add up like independent chances: two that speak with 0.25
    each make ``1 - 0.75 x 0.75``. So one more late parcel never lowers a score.

    Attributes:
        weights: how strongly each kind of evidence speaks.
    """

    weights: Weights = USUAL_WEIGHTS

    def scores(self, subject: History, /, *, at: datetime) -> Leaving:
        """All four causes at an instant, the strongest first."""
        history = subject.until(at)
        pieces = tuple(
            chain(
                dissatisfied(history, at, self.weights),
                uncared(history, at, self.weights),
                told(history, self.weights),
                gone_quiet(history, at, self.weights),
            )
        )
        seen = observed(history)
        scores = (_score(cause, pieces, seen) for cause in Cause)
        return Leaving(tuple(sorted(scores, key=_strongest)))

    def decide(
        self,
        subject: History,
        /,
        *,
        at: datetime,
        known: Known = NOTHING,  # noqa: ARG002  # the seam of policies
    ) -> Granted[Leaving] | Declined:
        """The causes with the facts of the strongest; declined where no fact speaks for any."""
        leaving = self.scores(subject, at=at)
        if leaving.main is None:
            return Declined((NothingSpeaks(),))
        return Granted(leaving, tuple(each.reason for each in leaving.scores[0].evidence))


def _score(cause: Cause, pieces: Iterable[Evidence], seen: frozenset[Cause]) -> CauseScore:
    mine = sorted((each for each in pieces if each.cause is cause), key=_weightiest)
    if not mine and cause not in seen:
        return CauseScore(cause, None)
    doubt = 1.0
    for each in mine:
        doubt *= 1 - each.weight
    return CauseScore(cause, 1 - doubt, tuple(mine))


def _weightiest(evidence: Evidence) -> tuple[float, str]:
    return (-evidence.weight, str(evidence.reason))


def _strongest(score: CauseScore) -> tuple[float, str]:
    return (1.0 if score.score is None else -score.score, score.cause.value)


@frozen(kw_only=True)
class Play:
    """What may win a customer back who left for one cause.

    Attributes:
        name: what to call it.
        does: what the shop does, step by step.
    """

    name: str
    does: tuple[str, ...]


PLAYS: Mapping[Cause, Play] = {
    Cause.DISSATISFIED: Play(
        name="make_good",
        does=(
            "say sorry for the very thing that went wrong, before any offer",
            "put it right or pay for it",
            "tell what was changed, once it was",
        ),
    ),
    Cause.FEELS_UNCARED: Play(
        name="personal_word",
        does=(
            "answer what is open, by a person with a name",
            "thank for the orders so far",
            "ask how it went, and read the answer",
        ),
    ),
    Cause.COMPETITOR: Play(
        name="fair_comparison",
        does=(
            "say what the shop does that others do not",
            "give one fair offer on what they used to buy",
            "ask what would bring them back",
        ),
    ),
    Cause.LEFT_MARKET: Play(
        name="graceful_goodbye",
        does=(
            "ask whether they still need anything of the kind",
            "offer to write less or not at all",
            "invite them to pass it on to a friend who does",
        ),
    ),
}
"""One for each cause."""


@frozen
class LeavingReport:
    """How many customers of each segment leave for which cause.

    Attributes:
        rows: the segment, and by cause the number of customers; None counts those without one.
    """

    rows: tuple[tuple[str, tuple[tuple[Cause | None, int], ...]], ...]

    def count(self, segment: str, cause: Cause | None, /) -> int:
        """How many customers of a segment."""
        return next(
            (dict(counts).get(cause, 0) for name, counts in self.rows if name == segment), 0
        )

    def _repr_html_(self) -> str:
        causes = (*Cause, None)
        head = "".join(f"<th>{'none seen' if each is None else each.value}</th>" for each in causes)
        rows = "".join(
            f"<tr><th>{escape(name)}</th>"
            + "".join(f"<td>{self.count(name, cause)}</td>" for cause in causes)
            + "</tr>"
            for name, _ in self.rows
        )
        return f"<table><tr><th></th>{head}</tr>{rows}</table>"


def leaving_report(customers: Iterable[tuple[str, Leaving]], /) -> LeavingReport:
    """Count main causes by segment.

    Args:
        customers: A segment and the scores of each customer, one pair for each.
    """
    found: dict[str, Counter[Cause | None]] = {}
    for segment, leaving in customers:
        found.setdefault(segment, Counter())[leaving.main] += 1
    order = (*Cause, None)
    return LeavingReport(
        tuple(
            (segment, tuple((cause, counts[cause]) for cause in order if counts[cause]))
            for segment, counts in sorted(found.items())
        )
    )
