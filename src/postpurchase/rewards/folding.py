"""What a sequence of ledger entries comes to: the one place where points move."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Final

from postpurchase.domain.moment import instant
from postpurchase.errors import IdempotencyConflict, StaleState
from postpurchase.rewards.book import Book
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.state import LedgerState
from postpurchase.rewards.terms import TERMS, Terms


def fold(
    entries: Iterable[Entry],
    /,
    *,
    at: datetime,
    terms: Terms = TERMS,
    onto: LedgerState | None = None,
) -> LedgerState:
    """What the entries of one account come to at an instant.

    Time decides what is usable and what ran out, never a row: with and without `EXPIRE` rows the
    answer is the same. Points that expire first are used first, those without an expiry last,
    older ones before newer ones. Entries after *at* do not count yet.

    Args:
        entries: in the order in which they were stored; sorted by their instants here, so that
            this order decides only between entries of one instant.
        at: the instant to look at.
        terms: how idle points run out, in which zone.
        onto: a state to go on from, so that only newer entries need to be passed:
            `fold(rest, at=at, onto=fold(first, at=between))` equals `fold(first + rest, at=at)`.

    Raises:
        IdempotencyConflict: two entries have one key and differ.
        StaleState: an entry, or *at*, lies before the instant of *onto*.
    """
    at = instant(at)
    book = Book(terms)
    if onto is not None:
        _check(onto, at)
        book.resume(onto)
    seen: dict[str, Entry] = {}
    before: frozenset[str] = frozenset() if onto is None else onto.keys
    for entry in sorted(entries, key=attrgetter("at")):
        if entry.at > at:
            break
        if entry.key in before:
            continue
        if entry.key in seen:
            _same(seen[entry.key], entry)
            continue
        seen[entry.key] = entry
        if onto is not None and entry.at < onto.at:
            raise StaleState(key=entry.key, at=entry.at.isoformat(), state_at=onto.at.isoformat())
        book.advance(entry.at)
        _APPLY[entry.kind](book, entry)
    book.advance(at)
    return book.close(at, before.union(seen))


def _check(onto: LedgerState, at: datetime) -> None:
    if at < onto.at:
        raise StaleState(key="at", at=at.isoformat(), state_at=onto.at.isoformat())


def _same(kept: Entry, given: Entry) -> None:
    if kept != given:
        raise IdempotencyConflict(key=kept.key, kept=repr(kept), given=repr(given))


_APPLY: Final[Mapping[EntryKind, Callable[[Book, Entry], None]]] = {
    EntryKind.EARN: Book.earn,
    EntryKind.ACTIVATE: Book.activate,
    EntryKind.SPEND: Book.spend,
    EntryKind.HOLD: Book.hold,
    EntryKind.CAPTURE: Book.capture,
    EntryKind.RELEASE: Book.release,
    EntryKind.CLAWBACK: Book.clawback,
    EntryKind.RESTORE: Book.restore,
    EntryKind.EXPIRE: Book.expire,
    EntryKind.ADJUST: Book.adjust,
    EntryKind.TRANSFER: Book.transfer,
}
