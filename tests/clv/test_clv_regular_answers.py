"""(M)BG/CNBD-k answers what the models without stages answer, and equals them for one stage."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase.clv import (
    BGCNBD,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    PurchaseLog,
    RepeatModel,
    Span,
    Summary,
    Unit,
    backtest,
    future_value,
    log_gaps,
    simulate,
    tracking,
)
from postpurchase.clv.arrays import FloatArray
from postpurchase.errors import FitFailed, InvalidFigure

WEEKS = Summary(
    frequency=[0, 2, 26, 0, 9],
    recency=[0, 30.43, 30.857, 0, 20],
    age=[39, 38.86, 31, 0, 400],
    unit=Unit.WEEK,
)
PAIRS: list[tuple[type[MBGCNBD] | type[BGCNBD], type[MBGNBD] | type[BGNBD]]] = [
    (MBGCNBD, MBGNBD),
    (BGCNBD, BGNBD),
]

Question = Callable[[RepeatModel], FloatArray]
QUESTIONS: dict[str, Question] = {
    "alive later": lambda model: model.alive_after(WEEKS, 39),
    "alive in a thousand years": lambda model: model.alive_after(WEEKS, Span(1000, Unit.YEAR)),
    "purchases": lambda model: model.purchases(WEEKS, 39),
    "purchases in a thousand years": lambda model: model.purchases(WEEKS, Span(1000, Unit.YEAR)),
    "buys within": lambda model: model.buys_within(WEEKS, 39),
    "no purchase": lambda model: model.chance(WEEKS, 0, 39),
    "five purchases": lambda model: model.chance(WEEKS, 5, 39),
    "no purchase in a later time": lambda model: model.chance(WEEKS, 0, 26, after=13),
    "two purchases in a later time": lambda model: model.chance(WEEKS, 2, 26, after=13),
    "the next purchase": lambda model: model.next_purchase(WEEKS, 0.3),
    "the win-back date": lambda model: model.falls_below(WEEKS, 0.3),
    "a year discounted": lambda model: model.discounted_purchases(WEEKS, 52, annual_rate=0.1),
    "ten years discounted": lambda model: model.discounted_purchases(WEEKS, 520, annual_rate=0.1),
    "nothing discounted": lambda model: model.discounted_purchases(WEEKS, 52, annual_rate=0),
    "for ever": lambda model: model.discounted_purchases(WEEKS, annual_rate=0.1),
    "for ever at hardly a rate": lambda model: model.discounted_purchases(WEEKS, annual_rate=1e-4),
    "a new customer": lambda model: model.new_over(np.array([1.0, 52, 520])),
}


@pytest.mark.parametrize(("regular", "random"), PAIRS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_one_stage_answers_as_the_model_without_stages(
    regular: type[MBGCNBD] | type[BGCNBD], random: type[MBGNBD] | type[BGNBD], question: str
) -> None:
    one = regular(r=0.525, alpha=6.183, a=0.891, b=1.614, k=1, unit=Unit.WEEK)
    other = random(r=0.525, alpha=6.183, a=0.891, b=1.614, unit=Unit.WEEK)
    ask = QUESTIONS[question]
    close = 1e-5 if "thousand" in question else 1e-7
    assert ask(one) == pytest.approx(ask(other), rel=close)


REGULAR = MBGCNBD(r=2, alpha=3, a=0.8, b=3, k=3, unit=Unit.WEEK)
LOG = simulate(
    REGULAR, customers=20_000, length=90, arrivals=20, generator=np.random.default_rng(11)
)
SEEN = LOG.summary(60)
LATER = LOG.purchases_between(SEEN, 60, 90)


def test_drawn_customers_buy_as_foretold() -> None:
    error = LATER.std() / np.sqrt(len(SEEN))
    assert REGULAR.purchases(SEEN, 30).mean() == pytest.approx(LATER.mean(), abs=4 * error)
    for n in (0, 1, 4):
        share = float(np.mean(n == LATER))
        spread = np.sqrt(share * (1 - share) / len(SEEN))
        assert REGULAR.chance(SEEN, n, 30).mean() == pytest.approx(share, abs=4 * spread)
    share = float(np.mean(LATER > 0))
    assert REGULAR.buys_within(SEEN, 30).mean() == pytest.approx(share, abs=0.02)


def test_purchases_for_ever_are_worth_what_drawn_customers_buy() -> None:
    log = simulate(REGULAR, customers=4000, length=4000, generator=np.random.default_rng(7))
    again = log.time > 0
    rate = np.log(1.1) * 7 / 365.25
    fresh = Summary(frequency=0, recency=0, age=0, unit=Unit.WEEK)
    for end, horizon in ((4000.0, None), (104.0, Span(104, Unit.WEEK))):
        some = again & (log.time <= end)
        each = np.bincount(
            log.customer[some], weights=np.exp(-rate * log.time[some]), minlength=log.customers
        )
        error = 4 * each.std() / np.sqrt(log.customers)
        worth = REGULAR.discounted_purchases(fresh, horizon, annual_rate=0.1)[0]
        assert worth == pytest.approx(each.mean(), abs=error)


@pytest.mark.parametrize("x", [0, 90, 9_024, 200_000])
def test_for_ever_is_worth_a_thousand_years_however_many_purchases_there_were(x: int) -> None:
    model = BGCNBD(r=1, alpha=1, a=10, b=1, k=6)
    one = Summary(frequency=x, recency=0.1 if x else 0, age=0.1)
    years = model.discounted_purchases(one, 365_250, annual_rate=0.1)
    assert model.discounted_purchases(one, annual_rate=0.1) == pytest.approx(years, rel=1e-6)


def test_what_hardly_ever_comes_is_worth_hardly_anything() -> None:
    rare = evolve(REGULAR, alpha=1e30)
    assert rare.discounted_purchases(WEEKS, annual_rate=0.1) == pytest.approx(0, abs=1e-60)


def test_a_horizon_is_worth_its_purchases_and_grows_to_for_ever() -> None:
    assert REGULAR.discounted_purchases(WEEKS, 39, annual_rate=0) == pytest.approx(
        REGULAR.purchases(WEEKS, 39), rel=1e-14
    )
    far = REGULAR.discounted_purchases(WEEKS, Span(200, Unit.YEAR), annual_rate=0.1)
    assert REGULAR.discounted_purchases(WEEKS, annual_rate=0.1) == pytest.approx(far, rel=1e-6)


def test_discounts_are_those_of_every_single_week() -> None:
    steps = np.linspace(0, 52, 5201)
    so_far = np.array([REGULAR.purchases(WEEKS, float(t)) for t in steps[100::100]])
    fine = np.vstack([np.zeros(len(WEEKS)), so_far])
    factors = np.exp(-np.log(1.1) * 7 / 365.25 * (np.arange(52) + 0.5))
    weekly = (np.diff(fine, axis=0) * factors[:, None]).sum(axis=0)
    exact = REGULAR.discounted_purchases(WEEKS, 52, annual_rate=0.1)
    assert exact == pytest.approx(weekly, rel=1e-4)


def test_chances_add_up_and_their_mean_is_the_expectation() -> None:
    chances = np.array([REGULAR.chance(WEEKS, n, 39) for n in range(150)])
    assert chances.sum(axis=0) == pytest.approx(np.ones(5), rel=1e-12)
    assert np.arange(150) @ chances == pytest.approx(REGULAR.purchases(WEEKS, 39), rel=1e-9)


def test_quantiles_and_levels_are_the_inverse_of_chances() -> None:
    for row in (0, 1, 4):
        one = WEEKS.take([row])
        wait = float(REGULAR.next_purchase(one, 0.3)[0])
        there = REGULAR.alive(one)[0]
        assert REGULAR.buys_within(one, wait)[0] == pytest.approx(0.3 * there, rel=1e-9)
        age = float(REGULAR.falls_below(one, 0.2)[0])
        then = Summary(frequency=one.frequency, recency=one.recency, age=age, unit=Unit.WEEK)
        assert REGULAR.alive(then)[0] == pytest.approx(0.2, rel=1e-9)
    bought_once = WEEKS.take([0])
    never = BGCNBD(r=2, alpha=3, a=0.8, b=3, k=3, unit=Unit.WEEK).falls_below(bought_once)
    assert never.tolist() == [np.inf]


def test_regular_buyers_are_missed_sooner() -> None:
    silent = Summary(frequency=20, recency=40, age=[42, 46, 50], unit=Unit.WEEK)
    random = MBGNBD(r=2, alpha=3 / 3, a=0.8, b=3, unit=Unit.WEEK)
    assert (REGULAR.alive(silent)[1:] < random.alive(silent)[1:]).all()


def test_a_time_that_begins_after_everything_may_have_happened_is_refused() -> None:
    hasty = MBGCNBD(r=0.01, alpha=1e-3, a=0.8, b=3, k=3, unit=Unit.WEEK)
    with pytest.raises(InvalidFigure, match="after: need a wait in which fewer than 200,000"):
        hasty.chance(WEEKS.take([3]), 1, 10, after=1e6)


def test_a_log_knows_its_gaps_as_of_a_summary() -> None:
    log = PurchaseLog.of(
        np.array([0, 0, 0, 1, 1, 2]), np.array([0.0, 2, 8, 1, 4, 9]), unit=Unit.WEEK, length=10
    )
    assert log.log_gaps(log.summary(5)) == pytest.approx([np.log(2), np.log(3)])
    everything = log_gaps(log.customer, log.time, log.customers)
    assert log.log_gaps(log.summary()) == pytest.approx(everything)


def test_regular_buyers_earn_stages_their_place_in_value_backtest_and_picture() -> None:
    few = simulate(
        REGULAR, customers=300, length=90, arrivals=20, generator=np.random.default_rng(3)
    )

    def fit(summary: Summary) -> MBGCNBD:
        return MBGCNBD.fit(summary, log_gaps=few.log_gaps(summary), stages=[3])

    tested = backtest(few, fit, origins=[60], horizon=30)
    plain = backtest(few, MBGNBD.fit, origins=[60], horizon=30)
    assert tested.model.name == "MBG/CNBD-k"
    assert tested.model.rmse < plain.model.rmse
    assert tested.model.brier < plain.model.brier
    fitted = fit(few.summary(60))
    spend = GammaGamma(p=6, q=4, v=15)
    worth = future_value(fitted, spend, few.summary(60), Span(1, Unit.YEAR), annual_rate=0.1)
    assert ((worth > 0) & np.isfinite(worth)).all()
    track = tracking(REGULAR, few, [30, 60, 90])
    assert track.expected == pytest.approx(track.actual, rel=0.1)


def test_a_start_leads_to_the_same_top_and_a_strict_fit_raises() -> None:
    summary = SEEN.take(range(500))
    gaps = LOG.log_gaps(SEEN)[:500]
    fitted = MBGCNBD.fit_strict(summary, log_gaps=gaps, stages=[2, 3])
    days = summary.within(Unit.DAY)
    again = MBGCNBD.fit(
        days, log_gaps=gaps + summary.frequency * np.log(7), stages=[3], start=fitted
    )
    assert fitted.k == again.k == 3
    assert again.within(Unit.WEEK).theta == pytest.approx(fitted.theta, abs=1e-6)
    nobody = Summary(frequency=[0] * 9, recency=0, age=[30] * 9)
    with pytest.raises(FitFailed, match="hardly anybody"):
        MBGCNBD.fit_strict(nobody, log_gaps=np.zeros(9), stages=[2])


powers = st.floats(-3, 3).map(lambda power: 10**power)


@settings(max_examples=15)
@given(
    shapes=st.tuples(powers, powers, powers, powers),
    k=st.integers(1, 6),
    x=st.integers(0, 10_000),
    share=st.floats(0.001, 1),
    age=powers,
    horizon=powers,
    kind=st.sampled_from([BGCNBD, MBGCNBD]),
)
def test_no_legal_customer_and_no_legal_parameter_gives_nonsense(
    *,
    shapes: tuple[float, float, float, float],
    k: int,
    x: int,
    share: float,
    age: float,
    horizon: float,
    kind: type[BGCNBD] | type[MBGCNBD],
) -> None:
    model = kind(**dict(zip(("r", "alpha", "a", "b"), shapes, strict=True)), k=k)  # type: ignore[arg-type]  # k is among the keywords
    one = Summary(frequency=x, recency=age * share if x else 0, age=age)
    alive, later = model.alive(one)[0], model.alive_after(one, horizon)[0]
    assert 0 <= later <= alive * (1 + 1e-12) <= 1 + 1e-12
    more, fewer = model.purchases(one, horizon * 2)[0], model.purchases(one, horizon)[0]
    assert 0 <= fewer <= more * (1 + 1e-6)
    assert 0 <= model.buys_within(one, horizon)[0] <= alive * (1 + 1e-12)
    assert 0 <= model.chance(one, 2, horizon)[0] <= 1
    worth = model.discounted_purchases(one, horizon, annual_rate=0.1)[0]
    assert 0 <= worth <= fewer * (1 + 1e-5)
    assert worth * (1 - 1e-5) <= model.discounted_purchases(one, annual_rate=0.1)[0] < np.inf
    assert model.next_purchase(one)[0] >= 0
    assert model.falls_below(one)[0] >= 0
