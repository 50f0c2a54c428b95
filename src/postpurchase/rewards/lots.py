"""The parts of an open book: lots, holds and spendings that still change."""

from datetime import datetime
from typing import TypeAlias

from postpurchase.rewards.entry import Entry
from postpurchase.rewards.state import Draw, Lot


class OpenLot:
    """A lot that points come out of; `number` is its place, `over` whether it ran out idle."""

    __slots__ = (
        "at",
        "available_at",
        "expired",
        "expires_at",
        "held",
        "key",
        "left",
        "number",
        "over",
        "pending",
        "points",
        "rule",
    )

    at: datetime
    available_at: datetime | None
    expired: int
    expires_at: datetime | None
    held: int
    key: str
    left: int
    number: int
    over: bool
    pending: bool
    points: int
    rule: str

    def __init__(self, entry: Entry | Lot, number: int, /) -> None:
        """A lot as it arrives: pending, with all its points."""
        self.key = entry.key
        self.points = self.left = entry.points
        self.held = self.expired = 0
        self.at, self.available_at = entry.at, entry.available_at
        self.expires_at = entry.expires_at
        self.rule, self.number = entry.rule, number
        self.pending = True
        self.over = False

    def ended(self, now: datetime, /) -> bool:
        """Whether its points cannot be used any more."""
        return self.over or (self.expires_at is not None and self.expires_at <= now)

    def frozen(self, now: datetime, /) -> Lot:
        """What it comes to."""
        return Lot(
            key=self.key,
            points=self.points,
            left=self.left,
            held=self.held,
            expired=self.expired,
            at=self.at,
            available_at=self.available_at,
            expires_at=self.expires_at,
            pending=self.pending,
            over=not self.pending and self.ended(now),
            rule=self.rule,
        )


Parts: TypeAlias = list[tuple[OpenLot, int]]
"""So many points of each of some lots."""


class OpenHold:
    """Points set aside until an instant."""

    __slots__ = ("ends_at", "key", "parts")

    ends_at: datetime
    key: str
    parts: Parts

    def __init__(self, key: str, ends_at: datetime, parts: Parts, /) -> None:
        """A hold of these parts."""
        self.key, self.ends_at, self.parts = key, ends_at, parts

    def points(self) -> int:
        """How many are set aside."""
        return sum(points for _, points in self.parts)


class OpenSpending:
    """Points used up, of which some may come back."""

    __slots__ = ("key", "parts", "points", "restored")

    key: str
    parts: Parts
    points: int
    restored: int

    def __init__(self, key: str, parts: Parts, points: int, restored: int = 0, /) -> None:
        """A spending of these parts."""
        self.key, self.parts, self.points, self.restored = key, parts, points, restored


def cut(parts: Parts, points: int, /) -> tuple[Parts, Parts]:
    """The first so many points of these parts, and the rest."""
    first: Parts = []
    rest: Parts = []
    for lot, size in parts:
        part = min(size, points)
        points -= part
        if part:
            first.append((lot, part))
        if size > part:
            rest.append((lot, size - part))
    return first, rest


def draws_of(parts: Parts, /) -> tuple[Draw, ...]:
    """The parts as values."""
    return tuple([Draw(lot.key, points) for lot, points in parts])
