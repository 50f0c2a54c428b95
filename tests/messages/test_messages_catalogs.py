"""Words: complete, in the right script, with the right plurals, and the shop's own on top."""

import re
import subprocess
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import pytest
from attrs import frozen
from babel.messages.pofile import read_po

from postpurchase import messages
from postpurchase.domain import kinds
from postpurchase.domain.decision import Reason, says
from postpurchase.domain.message import Channel
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidCatalog, UnknownTongue
from postpurchase.messages import Message, Voice, read_catalog
from postpurchase.messages.blocks import NotPermitted
from postpurchase.messages.catalogs import (
    DOMAINS,
    DRAFTS,
    PLURALS,
    compiled,
    own_sentences,
    plural_index,
    shipped,
)
from postpurchase.messages.tongues import tongue
from postpurchase.testing import gallery, sample

ROOT = Path(__file__).parents[2]
SCRIPTS = {"hi": ("\u0900", "\u097f"), "ur": ("\u0600", "\u06ff"), "bn": ("\u0980", "\u09ff")}
PLACE = re.compile(r"%\([a-z_]+\)s")
Pair = tuple[str, str]


def po(language: str, domain: str) -> bytes:
    return (folder(language) / f"{domain}.po").read_bytes()


def folder(language: str) -> Traversable:
    return files("postpurchase.messages") / "locales" / language / "LC_MESSAGES"


def pairs(language: str, domain: str) -> list[Pair]:
    found: list[Pair] = []
    for entry in read_po(BytesIO(po(language, domain)), locale=language):
        if not entry.id:
            continue
        # In some languages the first form is for 0 too, so it may say the number as well.
        original = entry.id if isinstance(entry.id, str) else entry.id[1]
        text = entry.string
        forms = [text] if isinstance(text, str) else list(text or ())
        found += [(original, form) for form in forms]
    return found


BOTH = pytest.mark.parametrize("domain", DOMAINS)
EACH = pytest.mark.parametrize("language", DRAFTS)


@BOTH
@EACH
def test_every_sentence_is_translated_and_none_is_its_english(language: str, domain: str) -> None:
    assert len(pairs(language, domain)) > 250
    for original, text in pairs(language, domain):
        assert text, original
        assert text != original
        assert set(PLACE.findall(text)) <= set(PLACE.findall(original)), original
        assert "<" not in text


@EACH
def test_a_sentence_keeps_every_place_of_its_original(language: str) -> None:
    for original, text in pairs(language, "messages"):
        assert set(PLACE.findall(text)) == set(PLACE.findall(original)), original


@BOTH
@EACH
def test_nine_letters_of_ten_are_of_the_right_script(language: str, domain: str) -> None:
    first, last = SCRIPTS[language]
    for original, text in pairs(language, domain):
        letters = [each for each in PLACE.sub("", text) if each.isalpha()]
        own = [each for each in letters if first <= each <= last]
        assert len(own) >= 0.9 * len(letters), (original, text)


@BOTH
@EACH
def test_what_is_shipped_was_compiled_from_what_is_written(language: str, domain: str) -> None:
    text = po(language, domain)
    assert (folder(language) / f"{domain}.mo").read_bytes() == compiled(text, language)
    assert f'"Plural-Forms: {PLURALS[language]}\\n"'.encode() in text
    assert text.count(b"#. draft") > 250


def test_the_catalogs_agree_with_templates_and_code() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "catalogs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"run tools/catalogs.py, then translate: {run.stdout}{run.stderr}"


@pytest.mark.parametrize("language", ["ar", "bn", "en", "fa", "he", "hi", "ur"])
def test_plurals_are_those_of_cldr(language: str) -> None:
    index, category = plural_index(language), tongue(language).plural_form
    forms: dict[int, set[str]] = {}
    for number in (*range(210), 1000, 10_000):
        forms.setdefault(index(number), set()).add(category(number))
    assert all(len(names) == 1 for names in forms.values()), forms
    assert len({name for names in forms.values() for name in names}) == len(forms)


@pytest.fixture(scope="module")
def every_message() -> list[Message]:
    return list(gallery.messages())


def test_every_kind_speaks_on_every_channel_it_names(every_message: list[Message]) -> None:
    assert len(every_message) == 4 * sum(len(kind.channels) for kind in kinds.KINDS)
    for message in every_message:
        assert message.text.strip(), message
        assert message.subject.strip(), message
        assert bool(message.html) is (message.channel is Channel.EMAIL)


def test_every_kind_says_something_of_its_own(every_message: list[Message]) -> None:
    for locale in ("en", "hi", "ur", "bn"):
        mails = [m for m in every_message if m.locale == locale and m.channel is Channel.EMAIL]
        assert len({message.subject for message in mails}) == len(kinds.KINDS)


def test_no_sms_costs_more_than_two_segments(every_message: list[Message]) -> None:
    short = [message for message in every_message if message.channel is Channel.SMS]
    assert len(short) > 80
    for message in short:
        assert message.to_sms().segments <= 2, message.text


def test_required_facts_stand_in_html_and_text(every_message: list[Message]) -> None:
    for message in every_message:
        if message.channel is not Channel.EMAIL or message.kind.purpose:
            continue
        if "order" in message.kind.requires:
            assert "1001" in message.text, message
            assert "1001" in message.html, message
        if "shipment" in message.kind.requires and message.kind is not kinds.DELIVERED:
            assert "BD123456789IN" in message.text, message
            assert "BD123456789IN" in message.html, message


def test_urdu_is_right_to_left_throughout(every_message: list[Message]) -> None:
    for message in every_message:
        if message.locale == "ur" and message.html:
            assert '<html lang="ur" dir="rtl">' in message.html
            assert "margin:0 0 16px;text-align:right" in message.html
            assert "margin:0 0 16px;text-align:left" not in message.html
            assert "Nastaliq" in message.html
            assert "line-height:2.3" in message.html
            assert "\u2068" not in message.subject
    mail = next(m for m in every_message if m.kind is kinds.SHIPPED and m.locale == "ur" and m.html)
    assert "\u20681001\u2069" not in mail.subject
    assert "<bdi>1001</bdi>" in mail.html


class Late(Reason):
    __slots__ = ()
    says = says("late")


@frozen
class Found(Reason):
    says = says("%(count)s found", "%(count)s are found", by="count")
    count: int


def test_reasons_speak_a_language_that_knows_them() -> None:
    hindi = shipped("hi")
    left_out = NotPermitted("offer", "marketing")
    assert hindi.has(left_out)
    assert hindi.speak(left_out) == "खंड offer छोड़ दिया गया है: marketing के लिए अनुमति नहीं है"
    assert not hindi.has(Late())
    assert hindi.speak(Late()) == "late"
    assert shipped("en").has(Late())
    assert shipped("en").speak(Found(2)) == "2 are found"
    assert shipped("en").speak(Found(1)) == "1 found"
    assert not hindi.has(Found(1))
    assert "Voice" in dir(messages)


def test_a_shop_says_one_sentence_in_its_own_words() -> None:
    own = Pairs({"en": Pairs({"Your order is confirmed": "Hooray, %% done"})})
    voice = Voice(shop=sample.shop(), sender="a@example.com", sentences=own)
    message = voice.compose(sample.action(kinds.ORDER_CONFIRMATION), sample.history())
    assert "Hooray, % done" in message.html
    assert "Order 1001 is confirmed" in message.subject


@pytest.mark.parametrize(
    ("text", "why"),
    [("%(nobody)s", "nobody: the original has no such place"), ("100% sure", "a bare %: write %%")],
)
def test_a_sentence_that_does_not_fit_is_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidCatalog, match=re.escape(why)):
        own_sentences("en", Pairs({"Your order is confirmed": text}))


def test_a_sentence_of_a_shop_cannot_bring_markup_in() -> None:
    own = Pairs({"en": Pairs({"Your order is confirmed": "<script>x</script>"})})
    voice = Voice(shop=sample.shop(), sender="a@example.com", sentences=own)
    message = voice.compose(sample.action(kinds.ORDER_CONFIRMATION), sample.history())
    assert "<script>x" not in message.html


GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Order %(order)s is confirmed"
msgstr "Bestellung %(order)s ist bestätigt"

msgid "Total"
msgstr ""

#, fuzzy
msgid "Subtotal"
msgstr "Irgendwas"

msgid "%(points)s point is added to your account."
msgid_plural "%(points)s points are added to your account."
msgstr[0] "%(points)s Punkt ist auf deinem Konto."
msgstr[1] "%(points)s Punkte sind auf deinem Konto."

msgid "You have earned %(points)s point"
msgid_plural "You have earned %(points)s points"
msgstr[0] ""
msgstr[1] ""
"""


def test_a_shop_adds_a_language() -> None:
    german = read_catalog("de", GERMAN)
    voice = Voice(
        shop=sample.shop("de-DE"),
        sender="a@example.com",
        languages=(read_catalog("fr", ""), german),
    )
    message = voice.compose(sample.action(kinds.ORDER_CONFIRMATION), sample.history("de"))
    assert message.subject == "Bestellung 1001 ist bestätigt"
    assert message.locale == "de"
    assert "4.296,00" in message.text
    assert german.count("%(points)s point is added to your account.", "", 2).startswith(
        "%(points)s Punkte"
    )
    points = voice.compose(sample.action(kinds.POINTS_EARNED), sample.history("de"))
    assert "120 Punkte sind auf deinem Konto." in points.text
    assert points.subject == "You have earned 120 points"


def test_a_language_of_the_shop_lies_over_one_that_is_shipped() -> None:
    hindi = read_catalog("hi", 'msgid "Total"\nmsgstr "जोड़"\n')
    voice = Voice(shop=sample.shop("hi"), sender="a@example.com", languages=(hindi,))
    message = voice.compose(sample.action(kinds.ORDER_CONFIRMATION), sample.history("hi"))
    assert "जोड़: ₹4,296.00" in message.text
    assert "आपके ऑर्डर की पुष्टि हो गई है" in message.text


def test_a_catalog_is_checked_when_it_is_read() -> None:
    with pytest.raises(InvalidCatalog):
        read_catalog("de", 'msgid "Total"\nmsgstr "%(x)s"\n')
    with pytest.raises(UnknownTongue, match="no language has the tag 'xx'"):
        read_catalog("xx", "")


@pytest.mark.parametrize(
    ("customer", "shop", "spoken"),
    [
        ("ur-PK", "hi-IN", "ur_PK"),
        ("de-DE", "hi-IN", "hi_IN"),
        ("hi_IN.UTF-8", "bn-BD", "bn_BD"),
        ("fr", "de", "en"),
        ("../etc", "xx", "en"),
    ],
)
def test_the_first_language_of_the_chain_that_has_words_is_spoken(
    customer: str, shop: str, spoken: str
) -> None:
    voice = Voice(shop=sample.shop(shop), sender="a@example.com")
    facts = sample.history(customer)
    assert voice.compose(sample.action(kinds.SHIPPED), facts).locale == spoken.replace("_", "-")


@EACH
def test_a_draft_is_exported_for_somebody_who_reads_it(language: str) -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "catalogs.py"), "--export", language],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    rows = run.stdout.splitlines()
    assert rows[0] == "| English | draft | where |"
    assert len(rows) == 2 + sum(
        len({original for original, _ in pairs(language, domain)}) for domain in DOMAINS
    )
