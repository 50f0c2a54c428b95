"""Who enters a journey, what overtakes what, and what other rooms bring."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from knives import (
    ASKED,
    CUSTOMER,
    DELIVERED,
    ORDER,
    PARCEL,
    PLACED,
    REVIEW,
    SHIPPED,
    SHOP,
    YES,
    one,
    plan,
    row,
    sent,
)
from letters import NOTE, PROMO
from postpurchase.domain import kinds
from postpurchase.domain.customer import Birthday
from postpurchase.domain.event import ReturnDeclined, ReturnOpened
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, Invitation, Points
from postpurchase.domain.order import Order
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Scan, Stage
from postpurchase.journey import (
    DEFAULT,
    Cooldown,
    Follow,
    Journey,
    Once,
    OneAtATime,
    Playbook,
    Status,
    Step,
    decide,
    triggers,
)
from postpurchase.journey.exits import IfRefunded
from postpurchase.journey.reason import ReturnIsOpen, SupersededBy
from postpurchase.privacy import Cap

# ---------------------------------------------------------------- answers of other rooms


def test_answers_are_brought_once_it_is_due() -> None:
    coupon = Coupon(code="AGAIN", off=Money.of("5.00", "EUR"))
    offer = DEFAULT.only("recent_buyer_offer")
    at = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
    (action,) = plan(ORDER, YES, at=at, playbook=offer, known=Known(coupon)).due
    assert action.shows == (coupon,)
    found = plan(ORDER, YES, at=at, playbook=offer).rows[0]
    assert found.status is Status.SKIPPED
    assert str(found.reasons[0]) == "no Coupon among the known answers"


def test_a_thank_you_invites_into_the_community() -> None:
    community = Invitation(name="bakers", title="Our bakers", url="https://shop.example.com/b")
    at = PLACED + timedelta(hours=1)
    thanks = DEFAULT.only("thank_you")
    (action,) = plan(ORDER, at=at, playbook=thanks, known=Known(community)).due
    assert action.shows == (community,)
    (bare,) = plan(ORDER, at=at, playbook=thanks).due
    assert bare.shows == ()


def test_the_next_visit_is_a_channel() -> None:
    """Without consent for a mail, a promotion waits where the customer comes by."""
    step = Step(id="a", kind=PROMO, channels=(Channel.EMAIL, Channel.SITE))
    (action,) = plan(ORDER, at=PLACED, playbook=one(step)).due
    assert action.channel is Channel.SITE
    assert action.ceiling is Purpose.MARKETING


def test_points_wait_for_their_last_day() -> None:
    points = Points(count=120, ends=datetime(2026, 12, 31, 18, 30, tzinfo=UTC))
    expiring = DEFAULT.only("points_expiring")
    found = plan(at=PLACED, playbook=expiring, known=Known(points))
    assert found.rows[0].key == "points_expiring/points:2027-01-01/notice"
    assert found.next_wakeup == datetime(2026, 12, 18, 5, 30, tzinfo=UTC)
    (action,) = plan(
        at=datetime(2026, 12, 18, 5, 30, tzinfo=UTC), playbook=expiring, known=Known(points)
    ).due
    assert action.shows == (points,)


# ---------------------------------------------------------------- overtaking


def test_a_later_message_about_the_same_thing_overtakes_the_earlier_one() -> None:
    out = Scan(at=SHIPPED + timedelta(hours=1), stage=Stage.OUT_FOR_DELIVERY)
    parcel = evolve(PARCEL, scans=(Scan(at=SHIPPED, stage=Stage.IN_TRANSIT), out))
    found = plan(ORDER, parcel, at=SHIPPED + timedelta(hours=2))
    shipped = found.row("shipped/shipment:S1/notice")
    assert shipped is not None
    assert (shipped.status, shipped.reasons) == (
        Status.EXITED,
        (SupersededBy("out_for_delivery/notice"),),
    )
    done = sent("out_for_delivery/shipment:S1/notice", out.at or SHIPPED, Purpose.TRANSACTIONAL)
    again = plan(ORDER, parcel, done, at=SHIPPED + timedelta(hours=3))
    assert again.row("shipped/shipment:S1/notice") == shipped


def test_nothing_is_overtaken_by_what_is_about_another_thing() -> None:
    out = Scan(at=SHIPPED + timedelta(hours=1), stage=Stage.OUT_FOR_DELIVERY)
    first = evolve(PARCEL, scans=(Scan(at=SHIPPED, stage=Stage.IN_TRANSIT),))
    second = evolve(first, id="S2", scans=(*first.scans, out))
    found = plan(ORDER, first, second, at=SHIPPED + timedelta(hours=2))
    assert {each.key for each in found.due} >= {
        "shipped/shipment:S1/notice",
        "out_for_delivery/shipment:S2/notice",
    }


def test_what_waits_for_a_cap_overtakes_what_is_planned() -> None:
    early = Step(id="a", kind=PROMO, supersedes=("later",))
    late = Step(id="b", kind=PROMO, days=3)
    trigger = triggers.OrderPlaced()
    playbook = Playbook(
        journeys=(
            Journey(id="early", trigger=trigger, steps=(early,)),
            Journey(id="later", trigger=trigger, steps=(late,)),
        ),
        caps=(Cap(limit=1, hours=24),),
    )
    found = plan(ORDER, YES, sent("x/1/a", PLACED), at=PLACED, playbook=playbook)
    statuses = {each.key: each.status for each in found.rows}
    assert statuses == {
        "early/order:1001/a": Status.DEFERRED,
        "later/order:1001/b": Status.EXITED,
    }


# ---------------------------------------------------------------- open returns


def test_a_return_that_was_declined_ends_nothing() -> None:
    opened = ReturnOpened(id="B1", at=DELIVERED, order="1001")
    found = row(REVIEW, ORDER, PARCEL, opened, at=ASKED)
    assert found.status is Status.EXITED
    declined = ReturnDeclined(id="D1", at=DELIVERED, return_id="B1")
    assert row(REVIEW, ORDER, PARCEL, opened, declined, at=ASKED).status is Status.DUE


def test_an_open_return_makes_the_others_wait() -> None:
    opened = ReturnOpened(id="B1", at=DELIVERED, order="1000")
    found = row(REVIEW, ORDER, PARCEL, opened, at=ASKED)
    assert (found.status, found.until) == (Status.DEFERRED, None)
    assert found.reasons == (ReturnIsOpen("B1"),)


# ---------------------------------------------------------------- who enters


def orders(*days: int) -> tuple[Order, ...]:
    return tuple(evolve(ORDER, id=f"{day}", at=PLACED + timedelta(days=day)) for day in days)


def entered(playbook: Playbook, *facts: Fact, at: datetime) -> list[str]:
    return [each.key.split("/")[1] for each in plan(*facts, at=at, playbook=playbook).rows]


def test_once_takes_the_first_and_stays_with_what_was_sent() -> None:
    playbook = one(Step(id="a", kind=NOTE), reentry=Once())
    at = PLACED + timedelta(days=9)
    assert entered(playbook, *orders(1, 5), at=at) == ["order:1"]
    done = sent("story/order:5/a", PLACED + timedelta(days=5), Purpose.SERVICE)
    assert entered(playbook, *orders(1, 5), done, at=at) == []
    gone = sent("story/order:0/a", PLACED, Purpose.SERVICE)
    assert entered(playbook, *orders(1, 5), gone, at=at) == []


def test_a_cooldown_counts_from_the_last_entry() -> None:
    playbook = one(Step(id="a", kind=NOTE, lateness_hours=2400), reentry=Cooldown(10))
    at = PLACED + timedelta(days=25)
    assert entered(playbook, *orders(1, 5, 11, 20), at=at) == ["order:1", "order:11"]
    late = sent("story/order:20/a", PLACED + timedelta(days=20), Purpose.SERVICE)
    assert entered(playbook, *orders(1, 5, 11, 20), late, at=at) == ["order:1"]


def test_one_at_a_time_waits_until_the_last_step_is_over() -> None:
    steps = (
        Step(id="a", kind=NOTE, lateness_hours=24),
        Step(id="b", kind=NOTE, after="a", days=2, lateness_hours=24),
    )
    playbook = Playbook(
        journeys=(
            Journey(id="story", trigger=triggers.OrderPlaced(), steps=steps, reentry=OneAtATime()),
        )
    )
    at = PLACED + timedelta(days=6)
    assert entered(playbook, *orders(1, 3, 5), at=at) == ["order:1", "order:5"]
    both = (
        sent("story/order:1/a", PLACED + timedelta(days=1), Purpose.SERVICE),
        sent("story/order:1/b", PLACED + timedelta(days=3), Purpose.SERVICE),
    )
    assert entered(playbook, *orders(1, 3), *both, at=at) == ["order:3"]


def test_what_began_before_the_activation_never_enters() -> None:
    playbook = one(Step(id="a", kind=NOTE), active_from=PLACED + timedelta(days=2))
    assert entered(playbook, *orders(1, 2, 3), at=PLACED + timedelta(days=4)) == [
        "order:2",
        "order:3",
    ]


def test_a_definition_that_is_followed_live_takes_over_at_its_time() -> None:
    change = PLACED + timedelta(days=2)
    trigger = triggers.OrderPlaced()
    old = Journey(id="story", trigger=trigger, steps=(Step(id="a", kind=NOTE, days=30),))
    new = Journey(
        id="story",
        trigger=trigger,
        steps=(Step(id="a", kind=NOTE, days=3),),
        effective_from=change,
        follow=Follow.LIVE,
    )
    playbook = Playbook(journeys=(new, old))
    before = plan(ORDER, at=PLACED, playbook=playbook)
    assert before.rows[0].target == PLACED + timedelta(days=30)
    assert before.next_wakeup == change
    after = plan(ORDER, at=change, playbook=playbook)
    assert [each.target for each in after.rows] == [PLACED + timedelta(days=3)]
    pinned = Playbook(journeys=(old, evolve(new, follow=Follow.PINNED)))
    assert plan(ORDER, at=change, playbook=pinned).rows == before.rows


def test_the_same_thing_found_twice_is_one_intent() -> None:
    story = Journey(id="story", trigger=triggers.OrderPlaced(), steps=(Step(id="a", kind=NOTE),))
    later = evolve(story, trigger=triggers.LatestOrder(), effective_from=PLACED - timedelta(days=1))
    early = evolve(story, effective_from=PLACED + timedelta(days=1))
    found = plan(ORDER, at=PLACED, playbook=Playbook(journeys=(story, early, later)))
    assert [each.key for each in found.due] == ["story/order:1001/a"]


def test_what_comes_again_by_itself_is_not_shown_once_it_is_over() -> None:
    born = evolve(CUSTOMER, at=datetime(2020, 1, 1, tzinfo=UTC), birthday=Birthday(10, 30))
    found = decide(History.of(born), at=PLACED, shop=SHOP, playbook=DEFAULT.only("birthday"))
    assert [each.key for each in found.rows] == ["birthday/year:2027/gift"]


def test_two_triggers_ask_for_one_delivery_once() -> None:
    step = Step(id="a", kind=NOTE)
    playbook = Playbook(
        journeys=(
            Journey(id="each", trigger=triggers.OrderDelivered(), steps=(step,)),
            Journey(id="first", trigger=triggers.FirstOrderDelivered(), steps=(step,)),
        )
    )
    found = plan(ORDER, PARCEL, at=DELIVERED, playbook=playbook)
    assert {each.key for each in found.due} == {"each/order:1001/a", "first/order:1001/a"}


def test_a_kind_of_the_library_for_every_journey_of_the_default() -> None:
    used = {step.kind for journey in DEFAULT.journeys for step in journey.steps}
    assert used == set(kinds.KINDS)
    assert IfRefunded() in DEFAULT.journey("review_request").exits
