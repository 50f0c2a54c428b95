"""The likelihood of buyers who leave at a moment of their own, unseen: Pareto/NBD.

Sources: Schmittlein, Morrison and Colombo, "Counting your customers" (Management Science 33, 1987);
Fader and Hardie, "A note on deriving the Pareto/NBD model"
(http://www.brucehardie.com/notes/009/, 2005).

The chance of having left is one integral over the moment of leaving. It is taken by Gauss-Legendre
quadrature on a scale where the integrand falls like an exponential, so that it neither overflows
for heavy buyers nor cancels when the two gamma distributions have like scales.
"""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, sums
from postpurchase.clv.functions import digamma, log_gamma
from postpurchase.clv.layout import Layout

_FINE = np.polynomial.legendre.leggauss(32)
_SLOW = 1e-6
_DECADES = 40.0
_BLOCK = 50_000


@frozen(eq=False)
class Gone:
    """The odds of having left, and how they change with the parameters.

    Args:
        log_odds: The logarithm of the odds, shape (n,).
        slopes: Its slopes along r, alpha, s and beta, shape (n, 4).
    """

    log_odds: FloatArray
    slopes: FloatArray


def gone(parameters: FloatArray, x: FloatArray, recency: FloatArray, age: FloatArray, /) -> Gone:
    """The odds that customers left between their last purchase and now.

    ``integral from t_x to T of ((alpha + T) / (alpha + u))^(r + x) ((beta + T) / (beta + u))^s
    s / (beta + u) du``.

    Args:
        parameters: r, alpha, s, beta of each customer, shape (n, 4).
        x: Repeat purchases.
        recency: The time of the last one.
        age: The time now; above the recency.
    """
    r, alpha, s, beta = parameters.T
    shape, start, end = r + x, alpha + recency, alpha + age
    # On w = ln(alpha + u) the integrand falls like exp(-fall w): no more is looked at than counts.
    fall = np.maximum(shape - 1 + (s + 1) * start / (beta + recency), _SLOW)
    reach = np.log1p((age - recency) / start)  # not log(end / start): 0 for a moment, then log(0)
    far = np.minimum(reach, _DECADES / fall)
    nodes, weights = _FINE
    passed = far[:, None] * (1 + nodes) / 2
    moment = start[:, None] * np.expm1(passed)
    there = (beta + recency)[:, None] + moment
    alpha_there = start[:, None] + moment
    wait = reach[:, None] - passed
    lost = np.log((beta + age)[:, None] / there)
    log_part = shape[:, None] * wait + s[:, None] * lost + np.log(alpha_there / there)
    top = log_part.max(axis=1)
    part = weights * np.exp(log_part - top[:, None])
    total = part.sum(axis=1)
    log_odds = np.log(s * far / 2) + top + np.log(total)
    share = part / total[:, None]
    slopes = np.stack(
        [
            (share * wait).sum(axis=1),
            shape * (1 / end - (share / alpha_there).sum(axis=1)),
            (share * lost).sum(axis=1) + 1 / s,
            s / (beta + age) - (s + 1) * (share / there).sum(axis=1),
        ],
        axis=1,
    )
    return Gone(log_odds, slopes)


@frozen(eq=False)
class ParetoLikelihood:
    """Log-likelihood and gradient of r, alpha, s, beta over laid-out customers.

    Args:
        layout: The customers.
        rows: The cells with time since the last purchase.
    """

    layout: Layout
    rows: IntArray

    @classmethod
    def of(cls, layout: Layout, /) -> Self:
        """Find the cells that may have left."""
        return cls(layout, np.flatnonzero(layout.age > layout.recency))

    def __call__(self, parameters: FloatArray, /) -> tuple[float, FloatArray]:
        """The log-likelihood, and its gradient along the logarithm of each parameter.

        Args:
            parameters: r, alpha, s, beta of each covariate group: shape (groups, 4).

        Returns:
            The sum over all customers, with time scaled as in the layout, and an array of the
            shape of the parameters.
        """
        value, gradient = self._staying(parameters)
        for block in range(0, len(self.rows), _BLOCK):
            more, slope = self._leaving(parameters, self.rows[block : block + _BLOCK])
            value, gradient = value + more, gradient + slope
        return value, gradient * parameters

    def _staying(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        x, age = self.layout.of_x, self.layout.of_age
        gradient = np.zeros_like(parameters)
        r = parameters[x.group, 0]
        value = x.weight @ (log_gamma(r + x.value) - log_gamma(r))
        groups = len(parameters)
        gradient[:, 0] += sums(x.group, x.weight * (digamma(r + x.value) - digamma(r)), groups)
        r, alpha, s, beta = parameters[age.group].T
        waited, lived = np.log1p(age.value / alpha), np.log1p(age.value / beta)
        until = alpha + age.value
        value -= age.weight @ (r * waited + s * lived) + age.purchases @ np.log(until)
        slopes = (
            -age.weight * waited,
            (age.weight * r * age.value / alpha - age.purchases) / until,
            -age.weight * lived,
            age.weight * s * age.value / (beta * (beta + age.value)),
        )
        for column, slope in enumerate(slopes):
            gradient[:, column] += sums(age.group, slope, groups)
        return float(value), gradient

    def _leaving(self, parameters: FloatArray, rows: IntArray) -> tuple[float, FloatArray]:
        laid, group = self.layout, self.layout.group[rows]
        left = gone(parameters[group], laid.x[rows], laid.recency[rows], laid.age[rows])
        small = np.exp(-np.abs(left.log_odds))
        value = laid.weight[rows] @ (np.maximum(left.log_odds, 0.0) + np.log1p(small))
        share = laid.weight[rows] * np.where(left.log_odds >= 0, 1.0, small) / (1 + small)
        gradient = np.zeros_like(parameters)
        for column in range(parameters.shape[1]):
            gradient[:, column] = sums(group, share * left.slopes[:, column], len(parameters))
        return float(value), gradient
