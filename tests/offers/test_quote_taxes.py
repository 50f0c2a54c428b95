"""Taxes on top of prices: what a quote comes to where prices leave them out."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.money import Money
from postpurchase.domain.order import Charge, ChargeKind, Line, Order, Shipping, Tax
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import AmountOff, PercentOff, Promotion, ShippingOff, quote

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RATE = Decimal("0.0825")


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def taxed(price: str, *taxes: Tax, id: str = "l1", quantity: int = 1) -> Line:
    return Line(id=id, sku=id, unit_price=usd(price), quantity=quantity, taxes=taxes)


def order(*lines: Line, shipping: tuple[Shipping, ...] = ()) -> Order:
    return Order(id="1", at=NOON, currency="USD", lines=lines, shipping=shipping)


TENTH = Promotion(id="p", gives=PercentOff(percent=Decimal(10)))
FIVE = Promotion(id="a", gives=AmountOff(amounts=(usd("5.00"),)))
FREE = Promotion(id="f", gives=ShippingOff())
SALES = Tax(amount=usd("0.83"), title="Texas", rate=RATE)


def test_a_tax_is_counted_anew_at_its_rate() -> None:
    made = quote(order(taxed("10.00", SALES)), offers=(TENTH,), at=NOON)
    assert made.lines == (("l1", usd("9.00")),)
    assert (made.before_tax, made.tax) == (usd("9.00"), usd("0.74"))  # in proportion: 0.75
    assert (made.total, made.to_pay) == (usd("9.74"), usd("9.74"))


def test_a_tax_that_its_rate_does_not_give_goes_down_in_proportion() -> None:
    by_unit = Tax(amount=usd("0.84"), rate=RATE)  # rounded for each of two units: 2 x 0.42
    bare = Tax(amount=usd("1.00"))
    made = quote(order(taxed("5.05", by_unit, bare, quantity=2)), offers=(FIVE,), at=NOON)
    assert made.before_tax == usd("5.10")
    assert made.tax == usd("0.42") + usd("0.50")
    assert quote(order(taxed("10.00", bare)), offers=(TENTH,), at=NOON).tax == usd("0.90")


def test_shipping_is_taxed_by_what_is_left_of_it_and_charges_stay() -> None:
    ways = (
        Shipping(price=usd("4.00"), taxes=(Tax(amount=usd("0.33"), rate=RATE),)),
        Shipping(price=usd("8.00"), taxes=(Tax(amount=usd("0.66"), rate=RATE),)),
    )
    wrap = Charge(kind=ChargeKind.GIFT_WRAP, amount=usd("2.00"), tax=usd("0.17"))
    tip = Charge(kind=ChargeKind.TIP, amount=usd("1.00"))
    bought = evolve(order(taxed("10.00", SALES), shipping=ways), charges=(wrap, tip))
    made = quote(bought, offers=(), at=NOON)
    assert made.tax == bought.tax == usd("1.99")
    assert made.total == bought.total == usd("26.99")
    free = quote(bought, offers=(FREE,), at=NOON)
    assert (free.shipping, free.tax) == (usd("0.00"), usd("1.00"))
    half = Promotion(id="h", gives=ShippingOff(percent=Decimal(50)))
    assert quote(bought, offers=(half,), at=NOON).tax == usd("1.50")


def test_what_is_taken_off_shipping_is_taken_off_what_costs_something() -> None:
    ways = (
        Shipping(price=usd("5.00"), taxes=(Tax(amount=usd("5.00")),)),
        Shipping(price=usd("0.00")),
    )
    assert quote(order(taxed("10.00"), shipping=ways), offers=(FREE,), at=NOON).tax == usd("0.00")


def test_the_least_price_bears_its_tax() -> None:
    cent = order(taxed("0.01", Tax(amount=usd("0.05"))))
    whole = Promotion(id="w", gives=PercentOff(percent=Decimal(100)))
    assert quote(cent, offers=(whole,), at=NOON).tax == usd("0.00")


def test_prices_with_their_taxes_are_all_there_is_to_pay() -> None:
    bought = evolve(order(taxed("10.00", SALES)), taxes_included=True)
    made = quote(bought, offers=(TENTH,), at=NOON)
    assert (made.tax, made.before_tax, made.to_pay) == (usd("0"), usd("9.00"), usd("9.00"))


def test_what_was_free_keeps_the_tax_that_stands_on_it() -> None:
    bought = order(taxed("10.00"), taxed("0.00", Tax(amount=usd("0.25")), id="deposit"))
    assert quote(bought, offers=(TENTH,), at=NOON).tax == usd("0.25")
    zero_rated = order(taxed("10.00", Tax(amount=usd("0.00"), rate=Decimal(0))))
    assert quote(zero_rated, offers=(TENTH,), at=NOON).tax == usd("0.00")


def test_points_pay_taxes_too() -> None:
    made = quote(order(taxed("10.00", SALES)), offers=(), at=NOON, points_worth=usd("99.00"))
    assert (made.points_worth, made.to_pay) == (usd("10.83"), usd("0.00"))


def test_taxes_of_a_platform_come_on_top_of_a_first_quote() -> None:
    first = quote(order(taxed("10.00")), offers=(TENTH,), at=NOON, points_worth=usd("4.00"))
    assert (first.before_tax, first.tax, first.to_pay) == (usd("9.00"), usd("0"), usd("5.00"))
    again = first.taxed(usd("0.74"))
    assert (again.before_tax, again.tax, again.total) == (usd("9.00"), usd("0.74"), usd("9.74"))
    assert (again.points_worth, again.to_pay) == (usd("4.00"), usd("5.74"))
    assert again.adjustments == first.adjustments
    whole = first.taxed(usd("0.74"), points_worth=usd("40.00"))
    assert (whole.points_worth, whole.to_pay) == (usd("9.74"), usd("0.00"))
    none = first.taxed(usd("0.74"), points_worth=usd("0"))
    assert none.to_pay == usd("9.74")


def test_points_are_worth_nothing_or_more() -> None:
    said = "quote: points are worth nothing or more, got -0.01 USD: pass what redeeming them"
    with pytest.raises(InvalidProgramme, match=said):
        quote(order(taxed("10.00")), offers=(), at=NOON, points_worth=usd("-0.01"))


amounts = st.integers(0, 900).map(lambda minor: Money(minor, "USD"))
taxes = st.lists(
    st.builds(Tax, amount=amounts, rate=st.none() | st.just(RATE) | st.just(Decimal("0.2"))),
    max_size=2,
).map(tuple)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    lines = tuple(
        Line(
            id=f"l{n}",
            unit_price=draw(amounts),
            quantity=draw(st.integers(1, 3)),
            taxes=draw(taxes),
        )
        for n in range(draw(st.integers(1, 3)))
    )
    ways = st.lists(st.builds(Shipping, price=amounts, taxes=taxes), max_size=2).map(tuple)
    included = draw(st.booleans())
    bought = Order(id="1", at=NOON, currency="USD", lines=lines, shipping=draw(ways))
    return evolve(bought, taxes_included=included)


@given(orders())
def test_without_offers_a_quote_comes_to_what_the_order_does(bought: Order) -> None:
    assert quote(bought, offers=(), at=NOON).total == bought.total


@given(orders(), st.integers(1, 100))
def test_a_discount_never_raises_a_tax(bought: Order, percent: int) -> None:
    offers = (Promotion(id="p", gives=PercentOff(percent=Decimal(percent))), FREE)
    made = quote(bought, offers=offers, at=NOON)
    assert Money.zero("USD") <= made.tax <= bought.tax
    assert made.total == made.before_tax + made.tax
