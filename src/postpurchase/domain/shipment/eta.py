"""When somebody expects it, as known at an instant."""

from datetime import date, datetime, timedelta
from enum import StrEnum, unique
from typing import Self
from zoneinfo import ZoneInfo

from attrs import Factory, field, frozen

from postpurchase.domain.moment import end_of_day, instant, local_date, start_of_day
from postpurchase.domain.order.promise import not_before_start
from postpurchase.domain.told import told

_LEAST = timedelta(microseconds=1)


@unique
class EtaSource(StrEnum):
    """Who expects it."""

    CARRIER = "carrier"
    MODEL = "model"
    MERCHANT = "merchant"


def _as_of(eta: "Eta", /) -> datetime:
    return eta.as_of


@frozen(kw_only=True)
class Eta:
    """When it is expected, from `start` until `end`; one instant where both are the same.

    Attributes:
        as_of: when it was said; in UTC.
        recorded_at: when it became known; `as_of` unless told otherwise.
        zone: where its days are counted.
    """

    __repr__ = told

    as_of: datetime = field(converter=instant)
    start: datetime = field(converter=instant)
    end: datetime = field(converter=instant, validator=not_before_start)
    recorded_at: datetime = field(default=Factory(_as_of, takes_self=True), converter=instant)
    source: EtaSource = EtaSource.CARRIER
    zone: ZoneInfo = ZoneInfo("UTC")

    @classmethod
    def by(cls, at: datetime, /, *, as_of: datetime, source: EtaSource = EtaSource.CARRIER) -> Self:
        """Expect it at an instant."""
        return cls(as_of=as_of, start=at, end=at, source=source)

    @classmethod
    def on(
        cls,
        day: date,
        /,
        *,
        as_of: datetime,
        zone: ZoneInfo,
        source: EtaSource = EtaSource.CARRIER,
    ) -> Self:
        """Expect it on a local day, however late."""
        start, end = start_of_day(day, zone), end_of_day(day, zone)
        return cls(as_of=as_of, start=start, end=end, source=source, zone=zone)

    @property
    def last_day(self) -> date:
        """The last local day on which it is expected."""
        return local_date(max(self.start, self.end - _LEAST), self.zone)
