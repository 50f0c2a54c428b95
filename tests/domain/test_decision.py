"""Decisions: true or false, always with a reason, and sentences that fit the count."""

from datetime import UTC, datetime, time

import pytest
from attrs import frozen

from postpurchase.domain.decision import (
    Decision,
    Declined,
    Granted,
    Outcome,
    Reason,
    Refused,
    Says,
    says,
    spoken,
)
from postpurchase.errors import UnexplainedDecision


@frozen
class BoughtTogether(Reason):
    says = says(
        "bought together by %(count)s customer",
        "bought together by %(count)s customers",
        by="count",
    )
    count: int


@frozen
class Waits(Reason):
    says = says("waits for %(things)s of <%(who)s>")
    things: tuple[object, ...]
    who: str


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "bought together by 1 customer"),
        (0, "bought together by 0 customers"),
        (5, "bought together by 5 customers"),
    ],
)
def test_a_reason_speaks_in_the_number_of_its_count(count: int, sentence: str) -> None:
    assert str(BoughtTogether(count)) == sentence


def test_a_reason_without_a_plural_has_one_form() -> None:
    assert str(Waits(("a", 2, ("b", "c")), "x")) == "waits for a, 2, b, c of <x>"
    assert says("one").pick({}) == "one"
    assert says("one", "many", by="n") == Says("one", "many", "n")


def test_a_reason_names_what_its_sentence_may_mention() -> None:
    assert dict(Waits(("a",), "x").facts()) == {"things": ("a",), "who": "x"}
    assert dict(Refused().facts()) == {}


def test_reasons_compare_as_wholes() -> None:
    assert Declined((BoughtTogether(2),)) == Declined((BoughtTogether(2),))
    assert Declined((BoughtTogether(2),)) != Declined((BoughtTogether(3),))
    assert len({BoughtTogether(2), BoughtTogether(2)}) == 1


def test_values_speak_as_text() -> None:
    assert spoken((1, ("a",))) == "1, a"
    assert spoken(None) == "None"


def test_granted_is_true_and_declined_is_false() -> None:
    decisions: list[Decision[int]] = [
        Granted(3, (BoughtTogether(3),)),
        Declined((BoughtTogether(3),)),
    ]
    assert [each.value if each else None for each in decisions] == [3, None]
    assert Granted(0, (BoughtTogether(1),))


def test_the_public_view_of_a_refusal_teaches_nothing() -> None:
    teaching = Declined((BoughtTogether(2), Waits((), "x")))
    assert teaching.public() == Declined((Refused(),))
    assert str(Refused()) == "this is not available"


def test_a_decision_without_a_reason_is_refused() -> None:
    with pytest.raises(UnexplainedDecision, match=r"Granted needs at least one reason") as caught:
        Granted(1, ())
    assert caught.value.decision == "Granted"
    with pytest.raises(UnexplainedDecision, match=r"Declined needs at least one reason"):
        Declined(())


def test_decisions_show_their_reasons_and_escape_them() -> None:
    granted = Granted("<3>", (Waits(("&",), "x"), BoughtTogether(1)))
    assert granted._repr_html_() == (
        "<div><strong>Granted</strong> &lt;3&gt;<ul><li>waits for &amp; of &lt;x&gt;</li>"
        "<li>bought together by 1 customer</li></ul></div>"
    )
    assert Declined((Refused(),))._repr_html_() == (
        "<div><strong>Declined</strong> <ul><li>this is not available</li></ul></div>"
    )


def test_an_outcome_is_any_value_that_a_message_may_show() -> None:
    @frozen
    class Shown(Outcome):
        points: int

    assert Shown(3) == Shown(3)
    assert not hasattr(Shown(3), "__dict__")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 5, 11, 4, 30, 59, tzinfo=UTC), "2026-05-11 04:30 UTC"),
        (time(9), "09:00"),
        (("a", time(9, 5)), "a, 09:05"),
        (7, "7"),
    ],
)
def test_values_are_spoken_as_people_say_them(value: object, said: str) -> None:
    assert spoken(value) == said
