"""Special functions in forms that neither overflow nor cancel.

The hypergeometric function itself comes from SciPy. Where its arguments are out of that
implementation's reach, the same expectation is taken as an integral over the dropout
probability ``p``, whose integrand is positive and bounded, so that the answer is too.
"""

from collections.abc import Callable

import numpy as np
from scipy import special

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.functions import beta_share, log_beta

_NODES = 401
_TAIL = 1e-17
_NEAR_ONE = 1e-5


def beta_mean(
    function: Callable[[FloatArray], FloatArray], a: FloatArray, b: FloatArray, flat: FloatArray
) -> FloatArray:
    """The mean of ``function(p)`` for p ~ Beta(a, b), by the trapezoid rule on logit(p).

    Good to about six digits, for any shapes: on that scale the integrand is smooth and falls off
    at both ends. Within
    ``1e-17 / flat`` of 0 and of 1 the function is taken as the constant it has there.

    Args:
        function: Takes an array of shape (n, nodes), gives one of the same shape.
        a: First shape of the distribution, shape (n,).
        b: Second shape of the distribution, shape (n,).
        flat: How fast the function changes near p = 0, shape (n,): it is constant well below
            ``1 / flat``.
    """
    centre = np.log(a) - np.log(b)
    width = 12 * np.sqrt(special.polygamma(1, a) + special.polygamma(1, b))
    floor = np.log(_TAIL) - np.log(np.maximum(flat, 1.0))
    low = np.clip(centre - width - 40 / a, floor, -floor - 1)
    high = np.clip(centre + width + 40 / b, floor + 1, -floor)
    grid = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, _NODES)
    log_p, log_q = -np.logaddexp(0.0, -grid), -np.logaddexp(0.0, grid)
    log_weight = a[:, None] * log_p + b[:, None] * log_q - log_beta(a, b)[:, None]
    weight = np.exp(log_weight) * ((high - low) / (_NODES - 1))[:, None]
    weight[:, [0, -1]] /= 2
    values = function(np.exp(log_p))
    below = beta_share(a, b, np.exp(log_p[:, 0]))
    above = beta_share(b, a, np.exp(log_q[:, -1]))
    inside: FloatArray = (weight * values).sum(axis=1)
    return inside + below * values[:, 0] + above * values[:, -1]


def broadcast(*values: FloatArray | float) -> tuple[FloatArray, ...]:
    """The values as one-dimensional arrays of one length."""
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in values))
    return tuple(np.array(a) for a in arrays)


def survival(
    shape: FloatArray | float, a: FloatArray | float, b: FloatArray | float, y: FloatArray | float
) -> FloatArray:
    """``E[(1 + p y)^-shape]`` for p ~ Beta(a, b), which is ``2F1(shape, a; a + b; -y)``.

    By the Euler transform: ``(1 + y)^-a 2F1(a, a + b - shape; a + b; y / (1 + y))``.

    Args:
        shape: Positive.
        a: Positive.
        b: Positive.
        y: Zero or more.
    """
    shape, a, b, y = broadcast(shape, a, b, y)
    z = y / (1 + y)
    with np.errstate(all="ignore"):
        answer = np.exp(-a * np.log1p(y)) * special.hyp2f1(a, a + b - shape, a + b, z)
    least = np.exp(-shape * np.log1p(y))
    # Jensen: the mean of a convex function is at least the function of the mean.
    least = np.maximum(least, np.exp(-shape * np.log1p(y * a / (a + b))))
    odd = ~((answer >= least * (1 - 1e-9)) & (answer <= 1 + 1e-9))
    if odd.any():
        s, v = shape[odd][:, None], y[odd][:, None]
        answer[odd] = beta_mean(
            lambda p: np.exp(-s * np.log1p(p * v)), a[odd], b[odd], shape[odd] * y[odd]
        )
    clipped: FloatArray = np.clip(answer, least, 1.0)
    return clipped


def purchases_while_alive(
    shape: FloatArray | float, a: FloatArray | float, b: FloatArray | float, y: FloatArray | float
) -> FloatArray:
    """``E[(1 - (1 + p y)^-shape) / p]`` for p ~ Beta(a, b): purchases still to come.

    The buyer's rate is Gamma(shape, A), the horizon is ``y A``, and after each purchase the
    customer leaves with probability p. In closed form
    ``(c / (a - 1)) [1 - (1 - z)^(a - 1) 2F1(a - 1, c + 1 - shape... )]`` with ``c = a + b - 1``
    and ``z = y / (1 + y)``: the Euler transform of equation 10 of Fader, Hardie and Lee (2005).

    Args:
        shape: Positive.
        a: Positive.
        b: Positive.
        y: Horizon over A; zero or more.
    """
    shape, a, b, y = broadcast(shape, a, b, y)
    near = np.abs(a - 1) < _NEAR_ONE
    safe = np.where(near, a + _NEAR_ONE, a)
    answer = _closed_purchases(shape, safe, b, y)
    if near.any():
        other = _closed_purchases(shape[near], a[near] - _NEAR_ONE, b[near], y[near])
        answer[near] = (answer[near] + other) / 2
    # At least one purchase is at least the chance of one; leaving only takes purchases away.
    least, most = -np.expm1(-shape * np.log1p(y)), shape * y
    odd = ~((answer >= least * (1 - 1e-7)) & (answer <= most * (1 + 1e-7)))
    if odd.any():
        s, v = shape[odd][:, None], y[odd][:, None]
        answer[odd] = beta_mean(
            lambda p: -np.expm1(-s * np.log1p(p * v)) / p, a[odd], b[odd], shape[odd] * y[odd]
        )
    clipped: FloatArray = np.clip(answer, least, most)
    return clipped


def _closed_purchases(shape: FloatArray, a: FloatArray, b: FloatArray, y: FloatArray) -> FloatArray:
    c = a + b - 1
    with np.errstate(all="ignore"):
        series = special.hyp2f1(a - 1, c - shape, c, y / (1 + y))
        scaled = np.exp(-(a - 1) * np.log1p(y)) * series
        answer: FloatArray = c / (a - 1) * (1 - scaled)
    return answer


def discounted_stays(a: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """``E[1 / (1 - (1 - p) x)]`` for p ~ Beta(a, b), which is ``2F1(1, b; a + b; x)``.

    The sum of ``x^n`` times the chance of not having left after n purchases.

    Args:
        a: Positive, one-dimensional.
        b: Positive, of the same shape.
        x: From 0 up to, not including, 1; of the same shape.
    """
    with np.errstate(all="ignore"):
        answer = np.asarray(special.hyp2f1(1.0, b, a + b, x), dtype=np.float64)
    least, most = 1 / (1 - b / (a + b) * x), 1 / (1 - x)
    odd = ~((answer >= least * (1 - 1e-9)) & (answer <= most * (1 + 1e-9)))
    if odd.any():
        some = x[odd][:, None]
        flat = some[:, 0] / (1 - some[:, 0])
        answer[odd] = beta_mean(lambda p: 1 / (1 - some + p * some), a[odd], b[odd], flat)
    clipped: FloatArray = np.clip(answer, least, most)
    return clipped
