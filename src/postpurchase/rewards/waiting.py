"""How long points wait before they can be used."""

from abc import ABC, abstractmethod
from datetime import datetime, tzinfo
from typing import Final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Direction, Fulfilment, progress


class Waiting(ABC):
    """Until when the points of an order are pending."""

    __slots__ = ()

    @abstractmethod
    def at_once(self, paid_at: datetime, zone: tzinfo, /) -> datetime | None:
        """The instant that is known as soon as the order is paid; None waits for a fact."""

    def later(self, order: Order, history: History, zone: tzinfo, /) -> datetime | None:  # noqa: ARG002 - those that wait for a fact override this
        """The instant that the facts of the order tell; None while they do not."""
        return None


@frozen
class NoWaiting(Waiting):
    """Points can be used as soon as the order is paid."""

    @override
    def at_once(self, paid_at: datetime, zone: tzinfo, /) -> datetime:
        return paid_at


@frozen
class WaitFor(Waiting):
    """Points wait for a stated time from the payment."""

    duration: Duration

    @override
    def at_once(self, paid_at: datetime, zone: tzinfo, /) -> datetime:
        return self.duration.after(paid_at, zone)


@frozen
class UntilShipped(Waiting):
    """Points wait until every unit is on its way."""

    @override
    def at_once(self, paid_at: datetime, zone: tzinfo, /) -> None:
        return None

    @override
    def later(self, order: Order, history: History, zone: tzinfo, /) -> datetime | None:
        come = progress(order, history.shipments)
        if come.fulfilment is not Fulfilment.FULL:
            return None
        parcels = (
            each
            for each in history.shipments
            if each.order == order.id and each.direction is Direction.OUTBOUND
        )
        return max((each.recorded_at for each in parcels), default=None)


_A_FORTNIGHT: Final = Duration(days=14)


@frozen
class UntilReturnWindow(Waiting):
    """Points wait until the order is there and the time to send it back has passed."""

    window: Duration = _A_FORTNIGHT

    @override
    def at_once(self, paid_at: datetime, zone: tzinfo, /) -> None:
        return None

    @override
    def later(self, order: Order, history: History, zone: tzinfo, /) -> datetime | None:
        there = progress(order, history.shipments).delivered_at
        return None if there is None else self.window.after(there, zone)
