"""The playbook that comes with the library; every default with its source."""

from datetime import time
from typing import Final

from postpurchase.domain.kinds import (
    DELIVERED,
    ORDER_CONFIRMATION,
    PURCHASE_ANNIVERSARY,
    REVIEW_REQUEST,
    SHIPPED,
    THANK_YOU,
)
from postpurchase.domain.message import Channel
from postpurchase.domain.moment import Window
from postpurchase.journey.exits import (
    IfCancelled,
    IfDelivered,
    IfRefunded,
    IfReturning,
    IfReviewed,
    WhileTicketOpen,
)
from postpurchase.journey.journey import Journey
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.season import PurchaseAnniversary
from postpurchase.journey.step import Step
from postpurchase.journey.trigger import (
    OrderDelivered,
    OrderPlaced,
    ParcelDelivered,
    ParcelShipped,
)
from postpurchase.privacy import Cap, Hours

CONFIRM: Final = Journey(
    id="order_confirmation",
    trigger=OrderPlaced(),
    priority=100,
    exits=(IfCancelled(),),
    steps=(Step(id="confirm", kind=ORDER_CONFIRMATION, lateness_hours=24),),
)
THANK: Final = Journey(
    id="thank_you",
    trigger=OrderPlaced(),
    priority=90,
    exits=(IfCancelled(), IfRefunded()),
    steps=(Step(id="thanks", kind=THANK_YOU, hours=1, lateness_hours=72),),
)
SHIP: Final = Journey(
    id="shipped",
    trigger=ParcelShipped(),
    priority=95,
    exits=(IfDelivered(),),
    steps=(Step(id="notice", kind=SHIPPED, lateness_hours=48),),
)
ARRIVE: Final = Journey(
    id="delivered",
    trigger=ParcelDelivered(),
    priority=93,
    steps=(Step(id="notice", kind=DELIVERED, lateness_hours=24),),
)
REVIEW: Final = Journey(
    id="review_request",
    trigger=OrderDelivered(),
    priority=50,
    exits=(IfReviewed(), IfRefunded(), IfCancelled(), IfReturning()),
    defers=(WhileTicketOpen(),),
    steps=(Step(id="ask", kind=REVIEW_REQUEST, days=7, local_time=time(10), lateness_hours=336),),
)
ANNIVERSARY: Final = Journey(
    id="purchase_anniversary",
    trigger=PurchaseAnniversary(),
    priority=55,
    exits=(IfCancelled(), IfRefunded()),
    defers=(WhileTicketOpen(),),
    steps=(Step(id="greet", kind=PURCHASE_ANNIVERSARY, local_time=time(9), lateness_hours=48),),
)

DEFAULT: Final = Playbook(
    journeys=(CONFIRM, THANK, SHIP, ARRIVE, REVIEW, ANNIVERSARY),
    caps=(Cap(limit=1, hours=24), Cap(limit=3, hours=168)),
    hours=(Hours(channel=Channel.PUSH, open=Window.outside(time(21), time(8))),),
)
