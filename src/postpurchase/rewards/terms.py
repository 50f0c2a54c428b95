"""When points can be used and when they run out, as a programme states it."""

from abc import ABC, abstractmethod
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from attrs import Attribute, field, frozen
from typing_extensions import override

from postpurchase.domain.moment import (
    Duration,
    Leap,
    MonthDay,
    end_of_day,
    end_of_month,
    end_of_quarter,
    end_of_year,
    local,
)
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.entry import EntryKind

_UTC: Final = ZoneInfo("UTC")


class Expiry(ABC):
    """How long points can be used, counted from the instant they become usable."""

    __slots__ = ()

    @abstractmethod
    def ends(self, start: datetime, zone: tzinfo, /) -> datetime | None:
        """The first instant at which points usable from *start* are gone; None is never."""


@frozen
class Never(Expiry):
    """Points do not run out."""

    @override
    def ends(self, start: datetime, zone: tzinfo, /) -> None:
        return None


class RoundTo(Enum):
    """Up to which end of the calendar an expiry is moved."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    def last_day(self, day: date, /) -> date:
        """The last day of the day's own month, quarter, half year or year; the day itself."""
        if self is RoundTo.MONTH:
            return end_of_month(day)
        if self is RoundTo.QUARTER:
            return end_of_quarter(day)
        if self is RoundTo.HALF_YEAR:
            return end_of_month(day.replace(day=1, month=6 if day.month <= _HALF else 12))
        return end_of_year(day) if self is RoundTo.YEAR else day


_HALF: Final = 6


@frozen
class After(Expiry):
    """Points run out some time after they become usable, at the end of a local day.

    `After(Duration(months=12))` lets points of 25 January be used through 25 January of the next
    year; 31 January and one month is through the last day of February. No time at all is through
    the same day.

    Attributes:
        duration: how long; its hours and smaller parts count before the day is completed.
        round_to: the day, month, quarter, half year or year that is completed.
    """

    duration: Duration
    round_to: RoundTo = RoundTo.DAY

    @override
    def ends(self, start: datetime, zone: tzinfo, /) -> datetime:
        day = local(self.duration.after(start, zone), zone).date()
        return end_of_day(self.round_to.last_day(day), zone)


def _some(_: object, __: object, days: tuple[MonthDay, ...], /) -> None:
    if not days:
        raise InvalidProgramme(
            part="OnDays",
            what="points run out on one day of the year or more",
            given="none",
            advice="use Never() for points that do not run out",
        )


@frozen
class OnDays(Expiry):
    """Points run out at the end of the next of these days of the year.

    Points that become usable on such a day run out at the end of that day.
    """

    days: tuple[MonthDay, ...] = field(validator=_some)
    leap: Leap = Leap.FEB28

    @override
    def ends(self, start: datetime, zone: tzinfo, /) -> datetime:
        today = local(start, zone).date()
        return end_of_day(min(day.next_from(today, leap=self.leap) for day in self.days), zone)


_GRACE: Final = Duration(days=30)
_SPENDING: Final = frozenset({EntryKind.EARN, EntryKind.SPEND, EntryKind.CAPTURE})


def _rolling(_: object, __: "Attribute[After | None]", idle: After | None, /) -> None:
    if idle is not None and idle.ends(_PROBE, UTC) <= _PROBE_NEXT:
        raise InvalidProgramme(
            part="Terms",
            what="points stay alive for more than a day after the last activity",
            given=str(idle.duration),
            advice="use After(Duration(months=12)) for a year",
        )


_PROBE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_PROBE_NEXT: Final = datetime(2000, 1, 2, tzinfo=UTC)


@frozen(kw_only=True)
class Terms:
    """How the points of a programme live and end.

    Attributes:
        zone: the zone in which its days begin and end.
        expiry: when a lot runs out, counted from the instant it becomes usable.
        idle: when all lots without an expiry of their own run out if nothing happens; every
            activity moves it. None lets idle points be.
        keeps_alive: the kinds of entries that count as activity; with `EARN` among them, points
            that become usable count too.
        grace: how long restored points can be used at the least.
    """

    zone: ZoneInfo = _UTC
    expiry: Expiry = Never()
    idle: After | None = field(default=None, validator=_rolling)
    keeps_alive: frozenset[EntryKind] = _SPENDING
    grace: Duration = _GRACE

    def restored_until(self, original: datetime | None, at: datetime, /) -> datetime | None:
        """Until when points that come back at *at* can be used: the later of both, or never."""
        return None if original is None else max(original, self.grace.after(at, self.zone))


TERMS: Final = Terms()
"""UTC, points that do not run out, and 30 days of grace for restored ones."""
