"""When households bought again, where a year of their groceries lies."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import fsum, log
from pathlib import Path

import pytest

from postpurchase.recommend import Intervals, Purchase
from postpurchase.recommend.intervals import OWN_WEIGHT, shrunk, speed
from vectors import cases

EXPECTED = cases("recommend")["interval-next-completejourney"]["expected"]
START, SPLIT, END = (date(2017, 1, 1) + timedelta(days=day) for day in (0, 200, 229))


@pytest.fixture(scope="module")
def days(real_data: Path) -> Mapping[tuple[str, str], list[date]]:
    """The days on which each household bought each product."""
    folder = real_data / "baskets"
    with gzip.open(folder / "completejourney_orders.csv.gz", "rt") as rows:
        orders = {
            row["basket"]: (row["household_id"], datetime.fromisoformat(row["ts"]).date())
            for row in csv.DictReader(rows)
        }
    found: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    with gzip.open(folder / "completejourney_lines.csv.gz", "rt") as rows:
        for row in csv.DictReader(rows):
            if int(row["quantity"]):
                household, day = orders[row["basket"]]
                found[household, row["product_id"]].add(day)
    return {pair: sorted(bought) for pair, bought in found.items()}


def between(bought: Iterable[date]) -> list[float]:
    return [(after - before).days for before, after in pairwise(bought)]


@pytest.mark.heavy
def test_the_next_gap_is_best_told_by_own_gaps_shrunk_to_product_and_household(
    days: Mapping[tuple[str, str], list[date]],
) -> None:
    before = {pair: [day for day in bought if day < SPLIT] for pair, bought in days.items()}
    table = Intervals.of(
        Purchase(customer=household, product=product, day=day)
        for (household, product), bought in before.items()
        for day in bought
    )
    gaps: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for (household, product), bought in before.items():
        if len(bought) > 1:
            usual = table.products[product].days
            gaps[household].extend((gap, usual) for gap in between(bought))
    slow = {household: speed(own) for household, own in gaps.items()}
    missed: defaultdict[str, list[float]] = defaultdict(list)
    pairs = 0
    for (household, product), bought in days.items():
        own = between(before[household, product])
        place = next((at for at, day in enumerate(bought) if SPLIT <= day <= END), None)
        if not own or place is None:
            continue
        pairs += 1
        if place + 1 == len(bought):
            continue
        (gap,) = between(bought[place : place + 2])
        usual = table.products[product].days
        told = {
            "global": table.usual,
            "product_only": usual,
            "own_only": shrunk(own, 1, 0),
            "mae_log": shrunk(own, usual * slow[household], OWN_WEIGHT),
        }
        for name, days_ in told.items():
            missed[name].append(abs(log(gap / days_)))
    assert pairs == 24_211
    again = len(missed["mae_log"])
    assert again / pairs == pytest.approx(EXPECTED["repurchased_by_year_end"], abs=2e-3)
    # of those who bought again: the shorter of the gap and what was told is within a third of the
    # longer, so that too early and too late count alike
    near = sum(1 for error in missed["mae_log"] if error <= log(1.5))
    assert near / again == pytest.approx(EXPECTED["within_33pct"], abs=2e-3)
    for name, errors in missed.items():
        assert fsum(errors) / again == pytest.approx(EXPECTED[name], abs=2e-3), name
