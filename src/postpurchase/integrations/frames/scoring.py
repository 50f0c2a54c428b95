"""Customers scored where they lie, with a model fitted on their counts.

No user-defined function runs on the engine, and no row of a customer leaves it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from postpurchase.clv import GammaGamma, Horizon, RepeatModel, Summary
from postpurchase.clv.bgnbd import BetaGeometric
from postpurchase.errors import InvalidFigure
from postpurchase.extras import extra
from postpurchase.integrations.frames.summary import FrameSummary

with extra("frames"):
    import narwhals as nw
    from narwhals.typing import IntoFrame, IntoFrameT

_Lazy: TypeAlias = "nw.LazyFrame[Any]"


def score(
    summary: FrameSummary,
    model: RepeatModel,
    /,
    *,
    horizon: Horizon,
    upload: Callable[[Mapping[str, Sequence[float]]], IntoFrameT],
    spend: GammaGamma | None = None,
    annual_rate: float = 0.0,
) -> IntoFrameT:
    """What is to be expected of every customer, computed on the engine.

    What needs special functions depends on frequency and age alone (for Pareto/NBD on recency
    too), so it is computed here for the distinct ones and joined; the rest is plain arithmetic.

    Args:
        summary: The customers, on the engine.
        model: When they buy, fitted on `summary.counts()`.
        horizon: How far ahead.
        upload: Brings the table of distinct customers into the engine, as ``pl.LazyFrame`` does, or
            ``lambda columns: connection.from_arrow(pa.table(dict(columns)))`` for DuckDB.
        spend: What they spend; for it the summary needs money.
        annual_rate: The annual effective discount rate of the value.

    Returns:
        The columns of the summary with alive, purchases and, with `spend`, value: a native frame.

    Raises:
        InvalidFigure: The summary has no money, or the horizon is not positive.
    """
    counts = summary.counts()
    keys = ["frequency", "recency", "age"]
    if isinstance(model, BetaGeometric):
        keys.remove("recency")
        counts = _last_seen(counts)
    table = _lookup(counts, model, keys, horizon, annual_rate)
    joined = _lazy(summary.frame).join(_lazy(upload(table)), on=keys, how="left")
    if isinstance(model, BetaGeometric):
        joined = joined.with_columns(_alive(model.within(summary.unit)).alias("alive"))
        joined = joined.with_columns(
            (nw.col("alive") * nw.col("purchases")).alias("purchases"),
            (nw.col("alive") * nw.col("discounted")).alias("discounted"),
        )
    if spend is not None:
        if "money" not in joined.collect_schema():
            raise InvalidFigure(name="money", need="a summary with money, for a value", got=None)
        joined = joined.with_columns((nw.col("discounted") * _spend(spend)).alias("value"))
    native: IntoFrameT = joined.drop("discounted").to_native()
    return native


def _last_seen(counts: Summary) -> Summary:
    """Distinct frequencies and ages, of customers who bought just now: they are there for sure."""
    rows = dict.fromkeys(zip(counts.frequency.tolist(), counts.age.tolist(), strict=True))
    frequency, age = zip(*rows, strict=True) if rows else ((), ())
    return Summary(
        frequency=frequency,
        recency=[last if x else 0.0 for x, last in rows],
        age=age,
        unit=counts.unit,
    )


def _lookup(
    cells: Summary, model: RepeatModel, keys: Sequence[str], horizon: Horizon, annual_rate: float
) -> dict[str, list[float]]:
    purchases = model.purchases(cells, horizon)
    discounted = model.discounted_purchases(cells, horizon, annual_rate=annual_rate)
    alive = model.alive(cells)
    columns: dict[str, list[float]] = {
        "frequency": cells.frequency.astype("int64").tolist(),
        "age": cells.age.tolist(),
    }
    if "recency" in keys:
        columns["recency"] = cells.recency.tolist()
        columns["alive"] = alive.tolist()
    else:
        purchases, discounted = purchases / alive, discounted / alive
    columns["purchases"] = purchases.tolist()
    columns["discounted"] = discounted.tolist()
    return columns


def _alive(model: BetaGeometric) -> nw.Expr:
    """``1 / (1 + odds)`` of the model, in logarithms so that heavy buyers do not overflow."""
    x = nw.col("frequency").cast(nw.Float64)
    left = x + (model.b + model.first - 1)
    waited = (nw.col("age") + model.alpha).log() - (nw.col("recency") + model.alpha).log()
    chances = x + model.first > 0
    some = nw.when(chances).then(left).otherwise(nw.lit(1.0))
    log_odds = (x + model.r) * waited - (some / model.a).log()
    capped = nw.when(log_odds > _MOST).then(nw.lit(_MOST)).otherwise(log_odds)
    return nw.when(chances).then(1 / (1 + capped.exp())).otherwise(nw.lit(1.0))


_MOST = 700.0


def _spend(spend: GammaGamma) -> nw.Expr:
    """The expected spend of the model; infinite where it has no mean."""
    known = (nw.col("frequency") > 0) & (nw.col("money") > 0)
    x = nw.when(known).then(nw.col("frequency").cast(nw.Float64)).otherwise(nw.lit(0.0))
    total = nw.when(known).then(nw.col("money") * nw.col("frequency")).otherwise(nw.lit(0.0))
    spare = x * spend.p + (spend.q - 1)
    mean = (total + spend.v) * spend.p / nw.when(spare > 0).then(spare).otherwise(nw.lit(1.0))
    return nw.when(spare > 0).then(mean).otherwise(nw.lit(float("inf")))


def _lazy(frame: IntoFrame) -> _Lazy:
    lazy: _Lazy = nw.from_native(frame).lazy()
    return lazy
