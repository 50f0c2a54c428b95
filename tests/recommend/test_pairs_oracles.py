"""The same counts and rules as two other miners find in the same baskets."""

from collections.abc import Iterable
from fractions import Fraction

import pandas as pd
import pytest
from efficient_apriori import itemsets_from_transactions
from hypothesis import given, settings
from hypothesis import strategies as st
from mlxtend.frequent_patterns import association_rules, fpgrowth
from mlxtend.preprocessing import TransactionEncoder

from postpurchase.domain.draw import unit
from postpurchase.recommend import mine_pairs

BASKETS = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5), min_size=1)


@settings(max_examples=40)
@given(BASKETS, st.integers(min_value=1, max_value=3))
def test_frequent_pairs_are_those_of_efficient_apriori(
    baskets: list[list[str]], least: int
) -> None:
    table = mine_pairs(baskets, min_count=least, top=None)
    support = min(1, least / len(baskets))
    found, _ = itemsets_from_transactions(baskets, min_support=support, max_length=2)
    pairs = {tuple(sorted(pair)): count for pair, count in found.get(2, {}).items()}
    exact = {pair: count for pair, count in pairs.items() if count >= least}
    mined = {tuple(sorted((link.first, link.second))): link.counts.both for link in table.links()}
    assert mined == exact


def drawn(count: int) -> Iterable[list[str]]:
    for number in range(count):
        draws = [unit("oracle", f"{number}-{place}") for place in range(4)]
        yield [f"i{int(draw * draw * 12)}" for draw in draws]


def test_measures_are_those_of_mlxtend() -> None:
    baskets = list(drawn(400))
    encoder = TransactionEncoder()
    onehot = pd.DataFrame(encoder.fit(baskets).transform(baskets), columns=encoder.columns_)
    sets = fpgrowth(onehot, min_support=0.02, use_colnames=True, max_len=2)
    rules = association_rules(sets, metric="support", min_threshold=0.02)
    table = mine_pairs(baskets, min_count=8, top=None)
    assert len(rules) == len(list(table.links(support=Fraction(1, 50)))) > 50
    for rule in rules.to_dict("records"):
        (first,), (second,) = rule["antecedents"], rule["consequents"]
        counts = table.counts(first, second)
        assert counts is not None
        assert counts.zhang == pytest.approx(rule["zhangs_metric"], abs=1e-9)
        for measure in (
            "support",
            "confidence",
            "lift",
            "leverage",
            "conviction",
            "jaccard",
            "kulczynski",
        ):
            assert getattr(counts, measure) == pytest.approx(rule[measure], abs=1e-9), measure
