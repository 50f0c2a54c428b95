"""What the pictures show, as plain numbers: they can be drawn with anything."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.simulation import PurchaseLog
from postpurchase.clv.summary import Summary
from postpurchase.errors import InvalidFigure


@frozen(eq=False)
class Tracking:
    """Repeat purchases of all customers together, added up over time.

    Args:
        time: Times of the log, in units.
        expected: What the model expects up to each.
        actual: What happened.
    """

    time: FloatArray
    expected: FloatArray
    actual: FloatArray


def tracking(model: RepeatModel, log: PurchaseLog, /, times: Sequence[float]) -> Tracking:
    """Expected and actual repeat purchases of a log's customers, added up over time.

    Args:
        model: Fitted in the log's unit.
        log: The purchases.
        times: Times of the log, in units.

    Raises:
        InvalidFigure: The model counts in another unit than the log.
    """
    if model.unit is not log.unit:
        raise InvalidFigure(name="model", need=f"time in {log.unit.value}s", got=model.unit.value)
    first = np.full(log.customers, np.inf)
    np.minimum.at(first, log.customer, log.time)
    births, people = np.unique(first[np.isfinite(first)], return_counts=True)
    repeat = np.sort(log.time[log.time > first[log.customer]])
    when = np.asarray(times, dtype=np.float64)
    expected = [people @ model.new_over(np.maximum(end - births, 0.0)) for end in when]
    actual = np.searchsorted(repeat, when, side="right").astype(np.float64)
    return Tracking(when, np.array(expected, dtype=np.float64), actual)


def frequency_recency(
    model: RepeatModel, /, *, age: float, most: int
) -> tuple[IntArray, FloatArray, FloatArray]:
    """The probability of being there, by frequency and recency, of customers of one age.

    Args:
        model: The model.
        age: Their age in the model's unit, above 0.
        most: The greatest frequency to show; 1 or more.

    Returns:
        Frequencies from 1, recencies in forty steps up to the age, and the probabilities, one row
        for each frequency.

    Raises:
        InvalidFigure: The age or the frequency is not above 0.
    """
    if most < 1 or not age > 0:
        need = "an age above 0, and a frequency of 1 or more"
        raise InvalidFigure(name="matrix", need=need, got=(age, most))
    frequency = np.arange(1, most + 1)
    recency = np.linspace(age / 40, age, 40)
    x, last = (grid.ravel() for grid in np.meshgrid(frequency, recency, indexing="ij"))
    alive = model.alive(Summary(frequency=x, recency=last, age=age, unit=model.unit))
    return frequency, recency, alive.reshape(len(frequency), len(recency))


def alive_over_time(
    model: RepeatModel, purchases: Sequence[float], /, *, until: float, steps: int = 200
) -> tuple[FloatArray, FloatArray]:
    """The probability of being there over one customer's history.

    Args:
        model: The model.
        purchases: When the customer bought, the first time included, in the model's unit.
        until: The last time to show; not before the last purchase.
        steps: How many times to show.

    Returns:
        Times since the first purchase, and the probability at each.

    Raises:
        InvalidFigure: There is no purchase, or one after the end.
    """
    when = np.unique(np.asarray(purchases, dtype=np.float64))
    if not len(when) or when[-1] > until:
        need = "one or more, none after the end"
        raise InvalidFigure(name="purchases", need=need, got=tuple(purchases))
    since = when - when[0]
    even: FloatArray = np.linspace(0, until - float(when[0]), steps)
    time: FloatArray = np.unique(np.concatenate([even, since]))
    count = np.searchsorted(since, time, side="right")
    known = Summary(frequency=count - 1, recency=since[count - 1], age=time, unit=model.unit)
    return time, model.alive(known)
