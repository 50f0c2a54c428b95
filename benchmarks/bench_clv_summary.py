"""Ten million order rows to one row for each customer: ours beside hand-written queries.

Run in an environment with ``pip install --editable '.[science,frames]' polars duckdb pandas
lifetimes==0.11.3``. Ours and the hand-written query run in turns in one process, best of three;
lifetimes, where it is installed, once. A smaller number of rows can be named: ``1_000_000``.
"""

import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from time import perf_counter

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoFrame

from postpurchase.integrations.frames.summary import summarise

END = date(2026, 1, 1)


def lines(rows: int) -> pl.DataFrame:
    chance = np.random.default_rng(1)
    customers = rows // 10
    days = np.datetime64("2024-01-01") + chance.integers(0, 730, rows)
    return pl.DataFrame(
        {
            "who": chance.integers(0, customers, rows),
            "on": days,
            "paid": chance.gamma(2, 15, rows),
        }
    )


def polars_by_hand(frame: pl.DataFrame) -> float:
    days = frame.lazy().group_by("who", "on").agg(pl.col("paid").sum())
    customers = days.group_by("who").agg(
        n=pl.len(),
        first=pl.col("on").min(),
        last=pl.col("on").max(),
        total=pl.col("paid").sum(),
        begun=pl.col("paid").sort_by("on").first(),
    )
    found = customers.select(
        "who",
        frequency=pl.col("n") - 1,
        recency=(pl.col("last") - pl.col("first")).dt.total_days(),
        age=(pl.lit(END) - pl.col("first")).dt.total_days(),
        money=(pl.col("total") - pl.col("begun")) / (pl.col("n") - 1),
    ).collect()
    return float(found["recency"].sum())


QUERY = """
with days as (select who, "on" as day, sum(paid) as spent from orders group by all),
customers as (
  select who, count(*) as n, min(day) as first, max(day) as last, sum(spent) as total,
         arg_min(spent, day) as begun
  from days group by who)
select who, n - 1 as frequency, last - first as recency, date '2026-01-01' - first as age,
       case when n > 1 then (total - begun) / (n - 1) end as money
from customers
"""


def ours(frame: IntoFrame) -> float:
    found = summarise(frame, customer="who", when="on", money="paid", at=END)
    table = nw.from_native(found.frame).lazy().collect()
    return float(table.get_column("recency").sum())


def best(work: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """The best of three of both, in turns; both must find the same."""
    times: list[tuple[float, float]] = []
    for _ in range(3):
        begin = perf_counter()
        one = work()
        middle = perf_counter()
        two = other()
        times.append((middle - begin, perf_counter() - middle))
        assert one == two
    return min(time for time, _ in times), min(time for _, time in times)


def main() -> None:
    rows = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 10_000_000
    frame = lines(rows)
    connection = duckdb.connect()
    connection.register("incoming", frame.to_arrow())
    connection.execute("create table orders as select * from incoming")

    def hand_duckdb() -> float:
        found = connection.sql(QUERY).pl()
        return float(found["recency"].sum())

    mine, hand = best(lambda: ours(frame.lazy()), lambda: polars_by_hand(frame))
    print(f"polars: {mine:.2f} s, by hand {hand:.2f} s: {mine / hand:.2f} (target 1.3)", flush=True)
    duck, hand = best(lambda: ours(connection.table("orders")), hand_duckdb)
    print(f"DuckDB: {duck:.2f} s, by hand {hand:.2f} s: {duck / hand:.2f} (target 1.3)", flush=True)
    if find_spec("lifetimes") is not None:
        from lifetimes.utils import summary_data_from_transaction_data  # noqa: PLC0415  # optional

        table = frame.to_pandas()
        begin = perf_counter()
        summary_data_from_transaction_data(
            table, "who", "on", "paid", observation_period_end="2026-01-01"
        )
        theirs = perf_counter() - begin
        print(f"lifetimes: {theirs:.1f} s: {theirs / mine:.1f} times ours on polars (target 6)")


if __name__ == "__main__":
    main()
