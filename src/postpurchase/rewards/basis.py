"""Which part of an order earns: stated once, exact to a fraction of a minor unit."""

from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import frozen

from postpurchase.domain.order import Line, Order, PaymentKind, PaymentState, Refund
from postpurchase.domain.product import Catalog
from postpurchase.domain.selection import Selection

_WALLET: Final = frozenset({PaymentKind.STORE_CREDIT})
_ALL: Final = Selection()


class Part(Enum):
    """What can count beside the lines after discounts."""

    TAX = "tax"
    SHIPPING = "shipping"
    GIFT_CARDS = "gift_cards"


@frozen(kw_only=True)
class Basis:
    """What of an order earns: its lines after discounts, and what else is stated here.

    Attributes:
        counts: what counts too: taxes, shipping after discounts, gift cards that were bought.
        without: what was paid with these earns nothing: store credit, unless stated otherwise, so
            that cashback earns no cashback. Paying with a gift card earns, for it earned nothing
            when it was bought.
    """

    counts: frozenset[Part] = frozenset()
    without: frozenset[PaymentKind] = _WALLET

    def of(
        self,
        order: Order,
        refunds: tuple[Refund, ...] = (),
        /,
        *,
        selection: Selection = _ALL,
        catalog: Catalog | None = None,
    ) -> Fraction:
        """What of an order earns once these refunds and its cancellations are taken off.

        A refund that names lines lowers those; the rest of it lowers everything alike.

        Args:
            order: what was bought; the refunds that stand on it are not used.
            refunds: those that count.
            selection: the lines that are meant; shipping belongs to a selection of everything.
            catalog: knows the categories and tags of products.

        Returns:
            Minor units of the order's currency.
        """
        lines = [
            self._line(order, line) * _left(order, line, refunds)
            for line in order.lines
            if selection.has(line, catalog) and self._earns(line)
        ]
        shipping = Fraction(0)
        if Part.SHIPPING in self.counts and selection.everything:
            shipping = self._shipping(order) * _shipping_left(order, refunds)
        share = self._paid_share(order) * _unnamed_left(order, refunds)
        return (sum(lines, start=Fraction(0)) + shipping) * share

    def _earns(self, line: Line) -> bool:
        return not line.gift_card or Part.GIFT_CARDS in self.counts

    def _line(self, order: Order, line: Line) -> int:
        return line.net.minor + self._tax(order, line.tax.minor)

    def _shipping(self, order: Order) -> int:
        tax = sum(each.tax.minor for each in order.shipping)
        return order.shipping_total.minor + self._tax(order, tax)

    def _tax(self, order: Order, tax: int) -> int:
        """What to add to an amount as it stands on the order."""
        if Part.TAX in self.counts:
            return 0 if order.taxes_included else tax
        return -tax if order.taxes_included else 0

    def _paid_share(self, order: Order) -> Fraction:
        captured = [each for each in order.payments if each.state is PaymentState.CAPTURED]
        out = sum(each.amount.minor for each in captured if each.kind in self.without)
        paid = sum(each.amount.minor for each in captured)
        return 1 - Fraction(out, paid) if paid else Fraction(1)


def _left(order: Order, line: Line, refunds: tuple[Refund, ...]) -> Fraction:
    """The share of a line that was neither refunded nor cancelled."""
    parts = [part for each in refunds for part in each.lines if part.line == line.id]
    gone = Fraction(order.cancelled_units.get(line.id, 0), line.quantity or 1)
    if line.net:
        gone = max(gone, Fraction(sum(part.amount.minor for part in parts), line.net.minor))
    return max(1 - gone, Fraction(0))


def _shipping_left(order: Order, refunds: tuple[Refund, ...]) -> Fraction:
    back = sum(each.shipping.minor for each in refunds if each.shipping)
    total = order.shipping_total.minor
    return max(1 - Fraction(back, total), Fraction(0)) if total else Fraction(1)


def _unnamed_left(order: Order, refunds: tuple[Refund, ...]) -> Fraction:
    """The share that refunds without lines leave of everything that refunds with lines left."""
    if not refunds:
        return Fraction(1)
    named = sum(_named(refund) for refund in refunds)
    unnamed = sum(max(refund.amount.minor - _named(refund), 0) for refund in refunds)
    left = order.total.minor - named
    if left <= 0:
        return Fraction(0)
    return max(1 - Fraction(unnamed, left), Fraction(0))


def _named(refund: Refund) -> int:
    shipping = refund.shipping.minor if refund.shipping else 0
    lines = sum(part.amount.minor + (part.tax.minor if part.tax else 0) for part in refund.lines)
    return lines + shipping
