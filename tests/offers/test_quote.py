"""What an order comes to, and why each offer applied or did not."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from postpurchase.domain.customer import Address
from postpurchase.domain.decision import Declined, Granted, Refused
from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Percent,
    Points,
    StoreCredit,
)
from postpurchase.domain.order import (
    Cancellation,
    Charge,
    ChargeKind,
    Discount,
    Line,
    Order,
    Payment,
    Refund,
    Shipping,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Finding, Known, NotKnown, Rule, Verdict
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    Adjustment,
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
    Quote,
    Scope,
    ShippingOff,
    Stacking,
    StepPercent,
    Undone,
    Usage,
    Used,
    Validity,
    best_combination,
    margin_floors,
    next_best_offer,
    promotion,
    quote,
    usage,
)
from postpurchase.offers.best import AllTried, Greedy, NearlyThere, NoneNear
from postpurchase.offers.why import (
    AddMore,
    BudgetSpent,
    CodeNeeded,
    Cut,
    Ended,
    Excluded,
    Foreign,
    Gives,
    NothingLeft,
    NothingMeant,
    NotYet,
    OtherCountry,
    OtherCurrency,
    OtherHours,
    Outdone,
    Saves,
    SpendMore,
    UnknownCode,
    UsedByYou,
    UsedUp,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def line(amount: str, id: str = "l1", quantity: int = 1, category: str = "") -> Line:
    return Line(
        id=id, sku=f"sku-{id}", unit_price=eur(amount), quantity=quantity, category=category
    )


def order(*lines: Line, shipping: str = "") -> Order:
    ways = (Shipping(price=eur(shipping)),) if shipping else ()
    return Order(id="1", at=NOON, currency="EUR", lines=lines, shipping=ways, customer="C1")


def percent(value: str, id: str = "p", scope: Scope = Scope.TOGETHER) -> Promotion:
    return Promotion(id=id, gives=PercentOff(percent=Decimal(value), scope=scope))


def amount(value: str, id: str = "a") -> Promotion:
    return Promotion(id=id, gives=AmountOff(amounts=(eur(value),)))


def asked(bought: Order, *offers: Promotion, codes: tuple[str, ...] = ()) -> Quote:
    return quote(bought, offers=offers, at=NOON, codes=codes)


def reasons(bought: Order, offer: Promotion, *known: object) -> tuple[object, ...]:
    made = quote(bought, offers=(offer,), at=NOON, known=Known(*known))
    decision = made.why(offer.id)
    assert decision is not None
    return decision.reasons


TEN = order(line("10.00"))


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
            (eur("1500"), Decimal(10)),
            (eur("1750"), Decimal(15)),
            (eur("2000"), Decimal(20)),
            (Money.parse("1 USD"), Decimal(99)),
        )
    )
    offer = Promotion(id="s", gives=steps)
    totals = [asked(order(line("118.00", quantity=n)), offer).goods for n in (12, 14, 17, 20)]
    assert totals == [eur("1416.00"), eur("1486.80"), eur("1604.80"), eur("1888.00")]
    dollars = Promotion(id="s", gives=StepPercent(steps=((Money.parse("1 USD"), Decimal(9)),)))
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
    for bought, times in ((3, 1), (2, 0), (75, 25), (6, 2)):
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


# ---------------------------------------------------------------- conditions


@frozen
class Sunny(Rule):
    verdict: Verdict = Verdict.UNKNOWN

    @override
    def check(self, known: Known, /) -> Finding:
        return Finding(self, self.verdict)


def test_whether_an_offer_holds() -> None:
    base = percent("10")
    once = Recurrence(first=date(2026, 11, 24), at=time(13), frequency=Frequency.DAILY)
    for offer, reason in (
        (evolve(base, code="SAVE"), CodeNeeded()),
        (evolve(base, customer="C2"), Foreign()),
        (evolve(base, countries=("DE",)), OtherCountry()),
        (evolve(base, when=Sunny()), NotKnown("Sunny")),
        (evolve(base, units=3), AddMore(2)),
        (evolve(base, minimum=eur("18.00")), SpendMore(eur("8.00"))),
        (
            evolve(base, gives=PercentOff(percent=Decimal(10), selection=Selection(skus=("x",)))),
            NothingMeant(),
        ),
        (
            evolve(base, validity=Validity(first=date(2026, 11, 25))),
            NotYet(datetime(2026, 11, 25, tzinfo=UTC)),
        ),
        (
            evolve(base, validity=Validity(last=date(2026, 11, 23))),
            Ended(datetime(2026, 11, 24, tzinfo=UTC)),
        ),
        (evolve(base, validity=Validity(hours=Spell(once, Duration(hours=2)))), OtherHours()),
    ):
        assert reasons(TEN, offer) == (reason,)
    there = evolve(TEN, ship_to=Address(country="DE"))
    assert asked(there, evolve(base, countries=("DE",))).discount == eur("1.00")
    assert asked(TEN, evolve(base, customer="C1")).discount == eur("1.00")
    inside = Spell(evolve(once, at=time(11)), Duration(hours=2))
    assert asked(TEN, evolve(base, validity=Validity(hours=inside))).discount == eur("1.00")
    assert asked(TEN, evolve(base, when=~Sunny())).discount == eur("0.00")
    assert asked(TEN, evolve(base, when=Sunny(Verdict.YES))).discount == eur("1.00")
    assert str(SpendMore(eur("8.00"))) == "spend 8.00 EUR more"
    assert str(AddMore(1)) == "add one more"


def test_a_date_is_valid_through_the_end_of_its_local_day() -> None:
    validity = Validity(
        first=date(2026, 12, 1), last=date(2026, 12, 5), zone=ZoneInfo("America/New_York")
    )
    assert validity.starts == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert validity.ends == datetime(2026, 12, 6, 5, tzinfo=UTC)
    with pytest.raises(InvalidProgramme, match="ends on the day it begins or later"):
        Validity(first=date(2026, 12, 2), last=date(2026, 12, 1))


def test_uses_are_limited_and_the_limit_itself_is_allowed() -> None:
    offer = evolve(percent("10"), limit=Limit(total=2, each=1, budget=eur("5.00")))
    used = Used(total=1, by_customer=0, spent=eur("4.00"))
    assert reasons(TEN, offer, Usage(Pairs(p=used))) == (Saves(eur("1.00")),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, total=2)))) == (UsedUp(2),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, by_customer=1)))) == (UsedByYou(),)
    spent = Usage(Pairs(p=evolve(used, spent=eur("4.01"))))
    assert reasons(TEN, offer, spent) == (BudgetSpent(eur("0.99")),)
    assert reasons(TEN, offer) == (Saves(eur("1.00")),)
    shared = evolve(offer, limit=Limit(total=2, scope="spring"))
    assert reasons(TEN, shared, Usage(Pairs(spring=Used(total=2)))) == (UsedUp(2),)
    with pytest.raises(InvalidProgramme, match="once or more"):
        Limit(total=0)


def redeemed(id: str, on: str, off: str = "") -> CouponRedeemed:
    money = eur(off) if off else None
    return CouponRedeemed(id=id, at=NOON, code="SAVE", order=on, amount=money)


def test_uses_are_counted_and_a_cancelled_order_gives_its_use_back() -> None:
    paid = evolve(TEN, payments=(Payment(id="p", at=NOON, amount=eur("10.00")),))
    cancelled = evolve(paid, id="2", cancellations=(Cancellation(id="c", at=NOON),))
    refunded = evolve(paid, id="3", refunds=(Refund(id="r", at=NOON, amount=eur("10.00")),))
    history = History.of(
        paid,
        cancelled,
        refunded,
        redeemed("a", "1", "1.00"),
        redeemed("b", "2", "1.00"),
        redeemed("c", "3"),
        redeemed("d", "elsewhere", "2.00"),
        CouponRedeemed(id="e", at=NOON, code="OTHER", order="1"),
    )
    scopes = Pairs(SAVE="save")
    assert usage([history], scopes=scopes).of("save") == Used(total=3, spent=eur("3.00"))
    both = frozenset(Undone)
    assert usage([history], scopes=scopes, undone=both).of("save").total == 2
    assert usage([history], scopes=scopes, undone=frozenset()).of("save").total == 4
    assert usage([History.of(redeemed("c", "x"))], scopes=scopes).of("save").spent is None
    assert usage([], scopes=scopes).of("save") == Used()


# ---------------------------------------------------------------- codes


_WIDE = "".join(chr(ord(symbol) + 0xFEE0) for symbol in "spring-10")


def test_a_code_is_read_whatever_its_case_and_separators() -> None:
    offer = evolve(percent("10"), code="SPRING-10")
    for typed in ("SPRING-10", "spring 10", " sPring1o", _WIDE):
        made = asked(TEN, offer, codes=(typed,))
        assert made.discount == eur("1.00")
        assert made.codes[0].code == typed
        assert made.codes[0].decision
        assert made.codes[0].public == made.codes[0].decision


def test_a_guesser_learns_nothing() -> None:
    over = evolve(percent("10", "over"), code="OVER", validity=Validity(last=date(2026, 1, 1)))
    foreign = evolve(percent("10", "foreign"), code="HERS", customer="C2")
    used = evolve(percent("10", "used"), code="USED", limit=Limit(total=1))
    known = Known(Usage(Pairs(used=Used(total=1))))
    made = quote(
        TEN,
        offers=(over, foreign, used),
        at=NOON,
        codes=("OVER", "HERS", "USED", "NONE"),
        known=known,
    )
    assert {answer.public for answer in made.codes} == {Declined((Refused(),))}
    assert [answer.decision.reasons for answer in made.codes] == [
        (Ended(datetime(2026, 1, 2, tzinfo=UTC)),),
        (Foreign(),),
        (UsedUp(1),),
        (UnknownCode(),),
    ]


def test_a_holder_is_told_what_is_missing() -> None:
    offer = evolve(percent("10"), code="MORE", minimum=eur("18.00"))
    answer = asked(TEN, offer, codes=("more",)).codes[0]
    assert answer.public == answer.decision == Declined((SpendMore(eur("8.00")),))


# ---------------------------------------------------------------- stacking


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


# ---------------------------------------------------------------- which to take


def test_the_best_combination_avoids_what_stands_in_the_way() -> None:
    alone = evolve(percent("15", "alone"), beside=Beside.NOTHING)
    offers = (alone, percent("10", "p"), percent("10", "q"), evolve(percent("1", "r"), code="X"))
    decision = best_combination(TEN, offers=offers, at=NOON)
    assert decision.value.offers == ("p", "q")
    assert decision.value.quote.discount == eur("1.90")
    assert decision.reasons == (AllTried(16),)
    many = tuple(percent("1", f"p{n:02}") for n in range(13))
    greedy = best_combination(order(line("100.00")), offers=many, at=NOON)
    assert greedy.value.offers == tuple(offer.id for offer in many)
    assert greedy.reasons == (Greedy(13),)


def test_the_next_offer_says_what_is_missing_and_what_it_would_save() -> None:
    small = evolve(percent("10", "small"), minimum=eur("18.00"))
    large = evolve(percent("20", "large"), minimum=eur("50.00"))
    decision = next_best_offer(TEN, offers=(small, large), at=NOON)
    assert isinstance(decision, Granted)
    assert (decision.value.offer, decision.value.missing) == ("large", eur("40.00"))
    assert decision.value.saves == eur("10.00")
    assert decision.reasons == (NearlyThere("large", eur("10.00")), SpendMore(eur("40.00")))
    third = Promotion(id="b", gives=BuyGet(buy=2, get=1))
    units = next_best_offer(order(line("5.00", quantity=2)), offers=(third,), at=NOON)
    assert isinstance(units, Granted)
    assert (units.value.units, units.value.saves) == (1, eur("5.00"))
    for far in (
        evolve(small, countries=("DE",)),
        percent("10"),
        evolve(small, gives=PercentOff(percent=Decimal(1), selection=Selection(skus=("x",)))),
        Promotion(id="g", gives=GiveAfter(StoreCredit(amount=eur("1"))), minimum=eur("99")),
    ):
        assert next_best_offer(TEN, offers=(far,), at=NOON) == Declined((NoneNear(),))


# ---------------------------------------------------------------- offers of messages


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
