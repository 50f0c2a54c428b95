"""What one customer did, as far as suggestions ask: drawn from the facts once, in one pass."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import frozen

from postpurchase.domain.customer import Customer, Interest, Stance
from postpurchase.domain.event import ReturnOpened, ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import folded


@frozen(kw_only=True)
class Past:
    """What follows from a history alone, whatever the catalog and the instant.

    Attributes:
        orders: the orders of which something was kept, oldest first.
        last: the lines that they kept of the last of those orders.
        newest: the products that those lines name.
        bought: when each product was bought last that they kept; by product id.
        earlier: the products bought that are not among the newest.
        unnamed: the kept lines that name no product, with the instants of their orders.
        sent_back: the lines that they returned, asked to return or had refunded, with the instants
            of their orders.
        disliked: the products to which they gave two stars of five or fewer, by the newest review.
        customer: whose past it is.
        avoids: the tags that they avoid, folded, whoever told it.
        likes: what they are said to like, whether that may be used or not.
        country: where the newest order went; empty where no order says so.
    """

    orders: tuple[Order, ...]
    last: tuple[Line, ...]
    newest: tuple[str, ...]
    bought: Mapping[str, datetime]
    earlier: tuple[str, ...]
    unnamed: tuple[tuple[Line, datetime], ...]
    sent_back: tuple[tuple[Line, datetime], ...]
    disliked: Mapping[str, ReviewPosted]
    customer: Customer | None
    avoids: frozenset[str]
    likes: tuple[Interest, ...]
    country: str

    @classmethod
    def of(cls, history: History, /) -> "Past":
        """Draw it; `history.drawn(Past.of)` remembers it."""
        customer = history.customer
        told = customer.interests if customer is not None else ()
        orders = tuple([order for order in history.orders if order.kept_lines])
        bought: dict[str, datetime] = {}
        unnamed: list[tuple[Line, datetime]] = []
        for order in orders:
            at = order.at
            for line in order.kept_lines:
                if line.product:
                    bought[line.product] = at
                else:
                    unnamed.append((line, at))
        last = orders[-1].kept_lines if orders else ()
        newest = tuple(dict.fromkeys([line.product for line in last if line.product]))
        went = (order.ship_to.country for order in reversed(history.orders) if order.ship_to)
        return cls(
            orders=orders,
            last=last,
            newest=newest,
            bought=MappingProxyType(bought),
            earlier=tuple([product for product in bought if product not in newest]),
            unnamed=tuple(unnamed),
            sent_back=_sent_back(history),
            disliked=MappingProxyType(_disliked(history)),
            customer=customer,
            avoids=frozenset([folded(each.tag) for each in told if each.stance is Stance.AVOIDS]),
            likes=tuple([each for each in told if each.stance is Stance.LIKES]),
            country=next(filter(None, went), ""),
        )


def _sent_back(history: History, /) -> tuple[tuple[Line, datetime], ...]:
    found: list[tuple[Line, datetime]] = []
    opened = history.all(ReturnOpened)
    for order in history.orders if opened else [each for each in history.orders if each.refunds]:
        wanted = [each for each in opened if each.order == order.id]
        refunded = {part.line for each in order.refunds for part in each.lines if part.quantity}
        for line in order.lines:
            asked = any(not each.lines or line.id in each.lines for each in wanted)
            if asked or line.id in refunded:
                found.append((line, order.at))
    return tuple(found)


def _disliked(history: History, /) -> dict[str, ReviewPosted]:
    newest = {each.product: each for each in history.all(ReviewPosted) if each.product}
    return {
        product: review
        for product, review in newest.items()
        if review.rating is not None and review.rating * 5 <= review.best * 2
    }
