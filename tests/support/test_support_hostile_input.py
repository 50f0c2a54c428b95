"""Odd and hostile input: each is a clear error of ours, or harmless."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from help_desk import AT, DAY
from postpurchase.domain.customer import Customer
from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.moment import Window
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Shipment
from postpurchase.errors import InvalidMoment, InvalidSupport, PostPurchaseError
from postpurchase.support import (
    Article,
    ContentCalendar,
    Doing,
    HelpDesk,
    Hour,
    Hours,
    Launch,
    Level,
    Library,
    Occasion,
    OfferChat,
    Remedies,
    RemedyRule,
    Reply,
    Response,
    Scale,
    Season,
    ServiceLevels,
    Surprise,
    SurveyQuestion,
    Ticket,
    reply,
    rude,
    tickets,
)
from postpurchase.support.text import one_line

HOURS = Hours(window=Window(time(9), time(17)), zone=ZoneInfo("Europe/Berlin"))
OPENED = TicketOpened(id="t1", at=AT, type=TicketType.DAMAGED, order="1001")


def article(id: str = "a", title: str = "Knife", text: str = "", locale: str = "en") -> Article:
    return Article(id=id, title=title, text=text, locale=locale)


def desk(*articles: Article) -> HelpDesk:
    return HelpDesk(library=Library(articles))


REFUSED: dict[str, tuple[Callable[[], object], type[PostPurchaseError], str]] = {
    "an article without an id": (lambda: article(""), InvalidSupport, "a word as its id, got ''"),
    "of no language": (lambda: article(locale=" "), InvalidSupport, "as its locale, got ' '"),
    "an unseen title": (lambda: article(title="\x00\u200d"), InvalidSupport, "needs a title"),
    "less than no hits": (
        lambda: desk(article()).search("knife", locale="en", limit=-1),
        InvalidSupport,
        "limit must be 0 or more, got -1",
    ),
    "used, never shown": (
        lambda: Response(name="video", shown=1, used=2),
        InvalidSupport,
        "'video' is used 0 to 1 times as shown, got 2",
    ),
    "shown less than never": (
        lambda: Response(name="video", shown=-4, used=-4),
        InvalidSupport,
        "0 to -4 times",
    ),
    "a 25th hour": (lambda: Hour(hour=24, days=1, of=1), InvalidSupport, "0 to 23, got 24"),
    "an hour before the first": (
        lambda: Hour(hour=-1, days=1, of=1),
        InvalidSupport,
        "0 to 23, got -1",
    ),
    "time that runs back": (
        lambda: HOURS.after(AT, -DAY),
        InvalidSupport,
        "open time is nothing to 3660 days, got -1 day, 0:00:00",
    ),
    "time without end": (
        lambda: HOURS.after(AT, timedelta.max),
        InvalidSupport,
        "open time is nothing to 3660 days",
    ),
    "an end in no zone": (
        lambda: HOURS.between(AT, datetime(2026, 5, 12)),  # noqa: DTZ001 - the case
        InvalidMoment,
        "an instant is a datetime with a zone",
    ),
    "a ticket of no words": (
        lambda: Ticket(id="t1", type=TicketType.OTHER, opened=OPENED, asked=()),
        InvalidSupport,
        "ticket 't1' was opened by words",
    ),
    "proof of another kind": (
        lambda: RemedyRule(problem=TicketType.DEFECT, doing=Doing.REFUND, proof="receipt"),
        InvalidSupport,
        "what can be seen first is 'picture' or nothing, got 'receipt'",
    ),
    "often at once": (lambda: Remedies(often=0), InvalidSupport, "often must be 1 or more, got 0"),
    "no memory": (lambda: Remedies(days=0), InvalidSupport, "days must be 1 or more, got 0"),
    "lost without a page": (
        lambda: OfferChat(hours=HOURS, visits=0),
        InvalidSupport,
        "visits must be 1 or more, got 0",
    ),
    "lingering no time": (
        lambda: OfferChat(hours=HOURS, seconds=0),
        InvalidSupport,
        "seconds must be 1 or more, got 0",
    ),
    "a scale of millions": (
        lambda: Scale(lowest=0, highest=101),
        InvalidSupport,
        "a scale has 101 choices at most, got 0 to 101",
    ),
    "owned beyond all numbers": (
        lambda: HelpDesk(library=Library(), owned=float("nan")),
        InvalidSupport,
        "owned must be 1 or more, got nan",
    ),
    "owned without end": (
        lambda: HelpDesk(library=Library(), owned=float("inf")),
        InvalidSupport,
        "owned must be 1 or more, got inf",
    ),
    "no share at all": (
        lambda: Surprise(
            after=Occasion.LATE, gives=Gift(sku="card", title="Card"), share=Decimal("NaN")
        ),
        InvalidSupport,
        "share must be above 0 and at most 1, got NaN",
    ),
    "words in no language": (
        lambda: SurveyQuestion(id="q", words=Pairs({" ": "Why?"})),
        InvalidSupport,
        "question 'q' needs words in each language",
    ),
    "a level for nothing": (
        lambda: ServiceLevels(hours=HOURS, levels=Pairs(damagd=Level(DAY, DAY))),
        InvalidSupport,
        r"levels are by type of ticket \(delayed, damaged, .*\), got damagd",
    ),
    "a season after itself": (
        lambda: Season(name="Eid", on=AT.date(), lead=-1),
        InvalidSupport,
        "lead is 0 to 366 days before, got -1",
    ),
    "a launch years ahead": (
        lambda: Launch(product="Pan", on=AT.date(), lead=367),
        InvalidSupport,
        "lead is 0 to 366 days before, got 367",
    ),
    "a plan for ever": (
        lambda: ContentCalendar().plan(Library(), start=AT.date(), days=10**9),
        InvalidMoment,
        "years 1 to 9999",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_meant_is_told_in_our_own_words(case: str) -> None:
    build, error, words = REFUSED[case]
    with pytest.raises(error, match=words):
        build()


def test_what_lies_at_the_edge_is_taken() -> None:
    assert Response(name="video", shown=0, used=0).shown == 0
    assert (Hour(hour=0, days=1, of=1).hour, Hour(hour=23, days=1, of=1).hour) == (0, 23)
    assert HOURS.after(AT, timedelta(0)) == AT
    assert Scale(lowest=0, highest=100).highest == 100
    assert Season(name="Eid", on=AT.date(), lead=366).lead == 366
    last = date(9999, 12, 31)
    plan = ContentCalendar().plan(Library(), start=last - DAY, days=2)
    assert plan.entries == ()


def test_the_twins_among_very_many_articles_are_named_at_once() -> None:
    many = tuple(article(str(number)) for number in range(100_000))
    with pytest.raises(InvalidSupport, match="each article once, got 7 twice"):
        Library((*many, article("7")))
    with pytest.raises(InvalidSupport, match="got 0, 1, 10, 100, 1000 and others twice"):
        Library((*many, *many[:2_000]))


def test_a_long_text_that_holds_the_word_again_and_again_has_its_snippet() -> None:
    text = "filler " * 30 + "knife " * 50_000
    (hit,) = desk(article(text=text)).search("knife", locale="en").hits
    assert hit.snippet == f"… filler filler filler {'knife ' * 21}…"


def test_a_text_without_spaces_does_not_fill_the_page() -> None:
    (hit,) = desk(article(text="刀" * 1_000_000)).search("knife", locale="en").hits
    assert hit.snippet == "刀" * 59 + "…"


def test_a_snippet_cannot_turn_the_page_around_it() -> None:
    told = "\N{RIGHT-TO-LEFT ISOLATE}چاقو\N{POP DIRECTIONAL ISOLATE} knife \x1b[31m \u202etxt.exe"
    (hit,) = desk(article(text=f"{'word ' * 30}{told}")).search("knife", locale="en").hits
    assert hit.snippet == "… word word چاقو knife [31m txt.exe"
    urdu = "یہ چاقو ہے۔ " * 20
    (hit,) = desk(article(text=urdu, locale="ur")).search("چاقو", locale="ur").hits
    assert hit.snippet == ("یہ چاقو ہے۔ " * 8) + "…"


def test_a_million_locales_are_not_remembered() -> None:
    asked = desk(article())
    for number in range(1_000):
        assert asked.search("knife", locale=f"x{number}-\x00<b>").hits
    assert len(asked._rankings) == 1  # noqa: SLF001 - what it holds on to


def answered(text: str = "", name: str = "Asha", title: str = "Pan") -> Reply:
    line = Line(sku="p", title=title, unit_price=Money.parse("80.00 EUR"))
    history = History.of(
        Customer(id="c", at=AT - DAY, given_name=name),
        Order(id="1001", at=AT - DAY, currency="EUR", number="10\n01", lines=(line,)),
        Shipment(id="p1", at=AT - DAY, order="1001", number="X\u202e1"),
        TicketOpened(id="t1", at=AT, type=TicketType.OTHER, order="1001", text=text),
    )
    (ticket,) = tickets(history, at=AT)
    return reply(ticket, history, at=AT, shop="Kitchen\r\nBcc: x")


def test_what_a_customer_wrote_or_is_called_stays_in_its_line() -> None:
    odd = answered("%(name)s {x} {{ y }} <b>\x00\u202e50%", "Sam\r\nBcc: me", "%d\n<i>")
    assert odd.text.splitlines() == [
        "Dear Sam Bcc: me, thank you for writing to us.",
        "You wrote: “%(name)s {x} {{ y }} <b> 50%”",
        "We have read your message with care.",
        "It is about order 10 01 of 2026-05-10 over 80.00 EUR: 1 × %d <i>.",
        "Parcel X 1: News from the carrier.",
        "One of us is looking into it and will tell you what we can do.",
        "Please write to us whenever we can help. Kind regards, Kitchen Bcc: x",
    ]
    assert answered(name="\x00 \u2066").text.startswith("Hello, thank you for writing to us.")
    assert "You wrote" not in answered("\x00\n").text
    answered("\ud800 half").text.encode()


@given(st.text())
def test_a_line_is_one_line_and_can_be_sent(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    line.encode()
    assert one_line(line) == line


@pytest.mark.parametrize("code", [0, 0x1F, 0x7F, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069])
def test_what_is_unseen_and_does_harm_is_a_space(code: int) -> None:
    assert one_line(f"a{chr(code)}b") == "a b"


@pytest.mark.parametrize("code", [0x21, 0x7E, 0xA1, 0x200D, 0x200F, 0x2065, 0x206A, 0xE000])
def test_what_does_none_is_kept(code: int) -> None:
    assert one_line(f"a{chr(code)}b") == f"a{chr(code)}b"


def test_160_characters_of_what_was_written_are_said_again() -> None:
    assert f"You wrote: “{'x' * 160}”" in answered("x" * 160).text
    assert f"You wrote: “{'x' * 159}…”" in answered("x" * 161).text


def test_numbers_are_no_shouting_and_no_phrase_is_found_nowhere() -> None:
    assert rude("Order SO-12345, code SUMMER2026.") == ()
    assert rude("Look HERE please: IMPORTANT") == ("IMPORTANT",)
    assert rude("", phrases=("", "!?")) == ()
