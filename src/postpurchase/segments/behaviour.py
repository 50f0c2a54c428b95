"""Segments by behaviour: named rules over what a customer did, each with its facts."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.event import (
    Agent,
    MessageClicked,
    MessageOpened,
    MessageReplied,
    ReviewPosted,
    SurveyAnswered,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidSegment
from postpurchase.segments.membership import Membership, Segments

F = TypeVar("F", bound=Fact)


@frozen(kw_only=True)
class Profile:
    """One customer's facts at an instant; what the rules of this module ask.

    Attributes:
        history: what was known then.
        at: the instant.
    """

    history: History
    at: datetime

    @classmethod
    def of(cls, history: History, /, *, at: datetime) -> "Profile":
        """The customer as known at an instant."""
        return cls(history=history.until(at), at=at)

    def orders(self, within: timedelta | None, /) -> tuple[Order, ...]:
        """Orders that were not cancelled, of so long a time before the instant."""
        return tuple(each for each in self.facts(Order, within) if not each.cancelled)

    def facts(self, kind: type[F], within: timedelta | None, /) -> tuple[F, ...]:
        """Facts of a type, of so long a time before the instant; all without one."""
        start = None if within is None else self.at - within
        return tuple(
            each
            for each in self.history.all(kind)
            if each.at <= self.at and (start is None or each.at > start)
        )


@frozen
class OrdersCounted(Reason):
    """How many orders there were."""

    says: ClassVar[Says] = says("%(count)s order counted", "%(count)s orders counted", by="count")
    count: int


@frozen
class MoneySpent(Reason):
    """What was spent, after refunds."""

    says: ClassVar[Says] = says("%(amount)s spent after refunds")
    amount: Money


@frozen
class CategoryBought(Reason):
    """How many units of a category were ordered."""

    says: ClassVar[Says] = says("%(units)s of %(category)s ordered")
    category: str
    units: int


@frozen
class SilentFor(Reason):
    """How many days ago the last order was."""

    says: ClassVar[Says] = says(
        "last ordered %(days)s day ago", "last ordered %(days)s days ago", by="days"
    )
    days: int


@frozen
class Responses(Reason):
    """How often a customer reacted: opened, clicked, answered, visited, reviewed."""

    says: ClassVar[Says] = says("reacted %(count)s time", "reacted %(count)s times", by="count")
    count: int


def _asked(rule: Rule, known: Known, answer: Callable[[Profile], tuple[bool, Reason]]) -> Finding:
    profile = known.find(Profile)
    if profile is None:
        return Finding(rule, Verdict.UNKNOWN)
    holds, reason = answer(profile)
    return Finding(rule, Verdict.YES if holds else Verdict.NO, reason)


def _some(rule: Rule, _: object, count: int) -> None:
    if count < 0:
        raise InvalidSegment(segment=type(rule).__name__, need=f"0 or more, not {count}")


def _passing(rule: Rule, _: object, time: timedelta) -> None:
    if time < timedelta(0):
        raise InvalidSegment(segment=type(rule).__name__, need=f"a time that passes, not {time}")


@frozen
class OrdersAtLeast(Rule):
    """So many orders or more, within a time or ever."""

    count: int = field(validator=_some)
    within: timedelta | None = None

    @override
    def check(self, known: Known, /) -> Finding:
        def answer(profile: Profile) -> tuple[bool, Reason]:
            count = len(profile.orders(self.within))
            return count >= self.count, OrdersCounted(count)

        return _asked(self, known, answer)


@frozen
class SpentAtLeast(Rule):
    """So much or more spent after refunds, within a time or ever.

    Orders in another currency raise `CurrencyMismatch`: nothing is guessed.
    """

    amount: Money
    within: timedelta | None = None

    @override
    def check(self, known: Known, /) -> Finding:
        def answer(profile: Profile) -> tuple[bool, Reason]:
            spent = (each.total - each.refunded for each in profile.orders(self.within))
            total = Money.sum(spent, currency=self.amount.currency)
            return total >= self.amount, MoneySpent(total)

        return _asked(self, known, answer)


@frozen
class BoughtCategory(Rule):
    """Something of a category ordered and kept, within a time or ever."""

    category: str
    within: timedelta | None = None

    @override
    def check(self, known: Known, /) -> Finding:
        def answer(profile: Profile) -> tuple[bool, Reason]:
            units = sum(
                order.kept[line.id]
                for order in profile.orders(self.within)
                for line in order.kept_lines
                if line.category == self.category
            )
            return units > 0, CategoryBought(self.category, units)

        return _asked(self, known, answer)


@frozen
class SilentAtLeast(Rule):
    """No order for so long; it does not hold for customers who never ordered."""

    time: timedelta = field(validator=_passing)

    @override
    def check(self, known: Known, /) -> Finding:
        def answer(profile: Profile) -> tuple[bool, Reason]:
            orders = profile.orders(None)
            if not orders:
                return False, OrdersCounted(0)
            silence = profile.at - max(each.at for each in orders)
            return silence >= self.time, SilentFor(silence.days)

        return _asked(self, known, answer)


@frozen
class EngagedAtLeast(Rule):
    """Reacted so often within a time: opened or clicked, answered, visited, reviewed.

    What mail programs and link scanners open does not count.
    """

    count: int = field(validator=_some)
    within: timedelta | None = None

    @override
    def check(self, known: Known, /) -> Finding:
        def answer(profile: Profile) -> tuple[bool, Reason]:
            count = _reactions(profile, self.within)
            return count >= self.count, Responses(count)

        return _asked(self, known, answer)


def _reactions(profile: Profile, within: timedelta | None) -> int:
    looked: tuple[MessageOpened | MessageClicked, ...] = (
        *profile.facts(MessageOpened, within),
        *profile.facts(MessageClicked, within),
    )
    others = (MessageReplied, ReviewPosted, SurveyAnswered, Visited)
    said = sum(len(profile.facts(kind, within)) for kind in others)
    return said + sum(each.by is not Agent.MACHINE for each in looked)


def _named(_: object, __: object, name: str) -> None:
    if not name:
        raise InvalidSegment(segment="a segment without a name", need="a name")


@frozen
class Segment:
    """A segment: everybody for whom a rule holds."""

    name: str = field(validator=_named)
    rule: Rule


def segments_of(
    history: History,
    /,
    *,
    at: datetime,
    segments: Iterable[Segment],
    known: Known | None = None,
) -> Segments:
    """The segments that a customer is in at an instant, each with the facts that decided.

    A rule that cannot be answered puts nobody into a segment.

    Args:
        history: The customer.
        at: The instant.
        segments: The segments to look at; two of one name are one with either rule.
        known: Answers of other rooms that the rules may ask for.
    """
    asked = (Known() if known is None else known).add(Profile.of(history, at=at))
    found = Segments(())
    for segment in segments:
        finding = segment.rule.check(asked)
        if finding:
            found |= Segments((Membership(segment.name, finding.reasons()),))
    return found
