"""ISO 8601 durations: P1Y2M10DT2H30M, P2W."""

import re
from datetime import datetime, timedelta, tzinfo
from typing import Final, Self

from attrs import Attribute, astuple, field, frozen
from typing_extensions import override

from postpurchase.domain.moment.clock import instant, local, resolve, shift
from postpurchase.domain.moment.days import add_months
from postpurchase.errors import InvalidMoment

_MONTHS = 12
_WEEK = 7
_TEXT: Final = re.compile(
    r"P(?=.)(?:(?P<years>[0-9]{1,9})Y)?(?:(?P<months>[0-9]{1,9})M)?(?:(?P<weeks>[0-9]{1,9})W)?"
    r"(?:(?P<days>[0-9]{1,9})D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,9})S)?)?",
    re.ASCII,
)


def _counted(_duration: object, attribute: "Attribute[int]", value: int) -> None:
    if value.__class__ is not int or value < 0:
        raise InvalidMoment(
            what=f"a duration counts whole {attribute.name} of zero or more",
            given=repr(value),
            advice="use a smaller unit for a part",
        )


@frozen(kw_only=True)
class Duration:
    """A time to come, as ISO 8601 writes it: calendar parts and elapsed parts.

    Years, months, weeks and days are the calendar's and keep the wall clock time; hours, minutes
    and seconds pass. ``Duration(days=1)`` and ``Duration(hours=24)`` differ where the clocks
    change, and are not equal.

    Raises:
        InvalidMoment: a part is below zero or no int.
    """

    years: int = field(default=0, validator=_counted)
    months: int = field(default=0, validator=_counted)
    weeks: int = field(default=0, validator=_counted)
    days: int = field(default=0, validator=_counted)
    hours: int = field(default=0, validator=_counted)
    minutes: int = field(default=0, validator=_counted)
    seconds: int = field(default=0, validator=_counted)

    @classmethod
    def parse(cls, text: str, /) -> Self:
        """A duration from its ISO 8601 text: whole numbers, units in their order.

        Raises:
            InvalidMoment: the text is no such duration.
        """
        found = _TEXT.fullmatch(text)
        if not found:
            raise InvalidMoment(
                what="a duration is written as in ISO 8601, in whole numbers",
                given=repr(text),
                advice="write 'P14D' for 14 days, 'PT36H' for 36 hours",
            )
        return cls(**{unit: int(count) for unit, count in found.groupdict("0").items()})

    def after(self, at: datetime, zone: tzinfo, /) -> datetime:
        """The instant this much later: first the hours pass, then the calendar of *zone* counts.

        The calendar counts years and months first (a day the month lacks is its last day), then
        weeks and days; the wall clock time is kept, in a gap it is the first valid one after.
        """
        passed = timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)
        at = _later(instant(at), passed)
        if not (self.years or self.months or self.weeks or self.days):
            return at
        wall = local(at, zone)
        day = add_months(wall.date(), self.years * _MONTHS + self.months)
        return resolve(shift(day, self.weeks * _WEEK + self.days), wall.time(), zone)

    @override
    def __str__(self) -> str:
        """The ISO 8601 text; no time at all is PT0S."""
        parts = [
            f"{count}{unit}" if count else ""
            for count, unit in zip(astuple(self), "YMWDHMS", strict=True)
        ]
        days, clock = "".join(parts[:4]), "".join(parts[4:])
        return f"P{days}{'T' * bool(clock)}{clock}" if days or clock else "PT0S"


def _later(at: datetime, passed: timedelta) -> datetime:
    try:
        return at + passed
    except OverflowError:
        raise InvalidMoment(
            what="an instant lies in the years 1 to 9999",
            given=f"{at} and {passed}",
            advice="use fewer hours",
        ) from None
