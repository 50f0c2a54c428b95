"""When to offer somebody a chat, and what to open it with."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import MessageSent, Visited
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support.hours import Hours
from postpurchase.support.problem import Problem, problems
from postpurchase.support.ticket import tickets


@frozen
class AskAboutProblem(Reason):
    """Open with what stands in the way."""

    says: ClassVar[Says] = says("We have looked at order %(order)s: %(problem)s. May we help?")
    order: str
    problem: Problem


@frozen
class AskAboutPage(Reason):
    """Open with what they look at."""

    says: ClassVar[Says] = says("Can we help you with anything on this page?")


@frozen
class Searching(Reason):
    """They looked at pages of help again and again."""

    says: ClassVar[Says] = says(
        "looked at %(count)s page of help", "looked at %(count)s pages of help", by="count"
    )
    count: int


@frozen
class Lingering(Reason):
    """They stayed long on a page of help."""

    says: ClassVar[Says] = says("stayed %(seconds)s s on a page of help")
    seconds: int


@frozen
class Blocked(Reason):
    """Something stands in the way and they came to look."""

    says: ClassVar[Says] = says("order %(order)s: %(problem)s")
    order: str
    problem: Problem


@frozen
class NobodyThere(Reason):
    """Nobody could answer now."""

    says: ClassVar[Says] = says("nobody is there to chat")


@frozen
class NotHere(Reason):
    """They are not on the site or in the app now."""

    says: ClassVar[Says] = says("no visit in the last %(minutes)s minutes")
    minutes: int


@frozen
class OfferedLately(Reason):
    """A chat was offered not long ago."""

    says: ClassVar[Says] = says("a chat was offered in the last %(hours)s hours")
    hours: int


@frozen
class InTouch(Reason):
    """A ticket is open, so they are answered there."""

    says: ClassVar[Says] = says("ticket %(ticket)s is open")
    ticket: str


@frozen
class NoNeed(Reason):
    """Nothing says that they need help."""

    says: ClassVar[Says] = says("nothing says that they need help")


@frozen
class ChatOffer(Outcome):
    """An offer to chat, with its opening line; nobody is ever drawn into one."""

    opening: Reason


def _some(_: object, attribute: object, value: int, /) -> None:
    if value < 1:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 1 or more, got {value}"
        raise InvalidSupport(message)


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class OfferChat:
    """Offers a chat to somebody who is here, seems stuck, and was not asked lately.

    Attributes:
        hours: when somebody could answer.
        pages: how pages of help begin, such as `/help` or `/returns`.
        visits: pages of help in one visit that count as searching.
        seconds: time on one of them that counts as lingering.
        visit: how long ago somebody may have looked at a page to be here still.
        pause: how long not to offer it again; counted by messages of the kind `chat_offer`.
    """

    hours: Hours
    pages: tuple[str, ...] = ("/help", "/returns", "/contact", "/track")
    visits: int = field(default=3, validator=_some)
    seconds: int = field(default=90, validator=_some)
    visit: timedelta = field(default=timedelta(minutes=15), validator=_positive)
    pause: timedelta = field(default=timedelta(hours=24), validator=_positive)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[ChatOffer] | Declined:
        """Whether to offer a chat now, and with which words."""
        del known
        history = subject.until(at)
        seen = [each for each in history.all(Visited) if at - self.visit < each.at <= at]
        against = self._against(history, seen, at)
        if against is not None:
            return Declined((against,))
        met = problems(history, at=at)
        if met:
            first = met[0]
            offer = ChatOffer(AskAboutProblem(first.order, first.problem))
            return Granted(offer, (Blocked(first.order, first.problem),))
        helping = [each for each in seen if each.page.startswith(self.pages)]
        longest = max((each.seconds or 0 for each in helping), default=0)
        if len(helping) >= self.visits:
            return Granted(ChatOffer(AskAboutPage()), (Searching(len(helping)),))
        if longest >= self.seconds:
            return Granted(ChatOffer(AskAboutPage()), (Lingering(longest),))
        return Declined((NoNeed(),))

    def _against(self, history: History, seen: Sequence[Visited], at: datetime) -> Reason | None:
        if not seen:
            return NotHere(self.visit // timedelta(minutes=1))
        if not self.hours.open(at):
            return NobodyThere()
        for ticket in tickets(history, at=at):
            if ticket.closed is None:
                return InTouch(ticket.id)
        offers = (each for each in history.all(MessageSent) if each.kind == "chat_offer")
        if any(at - self.pause < each.at for each in offers):
            return OfferedLately(self.pause // timedelta(hours=1))
        return None
