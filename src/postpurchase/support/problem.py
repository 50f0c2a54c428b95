"""The ways in which an order or a parcel stands in a customer's way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from attrs import frozen

from postpurchase.domain.decision import Says, says
from postpurchase.domain.event import TicketType
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, PaymentState
from postpurchase.domain.shipment import Direction, Shipment, Stage
from postpurchase.support.ticket import tickets


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

    @property
    def says(self) -> Says:
        """What is wrong, in a few words that follow the name of the order."""
        return _SAID[self]


_SAID = {
    Problem.PAYMENT_FAILED: says("the payment failed"),
    Problem.CANCELLED: says("it was cancelled"),
    Problem.PARTLY_CANCELLED: says("part of it was cancelled"),
    Problem.DELAYED: says("the parcel is late"),
    Problem.SILENT: says("there has been no news of the parcel for days"),
    Problem.HELD: says("the parcel is held back"),
    Problem.IN_CUSTOMS: says("the parcel is at customs"),
    Problem.ATTEMPT_FAILED: says("nobody was there to take the parcel"),
    Problem.WAITS_FOR_PICKUP: says("the parcel waits to be picked up"),
    Problem.COMES_BACK: says("the parcel is on its way back to us"),
    Problem.CAME_BACK: says("the parcel came back to us"),
    Problem.LOST: says("the parcel is lost"),
    Problem.DISPOSED: says("the parcel could not be delivered"),
    Problem.STOPPED: says("the parcel was stopped"),
    Problem.EXCEPTION: says("something went wrong with the parcel"),
    Problem.MISSING: says("something is missing"),
    Problem.DAMAGED: says("it arrived damaged"),
    Problem.WRONG_ITEM: says("the wrong thing arrived"),
    Problem.DEFECT: says("it does not work"),
}

RECENT: Final = timedelta(days=60)
"""How long after its last news an order or parcel stands in the way: our choice, two months."""

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
    """What stands in this customer's way at that instant: of orders, parcels, open tickets.

    A parcel is late when the carrier says so, or when the end of what was expected last, else of
    what was promised, has passed; an order of which no parcel went out by then is late itself.
    An order whose money went back is settled, and what had its last news more than 60 days ago
    (`RECENT`) is past: neither it nor its parcels are met any more. An open ticket always is.
    """
    known = history.until(at)
    orders = {order.id: order for order in known.orders}
    settled = {order.id for order in orders.values() if order.fully_refunded}
    open_orders = [order for order in orders.values() if order.id not in settled]
    parcels = [
        parcel
        for parcel in known.shipments
        if parcel.direction is Direction.OUTBOUND and parcel.order not in settled
    ]
    sent = {parcel.order for parcel in parcels if parcel.state.stage is not Stage.CANCELLED}
    found = [met for order in open_orders for met in _of_order(order, at, sent)]
    found += [met for each in parcels for met in _of_parcel(each, orders.get(each.order), at)]
    found += [
        Met(
            problem=BY_TICKET[ticket.type],
            order=ticket.opened.order or "",
            shipment=ticket.opened.shipment or "",
            ticket=ticket.id,
        )
        for ticket in tickets(known, at=at)
        if ticket.type in BY_TICKET and ticket.closed is None
    ]
    return tuple(dict.fromkeys(found))


def _of_order(order: Order, at: datetime, sent: set[str], /) -> Iterator[Met]:
    promised = order.promise.end if order.promise is not None else order.at
    news = (promised, *(each.at for each in (*order.cancellations, *order.payments)))
    if at - max(order.at, *news) > RECENT:
        return
    if order.cancelled:
        yield Met(problem=Problem.CANCELLED, order=order.id)
        return
    if order.cancellations:
        yield Met(problem=Problem.PARTLY_CANCELLED, order=order.id)
    states = [payment.state for payment in order.payments]
    paid = {PaymentState.CAPTURED, PaymentState.AUTHORIZED}
    if PaymentState.FAILED in states and not paid.intersection(states):
        yield Met(problem=Problem.PAYMENT_FAILED, order=order.id)
    waits = any(line.requires_shipping for line in order.kept_lines)
    if order.promise is not None and promised <= at and waits and order.id not in sent:
        yield Met(problem=Problem.DELAYED, order=order.id)


def _of_parcel(parcel: Shipment, order: Order | None, at: datetime, /) -> Iterator[Met]:
    heard = max((scan.at for scan in parcel.state.scans if scan.at), default=parcel.at)
    if at - heard > RECENT:
        return
    stage = parcel.state.stage
    flags = (
        (Problem.DELAYED, parcel.delayed(at) or _overdue(parcel, order, at)),
        (Problem.HELD, parcel.held(at)),
        (Problem.SILENT, stage not in BY_STAGE and parcel.stale(at)),
    )
    for problem, holds in ((BY_STAGE.get(stage), True), *flags):
        if problem is not None and holds:
            yield Met(problem=problem, order=parcel.order, shipment=parcel.id)


def _overdue(parcel: Shipment, order: Order | None, at: datetime, /) -> bool:
    """Whether its time has passed: what was expected last, else what was promised."""
    promise = parcel.promise or (order.promise if order is not None else None)
    due = parcel.eta or promise
    ended = parcel.state.stage.terminal or parcel.state.stage in BY_STAGE
    return due is not None and due.end <= at and not ended
