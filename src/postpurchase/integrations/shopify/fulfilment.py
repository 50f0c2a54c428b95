"""Fulfilments are parcels; their events are scans."""

from collections.abc import Iterator
from datetime import datetime

from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Eta, Flag, Scan, Scanned, Shipment, Stage
from postpurchase.errors import UnreadablePayload
from postpurchase.integrations.node import Node

_STAGES = {
    "confirmed": Stage.PENDING,
    "label_printed": Stage.INFO_RECEIVED,
    "label_purchased": Stage.INFO_RECEIVED,
    "carrier_picked_up": Stage.PICKED_UP,
    "in_transit": Stage.IN_TRANSIT,
    "out_for_delivery": Stage.OUT_FOR_DELIVERY,
    "attempted_delivery": Stage.ATTEMPT_FAILED,
    "ready_for_pickup": Stage.AVAILABLE_FOR_PICKUP,
    "ready_for_recipient_pickup": Stage.AVAILABLE_FOR_PICKUP,
    "picked_up": Stage.DELIVERED,
    "delivered": Stage.DELIVERED,
    "returning_to_sender": Stage.RETURNING,
    "failure": Stage.EXCEPTION,
    "buyer_action_required": Stage.EXCEPTION,
    "delayed": Stage.UNKNOWN,
}
_SUBS = {"picked_up": "picked_up_by_customer", "buyer_action_required": "buyer_action_required"}


def fulfilment(node: Node, /, *, order: str, at: datetime) -> Shipment:
    """One parcel.

    A fulfilment that succeeded has left the shop: that is the first scan, and what the carrier
    said last is the second one. Its `status` is the shop's, never the parcel's.

    Args:
        node: the fulfilment's object.
        order: the id of its order, where it does not say so itself.
        at: when it was made, where it does not say so itself.

    Raises:
        UnreadablePayload: it has no id.
    """
    id = needed(node)
    made = node.at("created_at") or at
    numbers = [*node.words("tracking_numbers")] or [node.text("tracking_number")]
    lines = {line.text("id"): line.whole("quantity", 0) for line in node.each("line_items")}
    due = node.at("estimated_delivery_at")
    return Shipment(
        id=id,
        at=made,
        order=node.text("order_id") or order,
        carrier=node.text("tracking_company"),
        service=node.text("service"),
        number=numbers[0],
        aliases=tuple(numbers[1:]),
        url=node.text("tracking_url"),
        lines=Pairs({line: units for line, units in lines.items() if units}),
        scans=tuple(_scans(node, id, made)),
        etas=(Eta.by(due, as_of=node.at("updated_at") or made),) if due else (),
    )


def event(node: Node, /) -> Scanned:
    """One event of a fulfilment.

    Raises:
        UnreadablePayload: it has no id, or names no fulfilment.
    """
    id = needed(node)
    recorded = node.at("created_at") or node.at("happened_at")
    at = node.at("happened_at") or recorded
    if at is None or recorded is None:
        raise UnreadablePayload(
            path=f"{node.path}.happened_at", expected="an instant", got="nothing"
        )
    due = node.at("estimated_delivery_at")
    place = (node.text("city"), node.text("province"), node.text("country"))
    scan = _scan(
        node,
        "status",
        id=id,
        at=at,
        recorded_at=recorded,
        place=", ".join(part for part in place if part),
    )
    return Scanned(
        id=id,
        at=at,
        recorded_at=recorded,
        shipment=needed(node, "fulfillment_id"),
        order=node.text("order_id"),
        scan=scan,
        eta=Eta.by(due, as_of=recorded) if due else None,
    )


def needed(node: Node, key: str = "id", /) -> str:
    """The id under *key*.

    Raises:
        UnreadablePayload: there is none.
    """
    id = node.name(key)
    if id is None:
        raise UnreadablePayload(path=f"{node.path}.{key}", expected="an id", got="nothing")
    return id


def _scans(node: Node, id: str, made: datetime, /) -> Iterator[Scan]:
    changed = node.at("updated_at") or made
    status = node.text("status")
    if status == "success":
        yield Scan(at=made, stage=Stage.PICKED_UP, id=f"{id}/fulfilled", sub="fulfilled")
    elif status == "cancelled":
        yield Scan(at=changed, stage=Stage.CANCELLED, id=f"{id}/cancelled")
    if node.text("shipment_status"):
        yield _scan(node, "shipment_status", id="", at=changed, recorded_at=changed, place="")


def _scan(
    node: Node, key: str, /, *, id: str, at: datetime, recorded_at: datetime, place: str
) -> Scan:
    said = node.text(key).lower()
    if said not in _STAGES:
        node.odd(key, f"one of {', '.join(_STAGES)}", said)
    return Scan(
        id=id,
        at=at,
        recorded_at=recorded_at,
        stage=_STAGES.get(said, Stage.UNKNOWN),
        sub=_SUBS.get(said, ""),
        code=said,
        text=node.text("message"),
        place=place,
        flag=Flag.DELAYED if said == "delayed" else None,
    )
