"""What each policy proposes, and what the filters leave of it."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import (
    Address,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
    Source,
    Stance,
)
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import ReturnOpened, ReviewPosted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
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
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend import (
    AlreadySuggested,
    AvoidedTag,
    Bestseller,
    Bestsellers,
    BetterThan,
    Blend,
    BoughtTogether,
    Candidate,
    Candidates,
    Chain,
    Complement,
    Complements,
    Disliked,
    Dropped,
    EnoughOfCategory,
    EnoughOfPolicy,
    Filters,
    GoesWith,
    NoCatalog,
    NoTable,
    NothingLeft,
    NothingProposed,
    NotInCatalog,
    NotSoldThere,
    OftenTogether,
    OutOfStock,
    Owned,
    PairTable,
    PickedForThem,
    Sales,
    SentBack,
    SharesInterest,
    Situation,
    Stock,
    Suggest,
    Suggestions,
    TagsUnknown,
    Taste,
    Upgrade,
    mine_pairs,
)

VECTORS: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "recommend.json").read_text(encoding="utf-8")
    )["vectors"]
}
AT = datetime(2026, 5, 11, 9, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"), country="IN")


def eur(amount: str) -> Money:
    return Money.parse(f"{amount} EUR")


def product(
    id: str,
    *,
    tags: tuple[str, ...] = ("plain",),
    category: str = "",
    price: str = "10.00",
    relations: tuple[Relation, ...] = (),
    durability: Durability | None = None,
    countries: tuple[str, ...] = (),
    stock: int | None = None,
) -> Product:
    variant = Variant(sku=f"{id}-1", price=eur(price), stock=stock)
    return Product(
        id=id,
        title=id.title(),
        variants=(variant,),
        tags=tags,
        category=category,
        relations=relations,
        durability=durability,
        countries=countries,
    )


def lasting(id: str, days: int, durability: Durability = Durability.DURABLE) -> Product:
    return evolve(product(id, durability=durability), lasts=timedelta(days=days))


def order(
    *products: str, id: str = "1001", days: int = 10, price: str = "10.00", country: str = ""
) -> Order:
    return Order(
        id=id,
        at=AT - timedelta(days=days),
        currency="EUR",
        lines=tuple(
            Line(sku=f"{each}-1", product=each, unit_price=eur(price)) for each in products
        ),
        ship_to=Address(country=country) if country else None,
    )


def customer(*interests: Interest, country: str | None = None) -> Customer:
    return Customer(id="c1", at=AT - timedelta(days=99), interests=interests, country=country)


class Scores:
    """A shop's own scorer: a model's answer, behind the one method of every policy."""

    def __init__(self, scores: dict[str, float], *, again: Sequence[str] = ()) -> None:
        self.scores = scores
        self.again = again

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        del subject, at, known
        reason = GoesWith("model")
        found = tuple(
            Candidate(product=id, score=score, reasons=(reason,), again=id in self.again)
            for id, score in self.scores.items()
        )
        return Granted(Candidates(found), (reason,))


def suggested(
    suggest: Suggest, *facts: Fact, known: Known
) -> tuple[tuple[str, ...], dict[str, object]]:
    decision = suggest.decide(History.of(*facts), at=AT, known=known)
    assert decision, decision
    value = decision.value
    return value.ids, {each.product: each.reason for each in value.dropped}


def test_what_is_avoided_is_dropped_first_and_from_the_fallback_too() -> None:
    case = VECTORS["policy-scenario-1"]
    given = case["given"]
    catalog = Catalog(
        tuple(product(each["id"], tags=tuple(each["tags"])) for each in given["candidates"])
    )
    suggest = Suggest(
        policy=Scores({each["id"]: each["score"] for each in given["candidates"]}),
        fallback=Bestsellers(products=tuple(given["fallback"])),
    )
    avoids = [Interest(tag=tag, stance=Stance.AVOIDS) for tag in given["customer_excludes_tags"]]
    ids, dropped = suggested(suggest, customer(*avoids), known=Known(catalog))
    assert list(ids) == case["expected"]["ids"]
    assert dropped == {"meat-cookbook": AvoidedTag("meat")}


def test_the_shops_word_comes_before_the_table() -> None:
    case = VECTORS["policy-scenario-3"]
    catalog = Catalog(tuple(map(product, ("knife", "sharpener", "board"))))
    table = PairTable.of(
        baskets=100,
        counts={"knife": 60, "sharpener": 20, "board": 30},
        near={"knife": [("board", 25), ("sharpener", 4)]},
    )
    rule = Complement(
        bought=Selection(products=("knife",)), goes=Selection(products=("sharpener",))
    )
    suggest = Suggest(
        policy=Chain(policies=(Complements(rules=(rule,)), BoughtTogether())),
        limit=case["given"]["k"],
    )
    decision = suggest.decide(History.of(order("knife")), at=AT, known=Known(catalog, table))
    assert decision
    assert list(decision.value.ids) == case["expected"]["ids"]
    assert [each.reasons for each in decision.value.items] == [
        (GoesWith("Knife"),),
        (OftenTogether(25, "Knife"),),
    ]
    assert decision.reasons == (GoesWith("Knife"), OftenTogether(25, "Knife"))
    assert str(decision.reasons[0]) == "goes with your Knife"
    assert str(decision.reasons[1]) == "bought together by 25 customers"


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


def test_a_stranger_gets_bestsellers() -> None:
    case = VECTORS["policy-scenario-7"]
    catalog = Catalog((product("best2"), product("best1")))
    sales = Sales(Pairs(best1=9, best2=3))
    suggest = Suggest(policy=BoughtTogether(), fallback=Bestsellers(), limit=case["given"]["k"])
    decision = suggest.decide(History(), at=AT, known=Known(catalog, sales))
    assert decision
    assert list(decision.value.ids) == case["expected"]["ids"]
    assert decision.reasons == (Bestseller(1), Bestseller(2))


def test_avoiding_a_category_avoids_those_below_it() -> None:
    catalog = Catalog(
        (product("ham", category="Sausages"), product("leek", category="vegetables")),
        Pairs(Sausages="Meat"),
    )
    avoids = customer(Interest(tag=" meat", stance=Stance.AVOIDS, source=Source.THIRD_PARTY))
    ids, dropped = suggested(
        Suggest(policy=Scores({"ham": 2, "leek": 1})), avoids, known=Known(catalog)
    )
    assert ids == ("leek",)
    assert dropped == {"ham": AvoidedTag("meat")}


def test_untagged_in_a_sensitive_category_is_excluded_for_who_avoids_anything() -> None:
    catalog = Catalog(
        (
            product("mystery", tags=(), category="soups"),
            product("leek", tags=("vegetable",), category="soups"),
            product("pan", tags=(), category="tools"),
        ),
        Pairs(soups="Food"),
    )
    suggest = Suggest(
        policy=Scores({"mystery": 3, "leek": 2, "pan": 1}), filters=Filters(sensitive=("food",))
    )
    avoids = customer(Interest(tag="fish", stance=Stance.AVOIDS))
    ids, dropped = suggested(suggest, avoids, known=Known(catalog))
    assert ids == ("leek", "pan")
    assert dropped == {"mystery": TagsUnknown("soups")}
    ids, _ = suggested(suggest, customer(), known=Known(catalog))
    assert ids == ("mystery", "leek", "pan")


def vegetarian(source: Source = Source.STATED, consent: str | None = None) -> Interest:
    return Interest(tag="vegetarian", sensitive=True, source=source, consent=consent)


AGREED = Consent(id="k1", at=AT - timedelta(days=5), channel=None, state=ConsentState.GRANTED)


@pytest.mark.parametrize(
    ("interest", "consents", "counts"),
    [
        (vegetarian(), (), True),
        (vegetarian(source=Source.OBSERVED), (), False),
        (vegetarian(source=Source.THIRD_PARTY), (AGREED,), False),
        (vegetarian(source=Source.THIRD_PARTY, consent="k1"), (AGREED,), True),
        (vegetarian(source=Source.THIRD_PARTY, consent="k1"), (), False),
        (
            vegetarian(source=Source.OBSERVED, consent="k1"),
            (Consent(id="k1", at=AT, channel=None, state=ConsentState.WITHDRAWN),),
            False,
        ),
        (
            vegetarian(source=Source.OBSERVED, consent="k1"),
            (Consent(id="k1", at=AT, channel=None, state=ConsentState.GRANTED, ends=AT),),
            False,
        ),
    ],
)
def test_a_way_of_eating_counts_only_as_declared_or_agreed_and_is_never_named(
    interest: Interest,
    consents: tuple[Consent, ...],
    counts: bool,  # noqa: FBT001 - a case
) -> None:
    catalog = Catalog(
        (
            product("slow-cooker", tags=("kitchen",)),
            product("roast-book", tags=("book", "meat")),
            product("green-book", tags=("book", "vegetarian")),
        )
    )
    suggest = Suggest(policy=Taste(), fallback=Bestsellers(products=("roast-book", "green-book")))
    ids, dropped = suggested(
        suggest, customer(interest), order("slow-cooker"), *consents, known=Known(catalog)
    )
    if counts:
        assert ids == ("green-book",)
        assert dropped == {"roast-book": AvoidedTag("meat"), "green-book": AlreadySuggested()}
    else:
        assert ids == ("roast-book", "green-book")
    decision = suggest.decide(
        History.of(customer(interest), *consents), at=AT, known=Known(catalog)
    )
    assert decision
    assert "vegetarian" not in " ".join(map(str, decision.reasons))
    assert (PickedForThem() in decision.reasons) is counts


def test_taste_adds_up_interests_and_names_them() -> None:
    catalog = Catalog(
        (product("map", tags=("hiking",)), product("boots", tags=("Hiking", "outdoor"))),
        Pairs(),
    )
    likes = customer(
        Interest(tag="hiking"),
        Interest(tag="outdoor", source=Source.OBSERVED),
        Interest(tag="boots", stance=Stance.AVOIDS),
    )
    decision = Taste().decide(History.of(likes), at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ("boots", "map")
    assert [each.score for each in decision.value.candidates] == [1.5, 1.0]
    assert decision.reasons == (SharesInterest("hiking"), SharesInterest("outdoor"))
    nobody = Taste().decide(History(), at=AT, known=Known(catalog))
    assert nobody == Declined((NothingProposed("taste"),))


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
    ("facts", "known", "there"),
    [
        ((order("x", country="DE"),), Known(SHOP), True),
        ((order("x", country="US"), customer(country="DE")), Known(SHOP), False),
        ((order("x"), customer(country="DE")), Known(SHOP), True),
        ((order("x"), customer()), Known(SHOP), False),
        ((order("x"),), Known(), False),
    ],
)
def test_only_what_is_sold_in_their_country(
    facts: tuple[Fact, ...],
    known: Known,
    there: bool,  # noqa: FBT001 - a case
) -> None:
    catalog = Catalog((product("lamp", countries=("DE", "FR")), product("cup")))
    ids, dropped = suggested(
        Suggest(policy=Scores({"lamp": 2, "cup": 1})), *facts, known=known.add(catalog)
    )
    assert ("lamp" in ids) is there
    if not there:
        assert isinstance(dropped["lamp"], NotSoldThere)


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


def test_a_quota_counts_what_is_shown_not_what_is_refused() -> None:
    catalog = Catalog((product("a", stock=0), *map(product, ("b", "c", "d", "e", "f", "g"))))
    inner = Chain(policies=(Scores({"d": 1, "e": 1}), Scores({"f": 1})), quotas=(1, 1))
    chain = Chain(policies=(Scores({"a": 3, "b": 2, "c": 1}), inner), quotas=(1, 2))
    suggest = Suggest(policy=chain, fallback=Scores({"g": 1}), limit=5)
    ids, dropped = suggested(suggest, known=Known(catalog))
    assert ids == ("b", "d", "f", "g")
    assert dropped == {"a": OutOfStock(), "c": EnoughOfPolicy(1), "e": EnoughOfPolicy(1)}
    assert str(EnoughOfPolicy(1)) == "its policy has its 1 place"


def test_a_blend_adds_shares_and_breaks_ties_by_popularity_then_id() -> None:
    blend = Blend(
        policies=(Scores({"a": 10, "b": 5}), Scores({"b": 4, "c": 4}, again=("b",)), Taste()),
        weights=(1, 0.5, 1),
    )
    catalog = Catalog(tuple(map(product, "abc")))
    decision = blend.decide(History(), at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ("a", "b", "c")
    scores = {each.product: each.score for each in decision.value.candidates}
    assert scores == {"a": 1.0, "b": 1.0, "c": 0.5}
    assert decision.value.candidates[1].again
    popular = Known(catalog, Sales(Pairs(b=2, a=1)))
    decision = blend.decide(History(), at=AT, known=popular)
    assert decision
    assert decision.value.ids == ("b", "a", "c")
    nothing = Blend(policies=(Scores({"a": 0}),), weights=(1,))
    zero = nothing.decide(History(), at=AT, known=Known(catalog))
    assert zero
    assert zero.value.candidates[0].score == 0


def test_policies_that_find_nothing_say_so() -> None:
    known = Known(Catalog((product("a"),)))
    silent = (Complements(), BoughtTogether(), Upgrade(), Taste(), Bestsellers())
    expected = (
        NothingProposed("complements"),
        NoTable("table of pairs"),
        NothingProposed("upgrade"),
        NothingProposed("taste"),
        NoTable("sales"),
    )
    chain = Chain(policies=silent)
    assert chain.decide(History(), at=AT, known=known) == Declined(expected)
    blend = Blend(policies=silent, weights=(1, 1, 1, 1, 1))
    assert blend.decide(History(), at=AT, known=known) == Declined(expected)
    assert Suggest(policy=chain).decide(History(), at=AT, known=known) == Declined(
        (*expected, NothingLeft(0))
    )
    table = known.add(mine_pairs([]))
    assert BoughtTogether().decide(History(), at=AT, known=table) == Declined(
        (NothingProposed("bought together"),)
    )
    empty = known.add(Sales())
    assert Bestsellers().decide(History(), at=AT, known=empty) == Declined(
        (NothingProposed("bestsellers"),)
    )
    listed = Bestsellers(products=("a",), categories=("lamps",))
    assert listed.decide(History(), at=AT, known=known) == Declined(
        (NothingProposed("bestsellers"),)
    )


def test_without_a_catalog_nothing_is_shown() -> None:
    no = Declined((NoCatalog(),))
    for policy in (
        Suggest(policy=Scores({"a": 1})),
        Complements(),
        BoughtTogether(),
        Upgrade(),
        Taste(),
        Bestsellers(products=("a",), categories=("lamps",)),
    ):
        assert policy.decide(History.of(order("a")), at=AT) == no


def test_complements_by_product_category_and_tag_then_by_the_catalog() -> None:
    catalog = Catalog(
        (
            product("santoku", category="knives"),
            product(
                "stone", relations=(Relation(RelationKind.COMPLETES, "santoku", "every month"),)
            ),
            product("board", category="boards"),
            product("oil", tags=("care",)),
            product("case"),
        ),
        Pairs(knives="kitchen"),
    )
    rules = (
        Complement(
            bought=Selection(categories=("kitchen",)),
            goes=Selection(skus=("case-1",), categories=("boards",), tags=("care",)),
            note="keeps it sharp",
        ),
        Complement(bought=Selection(tags=("garden",)), goes=Selection(products=("hose",))),
    )
    decision = Complements(rules=rules).decide(
        History.of(order("santoku"), order("elsewhere", id="2", days=20)),
        at=AT,
        known=Known(catalog),
    )
    assert decision
    assert decision.value.ids == ("case-1", "board", "oil", "stone")
    assert decision.value.candidates[0].reasons == (GoesWith("Santoku", "keeps it sharp"),)
    assert decision.value.candidates[3].reasons == (GoesWith("Santoku", "every month"),)
    older = Complements(rules=rules, orders=2).decide(
        History.of(order("new", id="2", days=1), order("santoku")), at=AT, known=Known(catalog)
    )
    assert older
    assert older.value.ids == decision.value.ids
    unlisted = Line(
        sku="x", product="x", title="Old knife", category="kitchen", unit_price=eur("1.00")
    )
    named = Complements(rules=rules).decide(
        History.of(Order(id="3", at=AT, currency="EUR", lines=(unlisted,))),
        at=AT,
        known=Known(catalog),
    )
    assert named
    assert named.reasons == (GoesWith("Old knife", "keeps it sharp"),)


def test_neighbours_of_the_newest_order_count_more_than_those_of_history() -> None:
    table = PairTable.of(
        baskets=500,
        counts={"old": 80, "new": 80, "with-old": 80, "with-new": 80, "both": 80, "chance": 80},
        near={
            "old": [("with-old", 40), ("both", 20), ("chance", 2)],
            "new": [("with-new", 20), ("both", 20)],
        },
    )
    history = History.of(order("old", id="1", days=40), order("new", id="2"))
    catalog = Catalog((product("new"),))
    decision = BoughtTogether().decide(history, at=AT, known=Known(catalog, table))
    assert decision
    assert decision.value.ids == ("both", "with-new", "with-old")
    assert [round(each.score, 3) for each in decision.value.candidates] == [0.26, 0.2, 0.12]
    assert decision.value.candidates[0].reasons == (OftenTogether(20, "New"),)
    assert decision.value.candidates[2].reasons == (OftenTogether(40, "old"),)
    alone = BoughtTogether(history_weight=0, evidence=1)
    only = alone.decide(history, at=AT, known=Known(catalog, table))
    assert only
    assert only.value.ids == ("both", "with-new")


def test_upgrades_are_declared_or_lie_in_the_price_band_of_the_same_currency() -> None:
    dollars = Product(
        id="dollar",
        title="Dollar",
        category="pans",
        variants=(Variant(sku="d", price=Money.parse("12.00 USD")),),
    )
    catalog = Catalog(
        (
            product("pan", category="pans"),
            product("set", relations=(Relation(RelationKind.UPGRADES, "pan", "three in one"),)),
            product("close", category="pans", price="11.00"),
            product("far", category="pans", price="16.00"),
            product("cheap", category="pans", price="10.99"),
            product("dear", category="pans", price="16.01"),
            Product(id="priceless", title="Priceless", category="pans"),
            dollars,
            product("loose"),
        )
    )
    history = History.of(order("pan", "ghost", "loose"))
    decision = Upgrade().decide(history, at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ("set", "close", "far")
    assert decision.value.candidates[0].reasons == (BetterThan("Pan", "three in one"),)
    assert decision.value.candidates[1].reasons == (BetterThan("Pan"),)
    free = Upgrade().decide(
        History.of(order("pan", price="0.00")),
        at=AT,
        known=Known(
            Catalog((product("pan", category="p"), product("gift", category="p", price="0.00")))
        ),
    )
    assert free
    assert free.value.candidates[0].score == 0


def test_bestsellers_by_category_and_counted_from_orders() -> None:
    sales = Sales.of([order("a", "b"), order("b", id="2"), order("c", "b", id="3")])
    assert sales.ranked == ("b", "a", "c")
    catalog = Catalog(
        (product("a", category="x"), product("b"), product("c", category="y")), Pairs(y="x")
    )
    decision = Bestsellers(categories=("x",)).decide(History(), at=AT, known=Known(catalog, sales))
    assert decision
    assert decision.value.ids == ("a", "c")


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


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Filters(per_category=0), "a limit per category must be 1 or more, got 0"),
        (lambda: Suggest(policy=Taste(), limit=0), "a limit must be 1 or more, got 0"),
        (lambda: Chain(policies=()), "policies must name at least one"),
        (lambda: Chain(policies=(Taste(),), quotas=(1, 2)), "quotas must be one number above 0"),
        (lambda: Chain(policies=(Taste(),), quotas=(0,)), "for each of 1 policies, got"),
        (lambda: Blend(policies=(Taste(),), weights=()), "weights must be one number above 0"),
        (
            lambda: Complement(bought=Selection(), goes=Selection(tags=("x",))),
            "bought must name a product",
        ),
        (
            lambda: Complement(bought=Selection(tags=("x",)), goes=Selection()),
            "goes must name a product",
        ),
        (lambda: BoughtTogether(history_weight=-1), "history_weight must be 0 or more, got -1"),
        (lambda: Upgrade(band=(Decimal("0.9"), Decimal(2))), "a price band runs from 1 or more"),
        (lambda: Candidate(product="a", score=1, reasons=()), "needs a reason, got none for 'a'"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidSuggestion, match=says):
        wrong()


def test_suggestions_are_seen_with_what_was_dropped() -> None:
    catalog = Catalog((product("a<b"), product("c", stock=0)))
    decision = Suggest(policy=Scores({"a<b": 1, "c": 1})).decide(
        History(), at=AT, known=Known(catalog)
    )
    assert decision
    assert isinstance(decision.value, Suggestions)
    assert repr(decision.value) == "<Suggestions a<b; 1 dropped>"
    html = decision.value._repr_html_()
    assert "A&lt;B" in html
    assert "<s>c</s>" in html
    assert "out of stock" in html
