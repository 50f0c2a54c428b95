"""A picture with its numbers, and baskets that are the same everywhere."""

from collections import Counter
from io import BytesIO
from itertools import islice
from typing import Any

from postpurchase.recommend import Metrics, Report, mine_pairs
from postpurchase.recommend.chart import recalls
from postpurchase.testing.baskets import baskets


def report(recall: float) -> Report:
    def metrics(value: float) -> Metrics:
        return Metrics(customers=9, recall=value, ndcg=0, hit_rate=0, mrr=0)

    return Report(
        k=10,
        overall=metrics(recall),
        new=metrics(recall / 2),
        repeat=metrics(recall / 4),
        coverage=0.5,
        skipped=0,
    )


def test_the_picture_holds_the_recalls_of_each_policy() -> None:
    figure = recalls({"pairs": report(0.4), "bestsellers": report(0.2)})
    figure.savefig(BytesIO())
    axes: Any = figure.axes[0]
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == [0.4, 0.2, 0.1, 0.2, 0.1, 0.05]
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["pairs", "bestsellers"]
    assert recalls({}).axes[0].get_legend() is None


def test_the_same_numbers_give_the_same_baskets() -> None:
    first = list(islice(baskets(2_000), 2_000))
    assert first == list(baskets(2_000))
    assert first != list(baskets(2_000, seed=2))
    assert first[:2] == list(baskets(2))
    sizes = Counter(map(len, first))
    assert sizes == {1: 400, 2: 500, 3: 400, 4: 300, 5: 200, 6: 100, 7: 100}
    counts = Counter(item for basket in first for item in basket)
    assert counts["sku-00000"] > counts["sku-00100"]
    assert mine_pairs(first, min_count=2).baskets == 2_000
    assert {item for basket in baskets(50, items=1) for item in basket} == {"sku-00000"}
