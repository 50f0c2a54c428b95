"""Which article answers a question: BM25, as Lucene counts it, over words that stay whole."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from math import inf, log
from typing import Final

from attrs import field, frozen

from postpurchase.domain.cut import shortened
from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Article, Library, distance, language
from postpurchase.support.text import (
    bare,
    one_line,
    sought,
    telling,
    tokens,
    words,
)

K1: Final = 1.2
B: Final = 0.75
TITLE: Final = 3
"""How often a word of the title counts against one of the text."""

OWNED: Final = 1.5
"""What an article about something they own counts against any other."""

_SNIPPET: Final = 24
_LONG: Final = 60
"""How many characters of one word a snippet shows: some scripts write without spaces."""


Postings = tuple["array[int]", "array[float]"]
"""The documents that hold a token, by number, and what it counts in each."""


class Ranking:
    """BM25 over documents of tokens: every score is worked out when it is built.

    `idf = ln(1 + (N - df + 0.5) / (df + 0.5))`, never below zero, so that a word found in half
    of two documents still counts; `k1` 1.2 and `b` 0.75 unless told otherwise (Robertson &
    Zaragoza 2009, as in Apache Lucene).
    """

    def __init__(
        self, documents: Iterable[Sequence[str]], /, *, k1: float = K1, b: float = B
    ) -> None:
        """Count the documents once, none of them kept."""
        lengths: list[int] = []
        held = defaultdict[str, Postings](lambda: (array("L"), array("d")))
        for number, document in enumerate(documents):
            lengths.append(len(document))
            for token, count in Counter(document).items():
                numbers, counts = held[token]
                numbers.append(number)
                counts.append(count)
        mean = sum(lengths) / len(lengths) if any(lengths) else 1.0
        norms = [k1 * (1 - b + b * length / mean) for length in lengths]
        for numbers, counts in held.values():
            idf = _idf(len(lengths), len(numbers))
            for place, (number, times) in enumerate(zip(numbers, counts, strict=True)):
                counts[place] = idf * times * (k1 + 1) / (times + norms[number])
        self._scores = dict(held)

    def scores(self, query: Iterable[str], /) -> Mapping[int, float]:
        """The documents that hold a token of the query, by number, and their scores."""
        held = [self._scores[token] for token in query if token in self._scores]
        held.sort(key=_commonness, reverse=True)
        found: dict[int, float] = {}
        for numbers, scores in held:
            if not found:
                found = dict(zip(numbers, scores, strict=True))
                continue
            for number, score in zip(numbers, scores, strict=True):
                found[number] = found.get(number, 0.0) + score
        return found


def _commonness(postings: Postings, /) -> int:
    return len(postings[0])


def _idf(documents: int, holding: int, /) -> float:
    return log(1 + (documents - holding + 0.5) / (holding + 0.5))


@frozen(kw_only=True)
class Hit:
    """An article that may answer, with the words around what was found.

    Attributes:
        score: by BM25; comparable within one search only.
        snippet: some words of the text, where most of what was asked stands; without control
            characters and signs that turn the direction of what stands around it.
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
    if not 1 <= value < inf:
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
    def _rankings(self) -> dict[str, tuple[Ranking, bool]]:
        return {}

    def _ranking(self, name: str, articles: Sequence[Article]) -> tuple[Ranking, bool]:
        """The articles of a language, counted, and whether each is a piece of its own."""
        found = self._rankings.get(name)
        if found is None:
            documents = (
                sought(article.title) * self.title + sought(article.text) for article in articles
            )
            pieces = {article.original for article in articles}
            found = Ranking(documents), len(pieces) == len(articles)
            self._rankings[name] = found
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
        beside others. In Hindi, Bengali and their like the nukta may be left out. A piece is
        found once: of those that hold the words, the one nearest to the locale.

        Args:
            question: in the customer's own words.
            locale: the language to answer in, BCP 47.
            history: of whoever asks: what they own counts more.
            catalog: to know the categories and tags of what they own.
            limit: how many at most. Ties go to the smaller id.

        Raises:
            InvalidSupport: *limit* is below zero.
        """
        if limit < 0:
            message = f"limit must be 0 or more, got {limit}"
            raise InvalidSupport(message)
        asked = tokens(question)
        tongues = {language(locale): locale}
        tongues.setdefault(language(self.library.fallback), self.library.fallback)
        for wanted, near in tongues.items():
            articles = self.library.within(wanted)
            if not articles:
                continue
            meant = telling([bare(token) for token in asked], wanted)
            ranking, single = self._ranking(wanted, articles)
            scores = ranking.scores(meant)
            if not single:
                scores = _nearest(scores, articles, near)
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


def _nearest(
    scores: Mapping[int, float], articles: Sequence[Article], locale: str, /
) -> Mapping[int, float]:
    """The scores of one article of each piece: the one nearest to the locale."""
    far = {each: distance(each, locale) for each in {articles[n].locale for n in scores}}
    kept: dict[str, int] = {}
    for number in sorted(scores, key=lambda number: (far[articles[number].locale], number)):
        kept.setdefault(articles[number].original, number)
    return {number: scores[number] for number in kept.values()}


def _best(scores: Mapping[int, float], articles: Sequence[Article], limit: int, /) -> Sequence[int]:
    """The documents with the greatest scores; only those that may be among them are sorted."""
    least = min(nlargest(limit, scores.values()), default=0.0)
    near = [number for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda number: (-scores[number], articles[number].id))[:limit]


def _hit(article: Article, score: float, asked: Sequence[str], meant: frozenset[str], /) -> Hit:
    written = words(article.text)
    found = [place for place, (_, folded) in enumerate(written) if _meets(folded, meant)]
    start = _densest(found)
    held = set(sought(article.title))
    held.update(*(written[place][1].split() for place in found))
    return Hit(
        article=article,
        score=score,
        snippet=("… " if start else "")
        + _shown([word for word, _ in written[start : start + _SNIPPET]])
        + (" …" if start + _SNIPPET < len(written) else ""),
        matched=tuple(
            token for token in dict.fromkeys(asked) if bare(token) in meant and bare(token) in held
        ),
    )


def _shown(some: list[str], /) -> str:
    """Some words of a text as they can stand on a page."""
    text = " ".join(some)
    if max(map(len, some), default=0) > _LONG:
        text = " ".join(shortened(word, _LONG) for word in some)
    return text if text.isprintable() else one_line(text)


def _meets(folded: str, meant: frozenset[str], /) -> bool:
    return folded in meant or (" " in folded and not meant.isdisjoint(folded.split()))


def _densest(found: Sequence[int], /) -> int:
    """Where the window of a snippet opens so that it holds the most of what was found."""
    best, most, end = 0, 0, 0
    for place, first in enumerate(found):
        while end < len(found) and found[end] < first + _SNIPPET:
            end += 1
        if end - place > most:
            best, most = first, end - place
    return max(0, best - 3) if most else 0
