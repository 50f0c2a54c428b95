"""One step of one entry on its way through the gates."""

from datetime import datetime
from typing import TYPE_CHECKING

from postpurchase.domain.decision import Reason
from postpurchase.domain.message import Channel, Purpose
from postpurchase.journey import reason
from postpurchase.journey.entry import Entry
from postpurchase.journey.journey import Journey
from postpurchase.journey.plan import Row, Status
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.scene import Scene
from postpurchase.journey.step import Step

if TYPE_CHECKING:
    from postpurchase.privacy import Basis


class Case:
    """One step of one entry on its way through the gates."""

    __slots__ = (
        "basis",
        "channel",
        "entry",
        "journey",
        "key",
        "permission",
        "playbook",
        "purpose",
        "scene",
        "step",
        "target",
        "why",
    )

    entry: Entry
    journey: Journey
    key: str
    playbook: Playbook
    scene: Scene
    step: Step
    target: datetime
    why: Reason

    def __init__(
        self,
        scene: Scene,
        playbook: Playbook,
        journey: Journey,
        entry: Entry,
        step: Step,
        key: str,
        target: datetime,
        why: Reason,
        /,
    ) -> None:
        """Start at the first gate."""
        self.scene = scene
        self.playbook = playbook
        self.journey = journey
        self.entry = entry
        self.step = step
        self.key = key
        self.target = target
        self.why = why
        self.purpose: Purpose = step.kind.purpose
        self.channel: Channel | None = None
        self.basis: Basis | None = None
        self.permission: tuple[Reason, ...] = ()

    def row(
        self, status: Status, reasons: tuple[Reason, ...], until: datetime | None = None, /
    ) -> Row:
        """Where the case stands."""
        return Row(
            key=self.key,
            status=status,
            target=self.target,
            reasons=reasons,
            subject=self.entry.subject,
            kind=self.step.kind.name,
            priority=self.journey.priority,
            purpose=self.purpose,
            until=until,
            channel=self.channel,
            basis=self.basis,
        )

    @property
    def on(self) -> Channel:
        """Where it goes: the channel that the permission gate took, or the first that it has."""
        return self.channel or self.step.goes_through[0]

    @property
    def came(self) -> tuple[Reason, ...]:
        """What happened and how much later its time comes."""
        moved = self.step.best_time is not None
        wall = self.scene.clock.wall(self.target) if moved else None
        best = (reason.AtBestTime(reason.Weekday.of(wall), wall.time()),) if wall else ()
        return (self.why, *self.step.delay, *best)
