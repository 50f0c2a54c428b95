"""Invitations to events: who is invited, who answered, who has a seat."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import InvitationAnswered, SignedUp, SocialFollowed
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant
from postpurchase.domain.offer import Invitation
from postpurchase.domain.rule import NOTHING, Known, Rule


@frozen(kw_only=True)
class Seating(Outcome):
    """Who comes to an event, in the order of their answers.

    Attributes:
        event: the name of the invitation.
        coming: the ids of those with a seat.
        waiting: the ids of those who come if somebody else does not.
        free: how many seats are left; None where seats are not counted.
    """

    event: str
    coming: tuple[str, ...]
    waiting: tuple[str, ...]
    free: int | None


def seating(
    invitation: Invitation, answers: Iterable[tuple[str, InvitationAnswered]], /
) -> Seating:
    """Who has a seat: the first to say yes, as long as they do not say no; nobody twice.

    Args:
        invitation: the event.
        answers: the id of each customer and what they answered; of several the last counts, and
            somebody who says yes again after a no stands at the end of the line.
    """
    since: dict[str, datetime] = {}
    for who, answer in sorted(answers, key=_when):
        if answer.event != invitation.name:
            continue
        if not answer.coming:
            since.pop(who, None)
        else:
            since.setdefault(who, answer.at)
    line = sorted(since, key=lambda who: (since[who], who))
    seats = invitation.seats
    cut = len(line) if seats is None else seats
    return Seating(
        event=invitation.name,
        coming=tuple(line[:cut]),
        waiting=tuple(line[cut:]),
        free=None if seats is None else max(seats - len(line), 0),
    )


def _when(answer: tuple[str, InvitationAnswered]) -> tuple[datetime, str]:
    return (answer[1].at, answer[0])


@frozen
class Follows(Reason):
    """Somebody follows the shop on a network."""

    says: ClassVar[Says] = says("follows on %(network)s")
    network: str


@frozen
class Joined(Reason):
    """Somebody signed up for something."""

    says: ClassVar[Says] = says("signed up for %(what)s")
    what: str


@frozen
class Belongs(Reason):
    """Somebody is among those for whom the event is."""

    says: ClassVar[Says] = says("is among those who are invited")


@frozen
class NotInvited(Reason):
    """What would get an invitation."""

    says: ClassVar[Says] = says("follow or sign up to be invited: %(ways)s")
    ways: tuple[str, ...]


@frozen
class FullyTaken(Reason):
    """All seats are taken."""

    says: ClassVar[Says] = says("all %(seats)s seats are taken")
    seats: int


@frozen
class AlreadyAnswered(Reason):
    """Somebody has answered."""

    says: ClassVar[Says] = says("has answered")


@frozen
class Past(Reason):
    """The event is over, or can no longer be answered."""

    says: ClassVar[Says] = says("it is too late for this event")


@frozen(kw_only=True)
class Guests:
    """Who is invited to an event: those of a condition, and those who follow or signed up.

    Attributes:
        invitation: the event.
        when: a condition, such as `TierAtLeast("gold")`; None invites nobody by itself.
        follows: networks of which one gets an invitation.
        sign_ups: what one can sign up for to get one, such as `newsletter`.
    """

    invitation: Invitation
    when: Rule | None = None
    follows: tuple[str, ...] = ()
    sign_ups: tuple[str, ...] = ()

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Invitation] | Declined:
        """Whether somebody is invited now, and what for.

        Args:
            subject: the customer's history.
            at: the instant.
            known: the `Seating` of this event, and what the condition asks for.
        """
        at, history = instant(at), subject.until(instant(at))
        held = self.invitation.held_at
        if not self.invitation.valid(at) or (held is not None and held <= at):
            return Declined((Past(),))
        if any(each.event == self.invitation.name for each in history.all(InvitationAnswered)):
            return Declined((AlreadyAnswered(),))
        seats = known.find(Seating)
        if seats is not None and seats.event == self.invitation.name and seats.free == 0:
            return Declined((FullyTaken(len(seats.coming)),))
        finding = self.when.check(known) if self.when is not None else None
        ways = self._ways(history)
        if finding:
            return Granted(self.invitation, (Belongs(), *finding.reasons(), *ways))
        if ways:
            return Granted(self.invitation, ways)
        missing = finding.reasons() if finding is not None else ()
        names = (*self.follows, *self.sign_ups)
        return Declined((*missing, NotInvited(names)) if names or not missing else missing)

    def _ways(self, history: History) -> tuple[Reason, ...]:
        follows = {each.network for each in history.all(SocialFollowed)}
        joined = {each.what for each in history.all(SignedUp)}
        return (
            *(Follows(each) for each in self.follows if each in follows),
            *(Joined(each) for each in self.sign_ups if each in joined),
        )
