"""Where fits begin, and answers at the bounds of what the models hold."""

from types import ModuleType

import numpy as np
import pytest
from scipy import special

from postpurchase import clv
from postpurchase.clv import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    SBG,
    Backtest,
    ForecastScore,
    GammaGamma,
    ParetoNBD,
    PurchaseLog,
    Span,
    Summary,
    Unit,
    bgbb,
    bgnbd,
    fitting,
    gammagamma,
    paretonbd,
)
from postpurchase.clv.arrays import FloatArray, codes
from postpurchase.clv.fitting import Problem, Solved, solve
from postpurchase.clv.layout import Layout
from postpurchase.clv.optimum import Objective, Optimum, maximise
from postpurchase.clv.special import purchases_while_alive, survival

# ---------------------------------------------------------------- spending


def test_a_population_of_a_heavy_tail_has_no_mean() -> None:
    assert GammaGamma(p=2, q=1, v=3).population() == np.inf
    assert GammaGamma(p=2, q=1.5, v=3).population() == pytest.approx(12)
    assert GammaGamma(p=2, q=0.5, v=3).population() == np.inf


def test_money_of_nothing_says_nothing_of_a_customer_s_spending() -> None:
    model = GammaGamma(p=2, q=3, v=4)
    some = Summary(frequency=[2, 2, 0], recency=[1, 1, 0], age=[9, 9, 9], money=[0, 5, np.nan])
    found = model.spend(some)
    assert found[0] == found[2] == model.population()
    assert found[1] == pytest.approx(2 * (4 + 2 * 5) / (2 * 2 + 3 - 1))


def test_a_customer_without_hope_is_worth_nothing_even_where_the_spend_is_not_known() -> None:
    model = BGNBD(r=0.243, alpha=4.414, a=0.793, b=2.426)
    endless = GammaGamma(p=2, q=0.5, v=3)
    gone = Summary(frequency=[200], recency=[1e-3], age=[1e6])
    assert clv.future_value(model, endless, gone, 30, annual_rate=0.1).tolist() == [0.0]


# ---------------------------------------------------------------- beginnings


def _begun(monkeypatch: pytest.MonkeyPatch, module: object) -> list[FloatArray]:
    begun: list[FloatArray] = []

    def noted(problem: Problem, layout: Layout, starts: list[FloatArray], /) -> Solved:
        begun.extend(starts)
        return solve(problem, layout, starts)

    monkeypatch.setattr(module, "solve", noted)
    return begun


CUSTOMERS = Summary(
    frequency=[0, 1, 2, 5, 0, 3],
    recency=[0, 70, 140, 203, 0, 28],
    age=[210, 231, 245, 266, 273, 252],
    weight=[60, 20, 9, 3, 40, 5],
)


def test_a_fit_begins_at_the_model_that_is_given_in_whatever_unit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = _begun(monkeypatch, bgnbd)
    last_month = MBGNBD(r=0.3, alpha=7, a=0.6, b=2.2, unit=Unit.WEEK)
    MBGNBD.fit(CUSTOMERS, start=last_month)
    assert np.exp(begun[0]) == pytest.approx([0.3, 7 * 7 / 273, 0.6, 2.2])
    assert len(begun) == 4
    pace = float(CUSTOMERS.weight @ CUSTOMERS.frequency / (CUSTOMERS.weight @ CUSTOMERS.age)) * 273
    assert np.exp(begun[1]) == pytest.approx([0.5, 0.5 / pace, 1, 3])


def test_pareto_begins_at_the_model_that_is_given_in_whatever_unit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = _begun(monkeypatch, paretonbd)
    last_month = ParetoNBD(r=0.3, alpha=7, s=0.6, beta=9, unit=Unit.WEEK)
    ParetoNBD.fit(CUSTOMERS, start=last_month)
    assert np.exp(begun[0]) == pytest.approx([0.3, 7 * 7 / 273, 0.6, 9 * 7 / 273])
    pace = float(CUSTOMERS.weight @ CUSTOMERS.frequency / (CUSTOMERS.weight @ CUSTOMERS.age)) * 273
    assert np.exp(begun[1]) == pytest.approx([0.5, 0.5 / pace / 2, 0.5, 0.5])


# ---------------------------------------------------------------- answers


def test_pareto_customers_stay_as_the_law_of_lifetimes_says() -> None:
    model = ParetoNBD(r=0.55, alpha=10.6, s=0.6, beta=11.7)
    new = Summary(frequency=[0], recency=[0], age=[0])
    assert model.alive_after(new, 20)[0] == pytest.approx((11.7 / 31.7) ** 0.6, rel=1e-12)
    older = Summary(frequency=[3], recency=[30], age=[30])
    assert model.alive_after(older, 20)[0] == pytest.approx((41.7 / 61.7) ** 0.6, rel=1e-12)


def test_drawn_pareto_customers_buy_as_often_as_foretold() -> None:
    model = ParetoNBD(r=2.0, alpha=5.0, s=3.0, beta=20.0)
    who, when = model.draw(np.random.default_rng(5), np.full(60_000, 30.0))
    assert len(who) / 60_000 == pytest.approx(model.new(30), rel=0.02)
    early = np.count_nonzero(when < 10) / 60_000
    assert early == pytest.approx(model.new(10), rel=0.02)
    assert (when < 30).all()


def test_regular_buyers_answer_in_whatever_unit() -> None:
    model = MBGCNBD(r=0.85, alpha=1.45, a=0.79, b=2.42, k=2, unit=Unit.WEEK)
    weeks = Summary(frequency=[3], recency=[10], age=[20], unit=Unit.WEEK)
    assert model.purchases(weeks, Span(14, Unit.DAY))[0] == pytest.approx(
        model.purchases(weeks, 2)[0], rel=1e-12
    )
    log = clv.simulate(
        model, customers=50, length=Span(140, Unit.DAY), generator=np.random.default_rng(3)
    )
    assert log.length == 20


def test_chances_of_occasions_add_up_for_any_number_of_them() -> None:
    model = BGBB(alpha=1.2, beta=0.75, gamma=0.66, delta=2.78)
    for n in (1, 2, 5, 9):
        chances = [model.new_chance(x, n) for x in range(n + 1)]
        assert sum(chances) == pytest.approx(1, rel=1e-12)
        mean = sum(x * chance for x, chance in enumerate(chances))
        assert mean == pytest.approx(model.new(n), rel=1e-12)
    assert model.new_chance(3, 2) == 0


def test_the_safe_forms_never_leave_their_bounds() -> None:
    shape = np.array([0.5, 1.0, 40.0, 1e4, 0.3])
    third = np.array([2.4, 1.0, 3.0, 1e4, 1e6])
    t = np.array([0.1, 1e-9, 3.0, 1e-3, 1e8])
    for first in (1e-6, 0.8, 5.0, 1e5):
        stay = survival(shape, first, third, t)
        most = shape * t
        coming = purchases_while_alive(shape, first, third, t)
        assert (stay >= 0).all()
        assert (stay <= 1).all()
        assert (coming >= 0).all()
        assert (coming <= most * (1 + 1e-12)).all()


def test_codes_of_whole_and_of_broken_numbers_agree() -> None:
    whole = np.array([3.0, 0.0, 3.0, 7.0])
    values, code = codes(whole)
    assert values.tolist() == [0, 3, 7]
    assert code.tolist() == [1, 0, 1, 2]
    values, code = codes(whole + 0.5)
    assert values.tolist() == [0.5, 3.5, 7.5]
    assert code.tolist() == [1, 0, 1, 2]
    far = np.array([1e9, 2.0, 1e9])
    values, code = codes(far)
    assert values.tolist() == [2, 1e9]
    assert code.tolist() == [1, 0, 1]


def test_a_log_of_nobody_has_no_customers() -> None:
    nothing = PurchaseLog.of(np.zeros(0, dtype=np.int64), np.zeros(0), unit=Unit.DAY)
    assert nothing.customers == 0
    assert len(nothing.summary()) == 0


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD, BGBB, GammaGamma])
def test_a_fit_says_its_unit_and_a_strict_one_begins_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, kind: type[BGNBD | MBGNBD | ParetoNBD | BGBB | GammaGamma]
) -> None:
    some = Summary(
        frequency=[0, 1, 2, 5, 0, 3],
        recency=[0, 7, 14, 20, 0, 5],
        age=[21, 23, 24, 26, 27, 25],
        money=[np.nan, 12.0, 30.0, 18.5, np.nan, 25.0],
        weight=[60, 20, 9, 3, 40, 5],
        unit=Unit.WEEK,
    )
    fitted = kind.fit(some)
    assert fitted.unit is Unit.WEEK
    told: list[object] = []

    def noted(_: Summary, /, *, start: object = None) -> object:
        told.append(start)
        return fitted

    monkeypatch.setattr(fitted.__class__, "strictly", lambda self: self)
    monkeypatch.setattr(kind, "fit", noted)
    assert kind.fit_strict(some, start=fitted) is fitted  # type: ignore[arg-type]  # its own kind
    assert told == [fitted]


@pytest.mark.parametrize("module", [bgbb, gammagamma])
def test_other_fits_begin_at_the_model_that_is_given(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType
) -> None:
    begun: list[list[float]] = []

    def noted(objective: Objective, starts: list[FloatArray], /) -> Optimum:
        begun.extend(np.exp(start).tolist() for start in starts)
        return maximise(objective, starts)

    monkeypatch.setattr(module, "maximise", noted)
    if module is bgbb:
        visits = Summary(frequency=[0, 1, 2, 4], recency=[0, 3, 2, 6], age=6, weight=[9, 4, 3, 2])
        BGBB.fit(visits, start=BGBB(alpha=1.5, beta=0.7, gamma=0.6, delta=2.5))
        expected = [[1.5, 0.7, 0.6, 2.5], [1, 1, 1, 3], [0.5, 2, 0.5, 5], [3, 3, 0.2, 1]]
    else:
        paid = Summary(frequency=[1, 2, 4], recency=1, age=9, money=[10, 20, 30], weight=[2, 1, 1])
        GammaGamma.fit(paid, start=GammaGamma(p=6, q=4, v=35))
        expected = [[6, 4, 35 / 17.5], [3, 3, 1], [20, 5, 0.2], [1, 1.5, 0.5]]
    assert begun == [pytest.approx(each) for each in expected]


def test_spending_where_the_model_has_a_mean_and_where_it_has_none() -> None:
    model = GammaGamma(p=0.4, q=0.5, v=8)
    some = Summary(frequency=[0, 1, 2, 5], recency=[0, 1, 1, 1], age=9, money=[np.nan, 3, 3, 3])
    found = model.spend(some)
    assert found[:2].tolist() == [np.inf, np.inf]
    assert found[2] == pytest.approx(0.4 * (8 + 6) / (0.8 + 0.5 - 1))
    assert found[3] == pytest.approx(0.4 * (8 + 15) / (2.0 + 0.5 - 1))
    typical = model.typical(some)
    for x, money, value in zip((0, 1, 2, 5), (0, 3, 3, 3), typical, strict=True):
        shape = 0.4 * x + 0.5
        rate = 0.4 * (8 + x * money) / value
        assert special.gammainc(shape, rate) == pytest.approx(0.5, rel=1e-10)


def test_a_fit_of_spending_says_who_took_no_part_and_whether_there_is_a_mean() -> None:
    well = Summary(
        frequency=[1, 2, 4, 3, 0],
        recency=[1, 1, 1, 1, 0],
        age=9,
        money=[0.5, 20, 30, 0, np.nan],
        weight=[20, 10, 10, 7, 9],
    )
    said = GammaGamma.fit(well).how
    assert said is not None
    assert said.customers == 40
    assert said.warnings[0] == (
        "7 customers with zero, negative or unknown mean spend took no part"
    )
    chance = np.random.default_rng(2)
    heavy = np.exp(chance.normal(0, 2.5, 500))
    wild = GammaGamma.fit(Summary(frequency=2, recency=1, age=9, money=heavy))
    assert wild.q <= 1
    assert wild.how is not None
    assert wild.how.warnings == (
        "the tail is so heavy that a new customer has no mean spend; use typical()",
    )


def test_a_sample_is_spread_over_all_customers() -> None:
    layout = Layout.of(CUSTOMERS)
    sample = layout.thinned(50)
    assert sample.scale == layout.scale
    assert sample.n == sample.weight.sum()
    assert abs(sample.n - 50) <= 1
    for name in ("x", "recency", "age"):
        axis = getattr(sample, f"of_{name}")
        cells = getattr(sample, name)
        assert axis.value[axis.cell].tolist() == cells.tolist()
        for place in range(len(axis.value)):
            here = axis.cell == place
            assert axis.weight[place] == sample.weight[here].sum()
            assert axis.purchases[place] == (sample.weight * sample.x)[here].sum()
    passed = np.floor(np.cumsum(layout.weight) / (layout.n / 50))
    kept = np.diff(passed, prepend=0)
    assert sample.weight.tolist() == kept[kept > 0].tolist()
    assert sample.recency.tolist() == layout.recency[kept > 0].tolist()
    assert sample.age.tolist() == layout.age[kept > 0].tolist()


def test_regular_buyers_too_may_be_fitted_from_a_sample_on(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = MBGCNBD(r=0.85, alpha=9, a=0.5, b=2.4, k=2)
    log = clv.simulate(
        truth, customers=1_500, length=200, arrivals=150, generator=np.random.default_rng(4)
    )
    summary = log.summary()
    gaps = log.log_gaps(summary)
    plain = MBGCNBD.fit(summary, log_gaps=gaps, stages=(2,))
    monkeypatch.setattr(fitting, "MANY_CELLS", 100)
    monkeypatch.setattr(fitting, "SAMPLE", 400)
    begun = MBGCNBD.fit(summary, log_gaps=gaps, stages=(2,))
    assert begun.theta == pytest.approx(plain.theta, rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(BGNBD, "a -> 0: no churn seen"), (ParetoNBD, "s -> 0: no churn seen")],
)
def test_a_boundary_with_covariates_has_its_meaning_too(
    kind: type[BGNBD | ParetoNBD], said: str
) -> None:
    chance = np.random.default_rng(1)
    count = chance.poisson(chance.gamma(2, 1, 600) * 10) + 1
    age = np.full(600, 50.0)
    loyal = Summary(frequency=count, recency=age - 0.01, age=age)
    how = clv.fit_covariates(kind, loyal, {"vip": chance.integers(0, 2, 600)}).how
    assert said in how.boundary


def test_counting_adds_the_weights_of_customers_alike() -> None:
    twice = Summary(frequency=[0, 2, 0], recency=[0, 3, 0], age=[9, 9, 9], weight=[2, 3, 0.5])
    counted = twice.counted()
    assert sorted(zip(counted.frequency, counted.weight, strict=True)) == [(0, 2.5), (2, 3)]


def test_a_log_says_its_unit_and_ends_with_its_last_purchase() -> None:
    log = PurchaseLog.of(np.array([0, 0, 1]), np.array([0.0, 0.5, 0.25]), unit=Unit.WEEK)
    assert (log.unit, log.length, log.customers) == (Unit.WEEK, 0.5, 2)


def test_answers_take_a_span_as_they_take_a_number() -> None:
    weeks = Summary(frequency=[3], recency=[10], age=[20], unit=Unit.WEEK)
    regular = MBGCNBD(r=0.85, alpha=1.45, a=0.79, b=2.42, k=2, unit=Unit.WEEK)
    pareto = ParetoNBD(r=0.55, alpha=10.6, s=0.6, beta=11.7, unit=Unit.WEEK)
    geometric = MBGNBD(r=0.5, alpha=6.2, a=0.9, b=1.6, unit=Unit.WEEK)
    days = Span(14, Unit.DAY)
    for model in (regular, pareto, geometric):
        assert model.buys_within(weeks, days) == pytest.approx(model.buys_within(weeks, 2))
        assert model.chance(weeks, 1, days) == pytest.approx(model.chance(weeks, 1, 2))
        assert model.alive_after(weeks, days) == pytest.approx(model.alive_after(weeks, 2))


def test_chances_of_pareto_are_what_was_drawn() -> None:
    model = ParetoNBD(r=2.0, alpha=5.0, s=3.0, beta=20.0)
    who, _ = model.draw(np.random.default_rng(8), np.full(100_000, 12.0))
    counts = np.bincount(np.bincount(who, minlength=100_000), minlength=6)
    new = Summary(frequency=[0], recency=[0], age=[0])
    for n in range(5):
        expected = model.chance(new, n, 12)[0]
        assert counts[n] / 100_000 == pytest.approx(expected, abs=0.006)


def test_cohorts_of_one_renewal_and_of_a_part_of_a_customer() -> None:
    short = SBG.fit([100, 80], [1, 0.5, 0.5], [0.5, 0.25])
    assert short.unit is Unit.YEAR
    assert 0.5 < short.survival(1) < 0.9
    assert SBG.fit([100, 80], [100, 80, 70]).how is not None


def test_a_backtest_looks_ahead_in_the_unit_of_the_log() -> None:
    truth = MBGNBD(r=0.5, alpha=6.2, a=0.9, b=1.6, unit=Unit.WEEK)
    log = clv.simulate(truth, customers=300, length=60, generator=np.random.default_rng(6))
    weeks = clv.backtest(log, MBGNBD.fit, origins=[30], horizon=20)
    assert clv.backtest(log, MBGNBD.fit, origins=[30], horizon=Span(140, Unit.DAY)) == weeks


def test_a_backtest_is_shown_as_a_table() -> None:
    scores = (
        ForecastScore(name="A & B", mae=1, rmse=2, bias=-0.5, brier=0.25, calibration=()),
        ForecastScore(name="none", mae=2, rmse=3, bias=0.5, brier=0.5, calibration=()),
    )
    assert Backtest(scores)._repr_html_() == (
        "<table><caption>A &amp; B earns its place: it beats all 1 naive forecasts</caption>"
        "<tr><th></th><th>MAE</th><th>RMSE</th><th>bias</th><th>Brier</th></tr>"
        "<tr><th>A &amp; B</th><td>1.0000</td><td>2.0000</td><td>-0.5000</td><td>0.2500</td></tr>"
        "<tr><th>none</th><td>2.0000</td><td>3.0000</td><td>+0.5000</td><td>0.5000</td></tr></table>"
    )
