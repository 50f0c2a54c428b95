"""Words as a search compares them, in scripts whose words are more than letters."""

from collections.abc import Sequence
from functools import lru_cache
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
_YEH_AND_HAMZA: Final = "ی\N{ARABIC HAMZA ABOVE}"
"""Typed for the one letter of both, which Unicode composes of the Arabic yeh alone."""


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


_NUKTAS: Final = dict.fromkeys(map(ord, "\u093c\u09bc\u0a3c\u0abc"), "")
_TABLE: Final = _Table()
_SOUGHT: Final = _Table(_NUKTAS)
_WORDS: Final = 2**16
"""How many words are remembered as a search compares them: those of articles, again and again."""


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
    return tuple(_folded(text, _TABLE).split())


def _folded(text: str, table: _Table, /) -> str:
    folded = normalize("NFC", text.casefold()).translate(table)
    return normalize(
        "NFC", folded.replace(_YEH_AND_HAMZA, "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}")
    )


def sought(text: str, /) -> tuple[str, ...]:
    """The words of a text as a search compares them: its tokens, without the nukta.

    Many leave the nukta out when they type, so `तेज` finds `तेज़`.
    """
    return tuple(_folded(text, _SOUGHT).split())


def bare(token: str, /) -> str:
    """A token without its nukta."""
    return normalize("NFC", token.translate(_NUKTAS))


def words(text: str, /) -> tuple[tuple[str, str], ...]:
    """The words of a text as written, each as a search compares it, in order."""
    return tuple([(word, _compared(word)) for word in text.split()])


@lru_cache(maxsize=_WORDS)
def _compared(word: str, /) -> str:
    return " ".join(_folded(word, _SOUGHT).split())


_HARMFUL: Final = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " "
) | dict.fromkeys(range(0xD800, 0xE000))
"""Control characters, what turns the direction of the text around it, and halves of characters."""


def one_line(text: str, /) -> str:
    """Text of somebody's, as it can stand in a line of ours.

    Without control characters, without what turns the direction of the words around it, without
    halves of characters that cannot be sent, and with single spaces.
    """
    return " ".join(text.translate(_HARMFUL).split())


_EN: Final = """
a an the is are was were be been am do does did i you we they he she it my your our their me us
of in on at to for from with by and or but how what when where why which who can could will
would should may this that these those there here if so as have has had
"""
_HI: Final = """
का की के को में से पर है हैं था थे थी और या कि यह वह ये वे मैं मेरा मेरी मेरे हम हमारा आप आपका
आपकी आपके क्या कैसे कब कहाँ क्यों कौन जो तो भी ही एक हो ने तक लिए
"""
_UR: Final = """
کا کی کے کو میں سے پر ہے ہیں تھا تھے تھی اور یا کہ یہ وہ میرا میری میرے ہم ہمارا آپ کیا کیسے کب
کہاں کیوں کون جو تو بھی ہی ایک ہو نے تک لیے
"""
_BN: Final = """
এবং ও বা যে এই সেই এটি আমি আমার আমরা আমাদের আপনি আপনার কি কী কীভাবে কখন কোথায় কেন কে যা তা তো
এক একটি হয় হবে জন্য থেকে এর
"""
_COMMON: Final = {
    language: frozenset(sought(text))
    for language, text in (("en", _EN), ("hi", _HI), ("ur", _UR), ("bn", _BN))
}
"""Words that say little of what somebody asks, by language: our own short lists."""


def telling(asked: Sequence[str], language: str, /) -> tuple[str, ...]:
    """The sought words that tell what is asked, each once; all of them where none does."""
    common = _COMMON.get(language, frozenset())
    every = tuple(dict.fromkeys(asked))
    return tuple(word for word in every if word not in common) or every
