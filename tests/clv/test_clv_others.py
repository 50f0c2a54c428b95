"""sBG, BG/BB, (M)BG/CNBD-k and covariates, against R and the papers' figures."""

import csv
from pathlib import Path

import numpy as np
import pytest

from postpurchase.clv import (
    BGBB,
    SBG,
    Summary,
    Unit,
)
from postpurchase.errors import FitFailed, InvalidFigure

# ------------------------------------------------------------------ sBG

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


def test_the_high_end_cohort() -> None:
    fitted = SBG.fit(HIGH_END)
    assert fitted.how is not None
    assert (fitted.alpha, fitted.beta) == pytest.approx((0.66808837, 3.80609538), rel=1e-6)
    assert fitted.how.log_likelihood == pytest.approx(-1611.15814739, abs=1e-8)
    assert [round(fitted.survival(n), 4) for n in range(8, 13)] == [
        0.4604,
        0.4358,
        0.4142,
        0.3951,
        0.3780,
    ]
    assert fitted.residual(7, rate=0.1) == pytest.approx(7.529628045103, abs=1e-6)
    assert fitted.unit is Unit.YEAR


def test_a_start_leads_to_the_same_top_and_a_strict_fit_raises() -> None:
    fitted = SBG.fit_strict(HIGH_END)
    again = SBG.fit(HIGH_END, start=SBG(alpha=9, beta=0.2))
    assert again.theta == pytest.approx(fitted.theta, abs=1e-9)
    with pytest.raises(FitFailed, match="no churn seen"):
        SBG.fit_strict([100, 100, 100])


def test_retention_rises_and_multiplies_to_survival() -> None:
    model = SBG(alpha=0.668, beta=3.806)
    rates = [model.retention(n) for n in range(1, 20)]
    assert rates == sorted(rates)
    assert np.prod(rates) == pytest.approx(model.survival(19))
    assert model.survival(0) == 1


def test_what_is_left_is_a_sum_of_survivals() -> None:
    model = SBG(alpha=0.668, beta=3.806)
    expected = sum(
        model.survival(5 + n) / model.survival(4) / 1.1 ** (n - 1) for n in range(1, 3000)
    )
    one_later = model.residual(5, rate=0.1) * model.survival(5) / model.survival(4)
    assert one_later == pytest.approx(expected, rel=1e-3)


def test_cohorts_of_different_age_are_fitted_together() -> None:
    both = SBG.fit(HIGH_END, HIGH_END[:4])
    assert both.how is not None
    assert both.how.customers == 2000
    assert both.strictly() is both
    same = SBG.fit(HIGH_END, HIGH_END)
    assert same.theta == pytest.approx(SBG.fit(HIGH_END).theta, abs=1e-7)


def test_nobody_left_is_said() -> None:
    fitted = SBG.fit([100, 100, 100])
    assert fitted.how is not None
    assert "alpha -> 0: no churn seen" in fitted.how.boundary


def test_a_cohort_may_end() -> None:
    assert SBG.fit([10, 4, 0]).survival(1) == pytest.approx(4 / 14, abs=1e-3)


@pytest.mark.parametrize("cohort", [[100], [100, 101], [0, 0], [5, -1], []])
def test_a_cohort_never_grows(cohort: list[float]) -> None:
    with pytest.raises(InvalidFigure, match="cohort"):
        SBG.fit(cohort)
    with pytest.raises(InvalidFigure, match="cohorts"):
        SBG.fit()


def test_questions_of_contracts_without_an_answer() -> None:
    model = SBG(alpha=1, beta=1)
    with pytest.raises(InvalidFigure, match="rate"):
        model.residual(1, rate=0)
    with pytest.raises(InvalidFigure, match="renewal"):
        model.retention(0)
    with pytest.raises(InvalidFigure, match="renewals"):
        model.survival(-1)


# ------------------------------------------------------------------ BG/BB

PAPER = BGBB(alpha=1.20, beta=0.75, gamma=0.66, delta=2.78, unit=Unit.YEAR)


def given_to(x: object, last: object, n: object, weight: object = 1) -> Summary:
    return Summary(frequency=x, recency=last, age=n, weight=weight, unit=Unit.YEAR)  # type: ignore[arg-type]  # numbers of cases


def test_bg_bb_as_in_r() -> None:
    one = given_to(3, 4, 6)
    assert PAPER.discounted_purchases(one, rate=0.1)[0] == pytest.approx(1.62137918584264)
    assert PAPER.alive(one)[0] == pytest.approx(0.438343854584901, rel=1e-12)
    assert PAPER.purchases(one, 10)[0] == pytest.approx(1.84081270241906, rel=1e-12)
    assert PAPER.new(10) == pytest.approx(3.16499022002029, rel=1e-12)
    assert PAPER.alive(given_to(1, [1, 2, 3, 4, 5, 6], 6)) == pytest.approx(
        [
            0.0691880918525253,
            0.253795626051992,
            0.48008913150232,
            0.679247777674162,
            0.827386302529030,
            0.930084745762711,
        ],
        rel=1e-12,
    )
    assert [PAPER.new_chance(x, 6) for x in range(7)] == pytest.approx(
        [
            0.312683461441708,
            0.170395489876614,
            0.121430220889597,
            0.100047151206599,
            0.0913243972259934,
            0.0920213485227384,
            0.112097930836751,
        ],
        rel=1e-12,
    )


def test_alive_after_leads_from_now_to_later() -> None:
    rows = given_to([3, 0, 3], [4, 0, 4], 6)
    assert PAPER.alive_after(rows, 0) == pytest.approx(PAPER.alive(rows))
    assert (PAPER.alive_after(rows, 5) < PAPER.alive(rows)).all()
    assert PAPER.alive(rows)[0] == PAPER.alive(rows)[2]


def test_the_donations(real_data: Path) -> None:
    with (real_data / "donations_rf.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {key: [float(row[key]) for row in rows] for key in rows[0]}
    cells = given_to(
        columns["frequency"], columns["recency"], columns["n_periods"], columns["customers"]
    )
    fitted = BGBB.fit_strict(cells)
    assert fitted.parameters == pytest.approx(
        {"alpha": 1.20352231, "beta": 0.749716313, "gamma": 0.656718138, "delta": 2.7834419},
        rel=3e-7,
    )
    assert fitted.how is not None
    assert fitted.how.log_likelihood == pytest.approx(-33225.581274346994, abs=1e-8)
    assert fitted.log_likelihood(cells) == pytest.approx(-33225.581274346994, abs=1e-8)
    assert fitted.new(10) == pytest.approx(3.179805, abs=3e-5)
    assert fitted.purchases(given_to(0, 0, 6), 10)[0] == pytest.approx(0.1302169, abs=2e-6)
    assert fitted.purchases(given_to(4, 5, 6), 10)[0] == pytest.approx(3.627858, abs=2e-4)
    assert (fitted.purchases(cells, 5) * cells.weight).sum() == pytest.approx(12884.2, abs=0.1)
    assert 11_104 * fitted.new_chance(0, 6) == pytest.approx(3454.9, abs=0.1)
    assert 11_104 * fitted.new_chance(6, 6) == pytest.approx(1253.1, abs=0.1)


@pytest.mark.parametrize(
    ("n", "size"),
    [
        (52, 500),
        pytest.param(120, 150, marks=pytest.mark.heavy),
        pytest.param(200, 120, marks=pytest.mark.heavy),
        (365, 120),
    ],
)
def test_many_occasions_do_not_underflow(n: int, size: int) -> None:
    chance = np.random.RandomState(n)  # its streams are frozen
    buys, leaves = chance.beta(1.2, 3, size), chance.beta(0.6, 20, size)
    life = np.minimum(chance.geometric(leaves) - 1, n)
    used = (chance.random_sample((size, n)) < buys[:, None]) & (np.arange(n) < life[:, None])
    last = np.where(used.any(axis=1), n - np.argmax(used[:, ::-1], axis=1), 0)
    fitted = BGBB.fit_strict(given_to(used.sum(axis=1), last, n))
    truth = (1.2, 3, 0.6, 20)
    for each, true in zip(fitted.intervals(0.9999), truth, strict=True):
        assert each.low < true < each.high
    again = BGBB.fit(given_to(used.sum(axis=1), last, n), start=fitted)
    assert again.theta == pytest.approx(fitted.theta, abs=1e-7)


def test_occasions_are_whole_and_used_once() -> None:
    with pytest.raises(InvalidFigure, match="recency: need whole"):
        PAPER.alive(given_to(1, 1.5, 2))
    with pytest.raises(InvalidFigure, match="age: need whole"):
        PAPER.alive(given_to(1, 1, 2.5))
    with pytest.raises(InvalidFigure, match="at most one purchase"):
        PAPER.alive(given_to(3, 2, 4))
    with pytest.raises(InvalidFigure, match="occasions"):
        PAPER.purchases(given_to(1, 1, 2), -1)
    with pytest.raises(InvalidFigure, match="rate"):
        PAPER.discounted_purchases(given_to(1, 1, 2), rate=0)
    with pytest.raises(InvalidFigure, match="customers"):
        BGBB.fit(given_to([], [], []))
    with pytest.raises(FitFailed):
        BGBB.fit_strict(given_to(0, 0, 6))
