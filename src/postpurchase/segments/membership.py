"""Which segments a customer is in, and why: the answer that other rooms ask for."""

from typing import ClassVar

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidSegment


@frozen
class IsIn(Reason):
    """The segments that a customer is in."""

    says: ClassVar[Says] = says("in the segments %(names)s")
    names: tuple[str, ...]


@frozen
class InNone(Reason):
    """A customer who is in no segment."""

    says: ClassVar[Says] = says("in no segment")


def _explained(membership: "Membership", _: object, reasons: tuple[Reason, ...]) -> None:
    if not reasons:
        raise InvalidSegment(segment=membership.name, need="a reason for everyone who is in it")


@frozen
class Membership:
    """A segment that a customer is in, and the facts that put them there."""

    name: str
    reasons: tuple[Reason, ...] = field(validator=_explained)

    def __str__(self) -> str:
        """One line: the name and why."""
        return f"{self.name}: {', '.join(map(str, self.reasons))}"


@frozen
class Segments(Outcome):
    """All segments that one customer is in; put it into `Known` for rules to ask."""

    memberships: tuple[Membership, ...]

    @property
    def names(self) -> frozenset[str]:
        """Their names."""
        return frozenset(each.name for each in self.memberships)

    def why(self, name: str, /) -> tuple[Reason, ...]:
        """Why the customer is in a segment; nothing where they are not."""
        return next((each.reasons for each in self.memberships if each.name == name), ())

    def __or__(self, other: "Segments") -> "Segments":
        """The segments of both; of one name given twice the first counts."""
        mine = self.names
        more = tuple(each for each in other.memberships if each.name not in mine)
        return Segments((*self.memberships, *more))


@frozen
class InSegment(Rule):
    """Holds for customers in a segment; unknown where nobody said which ones they are in."""

    name: str

    @property
    @override
    def asks(self) -> str:
        return f"whether the customer is in {self.name}"

    @override
    def check(self, known: Known, /) -> Finding:
        segments = known.find(Segments)
        if segments is None:
            return Finding(self, Verdict.UNKNOWN)
        names = tuple(sorted(segments.names))
        verdict = Verdict.YES if self.name in segments.names else Verdict.NO
        return Finding(self, verdict, IsIn(names) if names else InNone())
