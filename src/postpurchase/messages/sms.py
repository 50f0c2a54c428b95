"""What an SMS costs: GSM 03.38 and UCS-2, segments, and folding to the cheaper one.

Source: 3GPP TS 23.038 (alphabet) and TS 23.040 clause 9.2.3.24.1 (concatenation): a single
message holds 160 septets or 70 UTF-16 units, a part of several 153 or 67; an escape pair or a
surrogate pair is never split.
"""

import unicodedata
from enum import StrEnum, unique
from typing import Final

from attrs import frozen

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
) - {"\x1b"}
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
_FOLDS: Final = {
    "₹": "Rs ",
    "৳": "Tk ",
    "₨": "Rs ",
    "’": "'",
    "‘": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "•": "-",
    "·": "-",
    "\t": " ",
    "×": "x",
    "ç": "c",
}
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\ufeff\u00ad")


@unique
class Encoding(StrEnum):
    """How an SMS is encoded."""

    GSM = "GSM-7"
    UCS2 = "UCS-2"


_SINGLE: Final = {Encoding.GSM: 160, Encoding.UCS2: 70}
_PART: Final = {Encoding.GSM: 153, Encoding.UCS2: 67}


@frozen(kw_only=True)
class Sms:
    """A short message as it is sent.

    Attributes:
        to: the number it goes to.
        text: what is sent.
        encoding: GSM-7 where every character is in its alphabet, else UCS-2.
        units: septets or UTF-16 units.
        segments: what is paid for.
    """

    to: str
    text: str
    encoding: Encoding
    units: int
    segments: int


def sms(to: str, text: str, /) -> Sms:
    """The text as it stands, measured."""
    encoding = Encoding.GSM if _fits(text) else Encoding.UCS2
    sizes = _sizes(text, encoding)
    return Sms(
        to=to,
        text=text,
        encoding=encoding,
        units=sum(sizes),
        segments=_segments(sizes, encoding),
    )


def folded(text: str, /) -> str:
    """The text in the GSM alphabet where only its typography stands in the way, else unchanged.

    `₹` becomes `Rs`, curly quotes straight ones, no-break spaces spaces. A text whose letters
    are not in the alphabet stays as it is: no sentence is spoiled for half a gain.
    """
    if _fits(text):
        return text
    plain = "".join(_plain(character) for character in text)
    return plain if _fits(plain) else text


def _plain(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    if character in _INVISIBLE:
        return ""
    if character in _FOLDS:
        return _FOLDS[character]
    return " " if unicodedata.category(character) == "Zs" else character


def _fits(text: str) -> bool:
    return all(character in _BASIC or character in _EXTENDED for character in text)


def _sizes(text: str, encoding: Encoding) -> list[int]:
    if encoding is Encoding.GSM:
        return [2 if character in _EXTENDED else 1 for character in text]
    return [2 if character > "\uffff" else 1 for character in text]


def _segments(sizes: list[int], encoding: Encoding) -> int:
    if sum(sizes) <= _SINGLE[encoding]:
        return 1
    room, segments = 0, 0
    for size in sizes:
        if room < size:
            room, segments = _PART[encoding], segments + 1
        room -= size
    return segments
