"""What the lines of a Shopify order come to, in which currency."""

from decimal import Decimal

import pytest

from postpurchase.domain.money import Money
from postpurchase.domain.order import ChargeKind, Discount
from postpurchase.integrations import shopify
from shopify_payloads import inr, line, order, read, twice


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


def test_two_lines_of_one_id_are_told_apart() -> None:
    found, issues = read(order(line_items=[line(), line(), line(id=7)]))
    assert [each.id for each in found.lines] == ["501", "501#1", "7"]
    assert found.total == inr("300")
    assert issues == ["$.line_items[1].id"]


@pytest.mark.parametrize(
    ("given", "units", "doubts"),
    [
        (3, 3, []),
        (None, 1, []),
        ("3", 3, ["quantity"]),
        (3.0, 3, ["quantity"]),
        (2.5, 1, ["quantity"]),
        (-2, 1, ["quantity"]),
        (True, 1, ["quantity"]),
        ("٣", 1, ["quantity"]),
        ("9" * 19, 1, ["quantity"]),
        ([3], 1, ["quantity"]),
    ],
)
def test_units_are_read_or_told(given: object, units: int, doubts: list[str]) -> None:
    found, issues = read(order(line_items=[line(quantity=given)]))
    assert found.lines[0].quantity == units
    assert issues == [f"$.line_items[0].{each}" for each in doubts]
