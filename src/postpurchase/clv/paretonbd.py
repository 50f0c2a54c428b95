"""Pareto/NBD: buyers at their own rate, who leave at a moment of their own."""

from typing import ClassVar, Self

import numpy as np
from attrs import field, frozen

from postpurchase.clv.arrays import FloatArray, IntArray
from postpurchase.clv.fitting import Problem, solve
from postpurchase.clv.flow import FlowModel
from postpurchase.clv.functions import log_beta, logistic
from postpurchase.clv.halving import rises_through_zero
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import positive
from postpurchase.clv.pareto import ParetoLikelihood, gone
from postpurchase.clv.summary import Summary

_LEGENDRE = np.polynomial.legendre.leggauss(48)
_NEAR_ONE = 1e-6
_SLOWEST = 1e-6
_DECADES = 40.0

PARETO_MEANINGS = {
    ("r", "0"): "hardly anybody bought again",
    ("r", "infinity"): "all customers buy at one rate",
    ("alpha", "0"): "hardly anybody bought again",
    ("alpha", "infinity"): "all customers buy at one rate, or nobody bought again",
    ("s", "0"): "no churn seen",
    ("s", "infinity"): "all customers leave at one rate",
    ("beta", "0"): "customers leave at once or never",
    ("beta", "infinity"): "no churn seen, or all customers leave at one rate",
}
"""What a parameter at the edge says of the customers."""


@frozen(kw_only=True)
class ParetoNBD(FlowModel):
    """Pareto/NBD: a customer buys at random until leaving at a moment nobody sees.

    Args:
        r: Shape of the gamma distribution of purchase rates.
        alpha: Its rate, a length of time in the model's unit.
        s: Shape of the gamma distribution of leaving rates.
        beta: Its rate, a length of time in the model's unit.
    """

    title = "Pareto/NBD"
    names: ClassVar[tuple[str, ...]] = ("r", "alpha", "s", "beta")
    timed: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    r: float = field(validator=positive)
    alpha: float = field(validator=positive)
    s: float = field(validator=positive)
    beta: float = field(validator=positive)

    @classmethod
    def fit(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The parameters of greatest likelihood.

        It does not raise on data that are hard to fit: `how` says whether the search converged,
        which parameters ran to a boundary, and what that means.

        Args:
            summary: The customers, each row weighing as much as its weight.
            start: A model to begin at, such as last month's.

        Raises:
            InvalidFigure: There are no customers.
        """
        layout = Layout.of(summary)
        starts = pareto_starts(layout)
        if start is not None:
            scale = np.log(layout.scale)
            starts = [start.within(summary.unit).theta - np.array([0, scale, 0, scale]), *starts]
        problem = Problem(
            names=cls.names,
            timed=(1, 3),
            meanings=PARETO_MEANINGS,
            likelihood=ParetoLikelihood.of,
        )
        solved = solve(problem, layout, starts)
        r, alpha, s, beta = map(float, np.exp(solved.theta))
        return cls(r=r, alpha=alpha, s=s, beta=beta, unit=summary.unit, how=solved.fit)

    @classmethod
    def fit_strict(cls, summary: Summary, /, *, start: Self | None = None) -> Self:
        """The same as `fit`, for programs that must not go on with a doubtful model.

        Raises:
            FitFailed: The search did not converge or a parameter ran to a boundary.
            InvalidFigure: There are no customers.
        """
        return cls.fit(summary, start=start).strictly()

    def log_likelihood(self, summary: Summary, /) -> float:
        """The log-likelihood of the customers under these parameters."""
        layout = Layout.of(self._known(summary))
        scaled = np.array([[self.r, self.alpha / layout.scale, self.s, self.beta / layout.scale]])
        value, _ = ParetoLikelihood.of(layout)(scaled)
        return float(value - layout.purchases * np.log(layout.scale))

    def _log_odds(self, x: FloatArray, recency: FloatArray, age: FloatArray) -> FloatArray:
        """The logarithm of the odds of having left; minus infinity at the last purchase."""
        odds = np.full(len(x), -np.inf)
        some = age > recency
        if some.any():
            parameters = np.tile([self.r, self.alpha, self.s, self.beta], (int(some.sum()), 1))
            odds[some] = gone(parameters, x[some], recency[some], age[some]).log_odds
        return odds

    def _alive(self, known: Summary) -> FloatArray:
        return logistic(-self._log_odds(known.frequency, known.recency, known.age))

    def _staying(self, pair: Summary, t: float) -> FloatArray:
        answer: FloatArray = np.exp(-self.s * np.log1p(t / (self.beta + pair.age)))
        return answer

    def _coming(self, pair: Summary, t: float | FloatArray) -> FloatArray:
        shape, rate = self.r + pair.frequency, self.alpha + pair.age
        life = self.beta + pair.age
        grown = np.log1p(t / life)
        less = self.s - 1
        lived = grown if abs(less) < _NEAR_ONE else -np.expm1(-less * grown) / less
        answer: FloatArray = shape / rate * life * lived
        return answer

    def _buying(self, pair: Summary, t: float) -> FloatArray:
        """The chance that the next purchase comes within t and before the customer leaves."""
        return self._next(pair, np.full(len(pair), t))

    def _next(self, pair: Summary, t: FloatArray) -> FloatArray:
        """``integral of E[rate exp(-rate u)] E[exp(-leaving u)] du`` on a logarithmic scale."""
        shape, rate = self.r + pair.frequency, self.alpha + pair.age
        life = self.beta + pair.age
        begin, far = _range(rate, life, (shape, self.s - 1), (self.s, shape + 1), t, 0)
        total = np.zeros(len(pair))
        for node, weight in zip(*_LEGENDRE, strict=True):
            passed = far * (1 + node) / 2
            u = begin * np.expm1(passed)
            log_part = passed - (shape + 1) * np.log1p(u / rate) - self.s * np.log1p(u / life)
            total += weight * np.exp(log_part)
        answer: FloatArray = shape * begin / rate * total * far / 2
        return answer

    def _waiting(self, pair: Summary, chance: float) -> FloatArray:
        def missing(t: FloatArray) -> FloatArray:
            return self._next(pair, t) - chance

        return rises_through_zero(missing, len(pair))

    def _silent(self, known: Summary, level: float) -> FloatArray:
        needed = np.log(1 / level - 1)

        def missing(wait: FloatArray) -> FloatArray:
            age = known.recency + wait
            short: FloatArray = self._log_odds(known.frequency, known.recency, age) - needed
            return short

        return known.recency + rises_through_zero(missing, len(known))

    def _rate(self, pair: Summary, s: FloatArray) -> FloatArray:
        shape, rate = self.r + pair.frequency, self.alpha + pair.age
        answer: FloatArray = shape / rate * np.exp(-self.s * np.log1p(s / (self.beta + pair.age)))
        return answer

    def _pace(self, pair: Summary) -> FloatArray:
        return self.beta + pair.age

    def _making(self, pair: Summary, purchases: int, t: float, wait: float) -> FloatArray:
        """A customer who stays makes so many with a negative binomial chance.

        To one who leaves at a moment in between the same happens up to that moment, which is
        integrated over. Who is still there after a wait has the longer life to show for it.
        """
        n = purchases
        shape, rate = self.r + pair.frequency, self.alpha + pair.age
        life = self.beta + pair.age + wait

        def count(u: FloatArray | float) -> FloatArray:
            if n == 0:
                answer: FloatArray = np.exp(-shape * np.log1p(u / rate))
                return answer
            log_ways = -log_beta(shape, n) - np.log(n)
            with np.errstate(divide="ignore"):  # no time, no purchase: exp(-inf)
                log_bought = n * np.log(u / (rate + u))
            ways: FloatArray = np.exp(log_ways - shape * np.log1p(u / rate) + log_bought)
            return ways

        begin, far = _range(
            rate, life, (shape - 1, self.s), (self.s + 1, shape), np.full(len(pair), t), n
        )
        total = np.zeros(len(pair))
        for node, weight in zip(*_LEGENDRE, strict=True):
            passed = far * (1 + node) / 2
            u = begin * np.expm1(passed)
            total += weight * count(u) * np.exp(passed - (self.s + 1) * np.log1p(u / life))
        stays = np.exp(-self.s * np.log1p(t / life)) * count(t)
        making: FloatArray = stays + total * far / 2 * begin * self.s / life
        return self._there(pair, wait) * making

    def draw(
        self, generator: np.random.Generator, lengths: FloatArray, /
    ) -> tuple[IntArray, FloatArray]:
        """Repeat purchases of new customers, each watched for so long."""
        rate = generator.gamma(self.r, 1 / self.alpha, len(lengths))
        leaving = generator.gamma(self.s, 1 / self.beta, len(lengths))
        tiny = np.finfo(float).tiny
        life = generator.exponential(1, len(lengths)) / np.maximum(leaving, tiny)
        until = np.minimum(life, lengths)
        counts = generator.poisson(rate * until)
        who = np.repeat(np.arange(len(lengths)), counts)
        return who, generator.random(len(who)) * until[who]


def _range(
    rate: FloatArray,
    life: FloatArray,
    slow: tuple[FloatArray | float, FloatArray | float],
    fast: tuple[FloatArray | float, FloatArray | float],
    t: FloatArray,
    n: int,
    /,
) -> tuple[FloatArray, FloatArray]:
    """Where an integral over the time ahead begins on a logarithmic scale, and how far it goes.

    On w = ln(1 + u / begin) the integrand rises at most like w^n, falls at least like exp(-fall w)
    and is smooth; no more of it is looked at than counts.

    Args:
        rate: alpha + T.
        life: beta + T.
        slow: How it falls by itself: where the rate is the smaller, and where it is not.
        fast: How it falls with the other one, alike.
        t: The end.
        n: How it rises.
    """
    low = rate <= life
    begin, other = np.minimum(rate, life), np.maximum(rate, life)
    fall = np.where(low, slow[0], slow[1]) + np.where(low, fast[0], fast[1]) * begin / other
    return begin, np.minimum(np.log1p(t / begin), (_DECADES + 4 * n) / np.maximum(fall, _SLOWEST))


def pareto_starts(layout: Layout, /) -> list[FloatArray]:
    """Log-parameters to begin at: three mixtures of rates around the customers' mean one."""
    pace = max(layout.purchases, 1e-3) / max(float(layout.weight @ layout.age), 1e-9)
    starts = [(0.5, 0.5, 0.5), (2.0, 1.5, 0.3), (0.1, 0.1, 1.0)]
    return [np.log([r, r / pace / 2, s, beta]) for r, s, beta in starts]
