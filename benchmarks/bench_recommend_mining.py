"""Counting pairs: the standard library, a data frame in DuckDB, hand-written SQL, mlxtend.

Run it with `python benchmarks/bench_recommend_mining.py`. A million baskets of three million lines
come from `postpurchase.testing.baskets`, so they are the same everywhere. Each side runs in a
process of its own, one after the other, and says how long it took and how much memory it had used
at most. Against mlxtend the baskets grow until it no longer finishes within 8 GB and three minutes.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import duckdb
import pandas as pd
import pyarrow as pa
from mlxtend.frequent_patterns import association_rules, fpgrowth
from mlxtend.preprocessing import TransactionEncoder

from postpurchase.integrations.frames.pairs import mine_pairs as mine_frame
from postpurchase.recommend import PairTable, mine_pairs
from postpurchase.testing.baskets import baskets

BASKETS, LEAST = 1_000_000, 10
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
GIGABYTES, SECONDS = 8, 180
DISTINCT = "create temp table d as select distinct order_id b, product_id i from lines"


def in_duckdb() -> duckdb.DuckDBPyConnection:
    orders: list[int] = []
    items: list[str] = []
    for number, basket in enumerate(baskets(BASKETS)):
        orders += [number] * len(basket)
        items += basket
    database = duckdb.connect()
    database.register("drawn", pa.table({"order_id": orders, "product_id": items}))
    database.execute("create table lines as select * from drawn")
    return database


def standard() -> Callable[[], PairTable]:
    held = list(baskets(BASKETS))
    return lambda: mine_pairs(held, min_count=LEAST)


def frame() -> Callable[[], PairTable]:
    database = in_duckdb()
    return lambda: mine_frame(database.table("lines"), min_count=LEAST)


def by_hand() -> Callable[[], PairTable]:
    """The same table from SQL written for this very case."""
    database = in_duckdb()

    def mine() -> PairTable:
        database.execute(DISTINCT)
        database.execute(
            "create temp table k as select * from d"
            " where b in (select b from d group by b having count(*) <= 60)"
        )
        total = database.execute("select count(distinct b) from k").fetchall()[0][0]
        counts = database.execute(
            f"select i, count(*) from k group by i having count(*) >= {LEAST}"  # noqa: S608 - a constant
        ).fetchall()
        pairs = self_join(database, "k")
        near: dict[str, list[tuple[str, int]]] = {}
        for first, second, both in pairs:
            near.setdefault(first, []).append((second, both))
            near.setdefault(second, []).append((first, both))
        return PairTable.of(baskets=total, counts=dict(counts), near=near, min_count=LEAST, top=50)

    return mine


def self_join(database: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str, int]]:
    return database.execute(
        f"with f as (select i from {table} group by i having count(*) >= {LEAST}),"  # noqa: S608 - constants
        f" g as (select * from {table} semi join f using (i))"
        " select x.i, y.i, count(*) from g x join g y on x.b = y.b and x.i < y.i"
        f" group by 1, 2 having count(*) >= {LEAST}"
    ).fetchall()


def joined() -> Callable[[], PairTable]:
    """The self-join alone: the pairs, without a table of them."""
    database = in_duckdb()

    def mine() -> PairTable:
        database.execute(DISTINCT)
        pairs = self_join(database, "d")
        assert pairs
        return mine_pairs([])

    return mine


def against_mlxtend(count: int) -> tuple[float, float]:
    """Seconds of mlxtend's fpgrowth and rules, and of our table and links, on the same baskets."""
    held = list(baskets(count))
    start = time.perf_counter()
    encoder = TransactionEncoder()
    matrix = encoder.fit(held).transform(held, sparse=True)
    onehot = pd.DataFrame.sparse.from_spmatrix(  # type: ignore[attr-defined]  # the stubs lack it
        matrix, columns=encoder.columns_
    )
    sets = fpgrowth(onehot, min_support=LEAST / count, use_colnames=True, max_len=2)
    rules = association_rules(sets, metric="support", min_threshold=0)
    theirs = time.perf_counter() - start
    start = time.perf_counter()
    links = list(mine_pairs(held, min_count=LEAST, top=None).links())
    ours = time.perf_counter() - start
    assert len(links) == len(rules), (len(links), len(rules))
    return theirs, ours


SIDES = {"standard": standard, "frame": frame, "by_hand": by_hand, "joined": joined}


def measured(*side: str, seconds: int | None = None) -> dict[str, float]:
    command = [sys.executable, __file__, *side]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds)
    result: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return result


def run(side: str) -> None:
    mine = SIDES[side]()
    start = time.perf_counter()
    table = mine()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mb": peak, "links": len(list(table.links()))}))


def run_mlxtend(count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
    theirs, ours = against_mlxtend(count)
    print(json.dumps({"theirs": theirs, "ours": ours}))


def ratios_to_mlxtend() -> None:
    for count in SIZES:
        try:
            figure = measured("mlxtend", str(count), seconds=SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"mlxtend, {count} baskets: not done ({type(error).__name__})")
            return
        theirs, ours = figure["theirs"], figure["ours"]
        seconds = f"({theirs:.2f} s and {ours:.2f} s)"
        print(f"mlxtend / ours, {count} baskets {theirs / ours:14.1f}  at least 3 {seconds}")


def main() -> None:
    """Print seconds, megabytes and ratios."""
    figures = {side: measured(side) for side in SIDES}
    for side, figure in figures.items():
        print(f"{side:<10}{figure['seconds']:8.2f} s{figure['mb']:8.0f} MB")
    assert figures["standard"]["links"] == figures["frame"]["links"] == figures["by_hand"]["links"]
    seconds = {side: figure["seconds"] for side, figure in figures.items()}
    peak = figures["standard"]["mb"]
    against_sql = seconds["standard"] / seconds["joined"]
    print(f"standard library against a DuckDB self-join {against_sql:8.2f}  at most 6")
    print(f"standard library, peak {peak:25.0f} MB  under 600")
    by_sql = seconds["frame"] / seconds["by_hand"]
    print(f"Narwhals on DuckDB against SQL by hand {by_sql:13.2f}  at most 1.5")
    ratios_to_mlxtend()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "mlxtend":
        run_mlxtend(int(sys.argv[2]))
    else:
        run(sys.argv[1])
