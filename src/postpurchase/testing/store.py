"""What `rewards.Store` promises, as checks that run against a store of your own.

For example::

    class TestOurStore(StoreContract):
        def store(self) -> Store:
            return OurStore(fresh_database())

    TestOurStoreStaysTrue = store_machine(lambda: OurStore(fresh_database())).TestCase

pytest runs the first as it stands; the second lets Hypothesis look for a sequence of calls after
which the store and a plain model disagree. Neither can prove what happens when processes die or
race: run those against your own database with several processes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import evolve

from postpurchase.errors import ContractBroken, IdempotencyConflict, InvalidProgramme
from postpurchase.extras import extra
from postpurchase.rewards import Entry, EntryKind
from postpurchase.rewards.store import (
    Appended,
    Consumed,
    Exhausted,
    Loaded,
    Moved,
    Store,
    unwritten,
)

with extra("testing"):
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

_AT: Final = datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)


def _entry(key: str, points: int = 5) -> Entry:
    return Entry(
        key=key,
        kind=EntryKind.EARN,
        points=points,
        at=_AT,
        available_at=_AT + timedelta(days=1, microseconds=3),
        expires_at=_AT + timedelta(days=400),
        ref="order:1",
        rule="base",
    )


_WAITING: Final = Entry(key="waiting", kind=EntryKind.ADJUST, points=-3, at=_AT, available_at=None)


def promised(promise: str, got: object, expected: object, /) -> None:
    """Compare what a store gave with what it promises.

    Raises:
        ContractBroken: they differ.
    """
    if got != expected:
        raise ContractBroken(promise=promise, expected=repr(expected), got=repr(got))


def _conflicts(promise: str, call: Callable[[], object], /) -> None:
    try:
        got = call()
    except IdempotencyConflict:
        return
    raise ContractBroken(promise=promise, expected="IdempotencyConflict", got=repr(got))


class StoreContract(ABC):
    """Inherit, say how a fresh store is made, and let pytest collect your class."""

    @abstractmethod
    def store(self) -> Store:
        """A store in which nothing is written yet."""

    def test_an_account_begins_empty(self) -> None:
        """Nothing is there before something was written."""
        store = self.store()
        promised("nothing is loaded", store.load("a"), Loaded(0, ()))
        promised("no key is found", store.by_key("a", "k"), None)
        promised("nothing is appended", store.append("a", (), expected_seq=0), Appended(0))

    def test_entries_come_back_as_they_were(self) -> None:
        """To the microsecond, with what is None kept as None, in the order of writing."""
        store = self.store()
        rows = (_entry("z"), _WAITING, _entry("b"))
        promised("all are written", store.append("a", rows, expected_seq=0), Appended(3))
        promised("all come back", store.load("a"), Loaded(3, rows))
        promised("the later ones", store.load("a", after=2), Loaded(3, rows[2:]))
        promised("none after the last", store.load("a", after=3), Loaded(3, ()))
        promised("nor beyond it", store.load("a", after=9), Loaded(3, ()))
        promised("one by key", store.by_key("a", "waiting"), _WAITING)
        promised("accounts are apart", store.by_key("b", "waiting"), None)

    def test_points_and_texts_may_be_large(self) -> None:
        """More points than 32 bits hold, and keys in any script, told apart to the letter."""
        store = self.store()
        keys = ("Straße", "STRASSE", "e\u0301", "\u00e9", "পয়েন্ট", "a'b\";--", "%", "x" * 500)
        rows = tuple(_entry(key, 3_000_000_000 + place) for place, key in enumerate(keys))
        promised("each is its own", store.append("a", rows, expected_seq=0), Appended(len(keys)))
        promised("all come back", store.load("a"), Loaded(len(keys), rows))
        for key, row in zip(keys, rows, strict=True):
            promised("each by its key", store.by_key("a", key), row)

    def test_the_same_again_gives_the_first_result(self) -> None:
        """A retry after a time-out changes nothing, whatever was written meanwhile."""
        store = self.store()
        store.append("a", (_entry("k"),), expected_seq=0)
        store.append("a", (_entry("l"),), expected_seq=1)
        again = store.append("a", (_entry("k"),), expected_seq=0)
        promised("a retry gives the first result", again, Appended(1))
        promised("and writes nothing", store.load("a").seq, 2)

    def test_one_key_has_one_meaning(self) -> None:
        """Other content under a known key is refused, and nothing of its batch is written."""
        store = self.store()
        store.append("a", (_entry("k"),), expected_seq=0)
        other = (_entry("new"), _entry("k", 6))
        _conflicts("one key, one meaning", lambda: store.append("a", other, expected_seq=1))
        twice = (_entry("x"), _entry("x", 6))
        _conflicts("one key in a batch", lambda: store.append("a", twice, expected_seq=1))
        promised("nothing of it is written", store.load("a").seq, 1)
        same = (_entry("y"), _entry("y"))
        promised("the same twice", store.append("a", same, expected_seq=1), Appended(2))

    def test_nobody_writes_over_what_they_have_not_read(self) -> None:
        """A wrong `expected_seq` writes nothing and says what is right."""
        store = self.store()
        store.append("a", (_entry("k"),), expected_seq=0)
        moved = store.append("a", (_entry("l"),), expected_seq=0)
        promised("a stale writer is told", moved, Moved(1))
        promised("ahead, too", store.append("a", (_entry("l"),), expected_seq=2), Moved(1))
        partly = store.append("a", (_entry("k"), _entry("l")), expected_seq=1)
        promised("what is missing is written", partly, Appended(2))

    def test_a_limit_holds(self) -> None:
        """Up to the cap itself, never above; a refusal leaves nothing behind."""
        store = self.store()
        promised("room is used", store.consume("l", "a", 3, cap=5), Consumed(3))
        promised("no more than is left", store.consume("l", "b", 3, cap=5), Exhausted(3))
        promised("the last one", store.consume("l", "b", 2, cap=5), Consumed(2))
        promised("nothing is left", store.consume("l", "c", 1, cap=5), Exhausted(5))
        promised("limits are apart", store.consume("m", "a", 1, cap=1), Consumed(1))

    def test_using_again_gives_the_first_result(self) -> None:
        """A retry uses nothing; another amount is another meaning."""
        store = self.store()
        store.consume("l", "a", 2, cap=2)
        promised("a retry", store.consume("l", "a", 2, cap=2), Consumed(2))
        promised("even below", store.consume("l", "a", 2, cap=1), Consumed(2))
        _conflicts("one key, one amount", lambda: store.consume("l", "a", 1, cap=9))
        with suppress(InvalidProgramme):
            got = store.consume("l", "z", 0, cap=9)
            raise ContractBroken(promise="one or more", expected="InvalidProgramme", got=repr(got))

    def test_what_is_released_can_be_used_again(self) -> None:
        """By any key, once."""
        store = self.store()
        store.consume("l", "a", 2, cap=2)
        promised("it says how much", store.release("l", "a"), 2)
        promised("once", store.release("l", "a"), 0)
        promised("unknown ones nothing", store.release("x", "y"), 0)
        promised("there is room", store.consume("l", "b", 2, cap=2), Consumed(2))

    def test_threads_never_pass_a_limit(self) -> None:
        """Eight threads at once, and exactly the cap is used."""
        store = self.store()

        def attempt(number: int) -> Consumed | Exhausted:
            return store.consume("l", str(number), 1, cap=7)

        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(attempt, range(40)))
        granted = sum(isinstance(each, Consumed) for each in got)
        promised("exactly the cap", granted, 7)

    def test_threads_never_lose_an_entry(self) -> None:
        """Of two writers who read the same one wins, and the other is told."""
        store = self.store()

        def write(number: int) -> int:
            tries = 0
            seq = 0
            while isinstance(
                done := store.append("a", (_entry(str(number)),), expected_seq=seq), Moved
            ):
                seq, tries = done.seq, tries + 1
            return tries

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(12)))
        loaded = store.load("a")
        promised("all are there", sorted(each.key for each in loaded.entries), _names(12))


def _names(count: int) -> list[str]:
    return sorted(map(str, range(count)))


class _Machine(RuleBasedStateMachine):
    """A store beside a model of plain dictionaries; they never disagree."""

    keys: Final = st.sampled_from("abcd")
    amounts: Final = st.integers(1, 3)

    def __init__(self, make: Callable[[], Store], /) -> None:
        """Both begin empty."""
        super().__init__()
        self.store = make()
        self.rows: dict[str, Entry] = {}
        self.used: dict[str, int] = {}

    @rule(keys=st.lists(keys, max_size=3), points=amounts, behind=st.integers(0, 1))
    def append(self, keys: list[str], points: int, behind: int) -> None:
        """Write entries, sometimes from a stale reading."""
        entries = tuple(evolve(_entry(key), points=points) for key in keys)
        expected = max(len(self.rows) - behind, 0)
        try:
            fresh = unwritten(entries, self.rows)
        except IdempotencyConflict:
            _conflicts(
                "one key, one meaning",
                lambda: self.store.append("a", entries, expected_seq=expected),
            )
            return
        got = self.store.append("a", entries, expected_seq=expected)
        if entries and not fresh:
            places = [list(self.rows).index(entry.key) + 1 for entry in entries]
            promised("a retry gives the first result", got, Appended(max(places)))
        elif expected != len(self.rows):
            promised("a stale writer is told", got, Moved(len(self.rows)))
        else:
            self.rows.update({entry.key: entry for entry in fresh})
            promised("entries are written", got, Appended(len(self.rows)))

    @rule(key=keys, n=amounts, cap=st.integers(0, 6))
    def consume(self, key: str, n: int, cap: int) -> None:
        """Use some of a limit."""
        if self.used.get(key, n) != n:
            _conflicts("one key, one amount", lambda: self.store.consume("l", key, n, cap=cap))
            return
        used = sum(self.used.values())
        got = self.store.consume("l", key, n, cap=cap)
        if key not in self.used and used + n > cap:
            promised("no more than the cap", got, Exhausted(used))
        else:
            self.used[key] = n
            promised("room is used", got, Consumed(n))

    @rule(key=keys)
    def release(self, key: str) -> None:
        """Give some of it back."""
        promised("it says how much", self.store.release("l", key), self.used.pop(key, 0))

    @invariant()
    def the_same_is_there(self) -> None:
        """What was written can be read."""
        rows = tuple(self.rows.values())
        promised("all come back", self.store.load("a"), Loaded(len(rows), rows))
        for key in "abcd":
            promised("each by its key", self.store.by_key("a", key), self.rows.get(key))


def store_machine(make: Callable[[], Store], /) -> type[RuleBasedStateMachine]:
    """A Hypothesis machine that calls a store in every order; run its `TestCase`.

    Args:
        make: a store in which nothing is written yet, called once for every sequence of calls.
    """

    class StoreMachine(_Machine):
        """The machine of one store."""

        def __init__(self) -> None:
            """Begin with a fresh store."""
            super().__init__(make)

    return StoreMachine
