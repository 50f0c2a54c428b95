"""Why points were given or not, in sentences."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.money import Money


def shown(points: Fraction, /) -> Decimal:
    """Points cut to two decimals, whatever the decimal context of the caller is."""
    whole, rest = divmod(points.numerator * 100 // points.denominator, 100)
    return Decimal(f"{whole}.{rest:02}".rstrip("0"))


@frozen
class EarnedBy(Reason):
    """A rule gave points: exact, before the one rounding; shown with at most two decimals."""

    says: ClassVar[Says] = says("%(rule)s: %(points)s points")
    rule: str
    points: Decimal


@frozen
class BoostedBy(Reason):
    """A factor was applied to everything that was earned."""

    says: ClassVar[Says] = says("%(boost)s: times %(factor)s")
    boost: str
    factor: Decimal


@frozen
class Capped(Reason):
    """A rule gives less than it would, for its limit or its budget is reached."""

    says: ClassVar[Says] = says("%(rule)s gives %(points)s points, for its limit is reached")
    rule: str
    points: Decimal


@frozen
class TooOften(Reason):
    """A rule gives this only so often."""

    says: ClassVar[Says] = says("%(rule)s was already given as often as it is given")
    rule: str


@frozen
class Superseded(Reason):
    """Another rule gives instead."""

    says: ClassVar[Says] = says("%(rule)s does not add to %(by)s")
    rule: str
    by: str


@frozen
class SpendMore(Reason):
    """The basis is below the least amount."""

    says: ClassVar[Says] = says("%(rule)s: spend %(missing)s more")
    rule: str
    missing: Money


@frozen
class NotMeant(Reason):
    """The rule is for something else."""

    says: ClassVar[Says] = says("%(rule)s is for something else")
    rule: str


@frozen
class OtherCurrency(Reason):
    """The rule counts another currency; nothing is ever converted."""

    says: ClassVar[Says] = says("%(rule)s is for another currency than %(currency)s")
    rule: str
    currency: str


@frozen
class NotNow(Reason):
    """The rule is for other hours."""

    says: ClassVar[Says] = says("%(rule)s is not given at this time")
    rule: str


@frozen
class LessThanOne(Reason):
    """Everything together comes to less than one point."""

    says: ClassVar[Says] = says("it comes to less than one point")


@frozen
class NoRule(Reason):
    """Nothing is given for such a thing."""

    says: ClassVar[Says] = says("no rule gives points for this")
