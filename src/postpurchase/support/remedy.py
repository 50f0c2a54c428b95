"""What a shop does about a problem, by a policy that says why, and when a person must look."""

from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import ContentShared, TicketClosed, TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Percent
from postpurchase.domain.order import Order
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support.ticket import Ticket, tickets


@unique
class Doing(StrEnum):
    """What is done."""

    INFORM = "inform"
    RESEND = "resend"
    REPLACE = "replace"
    REFUND = "refund"
    PART_REFUND = "part_refund"
    CREDIT = "credit"
    COLLECT = "collect"
    TRACE = "trace"

    @property
    def says(self) -> Says:
        """What is done, as the shop tells the customer."""
        return _SAID[self]


_SAID = {
    Doing.INFORM: says("we keep you informed"),
    Doing.RESEND: says("we send it again"),
    Doing.REPLACE: says("we send a new one in its place"),
    Doing.REFUND: says("we return your money"),
    Doing.PART_REFUND: says("we return part of your money"),
    Doing.CREDIT: says("we give you credit in our shop"),
    Doing.COLLECT: says("we have it picked up from you"),
    Doing.TRACE: says("we ask the carrier where it is"),
}


PICTURE: Final = "picture"


@frozen
class SettledBy(Reason):
    """The shop's rule for this type of problem."""

    says: ClassVar[Says] = says("our rule for %(problem)s: %(doing)s")
    problem: TicketType
    doing: Doing


@frozen
class NoRule(Reason):
    """The shop has no rule for this type of problem."""

    says: ClassVar[Says] = says("no rule for %(problem)s: a person decides")
    problem: TicketType


@frozen
class NoSuchOrder(Reason):
    """The ticket names no order that is known."""

    says: ClassVar[Says] = says("no order is known for this ticket: a person decides")


@frozen
class OrderSettled(Reason):
    """The order was cancelled or its money went back, so nothing is given once more."""

    says: ClassVar[Says] = says(
        "order %(order)s was cancelled or its money went back: a person decides"
    )
    order: str


@frozen
class AboveLimit(Reason):
    """The order is worth more than what is settled without a person."""

    says: ClassVar[Says] = says(
        "order %(order)s is worth %(total)s, more than %(most)s: a person decides"
    )
    order: str
    total: Money
    most: Money


@frozen
class OtherCurrency(Reason):
    """The order is in another currency than the limit, and no rate is guessed."""

    says: ClassVar[Says] = says(
        "order %(order)s comes to %(total)s, and the limit is %(most)s: a person decides"
    )
    order: str
    total: Money
    most: Money


@frozen
class ClaimedOften(Reason):
    """They had so many remedies lately."""

    says: ClassVar[Says] = says(
        "%(count)s remedy in the last %(days)s days: a person decides",
        "%(count)s remedies in the last %(days)s days: a person decides",
        by="count",
    )
    count: int
    days: int


@frozen
class ProofNeeded(Reason):
    """A picture is asked for first."""

    says: ClassVar[Says] = says("a picture is needed first")


@frozen
class TicketEnded(Reason):
    """There is no open ticket of that id."""

    says: ClassVar[Says] = says("ticket %(ticket)s is not open")
    ticket: str


def _seen(_: object, __: object, proof: str, /) -> None:
    if proof not in {"", PICTURE}:
        message = f"what can be seen first is {PICTURE!r} or nothing, got {proof!r}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class RemedyRule:
    """What is done about one type of problem.

    Attributes:
        problem: the type of ticket.
        doing: what is done first; `otherwise` is offered beside it.
        share: of the line's price, for a refund in part.
        most: what the order may be worth at most, total in its currency; None for any worth.
        proof: what is seen before anything is done: `picture`, or nothing.
    """

    problem: TicketType
    doing: Doing
    otherwise: tuple[Doing, ...] = ()
    share: Percent | None = None
    most: Money | None = None
    proof: str = field(default="", validator=_seen)

    def __attrs_post_init__(self) -> None:
        """Refuse a refund in part that does not say which part."""
        if (self.doing is Doing.PART_REFUND) is (self.share is None):
            message = (
                f"a refund in part, and nothing else, has a share: got {self.doing}, {self.share}"
            )
            raise InvalidSupport(message)


@frozen(kw_only=True)
class Remedy(Outcome):
    """What is done about a ticket."""

    ticket: str
    doing: Doing
    otherwise: tuple[Doing, ...] = ()
    share: Percent | None = None


USUAL: Final = (
    RemedyRule(problem=TicketType.DELAYED, doing=Doing.INFORM, otherwise=(Doing.TRACE,)),
    RemedyRule(
        problem=TicketType.DAMAGED,
        doing=Doing.REPLACE,
        otherwise=(Doing.REFUND,),
        proof=PICTURE,
    ),
    RemedyRule(
        problem=TicketType.MISSING, doing=Doing.TRACE, otherwise=(Doing.RESEND, Doing.REFUND)
    ),
    RemedyRule(
        problem=TicketType.WRONG_ITEM, doing=Doing.RESEND, otherwise=(Doing.COLLECT, Doing.REFUND)
    ),
    RemedyRule(
        problem=TicketType.DEFECT,
        doing=Doing.REPLACE,
        otherwise=(Doing.REFUND,),
        proof=PICTURE,
    ),
)
"""What a shop does unless it says otherwise; law may give the customer more."""


def _once(_: object, __: object, rules: tuple[RemedyRule, ...], /) -> None:
    problems = [rule.problem for rule in rules]
    if len(set(problems)) != len(problems):
        message = f"one rule for each type of problem, got {', '.join(problems)}"
        raise InvalidSupport(message)


def _some(_: object, attribute: object, value: int, /) -> None:
    if value < 1:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 1 or more, got {value}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Remedies:
    """Decides what is done about the newest open ticket, or that a person must.

    What was cancelled or paid back is for a person: nothing is given for it a second time.

    Attributes:
        rules: one for each type of problem.
        often: after how many remedies a person looks; `days` is how long they are remembered.
    """

    rules: tuple[RemedyRule, ...] = field(default=USUAL, validator=_once)
    often: int = field(default=3, validator=_some)
    days: int = field(default=365, validator=_some)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Remedy] | Declined:
        """What is done about the newest open ticket, or about the `Ticket` that is known."""
        history = subject.until(at)
        ticket = known.find(Ticket) or _newest(history, at)
        if ticket is None or ticket.closed is not None:
            return Declined((TicketEnded(ticket.id if ticket is not None else ""),))
        rule = next((rule for rule in self.rules if rule.problem is ticket.type), None)
        if rule is None:
            return Declined((NoRule(ticket.type),))
        order = next((each for each in history.orders if each.id == ticket.opened.order), None)
        if order is None:
            return Declined((NoSuchOrder(),))
        against = self._against(rule, ticket, order, history, at)
        if against is not None:
            return Declined((against,))
        remedy = Remedy(
            ticket=ticket.id, doing=rule.doing, otherwise=rule.otherwise, share=rule.share
        )
        return Granted(remedy, (SettledBy(rule.problem, rule.doing),))

    def _against(
        self, rule: RemedyRule, ticket: Ticket, order: Order, history: History, at: datetime
    ) -> Reason | None:
        since = at - timedelta(days=self.days)
        ended = history.all(TicketClosed)
        had = {each.ticket for each in ended if each.remedy and each.at > since}
        if order.cancelled or order.fully_refunded:
            return OrderSettled(order.id)
        if len(had) >= self.often:
            return ClaimedOften(len(had), self.days)
        if rule.most is not None and order.total.currency != rule.most.currency:
            return OtherCurrency(order.id, order.total, rule.most)
        if rule.most is not None and order.total > rule.most:
            return AboveLimit(order.id, order.total, rule.most)
        if rule.proof and not shown(ticket.opened, history):
            return ProofNeeded()
        return None


def _newest(history: History, at: datetime, /) -> Ticket | None:
    open_ones = [ticket for ticket in tickets(history, at=at) if ticket.closed is None]
    return open_ones[-1] if open_ones else None


def shown(opened: TicketOpened, history: History, /) -> bool:
    """Whether a picture came with a ticket: a `ContentShared` about its order since it opened."""
    return any(
        each.order == opened.order and each.at >= opened.at for each in history.all(ContentShared)
    )
