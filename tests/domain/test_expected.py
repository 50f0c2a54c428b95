"""A mistake is told where it is made: what was expected, what was given."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.errors import InvalidFact

AT = datetime(2026, 5, 1, tzinfo=UTC)
CUP = Line(sku="CUP", unit_price=Money.of("9.50", "EUR"))
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
