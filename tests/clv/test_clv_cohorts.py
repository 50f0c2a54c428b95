"""Who came back and how long customers stay, with worked cases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mugs import VECTORS, YEAR, cancelled, order
from postpurchase import clv
from postpurchase.clv import (
    Grain,
    Span,
    Unit,
)
from postpurchase.errors import InvalidFigure

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


@pytest.mark.parametrize(
    ("grain", "day", "name"),
    [
        (Grain.WEEK, date(2024, 12, 30), "2025-W01"),
        (Grain.MONTH, date(2024, 2, 1), "2024-02"),
        (Grain.QUARTER, date(2024, 1, 1), "2024 Q1"),
        (Grain.QUARTER, date(2024, 10, 1), "2024 Q4"),
    ],
)
def test_periods_have_names(grain: Grain, day: date, name: str) -> None:
    assert grain.label(day) == name


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


def test_the_mean_counts_who_is_left_as_long_as_they_were_seen() -> None:
    orders = [
        order(1, "bob", "2025-01-01"),
        order(2, "dora", "2025-01-31"),
        order(3, "dora", "2025-02-25"),
    ]
    at = datetime(2025, 3, 11, tzinfo=UTC)
    curve = clv.lifetimes(orders, at=at, dormant_after=timedelta(days=30))
    assert (curve.days, curve.shares, curve.seen) == ((30,), (Fraction(1, 2),), 39)
    assert curve.mean == Span(34.5, Unit.DAY)


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


def test_lifetimes_of_each_segment_are_those_of_its_customers() -> None:
    orders = [
        order(1, "ann", "2025-01-01"),
        order(2, "bob", "2025-01-01"),
        order(3, "bob", "2025-01-21"),
        order(4, "cleo", "2025-02-01"),
        order(5, "dora", "2026-02-01"),
        order(6, "eve", "2025-01-01", cancellations=(cancelled(),)),
    ]
    at, silence = datetime(2025, 3, 11, tzinfo=UTC), timedelta(days=30)
    segment = {"ann": "new", "bob": "loyal", "dora": "later", "eve": "none"}
    found = clv.lifetimes_by(orders, segment, at=at, dormant_after=silence)
    assert list(found) == ["loyal", "new"]
    for name, mine in (("new", orders[:1]), ("loyal", orders[1:3])):
        assert found[name] == clv.lifetimes(mine, at=at, dormant_after=silence)
    assert clv.lifetimes_by([], {}, at=at, dormant_after=silence) == {}


def test_how_soon_a_second_order_comes_counts_those_who_still_may() -> None:
    orders = [
        order(1, "ann", "2025-01-01"),
        order(2, "ann", "2025-01-11"),
        order(3, "ann", "2025-01-12"),
        order(4, "bob", "2025-01-01"),
        order(5, "bob", "2025-01-01"),
        order(6, "bob", "2025-01-31"),
        order(7, "cleo", "2025-01-22"),
        order(8, "dora", "2024-01-01"),
        order(9, "dora", "2024-01-05", cancellations=(cancelled(),)),
        order(10, "dora", "2025-06-01"),
    ]
    found = clv.second_orders(orders, at=datetime(2025, 2, 1, tzinfo=UTC), zone=UTC)
    assert (found.customers, found.returned) == (4, 2)
    assert [found.share(days) for days in (0, 9, 10, 29, 30, 9999)] == [
        0,
        0,
        Fraction(1, 4),
        Fraction(1, 4),
        Fraction(5, 8),
        Fraction(5, 8),
    ]
    assert found.median == 30
    alone = clv.second_orders(orders[6:7], at=datetime(2025, 2, 1, tzinfo=UTC), zone=UTC)
    assert alone.median is None
    with pytest.raises(InvalidFigure, match="orders: need one"):
        clv.second_orders(orders[8:9], at=datetime(2025, 2, 1, tzinfo=UTC), zone=UTC)


def test_an_order_of_this_very_instant_counts_and_a_day_makes_dormant() -> None:
    at = datetime(2025, 2, 1, tzinfo=UTC)
    found = clv.second_orders(
        [order(1, day="2025-01-20"), order(2, day="2025-02-01")], at=at, zone=UTC
    )
    assert (found.returned, found.median) == (1, 12)
    day = clv.lifetimes([order(1, day="2025-01-20")], at=at, dormant_after=timedelta(days=1))
    assert day.days == (1,)


def test_two_orders_of_one_local_day_are_no_second_order() -> None:
    """Both of 1 July in UTC; in Berlin the later one is of the 2nd."""
    late, early = order(1, day="2025-07-01T21:50"), order(2, day="2025-07-01T22:50")
    at = datetime(2025, 8, 1, tzinfo=UTC)
    assert clv.second_orders([late, early], at=at, zone=UTC).returned == 0
    assert clv.second_orders([late, early], at=at, zone=ZoneInfo("Europe/Berlin")).returned == 1


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
