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
        return self._alive(known) * self._by_state(known, lambda pair: self._staying(pair, t))

    def purchases(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The expected number of purchases of each customer within the horizon."""
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self._alive(known) * self._by_state(known, lambda pair: self._coming(pair, t))

    def buys_within(self, summary: Summary, horizon: Horizon, /) -> FloatArray:
        """The probability that each customer buys at least once within the horizon."""
        known, t = self._known(summary), horizon_in(self.unit, horizon)
        return self._alive(known) * self._by_state(known, lambda pair: self._buying(pair, t))

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
        return self._by_state(self._known(summary), lambda pair: self._waiting(pair, chance))

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
            worth = self._by_state(known, lambda pair: self._until(pair, t, delta))
        elif delta > 0:
            worth = self._by_state(known, lambda pair: self._for_ever(pair, delta))
        else:
            need = "above 0 when no horizon is given, for the sum may have no end"
            raise InvalidFigure(name="annual_rate", need=need, got=annual_rate)
        return self._alive(known) * worth

    def new_over(self, horizons: FloatArray, /) -> FloatArray:
        """The expected number of repeat purchases of a new customer within each horizon.

        Args:
            horizons: Lengths of time in the model's unit, 0 or more.
        """
        fresh = newcomer(self.unit).take(np.zeros(len(horizons), dtype=np.int64))
        return self._alive(fresh) * self._coming(fresh, horizons)

    def new(self, horizon: Horizon, /) -> float:
        """The expected number of repeat purchases of a new customer within the horizon."""
        return float(self.purchases(newcomer(self.unit), horizon)[0])

    def new_chance(
        self, purchases: int, horizon: Horizon, /, *, after: Horizon | None = None
    ) -> float:
        """The probability that a new customer makes exactly so many repeat purchases.

        Args:
            purchases: How many.
            horizon: Within how long a time.
            after: How long after the first purchase that time begins; at once without it.

        Raises:
            InvalidFigure: The number of purchases is negative.
        """
        return float(self.chance(newcomer(self.unit), purchases, horizon, after=after)[0])

    def chance(
        self, summary: Summary, purchases: int, horizon: Horizon, /, *, after: Horizon | None = None
    ) -> FloatArray:
        """The probability that each customer makes exactly so many purchases in the horizon.

        Args:
            summary: The customers.
            purchases: How many.
            horizon: Within how long a time.
            after: How long from now that time begins; now without it. Nothing is assumed about
                purchases before.

        Raises:
            InvalidFigure: The number of purchases is negative or no whole one, or so much may
                happen before that nothing can be summed.
        """
        known, t, n = self._known(summary), horizon_in(self.unit, horizon), _whole(purchases)
        wait = 0.0 if after is None else horizon_in(self.unit, after)
        making = self._by_state(known, lambda pair: self._making(pair, n, t, wait))
        if n == 0:
            gone = self._by_state(known, lambda pair: 1 - self._there(pair, wait))
            alive = self._alive(known)
            nothing: FloatArray = alive * (making + gone) + (1 - alive)
            return nothing
        return self._alive(known) * making

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

    def _by_state(self, known: Summary, answer: Callable[[Summary], FloatArray]) -> FloatArray:
        """Ask once for each distinct frequency and age: of those who stayed, no more is needed."""
        first, inverse = distinct((known.frequency, known.age))
        return answer(known.take(first))[inverse]

    def _there(self, pair: Summary, t: float) -> FloatArray:
        return self._staying(pair, t) if t else np.ones(len(pair))

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
    def _making(self, pair: Summary, purchases: int, t: float, wait: float) -> FloatArray:
        """Of a customer who is there now: the probability of being there still after the wait.

        And of exactly so many purchases within t from then on.
        """

    @abstractmethod
    def _until(self, pair: Summary, t: float, delta: float) -> FloatArray:
        """Of a customer who is there now: the purchases within t, each discounted by delta."""

    @abstractmethod
    def _for_ever(self, pair: Summary, delta: float) -> FloatArray:
        """The same without an end."""


def _share(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise InvalidFigure(name=name, need="a probability between 0 and 1", got=value)


def newcomer(unit: Unit, /) -> Summary:
    """One customer who has just bought for the first time."""
    return Summary(frequency=[0], recency=[0], age=[0], unit=unit)


def _whole(purchases: int) -> int:
    if purchases != int(purchases) or purchases < 0:
        raise InvalidFigure(name="purchases", need="0 or more, a whole number", got=purchases)
    return int(purchases)
