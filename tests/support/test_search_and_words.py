"""Words that stay whole in every script, and the article that answers."""

import json
from bisect import bisect
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any
from unicodedata import normalize

import bm25s
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postpurchase.domain.draw import unit
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSupport
from postpurchase.support import Answers, Article, HelpDesk, Library, Ranking, tokens
from postpurchase.support.text import bare, sought, words

VECTORS: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "recommend.json").read_text(encoding="utf-8")
    )["vectors"]
}
AT = datetime(2026, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize("language", ["hi", "bn", "ur"])
def test_words_of_hindi_bengali_and_urdu_stay_whole(language: str) -> None:
    case = VECTORS[f"tokenise-{language}"]
    expected = [normalize("NFC", word) for word in case["expected"]["tokens"]]
    assert list(tokens(case["given"]["text"])) == expected


def test_one_letter_typed_in_two_ways_is_one_letter() -> None:
    case = VECTORS["tokenise-equivalents"]
    same = [tokens(one) == tokens(other) for one, other in case["given"]["pairs"]]
    assert same == case["expected"]["must_fold_equal"]


def test_a_hamza_is_the_same_above_either_yeh_and_either_heh() -> None:
    whole = tokens("\N{ARABIC LETTER YEH WITH HAMZA ABOVE}")
    assert tokens("ی\N{ARABIC HAMZA ABOVE}") == whole
    assert tokens("ي\N{ARABIC HAMZA ABOVE}") == whole
    goal = tokens("\N{ARABIC LETTER HEH GOAL WITH HAMZA ABOVE}")
    assert tokens("\N{ARABIC LETTER HEH}\N{ARABIC HAMZA ABOVE}") == goal


def test_joiners_tatweel_and_vowel_marks_are_left_out() -> None:
    assert tokens("تیـز") == tokens("تیز")
    assert tokens("تِیز") == tokens("تیز")
    for mark in (*range(0x64B, 0x653), 0x670):
        assert tokens(f"ت{chr(mark)}یز") == tokens("تیز")
    assert tokens("آب") != tokens("اب")
    assert tokens("ক্\N{ZERO WIDTH JOINER}ষ") == tokens("ক্ষ")
    assert tokens("STRASSE, Straße!") == ("strasse", "strasse")
    assert tokens("a_b c-d e.f ½ x²") == ("a", "b", "c", "d", "e", "f", "½", "x²")


@example("\N{ARABIC LETTER HEH}\N{ARABIC HAMZA ABOVE}")
@example("a\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}")
@example("ی\N{ARABIC HAMZA ABOVE}")
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = tokens(text)
    assert tokens(" ".join(once)) == once


MARKED = "هیيكٔٓ\u200d\u200c\u0640\u093c\u09bcय़ড়ো\u094dक ǰßİ\u0301"
scripts = st.text(st.one_of(st.sampled_from(MARKED), st.characters()), max_size=20)


@given(scripts)
def test_a_question_and_a_text_are_compared_by_the_same_words(text: str) -> None:
    assert tuple(word for token in tokens(text) for word in bare(token).split()) == sought(text)
    told = words(text)
    assert [written for written, _ in told] == text.split()
    assert " ".join(folded for _, folded in told).split() == [
        word for written in text.split() for word in sought(written)
    ]


@pytest.mark.parametrize("id_", ["bm25-lucene", "bm25-two-docs-must-not-be-zero"])
def test_scores_are_lucenes_and_never_zero_for_a_word_that_is_there(id_: str) -> None:
    case = VECTORS[id_]
    documents = case["given"]["docs"]
    scores = Ranking([tokens(text) for text in documents]).scores(case["given"]["query"])
    name = "scores" if "scores" in case["expected"] else "lucene_scores"
    for number, expected in enumerate(case["expected"][name]):
        assert scores.get(number, 0) == pytest.approx(expected, abs=1e-9)


def test_the_top_five_of_five_thousand_are_those_of_bm25s() -> None:
    drawn = count()
    stems = ["knife", "चाकू", "ছুরি", "چاقو", "filter"]
    vocabulary = [f"{stem}{number}" for number in range(600) for stem in stems]
    bounds = list(accumulate(1 / (place + 5) for place in range(len(vocabulary))))

    def some(words: int) -> list[str]:
        draws = (unit("words", str(next(drawn))) * bounds[-1] for _ in range(words))
        return [vocabulary[bisect(bounds, draw)] for draw in draws]

    articles = tuple(
        Article(
            id=f"{number:05}",
            title=" ".join(some(3)),
            text=" ".join(some(20)),
        )
        for number in range(5_000)
    )
    desk = HelpDesk(library=Library(articles))
    documents = [[*tokens(each.title) * 3, *tokens(each.text)] for each in articles]
    oracle = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    oracle.index(documents, show_progress=False)
    for _ in range(50):
        question = " ".join(dict.fromkeys(some(3)))
        ours = desk.search(question, locale="en").hits
        known = oracle.get_scores(list(tokens(question)))
        best = sorted(range(5_000), key=lambda n: (-round(float(known[n]), 4), n))
        wanted = [f"{n:05}" for n in best[:5] if known[n] > 0]
        found = [round(hit.score / 2.2, 4) for hit in ours]
        assert found == pytest.approx([float(known[int(id_)]) for id_ in wanted], abs=2e-4)
        firm = [id_ for id_ in wanted if _apart(known, int(id_))]
        assert [hit.article.id for hit in ours if hit.article.id in firm] == firm


def _apart(scores: Any, number: int) -> bool:  # noqa: ANN401 - an array of the oracle
    """Whether no other document's score is the same in the oracle's single precision."""
    return int((abs(scores - scores[number]) < 1e-5).sum()) == 1


SHARPEN = Article(
    id="sharpen",
    title="Sharpen a knife",
    text="Wet the stone for ten minutes. " * 6
    + "Hold the knife at fifteen degrees. "
    + "Dry it. " * 20,
    about=Selection(categories=("knives",)),
)
HINDI = Article(
    id="sharpen-hi", piece="sharpen", locale="hi-IN", title="चाकू तेज़ करें", text="पत्थर को भिगोएँ"
)
OVEN = Article(
    id="oven", title="Clean an oven", text="Not with a knife.", about=Selection(products=("oven",))
)
LIBRARY = Library((SHARPEN, HINDI, OVEN))
DESK = HelpDesk(library=LIBRARY)


def ids(answers: Answers) -> list[str]:
    return [hit.article.id for hit in answers.hits]


def test_a_question_is_answered_in_its_own_language_or_in_the_fallbacks() -> None:
    assert ids(DESK.search("चाकू कैसे तेज़ करें?", locale="hi")) == ["sharpen-hi"]
    assert ids(DESK.search("knife", locale="ur")) == ["sharpen", "oven"]
    assert ids(DESK.search("knife", locale="hi")) == ["sharpen", "oven"]
    assert DESK.search("pizza", locale="en") == Answers(question="pizza")
    assert HelpDesk(library=Library()).search("x", locale="en").hits == ()


def test_a_title_counts_three_times_and_the_snippet_shows_where_it_was_found() -> None:
    hit, other = DESK.search("Knife degrees", locale="en").hits
    assert hit.score > other.score
    assert hit.matched == ("knife", "degrees")
    assert hit.snippet.startswith("… minutes. Hold the knife at fifteen degrees.")
    assert hit.snippet.endswith(" …")
    assert other.snippet == "Not with a knife."
    title_only = Library((Article(id="a", title="Knife", text="one two"),))
    (found,) = HelpDesk(library=title_only).search("knife", locale="en").hits
    assert found.snippet == "one two"


def snippet(text: str, question: str) -> str:
    desk = HelpDesk(library=Library((Article(id="a", title="A", text=text),)))
    (hit,) = desk.search(question, locale="en").hits
    return hit.snippet


def test_a_snippet_has_24_words_where_most_of_what_was_asked_stands() -> None:
    filler = [f"w{n}" for n in range(60)]
    whole = " ".join(filler[:23])
    assert snippet(f"{whole} rust", "rust") == f"… {' '.join(filler[20:23])} rust"
    assert snippet(f"rust {whole}", "rust") == f"rust {whole}"
    assert snippet(f"rust {whole} more", "rust") == f"rust {whole} …"
    joined = [*filler[:30], "rust-free", *filler[30:40]]
    assert snippet(" ".join(joined), "rust") == f"… {' '.join(joined[27:])}"
    two = [*filler[:10], "rust", *filler[10:40], "rust", *filler[40:50], "oil", *filler[50:]]
    assert snippet(" ".join(two), "rust oil") == f"… {' '.join(two[38:62])} …"
    edge = ["rust", *filler[:22], "oil", *filler[22:40]]
    assert snippet(" ".join(edge), "rust oil") == f"{' '.join(edge[:24])} …"


def test_what_is_too_common_to_count_is_not_named_as_matched() -> None:
    (hit,) = (
        HelpDesk(library=Library((Article(id="a", title="How to oil a pan", text="How so?"),)))
        .search("how to oil", locale="en")
        .hits
    )
    assert hit.matched == ("oil",)


def test_what_they_own_counts_more() -> None:
    price = Money.parse("9.00 EUR")
    bought = Order(
        id="1", at=AT, currency="EUR", lines=(Line(sku="o", product="oven", unit_price=price),)
    )
    pair = (
        Article(id="a", title="Clean it", text="x", about=Selection(products=("pan",))),
        Article(id="b", title="Clean it", text="x", about=Selection(products=("oven",))),
        Article(id="c", title="Clean it", text="x"),
    )
    desk = HelpDesk(library=Library(pair), owned=2)
    plain = desk.search("clean", locale="en")
    assert ids(plain) == ["a", "b", "c"]
    theirs = desk.search(
        "clean",
        locale="en",
        history=History.of(bought),
        catalog=Catalog((Product(id="oven", title="Oven"),)),
    )
    assert ids(theirs) == ["b", "a", "c"]
    assert theirs.hits[0].score == pytest.approx(2 * plain.hits[0].score)
    assert ids(desk.search("clean", locale="en", limit=1)) == ["a"]
    assert ids(desk.search("clean", locale="en", limit=0)) == []
    late = History.of(bought).until(AT - timedelta(days=1))
    assert ids(desk.search("clean", locale="en", history=late)) == ["a", "b", "c"]


def test_a_library_gives_one_article_of_each_piece_in_the_language_that_is_read() -> None:
    assert [each.id for each in LIBRARY.readable("hi")] == ["sharpen-hi", "oven"]
    assert [each.id for each in LIBRARY.readable("bn_BD")] == ["sharpen", "oven"]
    assert len(LIBRARY) == 3
    assert list(LIBRARY) == [SHARPEN, HINDI, OVEN]
    assert repr(LIBRARY) == "<Library of 3 articles>"
    assert HINDI.speaks("HI")
    assert not HINDI.speaks("bn")


def test_a_piece_is_found_once_in_the_nearest_locale_that_holds_the_words() -> None:
    def piece(id: str, locale: str, title: str, piece: str = "p") -> Article:
        return Article(id=id, piece=piece, title=title, locale=locale)

    both = (
        piece("gb", "en-GB", "Colour of a knife"),
        piece("us", "en-US", "Color of a knife"),
        piece("other", "en-GB", "A knife", piece=""),
    )
    desk = HelpDesk(library=Library(both))
    assert ids(desk.search("knife", locale="en-US")) == ["other", "us"]
    assert ids(desk.search("knife", locale="en-GB")) == ["other", "gb"]
    assert ids(desk.search("colour", locale="en-US")) == ["gb"]
    assert ids(desk.search("knife", locale="bn")) == ["other", "gb"]


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(InvalidSupport, match="each article once, got oven twice"):
        Library((OVEN, OVEN))
    with pytest.raises(InvalidSupport, match="needs a title, got ' ' for 'x'"):
        Article(id="x", title=" ")
    with pytest.raises(InvalidSupport, match="title must be 1 or more, got 0"):
        HelpDesk(library=LIBRARY, title=0)
    with pytest.raises(InvalidSupport, match=r"owned must be 1 or more, got 0\.5"):
        HelpDesk(library=LIBRARY, owned=0.5)


HINDI_DESK = HelpDesk(
    library=Library(
        (
            Article(id="hi", locale="hi", title="चाकू तेज़ करें", text="पढ़ने में १५ मिनट लगते हैं"),
            Article(id="bn", locale="bn", title="ছুরি ধার দিন", text="ঘড়িতে ১৫ মিনিট"),
            Article(id="ur", locale="ur", title="چاقو تیز کریں", text="یہ کام ۱۵ منٹ کا ہے"),
            Article(id="en", title="Sharpen a knife", text="It takes 15 minutes"),
        )
    )
)


@pytest.mark.parametrize(
    ("question", "locale", "found"),
    [
        ("", "en", []),
        ("   \n\t", "en", []),
        ("?!… — «»", "en", []),
        ("%s %(x)s {0} \x00 \ud800", "en", []),
        ("is the of and", "en", []),
        ("\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}", "ur", []),
        ("\N{RIGHT-TO-LEFT MARK}چاقو\N{LEFT-TO-RIGHT MARK}", "ur", ["ur"]),
        ("\N{RIGHT-TO-LEFT EMBEDDING}چاقو\N{POP DIRECTIONAL FORMATTING}", "ur", ["ur"]),
        ("چا\N{ZERO WIDTH NON-JOINER}قو", "ur", ["ur"]),
        ("تيز", "ur", ["ur"]),
        ("كام", "ur", ["ur"]),
        ("١٥", "ur", ["ur"]),
        ("15", "ur", ["ur"]),
        ("1۵", "ur", ["ur"]),
        ("तेज़", "hi", ["hi"]),
        ("तेज", "hi", ["hi"]),
        ("पढने", "hi", ["hi"]),
        ("15 मिनट", "hi", ["hi"]),
        ("চা\N{ZERO WIDTH JOINER}", "bn", []),
        ("ঘড়িতে", "bn", ["bn"]),
        ("ঘডিতে", "bn", ["bn"]),
        ("১5", "bn", ["bn"]),
        ("KNIFE " * 20_000, "en", ["en"]),
        ("x" * 100_000, "en", []),
    ],
    ids=lambda value: ascii(value)[:24] if isinstance(value, str) else None,
)
def test_a_hostile_or_careless_question_finds_what_it_means_or_nothing(
    question: str, locale: str, found: list[str]
) -> None:
    assert ids(HINDI_DESK.search(question, locale=locale)) == found


def test_common_words_do_not_outweigh_what_is_asked() -> None:
    few = (
        Article(id="how", title="How do I find what I have to pay?", text="How, and where to."),
        Article(id="rust", title="Rust", text="Dry the pan, and oil it."),
        Article(id="x", title="Opening hours", text="We are there from nine to five."),
    )
    desk = HelpDesk(library=Library(few))
    assert ids(desk.search("How do I get rid of the rust on what I have?", locale="en")) == ["rust"]
    assert ids(desk.search("how do I", locale="en")) == ["how"]


def test_a_nukta_may_be_left_out_and_the_words_of_the_question_are_told() -> None:
    hit = HINDI_DESK.search("चाकू तेज कैसे करें", locale="hi").hits[0]
    assert hit.matched == ("चाकू", "तेज", "करें")
    assert HINDI_DESK.search("तेज़", locale="hi").hits[0].matched == tokens("तेज़")


def test_a_word_that_is_asked_again_and_again_counts_once() -> None:
    once = DESK.search("knife", locale="en")
    often = DESK.search("knife " * 50, locale="en")
    assert [hit.score for hit in often.hits] == [hit.score for hit in once.hits]
    assert often.hits[0].matched == ("knife",)
