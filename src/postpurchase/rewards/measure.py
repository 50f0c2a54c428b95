"""What is counted towards a tier."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from math import floor
from typing import Final, TypeAlias

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
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
    """What is counted: money spent, points earned, or orders."""

    __slots__ = ()

    @abstractmethod
    def counting(self, history: History, known: Known, /) -> Count:
        """How to count a history."""

    @abstractmethod
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        """The instants at which the count may change."""

    def money(self, count: int, /) -> Money | None:  # noqa: ARG002 - spending overrides this
        """A count as money; None where it is not money."""
        return None


def _orders_known(history: History, since: datetime, at: datetime) -> list[Order]:
    known = history.until(at)
    return [order for order in known.orders if order.paid and since <= order.at <= at]


def _order_marks(history: History) -> Iterable[datetime]:
    for order in history.orders:
        yield order.recorded_at
        for part in (*order.payments, *order.refunds, *order.cancellations):
            yield part.recorded_at


@frozen(kw_only=True)
class Spend(Measure):
    """Money spent in one currency, without what was refunded; points that wait count."""

    currency: str
    basis: Basis = _BASIS
    selection: Selection = _ALL

    @override
    def counting(self, history: History, known: Known, /) -> Count:
        catalog = known.find(Catalog)

        def count(since: datetime, at: datetime) -> int:
            orders = _orders_known(history, since, at)
            return sum(
                floor(
                    self.basis.of(order, order.refunds, selection=self.selection, catalog=catalog)
                )
                for order in orders
                if order.currency == self.currency
            )

        return count

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
        def count(since: datetime, at: datetime) -> int:
            orders = _orders_known(history, since, at)
            return sum(not (order.cancelled or order.fully_refunded) for order in orders)

        return count

    @override
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        return _order_marks(history)


_EARNED: Final = {EntryKind.EARN: 1, EntryKind.CLAWBACK: -1}


@frozen
class PointsEarned(Measure):
    """Points earned less points taken back, whether they were spent or not; needs a `Ledger`."""

    @override
    def counting(self, history: History, known: Known, /) -> Count:
        entries = _entries(known)

        def count(since: datetime, at: datetime) -> int:
            return sum(
                _EARNED.get(entry.kind, 0) * entry.points
                for entry in entries
                if since <= entry.at <= at
            )

        return count

    @override
    def marks(self, history: History, known: Known, /) -> Iterable[datetime]:
        return [entry.at for entry in _entries(known) if entry.kind in _EARNED]


def _entries(known: Known) -> tuple[Entry, ...]:
    ledger = known.find(Ledger)
    return () if ledger is None else ledger.entries
