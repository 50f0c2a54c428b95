"""What is put in order lazily and read at once is what its definition says, whatever was bought."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.draw import held_out
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.recommend import (
    BoughtTogether,
    Candidates,
    OftenTogether,
    PairTable,
    Sales,
    mine_pairs,
    shrunk_cosine,
)

AT = datetime(2026, 5, 11, 9, tzinfo=UTC)
IDS = tuple(f"p{number:02}" for number in range(70))
PRICE = Money.parse("9.00 EUR")
CATALOG = Catalog(
    tuple(Product(id=id, title=id, variants=(Variant(sku=f"{id}-1", price=PRICE),)) for id in IDS)
)

baskets = st.lists(
    st.lists(st.sampled_from(IDS), min_size=1, max_size=8, unique=True), min_size=1, max_size=30
)
bought = st.lists(
    st.lists(st.sampled_from(IDS), min_size=1, max_size=5, unique=True), min_size=1, max_size=4
)
sales = st.dictionaries(st.sampled_from(IDS), st.integers(1, 3)).map(Pairs).map(Sales)
policies = st.builds(
    BoughtTogether,
    history_weight=st.sampled_from((0, 0.3, 1, 1.5)),
    evidence=st.sampled_from((1, 2)),
    most=st.sampled_from((1, 3, 30)),
)


def shares(
    policy: BoughtTogether, table: PairTable, orders: list[list[str]]
) -> Mapping[str, Mapping[str, float]]:
    """Of each neighbour, what each purchase adds to its score."""
    weights = {id: policy.history_weight for order in orders for id in order}
    weights |= dict.fromkeys(orders[-1], 1)
    found: dict[str, dict[str, float]] = {}
    for item, weight in weights.items():
        for link in table.ranked(item):
            if weight and link.counts.both >= policy.evidence:
                found.setdefault(link.second, {})[item] = weight * shrunk_cosine(link.counts)
    return found


def customer(orders: list[list[str]]) -> History:
    return History.of(
        *(
            Order(
                id=str(number),
                at=AT - timedelta(days=len(orders) - number),
                currency="EUR",
                lines=tuple(
                    # who sells by SKU alone is understood by the catalog
                    Line(sku=f"{id}-1", product=id if number % 2 else None, unit_price=PRICE)
                    for id in order
                ),
            )
            for number, order in enumerate(orders)
        )
    )


def check(policy: BoughtTogether, table: PairTable, orders: list[list[str]], sold: Sales) -> int:
    """The law; answers how many neighbours there were to choose from."""
    decision = policy.decide(customer(orders), at=AT, known=Known(table, CATALOG, sold))
    expected = shares(policy, table, orders)
    owned = {id for order in orders for id in order}
    if not decision:
        assert not expected
        return 0
    found = decision.value.candidates
    for each in found:
        from_ = expected[each.product]
        assert each.score == pytest.approx(sum(from_.values()))
        (reason,) = each.reasons
        assert isinstance(reason, OftenTogether)
        assert from_[reason.product] == pytest.approx(max(from_.values()))
        counts = table.counts(reason.product, each.product)
        assert counts is not None
        assert counts.both == reason.count
    places = [(-each.score, -sold.counts.get(each.product, 0), each.product) for each in found]
    assert places == sorted(places)
    new = [each.product for each in found if each.product not in owned]
    everything_new = [id for id in expected if id not in owned]
    assert len(new) == min(policy.most, len(everything_new))
    left_out = [sum(expected[id].values()) for id in expected if id not in decision.value.ids]
    assert max(left_out, default=0) <= found[-1].score * (1 + 1e-9)
    return len(expected)


@given(baskets, bought, sales, policies)
def test_the_neighbours_are_ranked_by_the_sum_of_their_shares(
    mined: list[list[str]], orders: list[list[str]], sold: Sales, policy: BoughtTogether
) -> None:
    check(policy, mine_pairs(mined, min_count=1, top=6), orders, sold)


@pytest.mark.parametrize("weight", [0, 0.3, 1])
@pytest.mark.parametrize("salt", ["a", "b", "c", "d", "e", "f"])
def test_so_are_many_neighbours_of_which_few_are_looked_at(salt: str, weight: float) -> None:
    mined = [
        [id for id in IDS if held_out(f"{salt}/basket/{number}", id, 0.1)] for number in range(90)
    ]
    orders = [
        [id for id in IDS if held_out(f"{salt}/order/{number}", id, 0.2)] for number in range(4)
    ]
    policy = BoughtTogether(history_weight=weight, evidence=1, most=60)
    table = mine_pairs(mined, min_count=1, top=9)
    met = check(policy, table, orders, Sales(Pairs(p01=3, p02=3, p40=9)))
    assert met > len(IDS) // 2


@given(bought)
def test_candidates_made_one_by_one_are_the_same_each_time(orders: list[list[str]]) -> None:
    table = mine_pairs([IDS, IDS, *orders], min_count=1, max_basket=len(IDS), top=12)
    lines = tuple(Line(sku=id, product=id, unit_price=PRICE) for id in orders[-1])
    history = History.of(Order(id="1", at=AT, currency="EUR", lines=lines))
    decision = BoughtTogether(evidence=1).decide(history, at=AT, known=Known(table, CATALOG))
    assert decision
    lazy = decision.value
    first = next(iter(lazy))
    assert first == lazy.candidates[0]
    assert list(lazy) == list(lazy)
    made = Candidates(tuple(lazy))
    assert lazy == made
    assert hash(lazy) == hash(made)
    assert repr(lazy) == repr(made)
    assert lazy != Candidates(tuple(lazy)[1:])
    assert lazy != tuple(lazy)
    assert all(one.score >= other.score for one, other in pairwise(lazy))
