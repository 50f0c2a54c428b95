"""Against figures of the papers, of R's BTYD and BTYDplus, and of 30-digit arithmetic."""

from math import expm1

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import BGNBD, MBGNBD, Span, Summary, Unit, fitting
from postpurchase.errors import FitFailed, InvalidFigure, NoInterval

# Fader, Hardie and Lee (2005), table 2: the CDNOW sample, weeks.
PAPER = BGNBD(r=0.243, alpha=4.414, a=0.793, b=2.426, unit=Unit.WEEK)
ONE = Summary(frequency=2, recency=30.43, age=38.86, unit=Unit.WEEK)
MODIFIED = MBGNBD(r=0.525, alpha=6.183, a=0.891, b=1.614, unit=Unit.WEEK)
THREE = Summary(
    frequency=[0, 2, 26], recency=[0, 30.43, 30.857], age=[39, 38.86, 31], unit=Unit.WEEK
)

small = st.floats(-3, 3).map(lambda power: 10**power)


def test_the_paper_s_customer_buys_1_226_times_in_the_next_39_weeks() -> None:
    assert PAPER.purchases(ONE, 39)[0] == pytest.approx(1.22602817476714444629, rel=1e-14)


def test_a_new_customer_as_in_r() -> None:
    assert PAPER.new(52) == pytest.approx(1.4460505953964, rel=1e-12)
    assert PAPER.new_chance(10, 2) == pytest.approx(1.0786896403557e-07, rel=1e-12)
    assert PAPER.new_chance(0, 39) == pytest.approx(0.573786352096009, rel=1e-12)


def test_alive_as_in_r() -> None:
    five = Summary(
        frequency=[23, 5, 6, 7, 8],
        recency=[39, 30, 30, 30, 30],
        age=39,
        unit=Unit.WEEK,
    )
    assert PAPER.alive(five) == pytest.approx(
        [
            0.968555454221023831,
            0.705626847157860,
            0.687091132532459,
            0.663866180954425,
            0.636545641920792,
        ],
        rel=1e-13,
    )


def test_log_likelihood_of_one_customer_to_thirty_digits() -> None:
    model = BGNBD(r=0.5, alpha=6, a=1.2, b=3.3)
    one = Summary(frequency=3, recency=4, age=6)
    assert model.log_likelihood(one) == pytest.approx(-7.57638187669657008, rel=1e-14)


def test_alive_and_buying_later_as_by_quadrature() -> None:
    assert PAPER.alive_after(ONE, 39)[0] == pytest.approx(0.56713803562793, rel=1e-13)
    assert PAPER.buys_within(ONE, 39)[0] == pytest.approx(0.5546271379170045, rel=1e-13)


def test_value_without_end_as_by_quadrature() -> None:
    annual = expm1(0.0027 * 365.25 / 7)
    assert PAPER.discounted_purchases(ONE, annual_rate=annual)[0] == pytest.approx(
        5.15637982615403750, rel=1e-12
    )


def test_the_modified_model_as_in_r() -> None:
    assert MODIFIED.alive(THREE) == pytest.approx(
        [0.389347648663597, 0.706202265118487, 0.96549464675489], rel=1e-13
    )
    assert MODIFIED.purchases(THREE, 39)[1] == pytest.approx(1.26296062326736, rel=1e-13)
    assert MODIFIED.purchases(THREE, 52)[2] == pytest.approx(24.0021454009228, rel=1e-12)


def test_a_one_time_buyer_never_fades_in_bg_nbd_and_does_in_mbg_nbd() -> None:
    once = Summary(frequency=[0] * 3, recency=0, age=[1, 100, 10_000], unit=Unit.WEEK)
    assert PAPER.alive(once).tolist() == [1, 1, 1]
    assert PAPER.falls_below(once).tolist() == [np.inf] * 3
    fading = MODIFIED.alive(once)
    assert fading[0] > fading[1] > fading[2]
    assert np.isfinite(MODIFIED.falls_below(once)).all()


@pytest.mark.parametrize("model", [PAPER, MODIFIED])
def test_the_date_of_a_level_is_where_alive_is_that_level(model: BGNBD | MBGNBD) -> None:
    age = model.falls_below(ONE, 0.3)[0]
    then = Summary(frequency=2, recency=30.43, age=age, unit=Unit.WEEK)
    assert age > 30.43
    assert model.alive(then)[0] == pytest.approx(0.3, rel=1e-12)


def test_the_win_back_date_of_the_first_cdnow_customer() -> None:
    model = BGNBD(r=0.24259452, alpha=4.41360202, a=0.79292202, b=2.42590678, unit=Unit.WEEK)
    first = Summary(frequency=2, recency=30 + 3 / 7, age=38 + 6 / 7, unit=Unit.WEEK)
    assert model.falls_below(first, 0.5)[0] == pytest.approx(62.498, abs=5e-4)


@pytest.mark.parametrize("model", [PAPER, MODIFIED])
def test_chances_add_up_and_their_mean_is_the_expectation(model: BGNBD | MBGNBD) -> None:
    chances = np.array([model.chance(THREE, n, 39) for n in range(300)])
    assert chances.sum(axis=0) == pytest.approx([1, 1, 1], rel=1e-9)
    assert np.arange(300) @ chances == pytest.approx(model.purchases(THREE, 39), rel=1e-6)
    assert chances[0] == pytest.approx(1 - model.buys_within(THREE, 39), rel=1e-12)
    assert sum(model.new_chance(n, 39) for n in range(300)) == pytest.approx(1, rel=1e-9)
    mean = sum(n * model.new_chance(n, 39) for n in range(300))
    assert mean == pytest.approx(model.new(39), rel=1e-6)


@pytest.mark.parametrize("model", [PAPER, MODIFIED])
def test_the_next_purchase_comes_within_its_quantile(model: BGNBD | MBGNBD) -> None:
    for row in range(3):
        one = THREE.take([row])
        wait = float(model.next_purchase(one, 0.4)[0])
        assert model.buys_within(one, wait)[0] == pytest.approx(0.4 * model.alive(one)[0])


@given(
    r=small,
    alpha=small,
    a=small,
    b=small,
    x=st.integers(0, 10_000),
    share=st.floats(0.001, 1),
    age=small,
    horizon=small,
    modified=st.sampled_from([BGNBD, MBGNBD]),
)
def test_no_legal_customer_and_no_legal_parameter_gives_nonsense(  # noqa: PLR0913  # one per input
    *,
    r: float,
    alpha: float,
    a: float,
    b: float,
    x: int,
    share: float,
    age: float,
    horizon: float,
    modified: type[BGNBD] | type[MBGNBD],
) -> None:
    model = modified(r=r, alpha=alpha, a=a, b=b)
    one = Summary(frequency=x, recency=age * share if x else 0, age=age)
    alive, later = model.alive(one)[0], model.alive_after(one, horizon)[0]
    assert 0 <= later <= alive <= 1
    assert later == pytest.approx(model.alive_after(one, horizon)[0])
    more, fewer = model.purchases(one, horizon * 2)[0], model.purchases(one, horizon)[0]
    assert 0 <= fewer <= more * (1 + 1e-6)
    assert 0 <= model.buys_within(one, horizon)[0] <= alive
    assert model.next_purchase(one)[0] >= 0
    assert not np.isnan(model.falls_below(one)[0])
    assert 0 <= model.discounted_purchases(one, horizon, annual_rate=0.1)[0] <= fewer * (1 + 1e-4)
    assert 0 <= model.discounted_purchases(one, annual_rate=0.1)[0] < np.inf
    assert np.isfinite(model.log_likelihood(one))


@given(x=st.integers(1, 200), wait=st.floats(0.1, 100), more=st.floats(0.1, 100))
def test_silence_makes_alive_fall(x: int, wait: float, more: float) -> None:
    silent = Summary(frequency=x, recency=10, age=[10 + wait, 10 + wait + more], unit=Unit.WEEK)
    two = Summary(frequency=[x, x], recency=10, age=silent.age, unit=Unit.WEEK)
    for model in (PAPER, MODIFIED):
        first, second = model.alive(two)
        assert second < first


def test_a_summary_in_another_unit_gives_the_same_answer() -> None:
    days = THREE.within(Unit.DAY)
    for model in (PAPER, MODIFIED):
        assert model.purchases(days, Span(39, Unit.WEEK)) == pytest.approx(
            model.purchases(THREE, 39), rel=1e-12
        )
        in_days = model.within(Unit.DAY)
        assert in_days.falls_below(days) / 7 == pytest.approx(model.falls_below(THREE), rel=1e-12)
        one = in_days.discounted_purchases(days, Span(1, Unit.YEAR), annual_rate=0.1)
        other = model.discounted_purchases(THREE, Span(1, Unit.YEAR), annual_rate=0.1)
        assert one == pytest.approx(other, rel=1e-12)


def test_without_discount_a_horizon_is_worth_its_purchases() -> None:
    for model in (PAPER, MODIFIED):
        worth = model.discounted_purchases(THREE, 39, annual_rate=0)
        assert worth == pytest.approx(model.purchases(THREE, 39), rel=1e-9)


def test_for_ever_is_the_end_of_longer_and_longer_horizons() -> None:
    far = PAPER.discounted_purchases(THREE, Span(400, Unit.YEAR), annual_rate=0.1)
    assert PAPER.discounted_purchases(THREE, annual_rate=0.1) == pytest.approx(far, rel=1e-6)


def test_questions_without_an_answer_are_refused() -> None:
    with pytest.raises(InvalidFigure, match="annual_rate: need above 0 when no horizon"):
        PAPER.discounted_purchases(ONE, annual_rate=0)
    with pytest.raises(InvalidFigure, match="chance: need a probability"):
        PAPER.next_purchase(ONE, 1)
    with pytest.raises(InvalidFigure, match="level: need a probability"):
        PAPER.falls_below(ONE, 0)
    with pytest.raises(InvalidFigure, match="purchases: need 0 or more"):
        PAPER.chance(ONE, -1, 3)
    with pytest.raises(InvalidFigure, match="alpha: need a positive finite number"):
        BGNBD(r=1, alpha=0, a=1, b=1)
    with pytest.raises(InvalidFigure, match="customers: need at least one"):
        BGNBD.fit(Summary(frequency=[], recency=[], age=[]))
    with pytest.raises(NoInterval, match="its parameters were given"):
        PAPER.intervals()


def made(seed: int = 5, customers: int = 800) -> Summary:
    """Customers of a shop, drawn without the library: rates, coins and gaps."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[int, float, float]] = []
    for _ in range(customers):
        rate, leaving = chance.gamma(0.6, 1 / 8), chance.beta(0.9, 2.2)
        age, time, last, x = chance.integers(10, 60), 0.0, 0.0, 0
        while chance.random() > leaving:
            time += chance.exponential(1 / max(rate, 1e-12))
            if time > age:
                break
            last, x = time, x + 1
        rows.append((x, float(np.ceil(last)) if x else 0.0, float(age)))
    x_, recency, age_ = zip(*rows, strict=True)
    return Summary(frequency=x_, recency=recency, age=age_, unit=Unit.WEEK)


CUSTOMERS = made()


@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
def test_the_fit_is_on_the_top(model: type[BGNBD] | type[MBGNBD]) -> None:
    fitted = model.fit_strict(CUSTOMERS)
    assert fitted.how is not None
    assert fitted.how.log_likelihood == pytest.approx(fitted.log_likelihood(CUSTOMERS), rel=1e-12)
    for i in range(4):
        for step in (-0.01, 0.01):
            theta = fitted.theta.copy()
            theta[i] += step
            assert fitted.at(theta).log_likelihood(CUSTOMERS) < fitted.how.log_likelihood


@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
@pytest.mark.parametrize("unit", [Unit.SECOND, Unit.DAY, Unit.YEAR])
def test_the_unit_does_not_matter(model: type[BGNBD] | type[MBGNBD], unit: Unit) -> None:
    weeks = model.fit(CUSTOMERS)
    other = model.fit(CUSTOMERS.within(unit)).within(Unit.WEEK)
    assert other.theta == pytest.approx(weeks.theta, abs=1e-7)
    assert other.covariance == pytest.approx(weeks.covariance, rel=1e-4)


@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
def test_weights_are_repeated_rows_and_counting_changes_nothing(
    model: type[BGNBD] | type[MBGNBD],
) -> None:
    plain, counted = model.fit(CUSTOMERS), model.fit(CUSTOMERS.counted())
    assert counted.theta == pytest.approx(plain.theta, abs=1e-8)
    assert counted.how is not None
    assert counted.how.customers == 800
    assert plain.log_likelihood(CUSTOMERS.counted()) == pytest.approx(
        plain.log_likelihood(CUSTOMERS), rel=1e-13
    )


def test_a_start_leads_to_the_same_top() -> None:
    fitted = BGNBD.fit(CUSTOMERS)
    again = BGNBD.fit(CUSTOMERS.within(Unit.DAY), start=fitted)
    assert again.within(Unit.WEEK).theta == pytest.approx(fitted.theta, abs=1e-7)


def test_a_strict_fit_raises_with_what_was_said() -> None:
    nobody = Summary(frequency=[0] * 9, recency=0, age=[30] * 9)
    with pytest.raises(FitFailed, match="hardly anybody bought again") as caught:
        MBGNBD.fit_strict(nobody)
    assert caught.value.model == "MBG/NBD"


def test_intervals_of_parameters_stay_above_zero_and_hold_the_estimate() -> None:
    fitted = BGNBD.fit(CUSTOMERS)
    for each in fitted.intervals(0.9):
        assert 0 < each.low < each.value < each.high
        assert each.value**2 == pytest.approx(each.low * each.high)
    wide, narrow = fitted.intervals(0.99)[0], fitted.intervals(0.5)[0]
    assert wide.low < narrow.low < narrow.high < wide.high
    errors = fitted.standard_errors()
    assert list(errors) == ["r", "alpha", "a", "b"]
    with pytest.raises(InvalidFigure, match="level"):
        fitted.intervals(1)


@pytest.mark.parametrize("sample", [300, 2])
def test_a_fit_that_begins_on_a_sample_ends_on_the_same_top(
    monkeypatch: pytest.MonkeyPatch, sample: int
) -> None:
    whole = MBGNBD.fit(CUSTOMERS)
    monkeypatch.setattr(fitting, "MANY_CELLS", 100)
    monkeypatch.setattr(fitting, "SAMPLE", sample)
    sampled = MBGNBD.fit(CUSTOMERS)
    assert sampled.theta == pytest.approx(whole.theta, abs=1e-7)
    assert sampled.covariance == pytest.approx(whole.covariance, rel=1e-4)


@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
def test_shapes_that_sum_below_one_and_a_shape_of_one_are_no_obstacle(
    model: type[BGNBD] | type[MBGNBD],
) -> None:
    rows = Summary(frequency=[0, 3], recency=[0, 30], age=40, unit=Unit.WEEK)
    odd = model(r=0.3, alpha=5, a=0.4, b=0.3, unit=Unit.WEEK).purchases(rows, 39)
    assert ((odd > 0) & np.isfinite(odd)).all()
    at, near = (
        model(r=0.3, alpha=5, a=a, b=0.7, unit=Unit.WEEK).purchases(rows, 39) for a in (1.0, 1.0001)
    )
    assert at == pytest.approx(near, rel=1e-3)


@pytest.mark.parametrize("x", [1000, 5000, 10_000])
def test_heavy_buyers_have_a_finite_forecast(x: int) -> None:
    heavy = Summary(frequency=x, recency=38.8, age=39, unit=Unit.WEEK)
    assert 0 < PAPER.purchases(heavy, 39)[0] < 1.1 * x
