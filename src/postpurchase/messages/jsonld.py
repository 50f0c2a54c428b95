"""What mail programs read of an order or a parcel: schema.org, as JSON-LD.

Gmail documents Order (merchant.name, orderNumber, price, priceCurrency, acceptedOffer) and
ParcelDelivery (deliveryAddress, expectedArrivalUntil, carrier.name, itemShipped, partOfOrder);
Yandex Mail reads Order. Source: developers.google.com/workspace/gmail/markup.
"""

import json
from typing import Final, TypeAlias

from markupsafe import Markup

from postpurchase.domain.customer import Address, Shop
from postpurchase.domain.message import Kind, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Shipment
from postpurchase.messages.facts import Facts
from postpurchase.messages.links import link_or_none
from postpurchase.messages.views import tidy

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

# Inside a script element nothing may look like its end, or like a comment.
_ESCAPES: Final = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def order_jsonld(order: Order, shop: Shop, /) -> dict[str, Json]:
    """An order as schema.org's Order."""
    offers: list[Json] = [
        {
            "@type": "Offer",
            "itemOffered": {"@type": "Product", "name": tidy(line.title or line.sku)},
            "price": _plain(line.unit_price),
            "priceCurrency": order.currency,
            "eligibleQuantity": {"@type": "QuantitativeValue", "value": line.quantity},
        }
        for line in order.lines
    ]
    status = "Cancelled" if order.cancelled else "Processing"
    made: dict[str, Json] = {
        "@context": "http://schema.org",
        "@type": "Order",
        "merchant": {"@type": "Organization", "name": shop.name},
        "orderNumber": tidy(order.number or order.id),
        "orderDate": order.at.isoformat(),
        "orderStatus": f"http://schema.org/Order{status}",
        "priceCurrency": order.currency,
        "price": _plain(order.total),
        "acceptedOffer": offers,
    }
    if url := link_or_none(order.url):
        made["url"] = url
    return made


def parcel_jsonld(parcel: Shipment, order: Order, shop: Shop, /) -> dict[str, Json]:
    """A parcel as schema.org's ParcelDelivery."""
    to = parcel.ship_to or order.ship_to
    eta = parcel.eta or parcel.promise or order.promise
    items: list[Json] = [
        {"@type": "Product", "name": tidy(line.title or line.sku)}
        for line in order.lines
        if not parcel.lines or line.id in parcel.lines
    ]
    made: dict[str, Json] = {
        "@context": "http://schema.org",
        "@type": "ParcelDelivery",
        "carrier": {"@type": "Organization", "name": tidy(parcel.carrier)},
        "trackingNumber": tidy(parcel.number),
        "itemShipped": items,
        "partOfOrder": {
            "@type": "Order",
            "orderNumber": tidy(order.number or order.id),
            "merchant": {"@type": "Organization", "name": shop.name},
        },
    }
    if to:
        made["deliveryAddress"] = _postal(to)
    if eta:
        made["expectedArrivalFrom"] = eta.start.isoformat()
        made["expectedArrivalUntil"] = eta.end.isoformat()
    if url := link_or_none(parcel.url):
        made["trackingUrl"] = url
    return made


def structured(kind: Kind, facts: Facts, shop: Shop, /) -> str:
    """The script element's text: a parcel or an order, where the message is about one.

    Only what a contract needs is told this way, so that a review request lists nothing that
    went back.
    """
    order = facts.order
    if order is None or kind.purpose is not Purpose.TRANSACTIONAL:
        return ""
    if facts.shipment and "shipment" in kind.requires:
        return Markup(_text(parcel_jsonld(facts.shipment, order, shop)))  # noqa: S704 - escaped
    return Markup(_text(order_jsonld(order, shop)))  # noqa: S704 - escaped by _text


def _plain(amount: Money) -> str:
    """An amount in major units, as its own text has it before the currency."""
    return str(amount).partition(" ")[0]


def _text(value: object) -> str:
    text = _ENCODER.encode(value)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


def _postal(address: Address) -> dict[str, Json]:
    return {
        "@type": "PostalAddress",
        "name": tidy(address.name),
        "streetAddress": tidy(", ".join(address.lines)),
        "addressLocality": tidy(address.city),
        "addressRegion": tidy(address.region),
        "postalCode": tidy(address.postcode),
        "addressCountry": address.country,
    }
