"""Orders: their lines and charges, and everything that became of them."""

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from postpurchase.domain.fact import Fact
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Discount, Line, Order, Tax
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import ImpossibleSplit
from postpurchase.integrations.node import UNDATED, Node, readable
from postpurchase.integrations.shopify.coin import Coin, NoTwin, coin_of
from postpurchase.integrations.shopify.customer import address, customer
from postpurchase.integrations.shopify.fulfilment import fulfilment, needed
from postpurchase.integrations.shopify.line import (
    Applications,
    applications,
    charges,
    line,
    pairs,
    shipping,
)
from postpurchase.integrations.shopify.refund import refund, transaction

_DECLARED = {
    "lines": "total_line_items_price",
    "discounts": "total_discounts",
    "subtotal": "subtotal_price",
    "shipping": "total_shipping_price",
    "tax": "total_tax",
    "total": "total_price",
    "outstanding": "total_outstanding",
    "current_total": "current_total_price",
}


def order(node: Node, /) -> Iterator[Fact]:
    """The customer of an order and their consents, the order itself, and its parcels.

    Raises:
        UnreadablePayload: it has no id, or no currency that ISO 4217 knows.
    """
    id = needed(node)
    at = node.at("created_at") or node.at("processed_at")
    if at is None:
        node.odd("created_at", "an instant; taken as long ago", node.data.get("created_at"))
        at = UNDATED
    yield from _customer(node, id, at)
    yield _whole(node, id, at)
    yield from readable(node.each("fulfillments"), lambda each: fulfilment(each, order=id, at=at))


def _customer(node: Node, id: str, at: datetime, /) -> Iterator[Fact]:
    who = node.child("customer") or _guest(node)
    if who is not None:
        locale = node.text("customer_locale")
        yield from customer(who, at=at, recorded_at=at, locale=locale, key=_stranger(id))


def _stranger(id: str, /) -> str:
    """What a customer is called who has no id of their own: they are known from one order."""
    return f"order:{id}"


def _guest(node: Node, /) -> Node | None:
    if not (node.text("email") or node.text("phone")):
        return None
    home = node.child("billing_address") or node.child("shipping_address")
    guest: dict[str, object] = {name: node.data.get(name) for name in ("email", "phone")}
    if home:
        guest |= {name: home.data.get(name) for name in ("first_name", "last_name")}
        guest["default_address"] = home.data
    return Node(guest, "(guest)", node)


def _whole(node: Node, id: str, at: datetime, /) -> Order:
    coin = coin_of(node, "line_items")
    mark = len(node.issues)
    try:
        return _read(node, coin, id, at)
    except NoTwin:
        del node.issues[mark:]
        node.odd("presentment_currency", f"every amount in {coin.currency}", coin.currency)
        return _read(node, coin.shops, id, at)


def _read(node: Node, coin: Coin, id: str, at: datetime, /) -> Order:
    called = applications(node)
    included = node.yes("taxes_included")
    paid = [each for each in node.each("transactions") if each.text("kind") != "refund"]
    refunds = readable(
        node.each("refunds"),
        lambda each: refund(each, coin, order=id, at=at, taxes_included=included),
    )
    codes = tuple(each.text("code") for each in node.each("discount_codes"))
    who = node.child("customer") or _guest(node)
    made = Order(
        id=id,
        at=at,
        currency=coin.currency,
        shop_currency=coin.shop,
        shop_total=coin.shops.read(node, "total_price") if coin.twice else None,
        customer=(who.name() or _stranger(id)) if who else None,
        number=node.text("name") or node.text("order_number"),
        lines=tuple(_lines(node, coin, called)),
        shipping=tuple(
            shipping(each, coin, called)
            for each in node.each("shipping_lines")
            if not each.yes("is_removed")
        ),
        charges=tuple(charges(node, coin)),
        payments=tuple(readable(paid, transaction)),
        refunds=tuple(refunds),
        cancellations=_cancelled(node, id),
        taxes_included=included,
        channel=node.text("source_name"),
        locale=node.name("customer_locale"),
        ship_to=address(node.child("shipping_address")),
        bill_to=address(node.child("billing_address")),
        email=node.name("email") or node.name("contact_email"),
        phone=node.name("phone"),
        note=node.text("note"),
        tags=node.words("tags"),
        codes=tuple(code for code in codes if code),
        attributes=pairs(node, "note_attributes"),
        url=node.text("order_status_url"),
        updated_at=node.at("updated_at"),
        declared=_declared(node, coin),
    )
    return _taxed(node, _discounted(node, made))


def _lines(node: Node, coin: Coin, called: Applications, /) -> Iterator[Line]:
    seen: set[str] = set()
    for place, each in enumerate(node.each("line_items")):
        made = line(each, coin, called, f"line{place}")
        if made.id in seen:
            each.odd("id", "an id that no other line has", made.id)
            made = evolve(made, id=f"{made.id}#{place}")
        seen.add(made.id)
        yield made


def _declared(node: Node, coin: Coin, /) -> Pairs[Money]:
    found = ((name, coin.read(node, key)) for name, key in _DECLARED.items())
    return Pairs({name: amount for name, amount in found if amount is not None})


def _cancelled(node: Node, id: str, /) -> tuple[Cancellation, ...]:
    at = node.at("cancelled_at")
    if at is None:
        return ()
    reason = node.text("cancel_reason")
    return (Cancellation(id=f"{id}/cancelled", at=at, order=id, reason=reason),)


def _discounted(node: Node, order: Order, /) -> Order:
    """Spread a discount that the payload gives for the order alone over its lines."""
    declared = order.declared.get("discounts")
    given = [each.discounts for each in order.lines] + [each.discounts for each in order.shipping]
    if not declared or any(given):
        return order
    nets = [each.net for each in order.lines]
    try:
        parts = declared.allocate_capped([net.minor for net in nets], nets)
    except ImpossibleSplit:
        node.odd("total_discounts", "what the lines can bear", str(declared))
        return order
    node.odd("line_items", "discounts on the lines; spread by value", str(declared))
    code = order.codes[0] if order.codes else ""
    return evolve(order, lines=tuple(map(_with_discount, order.lines, parts, [code] * len(parts))))


def _taxed(node: Node, order: Order, /) -> Order:
    """Spread a tax that the payload gives for the order alone over its lines."""
    declared = order.declared.get("tax")
    given = [each.taxes for each in order.lines] + [each.taxes for each in order.shipping]
    if not declared or any(given):
        return order
    try:
        parts = declared.allocate([each.net.minor for each in order.lines])
    except ImpossibleSplit:
        node.odd("total_tax", "lines that it can be for", str(declared))
        return order
    node.odd("line_items", "taxes on the lines; spread by value", str(declared))
    return evolve(order, lines=tuple(map(_with_tax, order.lines, parts)))


def _with_discount(line: Line, part: Money, code: str, /) -> Line:
    return evolve(line, discounts=(Discount(amount=part, code=code),)) if part else line


def _with_tax(line: Line, part: Money, /) -> Line:
    return evolve(line, taxes=(Tax(amount=part),)) if part else line
