"""What a customer avoids is refused first, whoever told it and whatever proposed it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
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
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
    Durability,
    Product,
    Relation,
    Variant,
)
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.recommend import (
    AlreadySuggested,
    AvoidedTag,
    Bestsellers,
    Candidate,
    Candidates,
    Filters,
    GoesWith,
    PickedForThem,
    Suggest,
    TagsUnknown,
    Taste,
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


AGREED = Consent(id="k1", at=AT - timedelta(days=5), channel=None, state=ConsentState.GRANTED)


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
