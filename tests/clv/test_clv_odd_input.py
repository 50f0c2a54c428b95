"""What cannot be meant is refused by one of our errors, and what can is answered with a number."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import inf, nan
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from postpurchase import clv
from postpurchase.clv import BGBB, BGNBD, MBGCNBD, MBGNBD, SBG, GammaGamma, ParetoNBD, Summary
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.errors import InvalidFigure, InvalidMoment

BERLIN = ZoneInfo("Europe/Berlin")
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001  # that is the point
NOW = datetime(2025, 12, 1, tzinfo=UTC)
NOBODY = Summary(frequency=[], recency=[], age=[])
ONE = Summary(frequency=3, recency=5, age=9)
MODELS: list[clv.RepeatModel] = [
    BGNBD(r=1, alpha=1, a=1, b=1),
    MBGNBD(r=1, alpha=1, a=1, b=1),
    ParetoNBD(r=1, alpha=1, s=1, beta=1),
    MBGCNBD(r=1, alpha=1, a=1, b=1, k=2),
]


def order(number: int, at: str, price: str = "10.00 EUR") -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=datetime.fromisoformat(at),
        customer="ann",
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
    )


NAIVELY: dict[str, Callable[[list[Order]], object]] = {
    "historic": lambda orders: clv.historic(orders, at=NAIVE),
    "summarise": lambda orders: clv.summarise(orders, at=NAIVE, zone=BERLIN),
    "cohorts": lambda orders: clv.cohorts(orders, at=NAIVE, zone=BERLIN),
    "period_retention": lambda orders: clv.period_retention(orders, at=NAIVE, zone=BERLIN),
    "second_orders": lambda orders: clv.second_orders(orders, at=NAIVE, zone=BERLIN),
    "lifetimes": lambda orders: clv.lifetimes(orders, at=NAIVE, dormant_after=timedelta(9)),
    "lifetimes_by": lambda orders: clv.lifetimes_by(
        orders, {"ann": "new"}, at=NAIVE, dormant_after=timedelta(9)
    ),
    "contact_effect": lambda orders: clv.contact_effect(
        orders, contacted={"ann": NOW}, held_out={"bob": NAIVE}, at=NOW, cost=Money.zero("EUR")
    ),
}


@pytest.mark.parametrize("name", NAIVELY)
def test_an_instant_without_a_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone"):
        NAIVELY[name]([order(1, "2025-03-01T12:00Z")])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.title)
def test_nobody_gets_no_answer_and_no_error(model: clv.RepeatModel) -> None:
    answers = (
        model.alive(NOBODY),
        model.alive_after(NOBODY, 3),
        model.purchases(NOBODY, 3),
        model.buys_within(NOBODY, 3),
        model.chance(NOBODY, 1, 3),
        model.next_purchase(NOBODY),
        model.falls_below(NOBODY),
        model.discounted_purchases(NOBODY, 3, annual_rate=0.1),
        model.discounted_purchases(NOBODY, annual_rate=0.1),
    )
    assert [len(answer) for answer in answers] == [0] * 9


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.title)
@pytest.mark.parametrize("horizon", [1e-300, 1e-9, 1e12, 1e300])
def test_a_moment_and_an_age_of_the_world_have_finite_answers(
    model: clv.RepeatModel, horizon: float
) -> None:
    coming = model.purchases(ONE, horizon)[0]
    assert 0 <= coming < inf
    for answer in (
        model.alive_after(ONE, horizon),
        model.buys_within(ONE, horizon),
        model.chance(ONE, 2, horizon),
        model.chance(ONE, 0, horizon),
    ):
        assert 0 <= answer[0] <= 1
    assert 0 <= model.discounted_purchases(ONE, horizon, annual_rate=0.1)[0] < inf


@pytest.mark.parametrize("horizon", [0, -1, nan, inf, timedelta(0)])
def test_a_horizon_lies_ahead(horizon: float | timedelta) -> None:
    with pytest.raises(InvalidFigure, match="count: need a positive number"):
        MODELS[0].purchases(ONE, horizon)


def test_a_number_of_purchases_is_whole() -> None:
    with pytest.raises(InvalidFigure, match=r"purchases: need 0 or more, a whole number, got 1.5"):
        MODELS[0].chance(ONE, 1.5, 3)  # type: ignore[arg-type]  # that is the point
    assert MODELS[0].chance(ONE, 10**6, 3)[0] == 0


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD])
@pytest.mark.parametrize(
    ("x", "recency", "age"), [(0, 0, 0), (0, 0, 10), (3, 5, 9), (10_000, 10, 10), (1, 0.1, 1e6)]
)
def test_a_single_customer_names_a_boundary(
    kind: type[BGNBD | MBGNBD | ParetoNBD], x: int, recency: float, age: float
) -> None:
    fitted = kind.fit(Summary(frequency=x, recency=recency, age=age))
    assert fitted.how is not None
    assert fitted.how.boundary
    assert np.isfinite(fitted.how.log_likelihood)
    assert np.isfinite(fitted.purchases(Summary(frequency=x, recency=recency, age=age), 1)).all()


@pytest.mark.parametrize("wrong", [nan, inf, -1.0])
def test_a_weight_is_a_finite_number(wrong: float) -> None:
    with pytest.raises(InvalidFigure, match="weight of row 0: need finite, 0 or more"):
        Summary(frequency=1, recency=1, age=2, weight=wrong)


@pytest.mark.parametrize(
    ("column", "said"), [(["a"], "need numbers, got"), ([[1, 2]], r"in one row, got \(1, 2\)")]
)
def test_a_column_holds_numbers(column: list[object], said: str) -> None:
    with pytest.raises(InvalidFigure, match=said):
        Summary(frequency=column, recency=1, age=2)  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize("k", [0, -1, 2.5])
def test_stages_are_whole(k: int) -> None:
    with pytest.raises(InvalidFigure, match="k: need 1 stage or more"):
        MBGCNBD(r=1, alpha=1, a=1, b=1, k=k)


@pytest.mark.parametrize("changes", [{"k": 2.5}, {"z": 1.0}, {"k": "2"}])
def test_other_data_are_no_model_of_stages(changes: dict[str, object]) -> None:
    data = MODELS[3].to_dict()
    with pytest.raises(InvalidFigure, match="k|CNBD"):  # noqa: RUF043  # either will do
        MBGCNBD.from_dict({**data, **changes})


def test_gaps_are_finite() -> None:
    with pytest.raises(InvalidFigure, match="log_gaps: need 1 finite sums"):
        MBGCNBD.fit(ONE, log_gaps=np.array([nan]))


@pytest.mark.parametrize("cohort", [[100, nan], [inf, 5], [nan, nan], [100, -1]])
def test_a_cohort_is_counted(cohort: list[float]) -> None:
    with pytest.raises(InvalidFigure, match="cohort"):
        SBG.fit(cohort)


def test_contracts_of_a_million_renewals_have_a_finite_rest() -> None:
    rest = SBG(alpha=1e-3, beta=1e5).residual(10**6, rate=1e-9)
    assert 9e8 < rest < 1e9
    with pytest.raises(InvalidFigure, match="rate"):
        SBG(alpha=1, beta=1).residual(1, rate=nan)


def test_occasions_for_ever_have_a_finite_worth() -> None:
    model = BGBB(alpha=1, beta=1, gamma=1e-3, delta=1e5)
    many = Summary(frequency=900, recency=1000, age=1000)
    assert 0 < model.discounted_purchases(many, rate=1e-9)[0] < 1e9
    assert len(model.discounted_purchases(NOBODY, rate=0.1)) == 0


def test_money_of_two_worlds_is_refused() -> None:
    with pytest.raises(InvalidFigure, match="a hundred powers of ten"):
        GammaGamma.fit(Summary(frequency=[1, 1], recency=1, age=2, money=[1e-300, 1e9]))
    huge = GammaGamma.fit(Summary(frequency=[2, 3], recency=1, age=2, money=[1e200, 3e200]))
    assert np.isfinite(list(huge.parameters.values())).all()


@pytest.mark.parametrize("count", ["3", None, nan])
def test_a_span_is_counted(count: float) -> None:
    with pytest.raises(InvalidFigure, match="count: need a positive number"):
        clv.Span(count, clv.Unit.DAY)


def test_nobody_can_be_drawn_from_nobody() -> None:
    with pytest.raises(InvalidFigure, match="customers: need at least one to draw from"):
        clv.bootstrap(MBGNBD.fit, NOBODY, generator=np.random.default_rng(1))


@pytest.mark.parametrize(("age", "most"), [(0, 3), (nan, 3), (5, 0)])
def test_a_matrix_has_rows_and_columns(age: float, most: int) -> None:
    with pytest.raises(InvalidFigure, match="matrix"):
        clv.frequency_recency(MODELS[0], age=age, most=most)


def test_currencies_of_three_and_of_no_decimals() -> None:
    year = Interval(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    rows = {
        "KWD": ("10.125 KWD", "1.001 KWD", "11.126 KWD"),
        "JPY": ("101 JPY", "2 JPY", "103 JPY"),
    }
    for one, other, both in rows.values():
        orders = [order(1, "2025-03-01T12:00Z", one), order(2, "2025-05-01T12:00Z", other)]
        (napkin,) = clv.simple(orders, period=year, lifespan=clv.Span(1, clv.Unit.YEAR))
        assert napkin.customer_value == Money.parse(both)
        found = clv.summarise(orders, at=NOW, zone=UTC).summary
        assert found.money[0] == float(Money.parse(other).amount)


def test_clocks_that_jump_move_no_order_to_another_day() -> None:
    """Berlin's clocks went from 2 to 3 on 30 March, and from 3 back to 2 on 26 October 2025."""
    orders = [
        order(1, "2025-03-29T22:59:59Z"),
        order(2, "2025-03-29T23:00:00Z"),
        order(3, "2025-03-30T01:00:00Z"),
        order(4, "2025-03-30T21:59:59Z"),
        order(5, "2025-10-26T00:30:00Z"),
        order(6, "2025-10-26T01:30:00Z"),
        order(7, "2025-10-26T22:59:59Z"),
        order(8, "2025-10-26T23:00:00Z"),
    ]
    found = clv.summarise(orders, at=NOW, zone=BERLIN).summary
    assert (found.frequency[0], found.recency[0]) == (3, 212)
    weeks = clv.cohorts(orders, at=NOW, zone=BERLIN, grain=clv.Grain.WEEK)
    active = [place for place, count in enumerate(weeks.rows[0].active) if count]
    assert active == [0, 30, 31]


def test_a_zone_that_lost_a_day_has_none_in_its_cohorts() -> None:
    """Apia went from 29 to 31 December 2011."""
    orders = [order(1, "2011-12-30T09:59:59Z"), order(2, "2011-12-30T10:00:00Z")]
    apia = ZoneInfo("Pacific/Apia")
    found = clv.summarise(orders, at=datetime(2012, 2, 1, tzinfo=UTC), zone=apia).summary
    assert (found.frequency[0], found.recency[0]) == (1, 2)


def test_the_napkin_of_free_orders_is_nothing() -> None:
    year = Interval(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    (free,) = clv.simple(
        [order(1, "2025-03-01T12:00Z", "0.00 EUR")],
        period=year,
        lifespan=clv.Span(1, clv.Unit.YEAR),
    )
    assert free.value == Money.zero("EUR")
    assert free.frequency == Decimal(1)
