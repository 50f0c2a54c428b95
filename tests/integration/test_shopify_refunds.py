"""What Shopify says of money that came and went."""

import pytest
from attrs import evolve

from postpurchase.domain.money import Money
from postpurchase.domain.order import Order, Payment, PaymentKind, PaymentState, Refund, RefundLine
from postpurchase.integrations import shopify
from shopify_payloads import Json, inr, line, only, order, read, twice


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
