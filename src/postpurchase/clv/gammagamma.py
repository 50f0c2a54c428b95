"""Gamma-Gamma: what a customer will spend on a purchase.

Sources: Fader, Hardie and Lee, "RFM and CLV" (Journal of Marketing Research 42, 2005); Fader and
Hardie, "The Gamma-Gamma model of monetary value" (http://www.brucehardie.com/notes/025/, 2013).
"""

from typing import ClassVar, Self

import numpy as np
from attrs import evolve, field, frozen
from scipy import special

from postpurchase.clv.arrays import FloatArray, IntArray, codes, sums
from postpurchase.clv.fitting import account
from postpurchase.clv.functions import digamma, log_beta
from postpurchase.clv.model import Model, positive
from postpurchase.clv.optimum import maximise
from postpurchase.clv.summary import Summary
from postpurchase.errors import InvalidFigure

_MEANINGS = {
    ("p", "infinity"): "each customer always spends the same",
    ("q", "infinity"): "all customers spend alike",
    ("v", "infinity"): "all customers spend alike",
    ("v", "0"): "a single purchase tells nothing of a customer's mean",
    ("q", "0"): "a few customers spend without measure",
    ("p", "0"): "single purchases differ without measure",
}

_SMALLEST = 1e-100


@frozen(eq=False)
class _Spending:
    """The log-likelihood of p, q, v with money divided by its mean, so that they have no unit."""

    weight: FloatArray
    total: FloatArray
    x: FloatArray
    at_x: IntArray
    by_x: FloatArray
    log_total: FloatArray
    constant: float

    @classmethod
    def of(cls, summary: Summary, scale: float) -> Self:
        money = summary.money / scale
        x, at_x = codes(summary.frequency)
        weight = summary.weight
        return cls(
            weight,
            summary.frequency * money,
            x,
            at_x,
            sums(at_x, weight, len(x)),
            sums(at_x, weight * np.log(summary.frequency * money), len(x)),
            float(weight @ np.log(money)),
        )

    def mean(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """The mean log-likelihood and its gradient along theta.

        ``-ln B(px, q) - px ln(1 + v / xm) - q ln(1 + xm / v) - ln m``: no two of the terms cancel,
        however large p or q.
        """
        p, q, v = np.exp(theta)
        x, n = self.x, self.by_x
        near = sums(self.at_x, self.weight * np.log1p(v / self.total), len(x))
        far = near + self.log_total - n * np.log(v)
        value = -(n @ log_beta(p * x, q)) - p * (x @ near) - q * far.sum() - self.constant
        both, shape = digamma(p * x + q), digamma(p * x)
        inverse = sums(self.at_x, self.weight / (v + self.total), len(x))
        slope = np.array(
            [
                n @ (x * (both - shape)) - x @ near,
                n @ (both - digamma(q)) - far.sum(),
                n.sum() * q / v - (p * x + q) @ inverse,
            ]
        )
        return float(value / n.sum()), slope * [p, q, v] / n.sum()


def spenders(summary: Summary, /) -> Summary:
    """The customers with a repeat purchase and a positive mean of what it cost."""
    return summary.take((summary.frequency > 0) & (summary.money > 0) & (summary.weight > 0))


@frozen(kw_only=True)
class GammaGamma(Model):
    """Gamma-Gamma: spending differs between purchases and between customers.

    It takes for granted that how much a customer spends says nothing of how often; look at
    `independence` before trusting it.

    Args:
        p: Shape of the gamma distribution of a customer's single purchases.
        q: Shape of the gamma distribution of the customers' rates.
        v: Rate of that distribution, an amount of money.
    """

    title = "Gamma-Gamma"
    names: ClassVar[tuple[str, ...]] = ("p", "q", "v")

    p: float = field(validator=positive)
    q: float = field(validator=positive)
    v: float = field(validator=positive)

    @classmethod
    def fit(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The parameters of greatest likelihood.

        Customers without a repeat purchase, or whose mean is zero or negative, take no part; the
        latter are counted in a warning.

        Args:
            summary: The customers, with money.
            start: A model to begin at.

        Raises:
            InvalidFigure: No customer has a repeat purchase of positive value.
        """
        chosen = spenders(summary)
        if not len(chosen):
            need = "a customer with a repeat purchase of positive value"
            raise InvalidFigure(name="money", need=need, got=len(summary))
        scale = float(chosen.weight @ chosen.money / chosen.size)
        if not np.isfinite(scale) or chosen.money.min() < scale * _SMALLEST:
            need = "amounts of no more than a hundred powers of ten below their mean"
            raise InvalidFigure(name="money", need=need, got=float(chosen.money.min()))
        spending = _Spending.of(chosen, scale)
        starts = [np.log([p, q, v]) for p, q, v in ((3, 3, 1), (20, 5, 0.2), (1, 1.5, 0.5))]
        if start is not None:
            starts.insert(0, start.theta - np.log([1, 1, scale]))
        found = maximise(spending.mean, starts)
        p, q, v = map(float, np.exp(found.theta))
        value = found.value * chosen.size - chosen.size * np.log(scale)
        how = account(cls.names, _MEANINGS, found, chosen.size, value)
        how = evolve(how, warnings=how.warnings + _warned(summary, q))
        return cls(p=p, q=q, v=v * scale, unit=summary.unit, how=how)

    @classmethod
    def fit_strict(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The same as `fit`, for programs that must not go on with a doubtful model.

        Raises:
            FitFailed: The search did not converge or a parameter ran to a boundary.
            InvalidFigure: No customer has a repeat purchase of positive value.
        """
        return cls.fit(summary, start=start).strictly()

    def log_likelihood(self, summary: Summary, /) -> float:
        """The log-likelihood of the customers' mean spending under these parameters."""
        chosen = spenders(summary)
        value, _ = _Spending.of(chosen, 1.0).mean(self.theta)
        return value * chosen.size

    def population(self) -> float:
        """The mean spend of a new customer; infinite where q is 1 or less, for there is none."""
        return self.p * self.v / (self.q - 1) if self.q > 1 else np.inf

    def spend(self, summary: Summary, /) -> FloatArray:
        """What each customer is expected to spend on the next purchase.

        The mean of the customer, drawn towards the shop's. It is infinite, never negative, where
        the model has no mean for the customer (``p x + q <= 1``); `typical` is always finite.
        """
        x, total = self._seen(summary)
        spare = self.p * x + self.q - 1
        safe = np.where(spare > 0, spare, 1.0)
        answer: FloatArray = np.where(spare > 0, self.p * (self.v + total) / safe, np.inf)
        return answer

    def typical(self, summary: Summary, /) -> FloatArray:
        """The median of what each customer's mean spend may be; it exists for all parameters."""
        x, total = self._seen(summary)
        answer: FloatArray = (
            self.p * (self.v + total) / special.gammaincinv(self.p * x + self.q, 0.5)
        )
        return answer

    @staticmethod
    def _seen(summary: Summary) -> tuple[FloatArray, FloatArray]:
        """Purchases with a known positive mean, and what they cost together."""
        known = (summary.frequency > 0) & (summary.money > 0)
        x = np.where(known, summary.frequency, 0.0)
        return x, np.where(known, x * np.where(known, summary.money, 0.0), 0.0)


def _warned(summary: Summary, q: float) -> tuple[str, ...]:
    odd = summary.weight[(summary.frequency > 0) & ~(summary.money > 0)].sum()
    warnings: list[str] = []
    if odd:
        warnings.append(f"{odd:g} customers with zero, negative or unknown mean spend took no part")
    if q <= 1:
        warnings.append("the tail is so heavy that a new customer has no mean spend; use typical()")
    return tuple(warnings)


def independence(summary: Summary, /) -> float:
    """The correlation between how often customers buy and how much they spend.

    Gamma-Gamma takes it for 0; far from that (beyond 0.3 either way) its answers mislead.

    Raises:
        InvalidFigure: Frequency or spending does not differ between customers.
    """
    chosen = spenders(summary)
    x, money, weight = chosen.frequency, chosen.money, chosen.weight
    if len(chosen) == 0 or np.ptp(x) == 0 or np.ptp(money) == 0:
        need = "customers who differ in frequency and in spending"
        raise InvalidFigure(name="summary", need=need, got=len(chosen))
    dx, dm = x - weight @ x / weight.sum(), money - weight @ money / weight.sum()
    return float(weight @ (dx * dm) / np.sqrt((weight @ dx**2) * (weight @ dm**2)))
