"""Pareto/NBD against R's BTYD and 30-digit arithmetic."""

from math import expm1

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postpurchase.clv import ParetoNBD, Span, Summary, Unit, simulate
from postpurchase.clv.layout import Layout
from postpurchase.clv.pareto import ParetoLikelihood
from postpurchase.errors import InvalidFigure

BTYD = ParetoNBD(r=0.55, alpha=10.56, s=0.61, beta=11.64, unit=Unit.WEEK)
FITTED_IN_R = ParetoNBD(
    r=0.553397143256635,
    alpha=10.580198543474351,
    s=0.606062497117662,
    beta=11.656223670707698,
    unit=Unit.WEEK,
)
SOME = Summary(frequency=[0, 7, 2], recency=[0, 35, 30.43], age=[39, 77.86, 38.86], unit=Unit.WEEK)
small = st.floats(-3, 3).map(lambda power: 10**power)


def weeks(x: object, recency: object, age: object) -> Summary:
    return Summary(frequency=x, recency=recency, age=age, unit=Unit.WEEK)  # type: ignore[arg-type]  # numbers of cases


def test_a_new_customer_as_in_r() -> None:
    assert BTYD.new_chance(10, 2) == pytest.approx(1.89370759594899e-09, rel=1e-8)
    assert BTYD.new_chance(0, 39) == pytest.approx(0.59593806959792, rel=1e-13)
    assert BTYD.new(2) == pytest.approx(0.0991608842301338, rel=1e-13)


def test_purchases_and_likelihood_as_in_r() -> None:
    assert BTYD.purchases(weeks(10, 35, 39), 2)[0] == pytest.approx(0.388411723242252, rel=1e-12)
    assert BTYD.purchases(weeks([5, 6, 7, 8], 25, 39), 2) == pytest.approx(
        [0.134421429902522, 0.144511504415192, 0.149364682174874, 0.149138912068632], rel=1e-12
    )
    assert BTYD.log_likelihood(weeks(3, 4, 6)) == pytest.approx(-8.05311593004679, rel=1e-14)


def test_alive_as_in_r() -> None:
    assert FITTED_IN_R.alive(weeks([0, 23, 5, 6, 7], [0, 39, 30, 30, 30], 39)) == pytest.approx(
        [0.294163335769692, 1, 0.810764674465126, 0.791388751836119, 0.770054484117931], rel=1e-13
    )


def test_value_without_end_as_in_r() -> None:
    model = ParetoNBD(r=0.5629966, alpha=12.559037, s=0.4081095, beta=10.5148048, unit=Unit.WEEK)
    worth = model.discounted_purchases(weeks(7, 35, 77.86), annual_rate=expm1(0.0027 * 365.25 / 7))
    assert worth[0] == pytest.approx(1.86418332807132, rel=1e-12)


def test_heavy_buyers_that_end_as_nan_elsewhere() -> None:
    model = ParetoNBD(r=10.465, alpha=0.00798565181, s=3.0516, beta=2.820)
    heavy = Summary(frequency=[400, 500, 500], recency=[5, 1, 4], age=[6, 37, 37])
    assert np.isfinite(model.log_likelihood(heavy))
    assert ((model.alive(heavy) >= 0) & (model.alive(heavy) <= 1)).all()
    near = ParetoNBD(r=0.55, alpha=10.58, s=0.61, beta=11.67)
    assert near.purchases(Summary(frequency=[132, 133], recency=200, age=200), 10) == pytest.approx(
        [6.2060517889632418, 6.2528722475748113], rel=1e-12
    )


def test_a_shape_of_one_is_the_limit_of_its_neighbours() -> None:
    around = [
        ParetoNBD(r=0.55, alpha=10.56, s=s, beta=11.64, unit=Unit.WEEK).purchases(SOME, 39)
        for s in (1 - 1e-4, 1.0, 1 + 1e-4)
    ]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-7)


def test_chances_add_up_and_their_mean_is_the_expectation() -> None:
    chances = np.array([BTYD.chance(SOME, n, 39) for n in range(200)])
    assert chances.sum(axis=0) == pytest.approx([1, 1, 1], rel=1e-12)
    assert np.arange(200) @ chances == pytest.approx(BTYD.purchases(SOME, 39), rel=1e-12)
    assert 1 - chances[0] == pytest.approx(BTYD.buys_within(SOME, 39), rel=1e-12)
    with pytest.raises(InvalidFigure, match="purchases"):
        BTYD.chance(SOME, -1, 39)


def test_quantiles_and_levels_are_the_inverse_of_chances() -> None:
    for row in range(3):
        one = SOME.take([row])
        wait = float(BTYD.next_purchase(one, 0.3)[0])
        assert BTYD.buys_within(one, wait)[0] == pytest.approx(0.3 * BTYD.alive(one)[0], rel=1e-9)
        age = BTYD.falls_below(one, 0.4)[0]
        then = weeks(one.frequency, one.recency, age)
        assert BTYD.alive(then)[0] == pytest.approx(0.4, rel=1e-9)
    assert BTYD.next_purchase(SOME, 0.999999)[0] == np.inf


def test_without_discount_a_horizon_is_worth_its_purchases() -> None:
    assert BTYD.discounted_purchases(SOME, 39, annual_rate=0) == pytest.approx(
        BTYD.purchases(SOME, 39), rel=1e-10
    )


@settings(max_examples=25)
@example(r=1, alpha=1, s=1, beta=1, x=1, share=1 - 2**-53, age=1, horizon=1)  # a moment ago
@given(
    r=small,
    alpha=small,
    s=small,
    beta=small,
    x=st.integers(0, 10_000),
    share=st.floats(0.001, 1),
    age=small,
    horizon=small,
)
def test_no_legal_customer_and_no_legal_parameter_gives_nonsense(
    *,
    r: float,
    alpha: float,
    s: float,
    beta: float,
    x: int,
    share: float,
    age: float,
    horizon: float,
) -> None:
    model = ParetoNBD(r=r, alpha=alpha, s=s, beta=beta)
    one = Summary(frequency=x, recency=age * share if x else 0, age=age)
    alive, later = model.alive(one)[0], model.alive_after(one, horizon)[0]
    assert 0 <= later <= alive <= 1
    more, fewer = model.purchases(one, horizon * 2)[0], model.purchases(one, horizon)[0]
    assert 0 <= fewer <= more * (1 + 1e-9)
    assert 0 <= model.buys_within(one, horizon)[0] <= alive * (1 + 1e-9)
    assert np.isfinite(model.log_likelihood(one))
    assert not np.isnan(model.next_purchase(one)[0])
    assert not np.isnan(model.falls_below(one)[0])


@given(x=st.integers(0, 200), wait=st.floats(0.1, 100), more=st.floats(0.1, 100))
def test_silence_makes_alive_fall(x: int, wait: float, more: float) -> None:
    last = 10 if x else 0
    first, second = BTYD.alive(weeks([x, x], last, [10 + wait, 10 + wait + more]))
    assert second < first


CUSTOMERS = simulate(
    BTYD, customers=1500, length=60, arrivals=30, generator=np.random.default_rng(4)
).summary()


def test_the_gradient_is_the_slope() -> None:
    likelihood = ParetoLikelihood.of(Layout.of(CUSTOMERS))
    theta = np.log([[0.6, 0.3, 0.6, 0.4]])
    gradient = likelihood(np.exp(theta))[1]
    for i in range(4):
        step = np.zeros((1, 4))
        step[0, i] = 1e-5
        up, down = (likelihood(np.exp(theta + sign * step))[0] for sign in (1, -1))
        assert gradient[0, i] == pytest.approx((up - down) / 2e-5, rel=1e-6)


def test_the_parameters_come_back_whatever_the_unit() -> None:
    fitted = ParetoNBD.fit_strict(CUSTOMERS)
    for each, true in zip(fitted.intervals(0.999), BTYD.parameters.values(), strict=True):
        assert each.low < true < each.high
    assert fitted.how is not None
    assert fitted.how.log_likelihood == pytest.approx(fitted.log_likelihood(CUSTOMERS), rel=1e-12)
    days = ParetoNBD.fit(CUSTOMERS.within(Unit.DAY), start=fitted)
    assert days.within(Unit.WEEK).theta == pytest.approx(fitted.theta, abs=1e-6)
    horizon = Span(26, Unit.WEEK)
    assert days.purchases(CUSTOMERS, horizon) == pytest.approx(
        fitted.purchases(CUSTOMERS, horizon), rel=1e-5
    )


def test_hard_sets_converge_or_name_the_boundary() -> None:
    nobody = ParetoNBD.fit(Summary(frequency=[0] * 99, recency=0, age=range(1, 100)))
    assert nobody.how is not None
    assert nobody.how.boundary
    stayers = ParetoNBD.fit(Summary(frequency=[3, 4, 5, 6] * 50, recency=50, age=50))
    assert stayers.how is not None
    assert any("no churn seen" in each for each in stayers.how.boundary)
    assert stayers.alive(Summary(frequency=3, recency=50, age=60))[0] > 0.99
