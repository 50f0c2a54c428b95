"""What points owe: the figures of IFRS 15, what runs out when, and what a programme costs.

The method is that of IFRS 15, paragraphs B39 to B43, and its examples IE267 to IE270
(https://www.ifrs.org/issued-standards/list-of-standards/ifrs-15-revenue-from-contracts-with-customers/).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta, tzinfo
from decimal import Context, Decimal
from fractions import Fraction
from html import escape
from itertools import pairwise, zip_longest
from typing import Final

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.moment import local_date
from postpurchase.domain.money import Money, Rounding, exponent
from postpurchase.domain.money.rounding import divide
from postpurchase.errors import InexactPoints, InvalidProgramme
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.state import LedgerState

_TICK: Final = timedelta(microseconds=1)
_WHOLE: Final = Fraction(1)
_DIGITS: Final = Context(prec=28)


def _share(share: Decimal, /) -> Fraction:
    if share.__class__ is not Decimal:
        raise InexactPoints(points=share)
    if share.is_nan() or not 0 <= share <= 1:
        raise InvalidProgramme(
            part="a report",
            what="redemption is a share of 0 to 1",
            given=str(share),
            advice="use Decimal('0.85') for 85 per cent",
        )
    return Fraction(share)


def worth(points: int, each: Decimal, currency: str, /, share: Fraction = _WHOLE) -> Money:
    """What so many points are worth, as far as a share of them is used: rounded once, half up.

    Raises:
        InexactPoints: *each* is no finite Decimal.
    """
    if each.__class__ is not Decimal or not each.is_finite():
        raise InexactPoints(points=each)
    exact = Fraction(each) * share * points * 10 ** exponent(currency)
    return Money(divide(exact.numerator, exact.denominator, Rounding.HALF_UP), currency)


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
    pairs = tuple(zip_longest(redeemed, expected, fillvalue=0))
    if len(redeemed) != len(expected) or any(
        not 0 <= used <= total or not total for used, total in pairs
    ):
        raise InvalidProgramme(
            part="recognised",
            what="each period has points used and at least as many expected",
            given=f"{tuple(redeemed)} of {tuple(expected)}",
            advice="raise the estimate when more points are used",
        )
    so_far = [allocated.allocate((used, total - used))[0] for used, total in pairs]
    return tuple(now - then for then, now in pairwise([allocated * 0, *so_far]))


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
    standalone = worth(points, each, price.currency, _share(redemption))
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
    whole = worth(points, each, currency)
    expected = worth(points, each, currency, _share(redemption))
    return Liability(points=points, worth=whole, expected=expected, breakage=whole - expected)


def redemption_rate(states: Iterable[LedgerState], /) -> Decimal | None:
    """The share of points that were used, of those that were used or ran out; None for none yet."""
    spent = expired = 0
    for state in states:
        spent, expired = spent + state.spent, expired + state.expired
    ended = spent + expired
    return _DIGITS.divide(Decimal(spent), Decimal(ended)) if ended else None


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
        entries: of all accounts, in any order; an order earns in one account only, and so what
            was taken back is found by the key of what was given.
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
            rule = rules[row.ref]
            points[rule] = points.get(rule, 0) - row.points
    ordered = sorted(points, key=lambda rule: (-points[rule], rule))
    return tuple(
        RuleCost(rule=rule, points=points[rule], worth=worth(points[rule], each, currency))
        for rule in ordered
    )
