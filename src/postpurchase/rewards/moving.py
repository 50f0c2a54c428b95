"""Points that come back after they were spent, and points that move to another account."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count

from postpurchase.domain.moment import instant
from postpurchase.errors import InvalidEntry
from postpurchase.rewards.entry import Entry, EntryKind, joined
from postpurchase.rewards.state import Draw, LedgerState, Spending
from postpurchase.rewards.terms import Terms


def restored(
    state: LedgerState, key: str, points: int, /, *, at: datetime, terms: Terms, mark: str
) -> tuple[Entry, ...]:
    """The entries that give back points of a spending, one for each lot they had come from.

    What was used last comes back first, so the points that live longest do. Each can be used until
    the later of its own expiry and the end of the grace, and never for ever unless it could be.

    Args:
        state: the account; its spending of this key is given back.
        key: the key of the spending or capture.
        points: how many come back.
        at: when.
        terms: how long the grace is.
        mark: names the intent; each entry's key is this and the lot.

    Raises:
        InvalidEntry: no such spending, or more than is left of it.
    """
    past = state.spending(key)
    if past is None or points > past.points - past.restored:
        left = 0 if past is None else past.points - past.restored
        raise InvalidEntry(
            key=key,
            what="no more points come back than were spent",
            given=f"{points}, {left} are left",
            advice="give back the rest",
        )
    at = instant(at)
    ends = {lot.key: lot.expires_at for lot in state.lots}
    return tuple(
        Entry(
            key=f"{mark}:{draw.lot}",
            kind=EntryKind.RESTORE,
            points=draw.points,
            at=at,
            expires_at=terms.restored_until(ends[draw.lot], at),
            ref=key,
        )
        for draw in _last(past, points)
    )


def _last(past: Spending, points: int) -> Iterator[Draw]:
    """The last so many points that have not come back, by lot."""
    skip = past.restored
    for draw in reversed(past.draws):
        gone = min(skip, draw.points)
        part = min(draw.points - gone, points)
        skip, points = skip - gone, points - part
        if part:
            yield Draw(draw.lot, part)


def swept(state: LedgerState, /) -> tuple[Entry, ...]:
    """A note for the books on every lot that ran out; balances are the same without them."""
    notes = (
        Entry(
            key=f"expire:{lot.key}",
            kind=EntryKind.EXPIRE,
            points=lot.expired,
            at=state.at,
            ref=lot.key,
        )
        for lot in state.lots
        if lot.over and lot.expired
    )
    return tuple(note for note in notes if note.key not in state.keys)


def merged(
    guest: LedgerState, /, *, account: str, into: str, at: datetime
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries that move everything of one account to another, for the first and the second.

    Every lot keeps the instants at which it becomes usable and runs out, and what is owed moves
    too. Points on hold stay until the hold ends: ask again then, and what came back moves as well.

    Args:
        guest: the state of the account that ends, at *at*.
        account: its name, which is kept in the keys.
        into: the name of the account that lives on.
        at: when.

    Raises:
        InvalidEntry: both are one account.
    """
    _apart(account, into)
    at = instant(at)
    gone: list[Entry] = []
    come: list[Entry] = []
    for lot in guest.lots:
        if lot.left and (lot.expires_at is None or lot.expires_at > at):
            out = _unused("merge", guest, account, into, lot.key)
            waits = None if lot.available_at is None else max(lot.available_at, at)
            gone.append(
                Entry(key=out, kind=EntryKind.TRANSFER, points=-lot.left, at=at, ref=lot.key)
            )
            come.append(
                Entry(
                    key=out,
                    kind=EntryKind.TRANSFER,
                    points=lot.left,
                    at=at,
                    available_at=waits,
                    expires_at=lot.expires_at,
                    rule=lot.rule,
                )
            )
    if guest.deficit:
        key = _unused("merge-deficit", guest, account, into)
        debt = guest.deficit
        gone.append(Entry(key=key, kind=EntryKind.TRANSFER, points=debt, at=at))
        come.append(Entry(key=key, kind=EntryKind.TRANSFER, points=-debt, at=at))
    return tuple(gone), tuple(come)


def _apart(account: str, into: str) -> None:
    if account == into:
        raise InvalidEntry(
            key=joined("merge", account, into),
            what="points move to another account",
            given="one account twice",
            advice="pass the account that ends and the one that lives on",
        )


def _unused(what: str, state: LedgerState, *parts: str) -> str:
    """The key of these parts, or what names the next time where the account has it already."""
    again = (joined(f"{what}{number}", *parts) for number in count(2))
    return next(key for key in chain((joined(what, *parts),), again) if key not in state.keys)
