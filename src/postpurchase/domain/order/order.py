"""An order, its totals to the minor unit, and what is left of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from attrs import Factory, evolve, field, frozen
from attrs.converters import optional
from typing_extensions import override

from postpurchase.domain.customer.address import Address
from postpurchase.domain.expected import expected_all
from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.order.line import Amounting, Charge, Line, Shipping, summed
from postpurchase.domain.order.paid import Cancellation, Payment, PaymentState, Refund
from postpurchase.domain.order.promise import Promise
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidFact

A = TypeVar("A", bound=Amounting)
F = TypeVar("F", bound=Fact)


def _one_currency(order: "Order", _: object, lines: tuple[Line, ...], /) -> None:
    for line in lines:
        if line.unit_price.currency != order.currency:
            raise InvalidFact(
                fact="Order",
                name="lines",
                got=line.unit_price,
                expected=f"money in {order.currency}, the currency of order {order.id}",
            )
    if len({line.id for line in lines}) != len(lines):
        ids = [line.id for line in lines]
        raise InvalidFact(fact="Order", name="lines", got=ids, expected="each line id once")


def _currency(order: "Order", /) -> str:
    return order.currency


@frozen(kw_only=True, repr=False)
class Order(Fact):
    """What a customer bought, once.

    Amounts are in the currency that the customer paid in; the shop's own currency and totals
    stand beside them.

    Attributes:
        at: when it was placed; in UTC.
        customer: the id of who bought, where the order says so.
        currency: ISO 4217 code of what was paid.
        number: what people call it, such as `#1001`; its id unless told otherwise.
        taxes_included: whether prices include the taxes that stand on the lines.
        shop_currency: what the shop counts in; the same unless told otherwise.
        shop_total: the total in the shop's currency, where that differs.
        channel: where it was placed, such as `web`, `app`, `pos`.
        marketplace: the marketplace that sold it; it may forbid writing to the customer.
        locale, zone: the customer's at that time: BCP 47, and the zone.
        ship_to, bill_to: addresses; None where there is none.
        email, phone: who to write to, for a guest who is known from this order alone.
        codes: what the customer typed to get a discount.
        attributes: what the customer or the shop wrote on the order.
        policies: the version in force of each policy, such as `Pairs(returns="2026-03")`; later
            versions never take anything away.
        updated_at: when the platform last changed it; in UTC.
        declared: totals that the platform states, by the platform's names; `reconcile` of a gate
            compares them and nothing here uses them.
    """

    currency: str
    lines: tuple[Line, ...] = field(
        validator=[expected_all(Line, "a tuple of lines, such as (Line(...),)"), _one_currency]
    )
    customer: str | None = None
    number: str = ""
    shipping: tuple[Shipping, ...] = ()
    charges: tuple[Charge, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    cancellations: tuple[Cancellation, ...] = ()
    taxes_included: bool = False
    shop_currency: str = Factory(_currency, takes_self=True)
    shop_total: Money | None = None
    channel: str = ""
    marketplace: str = ""
    locale: str | None = None
    zone: ZoneInfo | None = None
    ship_to: Address | None = None
    bill_to: Address | None = None
    email: str | None = None
    phone: str | None = None
    gift_message: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    attributes: Pairs[str] = Pairs()
    policies: Pairs[str] = Pairs()
    promise: Promise | None = None
    url: str = ""
    updated_at: datetime | None = field(default=None, converter=optional(instant))
    declared: Pairs[Money] = Pairs()

    @override
    def until(self, at: datetime, /) -> Self:
        """This order as it was known: later payments, refunds and cancellations are not in it."""
        if not (self.payments or self.refunds or self.cancellations):
            return self
        return evolve(
            self,
            payments=_known(self.payments, at),
            refunds=_known(self.refunds, at),
            cancellations=_known(self.cancellations, at),
        )

    @property
    @override
    def as_of(self) -> datetime:
        """When the platform last changed it, or the newest payment, refund or cancellation."""
        parts = (*self.payments, *self.refunds, *self.cancellations)
        if not parts and self.updated_at is None:
            return self.recorded_at
        newest = max((part.recorded_at for part in parts), default=self.recorded_at)
        return max(newest, self.updated_at or newest, self.recorded_at)

    def joined(self, parts: Iterable[Payment | Refund | Cancellation], /) -> Self:
        """This order with those of *parts* that name it; of one id the newest version counts."""
        own = tuple(part for part in parts if part.order == self.id)
        if not own:
            return self
        return evolve(
            self,
            payments=_newest((*self.payments, *_of(Payment, own))),
            refunds=_newest((*self.refunds, *_of(Refund, own))),
            cancellations=_newest((*self.cancellations, *_of(Cancellation, own))),
        )

    def line(self, id: str, /) -> Line | None:
        """The line of this id."""
        return next((line for line in self.lines if line.id == id), None)

    @property
    def subtotal(self) -> Money:
        """All lines as listed, before discounts."""
        return Money.sum((line.listed for line in self.lines), currency=self.currency)

    @property
    def discount(self) -> Money:
        """All that was taken off lines and shipping."""
        lines = (each for line in self.lines for each in line.discounts)
        shipping = (each for charge in self.shipping for each in charge.discounts)
        return summed((*lines, *shipping), self.currency)

    @property
    def tax(self) -> Money:
        """All taxes, whether included in the prices or on top."""
        lines = (line.tax for line in self.lines)
        shipping = (each.tax for each in self.shipping)
        charges = (charge.tax for charge in self.charges if charge.tax)
        return Money.sum((*lines, *shipping, *charges), currency=self.currency)

    @property
    def shipping_total(self) -> Money:
        """All charges for sending, after discounts."""
        return Money.sum((each.net for each in self.shipping), currency=self.currency)

    @property
    def charged(self) -> Money:
        """All charges beside lines and shipping, without tax on top."""
        return summed(self.charges, self.currency)

    @cached_property
    def total(self) -> Money:
        """What was to be paid: lines, shipping and charges, discounts off, taxes on top."""
        net = Money.sum((line.net for line in self.lines), currency=self.currency)
        total = net + self.shipping_total + self.charged
        return total if self.taxes_included else total + self.tax

    @property
    def paid(self) -> Money:
        """What was captured in the order's currency; other money is not counted."""
        captured = (each for each in self.payments if each.state is PaymentState.CAPTURED)
        return summed(self._own(captured), self.currency)

    @property
    def refunded(self) -> Money:
        """What went back in the order's currency; other money is not counted."""
        return summed(self._own(self.refunds), self.currency)

    def _own(self, parts: Iterable[A], /) -> Iterator[A]:
        return (part for part in parts if part.amount.currency == self.currency)

    @cached_property
    def _refunded_units(self) -> dict[str, int]:
        return _counted((part.line, part.quantity) for each in self.refunds for part in each.lines)

    @cached_property
    def cancelled_units(self) -> Pairs[int]:
        """How many units of each line will not be sent."""
        if any(not each.lines for each in self.cancellations):
            return Pairs({line.id: line.quantity for line in self.lines})
        return Pairs(_counted(pair for each in self.cancellations for pair in each.lines.items()))

    @cached_property
    def kept(self) -> Pairs[int]:
        """How many units of each line were neither refunded nor cancelled, where there are any.

        A refund of a line that was cancelled in part is taken to be for the cancelled units first.
        """
        gone, back = self.cancelled_units, self._refunded_units
        left = {
            line.id: line.quantity - max(gone.get(line.id, 0), back.get(line.id, 0))
            for line in self.lines
        }
        return Pairs({id: units for id, units in left.items() if units > 0})

    @cached_property
    def kept_lines(self) -> tuple[Line, ...]:
        """The lines of which some units were kept, as ordered; `kept` says how many."""
        if self.refunds or self.cancellations:
            return tuple(line for line in self.lines if line.id in self.kept)
        return tuple([line for line in self.lines if line.quantity])

    @property
    def cancelled(self) -> bool:
        """Whether nothing of it will be sent: it was cancelled whole, or line by line."""
        gone = self.cancelled_units
        return bool(self.cancellations) and all(
            gone.get(line.id, 0) >= line.quantity for line in self.lines
        )

    @property
    def fully_refunded(self) -> bool:
        """Whether all the money went back, or every unit did."""
        if not self.refunds:
            return False
        back = self._refunded_units
        every_unit = all(back.get(line.id, 0) >= line.quantity for line in self.lines)
        return (bool(self.total) and self.refunded >= self.total) or every_unit

    @override
    def __repr__(self) -> str:
        became = "cancelled" if self.cancelled else "refunded" if self.fully_refunded else ""
        units = sum(line.quantity for line in self.lines)
        count = f"{units} unit" if units == 1 else f"{units} units"
        parts = (f"{self.at:%Y-%m-%d}", count, str(self.total), became)
        return f"<Order {self.number or self.id}: {', '.join(part for part in parts if part)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{line.quantity}</td><td>{escape(line.title or line.sku)}</td>"
            f"<td>{escape(str(line.net))}</td></tr>"
            for line in self.lines
        )
        foot = f"<tr><td></td><td>total</td><td>{escape(str(self.total))}</td></tr>"
        return f"<table><caption>{escape(repr(self))}</caption>{rows}{foot}</table>"


def _known(facts: tuple[F, ...], at: datetime, /) -> tuple[F, ...]:
    return tuple(fact for fact in facts if fact.recorded_at <= at)


def _of(kind: type[F], parts: tuple[Fact, ...], /) -> tuple[F, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _newest(facts: tuple[F, ...], /) -> tuple[F, ...]:
    return tuple({fact.id: fact for fact in sorted(facts, key=_recorded)}.values())


def _recorded(fact: Fact, /) -> tuple[datetime, str]:
    return (fact.recorded_at, repr(fact))


def _counted(pairs: Iterable[tuple[str, int]], /) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, count in pairs:
        counts[name] = counts.get(name, 0) + count
    return counts
