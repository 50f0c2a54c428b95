"""What every page of an order needs: the facts as they were known, and who reads them."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant
from postpurchase.domain.order import Order
from postpurchase.errors import NotKept, NotShowable
from postpurchase.messages.blocks import Shows
from postpurchase.messages.facts import Facts
from postpurchase.messages.links import link_or_none
from postpurchase.messages.views import BlockView, CustomerView, ShopView, View, tidy
from postpurchase.messages.voice import Voice
from postpurchase.pages.ink import Ink


@frozen(kw_only=True)
class Scene:
    """An order and its parcels as they were known at an instant, and how to write of them."""

    at: datetime
    history: History
    order: Order
    ink: Ink
    customer: CustomerView
    shop: ShopView

    @property
    def number(self) -> str:
        """How people call the order."""
        return tidy(self.order.number or self.order.id)

    @property
    def url(self) -> str:
        """Where the order stands, in the shop."""
        return link_or_none(self.order.url)


def seen(history: History, order: str, voice: Voice, /, *, at: datetime) -> Scene:
    """The scene of an order.

    Raises:
        NotKept: no such order was known at that instant.
    """
    at = instant(at)
    known = history.until(at)
    found = next((each for each in known.orders if each.id == order), None)
    if found is None:
        raise NotKept(noun="order", id=order)
    facts = Facts(
        customer=known.customer,
        order=found,
        shipment=None,
        refund=None,
        returned=None,
        approved=None,
        received=None,
        review=None,
        published=None,
        first=known.orders[0] == found,
    )
    pen = voice.pen(facts)
    return Scene(
        at=at,
        history=known,
        order=found,
        ink=Ink(pen),
        customer=pen.customer(facts),
        shop=voice.sign(pen.tag),
    )


def blocks_of(
    answers: Iterable[Outcome], blocks: tuple[Shows, ...], ink: Ink, /
) -> tuple[BlockView, ...]:
    """The answers as blocks, in the order in which they came; one name stands once.

    Raises:
        NotShowable: no block shows one of them.
    """
    items: dict[str, list[View]] = {}
    for answer in answers:
        shown = ((block.name, block.see(answer, ink.pen)) for block in blocks)
        name, view = next(((name, view) for name, view in shown if view), ("", None))
        if view is None:
            raise NotShowable(answer=type(answer).__name__)
        items.setdefault(name, []).append(view)
    return tuple(BlockView(name=name, items=tuple(views)) for name, views in items.items())
