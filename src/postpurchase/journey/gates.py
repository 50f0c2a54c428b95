"""The gates in their fixed order; each lets a case pass or says where it stops."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from postpurchase.domain.decision import Reason
from postpurchase.domain.message import Channel, Purpose
from postpurchase.journey import reason
from postpurchase.journey.case import Case
from postpurchase.journey.market import refused
from postpurchase.journey.plan import Row, Status
from postpurchase.journey.scene import Scene
from postpurchase.journey.step import Step

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
    """No channel is permitted, by the law or a marketplace; the first that is, is taken."""
    against: list[Reason] = []
    for channel in channels(case.scene, case.step):
        decision = case.scene.permissions.ask(channel, case.purpose)
        why = refused(case, channel) if decision else decision.reasons
        if decision and not why:
            case.channel, case.basis = channel, decision.value
            case.permission = decision.reasons
            return None
        against += why
    return case.row(Status.SUPPRESSED, tuple(dict.fromkeys(against)))


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
