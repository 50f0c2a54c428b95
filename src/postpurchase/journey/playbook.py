"""A playbook: all journeys of a shop, and what holds for them together."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cached_property
from typing import Final, Self, TypeVar, final

from attrs import evolve, field, fields, frozen

from postpurchase.errors import InvalidPlaybook
from postpurchase.journey.entry import Entry, Trigger
from postpurchase.journey.journey import Follow, Holdout, Journey
from postpurchase.journey.step import Step
from postpurchase.privacy import WORLD, Cap, Hours, Law
from postpurchase.support import Limits
from postpurchase.support.marketplace import CAREFUL

_EVER: Final = datetime.min.replace(tzinfo=UTC)


def _one_each(_playbook: "Playbook", _: object, journeys: tuple[Journey, ...], /) -> None:
    seen: set[tuple[str, datetime | None]] = set()
    for journey in journeys:
        version = (journey.id, journey.effective_from)
        if version in seen:
            problem = "defined twice: give the newer one an effective_from, or drop one"
            raise InvalidPlaybook(at=f"journey {journey.id!r}", problem=problem)
        seen.add(version)


def _from(journey: Journey, /) -> datetime:
    return journey.effective_from or _EVER


@final
@frozen(kw_only=True)
class Playbook:
    """All journeys of a shop, and what holds for them together.

    Attributes:
        journeys: several may have one id, each with another `effective_from`.
        caps: the most messages that a customer gets; the law's own come on top.
        hours: when messages may go out; the law's own come on top.
        holdout: a group that gets nothing but what it needs.
        horizon_days: how far ahead a plan looks; None for as far as anything is known. With a
            horizon, decide again at least once in it: `next_wakeup` looks no further.
        looks_back_days: how long a message whose time has gone is still shown with its reasons.
        law: the jurisdictions.
        marketplaces: what those allow on which orders were placed; what none names allows nothing.
    """

    journeys: tuple[Journey, ...] = field(default=(), validator=_one_each)
    caps: tuple[Cap, ...] = ()
    hours: tuple[Hours, ...] = ()
    holdout: Holdout | None = None
    horizon_days: int | None = None
    looks_back_days: int = 30
    law: Law = WORLD
    marketplaces: tuple[Limits, ...] = CAREFUL

    @cached_property
    def lanes(self) -> tuple[tuple[Trigger, tuple[Journey, ...]], ...]:
        """The journeys by their trigger, so that each trigger is asked once."""
        found: dict[Trigger, list[Journey]] = {}
        for journey in self.journeys:
            found.setdefault(journey.trigger, []).append(journey)
        return tuple((trigger, tuple(journeys)) for trigger, journeys in found.items())

    @cached_property
    def versions(self) -> Mapping[str, tuple[Journey, ...]]:
        """The definitions of each id that has several, oldest first."""
        found: dict[str, list[Journey]] = {}
        for journey in sorted(self.journeys, key=_from):
            found.setdefault(journey.id, []).append(journey)
        return {id: tuple(each) for id, each in found.items() if len(each) > 1}

    @cached_property
    def superseding(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each journey (`id`) or step (`id/step`), the journey and step that make it moot."""
        found: dict[str, list[tuple[str, str]]] = {}
        for journey in self.journeys:
            for step in journey.steps:
                for name in step.supersedes:
                    found.setdefault(name, []).append((journey.id, step.id))
        return {name: tuple(dict.fromkeys(each)) for name, each in found.items()}

    @cached_property
    def moot(self) -> frozenset[str]:
        """The ids of the journeys of which something can be made moot."""
        return frozenset(name.partition("/")[0] for name in self.superseding)

    @cached_property
    def looks_back(self) -> timedelta:
        """How long a message whose time has gone is still shown."""
        return timedelta(days=self.looks_back_days)

    @cached_property
    def overtaking(self) -> frozenset[tuple[str, str]]:
        """The journey and step of everything that makes something moot."""
        return frozenset(by for each in self.superseding.values() for by in each)

    def counts(self, journey: Journey, entry: Entry, at: datetime, /) -> bool:
        """Whether this definition is the one for the entry."""
        rivals = self.versions.get(journey.id, (journey,))
        when = at if rivals[-1].follow is Follow.LIVE else entry.anchor
        standing = [each for each in rivals if _from(each) <= when]
        return bool(standing) and standing[-1] is journey

    def turns(self, at: datetime, /) -> tuple[datetime, ...]:
        """When a definition that is followed live will take over; after *at*."""
        return tuple(
            _from(each)
            for rivals in self.versions.values()
            if rivals[-1].follow is Follow.LIVE
            for each in rivals
            if _from(each) > at
        )

    def journey(self, id: str, /) -> Journey:
        """The newest definition of this id.

        Raises:
            InvalidPlaybook: there is none; the message names the nearest one.
        """
        found = [each for each in sorted(self.journeys, key=_from) if each.id == id]
        if not found:
            problem = _nearest(id, [each.id for each in self.journeys])
            raise InvalidPlaybook(at="the playbook", problem=problem)
        return found[-1]

    def add(self, *journeys: Journey) -> Self:
        """This playbook with more journeys."""
        return evolve(self, journeys=(*self.journeys, *journeys))

    def without(self, *ids: str) -> Self:
        """This playbook without these journeys, in all their versions."""
        gone = {self.journey(id).id for id in ids}
        return evolve(self, journeys=tuple(each for each in self.journeys if each.id not in gone))

    def only(self, *ids: str) -> Self:
        """This playbook with these journeys alone."""
        kept = {self.journey(id).id for id in ids}
        return evolve(self, journeys=tuple(each for each in self.journeys if each.id in kept))

    def change(self, path: str, /, **changes: object) -> Self:
        """This playbook with another value here or there, all else kept.

        `change("review_request/ask", days=10)` is a step, `change("win_back", priority=5)` a
        journey; of several versions, the newest one.

        Raises:
            InvalidPlaybook: no such journey, step or attribute; the message names the nearest.
        """
        id, _, step = path.partition("/")
        old = self.journey(id)
        new = _in_step(old, step, changes) if step else _evolved(old, f"journey {id!r}", changes)
        return evolve(self, journeys=tuple(new if each is old else each for each in self.journeys))


def _in_step(journey: Journey, id: str, changes: Mapping[str, object], /) -> Journey:
    old = journey.step(id)
    if old is None:
        problem = _nearest(id, [each.id for each in journey.steps])
        raise InvalidPlaybook(at=f"journey {journey.id!r}", problem=problem)
    new: Step = _evolved(old, f"step {id!r} of journey {journey.id!r}", changes)
    return evolve(journey, steps=tuple(new if each is old else each for each in journey.steps))


T = TypeVar("T", Journey, Step)


def _evolved(old: T, at: str, changes: Mapping[str, object], /) -> T:
    names = [each.name for each in fields(type(old))]
    for name in changes:
        if name not in names:
            raise InvalidPlaybook(at=at, problem=_nearest(name, names))
    return evolve(old, **changes)  # type: ignore[arg-type]  # names are checked, values by the validators


def _nearest(name: str, names: list[str], /) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.0)
    return f"it has no {name!r}" + (f"; the nearest is {near[0]!r}" if near else "")
