"""One customer at one instant, read once: what triggers, exits and gates look at."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Window
from postpurchase.domain.order import Order
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Delivery, Direction, Shipment, progress
from postpurchase.journey.clock import Clock
from postpurchase.privacy import Hours, Law, Permissions

F = TypeVar("F", bound=Fact)


class Scene:
    """What was known of one customer at one instant, with the answers that several gates need.

    Attributes:
        history: what was known; later facts are not in it.
        at: the instant of the decision; in UTC.
        shop: who writes.
        known: answers of other rooms.
        clock: the customer's wall clock, in the customer's zone or else the shop's.
        permissions: what the customer permits.
        sent: the messages that went out, by the key of their action.
        orders: oldest first.
    """

    __slots__ = (
        "_closed",
        "_delivered",
        "_newest",
        "_orders",
        "_outbound",
        "_parcels",
        "_refunded",
        "_sorted",
        "at",
        "clock",
        "customer",
        "history",
        "known",
        "orders",
        "permissions",
        "sent",
        "shop",
    )

    at: datetime
    clock: Clock
    history: History
    known: Known
    orders: tuple[Order, ...]
    permissions: Permissions
    sent: dict[str, MessageSent]
    shop: Shop

    def __init__(
        self, history: History, at: datetime, shop: Shop, known: Known, law: Law, /
    ) -> None:
        """Read *history*, which is what was known *at* the instant."""
        self.history = history
        self.at = at
        self.shop = shop
        self.known = known
        self._newest = _newest(history)
        self._sorted: dict[type[Fact], tuple[Fact, ...]] = {}
        self._delivered: dict[str, datetime | None] = {}
        self._refunded: dict[str, bool] = {}
        self._parcels: dict[str, tuple[Shipment, ...]] | None = None
        self._outbound: tuple[Shipment, ...] | None = None
        self._closed: dict[tuple[Channel, Purpose], datetime] = {}
        self.customer: Customer | None = history.customer
        zone = self.customer.zone if self.customer else None
        self.clock = Clock(zone or shop.zone, shop.calendar)
        self.permissions = Permissions(history, at, law)
        self.sent = {each.id: each for each in self.all(MessageSent)}
        self.orders = history.orders
        self._orders = {order.id: order for order in self.orders}

    def all(self, kind: type[F], /) -> tuple[F, ...]:
        """The newest version of each fact of exactly this type, oldest fact first."""
        found = self._sorted.get(kind)
        if found is None:
            facts = self._newest.get(kind, {}).values()
            found = self._sorted[kind] = tuple(sorted(facts, key=_when))
        return found  # type: ignore[return-value]  # keyed by the type it holds

    def order(self, id: str, /) -> Order | None:
        """The order of this id."""
        return self._orders.get(id)

    def parcels(self, order: str, /) -> tuple[Shipment, ...]:
        """The parcels on their way to the customer, of one order."""
        if self._parcels is None:
            self._parcels = {}
            for parcel in self.outbound:
                self._parcels[parcel.order] = (*self._parcels.get(parcel.order, ()), parcel)
        return self._parcels.get(order, ())

    @property
    def outbound(self) -> tuple[Shipment, ...]:
        """Every parcel on its way to the customer, oldest first."""
        if self._outbound is None:
            self._outbound = tuple(
                each for each in self.history.shipments if each.direction is Direction.OUTBOUND
            )
        return self._outbound

    def started(self, journey: str, /) -> Mapping[str, datetime]:
        """When a journey first sent something, by what that was about."""
        stem = f"{journey}/"
        first: dict[str, datetime] = {}
        for key, message in self.sent.items():
            if key.startswith(stem):
                about = key[len(stem) :].rpartition("/")[0]
                first[about] = min(first.get(about, message.at), message.at)
        return first

    def is_open(
        self, hours: tuple[Hours, ...], channel: Channel, purpose: Purpose, at: datetime, /
    ) -> bool:
        """Whether such a message may go out at an instant, by these hours and the law's own."""
        country = self.permissions.country
        return all(
            each.open.contains(at, self.clock.zone)
            for each in (*hours, *self.permissions.rules.hours)
            if each.hold(channel, purpose, country)
        )

    def opens(self, hours: tuple[Hours, ...], channel: Channel, purpose: Purpose, /) -> datetime:
        """When such a message may go out, by these hours and the law's own; `at` for now."""
        found = self._closed.get((channel, purpose))
        if found is None:
            country = self.permissions.country
            windows = [
                each.open
                for each in (*hours, *self.permissions.rules.hours)
                if each.hold(channel, purpose, country)
            ]
            found = self._closed[channel, purpose] = self._all_open(windows)
        return found

    def _all_open(self, windows: list[Window], /) -> datetime:
        at, settled = self.at, False
        while not settled:
            later = max((each.next_open(at, self.clock.zone) for each in windows), default=at)
            at, settled = later, later == at
        return at

    def delivered(self, order: Order, /) -> datetime | None:
        """When the last parcel of the order arrived; None while something is still to come."""
        if order.id not in self._delivered:
            self._delivered[order.id] = self._arrival(order)
        return self._delivered[order.id]

    def refunded(self, order: Order, /) -> bool:
        """Whether nothing of the order was kept: all money or every unit went back."""
        if not order.refunds:
            return False
        found = self._refunded.get(order.id)
        if found is None:
            found = order.fully_refunded or not order.kept
            self._refunded[order.id] = found
        return found

    def _arrival(self, order: Order, /) -> datetime | None:
        parcels = self.parcels(order.id)
        arrived = [at for parcel in parcels if (at := parcel.state.delivered_at)]
        if not arrived:
            return None
        if len(parcels) == 1 and not (parcels[0].lines or order.refunds or order.cancellations):
            return arrived[0]
        found = progress(order, parcels)
        return max(arrived) if found.delivery is Delivery.NOT_REQUIRED else found.delivered_at


def _newest(history: History, /) -> dict[type[Fact], dict[str, Fact]]:
    found: dict[type[Fact], dict[str, Fact]] = {}
    for fact in history.facts:
        found.setdefault(type(fact), {})[fact.id] = fact
    return found


def _when(fact: Fact, /) -> tuple[datetime, str]:
    return (fact.at, fact.id)
