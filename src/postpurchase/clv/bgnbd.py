"""BG/NBD and MBG/NBD: buyers at their own rate, who may leave after each purchase."""

from collections.abc import Callable
from typing import ClassVar, Self

import numpy as np
from attrs import field, frozen

from postpurchase.clv.arrays import FloatArray, IntArray
from postpurchase.clv.fitting import Problem, solve
from postpurchase.clv.flow import FlowModel
from postpurchase.clv.functions import beta_share, log_beta, log_gamma, logistic
from postpurchase.clv.geometric import GeometricLikelihood
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import positive
from postpurchase.clv.special import beta_mean, purchases_while_alive, survival
from postpurchase.clv.summary import Summary

GEOMETRIC_NAMES = ("r", "alpha", "a", "b")

GEOMETRIC_MEANINGS = {
    ("r", "0"): "hardly anybody bought again",
    ("r", "infinity"): "all customers buy at one rate",
    ("alpha", "0"): "hardly anybody bought again",
    ("alpha", "infinity"): "all customers buy at one rate, or nobody bought again",
    ("a", "0"): "no churn seen",
    ("a", "infinity"): "all customers leave with one probability",
    ("b", "0"): "everybody leaves at once, or nobody does",
    ("b", "infinity"): "no churn seen, or all customers leave with one probability",
}
"""What a parameter at the edge says of the customers."""


@frozen(kw_only=True)
class BetaGeometric(FlowModel):
    """What BG/NBD and MBG/NBD have in common; fit one of those.

    Args:
        r: Shape of the gamma distribution of purchase rates.
        alpha: Its rate, a length of time in the model's unit.
        a: First shape of the beta distribution of the probability of leaving after a purchase.
        b: Its second shape.
    """

    names: ClassVar[tuple[str, ...]] = GEOMETRIC_NAMES
    timed: ClassVar[tuple[str, ...]] = ("alpha",)
    first: ClassVar[int]

    r: float = field(validator=positive)
    alpha: float = field(validator=positive)
    a: float = field(validator=positive)
    b: float = field(validator=positive)

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
        starts = geometric_starts(layout)
        if start is not None:
            theta = start.within(summary.unit).theta - np.log([1, layout.scale, 1, 1])
            starts = [theta, *starts]
        problem = Problem(
            names=cls.names,
            timed=(1,),
            meanings=GEOMETRIC_MEANINGS,
            likelihood=lambda laid: GeometricLikelihood.of(laid, first=cls.first),
        )
        solved = solve(problem, layout, starts)
        r, alpha, a, b = map(float, np.exp(solved.theta))
        return cls(r=r, alpha=alpha, a=a, b=b, unit=summary.unit, how=solved.fit)

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
        scaled = np.array([[self.r, self.alpha / layout.scale, self.a, self.b]])
        value, _ = GeometricLikelihood.of(layout, first=self.first)(scaled)
        return float(value - layout.purchases * np.log(layout.scale))

    def _alive(self, known: Summary) -> FloatArray:
        chances = known.frequency + self.first
        gone = np.log(self.a) - np.log(np.maximum(self.b + chances - 1, np.finfo(float).tiny))
        waited = np.log((self.alpha + known.age) / (self.alpha + known.recency))
        odds = gone + (self.r + known.frequency) * waited
        answer: FloatArray = np.where(chances > 0, logistic(-odds), 1.0)
        return answer

    def _state(self, pair: Summary) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Of those who stayed: rate ~ Gamma(first, second), leaving ~ Beta(a, third)."""
        x = pair.frequency
        return self.r + x, self.alpha + pair.age, self.b + x + self.first

    def _staying(self, pair: Summary, t: float) -> FloatArray:
        shape, rate, b = self._state(pair)
        return survival(shape, self.a, b, t / rate)

    def _coming(self, pair: Summary, t: float | FloatArray) -> FloatArray:
        shape, rate, b = self._state(pair)
        return purchases_while_alive(shape, self.a, b, t / rate)

    def _buying(self, pair: Summary, t: float) -> FloatArray:
        shape, rate, _ = self._state(pair)
        answer: FloatArray = -np.expm1(-shape * np.log1p(t / rate))
        return answer

    def _waiting(self, pair: Summary, chance: float) -> FloatArray:
        shape, rate, _ = self._state(pair)
        with np.errstate(over="ignore"):
            answer: FloatArray = rate * np.expm1(-np.log1p(-chance) / shape)
        return answer

    def _silent(self, known: Summary, level: float) -> FloatArray:
        chances = known.frequency + self.first
        left = np.maximum(self.b + chances - 1, np.finfo(float).tiny) / self.a
        with np.errstate(over="ignore"):
            grown = np.exp(np.log(left * (1 / level - 1)) / (self.r + known.frequency))
            age = (self.alpha + known.recency) * grown - self.alpha
        answer: FloatArray = np.where(chances > 0, age, np.inf)
        return answer

    def _rate(self, pair: Summary, s: FloatArray) -> FloatArray:
        shape, rate, b = self._state(pair)
        answer: FloatArray = shape / rate * survival(shape + 1, self.a, b, s / rate)
        return answer

    def _pace(self, pair: Summary) -> FloatArray:
        return self.alpha + pair.age

    def _making(self, pair: Summary, purchases: int, t: float, wait: float) -> FloatArray:
        """Equation 8 of Fader, Hardie and Lee (2005), with the parameters of who is there now.

        With a wait, the customer's probability of leaving tells how likely they are still there
        then, so it is integrated over.
        """
        n = purchases
        shape, rate, b = self._state(pair)
        y, z = wait / rate, t / rate
        log_ways = log_gamma(shape + n) - log_gamma(shape) - log_gamma(n + 1) + n * np.log(z)
        log_stays = log_beta(self.a, b + n) - log_beta(self.a, b) + log_ways
        staying: FloatArray = np.exp(log_stays - (shape + n) * np.log1p(z))
        staying = staying * survival(shape + n, self.a, b + n, y / (1 + z))
        if not n:
            return staying
        last = np.exp(log_beta(self.a + 1, b + n - 1) - log_beta(self.a, b))
        if not wait:
            return staying + last * beta_share(n, shape, z / (1 + z))
        some, later, within = shape[:, None], y[:, None], z[:, None]
        leaving = beta_mean(
            lambda p: (
                np.exp(-some * np.log1p(p * later))
                * beta_share(n, some, within / (1 + p * later + within))
            ),
            np.full(len(pair), self.a + 1),
            b + n - 1,
            shape * y,
        )
        return staying + last * leaving

    def draw(
        self, generator: np.random.Generator, lengths: FloatArray, /
    ) -> tuple[IntArray, FloatArray]:
        """Repeat purchases of new customers, each watched for so long."""
        rate = generator.gamma(self.r, 1 / self.alpha, len(lengths))
        leaving = generator.beta(self.a, self.b, len(lengths))
        gaps = Gaps(generator.exponential, rate, leaving, self.first)
        return gaps.until(lengths, generator)


@frozen(eq=False)
class Gaps:
    """Customers who may leave after each purchase, and how they draw the time to the next one.

    Args:
        gap: Draws so many gaps, of scale 1 and of a size.
        rate: How fast each customer buys.
        leaving: With which probability each leaves after a purchase.
        first: Whether (1) or not (0) the first purchase may be the last.
    """

    gap: Callable[[float, int], FloatArray]
    rate: FloatArray
    leaving: FloatArray
    first: int

    def until(
        self, lengths: FloatArray, generator: np.random.Generator, /
    ) -> tuple[IntArray, FloatArray]:
        """Whose purchase each is, and when, of customers watched for so long."""
        here = np.arange(len(lengths))
        if self.first:
            here = here[generator.random(len(here)) >= self.leaving]
        time = np.zeros(len(lengths))
        who, when = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        while len(here):
            pace = np.maximum(self.rate[here], np.finfo(float).tiny)
            time[here] += self.gap(1, len(here)) / pace
            here = here[time[here] <= lengths[here]]
            who.append(here)
            when.append(time[here])
            here = here[generator.random(len(here)) >= self.leaving[here]]
        return np.concatenate(who), np.concatenate(when)


def geometric_starts(layout: Layout, /) -> list[FloatArray]:
    """Log-parameters to begin at: three mixtures of rates around the customers' mean one."""
    pace = max(layout.purchases, 1e-3) / max(float(layout.weight @ layout.age), 1e-9)
    starts = [(0.5, 1.0, 3.0), (2.0, 0.3, 3.0), (0.1, 1.0, 1.0)]
    return [np.log([r, r / pace, a, b]) for r, a, b in starts]


@frozen(kw_only=True)
class BGNBD(BetaGeometric):
    """BG/NBD: after each repeat purchase a customer may leave (Fader, Hardie and Lee 2005).

    A customer who bought once has had no chance to leave, so `alive` is 1 for every one-time
    buyer, however long ago that was. Where that is wrong (it is wrong in most shops), use
    `MBGNBD`, which this library recommends unless there is a reason not to.
    """

    title = "BG/NBD"
    first = 0


@frozen(kw_only=True)
class MBGNBD(BetaGeometric):
    """MBG/NBD: the first purchase too may be the last (Batislam, Denizel, Filiztekin 2007).

    The default of this library: unlike BG/NBD it lets one-time buyers fade.
    """

    title = "MBG/NBD"
    first = 1
