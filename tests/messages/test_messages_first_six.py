"""Six kinds, from an action to a mail, in English and Hindi."""

import re
from email import message_from_bytes
from email.policy import SMTP

import pytest
from attrs import evolve

from postpurchase.domain import kinds
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Kind, Purpose, Subject
from postpurchase.errors import (
    AboveCeiling,
    DocumentMissing,
    FactMissing,
    NoRecipient,
    NoWords,
    WrongChannel,
)
from postpurchase.messages import Message, Voice
from postpurchase.testing import gallery, sample

SIX = (
    kinds.ORDER_CONFIRMATION,
    kinds.THANK_YOU,
    kinds.SHIPPED,
    kinds.DELIVERED,
    kinds.REVIEW_REQUEST,
    kinds.PURCHASE_ANNIVERSARY,
)
ID = "<k1@kitchen.example.com>"


def voice(locale: str = "en") -> Voice:
    return Voice(
        shop=sample.shop(locale), sender="shop@kitchen.example.com", documents=sample.documents
    )


def composed(kind: Kind, locale: str = "en") -> Message:
    return voice(locale).compose(sample.action(kind), sample.history(locale))


@pytest.mark.parametrize("kind", SIX, ids=lambda kind: kind.name)
def test_a_kind_has_a_subject_a_page_and_a_written_text(kind: Kind) -> None:
    message = composed(kind)
    assert message.subject
    assert message.subject == message.subject.strip()
    assert f"<title>{message.subject}".replace("&", "&amp;") in message.html
    assert "Asha" in message.html
    assert "Asha" in message.text
    assert "<" not in message.text
    assert "help@kitchen.example.com" in message.text


@pytest.mark.parametrize("kind", SIX, ids=lambda kind: kind.name)
def test_hindi_is_hindi(kind: Kind) -> None:
    english, hindi = composed(kind, "en"), composed(kind, "hi")
    assert hindi.locale == "hi"
    assert hindi.subject != english.subject
    assert 'lang="hi"' in hindi.html
    facts = (
        r"\S+@\S+|https?://\S+|Kitchen & Co( Ltd)?|12 Lake Road|Pune|GSTIN \S+|Bluedart|BD\w+|HELLO"
    )
    letters = [each for each in re.sub(facts, "", hindi.text) if each.isalpha()]
    devanagari = [each for each in letters if "\u0900" <= each <= "\u097f"]
    assert len(devanagari) >= 0.9 * len(letters), "".join(set(letters) - set(devanagari))


def test_the_review_request_names_only_what_was_kept() -> None:
    message = composed(kinds.REVIEW_REQUEST)
    assert "Knife set" in message.subject
    for part in (message.subject, message.html, message.text):
        assert "Chopping board" not in part
    whole = History.of(sample.customer(), sample.order())
    assert "Chopping board" in voice().compose(sample.action(kinds.REVIEW_REQUEST), whole).text


def test_a_first_order_and_a_repeat_are_thanked_differently() -> None:
    first = composed(kinds.THANK_YOU)
    earlier = evolve(sample.order(), id="900", number="900", at=sample.ORDERED.replace(year=2025))
    again = voice().compose(sample.action(kinds.THANK_YOU), sample.history().add(earlier))
    assert first.subject == "Thank you for your first order at Kitchen & Co"
    assert again.subject == "Thank you for coming back to Kitchen & Co"


def test_the_thank_you_encloses_the_invoice_and_will_not_go_out_without_it() -> None:
    message = composed(kinds.THANK_YOU)
    assert message.missing == ()
    mail = message.to_email(date=sample.ORDERED, message_id=ID)
    assert [each.get_filename() for each in mail.iter_attachments()] == ["invoice-1001.pdf"]

    bare = Voice(shop=sample.shop(), sender="shop@kitchen.example.com")
    action = sample.action(kinds.THANK_YOU)
    unfinished = bare.compose(action, sample.history())
    assert unfinished.missing == ("invoice",)
    with pytest.raises(DocumentMissing, match="thank_you encloses 'invoice'"):
        unfinished.to_email(date=sample.ORDERED, message_id=ID)
    invoice = sample.documents("invoice", action, sample.history())
    assert unfinished.attach(invoice).to_email(date=sample.ORDERED, message_id=ID)


@pytest.mark.parametrize("kind", SIX, ids=lambda kind: kind.name)
@pytest.mark.parametrize("locale", ["en", "hi"])
def test_the_standard_mail_and_the_bytes_parse_to_the_same(kind: Kind, locale: str) -> None:
    message = composed(kind, locale)
    mail = message.to_email(date=sample.ORDERED, message_id=ID)
    wire = message.to_bytes(date=sample.ORDERED, message_id=ID)
    assert wire == message.to_bytes(date=sample.ORDERED, message_id=ID)
    for parsed in (
        message_from_bytes(wire, policy=SMTP),
        message_from_bytes(mail.as_bytes(), policy=SMTP),
    ):
        assert parsed["Subject"] == message.subject
        assert parsed["To"].addresses[0].addr_spec == "asha@example.com"
        assert parsed["From"].addresses[0].display_name == "Kitchen & Co"
        assert parsed["Date"].datetime == sample.ORDERED
        text = parsed.get_body(("plain",))
        page = parsed.get_body(("html",))
        assert text is not None
        assert page is not None
        assert text.get_content().replace("\r\n", "\n") == message.text
        assert page.get_content().replace("\r\n", "\n").rstrip("\n") == message.html.rstrip("\n")
        assert not parsed.defects


def test_a_sent_message_is_a_fact_to_keep() -> None:
    message = composed(kinds.SHIPPED, "hi")
    assert message.sent(at=sample.ORDERED) == MessageSent(
        id="sample/order:1001/shipped",
        at=sample.ORDERED,
        channel=Channel.EMAIL,
        purpose=Purpose.TRANSACTIONAL,
        kind="shipped",
        about="order:1001",
        subject=message.subject,
        locale="hi",
    )


def test_a_message_shows_itself_where_people_look() -> None:
    message = composed(kinds.SHIPPED)
    assert repr(message) == "<Message shipped by email in en: 'Order 1001 is on its way'>"
    assert message._repr_html_().startswith('<iframe title="shipped, en" sandbox')
    short = voice().compose(sample.action(kinds.SHIPPED, Channel.SMS), sample.history())
    assert short._repr_html_().startswith('<blockquote dir="ltr">Kitchen &amp; Co: order 1001')


def test_an_index_shows_messages_side_by_side() -> None:
    short = voice().compose(sample.action(kinds.SHIPPED, Channel.SMS), sample.history())
    page = gallery.index([composed(kinds.THANK_YOU), short], title="Asha & us")
    assert "<h1>Asha &amp; us</h1>" in page
    assert page.count("<article>") == 2
    assert page.count("<iframe") == 1
    assert "attached: invoice-1001.pdf" in page


def test_what_a_kind_needs_is_asked_for_by_name() -> None:
    lone = History.of(sample.customer())
    with pytest.raises(FactMissing, match="order_confirmation about order:1001 needs 'order'"):
        voice().compose(sample.action(kinds.ORDER_CONFIRMATION), lone)


def test_channels_are_kept_apart() -> None:
    short = voice().compose(sample.action(kinds.SHIPPED, Channel.SMS), sample.history())
    with pytest.raises(WrongChannel):
        short.to_email(date=sample.ORDERED, message_id=ID)
    with pytest.raises(WrongChannel):
        short.to_push()
    with pytest.raises(WrongChannel):
        composed(kinds.SHIPPED).to_sms()
    with pytest.raises(NoWords):
        voice().compose(sample.action(kinds.INVOICE, Channel.SMS), sample.history())


def unreachable(channel: Channel) -> Action:
    return sample.action(kinds.SHIPPED, channel)


@pytest.mark.parametrize(
    ("channel", "lacks"),
    [(Channel.EMAIL, "e-mail address"), (Channel.SMS, "phone number"), (Channel.PUSH, "device")],
)
def test_who_cannot_be_reached_is_said(channel: Channel, lacks: str) -> None:
    nobody = evolve(sample.customer(), email=None, phone=None, devices=())
    facts = History.of(nobody, sample.order(), sample.parcel())
    with pytest.raises(NoRecipient, match=lacks):
        voice().compose(unreachable(channel), facts)


def test_without_a_customer_only_the_orders_own_addresses_count() -> None:
    known = evolve(sample.order(), email="b@example.com", phone="+4915112345678")
    facts = History.of(known, sample.parcel())
    assert voice().compose(unreachable(Channel.EMAIL), facts).to == "b@example.com"
    assert voice().compose(unreachable(Channel.SMS), facts).to == "+4915112345678"
    with pytest.raises(NoRecipient, match="customer record"):
        voice().compose(unreachable(Channel.IN_APP), facts)


def test_a_kind_above_the_ceiling_is_refused() -> None:
    action = sample.action(kinds.REVIEW_REQUEST, ceiling=Purpose.SERVICE)
    with pytest.raises(AboveCeiling, match="review_request is stricter than service"):
        voice().compose(action, sample.history())


def test_a_birthday_is_about_no_order_but_finds_the_customer() -> None:
    action = evolve(sample.action(kinds.PURCHASE_ANNIVERSARY), subject=Subject("year", "2027"))
    assert "1 year" in voice().compose(action, sample.history()).subject
