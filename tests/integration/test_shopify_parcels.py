"""What Shopify says of parcels."""

import pytest

from postpurchase.domain.history import History
from postpurchase.domain.shipment import Eta, Flag, Scan, Scanned, Shipment, Stage
from postpurchase.integrations import shopify
from shopify_payloads import Json, at, only, order


def fulfilment(**more: object) -> Json:
    return {
        "id": 801,
        "order_id": 1001,
        "status": "success",
        "created_at": "2026-05-02T11:00:00Z",
        "updated_at": "2026-05-04T09:15:00Z",
        "tracking_company": "Example Courier",
        "tracking_number": "EX1",
        **more,
    }


def stage_of(**more: object) -> tuple[Stage, str]:
    parcel = only({"fulfillment": fulfilment(**more)})
    assert isinstance(parcel, Shipment)
    return parcel.state.stage, parcel.state.sub


@pytest.mark.parametrize(
    ("said", "stage", "sub"),
    [
        (None, Stage.PICKED_UP, "fulfilled"),
        ("label_printed", Stage.INFO_RECEIVED, ""),
        ("confirmed", Stage.PENDING, ""),
        ("in_transit", Stage.IN_TRANSIT, ""),
        ("out_for_delivery", Stage.OUT_FOR_DELIVERY, ""),
        ("attempted_delivery", Stage.ATTEMPT_FAILED, ""),
        ("ready_for_pickup", Stage.AVAILABLE_FOR_PICKUP, ""),
        ("picked_up", Stage.DELIVERED, "picked_up_by_customer"),
        ("delivered", Stage.DELIVERED, ""),
        ("returning_to_sender", Stage.RETURNING, ""),
        ("failure", Stage.PICKED_UP, "fulfilled"),
    ],
)
def test_what_the_carrier_said_last_is_the_stage(said: str | None, stage: Stage, sub: str) -> None:
    assert stage_of(shipment_status=said) == (stage, sub)


def test_a_fulfilment_that_did_not_succeed_has_not_left() -> None:
    assert stage_of(status="pending") == (Stage.UNKNOWN, "")
    assert stage_of(status="cancelled") == (Stage.CANCELLED, "")


def test_a_delay_is_a_flag() -> None:
    parcel = only({"fulfillment": fulfilment(shipment_status="delayed")})
    assert isinstance(parcel, Shipment)
    assert parcel.scans[-1].flag is Flag.DELAYED
    assert parcel.delayed(at("2026-05-05T00:00"))


def test_an_unknown_status_is_kept_and_told() -> None:
    parsed = shopify.facts({"fulfillments": [fulfilment(shipment_status="beamed")]})
    (parcel,) = parsed.value
    assert isinstance(parcel, Shipment)
    assert parcel.scans[-1].code == "beamed"
    assert parsed.issues[0].path == "$.fulfillments[0].shipment_status"


def test_a_parcel_knows_its_numbers_its_lines_and_when_it_is_due() -> None:
    parcel = only(
        fulfilment(
            tracking_numbers=["EX1", "EX2"],
            tracking_url="https://courier.example.com/EX1",
            line_items=[{"id": 501, "quantity": 1}, {"id": 502, "quantity": 0}],
            estimated_delivery_at="2026-05-06T12:00:00Z",
        )
    )
    assert isinstance(parcel, Shipment)
    assert (parcel.number, parcel.aliases) == ("EX1", ("EX2",))
    assert parcel.lines == {"501": 1}
    assert parcel.eta == Eta.by(at("2026-05-06T12:00"), as_of=at("2026-05-04T09:15"))


def test_a_fulfilment_inside_an_order_takes_what_it_lacks_from_it() -> None:
    parsed = shopify.facts(order(fulfillments=[{"id": 801, "status": "success"}]))
    parcel = parsed.value[-1]
    assert isinstance(parcel, Shipment)
    assert (parcel.order, parcel.at) == ("1001", at("2026-05-01T10:00"))


def test_an_event_alone_is_read_as_part_of_its_parcel() -> None:
    event = {
        "id": 9,
        "fulfillment_id": 801,
        "order_id": 1001,
        "status": "delivered",
        "happened_at": "2026-05-05T10:00:00Z",
        "created_at": "2026-05-05T11:00:00Z",
        "city": "Pune",
        "country": "IN",
        "message": "Handed over",
        "estimated_delivery_at": "2026-05-06T10:00:00Z",
    }
    scanned = only(event)
    assert scanned == only({"fulfillment_event": event})
    assert isinstance(scanned, Scanned)
    assert scanned.scan == Scan(
        id="9",
        at=at("2026-05-05T10:00"),
        recorded_at=at("2026-05-05T11:00"),
        stage=Stage.DELIVERED,
        code="delivered",
        place="Pune, IN",
        text="Handed over",
    )
    (parcel,) = History.of(only(fulfilment()), scanned).shipments
    assert parcel.delivered_at == at("2026-05-05T10:00")
