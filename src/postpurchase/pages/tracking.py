"""Where is it, when will it come, and what to do when it does not."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from postpurchase.domain.decision import Says
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Delivery, Direction, Progress, Shipment, Stage, progress
from postpurchase.messages.views import BlockView, View
from postpurchase.pages import words
from postpurchase.pages.ink import Ink
from postpurchase.pages.scene import Scene
from postpurchase.pages.values import Item, Page, Span, When
from postpurchase.pages.way import BACK, WRONG, ParcelPart, parcel_part

_ASK: Final = (words.SOONER, words.NO_LONGER)
_STILL: Final = frozenset({Stage.PENDING, Stage.INFO_RECEIVED, Stage.UNKNOWN})


@frozen(kw_only=True)
class Waiting(View):
    """What is in no parcel yet: its items, what was promised, whether that is broken."""

    items: tuple[Item, ...]
    promised: Span | None
    late: bool
    advice: tuple[str, ...]


@frozen(kw_only=True)
class TrackingPage(Page):
    """Where an order is.

    It bears no address of the customer but that of a place where a parcel waits, because the link
    to it is passed on.

    Attributes:
        customer: how the customer is called; empty where nobody knows.
        number, placed, url: the order.
        late: whether a promise is broken, or will be by what is expected.
        zone: the zone of all times, such as `Asia/Kolkata`.
        parcels: its parcels, oldest first.
        waiting: what is in no parcel yet; None where nothing is.
        blocks: what else is shown: questions and answers, guides, products that go with it.
    """

    name: ClassVar[str] = "tracking"
    customer: str
    number: str
    placed: When
    url: str
    late: bool
    zone: str
    parcels: tuple[ParcelPart, ...]
    waiting: Waiting | None
    blocks: tuple[BlockView, ...]


def tracking_page(scene: Scene, blocks: tuple[BlockView, ...], /) -> TrackingPage:
    """Where the order of a scene is."""
    order, ink = scene.order, scene.ink
    outbound = tuple(_outbound(order, scene.history.shipments))
    rest = _rest(order, outbound)
    parcels = tuple(parcel_part(each, order, ink, at=scene.at, rest=rest) for each in outbound)
    far = progress(order, outbound)
    waiting = _waiting(order, far, ink, scene.at)
    late = any(parcel.late for parcel in parcels) or bool(waiting and waiting.late)
    return TrackingPage(
        lang=ink.lang,
        dir=ink.dir,
        title=ink.say(_title(order, far, {each.state.stage for each in outbound}, late=late)),
        shop=scene.shop,
        at=ink.moment(scene.at),
        customer=scene.customer.name,
        number=scene.number,
        placed=ink.day(order.at),
        url=scene.url,
        late=late,
        zone=ink.pen.zone.key,
        parcels=parcels,
        waiting=waiting,
        blocks=blocks,
    )


def _outbound(order: Order, shipments: Iterable[Shipment]) -> Iterator[Shipment]:
    """The parcels of an order that go to the customer; a void label is none."""
    for each in shipments:
        own = each.order == order.id and each.direction is Direction.OUTBOUND
        if own and each.state.stage is not Stage.CANCELLED:
            yield each


def _rest(order: Order, outbound: Iterable[Shipment]) -> dict[str, int]:
    """What is in no parcel that names its lines, by line; cancelled units are in none."""
    gone = order.cancelled_units
    rest = {line.id: line.quantity - gone.get(line.id, 0) for line in order.lines}
    for parcel in outbound:
        for id, units in parcel.lines.items():
            rest[id] = rest.get(id, 0) - units
    return rest


def _waiting(order: Order, far: Progress, ink: Ink, at: datetime) -> Waiting | None:
    units = {line.line: line.wanted - line.shipped for line in far.lines}
    items = tuple(ink.item(line, units[line.id]) for line in order.lines if units.get(line.id))
    if not items:
        return None
    promise = order.promise
    late = promise is not None and at >= promise.end
    return Waiting(
        items=items,
        promised=ink.span(promise) if promise else None,
        late=late,
        advice=tuple(ink.say(each) for each in _ASK) if late else (),
    )


def _title(order: Order, far: Progress, stages: set[Stage], /, *, late: bool) -> Says:
    """What the page says first: trouble before good news, good news before waiting."""
    if order.cancelled:
        return words.CALLED_OFF
    if far.delivery is Delivery.NOT_REQUIRED:
        sent = any(line.requires_shipping for line in order.lines)
        return words.CALLED_OFF if sent else words.NO_PARCEL
    cases = (
        (bool(stages & WRONG), words.TROUBLE),
        (bool(stages & BACK), words.COMING_BACK),
        (far.delivery is Delivery.DELIVERED, words.HERE),
        (late, words.LATE),
        (far.delivery is Delivery.PARTIALLY_DELIVERED, words.PARTLY_HERE),
        (bool(stages - _STILL), words.ON_ITS_WAY),
    )
    return next((says for holds, says in cases if holds), words.PREPARING)
