"""One customer's order at checkout on a day in November, and the offers that it meets."""

from datetime import UTC, datetime
from decimal import Decimal

from postpurchase.domain.order import Line, Order, Shipping
from postpurchase.domain.rule import Known
from postpurchase.offers import AmountOff, PercentOff, Promotion, Quote, Scope, quote
from till import eur

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def line(amount: str, id: str = "l1", quantity: int = 1, category: str = "") -> Line:
    return Line(
        id=id, sku=f"sku-{id}", unit_price=eur(amount), quantity=quantity, category=category
    )


def order(*lines: Line, shipping: str = "") -> Order:
    ways = (Shipping(price=eur(shipping)),) if shipping else ()
    return Order(id="1", at=NOON, currency="EUR", lines=lines, shipping=ways, customer="C1")


def percent(value: str, id: str = "p", scope: Scope = Scope.TOGETHER) -> Promotion:
    return Promotion(id=id, gives=PercentOff(percent=Decimal(value), scope=scope))


def amount(value: str, id: str = "a") -> Promotion:
    return Promotion(id=id, gives=AmountOff(amounts=(eur(value),)))


def asked(bought: Order, *offers: Promotion, codes: tuple[str, ...] = ()) -> Quote:
    return quote(bought, offers=offers, at=NOON, codes=codes)


def reasons(bought: Order, offer: Promotion, *known: object) -> tuple[object, ...]:
    made = quote(bought, offers=(offer,), at=NOON, known=Known(*known))
    decision = made.why(offer.id)
    assert decision is not None
    return decision.reasons


TEN = order(line("10.00"))
