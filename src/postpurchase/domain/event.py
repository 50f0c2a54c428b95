"""Other things that happened, and when."""

from datetime import datetime
from enum import StrEnum, unique

from attrs import field, frozen
from attrs.converters import optional

from postpurchase.domain.fact import Fact
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs


@frozen(kw_only=True)
class MessageSent(Fact):
    """A message that went out; keep it, for it is why nothing goes out twice.

    Attributes:
        id: the key of the action.
        purpose: what it was sent for; unless told otherwise the strictest, which counts in caps.
        kind: the name of what it said, such as `review_request`.
        about: what it was about, such as `order:1001`.
        subject: the subject line, as sent.
        variant: which wording, where several are tested.
        locale: the language it spoke; BCP 47.
    """

    channel: Channel = Channel.EMAIL
    purpose: Purpose = Purpose.MARKETING
    kind: str = ""
    about: str = ""
    subject: str = ""
    variant: str = ""
    locale: str = ""


@unique
class Agent(StrEnum):
    """Who opened or clicked: mail programs and link scanners do so on their own."""

    HUMAN = "human"
    MACHINE = "machine"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class MessageDelivered(Fact):
    """A message that arrived; `message` is the key of the action."""

    message: str


@frozen(kw_only=True)
class MessageBounced(Fact):
    """A message that did not arrive; `permanent` when the address is dead."""

    message: str
    permanent: bool = False
    detail: str = ""


@frozen(kw_only=True)
class MessageOpened(Fact):
    """A message that was opened; `message` is the key of the action."""

    message: str
    by: Agent = Agent.UNKNOWN


@frozen(kw_only=True)
class MessageClicked(Fact):
    """A link of a message that was followed; `link` names it without the customer's token."""

    message: str
    link: str = ""
    by: Agent = Agent.UNKNOWN


@frozen(kw_only=True)
class MessageReplied(Fact):
    """An answer to a message."""

    message: str
    text: str = ""


@frozen(kw_only=True)
class MessageComplained(Fact):
    """A message that was reported as unwanted."""

    message: str


@frozen(kw_only=True)
class ReviewPosted(Fact):
    """A review that a customer wrote.

    Attributes:
        id: names the review.
        rating: stars, from 1; `best` is the most that could be given.
        verified: whether the shop knows that the writer bought it.
        incentive: what was given for it, such as a code; it must be told beside the review.
    """

    order: str | None = None
    product: str | None = None
    rating: int | None = None
    best: int = 5
    title: str = ""
    text: str = ""
    author: str = ""
    locale: str = ""
    images: tuple[str, ...] = ()
    verified: bool = False
    incentive: str = ""


@frozen(kw_only=True)
class ReviewPublished(Fact):
    """A review that can be read now, at `url`; `review` is the id of the posted one."""

    review: str
    url: str = ""
    place: str = ""


@frozen(kw_only=True)
class SurveyAnswered(Fact):
    """An answer to a question of a survey.

    Attributes:
        survey: the name of the survey, such as `checkout_ease` or `nps`.
        question: which of its questions; empty where it has one.
        score: what was chosen, from `lowest` to `highest`; None for an open question.
        topics: what it is about, such as `delivery`.
    """

    survey: str
    question: str = ""
    order: str | None = None
    product: str | None = None
    score: int | None = None
    lowest: int = 0
    highest: int = 10
    text: str = ""
    topics: tuple[str, ...] = ()


@frozen(kw_only=True)
class ContentShared(Fact):
    """Something a customer made and showed, such as a picture with the product.

    Attributes:
        url: where it can be seen.
        place: which network or page.
        consent: the id of the consent to show it again; None where nobody asked.
    """

    url: str
    place: str = ""
    product: str | None = None
    order: str | None = None
    consent: str | None = None


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


@frozen(kw_only=True)
class TicketOpened(Fact):
    """Somebody asked for help; `id` names the ticket. Opened anew is a fact of its own id."""

    type: TicketType = TicketType.OTHER
    order: str | None = None
    shipment: str | None = None
    product: str | None = None
    channel: str = ""
    text: str = ""
    locale: str = ""


@frozen(kw_only=True)
class TicketAnswered(Fact):
    """The shop answered a ticket."""

    ticket: str
    by: Agent = Agent.HUMAN
    text: str = ""


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class TicketClosed(Fact):
    """A ticket that ended; `remedy` names what was given."""

    ticket: str
    resolution: Resolution = Resolution.SOLVED
    remedy: str = ""


@frozen(kw_only=True)
class ReturnOpened(Fact):
    """Somebody wants to send something back; `id` names the return.

    Attributes:
        lines: units by line id; empty where nobody said which.
        reason: such as `size`, `colour`, `damaged`, `changed_mind`.
        wish: what they want for it: `refund`, `exchange`, `credit`, `replacement`.
    """

    order: str
    lines: Pairs[int] = Pairs()
    reason: str = ""
    note: str = ""
    wish: str = ""


@frozen(kw_only=True)
class ReturnApproved(Fact):
    """A return that may come, until `ends` (in UTC) if that is set; `return_id` names it."""

    return_id: str
    order: str = ""
    lines: Pairs[int] = Pairs()
    ends: datetime | None = field(default=None, converter=optional(instant))


@frozen(kw_only=True)
class ReturnDeclined(Fact):
    """A return that may not come."""

    return_id: str
    order: str = ""
    reason: str = ""


@frozen(kw_only=True)
class ReturnReceived(Fact):
    """What came back, and in what condition by line id, such as `Pairs({"l1": "A"})`."""

    return_id: str
    order: str = ""
    lines: Pairs[int] = Pairs()
    conditions: Pairs[str] = Pairs()


@frozen(kw_only=True)
class ReturnClosed(Fact):
    """A return that ended: `outcome` is `refund`, `exchange`, `credit`, `kept` or `cancelled`."""

    return_id: str
    order: str = ""
    outcome: str = ""


@frozen(kw_only=True)
class AccountCreated(Fact):
    """A guest who now has an account."""

    account: str


@frozen(kw_only=True)
class AccountsMerged(Fact):
    """Two customers who were one: `gone` lives on as `kept`."""

    kept: str
    gone: str


@frozen(kw_only=True)
class Visited(Fact):
    """A visit to the shop, its app or its page of one thing.

    Attributes:
        place: `web`, `app`, `shop`.
        page: what was looked at, without the customer's tokens.
        product, category: where the page was about one.
        source: where they came from, such as `email` or `social`.
        seconds: how long they stayed.
    """

    place: str = "web"
    page: str = ""
    product: str | None = None
    category: str = ""
    device: str = ""
    source: str = ""
    seconds: int | None = None


@frozen(kw_only=True)
class SignedUp(Fact):
    """Somebody joined something: `newsletter`, `alerts`, `community`, `programme`."""

    what: str
    place: str = ""


@frozen(kw_only=True)
class SocialFollowed(Fact):
    """Somebody follows the shop on a network."""

    network: str


@frozen(kw_only=True)
class Referred(Fact):
    """A friend who came: `friend` is the friend's customer id, `order` their first order."""

    friend: str
    code: str = ""
    order: str | None = None


@frozen(kw_only=True)
class InvitationAnswered(Fact):
    """Somebody said whether they come; `event` names the invitation."""

    event: str
    coming: bool


@frozen(kw_only=True)
class CouponIssued(Fact):
    """A code that a customer was given; `grant` is the key of what it was given for."""

    code: str
    grant: str = ""


@frozen(kw_only=True)
class CouponRedeemed(Fact):
    """A code that was used on an order, and what it took off."""

    code: str
    order: str
    amount: Money | None = None
