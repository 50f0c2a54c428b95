"""The worked cases of other systems for points and offers, and the orders that they speak of."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Payment, Refund, Tax
from vectors import cases

Case = Mapping[str, Any]
Checks = Mapping[str, Callable[[Case, Case], None]]

CASES: tuple[Case, ...] = tuple(cases("rewards").values())
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def checked(checks: Checks) -> list[Case]:
    """The cases whose operation one of the checks is for."""
    return [each for each in CASES if each["given"]["op"] in checks]


def named(case: Case) -> str:
    return str(case["id"])


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def major(amount: str) -> Money:
    return Money.of(amount, "EUR")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def order(*totals: Money, units: int | None = None) -> Order:
    lines = tuple(
        Line(id=f"l{n}", sku=f"s{n}", unit_price=each, quantity=units or 1)
        for n, each in enumerate(totals)
    )
    return Order(id="1", at=NOON, currency="EUR", lines=lines)


def paid(minor: int, *refunds: Refund, tax: int = 0, id: str = "1") -> Order:
    taxes = (Tax(amount=eur(tax)),) if tax else ()
    return Order(
        id=id,
        at=NOON,
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(minor), taxes=taxes),),
        payments=(Payment(id="p", at=NOON, amount=eur(minor + tax)),),
        refunds=refunds,
    )
