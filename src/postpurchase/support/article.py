"""What a shop has to read, watch or hear about its products and its service."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum, unique
from functools import cached_property
from typing import Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.message import Channel
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSupport
from postpurchase.support.problem import Problem

_SCRIPT: Final = 4
"""How many letters name a script: `Latn`."""

_SHOWN: Final = 5
"""How many wrong ids an error names."""


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


def _named(_: object, attribute: object, text: str, /) -> None:
    if not text.strip():
        name: str = getattr(attribute, "name", "")
        message = f"an article needs a word as its {name}, got {text!r}"
        raise InvalidSupport(message)


def _said(article: "Article", _: object, title: str, /) -> None:
    if not any(each.isprintable() and not each.isspace() for each in title):
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
        channels: through which it can be sent; empty for all. `Guides` and `Roadblocks` keep to
            it where the answers known hold the `Channel` of the message.
        url: where it is.
        updated: the day on which somebody last saw that it is still right.
    """

    id: str = field(validator=_named)
    title: str = field(validator=_said)
    text: str = ""
    medium: Medium = Medium.ARTICLE
    locale: str = field(default="en", validator=_named)
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

    def goes(self, channel: Channel | None, /) -> bool:
        """Whether it can be sent through that channel; None for one that nobody named."""
        return channel is None or not self.channels or channel in self.channels

    def speaks(self, locale: str, /) -> bool:
        """Whether it is in the language of that locale, whatever the region."""
        return language(self.locale) == language(locale)


def language(locale: str, /) -> str:
    """The language of a BCP 47 tag: `pt` of `pt-BR`."""
    return locale.replace("_", "-").split("-", maxsplit=1)[0].casefold()


def distance(locale: str, wanted: str, /) -> tuple[bool, bool, bool]:
    """How far one locale of a language is from the one wanted: less is nearer.

    Another script is farther than another region, and another region than none: for `en-IN`
    first `en-IN`, then `en`, then `en-GB`; for `hi` rather `hi-IN` than `hi-Latn`.
    """
    has, wants = (each.replace("_", "-").casefold() for each in (locale, wanted))
    return _script(has) != _script(wants), has != wants, not f"{wants}-".startswith(f"{has}-")


def _script(tag: str, /) -> str:
    """The script that a BCP 47 tag names; empty for the usual one of its language."""
    second = tag.split("-")[1:2]
    return second[0] if second and len(second[0]) == _SCRIPT and second[0].isalpha() else ""


def _named_once(_: object, __: object, articles: tuple[Article, ...], /) -> None:
    ids = Counter(article.id for article in articles)
    if len(ids) != len(articles):
        twice = sorted(each for each, count in ids.items() if count > 1)
        named = ", ".join(twice[:_SHOWN]) + (" and others" if len(twice) > _SHOWN else "")
        message = f"each article once, got {named} twice: give each its own id"
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

    @cached_property
    def _places(self) -> dict[str, int]:
        return {article.id: place for place, article in enumerate(self.articles)}

    def readable(self, locale: str, /) -> tuple[Article, ...]:
        """One article of each piece: in that language, else in the fallback's, in shop's order.

        Where a piece is there in several locales of the language, the nearest one: for `pt-PT`
        that of Portugal before that of Brazil.
        """
        found: dict[str, Article] = {}
        for wanted in (locale, self.fallback):
            for article in self._nearest(wanted):
                found.setdefault(article.original, article)
        return tuple(sorted(found.values(), key=lambda article: self._places[article.id]))

    def _nearest(self, wanted: str) -> Sequence[Article]:
        articles = self.within(wanted)
        far = {each: distance(each, wanted) for each in {each.locale for each in articles}}
        if len(far) <= 1:
            return articles
        return sorted(articles, key=lambda each: far[each.locale])

    def __iter__(self) -> Iterator[Article]:
        """The articles in the shop's order."""
        return iter(self.articles)

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    @override
    def __repr__(self) -> str:
        return f"<Library of {len(self.articles)} articles>"
