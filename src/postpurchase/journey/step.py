"""One message of a journey, and when its time comes."""

from datetime import datetime, time, timedelta
from functools import cached_property

from attrs import field, frozen

from postpurchase.domain.decision import Outcome, Reason
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Policy
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import reason
from postpurchase.journey.best import BestChannel, BestTime
from postpurchase.privacy import Counting

_WEEK = frozenset(range(7))


def _named(_step: "Step", _: object, id: str, /) -> None:
    if not id or "/" in id:
        raise InvalidPlaybook(at=f"step {id!r}", problem="its id names it for ever, without a '/'")


def _not_negative(step: "Step", attribute: object, count: int, /) -> None:
    if count < 0:
        name: str = getattr(attribute, "name", "")
        raise InvalidPlaybook(at=f"step {step.id!r}", problem=f"{name} is 0 or more, got {count}")


def _some_day(step: "Step", _: object, weekdays: frozenset[int], /) -> None:
    if not weekdays <= _WEEK:
        problem = f"weekdays are 0 (Monday) to 6 (Sunday), got {sorted(weekdays)}"
        raise InvalidPlaybook(at=f"step {step.id!r}", problem=problem)


def _later(step: "Step", _: object, after: str, /) -> None:
    if after and not (step.hours or step.days):
        problem = f"it comes after {after!r}, so it needs hours or days: both would go out at once"
        raise InvalidPlaybook(at=f"step {step.id!r}", problem=problem)


@frozen(kw_only=True)
class Step:
    """One message of a journey: what it says, and when.

    Its time is the anchor plus `hours` of elapsed time, plus `days` in the customer's zone with the
    wall time kept, moved to `local_time` of that local day (of the next one, where that has
    passed) and to the next of `weekdays`.

    Attributes:
        id: names the step within its journey for ever; it is part of every key.
        kind: what it says.
        hours: elapsed hours.
        days: local days; `counting` says which ones count.
        local_time: the time on the customer's wall clock; None keeps that of the anchor.
        weekdays: 0 for Monday to 6 for Sunday; empty for any day.
        after: the id of an earlier step whose real sending is the anchor.
        channels: where it may go, the first one that is permitted counts; the kind's when empty.
        lateness_hours: how long after its time it still makes sense.
        supersedes: journeys (`id`) or steps (`id/step`) about the same thing that it makes moot.
        best_time: moves it to the hour in which the customer answers most.
        best_channel: tries the channels in the order in which the customer answers on them.
        variants: wordings that are tested, with their weights; drawn once for each customer.
        brings: policies of other rooms that are asked once it is due; what they grant is shown.
    """

    id: str = field(validator=_named)
    kind: Kind
    hours: int = field(default=0, validator=_not_negative)
    days: int = field(default=0, validator=_not_negative)
    counting: Counting = Counting.CALENDAR
    local_time: time | None = None
    weekdays: frozenset[int] = field(default=frozenset[int](), validator=_some_day)
    after: str = field(default="", validator=_later)
    channels: tuple[Channel, ...] = ()
    lateness_hours: int = field(default=168, validator=_not_negative)
    supersedes: tuple[str, ...] = ()
    best_time: BestTime | None = None
    best_channel: BestChannel | None = None
    variants: Pairs[int] = Pairs()
    brings: tuple[Policy[History, Outcome], ...] = ()

    @cached_property
    def goes_through(self) -> tuple[Channel, ...]:
        """Its channels, or those of its kind."""
        return self.channels or self.kind.channels

    @cached_property
    def lateness(self) -> timedelta:
        """How long after its time it still makes sense."""
        return timedelta(hours=self.lateness_hours)

    @cached_property
    def elapsed(self) -> timedelta:
        """Its hours."""
        return timedelta(hours=self.hours)

    @cached_property
    def delay(self) -> tuple[Reason, ...]:
        """Its delay in words."""
        parts: list[Reason] = []
        if self.hours:
            parts.append(reason.HoursLater(self.hours))
        if self.days and self.counting is Counting.CALENDAR:
            parts.append(reason.DaysLater(self.days))
        elif self.days:
            parts.append(reason.BusinessDaysLater(self.days))
        if self.local_time is not None:
            parts.append(reason.AtLocalTime(self.local_time))
        return tuple(parts) or (reason.AtOnce(),)

    def deadline(self, target: datetime, /) -> datetime:
        """The last instant at which it may go out."""
        return target + self.lateness
