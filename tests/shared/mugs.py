"""A shop that sells mugs, its year 2025, and the worked cases of what customers are worth."""

from datetime import UTC, datetime

from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from vectors import cases

VECTORS = cases("worth")
YEAR = Interval(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


def order(
    number: int,
    customer: str | None = "ann",
    day: str = "2025-03-01",
    price: str = "50.00 EUR",
    **more: object,
) -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=datetime.fromisoformat(day).replace(tzinfo=UTC),
        customer=customer,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
        **more,  # type: ignore[arg-type]  # the fields that a case is about
    )


def refund(amount: str, line: str | None = None) -> Refund:
    money = Money.parse(amount)
    lines = (RefundLine(line=line, amount=money),) if line else ()
    return Refund(id="r", at=datetime(2025, 4, 1, tzinfo=UTC), amount=money, lines=lines)


def cancelled(**lines: int) -> Cancellation:
    return Cancellation(id="c", at=datetime(2025, 4, 1, tzinfo=UTC), lines=Pairs(lines))
