"""What was bought together: a frozen table of integers, and everything that follows from them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from html import escape
from math import sqrt
from typing import Self, TypeAlias

from attrs import field, frozen
from typing_extensions import override

from postpurchase.errors import InvalidPairs
from postpurchase.recommend.counts import Counts
from postpurchase.recommend.scored import Scored

Exact: TypeAlias = Fraction | Decimal | int
"""A threshold without rounding: `Fraction(1, 5)` or `Decimal("0.2")`, never `0.2`."""

Score: TypeAlias = Callable[[Counts], float]
"""How strongly the second product goes with the first; the greater, the stronger."""

Neighbours: TypeAlias = tuple[tuple[str, int], ...]
"""Other items and the baskets that hold both, the strongest first."""

SHRINK = 20
"""Baskets that the default score adds to each product's count.

It keeps chance pairs of rare products down. On held-out new items of two real shops this score
is among the best of nine (recall@10 .073 and .057); raw lift falls below plain bestsellers.
"""


def shrunk_cosine(counts: Counts, /) -> float:
    """The default score: `both / sqrt((first + 20) * (second + 20))`, 0 to 1."""
    return counts.both / sqrt((counts.first + SHRINK) * (counts.second + SHRINK))


@frozen
class Link:
    """One direction of a pair: of those who bought the first, so many bought the second."""

    first: str
    second: str
    counts: Counts


def _once(table: "PairTable", _: object, items: tuple[tuple[str, int], ...], /) -> None:
    if len(dict(items)) != len(items):
        raise InvalidPairs(problem="an item has two counts")
    most, item = max([(count, item) for item, count in items], default=(0, ""))
    if most > table.baskets:
        problem = f"{item!r} is in {most} baskets of {table.baskets}: count them all"
        raise InvalidPairs(problem=problem)


def _whole(_: object, attribute: object, limit: int | None, /) -> None:
    if limit is not None and limit < 1:
        name: str = getattr(attribute, "name", "")
        raise InvalidPairs(problem=f"{name} must be 1 or more, got {limit}")


def _fitting(table: "PairTable", _: object, pairs: tuple[tuple[str, Neighbours], ...], /) -> None:
    counts = dict(table.items)
    for first, near in pairs:
        own = counts.get(first, 0)
        for second, both in near:
            if first == second or not 0 < both <= min(own, counts.get(second, 0)):
                message = f"{first!r} with {second!r} in {both} baskets does not fit their counts"
                raise InvalidPairs(problem=message)


@frozen(kw_only=True, repr=False)
class PairTable:
    """How often products were bought together, in integers. `mine_pairs` makes one.

    Attributes:
        baskets: baskets counted; those of one item are, those skipped are not.
        items: each item and its baskets, ascending by item.
        pairs: each item and its neighbours, ascending by item. Each direction stands for
            itself, because an item keeps its own strongest.
        min_count: every pair bought together at least this often is here, if `top` left it.
        top: how many neighbours an item kept at most; None for all of them.
        skipped: baskets left out because they were too large to say anything.
    """

    baskets: int
    items: tuple[tuple[str, int], ...] = field(validator=_once)
    pairs: tuple[tuple[str, Neighbours], ...] = field(validator=_fitting)
    min_count: int = field(default=1, validator=_whole)
    top: int | None = field(default=None, validator=_whole)
    skipped: int = 0

    @classmethod
    def of(
        cls,
        *,
        baskets: int,
        counts: Mapping[str, int],
        near: Mapping[str, Iterable[tuple[str, int]]],
        min_count: int = 1,
        top: int | None = None,
        skipped: int = 0,
    ) -> Self:
        """A table of counts that were made elsewhere, brought into order and cut to *top*.

        Args:
            baskets: baskets counted.
            counts: baskets of each item.
            near: for each item its neighbours with the baskets that hold both, both directions.
            min_count: the least count of a pair that was looked for.
            top: neighbours to keep of each item, the strongest first; None keeps all.
            skipped: baskets left out.
        """
        pairs = ((item, _strongest(others, counts)[:top]) for item, others in sorted(near.items()))
        return cls(
            baskets=baskets,
            items=tuple(sorted(counts.items())),
            pairs=tuple((item, others) for item, others in pairs if others),
            min_count=min_count,
            top=top,
            skipped=skipped,
        )

    @cached_property
    def _counts(self) -> dict[str, int]:
        return dict(self.items)

    @cached_property
    def _near(self) -> dict[str, Neighbours]:
        return dict(self.pairs)

    @cached_property
    def _scored(self) -> dict[int, Scored]:
        return {}

    def count(self, item: str, /) -> int:
        """Baskets with this item; 0 for one that was bought less than `min_count` times."""
        return self._counts.get(item, 0)

    def near(self, item: str, /) -> Neighbours:
        """What goes with this item, the strongest first: ids and baskets that hold both."""
        return self._near.get(item, ())

    def scored(self, evidence: int = 1, /) -> Scored:
        """The default score of every pair that at least *evidence* baskets hold. Remembered."""
        found = self._scored.get(evidence)
        if found is None:
            count = self._counts
            near = {
                item: [
                    (other, both / sqrt((count[item] + SHRINK) * (count[other] + SHRINK)), both)
                    for other, both in others
                    if both >= evidence
                ]
                for item, others in self.pairs
            }
            found = self._scored[evidence] = Scored(near)
        return found

    def counts(self, first: str, second: str, /) -> Counts | None:
        """The integers of this pair in this direction, or None where it is not in the table."""
        both = dict(self.near(first)).get(second)
        return None if both is None else self._link(first, second, both).counts

    def links(
        self, *, support: Exact = 0, confidence: Exact = 0, lift: Exact = 0
    ) -> Iterator[Link]:
        """Every pair, in each direction, that reaches all thresholds; compared as integers.

        Args:
            support: least share of baskets with both, 0 to 1.
            confidence: least share of the first item's baskets that hold the second, 0 to 1.
            lift: least ratio to chance.

        Raises:
            InvalidPairs: a threshold is a float, which would lose pairs that reach it exactly.
        """
        least = tuple(_ratio(value) for value in (support, confidence, lift))
        for first, others in self.pairs:
            for second, both in others:
                link = self._link(first, second, both)
                if all(
                    reached >= asked for reached, asked in zip(_exact(link), least, strict=True)
                ):
                    yield link

    def _link(self, first: str, second: str, both: int, /) -> Link:
        a, b = self._counts[first], self._counts[second]
        both = max(both, a + b - self.baskets)  # merged cut tables: their sum is a lower bound
        return Link(first, second, Counts(baskets=self.baskets, first=a, second=b, both=both))

    def ranked(self, item: str, /, *, score: Score = shrunk_cosine) -> tuple[Link, ...]:
        """What goes with this item by any score; ties by popularity, then by id."""
        links = (self._link(item, other, both) for other, both in self.near(item))
        keyed = ((-score(link.counts), -link.counts.second, link.second, link) for link in links)
        return tuple(entry[-1] for entry in sorted(keyed, key=lambda entry: entry[:3]))

    def merge(self, other: "PairTable", /) -> "PairTable":
        """Both tables as one, for orders that are in one of them only.

        The same as mining all orders together when both were mined with `min_count=1` and no
        `top`. Otherwise the counts are lower bounds, and a pair below the new `min_count` may
        be missing. Tables by customer need customers that are in one of them only.
        """
        near = {item: Counter(dict(others)) for item, others in self.pairs}
        for item, others in other.pairs:
            near.setdefault(item, Counter()).update(dict(others))
        tops = [top for top in (self.top, other.top) if top is not None]
        return PairTable.of(
            baskets=self.baskets + other.baskets,
            counts=Counter(self._counts) + Counter(dict(other.items)),
            near={item: counts.items() for item, counts in near.items()},
            min_count=self.min_count + other.min_count - 1,
            top=min(tops, default=None),
            skipped=self.skipped + other.skipped,
        )

    def to_json(self) -> str:
        """The table as JSON: integers and ids only, the same text for the same table."""
        return json.dumps(
            {
                "baskets": self.baskets,
                "min_count": self.min_count,
                "top": self.top,
                "skipped": self.skipped,
                "items": self._counts,
                "pairs": {item: dict(others) for item, others in self.pairs},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str, /) -> Self:
        """The table that `to_json` wrote.

        Raises:
            InvalidPairs: the text is not such a table; the message says what is wrong.
        """
        try:
            data = json.loads(text)
            pairs = {item: _integers(others).items() for item, others in data["pairs"].items()}
            top = data["top"]
            sizes = _integers({key: data[key] for key in ("baskets", "min_count", "skipped")})
            counts = _integers(data["items"])
            _integers({} if top is None else {"top": top})
        except InvalidPairs:
            raise
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as wrong:
            raise InvalidPairs(problem=f"{type(wrong).__name__}: {wrong}") from wrong
        return cls.of(counts=counts, near=pairs, top=top, **sizes)

    @override
    def __repr__(self) -> str:
        links = sum(len(others) for _, others in self.pairs)
        return f"<PairTable of {self.baskets} baskets, {len(self.items)} items, {links} links>"

    def _repr_html_(self) -> str:
        links = sorted(self.links(), key=lambda link: (-link.counts.both, link.first, link.second))
        rows = "".join(
            f"<tr><td>{escape(link.first)}</td><td>{escape(link.second)}</td>"
            f"<td>{link.counts.both}</td><td>{shrunk_cosine(link.counts):.3f}</td></tr>"
            for link in links[:20]
        )
        head = "<tr><th>who buys</th><th>buys</th><th>baskets</th><th>score</th></tr>"
        return (
            f"<p>{escape(repr(self))}</p><table><thead>{head}</thead><tbody>{rows}</tbody></table>"
        )


def _strongest(others: Iterable[tuple[str, int]], counts: Mapping[str, int], /) -> Neighbours:
    """In order of the default score; the first item is the same for all, so it is left out."""
    keyed = [
        (-both * both / (counts.get(other, 0) + SHRINK), -counts.get(other, 0), other, both)
        for other, both in others
    ]
    return tuple((other, both) for _, _, other, both in sorted(keyed))


def _ratio(value: Exact, /) -> Fraction:
    if isinstance(value, float):
        problem = f"a threshold must be exact, got {value!r}: use Fraction or Decimal"
        raise InvalidPairs(problem=problem)
    return Fraction(value)


def _exact(link: Link, /) -> tuple[Fraction, Fraction, Fraction]:
    n, both = link.counts.baskets, link.counts.both
    first, second = link.counts.first, link.counts.second
    return (Fraction(both, n), Fraction(both, first), Fraction(n * both, first * second))


def _integers(values: Mapping[str, object], /) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in values.items():
        if type(value) is not int or value < 0:
            problem = f"{name!r} must be a whole number of 0 or more, got {value!r}"
            raise InvalidPairs(problem=problem)
        found[name] = value
    return found
