"""A mistake is told where it is made: what was expected, what was given."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.channel import Channel
from postpurchase.domain.customer import (
    Cause,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
    Stance,
    Suppression,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Payment, PaymentState
from postpurchase.domain.product import Relation, RelationKind
from postpurchase.domain.rule import AllOf, Not, Rule
from postpurchase.domain.shipment import Direction, Eta, Promise, Scan, Shipment, Stage
from postpurchase.errors import InvalidFact

AT = datetime(2026, 5, 1, tzinfo=UTC)
BEFORE_THE_START = (
    "expected the start, 2026-05-01T00:00:00+00:00, or later, got '2026-04-30T00:00:00+00:00'"
)
CUP = Line(sku="CUP", unit_price=Money.of("9.50", "EUR"))


def consent(**wrong: object) -> Consent:
    given = {"channel": Channel.EMAIL, "state": ConsentState.GRANTED, **wrong}
    return Consent(id="C", at=AT, **cast("dict[str, Any]", given))


MISTAKES: dict[str, Callable[[], object]] = {
    "Fact.id: expected text, such as '1001', got 1001": lambda: Fact(id=cast("str", 1001), at=AT),
    "Shop.zone: expected ZoneInfo('Asia/Kolkata') or the like, got 'Asia/Kolkata'": (
        lambda: Shop(name="Kitchen & Co", zone=cast("ZoneInfo", "Asia/Kolkata"))
    ),
    "Customer.zone: expected ZoneInfo('Asia/Kolkata') or the like, got 330": (
        lambda: Customer(id="31", at=AT, zone=cast("ZoneInfo", 330))
    ),
    "Line.unit_price: expected money, such as Money.of('9.50', 'EUR'), got 9.5": (
        lambda: Line(sku="CUP", unit_price=cast("Money", 9.5))
    ),
    "Line.quantity: expected an int of 0 or more, got '2'": (
        lambda: Line(sku="CUP", unit_price=CUP.unit_price, quantity=cast("int", "2"))
    ),
    "Line.quantity: expected an int of 0 or more, got True": (
        lambda: Line(sku="CUP", unit_price=CUP.unit_price, quantity=True)
    ),
    f"Order.lines: expected a tuple of lines, such as (Line(...),), got [{CUP!r}]": (
        lambda: Order(id="1", at=AT, currency="EUR", lines=cast("tuple[Line, ...]", [CUP]))
    ),
    "Order.lines: expected a tuple of lines, such as (Line(...),), got ('CUP',)": (
        lambda: Order(id="1", at=AT, currency="EUR", lines=cast("tuple[Line, ...]", ("CUP",)))
    ),
    "Consent.state: expected ConsentState.GRANTED or the like, got 'withdrawm'": (
        lambda: consent(state="withdrawm")
    ),
    "Consent.channel: expected Channel.EMAIL or the like, or None for all, got 'emial'": (
        lambda: consent(channel="emial")
    ),
    "Consent.purpose: expected Purpose.MARKETING or the like, got 'marketing'": (
        lambda: consent(purpose="marketing")
    ),
    "Suppression.cause: expected Cause.COMPLAINT or the like, got 'complained'": (
        lambda: Suppression(id="S", at=AT, channel=None, cause=cast("Cause", "complained"))
    ),
    "Interest.stance: expected Stance.LIKES or Stance.AVOIDS, got 'avoid'": (
        lambda: Interest(tag="meat", stance=cast("Stance", "avoid"))
    ),
    "Payment.state: expected PaymentState.CAPTURED or the like, got 'paid'": (
        lambda: Payment(id="P", at=AT, amount=CUP.unit_price, state=cast("PaymentState", "paid"))
    ),
    "Relation.kind: expected RelationKind.COMPLETES or the like, got 'complete'": (
        lambda: Relation(cast("RelationKind", "complete"), "P1")
    ),
    "Scan.stage: expected Stage.DELIVERED or the like, got 'deliverd'": (
        lambda: Scan(at=AT, stage=cast("Stage", "deliverd"))
    ),
    "Shipment.direction: expected Direction.OUTBOUND or Direction.RETURN, got 'back'": (
        lambda: Shipment(id="S", at=AT, order="1", direction=cast("Direction", "back"))
    ),
    f"Promise.end: {BEFORE_THE_START}": (lambda: Promise(start=AT, end=AT - timedelta(days=1))),
    f"Eta.end: {BEFORE_THE_START}": (lambda: Eta(as_of=AT, start=AT, end=AT - timedelta(days=1))),
    "AllOf.rule: expected a rule, such as TierIs(...), got 1": (lambda: AllOf((cast("Rule", 1),))),
    "Not.rule: expected a rule, such as TierIs(...), got None": lambda: Not(cast("Rule", None)),
    "History.facts: expected facts, such as History.of(customer, order), got 7": (
        lambda: History.of(cast("Fact", 7))
    ),
}


@pytest.mark.parametrize("said", MISTAKES)
def test_a_mistake_is_told_where_it_is_made(said: str) -> None:
    with pytest.raises(InvalidFact) as refused:
        MISTAKES[said]()
    assert str(refused.value) == said


def test_what_fits_is_taken() -> None:
    shop = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
    assert Customer(id="31", at=AT, zone=shop.zone).zone == shop.zone
    assert Customer(id="31", at=AT).zone is None
    assert Order(id="1", at=AT, currency="EUR", lines=()).total == Money.zero("EUR")
