from collections.abc import Iterable

import numpy as np
import pytest

from postpurchase.clv import (
    BGNBD,
    GammaGamma,
    Scale,
    Summary,
    Unit,
    bootstrap,
    bootstrap_interval,
    delta_interval,
    drawn_interval,
    future_value,
    simulate,
)
from postpurchase.clv.arrays import FloatArray
from postpurchase.errors import InvalidFigure, NoInterval

TRUTH = BGNBD(r=0.6, alpha=8, a=0.9, b=2.2, unit=Unit.WEEK)
CUSTOMERS = simulate(
    TRUTH, customers=1500, length=60, arrivals=40, generator=np.random.default_rng(1)
).summary()
WITH_MONEY = simulate(
    TRUTH,
    customers=300,
    length=60,
    spend=GammaGamma(p=6, q=4, v=15),
    generator=np.random.default_rng(2),
).summary()
FITTED = BGNBD.fit_strict(CUSTOMERS)
SOME = CUSTOMERS.take(CUSTOMERS.frequency > 1).take(range(20))


def coming(model: BGNBD) -> FloatArray:
    return model.purchases(SOME, 26)


def alive(model: BGNBD) -> FloatArray:
    return model.alive(SOME)


def test_three_ways_agree_on_how_sure_an_answer_is() -> None:
    chance = np.random.default_rng(2)
    delta = delta_interval(coming, FITTED)
    drawn = drawn_interval(coming, FITTED, generator=chance, draws=600)
    refits = bootstrap(BGNBD.fit, CUSTOMERS, generator=chance, refits=60)
    again = bootstrap_interval(lambda model: model.purchases(SOME, 26), FITTED, refits)
    width = np.log(delta.high / delta.low)
    assert np.log(drawn.high / drawn.low) == pytest.approx(width, rel=0.25)
    assert np.log(again.high / again.low) == pytest.approx(width, rel=0.6)
    for each in (delta, drawn, again):
        assert ((each.low < each.value) & (each.value < each.high)).all()
        assert each.level == 0.95


def test_probabilities_stay_probabilities() -> None:
    sure = delta_interval(alive, FITTED, scale=Scale.PROBABILITY, level=0.999)
    assert ((sure.low > 0) & (sure.high < 1)).all()
    one_time = CUSTOMERS.take(CUSTOMERS.frequency == 0).take([0])
    known = delta_interval(
        lambda model: model.alive(one_time),
        FITTED,
        scale=Scale.PROBABILITY,
    )
    assert (known.low[0], known.high[0]) == pytest.approx((1, 1))


def test_about_95_per_cent_of_intervals_hold_the_truth() -> None:
    held = 0
    for seed in range(40):
        log = simulate(TRUTH, customers=600, length=60, generator=np.random.default_rng(seed))
        bounds = BGNBD.fit(log.summary()).intervals()
        held += sum(
            low.low < true < low.high
            for low, true in zip(bounds, TRUTH.parameters.values(), strict=True)
        )
    assert 0.88 <= held / 160 <= 1


def test_the_same_seed_gives_the_same_interval() -> None:
    one, two = (
        drawn_interval(coming, FITTED, generator=np.random.default_rng(7), draws=20)
        for _ in range(2)
    )
    assert one.low.tolist() == two.low.tolist()


def test_a_progress_bar_wraps_the_refits() -> None:
    seen: list[int] = []

    def bar(refits: range) -> Iterable[int]:
        for each in refits:
            seen.append(each)
            yield each

    chance = np.random.default_rng(3)
    assert len(bootstrap(BGNBD.fit, SOME, generator=chance, refits=3, progress=bar)) == 3
    assert seen == [0, 1, 2]


def test_given_parameters_have_no_interval() -> None:
    with pytest.raises(NoInterval, match="use bootstrap"):
        delta_interval(coming, TRUTH)
    nobody = BGNBD.fit(Summary(frequency=[0, 0], recency=0, age=3))
    with pytest.raises(NoInterval, match="hardly anybody bought again"):
        drawn_interval(coming, nobody, generator=np.random.default_rng(1))


@pytest.mark.parametrize("level", [0, 1])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(InvalidFigure, match="level"):
        delta_interval(coming, FITTED, level=level)
    with pytest.raises(InvalidFigure, match="level"):
        drawn_interval(coming, FITTED, generator=np.random.default_rng(1), level=level)
    with pytest.raises(InvalidFigure, match="level"):
        bootstrap_interval(lambda model: model.purchases(SOME, 1), FITTED, [], level=level)


def test_an_answer_may_rest_on_two_models() -> None:
    spend = GammaGamma.fit_strict(WITH_MONEY)

    def worth(buying: BGNBD, spending: GammaGamma) -> FloatArray:
        return future_value(buying, spending, WITH_MONEY, 26, annual_rate=0.1)

    both = delta_interval(worth, FITTED, spend)
    buying = delta_interval(lambda model: worth(model, spend), FITTED)
    assert (both.low <= buying.low).all()
    assert (both.low < buying.low).any()
    with pytest.raises(InvalidFigure, match="models: need fitted models"):
        delta_interval(lambda _: both.low, 3)
