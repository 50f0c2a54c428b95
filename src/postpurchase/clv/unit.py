"""The unit of time that a model counts in, spans of time, and rates of interest per unit.

A month is 365.25 / 12 days and a year 365.25 days, everywhere: the same customers counted in days
or in weeks are worth the same.
"""

from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from math import isfinite, log1p
from typing import Self, TypeAlias

from attrs import Attribute, field, frozen

from postpurchase.errors import InvalidFigure

DAYS_PER_YEAR = 365.25
"""The mean Julian year, in days."""

_DAY = timedelta(days=1)


class Unit(StrEnum):
    """A unit of time of fixed length."""

    SECOND = "second"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def days(self) -> float:
        """How many days of 24 hours one unit lasts."""
        return float(_DAYS[self])

    @property
    def exact_days(self) -> Fraction:
        """The same without rounding."""
        return _DAYS[self]


_YEAR = Fraction(1461, 4)
_DAYS = {
    Unit.SECOND: Fraction(1, 86_400),
    Unit.HOUR: Fraction(1, 24),
    Unit.DAY: Fraction(1),
    Unit.WEEK: Fraction(7),
    Unit.MONTH: _YEAR / 12,
    Unit.QUARTER: _YEAR / 4,
    Unit.YEAR: _YEAR,
}


def _positive(_: object, attribute: "Attribute[float]", value: float) -> None:
    if not (_number(value) and isfinite(value) and value > 0):
        raise InvalidFigure(name=attribute.name, need="a positive number of units", got=value)


def _number(value: object) -> bool:
    return isinstance(value, int | float)


@frozen
class Span:
    """A length of time: so many units, for example ``Span(12, Unit.MONTH)``.

    Args:
        count: How many units; a positive number.
        unit: The unit.

    Raises:
        InvalidFigure: The count is not a positive finite number.
    """

    count: float = field(validator=_positive)
    unit: Unit

    @classmethod
    def of(cls, duration: timedelta, /) -> Self:
        """The same length as a timedelta, in days."""
        return cls(duration / _DAY, Unit.DAY)

    @property
    def exact_days(self) -> Fraction:
        """The days it lasts, with the count read as it is written."""
        return Fraction(str(self.count)) * self.unit.exact_days

    def within(self, unit: Unit, /) -> float:
        """How many of the other unit this span lasts."""
        if unit is self.unit:
            return float(self.count)
        return self.count * self.unit.days / unit.days


Horizon: TypeAlias = float | Span | timedelta
"""How far ahead: a number in the model's own unit, a span, or a timedelta."""


def horizon_in(unit: Unit, horizon: Horizon, /) -> float:
    """The horizon as a number of units.

    Raises:
        InvalidFigure: The horizon is not positive and finite.
    """
    if isinstance(horizon, timedelta):
        horizon = Span.of(horizon)
    if not isinstance(horizon, Span):
        horizon = Span(horizon, unit)
    return horizon.within(unit)


def force_of_interest(annual_rate: float, unit: Unit, /) -> float:
    """The continuous discount rate per unit that equals an annual effective rate.

    ``delta = ln(1 + rate) / units per year``, so one unit of money a year ahead is worth
    ``1 / (1 + rate)`` whatever the unit.

    Args:
        annual_rate: The annual effective rate as a fraction: 0.1 for ten per cent; 0 or more.
        unit: The unit that the answer is per.

    Raises:
        InvalidFigure: The rate is negative or not finite.
    """
    if not (isfinite(annual_rate) and annual_rate >= 0):
        need = "a fraction of 0 or more, such as 0.1 for 10 %"
        raise InvalidFigure(name="annual_rate", need=need, got=annual_rate)
    return log1p(annual_rate) * unit.days / DAYS_PER_YEAR
