"""Whether a little extra helps: counts, intervals, and no claim that they do not carry."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.draw import held_out
from postpurchase.domain.event import ContentShared, Referred, ReviewPosted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.errors import InvalidEvaluation
from postpurchase.recommend import (
    Apart,
    Bestsellers,
    Deed,
    GiftEffect,
    GiftTrial,
    LessOften,
    LittleExtra,
    MoreOften,
    NotClear,
    Share,
    UnevenDraw,
    apart,
)

VECTORS: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "recommend.json").read_text(encoding="utf-8")
    )["vectors"]
}
AT = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
STARTS = AT - 200 * DAY
PRICE = Money.parse("80.00 EUR")
EXTRA = LittleExtra(
    policy=Bestsellers(products=("socks",)),
    pool=("socks",),
    most=Money.parse("1.00 EUR"),
    share=Decimal("0.5"),
)
TRIAL = GiftTrial(extra=EXTRA, starts=STARTS)


@pytest.mark.parametrize("id_", ["wilson-15-148", "wilson-0-20", "wilson-1-29"])
def test_a_share_lies_in_wilsons_interval(id_: str) -> None:
    given_, expected = VECTORS[id_]["given"], VECTORS[id_]["expected"]
    found = Share(given_["successes"], given_["n"]).interval(confidence=given_["confidence"])
    assert found == pytest.approx((expected["lo"], expected["hi"]), abs=1e-9)


@pytest.mark.parametrize("id_", ["newcombe-diff-56-70-48-80", "newcombe-diff-9-10-3-10"])
def test_two_shares_lie_apart_by_newcombes_interval(id_: str) -> None:
    given_, expected = VECTORS[id_]["given"], VECTORS[id_]["expected"]
    found = apart(Share(given_["k1"], given_["n1"]), Share(given_["k2"], given_["n2"]))
    assert (found.low, found.high) == pytest.approx((expected["lo"], expected["hi"]), abs=1e-9)
    assert found.clear


def test_of_nothing_everything_is_possible() -> None:
    assert Share(0, 0).rate is None
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert apart(Share(0, 0), Share(1, 2)) == Apart(difference=None, low=-1.0, high=1.0)
    assert not Apart(difference=0.1, low=0.0, high=0.2).clear
    assert not Apart(difference=-0.1, low=-0.2, high=0.0).clear
    for confidence in (0, 1):
        with pytest.raises(InvalidEvaluation, match="confidence lies between 0 and 1"):
            apart(Share(1, 2), Share(1, 2), confidence=confidence)
    for hits in (3, -1):
        with pytest.raises(InvalidEvaluation, match="a share counts 0 to all"):
            Share(hits, 2)
    with pytest.raises(InvalidEvaluation, match="confidence lies between 0 and 1, got 1"):
        Share(1, 2).interval(confidence=1)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_difference_lies_within_its_interval_and_turns_with_its_sides(
    a: int, b: int, c: int, d: int
) -> None:
    one, other = Share(a, a + b), Share(c, c + d)
    there, back = apart(one, other), apart(other, one)
    assert -1 - 1e-9 <= there.low <= there.high <= 1 + 1e-9
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    if there.difference is not None:
        assert there.low - 1e-12 <= there.difference <= there.high + 1e-12


def order(id: str, days: float = 150) -> Order:
    lines = (Line(sku="pan", product="pan", unit_price=PRICE),)
    return Order(id=id, at=AT - days * DAY, currency="EUR", lines=lines)


def after(first: Order, days: float) -> datetime:
    return first.at + days * DAY


def customers(count: int, *, drawn_repeat: int, others_repeat: int) -> list[History]:
    """So many customers; of the drawn and of the others so many of a hundred buy again."""
    found: list[History] = []
    seen = {True: 0, False: 0}
    for number in range(count):
        first = order(str(number))
        drawn = held_out(EXTRA.salt, first.id, EXTRA.share)
        rate = drawn_repeat if drawn else others_repeat
        again = (seen[drawn] * rate) // 100 < ((seen[drawn] + 1) * rate) // 100
        seen[drawn] += 1
        later = Order(id=f"{number}-again", at=after(first, 30), currency="EUR", lines=first.lines)
        found.append(History.of(first, later) if again else History.of(first))
    return found


def test_a_clear_difference_is_told_with_its_interval_and_chance_is_called_chance() -> None:
    effect = TRIAL.effect(customers(1000, drawn_repeat=30, others_repeat=15), at=AT)
    by = {each.deed: each for each in effect.compared}
    repeat = by[Deed.REPEAT]
    assert (effect.drawn, effect.others, effect.open, effect.warnings) == (498, 502, 0, ())
    assert (repeat.drawn, repeat.others) == (Share(149, 498), Share(75, 502))
    assert repeat.verdict == MoreOften(Deed.REPEAT, "9.8", "20.0")
    assert str(repeat.verdict) == "purchases again: between 9.8 and 20.0 points more often"
    assert by[Deed.REVIEW].verdict == NotClear(Deed.REVIEW, "-0.8", "0.8")
    assert effect.verdicts == tuple(each.verdict for each in effect.compared)
    fewer = TRIAL.effect(customers(1000, drawn_repeat=15, others_repeat=30), at=AT)
    assert isinstance(fewer.compared[2].verdict, LessOften)
    same = TRIAL.effect(customers(1000, drawn_repeat=20, others_repeat=18), at=AT)
    assert isinstance(same.compared[2].verdict, NotClear)
    assert "no clear difference" in str(same.compared[2].verdict)
    assert repr(effect) == "<GiftEffect of 498 drawn and 502 other orders>"
    assert "<td>149 of 498</td><td>75 of 502</td>" in effect._repr_html_()


def one(*facts: Fact, at: datetime = AT) -> list[int]:
    """Mention, review and repeat of a single customer, whichever side they are on."""
    effect = TRIAL.effect([History.of(order("1"), *facts)], at=at)
    return [each.drawn.hits + each.others.hits for each in effect.compared]


def shared(days: float) -> ContentShared:
    return ContentShared(id="s", at=after(order("1"), days), url="https://example.com/p.jpg")


def review(days: float, of: str | None = None, product: str | None = None) -> ReviewPosted:
    return ReviewPosted(id="r", at=after(order("1"), days), order=of, product=product, rating=5)


@pytest.mark.parametrize(
    ("facts", "deeds"),
    [
        ((), [0, 0, 0]),
        ((shared(90),), [1, 0, 0]),
        ((shared(91),), [0, 0, 0]),
        ((shared(-1),), [0, 0, 0]),
        ((Referred(id="f", at=after(order("1"), 5), friend="c2"),), [1, 0, 0]),
        ((review(5, of="1"),), [0, 1, 0]),
        ((review(5, product="pan"),), [0, 1, 0]),
        ((review(5, of="2", product="pan"),), [0, 0, 0]),
        ((review(5, product="lid"),), [0, 0, 0]),
        ((order("2", 61),), [0, 0, 1]),
        ((order("2", 59),), [0, 0, 0]),
        ((review(0, of="1"),), [0, 0, 0]),
        (
            (evolve(order("2", 61), cancellations=(Cancellation(id="c", at=AT - 60 * DAY),)),),
            [0, 0, 0],
        ),
    ],
)
def test_what_counts_as_a_mention_a_review_and_a_repeat(
    facts: tuple[Fact, ...], deeds: list[int]
) -> None:
    assert one(*facts) == deeds


def test_the_first_and_the_last_instant_count() -> None:
    first = History.of(order("1", 200))
    last = History.of(order("2", 90))
    effect = TRIAL.effect([first, last], at=AT)
    assert (effect.drawn + effect.others, effect.open) == (2, 0)
    nameless = evolve(order("1"), lines=(Line(sku="pan", unit_price=PRICE),))
    said = ReviewPosted(id="r", at=after(nameless, 5), rating=5)
    found = TRIAL.effect([History.of(nameless, said)], at=AT).compared[1]
    assert found.drawn.hits + found.others.hits == 0


def test_an_order_counts_once_its_time_is_over_and_each_customer_once() -> None:
    histories = [
        History.of(order("1", 150), order("2", 120)),
        History.of(order("3", 89)),
        History.of(order("4", 201)),
        History(),
    ]
    effect = TRIAL.effect(histories, at=AT)
    assert (effect.drawn + effect.others, effect.open) == (1, 1)
    assert TRIAL.effect([], at=AT) == GiftEffect(
        compared=effect_of_nobody().compared, drawn=0, others=0, open=0
    )


def effect_of_nobody() -> GiftEffect:
    return TRIAL.effect([History()], at=AT)


def test_a_draw_that_cannot_be_the_one_is_told_before_anything_else() -> None:
    only_drawn = [
        history
        for history in customers(200, drawn_repeat=10, others_repeat=10)
        if held_out(EXTRA.salt, history.orders[0].id, EXTRA.share)
    ]
    effect = TRIAL.effect(only_drawn, at=AT)
    warning = UnevenDraw(effect.drawn, effect.drawn)
    assert effect.verdicts[0] == warning
    assert str(warning) in effect._repr_html_()


def test_a_trial_that_cannot_be_meant_is_refused() -> None:
    everybody = LittleExtra(policy=EXTRA.policy, pool=EXTRA.pool, most=EXTRA.most, share=Decimal(1))
    with pytest.raises(InvalidEvaluation, match="an extra for all has nobody to compare with"):
        GiftTrial(extra=everybody, starts=STARTS)
    with pytest.raises(InvalidEvaluation, match="window must be longer than nothing"):
        GiftTrial(extra=EXTRA, starts=STARTS, window=timedelta(0))
