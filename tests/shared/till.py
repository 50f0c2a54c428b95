"""Orders of one line, their refunds, and a club of points asked day after day."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.rule import Known
from postpurchase.rewards import Boost, Clawback, Earn, Earning, Entry, Ledger, Programme

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


ONE = eur("1.00")
BASE = Earn(name="base", points=1, per=ONE)


def order(id: str, amount: str, on: float, *refunds: Refund, paid: float | None = None) -> Order:
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=(Line(id="l1", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=day(on if paid is None else paid), amount=eur(amount)),),
        refunds=refunds,
    )


def back(amount: str, on: float, id: str = "r1") -> Refund:
    lines = (RefundLine(line="l1", quantity=0, amount=eur(amount)),)
    return Refund(id=id, at=day(on), amount=eur(amount), lines=lines)


def club(*rules: Earn, boosts: tuple[Boost, ...] = ()) -> Programme:
    return Programme(
        name="club",
        earning=Earning(rules=rules, boosts=boosts),
        clawback=Clawback.ALLOW_NEGATIVE,
    )


def ledger(
    programme: Programme, history: History, days: Iterable[float], *known: object
) -> tuple[Entry, ...]:
    rows: tuple[Entry, ...] = ()
    for on in days:
        decision = programme.decide(history, at=day(on), known=Known(Ledger(rows), *known))
        rows += decision.value.entries if decision else ()
    return rows


def points(rows: Iterable[Entry]) -> dict[str, int]:
    return {row.key: row.points for row in rows}
