"""What a customer avoids is refused first, whoever told it and whatever proposed it."""

from unicodedata import normalize

import pytest

from kitchen import AGREED, AT, Scores, customer, order, product, suggested
from postpurchase.domain.customer import (
    Consent,
    ConsentState,
    Interest,
    Source,
    Stance,
)
from postpurchase.domain.history import History
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import (
    Catalog,
)
from postpurchase.domain.rule import Known
from postpurchase.recommend import (
    AlreadySuggested,
    AvoidedTag,
    Bestsellers,
    Filters,
    PickedForThem,
    Situation,
    Suggest,
    TagsUnknown,
    Taste,
)
from vectors import cases

VECTORS = cases("recommend")


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


AVOIDED = "gélatine"


@pytest.mark.parametrize(
    ("catalog", "avoided"),
    [
        (Catalog((product("x", category="Ham"),), Pairs(ham="Meat")), "meat"),
        (Catalog((product("x", category=" ham "),), Pairs(HAM="Meat")), "meat"),
        (Catalog((product("x", category="ham"),), Pairs(Ham="Pork", pork="MEAT")), " Meat"),
        (Catalog((product("x", tags=(normalize("NFD", AVOIDED),)),)), normalize("NFC", AVOIDED)),
        (Catalog((product("x", tags=(normalize("NFC", AVOIDED),)),)), normalize("NFD", AVOIDED)),
        (Catalog((product("x", tags=("क़ीमा",)),)), "क़ीमा"),
        (Catalog((product("x", tags=("red\u00a0 meat",)),)), "Red Meat"),
        (Catalog((product("x", tags=("ＰＯＲＫ",)),)), "pork"),
        (Catalog((product("x", tags=("ΨΑΡΙΣ",)),)), "ψαρις"),
    ],
)
def test_what_is_avoided_is_avoided_however_it_is_written(catalog: Catalog, avoided: str) -> None:
    known = Known(Catalog((*catalog, product("cup")), catalog.parents))
    avoids = customer(Interest(tag=avoided, stance=Stance.AVOIDS))
    suggest = Suggest(policy=Scores({"x": 2, "cup": 1}))
    ids, dropped = suggested(suggest, avoids, known=known)
    assert ids == ("cup",)
    assert isinstance(dropped["x"], AvoidedTag)


def test_a_blank_tag_says_nothing() -> None:
    catalog = Catalog((product("soup", tags=(" ", ""), category="food"), product("cup")))
    suggest = Suggest(policy=Scores({"soup": 2, "cup": 1}), filters=Filters(sensitive=(" Food",)))
    avoids = customer(Interest(tag="meat", stance=Stance.AVOIDS))
    _, dropped = suggested(suggest, avoids, known=Known(catalog))
    assert dropped == {"soup": TagsUnknown("food")}


def test_a_shops_own_diet_counts_however_it_is_written() -> None:
    catalog = Catalog((product("ham", tags=("Pork",)), product("cup")))
    diets = Pairs({"Halal ": (" PORK",)})
    suggest = Suggest(policy=Scores({"ham": 2, "cup": 1}), filters=Filters(diets=diets))
    _, dropped = suggested(suggest, customer(Interest(tag="halal")), known=Known(catalog))
    assert dropped == {"ham": AvoidedTag("pork")}


@pytest.mark.parametrize(
    ("interest", "consents", "ids"),
    [
        (Interest(tag="Halal", source=Source.OBSERVED), (), ("ham",)),
        (Interest(tag="Halal", source=Source.OBSERVED, consent="k1"), (AGREED,), ("dates",)),
        (Interest(tag="Halal"), (), ("dates",)),
    ],
)
def test_a_way_of_eating_is_sensitive_even_where_nobody_marked_it(
    interest: Interest, consents: tuple[Consent, ...], ids: tuple[str, ...]
) -> None:
    catalog = Catalog((product("ham", tags=("pork",)), product("dates", tags=("halal",))))
    suggest = Suggest(policy=Taste(), fallback=Bestsellers(products=("ham",)))
    history = History.of(customer(interest), *consents)
    decision = suggest.decide(history, at=AT, known=Known(catalog))
    assert decision
    assert decision.value.ids == ids
    assert "halal" not in " ".join(map(str, decision.reasons)).casefold()


def test_no_consent_is_not_the_consent_without_a_name() -> None:
    told = customer(Interest(tag="vegan", source=Source.THIRD_PARTY))
    unnamed = Consent(id="", at=AT, channel=None, state=ConsentState.GRANTED)
    situation = Situation.of(History.of(told, unnamed), at=AT, known=Known(Catalog()))
    assert situation is not None
    assert situation.interests == ()
