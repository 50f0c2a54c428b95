"""Scored pairs, laid out so that the neighbours of many items are read at once."""

from array import array
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

_CELLS = 3
"""Cells of one neighbour: its number, its score, the baskets that hold both."""


class Links:
    """The neighbours of some items, item after item, as columns of one length.

    Attributes:
        others: the neighbours, by number.
        scores: how strongly each goes with its item.
        firsts: where the neighbours of each item begin, the strongest first.
    """

    __slots__ = ("_both", "_items", "firsts", "others", "scores")

    def __init__(self, rows: Mapping[str, bytes], /) -> None:
        """Read the rows of these items."""
        cells = memoryview(b"".join(rows.values()))
        self.others: Sequence[int] = cells.cast("q")[::_CELLS].tolist()
        self.scores: Sequence[float] = cells.cast("d")[1::_CELLS].tolist()
        lengths = [len(row) // (_CELLS * 8) for row in rows.values()]
        self.firsts: Sequence[int] = [0, *accumulate(lengths)][:-1]
        self._both = cells.cast("q")[2::_CELLS]
        self._items = tuple(rows)

    def why(self, place: int, /) -> tuple[str, int]:
        """The item of which this is a neighbour, and the baskets that hold both."""
        return self._items[bisect(self.firsts, place) - 1], self._both[place]


class Scored:
    """The neighbours of every item with their scores, as numbers side by side.

    Objects would lie all over the memory, and waiting for them would take most of a decision.

    Attributes:
        names: the neighbours, by number.
    """

    __slots__ = ("_rows", "names")

    def __init__(self, near: Mapping[str, Sequence[tuple[str, float, int]]], /) -> None:
        """Lay out each item's neighbours, given the strongest first: id, score, baskets."""
        numbers: dict[str, int] = {}
        self._rows: dict[str, bytes] = {}
        for item, others in near.items():
            own = [numbers.setdefault(id, len(numbers)) for id, _, _ in others]
            row = array("q", bytes(8 * _CELLS * len(others)))
            row[::_CELLS] = array("q", own)
            row[1::_CELLS] = array("q", array("d", [score for _, score, _ in others]).tobytes())
            row[2::_CELLS] = array("q", [both for _, _, both in others])
            self._rows[item] = row.tobytes()
        self.names: Sequence[str] = tuple(numbers)

    def links(self, items: Iterable[str], /) -> Links:
        """The neighbours of these items; an unknown one has none."""
        rows = {item: row for item in items if (row := self._rows.get(item))}
        return Links(rows) if rows else _NO_LINKS


_NO_LINKS = Links({})
