"""Everything a shop does after the checkout: facts in, decisions out, messages ready to send.

Every noun and every room is here, loaded when it is first used: `postpurchase.Order`,
`postpurchase.rewards`. What a room says stands in the room; what can go wrong, in
`postpurchase.errors`; another company's formats, in `postpurchase.integrations`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase import clv as clv
    from postpurchase import errors as errors
    from postpurchase import journey as journey
    from postpurchase import messages as messages
    from postpurchase import offers as offers
    from postpurchase import pages as pages
    from postpurchase import plain as plain
    from postpurchase import privacy as privacy
    from postpurchase import recommend as recommend
    from postpurchase import rewards as rewards
    from postpurchase import segments as segments
    from postpurchase import support as support
    from postpurchase.domain import draw as draw
    from postpurchase.domain import kinds as kinds
    from postpurchase.domain import moment as moment
    from postpurchase.domain import rhythm as rhythm
    from postpurchase.domain.channel import Channel as Channel
    from postpurchase.domain.channel import Purpose as Purpose
    from postpurchase.domain.customer import Address as Address
    from postpurchase.domain.customer import Birthday as Birthday
    from postpurchase.domain.customer import Cause as Cause
    from postpurchase.domain.customer import Consent as Consent
    from postpurchase.domain.customer import ConsentState as ConsentState
    from postpurchase.domain.customer import Customer as Customer
    from postpurchase.domain.customer import Interest as Interest
    from postpurchase.domain.customer import Shop as Shop
    from postpurchase.domain.customer import Source as Source
    from postpurchase.domain.customer import Stance as Stance
    from postpurchase.domain.customer import Support as Support
    from postpurchase.domain.customer import Suppression as Suppression
    from postpurchase.domain.decision import Decision as Decision
    from postpurchase.domain.decision import Declined as Declined
    from postpurchase.domain.decision import Granted as Granted
    from postpurchase.domain.decision import Outcome as Outcome
    from postpurchase.domain.decision import Reason as Reason
    from postpurchase.domain.decision import Refused as Refused
    from postpurchase.domain.decision import Says as Says
    from postpurchase.domain.decision import says as says
    from postpurchase.domain.event import AccountCreated as AccountCreated
    from postpurchase.domain.event import AccountsMerged as AccountsMerged
    from postpurchase.domain.event import Agent as Agent
    from postpurchase.domain.event import ContentShared as ContentShared
    from postpurchase.domain.event import CouponIssued as CouponIssued
    from postpurchase.domain.event import CouponRedeemed as CouponRedeemed
    from postpurchase.domain.event import InvitationAnswered as InvitationAnswered
    from postpurchase.domain.event import MessageBounced as MessageBounced
    from postpurchase.domain.event import MessageClicked as MessageClicked
    from postpurchase.domain.event import MessageComplained as MessageComplained
    from postpurchase.domain.event import MessageDelivered as MessageDelivered
    from postpurchase.domain.event import MessageOpened as MessageOpened
    from postpurchase.domain.event import MessageReplied as MessageReplied
    from postpurchase.domain.event import MessageSent as MessageSent
    from postpurchase.domain.event import Referred as Referred
    from postpurchase.domain.event import Resolution as Resolution
    from postpurchase.domain.event import ReturnApproved as ReturnApproved
    from postpurchase.domain.event import ReturnClosed as ReturnClosed
    from postpurchase.domain.event import ReturnDeclined as ReturnDeclined
    from postpurchase.domain.event import ReturnOpened as ReturnOpened
    from postpurchase.domain.event import ReturnReceived as ReturnReceived
    from postpurchase.domain.event import ReviewPosted as ReviewPosted
    from postpurchase.domain.event import ReviewPublished as ReviewPublished
    from postpurchase.domain.event import SignedUp as SignedUp
    from postpurchase.domain.event import SocialFollowed as SocialFollowed
    from postpurchase.domain.event import SuggestionFollowed as SuggestionFollowed
    from postpurchase.domain.event import SuggestionShown as SuggestionShown
    from postpurchase.domain.event import SurveyAnswered as SurveyAnswered
    from postpurchase.domain.event import TicketAnswered as TicketAnswered
    from postpurchase.domain.event import TicketClosed as TicketClosed
    from postpurchase.domain.event import TicketOpened as TicketOpened
    from postpurchase.domain.event import TicketReplied as TicketReplied
    from postpurchase.domain.event import TicketType as TicketType
    from postpurchase.domain.event import Visited as Visited
    from postpurchase.domain.fact import Fact as Fact
    from postpurchase.domain.history import History as History
    from postpurchase.domain.message import Action as Action
    from postpurchase.domain.message import Kind as Kind
    from postpurchase.domain.message import Subject as Subject
    from postpurchase.domain.money import Money as Money
    from postpurchase.domain.money import Rounding as Rounding
    from postpurchase.domain.offer import Coupon as Coupon
    from postpurchase.domain.offer import FreeShipping as FreeShipping
    from postpurchase.domain.offer import Gift as Gift
    from postpurchase.domain.offer import Invitation as Invitation
    from postpurchase.domain.offer import Offer as Offer
    from postpurchase.domain.offer import Percent as Percent
    from postpurchase.domain.offer import Perk as Perk
    from postpurchase.domain.offer import Points as Points
    from postpurchase.domain.offer import StoreCredit as StoreCredit
    from postpurchase.domain.offer import Valid as Valid
    from postpurchase.domain.order import Cancellation as Cancellation
    from postpurchase.domain.order import Charge as Charge
    from postpurchase.domain.order import ChargeKind as ChargeKind
    from postpurchase.domain.order import Discount as Discount
    from postpurchase.domain.order import Line as Line
    from postpurchase.domain.order import Order as Order
    from postpurchase.domain.order import Payment as Payment
    from postpurchase.domain.order import PaymentKind as PaymentKind
    from postpurchase.domain.order import PaymentState as PaymentState
    from postpurchase.domain.order import Promise as Promise
    from postpurchase.domain.order import Refund as Refund
    from postpurchase.domain.order import RefundLine as RefundLine
    from postpurchase.domain.order import Shipping as Shipping
    from postpurchase.domain.order import Tax as Tax
    from postpurchase.domain.pairs import Pairs as Pairs
    from postpurchase.domain.product import Catalog as Catalog
    from postpurchase.domain.product import Durability as Durability
    from postpurchase.domain.product import Product as Product
    from postpurchase.domain.product import Relation as Relation
    from postpurchase.domain.product import RelationKind as RelationKind
    from postpurchase.domain.product import Variant as Variant
    from postpurchase.domain.rule import NOTHING as NOTHING
    from postpurchase.domain.rule import AllOf as AllOf
    from postpurchase.domain.rule import AnyOf as AnyOf
    from postpurchase.domain.rule import Finding as Finding
    from postpurchase.domain.rule import Known as Known
    from postpurchase.domain.rule import Not as Not
    from postpurchase.domain.rule import NotKnown as NotKnown
    from postpurchase.domain.rule import Policy as Policy
    from postpurchase.domain.rule import Rule as Rule
    from postpurchase.domain.rule import Verdict as Verdict
    from postpurchase.domain.selection import Selection as Selection
    from postpurchase.domain.shipment import Delivery as Delivery
    from postpurchase.domain.shipment import Direction as Direction
    from postpurchase.domain.shipment import Eta as Eta
    from postpurchase.domain.shipment import EtaSource as EtaSource
    from postpurchase.domain.shipment import Flag as Flag
    from postpurchase.domain.shipment import Fulfilment as Fulfilment
    from postpurchase.domain.shipment import Leg as Leg
    from postpurchase.domain.shipment import LineProgress as LineProgress
    from postpurchase.domain.shipment import Notice as Notice
    from postpurchase.domain.shipment import Progress as Progress
    from postpurchase.domain.shipment import Proof as Proof
    from postpurchase.domain.shipment import Scan as Scan
    from postpurchase.domain.shipment import Scanned as Scanned
    from postpurchase.domain.shipment import Shipment as Shipment
    from postpurchase.domain.shipment import Stage as Stage
    from postpurchase.domain.shipment import State as State

__all__ = [
    "NOTHING",
    "AccountCreated",
    "AccountsMerged",
    "Action",
    "Address",
    "Agent",
    "AllOf",
    "AnyOf",
    "Birthday",
    "Cancellation",
    "Catalog",
    "Cause",
    "Channel",
    "Charge",
    "ChargeKind",
    "Consent",
    "ConsentState",
    "ContentShared",
    "Coupon",
    "CouponIssued",
    "CouponRedeemed",
    "Customer",
    "Decision",
    "Declined",
    "Delivery",
    "Direction",
    "Discount",
    "Durability",
    "Eta",
    "EtaSource",
    "Fact",
    "Finding",
    "Flag",
    "FreeShipping",
    "Fulfilment",
    "Gift",
    "Granted",
    "History",
    "Interest",
    "Invitation",
    "InvitationAnswered",
    "Kind",
    "Known",
    "Leg",
    "Line",
    "LineProgress",
    "MessageBounced",
    "MessageClicked",
    "MessageComplained",
    "MessageDelivered",
    "MessageOpened",
    "MessageReplied",
    "MessageSent",
    "Money",
    "Not",
    "NotKnown",
    "Notice",
    "Offer",
    "Order",
    "Outcome",
    "Pairs",
    "Payment",
    "PaymentKind",
    "PaymentState",
    "Percent",
    "Perk",
    "Points",
    "Policy",
    "Product",
    "Progress",
    "Promise",
    "Proof",
    "Purpose",
    "Reason",
    "Referred",
    "Refund",
    "RefundLine",
    "Refused",
    "Relation",
    "RelationKind",
    "Resolution",
    "ReturnApproved",
    "ReturnClosed",
    "ReturnDeclined",
    "ReturnOpened",
    "ReturnReceived",
    "ReviewPosted",
    "ReviewPublished",
    "Rounding",
    "Rule",
    "Says",
    "Scan",
    "Scanned",
    "Selection",
    "Shipment",
    "Shipping",
    "Shop",
    "SignedUp",
    "SocialFollowed",
    "Source",
    "Stage",
    "Stance",
    "State",
    "StoreCredit",
    "Subject",
    "SuggestionFollowed",
    "SuggestionShown",
    "Support",
    "Suppression",
    "SurveyAnswered",
    "Tax",
    "TicketAnswered",
    "TicketClosed",
    "TicketOpened",
    "TicketReplied",
    "TicketType",
    "Valid",
    "Variant",
    "Verdict",
    "Visited",
    "clv",
    "draw",
    "errors",
    "journey",
    "kinds",
    "messages",
    "moment",
    "offers",
    "pages",
    "plain",
    "privacy",
    "recommend",
    "rewards",
    "rhythm",
    "says",
    "segments",
    "support",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    # A table reads better by module than by word.
    # fmt: off
    __getattr__ = opening(
        __name__,
        {
            "postpurchase.domain.channel": ("Channel", "Purpose"),
            "postpurchase.domain.customer": (
                "Address", "Birthday", "Cause", "Consent", "ConsentState", "Customer", "Interest",
                "Shop", "Source", "Stance", "Support", "Suppression",
            ),
            "postpurchase.domain.decision": (
                "Decision", "Declined", "Granted", "Outcome", "Reason", "Refused", "Says", "says",
            ),
            "postpurchase.domain.event": (
                "AccountCreated", "AccountsMerged", "Agent", "ContentShared", "CouponIssued",
                "CouponRedeemed", "InvitationAnswered", "MessageBounced", "MessageClicked",
                "MessageComplained", "MessageDelivered", "MessageOpened", "MessageReplied",
                "MessageSent", "Referred", "Resolution", "ReturnApproved", "ReturnClosed",
                "ReturnDeclined", "ReturnOpened", "ReturnReceived", "ReviewPosted",
                "ReviewPublished", "SignedUp", "SocialFollowed", "SuggestionFollowed",
                "SuggestionShown", "SurveyAnswered", "TicketAnswered", "TicketClosed",
                "TicketOpened", "TicketReplied", "TicketType", "Visited",
            ),
            "postpurchase.domain.fact": ("Fact",),
            "postpurchase.domain.history": ("History",),
            "postpurchase.domain.message": ("Action", "Kind", "Subject"),
            "postpurchase.domain.money": ("Money", "Rounding"),
            "postpurchase.domain.offer": (
                "Coupon", "FreeShipping", "Gift", "Invitation", "Offer", "Percent", "Perk",
                "Points", "StoreCredit", "Valid",
            ),
            "postpurchase.domain.order": (
                "Cancellation", "Charge", "ChargeKind", "Discount", "Line", "Order", "Payment",
                "PaymentKind", "PaymentState", "Promise", "Refund", "RefundLine", "Shipping", "Tax",
            ),
            "postpurchase.domain.pairs": ("Pairs",),
            "postpurchase.domain.product": (
                "Catalog", "Durability", "Product", "Relation", "RelationKind", "Variant",
            ),
            "postpurchase.domain.rule": (
                "AllOf", "AnyOf", "Finding", "Known", "NOTHING", "Not", "NotKnown", "Policy",
                "Rule", "Verdict",
            ),
            "postpurchase.domain.selection": ("Selection",),
            "postpurchase.domain.shipment": (
                "Delivery", "Direction", "Eta", "EtaSource", "Flag", "Fulfilment", "Leg",
                "LineProgress", "Notice", "Progress", "Proof", "Scan", "Scanned", "Shipment",
                "Stage", "State",
            ),
        },
        (
            "postpurchase.clv", "postpurchase.domain.draw", "postpurchase.domain.kinds",
            "postpurchase.domain.moment", "postpurchase.domain.rhythm", "postpurchase.errors",
            "postpurchase.journey", "postpurchase.messages", "postpurchase.offers",
            "postpurchase.pages", "postpurchase.plain", "postpurchase.privacy",
            "postpurchase.recommend", "postpurchase.rewards", "postpurchase.segments",
            "postpurchase.support",
        ),
    )
    # fmt: on


def __dir__() -> list[str]:
    return __all__
