"""Instants and what a clock on the wall shows: from one to the other, in a zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from attrs import field, frozen

from postpurchase.errors import InvalidMoment

_SECOND = timedelta(seconds=1)


def instant(value: datetime, /) -> datetime:
    """The same instant in UTC: the converter of every field that holds an instant.

    Raises:
        InvalidMoment: *value* is naive, no datetime, or beyond the years 1 to 9999 in UTC.
    """
    if not _aware(value):
        raise InvalidMoment(
            what="an instant is a datetime with a zone",
            given=repr(value),
            advice="write datetime(..., tzinfo=UTC)",
        )
    return _moved(value, UTC)


def local(at: datetime, zone: tzinfo, /) -> datetime:
    """What the wall clock in *zone* shows at an instant.

    Raises:
        InvalidMoment: *at* is no instant, or *zone* no zone: the machine's own is never meant.
    """
    return _moved(instant(at), _zone(zone))


def local_date(at: datetime, zone: tzinfo, /) -> date:
    """The date in *zone* at an instant."""
    return local(at, zone).date()


def resolve(day: date, clock: time, zone: tzinfo, /) -> datetime:
    """The instant at which the wall clock in *zone* shows *clock* on *day*.

    A time that the clocks jump over (a gap) is the first valid instant after the gap, whole days
    that a zone left out included; a time that comes twice (a fold) is the first of the two.

    Raises:
        InvalidMoment: *day* is a datetime, *clock* carries a zone of its own, or *zone* is none.
    """
    if isinstance(day, datetime) or clock.tzinfo is not None:
        raise InvalidMoment(
            what="a wall clock time is a date and a time without a zone",
            given=f"{day!r}, {clock!r}",
            advice="pass the zone beside them",
        )
    _zone(zone)
    wanted = datetime.combine(day, clock.replace(fold=0))
    first = _moved(wanted.replace(tzinfo=zone), UTC)
    if _wall(first, zone) == wanted:
        return first
    return _first_from(wanted, zone)


def start_of_day(day: date, zone: tzinfo, /) -> datetime:
    """The first instant of a local day; clocks that jump at midnight start it later."""
    return resolve(day, time(), zone)


def end_of_day(day: date, zone: tzinfo, /) -> datetime:
    """The instant a local day is over: the start of the next one, half-open.

    ``at < end_of_day(day, zone)`` is "through that local day".
    """
    return start_of_day(shift(day, 1), zone)


def shift(day: date, days: int, /) -> date:
    """A date some calendar days later, or earlier below zero.

    Raises:
        InvalidMoment: the result is beyond the years 1 to 9999.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise InvalidMoment(
            what="a date lies in the years 1 to 9999",
            given=f"{day} and {days} days",
            advice="use fewer days",
        ) from None


def add_days(at: datetime, days: int, zone: tzinfo, /) -> datetime:
    """The instant some calendar days later with the wall clock time in *zone* kept.

    No days at all is the same instant, even in the second hour of a fold.
    """
    if not days:
        return instant(at)
    wall = local(at, zone)
    return resolve(shift(wall.date(), days), wall.time(), zone)


@frozen
class Interval:
    """Instants from *start* up to, not including, *end*.

    Raises:
        InvalidMoment: the end lies before the start.
    """

    start: datetime = field(converter=instant)
    end: datetime = field(converter=instant)

    def __attrs_post_init__(self) -> None:
        """Refuse an interval that runs backwards."""
        if self.end < self.start:
            raise InvalidMoment(
                what="an interval ends at or after its start",
                given=f"{self.start} to {self.end}",
                advice="swap them",
            )

    def __contains__(self, at: datetime, /) -> bool:
        """Whether an instant lies inside, the start included and the end not."""
        return self.start <= at < self.end

    @property
    def length(self) -> timedelta:
        """The time that passes."""
        return self.end - self.start


def _aware(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def _zone(given: object, /) -> tzinfo:
    if not isinstance(given, tzinfo):
        raise InvalidMoment(
            what="a zone is a tzinfo", given=repr(given), advice='write ZoneInfo("Asia/Kolkata")'
        )
    return given


def _moved(value: datetime, zone: tzinfo) -> datetime:
    try:
        return value.astimezone(zone)
    except OverflowError:
        raise InvalidMoment(
            what="an instant lies in the years 1 to 9999",
            given=repr(value),
            advice="leave out the date instead of using the first or last one",
        ) from None


def _wall(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _first_from(wanted: datetime, zone: tzinfo) -> datetime:
    """The first instant whose wall clock has passed *wanted*, which is in a gap.

    With the offsets before and after the gap (PEP 495: fold 0 and 1) the wanted time reads as
    two instants, and the clocks jump between them.
    """
    late = wanted.replace(tzinfo=zone).astimezone(UTC)
    early = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return first_between(
        early.replace(microsecond=0),
        late.replace(microsecond=0),
        lambda at: _wall(at, zone) >= wanted,
    )


def first_between(
    early: datetime, late: datetime, holds: Callable[[datetime], bool], /
) -> datetime:
    """The whole second after *early*, *late* at most, from which on a test holds.

    Clocks are changed at whole seconds. The test must hold at *late*, and not at *early*.
    """
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        if holds(middle):
            late = middle
        else:
            early = middle
    return late
