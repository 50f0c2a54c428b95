"""Blocks: named values that each show one kind of answer, and how strict that makes a message."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from attrs import frozen

from postpurchase.domain.decision import Outcome, Reason, says
from postpurchase.domain.message import Action, Kind, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Perk,
    Points,
    StoreCredit,
    Valid,
)
from postpurchase.messages.links import link_or_none
from postpurchase.messages.pen import Pen
from postpurchase.messages.views import BlockView, OfferView, PointsView, View, tidy

O = TypeVar("O", bound=Outcome)  # noqa: E741 - an Outcome


@frozen(kw_only=True)
class Block(Generic[O]):
    """How one type of answer is shown.

    Attributes:
        name: the address of its words, `blocks/<name>.j2`.
        shows: the type of the answer.
        purpose: what a message becomes at least, once this is in it.
        view: what its template sees of the answer.
    """

    name: str
    shows: type[O]
    purpose: Purpose
    view: Callable[[O, Pen], View]


@frozen
class NotPermitted(Reason):
    """A block is stricter than what may be sent on this channel."""

    says = says("block %(block)s is left out: there is no permission for %(purpose)s")
    block: str
    purpose: str


@frozen
class NotPlaced(Reason):
    """The kind has no place for a block."""

    says = says("block %(block)s is left out: %(kind)s has no place for it")
    block: str
    kind: str


@frozen
class NotShown(Reason):
    """No block shows this type of answer."""

    says = says("%(answer)s is left out: no block shows it")
    answer: str


@frozen(kw_only=True)
class Shown:
    """The blocks of one message: views by name, the strictest purpose, and what was left out."""

    views: tuple[BlockView, ...]
    purpose: Purpose
    dropped: tuple[Reason, ...]

    def first(self, name: str, /) -> View | None:
        """The first thing that the block of this name shows."""
        return next((block.items[0] for block in self.views if block.name == name), None)


def shown(action: Action, blocks: Iterable[Block[Any]], pen: Pen, /) -> Shown:
    """The blocks for the answers of an action, in the order in which its kind places them.

    What is stricter than the action's ceiling is left out, never the message.
    """
    by_type = {block.shows: block for block in blocks}
    items: dict[str, list[View]] = {}
    purpose, dropped = action.kind.purpose, []
    for answer in action.shows:
        block = by_type.get(type(answer))
        refused = _refusal(answer, block, action)
        if block is None or refused:
            dropped.append(refused or NotShown(type(answer).__name__))
            continue
        items.setdefault(block.name, []).append(block.view(answer, pen))
        purpose = max(purpose, block.purpose)
    order = _places(action.kind)
    views = [BlockView(name=name, items=tuple(items[name])) for name in order if name in items]
    return Shown(views=tuple(views), purpose=purpose, dropped=tuple(dropped))


def _places(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kind.requires, *kind.blocks)))


def _refusal(answer: Outcome, block: Block[Any] | None, action: Action) -> Reason | None:
    if block is None:
        return NotShown(type(answer).__name__)
    if block.name not in _places(action.kind):
        return NotPlaced(block.name, action.kind.name)
    if block.purpose > action.ceiling:
        return NotPermitted(block.name, block.purpose.name.lower())
    return None


def _offer(what: str, offer: Valid, pen: Pen, /, **words: str) -> OfferView:
    blank = dict.fromkeys(("title", "code", "value", "minimum", "url", "place", "when"), "")
    ends = pen.day(offer.ends) if offer.ends else ""
    return OfferView(what=what, ends=ends, **{**blank, **words})


def _coupon(coupon: Coupon, pen: Pen, /) -> OfferView:
    off = pen.money(coupon.off) if isinstance(coupon.off, Money) else f"{coupon.off.value:f}%"
    least = pen.money(coupon.minimum) if coupon.minimum else ""
    return _offer("coupon", coupon, pen, code=tidy(coupon.code), value=off, minimum=least)


def _gift(gift: Gift, pen: Pen, /) -> OfferView:
    return _offer("gift", gift, pen, title=tidy(gift.title or gift.sku))


def _free_shipping(offer: FreeShipping, pen: Pen, /) -> OfferView:
    least = pen.money(offer.minimum) if offer.minimum else ""
    return _offer("free_shipping", offer, pen, code=tidy(offer.code), minimum=least)


def _credit(credit: StoreCredit, pen: Pen, /) -> OfferView:
    return _offer("store_credit", credit, pen, value=pen.money(credit.amount))


def _perk(perk: Perk, pen: Pen, /) -> OfferView:
    title = tidy(perk.title or perk.name)
    url = link_or_none(perk.url)
    return _offer("perk", perk, pen, title=title, code=tidy(perk.code), url=url)


def _invitation(invitation: Invitation, pen: Pen, /) -> OfferView:
    when = pen.moment(invitation.held_at) if invitation.held_at else ""
    return _offer(
        "event" if when else "invitation",
        invitation,
        pen,
        title=tidy(invitation.title or invitation.name),
        url=link_or_none(invitation.url),
        place=tidy(invitation.place),
        when=when,
    )


def _points(points: Points, pen: Pen, /) -> PointsView:
    ends = pen.day(points.ends) if points.ends else ""
    return PointsView(
        count=points.count,
        written=pen.number(points.count),
        ends=ends,
        balance="",
        tier="",
        next_tier="",
        to_next="",
    )


BLOCKS: tuple[Block[Any], ...] = (
    Block(name="offer", shows=Coupon, purpose=Purpose.MARKETING, view=_coupon),
    Block(name="offer", shows=Gift, purpose=Purpose.MARKETING, view=_gift),
    Block(name="offer", shows=FreeShipping, purpose=Purpose.MARKETING, view=_free_shipping),
    Block(name="offer", shows=StoreCredit, purpose=Purpose.MARKETING, view=_credit),
    Block(name="offer", shows=Perk, purpose=Purpose.MARKETING, view=_perk),
    Block(name="invitation", shows=Invitation, purpose=Purpose.MARKETING, view=_invitation),
    Block(name="points", shows=Points, purpose=Purpose.SERVICE, view=_points),
)
