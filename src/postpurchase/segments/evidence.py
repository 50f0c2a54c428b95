"""What speaks for a cause of leaving: facts of one customer, each read as a piece of evidence."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import ClassVar

from attrs import Attribute, field, frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.event import (
    MessageReplied,
    MessageSent,
    Resolution,
    ReturnOpened,
    ReviewPosted,
    SurveyAnswered,
    TicketAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    Visited,
    settled,
)
from postpurchase.domain.history import History
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Direction, Shipment
from postpurchase.errors import InvalidSegment


@unique
class Cause(StrEnum):
    """Why a customer may have left."""

    LEFT_MARKET = "left_market"
    """Needs nothing of the kind any more: moved, grew out of it."""
    COMPETITOR = "competitor"
    """Was won over by somebody else."""
    DISSATISFIED = "dissatisfied"
    """Was let down."""
    FEELS_UNCARED = "feels_uncared"
    """Believes that nobody cares."""


@frozen
class Evidence:
    """A fact that speaks for a cause.

    Attributes:
        cause: for which one.
        reason: the fact in words, with its id.
        weight: how strongly, from 0 to 1; weights of one cause add up like independent chances.
    """

    cause: Cause
    reason: Reason
    weight: float


@frozen
class CameLate(Reason):
    """A parcel that came after its promise, or has not come."""

    says: ClassVar[Says] = says("parcel %(parcel)s of order %(order)s was late")
    parcel: str
    order: str


@frozen
class SentBack(Reason):
    """Something that was sent back because it was not right."""

    says: ClassVar[Says] = says("return %(opened)s of order %(order)s: %(why)s")
    opened: str
    order: str
    why: str


@frozen
class LowScore(Reason):
    """An answer at the lower end of its scale."""

    says: ClassVar[Says] = says(
        "answer %(answer)s: %(score)s on a scale from %(lowest)s to %(highest)s"
    )
    answer: str
    score: int
    lowest: int
    highest: int


@frozen
class PoorReview(Reason):
    """A review with few stars."""

    says: ClassVar[Says] = says("review %(review)s: %(rating)s of %(best)s stars")
    review: str
    rating: int
    best: int


@frozen
class LeftUnsolved(Reason):
    """A ticket that ended without a solution."""

    says: ClassVar[Says] = says("ticket %(ticket)s ended unsolved")
    ticket: str


@frozen
class NotAnswered(Reason):
    """Something the customer wrote, and nobody answered."""

    says: ClassVar[Says] = says("%(what)s %(fact)s was not answered for %(days)s days")
    what: str
    fact: str
    days: int


@frozen
class NoWordSince(Reason):
    """An order after which the shop was silent."""

    says: ClassVar[Says] = says("no message after order %(order)s")
    order: str


@frozen
class Told(Reason):
    """What the customer said themselves."""

    says: ClassVar[Says] = says("answer %(answer)s names %(topic)s")
    answer: str
    topic: str


@frozen
class VisitsEnded(Reason):
    """A customer who used to look, and has not for as long as they did not order."""

    says: ClassVar[Says] = says("no visit for %(days)s days, after %(visits)s visits")
    days: int
    visits: int


def _weight(_: object, attribute: "Attribute[float]", value: float) -> None:
    if not 0 <= value <= 1:
        need = f"a weight from 0 to 1 for {attribute.name}, not {value!r}"
        raise InvalidSegment(segment="Weights", need=need)


def _patient(_: object, __: object, patience: timedelta) -> None:
    if patience < timedelta(0):
        raise InvalidSegment(segment="Weights", need="a patience of 0 or more")


@frozen(kw_only=True)
class Weights:
    """How strongly each kind of evidence speaks: from 0, not at all, to 1, beyond doubt.

    The figures are judgements, not measurements; a shop that asks customers why they left should
    set them from the answers.

    Attributes:
        late: a parcel after its promise.
        sent_back: a return because something was not right.
        low_score: an answer in the lower part of its scale.
        poor_review: a review with two of five stars or less.
        unsolved: a ticket that ended unsolved.
        unanswered: a question without an answer.
        no_word: an order without a message after it.
        told: a cause that the customer named.
        visits_ended: visits that stopped with the orders.
        patience: how long an answer may take.
        competitor_topics: topics of answers that name a competitor.
        market_topics: topics of answers that say the need is gone.
        faults: reasons of returns that are the shop's doing.
    """

    late: float = field(default=0.25, validator=_weight)
    sent_back: float = field(default=0.3, validator=_weight)
    low_score: float = field(default=0.4, validator=_weight)
    poor_review: float = field(default=0.5, validator=_weight)
    unsolved: float = field(default=0.5, validator=_weight)
    unanswered: float = field(default=0.5, validator=_weight)
    no_word: float = field(default=0.2, validator=_weight)
    told: float = field(default=0.8, validator=_weight)
    visits_ended: float = field(default=0.3, validator=_weight)
    patience: timedelta = field(default=timedelta(days=3), validator=_patient)
    competitor_topics: frozenset[str] = frozenset({"competitor", "price"})
    market_topics: frozenset[str] = frozenset({"moved", "no_longer_needed", "life_change"})
    faults: frozenset[str] = frozenset({"damaged", "defect", "wrong_item", "not_as_described"})


USUAL_WEIGHTS = Weights()
"""Judgements to begin with."""

_LOW_SHARE = 0.6
_POOR_SHARE = 0.4


def dissatisfied(history: History, at: datetime, weights: Weights, /) -> Iterator[Evidence]:
    """Late parcels, returns for a fault, unsolved tickets, and what was said of it."""
    orders = {order.id: order for order in history.orders}
    for parcel in history.shipments:
        if _late(parcel, orders.get(parcel.order), at):
            yield Evidence(Cause.DISSATISFIED, CameLate(parcel.id, parcel.order), weights.late)
    for back in history.all(ReturnOpened):
        if back.reason in weights.faults:
            reason = SentBack(back.id, back.order, back.reason)
            yield Evidence(Cause.DISSATISFIED, reason, weights.sent_back)
    for ended in history.all(TicketClosed):
        if ended.resolution is Resolution.UNSOLVED:
            unsolved = LeftUnsolved(ended.ticket)
            yield Evidence(Cause.DISSATISFIED, unsolved, weights.unsolved)
    yield from _judged(history, weights)


def _judged(history: History, weights: Weights) -> Iterator[Evidence]:
    """Low scores and poor reviews."""
    for answer in history.all(SurveyAnswered):
        score, scale = answer.score, answer.highest - answer.lowest
        if score is not None and score - answer.lowest <= _LOW_SHARE * scale:
            low = LowScore(answer.id, score, answer.lowest, answer.highest)
            yield Evidence(Cause.DISSATISFIED, low, weights.low_score)
    for review in history.all(ReviewPosted):
        if review.rating is not None and review.rating <= _POOR_SHARE * review.best:
            poor = PoorReview(review.id, review.rating, review.best)
            yield Evidence(Cause.DISSATISFIED, poor, weights.poor_review)


def _late(parcel: Shipment, order: Order | None, at: datetime) -> bool:
    promise = parcel.promise or (order.promise if order else None)
    if promise is None or parcel.direction is not Direction.OUTBOUND:
        return False
    return (parcel.delivered_at or at) >= promise.end


def uncared(history: History, at: datetime, weights: Weights, /) -> Iterator[Evidence]:
    """Questions and replies that nobody answered, orders after which no word came."""
    yield from _unheard(history, at, weights)
    sent = sorted(each.at for each in history.all(MessageSent))
    for reply in history.all(MessageReplied):
        if at - reply.at >= weights.patience and not any(when > reply.at for when in sent):
            waits = NotAnswered("reply", reply.id, (at - reply.at).days)
            yield Evidence(Cause.FEELS_UNCARED, waits, weights.unanswered)
    for order in history.orders if sent else ():
        silent = at - order.at >= weights.patience and not any(when >= order.at for when in sent)
        if silent:
            yield Evidence(Cause.FEELS_UNCARED, NoWordSince(order.id), weights.no_word)


def told(history: History, weights: Weights, /) -> Iterator[Evidence]:
    """What the customer said themselves, in the topics of answers."""
    for answer in history.all(SurveyAnswered):
        for topic in answer.topics:
            if topic in weights.competitor_topics:
                yield Evidence(Cause.COMPETITOR, Told(answer.id, topic), weights.told)
            if topic in weights.market_topics:
                yield Evidence(Cause.LEFT_MARKET, Told(answer.id, topic), weights.told)


def gone_quiet(history: History, at: datetime, weights: Weights, /) -> Iterator[Evidence]:
    """Visits that stopped no later than the orders, two of them or more before."""
    visits = [each.at for each in history.all(Visited)]
    orders = [each.at for each in history.orders if not each.cancelled]
    if len(visits) > 1 and orders and max(visits) <= max(orders) + weights.patience:
        silent = (at - max(visits)).days
        if at - max(visits) >= weights.patience:
            ended = VisitsEnded(silent, len(visits))
            yield Evidence(Cause.LEFT_MARKET, ended, weights.visits_ended)


def _unheard(history: History, at: datetime, weights: Weights) -> Iterator[Evidence]:
    """Tickets in which the customer wrote last and waits."""
    replies = history.all(TicketReplied)
    wrote = {each.ticket: each.at for each in replies}
    answers = {each.ticket: each.at for each in history.all(TicketAnswered)}
    over = settled(replies, history.all(TicketClosed))
    for opened in history.all(TicketOpened):
        since = wrote.get(opened.id, opened.at)
        heard = opened.id in answers and answers[opened.id] >= since
        if not heard and opened.id not in over and at - since >= weights.patience:
            waits = NotAnswered("ticket", opened.id, (at - since).days)
            yield Evidence(Cause.FEELS_UNCARED, waits, weights.unanswered)


def observed(history: History, /) -> frozenset[Cause]:
    """The causes of which anything would show in these facts, were they true."""
    kinds: dict[Cause, tuple[type, ...]] = {
        Cause.DISSATISFIED: (Shipment, ReturnOpened, SurveyAnswered, ReviewPosted, TicketClosed),
        Cause.FEELS_UNCARED: (TicketOpened, MessageReplied, MessageSent),
        Cause.COMPETITOR: (SurveyAnswered,),
        Cause.LEFT_MARKET: (SurveyAnswered, Visited),
    }
    return frozenset(
        cause
        for cause, types in kinds.items()
        if any(isinstance(fact, types) for fact in history.facts)
    )
