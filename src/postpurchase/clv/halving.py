"""Where a rising function reaches zero, for many customers at once."""

from collections.abc import Callable

import numpy as np

from postpurchase.clv.arrays import FloatArray

_HALVINGS = 80
_FARTHEST = 1e12


def rises_through_zero(function: Callable[[FloatArray], FloatArray], n: int, /) -> FloatArray:
    """Where it does, by halving on a logarithmic scale; infinity where it is below zero for ever.

    Args:
        function: Takes and gives one number for each customer.
        n: How many customers.
    """
    low, high = np.full(n, -30.0), np.full(n, np.log(_FARTHEST))
    never = function(np.exp(high)) < 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = function(np.exp(middle)) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    answer: FloatArray = np.where(never, np.inf, np.exp(high))
    return answer
