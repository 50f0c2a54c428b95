"""Members since the last day of January, the day that short months lack; one of them is gold."""

from datetime import UTC, datetime, timedelta

from postpurchase.domain.order import Line, Order, Payment, Refund
from postpurchase.rewards import Standing
from till import eur

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
GOLD = Standing(
    tier="gold", tiers=("silver", "gold"), since=None, value=0, earned="gold", until=None
)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def order(amount: str, on: float = 0, id: str = "1", *refunds: Refund) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=day(on), amount=eur(amount)),),
        refunds=refunds,
    )
