"""The chance of a number of purchases in a time that begins later."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import (
    BGNBD,
    MBGCNBD,
    MBGNBD,
    ParetoNBD,
    RepeatModel,
    Span,
    Summary,
    Unit,
    simulate,
)
from postpurchase.errors import InvalidFigure

PAPER = BGNBD(r=0.243, alpha=4.414, a=0.793, b=2.426, unit=Unit.WEEK)
MODIFIED = MBGNBD(r=0.525, alpha=6.183, a=0.891, b=1.614, unit=Unit.WEEK)
PARETO = ParetoNBD(r=0.55, alpha=10.56, s=0.61, beta=11.64, unit=Unit.WEEK)
REGULAR = MBGCNBD(r=0.6, alpha=3, a=0.8, b=3, k=2, unit=Unit.WEEK)
MODELS: list[RepeatModel] = [PAPER, MODIFIED, PARETO, REGULAR]
THREE = Summary(
    frequency=[0, 2, 26], recency=[0, 30.43, 30.857], age=[39, 38.86, 31], unit=Unit.WEEK
)


def test_no_purchase_from_week_39_to_78_is_not_no_purchase_from_0_to_39() -> None:
    """R's BTYD gives 0.573786 for both; four million drawn customers give 0.7540 for the later."""
    assert PAPER.new_chance(0, 39) == pytest.approx(0.573786352096009, rel=1e-12)
    assert PAPER.new_chance(0, 39, after=39) == pytest.approx(0.7540, abs=5e-5)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_drawn_customers_buy_so_often_in_a_time_that_begins_later(model: RepeatModel) -> None:
    log = simulate(model, customers=60_000, length=78, generator=np.random.default_rng(8))
    between = (log.time > 39) & (log.time <= 78)
    count = np.bincount(log.customer[between], minlength=log.customers)
    for n in (0, 1, 3):
        share = float(np.mean(count == n))
        spread = 4 * np.sqrt(share * (1 - share) / log.customers)
        assert model.new_chance(n, 39, after=Span(39, Unit.WEEK)) == pytest.approx(
            share, abs=spread
        )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_chances_of_a_later_time_add_up_and_their_mean_is_the_difference(
    model: RepeatModel,
) -> None:
    chances = np.array([model.chance(THREE, n, 26, after=13) for n in range(200)])
    assert ((chances >= 0) & (chances <= 1)).all()
    assert chances.sum(axis=0) == pytest.approx([1, 1, 1], rel=1e-6)
    coming = model.purchases(THREE, 39) - model.purchases(THREE, 13)
    assert np.arange(200) @ chances == pytest.approx(coming, rel=1e-5)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
@given(n=st.integers(0, 30))
def test_a_time_that_begins_in_a_moment_begins_now(model: RepeatModel, n: int) -> None:
    now, soon = model.chance(THREE, n, 26), model.chance(THREE, n, 26, after=1e-9)
    assert soon == pytest.approx(now, rel=1e-5, abs=1e-9)


def test_a_time_begins_now_or_later() -> None:
    with pytest.raises(InvalidFigure, match="count"):
        PAPER.chance(THREE, 1, 26, after=-1)
