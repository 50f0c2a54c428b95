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
from postpurchase.clv.functions import digamma, log_beta, log_gamma
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
        leaving, more = self._leaving(parameters)
        return value + leaving, (gradient + more) * parameters

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

    def _leaving(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        """What the chance of having left after the last purchase adds."""
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
        gone = self.weight * np.where(odds >= 0, 1.0, small) / (1 + small)
        gradient = np.zeros_like(parameters)
        _into(gradient, 0, self.group, gone * waited)
        _into(gradient, 1, self.group, gone * rate * (1 / now - 1 / last))
        by_x = sums(self.at_x, gone, len(x.value))
        _into(gradient, 2, x.group, by_x / a)
        _into(gradient, 3, x.group, -by_x / spent)
        return float(value), gradient


def _into(gradient: FloatArray, column: int, group: IntArray, values: FloatArray) -> None:
    """Add the values to one column of the gradient, each in the row of its group."""
    gradient[:, column] += sums(group, values, len(gradient))
