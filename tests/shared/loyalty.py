"""A club that gives a point for each euro: orders, refunds, and what is due when it is asked."""

from datetime import datetime

from postpurchase.domain.history import History
from postpurchase.domain.order import Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.rule import Known
from postpurchase.rewards import Earn, Earning, Entry, Ledger, Programme
from till import ONE, day, eur

BASE = Earning(rules=(Earn(name="base", points=1, per=ONE),))


def order(amount: str, *refunds: Refund, id: str = "1", on: float = 0) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(amount)),),
        payments=(Payment(id="p", at=day(on), amount=eur(amount)),),
        refunds=refunds,
    )


def refund(amount: str, on: float, id: str = "r1") -> Refund:
    return Refund(
        id=id,
        at=day(on),
        amount=eur(amount),
        lines=(RefundLine(line="l1", amount=eur(amount)),),
    )


def due(
    programme: Programme, history: History, at: datetime, entries: tuple[Entry, ...] = ()
) -> tuple[Entry, ...]:
    decision = programme.decide(history, at=at, known=Known(Ledger(entries)))
    return decision.value.entries if decision else ()
