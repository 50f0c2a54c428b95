"""Any Shopify payload to facts."""

from collections.abc import Callable, Iterator

from postpurchase.domain.fact import Fact
from postpurchase.errors import UnreadablePayload
from postpurchase.integrations.node import UNDATED, Node, is_list, is_object, readable
from postpurchase.integrations.parsed import Parsed
from postpurchase.integrations.shopify import customer as customers
from postpurchase.integrations.shopify import fulfilment as fulfilments
from postpurchase.integrations.shopify import order as orders
from postpurchase.integrations.shopify import refund as refunds
from postpurchase.integrations.shopify.coin import coin_of


def _customer(node: Node, /) -> Iterator[Fact]:
    at = node.at("created_at") or node.at("updated_at") or UNDATED
    known = node.at("updated_at") or at
    key = fulfilments.needed(node)
    yield from customers.customer(node, at=at, recorded_at=known, locale="", key=key)


def _fulfilment(node: Node, /) -> Iterator[Fact]:
    yield fulfilments.fulfilment(node, order=fulfilments.needed(node, "order_id"), at=UNDATED)


def _event(node: Node, /) -> Iterator[Fact]:
    yield fulfilments.event(node)


def _refund(node: Node, /) -> Iterator[Fact]:
    if "id" not in node.data:
        node.odd("id", "a refund that was made; this one was only calculated", None)
        return
    coin = coin_of(node, "refund_line_items", "transactions")
    yield refunds.refund(node, coin, order=fulfilments.needed(node, "order_id"), at=UNDATED)


def _transaction(node: Node, /) -> Iterator[Fact]:
    yield refunds.transaction(node)


Reader = Callable[[Node], Iterator[Fact]]

_READERS: dict[str, Reader] = {
    "order": orders.order,
    "customer": _customer,
    "fulfillment": _fulfilment,
    "fulfillment_event": _event,
    "refund": _refund,
    "transaction": _transaction,
}
_UNREAD = {
    "data": "a REST or webhook payload; this is an answer of the GraphQL API",
    "draft_order": "an order that was placed; this is a draft",
    "gift_card": "an order; gift cards are not read",
    "fulfillment_order": "a fulfilment; this only asks for one",
}
_ENVELOPES = frozenset({key for name in (*_READERS, *_UNREAD) for key in (name, f"{name}s")})
_MARKS: dict[str, tuple[str, ...]] = {
    "draft_order": ("invoice_url", "line_items"),
    "order": ("line_items", "total_price"),
    "refund": ("refund_line_items", "order_id"),
    "fulfillment": ("tracking_company", "order_id"),
    "fulfillment_event": ("happened_at", "fulfillment_id"),
    "transaction": ("kind", "gateway"),
    "customer": ("first_name", "email"),
}
"""What a bare webhook body is told by, the surest first."""


def facts(payload: object, /) -> Parsed[tuple[Fact, ...]]:
    """Everything that an answer of the Admin REST API, or a webhook's body, says.

    Orders give their customer, consents, payments, refunds, cancellation and parcels, too.
    Customers, refunds, transactions, fulfilments and their events may also come alone. Amounts are
    in the currency that the customer paid in, where every amount is given in it.

    Args:
        payload: parsed JSON: an envelope such as `{"orders": [...]}`, or a webhook's bare body.

    Raises:
        UnreadablePayload: nothing of this can be read; it names the JSON path and what was
            expected there.
    """
    if not is_object(payload):
        got = type(payload).__name__
        raise UnreadablePayload(path="$", expected="a JSON object", got=f"a {got}")
    root = Node(payload)
    found = list(_enveloped(root)) if _envelope(root) else list(_bare(root))
    return Parsed(tuple(found), tuple(dict.fromkeys(root.issues)))


def _envelope(root: Node, /) -> bool:
    return "id" not in root.data and not _ENVELOPES.isdisjoint(root.data)


def _enveloped(root: Node, /) -> Iterator[Fact]:
    for key, value in root.data.items():
        name = key.removesuffix("s")
        if name in _UNREAD:
            root.odd(key, _UNREAD[name], value)
        elif name not in _READERS:
            root.odd(key, f"one of {', '.join(_READERS)}", value)
        elif is_list(value):
            for found in readable(root.each(key), _whole(_READERS[name])):
                yield from found
        elif is_object(value):
            yield from _READERS[name](Node(value, key, root))
        else:
            raise UnreadablePayload(path=f"$.{key}", expected="an object", got=repr(value))


def _whole(read: Reader, /) -> Callable[[Node], tuple[Fact, ...]]:
    return lambda node: tuple(read(node))


def _bare(root: Node, /) -> Iterator[Fact]:
    for name, marks in _MARKS.items():
        if all(mark in root.data for mark in marks):
            if name in _UNREAD:
                root.odd("", _UNREAD[name], name)
                return iter(())
            return _READERS[name](root)
    keys = ", ".join(sorted(root.data)) or "nothing"
    raise UnreadablePayload(
        path="$", expected="an order, or one of its parts, as Shopify sends it", got=keys
    )
