"""A journey: what begins it, its steps, what ends it, and how often somebody may be in it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum, unique
from functools import cached_property
from typing import Final, final

from attrs import field, frozen
from attrs.converters import optional
from typing_extensions import override

from postpurchase.domain import draw
from postpurchase.domain.moment import instant
from postpurchase.domain.rule import Rule
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey.entry import Entry, Exit, Trigger
from postpurchase.journey.step import Step
from postpurchase.privacy import Counting

_DAYS_AT_MOST: Final = {Counting.CALENDAR: 1, Counting.BUSINESS: 5}
_SLACK: Final = 9


class Reentry(ABC):
    """How often somebody may be in a journey. Subclasses are frozen values."""

    __slots__ = ()

    @abstractmethod
    def admits(self, last: Entry, entry: Entry, until: Callable[[Entry], datetime], /) -> bool:
        """Whether *entry* may begin after *last*; *until* tells when an entry is over."""


@final
@frozen
class PerSubject(Reentry):
    """Once for each order, parcel, year: as often as there is something new to be about."""

    @override
    def admits(self, last: Entry, entry: Entry, until: Callable[[Entry], datetime], /) -> bool:
        return True


@final
@frozen
class Once(Reentry):
    """Once in a lifetime."""

    @override
    def admits(self, last: Entry, entry: Entry, until: Callable[[Entry], datetime], /) -> bool:
        return False


@final
@frozen
class Cooldown(Reentry):
    """Again when so many days have passed since the last entry."""

    days: int

    @override
    def admits(self, last: Entry, entry: Entry, until: Callable[[Entry], datetime], /) -> bool:
        return entry.anchor >= last.anchor + timedelta(days=self.days)


@final
@frozen
class OneAtATime(Reentry):
    """Again when every step of the last entry is over: sent, or too late."""

    @override
    def admits(self, last: Entry, entry: Entry, until: Callable[[Entry], datetime], /) -> bool:
        return entry.anchor >= until(last)


@final
@frozen
class Holdout:
    """A group that gets nothing, drawn by hash: the same people for ever, at any size.

    Attributes:
        name: the salt of the draw, such as `2026H2`; another name draws another group.
        share: how many, from 0 to 1.
    """

    name: str
    share: Decimal

    def holds(self, customer: str, /) -> bool:
        """Whether the customer of this id gets nothing."""
        return draw.held_out(self.name, customer, self.share)


@unique
class Follow(StrEnum):
    """Which definition counts where several have one id."""

    PINNED = "pinned"
    LIVE = "live"


def _journey_id(_journey: "Journey", _: object, id: str, /) -> None:
    if not id or "/" in id:
        raise InvalidPlaybook(
            at=f"journey {id!r}", problem="its id names it for ever, without a '/'"
        )


def _sound_steps(journey: "Journey", _: object, steps: tuple[Step, ...], /) -> None:
    seen: set[str] = set()
    for step in steps:
        at = f"journey {journey.id!r}, step {step.id!r}"
        if step.id in seen:
            raise InvalidPlaybook(at=at, problem="its id is used twice: each step has its own")
        if step.after and step.after not in seen:
            problem = f"it comes after {step.after!r}, which is no earlier step of this journey"
            raise InvalidPlaybook(at=at, problem=problem)
        seen.add(step.id)
    if not steps:
        raise InvalidPlaybook(at=f"journey {journey.id!r}", problem="it has no steps: leave it out")


@final
@frozen(kw_only=True)
class Journey:
    """One story told in steps.

    Attributes:
        id: names it for ever; it is part of every key.
        trigger: what begins it.
        steps: its messages; their ids are part of every key.
        priority: who goes first where a cap leaves room for one; higher first.
        exits: facts that end it.
        requires: rules that must hold; unknown is not enough.
        defers: facts that make it wait.
        reentry: how often somebody may be in it.
        holdout: a group that never gets it, beside the playbook's own.
        effective_from: from when this definition counts, where several have one id.
        active_from: what began before is never entered, so that switching on floods nobody.
        follow: whether an entry keeps the definition in force when it began (pinned), or always
            has the newest (live).
    """

    id: str = field(validator=_journey_id)
    trigger: Trigger
    steps: tuple[Step, ...] = field(validator=_sound_steps)
    priority: int = 0
    exits: tuple[Exit, ...] = ()
    requires: tuple[Rule, ...] = ()
    defers: tuple[Exit, ...] = ()
    reentry: Reentry = PerSubject()
    holdout: Holdout | None = None
    effective_from: datetime | None = field(default=None, converter=optional(instant))
    active_from: datetime | None = field(default=None, converter=optional(instant))
    follow: Follow = Follow.PINNED

    @cached_property
    def reach(self) -> timedelta:
        """A time after an entry's anchor by which all its steps are over for certain.

        Business days are counted as if a shop rested on four days of five.
        """
        days = (_DAYS_AT_MOST[step.counting] * step.days + _SLACK for step in self.steps)
        spans = (step.elapsed + step.lateness for step in self.steps)
        return sum(spans, timedelta(days=sum(days)))

    def step(self, id: str, /) -> Step | None:
        """The step of this id."""
        return next((step for step in self.steps if step.id == id), None)
