"""Rules about what an entry is about; leaves that join with those of other rooms by & | ~."""

from datetime import datetime
from typing import final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.customer import Stance
from postpurchase.domain.decision import Declined, Granted, Outcome
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Product, RelationKind
from postpurchase.domain.rule import NOTHING, Finding, Known, Policy, Rule, Verdict
from postpurchase.journey import reason
from postpurchase.journey.entry import Entry
from postpurchase.journey.scene import Scene


@final
@frozen
class IsGuest(Rule):
    """The customer has no account."""

    @override
    def check(self, known: Known, /) -> Finding:
        scene = known.find(Scene)
        if scene is None or scene.customer is None:
            return Finding(self, Verdict.UNKNOWN)
        account = scene.customer.account
        verdict = Verdict.YES if account is None else Verdict.NO
        return Finding(self, verdict, reason.HasAccount(account or "none"))


@final
@frozen
class HasComplement(Rule):
    """Something completes what was bought, is not owned yet, and is nothing the customer avoids."""

    @override
    def check(self, known: Known, /) -> Finding:
        scene, entry, catalog = known.find(Scene), known.find(Entry), known.find(Catalog)
        if scene is None or entry is None or catalog is None:
            return Finding(self, Verdict.UNKNOWN)
        found = _completing(scene, entry, catalog)
        verdict = Verdict.YES if found else Verdict.NO
        return Finding(self, verdict, reason.Completing(len(found)))


@final
@frozen
class Grants(Rule):
    """A policy of another room grants something for this history."""

    policy: Policy[History, Outcome]

    @override
    def check(self, known: Known, /) -> Finding:
        scene = known.find(Scene)
        if scene is None:
            return Finding(self, Verdict.UNKNOWN)
        decision = self.policy.decide(scene.history, at=scene.at, known=known)
        verdict = Verdict.YES if decision else Verdict.NO
        return Finding(self, verdict, decision.reasons[0])


@final
@frozen
class Told(Rule):
    """An answer of this type is among the known ones, such as a `Coupon` that the shop made."""

    answer: type[Outcome]

    @override
    def check(self, known: Known, /) -> Finding:
        if known.find(self.answer) is None:
            return Finding(self, Verdict.NO, reason.NotTold(self.answer.__name__))
        return Finding(self, Verdict.YES, reason.WasTold(self.answer.__name__))


@final
@frozen
class Passes:
    """Brings the known answer of this type into the message, as it is."""

    answer: type[Outcome]

    def decide(
        self,
        _: History,
        /,
        *,
        at: datetime,  # noqa: ARG002 - every policy is asked at an instant
        known: Known = NOTHING,
    ) -> Granted[Outcome] | Declined:
        """The answer; declined where there is none."""
        found = known.find(self.answer)
        if found is None:
            return Declined((reason.NotTold(self.answer.__name__),))
        return Granted(found, (reason.WasTold(self.answer.__name__),))


@final
@frozen
class AboutOrder:
    """Asks a policy as if the order of the entry were the customer's only one."""

    policy: Policy[History, Outcome]

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Outcome] | Declined:
        """What the policy answers about that order; about all where the entry has none."""
        entry = known.find(Entry)
        order = entry.order if entry else None
        if order is not None:
            subject = History.of(*(fact for fact in subject.facts if _belongs(fact, order)))
        return self.policy.decide(subject, at=at, known=known)


def _belongs(fact: Fact, order: Order, /) -> bool:
    """Whether the fact is about the order, or about none."""
    about: str | None = fact.id if isinstance(fact, Order) else getattr(fact, "order", None)
    return not about or about == order.id


def _completing(scene: Scene, entry: Entry, catalog: Catalog, /) -> tuple[Product, ...]:
    customer = scene.customer
    avoided = customer.tagged(Stance.AVOIDS) if customer else frozenset[str]()
    owned = {each for order in scene.orders for each in _products(order.lines, catalog)}
    bought = _products(entry.order.lines if entry.order else (), catalog)
    found = {each.id: each for id in bought for each in catalog.related(id, RelationKind.COMPLETES)}
    return tuple(
        each
        for each in found.values()
        if each.id not in owned and not avoided.intersection(each.tags)
    )


def _products(lines: tuple[Line, ...], catalog: Catalog, /) -> tuple[str, ...]:
    found = (catalog.sold_as(line.sku) or catalog.find(line.product or "") for line in lines)
    return tuple(product.id for product in found if product is not None)
