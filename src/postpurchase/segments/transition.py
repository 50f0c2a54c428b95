"""Who moved from where to where between two dates."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from html import escape

from attrs import frozen


@frozen
class Transitions:
    """How many customers moved from one segment to another; None is outside of all.

    Attributes:
        counts: from, to, how many; without pairs that nobody moved between.
    """

    counts: tuple[tuple[str | None, str | None, int], ...]

    def count(self, before: str | None, after: str | None, /) -> int:
        """How many customers were in one segment before and in the other after."""
        return sum(n for here, there, n in self.counts if (here, there) == (before, after))

    def left(self, segment: str, /) -> int:
        """How many were in a segment and are not any more."""
        return sum(n for here, there, n in self.counts if here == segment != there)

    def entered(self, segment: str, /) -> int:
        """How many are in a segment and were not before."""
        return sum(n for here, there, n in self.counts if there == segment != here)

    def share(self, before: str, after: str, /) -> Fraction | None:
        """The share of those before who are in the other after; None where nobody was."""
        size = sum(n for here, _, n in self.counts if here == before)
        return Fraction(self.count(before, after), size) if size else None

    @property
    def names(self) -> tuple[str, ...]:
        """All segments that somebody was or is in."""
        both = {name for here, there, _ in self.counts for name in (here, there)}
        return tuple(sorted(name for name in both if name is not None))

    def _repr_html_(self) -> str:
        names = (*self.names, None)
        head = "".join(f"<th>{_shown(name)}</th>" for name in names)
        rows = "".join(
            f"<tr><th>{_shown(here)}</th>"
            + "".join(f"<td>{self.count(here, there)}</td>" for there in names)
            + "</tr>"
            for here in names
        )
        return f"<table><tr><th>from, to</th>{head}</tr>{rows}</table>"


def _shown(name: str | None) -> str:
    return "—" if name is None else escape(name)


def transitions(before: Mapping[str, str], after: Mapping[str, str], /) -> Transitions:
    """Compare the segments of customers at two dates.

    Args:
        before: The segment of each customer at the earlier date, by id.
        after: The same at the later date; a customer may be in only one of the two.
    """
    moves = Counter((before.get(who), after.get(who)) for who in {*before, *after})
    return Transitions(
        tuple(
            (here, there, n)
            for (here, there), n in sorted(moves.items(), key=lambda move: _place(*move[0]))
        )
    )


def _place(here: str | None, there: str | None) -> tuple[bool, str, bool, str]:
    return (here is None, here or "", there is None, there or "")
