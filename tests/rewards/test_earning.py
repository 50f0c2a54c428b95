"""What something done earns: the basis, the rules, one rounding."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from basket import deed, line, order, points
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell, Weekday
from postpurchase.domain.order import (
    Cancellation,
    Discount,
    Payment,
    PaymentKind,
    PaymentState,
    Refund,
    RefundLine,
    Tax,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.selection import Selection
from postpurchase.rewards import (
    Award,
    Basis,
    Boost,
    Earn,
    Earning,
    Part,
    Round,
    TierIs,
    Trigger,
)
from postpurchase.rewards.why import (
    BoostedBy,
    EarnedBy,
    NotMeant,
)
from till import BASE, ONE, START, day, eur


def test_points_per_amount_keep_their_breakdown() -> None:
    earning = Earning(rules=(BASE, Earn(name="hello", points=5)))
    decision = earning.decide(deed(order(line("19.99"))), at=day(1))
    exact = Fraction(1999, 100)
    assert isinstance(decision, Granted)
    assert isinstance(decision.value, Award)
    assert (decision.value.points, decision.value.desired) == (24, 24)
    assert [(s.rule, s.exact, s.points) for s in decision.value.shares] == [
        ("base", exact, 19),
        ("hello", Fraction(5), 5),
    ]
    assert decision.reasons == (
        EarnedBy("base", Decimal("19.99")),
        EarnedBy("hello", Decimal(5)),
    )
    assert [str(reason) for reason in decision.reasons] == [
        "base: 19.99 points",
        "hello: 5 points",
    ]


@pytest.mark.parametrize(
    ("rounding", "expected"), [(Round.FLOOR, 1), (Round.NEAREST, 2), (Round.CEILING, 2)]
)
def test_one_rounding_at_the_end(rounding: Round, expected: int) -> None:
    earning = Earning(rules=(BASE,), rounding=rounding)
    assert points(earning, deed(order(line("1.50")))) == expected


def test_boosts_multiply_everything_exactly() -> None:
    earning = Earning(
        rules=(BASE,),
        boosts=(
            Boost(name="gold", factor=Decimal("1.15")),
            Boost(name="reviews", factor=Decimal(9), on=Trigger.REVIEW),
        ),
    )
    decision = earning.decide(deed(order(line("100.00"))), at=day(1))
    assert isinstance(decision, Granted)
    assert decision.value.points == 115
    assert decision.reasons[1] == BoostedBy("gold", Decimal("1.15"))


def test_a_boost_needs_its_condition_and_its_hours() -> None:
    never = Boost(name="gold", factor=Decimal(2), when=TierIs("gold"))
    tuesday = Spell(
        Recurrence(
            first=date(2026, 1, 6),
            at=time(16),
            frequency=Frequency.WEEKLY,
            weekdays=(Weekday(1),),
        ),
        Duration(hours=2),
    )
    happy = Boost(name="happy", factor=Decimal(2), hours=tuesday)
    earning = Earning(rules=(BASE,), boosts=(never, happy), zone=ZoneInfo("Asia/Kolkata"))
    kolkata_16h = 5 + (10.5 - 12) / 24
    assert points(earning, deed(order(line("10.00"), on=kolkata_16h))) == 20
    assert points(earning, deed(order(line("10.00"), on=kolkata_16h + 2 / 24))) == 10
    assert points(earning, deed(order(line("10.00"), on=kolkata_16h + 7))) == 20


def test_only_some_lines_earn() -> None:
    catalog = Catalog(
        products=(
            Product(id="k", title="Knife", category="knives", variants=(Variant(sku="sku-l1"),)),
            Product(id="t", title="Towel", tags=("cotton",), variants=(Variant(sku="sku-l2"),)),
        ),
        parents=Pairs(knives="kitchen"),
    )
    bought = order(
        line("10.00"), line("20.00", "l2"), evolve(line("5.00", "l3"), category="kitchen")
    )
    for selection, expected in (
        (Selection(categories=("kitchen",)), 15),
        (Selection(tags=("cotton",)), 20),
        (Selection(products=("k",)), 10),
        (Selection(skus=("sku-l3",)), 5),
        (Selection(skus=("no",)), 0),
    ):
        earning = Earning(rules=(evolve(BASE, selection=selection),))
        assert points(earning, deed(bought), catalog) == expected
    only_line = Earning(rules=(evolve(BASE, selection=Selection(categories=("kitchen",))),))
    assert points(only_line, deed(bought)) == 5


def test_the_basis_is_stated() -> None:
    taxed = evolve(
        line("100.00"), taxes=(Tax(amount=eur("20.00")),), discounts=(Discount(amount=eur("10")),)
    )
    bought = order(taxed, evolve(line("50.00", "gift"), gift_card=True), shipping="5.00")
    everything = frozenset({Part.TAX, Part.SHIPPING, Part.GIFT_CARDS})
    for counts, expected in (
        (frozenset[Part](), "90.00"),
        (frozenset({Part.TAX}), "110.00"),
        (frozenset({Part.SHIPPING}), "95.00"),
        (frozenset({Part.GIFT_CARDS}), "140.00"),
        (everything, "165.50"),
    ):
        assert Basis(counts=counts).of(bought) == eur(expected).minor
        assert Basis(counts=counts).of(bought, selection=Selection(skus=("x",))) == 0
    inside = evolve(bought, taxes_included=True, payments=())
    assert Basis().of(inside) == eur("70.00").minor
    assert Basis(counts=frozenset({Part.TAX})).of(inside) == eur("90.00").minor


def test_what_was_paid_from_the_wallet_earns_nothing_unless_stated() -> None:
    bought = evolve(
        order(line("100.00")),
        payments=(
            Payment(id="a", at=START, amount=eur("70.00")),
            Payment(id="b", at=START, amount=eur("20.00"), kind=PaymentKind.STORE_CREDIT),
            Payment(id="c", at=START, amount=eur("10.00"), kind=PaymentKind.GIFT_CARD),
            Payment(id="d", at=START, amount=eur("99.00"), state=PaymentState.FAILED),
        ),
    )
    assert Basis().of(bought) == eur("80.00").minor
    assert Basis(without=frozenset()).of(bought) == eur("100.00").minor


def refund(amount: str, line: str = "", shipping: str = "", tax: str = "") -> Refund:
    part = RefundLine(line=line, amount=eur(amount), tax=eur(tax) if tax else None)
    more = eur(shipping or "0") + eur(tax or "0")
    return Refund(
        id=f"{amount}{line}",
        at=day(3),
        amount=eur(amount) + more,
        lines=(part,) if line else (),
        shipping=eur(shipping) if shipping else None,
    )


def test_refunds_and_cancellations_lower_the_basis() -> None:
    bought = order(line("60.00"), line("40.00", "l2"))
    assert Basis().of(bought, (refund("60.00", "l1"),)) == eur("40.00").minor
    assert Basis().of(bought, (refund("20.00"),)) == eur("80.00").minor
    assert Basis().of(bought, (refund("60.00", "l1"), refund("10.00"))) == eur("30.00").minor
    assert Basis().of(bought, (refund("60.00", "l1"), refund("40.00"))) == 0
    assert Basis().of(bought, (refund("100.00"), refund("1.00"))) == 0
    assert Basis().of(bought, (refund("70.00", "l1"), refund("40.00", "l2"))) == 0
    half = evolve(
        order(evolve(line("10.00"), quantity=4)),
        cancellations=(Cancellation(id="c", at=day(1), lines=Pairs(l1=1)),),
    )
    assert Basis().of(half) == eur("30.00").minor
    sent = Basis(counts=frozenset({Part.SHIPPING}))
    assert sent.of(order(line("9.00"), shipping="5.00"), (refund("9.00", "l1", "5.00"),)) == 0
    taxed = order(evolve(line("10.00"), taxes=(Tax(amount=eur("2.00")),)), line("5.00", "l2"))
    assert Basis().of(taxed, (refund("10.00", "l1", tax="2.00"),)) == eur("5.00").minor


def test_an_order_of_nothing_may_be_the_first() -> None:
    free = evolve(
        order(line("0.00"), line("5.00", "l2")), payments=(Payment(id="p", at=START, amount=ONE),)
    )
    assert Basis().of(free) == 500
    assert Basis().of(order(line("0.00"))) == 0


def test_the_first_order_and_the_fifth() -> None:
    earning = Earning(rules=(Earn(name="milestones", points=50, numbers=(1, 5)),))
    bought = order(line("1.00"))
    assert [points(earning, deed(bought, number=n)) for n in range(1, 7)] == [50, 0, 0, 0, 50, 0]
    decision = earning.decide(deed(bought, number=2), at=day(1))
    assert decision == Declined((NotMeant("milestones"),))
