"""Blocks: named values that each show one kind of answer, and how strict that makes a message."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

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
from postpurchase.messages.views import (
    MOST_TEXT,
    ArticleView,
    BlockView,
    OfferView,
    PointsView,
    ProductsView,
    ProductView,
    TierView,
    View,
    tidy,
)
from postpurchase.recommend import Suggestion, Suggestions
from postpurchase.rewards import Award, Standing

O = TypeVar("O", bound=Outcome)  # noqa: E741 - an Outcome


class Shows(Protocol):
    """Whatever shows one type of answer; `Block` is how to make one."""

    @property
    def name(self) -> str:
        """The address of its words, `blocks/<name>.j2`."""
        ...

    @property
    def purpose(self) -> Purpose:
        """What a message becomes at least, once this is in it."""
        ...

    def see(self, answer: Outcome, pen: Pen, /) -> View | None:
        """What the template sees of this answer; None of one of another type."""
        ...


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

    def see(self, answer: Outcome, pen: Pen, /) -> View | None:
        """What the template sees of this answer; None of one of another type."""
        return self.view(answer, pen) if isinstance(answer, self.shows) else None


@frozen(kw_only=True)
class Reading(Outcome):
    """Something to read, watch or hear about a product.

    Attributes:
        medium: `article`, `video`, `podcast`, `infographic`, `guide` or `brochure`.
    """

    title: str
    url: str
    summary: str = ""
    medium: str = "article"


@frozen(kw_only=True)
class Answer(Outcome):
    """A question that others have asked, and its answer; `url` is where more stands."""

    question: str
    answer: str
    url: str = ""


@frozen(kw_only=True)
class Question(Outcome):
    """A question to the customer, and where it is answered: a survey, a word for others."""

    url: str
    text: str = ""


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


def shown(action: Action, blocks: Sequence[Shows], pen: Pen, /) -> Shown:
    """The blocks for the answers of an action, in the order in which its kind places them.

    Of several blocks that show one type of answer the first one counts.

    What is stricter than the action's ceiling is left out, never the message.
    """
    items: dict[str, list[View]] = {}
    purpose = action.kind.purpose
    dropped: list[Reason] = []
    for answer in action.shows:
        block, view = _seen(answer, blocks, pen)
        if block is None or view is None:
            dropped.append(NotShown(type(answer).__name__))
        elif refused := _refusal(block, action):
            dropped.append(refused)
        else:
            items.setdefault(block.name, []).append(view)
            purpose = max(purpose, block.purpose)
    order = _places(action.kind)
    views = [BlockView(name=name, items=tuple(items[name])) for name in order if name in items]
    return Shown(views=tuple(views), purpose=purpose, dropped=tuple(dropped))


def _seen(
    answer: Outcome, blocks: Iterable[Shows], pen: Pen
) -> tuple[Shows, View] | tuple[None, None]:
    for block in blocks:
        view = block.see(answer, pen)
        if view is not None:
            return block, view
    return None, None


def _places(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kind.requires, *kind.blocks)))


def _refusal(block: Shows, action: Action) -> Reason | None:
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
    return PointsView(count=points.count, written=pen.number(points.count), ends=ends)


def _award(award: Award, pen: Pen, /) -> PointsView:
    return PointsView(count=award.points, written=pen.number(award.points), ends="")


def _tier(standing: Standing, pen: Pen, /) -> TierView:
    after = standing.next
    missing = ""
    if after:
        missing = pen.money(after.money) if after.money else pen.number(after.missing)
    return TierView(
        name=tidy(standing.tier),
        until=pen.day(standing.until) if standing.until else "",
        next_name=tidy(after.tier) if after else "",
        missing=missing,
    )


def _suggestions(suggestions: Suggestions, pen: Pen, /) -> ProductsView:
    return ProductsView(items=tuple(_suggested(each, pen) for each in suggestions.items))


def _suggested(suggestion: Suggestion, pen: Pen) -> ProductView:
    product, variant = suggestion.product, suggestion.variant
    price = variant.price if variant and variant.price else product.price
    return ProductView(
        title=tidy(product.title),
        url=link_or_none((variant.url if variant else "") or product.url),
        image=link_or_none((variant.image if variant else "") or product.image),
        price=pen.money(price) if price else "",
        why=pen.why(suggestion.reasons),
    )


def _reading(reading: Reading, _pen: Pen, /) -> ArticleView:
    return ArticleView(
        title=tidy(reading.title),
        url=link_or_none(reading.url),
        summary=tidy(reading.summary, MOST_TEXT),
        medium=reading.medium,
    )


def _answer(answer: Answer, _pen: Pen, /) -> ArticleView:
    return ArticleView(
        title=tidy(answer.question),
        url=link_or_none(answer.url),
        summary=tidy(answer.answer, MOST_TEXT),
        medium="",
    )


def _question(question: Question, _pen: Pen, /) -> ArticleView:
    title, url = tidy(question.text), link_or_none(question.url)
    return ArticleView(title=title, url=url, summary="", medium="")


BLOCKS: tuple[Shows, ...] = (
    Block(name="offer", shows=Coupon, purpose=Purpose.MARKETING, view=_coupon),
    Block(name="offer", shows=Gift, purpose=Purpose.MARKETING, view=_gift),
    Block(name="offer", shows=FreeShipping, purpose=Purpose.MARKETING, view=_free_shipping),
    Block(name="offer", shows=StoreCredit, purpose=Purpose.MARKETING, view=_credit),
    Block(name="offer", shows=Perk, purpose=Purpose.MARKETING, view=_perk),
    Block(name="invitation", shows=Invitation, purpose=Purpose.MARKETING, view=_invitation),
    Block(name="points", shows=Points, purpose=Purpose.SERVICE, view=_points),
    Block(name="points", shows=Award, purpose=Purpose.SERVICE, view=_award),
    Block(name="tier", shows=Standing, purpose=Purpose.SERVICE, view=_tier),
    Block(name="suggestions", shows=Suggestions, purpose=Purpose.MARKETING, view=_suggestions),
    Block(name="guides", shows=Reading, purpose=Purpose.SERVICE, view=_reading),
    Block(name="answers", shows=Answer, purpose=Purpose.SERVICE, view=_answer),
    Block(name="survey", shows=Question, purpose=Purpose.SOLICITATION, view=_question),
)
