"""What a Pareto/NBD customer does in a time ahead, against the integrals it is made of."""

import numpy as np
import pytest
from scipy import integrate, special

from postpurchase.clv import ParetoNBD, Summary

CASES = [
    ((0.55, 10.58, 0.61, 11.67), 2, 30.43, 38.86, 39),
    ((2.57, 2.35, 13.4, 0.89), 6, 0.1, 0.144, 31),
    ((0.32, 25.7, 28.0, 0.06), 0, 0, 0.49, 33.7),
    ((0.29, 6.0, 20.8, 0.13), 5, 3.0, 3.76, 7),
    ((1.0, 1.1, 7.1, 0.56), 60, 0.05, 0.08, 8),
    ((16.0, 1.2, 16.5, 8.3), 6, 0.1, 0.18, 1000),
]


def _parts(model: ParetoNBD, customer: Summary) -> tuple[float, float, float, float]:
    shape = model.r + float(customer.frequency[0])
    rate, life = model.alpha + float(customer.age[0]), model.beta + float(customer.age[0])
    return shape, rate, life, min(rate, life)


@pytest.mark.parametrize(("parameters", "x", "recency", "age", "t"), CASES)
def test_the_next_purchase_comes_as_its_integral_says(
    parameters: tuple[float, float, float, float], x: int, recency: float, age: float, t: float
) -> None:
    r, alpha, s, beta = parameters
    model = ParetoNBD(r=r, alpha=alpha, s=s, beta=beta)
    customer = Summary(frequency=[x], recency=[recency], age=[age])
    shape, rate, life, begin = _parts(model, customer)

    def coming(w: float) -> float:
        u = begin * np.expm1(w)
        pace = shape / rate * (1 + u / rate) ** (-shape - 1)
        return float(pace * (1 + u / life) ** (-s) * (u + begin))

    expected, _ = integrate.quad(coming, 0, np.log1p(t / begin), epsabs=0, epsrel=1e-12, limit=300)
    found = model.buys_within(customer, t)[0] / model.alive(customer)[0]
    assert found == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("n", [0, 1, 4, 10])
@pytest.mark.parametrize(("parameters", "x", "recency", "age", "t"), CASES)
def test_so_many_purchases_come_as_their_integral_says(
    parameters: tuple[float, float, float, float],
    x: int,
    recency: float,
    age: float,
    t: float,
    n: int,
) -> None:
    r, alpha, s, beta = parameters
    model = ParetoNBD(r=r, alpha=alpha, s=s, beta=beta)
    customer = Summary(frequency=[x], recency=[recency], age=[age])
    shape, rate, life, begin = _parts(model, customer)
    ways = 1.0 if n == 0 else float(np.exp(-special.betaln(shape, n)) / n)

    def made(u: float) -> float:
        return float(ways * (1 + u / rate) ** -shape * (u / (rate + u)) ** n)

    def left(w: float) -> float:
        u = begin * np.expm1(w)
        return float(s / life * (1 + u / life) ** (-s - 1) * made(u) * (u + begin))

    gone, _ = integrate.quad(left, 0, np.log1p(t / begin), epsabs=0, epsrel=1e-12, limit=300)
    making = gone + (1 + t / life) ** -s * made(t)
    alive = model.alive(customer)[0]
    expected = alive * making + (1 - alive) * (n == 0)
    assert model.chance(customer, n, t)[0] == pytest.approx(expected, rel=1e-9, abs=1e-13)
