"""Orders and offers at their edges: other currencies, free lines, credits, bounds of zero."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from attrs import evolve

from checkout import NOON
from postpurchase.domain.decision import Declined
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.offer import Gift, StoreCredit
from postpurchase.domain.order import Charge, ChargeKind, Discount, Line, Order, Shipping
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import CurrencyMismatch, InvalidProgramme
from postpurchase.offers import (
    AmountOff,
    Benefit,
    BuyGet,
    Cart,
    GiftWith,
    GiveAfter,
    Lane,
    Mode,
    PercentOff,
    Promotion,
    Quote,
    Scope,
    ShippingOff,
    Stacking,
    Step,
    StepPercent,
    quote,
)
from postpurchase.offers.why import AddMore, NothingLeft, NothingMeant, SpendMore
from till import eur


def line(amount: str, id: str = "l1", quantity: int = 1) -> Line:
    return Line(id=id, sku=id, unit_price=eur(amount), quantity=quantity)


def order(*lines: Line, shipping: tuple[str, ...] = (), charge: str = "") -> Order:
    return Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=lines,
        shipping=tuple(Shipping(price=eur(each)) for each in shipping),
        charges=(Charge(kind=ChargeKind.ROUNDING, amount=eur(charge)),) if charge else (),
    )


def offer(gives: Benefit, id: str = "p") -> Promotion:
    return Promotion(id=id, gives=gives)


def percent(value: str, scope: Scope = Scope.TOGETHER) -> Promotion:
    return offer(PercentOff(percent=Decimal(value), scope=scope))


def amount(value: str, scope: Scope = Scope.TOGETHER) -> Promotion:
    return offer(AmountOff(amounts=(eur(value),), scope=scope))


def asked(bought: Order, *offers: Promotion) -> Quote:
    return quote(bought, offers=offers, at=NOON)


# ---------------------------------------------------------------- currencies


@pytest.mark.parametrize(
    ("currency", "prices", "off", "parts"),
    [
        ("KWD", ("1.005", "2.000", "0.001"), "0.301", ("0.101", "0.200", "0.000")),
        ("JPY", ("333", "333", "334"), "100", ("33", "33", "34")),
        ("CLF", ("1.0001", "0.0004"), "0.1001", ("0.1001", "0.0000")),
    ],
)
def test_a_tenth_is_shared_out_in_the_digits_of_the_currency(
    currency: str, prices: tuple[str, ...], off: str, parts: tuple[str, ...]
) -> None:
    lines = tuple(
        Line(id=f"l{n}", unit_price=Money.of(each, currency)) for n, each in enumerate(prices)
    )
    bought = Order(id="1", at=NOON, currency=currency, lines=lines)
    made = asked(bought, percent("10"))
    assert made.discount == Money.of(off, currency)
    assert tuple(
        before.net - net for before, (_, net) in zip(lines, made.lines, strict=True)
    ) == tuple(Money.of(part, currency) for part in parts)


def test_a_floor_in_another_currency_is_not_taken_for_one_in_this() -> None:
    floors = Pairs(l1=Money.parse("9.00 USD"))
    with pytest.raises(CurrencyMismatch, match="got EUR and USD"):
        quote(order(line("10.00")), offers=(percent("50"),), at=NOON, floors=floors)


def test_a_floor_below_zero_is_zero() -> None:
    floors = Pairs(l1=eur("-5.00"))
    made = quote(order(line("10.00")), offers=(amount("20.00"),), at=NOON, floors=floors)
    assert made.goods == eur("0.00")


# ---------------------------------------------------------------- free lines and credits

SAMPLE = line("0.00", "sample", 5)
CREDIT = line("-20.00", "credit")


@pytest.mark.parametrize(
    "free", [SAMPLE, CREDIT, line("9.00", "none", 0)], ids=lambda each: each.id
)
def test_what_costs_nothing_is_no_purchase(free: Line) -> None:
    alone = order(free)
    for given in (
        percent("10"),
        percent("10", Scope.EACH_LINE),
        amount("5.00"),
        amount("5.00", Scope.EACH_LINE),
        offer(BuyGet(buy=1)),
        offer(GiftWith(gift=Gift(sku="socks"))),
    ):
        assert asked(alone, given).why("p") == Declined((NothingMeant(),))
    third = offer(BuyGet(buy=2, get=1))
    made = asked(order(line("40.00", quantity=3), free), third)
    assert made.discount == eur("40.00")
    two = asked(order(line("40.00", quantity=2), free), third)
    assert two.why("p") == Declined((AddMore(1),))
    units = evolve(percent("10"), units=3)
    assert asked(order(line("40.00", quantity=2), free), units).why("p") == Declined((AddMore(1),))


def test_a_credit_bounds_what_is_taken_off() -> None:
    bought = order(line("30.00"), line("10.00", "l2"), CREDIT, shipping=("4.00",))
    assert bought.total == eur("24.00")
    for given, off in (
        (percent("50"), "20.00"),
        (percent("90"), "24.00"),
        (percent("90", Scope.EACH_LINE), "24.00"),
        (amount("99.00"), "24.00"),
        (amount("25.00", Scope.EACH_LINE), "24.00"),
        (offer(ShippingOff()), "4.00"),
    ):
        made = asked(bought, given)
        assert (made.discount, made.to_pay) == (eur(off), eur("24.00") - eur(off))
    each = asked(bought, percent("90", Scope.EACH_LINE))
    assert each.adjustments[0].lines == (("l1", eur("18.00")), ("l2", eur("6.00")))
    owing = order(line("10.00"), CREDIT, shipping=("4.00",))
    for given in (percent("10"), percent("10", Scope.EACH_LINE), offer(ShippingOff())):
        assert asked(owing, given).why("p") == Declined((NothingLeft(),))


def test_a_rounding_below_zero_does_not_make_a_total_below_zero() -> None:
    made = asked(order(line("10.00"), charge="-0.02"), percent("100"))
    assert (made.discount, made.to_pay) == (eur("9.98"), eur("0.00"))
    more = asked(order(line("10.00"), charge="0.02"), percent("100"))
    assert (more.discount, more.charges, more.total) == (eur("10.00"), eur("0.02"), eur("0.02"))


def test_a_line_that_was_discounted_below_zero_is_left_alone() -> None:
    below = evolve(line("5.00", "l2"), discounts=(Discount(amount=eur("6.00")),))
    bought = order(line("30.00"), below, line("1.00", "l3"))
    for given in (percent("10"), amount("3.00"), percent("10", Scope.EACH_LINE)):
        made = asked(bought, given)
        assert dict(made.lines)["l2"] == eur("-1.00")
        assert made.discount > eur("2.90")
    said = asked(bought, percent("10", Scope.EACH_LINE)).why("p")
    assert said is not None
    assert len(said.reasons) == 1


def test_shipping_below_zero_gives_nothing_and_the_rest_is_shared() -> None:
    bought = order(line("30.00"), shipping=("5.00", "-1.00", "3.00"))
    made = asked(bought, offer(ShippingOff()))
    assert made.shipping == eur("0.00")
    assert made.adjustments[0].shipping == eur("7.00")
    assert made.adjustments[0].lines == ()
    below = order(line("30.00"), shipping=("-1.00",))
    assert asked(below, offer(ShippingOff())).why("p") == Declined((NothingLeft(),))


def test_a_line_that_is_free_already_has_no_part() -> None:
    both = Stacking((Lane("", Mode.ALL_FROM_START),))
    gone = AmountOff(amounts=(eur("2.00"),), selection=Selection(skus=("l1",)))
    offers = (
        Promotion(id="a", gives=gone, priority=1),
        Promotion(id="b", gives=PercentOff(percent=Decimal(50))),
    )
    made = quote(order(line("2.00"), line("8.00", "l2")), offers=offers, at=NOON, stacking=both)
    assert made.adjustments[1].lines == (("l2", eur("5.00")),)


def test_a_floor_is_kept_where_only_the_dearest_unit_is_meant() -> None:
    dearest = offer(PercentOff(percent=Decimal(100), units=1))
    floors = Pairs(l1=eur("15.00"))
    bought = order(line("20.00"), line("5.00", "l2"))
    made = quote(bought, offers=(dearest,), at=NOON, floors=floors)
    assert made.lines == (("l1", eur("15.00")), ("l2", eur("5.00")))


def test_nothing_is_left_of_what_is_free() -> None:
    whole = Promotion(id="a", gives=PercentOff(percent=Decimal(100)), priority=1)
    for given in (amount("5.00"), percent("10")):
        made = asked(order(line("10.00"), shipping=("4.00",)), evolve(given, id="b"), whole)
        assert made.why("b") == Declined((NothingLeft(),))


# ---------------------------------------------------------------- bounds


def test_bounds_are_met_to_the_unit() -> None:
    cent = order(line("0.01"))
    assert asked(cent, amount("0.01")).discount == eur("0.01")
    short = evolve(percent("10"), minimum=eur("10.01"))
    assert asked(order(line("10.00")), short).why("p") == Declined((SpendMore(eur("0.01")),))
    step = offer(StepPercent(steps=(Step(eur("10.00"), Decimal(10)),)))
    assert asked(order(line("10.00")), step).discount == eur("1.00")
    assert asked(order(line("9.99")), step).why("p") == Declined((NothingLeft(),))
    most = offer(PercentOff(percent=Decimal(10), most=eur("0.01"), scope=Scope.EACH_LINE))
    lines = (line("0.10"), line("0.10", "l2"))
    assert asked(order(*lines), most).adjustments[0].lines == (("l1", eur("0.01")),)


def test_a_discount_is_rounded_as_stated() -> None:
    half = order(line("0.10"), shipping=("0.10",))
    for rounding, off in ((Rounding.HALF_UP, "0.01"), (Rounding.UP, "0.01"), (Rounding.DOWN, "0")):
        steps = StepPercent(steps=(Step(eur("0.01"), Decimal(5)),), rounding=rounding)
        assert asked(half, offer(steps)).discount == eur(off)
        ways = ShippingOff(percent=Decimal(5), rounding=rounding)
        assert asked(half, offer(ways)).discount == eur(off)
        free = BuyGet(buy=1, percent=Decimal(5), rounding=rounding)
        assert asked(order(line("0.10", quantity=2)), offer(free)).discount == eur(off)


def test_discounts_of_lines_come_before_those_of_the_order() -> None:
    bought = order(line("10.00"))
    order_first = evolve(amount("5.00"), id="o", priority=9)
    for each in (percent("50", Scope.EACH_LINE), amount("5.00", Scope.EACH_LINE)):
        made = asked(bought, order_first, each)
        assert [one.offer for one in made.adjustments] == ["p", "o"]
    gift = Promotion(id="g", gives=GiftWith(gift=Gift(sku="socks")), priority=9)
    ways = Promotion(id="s", gives=ShippingOff(), priority=9)
    third = Promotion(id="z", gives=BuyGet(buy=1))
    step = Promotion(id="t", gives=StepPercent(steps=(Step(eur("1"), Decimal(1)),)))
    full = order(line("10.00", quantity=2), shipping=("4.00",))
    made = asked(full, gift, ways, step, third)
    assert [one.offer for one in made.adjustments] == ["z", "t", "s", "g"]
    assert made.gifts == ((Gift(sku="socks"), 2),)


def test_a_discount_shares_the_order_with_its_shipping() -> None:
    made = asked(order(line("10.00"), shipping=("4.00",)), percent("10"), offer(ShippingOff(), "s"))
    assert made.adjustments[0].shipping is None
    assert made.adjustments[1].shipping == eur("4.00")
    assert made.adjustments[1].amount == eur("4.00")
    assert made.total == eur("9.00")


def test_a_catalog_tells_what_lies_below_a_category() -> None:
    catalog = Catalog(
        products=(Product(id="K", title="K", category="knives", variants=(Variant(sku="l1"),)),),
        parents=Pairs(knives="kitchen"),
    )
    gives = PercentOff(percent=Decimal(10), selection=Selection(categories=("kitchen",)))
    bought = order(line("10.00"), line("5.00", "l2"))
    made = quote(bought, offers=(offer(gives),), at=NOON, known=Known(catalog))
    assert made.discount == eur("1.00")
    assert asked(bought, offer(gives)).why("p") == Declined((NothingMeant(),))


def test_a_minimum_may_be_judged_on_other_lines() -> None:
    knives = Selection(skus=("l1",))
    narrow = Promotion(
        id="p",
        gives=PercentOff(percent=Decimal(10), selection=knives),
        minimum=eur("15.00"),
        units=3,
    )
    bought = order(line("10.00"), line("5.00", "l2", 2))
    short = (SpendMore(eur("5.00")), AddMore(2))
    assert asked(bought, narrow).why("p") == Declined(short)
    assert asked(bought, evolve(narrow, basis=Selection())).discount == eur("1.00")
    others = evolve(narrow, basis=Selection(skus=("l2",)))
    assert asked(bought, others).why("p") == Declined((SpendMore(eur("5.00")), AddMore(1)))


def test_what_is_lacking_is_never_less_than_nothing() -> None:
    cart = Cart(order(line("3.00", quantity=9)), Pairs(), None)
    for benefit in (BuyGet(buy=1), GiftWith(gift=Gift(sku="socks")), ShippingOff()):
        assert benefit.lacks(cart) == 0
    assert BuyGet(buy=8, get=2).lacks(cart) == 1
    assert GiftWith(gift=Gift(sku="socks"), per=11).lacks(cart) == 2


def test_as_many_are_given_as_whole_sets_are_there() -> None:
    pair = offer(BuyGet(buy=1, get=2))
    assert asked(order(line("3.00", quantity=5)), pair).discount == eur("6.00")
    assert asked(order(line("3.00", quantity=6)), pair).discount == eur("12.00")
    lids = offer(BuyGet(buy=2, buys=Selection(skus=("l1",)), gets=Selection(skus=("l2",))))
    bought = order(line("30.00", quantity=3), line("9.00", "l2", 5))
    assert asked(bought, lids).discount == eur("9.00")
    few = order(line("30.00", quantity=6), line("9.00", "l2", 2))
    assert asked(few, lids).discount == eur("18.00")


def test_what_is_for_later_is_given_once() -> None:
    credit = StoreCredit(amount=eur("5.00"))
    made = asked(order(line("10.00", quantity=3)), offer(GiveAfter(credit)))
    assert (made.adjustments[0].times, made.given) == (1, (credit,))
    both = asked(order(line("9.00")), offer(GiveAfter(credit)), evolve(percent("10"), id="q"))
    assert both.given == (credit,)


def test_what_stops_an_offer_is_told_in_one_sentence_each() -> None:
    both = evolve(percent("10"), minimum=eur("18.00"), units=3)
    made = asked(order(line("10.00")), both, evolve(percent("10"), id="q"))
    assert made.explain() == "- p: spend 8.00 EUR more; add 2 more\n+ q: saves 1.00 EUR"
    rows = "<tr><td>p</td><td>1.00 EUR</td></tr><tr><td>q</td><td>0.90 EUR</td></tr>"
    two = asked(order(line("10.00")), percent("10"), evolve(percent("10"), id="q"))
    assert two._repr_html_() == f"<table><caption>8.10 EUR</caption>{rows}</table>"


@pytest.mark.parametrize("mode", [None, Mode.BEST])
def test_a_lane_that_is_not_named_takes_all(mode: Mode | None) -> None:
    stacking = Stacking((Lane("other", mode),)) if mode is not None else Stacking()
    offers = (percent("10"), evolve(percent("10"), id="q"))
    made = quote(order(line("10.00")), offers=offers, at=NOON, stacking=stacking)
    assert made.discount == eur("1.90")
    assert stacking.mode("") is Mode.ALL
    assert Stacking((Lane("a"), Lane("b"))).place("b") == (1, "")


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (
            lambda: PercentOff(percent=Decimal(5), most=eur("0.00")),
            (
                "PercentOff: the most that it takes off is above zero, got 0.00 EUR: "
                "leave the offer out"
            ),
        ),
        (
            lambda: ShippingOff(most=eur("-1.00")),
            (
                "ShippingOff: the most that it takes off is above zero, got -1.00 EUR: "
                "leave the offer out"
            ),
        ),
        (
            lambda: PercentOff(percent=Decimal(5), units=0),
            "PercentOff: units are one or more, got 0: leave the offer out",
        ),
        (
            lambda: BuyGet(buy=1, times=0),
            "BuyGet: units are one or more, got 0: leave the offer out",
        ),
        (
            lambda: GiftWith(gift=Gift(sku="socks"), most=-1),
            (
                "GiftWith: a gift is given at the most none times or more, got -1: "
                "use 0 when none is in stock"
            ),
        ),
        (
            lambda: asked(order(line("1.00")), percent("1"), percent("2")),
            (
                "quote: each offer has an id of its own, got p, p: "
                "uses and reasons are told apart by it"
            ),
        ),
    ],
)
def test_bounds_that_leave_nothing_are_refused(wrong: Callable[[], object], complaint: str) -> None:
    with pytest.raises(InvalidProgramme) as caught:
        wrong()
    assert str(caught.value) == complaint


def test_the_least_bounds_are_allowed() -> None:
    assert PercentOff(percent=Decimal(5), most=eur("0.01"), units=1).units == 1
    assert BuyGet(buy=1, times=1).times == 1
    none_left = offer(GiftWith(gift=Gift(sku="socks"), most=0))
    assert asked(order(line("1.00")), none_left).why("p") == Declined((NothingLeft(),))
