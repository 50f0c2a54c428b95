"""The published figures of real data sets, wherever those data sets are."""

import csv
import gzip
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from postpurchase.recommend import mine_pairs
from vectors import cases

VECTORS = cases("recommend")


@pytest.fixture(scope="module")
def groceries(real_data: Path) -> list[list[str]]:
    with gzip.open(real_data / "baskets" / "groceries_baskets.csv.gz", "rt") as lines:
        return [line.rstrip("\n").split(",") for line in lines]


def test_groceries_has_the_published_shape(groceries: list[list[str]]) -> None:
    expected = VECTORS["groceries-shape"]["expected"]
    table = mine_pairs(groceries, min_count=1)
    assert table.baskets == expected["baskets"]
    assert len(table.items) == expected["items"]
    assert max(map(len, groceries)) == expected["max_basket"]
    assert sum(count for _, count in table.items) == expected["lines"]
    best = sorted(table.items, key=lambda item: -item[1])[:5]
    assert [list(item) for item in best] == expected["top5"]


def test_groceries_has_the_known_frequent_pairs(groceries: list[list[str]]) -> None:
    expected = VECTORS["groceries-frequent-pairs-min10"]["expected"]
    table = mine_pairs(groceries, min_count=10, top=None)
    links = list(table.links())
    assert len(table.items) == expected["frequent_items"]
    assert len(links) == 2 * expected["pairs"]
    assert sum(link.counts.both for link in links) == 2 * expected["sum_counts"]


TWO = [case for id_, case in VECTORS.items() if id_.startswith("groceries-rules-")]


@pytest.mark.parametrize("case", TWO, ids=lambda case: case["id"])
def test_groceries_has_the_published_rules_of_two_items(
    groceries: list[list[str]], case: dict[str, Any]
) -> None:
    given = case["given"]
    links = mine_pairs(groceries, min_count=1, top=None).links(
        support=Fraction(str(given["min_support"])),
        confidence=Fraction(str(given["min_confidence"])),
    )
    assert len(list(links)) == case["expected"]["by_length"].get("2", 0)


@pytest.mark.parametrize(("support", "rules"), [("0.006", 150), ("0.005", 1)])
def test_groceries_rules_of_two_at_other_thresholds(
    groceries: list[list[str]], support: str, rules: int
) -> None:
    confidence = Fraction(1, 4) if rules == 150 else Fraction(1, 2)
    table = mine_pairs(groceries, min_count=1, top=None)
    assert len(list(table.links(support=Fraction(support), confidence=confidence))) == rules


def test_no_rule_at_exactly_the_threshold_is_lost(groceries: list[list[str]]) -> None:
    case = VECTORS["confidence-threshold-exact"]
    links = list(mine_pairs(groceries, min_count=10, top=None).links(confidence=Fraction(1, 5)))
    assert len(links) == case["expected"]["rules"]
    names = {(link.first, link.second) for link in links}
    assert {tuple(pair) for pair in case["expected"]["missing_in_mlxtend"]} <= names


def test_online_retail_has_the_published_rule(real_data: Path) -> None:
    case = VECTORS["online-retail-france-rule"]
    baskets: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with gzip.open(real_data / "online_retail.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name, invoice = row["Description"].strip(), row["InvoiceNo"]
            if row["Country"] == case["given"]["country"] and not invoice.startswith("C"):
                bought = baskets[invoice]
                bought[name] = bought.get(name, 0) + int(row["Quantity"])
    held = [
        [name for name, quantity in bought.items() if quantity > 0] for bought in baskets.values()
    ]
    table = mine_pairs(held, min_count=1, top=None, max_basket=None)
    assert table.baskets == case["expected"]["baskets"]
    counts = table.counts(*case["given"]["rule"])
    assert counts is not None
    shares = (counts.first / counts.baskets, counts.second / counts.baskets)
    expected = (case["expected"]["antecedent support"], case["expected"]["consequent support"])
    assert shares == pytest.approx(expected, abs=1e-6)
    for measure in ("support", "confidence", "lift", "leverage", "conviction"):
        assert getattr(counts, measure) == pytest.approx(case["expected"][measure], abs=1e-6)
