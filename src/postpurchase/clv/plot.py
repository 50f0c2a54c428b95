"""The pictures people expect, as Matplotlib figures (extra `plot`); nothing global is touched.

Each draws numbers that can be had without it: see `postpurchase.clv.picture`, `Cohorts` and
`Backtest`.
"""

from typing import Any

import numpy as np

from postpurchase.clv.arrays import FloatArray, IntArray
from postpurchase.clv.backtesting import Backtest
from postpurchase.clv.cohort import Cohorts
from postpurchase.clv.picture import Tracking
from postpurchase.extras import extra

with extra("plot"):
    from matplotlib.figure import Figure

_WIDE = (7.0, 4.0)


class _Blank:
    """An empty picture; Matplotlib's own annotations leave keyword arguments open."""

    def __init__(self, title: str, across: str, up: str) -> None:
        self.figure = Figure(figsize=_WIDE, layout="constrained")
        self.axes: Any = self.figure.add_subplot()
        self.axes.set_title(title)
        self.axes.set_xlabel(across)
        self.axes.set_ylabel(up)

    def bar(self, colours: object) -> None:
        """A legend for colours."""
        figure: Any = self.figure
        figure.colorbar(colours, ax=self.axes)


def plot_tracking(data: Tracking, /) -> Figure:
    """Expected against actual repeat purchases, added up over time."""
    blank = _Blank("Repeat purchases", "time", "purchases so far")
    blank.axes.plot(data.time, data.actual, label="actual")
    blank.axes.plot(data.time, data.expected, label="expected", linestyle="--")
    blank.axes.legend()
    return blank.figure


def plot_frequency_recency(data: tuple[IntArray, FloatArray, FloatArray], /) -> Figure:
    """The frequency-recency matrix: who is still there."""
    frequency, recency, alive = data
    blank = _Blank("Probability of being there", "last purchase", "repeat purchases")
    mesh = blank.axes.pcolormesh(recency, frequency, alive, vmin=0, vmax=1, shading="nearest")
    blank.bar(mesh)
    return blank.figure


def plot_alive(data: tuple[FloatArray, FloatArray], /) -> Figure:
    """The probability of being there over one customer's history."""
    time, alive = data
    blank = _Blank("One customer", "time since the first purchase", "probability")
    blank.axes.plot(time, alive)
    blank.axes.set_ylim(0, 1.02)
    return blank.figure


def plot_calibration(data: Backtest, /) -> Figure:
    """Forecast against what happened, for ten groups of customers by forecast."""
    blank = _Blank("Calibration", "mean forecast", "mean of what happened")
    rows = data.model.calibration
    expected, actual = [row[0] for row in rows], [row[1] for row in rows]
    top = max(*expected, *actual, 1e-9)
    blank.axes.plot([0, top], [0, top], color="grey", linewidth=0.8)
    blank.axes.plot(expected, actual, marker="o")
    return blank.figure


def plot_cohorts(data: Cohorts, /) -> Figure:
    """The cohort heat map; open cells stay blank."""
    label = data.grain.value
    blank = _Blank("Customers who ordered", f"{label}s since the first order", "")
    table = np.array(
        [[np.nan if rate is None else float(rate) for rate in row.rates] for row in data.rows],
        dtype=np.float64,
    )
    if not len(table):
        return blank.figure
    image = blank.axes.imshow(np.ma.masked_invalid(table), vmin=0, vmax=1, aspect="auto")
    blank.axes.set_yticks(range(len(data.rows)), [row.start.isoformat() for row in data.rows])
    blank.bar(image)
    return blank.figure


def plot_values(values: FloatArray, /, *, currency: str = "") -> Figure:
    """How lifetime values are spread over customers; infinite ones are left out."""
    blank = _Blank("Lifetime value", currency, "customers")
    finite = values[np.isfinite(values)]
    blank.axes.hist(finite, bins=min(50, max(len(finite), 1)))
    return blank.figure
