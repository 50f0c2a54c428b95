"""The default journeys after a delivery: help, questions, reviews, and the account."""

from datetime import time
from typing import Final

from postpurchase.domain import kinds
from postpurchase.domain.event import ReviewPublished
from postpurchase.domain.message import Channel
from postpurchase.domain.offer import Points
from postpurchase.journey.exits import (
    IfAccount,
    IfAnswered,
    IfCancelled,
    IfGranted,
    IfRefunded,
    IfReturning,
    IfReviewed,
    IfSignedUp,
    WhileReturnOpen,
    WhileTicketOpen,
)
from postpurchase.journey.journey import Cooldown, Journey, Once
from postpurchase.journey.requires import Grants, IsGuest, Passes, Told
from postpurchase.journey.step import Step
from postpurchase.journey.triggers.story import Happened, OrderDelivered, OrderPlaced
from postpurchase.journey.triggers.turns import PointsExpire, TierReached
from postpurchase.support import Guides

_OFF: Final = (IfRefunded(), IfCancelled(), IfReturning())
_GUIDES: Final = Guides()
_PEACE: Final = (WhileTicketOpen(), WhileReturnOpen())

AFTER: Final = (
    Journey(
        id="how_to",
        trigger=OrderDelivered(),
        priority=60,
        exits=_OFF,
        requires=(Grants(_GUIDES),),
        steps=(
            Step(
                id="guide",
                kind=kinds.HOW_TO,
                days=1,
                local_time=time(9),
                lateness_hours=96,
                brings=(_GUIDES,),
            ),
        ),
    ),
    # Checkout is remembered for a day; nothing asked of a customer who has trouble.
    Journey(
        id="checkout_survey",
        trigger=OrderPlaced(),
        priority=45,
        exits=(IfCancelled(), IfRefunded(), IfAnswered()),
        defers=_PEACE,
        reentry=Cooldown(90),
        steps=(Step(id="ask", kind=kinds.SURVEY, days=1, local_time=time(10), lateness_hours=72),),
    ),
    # Seven days after the delivery, as WooCommerce's own (github.com/woocommerce/woocommerce/
    # issues/64303); one reminder seven days later, as Yotpo's (support.yotpo.com, review request
    # e-mail policies).
    Journey(
        id="review_request",
        trigger=OrderDelivered(),
        priority=50,
        exits=(IfReviewed(), *_OFF),
        defers=_PEACE,
        steps=(
            Step(
                id="ask",
                kind=kinds.REVIEW_REQUEST,
                days=7,
                local_time=time(10),
                lateness_hours=336,
            ),
            Step(
                id="remind",
                kind=kinds.REVIEW_REMINDER,
                after="ask",
                days=7,
                local_time=time(10),
                lateness_hours=168,
            ),
        ),
    ),
    Journey(
        id="review_published",
        trigger=Happened(fact=ReviewPublished, noun="review", of="review"),
        priority=80,
        steps=(Step(id="notice", kind=kinds.REVIEW_PUBLISHED, lateness_hours=168),),
    ),
    Journey(
        id="check_in",
        trigger=OrderDelivered(),
        priority=35,
        exits=_OFF,
        defers=_PEACE,
        reentry=Cooldown(180),
        steps=(
            Step(id="ask", kind=kinds.CHECK_IN, days=30, local_time=time(10), lateness_hours=168),
        ),
    ),
    Journey(
        id="points_earned",
        trigger=OrderDelivered(),
        priority=58,
        exits=_OFF,
        requires=(Told(Points),),
        steps=(
            Step(
                id="notice",
                kind=kinds.POINTS_EARNED,
                days=2,
                local_time=time(11),
                lateness_hours=120,
                brings=(Passes(Points),),
            ),
        ),
    ),
    Journey(
        id="points_expiring",
        trigger=PointsExpire(days=14),
        priority=62,
        steps=(
            Step(
                id="notice",
                kind=kinds.POINTS_EXPIRING,
                local_time=time(11),
                lateness_hours=168,
                brings=(Passes(Points),),
            ),
        ),
    ),
    Journey(
        id="tier_reached",
        trigger=TierReached(),
        priority=70,
        requires=(Told(Points),),
        steps=(
            Step(
                id="notice",
                kind=kinds.TIER_REACHED,
                hours=2,
                lateness_hours=168,
                brings=(Passes(Points),),
            ),
        ),
    ),
    Journey(
        id="account_invitation",
        trigger=OrderDelivered(),
        priority=35,
        exits=(IfAccount(), *_OFF),
        requires=(IsGuest(),),
        reentry=Once(),
        steps=(
            Step(
                id="invite",
                kind=kinds.ACCOUNT_INVITATION,
                days=2,
                local_time=time(10),
                lateness_hours=168,
            ),
        ),
    ),
    Journey(
        id="newsletter_invitation",
        trigger=OrderDelivered(),
        priority=15,
        exits=(IfGranted(Channel.EMAIL), IfSignedUp("newsletter"), *_OFF),
        defers=_PEACE,
        reentry=Once(),
        steps=(
            Step(
                id="invite",
                kind=kinds.NEWSLETTER_INVITATION,
                days=4,
                local_time=time(18),
                lateness_hours=168,
            ),
        ),
    ),
    Journey(
        id="alert_invitation",
        trigger=OrderPlaced(),
        priority=14,
        exits=(IfGranted(Channel.SMS), IfSignedUp("alerts"), IfCancelled(), IfRefunded()),
        defers=_PEACE,
        reentry=Once(),
        steps=(
            Step(
                id="invite",
                kind=kinds.ALERT_INVITATION,
                days=1,
                local_time=time(18),
                lateness_hours=72,
            ),
        ),
    ),
)
"""Help with what was bought, questions about it, points, and the account."""
