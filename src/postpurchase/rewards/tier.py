"""Tiers: what is counted, in which window, when one rises and when one falls."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from heapq import heappop, heappush
from itertools import count, pairwise
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.decision import Granted, Reason
from postpurchase.domain.history import History
from postpurchase.domain.moment import (
    Duration,
    Periods,
    add_months,
    instant,
    local,
    local_date,
    resolve,
    shift,
    start_of_day,
)
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.measure import Count, Measure
from postpurchase.rewards.standing import Counted, Distance, Kept, MoreFor, Standing, Tier

_UTC: Final = ZoneInfo("UTC")
_TICK: Final = timedelta(microseconds=1)


class Rise(Enum):
    """When a higher tier begins."""

    AT_ONCE = "at_once"
    AT_PERIOD_END = "at_period_end"


class Fall(Enum):
    """What happens at the end of a period in which a tier was not earned again."""

    ONE_STEP = "one_step"
    TO_EARNED = "to_earned"
    NEVER = "never"


class Anchor(Enum):
    """Where periods begin."""

    CALENDAR = "calendar"
    """On 1 January, and every so many months from there."""
    JOINED = "joined"
    """On the local day of the first thing that counted."""


def _rising(_: object, __: object, tiers: tuple[Tier, ...], /) -> None:
    floors = [tier.at_least for tier in tiers]
    if not floors or floors[0] or any(a >= b for a, b in pairwise(floors)):
        raise InvalidProgramme(
            part="Ladder",
            what="tiers begin at 0 and rise",
            given=str(floors),
            advice="list the tier that everybody has first, with at_least=0",
        )
    if len({tier.name for tier in tiers}) != len(tiers):
        raise InvalidProgramme(
            part="Ladder",
            what="each tier has a name of its own",
            given=str([tier.name for tier in tiers]),
            advice="rules and reasons know a tier by its name",
        )


def _months(_: object, __: object, months: int, /) -> None:
    if months < 1:
        raise InvalidProgramme(
            part="Ladder",
            what="a period has a month or more",
            given=str(months),
            advice="use 12 for a year",
        )


@frozen(kw_only=True)
class Ladder:
    """Tiers and how one moves between them; a pure function of what happened.

    Attributes:
        tiers: the lowest first, which everybody has, at 0.
        measure: what is counted.
        months: how long a period is, at the end of which tiers are judged.
        anchor: where periods begin.
        window: what is looked back at; None is from the start of the period.
        rise: when a higher tier begins.
        fall: what happens where it was not earned again.
        grace: how much longer it lasts before it falls; it can be earned again meanwhile.
        zone: where days begin.
    """

    tiers: tuple[Tier, ...] = field(validator=_rising)
    measure: Measure
    months: int = field(default=12, validator=_months)
    anchor: Anchor = Anchor.CALENDAR
    window: Duration | None = None
    rise: Rise = Rise.AT_ONCE
    fall: Fall = Fall.TO_EARNED
    grace: Duration | None = None
    zone: ZoneInfo = _UTC

    def reached(self, value: int, /) -> Tier:
        """The highest tier that a value reaches; the lowest below zero, too."""
        reached = (tier for tier in self.tiers if tier.at_least <= value)
        return max(reached, key=_floor, default=self.tiers[0])

    def fallen(self, current: str, value: int, /) -> Tier:
        """Where somebody in a tier is put by a value at the end of a period."""
        earned, place = self._place(self.reached(value).name), self._place(current)
        if earned >= place or self.fall is Fall.TO_EARNED:
            return self.tiers[earned]
        return self.tiers[place if self.fall is Fall.NEVER else place - 1]

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Standing]:
        """The tier of a customer at an instant: everybody has one.

        Args:
            subject: the customer's history; what became known after *at* does not count.
            at: the instant.
            known: `Ledger` where points are counted, `Catalog` where a selection of lines is.
        """
        at = instant(at)
        return self.climb(subject, known).at(at)

    def climb(self, history: History, known: Known = NOTHING, /) -> "Climb":
        """The same way up and down, to be asked at one instant after another."""
        return Climb(
            self, self.measure.counting(history, known), self.measure.marks(history, known)
        )

    def _place(self, name: str) -> int:
        return [tier.name for tier in self.tiers].index(name)


_Step: TypeAlias = tuple[datetime, int, int, Callable[[datetime], None]]


class Climb:
    """One customer's way up and down, from the first thing that counted on."""

    def __init__(self, ladder: Ladder, count_of: Count, marks: Iterable[datetime], /) -> None:
        """At the foot of the ladder, with all that may change anything before it."""
        self._ladder, self._count = ladder, count_of
        self._place = 0
        self._since: datetime | None = None
        self._falls_at: datetime | None = None
        self._periods: Periods | None = None
        self._numbers = count()
        self._steps: list[_Step] = []
        ordered = sorted(set(marks))
        for mark in ordered[:1]:
            self._plan(mark, self._begin)
        if ladder.rise is Rise.AT_ONCE:
            # At one instant a period ends before anything else.
            self._steps += [(mark, 1, number, self._rise) for number, mark in enumerate(ordered)]

    def at(self, at: datetime, /) -> Granted[Standing]:
        """Where it has come at an instant, which never lies before the one asked last."""
        while self._steps and self._steps[0][0] <= at:
            mark, _, _, step = heappop(self._steps)
            step(mark)
        tiers, value = self._ladder.tiers, self._value(at)
        tier = tiers[self._place]
        until = None if self._periods is None else self._end(self._periods, at)
        above = tiers[self._place + 1] if self._place + 1 < len(tiers) else None
        standing = Standing(
            tier=tier.name,
            tiers=tuple(each.name for each in tiers[: self._place + 1]),
            since=self._since,
            value=value,
            earned=self._ladder.reached(value).name,
            until=until,
            falls_at=self._falls_at,
            next=None if above is None else self._distance(above, value, until),
            perks=tier.perks,
        )
        return Granted(standing, tuple(_reasons(tier, standing)))

    def _distance(self, above: Tier, value: int, until: datetime | None) -> Distance:
        missing = max(above.at_least - value, 0)
        return Distance(
            tier=above.name,
            missing=missing,
            money=self._ladder.measure.money(missing),
            by=until if self._ladder.window is None else None,
        )

    def _plan(self, mark: datetime, step: Callable[[datetime], None]) -> None:
        heappush(self._steps, (mark, 0, next(self._numbers), step))

    def _begin(self, mark: datetime) -> None:
        first = local_date(mark, self._ladder.zone)
        anchor = first if self._ladder.anchor is Anchor.JOINED else date(first.year, 1, 1)
        self._periods = periods = Periods(anchor, self._ladder.months)
        self._plan(self._end(periods, mark), partial(self._judge, periods))

    def _end(self, periods: Periods, at: datetime) -> datetime:
        """When the period of an instant ends."""
        period = periods.containing(local_date(at, self._ladder.zone))
        return start_of_day(period.end, self._ladder.zone)

    def _value(self, at: datetime) -> int:
        """What counts at an instant, in its window."""
        if self._periods is None:
            return 0
        zone, window = self._ladder.zone, self._ladder.window
        if window is not None:
            return self._count(_before(window, at, zone), at)
        period = self._periods.containing(local_date(at, zone))
        return self._count(start_of_day(period.start, zone), at)

    def _rise(self, mark: datetime) -> None:
        self._up(mark, self._earned(self._value(mark)))

    def _judge(self, periods: Periods, ends: datetime) -> None:
        value = self._value(ends - _TICK)
        earned = self._earned(value)
        if earned >= self._place:
            self._up(ends, earned)
        elif self._ladder.fall is not Fall.NEVER:
            self._begin_fall(ends, value)
        self._plan(self._end(periods, ends), partial(self._judge, periods))

    def _begin_fall(self, ends: datetime, value: int) -> None:
        if self._ladder.grace is None:
            self._down(ends, value)
        elif self._falls_at is None:
            self._falls_at = self._ladder.grace.after(ends, self._ladder.zone)
            self._plan(self._falls_at, partial(self._fall, value))

    def _fall(self, value: int, later: datetime) -> None:
        if self._falls_at == later:
            self._down(later, max(value, self._value(later)))

    def _earned(self, value: int) -> int:
        return self._ladder.tiers.index(self._ladder.reached(value))

    def _up(self, mark: datetime, place: int) -> None:
        if place >= self._place:
            self._falls_at = None
        if place > self._place:
            self._place, self._since = place, mark

    def _down(self, mark: datetime, value: int) -> None:
        self._falls_at = None
        tiers = self._ladder.tiers
        place = tiers.index(self._ladder.fallen(tiers[self._place].name, value))
        if place != self._place:
            self._place, self._since = place, mark


def _reasons(tier: Tier, standing: Standing) -> Iterable[Reason]:
    yield Counted(standing.value, tier.name)
    lasts = standing.falls_at or standing.until
    if lasts is not None and standing.value < tier.at_least:
        yield Kept(tier.name, standing.earned, lasts)
    above = standing.next
    if above is not None:
        yield MoreFor(above.missing if above.money is None else above.money, above.tier)


def _before(window: Duration, at: datetime, zone: ZoneInfo) -> datetime:
    """The instant that lies so far back: the wall clock time is kept where calendar parts count."""
    wall = local(at, zone)
    day = add_months(wall.date(), -(window.years * 12 + window.months))
    back = resolve(shift(day, -(window.weeks * 7 + window.days)), wall.time(), zone)
    return back - timedelta(hours=window.hours, minutes=window.minutes, seconds=window.seconds)


def _floor(tier: Tier) -> int:
    return tier.at_least
