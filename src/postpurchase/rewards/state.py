"""What a ledger comes to at an instant: lots, holds, spendings and totals."""

from datetime import datetime
from html import escape
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says


@frozen(kw_only=True)
class Lot:
    """Points that arrived together.

    Attributes:
        key: the key of the entry that brought them.
        points: how many arrived.
        left: how many are still there, usable or pending, without those held.
        held: how many are set aside.
        expired: how many ran out.
        at: when they were given.
        available_at: from when they can be used; None waits to be activated.
        expires_at: from when they cannot any more; None is never.
        pending: whether they cannot be used yet.
        over: whether they ran out.
        rule: the name of the rule that gave them.
    """

    key: str
    points: int
    left: int
    held: int
    expired: int
    at: datetime
    available_at: datetime | None
    expires_at: datetime | None
    pending: bool
    over: bool
    rule: str


@frozen
class Draw:
    """So many points out of one lot."""

    lot: str
    points: int


@frozen(kw_only=True)
class Held:
    """Points set aside and not yet used or given back.

    Attributes:
        key: the key of the hold.
        points: how many are set aside.
        ends_at: when they go back by themselves.
        draws: out of which lots.
    """

    key: str
    points: int
    ends_at: datetime
    draws: tuple[Draw, ...]


@frozen(kw_only=True)
class Spending:
    """Points that were used up together.

    Attributes:
        key: the key of the spending, or of the capture.
        points: how many were used.
        restored: how many of them came back.
        draws: out of which lots, in the order in which they were used.
    """

    key: str
    points: int
    restored: int
    draws: tuple[Draw, ...]


@frozen
class Expiring:
    """So many usable points that run out at one instant."""

    at: datetime
    points: int


@frozen
class TooFew(Reason):
    """More points were asked for than can be used."""

    says: ClassVar[Says] = says("%(asked)s points are needed, %(available)s can be used")
    asked: int
    available: int


@frozen
class Unmatched(Reason):
    """An entry answers something that is not there, or no longer."""

    says: ClassVar[Says] = says("%(ref)s is not open")
    ref: str


@frozen
class Ignored:
    """An entry that changed nothing, and why."""

    key: str
    reason: Reason


@frozen(kw_only=True)
class LedgerState:
    """What the entries of one account come to at an instant.

    What was granted is somewhere: `granted == available + pending + held + spent + expired +
    withdrawn - deficit` holds at every instant.

    Attributes:
        at: the instant.
        granted: points that ever arrived by earning, correction or transfer.
        available: points that can be used now.
        pending: points that cannot be used yet.
        held: points set aside.
        spent: points used up, without those that came back.
        expired: points that ran out.
        withdrawn: points taken back, corrected away or moved to another account.
        deficit: points owed: taken back when there were none left; the next ones pay it.
        lots: every lot in the order of arrival, the empty ones too.
        holds: what is set aside.
        spendings: what was used up.
        ignored: entries that changed nothing.
        active_at: the last activity that keeps idle points alive.
        idle_ends_at: when points without an expiry of their own run out, if nothing happens.
        keys: the keys of all entries counted.
    """

    at: datetime
    granted: int = 0
    available: int = 0
    pending: int = 0
    held: int = 0
    spent: int = 0
    expired: int = 0
    withdrawn: int = 0
    deficit: int = 0
    lots: tuple[Lot, ...] = ()
    holds: tuple[Held, ...] = ()
    spendings: tuple[Spending, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    active_at: datetime | None = None
    idle_ends_at: datetime | None = None
    keys: frozenset[str] = frozenset()

    @property
    def balance(self) -> int:
        """Usable points less those owed; below zero while points are owed."""
        return self.available - self.deficit

    @property
    def expiries(self) -> tuple[Expiring, ...]:
        """Every instant at which usable points run out if nothing happens, the next one first."""
        due: dict[datetime, int] = {}
        for lot in self.lots:
            ends = lot.expires_at or self.idle_ends_at
            if ends is not None and lot.left and not lot.pending:
                due[ends] = due.get(ends, 0) + lot.left
        return tuple(Expiring(at, due[at]) for at in sorted(due))

    def expiring_by(self, at: datetime, /) -> int:
        """How many usable points run out by that instant if nothing happens."""
        return sum(expiring.points for expiring in self.expiries if expiring.at <= at)

    def lot(self, key: str, /) -> Lot | None:
        """The lot that the entry of this key brought, or None."""
        return next((lot for lot in self.lots if lot.key == key), None)

    def spending(self, key: str, /) -> Spending | None:
        """What the spending or capture of this key used up, or None."""
        return next((spending for spending in self.spendings if spending.key == key), None)

    def _repr_html_(self) -> str:
        totals = ("available", "pending", "held", "spent", "expired", "withdrawn", "deficit")
        cells = "".join(
            f"<tr><th>{escape(name)}</th><td>{getattr(self, name)}</td></tr>" for name in totals
        )
        return f"<table><caption>{self.at:%Y-%m-%d %H:%M} UTC</caption>{cells}</table>"
