"""What makes a message moot, and what does not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from letters import AT, CUSTOMER, NOTE, ORDER, PROMO, YES
from postpurchase.domain.customer import Shop
from postpurchase.domain.event import MessageSent, TicketOpened
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Window
from postpurchase.domain.shipment import Eta, Scan, Shipment, Stage
from postpurchase.journey import DEFAULT, Journey, Playbook, Row, Status, Step, decide, triggers
from postpurchase.journey.exits import WhileTicketOpen
from postpurchase.journey.reason import CapReached, SupersededBy, TooLate
from postpurchase.privacy import Cap, Hours

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))
PLACED = triggers.OrderPlaced()
MORE = Journey(id="more", trigger=PLACED, steps=(Step(id="a", kind=PROMO, supersedes=("less",)),))
LESS = Journey(id="less", trigger=PLACED, steps=(Step(id="b", kind=NOTE, days=3),))
NIGHT = Hours(channel=Channel.EMAIL, open=Window(time(3), time(4)))


def rows(playbook: Playbook, *facts: Fact, at: datetime = AT) -> dict[str, Row]:
    history = History.of(CUSTOMER, YES, ORDER, *facts)
    plan = decide(history, at=at, shop=SHOP, playbook=playbook)
    return {row.key: row for row in plan.rows}


def test_what_waits_for_an_hour_has_overtaken() -> None:
    found = rows(Playbook(journeys=(MORE, LESS), hours=(NIGHT,)))
    assert found["more/order:O1/a"].status is Status.DEFERRED
    row = found["less/order:O1/b"]
    assert (row.status, row.reasons) == (Status.EXITED, (SupersededBy("more/a"),))


def test_what_waits_for_a_ticket_has_not() -> None:
    waiting = evolve(MORE, defers=(WhileTicketOpen(),))
    found = rows(Playbook(journeys=(waiting, LESS)), TicketOpened(id="T", at=AT))
    assert found["more/order:O1/a"].status is Status.DEFERRED
    assert found["less/order:O1/b"].status is Status.PLANNED


def test_what_was_stopped_for_a_reason_of_its_own_keeps_it() -> None:
    stale = evolve(LESS, steps=(Step(id="b", kind=NOTE, lateness_hours=1),))
    at = AT + timedelta(hours=5)
    both = evolve(stale, steps=(*stale.steps, Step(id="c", kind=NOTE, days=1)))
    found = rows(Playbook(journeys=(MORE, both)), at=at)
    row = found["less/order:O1/b"]
    assert (row.status, row.reasons) == (Status.SKIPPED, (TooLate(1),))
    assert found["less/order:O1/c"].reasons == (SupersededBy("more/a"),)


def test_a_message_about_another_occasion_of_the_same_thing_counts() -> None:
    """A notice of a new day overtakes the one of a silence, about the same parcel."""
    scans = (Scan(at=AT, stage=Stage.IN_TRANSIT),)
    etas = tuple(
        Eta.by(AT + timedelta(days=day), as_of=AT + timedelta(hours=hour))
        for day, hour in ((2, 1), (9, 2))
    )
    parcel = Shipment(id="S1", at=AT, order="O1", scans=scans, etas=etas)
    playbook = DEFAULT.only("delay", "stalled")
    sent = MessageSent(id="delay/shipment:S1#eta1/notice", at=AT + timedelta(hours=2))
    silent = "stalled/shipment:S1#2026-11-01T10:00:00Z/notice"
    found = rows(playbook, parcel, sent, at=AT + timedelta(days=3))
    assert found[silent].reasons == (SupersededBy("delay/notice"),)
    other = MessageSent(id="delay/shipment:S2#eta1/notice", at=AT)
    apart = rows(playbook, evolve(parcel, etas=()), other, at=AT + timedelta(days=3))
    assert apart[silent].status is Status.DUE


def test_a_slot_that_frees_in_the_last_instant_is_waited_for() -> None:
    first = MessageSent(id="x/order:0/a", at=AT, purpose=Purpose.MARKETING)
    last = evolve(MORE, steps=(Step(id="a", kind=PROMO, lateness_hours=24),))
    capped = Playbook(journeys=(last,), caps=(Cap(limit=1, hours=24),))
    row = rows(capped, first)["more/order:O1/a"]
    assert (row.status, row.reasons) == (Status.DEFERRED, (CapReached(1, 24),))
    assert row.until == AT + timedelta(hours=24)


def test_the_lines_of_a_plan_are_in_order_of_time_and_key() -> None:
    early = evolve(LESS, id="zero", steps=(Step(id="b", kind=NOTE, days=1),))
    twin = evolve(early, id="again")
    plan = decide(
        History.of(CUSTOMER, ORDER),
        at=AT,
        shop=SHOP,
        playbook=Playbook(journeys=(LESS, early, twin)),
    )
    lines = plan.explain().split("\n")
    assert [line.split()[0] for line in lines] == [
        "again/order:O1/b",
        "zero/order:O1/b",
        "less/order:O1/b",
    ]
