"""Triggers: what becomes of an order's money, parcels and points."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final, final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.event import ReturnOpened
from postpurchase.domain.message import Subject
from postpurchase.domain.moment import local_date, shift
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Order, PaymentState
from postpurchase.domain.shipment import Shipment
from postpurchase.journey import began, reason
from postpurchase.journey.entry import Entry, Trigger
from postpurchase.journey.scene import Scene
from postpurchase.journey.triggers.story import about_order, about_parcel, expected
from postpurchase.rewards import Standing

_MIDNIGHT: Final = time()
_LEAST: Final = timedelta(microseconds=1)
_SWAPS: Final = frozenset({"exchange", "replacement"})


@final
@frozen
class PaymentFailed(Trigger):
    """Every payment that failed, unless the order was paid later."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_order(order, each.at, began.PaymentWasRefused(order.id), f"payment:{each.id}")
            for order in scene.orders
            for each in order.payments
            if each.state is PaymentState.FAILED and not _paid_after(order, each.at)
        )


def _paid_after(order: Order, at: datetime, /) -> bool:
    done = (PaymentState.CAPTURED, PaymentState.AUTHORIZED)
    return any(each.state in done and each.at >= at for each in order.payments)


@final
@frozen
class PaidLater(Trigger):
    """Every order that was paid some hours or more after it was placed, from its first payment.

    Attributes:
        hours: how many hours; what is paid sooner has its invoice with the thanks.
    """

    hours: int = 24

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        least = timedelta(hours=self.hours)
        return tuple(
            about_order(order, at, began.OrderWasPaid(order.id), "paid")
            for order in scene.orders
            if (at := _paid_at(order)) is not None and at - order.at >= least
        )


def _paid_at(order: Order, /) -> datetime | None:
    captured = (each.at for each in order.payments if each.state is PaymentState.CAPTURED)
    return min(captured, default=None)


@final
@frozen
class OrderWithdrawn(Trigger):
    """Every return that was opened as a withdrawal from the contract.

    Attributes:
        reason: what such a return says as its reason.
    """

    reason: str = "withdrawal"

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                subject=Subject("return", each.id),
                anchor=each.at,
                why=began.OrderWasWithdrawn(each.order),
                order=scene.order(each.order),
            )
            for each in scene.all(ReturnOpened)
            if each.reason == self.reason
        )


@final
@frozen
class OrderChanged(Trigger):
    """Every cancellation of some units, while others of the order will still be sent."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_order(order, each.at, began.OrderWasChanged(order.id), f"change:{each.id}")
            for order in scene.orders
            for each in order.cancellations
            if not order.cancelled
        )


@final
@frozen
class OrderCancelled(Trigger):
    """Every order of which nothing will be sent, from its last cancellation."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_order(
                order,
                max(each.at for each in order.cancellations),
                reason.OrderCancelled(order.id),
                "cancelled",
            )
            for order in scene.orders
            if order.cancellations and order.cancelled
        )


@final
@frozen
class MoneyReturned(Trigger):
    """Every refund, from when the money went back."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                subject=Subject("refund", each.id),
                anchor=each.at,
                why=began.MoneyWasReturned(order.id),
                order=order,
            )
            for order in scene.orders
            for each in order.refunds
            if each.amount
        )


@final
@frozen
class PartShipped(Trigger):
    """Every parcel that left while units of its order were still in none."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(
            about_parcel(scene, parcel, at, began.ParcelWasShipped(parcel.id))
            for parcel in scene.outbound
            if (at := parcel.state.shipped_at) is not None and _more_to_come(scene, parcel, at)
        )


def _more_to_come(scene: Scene, parcel: Shipment, at: datetime, /) -> bool:
    order = scene.order(parcel.order)
    if order is None or not parcel.lines:
        return False
    packed: dict[str, int] = {}
    for each in scene.parcels(order.id):
        left = each.state.shipped_at
        if left is not None and left <= at:
            for line, units in each.lines.items():
                packed[line] = packed.get(line, 0) + units
    sent_at_all = (line for line in order.kept_lines if line.requires_shipping)
    return any(packed.get(line.id, 0) < order.kept[line.id] for line in sent_at_all)


@final
@frozen
class ExchangeShipped(Trigger):
    """Every parcel that left after its order's customer had asked for another thing instead."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        swaps = [each for each in scene.all(ReturnOpened) if each.wish in _SWAPS]
        return tuple(
            about_parcel(scene, parcel, at, began.ParcelWasShipped(parcel.id))
            for parcel in (scene.outbound if swaps else ())
            if (at := parcel.state.shipped_at) is not None
            and any(each.order == parcel.order and each.at <= at for each in swaps)
        )


@final
@frozen
class ArrivesSoon(Trigger):
    """Every parcel, some local days before the last day on which it is expected.

    Attributes:
        days: how many days before.
    """

    days: int = 1

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return tuple(each for parcel in scene.outbound for each in self._entry(scene, parcel))

    def _entry(self, scene: Scene, parcel: Shipment, /) -> Iterator[Entry]:
        said = expected(scene, parcel)
        if said:
            last = local_date(said[-1][0] - _LEAST, scene.clock.zone)
            eve = scene.clock.instant(shift(last, -self.days), _MIDNIGHT)
            why = began.IsExpectedOn(parcel.id, last)
            yield about_parcel(scene, parcel, eve, why, f"by:{last}")


@final
@frozen
class PointsExpire(Trigger):
    """The `Points` among the known answers, some local days before they end.

    Attributes:
        days: how many days before.
    """

    days: int = 14

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        points = scene.known.find(Points)
        if points is None or points.ends is None:
            return ()
        last = scene.clock.wall(points.ends)
        eve = scene.clock.instant(shift(last.date(), -self.days), last.time())
        why = began.PointsEnd(points.count, last.date())
        return (Entry(subject=Subject("points", f"{last:%Y-%m-%d}"), anchor=eve, why=why),)


@final
@frozen
class TierReached(Trigger):
    """The tier of the `Standing` among the known answers, from when it began."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        standing = scene.known.find(Standing)
        if standing is None or standing.since is None:
            return ()
        mark = f"{standing.since:%Y-%m-%d}"
        return (
            Entry(
                subject=Subject("tier", standing.tier, mark),
                anchor=standing.since,
                why=began.HasReached(standing.tier),
            ),
        )
