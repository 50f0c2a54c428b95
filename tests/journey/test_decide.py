"""What is due, what comes next, and why everything else does not go out."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from knives import (
    ANNIVERSARY,
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
    refund,
    row,
    sent,
)
from letters import NOTE, PROMO
from postpurchase.domain.customer import Cause, Suppression
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.journey import DEFAULT, Holdout, Status, Step, decide
from postpurchase.journey.began import OrderWasDelivered, OrderWasPlaced
from postpurchase.journey.reason import (
    AtLocalTime,
    AtOnce,
    CapReached,
    DaysLater,
    HeldOut,
    HoursLater,
    OrderCancelled,
    OrderRefunded,
    QuietHours,
    TooLate,
)
from postpurchase.privacy import Basis, Cap
from postpurchase.privacy.reason import ConsentGiven, NeededForTheOrder, NoConsent

# ---------------------------------------------------------------- refunds and cancellations


def test_a_review_is_asked_for_seven_days_after_the_delivery() -> None:
    found = row(REVIEW, ORDER, PARCEL, at=ASKED)
    assert found.status is Status.DUE
    assert found.reasons[:3] == (OrderWasDelivered("1001"), DaysLater(7), AtLocalTime(time(10)))
    assert found.basis is Basis.SERVICE_RELATIONSHIP


@pytest.mark.parametrize("key", [REVIEW, ANNIVERSARY])
def test_a_full_refund_ends_the_review_and_the_anniversary(key: str) -> None:
    found = row(key, ORDER, PARCEL, refund("80.00", 2), YES, at=ASKED)
    assert (found.status, found.reasons) == (Status.EXITED, (OrderRefunded("1001"),))


@pytest.mark.parametrize("key", [REVIEW, ANNIVERSARY])
def test_a_cancellation_ends_the_review_and_the_anniversary(key: str) -> None:
    off = Cancellation(id="X1", at=DELIVERED, order="1001")
    found = row(key, ORDER, evolve(PARCEL, lines=Pairs(KNIVES=2)), off, YES, at=ASKED)
    assert (found.status, found.reasons) == (Status.EXITED, (OrderCancelled("1001"),))


def test_units_that_were_cancelled_and_refunded_together_end_it_too() -> None:
    off = Cancellation(id="X1", at=SHIPPED, order="1001", lines=Pairs(KNIVES=1))
    back = Refund(
        id="R2",
        at=DELIVERED,
        order="1001",
        amount=Money.of("10.00", "EUR"),
        lines=(RefundLine(line="KNIVES", quantity=2, amount=Money.of("10.00", "EUR")),),
    )
    assert row(REVIEW, ORDER, PARCEL, off, back, at=ASKED).status is Status.EXITED


def test_a_partial_refund_keeps_the_review_for_what_was_kept() -> None:
    found = plan(ORDER, PARCEL, refund("40.00", 1), YES, at=ASKED)
    assert REVIEW in {action.key for action in found.due}
    assert found.row(ANNIVERSARY) is not None
    assert found.row(ANNIVERSARY) in found.planned


def test_the_anniversary_moves_on_to_the_first_order_that_was_kept() -> None:
    second = evolve(ORDER, id="1002", at=PLACED + timedelta(days=3))
    found = plan(ORDER, refund("80.00", 2), second, YES, at=ASKED)
    statuses = {each.key: each.status for each in found.rows if "anniversary" in each.key}
    assert statuses == {
        ANNIVERSARY: Status.EXITED,
        "purchase_anniversary/order:1002#1y/greet": Status.PLANNED,
    }


# ---------------------------------------------------------------- delays and lateness


def test_without_a_delay_a_step_is_due_at_once() -> None:
    found = row("story/order:1001/a", ORDER, at=PLACED, playbook=one(Step(id="a", kind=NOTE)))
    assert found.reasons == (OrderWasPlaced("1001"), AtOnce(), NeededForTheOrder())


def test_hours_pass_before_days_are_counted() -> None:
    step = Step(id="a", kind=NOTE, hours=30, days=1, local_time=time(9))
    found = row("story/order:1001/a", ORDER, at=PLACED, playbook=one(step))
    assert found.target == datetime(2026, 11, 3, 3, 30, tzinfo=UTC)
    assert found.reasons[1:] == (HoursLater(30), DaysLater(1), AtLocalTime(time(9)))


def test_what_is_late_is_dropped_only_after_its_last_instant() -> None:
    playbook = one(Step(id="a", kind=NOTE, lateness_hours=2))
    last = PLACED + timedelta(hours=2)
    assert row("story/order:1001/a", ORDER, at=last, playbook=playbook).status is Status.DUE
    late = row("story/order:1001/a", ORDER, at=last + timedelta(microseconds=1), playbook=playbook)
    assert (late.status, late.reasons) == (Status.SKIPPED, (TooLate(2),))


def test_what_is_long_over_is_not_shown_any_more() -> None:
    playbook = one(Step(id="a", kind=NOTE, lateness_hours=2))
    assert plan(ORDER, at=PLACED + timedelta(days=30), playbook=playbook).rows
    assert not plan(ORDER, at=PLACED + timedelta(days=60), playbook=playbook).rows
    longer = evolve(playbook, looks_back_days=90)
    assert plan(ORDER, at=PLACED + timedelta(days=60), playbook=longer).rows


def test_a_horizon_hides_what_is_far_and_nothing_else() -> None:
    near = evolve(DEFAULT.only("purchase_anniversary", "review_request"), horizon_days=60)
    found = plan(ORDER, PARCEL, YES, at=DELIVERED, playbook=near)
    assert [each.key for each in found.rows] == [REVIEW]
    assert found.next_wakeup == ASKED


# ---------------------------------------------------------------- hours and caps


def test_promotions_wait_for_the_hours_of_the_country() -> None:
    step = Step(id="a", kind=PROMO, channels=(Channel.SMS,))
    yes = evolve(YES, channel=Channel.SMS)
    night = datetime(2026, 11, 1, 17, tzinfo=UTC)
    found = row("story/order:1001/a", evolve(ORDER, at=night), yes, at=night, playbook=one(step))
    assert (found.status, found.reasons) == (Status.DEFERRED, (QuietHours(Channel.SMS),))
    assert found.until == datetime(2026, 11, 2, 4, 30, tzinfo=UTC)


def test_what_makes_no_sense_in_the_morning_is_dropped_at_night() -> None:
    step = Step(id="a", kind=PROMO, channels=(Channel.SMS,), lateness_hours=3)
    yes = evolve(YES, channel=Channel.SMS)
    night = datetime(2026, 11, 1, 17, tzinfo=UTC)
    found = row("story/order:1001/a", evolve(ORDER, at=night), yes, at=night, playbook=one(step))
    assert (found.status, found.until) == (Status.SKIPPED, None)
    assert found.reasons == (QuietHours(Channel.SMS), TooLate(3))


def test_the_caps_of_the_law_come_on_top() -> None:
    step = Step(id="a", kind=PROMO, channels=(Channel.SMS,))
    there = evolve(CUSTOMER, country="BD", zone=ZoneInfo("Asia/Dhaka"))
    yes = evolve(YES, channel=Channel.SMS)
    before = [
        MessageSent(
            id=f"x/{n}/a",
            at=PLACED - timedelta(hours=n),
            channel=Channel.SMS,
            purpose=Purpose.MARKETING,
        )
        for n in (2, 4, 6)
    ]
    found = decide(
        History.of(there, ORDER, yes, *before), at=PLACED, shop=SHOP, playbook=one(step)
    ).row("story/order:1001/a")
    assert found is not None
    assert found.reasons == (CapReached(3, 24),)
    assert found.until == PLACED + timedelta(hours=18)


def test_a_cap_on_one_channel_leaves_the_others_alone() -> None:
    step = Step(id="a", kind=PROMO)
    capped = evolve(one(step), caps=(Cap(limit=1, hours=24, channel=Channel.SMS),))
    before = MessageSent(id="x/1/a", at=PLACED, channel=Channel.SMS, purpose=Purpose.MARKETING)
    found = row("story/order:1001/a", ORDER, YES, before, at=PLACED, playbook=capped)
    assert found.status is Status.DUE
    assert found.reasons[-1] == ConsentGiven(Channel.EMAIL, PLACED.date())


def test_a_cap_past_the_last_instant_drops() -> None:
    step = Step(id="a", kind=PROMO, lateness_hours=10)
    capped = evolve(one(step), caps=(Cap(limit=1, hours=24),))
    found = row("story/order:1001/a", ORDER, YES, sent("x/1/a", PLACED), at=PLACED, playbook=capped)
    assert (found.status, found.reasons) == (Status.SKIPPED, (CapReached(1, 24), TooLate(10)))


# ---------------------------------------------------------------- holdouts and variants


def test_a_holdout_gets_nothing_but_what_it_needs() -> None:
    everybody = Holdout("2026H2", Decimal(1))
    playbook = evolve(one(Step(id="a", kind=PROMO)), holdout=everybody)
    found = row("story/order:1001/a", ORDER, YES, at=PLACED, playbook=playbook)
    assert (found.status, found.reasons) == (Status.HELD_OUT, (HeldOut("2026H2"),))
    needed = evolve(one(Step(id="a", kind=NOTE)), holdout=everybody)
    assert row("story/order:1001/a", ORDER, at=PLACED, playbook=needed).status is Status.DUE


def test_a_journey_can_have_a_holdout_of_its_own() -> None:
    nobody, everybody = Holdout("all", Decimal(0)), Holdout("own", Decimal(1))
    playbook = evolve(one(Step(id="a", kind=PROMO), holdout=everybody), holdout=nobody)
    found = row("story/order:1001/a", ORDER, YES, at=PLACED, playbook=playbook)
    assert found.reasons == (HeldOut("own"),)


def test_a_variant_is_drawn_once_for_each_customer() -> None:
    step = Step(id="a", kind=NOTE, variants=Pairs(short=1, warm=1))
    drawn = {
        decide(
            History.of(evolve(CUSTOMER, id=f"C{n}"), ORDER),
            at=PLACED,
            shop=SHOP,
            playbook=one(step),
        )
        .due[0]
        .variant
        for n in range(20)
    }
    assert drawn == {"short", "warm"}
    assert (
        plan(ORDER, at=PLACED, playbook=one(step)).due
        == plan(ORDER, at=PLACED, playbook=one(step)).due
    )


# ---------------------------------------------------------------- permission


def test_the_ceiling_is_the_strictest_purpose_that_is_permitted() -> None:
    playbook = one(Step(id="a", kind=NOTE))
    (without,) = plan(ORDER, at=PLACED, playbook=playbook).due
    (with_consent,) = plan(ORDER, YES, at=PLACED, playbook=playbook).due
    assert (without.ceiling, with_consent.ceiling) == (Purpose.SOLICITATION, Purpose.MARKETING)


def test_every_channel_that_is_refused_says_why() -> None:
    step = Step(id="a", kind=PROMO, channels=(Channel.SMS, Channel.EMAIL))
    found = row("story/order:1001/a", ORDER, at=PLACED, playbook=one(step))
    assert found.reasons == (NoConsent(Channel.SMS), NoConsent(Channel.EMAIL))


def test_a_suppression_that_will_be_lifted_wakes_the_plan() -> None:
    lifted = PLACED + timedelta(hours=5)
    stop = Suppression(
        id="S", at=PLACED, channel=Channel.EMAIL, cause=Cause.COMPLAINT, lifted_at=lifted
    )
    playbook = one(Step(id="a", kind=NOTE))
    found = plan(ORDER, stop, at=PLACED, playbook=playbook)
    assert found.next_wakeup == lifted
    assert plan(ORDER, stop, at=lifted, playbook=playbook).due


def test_a_consent_that_begins_later_wakes_the_plan() -> None:
    begins = PLACED + timedelta(hours=5)
    ahead = evolve(YES, at=begins, recorded_at=PLACED)
    playbook = one(Step(id="a", kind=PROMO))
    assert plan(ORDER, ahead, at=PLACED, playbook=playbook).next_wakeup == begins
    assert plan(ORDER, ahead, at=begins, playbook=playbook).due
