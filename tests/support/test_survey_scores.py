"""What the answers to a question come to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.event import SurveyAnswered
from postpurchase.domain.history import History
from postpurchase.errors import InvalidSupport
from postpurchase.support import CHECKOUT, RELATIONSHIP, Scores, Survey, scores

START = datetime(2026, 5, 1, tzinfo=UTC)
END = datetime(2026, 6, 1, tzinfo=UTC)


def ease(score: int, *, id: str = "a", at: datetime = START, order: str = "1") -> SurveyAnswered:
    return evolve(CHECKOUT.answer("ease", id=id, at=at, score=score), order=order)


def counted(*histories: History) -> Scores:
    return scores(histories, CHECKOUT, "ease", start=START, end=END)


def test_the_ease_of_a_checkout_is_a_count_a_mean_and_a_share() -> None:
    found = counted(*(History.of(ease(score)) for score in (5, 5, 4, 3, 1)))
    assert found.counts == ((1, 1), (2, 0), (3, 1), (4, 1), (5, 2))
    assert (found.answers, found.customers, found.otherwise) == (5, 5, 0)
    assert (found.mean, found.favourable) == (Decimal("3.6"), Decimal("0.6"))
    assert (found.survey, found.question) == ("checkout_ease", "ease")


def test_nobody_asked_is_no_score_rather_than_a_bad_one() -> None:
    found = counted(History.of())
    assert (found.answers, found.customers) == (0, 0)
    assert found.mean is None
    assert found.favourable is None


def test_the_newest_answer_about_an_order_counts_and_each_order_does() -> None:
    later = START + timedelta(days=1)
    changed = History.of(ease(1), ease(4, id="b", at=later), ease(5, id="c", order="2"))
    found = counted(changed)
    assert found.counts == ((1, 0), (2, 0), (3, 0), (4, 1), (5, 1))
    assert found.customers == 1


@pytest.mark.parametrize(("at", "answers"), [(START, 1), (END, 0), (START - timedelta(1), 0)])
def test_a_period_has_its_first_instant_and_not_its_end(at: datetime, answers: int) -> None:
    assert counted(History.of(ease(3, at=at))).answers == answers


def test_what_was_answered_on_another_scale_is_told_and_not_counted() -> None:
    ten = evolve(ease(5, id="b", order="2"), highest=10)
    beyond = evolve(ease(5, id="c", order="3"), score=7)
    from_zero = evolve(ease(5, id="d", order="4"), lowest=0)
    found = counted(History.of(ease(2), ten, beyond, from_zero), History.of(ten))
    assert (found.answers, found.customers, found.otherwise) == (1, 1, 4)


def test_other_questions_other_surveys_and_words_are_not_scores() -> None:
    words = CHECKOUT.answer("changes", id="w", at=START, text="fewer fields")
    other = RELATIONSHIP.answer("service", id="s", at=START, score=5)
    renamed = evolve(ease(5, id="r"), survey="checkout")
    silent = evolve(ease(5, id="n"), score=None)
    assert counted(History.of(words, other, renamed, silent)).answers == 0


@pytest.mark.parametrize(
    ("survey", "question", "start", "message"),
    [
        (CHECKOUT, "changes", START, "no scale at 'changes'; its questions with one: ease"),
        (CHECKOUT, "speed", START, "no scale at 'speed'"),
        (
            evolve(CHECKOUT, questions=CHECKOUT.questions[1:]),
            "changes",
            START,
            "its questions with one: none",
        ),
        (CHECKOUT, "ease", END, "a period ends after its start, got 2026-06-01"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    survey: Survey, question: str, start: datetime, message: str
) -> None:
    with pytest.raises(InvalidSupport, match=message):
        scores((), survey, question, start=start, end=END)


@st.composite
def told_twice(
    draw: st.DrawFn,
) -> tuple[list[SurveyAnswered], list[SurveyAnswered]]:
    pairs = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=9))
    facts = [ease(score, id=str(n), order=str(order)) for n, (score, order) in enumerate(pairs)]
    return facts, draw(st.permutations(facts))


@given(told_twice())
def test_the_order_in_which_facts_come_changes_no_score(
    twice: tuple[list[SurveyAnswered], list[SurveyAnswered]],
) -> None:
    facts, shuffled = twice
    assert counted(History.of(*facts)) == counted(History.of(*shuffled))
    assert counted(History.of(*facts)).answers == len({fact.order for fact in facts})
