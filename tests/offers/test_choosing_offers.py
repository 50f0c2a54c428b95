"""Which offers to take together, and which one is nearly reached."""

from datetime import date
from decimal import Decimal

from attrs import evolve

from checkout import NOON, TEN, line, order, percent
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.offer import (
    StoreCredit,
)
from postpurchase.domain.order import (
    Discount,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.selection import Selection
from postpurchase.offers import (
    Beside,
    BuyGet,
    GiveAfter,
    Lane,
    Mode,
    NextOffer,
    PercentOff,
    Promotion,
    Stacking,
    Validity,
    best_combination,
    next_best_offer,
)
from postpurchase.offers.best import AllTried, Greedy, NearlyThere, NoneNear
from postpurchase.offers.why import (
    AddMore,
    SpendMore,
)
from till import eur


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


def test_the_best_combination_is_asked_with_all_that_a_quote_takes() -> None:
    knives = Selection(categories=("kitchen",))
    catalog = Catalog(
        products=(
            Product(id="K", title="K", category="kitchen", variants=(Variant(sku="sku-l1"),)),
        )
    )
    offers = (
        evolve(percent("50", "a"), code="HALF"),
        Promotion(id="b", gives=PercentOff(percent=Decimal(10), selection=knives)),
    )
    decision = best_combination(
        TEN,
        offers=offers,
        at=NOON,
        codes=("half",),
        known=Known(catalog),
        floors=Pairs(l1=eur("4.70")),
        stacking=Stacking((Lane("", Mode.ALL_FROM_START),)),
    )
    assert decision.value.offers == ("a", "b")
    assert decision.value.quote.discount == eur("5.30")
    best = Stacking((Lane("", Mode.BEST),))
    two = (percent("10", "p"), percent("20", "q"))
    assert best_combination(TEN, offers=two, at=NOON, stacking=best).value.offers == ("q",)


def test_as_few_offers_as_do_are_taken_and_of_equal_ones_the_first() -> None:
    offers = (percent("10", "b"), evolve(percent("10", "a")), evolve(percent("9", "c"), code="X"))
    lane = Stacking((Lane("", Mode.FIRST),))
    decision = best_combination(TEN, offers=offers, at=NOON, stacking=lane)
    assert decision.value.offers == ("a",)
    assert best_combination(TEN, offers=(), at=NOON).value.offers == ()
    assert best_combination(TEN, offers=(), at=NOON).reasons == (AllTried(1),)


def test_up_to_twelve_offers_every_combination_is_tried_and_above_it_says_so() -> None:
    alone = evolve(percent("3", "alone"), beside=Beside.NOTHING)
    twelve = (alone, *(percent("1", f"p{n:02}") for n in range(11)))
    decision = best_combination(order(line("100.00")), offers=twelve, at=NOON)
    assert decision.reasons == (AllTried(4096),)
    assert decision.value.offers == tuple(f"p{n:02}" for n in range(11))
    thirteen = (*twelve, evolve(percent("50", "x"), code="X"))
    greedy = best_combination(order(line("100.00")), offers=thirteen, at=NOON)
    assert greedy.reasons == (Greedy(13),)
    # It begins with the one that saves most by itself, which then keeps all others out.
    assert greedy.value.offers == ("alone",)
    assert greedy.value.quote.discount == eur("3.00")
    assert str(greedy.reasons[0]) == "13 offers are too many to try all their combinations"
    nothing = tuple(evolve(percent("1", f"p{n}"), code="X") for n in range(13))
    assert best_combination(TEN, offers=nothing, at=NOON).value.offers == ()


def test_a_next_offer_is_asked_with_all_that_a_quote_takes() -> None:
    catalog = Catalog(
        products=(
            Product(id="K", title="K", category="kitchen", variants=(Variant(sku="sku-l1"),)),
        )
    )
    gives = PercentOff(percent=Decimal(50), selection=Selection(categories=("kitchen",)))
    offer = Promotion(id="p", gives=gives, code="HALF", minimum=eur("18.00"))
    bought = order(line("10.00"), line("40.00", "l2"))

    def near(**more: object) -> Granted[NextOffer] | Declined:
        asking: dict[str, object] = {"codes": ("half",), "known": Known(catalog), **more}
        return next_best_offer(bought, offers=(offer,), at=NOON, **asking)  # type: ignore[arg-type]  # each is of its own type

    found = NextOffer(offer="p", missing=eur("8.00"), units=0, saves=eur("9.00"))
    why = (NearlyThere("p", eur("9.00")), SpendMore(eur("8.00")))
    assert near() == Granted(found, why)
    assert near(codes=()) == Declined((NoneNear(),))
    assert near(known=NOTHING) == Declined((NoneNear(),))
    tight = near(floors=Pairs(l1=eur("9.50")))
    assert tight
    assert tight.value.saves == eur("8.50")
    other = PercentOff(percent=Decimal(1), selection=Selection(skus=("sku-l2",)))
    first = Promotion(id="a", gives=other, priority=9)
    lane = Stacking((Lane("", Mode.FIRST),))
    taken = next_best_offer(
        bought,
        offers=(offer, first),
        at=NOON,
        codes=("half",),
        known=Known(catalog),
        stacking=lane,
    )
    assert taken == Declined((NoneNear(),))


def test_a_next_offer_is_tried_with_more_of_the_dearest_line_that_is_a_purchase() -> None:
    lines = (
        line("4.00", "cheap"),
        evolve(line("10.00", "dear"), discounts=(Discount(amount=eur("9.00")),)),
        evolve(line("99.00", "card"), gift_card=True),
        line("0.00", "card+"),
    )
    pair = Promotion(id="b", gives=BuyGet(buy=2, get=1))
    decision = next_best_offer(order(*lines), offers=(pair,), at=NOON)
    # One more at 10.00 makes the discounted one, at 1.00, the cheapest of three.
    found = NextOffer(offer="b", missing=None, units=1, saves=eur("1.00"))
    assert decision == Granted(found, (NearlyThere("b", eur("1.00")), AddMore(1)))
    tenth = evolve(percent("10"), units=3)
    third = next_best_offer(order(*lines), offers=(tenth,), at=NOON)
    assert third
    assert third.value.saves == eur("1.50")  # of 4.00, 1.00 and one more at its full 10.00
    six = Promotion(id="s", gives=BuyGet(buy=3, get=3, percent=Decimal(50)))
    more = next_best_offer(order(lines[0]), offers=(six,), at=NOON)
    assert more
    assert (more.value.units, more.value.saves) == (5, eur("6.00"))
    both = evolve(percent("10"), minimum=eur("18.00"), units=3)
    two = next_best_offer(TEN, offers=(both,), at=NOON)
    assert two
    assert (two.value.missing, two.value.units) == (eur("8.00"), 2)
    assert two.reasons[1] == SpendMore(eur("8.00"))


def test_a_next_offer_that_is_out_of_reach_does_not_hide_others() -> None:
    far = evolve(percent("50", "a"), countries=("DE",), minimum=eur("11.00"))
    near = evolve(percent("10", "b"), minimum=eur("11.00"))
    late = evolve(
        percent("50", "c"), minimum=eur("11.00"), validity=Validity(last=date(2026, 1, 1))
    )
    decision = next_best_offer(TEN, offers=(far, near, late), at=NOON)
    assert decision
    assert decision.value.offer == "b"
    missing = Promotion(
        id="d",
        gives=PercentOff(percent=Decimal(50), selection=Selection(skus=("x",))),
        minimum=eur("11.00"),
        basis=Selection(skus=("x",)),
    )
    assert next_best_offer(TEN, offers=(missing, near), at=NOON)
    judged = evolve(
        near, gives=PercentOff(percent=Decimal(10), selection=Selection(skus=("sku-l1",)))
    )
    whole = evolve(judged, basis=Selection())
    bought = order(line("4.00"), line("5.00", "l2"))
    found = next_best_offer(bought, offers=(whole,), at=NOON)
    assert found
    assert (found.value.missing, found.value.saves) == (eur("2.00"), eur("0.40"))
