"""The law of the room: nothing that is avoided is ever shown, whatever is combined with what."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase.domain.customer import Customer, Interest, Stance
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
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
from postpurchase.domain.selection import Selection
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Chain,
    Complement,
    Complements,
    Favourites,
    Filters,
    LittleExtra,
    Proposer,
    Refill,
    Sales,
    Suggest,
    Taste,
    Upgrade,
    mine_pairs,
)

AT = datetime(2026, 5, 11, 9, tzinfo=UTC)
IDS = tuple("abcdefgh")
TAGS = ("meat", "fish", "book", "Vegetarian")
CATEGORIES = ("food", "ham", "tools", "")
PARENTS = Pairs(ham="meat", food="all")
EUR = Money.parse("9.00 EUR")

products = st.tuples(
    *(
        st.builds(
            Product,
            id=st.just(id),
            title=st.just(id),
            category=st.sampled_from(CATEGORIES),
            tags=st.lists(st.sampled_from(TAGS), max_size=2, unique=True).map(tuple),
            durability=st.sampled_from((None, *Durability)),
            lasts=st.sampled_from((None, timedelta(days=9))),
            relations=st.lists(
                st.builds(Relation, st.sampled_from(RelationKind), st.sampled_from(IDS)), max_size=1
            ).map(tuple),
            variants=st.just((Variant(sku=f"{id}-1", price=EUR, cost=EUR),)),
        )
        for id in IDS
    )
)
interests = st.lists(
    st.builds(
        Interest, tag=st.sampled_from((*TAGS, *CATEGORIES[:3])), stance=st.sampled_from(Stance)
    ),
    max_size=3,
).map(tuple)
baskets = st.lists(st.lists(st.sampled_from(IDS), min_size=1, max_size=4), max_size=6)
rules = st.builds(
    Complement,
    bought=st.sampled_from(IDS).map(lambda id: Selection(products=(id,))),
    goes=st.sampled_from(IDS).map(lambda id: Selection(skus=(f"{id}-1",))),
)
policies: st.SearchStrategy[Proposer] = st.recursive(
    st.one_of(
        st.builds(Complements, rules=st.lists(rules, max_size=2).map(tuple)),
        st.just(BoughtTogether(evidence=1)),
        st.just(Upgrade(band=(Decimal(1), Decimal(2)))),
        st.just(Taste()),
        st.just(Favourites()),
        st.just(Refill()),
        st.just(Bestsellers()),
        st.permutations(IDS).map(lambda ids: Bestsellers(products=tuple(ids))),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: Chain(policies=tuple(some))),
        inner.map(lambda one: Chain(policies=(one,), quotas=(2,))),
        inner.map(lambda one: Blend(policies=(one, Taste()), weights=(1, 2))),
    ),
    max_leaves=4,
)
filters = st.builds(
    Filters,
    sensitive=st.sampled_from(((), ("food",), ("all", "ham"))),
    per_category=st.sampled_from((None, 1, 2)),
)


def offends(
    product: Product, customer: Customer, sensitive: tuple[str, ...], catalog: Catalog
) -> bool:
    """The rule in other words than those of the code under test."""
    avoided = {each.tag.lower() for each in customer.interests if each.stance is Stance.AVOIDS}
    if any(each.tag == "Vegetarian" and each.stance is Stance.LIKES for each in customer.interests):
        avoided |= {"meat", "fish", "gelatine"}
    above = set(catalog.path(product.category))
    named = {tag.lower() for tag in product.tags} | above
    untagged = not product.tags and bool(above & set(sensitive))
    return bool(avoided) and (bool(avoided & named) or untagged)


@settings(max_examples=150)
@given(products, interests, baskets, policies, st.none() | policies, filters)
def test_no_combination_shows_what_is_avoided(
    made: tuple[Product, ...],
    likes: tuple[Interest, ...],
    bought: list[list[str]],
    policy: Proposer,
    fallback: Proposer | None,
    chosen: Filters,
) -> None:
    catalog = Catalog(made, PARENTS)
    customer = Customer(id="c", at=AT - timedelta(days=90), interests=likes)
    orders = [
        Order(
            id=str(number),
            at=AT - timedelta(days=8 * number + 8),
            currency="EUR",
            lines=tuple(
                Line(sku=f"{id}-1", product=id, unit_price=EUR) for id in dict.fromkeys(basket)
            ),
        )
        for number, basket in enumerate(bought)
    ]
    table = mine_pairs([*bought, IDS], min_count=1)
    known = Known(catalog, table, Sales.of(orders))
    history = History.of(customer, *orders)
    suggest = Suggest(policy=policy, fallback=fallback, filters=chosen, limit=4)
    decision = suggest.decide(history, at=AT, known=known)
    shown = decision.value.ids if decision else ()
    for id in shown:
        product = catalog.find(id)
        assert product is not None
        assert not offends(product, customer, chosen.sensitive, catalog)
    assert len(set(shown)) == len(shown) <= 4
    assert suggest.decide(history, at=AT, known=known) == decision
    extra = LittleExtra(policy=policy, pool=IDS, most=EUR, filters=chosen)
    gift = extra.decide(history, at=AT, known=known)
    if gift:
        product = catalog.find(gift.value.product or "")
        assert product is not None
        assert not offends(product, customer, chosen.sensitive, catalog)
