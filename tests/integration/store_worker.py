"""Processes that race for a limit or a balance, or are killed half-way.

Each child is a process of its own with connections of its own, and nothing but the database keeps
them apart.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import create_engine, event, insert, select, update
from sqlalchemy.engine import Engine

from postpurchase.integrations.sql import SqlStore, limits, uses
from postpurchase.rewards import Entry, EntryKind, fold
from postpurchase.rewards.store import Appended, Consumed

AT = datetime(2026, 1, 1, tzinfo=UTC)


def engine(url: str) -> Engine:
    waits = {"timeout": 60} if url.startswith("sqlite") else {}
    return create_engine(url, connect_args=waits)


def together(count: int, work: Callable[[int], int]) -> list[int]:
    """Run so many children that begin at the same time; what each one answers."""
    gate_out, gate_in = os.pipe()
    children = []
    for number in range(count):
        answer_out, answer_in = os.pipe()
        if os.fork() == 0:
            os.close(gate_in)
            os.read(gate_out, 1)
            os.write(answer_in, str(work(number)).encode())
            os._exit(0)
        os.close(answer_in)
        children.append(answer_out)
    os.close(gate_in)
    answers = [int(os.read(each, 20)) for each in children]
    for _ in children:
        os.wait()
    return answers


def race(url: str, limit: str, workers: int, attempts: int, cap: int) -> list[int]:
    """How many attempts each worker was granted."""

    def work(number: int) -> int:
        store = SqlStore(engine(url))
        share = range(number, attempts, workers)
        got = [store.consume(limit, f"key{each}", 1, cap=cap) for each in share]
        return sum(isinstance(each, Consumed) for each in got)

    return together(workers, work)


def unguarded(url: str, limit: str, workers: int, attempts: int, cap: int) -> list[int]:
    """The same without the guard: look, then write."""

    def work(number: int) -> int:
        own, granted = engine(url), 0
        for each in range(number, attempts, workers):
            with own.connect() as work:
                used = work.scalar(select(limits.c.used).where(limits.c.limit == limit)) or 0
            if used < cap:
                with own.begin() as work:
                    work.execute(insert(uses).values(limit=limit, key=f"key{each}", n=1))
                    more = update(limits).where(limits.c.limit == limit)
                    work.execute(more.values(used=limits.c.used + 1))
                granted += 1
        return granted

    with engine(url).begin() as first:
        first.execute(insert(limits).values(limit=limit, used=0))
    return together(workers, work)


def spend(url: str, account: str, workers: int) -> list[int]:
    """Each worker wants the whole balance; 1 for those that got it."""

    def work(number: int) -> int:
        store = SqlStore(engine(url))
        while True:
            loaded = store.load(account)
            balance = fold(loaded.entries, at=AT).available
            if not balance:
                return 0
            row = Entry(key=f"spend{number}", kind=EntryKind.SPEND, points=balance, at=AT)
            done = store.append(account, (row,), expected_seq=loaded.seq)
            if isinstance(done, Appended):
                return 1

    return together(workers, work)


def call(store: SqlStore, name: str, on: str) -> str:
    """One call of the store, always with the same content."""
    if name == "append":
        rows = tuple(
            Entry(key=key, kind=EntryKind.EARN, points=5, at=AT) for key in ("first", "second")
        )
        return str(store.append(on, rows, expected_seq=0))
    if name == "consume":
        return str(store.consume(on, "key", 2, cap=3))
    return str(store.release(on, "key"))


def killed(url: str, name: str, on: str, place: int) -> bool:
    """Whether a child was killed at the place of this number before its call came to an end."""
    child = os.fork()
    if child == 0:
        own = engine(url)
        _watch(own, place)
        call(SqlStore(own), name, on)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if status:
        message = f"the child failed: {status}"
        raise RuntimeError(message)
    return False


def _watch(own: Engine, place: int) -> None:
    """Kill this process at a place: before and after every statement, and before the commit."""
    passed = 0

    def step(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed > place:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(own, name, step)


def crashes(url: str, name: str, prefix: str) -> int:
    """Kill the call at every place in turn, each on something of its own; how many there were."""
    place = 0
    while killed(url, name, f"{prefix}{place}", place):
        place += 1
    return place


def main() -> None:
    command, url, name, *numbers = sys.argv[1:]
    sizes = [int(each) for each in numbers]
    if command == "race":
        print(json.dumps(race(url, name, *sizes)))  # noqa: T201 - this is how it answers
    elif command == "unguarded":
        print(json.dumps(unguarded(url, name, *sizes)))  # noqa: T201 - this is how it answers
    elif command == "spend":
        print(json.dumps(spend(url, name, *sizes)))  # noqa: T201 - this is how it answers
    else:
        print(json.dumps(crashes(url, command, name)))  # noqa: T201 - this is how it answers


if __name__ == "__main__":
    main()
