"""The very instants at which a tracking page changes its mind."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Promise
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Eta, Scan, Shipment, Stage
from postpurchase.pages import Pages, TrackingPage

ORDERED = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, LEAST = timedelta(days=1), timedelta(microseconds=1)
PROMISE = Promise(start=ORDERED + 2 * DAY, end=ORDERED + 3 * DAY)
ORDER = Order(
    id="o1",
    at=ORDERED,
    currency="EUR",
    lines=(Line(sku="KN-5", title="Knife", unit_price=Money(500, "EUR")),),
    promise=PROMISE,
)
PARCEL = Shipment(
    id="s1",
    at=ORDERED,
    order="o1",
    scans=(Scan(at=ORDERED + DAY, stage=Stage.IN_TRANSIT),),
)


def tracked(pages: Pages, at: datetime, *parcels: Shipment) -> TrackingPage:
    return pages.tracking(History.of(ORDER, *parcels), order="o1", at=at)


@pytest.mark.parametrize("parcels", [(), (PARCEL,)], ids=["waiting", "on its way"])
def test_a_promise_is_broken_at_its_end_and_not_before(
    pages: Pages, parcels: tuple[Shipment, ...]
) -> None:
    assert not tracked(pages, PROMISE.end - LEAST, *parcels).late
    assert tracked(pages, PROMISE.end, *parcels).late


def test_an_estimate_within_the_promise_keeps_it(pages: Pages) -> None:
    def late(end: datetime) -> bool:
        eta = Eta(as_of=ORDERED, start=PROMISE.start, end=end)
        return tracked(pages, ORDERED + DAY, evolve(PARCEL, etas=(eta,))).late

    assert not late(PROMISE.end)
    assert late(PROMISE.end + LEAST)


def test_an_expectation_is_shown_until_its_end(pages: Pages) -> None:
    eta = Eta(as_of=ORDERED, start=PROMISE.start, end=PROMISE.end + DAY)
    parcel = evolve(PARCEL, etas=(eta,))
    (before,) = tracked(pages, eta.end - LEAST, parcel).parcels
    (after,) = tracked(pages, eta.end, parcel).parcels
    assert before.expected is not None
    assert before.expected.end == eta.end.isoformat()
    assert after.expected is None


def test_a_step_at_the_very_time_of_the_one_before_keeps_its_time(pages: Pages) -> None:
    together = (
        Scan(at=ORDERED, stage=Stage.IN_TRANSIT),
        Scan(at=ORDERED, stage=Stage.OUT_FOR_DELIVERY),
    )
    (part,) = tracked(pages, ORDERED, evolve(PARCEL, scans=together)).parcels
    assert [step.when is not None for step in part.milestones] == [True, True, True, False]


def test_a_step_that_is_ahead_again_has_no_time(pages: Pages) -> None:
    tried = (
        Scan(at=ORDERED + DAY, stage=Stage.OUT_FOR_DELIVERY),
        Scan(at=ORDERED + DAY * 1.5, stage=Stage.IN_TRANSIT),
    )
    (part,) = tracked(pages, ORDERED + 2 * DAY, evolve(PARCEL, scans=tried)).parcels
    assert [step.mark.value for step in part.milestones] == ["done", "now", "ahead", "ahead"]
    assert part.milestones[2].when is None
    assert part.since is not None
    assert part.since.at == (ORDERED + DAY * 1.5).isoformat()


def test_a_parcel_that_says_nothing_holds_what_is_in_no_other(pages: Pages) -> None:
    lines = tuple(
        Line(sku=name, title=name, unit_price=Money(500, "EUR"), quantity=units)
        for name, units in (("knife", 3), ("board", 1), ("pan", 1))
    )
    gone = Cancellation(id="c", at=ORDERED, lines=Pairs(knife=1, pan=1))
    order = evolve(ORDER, lines=lines, cancellations=(gone,))
    told = evolve(PARCEL, lines=Pairs(knife=1, other=4))
    silent = evolve(PARCEL, id="s2", at=ORDERED + DAY)
    page = pages.tracking(History.of(order, told, silent), order="o1", at=ORDERED + 2 * DAY)
    assert [[(item.title, item.quantity) for item in part.items] for part in page.parcels] == [
        [("knife", 1)],
        [("knife", 1), ("board", 1)],
    ]
