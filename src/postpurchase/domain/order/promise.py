"""When somebody was told it would arrive."""

from datetime import date, datetime, timedelta
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.moment import end_of_day, instant, local_date, start_of_day
from postpurchase.domain.told import told
from postpurchase.errors import InvalidFact

_LEAST = timedelta(microseconds=1)


class Told(Protocol):
    """A time that somebody was told."""

    @property
    def start(self) -> datetime:
        """Its first instant."""
        ...


def not_before_start(told: "Told", _: object, end: datetime, /) -> None:
    """Refuse a time that ends before it starts."""
    if end < told.start:
        raise InvalidFact(
            fact=type(told).__name__,
            name="end",
            got=end.isoformat(),
            expected=f"the start, {told.start.isoformat()}, or later",
        )


@frozen(kw_only=True)
class Promise:
    """When somebody was told it would arrive, frozen at the checkout: from `start` until `end`.

    Attributes:
        start: the first instant of the promised time; in UTC.
        end: the instant at which the promise is broken; in UTC.
        zone: where its days are counted.
    """

    __repr__ = told

    start: datetime = field(converter=instant)
    end: datetime = field(converter=instant, validator=not_before_start)
    zone: ZoneInfo = ZoneInfo("UTC")

    @classmethod
    def days(cls, first: date, last: date, /, *, zone: ZoneInfo) -> Self:
        """Promise local days, the last one included."""
        return cls(start=start_of_day(first, zone), end=end_of_day(last, zone), zone=zone)

    @property
    def first_day(self) -> date:
        """The first local day."""
        return local_date(self.start, self.zone)

    @property
    def last_day(self) -> date:
        """The last local day."""
        return local_date(max(self.start, self.end - _LEAST), self.zone)
