"""The other dated facts."""

from datetime import UTC, datetime

from postpurchase.domain import event
from postpurchase.domain.event import (
    Agent,
    MessageOpened,
    MessageSent,
    Resolution,
    ReturnApproved,
    ReviewPosted,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketType,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.message import Channel, Purpose

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_every_event_is_a_fact_or_a_word_of_one() -> None:
    words = {"Agent", "Resolution", "TicketType", "settled"}
    facts = [getattr(event, name) for name in event.__all__ if name not in words]
    assert len(facts) == 31
    assert all(issubclass(fact, Fact) for fact in facts)


def test_a_message_that_does_not_say_what_for_counts_as_the_strictest() -> None:
    sent = MessageSent(id="review_request/order:1001/ask", at=NOW)
    assert (sent.purpose, sent.channel) == (Purpose.MARKETING, Channel.EMAIL)


def test_an_opening_is_nobodys_until_it_is_known_whose() -> None:
    assert MessageOpened(id="o", at=NOW, message="m").by is Agent.UNKNOWN


def test_a_ticket_is_closed_by_its_id() -> None:
    opened = TicketOpened(id="T9", at=NOW)
    closed = TicketClosed(id="x", at=NOW, ticket=opened.id)
    assert (opened.type, closed.resolution) == (TicketType.OTHER, Resolution.SOLVED)


def test_answers_say_their_scale() -> None:
    answer = SurveyAnswered(id="a", at=NOW, survey="nps", score=9)
    assert (answer.lowest, answer.highest) == (0, 10)
    assert ReviewPosted(id="r", at=NOW, rating=5).best == 5


def test_an_approval_may_end() -> None:
    assert ReturnApproved(id="a", at=NOW, return_id="R1", ends=NOW).ends == NOW
