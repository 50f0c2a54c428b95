"""Both stores keep what they promise, and a store that does not is found out."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.dialects import mysql
from typing_extensions import override

from postpurchase.errors import ContractBroken, IdempotencyConflict, UnknownDatabase
from postpurchase.integrations.memory import MemoryStore
from postpurchase.integrations.sql import SqlStore
from postpurchase.rewards import Entry, EntryKind
from postpurchase.rewards.store import Appended, Consumed, Exhausted, Loaded, Moved, Store
from postpurchase.testing.store import StoreContract, store_machine

AT = datetime(2026, 1, 1, tzinfo=UTC)


class TestMemoryStore(StoreContract):
    @override
    def store(self) -> Store:
        return MemoryStore()


class TestSqliteStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.numbers = count()

    @override
    def store(self) -> Store:
        return sqlite(self.folder / f"{next(self.numbers)}.db")


def sqlite(path: Path | str) -> SqlStore:
    store = SqlStore(create_engine(f"sqlite:///{path}"))
    store.create()
    return store


TestMemoryStoreStaysTrue = store_machine(MemoryStore).TestCase
TestSqliteStoreStaysTrue = store_machine(lambda: sqlite("")).TestCase
TestSqliteStoreStaysTrue.settings = settings(max_examples=20, stateful_step_count=20)


def test_an_unknown_database_is_refused() -> None:
    engine = create_engine("sqlite://")
    engine.dialect = mysql.dialect()
    with pytest.raises(UnknownDatabase, match="knows SQLite and PostgreSQL, got mysql"):
        SqlStore(engine)


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "points.db"
    row = Entry(key="k", kind=EntryKind.EARN, points=5, at=AT)
    sqlite(path).append("a", (row,), expected_seq=0)
    sqlite(path).consume("l", "k", 1, cap=1)
    assert sqlite(path).load("a") == Loaded(1, (row,))
    assert sqlite(path).consume("l", "x", 1, cap=1) == Exhausted(1)


# ---------------------------------------------------------------- stores that break a promise


class Forgetful(MemoryStore):
    """Writes a retry again."""

    @override
    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        if self.load(account).seq != expected_seq:
            return Moved(self.load(account).seq)
        return super().append(account, entries, expected_seq=expected_seq)


class Lax(MemoryStore):
    """Lets anybody write at any time."""

    @override
    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        return super().append(account, entries, expected_seq=self.load(account).seq)


class Careless(MemoryStore):
    """Takes the last writer's word."""

    @override
    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        try:
            return super().append(account, entries, expected_seq=expected_seq)
        except IdempotencyConflict:
            return Appended(0)


class Generous(MemoryStore):
    """Gives one more than the cap."""

    @override
    def consume(self, limit: str, key: str, n: int, /, *, cap: int) -> Consumed | Exhausted:
        return super().consume(limit, key, n, cap=cap + 1)


class Lenient(MemoryStore):
    """Counts nothing as something."""

    @override
    def consume(self, limit: str, key: str, n: int, /, *, cap: int) -> Consumed | Exhausted:
        return super().consume(limit, key, n, cap=cap) if n else Consumed(0)


class Greedy(MemoryStore):
    """Keeps what was released."""

    @override
    def release(self, limit: str, key: str, /) -> int:
        return 1


@pytest.mark.parametrize("broken", [Forgetful, Lax, Careless, Generous, Lenient, Greedy])
def test_a_store_that_breaks_a_promise_is_found_out(broken: type[MemoryStore]) -> None:
    class Contract(StoreContract):
        @override
        def store(self) -> Store:
            return broken()

    checks = [getattr(Contract(), name) for name in dir(Contract) if name.startswith("test_")]
    found = 0
    for check in checks:
        try:
            check()
        except (ContractBroken, IdempotencyConflict):
            found += 1
    assert len(checks) == 11
    assert found


def test_the_machine_finds_a_broken_promise_too() -> None:
    machine = store_machine(Generous).TestCase
    machine.settings = settings(max_examples=20, derandomize=True, database=None)
    with pytest.raises(ContractBroken, match="no more than the cap"):
        machine("runTest").runTest()
