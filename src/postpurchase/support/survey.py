"""A few questions to a customer, in their language: what is asked, and what an answer may be."""

from datetime import datetime
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.event import SurveyAnswered
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import distance, language

MOST: Final = 101
"""Choices that a scale may have: 0 to 100."""


@frozen(kw_only=True)
class Scale:
    """Whole numbers to choose from, the best one last.

    Attributes:
        lowest, highest: both may be chosen; 101 choices at most.
        least, most: what stands beside the two ends, by language.
    """

    lowest: int = 1
    highest: int = 5
    least: Pairs[str] = Pairs()
    most: Pairs[str] = Pairs()

    def __attrs_post_init__(self) -> None:
        """Refuse a scale on which there is nothing to choose."""
        if self.lowest >= self.highest:
            message = f"a scale runs upwards, got {self.lowest} to {self.highest}"
            raise InvalidSupport(message)
        if self.highest - self.lowest >= MOST:
            message = f"a scale has {MOST} choices at most, got {self.lowest} to {self.highest}"
            raise InvalidSupport(message)


def _worded(question: "SurveyQuestion", _: object, words: Pairs[str], /) -> None:
    if not words or not all(lang.strip() and text.strip() for lang, text in words.items()):
        message = f"question {question.id!r} needs words in each language it has, got {words!r}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class SurveyQuestion:
    """One question.

    Attributes:
        id: names it for ever, such as `satisfaction`.
        words: what is asked, by language or locale: `Pairs(en="...", bn="...")`.
        scale: what can be chosen; None for an answer in the customer's own words.
    """

    id: str
    words: Pairs[str] = field(validator=_worded)
    scale: Scale | None = None


@frozen(kw_only=True)
class Asked:
    """A question in one language, as a form shows it.

    Attributes:
        lang: the language of `text`; BCP 47.
        choices: what can be chosen, the best last; empty for an answer in words.
        least, most: what stands beside the first and the last choice.
    """

    id: str
    lang: str
    text: str
    choices: tuple[int, ...] = ()
    least: str = ""
    most: str = ""


def _asked_once(survey: "Survey", _: object, questions: tuple[SurveyQuestion, ...], /) -> None:
    ids = [question.id for question in questions]
    if not ids or len(set(ids)) != len(ids):
        message = f"survey {survey.name!r} asks at least one question, each id once; got {ids}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Survey(Outcome):
    """Questions that belong together.

    Attributes:
        name: what its answers are kept under, such as `service`.
        questions: in the order in which they are asked.
        fallback: the language for whom there are no words in theirs.
        url: where it is answered; the first question stands in messages beside it.
    """

    name: str
    questions: tuple[SurveyQuestion, ...] = field(validator=_asked_once)
    fallback: str = "en"
    url: str = ""

    def asked(self, locale: str, /) -> tuple[Asked, ...]:
        """The questions in the language of that locale, each else in the fallback's or its own."""
        return tuple(self._asked(question, locale) for question in self.questions)

    def answer(
        self, question: str, /, *, id: str, at: datetime, score: int | None = None, text: str = ""
    ) -> SurveyAnswered:
        """The fact of an answer, to be kept with the customer's others.

        Args:
            question: the id of the question that was answered.
            id: names the answer for ever.
            at: when it was given.
            score: what was chosen; None for an answer in words.
            text: what was written.

        Raises:
            InvalidSupport: there is no such question, or its scale has no such choice.
        """
        found = next((each for each in self.questions if each.id == question), None)
        if found is None:
            known = ", ".join(each.id for each in self.questions)
            message = f"survey {self.name!r} asks {known}, got an answer to {question!r}"
            raise InvalidSupport(message)
        scale = found.scale
        if scale is None:
            if score is not None:
                message = f"{question!r} is answered in words, got {score}: pass it as text"
                raise InvalidSupport(message)
            return SurveyAnswered(id=id, at=at, survey=self.name, question=question, text=text)
        if score is None or not scale.lowest <= score <= scale.highest:
            message = f"{question!r} takes {scale.lowest} to {scale.highest}, got {score}"
            raise InvalidSupport(message)
        return SurveyAnswered(
            id=id,
            at=at,
            survey=self.name,
            question=question,
            score=score,
            lowest=scale.lowest,
            highest=scale.highest,
            text=text,
        )

    def _asked(self, question: SurveyQuestion, locale: str) -> Asked:
        words = question.words
        known = (_nearest(words, each) for each in (locale, self.fallback, *words))
        lang = next(each for each in known if each)
        scale = question.scale
        return Asked(
            id=question.id,
            lang=lang,
            text=words[lang],
            choices=() if scale is None else tuple(range(scale.lowest, scale.highest + 1)),
            least="" if scale is None else scale.least.get(_nearest(scale.least, lang), ""),
            most="" if scale is None else scale.most.get(_nearest(scale.most, lang), ""),
        )


def _nearest(words: Pairs[str], locale: str, /) -> str:
    """The locale of that language for which there are words, the nearest one; empty for none."""
    same = [each for each in words if language(each) == language(locale)]
    return min(same, key=lambda each: distance(each, locale), default="")
