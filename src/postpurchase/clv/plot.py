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
    from matplotlib.ticker import PercentFormatter

_WIDE = (7.0, 4.0)
_LEGIBLE = 16
_DARK = 0.6
_OPEN = "0.93"


class _Blank:
    """An empty picture; Matplotlib's own annotations leave keyword arguments open."""

    def __init__(self, title: str, across: str, up: str) -> None:
        self.figure = Figure(figsize=_WIDE, layout="constrained")
        self.axes: Any = self.figure.add_subplot()
        self.axes.set_title(title)
        self.axes.set_xlabel(across)
        self.axes.set_ylabel(up)

    def percent(self, colours: object) -> None:
        """A legend for colours that stand for shares."""
        figure: Any = self.figure
        figure.colorbar(colours, ax=self.axes, format=PercentFormatter(1, decimals=0))

    def write(self, shares: FloatArray, most: float) -> None:
        """Each share in its cell, light on dark."""
        for (row, column), share in np.ndenumerate(shares):
            if not np.isnan(share):
                ink = "white" if share > most * _DARK else "black"
                place = {"ha": "center", "va": "center", "fontsize": 8}
                self.axes.text(column, row, f"{share:.0%}", color=ink, **place)


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
    blank.percent(mesh)
    return blank.figure


def plot_alive(data: tuple[FloatArray, FloatArray], /) -> Figure:
    """The probability of being there over one customer's history."""
    time, alive = data
    blank = _Blank("One customer", "time since the first purchase", "probability")
    blank.axes.plot(time, alive)
    blank.axes.set_ylim(0, 1.02)
    blank.axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
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
    """The cohort heat map; cells that are still open are grey.

    Everybody ordered in their first period, so colours are scaled to the others.
    """
    blank = _Blank(
        "Customers who came back", f"{data.grain.value}s since the first order", "first order in"
    )
    if not data.rows:
        return blank.figure
    table = np.array(
        [[np.nan if rate is None else float(rate) for rate in row.rates] for row in data.rows],
        dtype=np.float64,
    )
    table = table[:, : max(int((~np.isnan(table)).any(axis=0).sum()), 1)]
    most = float(np.nanmax(table[:, 1:], initial=0.0)) or 1.0
    image = blank.axes.imshow(
        np.ma.masked_invalid(table), vmin=0, vmax=most, aspect="auto", cmap="Blues"
    )
    labels = [
        data.grain.label(row.start) + ("" if row.size is None else f" ({row.size})")
        for row in data.rows
    ]
    every = -(-len(labels) // _LEGIBLE)
    blank.axes.set_yticks(range(0, len(labels), every), labels[::every])
    blank.axes.set_xticks(range(0, table.shape[1], -(-table.shape[1] // _LEGIBLE)))
    blank.axes.set_facecolor(_OPEN)
    if max(table.shape) <= _LEGIBLE:
        blank.write(table, most)
    blank.percent(image)
    return blank.figure


def plot_values(values: FloatArray, /, *, currency: str = "") -> Figure:
    """How lifetime values are spread over customers; infinite ones are left out."""
    blank = _Blank("Lifetime value", currency, "customers")
    finite = values[np.isfinite(values)]
    blank.axes.hist(finite, bins=min(50, max(len(finite), 1)))
    return blank.figure
