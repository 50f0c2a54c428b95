"""The ways in which an order or a parcel stands in a customer's way."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.event import TicketClosed, TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, PaymentState
from postpurchase.domain.shipment import Direction, Shipment, Stage


@unique
class Problem(StrEnum):
    """What stands in the way."""

    PAYMENT_FAILED = "payment_failed"
    CANCELLED = "cancelled"
    PARTLY_CANCELLED = "partly_cancelled"
    DELAYED = "delayed"
    SILENT = "silent"
    HELD = "held"
    IN_CUSTOMS = "in_customs"
    ATTEMPT_FAILED = "attempt_failed"
    WAITS_FOR_PICKUP = "waits_for_pickup"
    COMES_BACK = "comes_back"
    CAME_BACK = "came_back"
    LOST = "lost"
    DISPOSED = "disposed"
    STOPPED = "stopped"
    EXCEPTION = "exception"
    MISSING = "missing"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    DEFECT = "defect"


BY_STAGE = {
    Stage.CUSTOMS: Problem.IN_CUSTOMS,
    Stage.ATTEMPT_FAILED: Problem.ATTEMPT_FAILED,
    Stage.AVAILABLE_FOR_PICKUP: Problem.WAITS_FOR_PICKUP,
    Stage.RETURNING: Problem.COMES_BACK,
    Stage.RETURNED: Problem.CAME_BACK,
    Stage.LOST: Problem.LOST,
    Stage.DISPOSED: Problem.DISPOSED,
    Stage.CANCELLED: Problem.STOPPED,
    Stage.EXCEPTION: Problem.EXCEPTION,
}

BY_TICKET = {
    TicketType.DELAYED: Problem.DELAYED,
    TicketType.DAMAGED: Problem.DAMAGED,
    TicketType.MISSING: Problem.MISSING,
    TicketType.WRONG_ITEM: Problem.WRONG_ITEM,
    TicketType.DEFECT: Problem.DEFECT,
    TicketType.PAYMENT: Problem.PAYMENT_FAILED,
}


@frozen(kw_only=True)
class Met:
    """A problem, and the order, parcel or ticket in which it was met."""

    problem: Problem
    order: str
    shipment: str = ""
    ticket: str = ""


def problems(history: History, /, *, at: datetime) -> tuple[Met, ...]:
    """What stands in this customer's way at that instant: of orders, parcels, open tickets."""
    known = history.until(at)
    found = [met for order in known.orders for met in _of_order(order)]
    found += [met for parcel in known.shipments for met in _of_parcel(parcel, at)]
    closed = {each.ticket for each in known.all(TicketClosed)}
    found += [
        Met(
            problem=BY_TICKET[ticket.type],
            order=ticket.order or "",
            shipment=ticket.shipment or "",
            ticket=ticket.id,
        )
        for ticket in known.all(TicketOpened)
        if ticket.type in BY_TICKET and ticket.id not in closed
    ]
    return tuple(dict.fromkeys(found))


def _of_order(order: Order, /) -> Iterator[Met]:
    if order.cancelled:
        yield Met(problem=Problem.CANCELLED, order=order.id)
        return
    if order.cancellations:
        yield Met(problem=Problem.PARTLY_CANCELLED, order=order.id)
    states = [payment.state for payment in order.payments]
    paid = {PaymentState.CAPTURED, PaymentState.AUTHORIZED}
    if PaymentState.FAILED in states and not paid.intersection(states):
        yield Met(problem=Problem.PAYMENT_FAILED, order=order.id)


def _of_parcel(parcel: Shipment, at: datetime, /) -> Iterator[Met]:
    if parcel.direction is Direction.RETURN:
        return
    stage = parcel.state.stage
    flags = (
        (Problem.DELAYED, parcel.delayed(at)),
        (Problem.HELD, parcel.held(at)),
        (Problem.SILENT, parcel.stale(at)),
    )
    for problem, holds in ((BY_STAGE.get(stage), True), *flags):
        if problem is not None and holds:
            yield Met(problem=problem, order=parcel.order, shipment=parcel.id)
