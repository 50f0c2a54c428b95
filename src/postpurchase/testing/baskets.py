"""Baskets to try counting on: the same ones for the same numbers, wherever and whenever."""

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

_SIZES: Final = (1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7)
_MODULUS: Final = 2**61 - 1
_FACTOR: Final = 1_118_677_139_003_287_117
_SPREAD: Final = 20


def baskets(
    count: int, /, *, items: int = 20_000, seed: int = 88_172_645_463
) -> Iterator[list[str]]:
    """Baskets of one to seven lines, three on average, a few items in many of them.

    Item *n* is drawn in proportion to `1 / (n + 20)`, and may come twice in one basket. A
    multiplicative congruential generator modulo 2**61 - 1 draws, so any language can repeat it.

    Args:
        count: how many baskets.
        items: how many different items there are.
        seed: another seed gives other baskets; not a multiple of 2**61 - 1.
    """
    bounds = list(accumulate(1 / (place + _SPREAD) for place in range(items)))
    names = [f"sku-{number:05d}" for number in range(items)]
    scale, state = bounds[-1] / _MODULUS, seed
    for number in range(count):
        basket: list[str] = []
        for _ in range(_SIZES[number % len(_SIZES)]):
            state = state * _FACTOR % _MODULUS
            basket.append(names[bisect(bounds, state * scale, hi=items - 1)])
        yield basket
