"""Codes that were typed to break something: other scripts, unseen marks, ten kilobytes."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postpurchase.domain.decision import Declined, Refused
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, FreeShipping
from postpurchase.domain.order import Line, Order
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    Pattern,
    PercentOff,
    Promotion,
    Quote,
    Signer,
    normalised,
    promotion,
    quote,
)
from postpurchase.offers.why import UnknownCode

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEN = Order(
    id="1", at=NOON, currency="EUR", lines=(Line(id="l1", unit_price=Money.parse("10.00 EUR")),)
)


def coded(code: str, id: str = "p") -> Promotion:
    return Promotion(id=id, code=code, gives=PercentOff(percent=Decimal(10)))


def typed(*codes: str, offers: tuple[Promotion, ...] = (coded("SAVE-10"),)) -> Quote:
    return quote(TEN, offers=offers, at=NOON, codes=codes)


@pytest.mark.parametrize(
    "code",
    [
        "save10",
        "\u202eSAVE\u202c-10\u200f",  # written from right to left, and back
        "\ufeffSA\u200bVE\u2060 1\u00ad0\t\r\n\x00",  # nothing to see between
        "ＳＡＶＥ１０",  # wide
        "SAVE१०",  # the digits of Hindi
        "SAVE১০",  # of Bengali
        "save۱۰",  # of Urdu
        "SAVE\ufe0f10\ufe0f",  # shaped as emoji
        "ⓢⓐⓥⓔ₁₀",
    ],
    ids=ascii,
)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    made = typed(code)
    assert made.discount == Money.parse("1.00 EUR")
    assert made.codes[0].code == code


@pytest.mark.parametrize(
    "code",
    [
        "SАVE10",  # a Cyrillic A
        "ЅAVE10",  # a Cyrillic S
        "SΑVE10",  # a Greek alpha
        "SAVE10é",
        "SAVE10\u0301",
        "",
        " ",
        "!!!",
        "💎",
        "\ud800",
        "SAVE10" * 2_000,
        "SAVE10" + " " * 10_000,
        "a\u0300\u0316" * 5_000,
    ],
    ids=lambda code: ascii(code)[:20],
)
def test_what_only_looks_like_a_code_is_none(code: str) -> None:
    made = typed(code)
    assert not made.adjustments
    assert made.codes[0].decision == Declined((UnknownCode(),))
    assert made.codes[0].public == Declined((Refused(),))


def test_every_code_that_was_entered_is_answered() -> None:
    made = typed("SAVE-10", "save10", "!", "?")
    assert [each.code for each in made.codes] == ["SAVE-10", "save10", "!", "?"]
    assert [bool(each.decision) for each in made.codes] == [True, True, False, False]
    assert made.discount == Money.parse("1.00 EUR")


def test_codes_in_scripts_with_marks_stay_apart() -> None:
    """Without their marks both would read the same."""
    fort, art = coded("किला", "fort"), coded("कला", "art")
    made = typed("कि\u200dला", offers=(fort, art))
    assert [each.offer for each in made.adjustments] == ["fort"]
    assert normalised("दिवाली-२०") == normalised("दिवाली 2o") == "दिवाली2O"
    assert normalised("قلم") != normalised("قَلم")


def test_a_dotted_capital_is_an_i() -> None:
    assert normalised("İndirim1") == normalised("indirim1") == normalised("INDIRIMI")
    assert normalised("straße") == normalised("STRASSE")


@given(st.text(max_size=20))
@example("ŉΐﷺ")
@example("R¸")
@example("0¨")
@example("I˙")
@example("İ\u034f\u180b\ue0100")
def test_reading_a_code_again_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert normalised(text.upper()) == once
    assert normalised(f"-{text} ") == once


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_letters_are_read_as_all_others(text: str) -> None:
    assert normalised(text) == normalised("\u200d" + text)


def test_ten_kilobytes_are_turned_away_at_once() -> None:
    huge = "a" + "\u0300\u0316" * 50_000
    assert normalised(huge) == ""  # to put its marks in order would take a minute
    assert not Pattern().fits(huge)
    assert normalised("A" * 256) == "A" * 256
    assert normalised("A" * 257) == ""
    assert normalised("é" * 257) == ""


@pytest.mark.parametrize("code", ["💎", "---", "A" * 257], ids=lambda code: ascii(code)[:12])
def test_an_offer_has_a_code_that_can_be_read(code: str) -> None:
    said = "Promotion: a code has letters or digits, and 256 characters at the most, got "
    with pytest.raises(InvalidProgramme) as caught:
        coded(code)
    assert str(caught.value) == (
        f"{said}{code[:40]!r}: use the letters and digits of offers.ALPHABET"
    )
    assert coded("A" * 256).code


def test_a_coupon_without_a_code_is_refused_and_not_given_to_everybody() -> None:
    bare = Coupon(code="", off=Money.parse("5.00 EUR"))
    with pytest.raises(InvalidProgramme) as caught:
        promotion(bare, id="c")
    assert str(caught.value) == (
        "promotion: a coupon has the code that must be entered, got none: "
        "make one with offers.Pattern, or write a Promotion without a code"
    )
    assert promotion(FreeShipping(), id="f").code == ""


def test_half_a_surrogate_pair_is_forged() -> None:
    signer = Signer((("k1", b"o" * 16),))
    for code in (json.loads('"\\ud800"'), "k1.AAAA.\udfff.BBBB.CCCC", "k1.A.B.C.\ud800"):
        assert not signer.read(code, at=NOON)
    assert normalize("NFKC", "\ud800") == "\ud800"
    assert not Pattern().fits("\ud800")
