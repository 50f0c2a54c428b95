"""What a marketplace lets a shop write to somebody who bought there."""

from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.order import Order
from postpurchase.domain.rule import Known
from postpurchase.journey.case import Case
from postpurchase.journey.reason import KnownThrough
from postpurchase.privacy import OWN_GROUND, Basis
from postpurchase.support import Limits, MarketplaceLimits


def refused(case: Case, channel: Channel, /) -> tuple[Reason, ...]:
    """Why a marketplace forbids the message on the channel; empty where none does.

    An order of a marketplace has that marketplace's limits. What is about no order must not be
    advertising to somebody who bought on marketplaces alone. Who said yes to the shop itself is
    the shop's own customer; but what the contract needs stays the marketplace's to send.
    """
    if channel in OWN_GROUND or (case.purpose >= Purpose.SERVICE and _agreed(case, channel)):
        return ()
    if case.entry.order is not None:
        limits = _limits(case, case.entry.order, channel)
        return () if limits else limits.reasons
    through = _through(case) if case.purpose >= Purpose.SOLICITATION else ""
    return (KnownThrough(through),) if through else ()


def ceiling(case: Case, /) -> Purpose:
    """The strictest purpose that the law and the marketplace permit, at least the kind's own."""
    most = case.scene.permissions.ceiling(case.on)
    if case.on in OWN_GROUND or _agreed(case, case.on):
        return most
    return max(case.purpose, min(most, _most(case)))


def _agreed(case: Case, channel: Channel, /) -> bool:
    """Whether the customer said yes to the shop itself, to a question or to more."""
    asked = max(case.purpose, Purpose.SOLICITATION)
    decision = case.scene.permissions.ask(channel, asked)
    return decision.value is Basis.CONSENT if decision else False


def _most(case: Case, /) -> Purpose:
    if case.entry.order is None:
        return Purpose.SERVICE if _through(case) else Purpose.MARKETING
    limits = _limits(case, case.entry.order, case.on)
    return limits.value.ceiling if limits and limits.value else Purpose.MARKETING


def _limits(case: Case, order: Order, channel: Channel, /) -> Granted[Limits | None] | Declined:
    """What the marketplace says of the message; an order of the shop's own is granted."""
    asked = MarketplaceLimits(
        limits=case.playbook.marketplaces, kind=case.step.kind, channel=channel
    )
    known = Known(case.scene.history)
    return asked.decide(order, at=case.scene.at, known=known)


def _through(case: Case, /) -> str:
    """The marketplace through which alone the customer is known; empty where there is none."""
    names = [order.marketplace for order in case.scene.orders]
    return names[-1] if names and all(names) else ""
