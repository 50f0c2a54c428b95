"""What is counted towards a tier."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import accumulate
from math import floor
from typing import ClassVar, Final, TypeAlias

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Order, Payment, Refund
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.rewards.basis import Basis
from postpurchase.rewards.entry import Entry, EntryKind

Count: TypeAlias = Callable[[datetime, datetime], int]
"""What counts from an instant, included, to another, included, as it was known at the latter."""

_BASIS: Final = Basis()
_ALL: Final = Selection()


@frozen
class Ledger:
    """The entries of one account so far; put it in what is known."""

    entries: tuple[Entry, ...] = ()


class Measure(ABC):
    """What is counted: money spent, points earned, or orders.

    Attributes:
        of_entries: whether entries of the `Ledger` are counted, so that new ones change the count.
    """

    __slots__ = ()
    of_entries: ClassVar[bool] = False

    @abstractmethod
    def counting(self, history: History, known: Known, /) -> Count:
        """How to count a history."""

    @abstractmethod
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        """The instants at which the count may change."""

    def money(self, count: int, /) -> Money | None:  # noqa: ARG002 - spending overrides this
        """A count as money; None where it is not money."""
        return None


def _by_order(history: History) -> Iterable[tuple[History, list[datetime]]]:
    """What is known of each order alone, and the instants at which it became known."""
    known: dict[str, list[Order | Payment | Refund | Cancellation]] = {}
    marks: dict[str, list[datetime]] = {}
    for fact in history.facts:
        if isinstance(fact, Order):
            parts = (fact, *fact.payments, *fact.refunds, *fact.cancellations)
            marks.setdefault(fact.id, []).extend(part.recorded_at for part in parts)
            known.setdefault(fact.id, []).append(fact)
        elif isinstance(fact, Payment | Refund | Cancellation):
            marks.setdefault(fact.order, []).append(fact.recorded_at)
            known.setdefault(fact.order, []).append(fact)
    return [(History.of(*known[id]), sorted(set(marks[id]))) for id in known]


def _order_marks(history: History) -> Iterable[datetime]:
    return (mark for _, marks in _by_order(history) for mark in marks)


def _counting(history: History, value: Callable[[Order], int]) -> Count:
    """How to count orders; each is looked at once for every instant at which it changed."""
    lives = [
        (marks, [_known_at(own, mark, value) for mark in marks])
        for own, marks in _by_order(history)
    ]

    def count(since: datetime, at: datetime) -> int:
        total = 0
        for marks, values in lives:
            place = bisect_right(marks, at)
            if place:
                placed, worth = values[place - 1]
                total += worth if since <= placed <= at else 0
        return total

    return count


def _known_at(own: History, mark: datetime, value: Callable[[Order], int]) -> tuple[datetime, int]:
    """When an order was placed and what it is worth, as known at an instant; unpaid it is 0."""
    found = [(order.at, value(order)) for order in own.until(mark).orders if order.paid]
    return found[0] if found else (mark, 0)


@frozen(kw_only=True)
class Spend(Measure):
    """Money spent in one currency, without what was refunded; points that wait count."""

    currency: str
    basis: Basis = _BASIS
    selection: Selection = _ALL

    @override
    def counting(self, history: History, known: Known, /) -> Count:
        basis, catalog = self.basis, known.find(Catalog)

        def worth(order: Order) -> int:
            if order.currency != self.currency:
                return 0
            return floor(basis.of(order, order.refunds, selection=self.selection, catalog=catalog))

        return _counting(history, worth)

    @override
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        return _order_marks(history)

    @override
    def money(self, count: int, /) -> Money:
        return Money(count, self.currency)


@frozen
class Orders(Measure):
    """Orders that were paid and not cancelled or fully refunded."""

    @override
    def counting(self, history: History, known: Known, /) -> Count:
        return _counting(history, _kept)

    @override
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        return _order_marks(history)


def _kept(order: Order) -> int:
    return not (order.cancelled or order.fully_refunded)


_EARNED: Final = {EntryKind.EARN: 1, EntryKind.CLAWBACK: -1}


@frozen
class PointsEarned(Measure):
    """Points earned less points taken back, whether they were spent or not; needs a `Ledger`."""

    of_entries: ClassVar[bool] = True

    @override
    def counting(self, history: History, known: Known, /) -> Count:
        rows = sorted(_earned(known), key=_at)
        marks = [row.at for row in rows]
        sums = [0, *accumulate(_EARNED[row.kind] * row.points for row in rows)]

        def count(since: datetime, at: datetime) -> int:
            first, last = bisect_left(marks, since), bisect_right(marks, at)
            return sums[max(first, last)] - sums[first]

        return count

    @override
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        return [row.at for row in _earned(known)]


def _earned(known: Known) -> list[Entry]:
    ledger = known.find(Ledger) or Ledger()
    return [row for row in ledger.entries if row.kind in _EARNED]


def _at(row: Entry) -> datetime:
    return row.at
