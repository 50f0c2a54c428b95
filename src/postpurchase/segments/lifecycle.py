"""Where a customer stands, prospect to advocate, at risk to lost, by the customer's own rhythm."""

from datetime import date, datetime
from enum import StrEnum, unique
from math import ceil
from typing import ClassVar
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.decision import Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import ContentShared, Referred, ReviewPosted, SurveyAnswered
from postpurchase.domain.history import History
from postpurchase.domain.moment import local_date
from postpurchase.domain.rhythm import USUAL_WEIGHT, Rhythm
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSegment
from postpurchase.segments.membership import Membership, Segments


@unique
class Stage(StrEnum):
    """A stage of a customer's life with the shop."""

    PROSPECT = "prospect"
    """Has not ordered yet."""
    NEW = "new"
    """Has ordered once, and the second order is not overdue."""
    ACTIVE = "active"
    """Orders in the usual rhythm."""
    LOYAL = "loyal"
    """Active, with many orders."""
    ADVOCATE = "advocate"
    """Active or loyal, and speaks for the shop."""
    AT_RISK = "at_risk"
    """Overdue."""
    DORMANT = "dormant"
    """Silent for several of the usual gaps."""
    LOST = "lost"
    """Silent for so long that a return would be a surprise."""


@frozen
class NoOrderYet(Reason):
    """Nothing was ordered."""

    says: ClassVar[Says] = says("has not ordered yet")


@frozen
class Ordered(Reason):
    """How many orders there were."""

    says: ClassVar[Says] = says(
        "has ordered %(count)s time", "has ordered %(count)s times", by="count"
    )
    count: int


@frozen
class Silent(Reason):
    """How long no order came, beside the gap to expect."""

    says: ClassVar[Says] = says(
        "last ordered %(days)s days ago, where one order in %(usual)s days is usual"
    )
    days: int
    usual: int


@frozen
class SpokeUp(Reason):
    """What shows that a customer speaks for the shop; `fact` is the id of it."""

    says: ClassVar[Says] = says("speaks for the shop: %(what)s")
    what: str
    fact: str


@frozen(kw_only=True)
class Life(Outcome):
    """Where a customer stands.

    Attributes:
        stage: the stage.
        due: the local date of the next order to expect; None before the first one.
        dormant_on: the local date on which the customer is dormant without another order.
        passed: the time since the last order in gaps to expect: 1 is on time.
    """

    stage: Stage
    due: date | None = None
    dormant_on: date | None = None
    passed: float = 0.0


def _rising(life: "Lifecycle", _: object, __: object) -> None:
    rising = 0 < life.at_risk < life.dormant < life.lost
    if not rising or not 0 < life.usual <= _CENTURY or life.loyal <= 1:
        need = (
            "0 < at_risk < dormant < lost, a usual gap above 0 and within a hundred years, "
            "and two orders or more for loyal"
        )
        raise InvalidSegment(segment="Lifecycle", need=need)


@frozen(kw_only=True)
class Lifecycle:
    """A policy that finds a customer's stage from their own rhythm, shrunk to the shop's.

    A customer with few gaps is measured mostly by the shop's, one with many by their own.

    Attributes:
        usual: the usual gap between orders in the shop, in days.
        zone: where days are counted, for customers without a zone of their own.
        weight: how many gaps the usual one counts for.
        loyal: from how many orders on an active customer is loyal.
        at_risk: after how many gaps without an order a customer is at risk.
        dormant: after how many gaps dormant.
        lost: after how many gaps lost.
    """

    usual: float
    zone: ZoneInfo
    weight: float = USUAL_WEIGHT
    loyal: int = 4
    at_risk: float = 1.5
    dormant: float = 3.0
    lost: float = field(default=6.0, validator=_rising)

    def decide(self, subject: History, /, *, at: datetime, known: Known = NOTHING) -> Granted[Life]:  # noqa: ARG002  # the seam of policies
        """The stage at an instant, with the facts that decided; always granted."""
        history = subject.until(at)
        zone = (history.customer and history.customer.zone) or self.zone
        orders = [each for each in history.orders if each.at <= at and not each.cancelled]
        if not orders:
            return Granted(Life(stage=Stage.PROSPECT), (NoOrderYet(),))
        rhythm = Rhythm.of(
            (local_date(order.at, zone) for order in orders), usual=self.usual, weight=self.weight
        )
        today = local_date(at, zone)
        passed = rhythm.passed(today)
        spoke = _spoke(history)
        stage = self._stage(len(orders), passed, spoke)
        reasons = (
            Ordered(len(orders)),
            Silent((today - rhythm.last).days, round(rhythm.days)),
            *(spoke if stage is Stage.ADVOCATE else ()),
        )
        life = Life(
            stage=stage,
            due=rhythm.expected,
            dormant_on=_later(rhythm.last, self.dormant * rhythm.days),
            passed=passed,
        )
        return Granted(life, reasons)

    def _stage(self, orders: int, passed: float, spoke: tuple[SpokeUp, ...]) -> Stage:
        for limit, stage in (
            (self.lost, Stage.LOST),
            (self.dormant, Stage.DORMANT),
            (self.at_risk, Stage.AT_RISK),
        ):
            if passed >= limit:
                return stage
        if spoke:
            return Stage.ADVOCATE
        if orders == 1:
            return Stage.NEW
        return Stage.LOYAL if orders >= self.loyal else Stage.ACTIVE

    def segments(self, subject: History, /, *, at: datetime) -> Segments:
        """The stage as a segment of its name, for rules that ask with `InSegment`."""
        decision = self.decide(subject, at=at)
        return Segments((Membership(decision.value.stage.value, decision.reasons),))


_CENTURY = 36_525
_GOOD_STARS = 0.8
_PROMOTER = 0.9


def _later(day: date, days: float) -> date:
    """The date so many days later, at most the last one that there is."""
    return date.fromordinal(ceil(min(day.toordinal() + days, date.max.toordinal())))


def _spoke(history: History) -> tuple[SpokeUp, ...]:
    """Referrals, pictures, good reviews and high scores, oldest first of each kind."""
    referred = [SpokeUp("referred a friend", each.id) for each in history.all(Referred)]
    shared = [SpokeUp("shared a picture", each.id) for each in history.all(ContentShared)]
    praised = [
        SpokeUp(f"a review with {each.rating} of {each.best} stars", each.id)
        for each in history.all(ReviewPosted)
        if each.rating is not None and each.rating >= _GOOD_STARS * each.best
    ]
    scored = [
        SpokeUp(f"a score of {each.score} from {each.lowest} to {each.highest}", each.id)
        for each in history.all(SurveyAnswered)
        if each.score is not None
        and each.score - each.lowest >= _PROMOTER * (each.highest - each.lowest)
    ]
    return (*referred, *shared, *praised, *scored)
