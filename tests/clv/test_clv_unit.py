from datetime import timedelta

import pytest

from postpurchase.clv import DAYS_PER_YEAR, Span, Unit, force_of_interest
from postpurchase.clv.unit import horizon_in
from postpurchase.errors import InvalidFigure


def test_a_month_is_a_twelfth_of_a_julian_year_everywhere() -> None:
    assert Unit.MONTH.days == 365.25 / 12
    assert Unit.QUARTER.days == 3 * Unit.MONTH.days
    assert Span(12, Unit.MONTH).within(Unit.DAY) == pytest.approx(365.25, rel=1e-15)
    assert Span(12, Unit.MONTH).within(Unit.YEAR) == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize("unit", Unit)
def test_a_day_is_a_day_in_every_unit(unit: Unit) -> None:
    assert Span(1, Unit.DAY).within(unit) * unit.days == pytest.approx(1, rel=1e-14)


def test_a_horizon_is_a_number_a_span_or_a_timedelta() -> None:
    assert horizon_in(Unit.WEEK, 3) == 3
    assert horizon_in(Unit.WEEK, Span(3, Unit.WEEK)) == 3
    assert horizon_in(Unit.WEEK, timedelta(days=21)) == 3
    assert horizon_in(Unit.HOUR, timedelta(days=1)) == pytest.approx(24, rel=1e-15)


@pytest.mark.parametrize("count", [0, -1, float("nan"), float("inf")])
def test_a_span_needs_a_positive_count(count: float) -> None:
    with pytest.raises(InvalidFigure, match="count: need a positive number of units") as caught:
        Span(count, Unit.DAY)
    assert caught.value.name == "count"


def test_a_year_ahead_is_worth_the_same_in_every_unit() -> None:
    for unit in Unit:
        a_year = DAYS_PER_YEAR / unit.days
        assert 2.718281828459045 ** (-force_of_interest(0.1, unit) * a_year) == pytest.approx(
            1 / 1.1, rel=1e-12
        )
    assert force_of_interest(0, Unit.DAY) == 0


@pytest.mark.parametrize("rate", [-0.01, float("nan"), float("inf")])
def test_a_rate_is_not_negative(rate: float) -> None:
    with pytest.raises(InvalidFigure, match="annual_rate"):
        force_of_interest(rate, Unit.DAY)
