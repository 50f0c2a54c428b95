from datetime import date
from itertools import pairwise
from math import exp, isclose, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.moment import shift
from postpurchase.domain.rhythm import USUAL_WEIGHT, Centre, Rhythm, intervals, typical
from postpurchase.errors import InvalidRhythm, PostPurchaseError

FIRST = date(2026, 1, 1)
GAPS = st.lists(st.integers(1, 400), min_size=1, max_size=12)


def after(*gaps: int) -> list[date]:
    days = [FIRST]
    for gap in gaps:
        days.append(shift(days[-1], gap))
    return days


def test_gaps_are_between_days_in_order_of_time() -> None:
    days = after(30, 10)
    assert intervals(days) == (30, 10)
    assert intervals([days[2], days[0], days[1], days[1]]) == (30, 10)
    assert intervals([FIRST, FIRST]) == ()
    assert intervals([]) == ()


def test_one_gap_stands_for_many() -> None:
    assert isclose(typical((10, 40)), 20)
    assert typical((10, 40), centre=Centre.MEAN) == 25
    assert typical((10, 40, 100), centre=Centre.MEDIAN) == 40
    assert typical((10, 40), centre=Centre.MEDIAN) == 25


@pytest.mark.parametrize("gaps", [(), (0, 3), (-1,)])
def test_no_gap_stands_for_none(gaps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a rhythm needs gaps of one day or more, got") as caught:
        typical(gaps)
    assert isinstance(caught.value, InvalidRhythm)
    assert isinstance(caught.value, PostPurchaseError)
    assert caught.value.given == repr(gaps)


def test_one_purchase_has_the_usual_rhythm() -> None:
    rhythm = Rhythm.of([FIRST], usual=45.0)
    assert rhythm == Rhythm(last=FIRST, gaps=0, own=None, days=45.0)
    assert rhythm.expected == date(2026, 2, 15)
    assert Rhythm.of([FIRST], usual=45.0, weight=0).days == 45.0


def test_few_own_gaps_weigh_little() -> None:
    rhythm = Rhythm.of(after(10), usual=40.0, centre=Centre.MEAN)
    assert rhythm.own == 10
    assert rhythm.gaps == 1
    assert rhythm.days == (1 * 10 + USUAL_WEIGHT * 40) / (1 + USUAL_WEIGHT) == 32.5
    assert rhythm.last == date(2026, 1, 11)
    assert rhythm.expected == date(2026, 2, 13)


def test_the_geometric_centre_is_weighed_in_logarithms() -> None:
    rhythm = Rhythm.of(after(10), usual=40.0)
    assert isclose(rhythm.days, exp((log(10) + 3 * log(40)) / 4))
    assert Rhythm.of(after(30, 30), usual=30.0).expected == shift(FIRST, 90)


def test_the_median_is_weighed_in_days() -> None:
    rhythm = Rhythm.of(after(10, 12, 300), usual=60.0, centre=Centre.MEDIAN)
    assert rhythm.own == 12
    assert rhythm.days == 36.0


def test_a_gap_of_half_a_day_is_rounded_up() -> None:
    assert Rhythm(last=FIRST, gaps=0, own=None, days=10.5).expected == date(2026, 1, 12)
    assert Rhythm(last=FIRST, gaps=0, own=None, days=10.4).expected == date(2026, 1, 11)


def test_time_is_counted_in_gaps() -> None:
    rhythm = Rhythm(last=FIRST, gaps=0, own=None, days=20.0)
    assert rhythm.passed(FIRST) == 0
    assert rhythm.passed(shift(FIRST, 20)) == 1
    assert rhythm.passed(shift(FIRST, 30)) == 1.5


@pytest.mark.parametrize(
    ("days", "usual", "weight"),
    [
        ([], 30.0, 3.0),
        ([FIRST], 0.0, 3.0),
        ([FIRST], -1.0, 3.0),
        ([FIRST], 30.0, -1.0),
        ([FIRST], nan, 3.0),
        ([FIRST], 30.0, nan),
    ],
)
def test_what_shows_no_rhythm(days: list[date], usual: float, weight: float) -> None:
    with pytest.raises(InvalidRhythm, match="a rhythm needs a purchase, a usual gap above 0"):
        Rhythm.of(days, usual=usual, weight=weight)


@given(GAPS, st.floats(1, 400), st.floats(0, 50), st.sampled_from(Centre))
def test_shrinking_stays_between_own_and_usual(
    gaps: list[int], usual: float, weight: float, centre: Centre
) -> None:
    rhythm = Rhythm.of(after(*gaps), usual=usual, weight=weight, centre=centre)
    assert rhythm.own is not None
    low, high = sorted([rhythm.own, usual])
    assert low * 0.999999 <= rhythm.days <= high * 1.000001
    assert min(gaps) * 0.999999 <= rhythm.own <= max(gaps) * 1.000001


@given(GAPS, st.floats(1, 400), st.sampled_from(Centre))
def test_the_more_the_usual_gap_weighs_the_nearer_it_is(
    gaps: list[int], usual: float, centre: Centre
) -> None:
    missed = [
        abs(Rhythm.of(after(*gaps), usual=usual, weight=weight, centre=centre).days - usual)
        for weight in (0, 1, 3, 1000)
    ]
    assert all(more <= less + 1e-9 for less, more in pairwise(missed))
    own = Rhythm.of(after(*gaps), usual=usual, weight=0, centre=centre)
    assert own.own is not None
    assert isclose(own.days, own.own)


@given(GAPS)
def test_order_and_duplicates_change_nothing(gaps: list[int]) -> None:
    days = after(*gaps)
    assert Rhythm.of([*reversed(days), *days], usual=30.0) == Rhythm.of(days, usual=30.0)
