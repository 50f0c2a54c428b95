"""What a shop has to read, watch or hear about its products and its service."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum, unique
from functools import cached_property

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.message import Channel
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSupport
from postpurchase.support.problem import Problem


@unique
class Medium(StrEnum):
    """What somebody gets when they open it."""

    ARTICLE = "article"
    GUIDE = "guide"
    VIDEO = "video"
    PODCAST = "podcast"
    INFOGRAPHIC = "infographic"
    FAQ = "faq"
    BROCHURE = "brochure"


def _said(article: "Article", _: object, title: str, /) -> None:
    if not title.strip():
        message = f"an article needs a title, got {title!r} for {article.id!r}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Article:
    """One piece of content in one language.

    Attributes:
        id: names it for ever; translations of one piece share their `piece`.
        piece: what it is a translation of; its own id unless told otherwise.
        title, text: in plain text; of a video or podcast the text is its description.
        locale: the language, BCP 47.
        about: the products, categories or tags it is about; None for none in particular.
        problems: the states of an order or parcel in which it helps.
        channels: through which it can be sent; empty for all.
        url: where it is.
        updated: the day on which somebody last saw that it is still right.
    """

    id: str
    title: str = field(validator=_said)
    text: str = ""
    medium: Medium = Medium.ARTICLE
    locale: str = "en"
    piece: str = ""
    about: Selection | None = None
    problems: tuple[Problem, ...] = ()
    channels: tuple[Channel, ...] = ()
    url: str = ""
    updated: date | None = None

    @property
    def original(self) -> str:
        """What it is a translation of, or itself."""
        return self.piece or self.id

    def speaks(self, locale: str, /) -> bool:
        """Whether it is in the language of that locale, whatever the region."""
        return language(self.locale) == language(locale)


def language(locale: str, /) -> str:
    """The language of a BCP 47 tag: `pt` of `pt-BR`."""
    return locale.replace("_", "-").split("-", maxsplit=1)[0].casefold()


def _named_once(_: object, __: object, articles: tuple[Article, ...], /) -> None:
    ids = [article.id for article in articles]
    if len(set(ids)) != len(ids):
        twice = sorted({each for each in ids if ids.count(each) > 1})
        message = f"each article once, got {', '.join(twice)} twice: give each its own id"
        raise InvalidSupport(message)


@frozen(repr=False)
class Library:
    """All articles of a shop. `search` finds by question, `guides_for` by what was bought.

    Attributes:
        articles: in the shop's own order, the most important first.
        fallback: the language for whom there is nothing in theirs.
    """

    articles: tuple[Article, ...] = field(default=(), validator=_named_once)
    fallback: str = "en"

    @cached_property
    def _by_language(self) -> dict[str, tuple[Article, ...]]:
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            found.setdefault(language(article.locale), []).append(article)
        return {name: tuple(articles) for name, articles in found.items()}

    def within(self, locale: str, /) -> tuple[Article, ...]:
        """The articles in the language of that locale."""
        return self._by_language.get(language(locale), ())

    def readable(self, locale: str, /) -> tuple[Article, ...]:
        """One article of each piece: in that language, else in the fallback's, in shop's order."""
        found: dict[str, Article] = {}
        for wanted in (locale, self.fallback):
            for article in self.within(wanted):
                found.setdefault(article.original, article)
        places = {article.id: place for place, article in enumerate(self.articles)}
        return tuple(sorted(found.values(), key=lambda article: places[article.id]))

    def __iter__(self) -> Iterator[Article]:
        """The articles in the shop's order."""
        return iter(self.articles)

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    @override
    def __repr__(self) -> str:
        return f"<Library of {len(self.articles)} articles>"
