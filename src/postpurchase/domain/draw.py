"""Sticky draws: the same salt and id give the same draw for ever, in every language.

A draw is a fact about two texts, not an event: nothing is stored, nobody has to be asked twice,
and another programme can repeat it.
"""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from typing import Final

from postpurchase.errors import InvalidDraw

_DIGITS: Final = 13
_RANGE: Final = 16**_DIGITS


def unit(salt: str, unit_id: str, /) -> float:
    """A number from 0 up to, not including, 1, spread evenly over ids.

    The first 13 hexadecimal digits of the SHA-256 of ``salt|unit_id`` in UTF-8, divided by
    16**13: 52 bits, so that a float holds the quotient exactly.
    """
    return _drawn(salt, unit_id) / _RANGE


def held_out(salt: str, unit_id: str, share: Decimal | float, /) -> bool:
    """Whether an id is among the *share* (0 to 1) that is left out.

    Who is left out at one share is left out at every larger one; 0 leaves out nobody, 1 everybody.

    Raises:
        InvalidDraw: *share* is not within 0 to 1.
    """
    try:
        top, bottom = share.as_integer_ratio()
    except (ValueError, OverflowError):
        top, bottom = -1, 1
    if not 0 <= top <= bottom:
        raise InvalidDraw(
            what="a share lies within 0 to 1", given=repr(share), advice="write 0.1 for 10 %"
        )
    return _drawn(salt, unit_id) * bottom < top * _RANGE


def variant(salt: str, unit_id: str, weights: Mapping[str, int], /) -> str:
    """The name that an id draws; each name comes as often as its weight says.

    The names share the range from 0 to 1 in the order in which they are given. To keep ids with
    the names they have drawn, keep that order and the sum of the weights.

    Raises:
        InvalidDraw: a weight is below zero or no int, or none is above zero.
    """
    sizes = tuple(weights.values())
    if {*map(type, sizes)} != {int} or min(sizes) < 0 or not any(sizes):
        raise InvalidDraw(
            what="weights are ints of zero or more, one of them above zero",
            given=repr(dict(weights)),
            advice="write {'a': 1, 'b': 1} for halves",
        )
    drawn = _drawn(salt, unit_id) * sum(sizes)
    bounds = zip(weights, accumulate(sizes), strict=True)
    return next(name for name, bound in bounds if drawn < bound * _RANGE)


def _drawn(salt: str, unit_id: str) -> int:
    return int(sha256(f"{salt}|{unit_id}".encode()).hexdigest()[:_DIGITS], 16)
