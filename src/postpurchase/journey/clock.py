"""The customer's wall clock during one decision."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from attrs import frozen

from postpurchase.domain.moment import Calendar, resolve


@frozen
class Clock:
    """A clock on a wall in the customer's zone, beside the shop's calendar."""

    zone: ZoneInfo
    calendar: Calendar

    def wall(self, at: datetime, /) -> datetime:
        """What it shows at an instant."""
        return at.astimezone(self.zone)

    def instant(self, day: date, clock: time, /) -> datetime:
        """When it shows this; after a gap the first valid instant, of a fold the first."""
        return _resolved(day, clock, self.zone)


@lru_cache(maxsize=4096)
def _resolved(day: date, clock: time, zone: ZoneInfo, /) -> datetime:
    """Many customers meet at the same hour of the same day: it is worked out once."""
    return resolve(day, clock, zone)
