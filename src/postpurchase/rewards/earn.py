"""Rules of earning, as values."""

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import Final

from attrs import field, frozen

from postpurchase.domain.moment import Spell
from postpurchase.domain.money import Money
from postpurchase.domain.rule import Rule
from postpurchase.domain.selection import Selection
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards.deed import Trigger
from postpurchase.rewards.limit import Cap, Often

_EVERYTHING: Final = Selection()
_HALF: Final = Fraction(1, 2)


class Round(Enum):
    """What happens to a part of a point, once, when everything is added up."""

    FLOOR = "floor"
    NEAREST = "nearest"
    """A half goes up."""
    CEILING = "ceiling"

    def of(self, points: Fraction, /) -> int:
        """Whole points."""
        if self is Round.FLOOR:
            return floor(points)
        return ceil(points) if self is Round.CEILING else floor(points + _HALF)


class Combine(Enum):
    """What happens when several rules match."""

    SUM = "sum"
    BEST = "best"
    """The one that gives most; of equal ones the first by name."""


def _whole(_: object, __: object, points: int, /) -> None:
    if points.__class__ is not int:
        raise InexactPoints(points=points)
    if points < 1:
        raise InvalidProgramme(
            part="Earn",
            what="a rule gives one point or more",
            given=str(points),
            advice="leave the rule out",
        )


def _positive(_: object, __: object, per: Money | None, /) -> None:
    if per is not None and per.minor <= 0:
        raise InvalidProgramme(
            part="Earn",
            what="points are given per amount above zero",
            given=str(per),
            advice="use Money.parse('1.00 EUR')",
        )


def _factor(_: object, __: object, factor: Decimal, /) -> None:
    if factor.__class__ is not Decimal:
        raise InexactPoints(points=factor)
    if not factor.is_finite() or factor < 0:
        raise InvalidProgramme(
            part="Boost",
            what="a factor is a number of zero or more",
            given=str(factor),
            advice="use Decimal('1.5') for half as much again",
        )


@frozen(kw_only=True)
class Earn:
    """So many points for one thing done, or for every so much money of an order.

    Attributes:
        name: names the rule in the breakdown, in limits and in budgets.
        points: how many, or how many for each `per`.
        per: an amount of the order's basis; None gives the points once.
        on: what they are given for.
        what: which one, such as `newsletter`; empty is any.
        selection: the lines that earn, or of which one must be there where `per` is None.
        minimum: the least basis of these lines, inclusive.
        numbers: which of the customer's orders, such as `(1,)` for the first; empty is any.
        when: a condition on all that is known.
        hours: only then.
        alone: above zero the rule is not added to others: of the matching rules that stand alone
            the one with the highest number is the only one that gives.
        cap: the most that one customer gets from it.
        often: how often one customer gets it.
    """

    name: str
    points: int = field(validator=_whole)
    per: Money | None = field(default=None, validator=_positive)
    on: Trigger = Trigger.ORDER
    what: str = ""
    selection: Selection = _EVERYTHING
    minimum: Money | None = None
    numbers: tuple[int, ...] = ()
    when: Rule | None = None
    hours: Spell | None = None
    alone: int = 0
    cap: Cap | None = None
    often: Often | None = None


@frozen(kw_only=True)
class Boost:
    """A factor on everything that is earned for one thing, such as one and a half for gold."""

    name: str
    factor: Decimal = field(validator=_factor)
    on: Trigger = Trigger.ORDER
    when: Rule | None = None
    hours: Spell | None = None
