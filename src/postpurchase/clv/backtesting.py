"""Does a model earn its place? Its forecasts beside what then happened, and beside naive ones."""

from collections.abc import Callable, Sequence
from html import escape

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.simulation import PurchaseLog
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Horizon, horizon_in
from postpurchase.errors import InvalidFigure

_GROUPS = 10


@frozen(kw_only=True)
class ForecastScore:
    """How good one way of forecasting was, over all customers and origins.

    Attributes:
        name: which way.
        mae: the mean absolute error of the number of purchases.
        rmse: the root of the mean squared error.
        bias: the mean forecast less the mean of what happened; above 0 is too many.
        brier: the mean squared error of the probability of buying at all; lower is better.
        calibration: for ten groups of customers by forecast, lowest first: the mean forecast, the
            mean of what happened and how many there are.
    """

    name: str
    mae: float
    rmse: float
    bias: float
    brier: float
    calibration: tuple[tuple[float, float, int], ...]


@frozen
class Backtest:
    """The model's score first, then those of the naive ways."""

    scores: tuple[ForecastScore, ...]

    @property
    def model(self) -> ForecastScore:
        """The score of the model."""
        return self.scores[0]

    @property
    def beaten(self) -> tuple[str, ...]:
        """The naive ways that the model beats in number (RMSE) and in chance (Brier)."""
        return tuple(
            each.name
            for each in self.scores[1:]
            if self.model.rmse < each.rmse and self.model.brier < each.brier
        )

    @property
    def verdict(self) -> str:
        """One sentence: whether the model earns its place."""
        naive = len(self.scores) - 1
        if len(self.beaten) == naive:
            return f"{self.model.name} earns its place: it beats all {naive} naive forecasts"
        return f"{self.model.name} beats {len(self.beaten)} of {naive} naive forecasts"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(each.name)}</th><td>{each.mae:.4f}</td><td>{each.rmse:.4f}</td>"
            f"<td>{each.bias:+.4f}</td><td>{each.brier:.4f}</td></tr>"
            for each in self.scores
        )
        head = "<tr><th></th><th>MAE</th><th>RMSE</th><th>bias</th><th>Brier</th></tr>"
        return f"<table><caption>{escape(self.verdict)}</caption>{head}{rows}</table>"


def backtest(
    log: PurchaseLog,
    fit: Callable[[Summary], RepeatModel],
    /,
    *,
    origins: Sequence[float],
    horizon: Horizon,
) -> Backtest:
    """Fit at each origin on what was known, and compare the forecast with what then happened.

    The naive forecasts: each customer buys on at their own past rate; each buys as often as in
    the last horizon; everybody buys at the mean rate.

    Args:
        log: The purchases.
        fit: Fits a summary, for example ``MBGNBD.fit``.
        origins: Times of the log to forecast from, such as the ends of quarters.
        horizon: How far ahead; the log must reach so far beyond each origin.

    Raises:
        InvalidFigure: There is no origin, or the log ends before an origin's horizon does.
    """
    ahead = horizon_in(log.unit, horizon)
    if not origins or max(origins) + ahead > log.length:
        need = f"one or more, the last at most {log.length - ahead:g}"
        raise InvalidFigure(name="origins", need=need, got=tuple(origins))
    happened: list[FloatArray] = []
    told: dict[str, list[tuple[FloatArray, FloatArray]]] = {}
    for origin in origins:
        summary = log.summary(origin)
        model = fit(summary)
        happened.append(log.purchases_between(summary, origin, origin + ahead))
        forecast = (model.purchases(summary, ahead), model.buys_within(summary, ahead))
        told.setdefault(model.title, []).append(forecast)
        for name, expected in _naive(log, summary, origin, ahead).items():
            told.setdefault(name, []).append((expected, -np.expm1(-expected)))
    actual = np.concatenate(happened)
    return Backtest(
        tuple(
            _scored(
                name,
                np.concatenate([expected for expected, _ in rows]),
                np.concatenate([chance for _, chance in rows]),
                actual,
            )
            for name, rows in told.items()
        )
    )


def _naive(
    log: PurchaseLog, summary: Summary, origin: float, ahead: float
) -> dict[str, FloatArray]:
    age = np.maximum(summary.age, np.finfo(float).tiny)
    own = np.where(summary.age > 0, summary.frequency / age, 0.0) * ahead
    total = float(summary.age.sum())
    rate = float(summary.frequency.sum()) / total if total else 0.0
    return {
        "at their own rate": own,
        "as in the last period": log.purchases_between(summary, origin - ahead, origin),
        "everybody at the mean rate": np.full(len(summary), rate * ahead),
    }


def _scored(
    name: str, expected: FloatArray, chance: FloatArray, actual: FloatArray
) -> ForecastScore:
    error = expected - actual
    groups = np.array_split(np.argsort(expected, kind="stable"), _GROUPS)
    return ForecastScore(
        name=name,
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt((error**2).mean())),
        bias=float(error.mean()),
        brier=float(((chance - (actual > 0)) ** 2).mean()),
        calibration=tuple(
            (float(expected[rows].mean()), float(actual[rows].mean()), len(rows))
            for rows in groups
            if len(rows)
        ),
    )
