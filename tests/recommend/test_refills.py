"""When something runs out, and how often somebody is reminded."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from math import exp

import pytest
from attrs import evolve

from household import AT, CATALOG, EXTRA, SOAP, TODAY, ago, asked, due, order, product
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import MessageSent, ReturnOpened
from postpurchase.domain.history import History
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
)
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend import (
    Bestsellers,
    BoughtOften,
    Due,
    Favourites,
    Interval,
    Intervals,
    NoCatalog,
    NothingProposed,
    Purchase,
    Refill,
    RunsOut,
    Sales,
    Subscriptions,
    Suggest,
    buying_rate,
)
from postpurchase.recommend.intervals import gaps_of, shrunk, speed
from vectors import cases

VECTORS = cases("recommend")


def test_the_models_of_the_paper_come_out_as_published() -> None:
    inside = VECTORS["mpg-rate-inside-2tmean"]
    given = inside["given"]
    rate = buying_rate(
        bought=given["k"],
        shape=given["alpha"],
        scale=given["beta"],
        days=given["t_purch"],
        usual=given["t_mean"],
        since=given["t_since_last"],
    )
    assert rate == pytest.approx(inside["expected"]["lambda"], abs=1e-12)
    chance = 1 - exp(-rate * given["window"])
    assert chance == pytest.approx(inside["expected"]["p_buy_in_window"], abs=1e-12)
    outside = VECTORS["mpg-rate-outside"]
    given = outside["given"]
    rate = buying_rate(
        bought=given["k"],
        shape=given["alpha"],
        scale=given["beta"],
        days=given["t_since_first"],
        usual=given["t_mean"],
        since=given["t_since_last"],
    )
    assert rate == pytest.approx(outside["expected"]["lambda"], abs=1e-12)
    repeat = VECTORS["repeat-customer-probability"]
    interval = Interval(
        days=1,
        gaps=1,
        customers=repeat["given"]["customers_bought_once_or_more"],
        repeated=repeat["given"]["customers_bought_more_than_once"],
    )
    assert interval.repeat_rate == pytest.approx(repeat["expected"]["rcp"], abs=1e-12)


def test_own_gaps_are_shrunk_to_the_products() -> None:
    case = VECTORS["interval-shrunk-log"]
    given = case["given"]
    days = shrunk(given["customer_intervals_days"], given["product_typical_days"], given["k0"])
    assert days == pytest.approx(case["expected"]["days"], abs=1e-12)


@pytest.mark.parametrize(
    ("customers", "repeated", "replenished"),
    [(50, 5, True), (51, 5, False), (5, 5, True), (4, 4, False)],
)
def test_a_thing_is_replenished_when_five_and_one_in_ten_bought_it_again(
    customers: int,
    repeated: int,
    replenished: bool,  # noqa: FBT001 - a case
) -> None:
    interval = Interval(days=1, gaps=9, customers=customers, repeated=repeated)
    assert interval.replenished is replenished


def test_intervals_are_counted_per_unit_by_product_and_category() -> None:
    start = date(2026, 1, 1)
    purchases = [
        Purchase(
            customer=f"c{who}",
            product="tea",
            day=start + timedelta(days=day),
            units=units,
            category="drinks",
        )
        for who in range(5)
        for day, units in ((0, 2), (0, 1), (30, 1), (40, 1))
    ]
    once = Purchase(customer="c9", product="kettle", day=start, category="tools")
    table = Intervals.of([*purchases, once])
    tea = table.products["tea"]
    assert (tea.gaps, tea.customers, tea.repeated) == (10, 5, 5)
    assert tea.days == pytest.approx(10)
    assert table.usual == pytest.approx(10)
    assert table.find("tea", "drinks") == tea
    assert table.find("coffee", "drinks") == table.categories["drinks"]
    assert table.find("kettle", "tools") is None
    assert Intervals.of([]) == Intervals(usual=30.0)
    assert gaps_of({start: 0, start + timedelta(days=3): 1}) == (3.0,)
    with pytest.raises(InvalidSuggestion, match="a usual gap must be above 0 days, got 0"):
        Intervals(usual=0)


def test_a_product_of_few_gaps_is_taken_to_be_much_like_the_others() -> None:
    start = date(2026, 1, 1)
    days = {"tea": (0, 8, 16, 24, 32, 40), "salt": (0, 128)}
    table = Intervals.of(
        Purchase(customer="c", product=product, day=start + timedelta(days=day), category=product)
        for product, bought in days.items()
        for day in bought
    )
    assert table.usual == pytest.approx((8**5 * 128) ** (1 / 6))
    assert table.products["tea"].days == pytest.approx((8**5 * table.usual**5) ** (1 / 10))
    assert table.products["salt"].days == pytest.approx((128 * table.usual**5) ** (1 / 6))
    assert table.categories["salt"] == table.products["salt"]


def test_a_slow_household_is_half_way_believed_after_ten_gaps() -> None:
    assert speed([]) == 1
    assert speed([(20, 10)] * 10) == pytest.approx(2**0.5)


def test_a_product_runs_out_after_its_time_times_the_units() -> None:
    assert due(order("soap", days=20)) == (
        Due(product="soap", last=TODAY - timedelta(20), days=30),
    )
    (two,) = due(order("soap", days=20, units=2))
    assert two.days == pytest.approx(60)
    assert two.on == TODAY + timedelta(days=40)
    assert asked(order("soap", days=23)) == []
    assert asked(order("soap", days=24)) == ["soap"]
    assert asked(order("soap", days=45)) == ["soap"]
    assert asked(order("soap", days=46)) == []


def test_own_gaps_move_the_day_and_the_reason_names_it() -> None:
    history = [order("soap", days=days) for days in (100, 80, 60, 40, 20)]
    (one,) = due(*history)
    assert 20 < one.days < 25
    decision = Refill().decide(History.of(*history), at=AT, known=Known(CATALOG))
    assert decision
    assert decision.reasons == (RunsOut(one.on, "Soap"),)
    assert str(decision.reasons[0]) == f"runs out about {one.on}"


def test_heads_are_due_from_the_day_of_the_toothbrush_and_then_of_the_heads() -> None:
    assert asked(order("brush", days=80)) == ["heads", "soft-heads"]
    assert asked(order("brush", days=80), order("heads", days=2)) == []
    assert asked(
        order("brush", days=200), order("soft-heads", days=90), order("heads", days=80)
    ) == ["heads"]
    assert asked(order("heads", days=80)) == ["heads"]
    assert [each.product for each in due(order("brush", days=50))] == ["soft-heads", "heads"]


def test_what_others_needed_counts_where_the_product_says_nothing() -> None:
    tea = product("tea", category="drinks")
    known = Known(
        Catalog((tea,)),
        Intervals(products=Pairs(tea=Interval(days=10, gaps=50, customers=60, repeated=30))),
    )
    (one,) = due(order("tea", days=10), known=known)
    assert one.days == pytest.approx(10)
    assert due(order("tea", days=10), known=Known(Catalog((tea,)))) == ()
    assert due(order("ghost", days=10)) == ()
    assert Refill().due(History(), at=AT) == ()


def test_a_slow_household_is_reminded_later_of_other_things_too() -> None:
    ink = product("ink", 30)
    history = [order("soap", days=days) for days in (400, 340, 280, 220, 160, 100)]
    found = due(*history, order("ink", days=5), known=Known(Catalog((SOAP, ink))))
    days = {each.product: each.days for each in found}
    assert days["ink"] > 33


def test_nobody_is_reminded_who_subscribed_returned_or_was_reminded_twice() -> None:
    bought = order("soap", days=28)
    known = Known(CATALOG).add(Subscriptions(frozenset({"soap"})))
    assert asked(bought, known=known) == []
    assert asked(bought, ReturnOpened(id="r", at=ago(20), order="o28")) == []

    def reminder(id: str, days: int, about: str) -> MessageSent:
        return MessageSent(id=id, at=ago(days), kind="refill", about=about)

    once, again = reminder("m1", 3, "product:soap"), reminder("m2", 1, "order:o28")
    assert asked(bought, once) == ["soap"]
    assert asked(bought, once, again) == []
    before = reminder("m0", 40, "product:soap")
    other = evolve(again, kind="win_back")
    assert asked(bought, once, before, other) == ["soap"]
    hours = [evolve(before, id=f"h{n}", at=bought.at - timedelta(hours=n)) for n in (1, 2)]
    assert asked(bought, *hours) == ["soap"]  # on the same day, and it brought that very purchase
    at_once = evolve(once, at=bought.at)
    assert asked(bought, at_once, again) == []
    earlier = reminder("m3", 45, "product:soap"), reminder("m4", 40, "order:o60")
    assert asked(order("soap", days=30), order("soap", days=60), *earlier) == ["soap"]


def test_a_refill_may_be_suggested_to_its_owner_and_the_same_from_bestsellers_not() -> None:
    history = History.of(order("soap", days=28))
    suggest = Suggest(policy=Refill(), fallback=Bestsellers(products=("soap", "brush")))
    decision = suggest.decide(history, at=AT, known=Known(CATALOG))
    assert decision
    assert decision.value.ids == ("soap", "brush")
    plain = Suggest(policy=Bestsellers(products=("soap",)))
    assert not plain.decide(history, at=AT, known=Known(CATALOG))


def test_refills_rank_by_decayed_counts() -> None:
    catalog = Catalog((SOAP, product("ink", 30)))
    facts = (order("ink", "soap", days=28), order("ink", days=58))
    decision = Refill().decide(History.of(*facts), at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ("ink", "soap")
    assert decision.value.candidates[1].score == pytest.approx(0.99**28)


def test_favourites_count_days_and_ties_go_to_the_popular() -> None:
    facts = (
        order("a", "b", days=9),
        evolve(order("a", days=9), id="same-day"),
        order("b", "c", days=3),
    )
    known = Known(Catalog(), Sales(Pairs(c=5, a=1)))
    decision = Favourites(decay=1).decide(History.of(*facts), at=AT, known=known)
    assert decision
    assert decision.value.ids == ("b", "c", "a")
    assert decision.reasons == (BoughtOften(2),)
    assert str(BoughtOften(2)) == "bought 2 times"
    lately = Favourites(decay=0.5).decide(History.of(*facts), at=AT, known=known)
    assert lately
    assert lately.value.ids == ("b", "c", "a")
    assert Favourites().decide(History(), at=AT, known=known) == Declined(
        (NothingProposed("favourites"),)
    )


def test_without_a_catalog_nobody_knows_what_is_used_up() -> None:
    for policy in (Favourites(), Refill(), EXTRA):
        assert policy.decide(History.of(order("soap", days=28)), at=AT) == Declined((NoCatalog(),))
    nothing = Refill().decide(History(), at=AT, known=Known(CATALOG))
    assert nothing == Declined((NothingProposed("refill"),))


@pytest.mark.parametrize("days", [0, -3])
def test_a_thing_that_lasts_no_time_says_nothing(days: int) -> None:
    at_once = evolve(SOAP, lasts=timedelta(days=days))
    history = (order("soap", days=28), order("soap", days=60))
    assert due(*history, known=Known(Catalog((at_once,)))) == ()
    assert asked(*history, known=Known(Catalog((at_once,)))) == []


def test_a_pile_that_lasts_for_ever_has_the_last_day_there_is() -> None:
    pile = order("soap", days=28, units=99_999)
    (found,) = due(pile)
    assert found.days == 99_999 * 30
    assert found.on == date.max
    assert asked(pile) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Favourites(decay=0), "decay must be above 0 and at most 1, got 0"),
        (lambda: Refill(decay=2), "decay must be above 0 and at most 1, got 2"),
        (lambda: Refill(window=(Decimal(1), Decimal("0.5"))), "a window runs from above 0"),
        (lambda: Refill(window=(Decimal(1), Decimal("NaN"))), "above 0 upwards, got 1 to NaN"),
        (lambda: evolve(EXTRA, share=Decimal(0)), "share must be above 0 and at most 1, got 0"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidSuggestion, match=says):
        wrong()
