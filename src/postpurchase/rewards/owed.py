"""What points owe: the figures of IFRS 15, what runs out when, and what a programme costs.

The method is that of IFRS 15, paragraphs B39 to B43, and its examples IE267 to IE270
(https://www.ifrs.org/issued-standards/list-of-standards/ifrs-15-revenue-from-contracts-with-customers/).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Final

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.moment import local_date
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.state import LedgerState

_TICK: Final = timedelta(microseconds=1)


def _share(share: Decimal, what: str, /) -> Fraction:
    if share.__class__ is not Decimal:
        raise InexactPoints(points=share)
    if not 0 <= share <= 1:
        raise InvalidProgramme(
            part="a report",
            what=f"{what} is a share of 0 to 1",
            given=str(share),
            advice="use Decimal('0.85') for 85 per cent",
        )
    return Fraction(share)


def _worth(points: int, each: Decimal, share: Fraction, currency: str) -> Money:
    whole = Fraction(each) * share * points
    exact = Decimal(whole.numerator) / Decimal(whole.denominator)
    return Money.of(exact, currency, rounding=Rounding.HALF_UP)


def recognised(
    allocated: Money, redeemed: Sequence[int], expected: Sequence[int], /
) -> tuple[Money, ...]:
    """Revenue of each period from points that were sold with goods.

    In every period the share of the points expected to be used at all that was used so far is
    what is recognised so far; the difference to the period before is the period's. When fewer
    points are expected than before, the period catches up.

    Args:
        allocated: the part of the price that belongs to the points.
        redeemed: points used up to the end of each period, all together.
        expected: points expected to be used at all, as estimated at the end of each period.

    Raises:
        InvalidProgramme: not one estimate for each period, or more used than expected.
    """
    if len(redeemed) != len(expected) or any(
        not 0 <= used <= total or not total for used, total in zip(redeemed, expected, strict=False)
    ):
        raise InvalidProgramme(
            part="recognised",
            what="each period has points used and at least as many expected",
            given=f"{tuple(redeemed)} of {tuple(expected)}",
            advice="raise the estimate when more points are used",
        )
    so_far = [
        allocated.allocate((used, total - used))[0]
        for used, total in zip(redeemed, expected, strict=True)
    ]
    before = [allocated * 0, *so_far]
    return tuple(now - then for now, then in zip(so_far, before, strict=False))


@frozen(kw_only=True)
class Allocation(Outcome):
    """A price split between goods and the points that came with them.

    Attributes:
        standalone: what the points are worth by themselves, as far as they will be used.
        to_points: the part of the price that is recognised when points are used.
        to_goods: the part that is recognised at once.
    """

    standalone: Money
    to_points: Money
    to_goods: Money


def allocated(price: Money, points: int, /, *, each: Decimal, redemption: Decimal) -> Allocation:
    """Split a price by the standalone prices of the goods and of the points.

    Args:
        price: what was paid for the goods, which is also their standalone price.
        points: how many points came with them.
        each: what one point is worth, in major units.
        redemption: the share of points expected to be used, 0 to 1.
    """
    standalone = _worth(points, each, _share(redemption, "redemption"), price.currency)
    if not price:
        return Allocation(standalone=standalone, to_points=price, to_goods=price)
    to_goods, to_points = price.allocate((price.minor, standalone.minor))
    return Allocation(standalone=standalone, to_points=to_points, to_goods=to_goods)


@frozen(kw_only=True)
class Liability(Outcome):
    """What the points of all accounts owe at one instant.

    Attributes:
        points: outstanding ones: usable, pending and held, less those owed by customers.
        worth: what they would cost if all were used.
        expected: what they will cost, as far as they are expected to be used.
        breakage: the difference, which is never claimed.
    """

    points: int
    worth: Money
    expected: Money
    breakage: Money

    def _repr_html_(self) -> str:
        rows = (("points", self.points), ("worth", self.worth), ("expected", self.expected))
        cells = "".join(f"<tr><th>{n}</th><td>{escape(str(v))}</td></tr>" for n, v in rows)
        return f"<table>{cells}</table>"


def liability(
    states: Iterable[LedgerState], /, *, each: Decimal, redemption: Decimal, currency: str
) -> Liability:
    """What is owed to all customers together.

    Args:
        states: every account, at one instant.
        each: what one point is worth, in major units.
        redemption: the share of points expected to be used, 0 to 1; see `redemption_rate`.
        currency: of the figures.
    """
    points = sum(s.available + s.pending + s.held - s.deficit for s in states)
    worth = _worth(points, each, Fraction(1), currency)
    expected = _worth(points, each, _share(redemption, "redemption"), currency)
    return Liability(points=points, worth=worth, expected=expected, breakage=worth - expected)


def redemption_rate(states: Iterable[LedgerState], /) -> Decimal | None:
    """The share of points that were used, of those that were used or ran out; None for none yet."""
    spent = expired = 0
    for state in states:
        spent, expired = spent + state.spent, expired + state.expired
    ended = spent + expired
    return Decimal(spent) / Decimal(ended) if ended else None


def runs_out(states: Iterable[LedgerState], zone: tzinfo, /) -> tuple[tuple[date, int], ...]:
    """How many points of all accounts run out with which local day, if nobody does anything."""
    days: dict[date, int] = {}
    for state in states:
        for expiring in state.expiries:
            # An expiry is the first instant without the points, often the start of a day.
            last = local_date(expiring.at - _TICK, zone)
            days[last] = days.get(last, 0) + expiring.points
    return tuple(sorted(days.items()))


@frozen(kw_only=True)
class RuleCost(Outcome):
    """What one rule cost: points given and what they are worth at their full value."""

    rule: str
    points: int
    worth: Money


def cost_by_rule(
    entries: Iterable[Entry], /, *, each: Decimal, currency: str
) -> tuple[RuleCost, ...]:
    """What was given by rule, less what was taken back of it; the dearest rule first.

    Args:
        entries: of all accounts; keys of different accounts do not get mixed up here.
        each: what one point is worth, in major units.
        currency: of the figures.
    """
    rows = tuple(entries)
    rules = {row.key: row.rule for row in rows if row.kind is EntryKind.EARN}
    points: dict[str, int] = {}
    for row in rows:
        if row.kind is EntryKind.EARN:
            points[row.rule] = points.get(row.rule, 0) + row.points
        elif row.kind is EntryKind.CLAWBACK and row.ref in rules:
            points[rules[row.ref]] -= row.points
    ordered = sorted(points, key=lambda rule: (-points[rule], rule))
    return tuple(
        RuleCost(
            rule=rule, points=points[rule], worth=_worth(points[rule], each, Fraction(1), currency)
        )
        for rule in ordered
    )
