"""Where somebody stands: tiers, what is missing to the next one, and rules that ask for it."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.errors import InexactPoints


def _exact(_: object, __: object, number: int, /) -> None:
    if number.__class__ is not int:
        raise InexactPoints(points=number)


@frozen(kw_only=True)
class Tier:
    """A level.

    Attributes:
        name: names it for ever.
        at_least: what must be counted to reach it: minor units, points or orders; inclusive.
        perks: what it brings.
    """

    name: str
    at_least: int = field(validator=_exact)
    perks: tuple[Offer, ...] = ()


@frozen(kw_only=True)
class Distance(Outcome):
    """What is missing to the next tier.

    Attributes:
        tier: the name of the next tier.
        missing: how much more must be counted: minor units, points or orders.
        money: the same as money, where money is counted.
        by: when counting begins anew; None where it does not.
    """

    tier: str
    missing: int
    money: Money | None = None
    by: datetime | None = None


@frozen(kw_only=True)
class Standing(Outcome):
    """The tier of a customer at an instant.

    Attributes:
        tier: its name.
        tiers: the names of all tiers up to it, the lowest first.
        since: when it began; None for the lowest that everybody has.
        value: what was counted in the window.
        earned: the tier that this value alone would give.
        until: when it is judged again; None while nothing was counted.
        falls_at: when it falls, while a period of grace runs.
        next: what is missing to the next one; None at the top.
        perks: what it brings.
    """

    tier: str
    tiers: tuple[str, ...]
    since: datetime | None
    value: int
    earned: str
    until: datetime | None
    falls_at: datetime | None = None
    next: Distance | None = None
    perks: tuple[Offer, ...] = ()


@frozen
class Counted(Reason):
    """What was counted towards tiers, in minor units, points or orders."""

    says: ClassVar[Says] = says("%(value)s counted for tier %(tier)s")
    value: int
    tier: str


@frozen
class Kept(Reason):
    """A tier lasts although the value alone would give a lower one."""

    says: ClassVar[Says] = says("%(tier)s lasts until %(until)s, %(earned)s was earned since")
    tier: str
    earned: str
    until: datetime


@frozen
class MoreFor(Reason):
    """What is missing to the next tier."""

    says: ClassVar[Says] = says("%(missing)s more to reach %(tier)s")
    missing: Money | int
    tier: str


@frozen
class InTier(Reason):
    """The tier that somebody has."""

    says: ClassVar[Says] = says("the tier is %(tier)s")
    tier: str


_YES_NO: Final = {True: Verdict.YES, False: Verdict.NO}


@frozen
class TierIs(Rule):
    """Holds in exactly this tier; unknown without a `Standing`."""

    tier: str

    @override
    def check(self, known: Known, /) -> Finding:
        standing = known.find(Standing)
        if standing is None:
            return Finding(self, Verdict.UNKNOWN)
        return Finding(self, _YES_NO[standing.tier == self.tier], InTier(standing.tier))


@frozen
class TierAtLeast(Rule):
    """Holds in this tier and in those above it; unknown without a `Standing`."""

    tier: str

    @override
    def check(self, known: Known, /) -> Finding:
        standing = known.find(Standing)
        if standing is None:
            return Finding(self, Verdict.UNKNOWN)
        return Finding(self, _YES_NO[self.tier in standing.tiers], InTier(standing.tier))
