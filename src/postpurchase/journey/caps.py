"""Caps: no more than so many messages in any so many hours, the most important first."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from postpurchase.domain.message import Channel, Purpose
from postpurchase.journey import reason
from postpurchase.journey.case import Case
from postpurchase.journey.gates import waiting
from postpurchase.journey.plan import Row
from postpurchase.journey.scene import Scene
from postpurchase.privacy import Cap

COUNTED: Final = Purpose.SOLICITATION
"""From this purpose upwards messages count and wait."""


def rank(case: Case, /) -> tuple[int, datetime, str]:
    """Who goes first: the higher priority, then the earlier time, then the key."""
    return (-case.journey.priority, case.target, case.key)


class Book:
    """What the customer got, and what this decision adds to it."""

    __slots__ = ("_at", "_caps", "_sent")

    def __init__(self, scene: Scene, caps: Iterable[Cap], /) -> None:
        """Read the sent messages that count."""
        self._at = scene.at
        self._caps = tuple(caps)
        self._sent: list[tuple[datetime, Channel]] = []
        if self._caps:
            self._sent += sorted(
                (each.at, each.channel) for each in scene.sent.values() if each.purpose >= COUNTED
            )

    def weigh(self, case: Case, /) -> Row | None:
        """None where the case fits, and is counted; else the row that waits for a free slot."""
        if case.purpose < COUNTED:
            return None
        channel = case.on
        frees = [(self._frees(cap), cap) for cap in self._caps if cap.channel in {None, channel}]
        last = max(((at, cap) for at, cap in frees if at), key=_until, default=None)
        if last is None:
            self._sent.append((self._at, channel))
            return None
        until, cap = last
        return waiting(case, reason.CapReached(cap.limit, cap.hours), until)

    def _frees(self, cap: Cap, /) -> datetime | None:
        """When a slot is free again; None where one is free now."""
        length = timedelta(hours=cap.hours)
        since = self._at - length
        times = [at for at, channel in self._sent if at > since and cap.channel in {None, channel}]
        return times[-cap.limit] + length if len(times) >= cap.limit else None


def _until(waiting: tuple[datetime, Cap], /) -> datetime:
    return waiting[0]
