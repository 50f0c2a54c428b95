"""Against Fader and Hardie's note 25 (http://www.brucehardie.com/notes/025/) and R's BTYD."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import GammaGamma, Summary, independence
from postpurchase.clv.arrays import FloatArray
from postpurchase.errors import FitFailed, InvalidFigure

NOTE = GammaGamma(p=6.25, q=3.74, v=15.44)


def spent(x: int, money: float) -> Summary:
    return Summary(frequency=x, recency=1 if x else 0, age=2, money=money)


def test_the_customer_who_spent_35_three_times() -> None:
    assert NOTE.spend(spent(3, 35))[0] == pytest.approx(35.0279199627734, rel=1e-13)
    assert NOTE.population() == pytest.approx(35.21897810218978, rel=1e-14)


def test_another_dollar_of_mean_moves_the_expectation_by_its_credibility() -> None:
    ten = [NOTE.spend(spent(3, float(m)))[0] for m in range(30, 41)]
    assert ten[0] == pytest.approx(30.6654257794323, rel=1e-13)
    assert np.diff(ten) == pytest.approx([6.25 * 3 / (6.25 * 3 + 2.74)] * 10, rel=1e-12)


def test_who_never_bought_again_is_expected_to_spend_as_everybody() -> None:
    assert NOTE.spend(spent(0, np.nan))[0] == NOTE.population()
    assert NOTE.spend(spent(2, np.nan))[0] == NOTE.population()
    assert NOTE.spend(spent(2, -5))[0] == NOTE.population()


def shoppers(seed: int = 3, n: int = 600, p: float = 6, q: float = 4, v: float = 15) -> Summary:
    chance = np.random.RandomState(seed)  # its streams are frozen
    x = chance.randint(0, 6, n)
    rate = chance.gamma(q, 1 / v, n)
    shape = np.maximum(p * x, 1)
    money = np.where(x > 0, chance.gamma(shape, 1 / rate) / np.maximum(x, 1), np.nan)
    return Summary(frequency=x, recency=np.where(x > 0, 5, 0), age=9, money=money)


SHOPPERS = shoppers()


def test_the_fit_is_on_the_top() -> None:
    fitted = GammaGamma.fit_strict(SHOPPERS)
    assert fitted.how is not None
    assert fitted.how.customers == (SHOPPERS.frequency > 0).sum()
    assert fitted.how.log_likelihood == pytest.approx(fitted.log_likelihood(SHOPPERS), rel=1e-12)
    for i in range(3):
        for step in (-0.01, 0.01):
            theta = fitted.theta.copy()
            theta[i] += step
            assert fitted.at(theta).log_likelihood(SHOPPERS) < fitted.how.log_likelihood


@pytest.mark.parametrize("factor", [1e-6, 100, 1e6])
def test_the_currency_does_not_matter(factor: float) -> None:
    fitted = GammaGamma.fit(SHOPPERS)
    scaled = Summary(
        frequency=SHOPPERS.frequency,
        recency=SHOPPERS.recency,
        age=SHOPPERS.age,
        money=SHOPPERS.money * factor,
    )
    other = GammaGamma.fit(scaled)
    assert (other.p, other.q) == pytest.approx((fitted.p, fitted.q), rel=1e-7)
    assert other.v == pytest.approx(fitted.v * factor, rel=1e-7)
    assert other.spend(scaled) == pytest.approx(fitted.spend(SHOPPERS) * factor, rel=1e-7)


def test_weights_are_repeated_rows_and_a_start_changes_nothing() -> None:
    twice = SHOPPERS.take(list(range(600)) * 2)
    weighted = Summary(
        frequency=SHOPPERS.frequency,
        recency=SHOPPERS.recency,
        age=9,
        money=SHOPPERS.money,
        weight=2,
    )
    fitted = GammaGamma.fit(twice)
    again = GammaGamma.fit(weighted, start=fitted)
    assert again.theta == pytest.approx(fitted.theta, abs=1e-8)
    assert again.covariance == pytest.approx(fitted.covariance, rel=1e-4)


def test_a_heavy_tail_gives_no_negative_spend_and_says_so() -> None:
    chance = np.random.RandomState(1)  # its streams are frozen
    x = chance.randint(1, 5, 3000)
    wild = Summary(frequency=x, recency=1, age=2, money=np.exp(2.5 * chance.standard_normal(3000)))
    fitted = GammaGamma.fit(wild)
    assert fitted.how is not None
    assert fitted.q <= 1
    assert any("no mean spend" in each for each in fitted.how.warnings)
    assert fitted.population() == np.inf
    spend = fitted.spend(wild)
    assert (spend > 0).all()
    assert not np.isnan(spend).any()
    assert np.isfinite(fitted.typical(wild)).all()
    assert np.isfinite(fitted.typical(spent(0, np.nan))).all()


X = np.array([1, 4] * 300)
ALIKE = 20 * (1 + np.repeat([-0.3, 0.3], 300) / np.sqrt(X))


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (np.full(600, 20.0), "p -> infinity: each customer always spends the same"),
        (ALIKE, "q -> infinity: all customers spend alike"),
    ],
)
def test_a_limit_is_named_and_still_answers(money: FloatArray, said: str) -> None:
    same = Summary(frequency=X, recency=1, age=2, money=money)
    fitted = GammaGamma.fit(same)
    assert fitted.how is not None
    assert fitted.how.converged
    assert said in fitted.how.boundary
    assert fitted.spend(same) == pytest.approx([money.mean()] * 600, rel=0.02)
    with pytest.raises(FitFailed):
        fitted.strictly()


@pytest.mark.parametrize("factor", [0.0017, 0.0415, 0.0918, 1.09, 4.9, 78.5, 219.7])
@pytest.mark.parametrize("money", [ALIKE, np.full(600, 20.0)], ids=["alike", "constant"])
def test_a_limit_is_reached_in_any_currency(money: FloatArray, factor: float) -> None:
    same = Summary(frequency=X, recency=1, age=2, money=money * factor)
    fitted = GammaGamma.fit(same)
    assert fitted.how is not None
    assert fitted.how.converged
    assert fitted.how.boundary
    expected = np.full(600, same.money.mean())
    assert fitted.spend(same) == pytest.approx(expected, rel=1e-3)


def test_one_repeat_purchase_each_is_enough() -> None:
    once = SHOPPERS.take(SHOPPERS.frequency == 1)
    fitted = GammaGamma.fit(once)
    assert fitted.how is not None
    assert fitted.how.converged
    assert np.isfinite(fitted.typical(once)).all()


def test_customers_without_a_positive_mean_are_counted() -> None:
    some = Summary(
        frequency=[2, 3, 1, 2, 0], recency=[1, 1, 1, 1, 0], age=2, money=[9, 8, 0, -1, 5]
    )
    fitted = GammaGamma.fit(some)
    assert fitted.how is not None
    assert fitted.how.customers == 2
    assert "2 customers with zero, negative" in fitted.how.warnings[-1]


def test_nobody_to_fit_on_is_refused() -> None:
    with pytest.raises(InvalidFigure, match="money: need a customer with a repeat purchase"):
        GammaGamma.fit(spent(0, 5))


@given(
    p=st.floats(0.01, 1e3),
    q=st.floats(0.01, 1e3),
    v=st.floats(1e-3, 1e6),
    x=st.integers(0, 10_000),
    money=st.floats(1e-3, 1e6),
)
def test_expected_spend_is_never_negative_and_never_missing(
    p: float, q: float, v: float, x: int, money: float
) -> None:
    model = GammaGamma(p=p, q=q, v=v)
    assert model.spend(spent(x, money))[0] > 0
    assert 0 < model.typical(spent(x, money))[0] < np.inf or p * x + q < 0.1


def test_independence_is_a_correlation() -> None:
    tied = Summary(frequency=[1, 2, 3], recency=1, age=2, money=[10, 20, 30])
    assert independence(tied) == pytest.approx(1)
    assert abs(independence(SHOPPERS)) < 0.1
    with pytest.raises(InvalidFigure, match="customers who differ"):
        independence(spent(3, 4))
    with pytest.raises(InvalidFigure, match="customers who differ"):
        independence(spent(0, 4))
    with pytest.raises(InvalidFigure, match="customers who differ"):
        independence(Summary(frequency=[1, 2], recency=1, age=2, money=5))
