"""Lines, shipping and other charges of an order."""

from collections.abc import Iterator

from postpurchase.domain.money import Money
from postpurchase.domain.order import Charge, ChargeKind, Discount, Line, Shipping, Tax
from postpurchase.domain.pairs import Pairs
from postpurchase.integrations.node import Node
from postpurchase.integrations.shopify.coin import Coin

_FEES = "original_total_additional_fees"
_NONE: Pairs[str] = Pairs()

Applications = tuple[tuple[str, str], ...]
"""The code and title of each discount of an order, in the payload's order."""


def applications(order: Node, /) -> Applications:
    """What the discounts of an order are called."""
    return tuple(
        (each.text("code"), each.text("title") or each.text("description"))
        for each in order.each("discount_applications")
    )


def line(node: Node, coin: Coin, called: Applications, id: str, /) -> Line:
    """One line; *id* names it where it does not do so itself."""
    quantity = node.whole("quantity", 1)
    variant = node.text("variant_title")
    return Line(
        id=node.name() or id,
        sku=node.text("sku"),
        product=node.name("product_id"),
        variant=node.name("variant_id"),
        title=node.text("title") or node.text("name"),
        quantity=quantity,
        unit_price=coin.read(node, "price") or Money.zero(coin.currency),
        options=_options(variant) if variant else _NONE,
        discounts=_discounts(node, coin, called),
        taxes=taxes(node, coin),
        shop_total=_shop_total(node, coin, called, quantity) if coin.twice else None,
        requires_shipping=node.yes("requires_shipping", default=True),
        gift_card=node.yes("gift_card"),
        grams=node.whole("grams", 0) or None,
        properties=pairs(node, "properties"),
    )


def pairs(node: Node, key: str, /) -> Pairs[str]:
    """What stands under *key* as a list of names and values."""
    found = [(each.text("name"), each.text("value")) for each in node.each(key)]
    return Pairs(found) if found else _NONE


def _options(variant: str, /) -> Pairs[str]:
    return Pairs({f"option{n}": name for n, name in enumerate(variant.split(" / "), 1)})


def taxes(node: Node, coin: Coin, /) -> tuple[Tax, ...]:
    """The taxes of a line or a charge, those of nothing left out."""
    found: list[Tax] = []
    for each in node.each("tax_lines"):
        amount = coin.read(each, "price")
        if amount:
            found.append(Tax(amount=amount, title=each.text("title"), rate=each.number("rate")))
    return tuple(found)


def shipping(node: Node, coin: Coin, called: Applications, /) -> Shipping:
    """One charge for sending."""
    price = coin.read(node, "price") or Money.zero(coin.currency)
    discounts = _discounts(node, coin, called)
    reduced = coin.read(node, "discounted_price")
    if not discounts and reduced is not None and reduced < price:
        discounts = (Discount(amount=price - reduced),)
    return Shipping(
        id=node.text("id"),
        title=node.text("title"),
        code=node.text("code"),
        carrier=node.text("carrier_identifier"),
        price=price,
        discounts=discounts,
        taxes=taxes(node, coin),
    )


def charges(order: Node, coin: Coin, /) -> Iterator[Charge]:
    """Tips, duties and fees."""
    found = [(ChargeKind.TIP, "total_tip_received"), (ChargeKind.FEE, _FEES)]
    if not order.yes("duties_included"):
        found.append((ChargeKind.DUTY, "original_total_duties"))
    for kind, key in found:
        amount = coin.read(order, key)
        if amount:
            yield Charge(kind=kind, amount=amount)


def _discounts(node: Node, coin: Coin, called: Applications, /) -> tuple[Discount, ...]:
    found: list[Discount] = []
    for each in node.each("discount_allocations"):
        amount = coin.read(each, "amount")
        place = each.whole("discount_application_index", len(called))
        code, title = called[place] if place < len(called) else ("", "")
        if amount:
            found.append(Discount(amount=amount, code=code, title=title))
    if not found:
        alone = coin.read(node, "total_discount")
        if alone:
            found.append(Discount(amount=alone))
    return tuple(found)


def _shop_total(node: Node, coin: Coin, called: Applications, quantity: int, /) -> Money | None:
    price = coin.shops.read(node, "price")
    if price is None:
        return None
    off = (each.amount for each in _discounts(node, coin.shops, called))
    return price * quantity - Money.sum(off, currency=coin.shop)
