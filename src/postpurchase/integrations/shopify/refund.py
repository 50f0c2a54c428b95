"""Refunds and transactions: the money that went back, and the money that came."""

from datetime import datetime

from attrs import frozen

from postpurchase.domain.money import Money
from postpurchase.domain.order import Payment, PaymentKind, PaymentState, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.integrations.node import UNDATED, Node
from postpurchase.integrations.shopify.coin import Coin, coin_of
from postpurchase.integrations.shopify.fulfilment import needed

_RESTOCKED = frozenset({"return", "cancel", "legacy_restock"})
_STATES = {
    "authorization": PaymentState.AUTHORIZED,
    "capture": PaymentState.CAPTURED,
    "sale": PaymentState.CAPTURED,
    "void": PaymentState.VOIDED,
    "refund": PaymentState.REFUNDED,
}
_KINDS = {
    "gift_card": PaymentKind.GIFT_CARD,
    "shopify_store_credit": PaymentKind.STORE_CREDIT,
    "cash": PaymentKind.CASH,
}


def refund(
    node: Node, coin: Coin, /, *, order: str, at: datetime, taxes_included: bool = False
) -> Refund:
    """One refund: its amount is what its transactions moved, whatever its lines come to.

    Args:
        node: the refund's object.
        coin: the currency of its order.
        order: the id of its order, where it does not say so itself.
        at: when it was made, where it does not say so itself.
        taxes_included: whether the prices of its order include taxes.

    Raises:
        UnreadablePayload: it has no id.
    """
    id = needed(node)
    parts = _parts(node, coin, taxes_included=taxes_included)
    amount = _moved(node, coin)
    if amount is None:
        node.odd("transactions", f"what was paid back in {coin.currency}; the parts say it", None)
        amount = parts.total
    shop = _parts(node, coin.shops, taxes_included=taxes_included) if coin.twice else None
    return Refund(
        id=id,
        at=node.at("processed_at") or node.at("created_at") or at,
        recorded_at=node.at("created_at") or node.at("processed_at") or at,
        order=node.text("order_id") or order,
        amount=amount,
        lines=parts.lines,
        shipping=parts.shipping or None,
        reason=node.text("note"),
        shop_amount=shop.total if shop else None,
        declared=Pairs(adjustments=parts.adjusted) if parts.adjusted else Pairs(),
    )


@frozen
class Parts:
    """What a refund is for; taxes are in `shipping` and `adjusted`."""

    lines: tuple[RefundLine, ...]
    shipping: Money
    adjusted: Money
    total: Money


def _parts(node: Node, coin: Coin, *, taxes_included: bool) -> Parts:
    lines = tuple(_line(line, coin) for line in node.each("refund_line_items"))
    shipping, adjusted = _adjustments(node, coin)
    taxes = () if taxes_included else tuple(line.tax for line in lines if line.tax)
    amounts = (*(line.amount for line in lines), *taxes, shipping, adjusted)
    return Parts(lines, shipping, adjusted, Money.sum(amounts, currency=coin.currency))


def transaction(node: Node, /) -> Payment:
    """One payment; money that went back stands here as a payment that was refunded.

    Raises:
        UnreadablePayload: it has no id or no currency.
    """
    id = needed(node)
    coin = coin_of(node)
    amount = node.money("amount", coin.currency)
    at = node.at("processed_at") or node.at("created_at") or UNDATED
    return Payment(
        id=id,
        at=at,
        order=node.text("order_id"),
        amount=amount or Money.zero(coin.currency),
        state=_state(node),
        kind=_kind(node),
        parent=node.name("parent_id"),
        gateway=node.text("gateway"),
    )


def _state(node: Node, /) -> PaymentState:
    status, kind = node.text("status"), node.text("kind")
    if status == "pending":
        return PaymentState.PENDING
    if status in {"failure", "error"}:
        return PaymentState.FAILED
    if kind not in _STATES:
        node.odd("kind", f"one of {', '.join(_STATES)}", kind)
    return _STATES.get(kind, PaymentState.PENDING)


def _kind(node: Node, /) -> PaymentKind:
    details = node.data.get("payment_details")
    card = PaymentKind.CARD if details else PaymentKind.OTHER
    return _KINDS.get(node.text("gateway"), card)


def _line(node: Node, coin: Coin, /) -> RefundLine:
    return RefundLine(
        line=node.text("line_item_id"),
        quantity=node.whole("quantity", 0),
        amount=coin.read(node, "subtotal") or Money.zero(coin.currency),
        tax=coin.read(node, "total_tax"),
        restocked=node.text("restock_type") in _RESTOCKED,
    )


def _adjustments(node: Node, coin: Coin, /) -> tuple[Money, Money]:
    """What went back for shipping, and what made the rest fit; tax included in both."""
    shipping = adjusted = zero = Money.zero(coin.currency)
    for each in node.each("order_adjustments"):
        tax = coin.read(each, "tax_amount") or zero
        amount = (coin.read(each, "amount") or zero) + tax
        if each.text("kind") == "shipping_refund":
            shipping -= amount
        else:
            adjusted -= amount
    if not shipping:
        for each in node.each("refund_shipping_lines"):
            shipping += coin.read(each, "subtotal_amount") or zero
    return shipping, adjusted


def _moved(node: Node, coin: Coin, /) -> Money | None:
    """What was paid back; None where nothing in this currency tells."""
    moved = Money.zero(coin.currency)
    if "transactions" not in node.data:
        return None
    for each in node.each("transactions"):
        if each.text("kind") != "refund" or each.text("status") != "success":
            continue
        if (each.text("currency") or coin.currency) != coin.currency:
            return None
        moved += each.money("amount", coin.currency) or Money.zero(coin.currency)
    return moved
