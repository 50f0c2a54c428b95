"""Formulas on a napkin and over a ledger, with worked cases."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mugs import VECTORS, YEAR, cancelled, order, refund
from postpurchase import clv
from postpurchase.clv import (
    NET_REVENUE,
    REVENUE,
    Exchange,
    Margin,
    Span,
    Unit,
)
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import CurrencyMismatch, InvalidFigure

# ------------------------------------------------------------------ worth


def test_a_cancelled_order_is_no_order_and_a_refunded_one_is_worth_what_is_left() -> None:
    whole = order(1)
    back = order(1, refunds=(refund("20.00 EUR"),))
    gone = order(1, cancellations=(cancelled(),))
    assert [REVENUE(each) for each in (whole, back, gone)] == [Money.parse("50.00 EUR")] * 3
    assert NET_REVENUE(whole) == Money.parse("50.00 EUR")
    assert NET_REVENUE(back) == Money.parse("30.00 EUR")
    assert NET_REVENUE(gone) is None
    assert Margin(Decimal("0.4"))(back) == Money.parse("12.00 EUR")
    assert Margin(Decimal("0.4"))(gone) is None


def test_cancelled_units_count_once_whether_refunded_or_not() -> None:
    three = Line(sku="mug", unit_price=Money.parse("10.00 EUR"), quantity=3)
    base = {"id": "1", "at": datetime(2025, 1, 1, tzinfo=UTC), "currency": "EUR", "lines": (three,)}
    unpaid = Order(**base, cancellations=(cancelled(mug=1),))  # type: ignore[arg-type]  # see base
    paid_back = Order(
        **base,  # type: ignore[arg-type]  # see base
        cancellations=(cancelled(mug=1),),
        refunds=(refund("10.00 EUR", "mug"),),
    )
    assert NET_REVENUE(unpaid) == NET_REVENUE(paid_back) == Money.parse("20.00 EUR")


def test_other_currencies_are_exchanged_by_given_rates_or_refused() -> None:
    in_euro = Exchange("EUR", Pairs(JPY=Decimal("0.006"), USD=Decimal("0.9")))
    assert in_euro(order(1, price="1000 JPY")) == Money.parse("6.00 EUR")
    assert in_euro(order(1, price="9.99 USD")) == Money.parse("8.99 EUR")
    assert in_euro(order(1)) == Money.parse("50.00 EUR")
    assert in_euro(order(1, cancellations=(cancelled(),))) is None
    with pytest.raises(CurrencyMismatch):
        in_euro(order(1, price="3.00 GBP"))


@pytest.mark.parametrize("share", ["0", "-0.1", "1.01"])
def test_a_margin_is_a_share_of_the_order(share: str) -> None:
    with pytest.raises(InvalidFigure, match="share"):
        Margin(Decimal(share))


# ------------------------------------------------------------------ simple

SIX = [
    order(1, "ann"),
    order(2, "ann", price="30.00 EUR"),
    order(3, "bob", price="40.00 EUR"),
    order(4, "ann", price="7.00 USD"),
    order(5, None, price="20.00 EUR", email="Cleo@example.com"),
    order(6, None, price="20.00 EUR", email="cleo@example.com"),
    order(7, "bob", cancellations=(cancelled(),)),
    order(8, "bob", day="2026-01-01"),
    order(9, "bob", day="2024-12-31"),
]


def test_the_formula_with_its_numbers() -> None:
    euro, dollar = clv.simple(SIX, period=YEAR, lifespan=Span(2, Unit.YEAR))
    assert (euro.revenue, euro.orders, euro.customers) == (Money.parse("160.00 EUR"), 5, 3)
    assert euro.average_order_value == Money.parse("32.00 EUR")
    assert euro.frequency == Decimal(5) / 3
    assert euro.customer_value == Money.parse("53.33 EUR")
    assert euro.periods == Decimal("730.5") / 365
    assert euro.value == Money.parse("106.74 EUR")
    assert str(euro) == (
        "CLV = AOV x f x T = 32.00 EUR x 1.6667 orders per 365 days x 2.0014 "
        "= 53.33 EUR x 2.0014 = 106.74 EUR (revenue less refunds and cancellations)"
    )
    assert dollar.value == Money.parse("14.01 USD")
    assert [value for _, value in euro.sensitivity] == [
        euro.over(Span(years, Unit.YEAR)) for years in (1, 2, 3)
    ]
    assert euro.notes == ()


def test_odd_lifespans_and_nameless_guests_are_noted() -> None:
    (value,) = clv.simple([order(1, None)], period=YEAR, lifespan=Span(6, Unit.MONTH))
    assert value.customers == value.guests == 1
    assert "a lifespan of 0.50 years is outside the usual 1 to 3 years" in value.notes
    assert "1 guests without an address count as a customer each" in value.notes
    html = value._repr_html_()
    assert "<th>CLV over 3 years</th><td>150.10 EUR</td>" in html
    assert "<p>a lifespan" in html
    (long,) = clv.simple([order(1)], period=YEAR, lifespan=Span(4, Unit.YEAR))
    assert "4.00 years" in long.notes[0]


def test_what_it_cannot_be_made_of() -> None:
    assert clv.simple([], period=YEAR, lifespan=Span(1, Unit.YEAR)) == ()
    with pytest.raises(InvalidFigure, match="period"):
        clv.simple(SIX, period=Interval(YEAR.start, YEAR.start), lifespan=Span(1, Unit.YEAR))
    with pytest.raises(InvalidFigure, match="orders"):
        clv.SimpleValue(
            revenue=Money.zero("EUR"),
            orders=0,
            customers=0,
            guests=0,
            period=YEAR,
            lifespan=Span(1, Unit.YEAR),
            worth="",
        )


@given(prices=st.lists(st.integers(0, 10**7), min_size=1, max_size=20), years=st.integers(1, 9))
def test_clv_is_linear_in_money_and_in_time(prices: list[int], years: int) -> None:
    orders = [
        order(i, f"c{i % 3}", price=f"{Money(price, 'EUR')}") for i, price in enumerate(prices)
    ]
    (one,) = clv.simple(orders, period=YEAR, lifespan=Span(1, Unit.YEAR))
    (more,) = clv.simple(orders, period=YEAR, lifespan=Span(years, Unit.YEAR))
    assert abs(more.value.minor - years * one.value.minor) <= (years + 1) / 2 + 1
    assert abs(one.customer_value.minor * one.customers - one.revenue.minor) <= one.customers / 2


# ------------------------------------------------------------------ ledger


def test_historic_value_by_customer_and_currency_as_known_then() -> None:
    late = order(4, "bob", refunds=(refund("10.00 EUR"),))
    rows = clv.historic([*SIX[:4], late], at=datetime(2025, 3, 2, tzinfo=UTC))
    assert [(row.customer, row.orders, str(row.value)) for row in rows] == [
        ("bob", 2, "90.00 EUR"),
        ("ann", 2, "80.00 EUR"),
        ("ann", 1, "7.00 USD"),
    ]
    (later,) = clv.historic([late], at=datetime(2025, 5, 2, tzinfo=UTC))
    assert later.value == Money.parse("40.00 EUR")
    assert later.first == later.last == late.at
    assert clv.historic([late], at=datetime(2025, 1, 1, tzinfo=UTC)) == ()


def test_repeat_rate_of_the_worked_case() -> None:
    case = VECTORS["repeat-rate"]
    orders = [
        order(100 * i + n, f"c{i}", day=f"2025-03-{n + 1:02}")
        for i, count in enumerate(case["given"]["orders_per_customer"])
        for n in range(count)
    ]
    (business,) = clv.repeat_business(orders, period=YEAR)
    expected = case["expected"]
    assert float(business.repeat_rate) == expected["repeat_rate"]
    assert float(business.orders_per_customer) == pytest.approx(expected["orders_per_customer"])
    share = business.returning_order_share
    assert float(share) == pytest.approx(expected["returning_order_share"])
    assert business.returning_revenue_share == share


def test_an_earlier_order_makes_the_next_one_a_returning_one() -> None:
    old, new = order(1, day="2024-06-01"), order(2, day="2025-06-01", price="0.00 EUR")
    (business,) = clv.repeat_business([new, old], period=YEAR)
    assert (business.orders, business.returning_orders, business.repeat_customers) == (1, 1, 1)
    assert business.returning_revenue_share is None
    assert clv.repeat_business([old], period=YEAR) == ()


def test_gaps_and_the_next_order() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    orders = [
        order(1, day="2025-01-01"),
        order(2, day="2025-01-11"),
        order(3, day="2025-01-11T20:00"),
        order(4, "bob", day="2025-01-01"),
        order(5, "bob", day="2025-02-01", cancellations=(cancelled(),)),
    ]
    assert clv.interpurchase_days(orders, zone=zone) == (1, 10)
    due = clv.next_order(orders[:2], zone=zone, usual=10)
    assert due.expected == date(2025, 1, 21)
    with pytest.raises(InvalidFigure, match="orders"):
        clv.next_order(orders[4:], zone=zone, usual=10)


def test_each_worth_names_itself() -> None:
    assert str(REVENUE) == "revenue as sold"
    assert str(Margin(Decimal("0.4"), REVENUE)) == "40% margin on revenue as sold"
    named = str(Exchange("EUR", Pairs()))
    assert named == "revenue less refunds and cancellations in EUR"


@pytest.mark.parametrize("years", [1, 3])
def test_one_and_three_years_are_still_usual(years: int) -> None:
    (value,) = clv.simple([order(1)], period=YEAR, lifespan=Span(years, Unit.YEAR))
    assert value.notes == ()


def test_an_order_of_this_very_instant_counts() -> None:
    now = order(1)
    (row,) = clv.historic([now], at=now.at)
    assert row.orders == 1
