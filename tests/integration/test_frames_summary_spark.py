"""Summarised, counted and scored on a real Spark session, equal to this machine; needs Java."""

import warnings
from datetime import date, timedelta
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from postpurchase.clv import MBGNBD, GammaGamma, Span, Unit, future_value, simulate
from postpurchase.integrations.frames.scoring import score
from postpurchase.integrations.frames.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql")
        session = (
            sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_local_answer(spark: "SparkSession") -> None:
    log = simulate(
        MBGNBD(r=0.6, alpha=60, a=0.9, b=2.2),
        customers=300,
        length=500,
        arrivals=300,
        spend=GammaGamma(p=6, q=4, v=15),
        generator=np.random.default_rng(8),
    )
    lines = pl.DataFrame(
        {
            "who": [f"c{each:05}" for each in log.customer.tolist()],
            "on": [date(2024, 6, 1) + timedelta(days=int(each)) for each in log.time.tolist()],
            "paid": log.spend.tolist(),
        }
    )
    end, horizon, spend = date(2025, 10, 14), Span(12, Unit.MONTH), GammaGamma(p=6, q=4, v=15)
    here = summarise(lines, customer="who", when="on", money="paid", at=end).local()
    frame = spark.createDataFrame(lines.rows(), "who string, on date, paid double")
    there = summarise(frame, customer="who", when="on", money="paid", at=end)
    assert there.local().customers == here.customers
    assert there.local().frequency.tolist() == here.frequency.tolist()
    assert there.local().money == pytest.approx(here.money, rel=1e-12, nan_ok=True)
    model = MBGNBD.fit(there.counts())
    assert model.theta == pytest.approx(MBGNBD.fit(here).theta, abs=1e-8)

    def upload(columns: "Mapping[str, Sequence[float]]") -> "DataFrame":
        rows = list(zip(*columns.values(), strict=True))
        return spark.createDataFrame(rows, list(columns))

    scored = score(there, model, horizon=horizon, upload=upload, spend=spend, annual_rate=0.1)
    table = nw.from_native(scored).lazy().collect().sort("customer")
    for name, expected in {
        "alive": model.alive(here),
        "purchases": model.purchases(here, horizon),
        "value": future_value(model, spend, here, horizon, annual_rate=0.1),
    }.items():
        assert table.get_column(name).to_list() == pytest.approx(expected.tolist(), rel=1e-10)
