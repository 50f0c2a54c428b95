"""The names that files use: the one place that knows every room's words by name.

A room joins by a line in one of these tables; a shop's own words come in as another table,
`load(Playbook, data, rules={**RULES, "my_rule": MyRule})`.
"""

from collections.abc import Mapping
from typing import Final

from postpurchase.domain.decision import Outcome
from postpurchase.domain.event import (
    AccountCreated,
    ContentShared,
    CouponIssued,
    CouponRedeemed,
    InvitationAnswered,
    Referred,
    ReturnApproved,
    ReturnClosed,
    ReturnDeclined,
    ReturnOpened,
    ReturnReceived,
    ReviewPosted,
    ReviewPublished,
    SignedUp,
    SocialFollowed,
    SurveyAnswered,
    TicketClosed,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.kinds import KINDS
from postpurchase.domain.message import Kind
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.domain.rule import AllOf, AnyOf, Not, Rule
from postpurchase.journey import exits, requires, season, trigger, turns
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Cooldown, Once, OneAtATime, PerSubject, Reentry
from postpurchase.recommend import Complements, Suggest, Suggestions
from postpurchase.rewards import Standing, TierAtLeast, TierIs

RULES: Final[Mapping[str, type[Rule]]] = {
    "all": AllOf,
    "any": AnyOf,
    "grants": requires.Grants,
    "guest": requires.IsGuest,
    "has_complement": requires.HasComplement,
    "not": Not,
    "tier": TierIs,
    "tier_at_least": TierAtLeast,
    "told": requires.Told,
}
"""The rules of all rooms."""

POLICIES: Final[Mapping[str, type[object]]] = {
    "complements": Complements,
    "passes": requires.Passes,
    "suggest": Suggest,
}
"""The policies of all rooms."""

WORDS: Final[Mapping[str, type[Trigger | Exit | Reentry]]] = {
    "account": exits.IfAccount,
    "answered": exits.IfAnswered,
    "arrives_soon": turns.ArrivesSoon,
    "birthday": season.Birthday,
    "bought_again": exits.IfBoughtAgain,
    "cancelled": exits.IfCancelled,
    "cooldown": Cooldown,
    "delivered": exits.IfDelivered,
    "exchange_shipped": turns.ExchangeShipped,
    "expected_later": trigger.ExpectedLater,
    "first_order_delivered": trigger.FirstOrderDelivered,
    "granted": exits.IfGranted,
    "happened": trigger.Happened,
    "latest_order": trigger.LatestOrder,
    "money_returned": turns.MoneyReturned,
    "once": Once,
    "one_at_a_time": OneAtATime,
    "order_cancelled": turns.OrderCancelled,
    "order_changed": turns.OrderChanged,
    "order_delivered": trigger.OrderDelivered,
    "order_placed": trigger.OrderPlaced,
    "ordered_again": exits.IfOrderedAgain,
    "order_withdrawn": turns.OrderWithdrawn,
    "overdue": trigger.Overdue,
    "paid_later": turns.PaidLater,
    "parcel_delivered": trigger.ParcelDelivered,
    "parcel_reached": trigger.ParcelReached,
    "parcel_shipped": trigger.ParcelShipped,
    "part_shipped": turns.PartShipped,
    "payment_failed": turns.PaymentFailed,
    "per_subject": PerSubject,
    "points_expire": turns.PointsExpire,
    "purchase_anniversary": season.PurchaseAnniversary,
    "refunded": exits.IfRefunded,
    "return_open": exits.WhileReturnOpen,
    "returning": exits.IfReturning,
    "reviewed": exits.IfReviewed,
    "signed_up": exits.IfSignedUp,
    "silent": trigger.Silent,
    "ticket_open": exits.WhileTicketOpen,
    "tier_reached": turns.TierReached,
    "used_up": season.UsedUp,
}
"""Triggers, exits and re-entries of journeys."""

KIND_NAMES: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
"""The library's own kinds of message."""

FACTS: Final[Mapping[str, type[Fact]]] = {
    kind.__name__: kind
    for kind in (
        AccountCreated,
        ContentShared,
        CouponIssued,
        CouponRedeemed,
        InvitationAnswered,
        Referred,
        ReturnApproved,
        ReturnClosed,
        ReturnDeclined,
        ReturnOpened,
        ReturnReceived,
        ReviewPosted,
        ReviewPublished,
        SignedUp,
        SocialFollowed,
        SurveyAnswered,
        TicketClosed,
        Visited,
    )
}
"""Types of facts that a trigger may name."""

OUTCOMES: Final[Mapping[str, type[Outcome]]] = {
    kind.__name__: kind
    for kind in (
        Coupon,
        FreeShipping,
        Gift,
        Invitation,
        Perk,
        Points,
        Standing,
        StoreCredit,
        Suggestions,
    )
}
"""Types of answers that a rule or a policy may name."""
