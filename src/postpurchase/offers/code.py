"""Codes that customers type: how they are made, read and checked."""

import hmac
from collections.abc import Callable
from typing import Final, TypeAlias
from unicodedata import category, decimal, normalize

from attrs import field, frozen

from postpurchase.errors import InvalidProgramme

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 symbols that nobody mistakes for one another: no I, O, 0 and 1."""

Source: TypeAlias = Callable[[int], bytes]
"""Gives so many random bytes, such as `secrets.token_bytes`; the shop brings it."""

_PLACES: Final = {symbol: place for place, symbol in enumerate(ALPHABET)}
_SIZE: Final = len(ALPHABET)
_BITS: Final = 5
_FULL: Final = 0.5
_GROUP: Final = 4
_SHORTEST: Final = 4
_MISTAKEN: Final = str.maketrans({"0": "O", "1": "I", "İ": "I"})
_LONGEST: Final = 256
_MISSES: Final = 128

# Marks that nobody sees: they join letters or choose the shape of the one before.
_UNSEEN: Final = frozenset({0x34F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)})
_SHAPES: Final = range(0xE0100, 0xE01F0)


def normalised(text: str, /) -> str:
    """A code as it is compared: compatibility forms folded, upper case, letters and digits only.

    Digits of every script are read as 0 to 9, and marks that belong to letters are kept, so codes
    in Devanagari, Bengali or Arabic stay apart. The digits 0 and 1, which no code of this
    alphabet has, are read as the letters O and I that people mean by them, so a code of the
    shop's own with those letters is found either way. What is longer than 256 characters is no
    code, and becomes nothing. Letters that only look alike, such as a Cyrillic A, stay apart.
    """
    if len(text) > _LONGEST:
        return ""
    if text.isascii():  # as nearly all are: the same in a tenth of the time
        return "".join(filter(str.isalnum, text.upper())).translate(_MISTAKEN)
    return _folded(_folded(text))  # marks that stood alone may join the letters before them


def _folded(text: str) -> str:
    upper = normalize("NFKC", normalize("NFKC", text).upper())
    return "".join(map(_plain, upper)).translate(_MISTAKEN)


def _plain(symbol: str) -> str:
    digit = decimal(symbol, None)
    if digit is not None:
        return str(digit)
    if symbol.isalnum():
        return symbol
    seen = ord(symbol) not in _UNSEEN and ord(symbol) not in _SHAPES
    return symbol if seen and category(symbol).startswith("M") else ""


def drawn(source: Source, size: int, /) -> bytes:
    """So many bytes of a source, which must not give fewer.

    Raises:
        InvalidProgramme: it gave something else.
    """
    raw = source(size)
    if len(raw) != size:
        raise InvalidProgramme(
            part="Source",
            what="a source gives as many bytes as it is asked for",
            given=f"{len(raw)} instead of {size}",
            advice="pass secrets.token_bytes",
        )
    return raw


def check_symbol(body: str, /) -> str:
    """The symbol that completes a code, so that every single wrong symbol is noticed.

    Luhn's method in base 32: https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm
    """
    total, factor = 0, 2
    for symbol in reversed(body):
        value = factor * _PLACES[symbol]
        total += value // _SIZE + value % _SIZE
        factor = 3 - factor
    return ALPHABET[-total % _SIZE]


def _length(_: object, __: object, length: int, /) -> None:
    if length < _SHORTEST:
        raise InvalidProgramme(
            part="Pattern",
            what=f"a code has {_SHORTEST} random symbols or more, five bits each",
            given=str(length),
            advice="use 12 for a code that is worth money to whoever has it",
        )


@frozen(kw_only=True)
class Pattern:
    """How codes look: a prefix, random symbols, one check symbol.

    Attributes:
        length: random symbols, each 5 bits: 12 are 60 bits, enough for a code that is worth money
            to whoever has it; 8 are 40 bits, enough where it is bound to a customer too.
        prefix: the same for all, such as `SPRING`; it adds nothing to the bits.
    """

    length: int = field(default=12, validator=_length)
    prefix: str = ""

    @property
    def bits(self) -> int:
        """The entropy of a code."""
        return self.length * _BITS

    def code(self, source: Source, /) -> str:
        """One code in groups of four, from so many random bytes as it has symbols."""
        body = "".join(ALPHABET[byte % _SIZE] for byte in drawn(source, self.length))
        text = body + check_symbol(body)
        groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
        return "-".join([self.prefix, *groups] if self.prefix else groups)

    def fits(self, text: str, /) -> bool:
        """Whether this could be such a code: no wrong symbol, and the check symbol agrees.

        Ask this before the store is asked: every single wrong symbol is noticed here.
        """
        typed, prefix = normalised(text), normalised(self.prefix)
        body = typed[len(prefix) :]
        right = typed.startswith(prefix) and len(body) == self.length + 1
        if not right or any(symbol not in _PLACES for symbol in body):
            return False
        return hmac.compare_digest(check_symbol(body[:-1]), body[-1])

    def batch(
        self, count: int, source: Source, /, *, taken: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """So many codes, each once and none of those that are taken.

        Args:
            count: how many.
            source: gives random bytes, such as `secrets.token_bytes`.
            taken: codes in use, as they were made.

        Raises:
            InvalidProgramme: more than half of all such codes would be in use, so that a guess
                would hit as often as not; or the source gives the same bytes again and again.
        """
        if count + len(taken) > _SIZE**self.length * _FULL:
            raise InvalidProgramme(
                part="Pattern",
                what="at most half of all possible codes are in use",
                given=f"{count + len(taken)} of {_SIZE**self.length}",
                advice="use longer codes",
            )
        made: dict[str, None] = {}
        misses = 0
        while len(made) < count:
            code = self.code(source)
            misses = misses + 1 if code in taken or code in made else 0
            if misses > _MISSES:
                raise InvalidProgramme(
                    part="Pattern",
                    what="a source is random",
                    given=f"{misses} codes in a row that are in use",
                    advice="pass secrets.token_bytes",
                )
            if not misses:
                made[code] = None
        return tuple(made)
