"""The store under load and under SIGKILL, with real processes, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, select, text
from typing_extensions import override

from postpurchase.integrations.sql import SqlStore, limits, metadata, uses
from postpurchase.rewards import Entry, EntryKind, fold
from postpurchase.rewards.store import Loaded, Store
from postpurchase.testing.store import StoreContract, store_machine

START = datetime(2026, 1, 1, tzinfo=UTC)
WORKER = Path(__file__).with_name("store_worker.py")
WORKERS, ATTEMPTS, CAP = 8, 400, 50


def _postgres() -> str:
    url = os.environ.get("POSTPURCHASE_POSTGRES", "")  # noqa: TID251 - tests may be told where
    if not url:
        pytest.skip("POSTPURCHASE_POSTGRES is not set: the URL of a PostgreSQL server for tests")
    return url


def _fresh(url: str) -> Engine:
    engine = create_engine(url)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    return engine


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = create_engine(f"sqlite:///{tmp_path / 'points.db'}")
        with made.connect() as work:
            work.execute(text("PRAGMA journal_mode=WAL"))
        metadata.create_all(made)
    else:
        made = _fresh(_postgres())
    yield made
    made.dispose()


def worker(engine: Engine, command: str, name: str, *numbers: int) -> object:
    """What the worker script answers about the engine's database."""
    url = engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, str(WORKER), command, url, name, *map(str, numbers)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    answer: object = json.loads(done.stdout)
    return answer


def granted(engine: Engine, command: str) -> int:
    answers = worker(engine, command, "coupon", WORKERS, ATTEMPTS, CAP)
    assert isinstance(answers, list)
    assert len(answers) == WORKERS
    return sum(answers)


def test_eight_processes_use_a_limit_up_to_its_cap(engine: Engine) -> None:
    assert granted(engine, "race") == CAP
    with engine.connect() as work:
        assert work.scalar(select(limits.c.used)) == CAP
        assert len(work.execute(select(uses)).all()) == CAP


def test_without_the_guard_they_use_more(engine: Engine) -> None:
    """So the test above can fail."""
    assert granted(engine, "unguarded") > CAP


def test_of_processes_that_spend_the_whole_balance_one_wins(engine: Engine) -> None:
    store = SqlStore(engine)
    row = Entry(key="a", kind=EntryKind.EARN, points=500, at=START)
    store.append("C1", (row,), expected_seq=0)
    answers = worker(engine, "spend", "C1", 2)
    assert isinstance(answers, list)
    assert sorted(answers) == [0, 1]
    assert fold(store.load("C1").entries, at=START).available == 0
    store.append("C2", (row,), expected_seq=0)
    many = worker(engine, "spend", "C2", WORKERS)
    assert isinstance(many, list)
    assert sum(many) == 1


def _content(engine: Engine, on: str) -> tuple[object, ...]:
    """All that the database holds about one account or limit."""
    with engine.connect() as work:
        total = work.scalar(select(limits.c.used).where(limits.c.limit == on)) or 0
        mine = select(uses.c.key, uses.c.n).where(uses.c.limit == on)
        rows = [tuple(row) for row in work.execute(mine)]
    return (SqlStore(engine).load(on), total, rows)


@pytest.mark.parametrize(("name", "least"), [("append", 9), ("consume", 7), ("release", 5)])
def test_a_call_that_was_killed_anywhere_and_made_again_ends_as_if_it_had_not_been(
    engine: Engine, name: str, least: int
) -> None:
    store = SqlStore(engine)
    if name == "release":
        for number in range(30):
            store.consume(f"x{number}", "key", 2, cap=3)
        store.consume("whole", "key", 2, cap=3)
    places = worker(engine, name, "x")
    assert isinstance(places, int)
    assert places >= least
    expected_answer = _call(store, name, "whole")
    expected = _content(engine, "whole")
    for place in range(places + 1):
        answer = _call(store, name, f"x{place}")
        if name != "release":
            assert answer == expected_answer
        assert _content(engine, f"x{place}") == expected
    assert _call(store, name, "x0") == (0 if name == "release" else expected_answer)


def _call(store: SqlStore, name: str, on: str) -> object:
    if name == "append":
        rows = tuple(
            Entry(key=key, kind=EntryKind.EARN, points=5, at=START) for key in ("first", "second")
        )
        return store.append(on, rows, expected_seq=0)
    if name == "consume":
        return store.consume(on, "key", 2, cap=3)
    return store.release(on, "key")


@pytest.mark.postgres
class TestPostgresStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _server(self) -> Iterator[None]:
        self.engine = _fresh(_postgres())
        yield
        self.engine.dispose()

    @override
    def store(self) -> Store:
        return SqlStore(self.engine)


@pytest.mark.postgres
def test_a_postgres_store_stays_true() -> None:
    engine = _fresh(_postgres())

    def fresh() -> Store:
        with engine.begin() as work:
            for table in reversed(metadata.sorted_tables):
                work.execute(table.delete())
        return SqlStore(engine)

    machine = store_machine(fresh).TestCase
    machine.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
    machine("runTest").runTest()
    assert fresh().load("a") == Loaded(0, ())
    engine.dispose()
