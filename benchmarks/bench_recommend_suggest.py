"""One suggestion with filters, reasons and fallback, against implicit's bare item-item neighbours.

Run it with `python benchmarks/bench_recommend_suggest.py`. 20,000 products with five neighbours
each (100,000 rules), 300 customers with 40 products bought before, 3 in the newest order and one
thing that they avoid, asked in turn so that no answer is at hand from the last one. Suggested is
once what goes with the newest order, as after a checkout, and once what goes with all that they
ever bought; that is also timed for customers with one order before the newest. Implicit gets
the same 43 products, filters nothing but what is owned and gives no reason; its call is timed as
its documentation writes it, `recommend(user, user_items[user])`, and once more with the row cut out
beforehand. What only the first decision of a history costs is timed too, against implicit with a
row that is made of the customer's items.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
from implicit._nearest_neighbours import NearestNeighboursScorer
from implicit.nearest_neighbours import ItemItemRecommender
from scipy.sparse import csr_matrix

from postpurchase.domain.customer import Customer, Interest, Stance
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.recommend import (
    Bestsellers,
    BoughtTogether,
    Filters,
    PairTable,
    Sales,
    Suggest,
)

PRODUCTS, CUSTOMERS, ORDERS, ROUNDS = 20_000, 300, 11, 20
AT = datetime(2026, 5, 1, tzinfo=UTC)
PRICE = Money.parse("5.00 EUR")
IDS = [f"sku-{number:05d}" for number in range(PRODUCTS)]


def neighbours(number: int) -> list[tuple[int, int]]:
    found = {(number * 7 + step * 13 + 1) % PRODUCTS: 3 + (number + step) % 37 for step in range(5)}
    return [(other, both) for other, both in found.items() if other != number]


def bought(customer: int, order: int) -> list[int]:
    count = 3 if order == 0 else 4
    return [(customer * 977 + order * 3_137 + place * 811) % PRODUCTS for place in range(count)]


def history(customer: int, orders: int = ORDERS) -> History:
    placed = [
        Order(
            id=f"{customer}-{order}",
            at=AT - timedelta(days=20 * order + 1),
            currency="EUR",
            lines=tuple(
                Line(sku=IDS[item], product=IDS[item], unit_price=PRICE)
                for item in dict.fromkeys(bought(customer, order))
            ),
        )
        for order in range(orders)
    ]
    avoids = Interest(tag="meat", stance=Stance.AVOIDS)
    who = Customer(id=str(customer), at=AT - timedelta(days=999), interests=(avoids,))
    return History.of(who, *placed)


def known() -> Known:
    table = PairTable.of(
        baskets=500_000,
        counts={id: 50 + number % 450 for number, id in enumerate(IDS)},
        near={
            IDS[number]: [(IDS[other], both) for other, both in neighbours(number)]
            for number in range(PRODUCTS)
        },
    )
    catalog = Catalog(
        tuple(
            Product(
                id=id,
                title=id,
                category=f"c{number % 200}",
                tags=("plain", "meat") if number % 10 == 3 else ("plain",),
                variants=(Variant(sku=id, price=PRICE, stock=number % 10),),
            )
            for number, id in enumerate(IDS)
        )
    )
    sales = Sales(Pairs({id: 1 + number * 7_919 % 9_999 for number, id in enumerate(IDS)}))
    return Known(table, catalog, sales)


def theirs() -> tuple[ItemItemRecommender, csr_matrix]:
    cells = [
        (number, other, both) for number in range(PRODUCTS) for other, both in neighbours(number)
    ]
    rows, columns, values = zip(*cells, strict=True)
    similarity = csr_matrix(
        (np.array(values, dtype=float), (rows, columns)), shape=(PRODUCTS, PRODUCTS)
    )
    model = ItemItemRecommender(K=5)
    model.similarity, model.scorer = similarity, NearestNeighboursScorer(similarity)
    items = [
        (customer, item)
        for customer in range(CUSTOMERS)
        for order in range(ORDERS)
        for item in dict.fromkeys(bought(customer, order))
    ]
    who, what = zip(*items, strict=True)
    return model, csr_matrix((np.ones(len(who)), (who, what)), shape=(CUSTOMERS, PRODUCTS))


def microseconds(call: Callable[[int], object]) -> float:
    """The median over customers, in the fastest round."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for customer in range(CUSTOMERS):
            start = time.perf_counter()
            call(customer)
            times.append(time.perf_counter() - start)
        rounds.append(median(times) * 1e6)
    return min(rounds)


def from_items(items: list[int]) -> csr_matrix:
    """A row of one customer, as a shop makes it that has just read what they bought."""
    cells = (np.ones(len(items)), (np.zeros(len(items), dtype=int), items))
    return csr_matrix(cells, shape=(1, PRODUCTS))


def main() -> None:
    """Print the medians and their ratio."""
    answers, histories = known(), [history(customer) for customer in range(CUSTOMERS)]
    young = [history(customer, 2) for customer in range(CUSTOMERS)]
    read = iter([history(number % CUSTOMERS) for number in range(CUSTOMERS * ROUNDS)])
    model, owned = theirs()
    rows = [owned[customer] for customer in range(CUSTOMERS)]
    items = [row.indices.tolist() for row in rows]
    suggest = Suggest(
        policy=BoughtTogether(),
        fallback=Bestsellers(),
        filters=Filters(sensitive=("food",), per_category=2),
    )
    narrow = Suggest(
        policy=BoughtTogether(history_weight=0), fallback=Bestsellers(), filters=suggest.filters
    )
    ours = microseconds(lambda n: suggest.decide(histories[n], at=AT, known=answers))
    newest = microseconds(lambda n: narrow.decide(histories[n], at=AT, known=answers))
    second = microseconds(lambda n: suggest.decide(young[n], at=AT, known=answers))
    first = microseconds(lambda _: narrow.decide(next(read), at=AT, known=answers))
    call = microseconds(lambda n: model.recommend(n, owned[n], N=6))
    bare = microseconds(lambda n: model.recommend(n, rows[n], N=6))
    made = microseconds(lambda n: model.recommend(0, from_items(items[n]), N=6))
    print(f"suggest, newest order only {newest:15.0f} µs")
    print(f"suggest, two orders {second:22.0f} µs")
    print(f"suggest, all 43 products {ours:17.0f} µs")
    print(f"newest order, history just read {first:10.0f} µs")
    print(f"implicit, as documented {call:18.0f} µs")
    print(f"implicit, row cut before {bare:17.0f} µs")
    print(f"implicit, row made of items {made:14.0f} µs")
    print(f"newest order / implicit as documented {newest / call:8.2f}  at most 2")
    print(f"two orders / implicit as documented {second / call:10.2f}")
    print(f"all 43 products / implicit as documented {ours / call:5.2f}")
    print(f"history just read / row made of items {first / made:8.2f}")


if __name__ == "__main__":
    main()
