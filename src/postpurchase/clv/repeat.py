"""What a model of repeat buying answers about customers."""

from abc import abstractmethod
from collections.abc import Callable

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, distinct
from postpurchase.clv.model import Model
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Horizon, Unit, force_of_interest, horizon_in
from postpurchase.errors import InvalidFigure

_LEGENDRE = np.polynomial.legendre.leggauss(24)
_LEFT, _GRAIN, _DECAYED = -4.5, 0.1, 45.0


@frozen(kw_only=True)
class RepeatModel(Model):
    """A model of when customers buy again and when they leave.

    Every answer has one number for each row of the summary. A horizon is a number in the model's
    unit, a `Span` or a timedelta.
    """

    def _known(self, summary: Summary) -> Summary:
        return summary if summary.unit is self.unit else summary.within(self.unit)

    def alive(self, summary: Summary, /) -> FloatArray:
        """The probability that each customer has not left by the date of the summary."""
        return self._alive(self._known(summary))

    def alive_after(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The probability that each customer has still not left a horizon later.

        Nothing is assumed about purchases in between: it is today's forecast.
        """
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self._alive(known) * _by_pair(known, lambda pair: self._staying(pair, t))

    def purchases(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The expected number of purchases of each customer within the horizon."""
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self._alive(known) * _by_pair(known, lambda pair: self._coming(pair, t))

    def buys_within(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The probability that each customer buys at least once within the horizon."""
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self._alive(known) * _by_pair(known, lambda pair: self._buying(pair, t))

    def next_purchase(self, summary: Summary, chance: float = 0.5, /) -> FloatArray:
        """How long until a customer who has not left has bought again with this probability.

        In the model's unit; infinite where the chance of ever buying again is smaller.

        Args:
            summary: The customers, taken as not having left.
            chance: A probability between 0 and 1; the median unless given.

        Raises:
            InvalidFigure: The chance is not between 0 and 1.
        """
        _share("chance", chance)
        return _by_pair(self._known(summary), lambda pair: self._waiting(pair, chance))

    def falls_below(self, summary: Summary, level: float = 0.5, /) -> FloatArray:
        """The age at which the probability of not having left falls to a level, without a purchase.

        Counted from the first purchase in the model's unit, so the date to win a customer back is
        ``first purchase + answer``. It lies in the past where the level is already passed, and is
        infinite where the model never reaches it.

        Args:
            summary: The customers.
            level: A probability between 0 and 1.

        Raises:
            InvalidFigure: The level is not between 0 and 1.
        """
        _share("level", level)
        return self._silent(self._known(summary), level)

    def discounted_purchases(
        self, summary: Summary, horizon: Horizon | None = None, /, *, annual_rate: float
    ) -> FloatArray:
        """The expected purchases of each customer, each discounted from the moment it is made.

        ``integral of exp(-delta s) E[purchase rate at s] ds``, so that no period has to be chosen:
        days and weeks give the same value.

        Args:
            summary: The customers.
            horizon: How far ahead; without one for ever (the papers' DERT).
            annual_rate: The annual effective discount rate: 0.1 for ten per cent.

        Raises:
            InvalidFigure: The rate is negative, or 0 without a horizon.
        """
        known, delta = self._known(summary), force_of_interest(annual_rate, self.unit)
        if horizon is not None:
            t = horizon_in(self.unit, horizon)
            worth = _by_pair(known, lambda pair: self._until(pair, t, delta))
        elif delta > 0:
            worth = _by_pair(known, lambda pair: self._for_ever(pair, delta))
        else:
            need = "above 0 when no horizon is given, for the sum may have no end"
            raise InvalidFigure(name="annual_rate", need=need, got=annual_rate)
        return self._alive(known) * worth

    def _until(self, pair: Summary, t: float, delta: float) -> FloatArray:
        """Gauss-Legendre on the logarithm of the time passed, where the rate is nearly linear."""
        scale = self._pace(pair)
        reach = np.log1p(t / scale)
        total = np.zeros(len(pair))
        for node, weight in zip(*_LEGENDRE, strict=True):
            part = reach * (1 + node) / 2
            s = scale * np.expm1(part)
            total += weight * (s + scale) * np.exp(-delta * s) * self._rate(pair, s)
        answer: FloatArray = total * reach / 2
        return answer

    def _for_ever(self, pair: Summary, delta: float) -> FloatArray:
        """The trapezoid rule after ``s = scale exp(v - exp(-v))``, which decays at both ends."""
        scale = self._pace(pair)
        total = np.zeros(len(pair))
        last = np.log(_DECAYED / (delta * float(scale.min()))) + 1
        for v in np.arange(_LEFT, max(last, 1.0), _GRAIN):
            s = scale * np.exp(v - np.exp(-v))
            total += s * (1 + np.exp(-v)) * np.exp(-delta * s) * self._rate(pair, s)
        return total * _GRAIN

    def new_over(self, horizons: FloatArray, /) -> FloatArray:
        """The expected number of repeat purchases of a new customer within each horizon.

        Args:
            horizons: Lengths of time in the model's unit, 0 or more.
        """
        fresh = newcomer(self.unit).take(np.zeros(len(horizons), dtype=np.int64))
        return self._alive(fresh) * self._coming(fresh, horizons)

    @abstractmethod
    def new(self, horizon: Horizon, /) -> float:
        """The expected number of repeat purchases of a new customer within the horizon."""

    @abstractmethod
    def new_chance(self, purchases: int, horizon: Horizon, /) -> float:
        """The probability that a new customer makes exactly so many repeat purchases."""

    @abstractmethod
    def chance(self, summary: Summary, purchases: int, horizon: Horizon, /) -> FloatArray:
        """The probability that each customer makes exactly so many purchases in the horizon."""

    @abstractmethod
    def draw(
        self, generator: np.random.Generator, lengths: FloatArray, /
    ) -> tuple[IntArray, FloatArray]:
        """Repeat purchases of new customers, each watched for so long.

        Returns:
            The customer's position and the time since the first purchase, for each purchase.
        """

    @abstractmethod
    def _alive(self, known: Summary) -> FloatArray:
        """The probability of not having left, by row."""

    @abstractmethod
    def _staying(self, pair: Summary, t: float) -> FloatArray:
        """Of a customer who is there now: the probability of being there t later."""

    @abstractmethod
    def _coming(self, pair: Summary, t: float | FloatArray) -> FloatArray:
        """Of a customer who is there now: the expected purchases within t, one for all or each."""

    @abstractmethod
    def _buying(self, pair: Summary, t: float) -> FloatArray:
        """Of a customer who is there now: the probability of a purchase within t."""

    @abstractmethod
    def _waiting(self, pair: Summary, chance: float) -> FloatArray:
        """Of a customer who is there now: the quantile of the time to the next purchase."""

    @abstractmethod
    def _silent(self, known: Summary, level: float) -> FloatArray:
        """The age at which the probability of not having left is the level."""

    @abstractmethod
    def _rate(self, pair: Summary, s: FloatArray) -> FloatArray:
        """Of a customer who is there now: the expected purchases per unit of time, s ahead."""

    @abstractmethod
    def _pace(self, pair: Summary) -> FloatArray:
        """The length of time on which that rate changes."""


def _share(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise InvalidFigure(name=name, need="a probability between 0 and 1", got=value)


def newcomer(unit: Unit, /) -> Summary:
    """One customer who has just bought for the first time."""
    return Summary(frequency=[0], recency=[0], age=[0], unit=unit)


def whole(purchases: int, /) -> int:
    """A number of purchases.

    Raises:
        InvalidFigure: It is negative.
    """
    if purchases < 0:
        raise InvalidFigure(name="purchases", need="0 or more", got=purchases)
    return purchases


def _by_pair(known: Summary, answer: Callable[[Summary], FloatArray]) -> FloatArray:
    """Ask once for each distinct frequency and age: of those who stayed, no more is needed."""
    first, inverse = distinct((known.frequency, known.age))
    return answer(known.take(first))[inverse]
