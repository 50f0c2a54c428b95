"""Why a row stands where it stands: one sentence for each thing that a gate can find."""

from datetime import datetime, time
from enum import Enum, unique
from typing import ClassVar, Self

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.message import Channel


@frozen
class StepWasSent(Reason):
    """The earlier message of the same journey went out."""

    says: ClassVar[Says] = says("%(step)s was sent")
    step: str


@frozen
class AtOnce(Reason):
    """The step has no delay."""

    says: ClassVar[Says] = says("at once")


@frozen
class HoursLater(Reason):
    """Elapsed hours."""

    says: ClassVar[Says] = says("%(hours)s hour later", "%(hours)s hours later", by="hours")
    hours: int


@frozen
class DaysLater(Reason):
    """Calendar days in the customer's zone."""

    says: ClassVar[Says] = says("%(days)s day later", "%(days)s days later", by="days")
    days: int


@frozen
class BusinessDaysLater(Reason):
    """Days on which the shop works."""

    says: ClassVar[Says] = says(
        "%(days)s business day later", "%(days)s business days later", by="days"
    )
    days: int


@frozen
class AtLocalTime(Reason):
    """A wall-clock time where the customer is."""

    says: ClassVar[Says] = says("at %(clock)s local time")
    clock: time


@frozen
class OrderRefunded(Reason):
    """Nothing of the order is left with the customer's money."""

    says: ClassVar[Says] = says("order %(order)s was refunded")
    order: str


@frozen
class OrderCancelled(Reason):
    """The order is off."""

    says: ClassVar[Says] = says("order %(order)s was cancelled")
    order: str


@frozen
class ReturnOpened(Reason):
    """Something of the order is on its way back."""

    says: ClassVar[Says] = says("a return of order %(order)s was opened")
    order: str


@frozen
class OrderedAgain(Reason):
    """A newer order came."""

    says: ClassVar[Says] = says("order %(order)s came since")
    order: str


@frozen
class BoughtAgain(Reason):
    """The same thing was bought again."""

    says: ClassVar[Says] = says("%(product)s was bought again")
    product: str


@frozen
class ReviewWasPosted(Reason):
    """The customer wrote a review."""

    says: ClassVar[Says] = says("a review of order %(order)s was posted")
    order: str


@frozen
class SurveyWasAnswered(Reason):
    """The customer answered."""

    says: ClassVar[Says] = says("the survey was answered")


@frozen
class AccountWasCreated(Reason):
    """The guest has an account now."""

    says: ClassVar[Says] = says("the customer has an account")


@frozen
class AlreadyGranted(Reason):
    """The customer has said yes to this channel before."""

    says: ClassVar[Says] = says("the customer has already said yes to %(channel)s")
    channel: Channel


@frozen
class AlreadySignedUp(Reason):
    """The customer is in already."""

    says: ClassVar[Says] = says("the customer has joined %(what)s already")
    what: str


@frozen
class SupersededBy(Reason):
    """A later message says more."""

    says: ClassVar[Says] = says("%(step)s says more")
    step: str


@frozen
class TicketIsOpen(Reason):
    """Somebody waits for help, so nothing is asked and nothing is sold."""

    says: ClassVar[Says] = says("ticket %(ticket)s is open")
    ticket: str


@frozen
class ReturnIsOpen(Reason):
    """Something is on its way back."""

    says: ClassVar[Says] = says("return %(request)s is open")
    request: str


@frozen
class TooLate(Reason):
    """The moment for the message has gone."""

    says: ClassVar[Says] = says(
        "more than %(hours)s hour past its time",
        "more than %(hours)s hours past its time",
        by="hours",
    )
    hours: int


@frozen
class HeldOut(Reason):
    """The customer is in a group that gets nothing, so that the effect can be measured."""

    says: ClassVar[Says] = says("held out by %(holdout)s")
    holdout: str


@frozen
class QuietHours(Reason):
    """The channel is closed at this hour where the customer is."""

    says: ClassVar[Says] = says("quiet hours for %(channel)s")
    channel: Channel


@frozen
class CapReached(Reason):
    """The customer has got enough messages for now."""

    says: ClassVar[Says] = says(
        "%(limit)s message in %(hours)s hours is enough",
        "%(limit)s messages in %(hours)s hours are enough",
        by="limit",
    )
    limit: int
    hours: int


@frozen
class GlobalLimit(Reason):
    """The shop as a whole sends no more than this at one time."""

    says: ClassVar[Says] = says("the shop's limit of %(limit)s for %(scope)s is used up")
    scope: str
    limit: int


@frozen
class HasAccount(Reason):
    """Whether there is an account."""

    says: ClassVar[Says] = says("an account: %(account)s")
    account: str


@frozen
class Completing(Reason):
    """What goes with what was bought."""

    says: ClassVar[Says] = says(
        "%(count)s product completes what was bought",
        "%(count)s products complete what was bought",
        by="count",
    )
    count: int


@frozen
class NotTold(Reason):
    """An answer that a message would show."""

    says: ClassVar[Says] = says("no %(answer)s among the known answers")
    answer: str


@frozen
class WasTold(Reason):
    """An answer that a message shows."""

    says: ClassVar[Says] = says("%(answer)s is among the known answers")
    answer: str


@frozen
class NotInPlaybook(Reason):
    """Another playbook led to it, or facts that are gone."""

    says: ClassVar[Says] = says("nothing in the playbook leads to it")


@frozen
class KnownThrough(Reason):
    """A marketplace's customer is not the shop's to advertise to."""

    says: ClassVar[Says] = says(
        "the customer is known through %(marketplace)s alone, and never said yes to the shop"
    )
    marketplace: str


@unique
class Weekday(Enum):
    """A day of the week, by its name."""

    MONDAY = says("Monday")
    TUESDAY = says("Tuesday")
    WEDNESDAY = says("Wednesday")
    THURSDAY = says("Thursday")
    FRIDAY = says("Friday")
    SATURDAY = says("Saturday")
    SUNDAY = says("Sunday")

    @classmethod
    def of(cls, wall: datetime, /) -> Self:
        """The day of a wall clock."""
        return tuple(cls)[wall.weekday()]

    @property
    def says(self) -> Says:
        """Its name in a sentence."""
        return self.value


@frozen
class AtBestTime(Reason):
    """The hour in which this customer answers most, or the step's own where nothing is known."""

    says: ClassVar[Says] = says("at the customer's best hour, %(clock)s on %(weekday)s")
    weekday: Weekday
    clock: time
