"""The gates in their fixed order; each lets a case pass or says where it stops."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

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
        best = (reason.AtBestTime(wall.weekday(), wall.time()),) if wall else ()
        return (self.why, *self.step.delay, *best)


Gate: TypeAlias = Callable[[Case], Row | None]


def exits(case: Case, /) -> Row | None:
    """The journey has ended for this entry."""
    for each in case.journey.exits:
        found = each.met(case.entry, case.scene)
        if found is not None:
            return case.row(Status.EXITED, (found,))
    return None


def requires(case: Case, /) -> Row | None:
    """Something that the journey needs is not so, or nobody knows."""
    if not case.journey.requires:
        return None
    known = case.scene.known.add(case.scene, case.scene.shop, case.entry)
    for rule in case.journey.requires:
        finding = rule.check(known)
        if not finding:
            return case.row(Status.SKIPPED, finding.reasons())
    return None


def planned(case: Case, /) -> Row | None:
    """Its time has not come."""
    if case.scene.at < case.target:
        return case.row(Status.PLANNED, case.came)
    return None


def stale(case: Case, /) -> Row | None:
    """Its time has gone."""
    if case.scene.at > case.step.deadline(case.target):
        return case.row(Status.SKIPPED, (reason.TooLate(case.step.lateness_hours),))
    return None


def defers(case: Case, /) -> Row | None:
    """Something must end first."""
    for each in case.journey.defers:
        found = each.met(case.entry, case.scene)
        if found is not None:
            return case.row(Status.DEFERRED, (found,))
    return None


def holdout(case: Case, /) -> Row | None:
    """The customer is held out; never from what a contract or its care needs."""
    customer = case.scene.customer
    if case.purpose <= Purpose.SERVICE or customer is None:
        return None
    for each in (case.playbook.holdout, case.journey.holdout):
        if each is not None and each.holds(customer.id):
            return case.row(Status.HELD_OUT, (reason.HeldOut(each.name),))
    return None


def permission(case: Case, /) -> Row | None:
    """No channel is permitted; the first that is, is taken."""
    refused: list[Reason] = []
    for channel in channels(case.scene, case.step):
        decision = case.scene.permissions.ask(channel, case.purpose)
        if decision:
            case.channel, case.basis = channel, decision.value
            case.permission = decision.reasons
            return None
        refused += decision.reasons
    return case.row(Status.SUPPRESSED, tuple(dict.fromkeys(refused)))


def channels(scene: Scene, step: Step, /) -> tuple[Channel, ...]:
    """The channels of a step in the order in which they are tried."""
    if step.best_channel is None:
        return step.goes_through
    return step.best_channel.ranked(scene, step.goes_through)


def window(case: Case, /) -> Row | None:
    """The channel is closed at this hour, where the customer is."""
    if case.purpose <= Purpose.SERVICE:
        return None
    scene = case.scene
    open_at = scene.opens(case.playbook.hours, case.on, case.purpose)
    return waiting(case, reason.QuietHours(case.on), open_at) if open_at > scene.at else None


GATES: Final[tuple[Gate, ...]] = (
    exits,
    requires,
    planned,
    stale,
    defers,
    holdout,
    permission,
    window,
)
"""After `sent`, which leaves no row, and before the caps, which weigh the cases together."""


def waiting(case: Case, why: Reason, until: datetime, /) -> Row:
    """A row that waits until then, or is dropped where that is past its last instant."""
    if until > case.step.deadline(case.target):
        return case.row(Status.SKIPPED, (why, reason.TooLate(case.step.lateness_hours)))
    return case.row(Status.DEFERRED, (why,), until)
