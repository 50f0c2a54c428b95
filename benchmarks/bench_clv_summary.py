"""Ten million order rows to one row for each customer: ours beside hand-written queries.

Run in an environment with ``pip install --editable '.[science,frames]' polars duckdb pandas
lifetimes==0.11.3``. Ours and the hand-written query run in turns in one process, best of five; so
does lifetimes, where it is installed, beside ours on polars, best of two; its times are of the
processor too, for the engines use all there are and lifetimes one. A peak is the memory of a
process that does nothing else, with the rows in it. A smaller number of rows can be named:
``1_000_000``.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoFrame

from postpurchase.integrations.frames.summary import summarise

if TYPE_CHECKING:
    import duckdb

END = date(2026, 1, 1)

Work = Callable[[], float]


def make(rows: int, file: Path) -> None:
    chance = np.random.default_rng(1)
    customers = rows // 10
    days = np.datetime64("2024-01-01") + chance.integers(0, 730, rows)
    frame = pl.DataFrame(
        {
            "who": chance.integers(0, customers, rows),
            "on": days,
            "paid": chance.gamma(2, 15, rows),
        }
    )
    frame.write_parquet(file)


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


def ours_on_polars(file: Path) -> Work:
    frame = pl.read_parquet(file)
    return lambda: ours(frame.lazy())


def hand_on_polars(file: Path) -> Work:
    frame = pl.read_parquet(file)
    return lambda: polars_by_hand(frame)


def loaded(file: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb  # noqa: PLC0415  # would count in the peaks of the others

    connection = duckdb.connect()
    connection.read_parquet(str(file)).create("orders")
    return connection


def ours_on_duckdb(file: Path) -> Work:
    connection = loaded(file)
    return lambda: ours(connection.table("orders"))


def hand_on_duckdb(file: Path) -> Work:
    connection = loaded(file)

    def hand() -> float:
        found = nw.from_native(connection.sql(QUERY).to_arrow_table(), eager_only=True)
        return float(found.get_column("recency").sum())

    return hand


def lifetimes(file: Path) -> Work:
    from lifetimes.utils import (  # noqa: PLC0415  # only where it is installed
        summary_data_from_transaction_data,
    )

    table = pl.read_parquet(file).to_pandas()

    def theirs() -> float:
        found = summary_data_from_transaction_data(
            table, "who", "on", "paid", observation_period_end="2026-01-01"
        )
        return float(found["recency"].sum())

    return theirs


SIDES = {
    "polars": (ours_on_polars, hand_on_polars),
    "DuckDB": (ours_on_duckdb, hand_on_duckdb),
    "lifetimes": (ours_on_polars, lifetimes),
}


def both(engine: str, file: Path) -> None:
    """The best of both in turns, then the best in processor time; both must find the same."""
    works = [side(file) for side in SIDES[engine]]
    times: list[list[float]] = [[], [], [], []]
    for _ in range(2 if engine == "lifetimes" else 5):
        found: set[float] = set()
        for place, work in enumerate(works):
            begin, spent = perf_counter(), process_time()
            found.add(work())
            times[place].append(perf_counter() - begin)
            times[place + 2].append(process_time() - spent)
        assert len(found) == 1
    print(*map(min, times))


def alone(engine: str, place: int, file: Path) -> None:
    """The peak memory of one of them, in MB."""
    SIDES[engine][place](file)()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def told(*words: object) -> list[float]:
    """What a process of its own says: what this one has used would count in its peak."""
    command = [sys.executable, "-W", "ignore", __file__, *map(str, words)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    rows = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.parquet"
        told("make", rows, file)
        for engine, target in (("polars", 1.3), ("DuckDB", 1.3)):
            mine, hand, _, _ = told("both", engine, file)
            peaks = [told("alone", engine, place, file)[0] for place in (0, 1)]
            print(
                f"{engine}, {rows:,} rows: {mine:.2f} s, {peaks[0]:.0f} MB; by hand {hand:.2f} s, "
                f"{peaks[1]:.0f} MB: {mine / hand:.2f} (target {target})",
                flush=True,
            )
        if find_spec("lifetimes") is not None:
            mine, theirs, ours_spent, spent = told("both", "lifetimes", file)
            (peak,) = told("alone", "lifetimes", 1, file)
            print(
                f"lifetimes: {theirs:.1f} s, {peak:.0f} MB; ours on polars {mine:.2f} s: "
                f"{theirs / mine:.1f} times faster (target 6); of the processor {spent:.1f} s and "
                f"{ours_spent:.2f} s: {spent / ours_spent:.1f} times"
            )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", rows, file]:
            make(int(rows), Path(file))
        case ["both", engine, file]:
            both(engine, Path(file))
        case ["alone", engine, place, file]:
            alone(engine, int(place), Path(file))
        case _:
            main()
