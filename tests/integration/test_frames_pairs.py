"""One table from every engine, equal to the one that the standard library counts."""

from collections.abc import Callable
from typing import Any

import duckdb
import ibis
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase.errors import InvalidPairs
from postpurchase.integrations.frames.pairs import mine_pairs as mine_frame
from postpurchase.recommend import mine_pairs

Lines = list[tuple[str | None, str | None]]

LINES: Lines = [
    *((f"o{order}", item) for order in range(6) for item in ("knife", "board", "knife")),
    ("o0", "stone"),
    ("o1", "stone"),
    ("o2", "stone"),
    ("o7", "board"),
    ("o8", "rare"),
    ("o8", "knife"),
    *(("wholesale", f"item{number}") for number in range(5)),
    *(("wholesale", item) for item in ("knife", "board")),
    (None, "knife"),
    ("o9", None),
]


TEXT = pa.string()


def numbers(lines: Lines) -> bool:
    return any(isinstance(item, float) for _, item in lines)


def table_of(lines: Lines) -> pa.Table:
    return pa.table(
        {
            "order_id": pa.array([order for order, _ in lines], pa.string()),
            "product_id": pa.array([item for _, item in lines], None if numbers(lines) else TEXT),
            "quantity": [1] * len(lines),
        }
    )


def in_duckdb(lines: Lines) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().from_arrow(table_of(lines))


ENGINES: dict[str, Callable[[Lines], Any]] = {
    "pandas": lambda lines: table_of(lines).to_pandas(),
    "polars": lambda lines: pl.from_arrow(table_of(lines)),
    "polars lazy": lambda lines: pl.DataFrame(pl.from_arrow(table_of(lines))).lazy(),
    "pyarrow": table_of,
    "duckdb": in_duckdb,
    "ibis": lambda lines: ibis.memtable(table_of(lines)),
}


def baskets_of(lines: Lines) -> list[list[str]]:
    orders = dict.fromkeys(order for order, item in lines if order and item)
    return [[item for at, item in lines if at == order and item] for order in orders]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("least", "largest", "top"), [(3, 6, 50), (1, 60, None), (2, 6, 1)])
def test_every_engine_gives_the_table_of_the_standard_library(
    engine: str, least: int, largest: int, top: int | None
) -> None:
    frame = ENGINES[engine](LINES)
    expected = mine_pairs(baskets_of(LINES), min_count=least, max_basket=largest, top=top)
    assert mine_frame(frame, min_count=least, max_basket=largest, top=top) == expected
    assert expected.skipped == (largest == 6)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from("mnopq"), st.sampled_from("abcdefgh")), max_size=40),
    st.integers(min_value=1, max_value=3),
)
def test_any_lines_in_polars_give_the_same_table(lines: Lines, least: int) -> None:
    frame = ENGINES["polars"](lines)
    expected = mine_pairs(baskets_of(lines), min_count=least, max_basket=4)
    assert mine_frame(frame, min_count=least, max_basket=4) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_no_lines_give_an_empty_table(engine: str) -> None:
    frame = ENGINES[engine](LINES[:0])
    assert mine_frame(frame) == mine_pairs([])


def test_numbers_are_read_as_text_and_a_customer_makes_a_basket_too() -> None:
    frame = pl.DataFrame({"customer": [1, 1, 2, 2], "sku": [10, 20, 10, 20]})
    table = mine_frame(frame, basket="customer", item="sku", min_count=2)
    assert table.near("10") == (("20", 2),)


@pytest.mark.parametrize("engine", ENGINES)
def test_product_ids_that_became_fractions_are_refused(engine: str) -> None:
    lines: Any = [("o1", 10.0), ("o1", None)]  # whole numbers, one missing, as pandas reads them
    with pytest.raises(InvalidPairs, match=r"'product_id' holds fractions, so 7 would read 7\.0"):
        mine_frame(ENGINES[engine](lines))


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidPairs, match="no column 'sku', the frame has order_id, product_id"):
        mine_frame(ENGINES["pandas"](LINES), item="sku")


@pytest.mark.parametrize("limit", ["min_count", "max_basket", "top"])
def test_a_limit_below_one_is_refused(limit: str) -> None:
    limits = {"min_count": 3, "max_basket": 60, "top": 50} | {limit: -1}
    with pytest.raises(InvalidPairs, match=f"{limit} must be 1 or more, got -1"):
        mine_frame(
            table_of(LINES),
            min_count=limits["min_count"],
            max_basket=limits["max_basket"],
            top=limits["top"],
        )
