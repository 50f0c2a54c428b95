"""From a fraction of a minor unit to a whole one, in integers."""

from collections.abc import Callable
from enum import StrEnum, unique
from typing import Final


@unique
class Rounding(StrEnum):
    """What happens to a part of a minor unit; the names are those of the decimal module."""

    HALF_UP = "half_up"
    """To the nearest; a half goes away from zero."""
    HALF_EVEN = "half_even"
    """To the nearest; a half goes to the even neighbour."""
    HALF_DOWN = "half_down"
    """To the nearest; a half goes towards zero."""
    DOWN = "down"
    """Towards zero."""
    UP = "up"
    """Away from zero."""
    FLOOR = "floor"
    """Down, below zero too."""
    CEILING = "ceiling"
    """Up, below zero too."""


# Each answers whether to go one up from the floor, given the numerator, the floor, and how
# twice the rest compares with the denominator (-1, 0 or 1). The rest is never zero here.
_UPWARDS: Final[dict[Rounding, Callable[[int, int, int], bool]]] = {
    Rounding.HALF_UP: lambda top, _, half: half > 0 or (half == 0 and top > 0),
    Rounding.HALF_EVEN: lambda _, floor, half: half > 0 or (half == 0 and floor % 2 == 1),
    Rounding.HALF_DOWN: lambda top, _, half: half > 0 or (half == 0 and top < 0),
    Rounding.DOWN: lambda top, _, __: top < 0,
    Rounding.UP: lambda top, _, __: top > 0,
    Rounding.FLOOR: lambda _, __, ___: False,
    Rounding.CEILING: lambda _, __, ___: True,
}


def divide(top: int, bottom: int, rounding: Rounding, /) -> int:
    """A fraction as a whole number; *bottom* is above zero."""
    floor, rest = divmod(top, bottom)
    if not rest:
        return floor
    twice = 2 * rest
    return floor + _UPWARDS[rounding](top, floor, (twice > bottom) - (twice < bottom))
