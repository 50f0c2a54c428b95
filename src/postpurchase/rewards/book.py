"""The open book of one account while its entries are read: lots, holds, and what time does."""

from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import Final

from postpurchase.domain.decision import Reason
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.lots import OpenHold, OpenLot, OpenSpending, Parts, cut, draws_of
from postpurchase.rewards.state import (
    Held,
    Ignored,
    LedgerState,
    Spending,
    TooFew,
    Unmatched,
)
from postpurchase.rewards.terms import Terms

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Book:
    """Points on the move; `fold` is its only reader."""

    _now: datetime

    def __init__(self, terms: Terms, /) -> None:
        """An empty book under these terms."""
        self._terms = terms
        self._lots: dict[str, OpenLot] = {}
        self._usable: list[tuple[datetime, int, OpenLot]] = []
        self._endless: list[OpenLot] = []
        self._timers: list[tuple[datetime, int, str]] = []
        self._holds: dict[str, OpenHold] = {}
        self._spendings: dict[str, OpenSpending] = {}
        self._ignored: list[Ignored] = []
        self._available = self._deficit = 0
        self._granted = self._spent = self._expired = self._withdrawn = 0
        self._active_at: datetime | None = None
        self._idle_ends = _NEVER

    # -- from a state, and back to one

    def resume(self, state: LedgerState, /) -> None:
        """Go on where a state ended."""
        for number, lot in enumerate(state.lots):
            self._lots[lot.key] = own = OpenLot(lot, number)
            own.left, own.held, own.expired = lot.left, lot.held, lot.expired
            own.pending, own.over = lot.pending, lot.over
            if lot.pending and lot.available_at is not None:
                heappush(self._timers, (lot.available_at, number, lot.key))
            if lot.left and not lot.pending:
                self._queue(own)
            if lot.expires_at is None and not (lot.pending or lot.over):
                self._endless.append(own)
        for hold in state.holds:
            parts = [(self._lots[draw.lot], draw.points) for draw in hold.draws]
            self._set_aside(OpenHold(hold.key, hold.ends_at, parts))
        for past in state.spendings:
            parts = [(self._lots[draw.lot], draw.points) for draw in past.draws]
            self._spendings[past.key] = OpenSpending(past.key, parts, past.points, past.restored)
        self._ignored.extend(state.ignored)
        self._available, self._deficit = state.available, state.deficit
        self._granted, self._spent = state.granted, state.spent
        self._expired, self._withdrawn = state.expired, state.withdrawn
        self._active_at = state.active_at
        self._idle_ends = state.idle_ends_at or _NEVER

    def close(self, at: datetime, keys: frozenset[str], /) -> LedgerState:
        """What it all comes to."""
        lots = [lot.frozen(at) for lot in self._lots.values()]
        return LedgerState(
            at=at,
            granted=self._granted,
            available=self._available,
            pending=sum([lot.left for lot in lots if lot.pending]),
            held=sum([lot.held for lot in lots if lot.held]),
            spent=self._spent,
            expired=self._expired,
            withdrawn=self._withdrawn,
            deficit=self._deficit,
            lots=tuple(lots),
            holds=tuple(
                Held(
                    key=hold.key,
                    points=hold.points(),
                    ends_at=hold.ends_at,
                    draws=draws_of(hold.parts),
                )
                for hold in self._holds.values()
            ),
            spendings=tuple(
                [
                    Spending(
                        key=past.key,
                        points=past.points,
                        restored=past.restored,
                        draws=draws_of(past.parts),
                    )
                    for past in self._spendings.values()
                ]
            ),
            ignored=tuple(self._ignored),
            active_at=self._active_at,
            idle_ends_at=None if self._idle_ends is _NEVER else self._idle_ends,
            keys=keys,
        )

    # -- what time does

    def advance(self, to: datetime, /) -> None:
        """Let time pass: points become usable, holds end, lots run out, in that order."""
        while True:
            timer = self._timers[0][0] if self._timers else _NEVER
            ends = self._usable[0][0] if self._usable else _NEVER
            self._now = min(timer, ends, self._idle_ends, to)
            if self._now == _NEVER:
                return
            if timer == self._now:
                self._ring()
            elif ends == self._now:
                self._run_out(heappop(self._usable)[2])
            elif self._idle_ends == self._now:
                self._run_idle()
            else:
                return

    def _ring(self) -> None:
        when, _, key = heappop(self._timers)
        hold = self._holds.get(key)
        lot = self._lots.get(key)
        if hold is not None and hold.ends_at == when:
            self._give_back(self._holds.pop(key).parts)
        elif lot is not None and lot.pending and lot.available_at == when:
            self._open(lot)
            self._touch(EntryKind.EARN)

    def _run_out(self, lot: OpenLot) -> None:
        self._available -= lot.left
        self._expire(lot)

    def _run_idle(self) -> None:
        self._idle_ends = _NEVER
        ended, self._endless = self._endless, []
        for lot in ended:
            lot.over = True
            self._available -= lot.left
            self._expire(lot)

    def _expire(self, lot: OpenLot) -> None:
        self._expired += lot.left
        lot.expired, lot.left = lot.left, 0

    def _touch(self, kind: EntryKind) -> None:
        if self._terms.idle is not None and kind in self._terms.keeps_alive:
            self._active_at = self._now
            self._idle_ends = self._terms.idle.ends(self._now, self._terms.zone)

    # -- what entries do

    def earn(self, entry: Entry, /) -> None:
        """A lot arrives."""
        self._granted += entry.points
        self._arrive(entry)
        self._touch(entry.kind)

    def activate(self, entry: Entry, /) -> None:
        """A pending lot gets its instant."""
        lot = self._lots.get(entry.ref)
        if lot is None or not lot.pending:
            self._ignore(entry, Unmatched(entry.ref))
            return
        lot.available_at = entry.available_at
        lot.expires_at = entry.expires_at or lot.expires_at
        self._schedule(lot)

    def spend(self, entry: Entry, /) -> None:
        """Points are used up, all or none."""
        if entry.points > self._available:
            self._ignore(entry, TooFew(entry.points, self._available))
            return
        self._use(entry, self._take(entry.points))

    def hold(self, entry: Entry, /) -> None:
        """Points are set aside, all or none."""
        if entry.points > self._available:
            self._ignore(entry, TooFew(entry.points, self._available))
            return
        parts = self._take(entry.points)
        for lot, points in parts:
            lot.held += points
        self._set_aside(OpenHold(entry.key, entry.expires_at or _NEVER, parts))

    def capture(self, entry: Entry, /) -> None:
        """Held points are used up; the rest of the hold goes back."""
        hold = self._holds.get(entry.ref)
        if hold is None:
            self._ignore(entry, Unmatched(entry.ref))
            return
        if entry.points > hold.points():
            self._ignore(entry, TooFew(entry.points, hold.points()))
            return
        del self._holds[entry.ref]
        used, rest = cut(hold.parts, entry.points)
        for lot, points in used:
            lot.held -= points
        self._use(entry, used)
        self._give_back(rest)

    def release(self, entry: Entry, /) -> None:
        """Held points go back."""
        hold = self._holds.pop(entry.ref, None)
        if hold is None:
            self._ignore(entry, Unmatched(entry.ref))
            return
        self._give_back(hold.parts)

    def clawback(self, entry: Entry, /) -> None:
        """Points are taken back; what is not there is owed."""
        self._withdraw(entry.ref, entry.points)

    def restore(self, entry: Entry, /) -> None:
        """Spent points come back."""
        past = self._spendings.get(entry.ref)
        if past is None or past.restored + entry.points > past.points:
            self._ignore(entry, Unmatched(entry.ref))
            return
        past.restored += entry.points
        self._spent -= entry.points
        self._arrive(entry)

    def expire(self, entry: Entry, /) -> None:
        """Nothing: time has already decided."""

    def adjust(self, entry: Entry, /) -> None:
        """A correction, up or down."""
        if entry.points > 0:
            self._granted += entry.points
            self._arrive(entry)
        else:
            self._withdraw(entry.ref, -entry.points)

    def transfer(self, entry: Entry, /) -> None:
        """Points from another account, or to it."""
        if entry.points > 0:
            self._granted += entry.points
            self._arrive(entry)
            return
        lot = self._lots.get(entry.ref)
        if entry.ref and (lot is None or lot.left < -entry.points):
            self._ignore(entry, Unmatched(entry.ref))
            return
        self._withdraw(entry.ref, -entry.points)

    # -- how points move

    def _arrive(self, entry: Entry) -> None:
        lot = self._lots[entry.key] = OpenLot(entry, len(self._lots))
        self._schedule(lot)

    def _schedule(self, lot: OpenLot) -> None:
        when = lot.available_at
        if when is None:
            return
        if when <= self._now:
            self._open(lot)
        else:
            heappush(self._timers, (when, lot.number, lot.key))

    def _open(self, lot: OpenLot) -> None:
        lot.pending = False
        if lot.expires_at is None:
            self._endless.append(lot)
        points, lot.left = lot.left, 0
        self._return(lot, points)

    def _return(self, lot: OpenLot, points: int) -> None:
        """Points of a lot become usable: what ran out is gone, what is owed is paid first."""
        if lot.ended(self._now):
            self._expired += points
            lot.expired += points
            return
        owed = min(self._deficit, points)
        self._deficit -= owed
        lot.left += points - owed
        self._available += points - owed
        if lot.left:
            self._queue(lot)

    def _queue(self, lot: OpenLot) -> None:
        """Put a lot in line; one that stands there twice is empty when its second turn comes."""
        heappush(self._usable, (lot.expires_at or _NEVER, lot.number, lot))

    def _take(self, points: int) -> Parts:
        """So many usable points, those that run out first."""
        self._available -= points
        parts: Parts = []
        while points:
            lot = self._usable[0][2]
            if lot.left:
                part = min(lot.left, points)
                lot.left -= part
                points -= part
                parts.append((lot, part))
            else:
                heappop(self._usable)
        return parts

    def _withdraw(self, ref: str, points: int) -> None:
        self._withdrawn += points
        lot = self._lots.get(ref)
        if lot is not None and lot.left:
            part = min(lot.left, points)
            lot.left -= part
            points -= part
            self._available -= 0 if lot.pending else part
        part = min(points, self._available)
        self._take(part)
        self._deficit += points - part

    def _use(self, entry: Entry, parts: Parts) -> None:
        self._spent += entry.points
        self._spendings[entry.key] = OpenSpending(entry.key, parts, entry.points)
        self._touch(entry.kind)

    def _set_aside(self, hold: OpenHold) -> None:
        self._holds[hold.key] = hold
        heappush(self._timers, (hold.ends_at, -1, hold.key))

    def _give_back(self, parts: Parts) -> None:
        for lot, points in parts:
            lot.held -= points
            self._return(lot, points)

    def _ignore(self, entry: Entry, reason: Reason) -> None:
        self._ignored.append(Ignored(entry.key, reason))
