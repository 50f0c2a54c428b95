"""What the law of the recipient's country asks stands in the message, or is told as lacking."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain import kinds
from postpurchase.domain.customer import Address, Consent, ConsentState, Customer, Shop
from postpurchase.domain.demands import BlockLacking, OtherLanguage
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Kind, Purpose, Subject
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.journey import Journey, Playbook, Step, decide, triggers
from postpurchase.messages import Message, Voice
from postpurchase.messages.catalogs import shipped
from postpurchase.privacy import WORLD

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
SHOP = Shop(
    name="Kitchen & Co",
    zone=ZoneInfo("Asia/Dhaka"),
    address=Address(lines=("1 Example Street",), city="Dhaka", country="BD"),
)
LINE = Line(sku="A", title="Knife set", unit_price=Money.of("9.00", "USD"))
ORDER = Order(id="1001", at=AT, currency="USD", lines=(LINE,))


def stop(name: str, _action: Action, _history: History, /) -> str:
    return "https://example.com/stop" if name == "unsubscribe" else ""


VOICE = Voice(shop=SHOP, sender="shop@example.com", link=stop)
BARE = Voice(shop=Shop(name="Kitchen & Co", zone=SHOP.zone), sender="shop@example.com")


def due(kind: Kind, channel: Channel, country: str, locale: str = "en") -> tuple[Action, History]:
    customer = Customer(
        id="C1",
        at=AT,
        email="guest@example.com",
        phone="+10000000000",
        devices=("token",),
        country=country,
        locale=locale,
    )
    yes = Consent(id="yes", at=AT, channel=None, state=ConsentState.GRANTED)
    step = Step(id="a", kind=kind, channels=(channel,))
    story = Journey(id="story", trigger=triggers.OrderPlaced(), steps=(step,))
    history = History.of(customer, ORDER, yes)
    (action,) = decide(history, at=AT, shop=SHOP, playbook=Playbook(journeys=(story,))).due
    return action, history


def composed(
    voice: Voice, kind: Kind, channel: Channel, country: str, locale: str = "en"
) -> Message:
    return voice.compose(*due(kind, channel, country, locale))


@pytest.mark.parametrize("country", ["US", "CA", "DE", "GB", "FR", "PL", "BD", "PK", "XX"])
@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (kinds.ORDER_CONFIRMATION, Channel.EMAIL),
        (kinds.REVIEW_REQUEST, Channel.EMAIL),
        (kinds.WIN_BACK, Channel.EMAIL),
        (kinds.ORDER_CONFIRMATION, Channel.SMS),
        (kinds.REVIEW_REQUEST, Channel.SMS),
        (kinds.WIN_BACK, Channel.SMS),
    ],
)
def test_the_librarys_own_words_lack_nothing(kind: Kind, channel: Channel, country: str) -> None:
    action, history = due(kind, channel, country)
    assert action.demands.law == WORLD.of(country).name
    assert action.demands.lacking(VOICE.compose(action, history)) == ()


def test_what_a_shop_left_out_is_told() -> None:
    action, history = due(kinds.WIN_BACK, Channel.EMAIL, "US")
    assert action.demands.lacking(BARE.compose(action, history)) == (
        BlockLacking(law="US", block="postal_address"),
        BlockLacking(law="US", block="unsubscribe"),
    )


def test_a_registered_template_is_the_shops_to_name() -> None:
    action, history = due(kinds.ORDER_CONFIRMATION, Channel.SMS, "IN")
    message = VOICE.compose(action, history)
    assert action.demands.lacking(message) == (BlockLacking(law="IN", block="template_id"),)
    assert action.demands.lacking(message, also=("template_id",)) == ()


def test_a_promotion_by_text_is_in_the_language_that_the_law_asks_for() -> None:
    assert composed(VOICE, kinds.WIN_BACK, Channel.SMS, "BD").locale == "bn"
    assert composed(VOICE, kinds.WIN_BACK, Channel.SMS, "BD", "bn-BD").locale == "bn-BD"
    assert composed(VOICE, kinds.ORDER_CONFIRMATION, Channel.SMS, "BD").locale == "en"
    assert composed(VOICE, kinds.WIN_BACK, Channel.EMAIL, "BD").locale == "en"
    assert composed(VOICE, kinds.WIN_BACK, Channel.SMS, "IN").locale == "en"


def test_a_language_that_nobody_speaks_is_told_as_lacking() -> None:
    action, history = due(kinds.WIN_BACK, Channel.SMS, "BD")
    english = due(kinds.WIN_BACK, Channel.SMS, "PK")[0]
    message = VOICE.compose(english, history)
    assert action.demands.lacking(message) == (
        OtherLanguage(law="BD", languages=("bn",), language="en"),
    )


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "Reply STOP to end these messages."),
        ("hi", "ये संदेश बंद करने के लिए STOP लिखकर भेजें।"),
        ("ur", "یہ پیغام بند کرنے کے لیے جواب میں STOP لکھیں۔"),
    ],
)
def test_a_promotion_by_text_tells_how_it_ends(locale: str, words: str) -> None:
    promotion = composed(VOICE, kinds.WIN_BACK, Channel.SMS, "US", locale)
    assert promotion.text.endswith(words)
    assert promotion.purpose is Purpose.MARKETING
    question = evolve(kinds.REVIEW_REQUEST, channels=(Channel.WHATSAPP,))
    asked = composed(VOICE, question, Channel.WHATSAPP, "US", locale)
    assert asked.text.endswith(words)
    needed = composed(VOICE, kinds.ORDER_CONFIRMATION, Channel.SMS, "US", locale)
    assert "STOP" not in needed.text
    pushed = composed(VOICE, kinds.WIN_BACK, Channel.IN_APP, "US", locale)
    assert "STOP" not in pushed.text


def test_canada_asks_for_a_way_out_of_confirmations_too() -> None:
    assert composed(VOICE, kinds.ORDER_CONFIRMATION, Channel.EMAIL, "CA").unsubscribe
    assert not composed(VOICE, kinds.ORDER_CONFIRMATION, Channel.EMAIL, "US").unsubscribe


def test_an_action_that_no_law_was_asked_about_is_written_as_ever() -> None:
    customer = Customer(id="C1", at=AT, phone="+10000000000")
    action = Action(
        key="k",
        kind=kinds.WIN_BACK,
        subject=Subject("order", "1001"),
        channel=Channel.SMS,
        ceiling=Purpose.MARKETING,
        target=AT,
        reasons=(),
    )
    message = VOICE.compose(action, History.of(customer, ORDER))
    assert "STOP" not in message.text
    assert action.demands.lacking(message) == ()


@pytest.mark.parametrize("language", ["hi", "ur", "bn"])
def test_what_lacks_is_told_in_each_language(language: str) -> None:
    speak = shipped(language).speak
    block = speak(BlockLacking(law="IN", block="unsubscribe"))
    other = speak(OtherLanguage(law="BD", languages=("bn",), language="en"))
    for text in (block, other):
        assert not any("a" <= each <= "z" for each in text)
