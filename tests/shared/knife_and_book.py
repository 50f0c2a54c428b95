"""One order of knives and a book, its parcel, and what a trigger finds there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import Entry, Scene, Trigger, reason, triggers
from postpurchase.privacy import WORLD

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
AT = datetime(2026, 11, 20, tzinfo=UTC)
PLACED = datetime(2026, 11, 1, 10, tzinfo=UTC)
EURO = Money.of("1.00", "EUR")
LINES = (
    Line(sku="KNIFE", product="knife", unit_price=EURO, quantity=2),
    Line(sku="BOOK", product="book", unit_price=EURO, requires_shipping=False),
)
ORDER = Order(id="O1", at=PLACED, currency="EUR", lines=LINES)
LATER = evolve(ORDER, id="O2", at=PLACED + timedelta(days=2))
CUSTOMER = Customer(id="C1", at=PLACED, account="A1", email="guest@example.com")


def hours(count: int) -> datetime:
    return PLACED + timedelta(hours=count)


def scene(*facts: Fact, known: Known = NOTHING) -> Scene:
    return Scene(History.of(*facts), AT, SHOP, known, WORLD)


def about(order: Order | None = ORDER, parcel: Shipment | None = None, sku: str = "") -> Entry:
    return Entry(
        subject=triggers.OrderPlaced().entries(scene(ORDER))[0].subject,
        anchor=PLACED,
        why=reason.OrderCancelled("O1"),
        order=order,
        parcel=parcel,
        sku=sku,
    )


def parcel(*scans: tuple[int, Stage], id: str = "S1", **lines: int) -> Shipment:
    return Shipment(
        id=id,
        at=hours(20),
        order="O1",
        lines=Pairs(lines),
        scans=tuple(Scan(at=hours(at), stage=stage) for at, stage in scans),
    )


def found(trigger: Trigger, *facts: Fact, known: Known = NOTHING) -> dict[str, datetime]:
    return {each.about: each.anchor for each in trigger.entries(scene(*facts, known=known))}
