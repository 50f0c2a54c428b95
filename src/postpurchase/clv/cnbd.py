"""BG/CNBD-k and MBG/CNBD-k: buyers who come regularly, in gaps of k stages.

Source: Platzer and Reutterer, "Ticking away the moments: timing regularity helps to better predict
customer activity" (Marketing Science 35, 2016), and the models' write-up beside it. Expected
purchases are summed exactly here, stage by stage, where that write-up approximates.
"""

from collections.abc import Iterable, Mapping
from math import lgamma
from typing import ClassVar, Self

import numpy as np
from attrs import field, frozen

from postpurchase.clv.arrays import FloatArray, IntArray, sums
from postpurchase.clv.bgnbd import GEOMETRIC_MEANINGS, GEOMETRIC_NAMES, geometric_starts
from postpurchase.clv.fitting import Problem, solve
from postpurchase.clv.functions import beta_share, digamma, log_beta, log_gamma, logistic
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import Fit, Model, number, positive
from postpurchase.clv.repeat import newcomer
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Horizon, Unit, horizon_in
from postpurchase.errors import InvalidFigure

_NOTHING = 1e-16


@frozen(eq=False)
class _Stages:
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


@frozen(eq=False)
class _Likelihood:
    """The log-likelihood of r, alpha, a, b; without what the gaps alone add."""

    layout: Layout
    k: int
    first: int

    def __call__(self, parameters: FloatArray, /) -> tuple[float, FloatArray]:
        laid, group = self.layout, self.layout.group
        r, alpha, a, b = parameters[group].T
        x, m = laid.x, laid.x + self.first
        stages = _Stages.of(self.k, r, alpha, (x, laid.recency, laid.age))
        shape, last = r + self.k * x, alpha + laid.recency
        spent = np.maximum(b + m - 1, np.finfo(float).tiny)
        with np.errstate(divide="ignore"):
            log_gone = np.where(m > 0, np.log(a / spent), -np.inf)
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


@frozen(kw_only=True)
class RegularModel(Model):
    """What BG/CNBD-k and MBG/CNBD-k have in common; fit one of those.

    Args:
        r: Shape of the gamma distribution of the rates of stages.
        alpha: Its rate, a length of time in the model's unit.
        a: First shape of the beta distribution of the probability of leaving after a purchase.
        b: Its second shape.
        k: How many stages lie between two purchases: 1 is random, more is more regular.
    """

    names: ClassVar[tuple[str, ...]] = GEOMETRIC_NAMES
    timed: ClassVar[tuple[str, ...]] = ("alpha",)
    first: ClassVar[int]

    r: float = field(validator=positive)
    alpha: float = field(validator=positive)
    a: float = field(validator=positive)
    b: float = field(validator=positive)
    k: int

    def __attrs_post_init__(self) -> None:
        """Refuse less than one stage."""
        if self.k < 1:
            raise InvalidFigure(name="k", need="1 stage or more", got=self.k)

    @classmethod
    def fit(
        cls, summary: Summary, /, *, log_gaps: FloatArray, stages: Iterable[int] = range(1, 7)
    ) -> Self:
        """The parameters of greatest likelihood, and the number of stages with the greatest one.

        Args:
            summary: The customers.
            log_gaps: For each, the sum of the logarithms of the gaps between purchases, in the
                summary's unit; 0 without a repeat purchase.
            stages: The numbers of stages to try.

        Raises:
            InvalidFigure: There are no customers, no stages, or not one sum of gaps for each.
        """
        layout = Layout.of(summary)
        fitted = [cls._fit(k, layout, summary, log_gaps) for k in stages]
        if not fitted:
            raise InvalidFigure(name="stages", need="one number or more to try", got=0)
        return max(fitted, key=_fitted_likelihood)

    @classmethod
    def _fit(cls, k: int, layout: Layout, summary: Summary, log_gaps: FloatArray) -> Self:
        problem = Problem(
            names=cls.names,
            timed=(1,),
            meanings=GEOMETRIC_MEANINGS,
            likelihood=lambda laid: _Likelihood(laid, k, cls.first),
        )
        slower = np.log([1.0, 1.0 / k, 1.0, 1.0])
        solved = solve(problem, layout, [start + slower for start in geometric_starts(layout)])
        r, alpha, a, b = map(float, np.exp(solved.theta))
        model = cls(r=r, alpha=alpha, a=a, b=b, k=k, unit=summary.unit)
        how = solved.fit
        found = Fit(
            log_likelihood=model.log_likelihood(summary, log_gaps=log_gaps),
            customers=how.customers,
            covariance=how.covariance,
            converged=how.converged,
            boundary=how.boundary,
            warnings=how.warnings,
        )
        return cls(r=r, alpha=alpha, a=a, b=b, k=k, unit=summary.unit, how=found)

    def log_likelihood(self, summary: Summary, /, *, log_gaps: FloatArray) -> float:
        """The log-likelihood of the customers under these parameters.

        Args:
            summary: The customers.
            log_gaps: As for `fit`.

        Raises:
            InvalidFigure: There is not one sum of gaps for each customer.
        """
        if len(log_gaps) != len(summary):
            raise InvalidFigure(name="log_gaps", need=f"{len(summary)} sums", got=len(log_gaps))
        scale = np.log(summary.unit.days / self.unit.days)
        layout = Layout.of(summary if summary.unit is self.unit else summary.within(self.unit))
        scaled = np.array([[self.r, self.alpha / layout.scale, self.a, self.b]])
        value, _ = _Likelihood(layout, self.k, self.first)(scaled)
        gaps = float(summary.weight @ (np.asarray(log_gaps) + summary.frequency * scale))
        value += (self.k - 1) * (gaps - layout.purchases * np.log(layout.scale))
        return float(value - layout.purchases * (np.log(layout.scale) + lgamma(self.k)))

    def _known(self, summary: Summary) -> Summary:
        return summary if summary.unit is self.unit else summary.within(self.unit)

    def _stages(self, known: Summary) -> _Stages:
        full = np.ones(len(known))
        customer = (known.frequency, known.recency, known.age)
        return _Stages.of(self.k, full * self.r, full * self.alpha, customer)

    def alive(self, summary: Summary, /) -> FloatArray:
        """The probability that each customer has not left by the date of the summary."""
        known = self._known(summary)
        m, shape = known.frequency + self.first, self.r + self.k * known.frequency
        spent = np.maximum(self.b + m - 1, np.finfo(float).tiny)
        odds = (
            np.log(self.a / spent)
            + log_gamma(shape)
            - shape * np.log(self.alpha + known.recency)
            - self._stages(known).log_total
        )
        answer: FloatArray = np.where(m > 0, logistic(-odds), 1.0)
        return answer

    def buys_within(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The probability that each customer buys at least once within the horizon."""
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self.alive(known) * self._reach(known, self._stages(known), t, 1)

    def _reach(self, known: Summary, stages: _Stages, t: float, purchases: int) -> FloatArray:
        """Of a customer who stays: the probability of so many purchases or more within t."""
        z = t / (self.alpha + known.age + t)
        needed = np.arange(purchases * self.k, (purchases - 1) * self.k, -1, dtype=np.float64)
        answer: FloatArray = (stages.share * beta_share(needed, stages.shape, z[:, None])).sum(
            axis=1
        )
        return answer

    def purchases(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The expected number of purchases of each customer within the horizon.

        The chance of an n-th purchase, times that of not having left after one of those before it,
        summed over n until nothing is added.
        """
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        stages, total = self._stages(known), np.zeros(len(known))
        kept, b = np.ones(len(known)), self.b + known.frequency + self.first
        n = 1
        while True:
            more = kept * self._reach(known, stages, t, n)
            total += more
            if (more <= _NOTHING * (1 + total)).all():
                break
            kept = kept * (b + n - 1) / (self.a + b + n - 1)
            n += 1
        return self.alive(known) * total

    def new(self, horizon: Horizon, /) -> float:
        """The expected number of repeat purchases of a new customer within the horizon."""
        return float(self.purchases(newcomer(self.unit), horizon)[0])

    def _plain(self) -> dict[str, object]:
        return {**self.parameters, "k": self.k}

    @classmethod
    def _restored(cls, data: Mapping[str, object], unit: Unit, how: Fit | None) -> Self:
        rest = dict(data)
        k = number(rest, "k")
        values = {name: number(rest, name) for name in cls.names}
        return cls(k=int(k), unit=unit, how=how, **values)


def _fitted_likelihood(model: RegularModel) -> float:
    return -np.inf if model.how is None else model.how.log_likelihood


@frozen(kw_only=True)
class BGCNBD(RegularModel):
    """BG/CNBD-k: regular buyers who may leave after each repeat purchase."""

    title = "BG/CNBD-k"
    first = 0


@frozen(kw_only=True)
class MBGCNBD(RegularModel):
    """MBG/CNBD-k: regular buyers who may leave after each purchase, the first one too."""

    title = "MBG/CNBD-k"
    first = 1


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
