"""The likelihood of buyers who leave at a moment of their own, unseen: Pareto/NBD.

Sources: Schmittlein, Morrison and Colombo, "Counting your customers" (Management Science 33, 1987);
Fader and Hardie, "A note on deriving the Pareto/NBD model"
(http://www.brucehardie.com/notes/009/, 2005).

The chance of having left is one integral over the moment of leaving. It is taken by Gauss-Legendre
quadrature on a logarithmic scale that begins at the smaller of alpha and beta. There the integrand
falls at least as fast as an exponential and is nowhere near a singularity, so that nothing
overflows for heavy buyers, or cancels when the two gamma distributions have like scales.
"""

from collections.abc import Iterator
from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, sums
from postpurchase.clv.fitting import PAIRS, on_logarithms
from postpurchase.clv.functions import digamma, log_gamma, trigamma
from postpurchase.clv.layout import Layout

_SLOW = 1e-6
_DECADES = 40.0
_BLOCK = 1 << 14

# Nodes that give eleven digits, compared with 150, where the integrand falls by so many e-folds at
# most, over a range of so many e-folds at most.
_LIGHT = ((8, 3.0, 1.0), (10, 6.0, 1.5), (12, 8.0, 2.0), (16, 16.0, 2.5))
_MOST = 32
_RULES = {n: np.polynomial.legendre.leggauss(n) for n in (8, 10, 12, 16, _MOST)}


@frozen(eq=False)
class Gone:
    """The odds of having left, and how they change with the parameters.

    Args:
        log_odds: The logarithm of the odds, shape (n,).
        slopes: Its slopes along r, alpha, s and beta, shape (4, n).
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
    found = Gone(np.empty(len(x)), np.empty((4, len(x))))
    for rows, integral in _integrals(_Question(parameters, x, recency, age)):
        found.log_odds[rows] = integral.log_odds
        found.slopes[:, rows] = integral.slopes(*integral.means())
    return found


def bent(
    parameters: FloatArray, x: FloatArray, recency: FloatArray, age: FloatArray, /
) -> tuple[Gone, FloatArray]:
    """The same, and the second derivatives of the logarithm for each of PAIRS, shape (10, n)."""
    found, bends = Gone(np.empty(len(x)), np.empty((4, len(x)))), np.empty((len(PAIRS), len(x)))
    for rows, integral in _integrals(_Question(parameters, x, recency, age)):
        found.log_odds[rows] = integral.log_odds
        found.slopes[:, rows], bends[:, rows] = integral.bends()
    return found, bends


@frozen(eq=False)
class _Question:
    parameters: FloatArray
    x: FloatArray
    recency: FloatArray
    age: FloatArray

    def take(self, rows: IntArray) -> Self:
        return type(self)(self.parameters[rows], self.x[rows], self.recency[rows], self.age[rows])


@frozen(eq=False)
class _Integral:
    """The integrals of some customers, looked at in nodes.

    Args:
        log_odds: The logarithm of each.
        share: What share of it each node has, shape (n, nodes).
        terms: At each node ``ln((alpha + T) / (alpha + u))``, ``1 / (alpha + u)``,
            ``ln((beta + T) / (beta + u))`` and ``1 / (beta + u)``: what slopes are made of.
        shape: r + x.
        end: alpha + T.
        s: The parameter of that name.
        life: beta + T.
    """

    log_odds: FloatArray
    share: FloatArray
    terms: tuple[FloatArray, FloatArray, FloatArray, FloatArray]
    shape: FloatArray
    end: FloatArray
    s: FloatArray
    life: FloatArray

    def means(self) -> list[FloatArray]:
        return [np.einsum("nm,nm->n", self.share, each) for each in self.terms]

    def slopes(
        self, wait: FloatArray, here: FloatArray, lost: FloatArray, there: FloatArray
    ) -> FloatArray:
        """Along r, alpha, s and beta, from the mean terms; shape (4, n)."""
        along_alpha = self.shape * (1 / self.end - here)
        along_beta = self.s / self.life - (self.s + 1) * there
        return np.stack([wait, along_alpha, lost + 1 / self.s, along_beta])

    def bends(self) -> tuple[FloatArray, FloatArray]:
        """The slopes and the second derivatives.

        The logarithm of a mean bends by the mean bend and the variance of the slopes.
        """
        weighted = [self.share * each for each in self.terms]
        means = [each.sum(axis=1) for each in weighted]
        one = np.ones(len(means[0]))
        factors = (one, -self.shape, one, -(self.s + 1))
        own = {
            (0, 1): 1 / self.end - means[1],
            (1, 1): -self.shape / self.end**2,
            (2, 2): -1 / self.s**2,
            (2, 3): 1 / self.life - means[3],
            (3, 3): -self.s / self.life**2,
        }
        bends: list[FloatArray] = []
        for i, j in PAIRS:
            product = np.einsum("nm,nm->n", weighted[i], self.terms[j])
            bend = factors[i] * factors[j] * (product - means[i] * means[j])
            if i == j and i % 2:  # a pole bends too: d2 ln(c + u) / dc2 = -1 / (c + u)^2
                bend -= factors[i] * product
            bends.append(bend + own.get((i, j), 0.0))
        return self.slopes(*means), np.array(bends)


def _integrals(asked: _Question) -> Iterator[tuple[IntArray, _Integral]]:
    """The customers in blocks that fit into a cache, each with as many nodes as it needs."""
    r, alpha, s, beta = asked.parameters.T
    begin, other = asked.recency + np.minimum(alpha, beta), asked.recency + np.maximum(alpha, beta)
    slow, fast = np.where(alpha <= beta, (r + asked.x - 1, s + 1), (s, r + asked.x))
    # On w = ln(begin + u) the integrand falls at least like exp(-fall w), and in the end faster:
    # no more of it is looked at than counts.
    fall = np.maximum(slow + fast * begin / other, _SLOW)
    # Not a logarithm of a quotient: that is 0 for a moment, then log(0).
    reach = np.log1p((asked.age - asked.recency) / begin)
    far = np.minimum(reach, _DECADES / fall)
    left = np.ones(len(far), dtype=np.bool_)
    for nodes, steepest, farthest in (*_LIGHT, (_MOST, np.inf, np.inf)):
        mine = left & (fall * far <= steepest) & (far <= farthest)
        left &= ~mine
        for integral, these in ((_from_alpha, alpha <= beta), (_from_beta, alpha > beta)):
            all_rows, many = np.flatnonzero(mine & these), _BLOCK // nodes
            for first in range(0, len(all_rows), many):
                rows = all_rows[first : first + many]
                yield rows, integral(asked.take(rows), reach[rows], far[rows], nodes)


def _from_alpha(asked: _Question, reach: FloatArray, far: FloatArray, nodes: int) -> _Integral:
    r, alpha, s, beta = asked.parameters.T
    shape, begin, life = r + asked.x, alpha + asked.recency, beta + asked.age
    passed = far[:, None] * ((1 + _RULES[nodes][0]) / 2)
    moment = begin[:, None] * np.expm1(passed)
    here, there = begin[:, None] + moment, (beta + asked.recency)[:, None] + moment
    wait = reach[:, None] - passed
    lost = np.log(life[:, None] / there)
    height = shape[:, None] * wait + (s + 1)[:, None] * lost + passed
    log_integral, share = _sum(height, _RULES[nodes][1])
    log_odds = log_integral + np.log(s * far / 2) + np.log(begin / life)
    terms = (wait, 1 / here, lost, 1 / there)
    return _Integral(log_odds, share, terms, shape, alpha + asked.age, s, life)


def _from_beta(asked: _Question, reach: FloatArray, far: FloatArray, nodes: int) -> _Integral:
    r, alpha, s, beta = asked.parameters.T
    shape, begin, end = r + asked.x, beta + asked.recency, alpha + asked.age
    passed = far[:, None] * ((1 + _RULES[nodes][0]) / 2)
    moment = begin[:, None] * np.expm1(passed)
    here, there = (alpha + asked.recency)[:, None] + moment, begin[:, None] + moment
    wait = np.log(end[:, None] / here)
    lost = reach[:, None] - passed
    log_integral, share = _sum(shape[:, None] * wait + s[:, None] * lost, _RULES[nodes][1])
    log_odds = log_integral + np.log(s * far / 2)
    terms = (wait, 1 / here, lost, 1 / there)
    return _Integral(log_odds, share, terms, shape, end, s, beta + asked.age)


def _sum(height: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The logarithm of the weighted sum of exponentials, and each one's share in it."""
    top = height.max(axis=1)
    part = weights * np.exp(height - top[:, None])
    total = part.sum(axis=1)
    return top + np.log(total), part / total[:, None]


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

    def curved(self, parameters: FloatArray, /) -> tuple[float, FloatArray, FloatArray]:
        """The same, and the second derivatives along the logarithms: shape (groups, 4, 4)."""
        value, gradient = self._staying(parameters)
        bends = self._bends_of_staying(parameters)
        for block in range(0, len(self.rows), _BLOCK):
            rows = self.rows[block : block + _BLOCK]
            group = self.layout.group[rows]
            left, bend = bent(parameters[group], *self._columns(rows))
            more, share, chance = _left_by_now(left.log_odds, self.layout.weight[rows])
            value += more
            _add(gradient, group, share * left.slopes)
            doubt = share * (1 - chance)
            for (i, j), one in zip(PAIRS, bend, strict=True):
                both = share * one + doubt * left.slopes[i] * left.slopes[j]
                bends[:, i, j] += sums(group, both, len(parameters))
        slopes = gradient * parameters
        return value, slopes, on_logarithms(bends, slopes, parameters)

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

    def _bends_of_staying(self, parameters: FloatArray) -> FloatArray:
        x, age, groups = self.layout.of_x, self.layout.of_age, len(parameters)
        bends = np.zeros((groups, 4, 4))
        r = parameters[x.group, 0]
        bends[:, 0, 0] = sums(x.group, x.weight * (trigamma(r + x.value) - trigamma(r)), groups)
        r, alpha, s, beta = parameters[age.group].T
        until, life = alpha + age.value, beta + age.value
        waited, lived = age.weight * age.value / alpha, age.weight * age.value / beta
        alphas = (age.purchases - r * waited) / until**2 - r * waited / (alpha * until)
        betas = -s * lived * (beta + life) / (beta * life**2)
        bends[:, 0, 1] = sums(age.group, waited / until, groups)
        bends[:, 1, 1] = sums(age.group, alphas, groups)
        bends[:, 2, 3] = sums(age.group, lived / life, groups)
        bends[:, 3, 3] = sums(age.group, betas, groups)
        return bends

    def _columns(self, rows: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        return self.layout.x[rows], self.layout.recency[rows], self.layout.age[rows]

    def _leaving(self, parameters: FloatArray, rows: IntArray) -> tuple[float, FloatArray]:
        group, gradient = self.layout.group[rows], np.zeros_like(parameters)
        left = gone(parameters[group], *self._columns(rows))
        value, share, _ = _left_by_now(left.log_odds, self.layout.weight[rows])
        _add(gradient, group, share * left.slopes)
        return value, gradient


def _left_by_now(log_odds: FloatArray, weight: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """What the odds add to the log-likelihood, its slope along them by row, and the chances."""
    small = np.exp(-np.abs(log_odds))
    value = weight @ (np.maximum(log_odds, 0.0) + np.log1p(small))
    chance = np.where(log_odds >= 0, 1.0, small) / (1 + small)
    return float(value), weight * chance, chance


def _add(total: FloatArray, group: IntArray, rows: FloatArray) -> None:
    """Add what there is of each row's group to the columns of the total."""
    for column, values in enumerate(rows):
        total[:, column] += sums(group, values, len(total))
