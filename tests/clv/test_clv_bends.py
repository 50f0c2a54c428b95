"""Second derivatives, and the integral behind Pareto/NBD: right to the digits that are promised."""

import numpy as np
import pytest
from scipy import integrate

from postpurchase.clv import ParetoNBD, Summary
from postpurchase.clv.arrays import FloatArray, tally
from postpurchase.clv.functions import log_rise
from postpurchase.clv.geometric import GeometricLikelihood
from postpurchase.clv.layout import Layout
from postpurchase.clv.optimum import curvature, finish, finish_bent
from postpurchase.clv.pareto import ParetoLikelihood, gone

CUSTOMERS = Summary(
    frequency=[0, 0, 1, 2, 3, 7, 26, 80],
    recency=[0, 0, 4.5, 12.5, 30.25, 35, 30.857, 38],
    age=[39, 12, 30, 14, 38.86, 38, 31, 38.5],
    weight=[40, 30, 10, 12, 8, 5, 2, 1],
)
PARAMETERS = [
    (0.55, 10.58, 0.61, 11.67),
    (2.5, 3.0, 1.4, 80.0),
    (1.2, 60.0, 3.2, 2.0),
    (0.1, 0.5, 0.1, 0.5),
]


@pytest.mark.parametrize("parameters", PARAMETERS)
def test_second_derivatives_are_the_slopes_of_the_slope(parameters: tuple[float, ...]) -> None:
    layout = Layout.of(CUSTOMERS)
    likelihood = ParetoLikelihood.of(layout)
    theta = np.log(parameters) - np.log([1, layout.scale, 1, layout.scale])

    def objective(at: FloatArray) -> tuple[float, FloatArray]:
        value, slope = likelihood(np.exp(at)[None])
        return value, slope[0]

    value, slope, bends = likelihood.curved(np.exp(theta)[None])
    assert value == pytest.approx(objective(theta)[0], rel=1e-13)
    assert slope[0] == pytest.approx(objective(theta)[1], rel=1e-12, abs=1e-10)
    assert bends[0] == pytest.approx(curvature(objective, theta), rel=1e-6, abs=1e-5)
    assert (bends[0] == bends[0].T).all()


def test_each_group_of_customers_bends_by_itself() -> None:
    few, many = CUSTOMERS.take([0, 2, 4, 6]), CUSTOMERS.take([1, 3, 5, 7])
    group = np.arange(8) % 2
    scale = Layout.of(CUSTOMERS).scale
    scaled = np.array(PARAMETERS[:2]) / [1, scale, 1, scale]
    both = ParetoLikelihood.of(Layout.of(CUSTOMERS, group=group)).curved(scaled)
    alone = [
        ParetoLikelihood.of(Layout.of(some)).curved(
            parameters[None] / [1, Layout.of(some).scale, 1, Layout.of(some).scale]
        )
        for some, parameters in zip((few, many), np.array(PARAMETERS[:2]), strict=True)
    ]
    for number, (_, slope, bends) in enumerate(alone):
        assert both[1][number] == pytest.approx(slope[0], rel=1e-9)
        assert both[2][number] == pytest.approx(bends[0], rel=1e-9)


@pytest.mark.parametrize(
    ("x", "recency", "age"),
    [(0, 0, 0.02), (0, 0, 1), (1, 0.7, 1), (3, 0.4, 1), (9, 0.9, 1), (30, 0.3, 1), (300, 0.8, 1)],
)
@pytest.mark.parametrize(
    "parameters",
    [(0.5, 0.1, 0.75, 0.25), (2.0, 3.0, 0.3, 0.02), (0.2, 0.01, 4.0, 2.0), (5, 0.4, 40, 0.399)],
)
def test_the_chance_of_having_left_is_its_integral(
    parameters: tuple[float, float, float, float], x: int, recency: float, age: float
) -> None:
    r, alpha, s, beta = parameters

    def there(u: float) -> float:
        pace = ((alpha + age) / (alpha + u)) ** (r + x)
        life = ((beta + age) / (beta + u)) ** s
        return float(pace * life * s / (beta + u))

    expected, _ = integrate.quad(there, recency, age, epsabs=0, epsrel=1e-13, limit=200)
    found = gone(np.array([parameters]), np.array([float(x)]), np.array([recency]), np.array([age]))
    assert found.log_odds[0] == pytest.approx(np.log(expected), rel=1e-10, abs=1e-10)


def test_every_customer_has_as_many_nodes_as_the_integral_asks_for() -> None:
    chance = np.random.default_rng(3)
    n = 20_000
    r, alpha, s, beta = parameters = np.exp(chance.uniform(-6, 5, (4, n)))
    x = np.floor(np.exp(chance.uniform(0, 7, n))) - 1
    age = chance.uniform(0.01, 1, n)
    recency = np.where(x > 0, age * chance.uniform(0, 1, n), 0)
    begin = np.minimum(alpha, beta) + recency
    low = alpha <= beta
    fall = np.where(low, r + x - 1, s) + np.where(low, s + 1, r + x) * begin / (
        np.maximum(alpha, beta) + recency
    )
    reach = np.log1p((age - recency) / begin)
    far = np.minimum(reach, 60 / np.maximum(fall, 1e-6))
    top, total = np.full(n, -np.inf), np.zeros(n)
    for node, weight in zip(*np.polynomial.legendre.leggauss(160), strict=True):
        w = far * (1 + node) / 2
        u = recency + begin * np.expm1(w)
        height = (r + x) * np.log((alpha + age) / (alpha + u)) + w
        height += s * np.log((beta + age) / (beta + u)) - np.log(beta + u)
        higher = np.maximum(top, height)
        total = total * np.exp(top - higher) + weight * np.exp(height - higher)
        top = higher
    expected = top + np.log(total * s * begin * far / 2)
    found = gone(parameters.T, x, recency, age)
    error = np.abs(found.log_odds - expected) / (1 + np.abs(expected))
    assert error.max() < 1e-10


def test_newton_with_known_bends_ends_where_it_ends_without() -> None:
    layout = Layout.of(CUSTOMERS)
    likelihood = ParetoLikelihood.of(layout)

    def objective(at: FloatArray) -> tuple[float, FloatArray]:
        value, slope = likelihood(np.exp(at)[None])
        return value / layout.n, slope[0] / layout.n

    def bent(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        value, slope, bends = likelihood.curved(np.exp(at)[None])
        return value / layout.n, slope[0] / layout.n, bends[0] / layout.n

    begin = ParetoNBD.fit(CUSTOMERS).theta - np.log([1, layout.scale, 1, layout.scale]) + 0.05
    one, other = finish(objective, begin), finish_bent(bent, begin)
    assert one.value == pytest.approx(other.value, rel=1e-12)
    assert one.theta == pytest.approx(other.theta, rel=1e-6, abs=1e-6)
    assert one.hessian == pytest.approx(other.hessian, rel=1e-5, abs=1e-7)


def test_newton_stops_where_no_step_gains() -> None:
    def bent(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        return float(-np.abs(at).sum()), np.ones(1), -np.eye(1)

    stopped = finish_bent(bent, np.zeros(1))
    assert stopped.theta == 0
    assert not stopped.converged


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    "parameters",
    [(0.243, 4.414, 0.793, 2.426), (2.5, 30.0, 0.1, 0.4), (0.05, 0.7, 5.0, 60.0)],
)
def test_buyers_who_leave_after_a_purchase_bend_alike(
    parameters: tuple[float, ...], first: int
) -> None:
    layout = Layout.of(CUSTOMERS)
    likelihood = GeometricLikelihood.of(layout, first=first)
    theta = np.log(parameters) - np.log([1, layout.scale, 1, 1])

    def objective(at: FloatArray) -> tuple[float, FloatArray]:
        value, slope = likelihood(np.exp(at)[None])
        return value, slope[0]

    value, slope, bends = likelihood.curved(np.exp(theta)[None])
    assert (value, *slope[0]) == (objective(theta)[0], *objective(theta)[1])
    assert bends[0] == pytest.approx(curvature(objective, theta), rel=1e-6, abs=1e-5)
    assert (bends[0] == bends[0].T).all()


def test_groups_of_buyers_who_leave_after_a_purchase_bend_by_themselves() -> None:
    group = np.arange(8) % 2
    layout = Layout.of(CUSTOMERS, group=group)
    parameters = np.array([(0.243, 0.11, 0.793, 2.426), (2.5, 0.8, 0.1, 0.4)])
    likelihood = GeometricLikelihood.of(layout, first=1)
    _, slopes, bends = likelihood.curved(parameters)
    for number in range(2):
        theta = np.log(parameters[number])

        def objective(at: FloatArray, place: int = number) -> tuple[float, FloatArray]:
            moved = parameters.copy()
            moved[place] = np.exp(at)
            value, slope = likelihood(moved)
            return value, slope[place]

        assert slopes[number] == pytest.approx(objective(theta)[1], rel=1e-12)
        assert bends[number] == pytest.approx(curvature(objective, theta), rel=1e-6, abs=1e-5)


def test_many_kinds_are_counted_as_few_are() -> None:
    few = [np.array([0, 3, 1, 3, 0]), np.array([2, 7, 0, 7, 2])]
    many = [np.array([0, 3, 1, 3, 0]), np.array([2, 2**31, 0, 2**31, 2])]
    ones = np.ones(5)
    for columns in (few, many):
        cells, weight = tally(columns, ones)
        assert weight.tolist() == [2, 1, 2]
        assert cells[0].tolist() == [0, 1, 3]
        assert cells[1].tolist() == [2, 0, columns[1][1]]


@pytest.mark.parametrize(
    ("n", "s", "exact", "within"),
    [
        (20.0, 0.5, 1.491616787331304, 3e-11),
        (30.0, 7.0, 24.462655574975193, 4e-11),
        (50.0, 0.25, 0.9761276499872320, 1e-13),
        (5000.0, 2.5, 21.293357928549967, 2e-14),
    ],
)
def test_a_rise_of_the_gamma_function_is_its_series(
    n: float, s: float, exact: float, within: float
) -> None:
    assert log_rise(n, s) == pytest.approx(exact, rel=0, abs=within)


def test_combinations_too_many_for_a_key_are_weighed_too() -> None:
    wide = np.array([0, 2**32, 0])
    cells, weight = tally([wide, wide], np.array([1.0, 2.0, 3.0]))
    assert weight.tolist() == [4, 2]
    assert cells[0].tolist() == cells[1].tolist() == [0, 2**32]
