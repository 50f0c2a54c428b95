"""A store in memory: for tests, trials and notebooks; it is gone with the process."""

from threading import Lock

from postpurchase.errors import IdempotencyConflict
from postpurchase.rewards import Entry
from postpurchase.rewards.store import (
    Appended,
    Consumed,
    Exhausted,
    Loaded,
    Moved,
    countable,
    unwritten,
)


class MemoryStore:
    """Keeps the contract of `rewards.Store` among the threads of one process."""

    def __init__(self) -> None:
        """An empty store."""
        self._lock = Lock()
        self._ledgers: dict[str, dict[str, Entry]] = {}
        self._uses: dict[str, dict[str, int]] = {}
        self._used: dict[str, int] = {}

    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        """Write entries into an account; see `rewards.Store`."""
        with self._lock:
            ledger = self._ledgers.get(account, {})
            fresh = unwritten(entries, ledger)
            if not fresh and entries:
                places = {key: seq for seq, key in enumerate(ledger, start=1)}
                return Appended(max(places[entry.key] for entry in entries))
            if len(ledger) != expected_seq:
                return Moved(len(ledger))
            ledger.update({entry.key: entry for entry in fresh})
            self._ledgers[account] = ledger
            return Appended(len(ledger))

    def load(self, account: str, /, *, after: int = 0) -> Loaded:
        """The entries of an account; see `rewards.Store`."""
        with self._lock:
            entries = tuple(self._ledgers.get(account, {}).values())
        return Loaded(len(entries), entries[max(after, 0) :])

    def by_key(self, account: str, key: str, /) -> Entry | None:
        """The entry of this key, or None."""
        with self._lock:
            return self._ledgers.get(account, {}).get(key)

    def consume(self, limit: str, key: str, n: int, /, *, cap: int) -> Consumed | Exhausted:
        """Use so much of a limit; see `rewards.Store`."""
        countable(n)
        with self._lock:
            uses = self._uses.setdefault(limit, {})
            if key in uses:
                if uses[key] != n:
                    raise IdempotencyConflict(key=key, kept=str(uses[key]), given=str(n))
                return Consumed(n)
            used = self._used.get(limit, 0)
            if used + n > cap:
                return Exhausted(used)
            uses[key], self._used[limit] = n, used + n
            return Consumed(n)

    def release(self, limit: str, key: str, /) -> int:
        """Give back what a key used; see `rewards.Store`."""
        with self._lock:
            n = self._uses.get(limit, {}).pop(key, 0)
            self._used[limit] = self._used.get(limit, 0) - n
            return n
