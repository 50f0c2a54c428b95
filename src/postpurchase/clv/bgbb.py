"""BG/BB: buyers with an occasion once a period, such as a yearly appeal or a monthly drop.

Source: Fader, Hardie and Shang, "Customer-base analysis in a discrete-time noncontractual setting"
(Marketing Science 29, 2010).
"""

from typing import ClassVar, Self

import numpy as np
from attrs import field, frozen

from postpurchase.clv.arrays import FloatArray, IntArray, distinct, sums
from postpurchase.clv.fitting import account
from postpurchase.clv.functions import digamma, log_beta
from postpurchase.clv.model import Model, positive
from postpurchase.clv.optimum import maximise
from postpurchase.clv.special import discounted_stays
from postpurchase.clv.summary import Summary
from postpurchase.errors import InvalidFigure

_MEANINGS = {
    ("alpha", "0"): "customers buy always or never",
    ("alpha", "infinity"): "all customers buy with one probability",
    ("beta", "0"): "customers buy always or never",
    ("beta", "infinity"): "all customers buy with one probability, or hardly anybody buys",
    ("gamma", "0"): "no churn seen",
    ("gamma", "infinity"): "all customers leave with one probability",
    ("delta", "0"): "everybody leaves at once, or nobody does",
    ("delta", "infinity"): "no churn seen, or all customers leave with one probability",
}


@frozen(eq=False)
class _Paths:
    """Every moment at which a customer may have left, laid flat; the last one of each: not at all.

    Args:
        cell: the customer's cell.
        x: purchases.
        misses: occasions passed while there, without a purchase.
        lived: occasions lived through.
        left: 1 where the customer left after them, 0 where not.
        weight: customers by cell.
    """

    cell: IntArray
    x: FloatArray
    misses: FloatArray
    lived: FloatArray
    left: FloatArray
    weight: FloatArray

    @classmethod
    def of(cls, summary: Summary) -> Self:
        first, inverse = distinct((summary.frequency, summary.recency, summary.age))
        x, last, n = (
            column[first].astype(np.int64)
            for column in (summary.frequency, summary.recency, summary.age)
        )
        ways = n - last + 1
        cell = np.repeat(np.arange(len(first)), ways)
        step = np.arange(len(cell)) - np.repeat(np.cumsum(ways) - ways, ways)
        lived = last[cell] + step
        return cls(
            cell,
            x[cell].astype(np.float64),
            (lived - x[cell]).astype(np.float64),
            lived.astype(np.float64),
            (lived < n[cell]).astype(np.float64),
            sums(inverse, summary.weight, len(first)),
        )

    def by_cell(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The log-likelihood of each cell, and each path's share in it."""
        alpha, beta, gamma, delta = np.exp(theta)
        log_path = (
            log_beta(alpha + self.x, beta + self.misses)
            - log_beta(alpha, beta)
            + log_beta(gamma + self.left, delta + self.lived)
            - log_beta(gamma, delta)
        )
        top = np.full(len(self.weight), -np.inf)
        np.maximum.at(top, self.cell, log_path)
        part = np.exp(log_path - top[self.cell])
        total = sums(self.cell, part, len(self.weight))
        return top + np.log(total), part / total[self.cell]

    def mean(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """The mean log-likelihood and its gradient along theta."""
        alpha, beta, gamma, delta = np.exp(theta)
        value, share = self.by_cell(theta)
        weight = share * self.weight[self.cell]
        buying = digamma(alpha + beta) - digamma(alpha + beta + self.x + self.misses)
        dying = digamma(gamma + delta) - digamma(gamma + delta + self.left + self.lived)
        slope = np.array(
            [
                weight @ (digamma(alpha + self.x) - digamma(alpha) + buying),
                weight @ (digamma(beta + self.misses) - digamma(beta) + buying),
                weight @ (digamma(gamma + self.left) - digamma(gamma) + dying),
                weight @ (digamma(delta + self.lived) - digamma(delta) + dying),
            ]
        )
        n = self.weight.sum()
        return float(self.weight @ value / n), slope * np.exp(theta) / n


@frozen(kw_only=True)
class BGBB(Model):
    """BG/BB: at each occasion a customer buys with one probability and leaves with another.

    Its summary counts occasions: frequency is how many were used, recency the number of the last
    one used, age how many there were; all whole numbers, the unit that between two occasions.

    Args:
        alpha: First shape of the beta distribution of buying.
        beta: Its second shape.
        gamma: First shape of the beta distribution of leaving.
        delta: Its second shape.
    """

    title = "BG/BB"
    names: ClassVar[tuple[str, ...]] = ("alpha", "beta", "gamma", "delta")

    alpha: float = field(validator=positive)
    beta: float = field(validator=positive)
    gamma: float = field(validator=positive)
    delta: float = field(validator=positive)

    @classmethod
    def fit(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The parameters of greatest likelihood; it says in `how` what the data do not hold.

        Args:
            summary: The customers, in occasions.
            start: A model to begin at.

        Raises:
            InvalidFigure: There are no customers, or something is no number of occasions.
        """
        if summary.size == 0:
            raise InvalidFigure(name="customers", need="at least one to fit on", got=0)
        paths = _Paths.of(_occasions(summary))
        starts = [np.log(p) for p in ([1.0, 1, 1, 3], [0.5, 2, 0.5, 5], [3.0, 3, 0.2, 1])]
        if start is not None:
            starts.insert(0, start.theta)
        found = maximise(paths.mean, starts)
        alpha, beta, gamma, delta = map(float, np.exp(found.theta))
        how = account(cls.names, _MEANINGS, found, summary.size, found.value * summary.size)
        return cls(alpha=alpha, beta=beta, gamma=gamma, delta=delta, unit=summary.unit, how=how)

    @classmethod
    def fit_strict(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The same as `fit`, for programs that must not go on with a doubtful model.

        Raises:
            FitFailed: The search did not converge or a parameter ran to a boundary.
            InvalidFigure: As `fit`.
        """
        return cls.fit(summary, start=start).strictly()

    def log_likelihood(self, summary: Summary, /) -> float:
        """The log-likelihood of the customers under these parameters."""
        paths = _Paths.of(_occasions(summary))
        return float(paths.weight @ paths.by_cell(self.theta)[0])

    def _there(self, summary: Summary, ahead: float) -> FloatArray:
        """The probability of having seen all occasions and so many more."""
        known = _occasions(summary)
        first, inverse = distinct((known.frequency, known.recency, known.age))
        cells = known.take(first)
        value, _ = _Paths.of(cells).by_cell(self.theta)
        # The paths sort their cells; ask each row for its own.
        order = distinct((cells.frequency, cells.recency, cells.age))[1]
        x, n = cells.frequency, cells.age
        log_there = (
            log_beta(self.alpha + x, self.beta + n - x)
            - log_beta(self.alpha, self.beta)
            + log_beta(self.gamma, self.delta + n + ahead)
            - log_beta(self.gamma, self.delta)
        )
        answer: FloatArray = np.exp(log_there - value[order])[inverse]
        return answer

    def alive(self, summary: Summary, /) -> FloatArray:
        """The probability that each customer is there for the next occasion."""
        return self._there(summary, 1.0)

    def alive_after(self, summary: Summary, occasions: int, /) -> FloatArray:
        """The probability that each customer is there for the occasion after so many more."""
        return self._there(summary, 1.0 + _count(occasions))

    def purchases(self, summary: Summary, occasions: int, /) -> FloatArray:
        """The expected number of purchases of each customer at the next occasions."""
        total = np.zeros(len(summary))
        for ahead in range(1, _count(occasions) + 1):
            total += self._there(summary, float(ahead))
        return total * self._buying(summary)

    def _buying(self, summary: Summary) -> FloatArray:
        """The mean probability of buying at an occasion, of a customer who is there."""
        answer: FloatArray = (self.alpha + summary.frequency) / (
            self.alpha + self.beta + summary.age
        )
        return answer

    def discounted_purchases(self, summary: Summary, /, *, rate: float) -> FloatArray:
        """The expected purchases of each customer for ever, discounted (DERT of the paper).

        The next occasion is one period away.

        Args:
            summary: The customers, in occasions.
            rate: The discount rate per period, above 0.

        Raises:
            InvalidFigure: The rate is not above 0.
        """
        if not rate > 0:
            raise InvalidFigure(name="rate", need="above 0 a period", got=rate)
        n, kept = summary.age, 1 / (1 + rate)
        full = np.ones(len(summary))
        series = discounted_stays(full * self.gamma, self.delta + n + 1, full * kept)
        return self._there(summary, 1.0) * self._buying(summary) * series * kept

    def new(self, occasions: int, /) -> float:
        """The expected number of purchases of a new customer at so many occasions."""
        return float(self.purchases(_newcomer(self), occasions)[0])

    def new_chance(self, purchases: int, occasions: int, /) -> float:
        """The probability that a new customer buys exactly so often at so many occasions.

        Raises:
            InvalidFigure: A number is negative.
        """
        x, n = _count(purchases), _count(occasions)
        lived: FloatArray = np.arange(x, n + 1, dtype=np.float64)
        left: FloatArray = (lived < n).astype(np.float64)
        log_path = (
            -np.log(lived + 1)
            - log_beta(lived - x + 1, x + 1)
            + log_beta(self.alpha + x, self.beta + lived - x)
            - log_beta(self.alpha, self.beta)
            + log_beta(self.gamma + left, self.delta + lived)
            - log_beta(self.gamma, self.delta)
        )
        return float(np.exp(log_path).sum())


def _newcomer(model: BGBB) -> Summary:
    return Summary(frequency=[0], recency=[0], age=[0], unit=model.unit)


def _count(number: int) -> int:
    if number < 0:
        raise InvalidFigure(name="occasions", need="0 or more", got=number)
    return number


def _occasions(summary: Summary) -> Summary:
    for name, values in (("recency", summary.recency), ("age", summary.age)):
        if (values != np.floor(values)).any():
            need = "whole numbers of occasions"
            raise InvalidFigure(
                name=name, need=need, got=float(values[values != np.floor(values)][0])
            )
    if (summary.recency < summary.frequency).any():
        need = "at most one purchase at each occasion up to the last one used"
        raise InvalidFigure(name="frequency", need=need, got="more purchases than occasions")
    return summary
