"""What a law asks of a message, and what a message lacks of it."""

from datetime import date

import pytest
from attrs import evolve, frozen

from postpurchase.domain.channel import Purpose
from postpurchase.domain.decision import Reason
from postpurchase.domain.demands import BlockLacking, Cited, Demands, OtherLanguage, Worded
from postpurchase.domain.pairs import Pairs

ASKED = Demands(
    law="BD",
    blocks=Pairs(
        opt_out=Purpose.SOLICITATION,
        postal_address=Purpose.MARKETING,
        template_id=Purpose.TRANSACTIONAL,
        unsubscribe=Purpose.MARKETING,
    ),
    languages=("bn", "en"),
    promotes=Purpose.SOLICITATION,
    stop_words=("opt out", "বন্ধ"),
    sources=(Cited(url="https://example.com/law", read=date(2026, 11, 24), what="all of it"),),
)


@frozen(kw_only=True)
class Note:
    """A message with its words."""

    purpose: Purpose = Purpose.MARKETING
    locale: str = "bn-BD"
    blocks: tuple[str, ...] = ()
    unsubscribe: str = "https://example.com/stop"
    postal: bool = True
    text: str = "Reply OPT OUT."


LAWFUL: Worded = Note()
WHOLE = Note()


def lacking(block: str) -> tuple[Reason, ...]:
    return (BlockLacking(law="BD", block=block),)


def test_nothing_lacks_where_all_is_there() -> None:
    assert ASKED.lacking(LAWFUL, also=("template_id",)) == ()
    assert Demands().lacking(Note(unsubscribe="", postal=False, text="")) == ()


@pytest.mark.parametrize(
    ("note", "block"),
    [
        (evolve(WHOLE, unsubscribe=""), "unsubscribe"),
        (evolve(WHOLE, postal=False), "postal_address"),
        (evolve(WHOLE, text="Opt out of boredom: shop."), "opt_out"),
        (evolve(WHOLE, text="OPT"), "opt_out"),
        (evolve(WHOLE, text=""), "opt_out"),
    ],
)
def test_each_block_that_lacks_is_named(note: Note, block: str) -> None:
    assert ASKED.lacking(note, also=("template_id",)) == lacking(block)
    assert ASKED.lacking(note, also=("template_id", block)) == ()
    assert ASKED.lacking(evolve(note, blocks=("offer", block)), also=("template_id",)) == ()


def test_what_the_shop_adds_outside_of_the_words_is_asked_for_too() -> None:
    assert ASKED.lacking(WHOLE) == lacking("template_id")
    assert ASKED.lacking(evolve(WHOLE, blocks=("template_id",))) == ()


@pytest.mark.parametrize(
    "text",
    ["OPT OUT", "Reply “OPT OUT”.", "Sale today\nOPT  OUT!", "উত্তরে বন্ধ লিখুন।", "লিখুন: 'বন্ধ'।"],
)
def test_a_stop_word_is_seen_in_capitals_or_in_a_script_that_has_none(text: str) -> None:
    assert ASKED.lacking(evolve(WHOLE, text=text), also=("template_id",)) == ()


@pytest.mark.parametrize("text", ["OPTOUT", "OPT-OUTS", "XOPT OUT", "অবন্ধ"])
def test_a_part_of_a_word_is_no_stop_word(text: str) -> None:
    found = ASKED.lacking(evolve(WHOLE, text=text), also=("template_id",))
    assert found == lacking("opt_out")


@pytest.mark.parametrize(
    ("purpose", "blocks"),
    [
        (Purpose.TRANSACTIONAL, ("template_id",)),
        (Purpose.SERVICE, ("template_id",)),
        (Purpose.SOLICITATION, ("opt_out", "template_id")),
        (Purpose.MARKETING, ("opt_out", "postal_address", "template_id", "unsubscribe")),
    ],
)
def test_what_is_needed_grows_with_the_purpose(purpose: Purpose, blocks: tuple[str, ...]) -> None:
    assert ASKED.needed(purpose) == blocks
    bare = Note(purpose=purpose, unsubscribe="", postal=False, text="")
    assert [each.block for each in ASKED.lacking(bare) if isinstance(each, BlockLacking)] == [
        *blocks
    ]


@pytest.mark.parametrize("locale", ["bn", "bn-BD", "BN_bd", "en-GB"])
def test_one_of_the_languages_is_enough(locale: str) -> None:
    assert ASKED.lacking(evolve(WHOLE, locale=locale), also=("template_id",)) == ()


def test_another_language_is_told_of_promotions_only() -> None:
    hindi = evolve(WHOLE, locale="hi-IN")
    (found,) = ASKED.lacking(hindi, also=("template_id",))
    assert found == OtherLanguage(law="BD", languages=("bn", "en"), language="hi")
    assert ASKED.written_in(Purpose.SOLICITATION) == ("bn", "en")
    assert ASKED.written_in(Purpose.SERVICE) == ()
    cared = evolve(hindi, purpose=Purpose.SERVICE)
    assert ASKED.lacking(cared, also=("template_id",)) == ()
    assert Demands(promotes=Purpose.SERVICE).lacking(cared) == ()


def test_both_are_told_in_words() -> None:
    assert [str(BlockLacking(law="BD", block=each)) for each in (*ASKED.blocks, "own_block")] == [
        "the rules of BD ask for the word that ends such messages, which is not there",
        "the rules of BD ask for the shop's postal address, which is not there",
        "the rules of BD ask for the number of a registered template, which is not there",
        "the rules of BD ask for a link to unsubscribe, which is not there",
        "the rules of BD ask for own_block, which is not there",
    ]
    assert str(OtherLanguage(law="BD", languages=("bn", "fr"), language="ur")) == (
        "the rules of BD ask for Bengali, fr, and the message is in Urdu"
    )
    assert str(OtherLanguage(law="BD", languages=("hi",), language="en")) == (
        "the rules of BD ask for Hindi, and the message is in English"
    )


def test_capitals_alone_make_a_stop_word_of_a_word() -> None:
    usual = evolve(ASKED, stop_words=("end",))
    assert usual.lacking(evolve(WHOLE, text="The end is near."), also=("template_id",)) == lacking(
        "opt_out"
    )
    assert usual.lacking(evolve(WHOLE, text="Send END."), also=("template_id",)) == ()
