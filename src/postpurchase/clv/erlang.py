"""The likelihood of buyers who come regularly, in gaps of k stages: BG/CNBD-k and MBG/CNBD-k.

Source: Platzer and Reutterer, "Ticking away the moments: timing regularity helps to better predict
customer activity" (Marketing Science 35, 2016), and the models' write-up beside it.
"""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, sums
from postpurchase.clv.functions import beta_share, digamma, log_beta, log_gamma, logistic
from postpurchase.clv.layout import Layout


@frozen(eq=False)
class Stages:
    """For each customer who is there: how far the next purchase has come.

    Args:
        log_total: The logarithm of the integral of the likelihood, summed over stages.
        share: The probability of each stage, shape (n, k).
        shape: The shape of the rate in each stage, shape (n, k).
    """

    log_total: FloatArray
    share: FloatArray
    shape: FloatArray

    @classmethod
    def of(
        cls,
        k: int,
        r: FloatArray,
        alpha: FloatArray,
        customer: tuple[FloatArray, FloatArray, FloatArray],
    ) -> Self:
        """Of customers with so many repeat purchases, the last one then, at that age."""
        x, recency, age = customer
        stage = np.arange(k, dtype=np.float64)
        shape = (r + k * x)[:, None] + stage
        wait, until = (age - recency)[:, None], (alpha + age)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            log_wait = np.where(stage > 0, stage * np.log(wait / until), 0.0)
        log_stage = (
            log_wait
            - log_gamma(stage + 1)
            + log_gamma(shape)
            - (r + k * x)[:, None] * np.log(until)
        )
        top = log_stage.max(axis=1)
        part = np.exp(log_stage - top[:, None])
        total = part.sum(axis=1)
        return cls(top + np.log(total), part / total[:, None], shape)

    def reach(self, purchases: FloatArray, z: FloatArray, /) -> FloatArray:
        """The probability of an n-th purchase and more, of customers who never leave.

        Args:
            purchases: The numbers n, 1 or more; they need not be whole.
            z: For each customer ``t / (alpha + T + t)`` with t the time ahead.

        Returns:
            One row for each customer, one column for each number.
        """
        k = self.share.shape[1]
        total = np.zeros((len(z), len(purchases)))
        for stage in range(k):
            needed, shape = k * purchases[None] - stage, self.shape[:, stage, None]
            total += self.share[:, stage, None] * beta_share(needed, shape, z[:, None])
        return total


@frozen(eq=False)
class ErlangLikelihood:
    """The log-likelihood of r, alpha, a, b; without what the gaps alone add."""

    layout: Layout
    k: int
    first: int

    def __call__(self, parameters: FloatArray, /) -> tuple[float, FloatArray]:
        """The log-likelihood, and its gradient along the logarithm of each parameter."""
        laid, group = self.layout, self.layout.group
        r, alpha, a, b = parameters[group].T
        x, m = laid.x, laid.x + self.first
        stages = Stages.of(self.k, r, alpha, (x, laid.recency, laid.age))
        shape, last = r + self.k * x, alpha + laid.recency
        spent = np.maximum(b + m - 1, np.finfo(float).tiny)
        with np.errstate(divide="ignore"):
            log_gone = np.where(m > 0, np.log(a) - np.log(spent), -np.inf)
        odds = log_gone + log_gamma(shape) - shape * np.log(last) - stages.log_total
        value = (
            stages.log_total
            - log_gamma(r)
            + r * np.log(alpha)
            + log_beta(a, b + m)
            - log_beta(a, b)
            + np.logaddexp(0.0, odds)
        )
        gone = logistic(odds)
        here, until = 1 - gone, alpha + laid.age
        stay_r = (stages.share * digamma(stages.shape)).sum(axis=1) - np.log(until)
        stay_alpha = -(stages.share * stages.shape).sum(axis=1) / until
        left = digamma(a + b) - digamma(a + b + m)
        slopes = (
            here * stay_r + gone * (digamma(shape) - np.log(last)) - digamma(r) + np.log(alpha),
            here * stay_alpha - gone * shape / last + r / alpha,
            left + gone / a,
            left + digamma(b + m) - digamma(b) - gone / spent,
        )
        columns = [sums(group, laid.weight * slope, len(parameters)) for slope in slopes]
        return float(laid.weight @ value), np.stack(columns, axis=1) * parameters


def log_gaps(customer: IntArray, time: FloatArray, size: int, /) -> FloatArray:
    """The sum of the logarithms of the gaps between each customer's purchases.

    Args:
        customer: The customer's position, for each purchase.
        time: When; two purchases at one time are one.
        size: How many customers there are.
    """
    order = np.lexsort((time, customer))
    who, when = customer[order], time[order]
    gap = np.diff(when)
    same = (np.diff(who) == 0) & (gap > 0)
    return sums(who[1:][same], np.log(gap[same]), size)
