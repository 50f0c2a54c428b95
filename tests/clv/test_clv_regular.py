"""(M)BG/CNBD-k and covariates, against R and the papers' figures."""

import csv
import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import (
    BGCNBD,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    CovariateModel,
    ParetoNBD,
    Summary,
    Unit,
    fit_covariates,
    log_gaps,
    simulate,
)
from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.repeat import RepeatModel
from postpurchase.errors import FitFailed, InvalidFigure

# ------------------------------------------------------------------ CNBD-k

ONE = Summary(frequency=3, recency=10, age=20)
THREE = Summary(
    frequency=[0, 2, 26], recency=[0, 30.43, 30.857], age=[39, 38.86, 31], unit=Unit.WEEK
)


def test_one_customer_as_in_r() -> None:
    model = MBGCNBD(r=0.85, alpha=1.45, a=0.79, b=2.42, k=3)
    assert model.log_likelihood(ONE, log_gaps=np.array([4.5])) == pytest.approx(
        -6.91776771231211, rel=1e-14
    )
    assert model.alive(ONE)[0] == pytest.approx(0.195901631320733, rel=1e-13)
    plain = BGCNBD(r=0.85, alpha=1.45, a=0.79, b=2.42, k=3)
    assert plain.alive(ONE)[0] == pytest.approx(0.165748259188418, rel=1e-13)
    assert plain.alive(Summary(frequency=0, recency=0, age=9))[0] == 1


@pytest.mark.parametrize(("regular", "random"), [(MBGCNBD, MBGNBD), (BGCNBD, BGNBD)])
def test_one_stage_is_the_model_without_stages(
    regular: type[MBGCNBD] | type[BGCNBD], random: type[MBGNBD] | type[BGNBD]
) -> None:
    one = regular(r=0.525, alpha=6.183, a=0.891, b=1.614, k=1, unit=Unit.WEEK)
    other = random(r=0.525, alpha=6.183, a=0.891, b=1.614, unit=Unit.WEEK)
    assert one.purchases(THREE, 39) == pytest.approx(other.purchases(THREE, 39), rel=1e-12)
    assert one.buys_within(THREE, 39) == pytest.approx(other.buys_within(THREE, 39), rel=1e-12)
    assert one.alive(THREE.within(Unit.DAY)) == pytest.approx(other.alive(THREE), rel=1e-12)
    assert one.new(39) == pytest.approx(other.new(39), rel=1e-12)
    value = one.log_likelihood(THREE, log_gaps=np.zeros(3))
    assert value == pytest.approx(other.log_likelihood(THREE), rel=1e-13)


def regular_log(seed: int, k: int, n: int = 600) -> tuple[Summary, FloatArray, FloatArray]:
    """Customers with gaps of k stages, watched for 60 weeks, and what they bought in 30 more."""
    chance = np.random.RandomState(seed)  # its streams are frozen
    who, when, later = [], [], np.zeros(n)
    for i in range(n):
        rate, leaving, time = chance.gamma(2, 1 / 3), chance.beta(0.8, 3), 0.0
        who.append(i)
        when.append(0.0)
        while chance.rand() > leaving:
            time += chance.gamma(k, 1 / rate)
            if time > 90:
                break
            if time > 60:
                later[i] += 1
            else:
                who.append(i)
                when.append(time)
    customer, times = np.array(who), np.array(when)
    x = np.bincount(customer, minlength=n) - 1
    last = np.zeros(n)
    np.maximum.at(last, customer, times)
    summary = Summary(frequency=x, recency=last, age=60, unit=Unit.WEEK)
    return summary, log_gaps(customer, times, n), later


def test_stages_are_found_and_purchases_foretold() -> None:
    summary, gaps, later = regular_log(1, 3)
    fitted = MBGCNBD.fit(summary, log_gaps=gaps)
    assert fitted.k == 3
    assert fitted.how is not None
    assert fitted.how.log_likelihood == fitted.log_likelihood(summary, log_gaps=gaps)
    assert fitted.purchases(summary, 30).sum() == pytest.approx(later.sum(), rel=0.1)
    assert MBGCNBD.from_json(fitted.to_json()) == fitted
    days = fitted.within(Unit.DAY)
    assert days.log_likelihood(summary, log_gaps=gaps) == pytest.approx(
        fitted.log_likelihood(summary, log_gaps=gaps) - summary.frequency.sum() * np.log(7),
        rel=1e-12,
    )


def test_groceries_as_in_r(real_data: Path) -> None:
    days: dict[str, set[date]] = {}
    with gzip.open(real_data / "grocery_elog.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            if day.year == 2006:
                days.setdefault(row["customer_id"], set()).add(day)
    who = np.repeat(np.arange(len(days)), [len(each) for each in days.values()])
    when = np.array([day.toordinal() / 7 for each in days.values() for day in each])
    summary = Summary(
        frequency=[len(each) - 1 for each in days.values()],
        recency=[(max(each) - min(each)).days / 7 for each in days.values()],
        age=[(date(2006, 12, 31) - min(each)).days / 7 for each in days.values()],
        unit=Unit.WEEK,
    )
    gaps = log_gaps(who, when, len(days))
    for kind, k, expected in (
        (MBGCNBD, 1, -15781.939375312),
        (MBGCNBD, 3, -14996.8504157996),
        (BGCNBD, 2, -15054.172904377),
    ):
        fitted = kind.fit(summary, log_gaps=gaps, stages=[k])
        assert fitted.how is not None
        assert fitted.how.log_likelihood == pytest.approx(expected, abs=2e-6)
    two = BGCNBD.fit(summary, log_gaps=gaps, stages=[2])
    assert (two.r, two.alpha, two.a, two.b) == pytest.approx(
        (0.359063908821062, 1.129379551042999, 0.522810259851363, 2.785368541476390), rel=1e-4
    )


def test_stages_need_numbers() -> None:
    with pytest.raises(InvalidFigure, match="k: need 1 stage"):
        MBGCNBD(r=1, alpha=1, a=1, b=1, k=0)
    with pytest.raises(InvalidFigure, match="stages"):
        MBGCNBD.fit(THREE, log_gaps=np.zeros(3), stages=[])
    with pytest.raises(InvalidFigure, match="log_gaps"):
        MBGCNBD.fit(THREE, log_gaps=np.zeros(2))


@given(
    r=st.floats(0.01, 50),
    alpha=st.floats(0.01, 100),
    a=st.floats(0.05, 20),
    b=st.floats(0.05, 20),
    k=st.integers(1, 6),
    x=st.integers(0, 60),
)
def test_regular_buyers_give_no_nonsense(
    *, r: float, alpha: float, a: float, b: float, k: int, x: int
) -> None:
    one = Summary(frequency=x, recency=7 if x else 0, age=10)
    for model in (
        BGCNBD(r=r, alpha=alpha, a=a, b=b, k=k),
        MBGCNBD(r=r, alpha=alpha, a=a, b=b, k=k),
    ):
        alive, coming = model.alive(one)[0], model.purchases(one, 5)[0]
        assert 0 <= alive <= 1
        buys = model.buys_within(one, 5)[0]
        assert 0 <= buys <= alive * (1 + 1e-12)
        assert buys * (1 - 1e-9) <= coming < np.inf
        assert np.isfinite(model.log_likelihood(one, log_gaps=np.zeros(1)))


# ------------------------------------------------------------------ covariates


def two_kinds(kind: type[BGNBD] | type[MBGNBD] | type[ParetoNBD]) -> tuple[Summary, FloatArray]:
    """Half of the customers buy twice as fast, and leave otherwise."""
    if issubclass(kind, ParetoNBD):
        models: tuple[RepeatModel, ...] = (
            ParetoNBD(r=0.8, alpha=8, s=0.9, beta=20, unit=Unit.WEEK),
            ParetoNBD(r=0.8, alpha=4, s=0.9, beta=40, unit=Unit.WEEK),
        )
    else:
        models = (
            kind(r=0.8, alpha=8, a=0.9, b=2.0, unit=Unit.WEEK),
            kind(r=0.8, alpha=4, a=0.9, b=4.0, unit=Unit.WEEK),
        )
    parts = [
        simulate(
            model, customers=1500, length=60, arrivals=20, generator=np.random.default_rng(i)
        ).summary()
        for i, model in enumerate(models)
    ]
    summary = Summary(
        frequency=np.concatenate([part.frequency for part in parts]),
        recency=np.concatenate([part.recency for part in parts]),
        age=np.concatenate([part.age for part in parts]),
        unit=Unit.WEEK,
    )
    return summary, np.repeat([0.0, 1.0], 1500)


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD])
def test_coefficients_come_back(kind: type[BGNBD] | type[MBGNBD] | type[ParetoNBD]) -> None:
    summary, vip = two_kinds(kind)
    fitted = fit_covariates(kind, summary, {"vip": vip})
    without = kind.fit(summary)
    assert without.how is not None
    assert fitted.how.converged
    assert fitted.how.log_likelihood > without.how.log_likelihood + 10
    found, errors = dict(fitted.coefficients), fitted.standard_errors()
    assert found["alpha", "vip"] == pytest.approx(np.log(2), abs=4 * errors["alpha", "vip"])
    base, moved = fitted.model_of(np.array([0.0])), fitted.model_of(np.array([1.0]))
    assert dict(base.parameters) == pytest.approx(dict(fitted.base.parameters), rel=1e-12)
    assert moved.parameters["alpha"] < base.parameters["alpha"]
    for (parameter, _), coefficient in fitted.coefficients:
        sign = 1 if parameter in {"a", "b"} else -1
        grown = np.log(moved.parameters[parameter] / base.parameters[parameter])
        assert grown == pytest.approx(sign * coefficient)
    both = sum(
        model.log_likelihood(summary.take(vip == value)) for model, value in ((base, 0), (moved, 1))
    )
    assert both == pytest.approx(fitted.how.log_likelihood, rel=1e-10)
    coming = fitted.answer(lambda model, some: model.purchases(some, 26), summary, {"vip": vip})
    assert (coming[vip == 1] == moved.purchases(summary.take(vip == 1), 26)).all()


def test_without_a_difference_the_coefficients_are_about_zero() -> None:
    summary, _ = two_kinds(MBGNBD)
    coin = np.tile([0.0, 1.0], 1500)
    fitted = fit_covariates(MBGNBD, summary, {"coin": coin, "age": summary.age})
    errors = fitted.standard_errors()
    assert fitted.strictly() is fitted
    assert fitted.coefficients[0][0] == ("alpha", "coin")
    assert abs(fitted.coefficients[0][1]) < 4 * errors["alpha", "coin"]


def test_covariates_need_a_number_for_each_customer() -> None:
    with pytest.raises(InvalidFigure, match="covariates"):
        fit_covariates(MBGNBD, THREE, {})
    with pytest.raises(InvalidFigure, match="vip: need 3 finite"):
        fit_covariates(MBGNBD, THREE, {"vip": [1.0]})
    with pytest.raises(InvalidFigure, match="vip: need 3 finite"):
        fit_covariates(MBGNBD, THREE, {"vip": [1.0, np.nan, 0]})
    with pytest.raises(InvalidFigure, match="kind"):
        fit_covariates(RepeatModel, THREE, {"vip": [1.0, 2, 3]})  # type: ignore[type-abstract]  # that is the point


@pytest.mark.parametrize("kind", [BGNBD, ParetoNBD])
def test_covariates_go_to_json_and_come_back_to_the_last_digit(
    kind: type[BGNBD] | type[ParetoNBD],
) -> None:
    summary, vip = two_kinds(kind)
    fitted = fit_covariates(kind, summary.take(range(1400, 1600)), {"vip": vip[1400:1600]})
    assert CovariateModel.from_json(kind, fitted.to_json()) == fitted
    other = ParetoNBD if kind is BGNBD else BGNBD
    with pytest.raises(InvalidFigure, match="model: need"):
        CovariateModel.from_json(other, fitted.to_json())
    data = fitted.to_dict()
    for wrong in (
        {key: value for key, value in data.items() if key != "base"},
        {**data, "base": 3},
        {**data, "coefficients": [["alpha", "vip", "fast"]]},
        {**data, "covariates": "vip"},
        {**data, "how": 3},
    ):
        with pytest.raises(InvalidFigure, match="covariates: need the keys"):
            CovariateModel.from_dict(kind, wrong)
    with pytest.raises(InvalidFigure, match="how: need how the fit went"):
        CovariateModel.from_dict(kind, {**data, "how": None})
    with pytest.raises(InvalidFigure, match="covariates: need a JSON object"):
        CovariateModel.from_json(kind, "[]")


def test_a_boundary_leaves_no_errors() -> None:
    nobody = Summary(frequency=[0] * 4, recency=0, age=[3, 4, 5, 6])
    fitted = fit_covariates(MBGNBD, nobody, {"vip": [0.0, 1, 0, 1]})
    assert fitted.standard_errors() == {}
    assert fitted.how.boundary
    with pytest.raises(FitFailed, match="MBG/NBD with covariates was not fitted"):
        fitted.strictly()
