import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import special
from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.special import beta_mean, purchases_while_alive, survival

sizes = st.floats(-3, 4).map(lambda power: 10**power)


def by_integral(shape: float, a: float, b: float, y: float) -> float:
    def coming(p: FloatArray) -> FloatArray:
        return -np.expm1(-shape * np.log1p(p * y)) / p

    one = np.array([1.0])
    return float(beta_mean(coming, a * one, b * one, shape * y * one)[0])


@given(shape=sizes, a=sizes, b=sizes, y=sizes)
def test_purchases_are_at_least_the_chance_of_one_and_at_most_those_of_a_customer_who_stays(
    shape: float, a: float, b: float, y: float
) -> None:
    answer = purchases_while_alive(shape, a, b, y)[0]
    assert np.isfinite(answer)
    assert -np.expm1(-shape * np.log1p(y)) <= answer <= shape * y


@given(shape=sizes, a=sizes, b=sizes, y=sizes)
def test_survival_is_a_probability_above_that_of_the_mean_customer(
    shape: float, a: float, b: float, y: float
) -> None:
    answer = survival(shape, a, b, y)[0]
    assert np.exp(-shape * np.log1p(y * a / (a + b))) <= answer <= 1


@given(
    shape=st.floats(0.01, 50), a=st.floats(0.1, 20), b=st.floats(0.1, 50), y=st.floats(0.01, 100)
)
def test_the_closed_form_is_the_integral(shape: float, a: float, b: float, y: float) -> None:
    answer = purchases_while_alive(shape, a, b, y)[0]
    assert answer == pytest.approx(by_integral(shape, a, b, y), rel=1e-5)


def test_the_closed_form_goes_through_a_equal_to_one() -> None:
    around = [purchases_while_alive(3.0, a, 2.5, 0.7)[0] for a in (0.9999, 1.0, 1.0001)]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-7)
    assert around[1] == pytest.approx(by_integral(3.0, 1.0, 2.5, 0.7), rel=1e-5)


def broken(*values: FloatArray) -> FloatArray:
    return np.full_like(values[0], np.nan)


def test_where_the_hypergeometric_function_fails_the_integral_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays, buys = (
        survival(np.array([0.5, 3.0]), 0.8, 2.4, 9.0),
        purchases_while_alive(2.0, 0.8, 2.4, 9.0),
    )
    monkeypatch.setattr(scipy.special, "hyp2f1", broken)
    assert survival(np.array([0.5, 3.0]), 0.8, 2.4, 9.0) == pytest.approx(stays, rel=1e-5)
    assert purchases_while_alive(2.0, 0.8, 2.4, 9.0) == pytest.approx(buys, rel=1e-5)


def test_ten_thousand_purchases_neither_overflow_nor_vanish() -> None:
    answer = purchases_while_alive(10_000.2, 0.8, 10_002.4, 1.0)[0]
    assert answer == pytest.approx(by_integral(10_000.2, 0.8, 10_002.4, 1.0), rel=1e-5)


def test_usual_customers_need_no_integral(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> FloatArray:
        pytest.fail("the closed form left its bounds")

    monkeypatch.setattr(special, "beta_mean", never)
    assert survival(2.243, 0.793, 4.426, 0.9)[0] < 1
    assert purchases_while_alive(2.243, 0.793, 4.426, 0.9)[0] > 0
