"""Counting what was bought together, with the standard library alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from postpurchase.errors import InvalidPairs
from postpurchase.recommend.pairs import PairTable


def mine_pairs(
    baskets: Iterable[Iterable[str]],
    /,
    *,
    min_count: int = 3,
    max_basket: int | None = 60,
    top: int | None = 50,
) -> PairTable:
    """Count the products that are bought together.

    A basket is what one order holds, or, for customer-level pairs, everything one customer ever
    bought: those are the better base for suggestions wherever customers are known. An item
    counts once per basket, whatever its quantity.

    Args:
        baskets: product ids, basket by basket; read once, so a generator will do.
        min_count: baskets that must hold both items of a pair; 1 keeps all of them.
        max_basket: a basket of more distinct items is skipped (and counted as skipped): the
            order of a wholesaler says little of what goes together, and costs the square of
            its size. 100 is a good limit for customer-level pairs. None skips none.
        top: neighbours to keep of each item, the strongest by the default score; None keeps
            all.

    Raises:
        InvalidPairs: a limit below 1, a basket that is a text, or an item that is none.

    Example:
        >>> table = mine_pairs([["knife", "board"], ["knife", "board"], ["knife"]], min_count=2)
        >>> table.near("board")
        (('knife', 2),)
        >>> table.counts("knife", "board").confidence
        0.6666666666666666
    """
    for name, limit in (("min_count", min_count), ("max_basket", max_basket), ("top", top)):
        if limit is not None and limit < 1:
            raise InvalidPairs(problem=f"{name} must be 1 or more, got {limit}")
    kept, skipped = _distinct(baskets, max_basket)
    seen = Counter(chain.from_iterable(kept))
    for item in seen:
        _text(item)
    counts = {item: count for item, count in seen.items() if count >= min_count}
    return PairTable.of(
        baskets=len(kept),
        counts=counts,
        near=_near(kept, counts, min_count),
        min_count=min_count,
        top=top,
        skipped=skipped,
    )


def _text(item: object, /) -> None:
    if not isinstance(item, str):
        problem = f"an item is a product id as text, got {item!r}: write '{item}'"
        raise InvalidPairs(problem=problem)


def _distinct(
    baskets: Iterable[Iterable[str]], max_basket: int | None, /
) -> tuple[list[tuple[str, ...]], int]:
    kept: list[tuple[str, ...]] = []
    skipped = 0
    for basket in baskets:
        if isinstance(basket, str):
            problem = f"a basket is a list of product ids, got the text {basket!r}"
            raise InvalidPairs(problem=problem)
        items = tuple(dict.fromkeys(basket))
        if max_basket is not None and len(items) > max_basket:
            skipped += 1
        elif items:
            kept.append(items)
    return kept, skipped


def _near(
    baskets: list[tuple[str, ...]], counts: dict[str, int], min_count: int, /
) -> dict[str, list[tuple[str, int]]]:
    """For each item, one count over the baskets that hold it: small, so it stays in the cache."""
    holding: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for basket in baskets:
        if len(basket) > 1:
            for item in basket:
                holding[item].append(basket)
    near: dict[str, list[tuple[str, int]]] = {}
    for item in counts:
        together = Counter(chain.from_iterable(holding.pop(item, ())))
        near[item] = [
            (other, both) for other, both in together.items() if both >= min_count and other != item
        ]
    return near
