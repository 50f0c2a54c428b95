"""Laws of quotes: nothing lost, nothing below its floor, no order of the input matters."""

from datetime import UTC, datetime
from decimal import Decimal

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.order import Charge, ChargeKind, Line, Order, Shipping
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.offers import (
    AmountOff,
    Benefit,
    Beside,
    BuyGet,
    Lane,
    Limit,
    Mode,
    PercentOff,
    Promotion,
    Quote,
    Scope,
    ShippingOff,
    Stacking,
    quote,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LANES = ("", "a", "b")
CODES = ("SUN", "RAIN", "SNOW")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


SHARED = Limit(total=2, scope="shared", budget=eur(2500))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    lines = tuple(
        Line(
            id=f"l{n}",
            sku=draw(st.sampled_from(("x", "y", "z"))),
            unit_price=eur(draw(st.integers(0, 3000))),
            quantity=draw(st.integers(1, 4)),
        )
        for n in range(draw(st.integers(1, 5)))
    )
    shipping = tuple(
        Shipping(price=eur(each)) for each in draw(st.lists(st.integers(0, 900), max_size=2))
    )
    return Order(id="1", at=NOON, currency="EUR", lines=lines, shipping=shipping)


selections = st.sampled_from((Selection(), Selection(skus=("x",)), Selection(skus=("x", "y"))))
percents = st.decimals(Decimal("0.5"), 100, places=1)
benefits: st.SearchStrategy[Benefit] = st.one_of(
    st.builds(
        PercentOff,
        percent=percents,
        selection=selections,
        scope=st.sampled_from(Scope),
        most=st.none() | st.integers(1, 2000).map(eur),
        units=st.none() | st.integers(1, 4),
        rounding=st.sampled_from(Rounding),
    ),
    st.builds(
        AmountOff,
        amounts=st.integers(1, 5000).map(lambda minor: (eur(minor),)),
        selection=selections,
        scope=st.sampled_from(Scope),
    ),
    st.builds(
        BuyGet, buy=st.integers(1, 3), get=st.integers(1, 2), percent=percents, gets=selections
    ),
    st.builds(ShippingOff, percent=percents),
)


@st.composite
def offers(draw: st.DrawFn) -> tuple[Promotion, ...]:
    return tuple(
        Promotion(
            id=f"p{n}",
            gives=draw(benefits),
            minimum=draw(st.none() | st.integers(0, 6000).map(eur)),
            units=draw(st.integers(0, 5)),
            priority=draw(st.integers(0, 2)),
            lane=draw(st.sampled_from(LANES)),
            code=draw(st.sampled_from(("", "", "", *CODES))),
            limit=draw(st.sampled_from((Limit(), Limit(), SHARED, Limit(budget=eur(900))))),
            basis=draw(st.none() | selections),
            beside=draw(st.sampled_from((*[Beside.OTHERS] * 9, Beside.NOTHING))),
        )
        for n in range(draw(st.integers(0, 6)))
    )


stackings = st.lists(st.sampled_from(Mode), min_size=3, max_size=3).map(
    lambda modes: Stacking(tuple(map(Lane, LANES, modes)))
)


def price(order: Order, given: tuple[Promotion, ...], stacking: Stacking) -> Quote:
    return quote(order, offers=given, at=NOON, stacking=stacking, codes=CODES[:2])


@given(orders(), offers(), stackings)
def test_the_total_is_what_was_listed_less_all_adjustments(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking
) -> None:
    made = price(order, given, stacking)
    assert made.total == order.total - made.discount
    for adjustment in made.adjustments:
        parts = [part for _, part in adjustment.lines]
        shipping = [adjustment.shipping] if adjustment.shipping else []
        assert Money.sum([*parts, *shipping], currency="EUR") == adjustment.amount
    for line in order.lines:
        off = [dict(each.lines).get(line.id, eur(0)) for each in made.adjustments]
        assert dict(made.lines)[line.id] == line.net - Money.sum(off, currency="EUR")


@given(orders(), offers(), stackings, st.data())
def test_no_line_falls_below_its_floor(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking, data: st.DataObject
) -> None:
    floors = Pairs(
        {line.id: eur(data.draw(st.integers(0, line.net.minor))) for line in order.lines}
    )
    made = quote(order, offers=given, at=NOON, stacking=stacking, floors=floors)
    assert all(net >= floors[id] for id, net in made.lines)
    assert made.shipping >= eur(0)
    assert made.to_pay >= eur(0)


@given(orders(), offers(), stackings, st.data())
def test_the_order_of_offers_does_not_matter(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking, data: st.DataObject
) -> None:
    mixed = tuple(data.draw(st.permutations(given)))
    assert price(order, mixed, stacking) == price(order, given, stacking)


@given(orders(), offers(), stackings)
def test_every_offer_is_answered_and_every_answer_says_why(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking
) -> None:
    made = price(order, given, stacking)
    assert sorted(each.offer for each in made.answers) == sorted(each.id for each in given)
    applied = {each.offer for each in made.answers if each.decision}
    assert applied == {each.offer for each in made.adjustments}
    assert all(str(reason) for each in made.answers for reason in each.decision.reasons)


@given(orders(), offers(), stackings)
def test_what_offers_share_is_not_used_more_often(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking
) -> None:
    made = price(order, given, stacking)
    scopes = {each.id: each.scope for each in given}
    for scope, limit in {each.scope: each.limit for each in given}.items():
        used = [each for each in made.adjustments if scopes[each.offer] == scope]
        assert limit.total is None or len(used) <= limit.total
        spent = Money.sum((each.amount for each in used), currency="EUR")
        assert limit.budget is None or spent <= limit.budget


@given(orders(), offers(), stackings, st.integers(-4000, 0), st.integers(-500, 500))
def test_no_offer_takes_a_total_below_zero_whatever_credits_there_are(
    order: Order, given: tuple[Promotion, ...], stacking: Stacking, credit: int, charge: int
) -> None:
    less = Line(id="credit", sku="x", unit_price=eur(credit))
    tip = Charge(kind=ChargeKind.ROUNDING, amount=eur(charge))
    bought = evolve(order, lines=(*order.lines, less), charges=(tip,))
    made = price(bought, given, stacking)
    assert made.total >= min(bought.total, eur(0))
    assert made.discount >= eur(0)
    assert all(part > eur(0) for each in made.adjustments for _, part in each.lines)
    assert dict(made.lines)["credit"] == eur(credit)


@given(orders(), benefits)
def test_an_offer_never_takes_more_than_is_there(order: Order, benefit: Benefit) -> None:
    made = price(order, (Promotion(id="p", gives=benefit),), Stacking())
    assert eur(0) <= made.discount <= order.total


@given(orders(), percents, percents)
def test_a_higher_percentage_never_takes_less(order: Order, one: Decimal, two: Decimal) -> None:
    low, high = sorted((one, two))
    offer = Promotion(id="p", gives=PercentOff(percent=low))
    more = evolve(offer, gives=PercentOff(percent=high))
    assert price(order, (offer,), Stacking()).discount <= price(order, (more,), Stacking()).discount
