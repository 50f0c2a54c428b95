"""What each kind tells: its values, the button it leads to, and what it encloses."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from postpurchase.domain import kinds
from postpurchase.domain.message import Action
from postpurchase.domain.moment import local_date
from postpurchase.domain.pairs import Pairs
from postpurchase.messages.blocks import Shown
from postpurchase.messages.facts import Facts
from postpurchase.messages.links import link_or_none
from postpurchase.messages.pen import Pen
from postpurchase.messages.views import MOST_TEXT, LineView, View, tidy

INVOICE: Final = "invoice"
_FIRST: Final = ("offer", "points", "suggestions", "tier")

ENCLOSES: Final[Pairs[tuple[str, ...]]] = Pairs(
    {kinds.THANK_YOU.name: (INVOICE,), kinds.INVOICE.name: (INVOICE,)}
)

_TRACK: Final = (
    kinds.SHIPPED,
    kinds.PARTLY_SHIPPED,
    kinds.ARRIVING_TOMORROW,
    kinds.OUT_FOR_DELIVERY,
    kinds.READY_FOR_PICKUP,
    kinds.DELIVERED,
    kinds.DELAYED,
    kinds.DELIVERY_EXCEPTION,
    kinds.EXCHANGE_SHIPPED,
)
ACTIONS: Final[Mapping[str, str]] = {
    **{kind.name: "track" for kind in _TRACK},
    kinds.ORDER_CONFIRMATION.name: "order",
    kinds.THANK_YOU.name: "order",
    kinds.INVOICE.name: "order",
    kinds.ORDER_CHANGED.name: "order",
    kinds.ORDER_CANCELLED.name: "shop",
    kinds.PAYMENT_FAILED.name: "pay",
    kinds.HOW_TO.name: "guide",
    kinds.CHECK_IN.name: "contact",
    kinds.SURVEY.name: "survey",
    kinds.REVIEW_REQUEST.name: "review",
    kinds.REVIEW_REMINDER.name: "review",
    kinds.REVIEW_PUBLISHED.name: "published",
    kinds.REFILL.name: "reorder",
    kinds.POINTS_EARNED.name: "points",
    kinds.POINTS_EXPIRING.name: "points",
    kinds.TIER_REACHED.name: "points",
    kinds.REFERRAL_INVITATION.name: "referral",
    kinds.ACCOUNT_INVITATION.name: "account",
    kinds.NEWSLETTER_INVITATION.name: "newsletter",
    kinds.ALERT_INVITATION.name: "alerts",
    kinds.RETURN_APPROVED.name: "label",
    kinds.RETURN_RECEIVED.name: "order",
    kinds.REFUNDED.name: "order",
    kinds.WITHDRAWAL_ACKNOWLEDGED.name: "order",
}
"""The name of the address that a kind's button leads to; the shop's front page for all others."""


@frozen(kw_only=True)
class ReviewView(View):
    """A review that can be read, and where."""

    title: str
    place: str


@frozen(kw_only=True)
class RefundView(View):
    """Money that went back; `lines` are what it was for, empty where nobody said."""

    amount: str
    at: str
    lines: tuple[LineView, ...]


@frozen(kw_only=True)
class ReturnView(View):
    """A return: its number, what comes back, until when, and what was said."""

    number: str
    lines: tuple[LineView, ...]
    until: str
    note: str
    received: str


def told(
    action: Action, facts: Facts, pen: Pen, blocks: Shown, address: Callable[[str], str], /
) -> dict[str, object]:
    """What the templates of this kind may read, beside the shop and the sender."""
    order = facts.order
    first = {name: blocks.first(name) for name in _FIRST}
    return {
        "customer": pen.customer(facts),
        "order": pen.order(order) if order else None,
        "parcel": pen.parcel(facts.shipment, order) if facts.shipment else None,
        "refund": _refund(facts, pen),
        "back": _return(facts, pen),
        "review": _review(facts),
        **first,
        "variant": action.variant,
        "years": _years(action, facts, pen),
        "received": _received(action, facts, pen),
        "action_url": _action(action, facts, address),
        "blocks": tuple(each for each in blocks.views if each.name not in action.kind.requires),
    }


def _action(action: Action, facts: Facts, address: Callable[[str], str]) -> str:
    name = ACTIONS.get(action.kind.name, "shop")
    url = address(name)
    if url:
        return url
    own = {
        "track": facts.shipment.url if facts.shipment else "",
        "order": facts.order.url if facts.order else "",
        "published": facts.published.url if facts.published else "",
    }
    return link_or_none(own.get(name, ""))


def _received(action: Action, facts: Facts, pen: Pen) -> str:
    """When a return or a withdrawal was stated; where only the action tells, when that fell due."""
    if facts.returned:
        return pen.moment(facts.returned.at)
    stated = action.kind.name == kinds.WITHDRAWAL_ACKNOWLEDGED.name
    return pen.moment(action.target) if stated else ""


def _years(action: Action, facts: Facts, pen: Pen) -> int:
    """Whole years from the order to the day on which the message fell due."""
    if facts.order is None:
        return 0
    then, now = (local_date(at, pen.zone) for at in (facts.order.at, action.target))
    return now.year - then.year


def _review(facts: Facts) -> ReviewView | None:
    review, published = facts.review, facts.published
    if review is None and published is None:
        return None
    return ReviewView(
        title=tidy(review.title) if review else "", place=tidy(published.place) if published else ""
    )


def _refund(facts: Facts, pen: Pen) -> RefundView | None:
    refund, order = facts.refund, facts.order
    if refund is None:
        return None
    units = {part.line: part.quantity for part in refund.lines}
    lines = order.lines if order else ()
    return RefundView(
        amount=pen.money(refund.amount),
        at=pen.day(refund.at),
        lines=tuple(pen.line(line, units[line.id]) for line in lines if line.id in units),
    )


def _return(facts: Facts, pen: Pen) -> ReturnView | None:
    opened, order = facts.returned, facts.order
    if opened is None:
        return None
    lines = order.lines if order else ()
    until = facts.approved.ends if facts.approved else None
    return ReturnView(
        number=tidy(opened.id),
        lines=tuple(
            pen.line(each, opened.lines[each.id]) for each in lines if each.id in opened.lines
        ),
        until=pen.day(until) if until else "",
        note=tidy(opened.note, MOST_TEXT),
        received=pen.day(facts.received.at) if facts.received else "",
    )
