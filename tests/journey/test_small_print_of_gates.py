"""Edges of gates and caps that are easily got wrong."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from letters import ASK, AT, CUSTOMER, NOTE, ORDER, PROMO, YES
from postpurchase.domain.customer import Cause, Shop, Suppression
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Purpose, Subject
from postpurchase.domain.moment import Window
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import (
    DEFAULT,
    Follow,
    Journey,
    Plan,
    Playbook,
    Row,
    Status,
    Step,
    decide,
    triggers,
)
from postpurchase.journey.began import OrderWasPlaced
from postpurchase.journey.reason import AtOnce, CapReached
from postpurchase.privacy import WORLD, Basis, Cap, Hours
from postpurchase.privacy.reason import NeededForTheOrder

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))


def story(*steps: Step, id: str = "story", priority: int = 0) -> Journey:
    return Journey(id=id, trigger=triggers.OrderPlaced(), steps=steps, priority=priority)


def plan(playbook: Playbook, *facts: Fact, at: datetime = AT) -> Plan:
    return decide(History.of(CUSTOMER, *facts), at=at, shop=SHOP, playbook=playbook)


def statuses(playbook: Playbook, *facts: Fact, at: datetime = AT) -> dict[str, Status]:
    return {row.key: row.status for row in plan(playbook, *facts, at=at).rows}


def test_a_row_and_its_action_to_the_last_attribute() -> None:
    found = plan(Playbook(journeys=(story(Step(id="a", kind=NOTE), priority=7),)), ORDER)
    reasons = (OrderWasPlaced("O1"), AtOnce(), NeededForTheOrder())
    assert found.rows == (
        Row(
            key="story/order:O1/a",
            status=Status.DUE,
            target=AT,
            reasons=reasons,
            subject=Subject("order", "O1"),
            kind="note",
            priority=7,
            purpose=Purpose.SERVICE,
            channel=Channel.EMAIL,
            basis=Basis.CONTRACT,
        ),
    )
    assert found.due == (
        Action(
            key="story/order:O1/a",
            kind=NOTE,
            subject=Subject("order", "O1"),
            channel=Channel.EMAIL,
            ceiling=Purpose.SOLICITATION,
            target=AT,
            reasons=reasons,
            demands=WORLD.of("IN").demands(Channel.EMAIL),
        ),
    )


def test_a_planned_row_has_no_channel_yet() -> None:
    (row,) = plan(Playbook(journeys=(story(Step(id="a", kind=NOTE, days=1)),)), ORDER).rows
    assert (row.channel, row.basis, row.until) == (None, None, None)


def test_questions_count_for_caps_and_wait_for_them() -> None:
    playbook = Playbook(journeys=(story(Step(id="a", kind=ASK)),), caps=(Cap(limit=1, hours=24),))
    asked = MessageSent(id="x/1/a", at=AT - timedelta(hours=1), purpose=Purpose.SOLICITATION)
    (row,) = plan(playbook, ORDER, asked).rows
    assert (row.status, row.reasons) == (Status.DEFERRED, (CapReached(1, 24),))
    cared = evolve(asked, purpose=Purpose.SERVICE)
    assert statuses(playbook, ORDER, cared) == {"story/order:O1/a": Status.DUE}


def test_a_step_that_waits_for_another_hides_none_after_it() -> None:
    steps = (
        Step(id="a", kind=NOTE),
        Step(id="b", kind=NOTE, after="a", days=1),
        Step(id="c", kind=NOTE),
    )
    assert statuses(Playbook(journeys=(story(*steps),)), ORDER) == {
        "story/order:O1/a": Status.DUE,
        "story/order:O1/c": Status.DUE,
    }


def test_the_next_wakeup_is_the_earliest_of_all() -> None:
    lifted = AT + timedelta(days=3)
    stop = Suppression(
        id="S", at=AT, channel=Channel.EMAIL, cause=Cause.HARD_BOUNCE, lifted_at=lifted
    )
    steps = (Step(id="a", kind=NOTE), Step(id="b", kind=NOTE, days=1))
    assert plan(Playbook(journeys=(story(*steps),)), ORDER, stop).next_wakeup == AT + timedelta(1)
    assert plan(Playbook(journeys=(story(steps[0]),)), ORDER, stop).next_wakeup == lifted


def test_the_horizon_itself_is_in_sight() -> None:
    near = Playbook(journeys=(story(Step(id="a", kind=NOTE, days=9)),), horizon_days=9)
    assert plan(near, ORDER).next_wakeup == AT + timedelta(days=9)
    assert plan(evolve(near, horizon_days=8), ORDER).next_wakeup is None


def test_a_definition_that_takes_over_now_wakes_nobody_later() -> None:
    old = story(Step(id="a", kind=NOTE, lateness_hours=1))
    live = evolve(old, effective_from=AT, follow=Follow.LIVE)
    later = evolve(old, effective_from=AT + timedelta(days=5), follow=Follow.LIVE)
    at = AT + timedelta(hours=9)
    assert plan(Playbook(journeys=(old, live)), ORDER, at=AT).next_wakeup is None
    assert plan(Playbook(journeys=(old, live, later)), ORDER, at=at).next_wakeup == AT + timedelta(
        5
    )


def test_hours_of_the_shop_hold_in_the_countries_that_they_name() -> None:
    evening = Hours(channel=Channel.EMAIL, open=Window(time(18), time(20)), countries=("IN",))
    playbook = Playbook(journeys=(story(Step(id="a", kind=PROMO)),), hours=(evening,))
    (row,) = plan(playbook, ORDER, YES).rows
    assert (row.status, row.until) == (Status.DEFERRED, AT.replace(hour=18))
    other = evolve(playbook, hours=(evolve(evening, countries=("US",)),))
    assert statuses(other, ORDER, YES) == {"story/order:O1/a": Status.DUE}


def box(id: str, *scans: tuple[int, Stage]) -> Shipment:
    return Shipment(
        id=id,
        at=AT,
        order="O1",
        scans=tuple(Scan(at=AT + timedelta(days=day), stage=stage) for day, stage in scans),
    )


def test_an_order_has_arrived_with_its_last_parcel() -> None:
    review = DEFAULT.only("review_request")
    first = box("S1", (1, Stage.IN_TRANSIT), (2, Stage.DELIVERED))
    at = AT + timedelta(days=20)
    coming = box("S2", (1, Stage.IN_TRANSIT))
    assert statuses(review, ORDER, first, coming, at=at) == {}
    there = box("S2", (1, Stage.IN_TRANSIT), (5, Stage.DELIVERED))
    (row,) = plan(review, ORDER, first, there, at=at).rows
    assert row.target == (AT + timedelta(days=12)).replace(hour=10)
    assert statuses(review, ORDER, coming, at=at) == {}
