"""The hour and the channel in which a customer answers most, from what they did themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import field, frozen
from attrs.validators import ge

from postpurchase.domain.event import Agent, MessageClicked, MessageOpened, MessageReplied, Visited
from postpurchase.domain.message import Channel
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey.clock import Clock
from postpurchase.journey.scene import Scene

HOURS_A_WEEK: Final = 168
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WHOLE: Final = 1_000_000

Opens: TypeAlias = Callable[[datetime], bool]
"""Whether something may go out at an instant."""

Week: TypeAlias = tuple[int, ...]
"""168 weights, from Monday 0:00 to Sunday 23:00 local time."""


def _a_week(_: object, __: object, prior: Week, /) -> None:
    if prior and (len(prior) != HOURS_A_WEEK or min(prior) < 0 or not any(prior)):
        problem = f"a prior has {HOURS_A_WEEK} weights of 0 or more, got {len(prior)}"
        raise InvalidPlaybook(at="BestTime", problem=problem)


@frozen(kw_only=True)
class BestTime:
    """Moves a step to the hour of the week in which the customer answers most.

    Each opening, click, reply or visit counts in the hour in which it happened, in the customer's
    zone, and half as much for every `half_life_days` that it lies before the step's own time; what
    machines opened does not count. To that comes the segment's week, as much as `shrink` answers.
    The best open hour within `most_hours` is taken; of equal ones, the earliest.

    Attributes:
        most_hours: how far it may be moved.
        half_life_days: after how many days an answer counts half.
        enough: how many answers there must be; below it the step stays where it is.
        shrink: how many answers the segment's week counts as.
        segment: the segment's week, 168 weights from Monday 0:00; empty for an even one.
    """

    most_hours: int = field(default=24, validator=ge(1))
    half_life_days: int = field(default=60, validator=ge(1))
    enough: int = field(default=5, validator=ge(1))
    shrink: int = field(default=3, validator=ge(0))
    segment: Week = field(default=(), validator=_a_week)

    def week(self, scene: Scene, channel: Channel, target: datetime, /) -> Week:
        """The customer's weights, in millionths of an answer; empty where there are too few."""
        answers = [at for at in _answers(scene, channel) if at <= target]
        if len(answers) < self.enough:
            return ()
        week = self._prior()
        for at in answers:
            wall = scene.clock.wall(at)
            halvings = (target - at) / _DAY / self.half_life_days
            week[wall.weekday() * 24 + wall.hour] += round(_WHOLE * 0.5**halvings)
        return tuple(week)

    def moved(self, scene: Scene, channel: Channel, target: datetime, opens: Opens, /) -> datetime:
        """The first instant of the best open hour from *target* on; *target* where none is best."""
        week = self.week(scene, channel, target)
        if not week:
            return target
        best, most = target, -1
        for at in _hours_from(scene.clock, target, self.most_hours):
            wall = scene.clock.wall(at)
            weight = week[wall.weekday() * 24 + wall.hour]
            if weight > most and opens(at):
                best, most = at, weight
        return best

    def _prior(self) -> list[int]:
        total = sum(self.segment)
        if not total:
            return [0] * HOURS_A_WEEK
        return [weight * self.shrink * _WHOLE // total for weight in self.segment]


@frozen(kw_only=True)
class BestChannel:
    """Puts the channels of a step in the order in which the customer answers on them.

    A channel's rate is the answers to what was sent on it, over what was sent, both shrunk by
    `shrink` messages answered at `usual` per cent; ties keep the step's own order.

    Attributes:
        enough: how many messages must have been sent; below it the step's own order stays.
        shrink: how many messages the usual rate counts as.
        usual: the usual rate in per cent.
    """

    enough: int = field(default=5, validator=ge(1))
    shrink: int = field(default=4, validator=ge(0))
    usual: int = field(default=20, validator=ge(0))

    def ranked(self, scene: Scene, channels: tuple[Channel, ...], /) -> tuple[Channel, ...]:
        """The channels, the one that is answered most first."""
        sent = _counted(message.channel for message in scene.sent.values())
        if sum(sent.values()) < self.enough:
            return channels
        answered = _counted(
            scene.sent[key].channel for key in {key for key, _ in _responses(scene)}
        )

        def rate(channel: Channel, /) -> Fraction:
            tried = sent.get(channel, 0) + self.shrink
            won = answered.get(channel, 0) + Fraction(self.shrink * self.usual, 100)
            return Fraction(won) / tried if tried else Fraction(0)

        return tuple(sorted(channels, key=rate, reverse=True))


def _counted(channels: Iterable[Channel], /) -> Mapping[Channel, int]:
    found: dict[Channel, int] = {}
    for channel in channels:
        found[channel] = found.get(channel, 0) + 1
    return found


def _responses(scene: Scene, /) -> Iterator[tuple[str, datetime]]:
    """The messages that a person answered, with when."""
    opened: tuple[MessageOpened | MessageClicked, ...] = scene.all(MessageOpened)
    for fact in (*opened, *scene.all(MessageClicked)):
        if fact.by is not Agent.MACHINE and fact.message in scene.sent:
            yield fact.message, fact.at
    for reply in scene.all(MessageReplied):
        if reply.message in scene.sent:
            yield reply.message, reply.at


_PLACES: Final[Mapping[Channel, str]] = {
    Channel.PUSH: "app",
    Channel.IN_APP: "app",
    Channel.SITE: "web",
}
"""Where somebody is when such a message would reach them."""


def _answers(scene: Scene, channel: Channel, /) -> Iterator[datetime]:
    for key, at in _responses(scene):
        if scene.sent[key].channel is channel:
            yield at
    place = _PLACES.get(channel)
    for visit in scene.all(Visited) if place else ():
        if visit.place == place:
            yield visit.at


def _hours_from(clock: Clock, target: datetime, count: int, /) -> Iterator[datetime]:
    """*target*, and then every full hour of the wall clock until so many hours have passed."""
    at, end = target, target + count * _HOUR
    while at <= end:
        yield at
        wall = clock.wall(at)
        into = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
        at += _HOUR - into
