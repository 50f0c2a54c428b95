"""Shifted beta-geometric: how long contracts and subscriptions are renewed.

Source: Fader and Hardie, "How to project customer retention" (Journal of Interactive Marketing 21,
2007), and "Customer-base valuation in a contractual setting" (Marketing Science 29, 2010) for the
value of what is left.
"""

from collections.abc import Sequence
from typing import ClassVar, Self

import numpy as np
from attrs import field, frozen

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.fitting import account
from postpurchase.clv.functions import digamma, log_beta
from postpurchase.clv.model import Model, positive
from postpurchase.clv.optimum import maximise
from postpurchase.clv.special import discounted_stays
from postpurchase.clv.unit import Unit
from postpurchase.errors import InvalidFigure

_MEANINGS = {
    ("alpha", "0"): "no churn seen",
    ("alpha", "infinity"): "all customers leave with one probability",
    ("beta", "0"): "everybody leaves at once, or nobody does",
    ("beta", "infinity"): "no churn seen, or all customers leave with one probability",
}


@frozen(kw_only=True)
class SBG(Model):
    """Shifted beta-geometric: at each renewal a customer leaves with a probability of their own.

    Args:
        alpha: First shape of the beta distribution of that probability.
        beta: Its second shape.
    """

    title = "sBG"
    names: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    alpha: float = field(validator=positive)
    beta: float = field(validator=positive)

    @classmethod
    def fit(
        cls, *cohorts: Sequence[float], unit: Unit = Unit.YEAR, start: Self | None = None
    ) -> Self:
        """The parameters of greatest likelihood.

        Args:
            cohorts: For each cohort how many customers there were at the beginning and after each
                renewal: 1000, 869, 743 ... Cohorts may be of different age.
            unit: The time from one renewal to the next.
            start: A model to begin at, such as last year's.

        Raises:
            InvalidFigure: A cohort has no renewal or grows, or there is none.
        """
        lost, kept = _tally(cohorts)
        total = float(lost.sum() + kept.sum())

        def mean(theta: FloatArray) -> tuple[float, FloatArray]:
            a, b = np.exp(theta)
            n = np.arange(len(lost), dtype=np.float64)
            leave = log_beta(a + 1, b + n) - log_beta(a, b)
            stay = log_beta(a, b + n + 1) - log_beta(a, b)
            every = digamma(a + b) - digamma(a + b + n + 1)
            along_a = lost @ (digamma(a + 1) - digamma(a) + every) + kept @ every
            along_b = lost @ (digamma(b + n) - digamma(b) + every)
            along_b += kept @ (digamma(b + n + 1) - digamma(b) + every)
            value = float(lost @ leave + kept @ stay)
            return value / total, np.array([along_a * a, along_b * b]) / total

        starts = [np.log([1.0, 3.0]), np.log([0.3, 0.3]), np.log([5.0, 50.0])]
        found = maximise(mean, starts if start is None else [start.theta, *starts])
        alpha, beta = map(float, np.exp(found.theta))
        how = account(cls.names, _MEANINGS, found, total, found.value * total)
        return cls(alpha=alpha, beta=beta, unit=unit, how=how)

    @classmethod
    def fit_strict(
        cls, *cohorts: Sequence[float], unit: Unit = Unit.YEAR, start: Self | None = None
    ) -> Self:
        """The same as `fit`, for programs that must not go on with a doubtful model.

        Raises:
            FitFailed: The search did not converge or a parameter ran to a boundary.
            InvalidFigure: As `fit`.
        """
        return cls.fit(*cohorts, unit=unit, start=start).strictly()

    def survival(self, renewals: int, /) -> float:
        """The share of customers left after so many renewals."""
        count = _whole(renewals)
        return float(
            np.exp(log_beta(self.alpha, self.beta + count) - log_beta(self.alpha, self.beta))
        )

    def retention(self, renewal: int, /) -> float:
        """Of the customers before the n-th renewal, the share that renews; it rises with n."""
        count = _whole(renewal)
        if count == 0:
            raise InvalidFigure(name="renewal", need="1 or more", got=renewal)
        return (self.beta + count - 1) / (self.alpha + self.beta + count - 1)

    def residual(self, renewals: int, /, *, rate: float) -> float:
        """The discounted number of payments still to come, just before the next renewal.

        Of a customer who has renewed so many times (DERL of the papers).

        Args:
            renewals: How many times the customer has renewed.
            rate: The discount rate per period, above 0.

        Raises:
            InvalidFigure: The rate is not above 0, or the number of renewals is negative.
        """
        if not rate > 0:
            raise InvalidFigure(name="rate", need="above 0 a period", got=rate)
        beta, both = self.beta + _whole(renewals), self.alpha + self.beta + renewals
        given = (both - beta, beta + 1, 1 / (1 + rate))
        (series,) = discounted_stays(*(np.array([each]) for each in given))
        return float(beta / both * series)


def _whole(renewals: int) -> int:
    if renewals < 0:
        raise InvalidFigure(name="renewals", need="0 or more", got=renewals)
    return renewals


def _tally(cohorts: Sequence[Sequence[float]]) -> tuple[FloatArray, FloatArray]:
    """Customers lost at each renewal, and kept at the last one that was seen."""
    longest = max((len(each) for each in cohorts), default=0)
    lost, kept = np.zeros(max(longest - 1, 0)), np.zeros(max(longest - 1, 0))
    for each in cohorts:
        counts = np.asarray(each, dtype=np.float64)
        falls = -np.diff(counts)
        legal = np.isfinite(counts).all() and (falls >= 0).all() and counts.min(initial=0.0) >= 0
        if len(counts) <= 1 or not legal or not counts[0] > 0:
            need = "customers at the beginning and after each renewal, never more than before"
            raise InvalidFigure(name="cohort", need=need, got=tuple(each))
        lost[: len(falls)] += falls
        kept[len(falls) - 1] += counts[-1]
    if not cohorts:
        raise InvalidFigure(name="cohorts", need="one or more", got=0)
    return lost, kept
