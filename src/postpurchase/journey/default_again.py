"""The default journeys back to the shop: what goes with it, what is due again, and good days."""

from datetime import time
from typing import Final

from postpurchase.domain import kinds
from postpurchase.domain.offer import Coupon
from postpurchase.journey.exits import (
    IfBoughtAgain,
    IfCancelled,
    IfOrderedAgain,
    IfRefunded,
    IfReturning,
    WhileReturnOpen,
    WhileTicketOpen,
)
from postpurchase.journey.journey import Cooldown, Journey, Once
from postpurchase.journey.requires import Grants, Passes, Told
from postpurchase.journey.step import Step
from postpurchase.journey.triggers.season import Birthday, PurchaseAnniversary, UsedUp
from postpurchase.journey.triggers.story import LatestOrder, OrderDelivered, OrderPlaced
from postpurchase.recommend import Complements, Suggest

_OFF: Final = (IfRefunded(), IfCancelled(), IfReturning())
_PEACE: Final = (WhileTicketOpen(), WhileReturnOpen())
_GOES_WITH: Final = Suggest(policy=Complements(), limit=3)

AGAIN: Final = (
    Journey(
        id="complement",
        trigger=OrderDelivered(),
        priority=30,
        exits=_OFF,
        defers=_PEACE,
        requires=(Grants(_GOES_WITH),),
        steps=(
            Step(
                id="suggest",
                kind=kinds.COMPLEMENT,
                days=14,
                local_time=time(18),
                lateness_hours=168,
                brings=(_GOES_WITH,),
            ),
        ),
    ),
    Journey(
        id="refill",
        trigger=UsedUp(lead_days=7),
        priority=42,
        exits=(IfBoughtAgain(), *_OFF),
        defers=_PEACE,
        steps=(Step(id="remind", kind=kinds.REFILL, local_time=time(10), lateness_hours=240),),
    ),
    # A birthday greeting a day late is none; 29 February is greeted on the 28th.
    Journey(
        id="birthday",
        trigger=Birthday(),
        priority=65,
        defers=_PEACE,
        steps=(Step(id="gift", kind=kinds.BIRTHDAY, local_time=time(9), lateness_hours=15),),
    ),
    Journey(
        id="purchase_anniversary",
        trigger=PurchaseAnniversary(),
        priority=55,
        exits=(IfCancelled(), IfRefunded()),
        defers=_PEACE,
        steps=(
            Step(
                id="greet",
                kind=kinds.PURCHASE_ANNIVERSARY,
                local_time=time(9),
                lateness_hours=48,
            ),
        ),
    ),
    # The shop makes the coupon and hands it over as a known answer; a new order ends it.
    Journey(
        id="recent_buyer_offer",
        trigger=OrderPlaced(),
        priority=25,
        exits=(IfOrderedAgain(), IfCancelled(), IfRefunded(), IfReturning()),
        defers=_PEACE,
        requires=(Told(Coupon),),
        reentry=Cooldown(60),
        steps=(
            Step(
                id="offer",
                kind=kinds.COUPON,
                days=21,
                local_time=time(18),
                lateness_hours=168,
                brings=(Passes(Coupon),),
            ),
        ),
    ),
    Journey(
        id="referral_invitation",
        trigger=OrderDelivered(),
        priority=12,
        exits=_OFF,
        defers=_PEACE,
        reentry=Once(),
        steps=(
            Step(
                id="invite",
                kind=kinds.REFERRAL_INVITATION,
                days=20,
                local_time=time(18),
                lateness_hours=168,
            ),
        ),
    ),
    # Four months without an order; a shop with its own rhythm takes the figure of its segments.
    Journey(
        id="win_back",
        trigger=LatestOrder(),
        priority=20,
        exits=(IfOrderedAgain(),),
        defers=_PEACE,
        steps=(
            Step(
                id="miss_you",
                kind=kinds.WIN_BACK,
                days=120,
                local_time=time(10),
                lateness_hours=336,
            ),
        ),
    ),
)
"""What goes with it, what is due again, good days, and those who stayed away."""
