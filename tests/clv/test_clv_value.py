import numpy as np
import pytest

from postpurchase.clv import (
    MBGNBD,
    GammaGamma,
    Span,
    Summary,
    Unit,
    future_value,
    value_by_customer,
)
from postpurchase.domain.money import Money
from postpurchase.errors import InvalidFigure

MODEL = MBGNBD(r=0.525, alpha=6.183, a=0.891, b=1.614, unit=Unit.WEEK)
SPEND = GammaGamma(p=6.25, q=3.74, v=15.44, unit=Unit.WEEK)
TWO = Summary(frequency=[2, 0], recency=[30, 0], age=[39, 39], money=[35, np.nan], unit=Unit.WEEK)


def test_it_is_spend_times_margin_times_discounted_purchases() -> None:
    value = future_value(MODEL, SPEND, TWO, Span(1, Unit.YEAR), annual_rate=0.1, margin=0.4)
    bought = MODEL.discounted_purchases(TWO, Span(1, Unit.YEAR), annual_rate=0.1)
    assert value == pytest.approx(SPEND.spend(TWO) * bought * 0.4, rel=1e-15)


def test_days_and_weeks_give_the_same_value() -> None:
    days = TWO.within(Unit.DAY)
    for horizon in (Span(12, Unit.MONTH), None):
        one = future_value(MODEL, SPEND, TWO, horizon, annual_rate=0.1)
        other = future_value(MODEL.within(Unit.DAY), SPEND, days, horizon, annual_rate=0.1)
        assert one == pytest.approx(other, rel=1e-11)


def test_ten_times_the_money_is_ten_times_the_value() -> None:
    dear = Summary(
        frequency=[2, 0], recency=[30, 0], age=[39, 39], money=[350, np.nan], unit=Unit.WEEK
    )
    rich = GammaGamma(p=6.25, q=3.74, v=154.4)
    one = future_value(MODEL, SPEND, TWO, 52, annual_rate=0.1)
    assert future_value(MODEL, rich, dear, 52, annual_rate=0.1) == pytest.approx(one * 10)


def test_value_grows_with_the_horizon_up_to_for_ever() -> None:
    horizons = (1, 12, 60, 600, None)
    values = [
        future_value(MODEL, SPEND, TWO, h and Span(h, Unit.MONTH), annual_rate=0.1)[0]
        for h in horizons
    ]
    assert values == sorted(values)


def test_nothing_expected_is_worth_nothing_even_where_spend_has_no_mean() -> None:
    wild = GammaGamma(p=0.1, q=0.5, v=1)
    gone = Summary(frequency=3000, recency=1, age=1e9, money=5, unit=Unit.WEEK)
    assert future_value(MODEL, wild, gone, 1, annual_rate=0.1).tolist() == [0]
    assert future_value(MODEL, wild, TWO.take([1]), 1, annual_rate=0.1).tolist() == [np.inf]


@pytest.mark.parametrize("margin", [0, -0.1, 1.1])
def test_a_margin_is_a_share(margin: float) -> None:
    with pytest.raises(InvalidFigure, match="margin: need a share"):
        future_value(MODEL, SPEND, TWO, 1, annual_rate=0.1, margin=margin)


def test_values_become_money_by_customer_rounded_once() -> None:
    named = Summary(frequency=[2, 0], recency=[30, 0], age=39, customers=("ann", "bob"))
    found = value_by_customer(named, np.array([1.005, 0.125]), currency="EUR")
    assert found == {"ann": Money.parse("1.00 EUR"), "bob": Money.parse("0.12 EUR")}
    dinars = value_by_customer(named, np.array([1.0005, 2]), currency="KWD")
    assert dinars == {"ann": Money.parse("1.000 KWD"), "bob": Money.parse("2.000 KWD")}
    yen = value_by_customer(named, np.array([1e9, 0.5]), currency="JPY")
    assert yen == {"ann": Money.parse("1000000000 JPY"), "bob": Money.parse("0 JPY")}


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_no_value_is_no_money(value: float) -> None:
    named = Summary(frequency=[2], recency=30, age=39, customers=("ann",))
    with pytest.raises(InvalidFigure, match="value of ann: need a finite one"):
        value_by_customer(named, np.array([value]), currency="EUR")


def test_a_value_belongs_to_somebody() -> None:
    with pytest.raises(InvalidFigure, match="values: need a summary with ids"):
        value_by_customer(TWO, np.array([1.0, 2]), currency="EUR")
    named = Summary(frequency=[2], recency=30, age=39, customers=("ann",))
    with pytest.raises(InvalidFigure, match="one value for each row"):
        value_by_customer(named, np.array([1.0, 2]), currency="EUR")
