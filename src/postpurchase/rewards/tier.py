"""Tiers: what is counted, in which window, when one rises and when one falls."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from itertools import pairwise
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Periods, instant, local_date, start_of_day
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.rule import NOTHING, Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.measure import Measure

_UTC: Final = ZoneInfo("UTC")


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


@frozen(kw_only=True)
class Tier:
    """A level.

    Attributes:
        name: names it for ever.
        at_least: what must be counted to reach it: minor units, points or orders; inclusive.
        perks: what it brings.
    """

    name: str
    at_least: int
    perks: tuple[Offer, ...] = ()


@frozen(kw_only=True)
class Distance(Outcome):
    """What is missing to the next tier.

    Attributes:
        tier: the name of the next tier.
        missing: how much more must be counted: minor units, points or orders.
        money: the same as money, where money is counted.
        by: when counting begins anew; None where it does not.
    """

    tier: str
    missing: int
    money: Money | None = None
    by: datetime | None = None


@frozen(kw_only=True)
class Standing(Outcome):
    """The tier of a customer at an instant.

    Attributes:
        tier: its name.
        tiers: the names of all tiers up to it, the lowest first.
        since: when it began; None for the lowest that everybody has.
        value: what was counted in the window.
        earned: the tier that this value alone would give.
        until: when it is judged again; None while nothing was counted.
        falls_at: when it falls, while a period of grace runs.
        next: what is missing to the next one; None at the top.
        perks: what it brings.
    """

    tier: str
    tiers: tuple[str, ...]
    since: datetime | None
    value: int
    earned: str
    until: datetime | None
    falls_at: datetime | None = None
    next: Distance | None = None
    perks: tuple[Offer, ...] = ()


@frozen
class Counted(Reason):
    """What was counted towards tiers, in minor units, points or orders."""

    says: ClassVar[Says] = says("%(value)s counted for tier %(tier)s")
    value: int
    tier: str


@frozen
class Kept(Reason):
    """A tier lasts although the value alone would give a lower one."""

    says: ClassVar[Says] = says("%(tier)s lasts until %(until)s, %(earned)s was earned since")
    tier: str
    earned: str
    until: datetime


@frozen
class MoreFor(Reason):
    """What is missing to the next tier."""

    says: ClassVar[Says] = says("%(missing)s more to reach %(tier)s")
    missing: Money | int
    tier: str


def _rising(_: object, __: object, tiers: tuple[Tier, ...], /) -> None:
    floors = [tier.at_least for tier in tiers]
    if not floors or floors[0] or any(a >= b for a, b in pairwise(floors)):
        raise InvalidProgramme(
            part="Ladder",
            what="tiers begin at 0 and rise",
            given=str(floors),
            advice="list the tier that everybody has first, with at_least=0",
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
        count = self.measure.counting(subject, known)
        walk = _Walk(self, count)
        marks = sorted({mark for mark in self.measure.marks(subject, known) if mark <= at})
        if marks:
            walk.go(marks, at)
        return self._answer(walk, at)

    def _answer(self, walk: "_Walk", at: datetime) -> Granted[Standing]:
        tier, value = self.tiers[walk.place], walk.value(at)
        above = self.tiers[walk.place + 1] if walk.place + 1 < len(self.tiers) else None
        missing = max(above.at_least - value, 0) if above is not None else 0
        money = self.measure.money(missing)
        until = walk.ends(at)
        by = until if self.window is None else None
        standing = Standing(
            tier=tier.name,
            tiers=tuple(each.name for each in self.tiers[: walk.place + 1]),
            since=walk.since,
            value=value,
            earned=self.reached(value).name,
            until=until,
            falls_at=walk.falls_at,
            next=None
            if above is None
            else Distance(tier=above.name, missing=missing, money=money, by=by),
            perks=tier.perks,
        )
        reasons: list[Reason] = [Counted(value, tier.name)]
        lasts = walk.falls_at or until
        if lasts is not None and value < tier.at_least:
            reasons.append(Kept(tier.name, standing.earned, lasts))
        if above is not None:
            reasons.append(MoreFor(money or missing, above.name))
        return Granted(standing, tuple(reasons))

    def _place(self, name: str) -> int:
        return [tier.name for tier in self.tiers].index(name)


class _Walk:
    """One customer's way up and down, from the first thing that counted to an instant."""

    def __init__(self, ladder: Ladder, count: Callable[[datetime, datetime], int]) -> None:
        self.ladder, self.count = ladder, count
        self.place = 0
        self.since: datetime | None = None
        self.falls_at: datetime | None = None
        self.periods: Periods | None = None

    def go(self, marks: list[datetime], at: datetime) -> None:
        first = local_date(marks[0], self.ladder.zone)
        anchor = first if self.ladder.anchor is Anchor.JOINED else date(first.year, 1, 1)
        self.periods = Periods(anchor, self.ladder.months)
        for mark, step in sorted(self._steps(marks, at), key=_when):
            step(mark)

    def _steps(
        self, marks: list[datetime], at: datetime
    ) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        """What happens when; at one instant a period ends before anything else."""
        ends = self.ends(marks[0])
        while ends is not None and ends <= at:
            yield ends, self._judge
            later = self.ladder.grace.after(ends, self.ladder.zone) if self.ladder.grace else ends
            if ends < later <= at:
                yield later, partial(self._fall, ends)
            ends = self.ends(ends)
        for mark in marks:
            yield mark, self._rise

    def ends(self, at: datetime) -> datetime | None:
        """When the period of an instant ends."""
        if self.periods is None:
            return None
        period = self.periods.containing(local_date(at, self.ladder.zone))
        return start_of_day(period.end, self.ladder.zone)

    def value(self, at: datetime) -> int:
        """What counts at an instant, in its window."""
        if self.periods is None:
            return 0
        return self.count(self._from(at, local_date(at, self.ladder.zone)), at)

    def _from(self, at: datetime, day: date) -> datetime:
        zone, window = self.ladder.zone, self.ladder.window
        if window is not None:
            return at - (window.after(at, zone) - at)
        return start_of_day(self._period_start(day), zone)

    def _period_start(self, day: date) -> date:
        return day if self.periods is None else self.periods.containing(day).start

    def _rise(self, mark: datetime) -> None:
        if self.ladder.rise is Rise.AT_ONCE:
            self._up(mark, self._earned(self.value(mark)))

    def _judge(self, ends: datetime) -> None:
        earned = self._earned(self._of_period(ends))
        if earned >= self.place:
            self._up(ends, earned)
        elif self.ladder.fall is not Fall.NEVER:
            self._begin_fall(ends)

    def _begin_fall(self, ends: datetime) -> None:
        if self.ladder.grace is None:
            self._down(ends, self._of_period(ends))
        else:
            self.falls_at = self.ladder.grace.after(ends, self.ladder.zone)

    def _fall(self, ends: datetime, later: datetime) -> None:
        if self.falls_at == later:
            self._down(later, max(self._of_period(ends), self.value(later)))

    def _of_period(self, ends: datetime) -> int:
        """What counted in the period that ended at an instant."""
        last = ends - _TICK
        return self.count(self._from(last, local_date(last, self.ladder.zone)), last)

    def _earned(self, value: int) -> int:
        return self.ladder.tiers.index(self.ladder.reached(value))

    def _up(self, mark: datetime, place: int) -> None:
        if place >= self.place:
            self.falls_at = None
        if place > self.place:
            self.place, self.since = place, mark

    def _down(self, mark: datetime, value: int) -> None:
        self.falls_at = None
        tiers = self.ladder.tiers
        place = tiers.index(self.ladder.fallen(tiers[self.place].name, value))
        if place != self.place:
            self.place, self.since = place, mark


def _floor(tier: Tier) -> int:
    return tier.at_least


def _when(step: tuple[datetime, Callable[[datetime], None]]) -> datetime:
    return step[0]


@frozen
class InTier(Reason):
    """The tier that somebody has."""

    says: ClassVar[Says] = says("the tier is %(tier)s")
    tier: str


_TICK: Final = timedelta(microseconds=1)
_YES_NO: Final = {True: Verdict.YES, False: Verdict.NO}


@frozen
class TierIs(Rule):
    """Holds in exactly this tier; unknown without a `Standing`."""

    tier: str

    @override
    def check(self, known: Known, /) -> Finding:
        standing = known.find(Standing)
        if standing is None:
            return Finding(self, Verdict.UNKNOWN)
        return Finding(self, _YES_NO[standing.tier == self.tier], InTier(standing.tier))


@frozen
class TierAtLeast(Rule):
    """Holds in this tier and in those above it; unknown without a `Standing`."""

    tier: str

    @override
    def check(self, known: Known, /) -> Finding:
        standing = known.find(Standing)
        if standing is None:
            return Finding(self, Verdict.UNKNOWN)
        return Finding(self, _YES_NO[self.tier in standing.tiers], InTier(standing.tier))
