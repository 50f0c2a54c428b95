"""The points ledger: folding against building, and how both grow.

python benchmarks/bench_rewards.py
"""

import gc
from cProfile import Profile
from datetime import UTC, datetime, timedelta
from pstats import Stats
from time import process_time

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


class Least:
    """The least that anybody could keep of an entry."""

    __slots__ = ("at", "ends", "key", "points")

    def __init__(self, entry: Entry) -> None:
        self.key, self.points = entry.key, entry.points
        self.at, self.ends = entry.at, entry.expires_at


def keep(rows: list[Entry]) -> dict[str, Least]:
    """A dict of one small object for each entry: no lots, no time, no answer."""
    return {row.key: Least(row) for row in rows}


def timed(size: int) -> tuple[float, float, float]:
    """Processor seconds to build so many entries, to put them into a dict, and to fold them."""
    gc.collect()
    begin = process_time()
    rows = build(size)
    built = process_time()
    kept = keep(rows)
    stored = process_time()
    assert len(kept) == size
    del kept
    again = process_time()
    state = fold(rows, at=rows[-1].at)
    done = process_time()
    check(state)
    return built - begin, stored - built, done - again


def check(state: LedgerState) -> None:
    assert state.granted == (
        state.available + state.spent + state.expired + state.withdrawn - state.deficit
    )


def grown(collector: str) -> None:
    """Print every size, with Python's collector of cycles on or off."""
    fold_row, keep_row = {}, {}
    for size in SIZES:
        runs = [timed(size) for _ in range(max(5, 20_000 // size))]
        # The fastest of them: what else the machine does only ever adds.
        built, kept, folded = (min(run[part] for run in runs) for part in (0, 1, 2))
        fold_row[size], keep_row[size] = folded / size, kept / size
        print(
            f"{size:>7} entries: build {built * 1e3:9.2f} ms, fold {folded * 1e3:9.2f} ms, "
            f"fold / build {folded / built:.2f} (target at most 2.5 at 1,000), "
            f"a dict of them {kept * 1e3:8.2f} ms"
        )
    growth = fold_row[100_000] / fold_row[1_000]
    least = keep_row[100_000] / keep_row[1_000]
    print(
        f"collector {collector}: a row of 100,000 costs {growth:.2f} times a row of 1,000; "
        f"put into a dict, the same rows cost {least:.2f} times as much each"
    )


def calls(size: int) -> float:
    """How many calls the fold makes for each row: the same on every machine."""
    rows = build(size)
    with Profile() as watched:
        fold(rows, at=rows[-1].at)
    whole: int = Stats(watched).total_calls  # type: ignore[attr-defined]  # typeshed leaves it out
    return whole / size


def main() -> None:
    for size in SIZES:
        print(f"{size:>7} entries: {calls(size):.2f} calls for each row")
    grown("on")
    # It visits every living object again and again: what is left without it is the fold's own.
    gc.disable()
    grown("off")


if __name__ == "__main__":
    main()
