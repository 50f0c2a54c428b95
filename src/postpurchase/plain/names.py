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
    Offer,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.domain.rule import AllOf, AnyOf, Not, Rule
from postpurchase.journey import exits, requires, triggers
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Cooldown, Once, OneAtATime, PerSubject, Reentry
from postpurchase.offers import (
    AmountOff,
    Benefit,
    BuyGet,
    GiftWith,
    GiveAfter,
    PercentOff,
    ShippingOff,
    StepPercent,
)
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Chain,
    Complements,
    Favourites,
    LittleExtra,
    Refill,
    Suggest,
    Suggestions,
    Taste,
    Upgrade,
)
from postpurchase.rewards import (
    After,
    Expiry,
    Measure,
    MemberOf,
    Never,
    NoWaiting,
    OnDays,
    Orders,
    PartnerPerk,
    PointsEarned,
    Recognition,
    Spend,
    Standing,
    TierAtLeast,
    TierIs,
    UntilReturnWindow,
    UntilShipped,
    WaitFor,
    Waiting,
)
from postpurchase.segments import (
    BoughtCategory,
    EngagedAtLeast,
    InSegment,
    OrdersAtLeast,
    Segments,
    SilentAtLeast,
    SpentAtLeast,
)
from postpurchase.support import (
    AskAfterHelp,
    CheckIns,
    Delights,
    Guides,
    Ideas,
    OfferChat,
    Reading,
    Remedies,
    Roadblocks,
    Survey,
)

RULES: Final[Mapping[str, type[Rule]]] = {
    "all": AllOf,
    "any": AnyOf,
    "bought_category": BoughtCategory,
    "engaged_at_least": EngagedAtLeast,
    "grants": requires.Grants,
    "guest": requires.IsGuest,
    "has_complement": requires.HasComplement,
    "member": MemberOf,
    "not": Not,
    "orders_at_least": OrdersAtLeast,
    "segment": InSegment,
    "silent_at_least": SilentAtLeast,
    "spent_at_least": SpentAtLeast,
    "tier": TierIs,
    "tier_at_least": TierAtLeast,
    "told": requires.Told,
}
"""The rules of all rooms."""

POLICIES: Final[Mapping[str, type[object]]] = {
    "about_order": requires.AboutOrder,
    "ask_after_help": AskAfterHelp,
    "bestsellers": Bestsellers,
    "blend": Blend,
    "bought_together": BoughtTogether,
    "chain": Chain,
    "check_ins": CheckIns,
    "complements": Complements,
    "delights": Delights,
    "favourites": Favourites,
    "guides": Guides,
    "ideas": Ideas,
    "little_extra": LittleExtra,
    "offer_chat": OfferChat,
    "partner_perk": PartnerPerk,
    "passes": requires.Passes,
    "refill": Refill,
    "remedies": Remedies,
    "roadblocks": Roadblocks,
    "suggest": Suggest,
    "taste": Taste,
    "upgrade": Upgrade,
}
"""The policies of all rooms."""

WORDS: Final[Mapping[str, type[Trigger | Exit | Reentry]]] = {
    "account": exits.IfAccount,
    "answered": exits.IfAnswered,
    "arrives_soon": triggers.ArrivesSoon,
    "birthday": triggers.Birthday,
    "bought_again": exits.IfBoughtAgain,
    "cancelled": exits.IfCancelled,
    "cooldown": Cooldown,
    "delivered": exits.IfDelivered,
    "exchange_shipped": triggers.ExchangeShipped,
    "expected_later": triggers.ExpectedLater,
    "first_order_delivered": triggers.FirstOrderDelivered,
    "granted": exits.IfGranted,
    "happened": triggers.Happened,
    "latest_order": triggers.LatestOrder,
    "money_returned": triggers.MoneyReturned,
    "once": Once,
    "one_at_a_time": OneAtATime,
    "order_cancelled": triggers.OrderCancelled,
    "order_changed": triggers.OrderChanged,
    "order_delivered": triggers.OrderDelivered,
    "order_placed": triggers.OrderPlaced,
    "ordered_again": exits.IfOrderedAgain,
    "order_withdrawn": triggers.OrderWithdrawn,
    "overdue": triggers.Overdue,
    "paid_later": triggers.PaidLater,
    "parcel_delivered": triggers.ParcelDelivered,
    "parcel_reached": triggers.ParcelReached,
    "parcel_shipped": triggers.ParcelShipped,
    "part_shipped": triggers.PartShipped,
    "payment_failed": triggers.PaymentFailed,
    "per_subject": PerSubject,
    "points_expire": triggers.PointsExpire,
    "purchase_anniversary": triggers.PurchaseAnniversary,
    "refunded": exits.IfRefunded,
    "return_open": exits.WhileReturnOpen,
    "returning": exits.IfReturning,
    "reviewed": exits.IfReviewed,
    "signed_up": exits.IfSignedUp,
    "silent": triggers.Silent,
    "ticket_open": exits.WhileTicketOpen,
    "tier_reached": triggers.TierReached,
    "used_up": triggers.UsedUp,
}
"""Triggers, exits and re-entries of journeys."""

_OFFERS: Final[Mapping[str, type[object]]] = {
    "coupon": Coupon,
    "free_shipping": FreeShipping,
    "gift": Gift,
    "invitation": Invitation,
    "perk": Perk,
    "points": Points,
    "store_credit": StoreCredit,
}

FAMILIES: Final[Mapping[object, Mapping[str, type[object]]]] = {
    Benefit: {
        "amount_off": AmountOff,
        "buy_get": BuyGet,
        "gift_with": GiftWith,
        "give_after": GiveAfter,
        "percent_off": PercentOff,
        "shipping_off": ShippingOff,
        "step_percent": StepPercent,
    },
    Expiry: {"after": After, "never": Never, "on_days": OnDays},
    Measure: {"orders": Orders, "points": PointsEarned, "spend": Spend},
    Offer: _OFFERS,
    Offer | Recognition: {**_OFFERS, "recognition": Recognition},
    Waiting: {
        "no_waiting": NoWaiting,
        "until_return_window": UntilReturnWindow,
        "until_shipped": UntilShipped,
        "wait_for": WaitFor,
    },
}
"""What else can be one of several: parts of programmes, of offers, and what is given."""

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
        Reading,
        Segments,
        Standing,
        StoreCredit,
        Suggestions,
        Survey,
    )
}
"""Types of answers that a rule or a policy may name."""
