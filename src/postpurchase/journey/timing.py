"""When a step's time comes: from an anchor to an instant, through the customer's wall clock."""

from datetime import date, datetime

from postpurchase.domain.moment import shift
from postpurchase.journey.clock import Clock
from postpurchase.journey.step import Step
from postpurchase.privacy import Counting


def target(clock: Clock, step: Step, anchor: datetime, /) -> datetime:
    """When the step's time comes, counted from *anchor*.

    Hours pass first; then local days with the wall time kept; then the step's local time, of the
    next day where that has passed; then the next of its weekdays.
    """
    start = anchor + step.elapsed
    if not step.days and step.local_time is None and not step.weekdays:
        return start
    wall = clock.wall(start)
    day = _counted(clock, step, wall.date())
    found = _on(clock, step, day, start)
    if found < start:
        day = shift(day, 1)
        found = _on(clock, step, day, start)
    while step.weekdays and day.weekday() not in step.weekdays:
        day = shift(day, 1)
        found = _on(clock, step, day, start)
    return found


def _counted(clock: Clock, step: Step, day: date, /) -> date:
    if step.counting is Counting.BUSINESS:
        return clock.calendar.add(day, step.days)
    return shift(day, step.days)


def _on(clock: Clock, step: Step, day: date, start: datetime, /) -> datetime:
    if step.local_time is not None:
        return clock.instant(day, step.local_time)
    wall = clock.wall(start)
    return start if day == wall.date() else clock.instant(day, wall.time())
