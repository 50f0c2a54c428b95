"""Several offers at once, and what a message offers as one of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from checkout import NOON, TEN, amount, asked, line, order, percent
from postpurchase.domain.customer import Address
from postpurchase.domain.decision import Declined
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Percent,
    Points,
    StoreCredit,
    Valid,
)
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    AmountOff,
    Beside,
    BuyGet,
    GiftWith,
    GiveAfter,
    Lane,
    Limit,
    Mode,
    PercentOff,
    Promotion,
    Scope,
    ShippingOff,
    Stacking,
    Validity,
    promotion,
    quote,
)
from postpurchase.offers.why import (
    Ended,
    Excluded,
    Outdone,
    SpendMore,
)
from till import eur

FOUR = order(line("50.00"), line("150.00", "l2"))


def test_offers_apply_one_after_another_whatever_their_order_in_the_input() -> None:
    first, second = evolve(amount("290.00"), priority=1), percent("10")
    bought = order(line("100.00"), line("100.00", "l2"), line("100.00", "l3"))
    assert asked(bought, first, second).to_pay == eur("9.00")
    assert asked(bought, second, first).to_pay == eur("9.00")
    other = evolve(percent("10"), priority=2)
    assert asked(bought, first, other).to_pay == eur("0.00")


def test_a_minimum_is_judged_on_what_is_left() -> None:
    half = evolve(percent("50", "A"), units=3, priority=1)
    tenth = evolve(percent("10", "B"), minimum=eur("10.00"))
    bought = order(line("5.00", quantity=3))
    made = asked(bought, half, tenth)
    assert made.to_pay == eur("7.50")
    assert made.why("B") == Declined((SpendMore(eur("2.50")),))
    assert asked(bought, half, evolve(tenth, priority=2)).to_pay == eur("6.75")


@pytest.mark.parametrize(
    ("mode", "discount", "outdone"),
    [
        (Mode.ALL, "56.00", []),
        (Mode.ALL_FROM_START, "60.00", []),
        (Mode.BEST, "40.00", ["p"]),
        (Mode.FIRST, "20.00", ["q"]),
    ],
)
def test_a_lane_has_a_mode(mode: Mode, discount: str, outdone: list[str]) -> None:
    offers = (percent("10", "p"), percent("20", "q"), evolve(percent("9", "z"), minimum=eur("999")))
    made = quote(FOUR, offers=offers, at=NOON, stacking=Stacking((Lane("", mode),)))
    assert made.discount == eur(discount)
    said = [each.offer for each in made.answers if isinstance(each.decision.reasons[0], Outdone)]
    assert said == outdone
    assert isinstance(made.answers[-1].decision.reasons[0], SpendMore)


def test_a_lane_in_which_nothing_holds_says_what_is_missing() -> None:
    for mode in (Mode.BEST, Mode.FIRST):
        offer = evolve(percent("9"), minimum=eur("999.00"))
        made = quote(FOUR, offers=(offer,), at=NOON, stacking=Stacking((Lane("", mode),)))
        assert made.why("p") == Declined((SpendMore(eur("799.00")),))


def test_lanes_run_in_their_stated_order() -> None:
    fixed = evolve(amount("100.00"), lane="vouchers")
    tenth = evolve(percent("10"), lane="sale")
    for lanes, to_pay in ((("sale", "vouchers"), "80.00"), (("vouchers", "sale"), "90.00")):
        stacking = Stacking(tuple(Lane(name) for name in lanes))
        made = quote(FOUR, offers=(fixed, tenth), at=NOON, stacking=stacking)
        assert made.to_pay == eur(to_pay)
    assert asked(FOUR, fixed, tenth).to_pay == eur("80.00")
    named = Stacking((Lane("vouchers"),))
    assert quote(FOUR, offers=(fixed, tenth), at=NOON, stacking=named).to_pay == eur("90.00")
    with pytest.raises(InvalidProgramme, match="each lane stands once"):
        Stacking((Lane("a"), Lane("a")))


def test_line_offers_come_before_order_offers() -> None:
    lines = evolve(percent("40", "lines", Scope.EACH_LINE))
    whole = evolve(percent("70", "whole"), priority=9)
    assert asked(order(line("100.00")), lines, whole).to_pay == eur("18.00")


def test_an_offer_that_applies_alone_keeps_all_others_out() -> None:
    alone = evolve(percent("5", "alone"), beside=Beside.NOTHING)
    made = asked(TEN, alone, percent("50"))
    assert made.discount == eur("0.50")
    assert made.why("p") == Declined((Excluded("alone"),))
    two = evolve(alone, id="first", priority=1)
    assert asked(TEN, alone, two).why("alone") == Declined((Excluded("first"),))
    unmet = evolve(alone, minimum=eur("99.00"))
    assert asked(TEN, unmet, percent("50")).discount == eur("5.00")


def test_two_offers_of_one_id_are_refused() -> None:
    with pytest.raises(InvalidProgramme, match="an id of its own, got p, p"):
        asked(TEN, percent("1"), percent("2"))


@pytest.mark.parametrize("value", [Decimal(0), Decimal(101), 10, 0.5])
def test_percentages_are_checked(value: object) -> None:
    with pytest.raises(InvalidProgramme, match="a Decimal above 0 and at most 100"):
        PercentOff(percent=value)  # type: ignore[arg-type]  # the point


def test_benefits_are_checked() -> None:
    with pytest.raises(InvalidProgramme, match="above zero, one for each currency, got none"):
        AmountOff(amounts=())
    with pytest.raises(InvalidProgramme, match="one for each currency"):
        AmountOff(amounts=(eur("1"), eur("2")))
    with pytest.raises(InvalidProgramme, match="units are one or more"):
        BuyGet(buy=0)


def test_what_a_message_offers_is_quoted() -> None:
    coupon = Coupon(
        code="KNIFE",
        off=Percent(Decimal(10)),
        minimum=eur("5.00"),
        most=eur("0.50"),
        categories=("knives",),
        ends=NOON + timedelta(days=1),
    )
    knife = order(line("10.00", category="knives"))
    offer = promotion(coupon, id="c1", priority=3)
    assert asked(knife, offer, codes=("knife",)).discount == eur("0.50")
    assert (offer.limit.total, offer.priority) == (1, 3)
    late = quote(knife, offers=(offer,), at=NOON + timedelta(days=1), codes=("KNIFE",))
    assert late.why("c1") == Declined((Ended(NOON + timedelta(days=1)),))
    many = promotion(evolve(coupon, off=eur("2.00"), single_use=False), id="c2")
    assert many.limit.total is None
    assert asked(knife, many, codes=("KNIFE",)).discount == eur("2.00")
    ship = promotion(FreeShipping(code="SHIP", minimum=eur("5.00"), countries=("DE",)), id="s")
    to_germany = evolve(order(line("9.00"), shipping="4.90"), ship_to=Address(country="DE"))
    assert asked(to_germany, ship, codes=("ship",)).shipping == eur("0.00")
    gift = Gift(sku="socks")
    assert asked(TEN, promotion(gift, id="g")).gifts == ((gift, 1),)
    for later in (Points(count=5), Invitation(name="tasting")):
        assert asked(TEN, promotion(later, id="l")).given == (later,)


def test_a_validity_of_days_and_instants_is_the_narrower_one() -> None:
    coupon = Coupon(code="K", off=eur("1.00"), starts=NOON, ends=NOON + timedelta(days=9))
    exactly = promotion(coupon, id="c").validity.exactly
    narrow = Validity(first=date(2026, 11, 24), last=date(2026, 11, 25), exactly=exactly)
    assert narrow.starts == NOON
    assert narrow.ends == datetime(2026, 11, 26, tzinfo=UTC)
    assert Validity(first=date(2026, 11, 25), exactly=exactly).starts == datetime(
        2026, 11, 25, tzinfo=UTC
    )


def test_of_equal_savings_the_first_by_priority_and_id_is_taken() -> None:
    lane = Stacking((Lane("", Mode.BEST),))
    made = quote(TEN, offers=(percent("10", "b"), percent("10", "a")), at=NOON, stacking=lane)
    assert made.why("b") == Declined((Outdone("a"),))
    first = evolve(percent("10", "b"), priority=1)
    other = quote(TEN, offers=(first, percent("10", "a")), at=NOON, stacking=lane)
    assert other.why("a") == Declined((Outdone("b"),))
    assert other.explain() == "+ b: saves 1.00 EUR\n- a: b was taken instead"


def test_a_coupon_is_for_what_it_names_and_judged_on_the_whole_order() -> None:
    lines = (
        evolve(line("10.00"), product="K", category="knives"),
        evolve(line("20.00", "l2"), product="P", category="pans"),
    )
    bought = order(*lines)
    percents = Coupon(code="A", off=Percent(Decimal(10)), minimum=eur("30.00"), single_use=False)
    catalog = Catalog(
        products=(
            Product(id="K", title="K", tags=("steel",), variants=(Variant(sku="sku-l1"),)),
            Product(id="P", title="P", variants=(Variant(sku="sku-l2"),)),
        )
    )
    for only in (
        evolve(percents, products=("K",)),
        evolve(percents, categories=("knives",)),
        evolve(percents, tags=("steel",)),
    ):
        for coupon, off in ((only, "1.00"), (evolve(only, off=eur("99.00")), "10.00")):
            given = promotion(coupon, id="c")
            made = quote(bought, offers=(given,), at=NOON, codes=("a",), known=Known(catalog))
            assert made.discount == eur(off)
            dear = promotion(evolve(coupon, minimum=eur("30.01")), id="c")
            short = quote(bought, offers=(dear,), at=NOON, codes=("a",), known=Known(catalog))
            assert short.why("c") == Declined((SpendMore(eur("0.01")),))
    assert promotion(evolve(percents, single_use=True), id="c").limit == Limit(total=1)
    assert promotion(percents, id="c").limit == Limit()
    ship = FreeShipping(code="S", minimum=eur("9.00"), countries=("DE",), ends=NOON)
    given = promotion(ship, id="s", priority=2)
    assert given == Promotion(
        id="s",
        gives=ShippingOff(),
        code="S",
        minimum=eur("9.00"),
        countries=("DE",),
        priority=2,
        validity=Validity(exactly=Valid(ends=NOON)),
    )
    socks, credit = Gift(sku="socks"), StoreCredit(amount=eur("5.00"))
    assert promotion(socks, id="g") == Promotion(id="g", gives=GiftWith(gift=socks))
    assert promotion(credit, id="l") == Promotion(id="l", gives=GiveAfter(credit))
