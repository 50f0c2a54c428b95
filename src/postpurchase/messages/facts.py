"""What a message is about: found from its subject in the history and the answers it brings."""

from datetime import datetime
from typing import TypeVar

from attrs import frozen

from postpurchase.domain.customer import Customer
from postpurchase.domain.event import (
    ReturnApproved,
    ReturnOpened,
    ReturnReceived,
    ReviewPosted,
    ReviewPublished,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.order import Order, Refund
from postpurchase.domain.shipment import Direction, Shipment

F = TypeVar("F", bound=Fact)
R = TypeVar("R", ReturnApproved, ReturnReceived)


@frozen(kw_only=True)
class Facts:
    """Everything that was found; None for what was not."""

    customer: Customer | None
    order: Order | None
    shipment: Shipment | None
    refund: Refund | None
    returned: ReturnOpened | None
    approved: ReturnApproved | None
    received: ReturnReceived | None
    review: ReviewPosted | None
    published: ReviewPublished | None
    first: bool


def found(action: Action, history: History, /) -> Facts:
    """What the subject of an action names, and what belongs to it.

    A subject that names no order, such as a birthday, leads to the newest order that stands.
    """
    noun, id = action.subject.noun, action.subject.id
    shipment = _by_id(history.shipments, id) if noun == "shipment" else None
    published = _by_id(history.all(ReviewPublished), id) if noun == "review" else None
    review = _by_id(history.all(ReviewPosted), published.review if published else id)
    returned = _by_id(history.all(ReturnOpened), id) if noun == "return" else None
    refund = _refund(history, id) if noun == "refund" else None
    order_id = id if noun == "order" else _order_of(shipment, review, returned, refund)
    order = _by_id(history.orders, order_id) if order_id else _standing(history)
    if shipment is None and order:
        shipment = _last_parcel(history, order)
    if refund is None and order:
        refund = max(order.refunds, key=_when, default=None)
    return Facts(
        customer=history.customer,
        order=order,
        shipment=shipment,
        refund=refund,
        returned=returned,
        approved=_of_return(history, ReturnApproved, returned),
        received=_of_return(history, ReturnReceived, returned),
        review=review,
        published=published or _publication(history, review),
        first=bool(order) and history.orders[0] == order,
    )


def _by_id(facts: tuple[F, ...], id: str | None) -> F | None:
    return next((fact for fact in facts if fact.id == id), None)


def _when(fact: Fact) -> datetime:
    return fact.at


def _order_of(*facts: Shipment | ReviewPosted | ReturnOpened | Refund | None) -> str | None:
    return next((fact.order for fact in facts if fact and fact.order), None)


def _standing(history: History) -> Order | None:
    standing = (order for order in history.orders if not (order.cancelled or order.fully_refunded))
    return max(standing, key=_when, default=None)


def _last_parcel(history: History, order: Order) -> Shipment | None:
    parcels = (
        parcel
        for parcel in history.shipments
        if parcel.order == order.id and parcel.direction is Direction.OUTBOUND
    )
    return max(parcels, key=_when, default=None)


def _refund(history: History, id: str) -> Refund | None:
    return _by_id(tuple(each for order in history.orders for each in order.refunds), id)


def _of_return(history: History, kind: type[R], opened: ReturnOpened | None) -> R | None:
    if opened is None:
        return None
    return next((fact for fact in history.all(kind) if fact.return_id == opened.id), None)


def _publication(history: History, review: ReviewPosted | None) -> ReviewPublished | None:
    if review is None:
        return None
    return next((each for each in history.all(ReviewPublished) if each.review == review.id), None)
