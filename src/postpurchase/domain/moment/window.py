"""Hours of the day in which something may happen, in local time."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import Self

from attrs import field, frozen

from postpurchase.domain.moment.business import NO_DAYS, DayTest, weekdays
from postpurchase.domain.moment.clock import (
    end_of_day,
    first_between,
    instant,
    local,
    resolve,
    shift,
    start_of_day,
)
from postpurchase.errors import InvalidMoment

_HORIZON = 366


def _plain(_window: object, _attribute: object, value: time) -> None:
    if not _is_time(value) or value.tzinfo is not None:
        raise InvalidMoment(
            what="a window opens and closes at local times without a zone",
            given=repr(value),
            advice="leave out the zone; it is passed when the window is asked",
        )


def _is_time(value: object) -> bool:
    return isinstance(value, time)


@frozen
class Window:
    """The local hours from *opens* up to, not including, *closes*, on days that are not closed.

    A window that closes earlier than it opens crosses midnight; one that closes when it opens is
    open all day. A closed weekday (0 for Monday to 6 for Sunday) or holiday is closed from its
    local midnight to the next, the hours after midnight of a window from the day before too.

    Raises:
        InvalidMoment: a time with a zone, or closed weekdays that leave no day.
    """

    opens: time = field(validator=_plain)
    closes: time = field(validator=_plain)
    closed_weekdays: frozenset[int] = field(default=frozenset(), validator=weekdays, kw_only=True)
    is_holiday: DayTest = field(default=NO_DAYS, kw_only=True)

    @classmethod
    def outside(
        cls,
        starts: time,
        ends: time,
        /,
        *,
        closed_weekdays: frozenset[int] = frozenset(),
        is_holiday: DayTest = NO_DAYS,
    ) -> Self:
        """The hours that quiet ones leave: ``Window.outside(time(21), time(8))``.

        Raises:
            InvalidMoment: quiet hours that end when they start, so that nothing is left or all.
        """
        if starts == ends:
            raise InvalidMoment(
                what="quiet hours end at another time than they start",
                given=f"{starts} to {ends}",
                advice="close weekdays for whole days",
            )
        return cls(ends, starts, closed_weekdays=closed_weekdays, is_holiday=is_holiday)

    def contains(self, at: datetime, zone: tzinfo, /) -> bool:
        """Whether the window is open in *zone* at an instant."""
        wall = local(at, zone)
        if wall.weekday() in self.closed_weekdays or self.is_holiday(wall.date()):
            return False
        clock = wall.time()
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes

    def next_open(self, at: datetime, zone: tzinfo, /) -> datetime:
        """The first instant from *at* on at which the window is open; *at* itself if it is.

        Raises:
            InvalidMoment: it does not open within a year.
        """
        return self._first(at, zone, lambda moment: self.contains(moment, zone))

    def next_close(self, at: datetime, zone: tzinfo, /) -> datetime:
        """The first instant from *at* on at which the window is not open; *at* itself if so.

        Raises:
            InvalidMoment: it does not close within a year.
        """
        return self._first(at, zone, lambda moment: not self.contains(moment, zone))

    def _first(self, at: datetime, zone: tzinfo, holds: Callable[[datetime], bool]) -> datetime:
        at = instant(at)
        if holds(at):
            return at
        today = local(at, zone).date()
        for n in range(_HORIZON):
            for moment in self._turns(shift(today, n), zone):
                if moment > at and holds(moment):
                    return moment
        raise InvalidMoment(
            what="a window opens and closes within a year",
            given=f"{self} from {at}",
            advice="check its hours and holidays",
        )

    def _turns(self, day: date, zone: tzinfo) -> list[datetime]:
        """Every instant of a local day at which the window may open or close, in order."""
        return sorted({start_of_day(day, zone), *self._marks(day, zone), *_changes(day, zone)})

    def _marks(self, day: date, zone: tzinfo) -> Iterator[datetime]:
        """Both instants of each time of the window; they differ in a fold only."""
        for clock in (self.opens, self.closes):
            first = resolve(day, clock, zone)
            yield first
            yield local(first, zone).replace(fold=1).astimezone(UTC)


def _changes(day: date, zone: tzinfo) -> tuple[datetime, ...]:
    """The instant in a local day at which the clocks are changed, if there is one."""
    start, end = start_of_day(day, zone), end_of_day(day, zone)
    kept = local(start, zone).utcoffset()
    if local(end, zone).utcoffset() == kept:
        return ()
    return (first_between(start, end, lambda at: local(at, zone).utcoffset() != kept),)
