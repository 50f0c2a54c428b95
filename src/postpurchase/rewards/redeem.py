"""Spending points: as money off an order, or for a reward of the catalogue."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import ClassVar, Final

from attrs import Attribute, field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.moment import Duration, instant
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.state import LedgerState, TooFew

_WHOLE: Final = Decimal(100)


def _exact(_: object, __: object, points: int | None, /) -> None:
    if points is not None and points.__class__ is not int:
        raise InexactPoints(points=points)


@frozen(kw_only=True)
class Request:
    """A wish to pay with points.

    Attributes:
        points: how many at the most; None is as many as possible.
        total: what is to be paid.
    """

    total: Money
    points: int | None = field(default=None, validator=_exact)


@frozen(kw_only=True)
class Redeemed(Outcome):
    """So many points for so much money or for so many rewards."""

    points: int
    amount: Money | None = None
    times: int = 0
    offer: Offer | None = None


@frozen
class BelowMinimum(Reason):
    """Fewer points than the least that can be used at once."""

    says: ClassVar[Says] = says("at least %(minimum)s points are used at once, %(usable)s could be")
    minimum: int
    usable: int


@frozen
class Limited(Reason):
    """Why not more points are used: the wish, the balance, the order, or the whole steps."""

    says: ClassVar[Says] = says("%(points)s points are the most for this order")
    points: int


@frozen
class Wrong(Reason):
    """The points are worth money of another currency."""

    says: ClassVar[Says] = says("points are worth %(worth)s, the order is in %(currency)s")
    worth: str
    currency: str


def _step(redemption: "Redemption", _: object, points: int, /) -> None:
    if points < 1 or redemption.worth.minor < 1:
        raise InvalidProgramme(
            part="Redemption",
            what="a step has a point or more and is worth something",
            given=f"{points} points for {redemption.worth}",
            advice="use points=100, worth=Money.parse('1.00 EUR')",
        )


def _percent(_: object, __: object, percent: Decimal, /) -> None:
    if percent.__class__ is not Decimal:
        raise InexactPoints(points=percent)
    if percent.is_nan() or not 0 < percent <= _WHOLE:
        raise InvalidProgramme(
            part="Redemption",
            what="points pay for more than 0 and at most 100 per cent",
            given=str(percent),
            advice="use Decimal(50) for half of an order",
        )


@frozen(kw_only=True)
class Redemption:
    """What points are worth at the checkout.

    Attributes:
        worth: what one step of points is worth.
        points: how many points a step has; only whole steps are used.
        most: how much of an order points can pay, in per cent.
        minimum: the fewest points that are used at once.
    """

    worth: Money
    points: int = field(default=1, validator=[_exact, _step])
    most: Decimal = field(default=_WHOLE, validator=_percent)
    minimum: int = field(default=0, validator=_exact)

    def decide(
        self, subject: Request, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Redeemed] | Declined:
        """How many points are used, and for how much.

        The least of the wish, the balance and the part of the order that points can pay, down to
        whole steps; below the minimum it is nothing.

        Args:
            subject: the wish.
            at: the instant; the state known should be of it.
            known: the account's `LedgerState`; without one there are no points.
        """
        if subject.total.currency != self.worth.currency:
            return Declined((Wrong(str(self.worth), subject.total.currency),))
        del at
        state = known.find(LedgerState)
        there = 0 if state is None else state.available
        payable = Fraction(subject.total.minor) * Fraction(self.most) / 100
        steps = floor(payable / self.worth.minor)
        wish = there if subject.points is None else subject.points
        usable = min(wish, there, steps * self.points)
        points = max(usable - usable % self.points, 0)
        if not points and wish > there:
            return Declined((TooFew(wish, there),))
        if not points or points < self.minimum:
            return Declined((BelowMinimum(max(self.minimum, self.points), max(usable, 0)),))
        amount = self.worth * (points // self.points)
        return Granted(Redeemed(points=points, amount=amount), (Limited(points),))


def _one_or_more(reward: "Reward", attribute: "Attribute[int]", number: int | None, /) -> None:
    if number is not None and number < 1:
        raise InvalidProgramme(
            part=reward.name,
            what=f"{attribute.name} is one or more",
            given=str(number),
            advice="leave a reward out that is not to be had; give for nothing with an offer",
        )


@frozen(kw_only=True)
class Reward:
    """Something of the catalogue for points.

    Attributes:
        name: names it for ever.
        cost: points for one.
        offer: what is given.
        most: how many at once.
    """

    name: str
    cost: int = field(validator=[_exact, _one_or_more])
    offer: Offer
    most: int | None = field(default=None, validator=[_exact, _one_or_more])

    def decide(
        self, subject: LedgerState, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Redeemed] | Declined:
        """How many of it the points are enough for; only whole ones are given."""
        del at, known
        times = subject.available // self.cost
        if self.most is not None:
            times = min(times, self.most)
        if times < 1:
            return Declined((TooFew(self.cost, subject.available),))
        points = times * self.cost
        return Granted(Redeemed(points=points, times=times, offer=self.offer), (Limited(points),))


_HALF_AN_HOUR: Final = Duration(minutes=30)


def spend(points: int, /, *, order: str, at: datetime) -> Entry:
    """Use points for an order at once."""
    return Entry(key=f"spend:order:{order}", kind=EntryKind.SPEND, points=points, at=at)


def hold(points: int, /, *, order: str, at: datetime, lasts: Duration = _HALF_AN_HOUR) -> Entry:
    """Set points aside at the checkout of an order; they go back by themselves after a while."""
    at = instant(at)
    return Entry(
        key=f"hold:order:{order}",
        kind=EntryKind.HOLD,
        points=points,
        at=at,
        expires_at=lasts.after(at, UTC),
    )


def capture(points: int, /, *, order: str, at: datetime) -> Entry:
    """Use the points that were set aside for an order; what is not used goes back."""
    ref = f"hold:order:{order}"
    return Entry(key=f"spend:order:{order}", kind=EntryKind.CAPTURE, points=points, at=at, ref=ref)


def release(*, order: str, at: datetime) -> Entry:
    """Give back the points that were set aside for an order."""
    ref = f"hold:order:{order}"
    return Entry(key=f"release:order:{order}", kind=EntryKind.RELEASE, at=at, ref=ref)
