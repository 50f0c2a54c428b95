"""A store in a database: SQLite or PostgreSQL, through SQLAlchemy Core (extra `sql`)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from postpurchase.errors import IdempotencyConflict, UnknownDatabase
from postpurchase.extras import extra
from postpurchase.rewards import Entry, EntryKind
from postpurchase.rewards.store import (
    Appended,
    Consumed,
    Exhausted,
    Loaded,
    Moved,
    countable,
    unwritten,
)

with extra("sql"):
    from sqlalchemy import (
        BigInteger,
        Column,
        Connection,
        Engine,
        MetaData,
        PrimaryKeyConstraint,
        RowMapping,
        Table,
        Text,
        UniqueConstraint,
        and_,
        delete,
        select,
        update,
    )
    from sqlalchemy.dialects import postgresql, sqlite

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_AT_ONCE: Final = 10_000
"""How many keys one statement asks for: SQLite takes 32,766 values, PostgreSQL 65,535."""

metadata: Final = MetaData()
"""The four tables; hand it to the migrations of your own."""

accounts: Final = Table(
    "points_account",
    metadata,
    Column("account", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
entries_table: Final = Table(
    "points_entry",
    metadata,
    Column("account", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    # Instants are microseconds since 1970 in UTC: exact, and the same in every database.
    Column("at", BigInteger, nullable=False),
    Column("available_at", BigInteger),
    Column("expires_at", BigInteger),
    Column("ref", Text, nullable=False),
    Column("rule", Text, nullable=False),
    PrimaryKeyConstraint("account", "seq"),
    UniqueConstraint("account", "key"),
)
limits: Final = Table(
    "limit_total",
    metadata,
    Column("limit", Text, primary_key=True),
    Column("used", BigInteger, nullable=False),
)
uses: Final = Table(
    "limit_use",
    metadata,
    Column("limit", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("limit", "key"),
)


class SqlStore:
    """Keeps the contract of `rewards.Store` among any number of processes.

    Every call is one transaction, and its first statement is a write, so that writers queue up
    instead of reading what another is about to change. All guards are in the database: unique keys,
    and updates with the condition in them.
    """

    def __init__(self, engine: Engine, /) -> None:
        """A store behind an engine.

        Raises:
            UnknownDatabase: the engine is for neither SQLite nor PostgreSQL.
        """
        if engine.dialect.name not in _INSERT:
            raise UnknownDatabase(dialect=engine.dialect.name)
        self._engine = engine
        self._insert = _INSERT[engine.dialect.name]

    def create(self) -> None:
        """Create the tables that are not there yet."""
        metadata.create_all(self._engine)

    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        """Write entries into an account; see `rewards.Store`."""
        with self._engine.begin() as work:
            seq = self._lock(work, account)
            places, written = _found(work, account, tuple(entry.key for entry in entries))
            fresh = unwritten(entries, written)
            if entries and not fresh:
                return Appended(max(places.values()))
            if seq != expected_seq:
                return Moved(seq)
            rows = [_row(account, place, entry) for place, entry in enumerate(fresh, seq + 1)]
            if rows:
                work.execute(entries_table.insert(), rows)
                new = update(accounts).where(accounts.c.account == account, accounts.c.seq == seq)
                work.execute(new.values(seq=seq + len(rows)))
            return Appended(seq + len(rows))

    def load(self, account: str, /, *, after: int = 0) -> Loaded:
        """The entries of an account; see `rewards.Store`."""
        # One statement, so that the number and the entries are of one moment.
        later = and_(entries_table.c.account == accounts.c.account, entries_table.c.seq > after)
        asked = (
            select(accounts.c.seq.label("whole"), entries_table)
            .outerjoin_from(accounts, entries_table, later)
            .where(accounts.c.account == account)
            .order_by(entries_table.c.seq)
        )
        with self._engine.connect() as work:
            rows = work.execute(asked).mappings().all()
        whole = rows[0]["whole"] if rows else 0
        return Loaded(whole, tuple(_entry(row) for row in rows if row["key"] is not None))

    def by_key(self, account: str, key: str, /) -> Entry | None:
        """The entry of this key, or None."""
        with self._engine.connect() as work:
            _, written = _found(work, account, (key,))
        return written.get(key)

    def consume(self, limit: str, key: str, n: int, /, *, cap: int) -> Consumed | Exhausted:
        """Use so much of a limit; see `rewards.Store`."""
        countable(n)
        with self._engine.begin() as work:
            mine = self._insert(uses).values(limit=limit, key=key, n=n).on_conflict_do_nothing()
            # The row itself, not rowcount: of an INSERT that is not the same in every driver.
            if work.execute(mine.returning(uses.c.n)).first() is None:
                asked = select(uses.c.n).where(uses.c.limit == limit, uses.c.key == key)
                kept = work.execute(asked).scalar_one()
                if kept != n:
                    raise IdempotencyConflict(key=key, kept=str(kept), given=str(n))
                return Consumed(n)
            total = self._insert(limits).values(limit=limit, used=0).on_conflict_do_nothing()
            work.execute(total)
            guarded = (
                update(limits)
                .where(limits.c.limit == limit, limits.c.used <= cap - n)
                .values(used=limits.c.used + n)
            )
            if work.execute(guarded).rowcount:
                return Consumed(n)
            used = work.scalar(select(limits.c.used).where(limits.c.limit == limit)) or 0
            work.rollback()
            return Exhausted(used)

    def release(self, limit: str, key: str, /) -> int:
        """Give back what a key used; see `rewards.Store`."""
        with self._engine.begin() as work:
            gone = delete(uses).where(uses.c.limit == limit, uses.c.key == key)
            n: int = work.execute(gone.returning(uses.c.n)).scalar() or 0
            if n:
                back = update(limits).where(limits.c.limit == limit)
                work.execute(back.values(used=limits.c.used - n))
            return n

    def _lock(self, work: Connection, account: str) -> int:
        """The number of entries of an account, which nobody else can write to until we are done."""
        there = self._insert(accounts).values(account=account, seq=0).on_conflict_do_nothing()
        work.execute(there)
        mine = select(accounts.c.seq).where(accounts.c.account == account).with_for_update()
        seq: int = work.execute(mine).scalar_one()
        return seq


_INSERT: Final[Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def _found(
    work: Connection, account: str, keys: tuple[str, ...]
) -> tuple[dict[str, int], dict[str, Entry]]:
    rows: list[RowMapping] = []
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        asked = select(entries_table).where(
            entries_table.c.account == account, entries_table.c.key.in_(some)
        )
        rows += work.execute(asked).mappings()
    return {row["key"]: row["seq"] for row in rows}, {row["key"]: _entry(row) for row in rows}


def _row(account: str, seq: int, entry: Entry) -> dict[str, object]:
    return {
        "account": account,
        "seq": seq,
        "key": entry.key,
        "kind": entry.kind.value,
        "points": entry.points,
        "at": _ticks(entry.at),
        "available_at": None if entry.available_at is None else _ticks(entry.available_at),
        "expires_at": None if entry.expires_at is None else _ticks(entry.expires_at),
        "ref": entry.ref,
        "rule": entry.rule,
    }


def _entry(row: RowMapping) -> Entry:
    available, expires = row["available_at"], row["expires_at"]
    return Entry(
        key=row["key"],
        kind=EntryKind(row["kind"]),
        points=row["points"],
        at=_instant(row["at"]),
        available_at=None if available is None else _instant(available),
        expires_at=None if expires is None else _instant(expires),
        ref=row["ref"],
        rule=row["rule"],
    )


def _ticks(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def _instant(ticks: int) -> datetime:
    return _EPOCH + ticks * _TICK
