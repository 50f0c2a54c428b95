"""What was bought together, counted where the orders lie: in a data frame, a database, a cluster.

One formulation for pandas, polars, pyarrow, DuckDB, Ibis and PySpark, through Narwhals. Only the
counts that reach the limits leave the engine.
"""

from collections import defaultdict
from typing import Any, TypeAlias

from postpurchase.errors import InvalidPairs
from postpurchase.extras import extra
from postpurchase.recommend.pairs import PairTable

with extra("frames"):
    import narwhals as nw
    from narwhals.typing import IntoFrame

_Lazy: TypeAlias = "nw.LazyFrame[Any]"

_WORTH_A_JOIN = 0.9
"""Share of lines below which it pays to leave rare items out before the self-join."""


def mine_pairs(
    frame: IntoFrame,
    /,
    *,
    basket: str = "order_id",
    item: str = "product_id",
    min_count: int = 3,
    max_basket: int = 60,
    top: int | None = 50,
) -> PairTable:
    """Count the products that are bought together: the very table of `recommend.mine_pairs`.

    Args:
        frame: one row per order line; further columns are left alone, rows without a basket or
            an item are left out.
        basket: the column that says which lines belong together: an order, or a customer for
            customer-level pairs.
        item: the column of product ids; read as text.
        min_count: baskets that must hold both items of a pair.
        max_basket: baskets of more distinct items are skipped, and counted as skipped.
        top: neighbours to keep of each item, the strongest first; None keeps all.

    Raises:
        InvalidPairs: a limit below 1, a column that the frame does not have, or product ids that
            are fractions.
        MissingExtra: the extra `frames` is not installed.
    """
    for name, limit in (("min_count", min_count), ("max_basket", max_basket), ("top", top)):
        if limit is not None and limit < 1:
            raise InvalidPairs(problem=f"{name} must be 1 or more, got {limit}")
    lines = _lines(nw.from_native(frame), basket, item)
    kept, (total, fitting, rows) = _fitting(lines, max_basket)
    counted = kept.group_by("item").agg(nw.len().alias("count"))
    often = counted.filter(nw.col("count") >= min_count)
    counts = {name: int(count) for name, count in _rows(often.select("item", "count"))}
    if sum(counts.values()) < _WORTH_A_JOIN * rows:
        kept = kept.join(often, on="item", how="semi")
    near: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for first, second, both in _rows(_together(kept, min_count)):
        near[first].append((second, int(both)))
        near[second].append((first, int(both)))
    return PairTable.of(
        baskets=fitting,
        counts=counts,
        near=near,
        min_count=min_count,
        top=top,
        skipped=total - fitting,
    )


def _fitting(lines: _Lazy, max_basket: int, /) -> tuple[_Lazy, tuple[int, int, int]]:
    """The lines of baskets small enough; all baskets, those that fit, and the lines in those."""
    sizes = lines.group_by("basket").agg(nw.len().alias("size"))
    fits = (nw.col("size") <= max_basket).cast(nw.Int64)
    sums = (fits.sum().alias("fitting"), (fits * nw.col("size").cast(nw.Int64)).sum().alias("rows"))
    ((total, fitting, rows),) = _rows(sizes.select(nw.len().alias("total"), *sums))
    if total != fitting:  # a join less: engines without a cache evaluate the lines once per use
        small = sizes.filter(nw.col("size") <= max_basket)
        lines = lines.join(small, on="basket", how="semi")
    return lines, (int(total), int(fitting), int(rows))


def _together(kept: _Lazy, min_count: int, /) -> _Lazy:
    return (
        kept.join(kept, on="basket", suffix="_other")
        .filter(nw.col("item") < nw.col("item_other"))
        .group_by("item", "item_other")
        .agg(nw.len().alias("both"))
        .filter(nw.col("both") >= min_count)
        .select("item", "item_other", "both")
    )


def _lines(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], basket: str, item: str, /) -> _Lazy:
    columns = frame.collect_schema()
    for name in (basket, item):
        if name not in columns:
            problem = f"no column {name!r}, the frame has {', '.join(columns)}: name yours"
            raise InvalidPairs(problem=problem)
    if columns[item].is_float():  # pandas makes them of whole numbers where one is missing
        problem = f"column {item!r} holds fractions, so 7 would read 7.0: cast it to whole numbers"
        raise InvalidPairs(problem=problem)
    wanted = frame.lazy().select(
        nw.col(basket).alias("basket"), nw.col(item).cast(nw.String).alias("item")
    )
    once = wanted.drop_nulls().group_by("basket", "item").agg(nw.len().alias("lines"))
    return once.select("basket", "item")


def _rows(frame: _Lazy, /) -> list[tuple[Any, ...]]:
    return frame.collect().rows()
