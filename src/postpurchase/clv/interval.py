"""How sure an answer is: intervals by the delta method, by draws and by bootstrap."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TypeVar, TypeVarTuple, cast

import numpy as np
from attrs import evolve, frozen
from scipy import special

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.functions import logistic
from postpurchase.clv.model import Model, normal_quantile
from postpurchase.clv.shown import table
from postpurchase.clv.summary import Summary
from postpurchase.errors import InvalidFigure

_NUDGE = 1e-4
_SHOWN = 10
_M = TypeVar("_M", bound=Model)
_Ms = TypeVarTuple("_Ms")


class Scale(Enum):
    """On which scale an answer's error is taken as symmetric."""

    POSITIVE = "log"
    """Numbers of purchases, money, lengths of time: the interval stays above 0."""

    PROBABILITY = "logit"
    """Probabilities: the interval stays between 0 and 1."""


@frozen(eq=False)
class Bounds:
    """Answers with bounds, one of each for every row.

    Args:
        low: The lower bounds.
        value: The answers.
        high: The upper bounds.
        level: The confidence.
    """

    low: FloatArray
    value: FloatArray
    high: FloatArray
    level: float

    def _repr_html_(self) -> str:
        shown = zip(self.value[:_SHOWN], self.low, self.high, strict=False)
        rows: dict[str, object] = {
            f"row {place}": f"{value:.6g} ({low:.6g} to {high:.6g})"
            for place, (value, low, high) in enumerate(shown)
        }
        more = len(self.value) - len(rows)
        return table(
            f"answers and their {self.level:.0%} bounds",
            rows,
            notes=[f"and {more} more rows"] if more else (),
        )


def delta_interval(
    answer: Callable[[*_Ms], FloatArray],
    /,
    *models: *_Ms,
    scale: Scale = Scale.POSITIVE,
    level: float = 0.95,
) -> Bounds:
    """An interval from the covariance of the parameters, to first order.

    Args:
        answer: Takes the models, in the order given, and gives one number for each row.
        models: The fitted models that the answer rests on; taken as independent of each other.
        scale: Where the error is symmetric.
        level: The confidence, between 0 and 1.

    Raises:
        NoInterval: A model has no covariance.
        InvalidFigure: The level is not between 0 and 1.
    """
    reach, ask, given = normal_quantile(level), _asking(answer), _fitted(models)
    value = ask(given)
    variance = np.zeros_like(value)
    for i, model in enumerate(given):
        covariance, theta = model.covariance, model.theta
        slopes: list[FloatArray] = []
        for nudge in np.eye(len(theta)) * _NUDGE:
            both = [
                _open(scale, ask((*given[:i], model.at(theta + step), *given[i + 1 :])))
                for step in (nudge, -nudge)
            ]
            slopes.append((both[0] - both[1]) / (2 * _NUDGE))
        slope: FloatArray = np.array(slopes)
        variance += np.einsum("ir,ij,jr->r", slope, covariance, slope)
    spread = reach * np.sqrt(variance)
    middle = _open(scale, value)
    return Bounds(_close(scale, middle - spread), value, _close(scale, middle + spread), level)


def _asking(answer: Callable[..., FloatArray]) -> Callable[[tuple[Model, ...]], FloatArray]:
    return lambda models: answer(*models)


def _fitted(models: tuple[object, ...]) -> tuple[Model, ...]:
    for model in models:
        if not isinstance(model, Model):
            raise InvalidFigure(name="models", need="fitted models", got=model)
    return cast("tuple[Model, ...]", models)


def _open(scale: Scale, value: FloatArray) -> FloatArray:
    least = np.finfo(float).tiny
    if scale is Scale.POSITIVE:
        answer: FloatArray = np.log(np.clip(value, least, np.finfo(float).max))
        return answer
    nearly = 1 - np.finfo(float).epsneg
    logit: FloatArray = special.logit(np.clip(value, least, nearly))
    return logit


def _close(scale: Scale, value: FloatArray) -> FloatArray:
    answer: FloatArray = np.exp(value) if scale is Scale.POSITIVE else logistic(value)
    return answer


def drawn_interval(
    answer: Callable[[*_Ms], FloatArray],
    /,
    *models: *_Ms,
    generator: np.random.Generator,
    draws: int = 200,
    level: float = 0.95,
) -> Bounds:
    """An interval from models drawn from the normal distribution of their log-parameters.

    It needs no scale, and follows answers that bend within the error of the parameters.

    Args:
        answer: Takes the models, in the order given, and gives one number for each row.
        models: The fitted models; taken as independent of each other.
        generator: Where chance comes from; the same seed gives the same interval.
        draws: How many models to draw.
        level: The confidence, between 0 and 1.

    Raises:
        NoInterval: A model has no covariance.
        InvalidFigure: The level is not between 0 and 1.
    """
    normal_quantile(level)
    ask, given = _asking(answer), _fitted(models)
    thetas = [generator.multivariate_normal(m.theta, m.covariance, size=draws) for m in given]
    answers = [
        ask(tuple(m.at(rows[i]) for m, rows in zip(given, thetas, strict=True)))
        for i in range(draws)
    ]
    return _between(answers, ask(given), level)


def _between(answers: Sequence[FloatArray], value: FloatArray, level: float) -> Bounds:
    low, high = np.quantile(np.array(answers), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Bounds(low, value, high, level)


def _silently(refits: range, /) -> Iterable[int]:
    return refits


def bootstrap(
    fit: Callable[[Summary], _M],
    summary: Summary,
    /,
    *,
    generator: np.random.Generator,
    refits: int = 200,
    progress: Callable[[range], Iterable[int]] = _silently,
) -> tuple[_M, ...]:
    """The model fitted again on customers drawn with replacement.

    Args:
        fit: Fits one summary, for example ``MBGNBD.fit``.
        summary: The customers.
        generator: Where chance comes from.
        refits: How many times.
        progress: Wraps the loop, for a progress bar: ``tqdm.tqdm`` fits.

    Raises:
        InvalidFigure: There are no customers.
    """
    total = round(summary.size)
    if not total:
        raise InvalidFigure(name="customers", need="at least one to draw from", got=0)
    share = summary.weight / summary.weight.sum()
    return tuple(
        fit(evolve(summary, weight=generator.multinomial(total, share)))
        for _ in progress(range(refits))
    )


def bootstrap_interval(
    answer: Callable[[_M], FloatArray],
    model: _M,
    refits: Sequence[_M],
    /,
    *,
    level: float = 0.95,
) -> Bounds:
    """An interval from refitted models.

    Args:
        answer: Takes a model and gives one number for each row.
        model: The model fitted on all customers.
        refits: What `bootstrap` gave.
        level: The confidence, between 0 and 1.

    Raises:
        InvalidFigure: The level is not between 0 and 1.
    """
    normal_quantile(level)
    return _between([answer(each) for each in refits], answer(model), level)
