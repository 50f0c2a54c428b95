"""The same table from a real Spark session; needs Java."""

import warnings
from typing import TYPE_CHECKING

import pytest

from postpurchase.integrations.frames.pairs import mine_pairs as mine_frame
from postpurchase.recommend import mine_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

pytestmark = pytest.mark.heavy

ORDERS = [
    ["knife", "board", "stone"],
    ["knife", "board", "knife"],
    ["knife", "board"],
    ["board", "stone"],
    ["rare", "knife"],
    [f"item{number}" for number in range(8)],
]


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql")
        session = (
            sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("least", "largest"), [(2, 6), (1, 60)])
def test_spark_gives_the_table_of_the_standard_library(
    spark: "SparkSession", least: int, largest: int
) -> None:
    rows = [(f"o{number}", item) for number, items in enumerate(ORDERS) for item in items]
    frame = spark.createDataFrame(rows, "order_id string, product_id string")
    expected = mine_pairs(ORDERS, min_count=least, max_basket=largest)
    assert mine_frame(frame, min_count=least, max_basket=largest) == expected
