"""Questions and complaints, until they end."""

from collections.abc import Iterable
from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.decision import Says, says
from postpurchase.domain.event.response import Agent
from postpurchase.domain.fact import Fact


@unique
class TicketType(StrEnum):
    """What is wrong."""

    DELAYED = "delayed"
    DAMAGED = "damaged"
    MISSING = "missing"
    WRONG_ITEM = "wrong_item"
    DEFECT = "defect"
    RETURN = "return"
    PAYMENT = "payment"
    PRODUCT_QUESTION = "product_question"
    COMPLAINT = "complaint"
    OTHER = "other"

    @property
    def says(self) -> Says:
        """The type in a few words."""
        return _SAID[self]


_SAID = {
    TicketType.DELAYED: says("a late parcel"),
    TicketType.DAMAGED: says("something damaged"),
    TicketType.MISSING: says("something missing"),
    TicketType.WRONG_ITEM: says("a wrong item"),
    TicketType.DEFECT: says("a defect"),
    TicketType.RETURN: says("a return"),
    TicketType.PAYMENT: says("a payment"),
    TicketType.PRODUCT_QUESTION: says("a question about a product"),
    TicketType.COMPLAINT: says("a complaint"),
    TicketType.OTHER: says("something else"),
}


@frozen(kw_only=True, repr=False)
class TicketOpened(Fact):
    """Somebody asked for help; `id` names the ticket. Opened anew is a fact of its own id."""

    type: TicketType = TicketType.OTHER
    order: str | None = None
    shipment: str | None = None
    product: str | None = None
    channel: str = ""
    text: str = ""
    locale: str = ""


@frozen(kw_only=True, repr=False)
class TicketAnswered(Fact):
    """The shop answered a ticket."""

    ticket: str
    by: Agent = Agent.HUMAN
    text: str = ""


@frozen(kw_only=True, repr=False)
class TicketReplied(Fact):
    """The customer wrote again in a ticket."""

    ticket: str
    text: str = ""


@unique
class Resolution(StrEnum):
    """How a ticket ended."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    DUPLICATE = "duplicate"


@frozen(kw_only=True, repr=False)
class TicketClosed(Fact):
    """A ticket that ended; `remedy` names what was given."""

    ticket: str
    resolution: Resolution = Resolution.SOLVED
    remedy: str = ""


def settled(replied: Iterable[TicketReplied], closed: Iterable[TicketClosed], /) -> frozenset[str]:
    """The tickets that ended; one in which the customer wrote after the end is open again.

    Args:
        replied: what customers wrote, oldest first, as a history gives it.
        closed: how tickets ended.
    """
    last = {each.ticket: each.at for each in replied}
    return frozenset([each.ticket for each in closed if last.get(each.ticket, each.at) <= each.at])
