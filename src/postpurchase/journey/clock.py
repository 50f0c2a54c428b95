"""The customer's wall clock during one decision; what it has once resolved, it keeps."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from postpurchase.domain.moment import Calendar, resolve


class Clock:
    """A clock on a wall in the customer's zone, beside the shop's calendar."""

    __slots__ = ("_resolved", "_walls", "calendar", "zone")

    def __init__(self, zone: ZoneInfo, calendar: Calendar, /) -> None:
        """Hang it up in *zone*."""
        self.zone = zone
        self.calendar = calendar
        self._walls: dict[datetime, datetime] = {}
        self._resolved: dict[tuple[date, time], datetime] = {}

    def wall(self, at: datetime, /) -> datetime:
        """What it shows at an instant."""
        found = self._walls.get(at)
        if found is None:
            found = self._walls[at] = at.astimezone(self.zone)
        return found

    def instant(self, day: date, clock: time, /) -> datetime:
        """When it shows this; after a gap the first valid instant, of a fold the first."""
        found = self._resolved.get((day, clock))
        if found is None:
            found = self._resolved[day, clock] = resolve(day, clock, self.zone)
        return found
