"""Text cut where no letter loses its marks."""

from typing import Final
from unicodedata import category, combining

_JOINER: Final = "\N{ZERO WIDTH JOINER}"
_VIRAMA: Final = 9


def shortened(text: str, most: int, /) -> str:
    """At most so many characters of a text, with an ellipsis where it was longer.

    It is cut where no letter loses its marks and no conjunct or joined sign its parts; only where
    there is no such place does it lose some.
    """
    if len(text) <= most:
        return text
    end = most - 1
    while end and _clings(text[end - 1], text[end]):
        end -= 1
    return f"{text[: end or most - 1].rstrip()}…"


def _clings(before: str, after: str, /) -> bool:
    """Whether two characters belong to one sign of the script."""
    joined = _JOINER in {before, after} or combining(before) == _VIRAMA
    return joined or category(after) in {"Mn", "Mc", "Me", "Sk"}
