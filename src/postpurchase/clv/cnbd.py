"""BG/CNBD-k and MBG/CNBD-k: buyers who come regularly, in gaps of k stages.

Source: Platzer and Reutterer, "Ticking away the moments: timing regularity helps to better predict
customer activity" (Marketing Science 35, 2016), and the models' write-up beside it. Expected
purchases are summed exactly here, stage by stage, where that write-up approximates.
"""

from collections.abc import Callable, Iterable, Mapping
from math import lgamma
from typing import ClassVar, Self

import numpy as np
from attrs import evolve, field, frozen

from postpurchase.clv.arrays import FloatArray, IntArray, distinct
from postpurchase.clv.bgnbd import GEOMETRIC_MEANINGS, GEOMETRIC_NAMES, Gaps, geometric_starts
from postpurchase.clv.erlang import ErlangLikelihood, Stages
from postpurchase.clv.fitting import Problem, solve
from postpurchase.clv.functions import beta_share, log_beta, log_gamma, logistic
from postpurchase.clv.halving import rises_through_zero
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import Fit, number, positive
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.special import discounted_stays
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Unit
from postpurchase.errors import InvalidFigure

_NOTHING = 1e-16
_AT_ONCE = 16
_EXACT = 2048
_MOST = 1e15
_LEGENDRE = np.polynomial.legendre.leggauss(48)
_PANELS = 8
_PANEL = np.polynomial.legendre.leggauss(8)
_RATES = 121
_FAR = 40.0
_STAGES = 200_000
_UNSEEN = 1e-12


@frozen(kw_only=True)
class RegularModel(RepeatModel):
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
        """Refuse less than one stage, and a part of one."""
        if self.k < 1 or self.k != int(self.k):
            raise InvalidFigure(name="k", need="1 stage or more, a whole number", got=self.k)

    @classmethod
    def fit(
        cls,
        summary: Summary,
        /,
        *,
        log_gaps: FloatArray,
        stages: Iterable[int] = range(1, 7),
        start: Self | None = None,
    ) -> Self:
        """The parameters of greatest likelihood, and the number of stages with the greatest one.

        Args:
            summary: The customers.
            log_gaps: For each, the sum of the logarithms of the gaps between purchases, in the
                summary's unit; 0 without a repeat purchase.
            stages: The numbers of stages to try.
            start: A model to begin at, such as last month's.

        Raises:
            InvalidFigure: There are no customers, no stages, or not one sum of gaps for each.
        """
        layout = Layout.of(summary)
        fitted = [cls._fit(k, layout, summary, log_gaps, start) for k in stages]
        if not fitted:
            raise InvalidFigure(name="stages", need="one number or more to try", got=0)
        return max(fitted, key=_fitted_likelihood)

    @classmethod
    def fit_strict(
        cls,
        summary: Summary,
        /,
        *,
        log_gaps: FloatArray,
        stages: Iterable[int] = range(1, 7),
        start: Self | None = None,
    ) -> Self:
        """The same as `fit`, for programs that must not go on with a doubtful model.

        Raises:
            FitFailed: The search did not converge or a parameter ran to a boundary.
            InvalidFigure: As `fit`.
        """
        return cls.fit(summary, log_gaps=log_gaps, stages=stages, start=start).strictly()

    @classmethod
    def _fit(
        cls,
        k: int,
        layout: Layout,
        summary: Summary,
        log_gaps: FloatArray,
        start: Self | None,
    ) -> Self:
        problem = Problem(
            names=cls.names,
            timed=(1,),
            meanings=GEOMETRIC_MEANINGS,
            likelihood=lambda laid: ErlangLikelihood(laid, k, cls.first),
        )
        slower = np.log([1.0, 1.0 / k, 1.0, 1.0])
        starts = [each + slower for each in geometric_starts(layout)]
        if start is not None:
            mine = start.within(summary.unit)
            starts.insert(0, mine.theta + np.log([1, mine.k / k / layout.scale, 1, 1]))
        solved = solve(problem, layout, starts)
        r, alpha, a, b = map(float, np.exp(solved.theta))
        model = cls(r=r, alpha=alpha, a=a, b=b, k=k, unit=summary.unit)
        value = model.log_likelihood(summary, log_gaps=log_gaps)
        return model._with({"how": evolve(solved.fit, log_likelihood=value)})

    def log_likelihood(self, summary: Summary, /, *, log_gaps: FloatArray) -> float:
        """The log-likelihood of the customers under these parameters.

        Args:
            summary: The customers.
            log_gaps: As for `fit`.

        Raises:
            InvalidFigure: There is not one sum of gaps for each customer.
        """
        if len(log_gaps) != len(summary) or not np.isfinite(log_gaps).all():
            need = f"{len(summary)} finite sums"
            raise InvalidFigure(name="log_gaps", need=need, got=len(log_gaps))
        scale = np.log(summary.unit.days / self.unit.days)
        layout = Layout.of(self._known(summary))
        scaled = np.array([[self.r, self.alpha / layout.scale, self.a, self.b]])
        value, _ = ErlangLikelihood(layout, self.k, self.first)(scaled)
        gaps = float(summary.weight @ (np.asarray(log_gaps) + summary.frequency * scale))
        value += (self.k - 1) * (gaps - layout.purchases * np.log(layout.scale))
        return float(value - layout.purchases * (np.log(layout.scale) + lgamma(self.k)))

    def _by_state(self, known: Summary, answer: Callable[[Summary], FloatArray]) -> FloatArray:
        """How long a customer has waited tells how far the next purchase has come."""
        first, inverse = distinct((known.frequency, known.recency, known.age))
        return answer(known.take(first))[inverse]

    def _stages(self, known: Summary) -> Stages:
        full = np.ones(len(known))
        customer = (known.frequency, known.recency, known.age)
        return Stages.of(self.k, full * self.r, full * self.alpha, customer)

    def _log_odds(self, known: Summary) -> FloatArray:
        """The logarithm of the odds of having left; minus infinity without a chance to leave."""
        m, shape = known.frequency + self.first, self.r + self.k * known.frequency
        spent = np.maximum(self.b + m - 1, np.finfo(float).tiny)
        odds = (
            np.log(self.a)
            - np.log(spent)
            + log_gamma(shape)
            - shape * np.log(self.alpha + known.recency)
            - self._stages(known).log_total
        )
        answer: FloatArray = np.where(m > 0, odds, -np.inf)
        return answer

    def _alive(self, known: Summary) -> FloatArray:
        return logistic(-self._log_odds(known))

    def _kept(self, b: FloatArray, purchases: FloatArray) -> FloatArray:
        """The probability of not having left after so many more purchases: a row for each b."""
        more = b[:, None] + purchases[None]
        answer: FloatArray = np.exp(log_beta(self.a, more) - log_beta(self.a, b)[:, None])
        return answer

    def _ahead(self, pair: Summary, t: float | FloatArray) -> tuple[Stages, FloatArray, FloatArray]:
        """The stages, ``t / (alpha + T + t)``, and the second shape of the chance of leaving."""
        z = np.broadcast_to(t / (self.alpha + pair.age + t), (len(pair),))
        return self._stages(pair), z, self.b + pair.frequency + self.first

    def _purchases(
        self, pair: Summary, t: float | FloatArray, factor: Callable[[FloatArray], FloatArray]
    ) -> FloatArray:
        """The sum over n of a factor of ``b + n`` times the chance of an n-th purchase.

        Exact up to 2048 purchases, or until nothing is added; what is left is smooth in n, and
        integrated over one doubling of n after the other.
        """
        stages, z, b = self._ahead(pair, t)
        total, left = np.zeros(len(pair)), np.arange(len(pair))
        for n, weight in _numbers():
            some = Stages(stages.log_total[left], stages.share[left], stages.shape[left])
            kept = self._kept(b[left], n - 1)
            more = kept * some.reach(n, z[left]) * factor(b[left, None] + n)
            total[left] += more @ weight
            left = left[more[:, -1] * n[-1] > _NOTHING * (1 + total[left])]
            if not len(left):
                break
        return total

    def _coming(self, pair: Summary, t: float | FloatArray) -> FloatArray:
        return self._purchases(pair, t, np.ones_like)

    def _staying(self, pair: Summary, t: float) -> FloatArray:
        """One less the chances of leaving after the n-th purchase, for every n."""
        left = self._purchases(pair, t, lambda more: self.a / (self.a + more - 1))
        answer: FloatArray = np.clip(1 - left, 0, 1)
        return answer

    def _reaching(self, pair: Summary, t: float | FloatArray, purchases: int) -> FloatArray:
        stages, z, b = self._ahead(pair, t)
        n = np.array([float(purchases)])
        answer: FloatArray = (self._kept(b, n - 1) * stages.reach(n, z))[:, 0]
        return answer

    def _buying(self, pair: Summary, t: float) -> FloatArray:
        return self._reaching(pair, t, 1)

    def _making(self, pair: Summary, purchases: int, t: float, wait: float) -> FloatArray:
        if wait:
            return self._making_later(pair, purchases, t, wait)
        most = self._reaching(pair, t, purchases) if purchases else np.ones(len(pair))
        answer: FloatArray = np.maximum(most - self._reaching(pair, t, purchases + 1), 0)
        return answer

    def _making_later(self, pair: Summary, purchases: int, t: float, wait: float) -> FloatArray:
        """Summed over how many stages pass in the wait: negative binomial, as long as it counts.

        After each number of them the customer stands in a stage, has made some purchases and has
        stayed through those; the rate is the likelier a fast one, the more stages passed.
        """
        stages, _, b = self._ahead(pair, t)
        until = (self.alpha + pair.age)[:, None]
        z = t / (until + wait + t)
        total = np.zeros(len(pair))
        for before in range(self.k):
            shape, seen = stages.shape[:, before, None], np.zeros(len(pair))
            for m in _blocks():
                log_ways = log_gamma(shape + m) - log_gamma(shape) - log_gamma(m + 1)
                log_ways += m * np.log(wait / (until + wait)) - shape * np.log1p(wait / until)
                bought, stage = np.divmod(before + m, self.k)
                more = self._kept(b, bought + purchases) * beta_share(
                    self.k * (purchases + 1) - stage, shape + m, z
                )
                least = (
                    self._kept(b, bought + purchases - 1)
                    * beta_share(self.k * purchases - stage, shape + m, z)
                    if purchases
                    else self._kept(b, bought)
                )
                ways = np.exp(log_ways)
                total += stages.share[:, before] * (ways * (least - more)).sum(axis=1)
                seen += ways.sum(axis=1)
                if (seen >= 1 - _UNSEEN).all():
                    break
            else:
                need = f"a wait in which fewer than {_STAGES:,} stages are sure to pass"
                raise InvalidFigure(name="after", need=need, got=wait)
        answer: FloatArray = np.clip(total, 0, 1)
        return answer

    def _waiting(self, pair: Summary, chance: float) -> FloatArray:
        return rises_through_zero(lambda t: self._reaching(pair, t, 1) - chance, len(pair))

    def _silent(self, known: Summary, level: float) -> FloatArray:
        needed = np.log(1 / level - 1)

        def missing(wait: FloatArray) -> FloatArray:
            odds: FloatArray = self._log_odds(evolve(known, age=known.recency + wait)) - needed
            return odds

        return known.recency + rises_through_zero(missing, len(known))

    def _until(self, pair: Summary, t: float, delta: float) -> FloatArray:
        """By parts: what is bought until t at its discount, and the interest on what came before.

        Purchases of regular buyers come in waves, but their sum is smooth enough to integrate.
        """
        end: FloatArray = np.exp(-delta * t) * self._coming(pair, t)
        if not delta:
            return end
        scale = self.alpha + pair.age
        reach = np.log1p(t / scale)
        total = np.zeros(len(pair))
        for node, weight in zip(*_LEGENDRE, strict=True):
            s = scale * np.expm1(reach * (1 + node) / 2)
            total += weight * (s + scale) * np.exp(-delta * s) * self._coming(pair, s)
        answer: FloatArray = end + delta * total * reach / 2
        return answer

    def _for_ever(self, pair: Summary, delta: float) -> FloatArray:
        """Over the rate of stages: each is worth ``rate / (rate + delta)`` of the one before."""
        stages, until = self._stages(pair), self.alpha + pair.age
        b = np.repeat(self.b + pair.frequency + self.first, _RATES)
        total = np.zeros(len(pair))
        for stage in range(self.k):
            shape = stages.shape[:, stage]
            wide = _FAR / shape + np.sqrt(2 * _FAR / shape)
            low = np.maximum(np.log(shape) - wide, np.log(delta * until) - _FAR)
            high = np.maximum(np.log(shape + 12 * np.sqrt(shape) + _FAR), low)
            step = (high - low) / (_RATES - 1)
            v = low[:, None] + step[:, None] * np.arange(_RATES)
            density = np.exp(shape[:, None] * v - np.exp(v) - log_gamma(shape)[:, None])
            log_worth = -np.log1p(delta * until[:, None] * np.exp(-v))
            later = discounted_stays(np.full(len(b), self.a), b, np.exp(self.k * log_worth).ravel())
            worth = np.exp((self.k - stage) * log_worth) * later.reshape(v.shape)
            total += stages.share[:, stage] * step * (density * worth).sum(axis=1)
        return total

    def draw(
        self, generator: np.random.Generator, lengths: FloatArray, /
    ) -> tuple[IntArray, FloatArray]:
        """Repeat purchases of new customers, each watched for so long."""
        rate = generator.gamma(self.r, 1 / self.alpha, len(lengths))
        leaving = generator.beta(self.a, self.b, len(lengths))

        def gap(scale: float, size: int) -> FloatArray:
            return generator.gamma(self.k, scale, size)

        return Gaps(gap, rate, leaving, self.first).until(lengths, generator)

    def _plain(self) -> dict[str, object]:
        return {**self.parameters, "k": self.k}

    @classmethod
    def _restored(cls, data: Mapping[str, object], unit: Unit, how: Fit | None) -> Self:
        values = {name: number(data, name) for name in (*cls.names, "k")}
        if len(values) != len(data):
            raise KeyError(*(set(data) - set(values)))
        stages = values.pop("k")
        if stages != int(stages):
            raise InvalidFigure(name="k", need="a whole number", got=stages)
        return cls(k=int(stages), unit=unit, how=how, **values)


def _blocks() -> Iterable[FloatArray]:
    """All numbers of stages that may pass, some at once."""
    for first in range(0, _STAGES, _AT_ONCE * 8):
        yield np.arange(first, first + _AT_ONCE * 8, dtype=np.float64)


def _numbers() -> Iterable[tuple[FloatArray, FloatArray]]:
    """Numbers of purchases and how many of them each stands for: all, later ever fewer."""
    for n in range(1, _EXACT, _AT_ONCE):
        yield np.arange(n, n + _AT_ONCE, dtype=np.float64), np.ones(_AT_ONCE)
    nodes, weights = _PANEL
    low = _EXACT + 0.5
    while low < _MOST:
        wide = low / _PANELS
        yield low + wide * (1 + nodes) / 2, weights * wide / 2
        low += wide


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
