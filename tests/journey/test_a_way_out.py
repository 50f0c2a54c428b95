"""A notice of something wrong says what can be done about that order, and about no other."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Purpose, Subject
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Promise
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import DEFAULT, Entry, decide
from postpurchase.journey.began import OrderWasPlaced
from postpurchase.journey.requires import AboutOrder
from postpurchase.messages import Voice
from postpurchase.support import Path, Roadblocks, Survey, SurveyQuestion
from postpurchase.support.problem import Problem

PLACED = datetime(2026, 11, 2, 9, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Europe/Berlin"))
BUYER = Customer(id="C1", at=PLACED, email="guest@example.com", country="DE")
LINE = Line(sku="A", title="Knife set", unit_price=Money.of("1.00", "EUR"))
UNTIL = PLACED + timedelta(days=4)
ORDER = Order(
    id="1001", at=PLACED, currency="EUR", lines=(LINE,), promise=Promise(start=UNTIL, end=UNTIL)
)
WELL = evolve(ORDER, promise=None)
OTHER = Order(id="1002", at=PLACED, currency="EUR", lines=(LINE,))
LEFT = Scan(at=PLACED + timedelta(days=1), stage=Stage.IN_TRANSIT)
LOST = Shipment(id="S2", at=PLACED, order="1002", scans=(LEFT, Scan(at=UNTIL, stage=Stage.LOST)))


def parcel(*scans: Scan) -> Shipment:
    return Shipment(id="S1", at=PLACED, order="1001", scans=(LEFT, *scans))


def due(key: str, *facts: Fact, at: datetime) -> tuple[Action, History]:
    history = History.of(BUYER, ORDER, *facts)
    plan = decide(history, at=at, shop=SHOP, playbook=DEFAULT.only(key.partition("/")[0]))
    return next(each for each in plan.due if each.key == key), history


@pytest.mark.parametrize(
    ("key", "facts", "at", "problem"),
    [
        (
            "late/shipment:S1/notice",
            (parcel(),),
            UNTIL + timedelta(hours=2),
            Problem.DELAYED,
        ),
        (
            "attempt_failed/shipment:S1/notice",
            (parcel(Scan(at=UNTIL, stage=Stage.ATTEMPT_FAILED)),),
            UNTIL,
            Problem.ATTEMPT_FAILED,
        ),
        (
            "lost/shipment:S1/notice",
            (parcel(Scan(at=UNTIL, stage=Stage.LOST)),),
            UNTIL,
            Problem.LOST,
        ),
    ],
)
def test_a_notice_of_something_wrong_brings_a_way_out(
    key: str, facts: tuple[Fact, ...], at: datetime, problem: Problem
) -> None:
    (path,) = due(key, *facts, OTHER, LOST, at=at)[0].shows
    assert isinstance(path, Path)
    assert path.problem is problem


def test_the_way_out_is_read_in_the_mail() -> None:
    action, history = due(
        "attempt_failed/shipment:S1/notice",
        parcel(Scan(at=UNTIL, stage=Stage.ATTEMPT_FAILED)),
        at=UNTIL,
    )
    message = Voice(shop=SHOP, sender="shop@example.com").compose(action, history)
    assert "Choose another day for the delivery." in message.text
    assert message.purpose is Purpose.SERVICE


def asked(history: History, order: Order | None) -> Path | Declined:
    entry = Entry(
        subject=Subject("order", "x"), anchor=PLACED, why=OrderWasPlaced("x"), order=order
    )
    found = AboutOrder(Roadblocks()).decide(history, at=UNTIL, known=Known(entry))
    if not found:
        return found
    assert isinstance(found.value, Path)
    return found.value


def test_a_policy_is_asked_about_one_order_or_about_all() -> None:
    history = History.of(BUYER, WELL, OTHER, LOST)
    assert isinstance(asked(history, WELL), Declined)
    for each in (OTHER, None):
        found = asked(history, each)
        assert isinstance(found, Path)
        assert found.problem is Problem.LOST
    alone = AboutOrder(Roadblocks()).decide(history, at=UNTIL)
    assert isinstance(alone.value if alone else None, Path)


@pytest.mark.parametrize(
    ("order", "problem"), [("1001", Problem.DAMAGED), ("1002", None), (None, Problem.DAMAGED)]
)
def test_a_ticket_counts_where_it_is_about_the_order_or_about_none(
    order: str | None, problem: Problem | None
) -> None:
    ticket = TicketOpened(id="T1", at=PLACED, order=order, type=TicketType.DAMAGED)
    found = asked(History.of(BUYER, WELL, OTHER, ticket), WELL)
    assert (found.problem if isinstance(found, Path) else None) is problem


ASKS = Survey(
    name="so-far",
    questions=(SurveyQuestion(id="so-far", words=Pairs(en="How was it so far?")),),
    url="https://example.com/so-far",
)


@pytest.mark.parametrize(("country", "asked_for"), [("IN", "How was it so far?"), ("DE", "")])
def test_the_shipping_notice_asks_where_asking_is_no_advertising(
    country: str, asked_for: str
) -> None:
    history = History.of(evolve(BUYER, country=country), WELL, parcel())
    shipped = DEFAULT.only("shipped")
    left = PLACED + timedelta(days=1)
    (action,) = decide(history, at=left, shop=SHOP, playbook=shipped, known=Known(ASKS)).due
    assert action.shows == (ASKS,)
    message = Voice(shop=SHOP, sender="shop@example.com").compose(action, history)
    assert ("How was it so far?" in message.text) is bool(asked_for)
    (silent,) = decide(history, at=left, shop=SHOP, playbook=shipped).due
    assert silent.shows == ()
