"""Policies in turn, by weight, silent, and what none of them takes."""

from collections.abc import Callable
from decimal import Decimal
from math import inf, nan

import pytest

from kitchen import AT, Scores, order, product, suggested
from postpurchase.domain.decision import Declined
from postpurchase.domain.history import History
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
)
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Candidate,
    Chain,
    Complement,
    Complements,
    EnoughOfPolicy,
    Filters,
    NoCatalog,
    NoTable,
    NothingLeft,
    NothingProposed,
    OutOfStock,
    Sales,
    Suggest,
    Suggestions,
    Taste,
    Upgrade,
    mine_pairs,
)
from vectors import cases

VECTORS = cases("recommend")


def test_a_quota_counts_what_is_shown_not_what_is_refused() -> None:
    catalog = Catalog((product("a", stock=0), *map(product, ("b", "c", "d", "e", "f", "g"))))
    inner = Chain(policies=(Scores({"d": 1, "e": 1}), Scores({"f": 1})), quotas=(1, 1))
    chain = Chain(policies=(Scores({"a": 3, "b": 2, "c": 1}), inner), quotas=(1, 2))
    suggest = Suggest(policy=chain, fallback=Scores({"g": 1}), limit=5)
    ids, dropped = suggested(suggest, known=Known(catalog))
    assert ids == ("b", "d", "f", "g")
    assert dropped == {"a": OutOfStock(), "c": EnoughOfPolicy(1), "e": EnoughOfPolicy(1)}
    assert str(EnoughOfPolicy(1)) == "its policy has its 1 place"


def test_a_blend_adds_shares_and_breaks_ties_by_popularity_then_id() -> None:
    blend = Blend(
        policies=(Scores({"a": 10, "b": 5}), Scores({"b": 4, "c": 4}, again=("b",)), Taste()),
        weights=(1, 0.5, 1),
    )
    catalog = Catalog(tuple(map(product, "abc")))
    decision = blend.decide(History(), at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ("a", "b", "c")
    scores = {each.product: each.score for each in decision.value.candidates}
    assert scores == {"a": 1.0, "b": 1.0, "c": 0.5}
    assert decision.value.candidates[1].again
    popular = Known(catalog, Sales(Pairs(b=2, a=1)))
    decision = blend.decide(History(), at=AT, known=popular)
    assert decision
    assert decision.value.ids == ("b", "a", "c")
    nothing = Blend(policies=(Scores({"a": 0}),), weights=(1,))
    zero = nothing.decide(History(), at=AT, known=Known(catalog))
    assert zero
    assert zero.value.candidates[0].score == 1


def test_policies_that_find_nothing_say_so() -> None:
    known = Known(Catalog((product("a"),)))
    silent = (Complements(), BoughtTogether(), Upgrade(), Taste(), Bestsellers())
    expected = (
        NothingProposed("complements"),
        NoTable("table of pairs"),
        NothingProposed("upgrade"),
        NothingProposed("taste"),
        NoTable("sales"),
    )
    chain = Chain(policies=silent)
    assert chain.decide(History(), at=AT, known=known) == Declined(expected)
    blend = Blend(policies=silent, weights=(1, 1, 1, 1, 1))
    assert blend.decide(History(), at=AT, known=known) == Declined(expected)
    assert Suggest(policy=chain).decide(History(), at=AT, known=known) == Declined(
        (*expected, NothingLeft(0))
    )
    table = known.add(mine_pairs([]))
    assert BoughtTogether().decide(History(), at=AT, known=table) == Declined(
        (NothingProposed("bought together"),)
    )
    empty = known.add(Sales())
    assert Bestsellers().decide(History(), at=AT, known=empty) == Declined(
        (NothingProposed("bestsellers"),)
    )
    listed = Bestsellers(products=("a",), categories=("lamps",))
    assert listed.decide(History(), at=AT, known=known) == Declined(
        (NothingProposed("bestsellers"),)
    )


def test_without_a_catalog_nothing_is_shown() -> None:
    no = Declined((NoCatalog(),))
    for policy in (
        Suggest(policy=Scores({"a": 1})),
        Complements(),
        BoughtTogether(),
        Upgrade(),
        Taste(),
        Bestsellers(products=("a",), categories=("lamps",)),
    ):
        assert policy.decide(History.of(order("a")), at=AT) == no


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Filters(per_category=0), "a limit per category must be 1 or more, got 0"),
        (lambda: Suggest(policy=Taste(), limit=0), "a limit must be 1 or more, got 0"),
        (lambda: Chain(policies=()), "policies must name at least one"),
        (lambda: Chain(policies=(Taste(),), quotas=(1, 2)), "quotas must be one number above 0"),
        (lambda: Chain(policies=(Taste(),), quotas=(0,)), "for each of 1 policies, got"),
        (lambda: Blend(policies=(Taste(),), weights=()), "weights must be one number above 0"),
        (
            lambda: Complement(bought=Selection(), goes=Selection(tags=("x",))),
            "bought must name a product",
        ),
        (
            lambda: Complement(bought=Selection(tags=("x",)), goes=Selection()),
            "goes must name a product",
        ),
        (lambda: Complements(orders=0), "orders must be 1 or more, got 0"),
        (lambda: BoughtTogether(history_weight=-1), "history_weight must be 0 or more, got -1"),
        (lambda: BoughtTogether(most=0), "most must be 1 or more, got 0"),
        (lambda: Upgrade(band=(Decimal("0.9"), Decimal(2))), "a price band runs from 1 or more"),
        (lambda: Upgrade(band=(Decimal("NaN"), Decimal(2))), "from 1 or more upwards, got NaN"),
        (lambda: Taste(observed=-1), "observed must be a number of 0 or more, got -1"),
        (lambda: Taste(stated=float("nan")), "stated must be a number of 0 or more, got nan"),
        (lambda: Candidate(product="a", score=1, reasons=()), "needs a reason, got none for 'a'"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidSuggestion, match=says):
        wrong()


def test_suggestions_are_seen_with_what_was_dropped() -> None:
    catalog = Catalog((product("a<b"), product("c", stock=0)))
    decision = Suggest(policy=Scores({"a<b": 1, "c": 1})).decide(
        History(), at=AT, known=Known(catalog)
    )
    assert decision
    assert isinstance(decision.value, Suggestions)
    assert repr(decision.value) == "<Suggestions a<b; 1 dropped>"
    html = decision.value._repr_html_()
    assert "A&lt;B" in html
    assert "<s>c</s>" in html
    assert "out of stock" in html


def test_a_quota_of_two_holds_two() -> None:
    chain = Chain(policies=(Scores({"a": 3, "b": 2, "c": 1}),), quotas=(2,))
    catalog = Catalog(tuple(map(product, "abc")))
    ids, dropped = suggested(Suggest(policy=chain), known=Known(catalog))
    assert ids == ("a", "b")
    assert dropped == {"c": EnoughOfPolicy(2)}


def test_a_blend_keeps_the_order_and_the_quotas_of_a_chain() -> None:
    chain = Chain(policies=(Scores({"mat": 1}), Scores({"a": 5000, "b": 4000})), quotas=(2, 1))
    known = Known(Catalog(tuple(map(product, ("mat", "a", "b")))))
    alone = Blend(policies=(chain,), weights=(1,))
    ids, dropped = suggested(Suggest(policy=alone), known=known)
    assert ids == suggested(Suggest(policy=chain), known=known)[0] == ("mat", "a")
    assert dropped == {"b": EnoughOfPolicy(1)}
    both = Blend(policies=(chain, Scores({"b": 3})), weights=(1, 0.1))
    ids, dropped = suggested(Suggest(policy=both), known=known)
    assert (ids, dropped) == (("mat", "a", "b"), {})
    limited = Chain(policies=(Scores({"b": 3}),), quotas=(1,))
    each = Blend(policies=(chain, limited), weights=(1, 0.1))
    decision = each.decide(History(), at=AT, known=known)
    assert decision
    quotas = {one.product: one.quotas for one in decision.value}
    assert quotas["b"] == (("0/1", 1), ("1/0", 1))
    assert quotas["mat"] == (("0/0", 2),)


def test_a_blend_counts_a_product_once_for_each_policy() -> None:
    twice = Chain(policies=(Scores({"a": 1, "b": 1}), Scores({"b": 1}, again=("b",))))
    known = Known(Catalog(tuple(map(product, "ab"))))
    decision = Blend(policies=(twice,), weights=(2,)).decide(History(), at=AT, known=known)
    assert decision
    assert [(each.product, each.score) for each in decision.value] == [("a", 2.0), ("b", 2.0)]
    assert [each.again for each in decision.value] == [False, True]


@pytest.mark.parametrize(
    "scores",
    [
        {"a": -1.0, "b": -2.0, "c": -3.0},
        {"a": nan, "b": 1.0, "c": 0.5},
        {"a": inf, "b": 1.0, "c": 0.5},
        {"a": 1.0, "b": nan, "c": 0.5},
        {"a": 1.0, "b": 2.0, "c": 3.0},
    ],
)
def test_where_scores_say_nothing_the_order_counts(scores: dict[str, float]) -> None:
    known = Known(Catalog(tuple(map(product, "abc"))))
    blend = Blend(policies=(Scores(scores),), weights=(3,))
    decision = blend.decide(History(), at=AT, known=known)
    assert decision
    assert [each.score for each in decision.value] == [3, 1.5, 1]
    assert decision.value.ids == ("a", "b", "c")


def test_a_scorer_that_proposes_nothing_is_silent() -> None:
    known = Known(Catalog((product("a"),)))
    nobody, listed = Scores({}), Bestsellers(products=("a",))
    chain, blend = Chain(policies=(nobody,)), Blend(policies=(nobody,), weights=(1,))
    assert chain.decide(History(), at=AT, known=known) == Declined((NothingProposed("chain"),))
    assert blend.decide(History(), at=AT, known=known) == Declined((NothingProposed("blend"),))
    for policy in (nobody, chain, blend, Chain(policies=(nobody, listed))):
        ids, _ = suggested(Suggest(policy=policy, fallback=listed), known=known)
        assert ids == ("a",)
    assert not Suggest(policy=nobody).decide(History(), at=AT, known=known)


@pytest.mark.parametrize("weight", [nan, inf, 0, -1])
def test_a_weight_is_a_number_above_zero(weight: float) -> None:
    with pytest.raises(InvalidSuggestion, match="one number above 0"):
        Blend(policies=(Taste(),), weights=(weight,))
    if weight != 0:
        with pytest.raises(InvalidSuggestion, match="history_weight must be"):
            BoughtTogether(history_weight=weight)
