"""Claims on messages in a database: of many workers one sends (extra `sql`).

The protocol: claim the key, decide it again (`journey.confirm`), hand the message to the provider
with `journey.key_hash` as its idempotency key, and settle the claim. While a lease holds, a message
goes out at most once. When a worker dies between the provider's yes and the settling, the lease
runs out and another worker sends again: once, where the provider honours the key. Who prefers never
to send twice takes no lease at all, and looks after such claims by hand.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from attrs import frozen

from postpurchase.domain.moment import instant
from postpurchase.errors import ClaimLost, UnknownDatabase
from postpurchase.extras import extra

with extra("sql"):
    from sqlalchemy import (
        BigInteger,
        Column,
        Engine,
        Integer,
        MetaData,
        PrimaryKeyConstraint,
        Table,
        Text,
        and_,
        or_,
        select,
        update,
    )
    from sqlalchemy.dialects import postgresql, sqlite

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_INSERT: Final[Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

metadata: Final = MetaData()
"""The one table; hand it to the migrations of your own."""

claims: Final = Table(
    "message_claim",
    metadata,
    Column("customer", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # Instants are microseconds since 1970 in UTC: exact, and the same in every database.
    Column("claimed_at", BigInteger, nullable=False),
    Column("free_at", BigInteger),
    PrimaryKeyConstraint("customer", "key"),
)


@unique
class ClaimState(StrEnum):
    """How a claim stands: SENT and FAILED block the key for ever, RETRY until a given instant."""

    CLAIMED = "claimed"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"


@frozen(kw_only=True)
class Claim:
    """The right to send one message.

    Attributes:
        attempts: how often it was claimed, this time included: above one, another worker may
            have sent it before it died.
    """

    customer: str
    key: str
    worker: str
    attempts: int
    claimed_at: datetime


@frozen(kw_only=True)
class Claimed:
    """How a claim stands; `free_at` is when another worker may take it, None for never."""

    state: ClaimState
    worker: str
    attempts: int
    free_at: datetime | None


class Claims:
    """Keeps claims among any number of processes; every call is one transaction.

    All guards are in the database: the key of the table, and writes with their condition in them.
    """

    def __init__(self, engine: Engine, /) -> None:
        """Claims behind an engine.

        Raises:
            UnknownDatabase: the engine is for neither SQLite nor PostgreSQL.
        """
        if engine.dialect.name not in _INSERT:
            raise UnknownDatabase(dialect=engine.dialect.name)
        self._engine = engine
        self._insert = _INSERT[engine.dialect.name]

    def create(self) -> None:
        """Create the table if it is not there yet."""
        metadata.create_all(self._engine)

    def claim(
        self, customer: str, key: str, /, *, worker: str, at: datetime, lease: timedelta | None
    ) -> Claim | None:
        """Claim a key; None where another worker holds it, or it is settled.

        Args:
            customer: whose message it is: a key names an intent among those of one customer.
            key: the key of the action.
            worker: who claims, such as a host's name and a process id.
            at: the instant; aware.
            lease: after how long another worker may take it over; None for never.
        """
        now = _ticks(at)
        values: Mapping[str, object] = {
            "state": ClaimState.CLAIMED.value,
            "worker": worker,
            "claimed_at": now,
            "free_at": None if lease is None else _ticks(at + lease),
        }
        fresh = self._insert(claims).values(customer=customer, key=key, attempts=1, **values)
        taken = fresh.on_conflict_do_update(
            index_elements=["customer", "key"],
            set_={**values, "attempts": claims.c.attempts + 1},
            where=and_(
                or_(
                    claims.c.state == ClaimState.CLAIMED.value,
                    claims.c.state == ClaimState.RETRY.value,
                ),
                claims.c.free_at <= now,
            ),
        ).returning(claims.c.attempts)
        with self._engine.begin() as work:
            attempts = work.scalar(taken)
        if attempts is None:
            return None
        return Claim(
            customer=customer, key=key, worker=worker, attempts=attempts, claimed_at=instant(at)
        )

    def sent(self, claim: Claim, /) -> None:
        """The provider said yes: the key is settled for ever.

        Raises:
            ClaimLost: another worker holds the claim by now.
        """
        self._settle(claim, ClaimState.SENT, None)

    def failed(self, claim: Claim, /) -> None:
        """It can never be sent: the key is settled for ever.

        Raises:
            ClaimLost: another worker holds the claim by now.
        """
        self._settle(claim, ClaimState.FAILED, None)

    def retry(self, claim: Claim, /, *, at: datetime) -> None:
        """It was certainly not sent, and may be claimed again from that instant on.

        Raises:
            ClaimLost: another worker holds the claim by now.
        """
        self._settle(claim, ClaimState.RETRY, _ticks(at))

    def find(self, customer: str, key: str, /) -> Claimed | None:
        """How a claim stands; None where nobody ever claimed the key."""
        wanted = select(claims.c.state, claims.c.worker, claims.c.attempts, claims.c.free_at).where(
            claims.c.customer == customer, claims.c.key == key
        )
        with self._engine.begin() as work:
            row = work.execute(wanted).one_or_none()
        if row is None:
            return None
        state, worker, attempts, free_at = row
        return Claimed(
            state=ClaimState(state),
            worker=worker,
            attempts=attempts,
            free_at=None if free_at is None else _EPOCH + free_at * _TICK,
        )

    def _settle(self, claim: Claim, state: ClaimState, free_at: int | None, /) -> None:
        held = update(claims).where(
            claims.c.customer == claim.customer,
            claims.c.key == claim.key,
            claims.c.state == ClaimState.CLAIMED.value,
            claims.c.worker == claim.worker,
            claims.c.attempts == claim.attempts,
        )
        with self._engine.begin() as work:
            done = work.execute(held.values(state=state.value, free_at=free_at))
        if not done.rowcount:
            raise ClaimLost(key=claim.key, worker=claim.worker)


def _ticks(at: datetime, /) -> int:
    return (instant(at) - _EPOCH) // _TICK
