"""Exact money: whole minor units of one ISO 4217 currency.

Money never meets float. Amounts come in as text, int or Decimal and go out as Decimal or text;
in between there are only integers, and a rounding is named where it happens.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, final

from attrs import Attribute, field, frozen
from typing_extensions import override

from postpurchase.domain.currency import exponent
from postpurchase.domain.money.rounding import Rounding, divide
from postpurchase.domain.money.shares import capped, shares_of
from postpurchase.errors import (
    CurrencyMismatch,
    ImpossibleSplit,
    InexactAmount,
    InvalidAmount,
    RoundingNeeded,
    TooManyDecimals,
)

_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,60}(?:\.[0-9]{0,60})?")
_MOST_DIGITS: Final = 60


def _whole(_money: object, _attribute: "Attribute[int]", minor: int) -> None:
    if minor.__class__ is not int:
        raise InexactAmount(amount=minor)


def _known(_money: object, _attribute: "Attribute[str]", currency: str) -> None:
    exponent(currency)


@final
@frozen(repr=False, order=False)
class Money:
    """An exact amount: *minor* whole minor units (cents, paise, fils) of an ISO 4217 *currency*.

    ``Money(1250, "EUR")`` is 12.50 EUR. An amount of zero is false.

    Raises:
        InexactAmount: *minor* is no int.
        UnknownCurrency: *currency* is no code of ISO 4217 with a minor unit.
    """

    minor: int = field(validator=_whole)
    currency: str = field(validator=_known)

    @staticmethod
    def of(
        amount: str | int | Decimal, currency: str, *, rounding: Rounding | None = None
    ) -> "Money":
        """Money from an amount in major units: ``Money.of("12.50", "EUR")``.

        Zeros beyond the currency's decimals are no decimals: "12.500" is 12.50 EUR.

        Raises:
            InexactAmount: *amount* is a float or a bool.
            InvalidAmount: *amount* is no plain, finite number of at most 60 digits.
            TooManyDecimals: the currency cannot hold *amount* and no *rounding* is named.
            UnknownCurrency: *currency* is no code of ISO 4217 with a minor unit.
        """
        places = exponent(currency)
        if isinstance(amount, str):  # most amounts are plain text with just these decimals
            whole, _, part = amount.partition(".")
            usual = whole and len(part) == places and len(whole) < _MOST_DIGITS
            if usual and (digits := whole + part).isascii() and digits.isdecimal():
                return _exact(int(digits), currency)
        top, bottom = _fraction(amount)
        minor, rest = divmod(top * 10**places, bottom)
        if rest:
            if rounding is None:
                raise TooManyDecimals(amount=str(amount), currency=currency, exponent=places)
            minor = divide(top * 10**places, bottom, rounding)
        return _exact(minor, currency)

    @staticmethod
    def parse(text: str, /) -> "Money":
        """Money from its own text, amount first: ``Money.parse("12.50 EUR")``.

        Raises:
            InvalidAmount: this is not the text of an amount and a code, or has too many decimals.
            UnknownCurrency: the code is no code of ISO 4217 with a minor unit.
        """
        match _words(text):
            case [amount, currency]:
                return Money.of(amount, currency)
            case _:
                raise InvalidAmount(amount=repr(text), advice="write '12.50 EUR'")

    @staticmethod
    def zero(currency: str, /) -> "Money":
        """No money, in a currency."""
        return Money(0, currency)

    @staticmethod
    def sum(moneys: Iterable["Money"], /, *, currency: str) -> "Money":
        """The total of any number of moneys, zero of *currency* for none.

        Raises:
            CurrencyMismatch: one of them is in another currency.
        """
        total = 0
        for money in moneys:
            if money.currency != currency:
                raise CurrencyMismatch(left=currency, right=money.currency)
            total += money.minor
        return Money(total, currency)

    @property
    def exponent(self) -> int:
        """The decimals of the currency."""
        return exponent(self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return Decimal(self._text())

    def __add__(self, other: "Money", /) -> "Money":
        """The exact sum of two amounts in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        if other.currency != self.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)
        return _exact(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money", /) -> "Money":
        """The exact difference of two amounts in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        if other.currency != self.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)
        return _exact(self.minor - other.minor, self.currency)

    def __mul__(self, times: int, /) -> "Money":
        """The amount a whole number of times; for anything else see :meth:`times`."""
        if times.__class__ is not int:
            _advise(times)
            return NotImplemented
        return _exact(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        """The amount with its sign turned."""
        return _exact(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        """The amount without its sign."""
        return _exact(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        """Whether there is any money, owed or had."""
        return self.minor != 0

    def __lt__(self, other: "Money", /) -> bool:
        """Whether this is less, in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        return self._difference(other) < 0

    def __le__(self, other: "Money", /) -> bool:
        """Whether this is not more, in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        return self._difference(other) <= 0

    def __gt__(self, other: "Money", /) -> bool:
        """Whether this is more, in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        return self._difference(other) > 0

    def __ge__(self, other: "Money", /) -> bool:
        """Whether this is not less, in one currency."""
        if other.__class__ is not Money:
            return NotImplemented
        return self._difference(other) >= 0

    def times(self, factor: Decimal, /, *, rounding: Rounding) -> "Money":
        """The amount times a factor, rounded once to a minor unit.

        Raises:
            InexactAmount: *factor* is a float or a bool.
        """
        top, bottom = _fraction(factor)
        return _exact(divide(self.minor * top, bottom, rounding), self.currency)

    def percent(self, rate: Decimal, /, *, rounding: Rounding) -> "Money":
        """So many per cent of the amount, rounded once: *rate* 8.25 is 8.25 %.

        Raises:
            InexactAmount: *rate* is a float or a bool.
        """
        top, bottom = _fraction(rate)
        return _exact(divide(self.minor * top, bottom * 100, rounding), self.currency)

    def split(self, parts: int, /) -> tuple["Money", ...]:
        """Equal parts; what cannot be divided goes to the earlier ones, a minor unit each.

        Raises:
            ImpossibleSplit: *parts* is no whole number above zero.
        """
        if parts.__class__ is not int or parts < 1:
            raise ImpossibleSplit(
                what="money is split into one part or more",
                given=repr(parts),
                advice="count what it is split over",
            )
        return self.allocate((1,) * parts)

    def allocate(self, weights: Sequence[int], /) -> tuple["Money", ...]:
        """Parts in proportion to *weights*, which add up to this amount exactly.

        Every part first gets its share without the fraction; the minor units left over go one
        each to the largest fractions, the earlier of two equal ones first (the largest remainder
        method, also called Hamilton's). A zero weight gets zero. A negative amount is allocated
        as its opposite.

        Raises:
            ImpossibleSplit: no weight is above zero, or one is below it or no int.
        """
        return self._parts(shares_of(abs(self.minor), weights))

    def allocate_capped(
        self, weights: Sequence[int], ceilings: Sequence["Money"], /
    ) -> tuple["Money", ...]:
        """Like :meth:`allocate`, and no part is larger than its ceiling.

        A part that would pass its ceiling gets the ceiling, and the rest is allocated anew to
        the others by their weights, until no part passes. For a negative amount a ceiling bounds
        the size of the part. If :meth:`allocate` keeps to the ceilings the answer is the same.

        Raises:
            CurrencyMismatch: a ceiling is in another currency.
            ImpossibleSplit: bad weights, not one ceiling for each of them, a ceiling below zero,
                or ceilings of the parts with a weight that together are less than this amount.
        """
        total = abs(self.minor)
        shares = shares_of(total, weights)
        tops = self._tops(weights, ceilings)
        return self._parts(capped(total, weights, shares, tops))

    def _tops(self, weights: Sequence[int], ceilings: Sequence["Money"]) -> list[int]:
        if len(weights) != len(ceilings):
            raise ImpossibleSplit(
                what="each weight needs one ceiling",
                given=f"{len(weights)} weights and {len(ceilings)} ceilings",
                advice="pass them in one order",
            )
        for ceiling in ceilings:
            if self._like(ceiling).minor < 0:
                raise ImpossibleSplit(
                    what="a ceiling is zero or more", given=repr(ceiling), advice="turn its sign"
                )
        room = sum(top.minor for top, weight in zip(ceilings, weights, strict=True) if weight)
        if room < abs(self.minor):
            raise ImpossibleSplit(
                what=f"the ceilings must have room for {self}",
                given=str(_exact(room, self.currency)),
                advice="allocate no more than their sum",
            )
        return [ceiling.minor for ceiling in ceilings]

    def _parts(self, sizes: Sequence[int]) -> tuple["Money", ...]:
        return _exact_all([-size for size in sizes] if self.minor < 0 else sizes, self.currency)

    def _difference(self, other: "Money") -> int:
        return self.minor - self._like(other).minor

    def _like(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise CurrencyMismatch(left=self.currency, right=other.currency)
        return other

    def _text(self) -> str:
        places = exponent(self.currency)
        digits = f"{abs(self.minor):0{places + 1}d}"
        whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
        return f"{'-' * (self.minor < 0)}{whole}{'.' * (places > 0)}{part}"

    @override
    def __str__(self) -> str:
        """The amount with all decimals, and the code: 12.50 EUR."""
        return f"{self._text()} {self.currency}"

    @override
    def __repr__(self) -> str:
        return f"Money.parse({str(self)!r})"


# Arithmetic makes money from money, so nothing needs checking again: here, and only here, the
# constructor is passed by, through the slots of a frozen class. A sum takes half the time so.
_new: Final = object.__new__
_set_minor: Final[Callable[[Money, int], None]] = vars(Money)["minor"].__set__
_set_currency: Final[Callable[[Money, str], None]] = vars(Money)["currency"].__set__


def _exact(minor: int, currency: str) -> Money:
    money = _new(Money)
    _set_minor(money, minor)
    _set_currency(money, currency)
    return money


def _exact_all(minors: Iterable[int], currency: str) -> tuple[Money, ...]:
    moneys: list[Money] = []
    for minor in minors:
        money = _new(Money)
        _set_minor(money, minor)
        _set_currency(money, currency)
        moneys.append(money)
    return tuple(moneys)


def _words(text: object) -> list[str]:
    return text.split() if isinstance(text, str) else []


def _advise(factor: object) -> None:
    if isinstance(factor, Decimal):
        raise RoundingNeeded(factor=repr(factor))
    if isinstance(factor, bool | float):
        raise InexactAmount(amount=factor)


def _fraction(amount: Decimal | str | int) -> tuple[int, int]:
    """The exact value as a numerator and a denominator above zero."""
    if isinstance(amount, Decimal):
        if not -_MOST_DIGITS < amount.adjusted() < _MOST_DIGITS or not amount.is_finite():
            raise InvalidAmount(amount=repr(amount))
        return amount.as_integer_ratio()
    if isinstance(amount, str):
        if not _PLAIN.fullmatch(amount):
            raise InvalidAmount(amount=repr(amount))
        whole, _, part = amount.partition(".")
        return int(whole + part), 10 ** len(part)
    if amount.__class__ is not int:
        raise InexactAmount(amount=amount)
    return amount, 1
