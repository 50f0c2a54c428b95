"""How much a rule gives at most, and how often."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from enum import Enum
from fractions import Fraction

from attrs import Attribute, field, frozen

from postpurchase.domain.moment import (
    Duration,
    end_of_month,
    end_of_year,
    local_date,
    shift,
)
from postpurchase.errors import InexactPoints, InvalidProgramme


class Every(Enum):
    """In which stretch of local days a limit counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    EVER = "ever"

    def holds(self, at: datetime, other: datetime, zone: tzinfo, /) -> bool:
        """Whether two instants lie in one such stretch; a week begins on Monday."""
        if self is Every.EVER:
            return True
        return self._stretch(local_date(at, zone)) == self._stretch(local_date(other, zone))

    def name_of(self, day: date, /) -> str:
        """What names the stretch in which a local day lies; empty for ever."""
        return "" if self is Every.EVER else self._stretch(day).isoformat()

    def _stretch(self, day: date) -> date:
        """A day that names the stretch in which a day lies."""
        if self is Every.WEEK:
            return shift(day, -day.weekday())
        if self is Every.MONTH:
            return end_of_month(day)
        return end_of_year(day) if self is Every.YEAR else day


class Short(Enum):
    """What is given when less is left than was earned."""

    PART = "part"
    """What is left."""
    NOTHING = "nothing"
    """Nothing: all or none."""

    def of(self, wanted: Fraction, left: int, /) -> Fraction:
        """What is given of *wanted* when so much is left."""
        if wanted <= left:
            return wanted
        return Fraction(max(left, 0) if self is Short.PART else 0)


def _positive(_: object, attribute: "Attribute[int]", most: int | None, /) -> None:
    if most is None:
        return
    if most.__class__ is not int:
        raise InexactPoints(points=most)
    if most < 1:
        raise InvalidProgramme(
            part="a limit",
            what=f"{attribute.name} is one or more",
            given=str(most),
            advice="leave the rule out where nothing may be given",
        )


@frozen(kw_only=True)
class Cap:
    """The most points that one customer gets in a stretch of time."""

    most: int = field(validator=_positive)
    every: Every = Every.EVER
    short: Short = Short.PART


@frozen(kw_only=True)
class Often:
    """How often one customer gets something in a stretch of time, and the least time between."""

    times: int | None = field(default=None, validator=_positive)
    every: Every = Every.EVER
    apart: Duration | None = None


@frozen(kw_only=True)
class Given:
    """Points that a rule gave one customer."""

    rule: str
    points: int
    at: datetime


@frozen
class GivenSoFar:
    """What was given to one customer before, for limits to count; put it in what is known."""

    grants: tuple[Given, ...] = ()

    def of(self, rule: str, /) -> tuple[Given, ...]:
        """What one rule gave."""
        return tuple(given for given in self.grants if given.rule == rule)


@frozen
class Budget:
    """What a rule may still give to all customers together; `short` decides about the last one."""

    left: int
    short: Short = Short.PART


@frozen
class Budgets:
    """What is left of the budgets of rules, by the name of the rule."""

    left: tuple[tuple[str, Budget], ...] = ()

    def of(self, rule: str, /) -> Budget | None:
        """The budget of a rule, or None where it has none."""
        return dict(self.left).get(rule)


def counted(given: Iterable[Given], every: Every, at: datetime, zone: tzinfo, /) -> int:
    """How many points were given in the stretch of time in which *at* lies."""
    return sum(each.points for each in given if every.holds(at, each.at, zone))


def too_soon(given: Iterable[Given], often: Often, at: datetime, zone: tzinfo, /) -> bool:
    """Whether something would be given too often, or too soon after the last time."""
    past = [each.at for each in given if each.points]
    if often.times is not None:
        same = sum(often.every.holds(at, each, zone) for each in past)
        if same >= often.times:
            return True
    if often.apart is None or not past:
        return False
    return at < often.apart.after(max(past), zone)
