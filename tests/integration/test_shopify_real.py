"""Shopify's own sample payloads, with totals written here by hand."""

import json
from pathlib import Path

import pytest

from postpurchase.domain.customer import Customer
from postpurchase.domain.fact import Fact
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order, Payment, PaymentState, Refund
from postpurchase.domain.shipment import Scanned, Shipment, Stage
from postpurchase.errors import UnreadablePayload
from postpurchase.integrations import shopify

THREE_PLAYERS = {
    "lines": "597.00",
    "discount": "10.00",
    "tax": "11.94",
    "shipping": "0.00",
    "total": "598.94",
}
ORDERS: dict[str, dict[str, str]] = {
    "order_partially_refunded": {**THREE_PLAYERS, "refunded": "209.00"},
    "webhook_orders_updated": {**THREE_PLAYERS, "refunded": "209.00"},
    "orders_list_authorized": {**THREE_PLAYERS, "refunded": "209.00"},
    "order_cancelled_refunded": {**THREE_PLAYERS, "refunded": "10.00"},
    "order_partial_fields": {**THREE_PLAYERS, "refunded": "0.00"},
    "order_paid_eur": {
        "lines": "224.97",
        "discount": "0.00",
        "tax": "13.50",
        "shipping": "0.00",
        "total": "238.47",
        "refunded": "0.00",
    },
    "order_fulfilled": {
        "lines": "199.00",
        "discount": "0.00",
        "tax": "0.00",
        "shipping": "0.00",
        "total": "199.00",
        "refunded": "0.00",
    },
    "webhook_orders_create": {
        "lines": "199.00",
        "discount": "17.91",
        "tax": "0.00",
        "shipping": "0.00",
        "total": "181.09",
        "refunded": "0.00",
    },
    "legacy_order_compact_2016": {
        "lines": "5.00",
        "discount": "5.00",
        "tax": "0.00",
        "shipping": "10.00",
        "total": "10.00",
        "refunded": "0.00",
    },
}
NONE = {
    "draft_order": "this is a draft",
    "legacy_draft_order": "this is a draft",
    "gift_cards": "gift cards are not read",
    "fulfillment_orders_list": "this only asks for one",
    "fulfillment_order_cancelled_replacement": "this only asks for one",
    "refund_calculate_one_line": "only calculated",
    "legacy_refund_calculate": "only calculated",
    "graphql_order_derived": "GraphQL",
}
OTHERS: dict[str, tuple[type[Fact], ...]] = {
    "customer": (Customer,),
    "refunds_list": (Refund,),
    "refund_shipping_only": (Refund,),
    "fulfillments_list": (Shipment,),
    "fulfillment_create_response": (Shipment,),
    "legacy_fulfillment": (Shipment,),
    "fulfillment_event": (Scanned,),
    "transactions_list": (Payment, Payment, Payment),
}


@pytest.fixture(name="folder", scope="module")
def _folder(real_data: Path) -> Path:
    return real_data / "payloads" / "shopify"


def parsed(folder: Path, name: str) -> shopify.Parsed[tuple[Fact, ...]]:
    return shopify.facts(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))


def order_of(folder: Path, name: str) -> Order:
    (order,) = [fact for fact in parsed(folder, name).value if isinstance(fact, Order)]
    return order


def test_every_sample_is_named_here(folder: Path) -> None:
    names = {path.stem for path in folder.glob("*.json")}
    assert names == {*ORDERS, *NONE, *OTHERS, "shipping_line"}


@pytest.mark.parametrize("name", ORDERS)
def test_the_totals_of_every_order_are_those_written_by_hand(folder: Path, name: str) -> None:
    order = order_of(folder, name)
    found = {
        "lines": order.subtotal,
        "discount": order.discount,
        "tax": order.tax,
        "shipping": order.shipping_total,
        "total": order.total,
        "refunded": order.refunded,
    }
    assert {total: str(money.amount) for total, money in found.items()} == ORDERS[name]


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_order_that_was_placed_gives_nothing_and_says_why(
    folder: Path, name: str
) -> None:
    answer = parsed(folder, name)
    assert answer.value == ()
    assert any(NONE[name] in issue.expected for issue in answer.issues)


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_sample_gives_its_facts_without_a_doubt(folder: Path, name: str) -> None:
    answer = parsed(folder, name)
    assert tuple(type(fact) for fact in answer.value) == OTHERS[name]
    assert answer.issues == ()


def test_a_shipping_line_alone_is_no_order(folder: Path) -> None:
    with pytest.raises(UnreadablePayload, match=r"^\$: expected an order, or one of its parts"):
        parsed(folder, "shipping_line")


def test_reconciling_the_partially_refunded_order_names_what_disagrees(folder: Path) -> None:
    order = order_of(folder, "order_partially_refunded")
    assert [str(each) for each in shopify.reconcile(order)] == [
        "subtotal 597.00 USD against 587.00 USD",
        "refund 509562969 209.00 USD against 399.29 USD",
    ]


@pytest.mark.parametrize(
    "name",
    ["order_paid_eur", "order_fulfilled", "webhook_orders_create", "legacy_order_compact_2016"],
)
def test_orders_that_add_up_have_nothing_to_reconcile(folder: Path, name: str) -> None:
    assert shopify.reconcile(order_of(folder, name)) == ()


def test_the_cents_of_a_discount_stay_on_their_lines(folder: Path) -> None:
    order = order_of(folder, "order_partially_refunded")
    cents = [line.discount.minor for line in order.lines]
    assert cents == [334, 333, 333]
    assert {line.discounts[0].code for line in order.lines} == {"TENOFF"}
    assert [line.sku for line in order.kept_lines] == ["IPOD2008RED"]


def test_floats_among_strings_are_read_to_the_cent(folder: Path) -> None:
    (refund,) = order_of(folder, "order_partially_refunded").refunds
    assert [(line.amount, line.tax) for line in refund.lines] == [
        (Money(19566, "USD"), Money(398, "USD")),
        (Money(19567, "USD"), Money(398, "USD")),
    ]


def test_a_failed_fulfilment_is_not_a_failed_delivery(folder: Path) -> None:
    facts = parsed(folder, "order_partially_refunded").value
    (parcel,) = [fact for fact in facts if isinstance(fact, Shipment)]
    assert parcel.state.stage is Stage.UNKNOWN
    assert (parcel.carrier, parcel.number) == ("USPS", "1Z1234512345123456")
    assert parcel.lines == {"466157049": 1}


def test_a_partial_order_is_read_as_long_ago_and_says_so(folder: Path) -> None:
    answer = parsed(folder, "order_partial_fields")
    assert [issue.path for issue in answer.issues] == ["$.order.created_at"]
    assert order_of(folder, "order_partial_fields").at.year == 1970


def test_a_cancelled_order_is_cancelled(folder: Path) -> None:
    order = order_of(folder, "order_cancelled_refunded")
    assert order.cancelled
    assert order.cancellations[0].reason == "other"
    assert order_of(folder, "legacy_order_compact_2016").cancelled


def test_a_refund_of_shipping_is_for_shipping(folder: Path) -> None:
    (refund,) = parsed(folder, "refund_shipping_only").value
    assert isinstance(refund, Refund)
    assert (refund.amount, refund.shipping) == (Money(500, "USD"), Money(500, "USD"))
    assert (refund.order, refund.lines) == ("450789469", ())


def test_transactions_say_how_far_they_got(folder: Path) -> None:
    payments = parsed(folder, "transactions_list").value
    assert [each.state for each in payments if isinstance(each, Payment)] == [
        PaymentState.REFUNDED,
        PaymentState.AUTHORIZED,
        PaymentState.CAPTURED,
    ]


def test_an_order_without_a_customer_or_an_address_belongs_to_nobody(folder: Path) -> None:
    answer = parsed(folder, "order_paid_eur")
    assert [type(fact) for fact in answer.value] == [Order]
    assert order_of(folder, "order_paid_eur").customer is None
