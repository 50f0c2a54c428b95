"""What one customer did, as far as suggestions ask: drawn from the facts once, in one pass."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import frozen

from postpurchase.domain.customer import Customer, Stance
from postpurchase.domain.event import ReturnOpened, ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import folded


@frozen(kw_only=True)
class Past:
    """What follows from a history alone, whatever the catalog and the instant.

    Attributes:
        orders: the orders of which something was kept, oldest first.
        newest: the lines that they kept of the last of those orders.
        bought: when each product was bought last that they kept; by product id.
        unnamed: the kept lines that name no product, with the instants of their orders.
        sent_back: the lines that they returned, asked to return or had refunded.
        disliked: the products to which they gave two stars of five or fewer, by the newest review.
        customer: whose past it is.
        avoids: the tags that they avoid, folded, whoever told it.
        country: where the newest order went; empty where no order says so.
    """

    orders: tuple[Order, ...]
    newest: tuple[Line, ...]
    bought: Mapping[str, datetime]
    unnamed: tuple[tuple[Line, datetime], ...]
    sent_back: tuple[Line, ...]
    disliked: Mapping[str, ReviewPosted]
    customer: Customer | None
    avoids: frozenset[str]
    country: str

    @classmethod
    def of(cls, history: History, /) -> "Past":
        """Draw it; `history.drawn(Past.of)` remembers it."""
        customer = history.customer
        told = customer.interests if customer is not None else ()
        kept = [(order, order.kept_lines) for order in history.orders]
        lines = [(line, order.at) for order, held in kept for line in held]
        went = [order.ship_to.country for order, _ in kept if order.ship_to is not None]
        return cls(
            orders=tuple([order for order, held in kept if held]),
            newest=next((held for _, held in reversed(kept) if held), ()),
            bought=MappingProxyType({line.product: at for line, at in lines if line.product}),
            unnamed=tuple([pair for pair in lines if not pair[0].product]),
            sent_back=_sent_back(history),
            disliked=MappingProxyType(_disliked(history)),
            customer=customer,
            avoids=frozenset([folded(each.tag) for each in told if each.stance is Stance.AVOIDS]),
            country=next(filter(None, reversed(went)), ""),
        )


def _sent_back(history: History, /) -> tuple[Line, ...]:
    found: list[Line] = []
    opened = history.all(ReturnOpened)
    for order in history.orders if opened else [each for each in history.orders if each.refunds]:
        wanted = [each for each in opened if each.order == order.id]
        refunded = {part.line for each in order.refunds for part in each.lines if part.quantity}
        for line in order.lines:
            asked = any(not each.lines or line.id in each.lines for each in wanted)
            if asked or line.id in refunded:
                found.append(line)
    return tuple(found)


def _disliked(history: History, /) -> dict[str, ReviewPosted]:
    newest = {each.product: each for each in history.all(ReviewPosted) if each.product}
    return {
        product: review
        for product, review in newest.items()
        if review.rating is not None and review.rating * 5 <= review.best * 2
    }
