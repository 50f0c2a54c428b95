"""Two playbooks beside each other: which messages would differ, and why; and what to watch for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.customer import Shop
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.message import Purpose
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.journey.door import expect, expect_stream
from postpurchase.journey.journey import Journey
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import NotInPlaybook
from postpurchase.journey.simulate import Sent, Timeline, simulate


@frozen(kw_only=True)
class Difference:
    """One message that two playbooks treat differently.

    Attributes:
        customer: whose it is.
        key: the intent.
        before, after: when and where it goes out by each; None where it does not.
        reasons: why it does not go out by the one that does not send it; else why it goes then.
    """

    customer: str
    key: str
    before: Sent | None
    after: Sent | None
    reasons: tuple[Reason, ...]

    @override
    def __str__(self) -> str:
        why = "; ".join(map(str, self.reasons))
        return f"{self.customer}  {self.key}  {_told(self.before)} -> {_told(self.after)}  {why}"


def _told(sent: Sent | None, /) -> str:
    return f"{sent.channel} {sent.at:%Y-%m-%d %H:%M}" if sent else "not sent"


def diff(
    before: Playbook,
    after: Playbook,
    histories: Iterable[History],
    /,
    *,
    shop: Shop,
    start: datetime,
    end: datetime,
    known: Known = NOTHING,
) -> tuple[Difference, ...]:
    """Which messages from *start* until before *end* differ in time or channel, and why.

    Raises:
        InvalidFact: an argument is something else than its name says.
        InvalidMoment: an instant is naive, or the end lies before the start.
    """
    expect_stream(histories)
    kept = tuple(histories)
    old, new = (
        simulate(kept, playbook, shop=shop, start=start, end=end, known=known).timelines
        for playbook in (before, after)
    )
    return tuple(
        found for one, other in zip(old, new, strict=True) for found in _differences(one, other)
    )


def _differences(one: Timeline, other: Timeline, /) -> list[Difference]:
    first = {each.key: each for each in one.sent}
    second = {each.key: each for each in other.sent}
    found: list[Difference] = []
    for key in sorted({*first, *second}):
        old, new = first.get(key), second.get(key)
        if old and new and (old.at, old.channel) == (new.at, new.channel):
            continue
        silent = one if old is None else other
        reasons = new.reasons if old and new else _why_not(silent, key)
        found.append(
            Difference(customer=one.customer, key=key, before=old, after=new, reasons=reasons)
        )
    return found


def _why_not(line: Timeline, key: str, /) -> tuple[Reason, ...]:
    rows = (row.reasons for row in line.left if row.key == key)
    return next(rows, (NotInPlaybook(),))


@frozen
class StepRemoved(Reason):
    """A step id that is gone: what was planned under it never comes."""

    says: ClassVar[Says] = says("%(step)s is gone: whoever waits for it gets nothing")
    step: str


@frozen
class StepRenamed(Reason):
    """The same kind under another id is another intent."""

    says: ClassVar[Says] = says(
        "%(old)s is now %(new)s: whoever got the old one can get the new one too"
    )
    old: str
    new: str


@frozen
class NoActivation(Reason):
    """A new journey that takes everything that ever happened."""

    says: ClassVar[Says] = says(
        "%(journey)s is new and has no active_from: it takes what happened long ago"
    )
    journey: str


@frozen
class SupersedesNothing(Reason):
    """A name that no journey or step has."""

    says: ClassVar[Says] = says("%(step)s supersedes %(name)s, which is nothing in this playbook")
    step: str
    name: str


@frozen
class NeverOpen(Reason):
    """A lateness shorter than a night: what falls into quiet hours is dropped."""

    says: ClassVar[Says] = says(
        "%(step)s makes sense for %(hours)s hours only: quiet hours of a night drop it"
    )
    step: str
    hours: int


_NIGHT = 13


def lint(after: Playbook, /, *, before: Playbook | None = None) -> tuple[Reason, ...]:
    """What to watch for in a playbook, and in the change from the one before.

    Raises:
        InvalidFact: one of them is no playbook.
    """
    expect(Playbook, after, "playbook")
    found = [*_loose_names(after), *_short_lives(after)]
    if before is not None:
        expect(Playbook, before, "playbook")
        found += _changes(before, after)
    return tuple(found)


def _steps(playbook: Playbook, /) -> Mapping[str, str]:
    """The kind of each step, by `journey/step`."""
    return {
        f"{journey.id}/{step.id}": step.kind.name
        for journey in playbook.journeys
        for step in journey.steps
    }


def _changes(before: Playbook, after: Playbook, /) -> Iterable[Reason]:
    old, new = _steps(before), _steps(after)
    added = [name for name in new if name not in old]
    for name in old:
        if name not in new:
            same = (each for each in added if new[each] == old[name])
            renamed = next(same, None)
            yield StepRenamed(name, renamed) if renamed else StepRemoved(name)
    ids = {journey.id for journey in before.journeys}
    yield from (NoActivation(each.id) for each in after.journeys if _floods(each, ids))


def _floods(journey: Journey, ids: set[str], /) -> bool:
    return journey.id not in ids and journey.active_from is None


def _loose_names(playbook: Playbook, /) -> Iterable[Reason]:
    steps = _steps(playbook)
    names = {*steps, *(journey.id for journey in playbook.journeys)}
    for journey in playbook.journeys:
        for step in journey.steps:
            for name in step.supersedes:
                if name not in names:
                    yield SupersedesNothing(f"{journey.id}/{step.id}", name)


def _short_lives(playbook: Playbook, /) -> Iterable[Reason]:
    closed = {hours.channel for hours in playbook.hours}
    closed |= {each.channel for record in playbook.law.records for each in record.hours}
    for journey in playbook.journeys:
        for step in journey.steps:
            waits = step.kind.purpose >= Purpose.SOLICITATION
            if waits and step.lateness_hours < _NIGHT and closed & {*step.goes_through}:
                yield NeverOpen(f"{journey.id}/{step.id}", step.lateness_hours)
