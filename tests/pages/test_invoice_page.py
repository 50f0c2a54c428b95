"""Invoices and credit notes, to the minor unit."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from postpurchase.domain.customer import Address, Customer
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    Charge,
    ChargeKind,
    Discount,
    Line,
    Order,
    Payment,
    PaymentState,
    Refund,
    RefundLine,
    Shipping,
    Tax,
)
from postpurchase.errors import NotKept
from postpurchase.messages import Digits, Voice
from postpurchase.pages import Invoice, Pages, Paper
from postpurchase.testing import sample

ORDERED = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def tax(minor: int, rate: str = "0.19", title: str = "VAT") -> Tax:
    return Tax(amount=eur(minor), title=title, rate=Decimal(rate))


BOOK = Line(sku="B", title="Book", unit_price=eur(1070), quantity=2, taxes=(tax(140, "0.07"),))
PAN = Line(
    sku="P",
    title="Pan",
    unit_price=eur(2380),
    discounts=(Discount(amount=eur(190), code="HELLO"),),
    taxes=(tax(350),),
)
ORDER = Order(
    id="o1",
    number="#1001",
    at=ORDERED,
    currency="EUR",
    lines=(BOOK, PAN),
    shipping=(Shipping(price=eur(595), taxes=(tax(95),)),),
    charges=(Charge(kind=ChargeKind.TIP, amount=eur(200)),),
    taxes_included=True,
)


def invoiced(pages: Pages, order: Order = ORDER, *more: Customer) -> Invoice:
    at = order.at + 30 * DAY
    return pages.invoice(History.of(order, *more), order=order.id, number="INV-7", at=at)


def credited(pages: Pages, refund: Refund, order: Order = ORDER) -> Invoice:
    whole = evolve(order, refunds=(refund,))
    return pages.credit_note(
        History.of(whole),
        order=order.id,
        refund=refund.id,
        number="CN-1",
        corrects="INV-7",
        at=ORDERED + 30 * DAY,
    )


def test_an_invoice_says_who_sold_what_to_whom(pages: Pages) -> None:
    bill_to = Address(name="Asha Rao", lines=("4 Hill Street",), city="Mumbai", country="IN")
    page = invoiced(pages, evolve(ORDER, bill_to=bill_to))
    assert (page.title, page.number, page.order) == ("Invoice INV-7", "INV-7", "#1001")
    assert page.paper is Paper.INVOICE
    assert page.at.text == "April 1, 2026"
    assert page.buyer == ("Asha Rao", "4 Hill Street", "Mumbai", "India")
    html = pages.html(page)
    for part in ("Kitchen &amp; Co Ltd", "GSTIN 27ABCDE1234F1Z5", "12 Lake Road", "Asha Rao"):
        assert part in html


def test_rates_stand_apart_and_add_up(pages: Pages) -> None:
    page = invoiced(pages)
    assert [(row.title, row.rate, row.amount.minor) for row in page.rows] == [
        ("Book", "7%", 2140),
        ("Pan", "19%", 2190),
        ("Delivery", "19%", 595),
        ("Tip", "", 200),
    ]
    assert [(each.name, each.rate, each.base.minor, each.tax.minor) for each in page.taxes] == [
        ("VAT", "7%", 2000, 140),
        ("VAT", "19%", 2340, 445),
        ("No tax", "", 200, 0),
    ]
    assert [each.share for each in page.taxes] == ["0.07", "0.19", ""]
    assert (page.net.minor, page.tax.minor, page.total.minor) == (4540, 585, 5125)
    assert page.total.minor == ORDER.total.minor
    assert page.note == "Prices include tax."


def test_a_discount_is_shown_beside_what_it_is_taken_off(pages: Pages) -> None:
    pan = invoiced(pages).rows[1]
    assert pan.discount is not None
    assert pan.unit is not None
    assert (pan.unit.minor, pan.discount.minor, pan.amount.minor) == (2380, -190, 2190)
    assert invoiced(pages).rows[2].discount is None
    off = Shipping(price=eur(500), title="Express", discounts=(Discount(amount=eur(200)),))
    less = invoiced(pages, evolve(ORDER, shipping=(off,))).rows[2]
    assert less.discount is not None
    assert (less.title, less.discount.minor, less.amount.minor) == ("Express", -200, 300)


def test_taxes_on_top_are_added(pages: Pages) -> None:
    page = invoiced(pages, evolve(ORDER, taxes_included=False))
    assert (page.net.minor, page.tax.minor, page.total.minor) == (5125, 585, 5710)
    assert page.taxes[0].base.minor == 2140
    assert page.note == "Tax is added to the prices."


def test_two_taxes_of_one_line_have_its_base_each(pages: Pages) -> None:
    halves = (tax(90, "0.09", "CGST"), tax(90, "0.09", "SGST"))
    line = evolve(PAN, unit_price=eur(1000), discounts=(), taxes=halves)
    order = Order(id="o1", at=ORDERED, currency="EUR", lines=(line,))
    page = invoiced(pages, order)
    assert page.rows[0].rate == "9% + 9%"
    assert [(each.name, each.base.minor, each.tax.minor) for each in page.taxes] == [
        ("CGST", 1000, 90),
        ("SGST", 1000, 90),
    ]


def test_a_tax_without_name_or_rate_is_a_tax_all_the_same(pages: Pages) -> None:
    wrap = Charge(kind=ChargeKind.GIFT_WRAP, amount=eur(300), title="Kraft", tax=eur(57))
    order = Order(id="o1", at=ORDERED, currency="EUR", lines=(), charges=(wrap,))
    page = invoiced(pages, order)
    assert (page.rows[0].title, page.rows[0].rate) == ("Kraft", "")
    assert [(each.name, each.rate, each.tax.minor) for each in page.taxes] == [("Tax", "", 57)]


def test_without_taxes_there_is_no_table_of_them(pages: Pages) -> None:
    page = invoiced(pages, sample.order())
    assert (page.taxes, page.note, page.tax.minor) == ((), "", 0)
    assert "Tax rate" not in pages.html(page)


def test_what_was_paid_and_what_is_due(pages: Pages) -> None:
    assert (invoiced(pages).paid, invoiced(pages).due) == (None, None)
    part = Payment(id="p1", at=ORDERED, amount=eur(2000))
    page = invoiced(pages, evolve(ORDER, payments=(part,)))
    assert page.paid is not None
    assert page.due is not None
    assert (page.paid.minor, page.due.minor) == (2000, 3125)
    waits = evolve(part, state=PaymentState.PENDING)
    page = invoiced(pages, evolve(ORDER, payments=(waits,)))
    assert page.due is not None
    assert (page.paid, page.due.minor) == (None, 5125)
    whole = evolve(part, amount=ORDER.total)
    page = invoiced(pages, evolve(ORDER, payments=(whole,)))
    assert page.due is None
    assert "Still to pay" not in pages.html(page)


def test_refunds_are_told_by_their_day(pages: Pages) -> None:
    late, early = (Refund(id=f"r{n}", at=ORDERED + n * DAY, amount=eur(n * 100)) for n in (2, 1))
    page = invoiced(pages, evolve(ORDER, refunds=(late, early)))
    assert [(each.day.text, each.amount.minor) for each in page.refunds] == [
        ("March 3, 2026", 100),
        ("March 4, 2026", 200),
    ]
    assert "Refunded" in pages.html(page)
    assert page.total.minor == ORDER.total.minor  # an invoice stays what it was


def test_the_buyer_is_who_the_order_or_the_customer_says(pages: Pages) -> None:
    home = Address(name="Asha", city="Pune", country="IN")
    assert invoiced(pages, evolve(ORDER, ship_to=home)).buyer[0] == "Asha"
    asha = Customer(id="c1", at=ORDERED, name="Asha Rao", given_name="Asha")
    assert invoiced(pages, ORDER, asha).buyer == ("Asha Rao",)
    assert invoiced(pages).buyer == ()


def test_an_address_for_the_parcel_stands_apart_where_it_differs(pages: Pages) -> None:
    home, work = (Address(name="Asha", city=city, country="IN") for city in ("Pune", "Mumbai"))
    assert "It goes to" not in pages.html(invoiced(pages, evolve(ORDER, ship_to=home)))
    both = invoiced(pages, evolve(ORDER, ship_to=home, bill_to=work))
    assert "It goes to" in pages.html(both)


def test_a_credit_note_adds_up_to_the_refund(pages: Pages) -> None:
    refund = Refund(
        id="r1",
        at=ORDERED + DAY,
        amount=eur(1700),
        lines=(
            RefundLine(line="B", amount=eur(1070), tax=eur(70)),
            RefundLine(line="P", quantity=1, amount=eur(0)),
            RefundLine(line="gone", amount=eur(5)),
        ),
        shipping=eur(595),
    )
    page = credited(pages, refund)
    assert (page.title, page.corrects) == ("Credit note CN-1", "INV-7")
    assert page.paper is Paper.CREDIT_NOTE
    assert [(row.title, row.quantity, row.rate, row.amount.minor) for row in page.rows] == [
        ("Book", 1, "7%", 1070),
        ("Delivery", 0, "", 595),
        ("Adjustment", 0, "", 35),
    ]
    assert (page.total.minor, page.tax.minor) == (1700, 70)
    html = pages.html(page)
    assert "For invoice" in html
    assert "INV-7" in html


def test_a_line_of_a_refund_may_be_without_tax_or_all_tax(pages: Pages) -> None:
    parts = (RefundLine(line="B", amount=eur(100)), RefundLine(line="P", amount=eur(0), tax=eur(9)))
    refund = Refund(id="r1", at=ORDERED + DAY, amount=eur(109), lines=parts)
    page = credited(pages, refund, evolve(ORDER, taxes_included=False))
    assert [(row.title, row.amount.minor, row.rate) for row in page.rows] == [
        ("Book", 100, ""),
        ("Pan", 0, "19%"),
    ]
    assert (page.net.minor, page.tax.minor, page.total.minor) == (100, 9, 109)


def test_a_refund_without_a_reason_is_one_row(pages: Pages) -> None:
    page = credited(pages, Refund(id="r1", at=ORDERED + DAY, amount=eur(250)))
    assert [(row.title, row.amount.minor) for row in page.rows] == [("Refund for order #1001", 250)]
    assert page.total.minor == 250


def test_tax_that_goes_back_is_parted_as_it_was_taken(pages: Pages) -> None:
    line = evolve(PAN, taxes=(tax(10, "0.1", "A"), tax(20, "0.2", "B")))
    order = evolve(ORDER, lines=(line,), taxes_included=False)
    back = RefundLine(line="P", amount=eur(100), tax=eur(10))
    refund = Refund(id="r1", at=ORDERED + DAY, amount=eur(110), lines=(back,))
    page = credited(pages, refund, order)
    assert [(each.name, each.base.minor, each.tax.minor) for each in page.taxes] == [
        ("A", 100, 3),
        ("B", 100, 7),
    ]
    assert page.total.minor == 110
    untaxed = evolve(order, lines=(evolve(line, taxes=()),))
    assert [each.name for each in credited(pages, refund, untaxed).taxes] == ["Tax"]


def test_a_refund_that_nobody_knows_has_no_note(pages: Pages) -> None:
    with pytest.raises(NotKept, match="holds no refund 'r9'"):
        pages.credit_note(
            History.of(ORDER), order="o1", refund="r9", number="1", corrects="2", at=ORDERED
        )


def test_digits_of_the_script_are_in_the_rates_too() -> None:
    voice = Voice(shop=sample.shop("hi"), sender="s@example.com", digits=Digits.NATIVE)
    page = invoiced(Pages(voice), evolve(ORDER, locale="hi"))
    assert page.rows[0].rate == "७%"
    assert page.rows[0].written == "२"
    english = invoiced(Pages(voice), evolve(ORDER, locale="en"))
    assert english.rows[0].rate == "7%"


def test_a_rate_keeps_its_decimals(pages: Pages) -> None:
    line = evolve(PAN, taxes=(tax(100, "0.0825"),))
    assert invoiced(pages, evolve(ORDER, lines=(line,))).rows[0].rate == "8.25%"
