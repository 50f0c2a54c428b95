"""How the answers of every room are shown: one block for each type of answer."""

from collections.abc import Callable
from typing import Any, Final

from postpurchase.domain.decision import Reason
from postpurchase.domain.message import Purpose
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
from postpurchase.messages import dates
from postpurchase.messages.blocks import Block, Question, Shows
from postpurchase.messages.links import link_or_none
from postpurchase.messages.pen import Pen
from postpurchase.messages.views import (
    MOST_TEXT,
    ArticlesView,
    ArticleView,
    AvailabilityView,
    IdeaView,
    LinkView,
    OfferView,
    PathView,
    PointsView,
    ProductsView,
    ProductView,
    TierView,
    tidy,
)
from postpurchase.offers import PersonalOffer
from postpurchase.recommend import Suggestion, Suggestions
from postpurchase.rewards import Award, Standing
from postpurchase.support import (
    Answers,
    Article,
    Availability,
    BackAt,
    Idea,
    Path,
    Reading,
    Survey,
    ThereNow,
    ThereUntil,
)


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


def _readings(reading: Reading, _pen: Pen, /) -> ArticlesView:
    return ArticlesView(items=tuple(_article(each.article) for each in reading.items))


def _answers(answers: Answers, _pen: Pen, /) -> ArticlesView:
    return ArticlesView(items=tuple(_article(hit.article, hit.snippet) for hit in answers.hits))


def _article(article: Article, summary: str = "") -> ArticleView:
    return ArticleView(
        title=tidy(article.title),
        url=link_or_none(article.url),
        summary=tidy(summary),
        medium=str(article.medium),
    )


def _path(path: Path, pen: Pen, /) -> PathView:
    return PathView(
        steps=tuple(pen.sentences.say(step.says.one) for step in path.steps),
        articles=tuple(_article(each) for each in path.articles),
    )


def _availability(availability: Availability, pen: Pen, /) -> AvailabilityView:
    return AvailabilityView(
        statement=tidy(pen.sentences.speak(_statement(availability, pen))),
        channels=tuple((tidy(name), tidy(place)) for name, place in availability.channels),
    )


def _statement(availability: Availability, pen: Pen) -> Reason:
    """The same sentence with the day and the clock as the reader writes and lives them."""
    changes = availability.changes
    if changes is None:
        return availability.statement
    clock = dates.clock(changes, pen.zone, pen.tag, digits=pen.digits)
    if not availability.open:
        return BackAt(pen.day(changes), clock)
    if isinstance(availability.statement, ThereUntil):
        return ThereUntil(pen.day(changes), clock)
    return ThereNow(clock)


def _survey(survey: Survey, pen: Pen, /) -> LinkView:
    """The first question, in the reader's language, and where all of them are answered."""
    return LinkView(tidy(survey.asked(pen.tag)[0].text), link_or_none(survey.url))


def _idea(idea: Idea, _pen: Pen, /) -> IdeaView:
    return IdeaView(what=idea.what, prompt=tidy(idea.prompt, MOST_TEXT))


def _personal(personal: PersonalOffer, pen: Pen, /) -> OfferView:
    given = personal.offer
    for each, view in _OFFERS:
        if isinstance(given, each):
            return view(given, pen)
    points = given.count if isinstance(given, Points) else 0
    return _offer("points", given, pen, value=pen.number(points))


def _question(question: Question, _pen: Pen, /) -> LinkView:
    return LinkView(tidy(question.text), link_or_none(question.url))


_OFFERS: Final[tuple[tuple[type[Valid], Callable[[Any, Pen], OfferView]], ...]] = (
    (Coupon, _coupon),
    (Gift, _gift),
    (FreeShipping, _free_shipping),
    (StoreCredit, _credit),
    (Perk, _perk),
    (Invitation, _invitation),
)

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
    Block(name="guides", shows=Reading, purpose=Purpose.SERVICE, view=_readings),
    Block(name="answers", shows=Answers, purpose=Purpose.SERVICE, view=_answers),
    Block(name="path", shows=Path, purpose=Purpose.SERVICE, view=_path),
    Block(name="availability", shows=Availability, purpose=Purpose.SERVICE, view=_availability),
    Block(name="feedback", shows=Survey, purpose=Purpose.SOLICITATION, view=_survey),
    Block(name="offer", shows=PersonalOffer, purpose=Purpose.MARKETING, view=_personal),
    Block(name="idea", shows=Idea, purpose=Purpose.SOLICITATION, view=_idea),
    Block(name="survey", shows=Question, purpose=Purpose.SOLICITATION, view=_question),
)
