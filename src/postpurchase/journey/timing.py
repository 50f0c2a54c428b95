"""When a step's time comes: from an anchor to an instant, through the customer's wall clock."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from postpurchase.domain.moment import Calendar, resolve, shift
from postpurchase.journey.step import Step
from postpurchase.privacy import Counting


class Clock:
    """The customer's wall clock during one decision; what it has once resolved, it keeps."""

    __slots__ = ("_resolved", "_walls", "calendar", "zone")

    def __init__(self, zone: ZoneInfo, calendar: Calendar, /) -> None:
        """A clock on a wall in *zone*, beside the shop's calendar."""
        self.zone = zone
        self.calendar = calendar
        self._walls: dict[datetime, datetime] = {}
        self._resolved: dict[tuple[date, time], datetime] = {}

    def wall(self, at: datetime, /) -> datetime:
        """What the clock shows at an instant."""
        found = self._walls.get(at)
        if found is None:
            found = self._walls[at] = at.astimezone(self.zone)
        return found

    def instant(self, day: date, clock: time, /) -> datetime:
        """When the clock shows this; after a gap the first valid instant, of a fold the first."""
        found = self._resolved.get((day, clock))
        if found is None:
            found = self._resolved[day, clock] = resolve(day, clock, self.zone)
        return found

    def target(self, step: Step, anchor: datetime, /) -> datetime:
        """When the step's time comes, counted from *anchor*."""
        start = anchor + step.elapsed
        if not step.days and step.local_time is None and not step.weekdays:
            return start
        wall = self.wall(start)
        day = self._counted(step, wall.date())
        found = self._on(step, day, wall, start)
        if found < start:
            day = shift(day, 1)
            found = self._on(step, day, wall, start)
        while step.weekdays and day.weekday() not in step.weekdays:
            day = shift(day, 1)
            found = self._on(step, day, wall, start)
        return found

    def _counted(self, step: Step, day: date, /) -> date:
        if step.counting is Counting.BUSINESS:
            return self.calendar.add(day, step.days)
        return shift(day, step.days)

    def _on(self, step: Step, day: date, wall: datetime, start: datetime, /) -> datetime:
        if step.local_time is not None:
            return self.instant(day, step.local_time)
        if day == wall.date():
            return start
        return self.instant(day, wall.time())
