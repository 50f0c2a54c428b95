"""Simulations, two playbooks beside each other, many customers, and pictures."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import MessageOpened, ReviewPosted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Refund
from postpurchase.domain.shipment import Eta, Scan, Shipment, Stage
from postpurchase.journey import (
    DEFAULT,
    Difference,
    Holdout,
    Limit,
    Playbook,
    Simulation,
    Totals,
    apply_global_limits,
    bids,
    decide_many,
    diff,
    key_hash,
    simulate,
)
from postpurchase.journey.chart import timeline
from postpurchase.journey.reason import GlobalLimit, NotInPlaybook, ReviewWasPosted

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
PLACED = datetime(2026, 11, 1, 10, tzinfo=UTC)
END = PLACED + timedelta(days=40)
LINE = Line(sku="KNIVES", unit_price=Money.of("80.00", "EUR"))
ASKING = DEFAULT.only("order_confirmation", "thank_you", "review_request")
SELLING = DEFAULT.only("birthday", "newsletter_invitation", "referral_invitation", "check_in")


def buyer(id: str, *more: Fact) -> History:
    order = Order(
        id=f"{id}-1",
        at=PLACED,
        currency="EUR",
        lines=(LINE,),
        refunds=(
            Refund(id=f"{id}-r", at=PLACED + timedelta(days=39), amount=Money.of("1", "EUR")),
        ),
    )
    parcel = Shipment(
        id=f"{id}-s",
        at=PLACED,
        order=f"{id}-1",
        scans=(Scan(at=PLACED + timedelta(days=3), stage=Stage.DELIVERED),),
        etas=(Eta.by(PLACED + timedelta(days=3), as_of=PLACED + timedelta(hours=1)),),
    )
    customer = Customer(id=id, at=PLACED, email="guest@example.com", account="A", country="IN")
    yes = Consent(id="yes", at=PLACED, channel=Channel.EMAIL, state=ConsentState.GRANTED)
    return History.of(customer, order, parcel, yes, *more)


def simulated(*histories: History, playbook: Playbook = ASKING) -> Simulation:
    return simulate(histories, playbook, shop=SHOP, start=PLACED, end=END)


class Reviewers:
    """Everybody opens, and reviews two days after the request."""

    def after(self, action: Action, history: History, /, *, at: datetime) -> Iterable[Fact]:
        yield MessageOpened(id=action.key, at=at + timedelta(hours=1), message=action.key)
        if action.kind.name == "review_request":
            (order,) = history.orders
            yield ReviewPosted(id=order.id, at=at + timedelta(days=2), order=order.id)


def test_a_simulation_walks_from_wakeup_to_wakeup() -> None:
    found = simulated(buyer("C1"))
    assert [(each.kind, each.at) for each in found.sent] == [
        ("order_confirmation", PLACED),
        ("thank_you", PLACED + timedelta(hours=1)),
        ("review_request", datetime(2026, 11, 11, 4, 30, tzinfo=UTC)),
        ("review_reminder", datetime(2026, 11, 18, 4, 30, tzinfo=UTC)),
    ]
    (line,) = found.timelines
    assert line.decisions <= 14
    assert not line.held_out
    assert not line.collisions
    assert {each.basis and each.basis.value for each in line.sent} == {
        "contract",
        "consent",
    }


def test_answers_change_what_comes() -> None:
    found = simulate([buyer("C1")], ASKING, shop=SHOP, start=PLACED, end=END, responses=Reviewers())
    assert "review_reminder" not in {each.kind for each in found.sent}
    (line,) = found.timelines
    assert ReviewWasPosted("C1-1") in {why for row in line.left for why in row.reasons}


def crowd(lateness_hours: int) -> Playbook:
    """Two promotions on one day; the second one has the lower priority."""
    first = DEFAULT.only("referral_invitation").change("referral_invitation/invite", days=5)
    journey = first.journey("referral_invitation")
    step = evolve(journey.steps[0], lateness_hours=lateness_hours)
    return first.add(evolve(journey, id="again", priority=1, steps=(step,)))


def test_totals_count_messages_customers_and_collisions() -> None:
    found = simulated(buyer("C1"), buyer("C2"), playbook=crowd(lateness_hours=168))
    assert found.totals() == (
        Totals(journey="again", sent=2, customers=2, collisions=2),
        Totals(journey="referral_invitation", sent=2, customers=2, collisions=0),
    )


def test_what_a_cap_held_back_for_good_is_counted_too() -> None:
    found = simulated(buyer("C1"), playbook=crowd(lateness_hours=1))
    assert found.totals() == (
        Totals(journey="referral_invitation", sent=1, customers=1, collisions=0),
        Totals(journey="again", sent=0, customers=0, collisions=1),
    )


def test_who_was_held_out_is_told() -> None:
    half = evolve(SELLING, holdout=Holdout("2026H2", Decimal("0.6")))
    found = simulated(buyer("C1"), buyer("C3"), playbook=half)
    assert found.held_out == ("C3",)
    promoted = {each.customer for each in found.sent if each.kind == "referral_invitation"}
    assert promoted == {"C1"}
    assert {each.customer for each in found.sent if each.kind == "check_in"} == {"C1", "C3"}


def test_rows_make_a_data_frame() -> None:
    frame = pd.DataFrame(simulated(buyer("C1"), buyer("C2")).rows())
    assert list(frame.columns) == [
        "customer",
        "at",
        "journey",
        "key",
        "kind",
        "channel",
        "basis",
        "why",
    ]
    counts = frame.groupby("journey")["customer"].nunique()
    assert counts.to_dict() == {"order_confirmation": 2, "thank_you": 2, "review_request": 2}
    assert frame["why"].iloc[0].startswith("order C1-1 was placed; at once")
    assert set(frame["basis"]) == {"contract", "consent"}


def test_a_picture_has_a_line_for_each_customer() -> None:
    figure = timeline(simulated(buyer("C1"), buyer("C2")))
    (axes,) = figure.axes
    assert [each.get_text() for each in axes.get_yticklabels()] == ["C1", "C2"]
    marks = {str(line.get_label()): np.size(line.get_ydata()) for line in axes.get_lines()}
    assert marks == {"order_confirmation": 2, "review_request": 4, "thank_you": 2}
    assert timeline(simulated(playbook=Playbook())).axes[0].get_legend() is None


# ---------------------------------------------------------------- two playbooks


def differences(before: Playbook, after: Playbook) -> tuple[Difference, ...]:
    return diff(before, after, [buyer("C1")], shop=SHOP, start=PLACED, end=END)


def test_two_playbooks_differ_where_a_number_was_changed() -> None:
    found = differences(ASKING, ASKING.change("review_request/ask", days=10))
    assert [each.key for each in found] == [
        "review_request/order:C1-1/ask",
        "review_request/order:C1-1/remind",
    ]
    assert str(found[0]).startswith(
        "C1  review_request/order:C1-1/ask  email 2026-11-11 04:30 -> email 2026-11-14 04:30  "
        "order C1-1 was delivered; 10 days later"
    )
    assert differences(ASKING, ASKING) == ()


def test_what_does_not_go_out_any_more_says_why() -> None:
    (gone,) = differences(ASKING, ASKING.without("thank_you"))
    assert (gone.after, gone.reasons) == (None, (NotInPlaybook(),))
    (back,) = differences(ASKING.without("thank_you"), ASKING)
    assert (back.before, back.reasons) == (None, (NotInPlaybook(),))
    strict = ASKING.change("review_request/remind", days=31)
    (late,) = differences(ASKING, strict)
    assert late.after is None
    assert str(late.reasons[0]) == "ask was sent"


# ---------------------------------------------------------------- many customers


def test_many_customers_are_a_stream() -> None:
    plans = decide_many((buyer(id) for id in ("C1", "C2")), at=PLACED, shop=SHOP)
    assert [each.customer for each in plans] == ["C1", "C2"]


def test_a_key_is_hashed_with_its_customer() -> None:
    one = key_hash("C1", "birthday/year:2026/gift")
    assert one == "5a149020e0d2349c816ce96db5a81721"
    assert one != key_hash("C2", "birthday/year:2026/gift")
    assert one == key_hash("C1", "birthday/year:2026/gift")


def test_the_limits_of_the_shop_hold_over_all_customers() -> None:
    plans = list(decide_many(map(buyer, ("C2", "C1", "C3")), at=PLACED, shop=SHOP))
    limits = [Limit(most=2, journey="order_confirmation"), Limit(most=9, kind="thank_you")]
    found = apply_global_limits(bids(plans), limits)
    assert [(each.customer, each.journey) for each in found.kept] == [
        ("C1", "order_confirmation"),
        ("C2", "order_confirmation"),
    ]
    ((held, why),) = found.held
    assert (held.customer, why) == ("C3", GlobalLimit("order_confirmation", 2))
    assert Limit(most=1).scope == "everything"
