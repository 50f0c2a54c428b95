"""Every bound of what earns and of what is stated; what is refused, with its words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from members import START, day
from postpurchase.domain.decision import Granted
from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import FreeShipping
from postpurchase.domain.order import Cancellation, Line, Order, Refund, RefundLine
from postpurchase.domain.order import Shipping as Sending
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.errors import (
    IdempotencyConflict,
    InexactPoints,
    InvalidMoment,
    InvalidProgramme,
)
from postpurchase.rewards import (
    After,
    Basis,
    Boost,
    Cap,
    Deed,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Often,
    Part,
    PartnerPerk,
    Plan,
    Redemption,
    Request,
    Reward,
    Round,
    RoundTo,
    TierIs,
    Trigger,
    fold,
    liability,
)
from postpurchase.rewards.store import countable, unwritten
from till import eur

# ---------------------------------------------------------------- what of an order earns

SENT = Order(
    id="1",
    at=START,
    currency="EUR",
    lines=(Line(id="l1", unit_price=eur("20.00"), quantity=2),),
    shipping=(Sending(price=eur("5.00")),),
)
ALL = Basis(counts=frozenset(Part))


def refund(amount: str, *, line: str = "0.00", shipping: str | None = None) -> Refund:
    return Refund(
        id="r",
        at=day(1),
        amount=eur(amount),
        lines=(RefundLine(line="l1", quantity=0, amount=eur(line)),),
        shipping=None if shipping is None else eur(shipping),
    )


@pytest.mark.parametrize(
    ("back", "left"),
    [
        (refund("2.00", shipping="2.00"), 4300),
        (refund("5.00", shipping="5.00"), 4000),
        (refund("7.00", shipping="7.00"), 4000),
        (refund("12.00", line="10.00", shipping="2.00"), 3300),
        (refund("44.99", line="40.00", shipping="4.99"), 1),
        (refund("45.00", line="40.00", shipping="5.00"), 0),
        (refund("50.00", line="45.00", shipping="5.00"), 0),
        (refund("9.00"), 3600),
        (refund("13.50", line="10.00", shipping="2.00"), 3150),
    ],
)
def test_what_went_back_earns_nothing_to_the_minor_unit(back: Refund, left: int) -> None:
    assert ALL.of(SENT, (back,)) == left


def test_a_share_that_is_left_is_exact() -> None:
    back = refund("10.00", line="9.99", shipping="0.00")
    assert ALL.of(SENT, (back,)) == Fraction(3501) * (1 - Fraction(1, 3501))
    two = evolve(SENT, lines=(*SENT.lines, Line(id="l2", unit_price=eur("5.00"))))
    assert ALL.of(two, (refund("60.00", line="60.00"),)) == 0
    assert ALL.of(two, (refund("45.00", line="45.00"),)) == 1000
    one = Cancellation(id="c", at=day(1), lines=Pairs({"l1": 1}))
    assert ALL.of(evolve(SENT, cancellations=(one,))) == 2500
    nothing = evolve(SENT, lines=(Line(id="l1", unit_price=eur("0.00")),), shipping=())
    assert ALL.of(nothing) == 0
    assert Basis(counts=frozenset({Part.SHIPPING})).of(evolve(SENT, shipping=())) == 4000


# ---------------------------------------------------------------- rounding and limits


@pytest.mark.parametrize(
    ("rounding", "whole"),
    [(Round.FLOOR, (2, 2, 2, 3)), (Round.NEAREST, (2, 2, 3, 3)), (Round.CEILING, (2, 3, 3, 3))],
)
def test_a_part_of_a_point_becomes_what_is_named(rounding: Round, whole: tuple[int, ...]) -> None:
    exact = (Fraction(2), Fraction(9, 4), Fraction(5, 2), Fraction(3))
    assert tuple(rounding.of(each) for each in exact) == whole


def test_the_least_that_is_allowed_is_allowed() -> None:
    assert Earn(name="a", points=1, per=eur("0.01")).points == 1
    assert Boost(name="none", factor=Decimal(0)).factor == 0
    assert Boost(name="half", factor=Decimal("0.5")).factor < 1
    assert Cap(most=1).most == Often(times=1).times == 1
    assert Reward(name="r", cost=1, offer=FreeShipping(), most=1).most == 1
    assert Plan(name="p", fee=eur("0.01"), months=1).months == 1
    perk = PartnerPerk(perk=None, when=TierIs("gold"), times=1)  # type: ignore[arg-type]  # not asked
    assert perk.times == 1
    countable(1)


@pytest.mark.parametrize("factor", [1.5, 2])
def test_a_multiplier_is_exact(factor: float) -> None:
    with pytest.raises(InexactPoints, match=f"multipliers exact, got {factor}: pass"):
        Boost(name="b", factor=factor)  # type: ignore[arg-type]  # what is refused


def test_points_are_whole_wherever_they_are_stated() -> None:
    worth = eur("1.00")
    for make in (
        lambda: Earn(name="a", points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Cap(most=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Often(times=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, minimum=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Redemption(worth=worth, most=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Request(total=worth, points=1.5),  # type: ignore[arg-type]  # what is refused
        lambda: Reward(name="r", cost=1.5, offer=FreeShipping()),  # type: ignore[arg-type]  # what is refused
    ):
        with pytest.raises(InexactPoints, match=r"got 1\.5: pass an int"):
            make()


def test_what_cannot_be_meant_is_refused_with_its_name() -> None:
    free = FreeShipping()
    for make, words in (
        (lambda: Reward(name="mug", cost=0, offer=free), r"mug: cost is one or more, got 0: leave"),
        (lambda: Reward(name="mug", cost=9, most=0, offer=free), r"mug: most is one or more, got"),
        (lambda: Often(times=0), r"a limit: times is one or more, got 0: leave the rule out"),
        (
            lambda: Plan(name="p", fee=eur("1"), months=0),
            r"^Plan: a period has a month or more, got 0: use 12 for a year$",
        ),
        (
            lambda: Redemption(worth=eur("1"), most=Decimal("NaN")),
            r"Redemption: points pay for more than 0 and at most 100 per cent, got NaN: use",
        ),
        (lambda: countable(0), r"a limit: one or more is used at a time, got 0: release what is"),
    ):
        with pytest.raises(InvalidProgramme, match=words):
            make()
    with pytest.raises(InvalidMoment, match="a datetime with a zone"):
        Earning(rules=()).decide(
            Deed(trigger=Trigger.ORDER, id="1", at=START),
            at=datetime(2026, 1, 1),  # noqa: DTZ001 - what is refused
        )


def test_a_wish_below_zero_uses_nothing() -> None:
    state = fold((Entry(key="a", kind=EntryKind.EARN, points=9, at=START),), at=START)
    pays = Redemption(worth=eur("0.01"))
    for points in (-5, 0):
        assert not pays.decide(
            Request(total=eur("9.00"), points=points), at=START, known=Known(state)
        )
    assert not pays.decide(Request(total=eur("-9.00")), at=START, known=Known(state))
    assert not pays.decide(Request(total=eur("9.00")), at=START)


def test_three_decimals_are_no_different() -> None:
    pays = Redemption(worth=Money.parse("0.005 KWD"), points=10)
    state = fold((Entry(key="a", kind=EntryKind.EARN, points=99, at=START),), at=START)
    used = pays.decide(Request(total=Money.parse("0.032 KWD")), at=START, known=Known(state))
    assert isinstance(used, Granted)
    assert (used.value.points, used.value.amount) == (60, Money.parse("0.030 KWD"))
    owed = liability([state], each=Decimal("0.0005"), redemption=Decimal(1), currency="KWD")
    assert owed.worth == Money.parse("0.050 KWD")
    yen = liability([state], each=Decimal("0.5"), redemption=Decimal(1), currency="JPY")
    assert yen.worth == Money.parse("50 JPY")


# ---------------------------------------------------------------- terms and stores


@pytest.mark.parametrize(
    ("month", "on", "last"),
    [(1, 31, (6, 30)), (6, 30, (6, 30)), (7, 1, (12, 31)), (8, 31, (12, 31)), (12, 31, (12, 31))],
)
def test_a_half_year_ends_in_june_or_december(month: int, on: int, last: tuple[int, int]) -> None:
    assert RoundTo.HALF_YEAR.last_day(date(2026, month, on)) == date(2026, *last)


def test_points_that_stay_alive_for_two_days_may_be_idle() -> None:
    assert After(Duration(days=1)).ends(START, UTC) == datetime(2026, 2, 2, tzinfo=UTC)


def test_of_some_entries_those_that_are_new_are_written() -> None:
    one = Entry(key="a", kind=EntryKind.EARN, points=1, at=START)
    two, three = evolve(one, key="b"), evolve(one, key="c")
    assert unwritten((one, two, two, three), {"a": one}) == (two, three)
    other = evolve(two, points=2)
    for entries, written in (((other,), {"b": two}), ((two, other), {"a": one})):
        with pytest.raises(IdempotencyConflict) as caught:
            unwritten(entries, written)
        assert caught.value.key == "b"
        assert str(caught.value).startswith(f"'b' already stands for {two!r}, got {other!r}: ")
