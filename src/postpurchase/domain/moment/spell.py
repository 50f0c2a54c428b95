"""Stretches of local time that come again, such as Tuesdays from four to six."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from attrs import frozen

from postpurchase.domain.moment.clock import Interval, instant
from postpurchase.domain.moment.duration import Duration
from postpurchase.domain.moment.recurrence import Recurrence

# Months and clock changes make one duration shorter here and longer there; never by more.
_SLACK: Final = timedelta(days=4)
_TICK: Final = timedelta(microseconds=1)


@frozen
class Spell:
    """From every instant of a recurrence on, for so long."""

    starts: Recurrence
    lasts: Duration

    def containing(self, at: datetime, zone: tzinfo, /) -> Interval | None:
        """The stretch in which an instant lies, the one that began first; None outside of all."""
        at = instant(at)
        since = at - (self.lasts.after(at, zone) - at) - _SLACK
        for start in self.starts.instants(since, at + _TICK, zone):
            stretch = Interval(start, self.lasts.after(start, zone))
            if at in stretch:
                return stretch
        return None
