"""Who enters a journey: activation, versions and re-entry; and the cases that follow."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from attrs import evolve

from postpurchase.domain.message import Subject
from postpurchase.journey.best import BestTime
from postpurchase.journey.case import Case
from postpurchase.journey.entry import Entry
from postpurchase.journey.gates import channels
from postpurchase.journey.journey import Journey, PerSubject
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import StepWasSent
from postpurchase.journey.scene import Scene
from postpurchase.journey.step import Step
from postpurchase.journey.timing import target

_SOME: Final = 2


def cases(scene: Scene, playbook: Playbook, /) -> Iterator[Case]:
    """Every step of every entry whose message was not sent, each key once."""
    seen = set(scene.sent)
    for trigger, journeys in playbook.lanes:
        entries = trigger.entries(scene)
        if not entries:
            continue
        newest = max([entry.anchor for entry in entries])
        for journey in journeys:
            since = scene.at - journey.reach - playbook.looks_back
            if newest < since:
                continue
            for entry in entered(scene, playbook, journey, entries):
                if entry.anchor >= since:
                    yield from _steps(scene, playbook, journey, entry, seen)


def entered(
    scene: Scene, playbook: Playbook, journey: Journey, entries: tuple[Entry, ...], /
) -> Iterable[Entry]:
    """The entries that this definition of a journey takes."""
    found: Iterable[Entry] = entries
    start = journey.active_from
    if start is not None:
        found = [entry for entry in found if entry.anchor >= start]
    if journey.id in playbook.versions:
        found = [entry for entry in found if playbook.counts(journey, entry, scene.at)]
    if isinstance(journey.reentry, PerSubject):
        return found
    return _reentered(scene, journey, list(found))


def _steps(
    scene: Scene, playbook: Playbook, journey: Journey, entry: Entry, seen: set[str], /
) -> Iterator[Case]:
    stem = f"{journey.id}/{entry.about}/"
    for step in journey.steps:
        key = stem + step.id
        if key in seen:
            continue
        seen.add(key)
        anchor, why = entry.anchor, entry.why
        if step.after:
            earlier = scene.sent.get(stem + step.after)
            if earlier is None:
                continue
            anchor, why = earlier.at, StepWasSent(step.after)
        due = target(scene.clock, step, anchor)
        if step.best_time is not None:
            due = _best(scene, playbook, step, step.best_time, due)
        if entry.recurring and scene.at > step.deadline(due):
            continue
        yield Case(scene, playbook, journey, entry, step, key, due, why)


def _best(
    scene: Scene, playbook: Playbook, step: Step, best: BestTime, due: datetime, /
) -> datetime:
    purpose = step.kind.purpose
    permitted = (each for each in channels(scene, step) if scene.permissions.ask(each, purpose))
    channel = next(permitted, None)
    if channel is None:
        return due
    return best.moved(
        scene,
        channel,
        due,
        lambda at: scene.is_open(playbook.hours, channel, purpose, at),
    )


def _reentered(scene: Scene, journey: Journey, entries: list[Entry], /) -> list[Entry]:
    """Those that the journey's re-entry admits; what has sent something is in for certain."""

    def until(entry: Entry, /) -> datetime:
        return _over(scene, journey, entry)

    if not entries:
        return entries
    started = scene.started(journey.id)
    if not started and len(entries) < _SOME:
        return entries
    begun = _begun(entries, started)
    admits = journey.reentry.admits
    last: Entry | None = None
    taken: set[Entry] = set()
    for entry in sorted({*entries, *begun}, key=_anchored):
        certain = entry in begun
        before = last is None or admits(last, entry, until)
        if certain or (before and all(_clear(entry, other, admits, until) for other in begun)):
            last = entry
            taken.add(entry)
    return [entry for entry in entries if entry in taken]


Admits: TypeAlias = Callable[[Entry, Entry, Callable[[Entry], datetime]], bool]


def _clear(
    entry: Entry, other: Entry, admits: Admits, until: Callable[[Entry], datetime], /
) -> bool:
    return other.anchor < entry.anchor or admits(entry, other, until)


def _begun(entries: list[Entry], started: Mapping[str, datetime], /) -> list[Entry]:
    """The entries that have sent something; one whose facts are gone counts from its first send."""
    known = {entry.about: entry for entry in entries} if started else {}
    return [
        known.get(about) or evolve(entries[0], subject=Subject("sent", about), anchor=at)
        for about, at in started.items()
    ]


def _anchored(entry: Entry, /) -> tuple[datetime, str]:
    return (entry.anchor, entry.about)


def _over(scene: Scene, journey: Journey, entry: Entry, /) -> datetime:
    """The last instant of an entry: when each step was sent, or would be too late."""
    ends: dict[str, datetime] = {}
    for step in journey.steps:
        anchor = ends.get(step.after, entry.anchor)
        sent = scene.sent.get(f"{journey.id}/{entry.about}/{step.id}")
        late = step.deadline(target(scene.clock, step, anchor))
        ends[step.id] = sent.at if sent else late
    return max(ends.values())
