"""Counting what goes together: worked cases, published figures, and the laws of a table."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postpurchase.errors import InvalidCounts, InvalidPairs
from postpurchase.recommend import (
    Counts,
    PairTable,
    asymmetric_cosine,
    expected_together,
    mine_pairs,
    shrunk_cosine,
)
from vectors import cases

VECTORS = cases("recommend")
NAMES = {"zhangs_metric": "zhang", "hyper_p": "chance"}
BASKETS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=25)


def counts_of(given_: dict[str, int]) -> Counts:
    if "n11" in given_:
        both, rest = given_["n11"], given_["n00"]
        first, second = both + given_["n10"], both + given_["n01"]
        return Counts(baskets=first + given_["n01"] + rest, first=first, second=second, both=both)
    return Counts(
        baskets=given_["n"], first=given_["n_a"], second=given_["n_b"], both=given_["n_ab"]
    )


RULES = [
    case
    for id_, case in VECTORS.items()
    if id_.startswith(("groceries-rule-", "arules", "rule-universal"))
]


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["id"])
def test_measures_are_those_of_the_published_rules(case: dict[str, Any]) -> None:
    counts = counts_of(case["given"])
    for name, expected in case["expected"].items():
        measured = getattr(counts, NAMES.get(name, name))
        wanted = inf if expected == "inf" else expected
        assert measured == pytest.approx(wanted, abs=case["tolerance"]), name


@pytest.mark.parametrize(("item", "shown"), [(7, "7"), (None, "None"), (b"x", "b'x'")])
def test_an_item_that_is_no_text_is_refused(item: object, shown: str) -> None:
    baskets: Any = [["a", item]] * 3
    with pytest.raises(InvalidPairs, match=f"a product id as text, got {shown}: "):
        mine_pairs(baskets)


@pytest.mark.parametrize("id_", [id_ for id_ in VECTORS if id_.startswith("llr")])
def test_log_likelihood_ratio_is_mahouts(id_: str) -> None:
    cells = VECTORS[id_]["given"]
    both, only, other, neither = cells["k11"], cells["k12"], cells["k21"], cells["k22"]
    counts = Counts(
        baskets=both + only + other + neither, first=both + only, second=both + other, both=both
    )
    assert counts.llr == pytest.approx(VECTORS[id_]["expected"]["llr"], abs=1e-6)


def test_expected_and_asymmetric_are_those_of_their_papers() -> None:
    case = VECTORS["expected-copurchase-smith-linden"]
    others, share = case["given"]["other_purchases_per_buyer_of_x"], case["given"]["p_y"]
    assert expected_together(others, share) == pytest.approx(case["expected"]["expected"])
    case = VECTORS["asym-cosine"]
    counts = counts_of({"n": 1000} | case["given"])
    score = asymmetric_cosine(case["given"]["alpha"])
    assert score(counts) == pytest.approx(case["expected"]["sim"])


def test_measures_have_a_value_where_chance_leaves_no_room() -> None:
    always = Counts(baskets=4, first=4, second=4, both=4)
    assert (always.zhang, always.phi, always.conviction, always.certainty) == (0, 0, inf, 0)
    assert always.odds_ratio == inf
    assert always.chance == 1
    apart = Counts(baskets=4, first=2, second=2, both=0)
    assert (apart.certainty, apart.zhang, apart.odds_ratio) == (-1, -1, 0)
    assert apart.chance == pytest.approx(1)
    crowded = Counts(baskets=4, first=3, second=3, both=2)
    assert crowded.chance == pytest.approx(1)


@pytest.mark.parametrize(
    ("baskets", "first", "second", "both"),
    [(10, 2, 3, 4), (10, 9, 9, 7), (10, 0, 3, 0), (10, 11, 3, 3), (10, 3, 11, 3), (10, 2, 3, -1)],
)
def test_counts_that_no_baskets_can_have_are_refused(
    baskets: int, first: int, second: int, both: int
) -> None:
    with pytest.raises(InvalidCounts, match="cannot be") as refused:
        Counts(baskets=baskets, first=first, second=second, both=both)
    assert (refused.value.baskets, refused.value.both) == (baskets, both)
    assert (refused.value.first, refused.value.second) == (first, second)


@given(BASKETS, st.integers(min_value=0, max_value=50))
def test_null_invariant_measures_ignore_unrelated_baskets(
    baskets: list[list[str]], unrelated: int
) -> None:
    before = mine_pairs(baskets, min_count=1)
    after = mine_pairs(baskets + [["z"]] * unrelated, min_count=1)
    for link in before.links():
        moved = after.counts(link.first, link.second)
        assert moved is not None
        for measure in ("confidence", "cosine", "jaccard", "kulczynski", "all_confidence"):
            assert getattr(moved, measure) == getattr(link.counts, measure)
        assert moved.max_confidence == link.counts.max_confidence
        assert moved.imbalance == link.counts.imbalance


@given(BASKETS)
def test_mining_counts_what_a_naive_count_finds(baskets: list[list[str]]) -> None:
    table = mine_pairs(baskets, min_count=2, top=None)
    sets = [frozenset(basket) for basket in baskets if basket]
    items = Counter(item for basket in sets for item in basket)
    naive = Counter(pair for basket in sets for pair in combinations(sorted(basket), 2))
    assert table.baskets == len(sets)
    assert dict(table.items) == {item: count for item, count in items.items() if count >= 2}
    mined = {(link.first, link.second): link.counts.both for link in table.links()}
    frequent = {pair: both for pair, both in naive.items() if both >= 2}
    assert mined == frequent | {(second, first): both for (first, second), both in frequent.items()}


@given(BASKETS.flatmap(lambda baskets: st.tuples(st.just(baskets), st.permutations(baskets))))
def test_the_order_of_baskets_changes_nothing(
    both: tuple[list[list[str]], list[list[str]]],
) -> None:
    baskets, shuffled = both
    reversed_items = [basket[::-1] for basket in shuffled]
    assert mine_pairs(baskets, min_count=1, top=2) == mine_pairs(reversed_items, min_count=1, top=2)


@given(BASKETS, BASKETS)
def test_merged_tables_are_the_table_of_all_baskets(
    monday: list[list[str]], tuesday: list[list[str]]
) -> None:
    merged = mine_pairs(monday, min_count=1, top=None).merge(
        mine_pairs(tuesday, min_count=1, top=None)
    )
    assert merged == mine_pairs(monday + tuesday, min_count=1, top=None)


@example([["a"], ["a", "b"], ["a", "b"], ["b"]], [["a", "b"], ["a", "b"]])
@given(BASKETS, BASKETS)
def test_merged_cut_tables_are_lower_bounds_and_say_from_which_count(
    monday: list[list[str]], tuesday: list[list[str]]
) -> None:
    merged = mine_pairs(monday, min_count=3, top=None).merge(
        mine_pairs(tuesday, min_count=2, top=None)
    )
    whole = mine_pairs(monday + tuesday, min_count=1, top=None)
    assert merged.min_count == 4
    seen = {(link.first, link.second) for link in merged.links()}
    for link in merged.links():
        exact = whole.counts(link.first, link.second)
        assert exact is not None
        assert link.counts.both <= exact.both
    assert all((link.first, link.second) in seen for link in whole.links() if link.counts.both >= 4)


@given(BASKETS, st.integers(min_value=1, max_value=3), st.sampled_from([None, 1, 3]))
def test_a_table_survives_json(baskets: list[list[str]], least: int, top: int | None) -> None:
    table = mine_pairs(baskets, min_count=least, top=top, max_basket=4)
    assert PairTable.from_json(table.to_json()) == table
    assert hash(PairTable.from_json(table.to_json())) == hash(table)


def test_quantity_and_twice_in_a_basket_count_once_and_single_items_stay_in_n() -> None:
    table = mine_pairs([["onion", "onion", "egg"], ["egg"], []], min_count=1)
    assert table.baskets == 2
    assert dict(table.items) == {"egg": 2, "onion": 1}
    assert table.near("onion") == (("egg", 1),)
    assert table.near("nothing") == ()
    assert (table.count("egg"), table.count("nothing")) == (2, 0)
    assert table.counts("onion", "nothing") is None


def test_a_wholesale_basket_is_skipped_and_counted() -> None:
    giant = [str(number) for number in range(61)]
    assert mine_pairs([giant, ["a", "b"]], min_count=1).skipped == 1
    everything = mine_pairs([giant], min_count=1, max_basket=None, top=None)
    assert (everything.skipped, len(everything.pairs)) == (0, 61)
    merged = mine_pairs([giant]).merge(mine_pairs([giant], top=3))
    assert (merged.skipped, merged.top) == (2, 3)


def test_neighbours_are_ranked_by_score_then_popularity_then_id_and_cut_to_top() -> None:
    baskets = [["a", "b"], ["a", "c"], ["a", "d"], ["d", "x"], ["b", "y"], ["b", "z"]]
    table = mine_pairs(baskets, min_count=1, top=None)
    assert table.near("a") == (("c", 1), ("d", 1), ("b", 1))
    assert mine_pairs(baskets, min_count=1, top=1).near("a") == (("c", 1),)
    assert [link.second for link in table.ranked("a")] == ["c", "d", "b"]
    by_count = table.ranked("a", score=lambda counts: counts.both)
    assert [link.second for link in by_count] == ["b", "d", "c"]


def test_the_neighbours_of_many_items_are_read_at_once() -> None:
    table = mine_pairs([["a", "b"], ["a", "b"], ["a", "c"], ["d", "a"]], min_count=1, top=None)
    scored = table.scored()
    assert scored is table.scored()
    links = scored.links(["b", "nobody", "a"])
    assert [scored.names[other] for other in links.others] == ["a", "b", "c", "d"]
    assert links.starts == [0, 1, 1, 4]
    assert [links.why(place) for place in range(4)] == [("b", 2), ("a", 2), ("a", 1), ("a", 1)]
    for place, score in enumerate(links.scores):
        item, both = links.why(place)
        counts = table.counts(item, scored.names[links.others[place]])
        assert counts is not None
        assert (counts.both, shrunk_cosine(counts)) == (both, score)
    assert table.scored(2).links(["a", "c"]).scores == [links.scores[1]]
    assert table.scored(3).links(["a"]).others == []


def test_raw_lift_would_put_chance_pairs_first_and_the_default_does_not() -> None:
    baskets = [["knife", "board"]] * 40 + [["knife", "rare"]] + [["board"]] * 10
    table = mine_pairs(baskets, min_count=1)
    assert table.ranked("knife")[0].second == "board"
    assert table.ranked("knife", score=lambda counts: counts.lift)[0].second == "rare"


def test_thresholds_are_compared_as_integers() -> None:
    table = mine_pairs([["a", "b"]] * 22 + [["a"]] * 88, min_count=1)
    for fifth in (Fraction(1, 5), Decimal("0.2")):
        assert [link.first for link in table.links(confidence=fifth)] == ["a", "b"]
    assert [link.first for link in table.links(confidence=1)] == ["b"]
    assert list(table.links(support=Fraction(1, 5), lift=2)) == []
    with pytest.raises(InvalidPairs, match=r"must be exact, got 0\.2"):
        list(table.links(confidence=0.2))  # type: ignore[arg-type]  # the very mistake it refuses


@pytest.mark.parametrize("limit", ["min_count", "max_basket", "top"])
def test_a_limit_below_one_is_refused(limit: str) -> None:
    with pytest.raises(InvalidPairs, match=f"{limit} must be 1 or more, got 0") as refused:
        mine_pairs([["a"]], **{limit: 0})
    assert refused.value.problem.startswith(limit)


def test_a_text_is_no_basket() -> None:
    with pytest.raises(InvalidPairs, match="got the text 'knife'"):
        mine_pairs(["knife"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError: 'pairs'"),
        (
            '{"baskets":2,"min_count":1,"top":null,"skipped":0,"items":{"a":1.5},"pairs":{}}',
            "'a' must be a whole number of 0 or more, got 1.5",
        ),
        (
            '{"baskets":2,"min_count":1,"top":true,"skipped":0,"items":{"a":1},"pairs":{}}',
            "'top' must be a whole number",
        ),
        (
            '{"baskets":2,"min_count":1,"top":2,"skipped":0,"items":{"a":1},"pairs":{"a":{"b":1}}}',
            "'a' with 'b' in 1 baskets does not fit their counts",
        ),
        (
            '{"baskets":2,"min_count":1,"top":2,"skipped":0,"items":{"a":1},"pairs":{"a":[]}}',
            "AttributeError",
        ),
        (
            '{"baskets":1,"min_count":1,"top":2,"skipped":0,"items":{"a":3},"pairs":{}}',
            "'a' is in 3 baskets of 1: count them all",
        ),
        (
            '{"baskets":3,"min_count":1,"top":0,"skipped":0,"items":{"a":3},"pairs":{}}',
            "top must be 1 or more, got 0",
        ),
        (
            '{"baskets":3,"min_count":0,"top":null,"skipped":0,"items":{"a":3},"pairs":{}}',
            "min_count must be 1 or more, got 0",
        ),
        ("[" * 200_000, "RecursionError"),
    ],
)
def test_json_that_is_no_table_says_what_is_wrong(text: str, problem: str) -> None:
    with pytest.raises(InvalidPairs) as refused:
        PairTable.from_json(text)
    assert problem in refused.value.problem
    assert str(refused.value).count("not a table of pairs") == 1


def test_an_item_with_two_counts_is_refused() -> None:
    with pytest.raises(InvalidPairs, match="two counts"):
        PairTable(baskets=3, items=(("a", 1), ("a", 2)), pairs=())


def test_a_table_is_seen_as_a_table() -> None:
    table = mine_pairs([["<knife>", "board"]] * 3)
    assert repr(table) == "<PairTable of 3 baskets, 2 items, 2 links>"
    html = table._repr_html_()
    assert "&lt;knife&gt;" in html
    assert html.count("<tr>") == 3
