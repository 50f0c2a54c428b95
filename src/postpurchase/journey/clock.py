"""The customer's wall clock during one decision."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from postpurchase.domain.moment import Calendar, resolve


class Clock:
    """A clock on a wall in the customer's zone, beside the shop's calendar."""

    __slots__ = ("_walls", "calendar", "zone")

    calendar: Calendar
    zone: ZoneInfo

    def __init__(self, zone: ZoneInfo, calendar: Calendar, /) -> None:
        """Hang it up in *zone*."""
        self.zone = zone
        self.calendar = calendar
        self._walls: dict[datetime, datetime] = {}

    def wall(self, at: datetime, /) -> datetime:
        """What it shows at an instant."""
        found = self._walls.get(at)
        if found is None:
            found = self._walls[at] = at.astimezone(self.zone)
        return found

    def instant(self, day: date, clock: time, /) -> datetime:
        """When it shows this; after a gap the first valid instant, of a fold the first."""
        return _resolved(day, clock, self.zone)


@lru_cache(maxsize=4096)
def _resolved(day: date, clock: time, zone: ZoneInfo, /) -> datetime:
    """Many customers meet at the same hour of the same day: it is worked out once."""
    return resolve(day, clock, zone)
