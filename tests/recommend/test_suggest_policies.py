"""What each policy proposes."""

from kitchen import AT, customer, eur, order, product
from postpurchase.domain.customer import (
    Interest,
    Source,
    Stance,
)
from postpurchase.domain.decision import Declined
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Product,
    Relation,
    RelationKind,
    Variant,
)
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.recommend import (
    Bestseller,
    Bestsellers,
    BetterThan,
    BoughtTogether,
    Chain,
    Complement,
    Complements,
    GoesWith,
    NothingProposed,
    OftenTogether,
    PairTable,
    Sales,
    SharesInterest,
    Suggest,
    Taste,
    Upgrade,
)
from vectors import cases

VECTORS = cases("recommend")


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


def test_a_stranger_gets_bestsellers() -> None:
    case = VECTORS["policy-scenario-7"]
    catalog = Catalog((product("best2"), product("best1")))
    sales = Sales(Pairs(best1=9, best2=3))
    suggest = Suggest(policy=BoughtTogether(), fallback=Bestsellers(), limit=case["given"]["k"])
    decision = suggest.decide(History(), at=AT, known=Known(catalog, sales))
    assert decision
    assert list(decision.value.ids) == case["expected"]["ids"]
    assert decision.reasons == (Bestseller(1), Bestseller(2))


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
    assert free == Declined((NothingProposed("upgrade"),))


def test_bestsellers_by_category_and_counted_from_orders() -> None:
    sales = Sales.of([order("a", "b"), order("b", id="2"), order("c", "b", id="3")])
    assert sales.ranked == ("b", "a", "c")
    catalog = Catalog(
        (product("a", category="x"), product("b"), product("c", category="y")), Pairs(y="x")
    )
    decision = Bestsellers(categories=("x",)).decide(History(), at=AT, known=Known(catalog, sales))
    assert decision
    assert decision.value.ids == ("a", "c")


def test_what_they_own_takes_no_place_among_the_proposed() -> None:
    counts = dict.fromkeys(("a", "b", "c", "d"), 50)
    near = {"a": [("b", 40), ("c", 20), ("d", 10)], "b": [("a", 40)]}
    table = PairTable.of(baskets=500, counts=counts, near=near)
    known = Known(Catalog((product("c"), product("d"))), table)
    history = History.of(order("a", "b"))
    one = BoughtTogether(most=1).decide(history, at=AT, known=known)
    assert one
    assert one.value.ids == ("a", "b", "c")
    decision = Suggest(policy=BoughtTogether(most=1)).decide(history, at=AT, known=known)
    assert decision
    assert decision.value.ids == ("c",)
    owners = BoughtTogether().decide(History.of(order("b")), at=AT, known=known)
    assert owners
    assert owners.value.ids == ("a",)
    everything = History.of(order("a", "b", "c", "d"))
    nothing_new = BoughtTogether().decide(everything, at=AT, known=known)
    assert nothing_new
    assert set(nothing_new.value.ids) == {"a", "b", "c", "d"}
