import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import special
from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.functions import log_beta
from postpurchase.clv.halving import rises_through_zero
from postpurchase.clv.special import (
    beta_mean,
    discounted_stays,
    purchases_while_alive,
    survival,
)

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


@pytest.mark.parametrize(
    ("a", "b", "exact"),
    [
        (54.3, 1.14e6, -595.77245069866097524),
        (2e4, 3e4, -33654.360737616224418),
        (1e6, 1e6, -1386300.0033629211163),
        (10.9, 10_001, -85.529478430091072323),
        (0.001, 1e9, 6.8864556195474067501),
        (2.0, 3.0, -2.4849066497880003102),
    ],
)
def test_the_beta_function_of_large_numbers_cancels_nothing(
    a: float, b: float, exact: float
) -> None:
    """Against forty digits; a difference of three logarithms has an error of 1e-10 here."""
    assert log_beta(a, b) == pytest.approx(exact, rel=1e-15)
    assert log_beta(b, a) == pytest.approx(exact, rel=1e-15)
    both = log_beta(np.array([a, 2.0]), np.array([b, 3.0]))
    assert both == pytest.approx([exact, -2.4849066497880003102], rel=1e-15)


def test_what_stays_is_a_sum_of_powers_and_survives_where_scipy_does_not() -> None:
    a, b, x = np.array([0.8, 2.0]), np.array([3.0, 1.0]), np.array([0.7, 0.9])
    n = np.arange(2000)
    kept = np.exp(log_beta(a[:, None], b[:, None] + n) - log_beta(a, b)[:, None])
    assert discounted_stays(a, b, x) == pytest.approx((kept * x[:, None] ** n).sum(axis=1))
    hard = discounted_stays(np.array([1e-3]), np.array([1.1e6]), np.array([1 - 1e-9]))
    assert 9e8 < hard[0] < 1e9


def test_a_rising_function_is_followed_as_far_as_it_goes() -> None:
    found = rises_through_zero(lambda t: np.array([t[0] - 5, t[1] - 1e15, 1.0]), 3)
    assert found[0] == pytest.approx(5, rel=1e-12)
    assert found[1] == np.inf
    assert found[2] < 1e-12
