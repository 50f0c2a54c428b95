"""The points ledger: folding against building, and how both grow.

python benchmarks/bench_rewards.py
"""

import gc
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from postpurchase.rewards import Entry, EntryKind, LedgerState, fold

START = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (100, 1_000, 10_000, 100_000)


def build(size: int) -> list[Entry]:
    """Seven earnings for every three spendings, points that live a year, four rows a day."""
    rows = []
    for number in range(size):
        at = START + timedelta(hours=6 * number)
        if number * 7 % 10 < 7:
            year = at + timedelta(days=365)
            kind, ends = EntryKind.EARN, year
        else:
            kind, ends = EntryKind.SPEND, None
        points = 50 + number * 37 % 100
        rows.append(Entry(key=f"row{number}", kind=kind, points=points, at=at, expires_at=ends))
    return rows


def timed(size: int) -> tuple[float, float, LedgerState]:
    """Seconds to build so many entries, and to fold them."""
    gc.collect()
    begin = perf_counter()
    rows = build(size)
    built = perf_counter()
    state = fold(rows, at=rows[-1].at)
    done = perf_counter()
    assert state.granted == (
        state.available + state.spent + state.expired + state.withdrawn - state.deficit
    )
    return built - begin, done - built, state


def grown(collector: str) -> None:
    """Print every size, with Python's collector of cycles on or off."""
    per_row = {}
    for size in SIZES:
        runs = [timed(size) for _ in range(max(3, 20_000 // size))]
        built = median(run[0] for run in runs)
        folded = median(run[1] for run in runs)
        per_row[size] = folded / size
        print(
            f"{size:>7} entries: build {built * 1e3:9.2f} ms, fold {folded * 1e3:9.2f} ms, "
            f"fold / build {folded / built:.2f} (target at most 2.5 at 1,000)"
        )
    growth = per_row[100_000] / per_row[1_000]
    print(f"collector {collector}: a row of 100,000 costs {growth:.2f} times a row of 1,000")


def main() -> None:
    grown("on")
    # It visits every living object again and again: what is left without it is the fold's own.
    gc.disable()
    grown("off")


if __name__ == "__main__":
    main()
