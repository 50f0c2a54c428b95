import numpy as np
import pytest

from postpurchase.clv import BGNBD, MBGNBD, GammaGamma, PurchaseLog, Unit, simulate
from postpurchase.errors import InvalidFigure

MODEL = MBGNBD(r=0.6, alpha=8, a=0.9, b=2.2, unit=Unit.WEEK)
SPEND = GammaGamma(p=6, q=4, v=15)


def log(model: BGNBD | MBGNBD = MODEL, returns: float = 0.2) -> PurchaseLog:
    return simulate(
        model,
        customers=4000,
        length=60,
        arrivals=30,
        spend=SPEND,
        returns=returns,
        generator=np.random.default_rng(1),
    )


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD])
def test_the_parameters_come_back(kind: type[BGNBD] | type[MBGNBD]) -> None:
    truth = kind(r=0.6, alpha=8, a=0.9, b=2.2, unit=Unit.WEEK)
    summary = log(truth, returns=0).summary()
    for each, true in zip(
        kind.fit_strict(summary).intervals(0.999), truth.parameters.values(), strict=True
    ):
        assert each.low < true < each.high
    spend = GammaGamma.fit_strict(summary)
    for each, true in zip(spend.intervals(0.999), SPEND.parameters.values(), strict=True):
        assert each.low < true < each.high


def test_new_customers_buy_as_often_as_expected() -> None:
    made = simulate(MODEL, customers=20_000, length=39, generator=np.random.default_rng(2))
    x = made.summary().frequency
    assert x.mean() == pytest.approx(MODEL.new(39), rel=0.05)
    assert (x == 0).mean() == pytest.approx(MODEL.new_chance(0, 39), rel=0.05)


def test_the_log_is_in_order_and_within_its_length() -> None:
    made = log()
    assert (np.diff(made.customer) >= 0).all()
    same = np.diff(made.customer) == 0
    assert (np.diff(made.time)[same] > 0).all()
    assert made.time.max() <= 60
    assert made.returned.mean() == pytest.approx(0.2, abs=0.02)


def test_a_summary_knows_nothing_of_later() -> None:
    made = log(returns=0)
    early = made.summary(20)
    assert len(early) < made.customers
    assert early.age.max() <= 20
    later = made.purchases_between(early, 20, 60)
    assert (
        later.sum()
        == ((made.time > 20) & np.isin(made.customer, np.array(early.customers, dtype=int))).sum()
    )
    assert later.mean() == pytest.approx(MODEL.purchases(early, 40).mean(), rel=0.1)


def test_returned_purchases_carry_no_money() -> None:
    everything_back = log(returns=1).summary()
    again = everything_back.frequency > 0
    assert (everything_back.money[again] == 0).all()
    assert np.isnan(everything_back.money[~again]).all()


def test_without_a_spend_model_there_is_no_money() -> None:
    made = simulate(MODEL, customers=5, length=9, generator=np.random.default_rng(1))
    assert np.isnan(made.spend).all()


def test_what_cannot_be_drawn_is_refused() -> None:
    chance = np.random.default_rng(1)
    with pytest.raises(InvalidFigure, match="customers"):
        simulate(MODEL, customers=0, length=9, generator=chance)
    with pytest.raises(InvalidFigure, match="arrivals"):
        simulate(MODEL, customers=1, length=9, arrivals=10, generator=chance)
    with pytest.raises(InvalidFigure, match="returns"):
        simulate(MODEL, customers=1, length=9, returns=1.5, generator=chance)
