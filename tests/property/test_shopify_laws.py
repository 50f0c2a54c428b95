"""Whatever a payload holds, the gate answers or says that it cannot read it; it never breaks."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.order import Order
from postpurchase.errors import UnreadablePayload
from postpurchase.integrations import shopify

FILE = Path(__file__).parents[2] / "examples" / "data" / "order.json"
EXAMPLE: object = json.loads(FILE.read_text(encoding="utf-8"))
Step = tuple[str | int, ...]


def places(value: object, way: Step = ()) -> Iterator[Step]:
    """The way to every value inside *value*."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, item in inside:
        yield (*way, key)
        yield from places(item, (*way, key))


junk = st.one_of(
    st.sampled_from(
        [None, True, -1, 0, 7, 1.5, float("inf"), "", "x", "-5.00", "0.005", "1e9", [], {}, [[]]]
    ),
    st.sampled_from(["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-02-30"]),
    st.sampled_from([{"id": 1}, [{"id": 501}, {"id": 501}], "EUR", "JPY", "XXX", 10**30]),
    st.text(max_size=5),
)
ways = list(places(EXAMPLE))


def put(payload: object, way: Step, value: object) -> None:
    """Put *value* at the end of *way*, if the way is still there."""
    *first, last = way
    for key in first:
        payload = step(payload, key)
    if isinstance(payload, dict):
        payload[last] = value
    if isinstance(payload, list) and isinstance(last, int) and last < len(payload):
        payload[last] = value


def step(value: object, key: str | int) -> object:
    """What stands under *key*, if anything does."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        found: object = value[key]
        return found
    return None


def read(payload: object) -> shopify.Parsed[tuple[Fact, ...]]:
    """What the gate answers; nothing where it cannot read at all."""
    try:
        return shopify.facts(payload)
    except UnreadablePayload as error:
        return shopify.Parsed((), (shopify.Issue(error.path, error.expected, error.got),))


@given(st.lists(st.tuples(st.sampled_from(ways), junk), min_size=1, max_size=4))
def test_any_value_anywhere_gives_facts_or_the_one_error(
    changes: list[tuple[Step, object]],
) -> None:
    payload = deepcopy(EXAMPLE)
    for way, value in changes:
        put(payload, way, value)
    parsed = read(payload)
    for order in History.of(*parsed.value).orders:
        shopify.reconcile(order)
        assert {order.total.currency, order.paid.currency, order.refunded.currency} == {
            order.currency
        }
    assert all(issue.path.startswith("$") for issue in parsed.issues)


@given(st.lists(st.sampled_from(ways), min_size=1, max_size=6))
def test_missing_fields_never_break_it_and_lose_no_order_with_an_id(missing: list[Step]) -> None:
    payload = deepcopy(EXAMPLE)
    kept = [way for way in missing if way[-1] not in {"orders", "id", "currency"} and len(way) > 2]
    for way in kept:
        put(payload, way, None)
    parsed = shopify.facts(payload)
    assert len([fact for fact in parsed.value if isinstance(fact, Order)]) == 2
