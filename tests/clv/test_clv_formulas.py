"""Formulas on a napkin and over a ledger, with worked cases."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase import clv
from postpurchase.clv import (
    NET_REVENUE,
    REVENUE,
    Exchange,
    FirstPayment,
    Grain,
    Margin,
    OrderCosts,
    Payment,
    Span,
    Standing,
    Unit,
    benchmark,
)
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import CurrencyMismatch, InvalidFigure

VECTORS = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "worth.json").read_text(encoding="utf-8")
    )["vectors"]
}
YEAR = Interval(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


def order(
    number: int,
    customer: str | None = "ann",
    day: str = "2025-03-01",
    price: str = "50.00 EUR",
    **more: object,
) -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=datetime.fromisoformat(day).replace(tzinfo=UTC),
        customer=customer,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
        **more,  # type: ignore[arg-type]  # the fields that a case is about
    )


def refund(amount: str, line: str | None = None) -> Refund:
    money = Money.parse(amount)
    lines = (RefundLine(line=line, amount=money),) if line else ()
    return Refund(id="r", at=datetime(2025, 4, 1, tzinfo=UTC), amount=money, lines=lines)


def cancelled(**lines: int) -> Cancellation:
    return Cancellation(id="c", at=datetime(2025, 4, 1, tzinfo=UTC), lines=Pairs(lines))


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


# ------------------------------------------------------------------ retention


def test_the_margin_multiple_of_gupta_and_lehmann() -> None:
    case = VECTORS["margin-multiple-gupta-lehmann"]
    for (retention, rate), expected in zip(
        case["given"]["cases"], case["expected"]["multiple"], strict=True
    ):
        multiple = clv.retention_multiple(Decimal(str(retention)), Decimal(str(rate)))
        assert float(multiple) == pytest.approx(expected, abs=case["tolerance"])


def test_elasticity_and_lifetime_of_the_worked_cases() -> None:
    elasticity = VECTORS["retention-elasticity"]
    given = (Decimal(str(elasticity["given"][key])) for key in ("r", "i"))
    assert float(clv.retention_elasticity(*given)) == pytest.approx(
        elasticity["expected"]["elasticity"], abs=elasticity["tolerance"]
    )
    lifetime = VECTORS["churn-lifetime"]
    churn = 1 - Decimal(str(lifetime["given"]["retention"]))
    assert clv.expected_lifetime(churn) == Decimal(str(lifetime["expected"]["lifetime_periods"]))
    with pytest.raises(InvalidFigure, match="churn"):
        clv.expected_lifetime(Decimal(0))


def test_both_conventions_of_the_first_payment() -> None:
    margin, kept, rate = Money.parse("100.00 EUR"), Decimal("0.8"), Decimal("0.1")
    later = clv.retention_value(margin, kept, rate)
    now = clv.retention_value(margin, kept, rate, first=FirstPayment.NOW)
    assert (later, now) == (Money.parse("266.67 EUR"), Money.parse("366.67 EUR"))
    assert clv.retention_value(margin, kept, rate, first=FirstPayment.NOW, periods=1) == margin
    assert clv.retention_value(margin, Decimal(1), Decimal(0), periods=3) == margin * 3


@given(
    kept=st.decimals("0.01", "0.99", places=2),
    rate=st.decimals("0", "0.5", places=2),
    periods=st.integers(1, 60),
)
def test_finite_horizons_grow_towards_the_infinite_one(
    kept: Decimal, rate: Decimal, periods: int
) -> None:
    whole = clv.retention_multiple(kept, rate)
    short = clv.retention_multiple(kept, rate, periods=periods)
    longer = clv.retention_multiple(kept, rate, periods=periods + 1)
    assert short <= longer < whole + Decimal("1e-20")
    assert clv.retention_multiple(kept, rate, periods=3000) == pytest.approx(whole)
    now = clv.retention_multiple(kept, rate, first=FirstPayment.NOW)
    assert now - whole == pytest.approx(1)


@pytest.mark.parametrize(
    ("kept", "rate", "periods", "wrong"),
    [
        ("1.1", "0.1", None, "retention: need a share"),
        ("0.5", "-0.1", None, "discount"),
        ("1", "0", None, "the sum has no end"),
        ("0.5", "0.1", 0, "periods"),
    ],
)
def test_a_sum_without_an_end_is_refused(
    kept: str, rate: str, periods: int | None, wrong: str
) -> None:
    with pytest.raises(InvalidFigure, match=wrong):
        clv.retention_multiple(Decimal(kept), Decimal(rate), periods=periods)


def test_present_value_of_dated_payments() -> None:
    day = date(2026, 1, 1)
    paid = [
        Payment(day, Money.parse("-100.00 EUR")),
        Payment(day + timedelta(days=1461), Money.parse("146.41 EUR")),
    ]
    assert clv.present_value(paid, on=day, annual_rate=Decimal("0.1")) == Money.zero("EUR")
    assert clv.present_value(paid, on=day, annual_rate=Decimal(0)) == Money.parse("46.41 EUR")
    with pytest.raises(InvalidFigure, match="at least one payment"):
        clv.present_value([], on=day, annual_rate=Decimal(0))
    with pytest.raises(InvalidFigure, match="above -1"):
        clv.present_value(paid, on=day, annual_rate=Decimal(-1))
    with pytest.raises(CurrencyMismatch):
        clv.present_value(
            [*paid, Payment(day, Money.parse("1 JPY"))], on=day, annual_rate=Decimal(0)
        )


def test_payback_and_value_to_cost() -> None:
    cost, margin = Money.parse("25.00 EUR"), Money.parse("10.00 EUR")
    assert clv.payback(cost, [margin] * 9) == 3
    assert clv.payback(cost, [margin]) is None
    assert clv.payback(Money.zero("EUR"), []) == 0
    assert clv.value_to_cost(Money.parse("75.00 EUR"), cost) == 3
    for wrong in (Money.zero("EUR"), Money.parse("5.00 USD")):
        with pytest.raises(InvalidFigure, match="acquisition_cost"):
            clv.value_to_cost(margin, wrong)


# ------------------------------------------------------------------ cohorts


def test_the_triangle_of_the_worked_case() -> None:
    case = VECTORS["cohort-retention-table"]
    orders = [order(i, who, day) for i, (who, day) in enumerate(case["given"]["orders"])]
    table = clv.cohorts(orders, at=datetime(2026, 4, 1, tzinfo=UTC), zone=UTC)
    found = {
        f"{row.start:%Y-%m}": [cell for cell in row.active if cell is not None]
        for row in table.rows
    }
    assert found == case["expected"]
    assert table.rows[0].active == (2, 1, 1, None)
    assert table.rows[1].active == (2, 1, None, None)
    assert table.rows[1].rates == (Decimal(1), Decimal("0.5"), None, None)
    assert table.retention == (Decimal(1), Decimal("0.5"), Decimal("0.5"), None)


def test_open_cells_are_empty_and_silent_ones_are_zero() -> None:
    orders = [order(1, day="2025-01-05"), order(2, "bob", day="2025-03-05")]
    table = clv.cohorts(orders, at=datetime(2025, 3, 20, tzinfo=UTC), zone=UTC)
    assert [row.active for row in table.rows] == [(1, 0, None), (0, None, None), (None,) * 3]
    assert table.rows[1].rates == (None, None, None)
    assert table.retention == (Decimal(1), Decimal(0), None)
    html = table._repr_html_()
    assert "<th>2025-01-01</th><td>100.0%</td><td>0.0%</td><td></td>" in html


def test_no_order_no_cohort() -> None:
    table = clv.cohorts([], at=datetime(2025, 3, 20, tzinfo=UTC), zone=UTC)
    assert table.rows == table.retention == ()
    running = clv.cohorts([order(1)], at=datetime(2025, 3, 20, tzinfo=UTC), zone=UTC)
    assert running.rows[0].size is None
    assert running.retention == (None,)


@pytest.mark.parametrize(
    ("grain", "start"),
    [
        (Grain.WEEK, date(2025, 2, 24)),
        (Grain.MONTH, date(2025, 2, 1)),
        (Grain.QUARTER, date(2025, 1, 1)),
    ],
)
def test_periods_begin_on_their_first_day_in_the_zone(grain: Grain, start: date) -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    one = order(1, day="2025-02-28T14:00", zone=ZoneInfo("Pacific/Auckland"))
    at = datetime(2025, 12, 1, tzinfo=UTC)
    assert clv.cohorts([one], at=at, zone=tokyo, grain=grain).rows[0].start == start
    there = clv.cohorts([one], at=at, zone=tokyo, grain=grain, day=clv.customer_day).rows[0].start
    assert there == (date(2025, 3, 1) if grain is Grain.MONTH else start)


@given(day=st.dates(date(1, 2, 1), date(9998, 1, 1)), grain=st.sampled_from(Grain))
def test_every_day_lies_in_the_period_of_its_number(day: date, grain: Grain) -> None:
    number = grain.number(day)
    assert grain.first_day(number) <= day < grain.first_day(number + 1)


def test_retention_from_one_period_to_the_next() -> None:
    orders = [
        order(1, "ann", "2025-01-05"),
        order(2, "bob", "2025-01-06"),
        order(3, "ann", "2025-02-05"),
        order(4, "ann", "2025-05-05"),
        order(5, "ann", "2025-02-06", cancellations=(cancelled(),)),
    ]
    rows = clv.period_retention(orders, at=datetime(2025, 6, 2, tzinfo=UTC), zone=UTC)
    assert rows == (
        (date(2025, 1, 1), Decimal("0.5")),
        (date(2025, 2, 1), Decimal(0)),
        (date(2025, 3, 1), None),
        (date(2025, 4, 1), None),
    )


# ------------------------------------------------------------------ lifetimes


def test_lifetimes_end_with_dormancy_and_open_ones_count_as_long_as_seen() -> None:
    orders = [
        order(1, "ann", "2025-01-01"),
        order(2, "ann", "2025-01-11"),
        order(3, "ann", "2025-09-01"),
        order(4, "bob", "2025-01-01"),
        order(5, "cleo", "2025-03-01"),
    ]
    at = datetime(2025, 3, 11, tzinfo=UTC)
    curve = clv.lifetimes(orders, at=at, dormant_after=timedelta(days=30))
    assert (curve.customers, curve.active, curve.seen) == (3, 1, 40)
    assert curve.days == (30, 40)
    assert [curve.at(day) for day in (29, 30, 40)] == [1, 0.5, 0]
    assert curve.mean == Span(35.0, Unit.DAY)


def test_a_curve_of_customers_who_all_stay_is_a_floor() -> None:
    curve = clv.lifetimes(
        [order(1)], at=datetime(2025, 3, 11, tzinfo=UTC), dormant_after=timedelta(days=30)
    )
    assert curve.days == ()
    assert curve.mean == Span(10.0, Unit.DAY)
    today = clv.lifetimes([order(1)], at=order(1).at, dormant_after=timedelta(days=30))
    assert today.mean is None


def test_a_lifetime_needs_an_order_and_a_day() -> None:
    at = datetime(2025, 3, 11, tzinfo=UTC)
    with pytest.raises(InvalidFigure, match="lifetimes"):
        clv.lifetimes([], at=at, dormant_after=timedelta(days=30))
    with pytest.raises(InvalidFigure, match="lifetimes"):
        clv.lifetimes([order(1)], at=at, dormant_after=timedelta(hours=3))


def test_a_silence_in_the_middle_ends_a_lifetime() -> None:
    orders = [order(1, day="2025-01-01"), order(2, day="2025-06-01")]
    curve = clv.lifetimes(
        orders, at=datetime(2025, 12, 1, tzinfo=UTC), dormant_after=timedelta(days=90)
    )
    assert curve.days == (90,)


# ------------------------------------------------------------------ benchmarks and what if


def test_every_benchmark_is_a_quoted_figure_with_its_source() -> None:
    for each in clv.BENCHMARKS:
        assert each.low <= each.high
        assert each.source
        assert each.says.endswith(".")
    assert len({each.name for each in clv.BENCHMARKS}) == len(clv.BENCHMARKS) == 8


@pytest.mark.parametrize(
    ("own", "standing"),
    [("0.5", Standing.BELOW), ("0.6", Standing.WITHIN), ("0.71", Standing.ABOVE)],
)
def test_one_s_own_figure_beside_it(own: str, standing: Standing) -> None:
    comparison = benchmark.EXISTING_SALE.compare(Decimal(own))
    assert comparison.standing is standing
    assert f"{own} is {standing.value} the quoted 0.60 to 0.70" in str(comparison)
    assert "the quoted 5 (" in str(clv.ACQUISITION_COST.compare(Decimal(5)))


def test_five_points_of_retention() -> None:
    uplift = clv.retention_uplift(
        Money.parse("100.00 EUR"), Decimal("0.8"), Decimal("0.05"), discount=Decimal("0.1")
    )
    assert (uplift.before, uplift.after) == (Money.parse("266.67 EUR"), Money.parse("340.00 EUR"))
    assert uplift.change == pytest.approx(Decimal("0.275"), abs=Decimal("0.001"))
    nothing = clv.retention_uplift(
        Money.zero("EUR"), Decimal("0.8"), Decimal("0.05"), discount=Decimal("0.1")
    )
    assert nothing.change is None


def test_contacts_and_incentives() -> None:
    margin = Money.parse("20.00 EUR")
    worth = clv.contact_value(Decimal("0.65"), margin, Money.parse("1.00 EUR"))
    assert worth == Money.parse("12.00 EUR")
    incentive = clv.break_even_incentive(margin, Decimal("0.1"), Decimal("0.15"))
    assert incentive == Money.parse("6.66 EUR")
    assert clv.break_even_incentive(margin, Decimal("0.2"), Decimal("0.1")) == Money.zero("EUR")
    with pytest.raises(InvalidFigure, match="with_incentive: need above 0"):
        clv.break_even_incentive(margin, Decimal(0), Decimal(0))
    with pytest.raises(InvalidFigure, match="chance"):
        clv.contact_value(Decimal(2), margin, margin)


def test_what_an_order_costs_from_whom() -> None:
    costs = OrderCosts(
        acquisition=Money.parse("1000.00 EUR"),
        new_orders=40,
        keeping=Money.parse("100.00 EUR"),
        repeat_orders=20,
    )
    assert (costs.each_new, costs.each_repeat) == (
        Money.parse("25.00 EUR"),
        Money.parse("5.00 EUR"),
    )
    assert costs.ratio == 5
    free = OrderCosts(
        acquisition=costs.acquisition, new_orders=1, keeping=Money.zero("EUR"), repeat_orders=1
    )
    assert free.ratio is None
    with pytest.raises(InvalidFigure, match="one of each"):
        OrderCosts(
            acquisition=costs.acquisition, new_orders=0, keeping=costs.keeping, repeat_orders=1
        )


def test_formulas_need_no_numpy() -> None:
    code = (
        "import sys\n"
        "from postpurchase import clv\n"
        "clv.simple, clv.cohorts, clv.lifetimes, clv.retention_value, clv.BENCHMARKS, clv.Span\n"
        "assert 'numpy' not in sys.modules and 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # this interpreter


def test_each_worth_names_itself() -> None:
    assert str(REVENUE) == "revenue as sold"
    assert str(Margin(Decimal("0.4"), REVENUE)) == "40% margin on revenue as sold"
    named = str(Exchange("EUR", Pairs()))
    assert named == "revenue less refunds and cancellations in EUR"


def test_cancelled_and_later_orders_change_no_rate() -> None:
    gone = order(2, day="2025-02-01", cancellations=(cancelled(),))
    later = order(3, day="2027-02-01")
    assert clv.repeat_business([order(1), gone, later], period=YEAR) == clv.repeat_business(
        [order(1)], period=YEAR
    )
    at = datetime(2025, 6, 1, tzinfo=UTC)
    assert clv.cohorts([order(1), gone, later], at=at, zone=UTC) == clv.cohorts(
        [order(1)], at=at, zone=UTC
    )
