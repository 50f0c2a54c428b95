"""One order of two knives from its parcel to its refund, and what a plan makes of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Refund, RefundLine
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import DEFAULT, Journey, Plan, Playbook, Row, Step, decide, triggers

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
PLACED = datetime(2026, 11, 1, 10, tzinfo=UTC)
SHIPPED = datetime(2026, 11, 2, 8, tzinfo=UTC)
DELIVERED = datetime(2026, 11, 5, 9, 15, tzinfo=UTC)
ASKED = datetime(2026, 11, 12, 4, 30, tzinfo=UTC)
REVIEW = "review_request/order:1001/ask"
ANNIVERSARY = "purchase_anniversary/order:1001#1y/greet"
CUSTOMER = Customer(
    id="C1", at=PLACED, account="A1", email="guest@example.com", country="IN", phone="+910000"
)
YES = Consent(id="yes", at=PLACED, channel=Channel.EMAIL, state=ConsentState.GRANTED)
KNIVES = Line(sku="KNIVES", quantity=2, unit_price=Money.of("40.00", "EUR"))
ORDER = Order(id="1001", at=PLACED, currency="EUR", lines=(KNIVES,))
PARCEL = Shipment(
    id="S1",
    at=SHIPPED,
    order="1001",
    scans=(
        Scan(at=SHIPPED, stage=Stage.IN_TRANSIT),
        Scan(at=DELIVERED, stage=Stage.DELIVERED),
    ),
)


def plan(*facts: Fact, at: datetime, playbook: Playbook = DEFAULT, known: Known = NOTHING) -> Plan:
    return decide(History.of(CUSTOMER, *facts), at=at, shop=SHOP, playbook=playbook, known=known)


def row(key: str, *facts: Fact, at: datetime, playbook: Playbook = DEFAULT) -> Row:
    found = plan(*facts, at=at, playbook=playbook).row(key)
    assert found is not None, key
    return found


def one(step: Step, **more: object) -> Playbook:
    story = Journey(id="story", trigger=triggers.OrderPlaced(), steps=(step,))
    return Playbook(journeys=(story,)).change("story", **more)


def sent(key: str, at: datetime, purpose: Purpose = Purpose.MARKETING) -> MessageSent:
    return MessageSent(id=key, at=at, purpose=purpose)


def refund(amount: str, units: int) -> Refund:
    money = Money.of(amount, "EUR")
    return Refund(
        id="R1",
        at=DELIVERED,
        order="1001",
        amount=money,
        lines=(RefundLine(line="KNIVES", quantity=units, amount=money),),
    )
