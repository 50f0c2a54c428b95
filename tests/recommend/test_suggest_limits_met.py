"""Limits are met exactly, each thing is said once, and of equals the first is told."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from household import EXTRA, extra, gift, name, sent
from kitchen import AT, SHOP, Scores, customer, eur, order, product, suggested
from postpurchase.domain.event import ReturnOpened, ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Chain,
    EnoughOfPolicy,
    OftenTogether,
    Sales,
    Situation,
    Stock,
    Suggest,
    mine_pairs,
)


def situation(*facts: Order | ReturnOpened | ReviewPosted, ids: str = "abc") -> Situation:
    known = Known(Catalog(tuple(map(product, ids))), SHOP)
    found = Situation.of(History.of(customer(), *facts), at=AT, known=known)
    assert found is not None
    return found


def unnamed(bought: Order) -> Order:
    """The same order of a shop that sells by SKU alone."""
    return evolve(bought, lines=tuple(evolve(each, product=None) for each in bought.lines))


def test_the_last_unit_and_what_nobody_counts_are_there() -> None:
    shoe = Product(id="shoe", title="Shoe", variants=tuple(Variant(sku=each) for each in "xyz"))
    known = Known(Catalog((shoe,)), Stock(Pairs(x=0, y=1)))
    found = Situation.of(History(), at=AT, known=known)
    assert found is not None
    assert [each.sku for each in found.there(shoe)] == ["y", "z"]


def test_units_kept_on_a_day_are_added_up_without_what_was_refunded() -> None:
    three = order("a", id="1")
    three = evolve(three, lines=(evolve(three.lines[0], quantity=3),))
    back = RefundLine(line=three.lines[0].id, amount=eur("10.00"), quantity=1)
    refund = Refund(id="f", at=AT, amount=eur("10.00"), lines=(back,))
    refunded = evolve(three, refunds=(refund,))
    assert situation(three).purchases["a"] == {date(2026, 5, 1): 3}
    assert situation(refunded).purchases["a"] == {date(2026, 5, 1): 2}
    assert situation(refunded, order("a", id="2")).purchases["a"] == {date(2026, 5, 1): 3}


def test_a_purchase_by_sku_is_no_newer_than_a_later_one_by_product() -> None:
    earlier, later = unnamed(order("a", id="1", days=30)), order("a", id="2", days=5)
    assert situation(earlier, later).owned == {"a": later.at}


def test_only_the_line_they_sent_back_is_sent_back_and_three_stars_are_no_dislike() -> None:
    bought = order("a", "b")
    back = ReturnOpened(id="r", at=AT, order=bought.id, lines=Pairs({bought.lines[1].id: 1}))
    three = ReviewPosted(id="v", at=AT, product="a", rating=3)
    found = situation(bought, back, three)
    assert found.sent_back == {"b"}
    assert found.disliked == {}


def test_quotas_inside_different_policies_are_counted_apart() -> None:
    one = Chain(policies=(Scores({"a": 2, "b": 1}),), quotas=(1,))
    other = Chain(policies=(Scores({"c": 2, "d": 1}),), quotas=(1,))
    both = Suggest(policy=Chain(policies=(one, other), quotas=(2, 2)))
    ids, dropped = suggested(both, known=Known(Catalog(tuple(map(product, "abcd")))))
    assert ids == ("a", "c")
    assert dropped == {"b": EnoughOfPolicy(1), "d": EnoughOfPolicy(1)}


def test_a_blend_keeps_every_reason_and_whatever_may_be_bought_again() -> None:
    known = Known(Catalog((product("a"), product("b"))))
    scored, listed = Scores({"a": 1}, again=("a",)), Bestsellers(products=("a",))
    for policies in ((scored, listed), (Chain(policies=(scored, listed)),)):
        blend = Blend(policies=policies, weights=(1.0,) * len(policies))
        decision = blend.decide(History(), at=AT, known=known)
        assert decision
        (only,) = decision.value
        assert only.again
        alone = [each.decide(History(), at=AT, known=known) for each in (scored, listed)]
        assert only.reasons == tuple(reason for each in alone for reason in each.reasons)


def test_a_small_share_stays_small_and_nothing_counts_below_nothing() -> None:
    known = Known(Catalog(tuple(map(product, "abc"))))
    blend = Blend(policies=(Scores({"a": 0.8, "b": 0.2, "c": -1}),), weights=(2,))
    decision = blend.decide(History(), at=AT, known=known)
    assert decision
    assert [each.score for each in decision.value] == [2, 0.5, 0]


def test_no_policy_at_all_is_refused_in_so_many_words() -> None:
    with pytest.raises(InvalidSuggestion, match=r"^policies must name at least one, got none$"):
        Chain(policies=())


def test_a_gift_may_cost_and_weigh_as_much_as_there_is() -> None:
    dress = Product(id="dress", title="Dress", category="fashion")
    catalog = Catalog((dress, extra("socks", cost="1.00 EUR", grams=50)))
    assert name(gift(sent("DE", "dress"), catalog=catalog)) == "socks"


def test_another_salt_draws_other_orders_and_no_share_is_above_all() -> None:
    half = evolve(EXTRA, share=Decimal("0.5"))
    orders = [evolve(sent("DE", "dress"), id=str(number)) for number in range(50)]
    one, other = (
        [each.id for each in orders if gift(each, policy=evolve(half, salt=salt))]
        for salt in ("spring", "autumn")
    )
    assert one != other
    with pytest.raises(InvalidSuggestion, match=r"at most 1, got 1\.01"):
        evolve(EXTRA, share=Decimal("1.01"))


MANY = tuple(f"n{number:02}" for number in range(35))


def together(*facts: Order, baskets: list[list[str]], sold: Sales) -> dict[str, OftenTogether]:
    """What goes with these orders, in order, with its reason."""
    ids = sorted({id for each in baskets for id in each})
    table = mine_pairs(baskets, min_count=1, max_basket=40, top=40)
    decision = BoughtTogether(evidence=1, most=90).decide(
        History.of(*facts), at=AT, known=Known(table, Catalog(tuple(map(product, ids))), sold)
    )
    assert decision
    found = [each.product for each in decision.value]
    assert len(found) == len(set(found))
    reasons = [each.reasons[0] for each in decision.value]
    pairs = zip(found, reasons, strict=True)
    return {id: why for id, why in pairs if isinstance(why, OftenTogether)}


def test_many_equal_neighbours_are_each_proposed_once() -> None:
    assert tuple(together(order("p"), baskets=[["p", *MANY]], sold=Sales()))[:35] == MANY


def test_many_neighbours_of_one_earlier_purchase_are_enough() -> None:
    facts = order("p", id="1", days=9), order("q", id="2", days=1)
    assert set(MANY) <= set(together(*facts, baskets=[["p", *MANY]], sold=Sales()))


def test_one_unit_sold_goes_before_none_and_of_equal_links_the_first_is_told() -> None:
    baskets = [["p", "a", "b"], ["q", "a", "b"]]
    found = together(order("p", "q"), baskets=baskets, sold=Sales(Pairs(b=1)))
    assert tuple(found)[:2] == ("b", "a")
    assert {found["a"].product, found["b"].product} == {"P"}
