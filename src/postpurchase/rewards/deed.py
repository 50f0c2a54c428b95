"""What a customer did that a programme may reward."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.event import (
    AccountCreated,
    ContentShared,
    Referred,
    ReviewPosted,
    SignedUp,
    SocialFollowed,
    SurveyAnswered,
)
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, Refund


@unique
class Trigger(StrEnum):
    """What points can be given for."""

    ORDER = "order"
    REVIEW = "review"
    SURVEY = "survey"
    SIGN_UP = "sign_up"
    FOLLOW = "follow"
    CONTENT = "content"
    ACCOUNT = "account"
    REFERRAL = "referral"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"


@frozen(kw_only=True)
class Deed:
    """One thing done, once.

    Attributes:
        trigger: what kind of thing.
        id: names it within its kind, such as an order id or a year.
        at: from when it is known; in UTC.
        what: which one, such as `newsletter` or a network; empty where there is one.
        order: the order, where it is one.
        number: which of the customer's orders it was, from 1; orders that were cancelled or fully
            refunded before do not count.
        product: what it is about, where it is about a product.
        refunds: the refunds of the order that count; none for what it first earned.
    """

    trigger: Trigger
    id: str
    at: datetime
    what: str = ""
    order: Order | None = None
    number: int = 0
    product: str | None = None
    refunds: tuple[Refund, ...] = ()

    @property
    def key(self) -> str:
        """What names it for ever, such as `order:1001`."""
        return f"{self.trigger}:{self.id}"


def deeds(history: History, /) -> tuple[Deed, ...]:
    """Everything in a history that a programme may reward, the oldest first.

    An order counts once money was captured for it; a survey counts once however many of its
    questions were answered; a network that is followed again counts once. A friend counts as soon
    as a `Referred` is there: record it once `Referral` grants, so that the guards stand before it.
    """
    found = (*_orders(history), *_others(history))
    first = {deed.key: deed for deed in sorted(found, key=_when, reverse=True)}
    return tuple(sorted(first.values(), key=_when))


def _when(deed: Deed) -> tuple[datetime, str]:
    return (deed.at, deed.key)


def _orders(history: History) -> Iterator[Deed]:
    orders = [order for order in history.orders if order.paid]
    for order in orders:
        at = min(each.recorded_at for each in order.payments if each.amount)
        at = max(at, order.recorded_at)
        before = (each.until(order.at) for each in orders if each.at < order.at)
        kept = sum(not (each.cancelled or each.fully_refunded) for each in before)
        yield Deed(trigger=Trigger.ORDER, id=order.id, at=at, order=order, number=kept + 1)


def _others(history: History) -> Iterator[Deed]:
    for review in history.all(ReviewPosted):
        yield Deed(
            trigger=Trigger.REVIEW, id=review.id, at=review.recorded_at, product=review.product
        )
    for answer in history.all(SurveyAnswered):
        id = f"{answer.survey}:{answer.order}" if answer.order else answer.survey
        yield Deed(trigger=Trigger.SURVEY, id=id, at=answer.recorded_at, what=answer.survey)
    for joined in history.all(SignedUp):
        yield Deed(trigger=Trigger.SIGN_UP, id=joined.what, at=joined.recorded_at, what=joined.what)
    for followed in history.all(SocialFollowed):
        name = followed.network
        yield Deed(trigger=Trigger.FOLLOW, id=name, at=followed.recorded_at, what=name)
    for shared in history.all(ContentShared):
        yield Deed(
            trigger=Trigger.CONTENT,
            id=shared.id,
            at=shared.recorded_at,
            what=shared.place,
            product=shared.product,
        )
    for referred in history.all(Referred):
        yield Deed(
            trigger=Trigger.REFERRAL,
            id=referred.friend,
            at=referred.recorded_at,
            what=referred.code,
        )
    for account in history.all(AccountCreated):
        yield Deed(trigger=Trigger.ACCOUNT, id=account.account, at=account.recorded_at)
