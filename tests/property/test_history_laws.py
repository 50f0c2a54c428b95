"""The laws of a history: a set of facts, and what was known of them at an instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.event import MessageSent, ReturnOpened, TicketOpened
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund
from postpurchase.domain.shipment import Scan, Scanned, Shipment, Stage

START = datetime(2026, 9, 1, tzinfo=UTC)
HUNDRED = Money(100, "INR")
hours = st.integers(0, 12).map(lambda n: START + timedelta(hours=n))
names = st.sampled_from(["1", "2"])


@st.composite
def refunds(draw: st.DrawFn) -> Refund:
    at = draw(hours)
    amount = Money(draw(st.integers(0, 3)), "INR")
    return Refund(id=draw(names), at=at, amount=amount, order=draw(names))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    return Order(
        id=draw(names),
        at=START,
        recorded_at=draw(hours),
        currency="INR",
        lines=(Line(sku="KNIFE", unit_price=HUNDRED),),
        note=draw(st.sampled_from(["", "Ring twice"])),
        refunds=tuple(draw(st.lists(refunds(), max_size=2))),
    )


@st.composite
def shipments(draw: st.DrawFn) -> Shipment:
    found = draw(st.lists(st.tuples(hours, st.sampled_from(Stage)), max_size=3))
    return Shipment(
        id=draw(names),
        at=START,
        recorded_at=draw(hours),
        order="1",
        scans=tuple(Scan(at=at, stage=stage) for at, stage in found),
    )


@st.composite
def others(draw: st.DrawFn) -> Fact:
    id, at = draw(names), draw(hours)
    scan = Scan(at=at, stage=draw(st.sampled_from(Stage)))
    granted = ConsentState.GRANTED
    made: tuple[Fact, ...] = (
        Customer(id=id, at=at, name=draw(st.sampled_from(["", "Asha"]))),
        Consent(id=id, at=at, channel=Channel.EMAIL, state=granted),
        Cancellation(id=id, at=at, order=draw(names)),
        Payment(id=id, at=at, amount=HUNDRED, order=draw(names)),
        Scanned(id=id, at=at, shipment=draw(names), scan=scan),
        MessageSent(id=id, at=at),
        ReturnOpened(id=id, at=at, order="1"),
        TicketOpened(id=id, at=at),
    )
    return draw(st.sampled_from(made))


facts = st.lists(st.one_of(orders(), shipments(), refunds(), others()), max_size=10)


def answers(history: History) -> tuple[object, ...]:
    """All that a decision may ask."""
    return (history.all(Fact), history.customer, history.orders, history.shipments, history.sent)


@given(facts, st.permutations(range(20)))
def test_order_and_duplicates_never_change_an_answer(given: list[Fact], order: list[int]) -> None:
    shuffled = [given[n % len(given)] for n in order] if given else []
    once = History.of(*given)
    again = History.of(*shuffled)
    assert once == again
    assert hash(once) == hash(again)
    assert answers(once) == answers(again)


@given(facts, facts)
def test_adding_is_building_from_all(some: list[Fact], more: list[Fact]) -> None:
    assert History.of(*some).add(*more) == History.of(*some, *more)


@given(facts, hours, hours)
def test_known_until_two_instants_is_known_until_the_first(
    given: list[Fact], one: datetime, other: datetime
) -> None:
    history = History.of(*given)
    assert history.until(one).until(other) == history.until(min(one, other))


@given(facts, hours)
def test_what_becomes_known_later_never_changes_what_was_known(
    given: list[Fact], at: datetime
) -> None:
    history = History.of(*given)
    early = [fact for fact in given if fact.recorded_at <= at]
    assert history.until(at) == History.of(*early).until(at)
    known = history.until(at).all(Fact)
    assert all(fact.recorded_at <= at for fact in known)
    assert all(
        refund.recorded_at <= at for order in history.until(at).orders for refund in order.refunds
    )


@given(facts)
def test_one_version_of_each_thing_counts_and_it_is_the_newest(given: list[Fact]) -> None:
    found = History.of(*given).all(Fact)
    keys = [fact.key for fact in found]
    assert len(keys) == len(set(keys))
    assert set(keys) == {fact.key for fact in given}
    for fact in found:
        assert fact.recorded_at == max(each.recorded_at for each in given if each.key == fact.key)
    assert [fact.at for fact in found] == sorted(fact.at for fact in found)
