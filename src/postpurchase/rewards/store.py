"""What a store of points and limits promises; the shop brings one, two come with the library."""

from collections.abc import Mapping
from typing import Protocol

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.errors import IdempotencyConflict, InvalidProgramme
from postpurchase.rewards.entry import Entry


@frozen
class Appended(Outcome):
    """The entries are written; `seq` is the number of entries up to the last of them."""

    seq: int


@frozen
class Moved(Outcome):
    """Nothing was written: somebody wrote meanwhile, and `seq` is what the account is at now.

    Load, decide again, and append that.
    """

    seq: int


@frozen
class Loaded(Outcome):
    """The entries of an account in the order of writing, and how many it has."""

    seq: int
    entries: tuple[Entry, ...]


@frozen
class Consumed(Outcome):
    """So much of a limit is used by this key."""

    n: int


@frozen
class Exhausted(Outcome):
    """Nothing was used, for it would be more than the cap; `used` is what is used."""

    used: int


class Store(Protocol):
    """Keeps ledgers and counts limits, so that nothing is lost and nothing is counted twice.

    `postpurchase.testing.store` checks all of this against a store of your own:

    1. An entry's key is unique in its account. The same key with the same content gives the first
       result, whatever `expected_seq` says; with other content it raises `IdempotencyConflict`.
    2. `append` writes all entries or none, and only if the account has `expected_seq` entries.
    3. `consume` is one guarded write: of any number of attempts at once no more than the cap is
       ever used. The same limit and key give the first result; another amount raises
       `IdempotencyConflict`. An attempt that was refused leaves nothing behind.
    4. A call that was cut off at any point and is made again ends as if it had not been.
    """

    def append(
        self, account: str, entries: tuple[Entry, ...], /, *, expected_seq: int
    ) -> Appended | Moved:
        """Write entries into an account.

        Raises:
            IdempotencyConflict: a key is there with other content, or twice in *entries*.
        """
        ...

    def load(self, account: str, /, *, after: int = 0) -> Loaded:
        """The entries of an account after the first *after* ones."""
        ...

    def by_key(self, account: str, key: str, /) -> Entry | None:
        """The entry of this key, or None."""
        ...

    def consume(self, limit: str, key: str, n: int, /, *, cap: int) -> Consumed | Exhausted:
        """Use *n* of a limit for *key*, if all its keys together stay within *cap*.

        Raises:
            IdempotencyConflict: this key used another amount of this limit.
            InvalidProgramme: *n* is below one.
        """
        ...

    def release(self, limit: str, key: str, /) -> int:
        """Give back what *key* used of a limit; how much that was, 0 if it used none."""
        ...


def unwritten(entries: tuple[Entry, ...], written: Mapping[str, Entry], /) -> tuple[Entry, ...]:
    """Those of some entries that are not among the written ones; for whoever builds a store.

    Raises:
        IdempotencyConflict: a key is there with other content, or twice in *entries*.
    """
    fresh: dict[str, Entry] = {}
    for entry in entries:
        kept = written.get(entry.key) or fresh.get(entry.key)
        if kept is None:
            fresh[entry.key] = entry
        elif kept != entry:
            raise IdempotencyConflict(key=entry.key, kept=repr(kept), given=repr(entry))
    return tuple(fresh.values())


def countable(n: int, /) -> None:
    """Refuse to count less than one; for whoever builds a store.

    Raises:
        InvalidProgramme: *n* is below one.
    """
    if n < 1:
        raise InvalidProgramme(
            part="a limit",
            what="one or more is used at a time",
            given=str(n),
            advice="release what is given back",
        )
