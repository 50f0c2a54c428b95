"""The likelihood of buyers who may leave after each purchase: BG/NBD and MBG/NBD.

Sources: Fader, Hardie and Lee, "Counting your customers the easy way" (Marketing Science 24,
2005) for BG/NBD; Batislam, Denizel and Filiztekin, "Empirical validation and comparison of models
for customer base analysis" (IJRM 24, 2007) for the modified one, where the first purchase too may
be the last.
"""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, sums
from postpurchase.clv.fitting import on_logarithms
from postpurchase.clv.functions import digamma, log_beta, log_gamma, trigamma
from postpurchase.clv.layout import Layout


@frozen(eq=False)
class GeometricLikelihood:
    """Log-likelihood and gradient of r, alpha, a, b over laid-out customers.

    Args:
        layout: The customers.
        first: How many chances to leave came before the first repeat purchase: 0 for BG/NBD,
            1 for MBG/NBD.
        cells: The positions of the cells that had a chance to leave.
        weight: The customers of those cells.
        at_x: For those cells, the position of the frequency on its axis.
        at_recency: The same for the recency.
        at_age: The same for the age.
        group: Their covariate group.
    """

    layout: Layout
    first: int
    weight: FloatArray
    at_x: IntArray
    at_recency: IntArray
    at_age: IntArray
    group: IntArray

    @classmethod
    def of(cls, layout: Layout, /, *, first: int) -> Self:
        """Find the cells that had a chance to leave."""
        rows = np.flatnonzero(layout.x + first > 0)
        return cls(
            layout,
            first,
            layout.weight[rows],
            layout.of_x.cell[rows],
            layout.of_recency.cell[rows],
            layout.of_age.cell[rows],
            layout.group[rows],
        )

    def __call__(self, parameters: FloatArray, /) -> tuple[float, FloatArray]:
        """The log-likelihood, and its gradient along the logarithm of each parameter.

        Args:
            parameters: r, alpha, a, b of each covariate group: shape (groups, 4).

        Returns:
            The sum over all customers, with time scaled as in the layout, and an array of the
            shape of the parameters.
        """
        value, gradient = self._staying(parameters)
        odds = self._odds(parameters)
        more = self._slopes_of_leaving(parameters, odds)
        return value + odds.value, (gradient + more) * parameters

    def curved(self, parameters: FloatArray, /) -> tuple[float, FloatArray, FloatArray]:
        """The same, and the second derivatives along the logarithms: shape (groups, 4, 4)."""
        value, gradient = self._staying(parameters)
        odds = self._odds(parameters)
        slopes = (gradient + self._slopes_of_leaving(parameters, odds)) * parameters
        bends = np.zeros((len(parameters), 4, 4))
        self._bend_staying(parameters, bends)
        self._bend_leaving(parameters, odds, bends)
        return value + odds.value, slopes, on_logarithms(bends, slopes, parameters)

    def _staying(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        """The likelihood as if every customer were still there: sums over the axes alone."""
        x, age = self.layout.of_x, self.layout.of_age
        r, _, a, b = parameters[x.group].T
        m = x.value + self.first
        value = x.weight @ (
            log_gamma(r + x.value) - log_gamma(r) + log_beta(a, b + m) - log_beta(a, b)
        )
        left = digamma(a + b) - digamma(a + b + m)
        gradient = np.zeros_like(parameters)
        _into(gradient, 0, x.group, x.weight * (digamma(r + x.value) - digamma(r)))
        _into(gradient, 2, x.group, x.weight * left)
        _into(gradient, 3, x.group, x.weight * (digamma(b + m) - digamma(b) + left))
        r, alpha, _, _ = parameters[age.group].T
        waited = np.log1p(age.value / alpha)
        until = alpha + age.value
        value -= age.weight @ (r * waited) + age.purchases @ np.log(until)
        _into(gradient, 0, age.group, -age.weight * waited)
        slope = (age.weight * r * age.value / alpha - age.purchases) / until
        _into(gradient, 1, age.group, slope)
        return float(value), gradient

    def _bend_staying(self, parameters: FloatArray, bends: FloatArray) -> None:
        x, age = self.layout.of_x, self.layout.of_age
        r, _, a, b = parameters[x.group].T
        m = x.value + self.first
        left = trigamma(a + b) - trigamma(a + b + m)
        _into(bends[:, 0], 0, x.group, x.weight * (trigamma(r + x.value) - trigamma(r)))
        _into(bends[:, 2], 2, x.group, x.weight * left)
        _into(bends[:, 2], 3, x.group, x.weight * left)
        _into(bends[:, 3], 3, x.group, x.weight * (trigamma(b + m) - trigamma(b) + left))
        r, alpha, _, _ = parameters[age.group].T
        until, waited = alpha + age.value, age.weight * age.value / alpha
        _into(bends[:, 0], 1, age.group, waited / until)
        bend = (age.purchases - r * waited) / until**2 - r * waited / (alpha * until)
        _into(bends[:, 1], 1, age.group, bend)

    def _odds(self, parameters: FloatArray) -> "_Odds":
        """Of having left after the last purchase, by cell."""
        x, recency, age = self.layout.of_x, self.layout.of_recency, self.layout.of_age
        r, _, a, b = parameters[x.group].T
        spent = np.maximum(b + x.value + self.first - 1, np.finfo(float).tiny)
        rate = (r + x.value)[self.at_x]
        last = (parameters[recency.group, 1] + recency.value)[self.at_recency]
        now = (parameters[age.group, 1] + age.value)[self.at_age]
        waited = np.log(now / last)
        odds = (np.log(a) - np.log(spent))[self.at_x] + rate * waited
        small = np.exp(-np.abs(odds))
        value = self.weight @ (np.maximum(odds, 0.0) + np.log1p(small))
        chance = np.where(odds >= 0, 1.0, small) / (1 + small)
        return _Odds(float(value), chance, waited, rate, last, now, spent)

    def _slopes_of_leaving(self, parameters: FloatArray, odds: "_Odds") -> FloatArray:
        x = self.layout.of_x
        gone = self.weight * odds.chance
        gradient = np.zeros_like(parameters)
        _into(gradient, 0, self.group, gone * odds.waited)
        _into(gradient, 1, self.group, gone * odds.rate * (1 / odds.now - 1 / odds.last))
        by_x = sums(self.at_x, gone, len(x.value))
        _into(gradient, 2, x.group, by_x / parameters[x.group, 2])
        _into(gradient, 3, x.group, -by_x / odds.spent)
        return gradient

    def _bend_leaving(self, parameters: FloatArray, odds: "_Odds", bends: FloatArray) -> None:
        x, size, group = self.layout.of_x, len(self.layout.of_x.value), self.group
        a, spent = parameters[x.group, 2], odds.spent
        gone = self.weight * odds.chance
        doubt = gone * (1 - odds.chance)
        pull = 1 / odds.now - 1 / odds.last
        along_r, along_alpha = doubt * odds.waited, doubt * odds.rate * pull
        _into(bends[:, 0], 0, group, along_r * odds.waited)
        _into(bends[:, 0], 1, group, (gone + along_r * odds.rate) * pull)
        turn = odds.rate * pull * (along_alpha - gone * (1 / odds.now + 1 / odds.last))
        _into(bends[:, 1], 1, group, turn)
        by_r, by_alpha = sums(self.at_x, along_r, size), sums(self.at_x, along_alpha, size)
        left, torn = sums(self.at_x, gone, size), sums(self.at_x, doubt, size)
        _into(bends[:, 0], 2, x.group, by_r / a)
        _into(bends[:, 0], 3, x.group, -by_r / spent)
        _into(bends[:, 1], 2, x.group, by_alpha / a)
        _into(bends[:, 1], 3, x.group, -by_alpha / spent)
        _into(bends[:, 2], 2, x.group, (torn - left) / a**2)
        _into(bends[:, 2], 3, x.group, -torn / a / spent)
        _into(bends[:, 3], 3, x.group, (torn + left) / spent / spent)


@frozen(eq=False)
class _Odds:
    """The odds of having left.

    Args:
        value: What they add to the log-likelihood.
        chance: The chance of having left, by cell.
        waited: ``ln((alpha + T) / (alpha + t_x))``.
        rate: ``r + x``.
        last: ``alpha + t_x``.
        now: ``alpha + T``.
        spent: ``b + x - 1``, or as many chances to leave as there were; by frequency.
    """

    value: float
    chance: FloatArray
    waited: FloatArray
    rate: FloatArray
    last: FloatArray
    now: FloatArray
    spent: FloatArray


def _into(gradient: FloatArray, column: int, group: IntArray, values: FloatArray) -> None:
    """Add the values to one column of the gradient, each in the row of its group."""
    gradient[:, column] += sums(group, values, len(gradient))
