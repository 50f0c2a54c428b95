"""When to ask a customer how it went, and when they have been asked enough."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
from postpurchase.domain.event import MessageSent, SurveyAnswered
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support.chat import Blocked, InTouch
from postpurchase.support.problem import problems
from postpurchase.support.survey import Survey
from postpurchase.support.surveys import RELATIONSHIP, SERVICE
from postpurchase.support.ticket import tickets

QUESTIONS: Final = ("survey", "check_in", "review_request", "review_reminder")
"""The kinds of message that ask something, of which there should not be many."""


@frozen
class HelpEnded(Reason):
    """A ticket has ended, so there is something to ask about."""

    says: ClassVar[Says] = says("ticket %(ticket)s has ended")
    ticket: str


@frozen
class NoHelpEnded(Reason):
    """There is no help to ask about: none ended lately, or it was asked about already."""

    says: ClassVar[Says] = says("no ticket has ended that was not asked about")


@frozen
class AskedLately(Reason):
    """They were asked something not long ago."""

    says: ClassVar[Says] = says("asked something on %(on)s")
    on: date


@frozen
class NeverAsked(Reason):
    """They were never asked what they think of all of it."""

    says: ClassVar[Says] = says("never asked how they like it")


@frozen
class LastAsked(Reason):
    """It is long enough that they were asked the same."""

    says: ClassVar[Says] = says("last asked how they like it on %(on)s")
    on: date


@frozen
class NotYetDue(Reason):
    """The time to ask has not come."""

    says: ClassVar[Says] = says("not before %(on)s")
    on: date


@frozen
class NoCustomerNow(Reason):
    """They bought nothing for so long, or never, that there is nothing to ask about."""

    says: ClassVar[Says] = says("no order kept in the last %(days)s days")
    days: int


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class AskAfterHelp:
    """Asks what somebody thinks of the help they got, once about each ticket.

    Attributes:
        survey: what is asked.
        wait: how long after the ticket ended; what is thought in the first minute is not asked.
        within: how long after it ended at most.
        gap: how long there is peace after any question or answer; `questions` names their kinds.
        kind: the kind of message that asks it.
    """

    survey: Survey = SERVICE
    wait: timedelta = field(default=timedelta(hours=2), validator=_positive)
    within: timedelta = field(default=timedelta(days=7), validator=_positive)
    gap: timedelta = field(default=timedelta(days=14), validator=_positive)
    kind: str = "survey"
    questions: tuple[str, ...] = QUESTIONS

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Survey] | Declined:
        """The survey to send now, or why there is none."""
        del known
        history = subject.until(at)
        trouble = _in_touch(history, at)
        if trouble is not None:
            return Declined((trouble,))
        ended = {
            each.closed.at: each.id
            for each in tickets(history, at=at)
            if each.closed is not None and at - each.closed.at <= self.within
        }
        newest = max(ended, default=None)
        asked = _last_asked(history, (self.kind,), self.survey.name)
        if newest is None or (asked is not None and asked >= newest):
            return Declined((NoHelpEnded(),))
        last = _last_asked(history, self.questions)
        if last is not None and at - last < self.gap:
            return Declined((AskedLately(last.date()),))
        if at - newest < self.wait:
            return Declined((NotYetDue((newest + self.wait).date()),))
        return Granted(self.survey, (HelpEnded(ended[newest]),))


@frozen(kw_only=True)
class CheckIns:
    """Asks every customer now and then how they like it, and leaves them in peace between.

    Attributes:
        survey: what is asked.
        every: how long after they were last asked it; answers to it count as asked.
        first: how long after their first order; by then they have used what they bought.
        gap: how long there is peace after any other question or answer.
        active: how long after their last order they are still asked.
        kind: the kind of message that asks it; `questions` names all that ask something.

    Dates of reasons are those of UTC. Not while a ticket is open or a problem stands in the way.
    """

    survey: Survey = RELATIONSHIP
    every: timedelta = field(default=timedelta(days=180), validator=_positive)
    first: timedelta = field(default=timedelta(days=30), validator=_positive)
    gap: timedelta = field(default=timedelta(days=14), validator=_positive)
    active: timedelta = field(default=timedelta(days=365), validator=_positive)
    kind: str = "check_in"
    questions: tuple[str, ...] = QUESTIONS

    def due(self, subject: History, /, *, at: datetime) -> datetime | None:
        """From when they can be asked, as far as is known then; None for who bought nothing."""
        history = subject.until(at)
        kept = [order.at for order in history.orders if order.kept]
        if not kept:
            return None
        asked = _last_asked(history, (self.kind,), self.survey.name)
        any_other = _last_asked(history, self.questions)
        turns = [kept[0] + self.first if asked is None else asked + self.every]
        turns += [any_other + self.gap] if any_other is not None else []
        return max(turns)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Survey] | Declined:
        """The survey to send now, or why there is none."""
        del known
        history = subject.until(at)
        newest = max((order.at for order in history.orders if order.kept), default=None)
        due = self.due(history, at=at)
        if newest is None or due is None or at - newest > self.active:
            return Declined((NoCustomerNow(self.active.days),))
        if at < due:
            return Declined((NotYetDue(due.date()),))
        trouble = _in_touch(history, at) or _blocked(history, at)
        if trouble is not None:
            return Declined((trouble,))
        asked = _last_asked(history, (self.kind,), self.survey.name)
        why = NeverAsked() if asked is None else LastAsked(asked.date())
        return Granted(self.survey, (why,))


def _last_asked(history: History, kinds: tuple[str, ...], survey: str = "", /) -> datetime | None:
    """When something of these kinds was last sent, or a survey answered: this one, or any."""
    sent = [each.at for each in history.all(MessageSent) if each.kind in kinds]
    answers = history.all(SurveyAnswered)
    sent += [each.at for each in answers if not survey or each.survey == survey]
    return max(sent, default=None)


def _in_touch(history: History, at: datetime, /) -> Reason | None:
    still = (each for each in tickets(history, at=at) if each.closed is None)
    first = next(still, None)
    return InTouch(first.id) if first is not None else None


def _blocked(history: History, at: datetime, /) -> Reason | None:
    met = problems(history, at=at)
    return Blocked(met[0].order, met[0].problem) if met else None
