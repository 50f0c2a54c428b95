"""Where a payload's own totals disagree with its parts."""

from collections.abc import Iterator

from postpurchase.domain.money import Money
from postpurchase.domain.order import Order, Refund
from postpurchase.integrations.parsed import Mismatch


def reconcile(order: Order, /) -> tuple[Mismatch, ...]:
    """The declared totals of an order and its refunds that are not the sums of their parts.

    It changes nothing: the parts stay as they came, and so do the totals.
    """
    return (
        *_of_order(order),
        *(each for part in order.refunds for each in _of_refund(part, order)),
    )


def _of_order(order: Order, /) -> Iterator[Mismatch]:
    found = {
        "lines": order.subtotal,
        "discounts": order.discount,
        "subtotal": Money.sum((line.net for line in order.lines), currency=order.currency),
        "shipping": order.shipping_total,
        "tax": order.tax,
        "total": order.total,
    }
    for name, amount in found.items():
        declared = order.declared.get(name)
        if declared is not None and declared != amount:
            yield Mismatch(total=name, declared=declared, found=amount)


def _of_refund(refund: Refund, order: Order, /) -> Iterator[Mismatch]:
    if not (refund.lines or refund.shipping) or refund.amount.currency != order.currency:
        return
    parts = [line.amount for line in refund.lines]
    if not order.taxes_included:
        parts += [line.tax for line in refund.lines if line.tax]
    parts += [each for each in (refund.shipping, refund.declared.get("adjustments")) if each]
    found = Money.sum(parts, currency=order.currency)
    if refund.amount != found:
        yield Mismatch(total=f"refund {refund.id}", declared=refund.amount, found=found)
