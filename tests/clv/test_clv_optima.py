"""Fits against the optimum in forty-digit arithmetic, to eight digits of each parameter.

The figures were found outside of the library: Newton's method on the log-likelihoods as the papers
print them, in mpmath with forty digits (thirty for Pareto/NBD), until the gradient was below 1e-12.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, special

from cdnow import sample
from postpurchase.clv import (
    BGBB,
    BGNBD,
    MBGNBD,
    SBG,
    GammaGamma,
    ParetoNBD,
    Summary,
    Unit,
    simulate,
)
from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.layout import Layout
from postpurchase.clv.pareto import ParetoLikelihood

# By model: the parameters and the log-likelihood.
EXACT: dict[type[BGNBD | MBGNBD | ParetoNBD | GammaGamma], tuple[list[float], float]] = {
    BGNBD: (
        [0.24259452243016, 4.4136020190135, 0.7929220172256, 2.4259067768263],
        -9582.42920667393063,
    ),
    MBGNBD: (
        [0.524843159106, 6.18308527957, 0.891359390732, 1.61400224017],
        -9582.13571555374954,
    ),
    ParetoNBD: (
        [0.553277046853, 10.5776834633, 0.606239989124, 11.6687352887],
        -9594.97617893954311,
    ),
    GammaGamma: (
        [6.2495722713136, 3.7442246671671, 15.443520962772],
        -4055.91769479790141,
    ),
}


@pytest.fixture(scope="module")
def cdnow(real_data: Path) -> Summary:
    return sample(real_data)


@pytest.mark.parametrize("model", EXACT)
def test_the_cdnow_sample(
    cdnow: Summary, model: type[BGNBD | MBGNBD | ParetoNBD | GammaGamma]
) -> None:
    parameters, value = EXACT[model]
    fitted = model.fit_strict(cdnow)
    assert list(fitted.parameters.values()) == pytest.approx(parameters, rel=1e-8)
    assert fitted.how is not None
    assert fitted.how.log_likelihood == pytest.approx(value, abs=1e-9)
    assert fitted.log_likelihood(cdnow) == pytest.approx(value, abs=1e-9)


def test_errors_are_those_of_the_exact_curvature(cdnow: Summary) -> None:
    assert list(BGNBD.fit(cdnow).standard_errors().values()) == pytest.approx(
        [0.0125573781, 0.37822406, 0.185733821, 0.70541426], rel=1e-6
    )
    assert list(GammaGamma.fit(cdnow).standard_errors().values()) == pytest.approx(
        [1.19005534, 0.290133065, 4.15942275], rel=1e-6
    )


def test_the_high_end_cohort_and_what_is_left_of_it() -> None:
    fitted = SBG.fit([1000, 869, 743, 653, 593, 551, 517, 491])
    assert list(fitted.parameters.values()) == pytest.approx(
        [0.66808835110645, 3.8060949640583], rel=1e-8
    )
    assert fitted.how is not None
    assert fitted.how.log_likelihood == pytest.approx(-1611.15814739115644, abs=1e-10)
    # From these parameters unrounded: the sum of the survivals to come, discounted one by one.
    payments = sum(
        fitted.survival(7 + n) / fitted.survival(7) / 1.1 ** (n - 1) for n in range(1, 3000)
    )
    assert fitted.residual(7, rate=0.1) == pytest.approx(payments, rel=1e-9)
    assert fitted.residual(7, rate=0.1) == pytest.approx(7.529628045, abs=5e-8)


def test_the_donations(real_data: Path) -> None:
    with (real_data / "donations_rf.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = Summary(
        frequency=[float(row["frequency"]) for row in rows],
        recency=[float(row["recency"]) for row in rows],
        age=[float(row["n_periods"]) for row in rows],
        weight=[float(row["customers"]) for row in rows],
        unit=Unit.YEAR,
    )
    fitted = BGBB.fit_strict(cells)
    assert list(fitted.parameters.values()) == pytest.approx(
        [1.2035223516019, 0.74971635817294, 0.65671820844183, 2.7834422325774], rel=1e-8
    )
    assert list(fitted.standard_errors().values()) == pytest.approx(
        [0.0693913624, 0.0294477167, 0.051009859, 0.320819003], rel=1e-6
    )
    assert fitted.log_likelihood(cells) == pytest.approx(-33225.5812743470068, abs=1e-9)


# ------------------------------------------------------------------ Pareto/NBD, 100,000 customers

TRUTH = ParetoNBD(r=0.5, alpha=73.7, s=0.755, beta=179.8)


@pytest.fixture(scope="module")
def hundred_thousand() -> Summary:
    """Customers who came at any time within two years, seen at their end."""
    log = simulate(
        TRUTH, customers=100_000, length=730, arrivals=729, generator=np.random.default_rng(1)
    )
    return log.summary()


def exact_log_likelihood(model: ParetoNBD, customers: Summary) -> float:
    """By the hypergeometric function, after an Euler transform and in logarithms."""
    r, alpha, s, beta = model.parameters.values()
    x, n = customers.frequency, r + s + customers.frequency
    high = max(alpha, beta)
    c, e = (r + x, s + 1) if alpha < beta else (np.full_like(x, s + 1), r + x)

    def log_term(time: FloatArray) -> FloatArray:
        w = abs(alpha - beta) / (high + time)
        series = np.log(special.hyp2f1(1, e, n + 1, w))
        answer: FloatArray = (1 - c) * np.log1p(-w) + series - n * np.log(high + time)
        return answer

    last, now = log_term(customers.recency), log_term(customers.age)
    with np.errstate(divide="ignore"):
        gone = np.log(s / n) + last + np.log(-np.expm1(now - last))
    here = -(r + x) * np.log(alpha + customers.age) - s * np.log(beta + customers.age)
    front = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return float(customers.weight @ (front + np.logaddexp(here, gone)))


def test_a_hundred_thousand_customers_end_on_the_top(hundred_thousand: Summary) -> None:
    fitted = ParetoNBD.fit_strict(hundred_thousand)
    for each, true in zip(fitted.intervals(0.999), TRUTH.parameters.values(), strict=True):
        assert each.low < true < each.high
    assert fitted.how is not None
    assert fitted.how.log_likelihood > TRUTH.log_likelihood(hundred_thousand)
    assert fitted.how.log_likelihood == pytest.approx(
        exact_log_likelihood(fitted, hundred_thousand), abs=1e-5
    )
    for nudge in np.eye(4) * 1e-3:
        for theta in (fitted.theta + nudge, fitted.theta - nudge):
            assert fitted.at(theta).log_likelihood(hundred_thousand) < fitted.how.log_likelihood


def test_a_search_that_ends_where_all_leave_at_one_rate_is_hundreds_short(
    hundred_thousand: Summary,
) -> None:
    """Nelder-Mead ended at s = 43.6 and beta = 22,097 days on such customers, without a word."""
    fitted = ParetoNBD.fit(hundred_thousand)
    layout = Layout.of(hundred_thousand)
    likelihood = ParetoLikelihood.of(layout)

    def uphill(theta: FloatArray) -> tuple[float, FloatArray]:
        values = np.array([[*np.exp(theta), 43.6, 22_097 / layout.scale]])
        value, slope = likelihood(values)
        return -value, -slope[0, :2]

    there = optimize.minimize(uphill, np.log([0.5, 0.1]), jac=True)
    value = -float(there.fun) - layout.purchases * np.log(layout.scale)
    assert fitted.how is not None
    assert value < fitted.how.log_likelihood - 300
