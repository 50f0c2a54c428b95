"""Words as a search compares them, in scripts whose words are more than letters."""

from typing import Final
from unicodedata import category, decimal, normalize

_FOLDED: Final = {
    "ي": "ی",  # Arabic yeh: typed for the Urdu and Farsi one
    "ى": "ی",
    "ك": "ک",  # Arabic kaf
    "\N{ARABIC LETTER HEH}": "\N{ARABIC LETTER HEH GOAL}",
    "\N{ARABIC TATWEEL}": "",
    "\N{ZERO WIDTH JOINER}": "",
    "\N{ZERO WIDTH NON-JOINER}": "",
    "\N{SOFT HYPHEN}": "",
}
_HARAKAT: Final = frozenset(
    {*map(chr, range(0x064B, 0x0653)), "\N{ARABIC LETTER SUPERSCRIPT ALEF}"}
)
_KEPT: Final = frozenset("LM")


class _Table(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = decimal(character, None)
        if character in _FOLDED:
            folded = _FOLDED[character]
        elif character in _HARAKAT:
            folded = ""
        elif digit is not None:
            folded = str(digit)
        else:
            kind = category(character)
            folded = character if kind[0] in _KEPT or kind[0] == "N" else " "
        self[code] = folded
        return folded


_TABLE: Final = _Table()


def tokens(text: str, /) -> tuple[str, ...]:
    """The words of a text, folded: letters, their marks and digits stay together.

    Composed (NFC) and case-folded; Arabic yeh, kaf and heh become the Urdu letters, digits of
    every script become 0 to 9, joiners, tatweel and short vowel marks are left out. A letter
    with a nukta is the same however it was typed.

    Example:
        >>> tokens("Wie schärfe ich Messer?")
        ('wie', 'schärfe', 'ich', 'messer')
        >>> len(tokens("हिन्दी में चाकू"))
        3
        >>> tokens("۱۲۳ १२३")
        ('123', '123')
    """
    return tuple(normalize("NFC", text.casefold()).translate(_TABLE).split())


def words(text: str, /) -> tuple[tuple[str, str], ...]:
    """The words of a text as written, each with its folded form, in order."""
    pairs = ((word, " ".join(tokens(word))) for word in text.split())
    return tuple(pairs)
