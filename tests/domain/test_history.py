"""Histories: versions, what came alone, what was known when."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from postpurchase.domain.customer import Customer
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Payment, Refund
from postpurchase.domain.shipment import Scan, Scanned, Shipment, Stage
from postpurchase.errors import InvalidMoment


def on(day: int) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC)


HUNDRED = Money(100, "INR")
LINE = Line(sku="KNIFE", unit_price=HUNDRED)
ORDER = Order(id="1001", at=on(1), currency="INR", lines=(LINE,))
PARCEL = Shipment(id="S1", at=on(2), order="1001")
ASHA = Customer(id="C1", at=on(1), name="Asha")


def test_the_newest_version_of_a_thing_counts() -> None:
    noted = evolve(ORDER, recorded_at=on(3), note="Ring twice")
    history = History.of(noted, ORDER, ASHA)
    assert history.orders == (noted,)
    assert history.until(on(2)).orders == (ORDER,)
    assert history.customer == ASHA


def test_of_two_versions_recorded_at_once_the_one_that_knows_more_counts() -> None:
    refund = Refund(id="r", at=on(8), amount=HUNDRED)
    updated = evolve(ORDER, refunds=(refund,), updated_at=on(8))
    noted = evolve(ORDER, updated_at=on(2), note="Ring twice")
    assert History.of(updated, noted, ORDER).orders == (updated,)
    assert History.of(ORDER, noted, updated).orders == (updated,)
    delivered = evolve(PARCEL, scans=(Scan(at=on(4), stage=Stage.DELIVERED),))
    assert History.of(delivered, PARCEL).shipments == (delivered,)


def test_what_came_alone_is_read_as_part_of_its_order() -> None:
    refund = Refund(id="r", at=on(8), amount=HUNDRED, order="1001")
    payment = Payment(id="p", at=on(1), amount=HUNDRED, order="1001")
    cancellation = Cancellation(id="c", at=on(9), order="1002")
    history = History.of(ORDER).add(refund, payment, cancellation)
    assert history.orders == (evolve(ORDER, refunds=(refund,), payments=(payment,)),)
    assert history.orders[0].fully_refunded
    assert not history.until(on(7)).orders[0].refunds
    assert history.all(Refund) == (refund,)


def test_a_scan_that_came_alone_is_read_as_part_of_its_parcel() -> None:
    scan = Scan(at=on(4), stage=Stage.DELIVERED)
    alone = Scanned(id="e", at=on(4), shipment="S1", scan=scan)
    history = History.of(PARCEL, alone)
    assert history.shipments[0].delivered_at == on(4)
    assert history.until(on(3)).shipments == (PARCEL,)


def test_the_keys_of_what_was_sent_are_known() -> None:
    key = "thank_you/order:1001/thanks"
    history = History.of(ORDER, MessageSent(id=key, at=on(2)))
    assert history.sent == {key}
    assert history.until(on(1)).sent == frozenset()


def test_the_customer_who_became_known_last_is_the_one() -> None:
    renamed = evolve(ASHA, name="Asha Example", recorded_at=on(5))
    account = Customer(id="C2", at=on(7), account="A1")
    assert History.of(ASHA, account, renamed).customer == account
    assert History.of(renamed, ASHA).customer == renamed
    assert History.of(ORDER).customer is None


def test_facts_come_oldest_first_and_are_found_by_any_of_their_types() -> None:
    first = evolve(ORDER, id="999", at=on(1), recorded_at=on(9))
    later = evolve(ORDER, at=on(6))
    history = History.of(later, PARCEL, first)
    assert history.all(Fact) == (first, PARCEL, later)
    assert history.all(Order) is history.orders


def test_what_was_known_whole_is_the_same_history() -> None:
    history = History.of(ORDER, PARCEL)
    assert history.until(on(2)) is history


def test_what_was_known_wants_an_instant() -> None:
    for history in (History.of(), History.of(ORDER)):
        with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone"):
            history.until(datetime(2026, 5, 1))  # noqa: DTZ001 - the mistake itself


def test_a_history_reads_in_one_line() -> None:
    assert repr(History.of(PARCEL, ASHA, ORDER)) == "<History 1 Customer, 1 Order, 1 Shipment>"
    assert repr(History()) == "<History of nothing>"


def test_a_history_shows_as_a_table_and_escapes_names() -> None:
    page = History.of(evolve(ASHA, name="<b>"), ORDER)._repr_html_()
    assert page.count("<tr>") == 3
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_what_is_drawn_from_a_history_is_drawn_once() -> None:
    asked: list[History] = []

    def count(history: History) -> int:
        asked.append(history)
        return len(history.facts)

    history = History.of(ASHA)
    assert (history.drawn(count), history.drawn(count)) == (1, 1)
    assert asked == [history]
    more = history.add(ORDER)
    assert (more.drawn(count), len(asked)) == (2, 2)


def test_a_history_of_which_all_is_known_is_itself() -> None:
    refunded = evolve(ORDER, refunds=(Refund(id="r", at=on(8), amount=HUNDRED),))
    history = History.of(ASHA, refunded)
    assert history.until(on(8)) is history
    assert history.until(on(7)).orders == (ORDER,)
    assert History().until(on(1)) == History()
