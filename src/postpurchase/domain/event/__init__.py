"""Other things that happened, and when; each family is loaded when it is first used."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.domain.event.feedback import ContentShared as ContentShared
    from postpurchase.domain.event.feedback import ReviewPosted as ReviewPosted
    from postpurchase.domain.event.feedback import ReviewPublished as ReviewPublished
    from postpurchase.domain.event.feedback import SurveyAnswered as SurveyAnswered
    from postpurchase.domain.event.giving import CouponIssued as CouponIssued
    from postpurchase.domain.event.giving import CouponRedeemed as CouponRedeemed
    from postpurchase.domain.event.giving import Referred as Referred
    from postpurchase.domain.event.joining import AccountCreated as AccountCreated
    from postpurchase.domain.event.joining import AccountsMerged as AccountsMerged
    from postpurchase.domain.event.joining import InvitationAnswered as InvitationAnswered
    from postpurchase.domain.event.joining import SignedUp as SignedUp
    from postpurchase.domain.event.joining import SocialFollowed as SocialFollowed
    from postpurchase.domain.event.joining import Visited as Visited
    from postpurchase.domain.event.response import Agent as Agent
    from postpurchase.domain.event.response import MessageBounced as MessageBounced
    from postpurchase.domain.event.response import MessageClicked as MessageClicked
    from postpurchase.domain.event.response import MessageComplained as MessageComplained
    from postpurchase.domain.event.response import MessageDelivered as MessageDelivered
    from postpurchase.domain.event.response import MessageOpened as MessageOpened
    from postpurchase.domain.event.response import MessageReplied as MessageReplied
    from postpurchase.domain.event.sending_back import ReturnApproved as ReturnApproved
    from postpurchase.domain.event.sending_back import ReturnClosed as ReturnClosed
    from postpurchase.domain.event.sending_back import ReturnDeclined as ReturnDeclined
    from postpurchase.domain.event.sending_back import ReturnOpened as ReturnOpened
    from postpurchase.domain.event.sending_back import ReturnReceived as ReturnReceived
    from postpurchase.domain.event.sent import MessageSent as MessageSent
    from postpurchase.domain.event.suggested import SuggestionFollowed as SuggestionFollowed
    from postpurchase.domain.event.suggested import SuggestionShown as SuggestionShown
    from postpurchase.domain.event.ticket import Resolution as Resolution
    from postpurchase.domain.event.ticket import TicketAnswered as TicketAnswered
    from postpurchase.domain.event.ticket import TicketClosed as TicketClosed
    from postpurchase.domain.event.ticket import TicketOpened as TicketOpened
    from postpurchase.domain.event.ticket import TicketReplied as TicketReplied
    from postpurchase.domain.event.ticket import TicketType as TicketType
    from postpurchase.domain.event.ticket import settled as settled

__all__ = [
    "AccountCreated",
    "AccountsMerged",
    "Agent",
    "ContentShared",
    "CouponIssued",
    "CouponRedeemed",
    "InvitationAnswered",
    "MessageBounced",
    "MessageClicked",
    "MessageComplained",
    "MessageDelivered",
    "MessageOpened",
    "MessageReplied",
    "MessageSent",
    "Referred",
    "Resolution",
    "ReturnApproved",
    "ReturnClosed",
    "ReturnDeclined",
    "ReturnOpened",
    "ReturnReceived",
    "ReviewPosted",
    "ReviewPublished",
    "SignedUp",
    "SocialFollowed",
    "SuggestionFollowed",
    "SuggestionShown",
    "SurveyAnswered",
    "TicketAnswered",
    "TicketClosed",
    "TicketOpened",
    "TicketReplied",
    "TicketType",
    "Visited",
    "settled",
]

_HOMES = {
    "postpurchase.domain.event.feedback": (
        "ContentShared",
        "ReviewPosted",
        "ReviewPublished",
        "SurveyAnswered",
    ),
    "postpurchase.domain.event.giving": (
        "CouponIssued",
        "CouponRedeemed",
        "Referred",
    ),
    "postpurchase.domain.event.joining": (
        "AccountCreated",
        "AccountsMerged",
        "InvitationAnswered",
        "SignedUp",
        "SocialFollowed",
        "Visited",
    ),
    "postpurchase.domain.event.response": (
        "Agent",
        "MessageBounced",
        "MessageClicked",
        "MessageComplained",
        "MessageDelivered",
        "MessageOpened",
        "MessageReplied",
    ),
    "postpurchase.domain.event.sending_back": (
        "ReturnApproved",
        "ReturnClosed",
        "ReturnDeclined",
        "ReturnOpened",
        "ReturnReceived",
    ),
    "postpurchase.domain.event.sent": ("MessageSent",),
    "postpurchase.domain.event.suggested": (
        "SuggestionFollowed",
        "SuggestionShown",
    ),
    "postpurchase.domain.event.ticket": (
        "Resolution",
        "TicketAnswered",
        "TicketClosed",
        "TicketOpened",
        "TicketReplied",
        "TicketType",
        "settled",
    ),
}

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
