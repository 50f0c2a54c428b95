"""Which article answers a question: BM25, as Lucene counts it, over words that stay whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from math import log
from typing import Final

from attrs import field, frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Article, Library, language
from postpurchase.support.text import bare, sought, telling, tokens, words

K1: Final = 1.2
B: Final = 0.75
TITLE: Final = 3
"""How often a word of the title counts against one of the text."""

OWNED: Final = 1.5
"""What an article about something they own counts against any other."""

_SNIPPET: Final = 24


class Ranking:
    """BM25 over documents of tokens: every score is worked out when it is built.

    `idf = ln(1 + (N - df + 0.5) / (df + 0.5))`, never below zero, so that a word found in half
    of two documents still counts; `k1` 1.2 and `b` 0.75 unless told otherwise (Robertson &
    Zaragoza 2009, as in Apache Lucene).
    """

    def __init__(
        self, documents: Sequence[Sequence[str]], /, *, k1: float = K1, b: float = B
    ) -> None:
        """Count the documents once."""
        lengths = [len(document) for document in documents]
        mean = sum(lengths) / len(lengths) if any(lengths) else 1.0
        counts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for token, count in Counter(document).items():
                counts[token].append((number, count))
        norms = [k1 * (1 - b + b * length / mean) for length in lengths]
        self._scores: dict[str, tuple[tuple[int, float], ...]] = {
            token: tuple(
                (
                    number,
                    _idf(len(documents), len(found)) * count * (k1 + 1) / (count + norms[number]),
                )
                for number, count in found
            )
            for token, found in counts.items()
        }

    def scores(self, query: Iterable[str], /) -> Mapping[int, float]:
        """The documents that hold a token of the query, by number, and their scores."""
        found: dict[int, float] = {}
        for token in query:
            for number, score in self._scores.get(token, ()):
                found[number] = found.get(number, 0.0) + score
        return found


def _idf(documents: int, holding: int, /) -> float:
    return log(1 + (documents - holding + 0.5) / (holding + 0.5))


@frozen(kw_only=True)
class Hit:
    """An article that may answer, with the words around what was found.

    Attributes:
        score: by BM25; comparable within one search only.
        snippet: some words of the text, where most of what was asked stands.
        matched: the words of the question, as `tokens`, that the article holds.
    """

    article: Article
    score: float
    snippet: str
    matched: tuple[str, ...]


@frozen(kw_only=True)
class Answers(Outcome):
    """What was found for a question, the best first; empty where nothing fits."""

    question: str
    hits: tuple[Hit, ...] = ()


def _one_or_more(_: object, attribute: object, value: float, /) -> None:
    if value < 1:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 1 or more, got {value}"
        raise InvalidSupport(message)


@frozen(kw_only=True, repr=False)
class HelpDesk:
    """A library that can be asked; build it once, ask it often.

    Attributes:
        library: the articles.
        title: how often a word of the title counts.
        owned: what an article about something the customer owns counts against another.
    """

    library: Library
    title: int = field(default=TITLE, validator=_one_or_more)
    owned: float = field(default=OWNED, validator=_one_or_more)

    @cached_property
    def _rankings(self) -> dict[str, Ranking]:
        return {}

    def _ranking(self, locale: str) -> Ranking:
        name = language(locale)
        found = self._rankings.get(name)
        if found is None:
            documents = [
                sought(article.title) * self.title + sought(article.text)
                for article in self.library.within(locale)
            ]
            found = self._rankings[name] = Ranking(documents)
        return found

    def search(
        self,
        question: str,
        /,
        *,
        locale: str,
        history: History | None = None,
        catalog: Catalog | None = None,
        limit: int = 5,
    ) -> Answers:
        """The articles that answer best, in the language asked, else in the fallback's.

        A word that is asked twice counts once, and words such as `how` and `the` do not count
        beside others. In Hindi, Bengali and their like the nukta may be left out.

        Args:
            question: in the customer's own words.
            locale: the language to answer in, BCP 47.
            history: of whoever asks: what they own counts more.
            catalog: to know the categories and tags of what they own.
            limit: how many at most. Ties go to the smaller id.
        """
        asked = tokens(question)
        for wanted in dict.fromkeys((language(locale), language(self.library.fallback))):
            articles = self.library.within(wanted)
            meant = telling([bare(token) for token in asked], wanted)
            scores = self._ranking(wanted).scores(meant)
            if history is not None:
                scores = self._boosted(scores, articles, history, catalog)
            best = _best(scores, articles, limit)
            if best:
                hits = tuple(_hit(articles[n], scores[n], asked, frozenset(meant)) for n in best)
                return Answers(question=question, hits=hits)
        return Answers(question=question)

    def _boosted(
        self,
        scores: Mapping[int, float],
        articles: Sequence[Article],
        history: History,
        catalog: Catalog | None,
    ) -> Mapping[int, float]:
        lines = owned_lines(history)
        return {
            number: score * (self.owned if concerns(articles[number], lines, catalog) else 1)
            for number, score in scores.items()
        }


def owned_lines(history: History, /) -> tuple[Line, ...]:
    """The lines they kept, newest order first."""
    return tuple(line for order in reversed(history.orders) for line in order.kept_lines)


def concerns(article: Article, lines: Iterable[Line], catalog: Catalog | None, /) -> bool:
    """Whether an article is about one of these lines."""
    about = article.about
    return about is not None and any(about.has(line, catalog) for line in lines)


def _best(scores: Mapping[int, float], articles: Sequence[Article], limit: int, /) -> Sequence[int]:
    """The documents with the greatest scores; only those that may be among them are sorted."""
    least = min(nlargest(limit, scores.values()), default=0.0)
    near = [number for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda number: (-scores[number], articles[number].id))[: max(limit, 0)]


def _hit(article: Article, score: float, asked: Sequence[str], meant: frozenset[str], /) -> Hit:
    written = words(article.text)
    found = [place for place, (_, folded) in enumerate(written) if _meets(folded, meant)]
    start = _densest(found)
    shown = written[start : start + _SNIPPET]
    held = set(sought(article.title))
    held.update(*(written[place][1].split() for place in found))
    return Hit(
        article=article,
        score=score,
        snippet=("… " if start else "")
        + " ".join(word for word, _ in shown)
        + (" …" if start + _SNIPPET < len(written) else ""),
        matched=tuple(
            token for token in dict.fromkeys(asked) if bare(token) in meant and bare(token) in held
        ),
    )


def _meets(folded: str, meant: frozenset[str], /) -> bool:
    return folded in meant or (" " in folded and not meant.isdisjoint(folded.split()))


def _densest(found: Sequence[int], /) -> int:
    """Where the window of a snippet opens so that it holds the most of what was found."""
    best, most = 0, 0
    for first in found:
        held = sum(1 for place in found if first <= place < first + _SNIPPET)
        if held > most:
            best, most = first, held
    return max(0, best - 3) if most else 0
