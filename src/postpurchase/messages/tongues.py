"""Locale tags: read strictly, tried in order, and which way they are written."""

import re
from enum import StrEnum, unique
from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

from babel import Locale
from babel.core import UnknownLocaleError

from postpurchase.errors import UnknownTongue

_RTL_MARK: Final = "\N{RIGHT-TO-LEFT MARK}"
_STRONG: Final = frozenset({"L", "R", "AL"})
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")


@unique
class Direction(StrEnum):
    """Which way a language is written."""

    LTR = "ltr"
    RTL = "rtl"


@unique
class Digits(StrEnum):
    """Whether numbers are written in Latin digits or in those of the language's own script."""

    LATIN = "latn"
    NATIVE = "native"


@lru_cache(maxsize=512)
def tongue(tag: str, /) -> Locale:
    """The CLDR locale of a BCP 47 tag such as `hi-IN`; an underscore will do.

    Raises:
        UnknownTongue: the tag is malformed, or CLDR knows no such language. A tag is never
            used as a file name before it has passed here.
    """
    if not _TAG.fullmatch(tag):
        raise UnknownTongue(tag=tag)
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as unknown:
        raise UnknownTongue(tag=tag) from unknown


@lru_cache(maxsize=512)
def direction(tag: str, /) -> Direction:
    """Right to left for Arabic, Hebrew, Thaana and the like, else left to right."""
    rtl = tongue(tag).character_order == "right-to-left"
    return Direction.RTL if rtl else Direction.LTR


@lru_cache(maxsize=512)
def chain(customer: str, shop: str, default: str = "en", /) -> tuple[str, ...]:
    """The tags to try: the customer's, its language, the shop's, its language, the default.

    A tag that names no known language is passed over, so that it cannot stop a message.
    """
    tags: list[str] = []
    for tag in (customer, shop, default):
        try:
            found = tongue(tag)
        except UnknownTongue:
            continue
        tags += [str(found), found.language]
    return tuple(dict.fromkeys(tags))


def facing(text: str, way: Direction, /) -> str:
    """Lines that a phone sets by their first letter, marked where that is not the way they run.

    A line in a language from right to left that begins with a Latin name gets U+200F in front;
    one without a letter of that direction, such as a link, is left alone.
    """
    if way is Direction.LTR:
        return text
    return "\n".join(map(_faced, text.split("\n")))


def _faced(line: str, /) -> str:
    ways = [way for way in map(bidirectional, line) if way in _STRONG]
    return f"{_RTL_MARK}{line}" if ways[:1] == ["L"] and len({*ways}) > 1 else line
