"""Recency, frequency, money: how customers compare with one another, with stated ties."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from enum import Enum
from typing import ClassVar, Protocol, TypeAlias

from attrs import field, frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.moment import instant, local_date
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.errors import CurrencyMismatch, InvalidSegment
from postpurchase.segments.membership import Membership, Segments

Worth: TypeAlias = Callable[[Order], Money | None]
"""What an order was worth; None where it does not count as one."""


def net(order: Order, /) -> Money | None:
    """The total less refunds; None for a cancelled order."""
    return None if order.cancelled else order.total - order.refunded


@frozen(kw_only=True)
class RfmValues:
    """What one customer did.

    Attributes:
        customer: who.
        days: local days since the last order.
        orders: how many orders.
        spent: what they were worth together.
    """

    customer: str
    days: int
    orders: int
    spent: Money


def rfm_values(
    orders: Iterable[Order], /, *, at: datetime, zone: tzinfo, worth: Worth = net
) -> tuple[RfmValues, ...]:
    """Recency, frequency and money of every customer with an order that counts, by their id.

    Guests count by their address; those without one take no part, for nobody can write to them.

    Args:
        orders: The shop's orders; those after the instant take no part.
        at: The instant.
        zone: The shop's zone.
        worth: What an order is worth, and which ones count.

    Raises:
        CurrencyMismatch: A customer's orders are worth two currencies; exchange them in `worth`.
        InvalidMoment: The instant has no zone.
    """
    at = instant(at)
    found: dict[str, list[tuple[datetime, Money]]] = {}
    for order in orders:
        who = order.customer or (order.email or "").casefold()
        money = worth(order.until(at)) if who and order.at <= at else None
        if money is not None:
            found.setdefault(who, []).append((order.at, money))
    today = local_date(at, zone)
    rows = tuple(
        RfmValues(
            customer=customer,
            days=(today - local_date(max(when for when, _ in rows), zone)).days,
            orders=len(rows),
            spent=Money.sum((money for _, money in rows), currency=rows[0][1].currency),
        )
        for customer, rows in sorted(found.items())
    )
    if len({row.spent.currency for row in rows}) > 1:
        first, other = sorted({row.spent.currency for row in rows})[:2]
        raise CurrencyMismatch(left=first, right=other)
    return rows


class Scorer(Protocol):
    """Turns values into scores from 1, the higher the better."""

    def scores(self, values: Sequence[int], /) -> tuple[int, ...]:
        """The score of each value; equal values get equal scores."""
        ...


def _rising(scorer: "CutPoints", _: object, points: tuple[int, ...]) -> None:
    if not points or list(points) != sorted(set(points)):
        need = "cut points that rise"
        raise InvalidSegment(segment=type(scorer).__name__, need=need)


@frozen
class CutPoints:
    """Fixed limits: 1 below the first, one more from each limit on (the limit included)."""

    points: tuple[int, ...] = field(validator=_rising)

    def scores(self, values: Sequence[int], /) -> tuple[int, ...]:
        """How many limits each value has reached, and one."""
        return tuple(bisect_right(self.points, value) + 1 for value in values)


class Ties(Enum):
    """Where values stand that several customers share; always together, never by position."""

    LOW = "low"
    """With the lowest of their ranks."""
    MIDDLE = "middle"
    """With the mean of their ranks."""
    HIGH = "high"
    """With the highest of their ranks."""


def _two(quantiles: "Quantiles", _: object, value: int) -> None:
    if value < 1:
        raise InvalidSegment(segment=type(quantiles).__name__, need="one group or more")


@frozen
class Quantiles:
    """As many groups of equal size as the values allow: of five, the best fifth gets 5.

    Groups are of unequal size where many customers share a value, for they stay together.
    """

    groups: int = field(default=5, validator=_two)
    ties: Ties = Ties.LOW

    def scores(self, values: Sequence[int], /) -> tuple[int, ...]:
        """The group of each value, counted from the lowest."""
        ranked, n = sorted(values), len(values)
        return tuple(self._score(ranked, value, n) for value in values)

    def _score(self, ranked: list[int], value: int, n: int) -> int:
        below, upto = bisect_left(ranked, value), bisect_right(ranked, value)
        twice = {
            Ties.LOW: 2 * below,
            Ties.MIDDLE: below + upto - 1,
            Ties.HIGH: 2 * (upto - 1),
        }[self.ties]
        return twice * self.groups // (2 * n) + 1


@frozen(kw_only=True)
class Scheme:
    """How the three are scored.

    Attributes:
        recency: scores days since the last order, fewer days higher: it is given the negative.
        frequency: scores numbers of orders.
        money: scores minor units.
    """

    recency: Scorer = Quantiles()
    frequency: Scorer = Quantiles()
    money: Scorer = Quantiles()


@frozen
class Scored(Reason):
    """What a customer did, and the scores it gets."""

    says: ClassVar[Says] = says(
        "last order %(days)s days ago (%(recency)s), %(orders)s orders (%(frequency)s), "
        "%(spent)s spent (%(money)s)"
    )
    days: int
    recency: int
    orders: int
    frequency: int
    spent: Money
    money: int


@frozen(kw_only=True)
class RfmScore:
    """A customer's values and scores.

    Attributes:
        values: what the customer did.
        recency: the score of recency, from 1.
        frequency: the score of frequency, from 1.
        money: the score of money, from 1.
    """

    values: RfmValues
    recency: int
    frequency: int
    money: int

    def __str__(self) -> str:
        """The three digits, such as 545."""
        return f"{self.recency}{self.frequency}{self.money}"

    @property
    def reason(self) -> Scored:
        """Why the customer stands there."""
        values = self.values
        return Scored(
            values.days, self.recency, values.orders, self.frequency, values.spent, self.money
        )


def rfm_scores(
    values: Sequence[RfmValues], /, *, scheme: Scheme | None = None
) -> tuple[RfmScore, ...]:
    """Scores of all customers, in the order given.

    Args:
        values: All customers, for quantiles are taken among them.
        scheme: How the three are scored; fifths unless given.
    """
    how = Scheme() if scheme is None else scheme
    recency = how.recency.scores([-each.days for each in values])
    frequency = how.frequency.scores([each.orders for each in values])
    money = how.money.scores([each.spent.minor for each in values])
    return tuple(
        RfmScore(values=each, recency=r, frequency=f, money=m)
        for each, r, f, m in zip(values, recency, frequency, money, strict=True)
    )


def _some_score(segment: "RfmSegment", _: object, pair: tuple[int, int]) -> None:
    if pair[0] > pair[1]:
        raise InvalidSegment(segment=segment.name, need="the lower score first in each pair")


@frozen(kw_only=True)
class RfmSegment:
    """A named box of scores; each pair is the lowest and the highest score in it.

    Attributes:
        name: what it is called.
        recency: scores of recency.
        frequency: scores of frequency.
        money: scores of money.
    """

    name: str
    recency: tuple[int, int] = field(default=(1, 5), validator=_some_score)
    frequency: tuple[int, int] = field(default=(1, 5), validator=_some_score)
    money: tuple[int, int] = field(default=(1, 5), validator=_some_score)

    def holds(self, score: RfmScore, /) -> bool:
        """Whether a customer with these scores is in it."""
        pairs = (
            (self.recency, score.recency),
            (self.frequency, score.frequency),
            (self.money, score.money),
        )
        return all(low <= value <= high for (low, high), value in pairs)


RFM_SEGMENTS = (
    RfmSegment(name="champions", recency=(4, 5), frequency=(4, 5), money=(4, 5)),
    RfmSegment(name="loyal", recency=(3, 5), frequency=(4, 5)),
    RfmSegment(name="big_spenders", recency=(3, 5), money=(5, 5)),
    RfmSegment(name="potential_loyal", recency=(4, 5), frequency=(2, 3)),
    RfmSegment(name="new", recency=(5, 5), frequency=(1, 1)),
    RfmSegment(name="promising", recency=(4, 4), frequency=(1, 1)),
    RfmSegment(name="needs_attention", recency=(3, 3), frequency=(2, 3)),
    RfmSegment(name="about_to_sleep", recency=(3, 3), frequency=(1, 1)),
    RfmSegment(name="must_not_lose", recency=(1, 2), frequency=(4, 5), money=(4, 5)),
    RfmSegment(name="at_risk", recency=(1, 2), frequency=(3, 5)),
    RfmSegment(name="hibernating", recency=(2, 2), frequency=(1, 2)),
    RfmSegment(name="lost", recency=(1, 1), frequency=(1, 2)),
)
"""Names for scores in fifths; the first box that holds a score counts, and every score has one."""


def rfm_segments(
    scores: Iterable[RfmScore], /, *, segments: Sequence[RfmSegment] = RFM_SEGMENTS
) -> dict[str, Segments]:
    """The named segment of each customer, by their id; no segment where no box holds the score.

    Args:
        scores: The customers.
        segments: The boxes; the first that holds a score counts.
    """
    found: dict[str, Segments] = {}
    for score in scores:
        named = next((each.name for each in segments if each.holds(score)), None)
        members = () if named is None else (Membership(named, (score.reason,)),)
        found[score.values.customer] = Segments(members)
    return found
