"""Of two gates that would both stop a message the earlier one says why."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Refund
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import DEFAULT, Holdout, Status, decide
from postpurchase.journey.gates import GATES

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"), country="IN")
ASHA = Customer(id="31", at=START, email="asha@example.com", country="IN")
KNIVES = Line(sku="KNIVES", title="Knife set", unit_price=Money.of("4499.00", "INR"))
ORDER = Order(id="1001", at=START, customer="31", currency="INR", lines=(KNIVES,))
PARCEL = Shipment(
    id="P1",
    at=START,
    order="1001",
    scans=(Scan(at=START + timedelta(days=1), stage=Stage.DELIVERED),),
)
REVIEW = "review_request/order:1001/ask"
NO = Consent(id="C", at=START, channel=None, state=ConsentState.WITHDRAWN)


def test_the_gates_stand_in_their_order() -> None:
    assert [gate.__name__ for gate in GATES] == [
        "exits",
        "requires",
        "planned",
        "stale",
        "defers",
        "holdout",
        "permission",
        "window",
    ]


def test_who_is_held_out_is_not_asked_for_permission() -> None:
    history = History.of(ASHA, ORDER, PARCEL, NO)
    later = START + timedelta(days=10)
    everybody = evolve(DEFAULT, holdout=Holdout("all", Decimal(1)))
    row = decide(history, at=later, shop=SHOP, playbook=everybody).row(REVIEW)
    assert row is not None
    assert row.status is Status.HELD_OUT
    assert row.channel is None


def test_what_was_sent_comes_before_every_gate() -> None:
    later = START + timedelta(days=10)
    full = Refund(id="R1", at=START + timedelta(days=9), order="1001", amount=ORDER.total)
    history = History.of(ASHA, ORDER, PARCEL, NO, full)
    row = decide(history, at=later, shop=SHOP).row(REVIEW)
    assert row is not None
    assert row.status is Status.EXITED
    sent = history.add(MessageSent(id=REVIEW, at=START + timedelta(days=8)))
    plan = decide(sent, at=later, shop=SHOP)
    assert plan.row(REVIEW) is None
    assert "sent  2026-05-12 09:00 UTC" in plan.explain(REVIEW)
