"""A call for help from its first word to its end, and how long it may take."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum, unique

from attrs import field, frozen

from postpurchase.domain.event import (
    Agent,
    Resolution,
    TicketAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    TicketType,
)
from postpurchase.domain.history import History
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidSupport
from postpurchase.support.hours import Hours

Turn = tuple[datetime, datetime | None]
"""A time in which the shop was asked: from when, and until when it had answered."""


def _opened(ticket: "Ticket", _: object, asked: tuple[datetime, ...], /) -> None:
    if not asked:
        message = f"ticket {ticket.id!r} was opened by words: asked holds at least one instant"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Ticket:
    """What is known of one ticket at an instant.

    Attributes:
        asked: when the customer wrote: the opening first.
        answered: when a person of the shop answered; automatic answers do not count, an ending
            to which the customer wrote back does.
        closed: how it ended; None while it is open, or open again.
    """

    id: str
    type: TicketType
    opened: TicketOpened
    asked: tuple[datetime, ...] = field(validator=_opened)
    answered: tuple[datetime, ...] = ()
    closed: TicketClosed | None = None

    @property
    def first_answer(self) -> datetime | None:
        """When somebody first answered, else when it was closed, else None."""
        return min(self.answered, default=self.closed.at if self.closed is not None else None)

    @property
    def waits_for_shop(self) -> bool:
        """Whether it is the shop's turn: open, and the customer wrote last."""
        return self.closed is None and (not self.answered or self.asked[-1] > self.answered[-1])

    @property
    def solved(self) -> bool:
        """Whether it ended well."""
        return self.closed is not None and self.closed.resolution is Resolution.SOLVED

    def turns(self) -> tuple[Turn, ...]:
        """The times in which it was the shop's turn; the last is open while it still is."""
        found: list[Turn] = []
        for asked in self.asked:
            if found and (found[-1][1] is None or found[-1][1] >= asked):
                continue
            later = [at for at in self.answered if at >= asked]
            end = min(later, default=self.closed.at if self.closed is not None else None)
            found.append((asked, end))
        return tuple(found)


def tickets(history: History, /, *, at: datetime) -> tuple[Ticket, ...]:
    """All tickets of a customer as they were known at that instant, oldest first.

    Who writes again after the end is not left alone: the ticket is open again from then on.
    """
    known = history.until(at)
    asked, answered = defaultdict[str, list[datetime]](list), defaultdict[str, list[datetime]](list)
    ended = defaultdict[str, list[TicketClosed]](list)
    for reply in known.all(TicketReplied):
        asked[reply.ticket].append(reply.at)
    for answer in known.all(TicketAnswered):
        if answer.by is not Agent.MACHINE:
            answered[answer.ticket].append(answer.at)
    for end in known.all(TicketClosed):
        ended[end.ticket].append(end)
    return tuple(
        _ticket(each, asked[each.id], answered[each.id], ended[each.id])
        for each in known.all(TicketOpened)
    )


def _ticket(
    opened: TicketOpened,
    asked: list[datetime],
    answered: list[datetime],
    ended: list[TicketClosed],
    /,
) -> Ticket:
    last = asked[-1] if asked else None
    undone = [each.at for each in ended if last is not None and each.at < last]
    closed = ended[-1] if len(ended) > len(undone) else None
    return Ticket(
        id=opened.id,
        type=opened.type,
        opened=opened,
        asked=(opened.at, *asked),
        answered=tuple(sorted([*answered, *undone])),
        closed=closed,
    )


@unique
class Step(StrEnum):
    """What has to happen next with a ticket."""

    ANSWER = "answer"
    RESOLVE = "resolve"
    ASK_AGAIN = "ask_again"
    CLOSE = "close"
    NONE = "none"


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidSupport(message)


def _typed(_: object, __: object, levels: Pairs["Level"], /) -> None:
    odd = sorted(set(levels) - set(TicketType))
    if odd:
        message = f"levels are by type of ticket ({', '.join(TicketType)}), got {', '.join(odd)}"
        raise InvalidSupport(message)


@frozen
class Level:
    """How long an answer and a solution may take, in open hours."""

    answer: timedelta = field(validator=_positive)
    solution: timedelta = field(validator=_positive)


@frozen(kw_only=True)
class Next:
    """What has to happen next with a ticket; only a closed one needs nothing.

    Attributes:
        ticket: its id.
        step: what.
        due: by when; in UTC.
        overdue: open time since then; none before.
        escalation: to whom it goes: 0 the agent, 1 once overdue, 2 when as late again as allowed.
    """

    ticket: str
    step: Step
    due: datetime | None
    overdue: timedelta = timedelta(0)
    escalation: int = 0


@frozen(kw_only=True)
class ServiceLevels:
    """How fast a shop means to help. Time counts in open hours, and only on the shop's turn.

    Attributes:
        hours: when the team is there.
        usual: for every type that has no level of its own.
        levels: by type of ticket, such as `Pairs(damaged=Level(...))`.
        patience: how long to wait for the customer before asking again, and then before the
            ticket is closed; it may be opened anew at any time.
    """

    hours: Hours
    usual: Level = Level(timedelta(hours=4), timedelta(hours=24))
    levels: Pairs[Level] = field(default=Pairs[Level](), validator=_typed)
    patience: timedelta = field(default=timedelta(days=3), validator=_positive)

    def level(self, kind: TicketType, /) -> Level:
        """What is allowed for this type."""
        return self.levels.get(kind, self.usual)

    def next(self, ticket: Ticket, /, *, at: datetime) -> Next:
        """What has to happen next with a ticket, by when, and who has to know."""
        if ticket.closed is not None:
            return Next(ticket=ticket.id, step=Step.NONE, due=None)
        if not ticket.waits_for_shop:
            return self._waiting(ticket, at)
        level = self.level(ticket.type)
        solve = self.solution_due(ticket, at=at)
        if ticket.answered:
            return self._timed(ticket, Step.RESOLVE, solve, level.solution, at)
        answer = self.hours.after(ticket.opened.at, level.answer)
        if solve < answer:
            return self._timed(ticket, Step.RESOLVE, solve, level.solution, at)
        return self._timed(ticket, Step.ANSWER, answer, level.answer, at)

    def agenda(self, tickets: Iterable[Ticket], /, *, at: datetime) -> tuple[Next, ...]:
        """What has to happen next with each open ticket, the most urgent first: none is left out.

        What has escalated furthest comes first, then what is due soonest; ties by id.
        """
        steps = (self.next(ticket, at=at) for ticket in tickets)
        urgent = [(-each.escalation, each.due, each.ticket, each) for each in steps if each.due]
        return tuple(each for _, _, _, each in sorted(urgent, key=lambda row: row[:3]))

    def _waiting(self, ticket: Ticket, at: datetime) -> Next:
        """The customer's turn: ask once more after the patience, close after it once more."""
        unheard = [each for each in ticket.answered if each >= ticket.asked[-1]]
        asked_again = unheard[-1] - unheard[0] >= self.patience
        step = Step.CLOSE if asked_again else Step.ASK_AGAIN
        return self._timed(ticket, step, unheard[-1] + self.patience, self.patience, at)

    def solution_due(self, ticket: Ticket, /, *, at: datetime) -> datetime:
        """By when it must be solved if the shop's turn lasts; past turns are taken off."""
        left = self.level(ticket.type).solution
        turns = ticket.turns()
        for start, end in turns:
            spent = self.hours.between(start, end or at)
            if end is None or spent >= left:
                return self.hours.after(start, left)
            left -= spent
        return self.hours.after(at, left)

    def _timed(
        self, ticket: Ticket, step: Step, due: datetime, allowed: timedelta, at: datetime
    ) -> Next:
        late = self.hours.between(due, at)
        escalation = 0 if at < due else 2 if late >= allowed else 1
        return Next(ticket=ticket.id, step=step, due=due, overdue=late, escalation=escalation)

    def kept(self, ticket: Ticket, /) -> bool | None:
        """Whether the first answer came in time; None while it may still come."""
        first = ticket.first_answer
        due = self.hours.after(ticket.opened.at, self.level(ticket.type).answer)
        return None if first is None else first <= due
