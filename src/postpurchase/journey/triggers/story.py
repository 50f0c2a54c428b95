"""Triggers: an order, a parcel on its way, a delivery, a fact of some other type."""

from datetime import datetime
from typing import final

from attrs import field, fields, frozen
from typing_extensions import override

from postpurchase.domain.decision import Reason
from postpurchase.domain.fact import Fact
from postpurchase.domain.message import Subject
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Eta, Shipment, Stage
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import began
from postpurchase.journey.entry import Entry, Trigger
from postpurchase.journey.scene import Scene


def about_order(order: Order, anchor: datetime, why: Reason, /, mark: str = "") -> Entry:
    """An entry about an order."""
    return Entry(subject=Subject("order", order.id, mark), anchor=anchor, why=why, order=order)


def about_parcel(
    scene: Scene, parcel: Shipment, anchor: datetime, why: Reason, /, mark: str = ""
) -> Entry:
    """An entry about a parcel, and the order in it."""
    return Entry(
        subject=Subject("shipment", parcel.id, mark),
        anchor=anchor,
        why=why,
        order=scene.order(parcel.order),
        parcel=parcel,
    )


@final
@frozen
class OrderPlaced(Trigger):
    """Every order, from the moment it was placed."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_order(order, order.at, began.OrderWasPlaced(order.id)) for order in scene.orders
        )


@final
@frozen
class LatestOrder(Trigger):
    """The newest order that was not cancelled, from the moment it was placed."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        standing = [order for order in scene.orders if not order.cancelled]
        return tuple(
            about_order(order, order.at, began.LatestOrder(order.id)) for order in standing[-1:]
        )


@final
@frozen
class OrderDelivered(Trigger):
    """Every order, from the arrival of its last parcel."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_order(order, at, began.OrderWasDelivered(order.id))
            for order in scene.orders
            if (at := scene.delivered(order)) is not None
        )


@final
@frozen
class FirstOrderDelivered(Trigger):
    """The customer's first order that was not cancelled, from the arrival of its last parcel."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        first = [order for order in scene.orders if not order.cancelled][:1]
        return tuple(
            about_order(order, at, began.OrderWasDelivered(order.id))
            for order in first
            if (at := scene.delivered(order)) is not None
        )


@final
@frozen
class ParcelShipped(Trigger):
    """Every parcel, from the first scan that shows it moving."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_parcel(scene, parcel, at, began.ParcelWasShipped(parcel.id))
            for parcel in scene.outbound
            if (at := parcel.state.shipped_at) is not None
        )


@final
@frozen
class ParcelDelivered(Trigger):
    """Every parcel, from the first scan that says delivered."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_parcel(scene, parcel, at, began.ParcelWasDelivered(parcel.id))
            for parcel in scene.outbound
            if (at := parcel.state.delivered_at) is not None
        )


@final
@frozen
class ParcelReached(Trigger):
    """Every time that a stage of a parcel was news, such as out for delivery."""

    stage: Stage

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_parcel(scene, parcel, notice.at, why, str(number) if number else "")
            for parcel in scene.outbound
            for why in (began.ParcelIs(parcel.id, self.stage.value.replace("_", " ")),)
            for number, notice in enumerate(
                each for each in parcel.state.notices if each.stage is self.stage
            )
        )


@final
@frozen
class ExpectedLater(Trigger):
    """A parcel whose newest expected time is later than the one before, the promise counted."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for parcel in scene.outbound:
            revised = expected(scene, parcel)
            if len(revised) > 1 and revised[-1][0] > revised[-2][0]:
                number = len(revised) - 1
                why = began.IsExpectedLater(parcel.id)
                found.append(about_parcel(scene, parcel, revised[-1][1], why, f"eta{number}"))
        return tuple(found)


def expected(scene: Scene, parcel: Shipment, /) -> list[tuple[datetime, datetime]]:
    """What was promised and then expected, each change once: until when, and when it was said."""
    order = scene.order(parcel.order)
    promise = parcel.promise or (order.promise if order else None)
    said = [(promise.end, parcel.at)] if promise else []
    for eta in sorted(parcel.etas, key=_said):
        if not said or said[-1][0] != eta.end:
            said.append((eta.end, eta.as_of))
    return said


def _said(eta: Eta, /) -> datetime:
    return eta.as_of


@final
@frozen
class Overdue(Trigger):
    """A parcel from the moment by which it was expected, unless it had arrived by then."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for parcel in scene.outbound:
            revised = expected(scene, parcel)
            arrived = parcel.state.delivered_at
            if revised and (arrived is None or arrived > revised[-1][0]):
                why = began.WasExpected(parcel.id)
                found.append(about_parcel(scene, parcel, revised[-1][0], why))
        return tuple(found)


@final
@frozen
class Silent(Trigger):
    """A parcel on its way, from its newest scan; each scan begins anew."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for parcel in scene.outbound:
            state = parcel.state
            times = [scan.at for scan in state.scans if scan.at is not None]
            if times and state.shipped_at is not None and not state.stage.terminal:
                last = max(times)
                why = began.WasScanned(parcel.id)
                found.append(about_parcel(scene, parcel, last, why, f"{last:%Y-%m-%dT%H:%M:%SZ}"))
        return tuple(found)


def _has(happened: "Happened", _: object, name: str, /) -> None:
    if name and not any(each.name == name for each in fields(happened.fact)):
        raise InvalidPlaybook(
            at=f"trigger on {happened.fact.__name__}", problem=f"it has no attribute {name!r}"
        )


@final
@frozen(kw_only=True)
class Happened(Trigger):
    """Every fact of one type, from when it happened.

    Attributes:
        fact: the type, such as `ReviewPublished`.
        noun: what the message is about, such as `review`.
        of: the attribute that holds the id of that thing; the fact's own id when empty.
    """

    fact: type[Fact]
    noun: str
    of: str = field(default="", validator=_has)

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(each for fact in scene.all(self.fact) for each in self._entry(scene, fact))

    def _entry(self, scene: Scene, fact: Fact, /) -> tuple[Entry, ...]:
        id: str | None = getattr(fact, self.of) if self.of else fact.id
        if not id:
            return ()
        order: str | None = id if self.noun == "order" else getattr(fact, "order", None)
        mark = fact.id if self.of and self.noun == "order" else ""
        return (
            Entry(
                subject=Subject(self.noun, id, mark),
                anchor=fact.at,
                why=began.ItHappened(type(fact).__name__, fact.id),
                order=scene.order(order) if order else None,
            ),
        )
