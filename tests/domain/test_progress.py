"""How far an order has come in its parcels."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import (
    Delivery,
    Direction,
    Fulfilment,
    LineProgress,
    Scan,
    Shipment,
    Stage,
    progress,
)

FILE = Path(__file__).parents[1] / "vectors" / "tracking.json"
VECTORS = {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))["vectors"]}


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 9, day, hour, tzinfo=UTC)


def order_of(**quantities: int) -> Order:
    lines = tuple(
        Line(id=id, sku=id, quantity=n, unit_price=Money(100, "INR"))
        for id, n in quantities.items()
    )
    return Order(id="1001", at=on(1), currency="INR", lines=lines)


def sent(stage: Stage, **lines: int) -> Shipment:
    scans = (Scan(at=on(5), stage=stage),)
    return Shipment(id="S1", at=on(1), order="1001", scans=scans, lines=Pairs(lines))


@pytest.mark.parametrize("case", ["order-02", "order-03", "order-05"])
def test_the_progress_of_an_order_is_what_its_vector_says(case: str) -> None:
    given = VECTORS[case]["given"]
    order = order_of(**given["lines"])
    shipped = given.get("requires_shipping", {})
    lines = tuple(
        evolve(line, requires_shipping=shipped.get(line.id, True)) for line in order.lines
    )
    parcels = [sent(Stage(each["status"]), **each["items"]) for each in given["parcels"]]
    found = progress(evolve(order, lines=lines), parcels)
    assert {
        "fulfilment": str(found.fulfilment),
        "delivery": str(found.delivery),
    } == VECTORS[case]["expected"]


def states(order: Order, parcels: Iterable[Shipment]) -> tuple[Fulfilment, Delivery]:
    found = progress(order, parcels)
    return (found.fulfilment, found.delivery)


def test_an_order_is_delivered_when_its_last_unit_is() -> None:
    order = order_of(a=2, b=1)
    first = evolve(sent(Stage.DELIVERED, a=1), id="S1")
    last = evolve(
        sent(Stage.DELIVERED, a=1, b=1), id="S2", scans=(Scan(at=on(9), stage=Stage.DELIVERED),)
    )
    half = progress(order, [first])
    assert (half.fulfilment, half.delivery) == (
        Fulfilment.PARTIAL,
        Delivery.PARTIALLY_DELIVERED,
    )
    assert half.lines == (
        LineProgress(line="a", wanted=2, shipped=1, delivered=1),
        LineProgress(line="b", wanted=1, shipped=0, delivered=0),
    )
    assert half.delivered_at is None
    whole = progress(order, [last, first])
    assert (whole.delivery, whole.delivered_at) == (Delivery.DELIVERED, on(9))


def test_parcels_of_others_and_parcels_that_come_back_do_not_count() -> None:
    others = evolve(sent(Stage.DELIVERED, a=1), order="1002")
    back = evolve(sent(Stage.DELIVERED, a=1), direction=Direction.RETURN)
    assert states(order_of(a=1), [others, back]) == (Fulfilment.NONE, Delivery.NONE)


def test_units_cancelled_or_refunded_before_they_left_are_not_waited_for() -> None:
    order = order_of(a=2, b=1)
    cancelled = evolve(order, cancellations=(Cancellation(id="c", at=on(2), lines=Pairs(b=1)),))
    refund = Refund(
        id="r",
        at=on(2),
        amount=Money(100, "INR"),
        lines=(RefundLine(line="b", amount=Money(100, "INR")),),
    )
    refunded = evolve(order, refunds=(refund,))
    for each in (cancelled, refunded):
        assert states(each, [sent(Stage.DELIVERED, a=2)]) == (
            Fulfilment.FULL,
            Delivery.DELIVERED,
        )


def test_what_is_refunded_after_it_arrived_was_delivered_all_the_same() -> None:
    refund = Refund(
        id="r",
        at=on(9),
        amount=Money(100, "INR"),
        lines=(RefundLine(line="a", amount=Money(100, "INR")),),
    )
    order = evolve(order_of(a=1), refunds=(refund,))
    assert states(order, [sent(Stage.DELIVERED, a=1)]) == (Fulfilment.FULL, Delivery.DELIVERED)


def test_a_parcel_that_names_no_lines_holds_the_rest() -> None:
    order = order_of(a=1, b=1)
    assert states(order, [sent(Stage.DELIVERED)]) == (Fulfilment.FULL, Delivery.DELIVERED)
    named = evolve(sent(Stage.IN_TRANSIT, b=1), id="S2")
    assert states(order, [sent(Stage.DELIVERED), named]) == (
        Fulfilment.FULL,
        Delivery.PARTIALLY_DELIVERED,
    )
    second = evolve(sent(Stage.IN_TRANSIT), id="S2")
    assert states(order, [sent(Stage.DELIVERED), second]) == (Fulfilment.FULL, Delivery.NONE)


def test_a_parcel_cannot_hold_more_than_was_ordered() -> None:
    found = progress(order_of(a=1), [sent(Stage.DELIVERED, a=3)])
    assert found.lines == (LineProgress(line="a", wanted=1, shipped=1, delivered=1),)


def test_more_cancelled_than_ordered_is_nothing_to_send() -> None:
    order = order_of(knife=2, board=1)
    cancelled = Cancellation(id="c", at=on(2), lines=Pairs(knife=5))
    found = progress(evolve(order, cancellations=(cancelled,)), [sent(Stage.DELIVERED, knife=2)])
    assert found.lines[0] == LineProgress(line="knife", wanted=0, shipped=0, delivered=0)
    assert (found.fulfilment, found.delivery) == (Fulfilment.NONE, Delivery.NONE)
