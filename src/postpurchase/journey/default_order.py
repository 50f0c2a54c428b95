"""The default journeys of an order and its money."""

from typing import Final

from postpurchase.domain import kinds
from postpurchase.domain.event import ReturnApproved, ReturnReceived
from postpurchase.domain.offer import Invitation
from postpurchase.journey.exits import IfCancelled, IfRefunded
from postpurchase.journey.journey import Journey
from postpurchase.journey.requires import Passes
from postpurchase.journey.step import Step
from postpurchase.journey.triggers.story import Happened, OrderPlaced
from postpurchase.journey.triggers.turns import (
    MoneyReturned,
    OrderCancelled,
    OrderChanged,
    OrderWithdrawn,
    PaidLater,
    PaymentFailed,
)

_DAY: Final = 24

ORDER: Final = (
    # At once, and no longer after a day: a mail that kept coming after the order was paid is
    # remembered (github.com/mollie/magento2/issues/320).
    Journey(
        id="order_confirmation",
        trigger=OrderPlaced(),
        priority=100,
        exits=(IfCancelled(),),
        steps=(Step(id="confirm", kind=kinds.ORDER_CONFIRMATION, lateness_hours=_DAY),),
    ),
    Journey(
        id="payment_failed",
        trigger=PaymentFailed(),
        priority=99,
        exits=(IfCancelled(),),
        steps=(Step(id="notice", kind=kinds.PAYMENT_FAILED, lateness_hours=_DAY),),
    ),
    Journey(
        id="order_changed",
        trigger=OrderChanged(),
        priority=98,
        exits=(IfCancelled(),),
        steps=(Step(id="notice", kind=kinds.ORDER_CHANGED, lateness_hours=48),),
    ),
    Journey(
        id="order_cancelled",
        trigger=OrderCancelled(),
        priority=98,
        steps=(
            Step(
                id="notice",
                kind=kinds.ORDER_CANCELLED,
                lateness_hours=48,
                supersedes=("order_confirmation", "thank_you"),
            ),
        ),
    ),
    # An hour later, so that it is no second confirmation; it encloses the invoice, and invites into
    # the shop's community where an `Invitation` is among the known answers.
    Journey(
        id="thank_you",
        trigger=OrderPlaced(),
        priority=90,
        exits=(IfCancelled(), IfRefunded()),
        steps=(
            Step(
                id="thanks",
                kind=kinds.THANK_YOU,
                hours=1,
                lateness_hours=72,
                brings=(Passes(Invitation),),
            ),
        ),
    ),
    # What is paid within a day has its invoice with the thanks.
    Journey(
        id="invoice",
        trigger=PaidLater(hours=24),
        priority=89,
        exits=(IfCancelled(), IfRefunded()),
        steps=(Step(id="send", kind=kinds.INVOICE, lateness_hours=72),),
    ),
    # An acknowledgement without delay on a durable medium: directive (EU) 2023/2673, Article 11a.
    Journey(
        id="withdrawal",
        trigger=OrderWithdrawn(),
        priority=99,
        steps=(Step(id="notice", kind=kinds.WITHDRAWAL_ACKNOWLEDGED, lateness_hours=72),),
    ),
    Journey(
        id="return_approved",
        trigger=Happened(fact=ReturnApproved, noun="return", of="return_id"),
        priority=92,
        steps=(Step(id="notice", kind=kinds.RETURN_APPROVED, lateness_hours=72),),
    ),
    Journey(
        id="return_received",
        trigger=Happened(fact=ReturnReceived, noun="return", of="return_id"),
        priority=91,
        steps=(Step(id="notice", kind=kinds.RETURN_RECEIVED, lateness_hours=72),),
    ),
    Journey(
        id="refunded",
        trigger=MoneyReturned(),
        priority=96,
        steps=(Step(id="notice", kind=kinds.REFUNDED, lateness_hours=72),),
    ),
)
"""Confirmation, thanks, changes, returns and refunds."""
