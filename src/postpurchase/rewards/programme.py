"""A loyalty programme: what is due to be written into a customer's ledger, and why."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import ClassVar, Final

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant
from postpurchase.domain.order import Order
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.basis import Basis, Part
from postpurchase.rewards.deed import Deed, Trigger, deeds
from postpurchase.rewards.earning import Award, Earning
from postpurchase.rewards.entry import Entry, EntryKind, joined
from postpurchase.rewards.folding import fold
from postpurchase.rewards.limit import Budgets, Given, GivenSoFar
from postpurchase.rewards.measure import Ledger
from postpurchase.rewards.moving import restored
from postpurchase.rewards.occasion import Occasions
from postpurchase.rewards.redeem import Redemption, Reward
from postpurchase.rewards.state import LedgerState
from postpurchase.rewards.terms import TERMS, Terms
from postpurchase.rewards.tier import Climb, Ladder
from postpurchase.rewards.waiting import NoWaiting, Waiting


class Clawback(Enum):
    """What is taken back when an order is refunded."""

    ONLY_PENDING = "only_pending"
    """Only points of that order that cannot be used yet."""
    WITHIN_BALANCE = "within_balance"
    """What is there, of that order first."""
    ALLOW_NEGATIVE = "allow_negative"
    """Everything; what is not there is owed."""

    def of(self, wanted: int, lot: str, state: LedgerState, /) -> int:
        """How many of the wanted points are taken from an account in this state."""
        own = state.lot(lot)
        waiting = own.left if own is not None and own.pending else 0
        if self is Clawback.ALLOW_NEGATIVE:
            return wanted
        there = 0 if self is Clawback.ONLY_PENDING else state.available
        return min(wanted, waiting + there)


@frozen(kw_only=True)
class Posting(Outcome):
    """Entries that are due to be written into one account, in this order.

    Attributes:
        entries: what to append.
        awards: what was earned for each thing done, with the breakdown.
    """

    entries: tuple[Entry, ...]
    awards: tuple[Award, ...] = ()


@frozen
class UpToDate(Reason):
    """Everything that happened is in the ledger already."""

    says: ClassVar[Says] = says("nothing is due")


@frozen
class TakenBack(Reason):
    """Points were taken back because an order is worth less than it earned for."""

    says: ClassVar[Says] = says("%(points)s points of %(deed)s taken back")
    deed: str
    points: int


@frozen
class NotRecovered(Reason):
    """Points that should have been taken back and were not there."""

    says: ClassVar[Says] = says("%(points)s points of %(deed)s could not be taken back")
    deed: str
    points: int


@frozen
class CanBeUsed(Reason):
    """Points that waited can be used from an instant on."""

    says: ClassVar[Says] = says("the points of %(deed)s can be used from %(at)s")
    deed: str
    at: datetime


@frozen
class GivenBack(Reason):
    """Points that had paid for an order come back with its refund."""

    says: ClassVar[Says] = says("%(points)s points that paid for order %(order)s come back")
    order: str
    points: int


_EVERYTHING: Final = Basis(counts=frozenset(Part), without=frozenset())
_AT_ONCE: Final = NoWaiting()


def _one_zone(programme: "Programme", _: object, earning: Earning, /) -> None:
    if earning.zone != programme.terms.zone:
        raise InvalidProgramme(
            part=programme.name,
            what="earning and terms count days in one zone",
            given=f"{earning.zone} and {programme.terms.zone}",
            advice="pass the shop's zone to both",
        )


@frozen(kw_only=True)
class Programme:
    """Everything that a loyalty programme states.

    `decide` answers which entries are due: what was earned and is not in the ledger, what can be
    used now, what a refund takes and gives back. Write them with `Store.append`, and ask again:
    the answer is that nothing is due.

    Attributes:
        name: names it where a shop has several.
        terms: how points live and end.
        earning: how they are given.
        waiting: until when the points of an order are pending.
        clawback: what a refund takes back.
        occasions: which days of the year are rewarded; None for none.
        ladder: its tiers; rules such as `TierIs` see the tier at the instant of the deed.
        redemption: what points are worth.
        rewards: what can be had for points.
    """

    name: str
    terms: Terms = TERMS
    earning: Earning = field(validator=_one_zone)
    waiting: Waiting = _AT_ONCE
    clawback: Clawback = Clawback.WITHIN_BALANCE
    occasions: Occasions | None = None
    ladder: Ladder | None = None
    redemption: Redemption | None = None
    rewards: tuple[Reward, ...] = ()

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Posting] | Declined:
        """The entries that are due at an instant, and why.

        What is earned is dated by when the deed became known, so it is the same whenever it is
        asked; what is taken or given back is dated *at*, so it never changes the past.

        Args:
            subject: the customer's history.
            at: the instant of the decision.
            known: the `Ledger` with the entries written so far, and what the rules ask for.
        """
        due = _Due(self, subject.until(at), instant(at), known)
        due.earn()
        due.activate()
        due.take_back()
        due.give_back()
        if not due.entries:
            return Declined((*due.reasons, UpToDate()))
        posting = Posting(entries=tuple(due.entries), awards=tuple(due.awards))
        return Granted(posting, tuple(due.reasons))

    def deeds(self, history: History, at: datetime, /) -> tuple[Deed, ...]:
        """Everything that is rewarded up to an instant, the oldest first."""
        days = self.occasions.deeds(history, at, self.terms.zone) if self.occasions else ()
        return tuple(sorted((*deeds(history), *days), key=_when))


class _Due:
    """What is due in one account; filled step by step."""

    def __init__(self, programme: Programme, history: History, at: datetime, known: Known) -> None:
        self.programme, self.history, self.at, self.known = programme, history, at, known
        self.ledger = known.find(Ledger) or Ledger()
        self.keys = {entry.key for entry in self.ledger.entries}
        self.entries: list[Entry] = []
        self.awards: list[Award] = []
        self.reasons: list[Reason] = []
        self.given: list[Given] = []
        self.earned: dict[str, tuple[Deed, Known, int]] = {}
        self.climb: Climb | None = None

    def rows(self) -> tuple[Entry, ...]:
        return (*self.ledger.entries, *self.entries)

    def state(self) -> LedgerState:
        return fold(self.rows(), at=self.at, terms=self.programme.terms)

    def post(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.keys.add(entry.key)

    # -- earning

    def earn(self) -> None:
        deeds = self.programme.deeds(self.history, self.at)
        later = {f"earn:{deed.key}" for deed in deeds}
        for deed in deeds:
            first = deed
            if deed.order is not None:
                first = evolve(deed, order=deed.order.until(deed.at))
            key = f"earn:{deed.key}"
            known = self._known(first, later)
            later.discard(key)
            if key in self.keys:
                # What was given once came out of the budget as it was then.
                known = known.add(Budgets())
            decision = self.programme.earning.decide(first, at=self.at, known=known)
            award = decision.value if decision else None
            if award is not None or key in self.keys:
                self.earned[key] = (deed, known, award.points if award is not None else 0)
            if award is None:
                continue
            for share in award.shares:
                self.given.append(Given(rule=share.rule, points=share.points, at=deed.at))
            if key not in self.keys:
                self.post(self._lot(key, deed, award))
                self.awards.append(award)
                self.reasons.extend(decision.reasons)

    def _known(self, deed: Deed, later: set[str]) -> Known:
        """What was known at a deed: the tier is that of its instant, without what comes of it."""
        known = self.known.add(GivenSoFar(tuple(self.given)))
        ladder = self.programme.ladder
        if ladder is None:
            return known
        if self.climb is None or ladder.measure.of_entries:
            before = Ledger(tuple(row for row in self.rows() if row.key not in later))
            self.climb = ladder.climb(self.history, self.known.add(before))
        return known.add(self.climb.at(deed.at).value)

    def _lot(self, key: str, deed: Deed, award: Award) -> Entry:
        terms = self.programme.terms
        starts: datetime | None = deed.at
        if deed.trigger is Trigger.ORDER:
            starts = self.programme.waiting.at_once(deed.at, terms.zone)
        return Entry(
            key=key,
            kind=EntryKind.EARN,
            points=award.points,
            at=deed.at,
            available_at=starts,
            expires_at=None if starts is None else terms.expiry.ends(starts, terms.zone),
            rule="+".join(share.rule for share in award.shares if share.points),
        )

    # -- what waited

    def activate(self) -> None:
        waiting = {row.key for row in self.rows() if row.available_at is None}
        if not waiting.isdisjoint(self.earned):
            self._activate()

    def _activate(self) -> None:
        terms, state = self.programme.terms, self.state()
        for lot in state.lots:
            deed = self.earned[lot.key][0] if lot.key in self.earned else None
            key = f"activate:{lot.key}"
            if deed is None or deed.order is None or not lot.left or lot.available_at is not None:
                continue
            starts = self.programme.waiting.later(deed.order, self.history, terms.zone)
            if starts is None or key in self.keys:
                continue
            starts = max(starts, self.at)
            self.post(
                Entry(
                    key=key,
                    kind=EntryKind.ACTIVATE,
                    at=self.at,
                    available_at=starts,
                    expires_at=terms.expiry.ends(starts, terms.zone),
                    ref=lot.key,
                )
            )
            self.reasons.append(CanBeUsed(deed.key, starts))

    # -- refunds

    def take_back(self) -> None:
        for lot, (deed, known, points) in self.earned.items():
            if deed.order is None:
                continue
            for id, order in _changes(deed.order):
                key = joined("clawback", deed.trigger, deed.id, id)
                if key not in self.keys:
                    changed = evolve(deed, order=order, refunds=order.refunds)
                    self._claw(key, lot, self._kept(lot, changed, known, points), deed)

    def _kept(self, lot: str, changed: Deed, known: Known, points: int) -> int:
        """How many points an order has earned with what is left of it."""
        given = self._given(lot)
        if points < given and changed.order is not None:
            # It would earn less today, or nothing: of what it did earn the same share is kept.
            basis, order = self.programme.earning.basis, changed.order
            whole = basis.of(evolve(order, cancellations=()))
            left = basis.of(order, changed.refunds)
            return self.programme.earning.rounding.of(given * left / whole) if whole else 0
        decision = self.programme.earning.decide(changed, at=self.at, known=known)
        return decision.value.points if decision else 0

    def _given(self, lot: str) -> int:
        return sum(row.points for row in self.rows() if row.key == lot)

    def _claw(self, key: str, lot: str, kept: int, deed: Deed) -> None:
        taken = sum(
            row.points for row in self.rows() if row.kind is EntryKind.CLAWBACK and row.ref == lot
        )
        wanted = self._given(lot) - kept - taken
        if wanted <= 0:
            return
        points = self.programme.clawback.of(wanted, lot, self.state())
        self.post(Entry(key=key, kind=EntryKind.CLAWBACK, points=points, at=self.at, ref=lot))
        if points:
            self.reasons.append(TakenBack(deed.key, points))
        if points < wanted:
            self.reasons.append(NotRecovered(deed.key, wanted - points))

    def give_back(self) -> None:
        for order in self.history.orders:
            if f"spend:order:{order.id}" in self.keys:
                for id, changed in _changes(order):
                    self._restore(order, changed, id)

    def _restore(self, order: Order, changed: Order, id: str) -> None:
        mark = joined("restore", "order", order.id, id, "")
        state = self.state()
        past = state.spending(f"spend:order:{order.id}")
        if past is None or any(key.startswith(mark) for key in self.keys):
            return
        whole = _EVERYTHING.of(evolve(order, cancellations=()))
        left = _EVERYTHING.of(changed, changed.refunds) / whole if whole else 0
        wanted = int(past.points * (1 - left)) - past.restored
        if wanted <= 0:
            return
        for entry in restored(
            state, past.key, wanted, at=self.at, terms=self.programme.terms, mark=mark[:-1]
        ):
            self.post(entry)
        self.reasons.append(GivenBack(order.id, wanted))


def _when(deed: Deed) -> tuple[datetime, str]:
    return (deed.at, deed.key)


def _changes(order: Order) -> Iterator[tuple[str, Order]]:
    """The order after each refund or cancellation, named by it, in the order they became known."""
    changes = sorted(
        (*order.refunds, *order.cancellations), key=lambda each: (each.recorded_at, each.id)
    )
    for change in changes:
        yield change.id, order.until(change.recorded_at)
