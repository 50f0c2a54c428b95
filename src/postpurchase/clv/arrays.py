"""The array types that the fitted models speak, and the checks they share."""

from collections.abc import Sequence
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
"""An array of double-precision numbers."""

IntArray: TypeAlias = NDArray[np.int64]
"""An array of positions or counts."""

BoolArray: TypeAlias = NDArray[np.bool_]
"""An array of yes and no."""


def floats(values: ArrayLike, /) -> FloatArray:
    """The values as a read-only one-dimensional array of doubles."""
    array = np.array(values, dtype=np.float64, ndmin=1)
    array.setflags(write=False)
    return array


def same_array(one: FloatArray, other: FloatArray, /) -> bool:
    """Whether two arrays hold the same numbers; two missing ones (NaN) count as the same."""
    return bool(np.array_equal(one, other, equal_nan=True))


def sums(code: IntArray, values: FloatArray, size: int, /) -> FloatArray:
    """The sum of the values with each code from 0 to ``size - 1``."""
    if size == 1:
        return np.array([values.sum()])
    return np.bincount(code, weights=values, minlength=size).astype(np.float64, copy=False)


def codes(values: FloatArray, /) -> tuple[FloatArray, IntArray]:
    """The sorted distinct values, and the position of each row's value among them.

    Whole numbers that are not too spread out, such as days, are looked up in a table instead of
    sorted.
    """
    top = float(values.max(initial=0.0))
    if values.min(initial=0.0) >= 0 and top <= _TABLE + 2 * len(values):
        whole = values.astype(np.int64)
        if (whole == values).all():
            unique, code = int_codes(whole, int(top) + 1)
            return unique.astype(np.float64), code
    sorted_values, inverse = np.unique(values, return_inverse=True)
    return sorted_values, inverse.astype(np.int64, copy=False)


_TABLE = 100_000


def int_codes(values: IntArray, size: int, /) -> tuple[IntArray, IntArray]:
    """The same for whole numbers from 0 to ``size - 1``, by a table."""
    there = np.zeros(size, dtype=np.bool_)
    there[values] = True
    unique = np.flatnonzero(there)
    place = np.zeros(size, dtype=np.int64)
    place[unique] = np.arange(len(unique))
    return unique, place[values]


def distinct(columns: Sequence[FloatArray], /) -> tuple[IntArray, IntArray]:
    """The first row of each distinct combination, and the combination of each row."""
    unique, key = codes(columns[0])
    size = len(unique)
    for column in columns[1:]:
        unique, code = codes(column)
        key = key * len(unique) + code
        size *= len(unique)
        if size > _CROWDED:
            distinct_keys, key = _sorted_codes(key)
            size = len(distinct_keys)
    unique_keys, key = compact(key, size)
    first = np.zeros(len(unique_keys), dtype=np.int64)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    return first, key


def compact(key: IntArray, size: int, /) -> tuple[IntArray, IntArray]:
    """The same for whole numbers from 0 to ``size - 1``, by a table where that is small enough."""
    if size <= _TABLE + 4 * len(key):
        return int_codes(key, size)
    return _sorted_codes(key)


def tally(columns: Sequence[IntArray], weight: FloatArray, /) -> tuple[list[IntArray], FloatArray]:
    """The distinct combinations of codes that carry any weight, sorted, and their weight.

    Where every row weighs 1 they are counted by sorting alone.
    """
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    cells: list[IntArray] = []
    if prod(sizes) > _LARGEST:
        first, inverse = distinct([column.astype(np.float64) for column in columns])
        total = sums(inverse, weight, len(first))
        cells = [column[first] for column in columns]
    else:
        key = columns[0]
        for column, size in zip(columns[1:], sizes[1:], strict=True):
            key = key * size + column
        unique, total = _totals(key, weight, prod(sizes))
        for size in reversed(sizes):
            unique, code = np.divmod(unique, size)
            cells.insert(0, code)
    heavy = total > 0
    return [cell[heavy] for cell in cells], total[heavy]


def _totals(key: IntArray, weight: FloatArray, size: int) -> tuple[IntArray, FloatArray]:
    if (weight == 1).all():
        # Half as many bytes are sorted in half the time.
        short = key.astype(np.uint32) if size <= _SHORT else key
        unique, count = np.unique(short, return_counts=True)
        return unique.astype(np.int64), count.astype(np.float64)
    unique, inverse = _sorted_codes(key)
    return unique, sums(inverse, weight, len(unique))


_LARGEST = 2**62
_SHORT = 2**32


def _sorted_codes(key: IntArray) -> tuple[IntArray, IntArray]:
    unique, inverse = np.unique(key, return_inverse=True)
    return unique, inverse.astype(np.int64, copy=False)


_CROWDED = 2**40
