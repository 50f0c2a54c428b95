"""Known results on real baskets, where those are."""

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Durability, Product
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.recommend import (
    Bestsellers,
    BoughtOften,
    BoughtTogether,
    Candidate,
    Candidates,
    Favourites,
    LastOrder,
    Sales,
    SplitAt,
    Suggest,
    evaluate,
    learn_all,
    mine_pairs,
)
from vectors import cases

VECTORS = cases("recommend")
AT = datetime(2026, 5, 1, tzinfo=UTC)
PRICE = Money.parse("1.00 EUR")


@pytest.fixture(scope="module")
def tafeng(real_data: Path) -> tuple[Order, ...]:
    lines: dict[str, Line] = {}
    orders: list[Order] = []
    with gzip.open(real_data / "baskets" / "tafeng_baskets.csv.gz", "rt") as rows:
        for row in csv.DictReader(rows):
            items = [f"{int(item):05}" for item in row["items"].split()]
            for item in items:
                lines.setdefault(item, Line(sku=item, product=item, unit_price=PRICE))
            number = int(row["basket_no"])
            orders.append(
                Order(
                    id=f"{row['user_id']}-{number:03}",
                    customer=row["user_id"],
                    at=AT + timedelta(days=number),
                    currency="EUR",
                    lines=tuple(lines[item] for item in dict.fromkeys(items)),
                )
            )
    return tuple(orders)


def used_up(orders: Sequence[Order]) -> Known:
    """What is learnt, all products being groceries."""
    known = learn_all(orders)
    plain = known.find(Catalog) or Catalog()
    groceries = (
        Product(id=each.id, title=each.title, durability=Durability.CONSUMABLE) for each in plain
    )
    return known.add(Catalog(tuple(groceries)))


@pytest.mark.long
def test_tafeng_bestsellers(tafeng: tuple[Order, ...]) -> None:
    expected = VECTORS["tafeng-g-topfreq@10"]["expected"]
    report = evaluate(Bestsellers(), tafeng, split=LastOrder())
    assert report.overall.customers == 13_858
    assert report.overall.recall == pytest.approx(expected["recall"], abs=2e-4)
    assert report.overall.ndcg == pytest.approx(expected["ndcg"], abs=2e-4)
    assert report.overall.hit_rate == pytest.approx(expected["phr"], abs=2e-4)


@pytest.mark.long
def test_tafeng_new_bestsellers(tafeng: tuple[Order, ...]) -> None:
    expected = VECTORS["tafeng-explore-popularity@10"]["expected"]
    policy = Suggest(policy=Bestsellers(), limit=10)
    report = evaluate(policy, tafeng, split=LastOrder())
    assert report.new.customers == expected["users"]
    assert report.new.recall == pytest.approx(expected["recall_new"], abs=1e-5)


@pytest.mark.long
def test_tafeng_favourites_with_ties_by_popularity_and_by_id(tafeng: tuple[Order, ...]) -> None:
    policy = Suggest(policy=Favourites(decay=1), fallback=Bestsellers(), limit=10)
    report = evaluate(policy, tafeng, split=LastOrder(), learn=used_up)
    assert report.overall.recall >= 0.1350 - 5e-5
    assert report.overall.ndcg >= 0.1236 - 5e-5

    def without_sales(orders: Sequence[Order]) -> Known:
        known = used_up(orders)
        catalog = known.find(Catalog)
        return Known(catalog)

    sales = Sales.of(LastOrder().parts(tafeng).learn)
    by_id = Suggest(
        policy=Favourites(decay=1), fallback=Bestsellers(products=sales.ranked), limit=10
    )
    expected = VECTORS["tafeng-gp-topfreq-id-ties@10"]["expected"]
    report = evaluate(by_id, tafeng, split=LastOrder(), learn=without_sales)
    assert report.overall.recall == pytest.approx(expected["recall"], abs=2e-4)
    assert report.overall.ndcg == pytest.approx(expected["ndcg"], abs=2e-4)
    assert report.overall.hit_rate == pytest.approx(expected["phr"], abs=2e-4)


class FirstSeen:
    """Own counts, ties to what was bought first, then the fill: a weak rule."""

    def __init__(self, fill: Sequence[str]) -> None:
        self.fill = fill

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        del at, known
        counts = Counter(line.product or "" for order in subject.orders for line in order.lines)
        ranked = dict.fromkeys([item for item, _ in counts.most_common()])
        ranked |= dict.fromkeys(self.fill)
        reason = BoughtOften(1)
        found = tuple(
            Candidate(product=item, score=0, reasons=(reason,)) for item in list(ranked)[:10]
        )
        return Granted(Candidates(found), (reason,))


@pytest.mark.long
@pytest.mark.parametrize(
    ("id_", "filled"),
    [
        ("tafeng-p-topfreq-first-seen-ties@10", 0),
        ("tafeng-gp-topfreq-first-seen-ties@10", 20),
    ],
)
def test_tafeng_ties_by_first_appearance_lose(
    tafeng: tuple[Order, ...], id_: str, filled: int
) -> None:
    expected = VECTORS[id_]["expected"]
    ranked = Sales.of(LastOrder().parts(tafeng).learn).ranked
    policy = FirstSeen(ranked[:filled])
    report = evaluate(policy, tafeng, split=LastOrder(), learn=lambda _: Known())
    assert report.overall.recall == pytest.approx(expected["recall"], abs=2e-4)
    assert report.overall.ndcg == pytest.approx(expected["ndcg"], abs=2e-4)
    assert report.overall.hit_rate == pytest.approx(expected["phr"], abs=2e-4)


@pytest.mark.long
def test_tafeng_new_items_bought_together(tafeng: tuple[Order, ...]) -> None:
    policy = Suggest(policy=BoughtTogether(), fallback=Bestsellers(), limit=10)
    report = evaluate(policy, tafeng, split=LastOrder())
    assert report.new.recall >= 0.071


@pytest.fixture(scope="module")
def grocery_year(real_data: Path) -> tuple[Order, ...]:
    folder, lines = real_data / "baskets", dict[str, Line]()
    baskets: dict[str, dict[str, Line]] = {}
    with gzip.open(folder / "completejourney_lines.csv.gz", "rt") as rows:
        for row in csv.DictReader(rows):
            id_ = row["product_id"]
            line = lines.setdefault(id_, Line(sku=id_, product=id_, unit_price=PRICE))
            baskets.setdefault(row["basket"], {})[id_] = line
    with gzip.open(folder / "completejourney_orders.csv.gz", "rt") as rows:
        return tuple(
            Order(
                id=row["basket"],
                customer=row["household_id"],
                at=datetime.fromisoformat(row["ts"]).replace(tzinfo=UTC),
                currency="EUR",
                lines=tuple(baskets[row["basket"]].values()),
            )
            for row in csv.DictReader(rows)
            if row["basket"] in baskets
        )


@pytest.mark.long
def test_what_households_buy_again_ranks_best_by_decayed_counts(
    grocery_year: tuple[Order, ...],
) -> None:
    expected = VECTORS["replenish-rank-completejourney"]["expected"]
    split = SplitAt(at=datetime(2017, 12, 3, tzinfo=UTC), days=28)
    bare = Known(Catalog())
    report = evaluate(Favourites(), grocery_year, split=split, learn=lambda _: bare)
    assert report.repeat.customers == 1_840
    assert report.repeat.recall == pytest.approx(expected["recall@10"], abs=2e-3)
    assert report.repeat.ndcg == pytest.approx(expected["ndcg@10"], abs=2e-3)
    assert report.repeat.hit_rate == pytest.approx(expected["hit@10"], abs=2e-3)
    plain = evaluate(Favourites(decay=1), grocery_year, split=split, learn=lambda _: bare)
    assert plain.repeat.ndcg < report.repeat.ndcg


@pytest.fixture(scope="module")
def gift_shop(real_data: Path) -> tuple[Order, ...]:
    bought: dict[str, tuple[str, str, dict[str, Line]]] = {}
    with gzip.open(real_data / "online_retail.csv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            named = row["CustomerID"] and not row["InvoiceNo"].startswith("C")
            if named and float(row["Quantity"]) > 0:
                order = (row["CustomerID"], row["InvoiceDate"], dict[str, Line]())
                items = bought.setdefault(row["InvoiceNo"], order)[2]
                code = row["StockCode"]
                items[code] = Line(sku=code, product=code, unit_price=PRICE)
    return tuple(
        Order(
            id=invoice,
            customer=customer,
            at=datetime.fromisoformat(day).replace(tzinfo=UTC),
            currency="EUR",
            lines=tuple(items.values()),
        )
        for invoice, (customer, day, items) in bought.items()
    )


def pairs_by_order(orders: Sequence[Order]) -> Known:
    """What is learnt, with pairs of what was in one order instead of with one customer."""
    baskets = ([line.product or "" for line in order.lines] for order in orders)
    return learn_all(orders).add(mine_pairs(baskets))


@pytest.mark.long
def test_a_gift_shops_new_items_are_found_by_pairs_of_orders(gift_shop: tuple[Order, ...]) -> None:
    policy = Suggest(policy=BoughtTogether(), fallback=Bestsellers(), limit=10)
    report = evaluate(policy, gift_shop, split=LastOrder(), learn=pairs_by_order)
    assert report.new.customers == 2_502
    assert report.new.recall >= 0.052
