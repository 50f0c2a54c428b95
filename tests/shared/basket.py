"""Baskets of several lines, paid in full, and the points that buying them earns."""

from attrs import evolve

from postpurchase.domain.order import Line, Order, Payment, Refund, Shipping, Tax
from postpurchase.domain.rule import Known
from postpurchase.rewards import Deed, Earning, Trigger
from till import day, eur


def line(amount: str, id: str = "l1") -> Line:
    return Line(id=id, sku=f"sku-{id}", unit_price=eur(amount))


def order(*lines: Line, id: str = "1", on: float = 0, shipping: str = "") -> Order:
    ways = (Shipping(price=eur(shipping), taxes=(Tax(amount=eur("0.50")),)),) if shipping else ()
    bare = Order(id=id, at=day(on), currency="EUR", lines=lines, shipping=ways)
    return evolve(bare, payments=(Payment(id="p", at=day(on), amount=bare.total),))


def deed(bought: Order, *refunds: Refund, number: int = 1) -> Deed:
    return Deed(
        trigger=Trigger.ORDER,
        id=bought.id,
        at=bought.at,
        order=bought,
        number=number,
        refunds=refunds,
    )


def points(earning: Earning, what: Deed, *known: object) -> int:
    decision = earning.decide(what, at=day(999), known=Known(*known))
    return decision.value.points if decision else 0
