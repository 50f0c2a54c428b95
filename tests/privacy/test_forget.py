"""Forgetting: what is dropped, what is kept and why, and what stays on the stop list."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import (
    Address,
    Birthday,
    Cause,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Suppression,
)
from postpurchase.domain.event import MessageSent, Visited
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Shipment
from postpurchase.privacy import Idle, Retention, address_hash, erase, erased, export, idle, stopped
from postpurchase.privacy.forget import KeptAsProof, KeptForTax, KeptToStop

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
KEY = b"a secret of the shop"
BUYER = Customer(
    id="C1",
    at=AT,
    name="Asha Example",
    email="Guest@Example.com",
    phone="+91 00-00",
    zone=ZoneInfo("Asia/Kolkata"),
    birthday=Birthday(6, 24),
    interests=(Interest(tag="baking"),),
)
ORDER = Order(
    id="O1",
    at=AT,
    currency="EUR",
    lines=(
        Line(
            sku="A",
            unit_price=Money.of("40.00", "EUR"),
            options=Pairs(size="M"),
            properties=Pairs(engraving="For Asha"),
        ),
    ),
    email="order@example.com",
    note="ring twice",
    bill_to=Address(name="Asha Example", city="Pune"),
    ship_to=Address(name="Neighbour Example", city="Pune"),
)
YES = Consent(id="c", at=AT, channel=Channel.EMAIL, state=ConsentState.GRANTED, evidence="form 3")
OLD = evolve(ORDER, id="O0", at=AT.replace(year=2010))
HISTORY = History.of(
    BUYER,
    ORDER,
    OLD,
    YES,
    evolve(YES, id="old", at=AT.replace(year=2020)),
    Shipment(id="S1", at=AT, order="O1"),
    Visited(id="V1", at=AT, page="/knives"),
    Suppression(id="bounce", at=AT, channel=Channel.SMS, cause=Cause.HARD_BOUNCE),
)
DONE = AT + timedelta(days=90)


def test_what_is_left_says_no_more_than_an_invoice_must() -> None:
    found = erase(HISTORY, at=DONE, key=KEY)
    left = found.history
    assert left.customer == Customer(id="C1", at=DONE)
    (order,) = left.orders
    assert (order.lines[0].sku, order.total, order.bill_to) == ("A", ORDER.total, ORDER.bill_to)
    told = json.dumps(export(left))
    for private in ("Neighbour", "ring twice", "For Asha", "order@", "baking", "Guest@"):
        assert private not in told
    assert erased(left, at=DONE)
    assert found.dropped == Pairs(Customer=1, Order=1, Consent=1, Shipment=1, Visited=1)


def test_what_is_kept_says_why() -> None:
    found = dict(erase(HISTORY, at=DONE, key=KEY).kept)
    assert found == {
        ("Order", "O1"): KeptForTax(10),
        ("Consent", "c"): KeptAsProof(3),
        ("Suppression", "bounce"): KeptToStop(),
        ("Suppression", "erased/C1"): KeptToStop(),
    }
    assert str(KeptForTax(10)) == "kept for 10 years, as tax law asks of invoices"


def test_even_invoices_and_proofs_are_dropped_in_the_end() -> None:
    short = Retention(invoice_years=1, proof_years=1)
    found = erase(HISTORY, at=AT.replace(year=2027), key=KEY, retention=short)
    assert found.history.orders == ()
    assert found.history.all(Consent) == ()


def test_an_address_stays_on_the_stop_list_and_cannot_be_read_back() -> None:
    found = erase(HISTORY, at=DONE, key=KEY)
    stop_list = frozenset(found.stop_list)
    assert len(stop_list) == 3
    for typed in ("guest@example.com ", "GUEST@example.com", "+910000", "order@example.com"):
        assert stopped(stop_list, KEY, typed)
    assert not stopped(stop_list, KEY, "other@example.com")
    assert not stopped(stop_list, b"another key", "guest@example.com")
    assert not any("example" in each for each in stop_list)
    assert address_hash(KEY, "a@example.com") != address_hash(b"", "a@example.com")


def test_nobody_can_be_forgotten_too() -> None:
    found = erase(History.of(), at=DONE, key=KEY)
    assert found.stop_list == ()
    assert [fact.id for fact in found.history.facts] == ["erased/"]


def test_who_stays_away_is_told_before_they_are_erased() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    late = MessageSent(id="x/1/a", at=AT.replace(year=2028))
    found = idle(HISTORY.add(late), zone=zone)
    assert found == Idle(
        notice_at=datetime(2029, 10, 29, 18, 30, tzinfo=UTC),
        erase_at=datetime(2029, 10, 31, 18, 30, tzinfo=UTC),
    )
    assert idle(History.of(late), zone=zone) is None
    sooner = idle(HISTORY, zone=zone, retention=Retention(idle_years=1, notice_hours=24))
    assert sooner is not None
    assert sooner.erase_at - sooner.notice_at == timedelta(hours=24)


def test_everything_that_is_known_can_be_handed_over() -> None:
    told = json.loads(json.dumps(export(HISTORY)))
    assert list(told) == ["Order", "Consent", "Customer", "Shipment", "Suppression", "Visited"]
    (customer,) = told["Customer"]
    assert customer["zone"] == "Asia/Kolkata"
    assert customer["birthday"] == {"month": 6, "day": 24}
    assert customer["interests"] == [
        {"tag": "baking", "stance": "likes", "source": "stated", "sensitive": False}
    ]
    order = told["Order"][1]
    assert order["at"] == "2026-11-01T10:00:00+00:00"
    assert order["lines"][0]["unit_price"] == str(Money.of("40.00", "EUR"))
    assert order["lines"][0]["options"] == {"size": "M"}
    assert told["Consent"][1]["state"] == "granted"
