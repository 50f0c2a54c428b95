"""A shop of kitchen things and who buys there: what tests of suggestions start from."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import (
    Address,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
)
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import (
    Durability,
    Product,
    Relation,
    Variant,
)
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.recommend import (
    Candidate,
    Candidates,
    GoesWith,
    Suggest,
)

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
