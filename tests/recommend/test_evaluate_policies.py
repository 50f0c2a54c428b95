"""A policy is judged by what was bought later: the metrics, the splits, and known results."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidEvaluation
from postpurchase.recommend import (
    Bestseller,
    Candidate,
    Candidates,
    LastOrder,
    PairTable,
    Sales,
    SplitAt,
    evaluate,
    judged,
    learn_all,
)
from vectors import cases

VECTORS = cases("recommend")
AT = datetime(2026, 5, 1, tzinfo=UTC)
PRICE = Money.parse("1.00 EUR")


def order(customer: str | None, day: int, *products: str) -> Order:
    lines = tuple(Line(sku=each, product=each, unit_price=PRICE) for each in products)
    return Order(
        id=f"{customer}-{day:03}",
        customer=customer,
        at=AT + timedelta(days=day),
        currency="EUR",
        lines=lines,
    )


def test_metrics_are_those_of_the_worked_case() -> None:
    case = VECTORS["ranking-metrics-basic"]
    ranking, relevant = case["given"]["ranking"], frozenset(case["given"]["relevant"])
    ten, three = judged(ranking, relevant, 10), judged(ranking, relevant, 3)
    expected = case["expected"]
    assert ten.ndcg == pytest.approx(expected["ndcg@10"], abs=1e-9)
    assert ten.recall == expected["recall@10"]
    assert ten.mrr == expected["mrr@10"]
    assert ten.hit_rate == expected["hit@10"]
    assert three.recall == expected["recall@3"]
    assert three.ndcg == pytest.approx(expected["ndcg@3_idcg_capped_at_k"], abs=1e-9)


@given(
    st.lists(st.integers(0, 20)),
    st.frozensets(st.integers(0, 20), min_size=1),
    st.integers(1, 12),
)
def test_metrics_lie_within_their_bounds(
    ranking: list[int], relevant: frozenset[int], k: int
) -> None:
    names = [str(each) for each in ranking]
    marks = judged(names, frozenset(map(str, relevant)), k)
    assert 0 <= marks.recall <= 1
    assert 0 <= marks.ndcg <= 1 + 1e-12
    assert 0 <= marks.mrr <= marks.hit_rate <= 1
    best = judged([str(each) for each in relevant], frozenset(map(str, relevant)), k)
    assert best.ndcg == pytest.approx(1)


ORDERS = (
    order("ann", 0, "tea", "milk"),
    order("ann", 20, "tea", "jam"),
    order("bob", 1, "tea"),
    order("bob", 21, "tea"),
    order("cat", 2, "milk"),
    order("dan", 22, "milk"),
    order(None, 3, "jam"),
)


class Listed:
    """Proposes what it was given, and remembers what it could know."""

    def __init__(self, *products: str) -> None:
        self.products = products
        self.seen: list[tuple[int, datetime, int]] = []

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        sales = known.find(Sales)
        assert sales is not None
        self.seen.append((len(subject.orders), at, sum(sales.counts.values())))
        if subject.orders[0].customer == "bob":
            return Declined((Bestseller(0),))
        found = tuple(
            Candidate(product=each, score=1, reasons=(Bestseller(1),)) for each in self.products
        )
        return Granted(Candidates(found), (Bestseller(1),))


def test_a_split_in_time_learns_from_nothing_that_is_judged() -> None:
    policy = Listed("jam", "milk", "tea", "soap")
    report = evaluate(policy, reversed(ORDERS), split=SplitAt(at=AT + timedelta(days=10)), k=3)
    assert policy.seen == [(1, AT + timedelta(days=10), 5)] * 2
    assert report.skipped == 2
    assert (report.overall.customers, report.new.customers, report.repeat.customers) == (2, 1, 2)
    assert report.overall.recall == pytest.approx(0.5)
    assert report.overall.hit_rate == pytest.approx(0.5)
    assert report.new.mrr == 1
    assert report.repeat.mrr == pytest.approx(1 / 6)
    assert report.coverage == 1
    assert str(report).splitlines()[0] == (
        "at 3        recall      ndcg      hits       mrr    people"
    )
    assert str(report).splitlines()[2].split() == [
        "new",
        "1.0000",
        "1.0000",
        "1.0000",
        "1.0000",
        "1",
    ]
    assert str(report).endswith("coverage 100.0%, 2 skipped")
    assert report._repr_html_().startswith("<pre>at 3")


def test_what_is_bought_after_the_horizon_is_not_judged() -> None:
    short = SplitAt(at=AT + timedelta(days=10), days=11)
    parted = short.parts(ORDERS)
    assert [case.customer for case in parted.cases] == ["ann"]
    assert parted.skipped == 3


def test_the_last_order_of_everybody_is_judged_and_nothing_of_it_is_known() -> None:
    parted = LastOrder().parts(ORDERS)
    assert [case.customer for case in parted.cases] == ["ann", "bob"]
    assert parted.skipped == 2
    assert all(case.at < case.after[0].at for case in parted.cases)
    judged_orders = {order for case in parted.cases for order in case.after}
    assert not judged_orders & set(parted.learn)
    same = (order("eve", 1, "tea"), order("eve", 1, "jam"))
    (case,) = LastOrder().parts(same).cases
    assert case.at == AT + timedelta(days=1)


def test_what_is_learnt_is_pairs_by_customer_sales_and_a_bare_catalog() -> None:
    known = learn_all(ORDERS)
    table, sales, catalog = known.find(PairTable), known.find(Sales), known.find(Catalog)
    assert table is not None
    assert sales is not None
    assert catalog is not None
    assert (table.baskets, sales.counts["tea"], len(catalog)) == (5, 4, 3)


def test_a_product_that_is_ranked_twice_counts_once_and_takes_one_place() -> None:
    marks = judged(["tea", "tea", "jam", "tea", "milk"], frozenset({"tea", "jam", "milk"}), 2)
    assert marks == judged(["tea", "jam"], frozenset({"tea", "jam", "milk"}), 2)
    assert marks.recall == pytest.approx(2 / 3)
    report = evaluate(Listed("jam", "jam", "milk"), ORDERS, split=LastOrder(), k=2)
    assert report.overall.recall == pytest.approx(0.25)
    assert report.coverage == pytest.approx(2 / 3)


def test_orders_without_a_customer_are_learnt_from_by_every_split() -> None:
    guest = ORDERS[-1]
    assert guest.customer is None
    for split in (LastOrder(), SplitAt(at=AT + timedelta(days=10))):
        assert guest in split.parts(ORDERS).learn


def cancelled(kept: Order, day: int) -> Order:
    at = AT + timedelta(days=day)
    return evolve(kept, cancellations=(Cancellation(id=f"c{kept.id}", at=at, order=kept.id),))


def test_what_was_called_off_later_was_not_known_then() -> None:
    orders = (
        cancelled(order("eve", 1, "soap"), 15),
        cancelled(order("fay", 2, "wax"), 3),
        cancelled(order("ann", 0, "tea"), 25),
        order("ann", 20, "tea"),
    )
    parted = SplitAt(at=AT + timedelta(days=10)).parts(orders)
    sales = learn_all(parted.learn).find(Sales)
    assert sales is not None
    assert sales.counts == {"soap": 1, "tea": 1}
    split = SplitAt(at=AT + timedelta(days=10))
    for report in (
        evaluate(Listed("tea"), orders, split=split),
        evaluate(Listed("tea"), orders, split=LastOrder()),
    ):
        assert (report.repeat.customers, report.new.customers) == (1, 0)


def test_who_kept_nothing_of_it_is_skipped_and_counted() -> None:
    nothing = cancelled(order("eve", 20, "jam"), 22)
    split = SplitAt(at=AT + timedelta(days=10))
    report = evaluate(Listed("tea"), (*ORDERS, order("eve", 1, "tea"), nothing), split=split)
    assert (report.overall.customers, report.skipped) == (2, 3)
    with pytest.raises(InvalidEvaluation, match="2 orders leave 0 customers"):
        evaluate(Listed("tea"), (order("eve", 1, "tea"), nothing), split=split)


def test_an_order_told_twice_is_one_and_its_newest_version_counts() -> None:
    told = order("ann", 20, "tea", "jam")
    newer = evolve(told, lines=told.lines[:1], updated_at=AT + timedelta(days=21))
    for twice in ((*ORDERS, newer), (newer, *ORDERS), (*ORDERS, newer, told)):
        policy = Listed("jam", "tea")
        report = evaluate(policy, twice, split=LastOrder())
        assert {seen[0] for seen in policy.seen} == {1}
        assert (report.overall.customers, report.new.customers) == (2, 0)


def test_nobody_to_judge_is_an_error() -> None:
    for relevant, k in ((frozenset[str](), 3), (frozenset({"tea"}), 0)):
        with pytest.raises(InvalidEvaluation, match=f"products were bought, k is {k}"):
            judged(["tea"], relevant, k)
    split = SplitAt(at=AT)
    with pytest.raises(InvalidEvaluation, match="7 orders leave 0 customers, k is 10"):
        evaluate(Listed(), ORDERS, split=split)
    with pytest.raises(InvalidEvaluation, match="k is 0"):
        evaluate(Listed(), ORDERS, split=LastOrder(), k=0)


def test_an_order_of_which_nothing_was_kept_teaches_nothing() -> None:
    empty = (order("ann", 0), order("ann", 1, "tea"))
    report = evaluate(Listed("tea"), empty, split=LastOrder())
    assert report.coverage == 0
    assert report.new.recall == 1
