"""The least that Shopify sends of a kitchen shop's order, and how a test reads it."""

from datetime import UTC, datetime

from postpurchase.domain.fact import Fact
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.integrations import shopify

Json = dict[str, object]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def inr(amount: str) -> Money:
    return Money.of(amount, "INR")


def line(**more: object) -> Json:
    return {
        "id": 501,
        "title": "Knife set",
        "sku": "KNIFE",
        "price": "100.00",
        "quantity": 1,
        **more,
    }


def order(**more: object) -> Json:
    """The least that an order payload holds, and more."""
    return {
        "id": 1001,
        "created_at": "2026-05-01T10:00:00Z",
        "currency": "INR",
        "total_price": "100.00",
        "line_items": [line()],
        **more,
    }


def twice(presentment: str, shop: str) -> Json:
    return {
        "shop_money": {"amount": shop, "currency_code": "INR"},
        "presentment_money": {"amount": presentment, "currency_code": "EUR"},
    }


def read(payload: object) -> tuple[Order, list[str]]:
    """The order of a payload, and the paths of its issues."""
    parsed = shopify.facts(payload)
    (found,) = [fact for fact in parsed.value if isinstance(fact, Order)]
    return found, [issue.path for issue in parsed.issues]


def only(payload: object) -> Fact:
    parsed = shopify.facts(payload)
    assert not parsed.issues
    (fact,) = parsed.value
    return fact
