"""The names that files use: the one place that knows every room's words by name.

A room joins by a line in one of these tables; a shop's own words come in as another table,
`load(Playbook, data, rules={**RULES, "my_rule": MyRule})`.
"""

from collections.abc import Mapping
from typing import Final

from postpurchase.domain.event import ReviewPosted, ReviewPublished
from postpurchase.domain.fact import Fact
from postpurchase.domain.kinds import KINDS
from postpurchase.domain.message import Kind
from postpurchase.domain.rule import AllOf, AnyOf, Not, Rule
from postpurchase.journey import exits, requires, season, trigger
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Cooldown, Once, OneAtATime, PerSubject, Reentry

RULES: Final[Mapping[str, type[Rule]]] = {
    "all": AllOf,
    "any": AnyOf,
    "grants": requires.Grants,
    "guest": requires.IsGuest,
    "has_complement": requires.HasComplement,
    "not": Not,
}
"""The rules of all rooms."""

POLICIES: Final[Mapping[str, type[object]]] = {}
"""The policies of all rooms."""

WORDS: Final[Mapping[str, type[Trigger | Exit | Reentry]]] = {
    "account": exits.IfAccount,
    "answered": exits.IfAnswered,
    "birthday": season.Birthday,
    "bought_again": exits.IfBoughtAgain,
    "cancelled": exits.IfCancelled,
    "cooldown": Cooldown,
    "delivered": exits.IfDelivered,
    "expected_later": trigger.ExpectedLater,
    "first_order_delivered": trigger.FirstOrderDelivered,
    "granted": exits.IfGranted,
    "happened": trigger.Happened,
    "latest_order": trigger.LatestOrder,
    "once": Once,
    "one_at_a_time": OneAtATime,
    "order_delivered": trigger.OrderDelivered,
    "order_placed": trigger.OrderPlaced,
    "ordered_again": exits.IfOrderedAgain,
    "overdue": trigger.Overdue,
    "parcel_delivered": trigger.ParcelDelivered,
    "parcel_reached": trigger.ParcelReached,
    "parcel_shipped": trigger.ParcelShipped,
    "per_subject": PerSubject,
    "purchase_anniversary": season.PurchaseAnniversary,
    "refunded": exits.IfRefunded,
    "return_open": exits.WhileReturnOpen,
    "returning": exits.IfReturning,
    "reviewed": exits.IfReviewed,
    "signed_up": exits.IfSignedUp,
    "silent": trigger.Silent,
    "ticket_open": exits.WhileTicketOpen,
    "used_up": season.UsedUp,
}
"""Triggers, exits and re-entries of journeys."""

KIND_NAMES: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
"""The library's own kinds of message."""

FACTS: Final[Mapping[str, type[Fact]]] = {
    kind.__name__: kind for kind in (ReviewPosted, ReviewPublished)
}
"""Types of facts that a trigger may name."""
