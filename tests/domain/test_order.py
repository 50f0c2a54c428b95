"""Orders: totals to the minor unit, what is left of them, and what was known of them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    Cancellation,
    Charge,
    ChargeKind,
    Discount,
    Line,
    Order,
    Payment,
    PaymentState,
    Promise,
    Refund,
    RefundLine,
    Shipping,
    Tax,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidFact


def on(day: int) -> datetime:
    return datetime(2026, 5, day, 10, tzinfo=UTC)


def inr(amount: str) -> Money:
    return Money.of(amount, "INR")


KNIVES = Line(
    id="k",
    sku="KNIFE-SET",
    title="Knife set",
    unit_price=inr("4499.00"),
    discounts=(Discount(amount=inr("77.60"), code="HELLO100"),),
    taxes=(Tax(amount=inr("674.45"), title="GST", rate=Decimal("0.18")),),
)
BOARD = Line(
    id="b",
    sku="BOARD",
    title="Board <oak>",
    quantity=2,
    unit_price=inr("1299.00"),
    discounts=(Discount(amount=inr("22.40")), Discount(amount=inr("10.00"))),
    taxes=(Tax(amount=inr("390.00")),),
)
POST = Shipping(
    price=inr("99.00"),
    discounts=(Discount(amount=inr("9.00")),),
    taxes=(Tax(amount=inr("13.73")),),
)
WRAP = Charge(kind=ChargeKind.GIFT_WRAP, amount=inr("50.00"), tax=inr("7.63"))
ORDER = Order(
    id="1001", at=on(1), currency="INR", lines=(KNIVES, BOARD), shipping=(POST,), charges=(WRAP,)
)


def refund(day: int, amount: str, *, id: str = "r1", **units: int) -> Refund:
    lines = tuple(
        RefundLine(line=line, quantity=count, amount=inr("1.00")) for line, count in units.items()
    )
    return Refund(id=id, at=on(day), amount=inr(amount), lines=lines, order="1001")


def cancelled(day: int = 2, **units: int) -> Cancellation:
    return Cancellation(id="c1", at=on(day), lines=Pairs(units), order="1001")


def test_the_smallest_order_takes_five_keywords() -> None:
    line = Line(sku="KNIFE-SET", unit_price=inr("4499.00"))
    order = Order(id="1001", at=on(1), customer="C1", currency="INR", lines=(line,))
    assert order.total == inr("4499.00")
    assert (line.id, line.quantity, order.shop_currency) == ("KNIFE-SET", 1, "INR")
    assert (order.recorded_at, order.as_of) == (on(1), on(1))


def test_the_totals_of_prices_without_tax_add_the_taxes() -> None:
    assert ORDER.subtotal == inr("7097.00")
    assert ORDER.discount == inr("119.00")
    assert ORDER.shipping_total == inr("90.00")
    assert ORDER.charged == inr("50.00")
    assert ORDER.tax == inr("1085.81")
    assert ORDER.total == inr("8212.81")


def test_the_totals_of_prices_with_tax_hold_the_taxes() -> None:
    gross = evolve(ORDER, taxes_included=True)
    assert gross.tax == inr("1085.81")
    assert gross.total == inr("7127.00")


def test_a_line_says_what_it_came_to() -> None:
    assert (BOARD.listed, BOARD.discount, BOARD.net, BOARD.tax) == (
        inr("2598.00"),
        inr("32.40"),
        inr("2565.60"),
        inr("390.00"),
    )
    assert (POST.net, POST.tax) == (inr("90.00"), inr("13.73"))
    assert ORDER.line("b") is BOARD
    assert ORDER.line("x") is None


def test_only_captured_money_was_paid() -> None:
    states = [PaymentState.CAPTURED, PaymentState.CAPTURED, *PaymentState]
    payments = tuple(
        Payment(id=str(n), at=on(1), amount=inr("10.00"), state=state)
        for n, state in enumerate(states)
    )
    assert evolve(ORDER, payments=payments).paid == inr("30.00")
    assert ORDER.paid == inr("0.00")


def test_a_refund_of_some_lines_leaves_the_others() -> None:
    order = evolve(ORDER, refunds=(refund(8, "1299.00", b=1),))
    assert order.refunded == inr("1299.00")
    assert order.kept == Pairs({"k": 1, "b": 1})
    assert order.kept_lines == (KNIVES, BOARD)
    assert not order.fully_refunded
    more = evolve(order, refunds=(*order.refunds, refund(9, "1299.00", id="r2", b=1)))
    assert more.kept_lines == (KNIVES,)
    assert not more.fully_refunded


@pytest.mark.parametrize(
    ("back", "whole"),
    [
        (refund(8, "8212.81"), True),
        (refund(8, "8212.80"), False),
        (refund(8, "0.00", k=1, b=2), True),
        (refund(8, "8000.00", k=1, b=1), False),
    ],
)
def test_an_order_is_refunded_when_all_money_or_every_unit_went_back(
    back: Refund, *, whole: bool
) -> None:
    assert evolve(ORDER, refunds=(back,)).fully_refunded is whole


def test_nothing_is_refunded_where_there_is_no_refund() -> None:
    free = Order(id="1", at=on(1), currency="INR", lines=())
    assert not free.fully_refunded
    assert not free.cancelled


def test_an_order_is_cancelled_whole_or_line_by_line() -> None:
    whole = evolve(ORDER, cancellations=(cancelled(),))
    assert whole.cancelled
    assert whole.kept == Pairs()
    assert whole.cancelled_units == {"k": 1, "b": 2}
    some = evolve(ORDER, cancellations=(cancelled(b=2),))
    assert not some.cancelled
    assert some.kept_lines == (KNIVES,)
    rest = evolve(cancelled(3, k=1), id="c2")
    assert evolve(ORDER, cancellations=(cancelled(b=2), rest)).cancelled


def test_a_refund_of_cancelled_units_counts_them_once() -> None:
    order = evolve(ORDER, cancellations=(cancelled(b=1),), refunds=(refund(3, "1299.00", b=1),))
    assert order.kept == {"k": 1, "b": 1}


def test_until_takes_away_what_was_not_known_yet() -> None:
    payment = Payment(id="p", at=on(2), amount=inr("1.00"))
    late = evolve(refund(3, "1.00"), recorded_at=on(6))
    order = evolve(ORDER, payments=(payment,), refunds=(late,), cancellations=(cancelled(4),))
    assert ORDER.until(on(1)) is ORDER
    assert order.until(on(1)) == ORDER
    assert order.until(on(2)).payments == (payment,)
    assert order.until(on(4)).cancelled
    assert order.until(on(5)).refunds == ()
    assert order.until(on(6)) == order
    assert order.as_of == on(6)


def test_an_order_is_as_new_as_the_platform_says() -> None:
    assert evolve(ORDER, updated_at=on(9), refunds=(refund(8, "1.00"),)).as_of == on(9)
    assert evolve(ORDER, updated_at=on(1), recorded_at=on(2)).as_of == on(2)


def test_parts_that_came_alone_join_their_own_order() -> None:
    payment = Payment(id="p", at=on(1), amount=inr("8212.81"), order="1001")
    first, corrected = refund(8, "1.00"), evolve(refund(8, "2.00"), recorded_at=on(9))
    others = evolve(refund(8, "5.00", id="r9"), order="1002")
    order = evolve(ORDER, refunds=(first,)).joined([corrected, payment, cancelled(), others])
    assert (order.refunds, order.payments) == ((corrected,), (payment,))
    assert order.cancelled
    assert ORDER.joined([others]) is ORDER


def test_money_of_two_currencies_in_one_order_is_refused() -> None:
    euro = Line(sku="X", unit_price=Money(100, "EUR"))
    with pytest.raises(
        InvalidFact, match=r"Order.lines: expected money in INR, the currency of order 1, got"
    ) as caught:
        Order(id="1", at=on(1), currency="INR", lines=(euro,))
    assert (caught.value.fact, caught.value.name, caught.value.got) == (
        "Order",
        "lines",
        Money(100, "EUR"),
    )


def test_two_lines_of_one_id_are_refused() -> None:
    with pytest.raises(InvalidFact, match=r"each line id once, got \['X', 'X'\]"):
        Order(id="1", at=on(1), currency="INR", lines=(Line(sku="X", unit_price=inr("1")),) * 2)


def test_less_than_no_units_is_refused() -> None:
    with pytest.raises(InvalidFact, match=r"Line.quantity: .* 0 or more, got -1"):
        Line(sku="X", unit_price=inr("1"), quantity=-1)
    with pytest.raises(InvalidFact, match=r"RefundLine.quantity: .* got -2"):
        RefundLine(line="X", amount=inr("1"), quantity=-2)


def test_a_promise_of_days_ends_with_the_last_local_day() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    promise = Promise.days(date(2026, 5, 3), date(2026, 5, 4), zone=zone)
    assert promise.start == datetime(2026, 5, 2, 18, 30, tzinfo=UTC)
    assert promise.end == datetime(2026, 5, 4, 18, 30, tzinfo=UTC)
    assert (promise.first_day, promise.last_day) == (date(2026, 5, 3), date(2026, 5, 4))
    assert Promise(start=on(3), end=on(3)).last_day == date(2026, 5, 3)


def test_an_order_reads_in_one_line() -> None:
    assert repr(ORDER) == "<Order 1001: 2026-05-01, 3 units, 8212.81 INR>"
    one = evolve(ORDER, number="#1001", lines=(KNIVES,), shipping=(), charges=())
    assert repr(one) == "<Order #1001: 2026-05-01, 1 unit, 5095.85 INR>"
    gone = evolve(one, cancellations=(cancelled(),))
    assert repr(gone) == "<Order #1001: 2026-05-01, 1 unit, 5095.85 INR, cancelled>"
    back = evolve(one, refunds=(refund(8, "5095.85"),))
    assert repr(back) == "<Order #1001: 2026-05-01, 1 unit, 5095.85 INR, refunded>"


def test_an_order_shows_as_a_table_and_escapes_titles() -> None:
    page = ORDER._repr_html_()
    assert "<td>2</td><td>Board &lt;oak&gt;</td><td>2565.60 INR</td>" in page
    assert "<td>total</td><td>8212.81 INR</td>" in page
