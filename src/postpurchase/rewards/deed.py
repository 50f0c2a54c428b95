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
from postpurchase.rewards.entry import joined


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
        number: which of the customer's orders it was, from 1, in the order in which they became
            known to be paid; those that were cancelled or fully refunded before do not count.
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
    paid = sorted(
        ((_paid_at(order), order.at, order.id, order) for order in history.orders if order.paid),
        key=_first_three,
    )
    gone: list[datetime | None] = []
    for at, _, id, order in paid:
        before = sum(undone is None or undone > at for undone in gone)
        gone.append(_undone_at(order))
        yield Deed(trigger=Trigger.ORDER, id=id, at=at, order=order, number=before + 1)


def _first_three(row: tuple[datetime, datetime, str, Order]) -> tuple[datetime, datetime, str]:
    return row[:3]


def _paid_at(order: Order) -> datetime:
    return max(min(each.recorded_at for each in order.payments if each.amount), order.recorded_at)


def _undone_at(order: Order) -> datetime | None:
    """When it became known that nothing is left of an order; None while something is."""
    changes = sorted(each.recorded_at for each in (*order.refunds, *order.cancellations))
    for at in changes:
        known = order.until(at)
        if known.cancelled or known.fully_refunded:
            return at
    return None


def _others(history: History) -> Iterator[Deed]:
    for review in history.all(ReviewPosted):
        yield Deed(
            trigger=Trigger.REVIEW, id=review.id, at=review.recorded_at, product=review.product
        )
    for answer in history.all(SurveyAnswered):
        whole = joined(answer.survey, answer.order or "")
        id = whole if answer.order else whole[:-1]
        yield Deed(trigger=Trigger.SURVEY, id=id, at=answer.recorded_at, what=answer.survey)
    for signed in history.all(SignedUp):
        yield Deed(trigger=Trigger.SIGN_UP, id=signed.what, at=signed.recorded_at, what=signed.what)
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
