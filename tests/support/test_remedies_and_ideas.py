"""What is done about it, what is written, and what customers may be asked to show."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from help_desk import AT, BERLIN, CATALOG, DAY, HOURS, LIBRARY, PRICE, opened, order, parcel
from postpurchase.domain.customer import Customer, Interest, Source, Stance
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import ContentShared, TicketClosed, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Percent
from postpurchase.domain.order import Cancellation, Order, Refund
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Stage
from postpurchase.errors import InvalidSupport
from postpurchase.messages.catalogs import shipped
from postpurchase.support import (
    AboveLimit,
    ClaimedOften,
    Doing,
    FitsPurchase,
    Guides,
    Idea,
    Ideas,
    Level,
    Limits,
    NoIdea,
    NoRule,
    NoSuchOrder,
    OfferChat,
    OrderSettled,
    OtherCurrency,
    Problem,
    ProofNeeded,
    Remedies,
    Remedy,
    RemedyRule,
    SettledBy,
    TicketEnded,
    Topic,
    reply,
    rude,
    tickets,
    topics,
)
from postpurchase.support.remedy import USUAL
from postpurchase.support.replying import UNDERSTOOD

HALF = Decimal(50)


PICTURE = ContentShared(id="s", at=AT, url="https://example.com/p.jpg", order="1001")


def test_a_damaged_thing_is_replaced_once_a_picture_came() -> None:
    history = History.of(order("pan"), opened())
    assert Remedies().decide(history, at=AT) == Declined((ProofNeeded(),))
    decision = Remedies().decide(history.add(PICTURE), at=AT)
    assert decision
    assert decision.value == Remedy(ticket="t1", doing=Doing.REPLACE, otherwise=(Doing.REFUND,))
    assert decision.reasons == (SettledBy(TicketType.DAMAGED, Doing.REPLACE),)


def test_a_person_decides_where_no_rule_limit_or_order_lets_us() -> None:
    late = opened(TicketType.DELAYED)
    rules = (
        RemedyRule(problem=TicketType.DELAYED, doing=Doing.CREDIT, most=Money.parse("79.99 EUR")),
    )
    strict = Remedies(rules=rules)
    history = History.of(order("pan"), late)
    assert strict.decide(history, at=AT) == Declined(
        (AboveLimit("1001", PRICE, Money.parse("79.99 EUR")),)
    )
    dollars = (evolve(rules[0], most=Money.parse("500.00 USD")),)
    assert Remedies(rules=dollars).decide(history, at=AT) == Declined(
        (OtherCurrency("1001", PRICE, Money.parse("500.00 USD")),)
    )
    enough = (evolve(rules[0], most=PRICE),)
    assert Remedies(rules=enough).decide(history, at=AT)
    other = History.of(order("pan"), opened(TicketType.OTHER))
    assert strict.decide(other, at=AT) == Declined((NoRule(TicketType.OTHER),))
    assert strict.decide(History.of(late), at=AT) == Declined((NoSuchOrder(),))
    assert strict.decide(History(), at=AT) == Declined((TicketEnded(""),))
    had = [
        TicketClosed(id=f"x{n}", at=AT - n * DAY, ticket=f"old{n}", remedy="refund")
        for n in (1, 364, 365)
    ]
    assert Remedies(rules=enough, often=2).decide(history.add(*had), at=AT) == Declined(
        (ClaimedOften(2, 365),)
    )
    assert Remedies(rules=enough).decide(history.add(*had), at=AT)


def test_nothing_is_given_once_more_for_what_was_cancelled_or_paid_back() -> None:
    wrong = opened(TicketType.WRONG_ITEM)
    gone = evolve(order("pan"), cancellations=(Cancellation(id="c", at=AT - DAY),))
    refund = Refund(id="r", at=AT - DAY, amount=PRICE)
    back = evolve(order("pan"), refunds=(refund,))
    for settled in (gone, back):
        decision = Remedies().decide(History.of(settled, wrong), at=AT)
        assert decision == Declined((OrderSettled("1001"),))
    assert str(OrderSettled("1001")) == (
        "order 1001 was cancelled or its money went back: a person decides"
    )
    half = evolve(order("pan", "lid"), refunds=(refund,))
    assert Remedies().decide(History.of(half, wrong), at=AT)


def test_a_ticket_that_ended_twice_had_one_remedy() -> None:
    def ended(id: str, hours: int) -> TicketClosed:
        at = AT - DAY + timedelta(hours=hours)
        return TicketClosed(id=id, at=at, ticket="t0", remedy="resend")

    history = History.of(order("pan"), opened(TicketType.DELAYED), ended("a", 1), ended("b", 2))
    assert Remedies(often=2).decide(history, at=AT)
    assert Remedies(often=1).decide(history, at=AT) == Declined((ClaimedOften(1, 365),))


def test_the_ticket_that_is_known_is_the_one_that_is_meant() -> None:
    history = History.of(
        order("pan"), opened(TicketType.DELAYED), opened(TicketType.MISSING, id="t2")
    )
    first, second = tickets(history, at=AT)
    decision = Remedies().decide(history, at=AT, known=Known(first))
    assert decision
    assert decision.value.ticket == "t1"
    newest = Remedies().decide(history, at=AT)
    assert newest
    assert newest.value.ticket == "t2"
    ended = evolve(second, closed=TicketClosed(id="x", at=AT, ticket="t2"))
    assert Remedies().decide(history, at=AT, known=Known(ended)) == Declined((TicketEnded("t2"),))


def test_every_type_of_ticket_is_understood_in_words() -> None:
    assert set(UNDERSTOOD) == set(TicketType)
    assert not any(rude(str(line)) for line in UNDERSTOOD.values())


def test_a_reply_says_again_what_was_said_then_the_facts_then_the_answer() -> None:
    text = "The pan  arrived with a dent.\nWhat now?"
    customer = Customer(id="c", at=AT - 30 * DAY, given_name="Asha", name="Asha Example")
    history = History.of(
        order("pan"), parcel(Stage.DELIVERED), opened(text=text), customer, PICTURE
    )
    (one,) = tickets(history, at=AT)
    remedy = Remedies().decide(history, at=AT)
    assert remedy
    skeleton = reply(
        one, history, at=AT, shop="Kitchen & Co", remedy=remedy.value, due="Tuesday noon"
    )
    assert skeleton.text.splitlines() == [
        "Dear Asha, thank you for writing to us.",
        "You wrote: “The pan arrived with a dent. What now?”",
        "We understand that it arrived damaged, and we are sorry for the trouble.",
        "It is about order 1001 of 2026-05-02 over 80.00 EUR: 1 × Pan.",
        "Parcel X1: Handed over.",
        "This is what we do now: we send a new one in its place.",
        "If you prefer, we can also do this: we return your money.",
        "You will hear from us by Tuesday noon.",
        "Please write to us whenever we can help. Kind regards, Kitchen & Co",
    ]
    assert skeleton.path is not None
    assert skeleton.path.problem is Problem.DAMAGED
    assert rude(skeleton.text) == ()


def test_a_reply_without_facts_is_polite_all_the_same() -> None:
    long = opened(TicketType.OTHER, text="word " * 100)
    (one,) = tickets(History.of(evolve(long, order=None)), at=AT)
    skeleton = reply(one, History.of(long), at=AT, shop="Kitchen & Co")
    lines = skeleton.text.splitlines()
    assert lines[0] == "Hello, thank you for writing to us."
    assert len(lines[1]) <= len("You wrote: “”") + 160
    assert lines[1].endswith("word…”")
    assert lines[3:] == [
        "One of us is looking into it and will tell you what we can do.",
        "Please write to us whenever we can help. Kind regards, Kitchen & Co",
    ]
    assert skeleton.path is None
    named = History.of(Customer(id="c", at=AT - DAY, name="Lin Example"), order("pan", "lid"))
    (quiet,) = tickets(named.add(opened(TicketType.DELAYED)), at=AT)
    simple = Remedy(ticket="t1", doing=Doing.INFORM)
    short = reply(quiet, named, at=AT, shop="S", remedy=simple).text.splitlines()
    assert short[0].startswith("Dear Lin Example")
    assert short[-2] == "This is what we do now: we keep you informed."
    lost = named.add(parcel(Stage.LOST), evolve(parcel(Stage.LOST, "p2"), order="other"))
    with_path = reply(quiet, lost, at=AT, shop="S")
    assert with_path.path is not None
    assert with_path.path.problem is Problem.LOST


def test_the_day_of_an_order_is_that_of_who_bought() -> None:
    late = order("pan", at=datetime(2026, 5, 1, 22, 30, tzinfo=UTC))
    opened_ = opened(TicketType.DELAYED)

    def said(bought: Order, *customer: Customer) -> str:
        history = History.of(bought, opened_, *customer)
        (one,) = tickets(history, at=AT)
        lines = reply(one, history, at=AT, shop="S").lines
        return next(str(line) for line in lines if "It is about" in str(line))

    assert "of 2026-05-01" in said(late)
    assert "of 2026-05-02" in said(evolve(late, zone=BERLIN))
    elsewhere = Customer(id="c", at=AT - DAY, zone=ZoneInfo("America/New_York"))
    assert "of 2026-05-01" in said(evolve(late, zone=BERLIN), elsewhere)


def test_what_is_not_polite_is_found() -> None:
    assert rude("Unfortunately YOU FAILED to read our POLICY!!") == (
        "unfortunately",
        "you failed",
        "policy",
        "!!",
        "FAILED",
        "POLICY!!",
    )
    assert rude("leider", phrases=("leider",)) == ("leider",)
    assert rude("A policyholder has a policyholder's rights.") == ()
    assert rude("Unfortunately not", locale="de") == ()


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("hi-IN", "तुम रुको, यह तुम्हारी गलती है", ("तुम", "तुम्हारी")),
        ("hi", "तूफ़ान के कारण पार्सल देर से आएगा", ()),
        ("ur", "تم نے غلط پتہ لکھا", ("تم",)),
        ("ur", "آپ كی غلطی تھی", ("آپ کی غلطی",)),
        ("bn", "দুর্ভাগ্যবশত তোমার পার্সেল দেরি", ("দুর্ভাগ্যবশত", "তোমার")),
        ("bn", "আপনার পার্সেল আসছে", ()),
    ],
)
def test_each_language_has_its_own_list_of_what_is_not_polite(
    locale: str, text: str, found: tuple[str, ...]
) -> None:
    assert rude(text, locale=locale) == found


@pytest.mark.parametrize("locale", ["hi", "ur", "bn"])
def test_no_sentence_that_customers_are_sent_is_impolite(locale: str) -> None:
    sentences = shipped(locale)
    assert not [text for text in sentences.one.values() if rude(text, locale=locale)]


def test_sneakers_bring_an_unboxing_pans_a_recipe_and_outfits_a_photo() -> None:
    ideas = Ideas(
        (
            Idea(bought=Selection(products=("sneakers",)), what="unboxing_video"),
            Idea(bought=Selection(products=("pan",)), what="recipe"),
            Idea(bought=Selection(tags=("running",)), what="outfit_photo"),
        )
    )
    for product, what in (
        ("sneakers", "unboxing_video"),
        ("pan", "recipe"),
        ("shoes", "outfit_photo"),
    ):
        decision = ideas.decide(History.of(order("lamp", product)), at=AT, known=Known(CATALOG))
        assert decision
        assert decision.value.what == what
        assert decision.reasons == (FitsPurchase(product.title()),)
    assert ideas.decide(History.of(order("lamp")), at=AT) == Declined((NoIdea(),))


def test_topics_are_what_a_crowd_states_and_nobody_wrote_about() -> None:
    def fan(number: int, *interests: Interest) -> Customer:
        return Customer(id=str(number), at=AT, interests=interests)

    customers = [
        fan(
            number,
            Interest(tag="hiking"),
            Interest(tag="running"),
            Interest(tag="vegan", sensitive=True),
            Interest(tag="fish", stance=Stance.AVOIDS),
            Interest(tag="seen", source=Source.OBSERVED),
        )
        for number in range(10)
    ]
    customers.append(fan(11, Interest(tag="rare")))
    assert topics(customers, LIBRARY) == (
        Topic(tag="hiking", customers=10, articles=0),
        Topic(tag="running", customers=10, articles=1),
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: topics((), LIBRARY, crowd=1), "crowd must be 2 or more, got 1"),
        (lambda: Guides(limit=0), "limit must be 1 or more, got 0"),
        (lambda: Level(timedelta(0), DAY), "answer must be longer than nothing"),
        (lambda: OfferChat(hours=HOURS, pause=timedelta(0)), "pause must be longer than nothing"),
        (lambda: Limits(marketplace="x", days=0), "days must be 1 or more, got 0"),
        (lambda: Remedies(rules=(*USUAL, USUAL[0])), "one rule for each type of problem"),
        (
            lambda: RemedyRule(problem=TicketType.DEFECT, doing=Doing.PART_REFUND),
            "a refund in part, and nothing else, has a share",
        ),
        (
            lambda: RemedyRule(problem=TicketType.DEFECT, doing=Doing.REFUND, share=Percent(HALF)),
            "a refund in part, and nothing else, has a share",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidSupport, match=says):
        wrong()


def test_part_of_the_price_may_be_given_back() -> None:
    rule = RemedyRule(problem=TicketType.DELAYED, doing=Doing.PART_REFUND, share=Percent(HALF))
    decision = Remedies(rules=(rule,)).decide(
        History.of(order("pan"), opened(TicketType.DELAYED)), at=AT
    )
    assert decision
    assert decision.value.share == Percent(HALF)
