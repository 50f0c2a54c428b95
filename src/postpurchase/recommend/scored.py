"""Scored pairs, laid out so that the neighbours of many items are read at once."""

from array import array
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate, repeat

_CELLS = 3
"""Cells of one neighbour: its number, its score, the baskets that hold both."""

_SIZE = 8 * _CELLS
"""Bytes of one neighbour."""


class Links:
    """The neighbours of some items, item after item, as columns of one length.

    Attributes:
        others: the neighbours, by number.
        scores: how strongly each goes with its item.
        starts: where the neighbours of each item begin, the strongest first; of one that has none,
            where the next begin.
    """

    __slots__ = ("_cells", "_items", "others", "scores", "starts")

    def __init__(self, items: Sequence[str], rows: Sequence[bytes], /) -> None:
        """Read the rows of these items."""
        cells = memoryview(b"".join(rows))
        self._items, self._cells = items, cells.cast("q")
        self.others: Sequence[int] = self._cells[::_CELLS].tolist()
        self.scores: Sequence[float] = cells.cast("d")[1::_CELLS].tolist()
        self.starts: Sequence[int] = [end // _SIZE for end in accumulate(map(len, rows), initial=0)]

    def why(self, place: int, /) -> tuple[str, int]:
        """The item of which this is a neighbour, and the baskets that hold both."""
        item = self._items[bisect(self.starts, place) - 1]
        return item, self._cells[place * _CELLS + 2]


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
            row = array("q", bytes(_SIZE * len(others)))
            row[::_CELLS] = array("q", own)
            row[1::_CELLS] = array("q", array("d", [score for _, score, _ in others]).tobytes())
            row[2::_CELLS] = array("q", [both for _, _, both in others])
            self._rows[item] = row.tobytes()
        self.names: Sequence[str] = tuple(numbers)

    def links(self, items: Sequence[str], /) -> Links:
        """The neighbours of these items; an unknown one has none."""
        return Links(items, [*map(self._rows.get, items, repeat(b""))])
