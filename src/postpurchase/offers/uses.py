"""How often offers were used, as far as it is known."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import frozen

from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.offers.code import normalised


@frozen(kw_only=True)
class Used:
    """The uses of one scope.

    Attributes:
        total: by everybody together.
        by_customer: by the customer in question.
        spent: what they took off, an amount for each currency.
    """

    total: int = 0
    by_customer: int = 0
    spent: tuple[Money, ...] = ()

    def again(self, amount: Money | None, /) -> "Used":
        """With one more use by this customer, and what it took off if that is known."""
        return Used(
            total=self.total + 1, by_customer=self.by_customer + 1, spent=_more(self.spent, amount)
        )

    def by_another(self, amount: Money | None, /) -> "Used":
        """With one more use by somebody else."""
        return Used(
            total=self.total + 1, by_customer=self.by_customer, spent=_more(self.spent, amount)
        )

    def spent_in(self, currency: str, /) -> Money:
        """What they took off in a currency."""
        return Money.sum(
            (each for each in self.spent if each.currency == currency), currency=currency
        )


@frozen
class Usage:
    """The uses by scope; put it in what is known. What is not there was never used."""

    by_scope: Pairs[Used] = Pairs()

    def of(self, scope: str, /) -> Used:
        """The uses of a scope."""
        return self.by_scope.get(scope, NEVER)


NEVER: Final = Used()
"""No use at all."""


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
        scopes: the scope that each code is counted for, by the code; how it was typed, in any case
            and with any separators, makes no difference.
        customer: the id of the customer whose own uses are told apart.
        undone: what gives a use back. An order that was cancelled does, one that was refunded
            does not, unless stated.
    """
    found: dict[str, Used] = {}
    by_code = {normalised(code): scope for code, scope in scopes.items()}
    for history in histories:
        orders = {order.id: order for order in history.orders}
        own = history.customer is not None and history.customer.id == customer
        for fact in history.all(CouponRedeemed):
            scope = by_code.get(normalised(fact.code))
            if scope is None or _is_undone(orders.get(fact.order), undone):
                continue
            used = found.get(scope, NEVER)
            found[scope] = used.again(fact.amount) if own else used.by_another(fact.amount)
    return Usage(Pairs(found))


def _is_undone(order: Order | None, undone: frozenset[Undone]) -> bool:
    if order is None:
        return False
    return (Undone.CANCELLED in undone and order.cancelled) or (
        Undone.REFUNDED in undone and order.fully_refunded
    )


def _more(spent: tuple[Money, ...], more: Money | None) -> tuple[Money, ...]:
    if more is None:
        return spent
    by_currency = {each.currency: each for each in spent}
    before = by_currency.get(more.currency)
    by_currency[more.currency] = more if before is None else before + more
    return tuple([by_currency[currency] for currency in sorted(by_currency)])
