"""What the filters leave of what was proposed, and why the rest is refused."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from kitchen import AT, SHOP, Scores, customer, eur, lasting, order, product, suggested
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.event import ReturnOpened, ReviewPosted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.order import Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    Relation,
    RelationKind,
    Variant,
)
from postpurchase.domain.rule import Known
from postpurchase.recommend import (
    AlreadySuggested,
    Bestsellers,
    CountryUnknown,
    Disliked,
    Dropped,
    EnoughOfCategory,
    Filters,
    NothingLeft,
    NotInCatalog,
    NotSoldThere,
    OutOfStock,
    Owned,
    SentBack,
    Situation,
    Stock,
    Suggest,
)
from vectors import cases

VECTORS = cases("recommend")


def test_at_most_so_many_of_a_category() -> None:
    case = VECTORS["policy-scenario-5"]
    candidates = case["given"]["candidates"]
    catalog = Catalog(tuple(product(each["id"], category=each["category"]) for each in candidates))
    suggest = Suggest(
        policy=Scores({each["id"]: each["score"] for each in candidates}),
        limit=case["given"]["k"],
        filters=Filters(per_category=case["given"]["max_per_category"]),
    )
    ids, dropped = suggested(suggest, known=Known(catalog))
    assert list(ids) == case["expected"]["ids"]
    assert dropped == {"c": EnoughOfCategory("x", 2)}


def test_out_of_stock_and_returned_fall_to_the_fallback() -> None:
    case = VECTORS["policy-scenario-6"]
    catalog = Catalog(
        (product("a", stock=case["given"]["stock"]["a"]), product("b", stock=3), product("c"))
    )
    suggest = Suggest(policy=Scores({"a": 2, "b": 1}), fallback=Bestsellers(products=("c",)))
    back = ReturnOpened(id="r1", at=AT, order="1001", lines=Pairs({"b-1": 1}))
    ids, dropped = suggested(suggest, order("b"), back, known=Known(catalog))
    assert list(ids) == case["expected"]["ids"]
    assert dropped["a"] == OutOfStock()
    assert dropped["b"] == Owned(date(2026, 5, 1))
    refund = Refund(
        id="f1", at=AT, amount=eur("10.00"), lines=(RefundLine(line="b-1", amount=eur("10.00")),)
    )
    refunded = Order(
        id="1001",
        at=AT,
        currency="EUR",
        lines=(Line(sku="b-1", product="b", unit_price=eur("10.00")),),
        refunds=(refund,),
    )
    _, dropped = suggested(suggest, refunded, known=Known(catalog))
    assert dropped["b"] == SentBack()


def test_owned_things_come_back_only_when_worn_out_or_used_up() -> None:
    catalog = Catalog(
        (
            product("pan", durability=Durability.DURABLE),
            lasting("shoes", 9),
            lasting("boots", 11),
            lasting("soap", 1, Durability.CONSUMABLE),
            product("salt", durability=Durability.CONSUMABLE),
            product("thing"),
            product("heads", relations=(Relation(RelationKind.REFILLS, "brush"),)),
        )
    )
    names = ("pan", "shoes", "boots", "soap", "salt", "thing", "heads")
    scores = Scores(dict.fromkeys(names, 1.0), again=("salt", "pan", "heads", "thing"))
    ids, dropped = suggested(
        Suggest(policy=scores, limit=9), order(*names), known=Known(catalog, SHOP)
    )
    assert ids == ("shoes", "salt", "heads")
    bought = Owned(date(2026, 5, 1))
    assert dropped == dict.fromkeys(("pan", "boots", "soap", "thing"), bought)
    assert str(bought) == "bought already on 2026-05-01"


def test_stock_now_is_newer_than_the_catalogs_and_the_variant_that_is_there_is_shown() -> None:
    shoe = Product(
        id="shoe",
        title="Shoe",
        variants=(Variant(sku="s41", stock=0), Variant(sku="s42", stock=2), Variant(sku="s43")),
    )
    bare = Product(id="card", title="Card")
    known = Known(Catalog((shoe, bare)))
    suggest = Suggest(policy=Scores({"s43": 3, "shoe": 2, "card": 1}))
    decision = suggest.decide(History(), at=AT, known=known)
    assert decision
    shown = [each.variant.sku if each.variant else None for each in decision.value.items]
    assert shown == ["s43", None]
    assert decision.value.dropped == (Dropped("shoe", AlreadySuggested()),)
    plain = Suggest(policy=Scores({"shoe": 1})).decide(History(), at=AT, known=known)
    assert plain
    assert plain.value.items[0].variant == shoe.variants[1]
    gone = known.add(Stock(Pairs(s42=0, s43=0)))
    assert Suggest(policy=Scores({"shoe": 1})).decide(History(), at=AT, known=gone) == Declined(
        (NothingLeft(1), OutOfStock())
    )


@pytest.mark.parametrize(
    ("facts", "known", "against"),
    [
        ((order("x", country="DE"),), Known(SHOP), None),
        ((order("x", country="US"), customer(country="DE")), Known(SHOP), NotSoldThere("US")),
        ((order("x"), customer(country="DE")), Known(SHOP), None),
        ((order("x"), customer()), Known(SHOP), NotSoldThere("IN")),
        ((order("x"),), Known(), CountryUnknown()),
    ],
)
def test_only_what_is_sold_in_their_country(
    facts: tuple[Fact, ...],
    known: Known,
    against: Reason | None,
) -> None:
    catalog = Catalog((product("lamp", countries=("DE", "FR")), product("cup")))
    ids, dropped = suggested(
        Suggest(policy=Scores({"lamp": 2, "cup": 1})), *facts, known=known.add(catalog)
    )
    assert ("lamp" in ids) is (against is None)
    assert dropped.get("lamp") == against


def test_what_lasts_for_ever_stays_owned() -> None:
    catalog = Catalog((evolve(lasting("pan", 1), lasts=timedelta.max), product("cup")))
    suggest = Suggest(policy=Scores({"pan": 2, "cup": 1}))
    ids, dropped = suggested(suggest, order("pan"), known=Known(catalog))
    assert ids == ("cup",)
    assert isinstance(dropped["pan"], Owned)


def test_what_they_sent_back_or_gave_few_stars_is_not_shown() -> None:
    catalog = Catalog(tuple(map(product, ("a", "b", "c", "d", "e"))))
    refund = Refund(
        id="f", at=AT, amount=eur("10.00"), lines=(RefundLine(line="c-1", amount=eur("10.00")),)
    )
    facts: tuple[Fact, ...] = (
        Order(
            id="7",
            at=AT,
            currency="EUR",
            lines=tuple(Line(sku=f"{x}-1", product=x, unit_price=eur("10.00")) for x in "abc"),
            refunds=(refund,),
        ),
        ReviewPosted(id="v1", at=AT, product="d", rating=2),
        ReviewPosted(id="v2", at=AT - timedelta(days=3), product="e", rating=1),
        ReviewPosted(id="v3", at=AT - timedelta(days=1), product="e", rating=4),
        ReviewPosted(id="v4", at=AT, rating=1),
        ReviewPosted(id="v5", at=AT, product="a"),
    )
    ids, dropped = suggested(
        Suggest(policy=Scores({"c": 2, "d": 1, "e": 1})), *facts, known=Known(catalog)
    )
    assert ids == ("e",)
    assert dropped == {"c": SentBack(), "d": Disliked(2, 5)}
    whole = Suggest(policy=Scores({"a": 1, "e": 1}))
    back = ReturnOpened(id="r", at=AT, order="7")
    situation = Situation.of(History.of(*facts, back), at=AT, known=Known(catalog))
    assert situation is not None
    assert situation.sent_back == {"a", "b", "c"}
    assert suggested(whole, *facts, back, known=Known(catalog))[0] == ("e",)


@pytest.mark.parametrize("known", [True, False])
def test_what_they_sent_back_and_then_bought_again_is_theirs_to_buy(
    known: bool,  # noqa: FBT001 - whether the line names its product
) -> None:
    soap = product("soap", durability=Durability.CONSUMABLE)
    back = ReturnOpened(id="r", at=AT - timedelta(days=20), order="1")
    first, second = order("soap", id="1", days=30), order("soap", id="2", days=5)
    if not known:
        first, second = (
            evolve(each, lines=tuple(evolve(line, product=None) for line in each.lines))
            for each in (first, second)
        )
    suggest = Suggest(policy=Scores({"soap": 1, "cup": 1}, again=("soap",)))
    catalog = Known(Catalog((soap, product("cup"))))
    ids, dropped = suggested(suggest, first, back, known=catalog)
    assert (ids, dropped) == (("cup",), {"soap": SentBack()})
    assert suggested(suggest, first, back, second, known=catalog)[0] == ("soap", "cup")
    late = ReturnOpened(id="s", at=AT, order="2")
    assert suggested(suggest, first, back, second, late, known=catalog)[1] == {"soap": SentBack()}


def test_limits_hold_to_the_last_unit_the_last_day_and_the_last_star() -> None:
    catalog = Catalog(
        (
            lasting("shoes", 10),
            product("last-one", stock=1),
            product("abroad", countries=("DE",)),
            product("hated"),
            product("x1", category="x"),
            product("x2", category="x"),
        )
    )
    names = ("shoes", "last-one", "abroad", "hated", "x1", "x2")
    ids, dropped = suggested(
        Suggest(policy=Scores(dict.fromkeys(names, 1.0)), filters=Filters(per_category=1)),
        order("shoes", days=10, country="US"),
        ReviewPosted(id="v", at=AT, product="hated", rating=0),
        known=Known(catalog),
    )
    assert ids == ("shoes", "x1")
    assert dropped == {
        "last-one": EnoughOfCategory("", 1),
        "abroad": NotSoldThere("US"),
        "hated": Disliked(0, 5),
        "x2": EnoughOfCategory("x", 1),
    }
    one = Suggest(policy=Scores({"last-one": 1}))
    assert suggested(one, known=Known(catalog))[0] == ("last-one",)


def test_what_is_unknown_to_the_catalog_is_dropped_and_a_shop_may_refuse_more() -> None:
    class NoLamps:
        def refuses(self, product: Product, situation: Situation, /) -> OutOfStock | None:
            assert situation.at == AT
            return OutOfStock() if product.id == "lamp" else None

    catalog = Catalog((product("lamp"), product("cup")))
    suggest = Suggest(
        policy=Scores({"ghost": 3, "lamp": 2, "cup": 1}), filters=Filters(own=(NoLamps(),))
    )
    ids, dropped = suggested(suggest, known=Known(catalog))
    assert ids == ("cup",)
    assert dropped == {"ghost": NotInCatalog(), "lamp": OutOfStock()}


def test_days_are_the_customers_and_lines_are_known_by_sku_too() -> None:
    catalog = Catalog((product("a"), product("b")))
    late = Order(
        id="9",
        at=datetime(2026, 5, 1, 22, tzinfo=UTC),
        currency="EUR",
        lines=(Line(sku="a-1", unit_price=eur("1.00")), Line(sku="z", unit_price=eur("1.00"))),
    )
    tokyo = evolve(customer(), zone=ZoneInfo("Asia/Tokyo"))
    known = Known(catalog, SHOP)
    situation = Situation.of(History.of(late, tokyo), at=AT, known=known)
    assert situation is not None
    assert set(situation.owned) == {"a", "z"}
    assert situation.purchases["a"] == {date(2026, 5, 2): 1}
    assert Situation.of(situation.history, at=AT, known=known.add(situation)) is situation
    _, dropped = suggested(Suggest(policy=Scores({"a": 2, "b": 1})), late, known=known)
    assert dropped["a"] == Owned(date(2026, 5, 2))
    unknown = Situation.of(History.of(late), at=AT, known=Known(catalog))
    assert unknown is not None
    assert unknown.zone == ZoneInfo("UTC")


def test_facts_of_tomorrow_change_nothing_today() -> None:
    catalog = Catalog((product("a"), product("b")))
    suggest = Suggest(policy=Scores({"a": 2, "b": 1}))
    tomorrow = order("a", days=-1)
    assert suggested(suggest, tomorrow, known=Known(catalog))[0] == ("a", "b")
