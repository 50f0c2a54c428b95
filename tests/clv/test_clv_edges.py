"""Where a formula turns: bounds that count as in, moments that are the same, what is begun at."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from postpurchase import clv
from postpurchase.clv import (
    Exchange,
    FirstPayment,
    Grain,
    Margin,
    OrderCosts,
    Payment,
    Span,
    Unit,
)
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import CurrencyMismatch

DHAKA = ZoneInfo("Asia/Dhaka")


def order(number: int, at: str, customer: str | None = "ann", price: str = "50.00 EUR") -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        customer=customer,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
    )


def cancelled(number: int, at: str) -> Order:
    one = order(number, at)
    whole = Cancellation(id="c", at=one.at, lines=Pairs({one.lines[0].id: 1}))
    return Order(
        id=one.id,
        at=one.at,
        customer=one.customer,
        currency=one.currency,
        lines=one.lines,
        cancellations=(whole,),
    )


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


# ---------------------------------------------------------------- days and moments


def test_an_order_at_the_instant_is_seen_and_a_second_later_is_not() -> None:
    at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    orders = [
        order(1, "2025-01-05"),
        order(2, "2025-01-05", "bob"),
        order(3, "2025-02-07"),
        order(4, "2025-03-01T12:00:00", "cleo"),
        order(5, "2025-03-01T12:00:01", "dan"),
    ]
    retention = clv.period_retention(orders, at=datetime(2025, 4, 1, tzinfo=UTC), zone=UTC)
    assert retention == (
        (date(2025, 1, 1), Decimal("0.5")),
        (date(2025, 2, 1), Decimal(0)),
    )
    assert clv.period_retention(orders, at=at, zone=UTC) == ((date(2025, 1, 1), Decimal("0.5")),)
    assert clv.lifetimes(orders, at=at, dormant_after=timedelta(days=90)).customers == 3
    assert clv.second_orders(orders, at=at, zone=UTC).customers == 3
    summarised = clv.summarise(orders, at=at, zone=UTC)
    assert summarised.summary.customers == ("ann", "bob", "cleo")
    assert summarised.left_out.later == 1
    triangle = clv.cohorts(orders, at=datetime(2025, 3, 1, 12, tzinfo=UTC), zone=UTC)
    assert [row.start for row in triangle.rows] == [
        date(2025, 1, 1),
        date(2025, 2, 1),
        date(2025, 3, 1),
    ]
    assert triangle.rows[0].active == (2, 1, None)


def test_a_month_in_which_nobody_was_active_has_no_share() -> None:
    orders = [order(1, "2025-01-05"), order(2, "2025-04-07")]
    assert clv.period_retention(orders, at=datetime(2025, 6, 2, tzinfo=UTC), zone=UTC) == (
        (date(2025, 1, 1), Decimal(0)),
        (date(2025, 2, 1), None),
        (date(2025, 3, 1), None),
        (date(2025, 4, 1), Decimal(0)),
    )
    assert clv.period_retention([], at=NEW_YEAR, zone=UTC) == ()


def test_the_shop_s_zone_says_which_month_it_is() -> None:
    late = [order(1, "2024-12-31T19:00:00"), order(2, "2025-02-10T12:00:00")]
    at = datetime(2025, 2, 28, 19, tzinfo=UTC)
    here = clv.cohorts(late, at=at, zone=DHAKA)
    assert here.rows[0].start == date(2025, 1, 1)
    assert here.rows[0].active == (1, 1, None)
    assert clv.cohorts(late, at=at, zone=UTC).rows[0].start == date(2024, 12, 1)
    assert clv.period_retention(late, at=at, zone=DHAKA) == ((date(2025, 1, 1), Decimal(1)),)
    assert clv.period_retention(late, at=at, zone=UTC) == ((date(2024, 12, 1), Decimal(0)),)
    days = clv.summarise(late, at=at, zone=DHAKA).summary
    assert days.age.tolist() == [59.0]
    assert days.recency.tolist() == [40.0]
    assert clv.summarise(late, at=at, zone=UTC).summary.age.tolist() == [59.0]
    assert clv.next_order(late, zone=DHAKA, usual=30).last == date(2025, 2, 10)
    night = [order(1, "2025-02-10T20:00:00")]
    assert clv.next_order(night, zone=DHAKA, usual=30).last == date(2025, 2, 11)
    assert clv.interpurchase_days([*late, *night], zone=DHAKA) == (1, 40)


def test_gaps_are_each_customer_s_own() -> None:
    orders = [
        order(1, "2025-01-01"),
        order(2, "2025-01-04", "bob"),
        order(3, "2025-01-11"),
        order(4, "2025-01-24", "bob"),
    ]
    assert clv.interpurchase_days(orders, zone=UTC) == (10, 20)


def test_cohorts_have_no_row_before_the_first_one() -> None:
    empty = clv.cohorts([], at=datetime(2025, 3, 5, tzinfo=UTC), zone=UTC)
    assert empty.rows == ()
    assert empty.retention == ()
    one = clv.cohorts([order(1, "2025-02-05")], at=datetime(2025, 3, 5, tzinfo=UTC), zone=UTC)
    assert one._repr_html_() == (
        "<table><caption>customers who ordered, by month of their first order</caption>"
        "<tr><th></th><th>+0</th><th>+1</th></tr>"
        "<tr><th>2025-02-01</th><td>100.0%</td><td></td></tr></table>"
    )


# ---------------------------------------------------------------- silence


def test_silence_as_long_as_named_is_dormancy() -> None:
    month = timedelta(days=30)
    orders = [order(1, "2025-01-01"), order(2, "2025-01-31"), order(3, "2025-02-10")]
    exact = clv.lifetimes(orders, at=datetime(2025, 1, 31, tzinfo=UTC), dormant_after=month)
    assert (exact.days, exact.active, exact.customers) == ((30,), 0, 1)
    assert clv.lifetimes(orders[:2], at=NEW_YEAR, dormant_after=month).days == (30,)
    ended = clv.lifetimes([orders[0]], at=datetime(2025, 1, 31, tzinfo=UTC), dormant_after=month)
    assert (ended.days, ended.shares, ended.active) == ((30,), (Fraction(0),), 0)
    day = clv.lifetimes([orders[0]], at=NEW_YEAR, dormant_after=timedelta(days=1))
    assert day.days == (1,)
    gone = clv.lifetimes(orders, at=NEW_YEAR, dormant_after=timedelta(days=20))
    assert gone.days == (20,)


def test_shares_multiply_as_customers_fall_silent_one_after_another() -> None:
    orders = [
        order(1, "2025-01-01"),
        order(2, "2025-01-01", "bob"),
        order(3, "2025-01-11", "bob"),
        order(4, "2025-01-01", "cleo"),
        order(5, "2025-01-21", "cleo"),
        order(6, "2025-01-01", "dan"),
        order(7, "2025-01-21", "dan"),
    ]
    seen = clv.lifetimes(orders, at=NEW_YEAR, dormant_after=timedelta(days=30))
    assert seen.days == (30, 40, 50)
    assert seen.shares == (Fraction(3, 4), Fraction(1, 2), Fraction(0))
    assert seen.mean == Span(float(Fraction(30) + Fraction(30, 4) + 5), Unit.DAY)


def test_a_cancelled_order_starts_nothing() -> None:
    orders = [cancelled(1, "2025-01-01"), order(2, "2025-02-01"), order(3, "2025-02-11")]
    at = datetime(2025, 2, 21, tzinfo=UTC)
    assert clv.lifetimes(orders, at=at, dormant_after=timedelta(days=90)).seen == 20
    assert clv.cohorts(orders, at=at, zone=UTC).rows[0].start == date(2025, 2, 1)
    assert clv.interpurchase_days(orders, zone=UTC) == (10,)
    assert clv.period_retention(orders, at=datetime(2025, 4, 1, tzinfo=UTC), zone=UTC)[0] == (
        date(2025, 2, 1),
        Decimal(0),
    )


# ---------------------------------------------------------------- money


def test_days_that_come_to_a_cent_count_and_their_money_adds_up() -> None:
    orders = [
        order(1, "2025-01-01", price="5.00 EUR"),
        order(2, "2025-01-03", price="0.01 EUR"),
        order(3, "2025-01-05", price="2.00 EUR"),
        order(4, "2025-01-05", price="3.00 EUR"),
        order(5, "2025-01-05", price="4.00 EUR"),
    ]
    found = clv.summarise(orders, at=datetime(2025, 1, 11, tzinfo=UTC), zone=UTC, unit=Unit.WEEK)
    assert found.summary.unit is Unit.WEEK
    assert found.summary.frequency.tolist() == [2]
    assert found.summary.money.tolist() == [pytest.approx((0.01 + 9) / 2)]
    assert found.summary.recency.tolist() == [4 / 7]


def test_all_that_did_not_count_is_counted() -> None:
    nobody = Order(
        id="9",
        at=datetime(2025, 1, 1, tzinfo=UTC),
        customer=None,
        currency="EUR",
        lines=(Line(sku="mug", unit_price=Money.parse("1.00 EUR")),),
    )
    orders = [
        cancelled(1, "2025-01-01"),
        cancelled(2, "2025-01-02"),
        cancelled(3, "2025-01-03"),
        nobody,
        order(4, "2025-01-04"),
    ]
    left = clv.summarise(orders, at=NEW_YEAR, zone=UTC).left_out
    assert (left.not_counted, left.without_customer, left.later) == (3, 1, 0)


def test_two_currencies_are_named() -> None:
    orders = [
        order(1, "2025-01-01"),
        order(2, "2025-01-02", price="7.00 GBP"),
        order(3, "2025-01-03", price="7.00 USD"),
    ]
    with pytest.raises(CurrencyMismatch) as caught:
        clv.summarise(orders, at=NEW_YEAR, zone=UTC)
    assert (caught.value.left, caught.value.right) == ("EUR", "GBP")
    with pytest.raises(CurrencyMismatch) as caught:
        Exchange("EUR", Pairs({}))(orders[1])
    assert (caught.value.left, caught.value.right) == ("GBP", "EUR")


def test_money_is_rounded_half_to_even() -> None:
    cents = order(1, "2025-01-01", price="0.05 EUR")
    assert Margin(Decimal("0.5"))(cents) == Money.parse("0.02 EUR")
    assert Margin(Decimal(1))(cents) == Money.parse("0.05 EUR")
    assert clv.contact_value(
        Decimal("0.5"), Money.parse("0.05 EUR"), Money.zero("EUR")
    ) == Money.parse("0.02 EUR")
    certain = clv.contact_value(Decimal(1), Money.parse("0.05 EUR"), Money.zero("EUR"))
    assert certain == Money.parse("0.05 EUR")
    costs = OrderCosts(
        acquisition=Money.parse("0.05 EUR"),
        new_orders=2,
        keeping=Money.parse("0.15 EUR"),
        repeat_orders=2,
    )
    assert (costs.each_new, costs.each_repeat) == (
        Money.parse("0.02 EUR"),
        Money.parse("0.08 EUR"),
    )


def test_a_refund_of_a_cancelled_unit_is_not_taken_off_twice() -> None:
    ten = Money.parse("10.00 EUR")
    at = datetime(2025, 1, 1, tzinfo=UTC)
    line = Line(id="a", sku="mug", unit_price=ten, quantity=3)

    def sold(*parts: RefundLine) -> Order:
        amount = Money.sum((part.amount for part in parts), currency="EUR")
        return Order(
            id="1",
            at=at,
            customer="ann",
            currency="EUR",
            lines=(line,),
            cancellations=(Cancellation(id="c", at=at, lines=Pairs({"a": 2})),),
            refunds=(Refund(id="r", at=at, amount=amount, lines=parts),) if parts else (),
        )

    worth = clv.NetRevenue()
    one = RefundLine(line="a", amount=ten, quantity=1)
    assert worth(sold()) == ten
    assert worth(sold(one)) == ten
    assert worth(sold(one, one)) == ten


def test_an_order_recorded_later_is_not_known_yet() -> None:
    one = order(1, "2025-01-01")
    late = Order(
        id="2",
        at=datetime(2025, 1, 2, tzinfo=UTC),
        recorded_at=datetime(2025, 3, 1, tzinfo=UTC),
        customer="ann",
        currency="EUR",
        lines=one.lines,
    )
    at = datetime(2025, 2, 1, tzinfo=UTC)
    assert [row.orders for row in clv.historic([one, late], at=at)] == [1]
    assert clv.summarise([one, late], at=at, zone=UTC).left_out.later == 1
    then = datetime(2025, 3, 1, tzinfo=UTC)
    assert [row.orders for row in clv.historic([one, late], at=then)] == [2]
    assert clv.summarise([one, late], at=then, zone=UTC).left_out.later == 0


def test_an_order_at_the_end_of_a_period_is_not_in_it() -> None:
    year = Interval(datetime(2025, 1, 1, tzinfo=UTC), NEW_YEAR)
    orders = [order(1, "2025-01-01"), order(2, "2026-01-01")]
    (found,) = clv.repeat_business(orders, period=year)
    assert (found.orders, found.repeat_customers) == (1, 0)


def test_margins_that_pay_to_the_cent_have_paid() -> None:
    cost = Money.parse("10.00 EUR")
    five = Money.parse("5.00 EUR")
    assert clv.payback(cost, [five, five, five]) == 2
    assert clv.value_to_cost(cost, Money.parse("0.01 EUR")) == 1000
    assert clv.expected_lifetime(Decimal(1)) == 1


def test_one_payment_is_enough() -> None:
    ten = Money.parse("10.00 EUR")
    on = date(2025, 1, 1)
    assert clv.present_value([Payment(on, ten)], on=on, annual_rate=Decimal("0.1")) == ten


@pytest.mark.parametrize("first", list(FirstPayment))
@pytest.mark.parametrize("periods", [None, 3])
def test_an_uplift_is_reckoned_by_the_same_rules_before_and_after(
    first: FirstPayment, periods: int | None
) -> None:
    margin = Money.parse("40.00 EUR")
    found = clv.retention_uplift(
        margin,
        Decimal("0.6"),
        Decimal("0.05"),
        discount=Decimal("0.1"),
        first=first,
        periods=periods,
    )
    kept = (Decimal("0.6"), Decimal("0.65"))
    before, after = (
        clv.retention_value(margin, rate, Decimal("0.1"), first=first, periods=periods)
        for rate in kept
    )
    assert (found.before, found.after) == (before, after)


def test_weeks_begin_on_monday_and_quarters_every_third_month() -> None:
    orders = [order(1, "2025-01-05"), order(2, "2025-01-06"), order(3, "2025-04-01")]
    at = datetime(2025, 7, 1, tzinfo=UTC)
    weeks = clv.cohorts(orders, at=at, zone=UTC, grain=Grain.WEEK)
    assert weeks.rows[0].start == date(2024, 12, 30)
    assert weeks.rows[0].active[:3] == (1, 1, 0)
    quarters = clv.cohorts(orders, at=at, zone=UTC, grain=Grain.QUARTER)
    assert quarters.rows[0].active == (1, 1, None)
