"""What the answers to one question come to, such as how easy buyers find the checkout."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from attrs import frozen

from postpurchase.domain.event import SurveyAnswered
from postpurchase.domain.history import History
from postpurchase.errors import InvalidSupport
from postpurchase.support.survey import Scale, Survey


@frozen(kw_only=True)
class Scores:
    """How often each number was chosen.

    Attributes:
        survey, question: what was asked.
        counts: each number of the scale, the worst first, and how often it was chosen.
        customers: how many answered; one may answer about several orders.
        otherwise: answers on another scale than this one, which are not in `counts`.
    """

    survey: str
    question: str
    counts: tuple[tuple[int, int], ...]
    customers: int = 0
    otherwise: int = 0

    @property
    def answers(self) -> int:
        """How many answers are counted."""
        return sum(count for _, count in self.counts)

    @property
    def mean(self) -> Decimal | None:
        """The mean choice on the scale as it is; None where nobody answered."""
        total = sum(choice * count for choice, count in self.counts)
        return Decimal(total) / self.answers if self.answers else None

    @property
    def favourable(self) -> Decimal | None:
        """The share that chose one of the two best numbers; None where nobody answered."""
        best = sum(count for _, count in self.counts[-2:])
        return Decimal(best) / self.answers if self.answers else None


def scores(
    histories: Iterable[History],
    survey: Survey,
    question: str,
    /,
    *,
    start: datetime,
    end: datetime,
) -> Scores:
    """The scores of one question in a period.

    The newest answer of each customer about each order counts, and the newest about none.

    Args:
        histories: those who may have answered.
        survey: what was asked.
        question: the id of the one that is counted.
        start: the first instant of the period.
        end: the first instant after it.

    Raises:
        InvalidSupport: The survey has no such question with a scale, or the period is empty.
    """
    scale = _scale(survey, question)
    if not start < end:
        message = f"a period ends after its start, got {start} to {end}"
        raise InvalidSupport(message)
    chosen = dict.fromkeys(range(scale.lowest, scale.highest + 1), 0)
    customers = otherwise = 0
    for history in histories:
        newest = _newest(history, (survey.name, question), scale, start, end)
        fitting = [score for score in newest if score is not None and score in chosen]
        otherwise += len(newest) - len(fitting)
        customers += bool(fitting)
        for score in fitting:
            chosen[score] += 1
    return Scores(
        survey=survey.name,
        question=question,
        counts=tuple(chosen.items()),
        customers=customers,
        otherwise=otherwise,
    )


def _scale(survey: Survey, question: str) -> Scale:
    scales = {each.id: each.scale for each in survey.questions}
    found = scales.get(question)
    if found is None:
        known = ", ".join(id for id, scale in scales.items() if scale) or "none"
        message = f"{survey.name!r} has no scale at {question!r}; its questions with one: {known}"
        raise InvalidSupport(message)
    return found


def _newest(
    history: History, asked: tuple[str, str], scale: Scale, start: datetime, end: datetime
) -> list[int | None]:
    """What was chosen last about each order; None where the scale was another one."""
    about: dict[str | None, int | None] = {}
    for each in history.all(SurveyAnswered):
        if (each.survey, each.question) != asked or each.score is None:
            continue
        if start <= each.at < end:
            alike = (each.lowest, each.highest) == (scale.lowest, scale.highest)
            about[each.order] = each.score if alike else None
    return list(about.values())
