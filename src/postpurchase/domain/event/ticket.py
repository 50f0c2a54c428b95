"""Questions and complaints, until they end."""

from enum import StrEnum, unique

from attrs import frozen

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
