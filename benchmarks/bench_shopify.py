"""A ten-line Shopify order to facts, beside cattrs structuring the same fields of the same dict.

Run it with `python benchmarks/bench_shopify.py`. Neither side parses JSON; cattrs makes Decimals,
the gate makes checked Money, aware instants and the noun with its totals.
"""

import copy
import timeit
from collections.abc import Callable
from decimal import Decimal
from time import process_time

from attrs import frozen
from cattrs import Converter

from postpurchase.domain.order import Order as Placed
from postpurchase.integrations import shopify

TARGET = 2.5
ROUNDS, REPEATS = 100, 40


def both(amount: str, /) -> dict[str, object]:
    """An amount in the shop's currency and in the customer's."""
    money = {"amount": amount, "currency_code": "INR"}
    return {"shop_money": money, "presentment_money": dict(money)}


HOME = {
    "first_name": "Asha",
    "last_name": "Example",
    "name": "Asha Example",
    "company": None,
    "address1": "12 Example Road",
    "address2": "",
    "city": "Pune",
    "province": "Maharashtra",
    "province_code": "MH",
    "zip": "411001",
    "country_code": "IN",
    "phone": "+910000000000",
}
LINE = {
    "title": "Chef's knife",
    "name": "Chef's knife - 20 cm / black",
    "sku": "KNIFE-20",
    "variant_title": "20 cm / black",
    "product_id": 71,
    "variant_id": 711,
    "quantity": 2,
    "price": "1499.00",
    "price_set": both("1499.00"),
    "grams": 200,
    "requires_shipping": True,
    "gift_card": False,
    "total_discount": "0.00",
    "properties": [{"name": "engraving", "value": "A"}],
    "tax_lines": [{"title": "GST", "price": "534.00", "rate": 0.18, "price_set": both("534.00")}],
    "discount_allocations": [
        {"amount": "30.00", "discount_application_index": 0, "amount_set": both("30.00")}
    ],
}
CUSTOMER = {
    "id": 31,
    "email": "asha@example.com",
    "phone": None,
    "first_name": "Asha",
    "last_name": "Example",
    "state": "disabled",
    "tags": "",
    "created_at": "2026-05-01T10:00:00+05:30",
    "updated_at": "2026-05-01T10:00:00+05:30",
    "default_address": HOME,
    "email_marketing_consent": {
        "state": "subscribed",
        "opt_in_level": "single_opt_in",
        "consent_updated_at": "2026-05-01T10:00:00+05:30",
    },
}
SHIPPING = {
    "id": 9,
    "title": "Standard",
    "code": "STD",
    "price": "0.00",
    "discounted_price": "0.00",
    "carrier_identifier": None,
    "tax_lines": [],
    "discount_allocations": [],
}
TOTALS = {
    "total_line_items_price": "29980.00",
    "total_discounts": "300.00",
    "subtotal_price": "29680.00",
    "total_tax": "5340.00",
    "total_price": "35020.00",
    "total_outstanding": "0.00",
    "current_total_price": "35020.00",
    "total_shipping_price_set": both("0.00"),
    "total_tip_received": "0.00",
}


def order_of(lines: int, /) -> dict[str, object]:
    """A fictional order of so many lines, as the Admin REST API writes one."""
    return {
        **TOTALS,
        "id": 5001,
        "name": "#1001",
        "created_at": "2026-05-01T10:00:00+05:30",
        "updated_at": "2026-05-01T10:05:00+05:30",
        "cancelled_at": None,
        "cancel_reason": None,
        "currency": "INR",
        "presentment_currency": "INR",
        "taxes_included": False,
        "duties_included": False,
        "source_name": "web",
        "customer_locale": "hi-IN",
        "email": "asha@example.com",
        "phone": None,
        "note": None,
        "tags": "",
        "order_status_url": "https://shop.example.com/orders/1",
        "discount_codes": [{"code": "TEN", "amount": "300.00", "type": "fixed_amount"}],
        "discount_applications": [{"code": "TEN", "title": "TEN", "type": "discount_code"}],
        "note_attributes": [{"name": "colour", "value": "green"}],
        "shipping_lines": [SHIPPING],
        "billing_address": HOME,
        "shipping_address": HOME,
        "customer": CUSTOMER,
        "fulfillments": [],
        "refunds": [],
        "line_items": [{**copy.deepcopy(LINE), "id": 100 + n} for n in range(lines)],
    }


@frozen
class Pair:
    name: str
    value: str


@frozen
class Tax:
    title: str
    price: Decimal
    rate: Decimal


@frozen
class Allocation:
    amount: Decimal
    discount_application_index: int


@frozen
class Line:
    id: str
    title: str
    sku: str
    variant_title: str
    product_id: str
    variant_id: str
    quantity: int
    price: Decimal
    grams: int
    requires_shipping: bool
    gift_card: bool
    total_discount: Decimal
    properties: tuple[Pair, ...]
    tax_lines: tuple[Tax, ...]
    discount_allocations: tuple[Allocation, ...]


@frozen
class Shipping:
    id: str
    title: str
    code: str
    price: Decimal
    discounted_price: Decimal
    tax_lines: tuple[Tax, ...]
    discount_allocations: tuple[Allocation, ...]


@frozen
class Address:
    name: str
    company: str | None
    address1: str
    address2: str
    city: str
    province_code: str
    zip: str
    country_code: str
    phone: str


@frozen
class Consent:
    state: str
    opt_in_level: str
    consent_updated_at: str


@frozen
class Customer:
    id: str
    email: str
    phone: str | None
    first_name: str
    last_name: str
    state: str
    tags: str
    created_at: str
    updated_at: str
    default_address: Address
    email_marketing_consent: Consent


@frozen
class Code:
    code: str


@frozen
class Application:
    code: str
    title: str


@frozen
class Order:
    id: str
    name: str
    created_at: str
    updated_at: str
    cancelled_at: str | None
    cancel_reason: str | None
    currency: str
    presentment_currency: str
    taxes_included: bool
    duties_included: bool
    source_name: str
    customer_locale: str
    email: str
    phone: str | None
    note: str | None
    tags: str
    order_status_url: str
    total_line_items_price: Decimal
    total_discounts: Decimal
    subtotal_price: Decimal
    total_tax: Decimal
    total_price: Decimal
    total_outstanding: Decimal
    current_total_price: Decimal
    total_tip_received: Decimal
    discount_codes: tuple[Code, ...]
    discount_applications: tuple[Application, ...]
    note_attributes: tuple[Pair, ...]
    shipping_lines: tuple[Shipping, ...]
    billing_address: Address
    shipping_address: Address
    customer: Customer
    line_items: tuple[Line, ...]


def best(*calls: Callable[[], object]) -> list[float]:
    """The fastest of several runs of each, turn by turn, in microseconds of the processor."""
    timers = [timeit.Timer(call, timer=process_time) for call in calls]
    runs = [[timer.timeit(ROUNDS) for timer in timers] for _ in range(REPEATS)]
    return [min(times) / ROUNDS * 1e6 for times in zip(*runs, strict=True)]


def main() -> None:
    """Measure both on one dict, side by side."""
    payload = order_of(10)
    converter = Converter()
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))
    parsed = shopify.facts(payload)
    plain = converter.structure(payload, Order)
    assert not parsed.issues
    assert str(plain.total_price) == "35020.00"
    assert not shopify.reconcile(next(o for o in parsed.value if isinstance(o, Placed)))
    mine, theirs = best(lambda: shopify.facts(payload), lambda: converter.structure(payload, Order))
    print(f"facts {mine:.0f} us, cattrs {theirs:.0f} us: {mine / theirs:.2f} x (target {TARGET})")


if __name__ == "__main__":
    main()
