"""What is charged or given back, in money: its rows, its taxes, its sums. Nothing is rounded."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve, frozen

from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Refund, RefundLine, Tax
from postpurchase.messages.views import tidy
from postpurchase.pages import words
from postpurchase.pages.ink import Ink
from postpurchase.pages.invoice import Row, TaxRow

TaxKey: TypeAlias = tuple[str, Decimal | None]


@frozen(kw_only=True)
class Charged:
    """Something that is charged, before it is written out; `amount` has the discounts taken off."""

    title: str
    amount: Money
    options: str = ""
    sku: str = ""
    quantity: int = 0
    unit: Money | None = None
    discount: Money | None = None
    taxes: tuple[Tax, ...] = ()

    @property
    def tax(self) -> Money:
        """All its taxes."""
        return Money.sum((each.amount for each in self.taxes), currency=self.amount.currency)


@frozen(kw_only=True)
class Bill:
    """Everything that is charged; `taxes_included` says whether its amounts include the taxes."""

    currency: str
    taxes_included: bool
    parts: tuple[Charged, ...]

    @property
    def tax(self) -> Money:
        """All taxes."""
        return Money.sum((part.tax for part in self.parts), currency=self.currency)

    @property
    def total(self) -> Money:
        """What is to be paid, or goes back."""
        amount = Money.sum((part.amount for part in self.parts), currency=self.currency)
        return amount if self.taxes_included else amount + self.tax

    @property
    def net(self) -> Money:
        """The total without the taxes."""
        return self.total - self.tax

    def base(self, part: Charged, /) -> Money:
        """What the taxes of a part are taken of."""
        return part.amount - part.tax if self.taxes_included else part.amount

    def rows(self, ink: Ink, /) -> tuple[Row, ...]:
        """The parts, written out."""
        return tuple(_row(part, ink) for part in self.parts)

    def tax_rows(self, ink: Ink, /) -> tuple[TaxRow, ...]:
        """Each tax at each rate, in the order in which they first appear.

        What bears no tax stands last, so that the bases tell of everything; without any tax there
        is no row at all.
        """
        sums: dict[TaxKey, tuple[Money, Money]] = {}
        untaxed = Money.zero(self.currency)
        for part in self.parts:
            base = self.base(part)
            for tax in part.taxes:
                key = (tidy(tax.title), tax.rate)
                of, amount = sums.get(key, (Money.zero(self.currency),) * 2)
                sums[key] = (of + base, amount + tax.amount)
            if not part.taxes:
                untaxed += base
        rows = [
            _tax_row(name or ink.say(words.TAX), rate, of, amount, ink)
            for (name, rate), (of, amount) in sums.items()
        ]
        if rows and untaxed:
            nothing = Money.zero(self.currency)
            rows.append(_tax_row(ink.say(words.UNTAXED), None, untaxed, nothing, ink))
        return tuple(rows)


def charged(order: Order, ink: Ink, /) -> Bill:
    """Everything that an order charges for: its total is the order's."""
    parts = (*_lines(order), *_beside(order, ink))
    return Bill(currency=order.currency, taxes_included=order.taxes_included, parts=parts)


def given_back(refund: Refund, order: Order, ink: Ink, /) -> Bill:
    """Everything that a refund gives back: its total is the refund's amount.

    What the refund does not say the reason of stands last.
    """
    parts = tuple(_returned(refund, order, ink))
    known = Bill(currency=order.currency, taxes_included=order.taxes_included, parts=parts)
    rest = refund.amount - known.total
    if not rest:
        return known
    number = tidy(order.number or order.id)
    title = ink.say(words.ADJUSTMENT) if parts else ink.say(words.REFUND_OF, order=number)
    return evolve(known, parts=(*parts, Charged(title=title, amount=rest)))


def _lines(order: Order) -> Iterator[Charged]:
    for line in order.lines:
        yield evolve(
            _named(line, line.quantity, line.net),
            unit=line.unit_price,
            discount=line.discount,
            taxes=line.taxes,
        )


def _beside(order: Order, ink: Ink) -> Iterator[Charged]:
    for each in order.shipping:
        title = tidy(each.title) or ink.say(words.DELIVERY)
        off = each.price - each.net
        yield Charged(title=title, amount=each.net, discount=off, taxes=each.taxes)
    for charge in order.charges:
        title = tidy(charge.title) or ink.say(words.CHARGES[charge.kind])
        taxes = (Tax(amount=charge.tax),) if charge.tax else ()
        yield Charged(title=title, amount=charge.amount, taxes=taxes)


def _returned(refund: Refund, order: Order, ink: Ink) -> Iterator[Charged]:
    for part in refund.lines:
        line = order.line(part.line)
        if line and (part.amount or part.tax):
            taxes = tuple(_parted(part, line))
            yield evolve(_named(line, part.quantity, part.amount), taxes=taxes)
    if refund.shipping:
        yield Charged(title=ink.say(words.DELIVERY), amount=refund.shipping)


def _named(line: Line, units: int, amount: Money) -> Charged:
    return Charged(
        title=tidy(line.title or line.sku),
        options=tidy(", ".join(line.options.values())),
        sku=tidy(line.sku),
        quantity=units,
        amount=amount,
    )


def _parted(part: RefundLine, line: Line) -> Iterator[Tax]:
    """The tax that goes back, parted as the line's taxes were."""
    weights = [each.amount.minor for each in line.taxes]
    if part.tax and not any(weights):
        yield Tax(amount=part.tax)
    elif part.tax:
        for tax, amount in zip(line.taxes, part.tax.allocate(weights), strict=True):
            yield Tax(title=tax.title, rate=tax.rate, amount=amount)


def _row(part: Charged, ink: Ink) -> Row:
    rates = [ink.rate(each.rate) for each in part.taxes if each.rate is not None]
    return Row(
        title=part.title,
        options=part.options,
        sku=part.sku,
        quantity=part.quantity,
        written=ink.pen.number(part.quantity) if part.quantity else "",
        unit=ink.amount(part.unit) if part.unit else None,
        discount=ink.amount(-part.discount) if part.discount else None,
        amount=ink.amount(part.amount),
        rate=" + ".join(rates),
    )


def _tax_row(name: str, rate: Decimal | None, base: Money, tax: Money, ink: Ink) -> TaxRow:
    return TaxRow(
        name=name,
        rate="" if rate is None else ink.rate(rate),
        share="" if rate is None else f"{rate:f}",
        base=ink.amount(base),
        tax=ink.amount(tax),
    )
