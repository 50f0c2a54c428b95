"""The Shopify gate over payloads of a fictional kitchen shop."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.shipment import Stage
from postpurchase.errors import OddPayload, UnreadablePayload
from postpurchase.integrations import shopify
from shopify_payloads import Json, at, inr, line, order, read

EXAMPLE = Path(__file__).parents[2] / "examples" / "data" / "order.json"


def test_the_example_is_read_without_a_doubt_and_adds_up() -> None:
    parsed = shopify.facts(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    history = History.of(*parsed.strict())
    old, new = history.orders
    assert [shopify.reconcile(each) for each in (old, new)] == [(), ()]
    assert (new.total, new.paid, new.refunded) == (inr("5797"), inr("5797"), inr("1276.60"))
    assert [each.title for each in new.kept_lines] == ["Knife set"]
    assert old.fully_refunded
    (parcel,) = history.shipments
    assert parcel.state.shipped_at == at("2026-05-02T11:00")
    assert parcel.delivered_at == at("2026-05-04T09:15")
    assert history.customer is not None
    assert (history.customer.locale, history.customer.name) == ("hi", "आशा उदाहरण")
    (consent,) = history.all(Consent)
    assert (consent.channel, consent.state) == (Channel.EMAIL, ConsentState.GRANTED)


def test_the_example_knows_at_each_instant_only_what_was_known() -> None:
    history = History.of(*shopify.facts(json.loads(EXAMPLE.read_text(encoding="utf-8"))).value)
    placed = history.until(at("2026-05-01T05:00"))
    assert [len(each.refunds) for each in placed.orders] == [0, 0]
    assert placed.shipments == ()
    assert history.until(at("2026-05-03T00:00")).shipments[0].state.stage is Stage.PICKED_UP


def test_reading_changes_nothing_and_gives_the_same_again() -> None:
    payload = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    before = deepcopy(payload)
    assert shopify.facts(payload) == shopify.facts(payload)
    assert payload == before


def test_an_order_comes_in_an_envelope_in_a_list_and_bare() -> None:
    bare = read(order())
    assert bare == read({"order": order()})
    assert bare == read({"orders": [order()]})
    assert bare[1] == []


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ([], r"^\$: expected a JSON object, got a list$"),
        ({}, r"^\$: expected an order, or one of its parts, as Shopify sends it, got nothing$"),
        ({"b": 1, "a": 2}, r"^\$: expected an order.* got a, b$"),
        ({"order": None}, r"^\$.order: expected an object, got None$"),
        ({"order": {"total_price": "1"}}, r"^\$.order.id: expected an id, got nothing$"),
        ({"order": {"id": 1}}, r"^\$.order.currency: expected an ISO 4217 code, got ''$"),
        (
            {"order": {"id": 1, "currency": "RUPEE"}},
            r"^\$.order.currency: expected an ISO 4217 code, got 'RUPEE'$",
        ),
        ({"refund": {"id": 1, "currency": "INR"}}, r"^\$.refund.order_id: expected an id"),
        (
            {"fulfillment_event": {"id": 1, "status": "delivered"}},
            r"^\$.fulfillment_event.happened_at: expected an instant",
        ),
    ],
)
def test_what_is_no_order_at_all_is_an_error_with_its_path(payload: object, message: str) -> None:
    with pytest.raises(UnreadablePayload, match=message) as caught:
        shopify.facts(payload)
    assert caught.value.path.startswith("$")


def test_one_bad_order_of_a_list_leaves_the_others() -> None:
    parsed = shopify.facts({"orders": [order(), {"currency": "INR"}, 7]})
    assert len(parsed.value) == 1
    assert [str(issue) for issue in parsed.issues] == [
        "$.orders[2]: expected an object, got 7",
        "$.orders[1].id: expected an id, got None",
    ]


def test_what_is_not_known_in_an_envelope_is_told() -> None:
    _, issues = read({"order": order(), "notice": "Order has been cancelled"})
    assert issues == ["$.notice"]


def test_a_draft_sent_bare_says_that_it_is_a_draft() -> None:
    parsed = shopify.facts({"id": 1, "invoice_url": "https://shop.example.com", "line_items": []})
    assert parsed.value == ()
    assert parsed.issues[0].expected == "an order that was placed; this is a draft"


def test_strict_turns_doubts_into_one_group_of_errors() -> None:
    parsed = shopify.facts({"order": order(tags=1.5, note=False)})
    with pytest.raises(ExceptionGroup, match="the payload looks odd") as caught:
        parsed.strict()
    errors = [error for error in caught.value.exceptions if isinstance(error, OddPayload)]
    assert [(error.path, error.expected, error.got) for error in errors] == [
        ("$.order.note", "text", "False"),
        ("$.order.tags", "text", "1.5"),
    ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"line_items": [line(quantity=-1)]}, "$.line_items[0].quantity"),
        ({"line_items": [line(quantity="1")]}, "$.line_items[0].quantity"),
        ({"line_items": [line(gift_card="no")]}, "$.line_items[0].gift_card"),
        ({"line_items": {}}, None),
        ({"line_items": "none"}, "$.line_items"),
        (
            {"line_items": [line(tax_lines=[{"price": "1", "rate": "x"}])]},
            _TAX := "$.line_items[0].tax_lines[0].rate",
        ),
        ({"line_items": [line(tax_lines=[{"price": "1", "rate": True}])]}, _TAX),
        ({"line_items": [line(tax_lines=[{"price": "1", "rate": "NaN"}])]}, _TAX),
        ({"customer": 7}, "$.customer"),
        ({"updated_at": "yesterday"}, "$.updated_at"),
        ({"updated_at": 7}, "$.updated_at"),
        ({"updated_at": "0001-01-01T00:00:00+14:00"}, "$.updated_at"),
        ({"updated_at": "2026-05-01T10:00:00"}, "$.updated_at"),
        ({"tags": ["a", "b", None]}, None),
    ],
)
def test_what_is_odd_is_told_with_its_path(changes: Json, path: str | None) -> None:
    _, issues = read(order(**changes))
    assert issues == ([path] if path else [])


def test_what_is_odd_is_told_in_short() -> None:
    parsed = shopify.facts(order(note={"long": "x" * 200}))
    assert parsed.issues[0].got.endswith("...")
    assert len(parsed.issues[0].got) < 70


def test_what_surrounds_an_order_is_kept() -> None:
    home = {"first_name": "Asha", "last_name": "Example", "address1": "12 Example Road"}
    found, _ = read(
        order(
            name="#1001",
            order_number=1001,
            source_name="web",
            customer_locale="hi-IN",
            contact_email="asha@example.com",
            note="Ring twice",
            tags="gift, first",
            note_attributes=[{"name": "colour", "value": "green"}],
            order_status_url="https://shop.example.com/orders/1",
            shipping_address={**home, "address2": "", "zip": "411001", "province": "Maharashtra"},
            billing_address={**home, "name": "A. Example", "province_code": "MH"},
            updated_at="2026-05-02T10:00:00+05:30",
        )
    )
    assert (found.number, found.channel, found.locale) == ("#1001", "web", "hi-IN")
    assert (found.email, found.note, found.tags) == (
        "asha@example.com",
        "Ring twice",
        ("gift", "first"),
    )
    assert found.attributes == {"colour": "green"}
    assert found.updated_at == at("2026-05-02T04:30")
    assert found.ship_to is not None
    assert (found.ship_to.name, found.ship_to.lines) == ("Asha Example", ("12 Example Road",))
    assert (found.ship_to.region, found.ship_to.postcode) == ("Maharashtra", "411001")
    assert found.bill_to is not None
    assert (found.bill_to.name, found.bill_to.region) == ("A. Example", "MH")
    assert read(order(order_number=1001))[0].number == "1001"


@pytest.mark.parametrize("part", ["refunds", "fulfillments", "transactions"])
def test_a_part_without_an_id_leaves_the_order(part: str) -> None:
    found, issues = read(order(**{part: [{"order_id": 1001}]}))
    assert found.total == inr("100")
    assert issues == [f"$.{part}[0].id"]


def test_a_cancelled_order_is_cancelled_when_it_was() -> None:
    found, _ = read(order(cancelled_at="2026-05-01T11:00:00Z", cancel_reason="customer"))
    assert found.cancelled
    assert found.cancellations[0].reason == "customer"
    assert not found.until(at("2026-05-01T10:30")).cancelled


def test_an_order_without_an_instant_is_read_as_long_ago() -> None:
    found, issues = read(order(created_at=None, processed_at="2026-05-01T10:00:00Z"))
    assert (found.at, issues) == (at("2026-05-01T10:00"), [])
    found, issues = read(order(created_at=None))
    assert (found.at, issues) == (at("1970-01-01T00:00"), ["$.created_at"])


def test_a_later_payload_of_an_order_replaces_an_earlier_one() -> None:
    before, _ = read(order(updated_at="2026-05-01T10:00:00Z"))
    after, _ = read(order(updated_at="2026-05-02T10:00:00Z", note="Ring twice"))
    assert History.of(after, before).orders == (after,)
    assert History.of(before, after).orders == (after,)
