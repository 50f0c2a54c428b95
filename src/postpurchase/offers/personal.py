"""An offer for one customer, from what they bought; a general one only where nothing fits."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median_low
from typing import ClassVar

from attrs import evolve, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, instant
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known, Rule


@frozen(kw_only=True)
class Behaviour(Outcome):
    """What somebody bought and kept, as far as an offer goes by it.

    Attributes:
        category: that of most money; empty where none is known. Of equal ones the first by name.
        price: the middle one of all unit prices, the lower of two.
        days: whole days since the last order.
        value: what all kept units came to.
        orders: how many orders they were in.
        last_at: when the last order was placed.
    """

    category: str
    price: Money
    days: int
    value: Money
    orders: int
    last_at: datetime


@frozen
class MostlyBuys(Reason):
    """The category of most money."""

    says: ClassVar[Says] = says("buys mostly %(category)s")
    category: str


@frozen
class TypicalPrice(Reason):
    """The middle of all unit prices."""

    says: ClassVar[Says] = says("usually pays %(price)s")
    price: Money


@frozen
class LastBought(Reason):
    """How long ago the last order was."""

    says: ClassVar[Says] = says("bought one day ago", "bought %(days)s days ago", by="days")
    days: int


@frozen
class WorthSoFar(Reason):
    """What all kept units came to."""

    says: ClassVar[Says] = says("has bought for %(value)s")
    value: Money


@frozen
class OrderedSoFar(Reason):
    """How many orders were kept."""

    says: ClassVar[Says] = says("has ordered once", "has ordered %(orders)s times", by="orders")
    orders: int


@frozen
class ForEverybody(Reason):
    """Nothing more personal fits."""

    says: ClassVar[Says] = says("nothing more personal fits")


@frozen
class NothingBought(Reason):
    """There is nothing to go by, and no general offer."""

    says: ClassVar[Says] = says("no offer fits what was bought")


@frozen(kw_only=True)
class Aim:
    """An offer and whom it suits. The one with most conditions wins, then the first by name.

    Attributes:
        name: names it in the key of the grant.
        offer: what is given; its end is set where `lasts` is stated.
        categories: the category of most money is one of these, or lies below one.
        at_least, at_most: the middle of all unit prices, both inclusive, in one currency.
        since, until: whole days since the last order, both inclusive.
        worth: what all kept units came to at the least.
        orders: how many orders at the least.
        when: a condition on what else is known, such as the segment.
        lasts: how long it holds from the last order on.
    """

    name: str
    offer: Offer
    categories: tuple[str, ...] = ()
    at_least: Money | None = None
    at_most: Money | None = None
    since: int | None = None
    until: int | None = None
    worth: Money | None = None
    orders: int = 0
    when: Rule | None = None
    lasts: Duration | None = None

    def suits(
        self, seen: Behaviour, catalog: Catalog, known: Known = NOTHING, /
    ) -> tuple[Reason, ...] | None:
        """Why it suits somebody, a reason for every condition; None where one does not hold."""
        reasons: list[Reason] = []
        for holds, reason in self._conditions(seen, catalog):
            if not holds:
                return None
            reasons.append(reason)
        if self.when is None:
            return tuple(reasons)
        finding = self.when.check(known)
        return (*reasons, *finding.reasons()) if finding else None

    def _conditions(self, seen: Behaviour, catalog: Catalog) -> Iterator[tuple[bool, Reason]]:
        if self.categories:
            path = catalog.path(seen.category)
            yield any(name in self.categories for name in path), MostlyBuys(seen.category)
        if self.at_least is not None or self.at_most is not None:
            yield _between(self.at_least, seen.price, self.at_most), TypicalPrice(seen.price)
        if self.since is not None or self.until is not None:
            late = self.since is None or self.since <= seen.days
            early = self.until is None or seen.days <= self.until
            yield late and early, LastBought(seen.days)
        if self.worth is not None:
            yield _between(self.worth, seen.value, None), WorthSoFar(seen.value)
        if self.orders:
            yield seen.orders >= self.orders, OrderedSoFar(seen.orders)


def _between(least: Money | None, value: Money, most: Money | None) -> bool:
    bounds = [each for each in (least, most) if each is not None]
    if any(each.currency != value.currency for each in bounds):
        return False
    return (least is None or least <= value) and (most is None or value <= most)


@frozen(kw_only=True)
class PersonalOffer(Outcome):
    """What one customer is offered.

    Attributes:
        grant: the key of the grant, for the coupon that is made for it; one for each last order.
        name: the name of the aim; empty for the general offer.
        offer: what is given.
    """

    grant: str
    name: str
    offer: Offer


@frozen(kw_only=True)
class Personal:
    """Aims, and what is offered where none fits; None offers nothing then."""

    aims: tuple[Aim, ...]
    fallback: Offer | None = None

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[PersonalOffer] | Declined:
        """The offer for one customer, and why.

        Args:
            subject: the customer's history; orders in the currency of the last one count.
            at: the instant of the decision.
            known: the `Catalog`, for categories that lie below others, and what the aims'
                conditions ask for.
        """
        catalog = known.find(Catalog) or Catalog()
        history = subject.until(at)
        who = history.customer.id if history.customer is not None else ""
        seen = behaviour(history, at=at, catalog=catalog)
        if seen is not None:
            suiting = [
                (aim, aim.suits(seen, catalog, known)) for aim in sorted(self.aims, key=_name)
            ]
            found = [(aim, why) for aim, why in suiting if why]
            if found:
                aim, why = max(found, key=_count)
                offer = aim.offer
                if aim.lasts is not None:
                    offer = evolve(offer, ends=aim.lasts.after(seen.last_at, UTC))
                grant = f"offer:{aim.name}:{who}:{seen.last_at:%Y%m%dT%H%M%S}"
                return Granted(PersonalOffer(grant=grant, name=aim.name, offer=offer), why)
        if self.fallback is None:
            return Declined((NothingBought(),))
        general = PersonalOffer(grant=f"offer::{who}", name="", offer=self.fallback)
        return Granted(general, (ForEverybody(),))


def behaviour(
    history: History, /, *, at: datetime, catalog: Catalog | None = None
) -> Behaviour | None:
    """What somebody bought and kept, from orders in the currency of the last one; None for none."""
    orders = [order for order in history.orders if order.kept]
    if not orders:
        return None
    last = orders[-1]
    alike = [order for order in orders if order.currency == last.currency]
    lines = [(order, line) for order in alike for line in order.kept_lines]
    by_category: Counter[str] = Counter()
    for order, line in lines:
        by_category[_category(line, catalog)] += _kept(order, line)
    del by_category[""]
    return Behaviour(
        category=max(sorted(by_category), key=by_category.__getitem__, default=""),
        price=Money(
            median_low(
                line.unit_price.minor for order, line in lines for _ in range(order.kept[line.id])
            ),
            last.currency,
        ),
        days=(instant(at) - last.at).days,
        value=Money(sum(_kept(order, line) for order, line in lines), last.currency),
        orders=len(alike),
        last_at=last.at,
    )


def _kept(order: Order, line: Line) -> int:
    return line.net.minor * order.kept[line.id] // line.quantity


def _category(line: Line, catalog: Catalog | None) -> str:
    product = catalog.sold_as(line.sku) if catalog is not None else None
    return line.category or (product.category if product is not None else "")


def _name(aim: Aim) -> str:
    return aim.name


def _count(found: tuple[Aim, tuple[Reason, ...]]) -> int:
    return len(found[1])
