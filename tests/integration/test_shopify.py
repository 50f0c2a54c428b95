"""The Shopify gate over payloads of a fictional kitchen shop."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    ChargeKind,
    Discount,
    Order,
    Payment,
    PaymentKind,
    PaymentState,
    Refund,
    RefundLine,
)
from postpurchase.domain.shipment import Eta, Flag, Scan, Scanned, Shipment, Stage
from postpurchase.errors import OddPayload, UnreadablePayload
from postpurchase.integrations import shopify

Json = dict[str, object]
EXAMPLE = Path(__file__).parents[2] / "examples" / "data" / "order.json"


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


def test_a_line_says_what_it_is() -> None:
    found, issues = read(
        order(
            line_items=[
                line(
                    variant_title="20 cm / black",
                    product_id=71,
                    variant_id=711,
                    grams=900,
                    requires_shipping=False,
                    gift_card=True,
                    properties=[{"name": "engraving", "value": "A"}],
                    tax_lines=[
                        {"title": "GST", "price": "18.00", "rate": 0.18},
                        {"title": "Nothing", "price": "0.00", "rate": 0},
                    ],
                )
            ]
        )
    )
    (knife,) = found.lines
    assert (knife.id, knife.sku, knife.title) == ("501", "KNIFE", "Knife set")
    assert (knife.product, knife.variant, knife.grams) == ("71", "711", 900)
    assert knife.options == {"option1": "20 cm", "option2": "black"}
    assert knife.properties == {"engraving": "A"}
    assert (knife.requires_shipping, knife.gift_card) == (False, True)
    (tax,) = knife.taxes
    assert (tax.title, tax.amount, tax.rate) == ("GST", inr("18"), Decimal("0.18"))
    assert issues == []


def test_lines_without_an_id_or_a_price_are_kept_apart() -> None:
    found, _ = read(order(line_items=[{"name": "Knife"}, {"title": "Board", "quantity": 2}]))
    assert [(each.id, each.title, each.quantity) for each in found.lines] == [
        ("line0", "Knife", 1),
        ("line1", "Board", 2),
    ]
    assert found.total == inr("0")


def test_discounts_are_named_by_their_application() -> None:
    allocations = [
        {"amount": "5.00", "discount_application_index": 0},
        {"amount": "3.00", "discount_application_index": 1},
        {"amount": "1.00", "discount_application_index": 9},
        {"amount": "0.00", "discount_application_index": 0},
    ]
    applications = [{"code": "TEN"}, {"title": "Loyal"}]
    found, _ = read(
        order(
            line_items=[line(discount_allocations=allocations)],
            discount_applications=applications,
            discount_codes=[{"code": "TEN"}, {"code": ""}],
        )
    )
    assert found.lines[0].discounts == (
        Discount(amount=inr("5"), code="TEN"),
        Discount(amount=inr("3"), title="Loyal"),
        Discount(amount=inr("1")),
    )
    assert found.codes == ("TEN",)


def test_a_discount_given_for_the_order_alone_is_spread_and_told() -> None:
    lines = [line(id=n) for n in range(3)]
    found, issues = read(
        order(line_items=lines, total_discounts="10.00", discount_codes=[{"code": "TEN"}])
    )
    assert [each.discount.minor for each in found.lines] == [334, 333, 333]
    assert {each.code for every in found.lines for each in every.discounts} == {"TEN"}
    assert issues == ["$.line_items"]


def test_a_discount_that_no_line_can_bear_is_told_and_left_out() -> None:
    found, issues = read(order(total_discounts="100.01"))
    assert found.discount == inr("0")
    assert issues == ["$.total_discounts"]
    assert [each.total for each in shopify.reconcile(found)] == ["discounts"]


def test_a_discount_spread_over_a_free_line_leaves_it_alone() -> None:
    lines = [line(id=1), line(id=2, price="0.00")]
    found, _ = read(order(line_items=lines, total_discounts="10.00"))
    assert [each.discounts for each in found.lines] == [(Discount(amount=inr("10")),), ()]


def test_a_tax_given_for_the_order_alone_is_spread_and_told() -> None:
    lines = [line(id=1), line(id=2, price="0.00"), line(id=3, price="200.00")]
    found, issues = read(order(line_items=lines, total_tax="10.00"))
    assert [each.tax.minor for each in found.lines] == [333, 0, 667]
    assert issues == ["$.line_items"]
    found, issues = read(order(line_items=[], total_tax="10.00"))
    assert (found.tax, issues) == (inr("0"), ["$.total_tax"])


def test_shipping_and_other_charges_are_read_apart() -> None:
    shipping = [
        {
            "id": 9,
            "title": "Standard",
            "code": "STD",
            "price": "50.00",
            "discounted_price": "40.00",
            "carrier_identifier": "post",
            "tax_lines": [{"title": "GST", "price": "7.20", "rate": 0.18}],
        },
        {"id": 10, "title": "Removed", "price": "99.00", "is_removed": True},
        {
            "title": "Coded",
            "price": "30.00",
            "discounted_price": "20.00",
            "discount_allocations": [{"amount": "10.00"}],
        },
        {"title": "Free"},
    ]
    found, issues = read(
        order(
            shipping_lines=shipping,
            total_tip_received="12.00",
            original_total_duties_set={"shop_money": {"amount": "20.00"}, "presentment_money": {}},
            original_total_additional_fees_set={"presentment_money": {"amount": "5.00"}},
        )
    )
    post, coded, free = found.shipping
    assert (post.net, post.tax, post.carrier) == (inr("40"), inr("7.20"), "post")
    assert (coded.net, free.net) == (inr("20"), inr("0"))
    assert {each.kind: each.amount for each in found.charges} == {
        ChargeKind.TIP: inr("12"),
        ChargeKind.FEE: inr("5"),
    }
    assert found.total == inr("184.20")
    assert issues == []


def test_duties_that_prices_include_are_no_charge() -> None:
    duties = {"presentment_money": {"amount": "20.00"}}
    found, _ = read(order(original_total_duties_set=duties))
    assert found.charges[0].kind is ChargeKind.DUTY
    included, _ = read(order(original_total_duties_set=duties, duties_included=True))
    assert included.charges == ()


def test_amounts_are_in_the_currency_that_the_customer_paid_in() -> None:
    found, issues = read(
        order(
            presentment_currency="EUR",
            total_price="300.00",
            total_price_set=twice("3.37", "300.00"),
            line_items=[
                line(
                    price="103.00",
                    quantity=3,
                    price_set=twice("1.15", "103.00"),
                    discount_allocations=[{"amount": "9.00", "amount_set": twice("0.08", "9.00")}],
                )
            ],
        )
    )
    assert (found.currency, found.shop_currency) == ("EUR", "INR")
    assert (found.total, found.shop_total) == (Money(337, "EUR"), inr("300"))
    assert found.lines[0].shop_total == inr("300")
    assert shopify.reconcile(found) == ()
    assert issues == []


def test_a_line_without_a_price_in_the_shops_currency_has_no_total_in_it() -> None:
    bare = {"presentment_money": {"amount": "1.15", "currency_code": "EUR"}}
    lines = [{"id": 1, "price_set": bare}]
    found, _ = read(
        {"id": 1, "currency": "INR", "presentment_currency": "EUR", "total_price": None}
        | {"line_items": lines, "created_at": "2026-05-01T10:00:00Z"}
    )
    assert (found.total, found.lines[0].shop_total) == (Money(115, "EUR"), None)


def test_an_order_with_amounts_in_one_currency_only_is_read_in_the_shops() -> None:
    found, issues = read(
        order(
            presentment_currency="EUR",
            total_price_set=twice("1.10", "100.00"),
            line_items=[line(price_set=twice("1.10", "100.00"), tax_lines=[{"price": "18.00"}])],
        )
    )
    assert (found.currency, found.total) == ("INR", inr("118"))
    assert issues == ["$.presentment_currency"]


def test_the_currency_may_stand_on_the_lines_alone() -> None:
    payload = order(line_items=[line(price_set=twice("1.10", "100.00"))])
    del payload["currency"], payload["total_price"]
    found, _ = read({"order": payload})
    assert (found.currency, found.shop_currency, found.total) == ("EUR", "INR", Money(110, "EUR"))


@pytest.mark.parametrize(
    ("price", "minor", "doubts"),
    [
        (100.1, 10010, 0),
        (100, 10000, 0),
        ("100.10", 10010, 0),
        (0.1 + 0.2, 30, 1),
        ("62.6793", 6268, 1),
        ("12,50", 0, 1),
        (True, 0, 1),
        ([], 0, 1),
        (float("nan"), 0, 1),
    ],
)
def test_an_amount_is_read_to_the_cent_or_told(price: object, minor: int, doubts: int) -> None:
    found, issues = read(order(line_items=[line(price=price)]))
    assert found.lines[0].unit_price.minor == minor
    assert issues == ["$.line_items[0].price"] * doubts


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


def test_a_guest_is_known_from_the_order_alone() -> None:
    home = {"first_name": "Asha", "last_name": "Example", "country_code": "IN"}
    parsed = shopify.facts(order(email="asha@example.com", shipping_address=home))
    guest, placed = parsed.value
    assert isinstance(guest, Customer)
    assert isinstance(placed, Order)
    assert (guest.id, guest.guest, guest.email) == ("order:1001", True, "asha@example.com")
    assert (guest.name, guest.country) == ("Asha Example", "IN")
    assert placed.customer == guest.id
    (phoned, _) = shopify.facts(order(phone="+910000000000")).value
    assert isinstance(phoned, Customer)
    assert phoned.phone == "+910000000000"


def test_an_order_of_nobody_belongs_to_nobody() -> None:
    found, _ = read(order())
    assert found.customer is None


def customer(**more: object) -> Json:
    return {
        "id": 31,
        "email": "asha@example.com",
        "first_name": "Asha",
        "last_name": "Example",
        "created_at": "2026-04-01T10:00:00Z",
        "updated_at": "2026-04-02T10:00:00Z",
        **more,
    }


def test_a_customer_is_known_since_their_first_order_at_the_latest() -> None:
    who, _ = shopify.facts(order(customer=customer(), customer_locale="hi")).value
    assert (who.at, who.recorded_at) == (at("2026-04-01T10:00"), at("2026-05-01T10:00"))
    later = customer(created_at="2026-06-01T10:00:00Z", locale="bn", state="enabled")
    who, _ = shopify.facts(order(customer=later)).value
    assert isinstance(who, Customer)
    assert (who.at, who.locale, who.account) == (at("2026-05-01T10:00"), "bn", "31")


def test_a_customer_alone_keeps_addresses_once() -> None:
    home = {"address1": "12 Example Road", "country_code": "IN"}
    second = {"address1": "7 Other Road", "country_code": "BD"}
    payload = customer(default_address=home, addresses=[home, second], tags="a, b")
    who = only({"customer": payload})
    assert isinstance(who, Customer)
    assert (who.country, len(who.addresses), who.tags) == ("IN", 2, ("a", "b"))
    assert who.recorded_at == at("2026-04-02T10:00")
    assert only(payload) == who


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"email_marketing_consent": {"state": "subscribed"}}, ConsentState.GRANTED),
        ({"email_marketing_consent": {"state": "pending"}}, ConsentState.PENDING),
        ({"email_marketing_consent": {"state": "unsubscribed"}}, ConsentState.WITHDRAWN),
        ({"email_marketing_consent": {"state": "redacted"}}, ConsentState.WITHDRAWN),
        ({"email_marketing_consent": {"state": "not_subscribed"}}, None),
        ({"email_marketing_consent": {"state": None}, "accepts_marketing": True}, None),
        ({"accepts_marketing": True}, ConsentState.GRANTED),
        ({"accepts_marketing": False}, None),
    ],
)
def test_what_was_allowed_is_read(given: Json, state: ConsentState | None) -> None:
    parsed = shopify.facts({"customer": customer(**given)})
    consents = [fact for fact in parsed.value if isinstance(fact, Consent)]
    assert [consent.state for consent in consents] == ([state] if state else [])
    assert all(consent.at == at("2026-04-02T10:00") for consent in consents)
    assert parsed.issues == ()


def test_a_consent_says_when_and_how_it_was_given() -> None:
    sms = {
        "state": "subscribed",
        "opt_in_level": "single_opt_in",
        "consent_updated_at": "2026-04-03T10:00:00Z",
        "consent_collected_from": "SHOPIFY",
    }
    (_, consent) = shopify.facts({"customer": customer(sms_marketing_consent=sms)}).value
    assert consent == Consent(
        id="31/sms",
        at=at("2026-04-03T10:00"),
        channel=Channel.SMS,
        state=ConsentState.GRANTED,
        how="shopify",
        evidence="single_opt_in",
    )


def test_an_unknown_state_of_consent_allows_nothing_and_is_told() -> None:
    given = {"state": "maybe"}
    parsed = shopify.facts({"customer": customer(email_marketing_consent=given)})
    assert len(parsed.value) == 1
    assert parsed.issues[0].path == "$.customer.email_marketing_consent.state"


def fulfilment(**more: object) -> Json:
    return {
        "id": 801,
        "order_id": 1001,
        "status": "success",
        "created_at": "2026-05-02T11:00:00Z",
        "updated_at": "2026-05-04T09:15:00Z",
        "tracking_company": "Example Courier",
        "tracking_number": "EX1",
        **more,
    }


def stage_of(**more: object) -> tuple[Stage, str]:
    parcel = only({"fulfillment": fulfilment(**more)})
    assert isinstance(parcel, Shipment)
    return parcel.state.stage, parcel.state.sub


@pytest.mark.parametrize(
    ("said", "stage", "sub"),
    [
        (None, Stage.PICKED_UP, "fulfilled"),
        ("label_printed", Stage.INFO_RECEIVED, ""),
        ("confirmed", Stage.PENDING, ""),
        ("in_transit", Stage.IN_TRANSIT, ""),
        ("out_for_delivery", Stage.OUT_FOR_DELIVERY, ""),
        ("attempted_delivery", Stage.ATTEMPT_FAILED, ""),
        ("ready_for_pickup", Stage.AVAILABLE_FOR_PICKUP, ""),
        ("picked_up", Stage.DELIVERED, "picked_up_by_customer"),
        ("delivered", Stage.DELIVERED, ""),
        ("returning_to_sender", Stage.RETURNING, ""),
        ("failure", Stage.PICKED_UP, "fulfilled"),
    ],
)
def test_what_the_carrier_said_last_is_the_stage(said: str | None, stage: Stage, sub: str) -> None:
    assert stage_of(shipment_status=said) == (stage, sub)


def test_a_fulfilment_that_did_not_succeed_has_not_left() -> None:
    assert stage_of(status="pending") == (Stage.UNKNOWN, "")
    assert stage_of(status="cancelled") == (Stage.CANCELLED, "")


def test_a_delay_is_a_flag() -> None:
    parcel = only({"fulfillment": fulfilment(shipment_status="delayed")})
    assert isinstance(parcel, Shipment)
    assert parcel.scans[-1].flag is Flag.DELAYED
    assert parcel.delayed(at("2026-05-05T00:00"))


def test_an_unknown_status_is_kept_and_told() -> None:
    parsed = shopify.facts({"fulfillments": [fulfilment(shipment_status="beamed")]})
    (parcel,) = parsed.value
    assert isinstance(parcel, Shipment)
    assert parcel.scans[-1].code == "beamed"
    assert parsed.issues[0].path == "$.fulfillments[0].shipment_status"


def test_a_parcel_knows_its_numbers_its_lines_and_when_it_is_due() -> None:
    parcel = only(
        fulfilment(
            tracking_numbers=["EX1", "EX2"],
            tracking_url="https://courier.example.com/EX1",
            line_items=[{"id": 501, "quantity": 1}, {"id": 502, "quantity": 0}],
            estimated_delivery_at="2026-05-06T12:00:00Z",
        )
    )
    assert isinstance(parcel, Shipment)
    assert (parcel.number, parcel.aliases) == ("EX1", ("EX2",))
    assert parcel.lines == {"501": 1}
    assert parcel.eta == Eta.by(at("2026-05-06T12:00"), as_of=at("2026-05-04T09:15"))


def test_a_fulfilment_inside_an_order_takes_what_it_lacks_from_it() -> None:
    parsed = shopify.facts(order(fulfillments=[{"id": 801, "status": "success"}]))
    parcel = parsed.value[-1]
    assert isinstance(parcel, Shipment)
    assert (parcel.order, parcel.at) == ("1001", at("2026-05-01T10:00"))


def test_an_event_alone_is_read_as_part_of_its_parcel() -> None:
    event = {
        "id": 9,
        "fulfillment_id": 801,
        "order_id": 1001,
        "status": "delivered",
        "happened_at": "2026-05-05T10:00:00Z",
        "created_at": "2026-05-05T11:00:00Z",
        "city": "Pune",
        "country": "IN",
        "message": "Handed over",
        "estimated_delivery_at": "2026-05-06T10:00:00Z",
    }
    scanned = only(event)
    assert scanned == only({"fulfillment_event": event})
    assert isinstance(scanned, Scanned)
    assert scanned.scan == Scan(
        id="9",
        at=at("2026-05-05T10:00"),
        recorded_at=at("2026-05-05T11:00"),
        stage=Stage.DELIVERED,
        code="delivered",
        place="Pune, IN",
        text="Handed over",
    )
    (parcel,) = History.of(only(fulfilment()), scanned).shipments
    assert parcel.delivered_at == at("2026-05-05T10:00")


def refund(**more: object) -> Json:
    return {
        "id": 901,
        "order_id": 1001,
        "created_at": "2026-05-08T10:00:00Z",
        "note": "A crack",
        "refund_line_items": [
            {"line_item_id": 501, "quantity": 1, "subtotal": 80.5, "total_tax": 4.1}
        ],
        **more,
    }


def paid_back(amount: str, **more: object) -> Json:
    return {"kind": "refund", "status": "success", "amount": amount, "currency": "INR", **more}


def refund_of(**more: object) -> tuple[Refund, list[str]]:
    parsed = shopify.facts({"refund": refund(**more)})
    (found,) = parsed.value
    assert isinstance(found, Refund)
    return found, [issue.path for issue in parsed.issues]


def test_a_refund_is_what_its_transactions_moved() -> None:
    moved = [paid_back("50.00"), paid_back("5.25"), paid_back("9.99", status="pending")]
    found, issues = refund_of(transactions=moved)
    assert (found.amount, found.reason, issues) == (inr("55.25"), "A crack", [])
    (part,) = found.lines
    assert (part.amount, part.tax, part.quantity) == (inr("80.50"), inr("4.10"), 1)


def test_a_refund_without_transactions_is_worth_its_parts_and_says_so() -> None:
    parsed = shopify.facts(order(refunds=[refund()]))
    (found,) = [fact for fact in parsed.value if isinstance(fact, Order)]
    assert found.refunded == inr("84.60")
    assert [issue.path for issue in parsed.issues] == ["$.refunds[0].transactions"]
    gross, _ = read(order(refunds=[refund()], taxes_included=True))
    assert gross.refunded == inr("80.50")


def test_shipping_and_adjustments_of_a_refund_stand_apart() -> None:
    adjustments = [
        {"kind": "shipping_refund", "amount": "-5.00", "tax_amount": "-0.90"},
        {"kind": "refund_discrepancy", "amount": "2.00", "tax_amount": "0.00"},
    ]
    found, _ = refund_of(transactions=[paid_back("88.50")], order_adjustments=adjustments)
    assert found.shipping == inr("5.90")
    assert found.declared == {"adjustments": inr("-2")}
    placed, _ = read(
        order(refunds=[refund(transactions=[paid_back("88.50")], order_adjustments=adjustments)])
    )
    assert [str(each) for each in shopify.reconcile(placed)] == []
    lines = [{"subtotal_amount_set": {"shop_money": {"amount": "7.00", "currency_code": "INR"}}}]
    alone, _ = refund_of(transactions=[paid_back("7.00")], refund_shipping_lines=lines)
    assert alone.shipping is None


def test_a_refund_of_money_alone_has_nothing_to_reconcile() -> None:
    given = refund(refund_line_items=[], transactions=[paid_back("3.00")])
    placed, _ = read(order(refunds=[given]))
    assert placed.refunded == inr("3")
    assert shopify.reconcile(placed) == ()


def test_a_refund_in_the_shops_currency_is_worth_its_parts_in_the_customers() -> None:
    back = refund(
        refund_line_items=[
            {
                "line_item_id": 501,
                "quantity": 1,
                "restock_type": "return",
                "subtotal_set": twice("1.10", "100.00"),
                "total_tax_set": twice("0.20", "18.00"),
            }
        ],
        transactions=[paid_back("118.00")],
    )
    placed, issues = read(
        order(
            presentment_currency="EUR",
            total_price_set=twice("1.10", "100.00"),
            line_items=[line(price_set=twice("1.10", "100.00"))],
            refunds=[back],
        )
    )
    (found,) = placed.refunds
    assert (found.amount, found.shop_amount) == (Money(130, "EUR"), inr("118"))
    assert found.lines[0].restocked
    assert issues == ["$.refunds[0].transactions"]


@pytest.mark.parametrize(
    ("given", "state", "kind"),
    [
        ({"kind": "sale", "status": "success"}, PaymentState.CAPTURED, PaymentKind.OTHER),
        ({"kind": "void", "status": "success"}, PaymentState.VOIDED, PaymentKind.OTHER),
        ({"kind": "sale", "status": "pending"}, PaymentState.PENDING, PaymentKind.OTHER),
        ({"kind": "sale", "status": "failure"}, PaymentState.FAILED, PaymentKind.OTHER),
        (
            {"kind": "sale", "status": "success", "gateway": "gift_card"},
            PaymentState.CAPTURED,
            PaymentKind.GIFT_CARD,
        ),
        (
            {"kind": "sale", "status": "success", "payment_details": {"credit_card_company": "V"}},
            PaymentState.CAPTURED,
            PaymentKind.CARD,
        ),
    ],
)
def test_a_transaction_is_a_payment(given: Json, state: PaymentState, kind: PaymentKind) -> None:
    payment = only(
        {
            "transaction": {
                "id": 7,
                "order_id": 1001,
                "amount": "100.00",
                "currency": "INR",
                "created_at": "2026-05-01T10:00:00Z",
                **given,
            }
        }
    )
    assert isinstance(payment, Payment)
    assert (payment.state, payment.kind, payment.amount) == (state, kind, inr("100"))
    assert payment.order == "1001"


def test_an_unknown_kind_of_transaction_pays_nothing_and_is_told() -> None:
    parsed = shopify.facts(
        {"id": 7, "order_id": 1001, "kind": "barter", "gateway": "x", "currency": "INR"}
    )
    (payment,) = parsed.value
    assert isinstance(payment, Payment)
    assert (payment.state, payment.amount) == (PaymentState.PENDING, inr("0"))
    assert [issue.path for issue in parsed.issues] == ["$.kind"]


def test_payments_inside_an_order_are_its_own_and_refunds_are_not_counted_twice() -> None:
    sale = {"id": 7, "kind": "sale", "status": "success", "amount": "100.00", "currency": "INR"}
    found, _ = read(order(transactions=[sale, {**sale, "id": 8, "kind": "refund"}]))
    assert found.paid == inr("100")
    assert [each.id for each in found.payments] == ["7"]


def test_a_payment_in_another_currency_is_kept_and_not_counted() -> None:
    sale = {"id": 7, "kind": "sale", "status": "success", "amount": "1.00", "currency": "EUR"}
    found, _ = read(order(transactions=[sale]))
    assert found.payments[0].amount == Money(100, "EUR")
    assert found.paid == inr("0")


def test_a_refund_in_another_currency_is_not_reconciled() -> None:
    found, _ = read(order())
    part = RefundLine(line="501", amount=Money(100, "EUR"))
    back = Refund(id="r", at=found.at, amount=Money(90, "EUR"), lines=(part,))
    assert shopify.reconcile(evolve(found, refunds=(back,))) == ()


@pytest.mark.parametrize("part", ["refunds", "fulfillments", "transactions"])
def test_a_part_without_an_id_leaves_the_order(part: str) -> None:
    found, issues = read(order(**{part: [{"order_id": 1001}]}))
    assert found.total == inr("100")
    assert issues == [f"$.{part}[0].id"]


def test_two_lines_of_one_id_are_told_apart() -> None:
    found, issues = read(order(line_items=[line(), line(), line(id=7)]))
    assert [each.id for each in found.lines] == ["501", "501#1", "7"]
    assert found.total == inr("300")
    assert issues == ["$.line_items[1].id"]


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
