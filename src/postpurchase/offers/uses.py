"""How often offers were used, as far as it is known."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs


@frozen(kw_only=True)
class Used:
    """The uses of one scope: by everybody, by this customer, and what they took off."""

    total: int = 0
    by_customer: int = 0
    spent: Money | None = None


@frozen
class Usage:
    """The uses by scope; put it in what is known. What is not there was never used."""

    by_scope: Pairs[Used] = Pairs()

    def of(self, scope: str, /) -> Used:
        """The uses of a scope."""
        return self.by_scope.get(scope, _NEVER)


_NEVER: Final = Used()


class Undone(Enum):
    """What makes a use as if it had not been."""

    CANCELLED = "cancelled"
    """The order was cancelled."""
    REFUNDED = "refunded"
    """The order was fully refunded."""


_CANCELLED: Final = frozenset({Undone.CANCELLED})


def usage(
    histories: Iterable[History],
    /,
    *,
    scopes: Pairs[str],
    customer: str = "",
    undone: frozenset[Undone] = _CANCELLED,
) -> Usage:
    """Count the uses of codes in histories.

    Args:
        histories: those of everybody who may have used one.
        scopes: the scope that each code is counted for, by the code as it was entered.
        customer: the id of the customer whose own uses are told apart.
        undone: what gives a use back. An order that was cancelled does, one that was refunded
            does not, unless stated.
    """
    found: dict[str, Used] = {}
    for history in histories:
        orders = {order.id: order for order in history.orders}
        own = history.customer is not None and history.customer.id == customer
        for fact in history.all(CouponRedeemed):
            scope = scopes.get(fact.code)
            if scope is None or _is_undone(orders.get(fact.order), undone):
                continue
            used = found.get(scope, _NEVER)
            found[scope] = evolve(
                used,
                total=used.total + 1,
                by_customer=used.by_customer + own,
                spent=_sum(used.spent, fact.amount),
            )
    return Usage(Pairs(found))


def _is_undone(order: Order | None, undone: frozenset[Undone]) -> bool:
    if order is None:
        return False
    return (Undone.CANCELLED in undone and order.cancelled) or (
        Undone.REFUNDED in undone and order.fully_refunded
    )


def _sum(spent: Money | None, more: Money | None) -> Money | None:
    return more if spent is None else spent if more is None else spent + more
