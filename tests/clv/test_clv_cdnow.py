"""The CDNOW sample of the papers, weeks: optimum to eight digits, log-likelihood as in R."""

from pathlib import Path

import numpy as np
import pytest

from cdnow import sample
from postpurchase.clv import BGNBD, MBGNBD, GammaGamma, ParetoNBD, Summary, Unit


@pytest.fixture(scope="module")
def cdnow(real_data: Path) -> Summary:
    return sample(real_data)


def test_bg_nbd(cdnow: Summary) -> None:
    fitted = BGNBD.fit_strict(cdnow)
    assert fitted.parameters == pytest.approx(
        {"r": 0.24259452, "alpha": 4.41360202, "a": 0.79292202, "b": 2.42590678}, abs=1e-8
    )
    assert fitted.standard_errors() == pytest.approx(
        {"r": 0.01255738, "alpha": 0.37822406, "a": 0.18573382, "b": 0.70541426}, abs=1e-7
    )
    assert fitted.log_likelihood(cdnow) == pytest.approx(-9582.429206673929, abs=1e-9)
    in_r = BGNBD(r=0.243, alpha=4.414, a=0.793, b=2.426, unit=Unit.WEEK)
    assert in_r.log_likelihood(cdnow) == pytest.approx(-9582.43047801367, abs=1e-9)
    start = BGNBD(r=0.5, alpha=6, a=1.2, b=3.3, unit=Unit.WEEK)
    assert start.log_likelihood(cdnow) == pytest.approx(-9783.44428561962, abs=1e-9)


def test_the_covariance_is_symmetric_and_intervals_stay_above_zero(cdnow: Summary) -> None:
    fitted = BGNBD.fit(cdnow)
    assert (fitted.covariance == fitted.covariance.T).all()
    natural = fitted.covariance * np.outer(np.exp(fitted.theta), np.exp(fitted.theta))
    assert natural[0, 1] == natural[1, 0] == pytest.approx(0.0033, rel=0.5)
    b = fitted.intervals()[3]
    assert (b.low, b.high) == pytest.approx((1.372, 4.289), abs=5e-4)


def test_bg_nbd_expects_what_r_expects(cdnow: Summary) -> None:
    fitted = BGNBD.fit(cdnow)
    weeks, people = np.unique(cdnow.age, return_counts=True)
    for week, expected in [
        (13, 722.531317829672),
        (39, 2501.52617324521),
        (78, 4165.6637212487),
    ]:
        since = week - (weeks.max() - weeks)
        total = sum(
            n * fitted.new(float(each)) for each, n in zip(since, people, strict=True) if each > 0
        )
        assert total == pytest.approx(expected, rel=1e-6)
    assert fitted.purchases(cdnow, 39).sum() == pytest.approx(1653.4087, abs=1e-3)


def test_mbg_nbd(cdnow: Summary) -> None:
    fitted = MBGNBD.fit_strict(cdnow)
    assert fitted.log_likelihood(cdnow) == pytest.approx(-9582.135715553748, abs=1e-9)
    assert fitted.parameters == pytest.approx(
        {"r": 0.52484311, "alpha": 6.18308481, "a": 0.891359473, "b": 1.61400267}, abs=1e-6
    )
    in_r = MBGNBD(
        r=0.524840219783009,
        alpha=6.183079544744238,
        a=0.891376544240478,
        b=1.614048884831807,
        unit=Unit.WEEK,
    )
    assert in_r.log_likelihood(cdnow) == pytest.approx(-9582.13571556147, abs=1e-9)


def test_gamma_gamma(cdnow: Summary) -> None:
    fitted = GammaGamma.fit_strict(cdnow)
    assert fitted.parameters == pytest.approx(
        {"p": 6.24957227, "q": 3.74422467, "v": 15.44352097}, abs=3e-8
    )
    assert fitted.standard_errors() == pytest.approx(
        {"p": 1.19005533, "q": 0.29013306, "v": 4.15942274}, abs=1e-6
    )
    assert fitted.log_likelihood(cdnow) == pytest.approx(-4055.917694797894, abs=1e-9)
    first = fitted.spend(cdnow)[:10]
    assert first == pytest.approx(
        [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17], abs=0.006
    )


def test_pareto_nbd(cdnow: Summary) -> None:
    fitted = ParetoNBD.fit_strict(cdnow)
    assert fitted.log_likelihood(cdnow) == pytest.approx(-9594.976178939545, abs=1e-9)
    assert fitted.parameters == pytest.approx(
        {"r": 0.55327704, "alpha": 10.57768328, "s": 0.60623999, "beta": 11.66873526}, abs=3e-7
    )
    assert fitted.standard_errors() == pytest.approx(
        {"r": 0.0476279, "alpha": 0.8427225, "s": 0.1872813, "beta": 6.2111}, abs=2e-5
    )
    in_r = ParetoNBD(
        r=0.55339714, alpha=10.58019854, s=0.60606250, beta=11.65622367, unit=Unit.WEEK
    )
    assert in_r.log_likelihood(cdnow) == pytest.approx(-9594.97619847373, abs=1e-8)
    assert fitted.purchases(cdnow, 39).sum() == pytest.approx(1665.5131, abs=1e-3)
