"""Amounts and numbers as a language writes them: CLDR's patterns, without Babel's faults.

What differs from `babel.numbers.format_currency`: decimals are ISO 4217's wherever the amount
has any (CLDR's display digits only hide decimals that are zero), nothing is ever rounded a
second time, there is no negative zero, a currency code is set off from its digits (UTS 35,
currency spacing), and digits can be those of the language's own script.
"""

from functools import lru_cache
from typing import Final, cast

from attrs import frozen
from babel import Locale
from babel.numbers import get_currency_precision, get_currency_symbol, parse_pattern

from postpurchase.domain.currency import exponent
from postpurchase.domain.money import Money
from postpurchase.messages.tongues import Digits, tongue

_NBSP: Final = "\u00a0"
_ZERO: Final = {
    "arab": 0x0660,
    "arabext": 0x06F0,
    "deva": 0x0966,
    "beng": 0x09E6,
    "guru": 0x0A66,
    "gujr": 0x0AE6,
    "orya": 0x0B66,
    "tamldec": 0x0BE6,
    "telu": 0x0C66,
    "knda": 0x0CE6,
    "mlym": 0x0D66,
    "thai": 0x0E50,
}
_SCRIPTS: Final = {
    "ar": "arab",
    "as": "beng",
    "bn": "beng",
    "fa": "arabext",
    "gu": "gujr",
    "hi": "deva",
    "kn": "knda",
    "ks": "arabext",
    "ml": "mlym",
    "mr": "deva",
    "ne": "deva",
    "or": "orya",
    "pa": "guru",
    "ps": "arabext",
    "sd": "arab",
    "ta": "tamldec",
    "te": "telu",
    "th": "thai",
    "ur": "arabext",
}
_TABLES: Final[dict[str, dict[int, int]]] = {
    script: str.maketrans("0123456789", "".join(chr(zero + n) for n in range(10)))
    for script, zero in _ZERO.items()
}
# Babel keeps one currency pattern of each locale; Persian has another beside its own digits.
_OWN_PATTERNS: Final = {"fa": "\u200e¤#,##0.00"}


@frozen(kw_only=True)
class Pattern:
    """How one language writes one currency, worked out once."""

    head: str
    head_below: str
    tail: str
    tail_below: str
    group: str
    decimal: str
    first: int
    others: int
    places: int
    shown: int
    table: dict[int, int] | None

    def write(self, minor: int, /) -> str:
        """So many minor units, as text."""
        below = minor < 0
        digits = str(-minor if below else minor)
        places = self.places
        part = ""
        if places:
            digits = digits.zfill(places + 1)
            digits, part = digits[:-places], digits[-places:]
            if self.shown < places and not part.strip("0"):
                part = part[: self.shown]
        if len(digits) > self.first:
            digits = self._grouped(digits)
        text = f"{digits}{self.decimal}{part}" if part else digits
        if self.table:
            text = text.translate(self.table)
        if below:
            return f"{self.head_below}{text}{self.tail_below}"
        return f"{self.head}{text}{self.tail}"

    def _grouped(self, digits: str) -> str:
        parts = [digits[-self.first :]]
        digits = digits[: -self.first]
        while len(digits) > self.others:
            parts.append(digits[-self.others :])
            digits = digits[: -self.others]
        parts.append(digits)
        return self.group.join(reversed(parts))


def money(amount: Money, tag: str, /, *, digits: Digits = Digits.LATIN) -> str:
    """An amount as this language writes it, such as `₹12,34,567.50` for hi-IN."""
    return pattern(tag, amount.currency, digits).write(amount.minor)


def number(count: int, tag: str, /, *, digits: Digits = Digits.LATIN) -> str:
    """A whole number with its groups, such as `12,34,567` for hi-IN."""
    return pattern(tag, "", digits).write(count)


def script_table(tag: str, /) -> dict[int, int] | None:
    """From Latin digits to those of the language's own script; None where those are Latin."""
    script = _SCRIPTS.get(tongue(tag).language)
    return _TABLES[script] if script else None


@lru_cache(maxsize=4096)
def pattern(tag: str, currency: str, digits: Digits, /) -> Pattern:
    """How *tag* writes *currency*; an empty currency stands for plain whole numbers."""
    locale = tongue(tag)
    own = _SCRIPTS.get(locale.language) if digits is Digits.NATIVE else None
    shape = parse_pattern(_shape(locale, currency, own))
    symbols = _symbols(locale, own)
    symbol = get_currency_symbol(currency, locale) if currency else ""
    heads = [_spaced(head, symbol, _After.DIGITS) for head in shape.prefix]
    tails = [_spaced(tail, symbol, _After.NOTHING) for tail in shape.suffix]
    minus = symbols[2]
    return Pattern(
        head=heads[0],
        head_below=heads[1].replace("-", minus),
        tail=tails[0],
        tail_below=tails[1].replace("-", minus),
        group=symbols[0],
        decimal=symbols[1],
        first=shape.grouping[0],
        others=shape.grouping[1],
        places=exponent(currency) if currency else 0,
        shown=get_currency_precision(currency) if currency else 0,
        table=_TABLES[own] if own else None,
    )


class _After:
    """On which side of a symbol the digits stand."""

    DIGITS: Final = 0
    NOTHING: Final = 1


def _shape(locale: Locale, currency: str, own: str | None) -> str:
    if not currency:
        return str(locale.decimal_formats[None].pattern)
    if own and locale.language in _OWN_PATTERNS:
        return _OWN_PATTERNS[locale.language]
    return str(locale.currency_formats["standard"].pattern)


def _symbols(locale: Locale, own: str | None) -> tuple[str, str, str]:
    known = cast("dict[str, dict[str, str]]", locale.number_symbols)
    latin = known["latn"]
    own_symbols = known.get(own, latin) if own else latin
    group, decimal, minus = (
        str(own_symbols.get(name) or latin[name]) for name in ("group", "decimal", "minusSign")
    )
    return group, decimal, minus


def _spaced(part: str, symbol: str, side: int) -> str:
    """Put the symbol in, and a no-break space where a letter would touch the digits."""
    if "¤" not in part:
        return part
    if side == _After.DIGITS and part.endswith("¤") and symbol[-1:].isalpha():
        return part.replace("¤", f"{symbol}{_NBSP}")
    if side == _After.NOTHING and part.startswith("¤") and symbol[:1].isalpha():
        return part.replace("¤", f"{_NBSP}{symbol}")
    return part.replace("¤", symbol)
