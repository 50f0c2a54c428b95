"""What a customer does beside buying: reads, answers, reviews, uses codes, brings friends."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from attrs import frozen

from postpurchase.domain.event import (
    Agent,
    ContentShared,
    CouponRedeemed,
    MessageClicked,
    MessageOpened,
    MessageReplied,
    MessageSent,
    Referred,
    ReviewPosted,
    SurveyAnswered,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.shipment import Delivery, progress
from postpurchase.errors import InvalidFigure

_GOOD_STARS = Decimal("0.8")
_F = TypeVar("_F", bound=Fact)


@frozen(kw_only=True)
class Engagement:
    """What one customer did until an instant; each message, order and friend counts once.

    What mail programs and link scanners open does not count.

    Attributes:
        customer: who.
        orders: orders that were not cancelled.
        delivered: those that came whole.
        reviewed: those of the delivered that a review names.
        messages: how many were sent.
        opened: how many of them were opened by somebody.
        clicked: how many were clicked by somebody.
        replies: how often the customer wrote back.
        reviews: how many were written.
        rated: how many of them have stars.
        positive: how many of those have four of five stars or more.
        answers: how many questions of surveys were answered.
        redemptions: how many codes were used.
        referred: the friends who came, by their ids.
        friends: those of them who ordered.
        shared: how many pictures and the like were shown to others.
    """

    customer: str
    orders: int = 0
    delivered: int = 0
    reviewed: int = 0
    messages: int = 0
    opened: int = 0
    clicked: int = 0
    replies: int = 0
    reviews: int = 0
    rated: int = 0
    positive: int = 0
    answers: int = 0
    redemptions: int = 0
    referred: tuple[str, ...] = ()
    friends: tuple[str, ...] = ()
    shared: int = 0

    @property
    def reactions(self) -> int:
        """All together: opened, clicked, replied, reviewed, answered, used, brought and shown."""
        looked, said = self.opened + self.clicked, self.replies + self.reviews + self.answers
        return looked + said + self.redemptions + len(self.referred) + self.shared

    @property
    def advocate(self) -> bool:
        """Whether they speak for the shop: brought a friend, showed something, praised it."""
        return bool(self.referred or self.shared or self.positive)


def engagement_of(history: History, /, *, at: datetime, customer: str | None = None) -> Engagement:
    """What one customer did beside buying.

    Points that were spent stand in no fact but in a ledger: add them with
    ``attrs.evolve(engagement, redemptions=...)``.

    Args:
        history: The customer's facts.
        at: The instant.
        customer: Who it is, where the history has no `Customer`.

    Raises:
        InvalidFigure: Nobody says who it is.
    """
    known = history.until(at)
    who = customer or (known.customer and known.customer.id)
    if not who:
        need = "a history with a Customer, or customer="
        raise InvalidFigure(name="customer", need=need, got=customer)
    reviews, referred = _past(known, ReviewPosted, at), _past(known, Referred, at)
    stars = [review for review in reviews if review.rating is not None]
    orders = [order for order in known.orders if order.at <= at and not order.cancelled]
    came = {
        order.id
        for order in orders
        if progress(order, known.shipments).delivery is Delivery.DELIVERED
    }
    return Engagement(
        customer=who,
        orders=len(orders),
        delivered=len(came),
        reviewed=len(came & {review.order for review in reviews}),
        messages=len(_past(known, MessageSent, at)),
        opened=_messages(_past(known, MessageOpened, at)),
        clicked=_messages(_past(known, MessageClicked, at)),
        replies=len(_past(known, MessageReplied, at)),
        reviews=len(reviews),
        rated=len(stars),
        positive=sum((each.rating or 0) >= _GOOD_STARS * each.best for each in stars),
        answers=len(_past(known, SurveyAnswered, at)),
        redemptions=len(_past(known, CouponRedeemed, at)),
        referred=tuple(sorted({each.friend for each in referred})),
        friends=tuple(sorted({each.friend for each in referred if each.order is not None})),
        shared=len(_past(known, ContentShared, at)),
    )


def _past(history: History, kind: type[_F], at: datetime) -> tuple[_F, ...]:
    return tuple(fact for fact in history.all(kind) if fact.at <= at)


def _messages(looked: Iterable[MessageOpened | MessageClicked]) -> int:
    return len({each.message for each in looked if each.by is not Agent.MACHINE})


@frozen(kw_only=True)
class Brought:
    """What one customer brought to the shop by speaking for it.

    Attributes:
        engagement: what the customer did.
        value: what the friends who ordered are worth together; those whose worth is not known
            count as nothing.
    """

    engagement: Engagement
    value: Money


def advocates(
    customers: Iterable[Engagement], values: Mapping[str, Money], /, *, currency: str
) -> tuple[Brought, ...]:
    """Who speaks for the shop, and what that brought; the most valuable first.

    A friend whom two customers brought counts for both.

    Args:
        customers: What each did.
        values: What each customer is worth, by id, such as `historic` or `future_value` say.
        currency: The currency of the values.

    Raises:
        CurrencyMismatch: A value is in another currency.
    """
    nothing = Money.zero(currency)
    found = (
        Brought(
            engagement=each,
            value=Money.sum(
                (values.get(friend, nothing) for friend in each.friends), currency=currency
            ),
        )
        for each in customers
        if each.advocate
    )
    return tuple(sorted(found, key=lambda each: (-each.value.minor, each.engagement.customer)))
