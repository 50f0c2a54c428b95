"""SciPy's special functions with the types that this room computes in."""

from typing import TypeAlias

import numpy as np
from scipy import special

from postpurchase.clv.arrays import FloatArray

Numbers: TypeAlias = FloatArray | float
"""An array of doubles, or one."""


def log_gamma(x: Numbers, /) -> FloatArray:
    """The logarithm of the gamma function of positive numbers."""
    return np.asarray(special.gammaln(x), dtype=np.float64)


def digamma(x: Numbers, /) -> FloatArray:
    """The slope of `log_gamma`."""
    return np.asarray(special.digamma(x), dtype=np.float64)


def trigamma(x: Numbers, /) -> FloatArray:
    """The slope of `digamma`."""
    return np.asarray(special.zeta(2.0, x), dtype=np.float64)


def log_beta(a: Numbers, b: Numbers, /) -> FloatArray:
    """The logarithm of the beta function of positive numbers.

    Where one of them is large it is taken by Stirling's series, in which nothing cancels: a
    difference of three large logarithms would leave noise that hides the top of a likelihood.
    """
    answer = np.asarray(special.betaln(a, b), dtype=np.float64)
    large = np.asarray(np.maximum(a, b) > _LARGE)
    if not large.any():
        return answer
    low, high = np.broadcast_arrays(np.minimum(a, b), np.maximum(a, b))
    return np.where(large, special.gammaln(low) - log_rise(high, low), answer)


_LARGE = 1e4


def log_rise(n: Numbers, s: Numbers, /) -> FloatArray:
    """The logarithm of ``gamma(n + s) / gamma(n)``, for n of thousands and more."""
    top = n + s
    smooth = (n - 0.5) * np.log1p(s / n) + s * (np.log(top) - 1)
    return np.asarray(
        smooth + (1 / top - 1 / n) / 12 - (1 / top**3 - 1 / n**3) / 360, dtype=np.float64
    )


def beta_share(a: Numbers, b: Numbers, x: Numbers, /) -> FloatArray:
    """The probability that a Beta(a, b) variable is at most x."""
    return np.asarray(special.betainc(a, b, x), dtype=np.float64)


def logistic(x: Numbers, /) -> FloatArray:
    """``1 / (1 + exp(-x))``."""
    return np.asarray(special.expit(x), dtype=np.float64)
