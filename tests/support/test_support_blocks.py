"""What support answers, shown in messages and on pages, in the reader's language."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain import kinds
from postpurchase.domain.decision import Outcome, Reason
from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Window
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Stage
from postpurchase.messages import Message, Voice
from postpurchase.messages.blocks import NotPermitted
from postpurchase.messages.catalogs import shipped
from postpurchase.pages import Pages
from postpurchase.support import (
    SERVICE,
    Article,
    AskAboutProblem,
    Doing,
    Help,
    Hours,
    Library,
    Medium,
    Path,
    Problem,
    Remedy,
    availability,
    reply,
    tickets,
    tips_for,
)
from postpurchase.support.remedy import SettledBy
from postpurchase.support.replying import ParcelIs
from postpurchase.testing import sample

AT = datetime(2026, 5, 20, 8, tzinfo=UTC)
LANGUAGES = ("hi", "ur", "bn")
LATIN = re.compile("[A-Za-z]+")


def voice(locale: str = "en") -> Voice:
    return Voice(shop=sample.shop(locale), sender="shop@kitchen.example.com")


def english(reasons: Iterable[Reason], language: str, known: Iterable[str] = ()) -> set[str]:
    """The English words that are left when these reasons are spoken in another language."""
    spoken = " ".join(shipped(language).speak(reason) for reason in reasons)
    return set(LATIN.findall(spoken)) - {word for text in known for word in LATIN.findall(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_remedy_step_and_stage_has_words_in_every_language(language: str) -> None:
    sentences = shipped(language)
    reasons: list[Reason] = [AskAboutProblem("1", problem) for problem in Problem]
    reasons += [SettledBy(type_, doing) for type_ in TicketType for doing in Doing]
    reasons += [ParcelIs("1", stage) for stage in Stage]
    assert english(reasons, language) == set()
    assert all(sentences.say(step.says.one) != step.says.one for step in Help)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_is_in_the_customers_language_from_the_first_line_to_the_last(
    language: str,
) -> None:
    opened = TicketOpened(id="t1", at=AT, type=TicketType.DAMAGED, order="1001", text="?")
    history = sample.history(language).add(opened)
    (ticket,) = tickets(history, at=AT)
    remedy = Remedy(ticket="t1", doing=Doing.REPLACE, otherwise=(Doing.REFUND, Doing.CREDIT))
    skeleton = reply(ticket, history, at=AT, shop="Kitchen", remedy=remedy)
    facts = ("Kitchen", "INR", sample.parcel().number)
    order = history.orders[0]
    titles = (line.title for line in order.lines)
    assert english(skeleton.lines, language, (*facts, *titles, order.number)) == set()


def compose(locale: str, *answers: Outcome, ceiling: Purpose = Purpose.MARKETING) -> Message:
    action = sample.action(kinds.DELAYED, Channel.EMAIL, *answers, ceiling=ceiling)
    return voice(locale).compose(action, sample.history(locale))


GUIDE = Article(id="g", title="What to do", url="https://kitchen.example.com/g", medium=Medium.FAQ)
WAY = Path(Problem.LOST, (Help.AWAIT_REFUND, Help.CONTACT), (GUIDE,))
HOURS = Hours(window=Window(time(9), time(17)), zone=ZoneInfo("Asia/Kolkata"))


def test_a_way_out_and_when_somebody_answers_stand_in_a_message_about_a_delay() -> None:
    there = availability(HOURS, at=AT, channels=(("Phone", "+91 00000"),))
    message = compose("en", WAY, there)
    assert message.blocks == ("path", "availability")
    assert "- Wait for your money to come back.\n- Write to us." in message.text
    assert "What to do (questions and answers): https://kitchen.example.com/g" in message.text
    assert "We answer until 5:00\N{NARROW NO-BREAK SPACE}PM." in message.text
    assert "Phone: +91 00000" in message.text
    assert message.purpose is Purpose.SERVICE
    shut = availability(HOURS, at=AT + timedelta(hours=6))
    assert (
        "We are back on May 21, 2026 at 9:00\N{NARROW NO-BREAK SPACE}AM."
        in compose("en", shut).text
    )
    always = availability(evolve(HOURS, window=Window(time(0), time(0))), at=AT)
    assert "We answer at any hour." in compose("en", always).text
    window = Window(time(0), time(0), closed_weekdays=frozenset({5}))
    days = availability(evolve(HOURS, window=window), at=AT)
    assert (
        "We answer until May 23, 2026 at 12:00\N{NARROW NO-BREAK SPACE}AM."
        in compose("en", days).text
    )
    assert "تک جواب دیتے ہیں۔" in compose("ur", days).text
    bengali = compose("bn", WAY, there)
    assert "আপনার টাকা ফেরত আসা পর্যন্ত অপেক্ষা করুন।" in bengali.text


def test_a_survey_is_a_question_and_left_out_where_none_may_be_asked() -> None:
    survey = evolve(SERVICE, url="https://kitchen.example.com/s")
    message = compose("hi", survey)
    assert "क्या आपकी समस्या हल हो गई?" in message.text
    assert message.purpose is Purpose.SOLICITATION
    quiet = compose("hi", survey, ceiling=Purpose.SERVICE)
    assert quiet.dropped == (NotPermitted("feedback", "solicitation"),)


def test_tips_stand_beside_what_was_bought_on_the_page_of_thanks() -> None:
    history = sample.history()
    order = history.orders[0]
    about = evolve(GUIDE, title="Keep it sharp", medium=Medium.VIDEO)
    library = Library((evolve(about, about=Selection(skus=(order.lines[0].sku,))),))
    tips = tips_for(order.lines, library, locale="en")
    pages = Pages(voice())
    page = pages.thank_you(history, order=order.id, at=AT, shows=[tips.reading])
    assert "Keep it sharp" in pages.html(page)
