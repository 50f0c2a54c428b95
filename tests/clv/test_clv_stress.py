"""Customers that make other fits fail, each with what must come out.

The sets are drawn from streams that NumPy has frozen, so the log-likelihoods that lifetimes 0.11.3
reaches on them (None where it raises ConvergenceError) could be written down once.
"""

import csv
import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cdnow import sample
from postpurchase.clv import BGNBD, MBGNBD, Summary, Unit

Chance = np.random.RandomState


def lives(  # a set is told by these six numbers
    seed: int, n: int, r: float, alpha: float, a: float, b: float, length: int = 100
) -> Summary:
    chance = Chance(seed)
    rows: list[tuple[int, float, float]] = []
    for rate, leaving in zip(chance.gamma(r, 1 / alpha, n), chance.beta(a, b, n), strict=True):
        age, time, last, x = float(chance.randint(length // 2, length + 1)), 0.0, 0.0, 0
        while (time := time + chance.exponential(1 / max(rate, 1e-12))) <= age:
            last, x = time, x + 1
            if chance.rand() < leaving:
                break
        rows.append((x, last, age))
    x_, recency, age_ = zip(*rows, strict=True)
    return Summary(frequency=x_, recency=recency, age=age_)


def homogeneous() -> Summary:
    chance = Chance(4)
    x = chance.poisson(3, 2000)
    last = np.where(x > 0, 100 * chance.beta(np.maximum(x, 1), 1), 0)
    return Summary(frequency=x, recency=last, age=100)


def silent() -> Summary:
    return Summary(frequency=0, recency=0, age=Chance(3).randint(1, 100, 500))


def on_the_last_day() -> Summary:
    return Summary(frequency=Chance(9).randint(1, 9, 300), recency=50, age=50)


# What lifetimes 0.11.3 reaches.
ONLINE_RETAIL = -61829.584840169584
CDNOW = -9582.429206674

NO_CHURN = "a -> 0: no churn seen"
ONE_RATE = "r -> infinity: all customers buy at one rate"
NOBODY = "r -> 0: hardly anybody bought again"

SETS: dict[str, tuple[Callable[[], Summary], float | None, str]] = {
    "fifty customers": (lambda: lives(1, 50, 0.5, 10, 1, 3), -389.42827866392196, ""),
    "no churn": (lambda: lives(2, 1000, 0.5, 10, 1e-9, 3), None, NO_CHURN),
    "all one-time": (silent, -4.236346833341731e-05, NOBODY),
    "homogeneous buyers": (homogeneous, -26916.515813305683, ONE_RATE),
    "ten thousand orders each": (lambda: lives(5, 60, 5, 0.05, 0.002, 3), 1709309.8642501596, ""),
    "85 % dormant": (lambda: lives(6, 2000, 0.5, 10, 8, 1), -7246.159389077999, ""),
    "a single customer": (lambda: Summary(frequency=3, recency=10, age=20), None, ONE_RATE),
    "all alike": (lambda: Summary(frequency=[2] * 99, recency=10, age=20), None, ONE_RATE),
    "all bought on the last day": (on_the_last_day, None, NO_CHURN),
    "all came today": (
        lambda: Summary(frequency=[0] * 9, recency=0, age=0),
        None,
        "alpha -> 0: hardly anybody bought again",
    ),
    "seconds": (lambda: lives(10, 800, 0.5, 10, 1, 3).within(Unit.SECOND), -22581.10563086662, ""),
    "years": (lambda: lives(10, 800, 0.5, 10, 1, 3).within(Unit.YEAR), 2180.238426909904, ""),
}


@pytest.mark.parametrize("name", SETS)
def test_a_hard_set_is_fitted_or_its_boundary_named(name: str) -> None:
    build, lifetimes, boundary = SETS[name]
    customers = build()
    model = BGNBD.fit(customers)
    assert model.how is not None
    assert model.how.converged
    if lifetimes is not None:
        assert model.how.log_likelihood >= lifetimes - 1e-4
    if boundary:
        assert boundary in model.how.boundary
        assert model.how.covariance is None
    else:
        assert model.how.boundary == ()
        assert (np.diag(model.covariance) > 0).all()


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
def test_a_hard_set_gives_no_nonsense(name: str, model: type[BGNBD] | type[MBGNBD]) -> None:
    customers = SETS[name][0]()
    fitted = model.fit(customers)
    horizon = float(customers.age.max()) + 1
    coming = fitted.purchases(customers, horizon)
    assert np.isfinite(coming).all()
    assert (coming >= 0).all()
    alive = fitted.alive(customers)
    assert ((alive >= 0) & (alive <= 1)).all()


def real_retail(folder: Path) -> Summary:
    """Online Retail: days with a purchase, customers only, to the last day of the log."""
    days: dict[str, set[date]] = {}
    with gzip.open(folder / "online_retail.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"] and int(row["Quantity"]) > 0:
                day = date.fromisoformat(row["InvoiceDate"][:10])
                days.setdefault(row["CustomerID"], set()).add(day)
    end = max(max(each) for each in days.values())
    return Summary(
        frequency=[len(each) - 1 for each in days.values()],
        recency=[(max(each) - min(each)).days for each in days.values()],
        age=[(end - min(each)).days for each in days.values()],
    )


REAL = [
    pytest.param(sample, CDNOW, id="CDNOW"),
    pytest.param(real_retail, ONLINE_RETAIL, id="Online Retail", marks=pytest.mark.heavy),
]


@pytest.mark.parametrize(("build", "lifetimes"), REAL)
def test_a_real_set_is_fitted_at_least_as_well_as_by_lifetimes(
    real_data: Path, build: Callable[[Path], Summary], lifetimes: float
) -> None:
    model = BGNBD.fit(build(real_data))
    assert model.how is not None
    assert model.how.converged
    assert model.how.log_likelihood >= lifetimes - 1e-4
    assert all(each.low > 0 for each in model.intervals())


def test_fourteen_sets_stand_here_each_with_what_must_come_out() -> None:
    assert len(SETS) + len(REAL) == 14
    assert all(lifetimes is not None or boundary for _, lifetimes, boundary in SETS.values())
