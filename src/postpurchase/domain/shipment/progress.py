"""How far an order has come in its parcels."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.order import Line, Order
from postpurchase.domain.shipment.scan import Stage
from postpurchase.domain.shipment.shipment import Direction, Shipment
from postpurchase.domain.told import told


@unique
class Fulfilment(StrEnum):
    """How much of an order is in parcels."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    NOT_REQUIRED = "not_required"


@unique
class Delivery(StrEnum):
    """How much of an order was handed over."""

    NONE = "none"
    PARTIALLY_DELIVERED = "partially_delivered"
    DELIVERED = "delivered"
    NOT_REQUIRED = "not_required"


@frozen(kw_only=True)
class LineProgress:
    """The units of one line: how many are to be sent, are in parcels, were handed over."""

    __repr__ = told

    line: str
    wanted: int
    shipped: int
    delivered: int


@frozen(kw_only=True)
class Progress:
    """How far an order has come.

    Attributes:
        lines: those that are sent at all, in the order's own order.
        delivered_at: when the last unit was handed over; None while one is missing.
    """

    __repr__ = told

    fulfilment: Fulfilment
    delivery: Delivery
    lines: tuple[LineProgress, ...] = ()
    delivered_at: datetime | None = None


def progress(order: Order, shipments: Iterable[Shipment], /) -> Progress:
    """How far *order* has come in those of *shipments* that are its own and go to the customer.

    Cancelled parcels and cancelled units do not count, nor do units that were refunded before they
    were in a parcel. A parcel that says nothing of its lines holds all that is in no other.
    """
    parcels = tuple(
        each
        for each in shipments
        if each.order == order.id
        and each.direction is Direction.OUTBOUND
        and each.state.stage is not Stage.CANCELLED
    )
    packed = _packed(parcels)
    lines = tuple(_line(order, line, packed) for line in order.lines if line.requires_shipping)
    wanted = sum(line.wanted for line in lines)
    delivery = _delivery(wanted, sum(line.delivered for line in lines))
    when = [each.delivered_at for each in parcels if each.delivered_at]
    return Progress(
        fulfilment=_fulfilment(wanted, sum(line.shipped for line in lines)),
        delivery=delivery,
        lines=lines,
        delivered_at=max(when, default=None) if delivery is Delivery.DELIVERED else None,
    )


@frozen
class _Packed:
    """The units of each line in the parcels that name it; whether those that name none arrived."""

    shipped: Counter[str]
    delivered: Counter[str]
    silent: tuple[bool, ...]


def _packed(parcels: tuple[Shipment, ...], /) -> _Packed:
    shipped, delivered = Counter[str](), Counter[str]()
    for each in parcels:
        shipped.update(each.lines)
        if each.delivered:
            delivered.update(each.lines)
    silent = tuple(each.delivered for each in parcels if not each.lines)
    return _Packed(shipped, delivered, silent)


def _line(order: Order, line: Line, packed: _Packed, /) -> LineProgress:
    top = max(line.quantity - order.cancelled_units.get(line.id, 0), 0)
    named = packed.shipped[line.id]
    rest = max(top - named, 0) if packed.silent else 0
    shipped = min(named + rest, top)
    delivered = min(packed.delivered[line.id] + (rest if all(packed.silent) else 0), top)
    wanted = max(shipped, order.kept.get(line.id, 0))
    return LineProgress(line=line.id, wanted=wanted, shipped=shipped, delivered=delivered)


def _fulfilment(wanted: int, shipped: int, /) -> Fulfilment:
    if not wanted:
        return Fulfilment.NOT_REQUIRED
    if not shipped:
        return Fulfilment.NONE
    return Fulfilment.FULL if shipped >= wanted else Fulfilment.PARTIAL


def _delivery(wanted: int, delivered: int, /) -> Delivery:
    if not wanted:
        return Delivery.NOT_REQUIRED
    if not delivered:
        return Delivery.NONE
    return Delivery.DELIVERED if delivered >= wanted else Delivery.PARTIALLY_DELIVERED
