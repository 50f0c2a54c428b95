"""What offers take off an order, and what they bring."""

from decimal import Decimal

from attrs import evolve

from checkout import NOON, TEN, amount, asked, line, order, percent, reasons
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.offer import (
    Gift,
    StoreCredit,
)
from postpurchase.domain.order import (
    Charge,
    ChargeKind,
    Discount,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.selection import Selection
from postpurchase.offers import (
    Adjustment,
    AmountOff,
    BuyGet,
    GiftWith,
    GiveAfter,
    Limit,
    PercentOff,
    Promotion,
    Scope,
    ShippingOff,
    Step,
    StepPercent,
    margin_floors,
    quote,
)
from postpurchase.offers.why import (
    AddMore,
    Cut,
    Gives,
    NothingLeft,
    NothingMeant,
    OtherCurrency,
    Saves,
    SpendMore,
)
from till import eur


def test_ten_per_cent_off_says_what_it_saves() -> None:
    made = asked(order(line("19.99"), line("5.00", "l2"), shipping="4.90"), percent("10"))
    assert made.lines == (("l1", eur("17.99")), ("l2", eur("4.50")))
    assert (made.goods, made.shipping, made.to_pay) == (eur("22.49"), eur("4.90"), eur("27.39"))
    assert made.discount == eur("2.50")
    assert made.why("p") == Granted(
        Adjustment(offer="p", amount=eur("2.50"), lines=(("l1", eur("2.00")), ("l2", eur("0.50")))),
        (Saves(eur("2.50")),),
    )
    assert made.explain() == "+ p: saves 2.50 EUR"
    assert made.why("q") is None
    assert "27.39 EUR" in made._repr_html_()
    assert "<td>p</td><td>2.50 EUR</td>" in made._repr_html_()


def test_discounts_on_the_order_are_off_already_and_charges_stay() -> None:
    bought = evolve(
        order(evolve(line("10.00"), discounts=(Discount(amount=eur("4.00")),))),
        charges=(Charge(kind=ChargeKind.GIFT_WRAP, amount=eur("3.00")),),
    )
    made = asked(bought, percent("50"))
    assert (made.goods, made.charges, made.total) == (eur("3.00"), eur("3.00"), eur("6.00"))


def test_each_line_is_rounded_by_itself_or_all_are_rounded_once() -> None:
    lines = (line("0.05"), line("0.05", "l2"))
    assert asked(order(*lines), percent("10", scope=Scope.EACH_LINE)).discount == eur("0.02")
    assert asked(order(*lines), percent("10")).discount == eur("0.01")
    down = Promotion(id="d", gives=PercentOff(percent=Decimal(10), rounding=Rounding.HALF_DOWN))
    assert asked(order(line("0.05")), down).why("d") == Declined((NothingLeft(),))


def test_a_percentage_is_bounded() -> None:
    capped = Promotion(id="c", gives=PercentOff(percent=Decimal(15), most=eur("50.00")))
    lines = (line("120.00"), line("230.00", "l2"), line("300.00", "l3"))
    made = asked(order(*lines), capped)
    assert [part for _, part in made.adjustments[0].lines] == [
        eur("9.23"),
        eur("17.69"),
        eur("23.08"),
    ]
    each = evolve(
        capped,
        gives=PercentOff(percent=Decimal(15), most=eur("50.00"), scope=Scope.EACH_LINE),
    )
    assert asked(order(*lines), each).discount == eur("50.00")
    assert asked(TEN, each).discount == eur("1.50")
    dollars = Promotion(id="c", gives=PercentOff(percent=Decimal(15), most=Money.parse("5.00 USD")))
    assert reasons(TEN, dollars) == (OtherCurrency("EUR"),)


def test_an_amount_is_stated_in_the_currency_or_does_not_hold() -> None:
    offer = Promotion(id="a", gives=AmountOff(amounts=(Money.parse("5.00 USD"), eur("4.00"))))
    assert asked(TEN, offer).discount == eur("4.00")
    assert reasons(TEN, Promotion(id="a", gives=AmountOff(amounts=(Money.parse("5 USD"),)))) == (
        OtherCurrency("EUR"),
    )
    for other in (
        Promotion(id="a", gives=offer.gives, minimum=Money.parse("1 USD")),
        Promotion(id="a", gives=offer.gives, limit=Limit(budget=Money.parse("1 USD"))),
    ):
        assert reasons(TEN, other) == (OtherCurrency("EUR"),)


def test_an_amount_is_clamped_and_says_so() -> None:
    made = asked(order(line("1.00"), line("1.50", "l2")), amount("3.00"))
    assert made.discount == eur("2.50")
    decision = made.why("a")
    assert decision is not None
    assert decision.reasons == (Saves(eur("2.50")), Cut(eur("0.50")))
    each = Promotion(id="a", gives=AmountOff(amounts=(eur("3.00"),), scope=Scope.EACH_LINE))
    assert asked(order(line("1.00"), line("5.00", "l2")), each).discount == eur("4.00")


def test_nothing_falls_below_its_floor() -> None:
    bought = order(line("50.00"), line("60.00", "l2"))
    floors = Pairs(l1=eur("45.00"))
    made = quote(bought, offers=(amount("25.00"),), at=NOON, floors=floors)
    assert made.lines == (("l1", eur("45.00")), ("l2", eur("40.00")))
    both = Pairs(l1=eur("45.00"), l2=eur("45.00"))
    tight = quote(bought, offers=(amount("25.00"), percent("90")), at=NOON, floors=both)
    assert tight.goods == eur("90.00")
    full = quote(
        bought, offers=(amount("25.00"),), at=NOON, floors=Pairs(l1=eur("99"), l2=eur("60"))
    )
    assert full.why("a") == Declined((NothingLeft(),))


def test_floors_come_from_what_goods_cost() -> None:
    catalog = Catalog(
        products=(
            Product(
                id="k",
                title="Knife",
                variants=(
                    Variant(sku="sku-l1", cost=eur("3.33")),
                    Variant(sku="sku-l2", cost=Money.parse("1.00 USD")),
                    Variant(sku="sku-l3"),
                ),
            ),
        )
    )
    bought = order(
        line("9.00", quantity=2), line("9.00", "l2"), line("9.00", "l3"), line("1", "l4")
    )
    floors = margin_floors(bought, catalog, percent=Decimal("12.5"))
    assert floors == Pairs(l1=eur("7.50"))


def test_gift_cards_are_never_discounted() -> None:
    card = evolve(line("50.00"), gift_card=True)
    assert reasons(order(card), percent("10")) == (NothingMeant(),)
    assert asked(order(card, line("10.00", "l2")), percent("10")).discount == eur("1.00")


def test_steps_count_only_the_highest() -> None:
    steps = StepPercent(
        steps=(
            Step(eur("1500"), Decimal(10)),
            Step(eur("1750"), Decimal(15)),
            Step(eur("2000"), Decimal(20)),
            Step(Money.parse("1 USD"), Decimal(99)),
        )
    )
    offer = Promotion(id="s", gives=steps)
    totals = [asked(order(line("118.00", quantity=n)), offer).goods for n in (12, 14, 17, 20)]
    assert totals == [eur("1416.00"), eur("1486.80"), eur("1604.80"), eur("1888.00")]
    dollars = Promotion(id="s", gives=StepPercent(steps=(Step(Money.parse("1 USD"), Decimal(9)),)))
    assert reasons(TEN, dollars) == (OtherCurrency("EUR"),)


def test_shipping_is_free_above_a_minimum_inclusive() -> None:
    free = Promotion(id="f", gives=ShippingOff(), minimum=eur("30.00"))
    assert asked(order(line("30.00"), shipping="4.90"), free).shipping == eur("0.00")
    assert reasons(order(line("22.00"), shipping="4.90"), free) == (SpendMore(eur("8.00")),)
    assert reasons(order(line("30.00")), free) == (NothingLeft(),)
    part = Promotion(id="f", gives=ShippingOff(percent=Decimal(50), most=eur("2.00")))
    assert asked(order(line("30.00"), shipping="4.90"), part).shipping == eur("2.90")
    foreign = Promotion(id="f", gives=ShippingOff(most=Money.parse("2 USD")))
    assert reasons(TEN, foreign) == (OtherCurrency("EUR"),)


def test_a_discount_before_it_may_take_free_shipping_away() -> None:
    free = Promotion(id="f", gives=ShippingOff(), minimum=eur("30.00"))
    made = asked(order(line("30.00"), shipping="4.90"), free, percent("10"))
    assert made.why("f") == Declined((SpendMore(eur("3.00")),))


def test_buying_some_gets_others() -> None:
    offer = Promotion(id="b", gives=BuyGet(buy=2, get=2))
    assert asked(order(line("2.50", quantity=4)), offer).discount == eur("5.00")
    assert reasons(order(line("2.50", quantity=3)), offer) == (AddMore(1),)
    third = Promotion(id="b", gives=BuyGet(buy=2, get=1, times=1))
    made = asked(order(line("4.00", quantity=4), line("2.00", "l2", 4)), third)
    assert made.discount == eur("2.00")
    assert [part[0] for part in made.adjustments[0].lines] == ["l2"]
    often = Promotion(id="b", gives=BuyGet(buy=2, get=1))
    assert asked(order(line("4.00", quantity=4), line("2.00", "l2", 5)), often).discount == eur(
        "6.00"
    )
    pan = Promotion(
        id="b",
        gives=BuyGet(
            buy=1,
            percent=Decimal(50),
            buys=Selection(categories=("pans",)),
            gets=Selection(categories=("lids",)),
        ),
    )
    lids = (line("30.00", category="pans"), line("9.99", "l2", category="lids"))
    assert asked(order(*lids), pan).discount == eur("5.00")
    assert reasons(order(lids[0]), pan) == (AddMore(1),)
    assert reasons(order(lids[1]), pan) == (NothingMeant(),)


def test_units_of_a_line_that_does_not_divide_keep_their_sum() -> None:
    cheap = evolve(line("3.34", quantity=3), discounts=(Discount(amount=eur("0.02")),))
    made = asked(order(cheap), Promotion(id="b", gives=BuyGet(buy=2, get=1)))
    assert made.goods == eur("6.67")


def test_the_dearest_units_are_discounted() -> None:
    offer = Promotion(id="u", gives=PercentOff(percent=Decimal(30), units=5))
    bought = order(line("10.00", quantity=3), line("5.00", "l2", 3))
    assert asked(bought, offer).discount == eur("12.00")


def test_a_gift_comes_with_so_many_units() -> None:
    socks = Gift(sku="socks", title="Socks")
    offer = Promotion(id="g", gives=GiftWith(gift=socks, per=3))
    for bought, times in ((3, 1), (2, 0), (75, 25), (6, 2), (8, 2)):
        made = asked(order(line("1.00", quantity=bought)), offer)
        assert made.gifts == (((socks, times),) if times else ())
    assert reasons(order(line("1.00", quantity=2)), offer) == (AddMore(1),)
    assert reasons(order(line("1.00", quantity=3)), offer) == (Gives(),)
    few = Promotion(id="g", gives=GiftWith(gift=socks, per=3, most=1))
    assert asked(order(line("1.00", quantity=9)), few).gifts == ((socks, 1),)


def test_something_is_given_for_later() -> None:
    credit = StoreCredit(amount=eur("5.00"))
    made = asked(TEN, Promotion(id="c", gives=GiveAfter(credit), minimum=eur("10.00")))
    assert made.given == (credit,)
    assert made.gifts == ()
    assert made.to_pay == eur("10.00")


def test_points_pay_last_and_no_more_than_the_total() -> None:
    made = quote(TEN, offers=(percent("10"),), at=NOON, points_worth=eur("4.00"))
    assert (made.total, made.points_worth, made.to_pay) == (eur("9.00"), eur("4.00"), eur("5.00"))
    whole = quote(TEN, offers=(), at=NOON, points_worth=eur("40.00"))
    assert (whole.points_worth, whole.to_pay) == (eur("10.00"), eur("0.00"))


def test_what_finds_no_room_on_its_line_is_said() -> None:
    each = Promotion(id="a", gives=AmountOff(amounts=(eur("3.00"),), scope=Scope.EACH_LINE))
    decision = asked(order(line("1.00"), line("5.00", "l2")), each).why("a")
    assert decision is not None
    assert decision.reasons == (Saves(eur("4.00")), Cut(eur("2.00")))
    none = asked(order(line("9.00"), line("5.00", "l2")), each).why("a")
    assert none is not None
    assert none.reasons == (Saves(eur("6.00")),)
