"""One answer from every engine, equal to the one counted by hand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from postpurchase.clv import (
    BGNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    Span,
    Summary,
    Unit,
    Worthless,
    future_value,
    simulate,
)
from postpurchase.errors import InvalidFigure
from postpurchase.integrations.frames import summary
from postpurchase.integrations.frames.scoring import score
from postpurchase.integrations.frames.summary import FrameSummary, Repeated, summarise

Columns = Mapping[str, Sequence[Any]]


def to_pandas(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def to_pandas_arrow(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame(columns).convert_dtypes(dtype_backend="pyarrow")


def to_polars(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns)


def to_lazy(columns: Columns) -> pl.LazyFrame:
    return pl.LazyFrame(columns)


def to_arrow(columns: Columns) -> pa.Table:
    return pa.table(columns)


def to_duckdb(columns: Columns) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(pa.table(columns))


def to_ibis(columns: Columns) -> Any:  # noqa: ANN401  # Ibis ships no types that fit here
    ibis = pytest.importorskip("ibis", reason="ibis-framework is not installed")
    return ibis.memtable(pa.table(columns))


ENGINES: list[Callable[[Columns], Any]] = [
    to_pandas,
    to_pandas_arrow,
    to_polars,
    to_lazy,
    to_arrow,
    to_duckdb,
    to_ibis,
]

D = datetime
LINES: Columns = {
    "who": ["ann", "ann", "ann", "ann", "bob", "bob", "cleo", None, "dan", "dan", "ann"],
    "on": [
        D(2026, 1, 1, 10),
        D(2026, 1, 1, 23, 59),
        D(2026, 1, 11),
        D(2026, 3, 1),
        D(2025, 12, 31),
        D(2026, 1, 5),
        D(2026, 2, 1),
        D(2026, 2, 1),
        None,
        D(2026, 4, 2),
        D(2026, 1, 11),
    ],
    "paid": [10.0, 5.0, 20.0, 40.0, 8.0, -3.0, 7.0, 9.0, 1.0, 2.0, 20.0],
}
AT = date(2026, 4, 1)


def rows(found: FrameSummary) -> list[tuple[str, float, float, float, float | None]]:
    local = found.local()
    money = [None if np.isnan(each) else float(each) for each in local.money]
    columns = (local.frequency.tolist(), local.recency.tolist(), local.age.tolist(), money)
    return list(zip(local.customers, *columns, strict=True))


@pytest.mark.parametrize("engine", ENGINES)
def test_customers_by_day_with_what_was_left_out(engine: Callable[[Columns], Any]) -> None:
    found = summarise(engine(LINES), customer="who", when="on", money="paid", at=AT)
    assert rows(found) == [
        ("ann", 2, 59, 90, 40),
        ("bob", 0, 0, 91, None),
        ("cleo", 0, 0, 59, None),
    ]
    left = found.left_out
    assert (left.without_customer, left.without_time, left.later) == (1, 1, 1)
    assert (left.worthless_days, left.repeated, left.without_money) == (1, 0, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_policies_are_the_shop_s(engine: Callable[[Columns], Any]) -> None:
    kept = summarise(
        engine(LINES),
        customer="who",
        when="on",
        money="paid",
        at=AT,
        worthless=Worthless.A_PURCHASE,
        repeated=Repeated.DROPPED,
        unit=Unit.WEEK,
    )
    assert rows(kept)[0][1:] == pytest.approx((2, 59 / 7, 90 / 7, 30))
    assert rows(kept)[1][1:] == pytest.approx((1, 5 / 7, 13, -3))
    assert kept.left_out.repeated == 1
    plain = summarise(engine(LINES), customer="who", when="on", at=AT)
    assert rows(plain)[1] == ("bob", 1, 5, 91, None)
    assert plain.left_out.without_money == plain.left_out.worthless_days == 0
    assert "money" not in nw.from_native(plain.frame).collect_schema().names()


@pytest.mark.parametrize("engine", [to_pandas, to_polars, to_arrow, to_duckdb])
def test_missing_money_is_counted_and_worth_nothing(engine: Callable[[Columns], Any]) -> None:
    lines: Columns = {
        "who": ["ann", "ann", "ann"],
        "on": [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 2)],
        "paid": [10.0, 4.0, None],
    }
    if engine is to_pandas:
        lines = {**lines, "on": pd.to_datetime(lines["on"]).tolist()}
    found = summarise(engine(lines), customer="who", when="on", money="paid", at=AT)
    assert rows(found) == [("ann", 1, 1, 90, 4)]
    assert found.left_out.without_money == 1


def test_engines_that_cannot_pick_by_order_join_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    found = summarise(pl.DataFrame(SHOP), customer="who", when="on", money="paid", at=END)
    monkeypatch.setattr(summary, "_picks_by_order", lambda _: False)
    joined = summarise(pl.DataFrame(SHOP), customer="who", when="on", money="paid", at=END)
    assert joined.counts().size == found.counts().size
    assert joined.local().money == pytest.approx(found.local().money, nan_ok=True)


def test_nan_is_missing_money_too() -> None:
    lines = {"who": ["ann"] * 2, "on": [D(2026, 1, 1), D(2026, 1, 2)], "paid": [1.0, float("nan")]}
    found = summarise(pl.DataFrame(lines), customer="who", when="on", money="paid", at=AT)
    assert found.left_out.without_money == 1
    assert found.left_out.worthless_days == 1


AWARE: Columns = {
    "who": ["ann", "ann"],
    "on": [D(2026, 1, 1, 23, 30, tzinfo=UTC), D(2026, 1, 2, 0, 30, tzinfo=UTC)],
}


@pytest.mark.parametrize("engine", [to_pandas, to_polars, to_lazy, to_arrow])
def test_days_are_the_shop_s(engine: Callable[[Columns], Any]) -> None:
    there = summarise(
        engine(AWARE), customer="who", when="on", at=AT, zone=ZoneInfo("Asia/Kolkata")
    )
    assert rows(there) == [("ann", 0, 0, 89, None)]
    here = summarise(engine(AWARE), customer="who", when="on", at=AT, zone=ZoneInfo("Etc/UTC"))
    assert rows(here) == [("ann", 1, 1, 90, None)]
    instant = D(2026, 3, 31, 20, tzinfo=UTC)
    later = summarise(
        engine(AWARE), customer="who", when="on", at=instant, zone=ZoneInfo("Asia/Kolkata")
    )
    assert rows(later) == rows(there)


def test_what_cannot_be_meant_is_refused() -> None:
    frame = pl.DataFrame(LINES)
    with pytest.raises(InvalidFigure, match="shopper: need one of the columns"):
        summarise(frame, customer="shopper", when="on", at=AT)
    with pytest.raises(InvalidFigure, match="zone: need the shop's zone, for an instant"):
        summarise(frame, customer="who", when="on", at=D(2026, 4, 1, tzinfo=UTC))
    with pytest.raises(InvalidFigure, match="zone: need the shop's zone, for times with one"):
        summarise(pl.DataFrame(AWARE), customer="who", when="on", at=AT)
    with pytest.raises(InvalidFigure, match="when: need dates or times of one zone"):
        summarise(frame, customer="on", when="who", at=AT)
    mixed = pd.DataFrame(
        {
            "who": ["ann", "ann"],
            "on": [
                D(2026, 1, 1, tzinfo=UTC),
                D(2026, 1, 1, tzinfo=ZoneInfo("Asia/Kolkata")),
            ],
        },
        dtype=object,
    )
    with pytest.raises(InvalidFigure, match="when: need dates or times of one zone"):
        summarise(mixed, customer="who", when="on", at=AT, zone=UTC)
    with pytest.raises(InvalidFigure, match="this engine does not convert zones"):
        summarise(to_duckdb(AWARE), customer="who", when="on", at=AT, zone=ZoneInfo("Etc/UTC"))


def drawn(customers: int = 400) -> tuple[Summary, Columns]:
    log = simulate(
        MBGNBD(r=0.6, alpha=60, a=0.9, b=2.2),
        customers=customers,
        length=500,
        arrivals=300,
        spend=GammaGamma(p=6, q=4, v=15),
        generator=np.random.default_rng(8),
    )
    begin = date(2024, 6, 1)
    return log.summary(), {
        "who": [f"c{each:05}" for each in log.customer.tolist()],
        "on": [
            datetime.combine(begin, time()) + timedelta(days=int(each))
            for each in log.time.tolist()
        ],
        "paid": log.spend.tolist(),
    }


SHOP = drawn()[1]
END = date(2025, 10, 14)


@pytest.mark.parametrize("engine", ENGINES)
def test_counts_fit_the_very_model_and_scores_are_the_local_ones(
    engine: Callable[[Columns], Any],
) -> None:
    found = summarise(engine(SHOP), customer="who", when="on", money="paid", at=END)
    local = found.local()
    assert found.counts().size == len(local)
    horizon = Span(12, Unit.MONTH)
    spend = GammaGamma(p=6, q=4, v=15)
    for kind in (MBGNBD, BGNBD):
        model = kind.fit(found.counts())
        assert model.theta == pytest.approx(kind.fit(local).theta, abs=1e-7)
        check(
            score(found, model, horizon=horizon, upload=engine, spend=spend, annual_rate=0.1),
            {
                "alive": model.alive(local),
                "purchases": model.purchases(local, horizon),
                "value": future_value(model, spend, local, horizon, annual_rate=0.1),
            },
        )


def check(scored: Any, expected: dict[str, Any]) -> None:  # noqa: ANN401  # a native frame
    table = nw.from_native(scored).lazy().collect().sort("customer")
    for name, values in expected.items():
        assert table.get_column(name).to_list() == pytest.approx(values.tolist(), rel=1e-10)


@pytest.mark.parametrize("engine", [to_polars, to_duckdb])
def test_models_with_an_integral_are_scored_by_the_lookup(
    engine: Callable[[Columns], Any],
) -> None:
    found = summarise(engine(SHOP), customer="who", when="on", money="paid", at=END)
    local = found.local()
    model = ParetoNBD(r=0.6, alpha=60, s=0.8, beta=90)
    scored = score(found, model, horizon=90, upload=engine)
    check(scored, {"alive": model.alive(local), "purchases": model.purchases(local, 90)})
    assert "value" not in nw.from_native(scored).collect_schema().names()


def test_a_value_needs_money() -> None:
    found = summarise(pl.DataFrame(SHOP), customer="who", when="on", at=END)
    model = MBGNBD(r=0.6, alpha=60, a=0.9, b=2.2)
    with pytest.raises(InvalidFigure, match="money: need a summary with money"):
        score(found, model, horizon=90, upload=pl.DataFrame, spend=GammaGamma(p=6, q=4, v=15))


def test_nobody_is_nobody() -> None:
    none = pl.DataFrame({"who": pl.Series([], dtype=pl.String), "on": pl.Series([], dtype=pl.Date)})
    found = summarise(none, customer="who", when="on", at=AT)
    assert len(found.local()) == len(found.counts()) == 0
    model = MBGNBD(r=0.6, alpha=60, a=0.9, b=2.2)
    empty: dict[str, type[pl.Int64 | pl.Float64]] = {
        "frequency": pl.Int64,
        "age": pl.Float64,
        "purchases": pl.Float64,
        "discounted": pl.Float64,
    }
    scored = score(found, model, horizon=9, upload=lambda table: pl.DataFrame(table, schema=empty))
    assert nw.from_native(scored).lazy().collect().shape[0] == 0
