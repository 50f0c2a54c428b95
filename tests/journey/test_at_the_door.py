"""What is handed in wrongly is told at once: what it is, what was given, what to hand in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING
from postpurchase.errors import InvalidFact, InvalidMoment, PostPurchaseError
from postpurchase.journey import (
    DEFAULT,
    Plan,
    confirm,
    decide,
    decide_many,
    diff,
    lint,
    simulate,
)

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
CUSTOMER = Customer(id="C1", at=AT, email="guest@example.com", country="IN")
LINE = Line(sku="A", unit_price=Money.of("1.00", "EUR"))
ORDER = Order(id="1001", at=AT, currency="EUR", lines=(LINE,))
HISTORY = History.of(CUSTOMER, ORDER)
NAIVE = datetime(2026, 11, 1, 10)  # noqa: DTZ001 - what is refused
ACTION = decide(HISTORY, at=AT, shop=SHOP).due[0]

Ask = Callable[..., object]
# Asked as by somebody without a type checker.
DECIDE: Ask = decide
CONFIRM: Ask = confirm
DECIDE_MANY: Ask = decide_many
SIMULATE: Ask = simulate
DIFF: Ask = diff
LINT: Ask = lint


def asking(history: object = HISTORY, /, **changed: object) -> object:
    return DECIDE(history, **{"at": AT, "shop": SHOP, **changed})


def asking_again(
    action: object = ACTION, history: object = HISTORY, /, **changed: object
) -> object:
    return CONFIRM(action, history, **{"at": AT, "shop": SHOP, **changed})


def asking_many(histories: object = (HISTORY,), /, **changed: object) -> object:
    return DECIDE_MANY(histories, **{"at": AT, "shop": SHOP, **changed})


def walking(
    histories: object = (HISTORY,), /, playbook: object = DEFAULT, **changed: object
) -> object:
    usual: dict[str, object] = {"shop": SHOP, "start": AT, "end": AT + timedelta(days=2)}
    return SIMULATE(histories, playbook, **{**usual, **changed})


def comparing(
    histories: object = (HISTORY,), /, playbook: object = DEFAULT, **changed: object
) -> object:
    usual: dict[str, object] = {"shop": SHOP, "start": AT, "end": AT + timedelta(days=2)}
    return DIFF(DEFAULT, playbook, histories, **{**usual, **changed})


@pytest.mark.parametrize("ask", [asking, asking_again, asking_many, walking, comparing])
def test_all_is_well_where_nothing_is_wrong(ask: Ask) -> None:
    ask(known=NOTHING)


@pytest.mark.parametrize("ask", [asking, asking_again, asking_many, walking, comparing])
@pytest.mark.parametrize(
    ("name", "given", "advice"),
    [
        ("shop", None, r"expected who writes, such as Shop\(name='Kitchen & Co', zone=.*got None"),
        ("shop", "Kitchen & Co", r"Shop\(name=.*got 'Kitchen & Co'"),
        ("playbook", [], r"expected a playbook, such as journey.DEFAULT or .*got \[\]"),
        ("playbook", None, "got None"),
        (
            "known",
            Catalog(),
            r"expected answers in a Known, such as Known\(catalog\), got <Catalog",
        ),
        ("known", None, "got None"),
    ],
)
def test_what_is_handed_in_by_name(ask: Ask, name: str, given: object, advice: str) -> None:
    with pytest.raises(InvalidFact, match=rf"^journey\.{name}: .*{advice}") as told:
        ask(**{name: given})
    assert (told.value.fact, told.value.name, told.value.got) == ("journey", name, given)
    assert isinstance(told.value, PostPurchaseError)
    assert isinstance(told.value, ValueError)


@pytest.mark.parametrize("given", [[], [CUSTOMER, ORDER], ORDER, None, {}])
def test_a_history_is_a_history(given: object) -> None:
    message = r"^journey\.history: expected the facts of one customer, such as History\.of\("
    with pytest.raises(InvalidFact, match=message):
        asking(given)
    with pytest.raises(InvalidFact, match=message):
        asking_again(ACTION, given)


@pytest.mark.parametrize("ask", [asking_many, walking, comparing])
@pytest.mark.parametrize("given", [HISTORY, None, 7])
def test_many_histories_are_a_stream(ask: Ask, given: object) -> None:
    message = r"^journey\.histories: expected one history for each customer, such as \[History\.of"
    with pytest.raises(InvalidFact, match=message) as told:
        ask(given)
    assert told.value.got is given


def test_what_is_in_the_stream_is_looked_at_when_its_turn_comes() -> None:
    plans = decide_many([HISTORY, ORDER], at=AT, shop=SHOP)  # type: ignore[list-item]  # what is refused
    assert isinstance(next(plans), Plan)
    with pytest.raises(InvalidFact, match=r"journey\.history: .*got <Order"):
        next(plans)
    with pytest.raises(InvalidFact, match=r"journey\.history: .*got <Order"):
        walking([ORDER])


@pytest.mark.parametrize("ask", [asking, asking_again, asking_many])
@pytest.mark.parametrize("given", [NAIVE, None, "2026-11-01"])
def test_an_instant_has_a_zone(ask: Ask, given: object) -> None:
    with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone, got"):
        ask(at=given)


@pytest.mark.parametrize("ask", [walking, comparing])
@pytest.mark.parametrize("name", ["start", "end"])
def test_start_and_end_have_a_zone(ask: Ask, name: str) -> None:
    with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone, got"):
        ask(**{name: NAIVE})


@pytest.mark.parametrize("ask", [walking, comparing])
def test_time_does_not_run_backwards(ask: Ask) -> None:
    with pytest.raises(InvalidMoment, match=r"ends at or after its start, got .*: swap them"):
        ask(end=AT - timedelta(microseconds=1))
    assert ask(end=AT) is not None


@pytest.mark.parametrize("given", [None, ACTION.key, asking()])
def test_what_is_confirmed_is_an_action(given: object) -> None:
    message = r"^journey\.action: expected an action that is due, such as plan\.due\[0\], got"
    with pytest.raises(InvalidFact, match=message):
        asking_again(given)


@pytest.mark.parametrize(("after", "before"), [([], None), (DEFAULT, []), (None, DEFAULT)])
def test_what_is_linted_is_a_playbook(after: object, before: object) -> None:
    with pytest.raises(InvalidFact, match=r"^journey\.playbook: expected a playbook"):
        LINT(after, before=before)
