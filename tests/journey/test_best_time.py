"""The hour and the channel in which a customer answers most."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import (
    Agent,
    MessageClicked,
    MessageOpened,
    MessageReplied,
    MessageSent,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Window
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import (
    BestChannel,
    BestTime,
    Journey,
    Plan,
    Playbook,
    Step,
    decide,
    triggers,
)
from postpurchase.journey.reason import AtBestTime, Weekday
from postpurchase.privacy import Hours

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
"""A Monday, 8:30 in Kolkata."""
CUSTOMER = Customer(
    id="C1", at=MONDAY, email="guest@example.com", devices=("token",), country="IN", account="A"
)
ORDER = Order(
    id="O1",
    at=MONDAY + timedelta(days=21, hours=9),
    currency="EUR",
    lines=(Line(sku="A", unit_price=Money.of("1.00", "EUR")),),
)
YES = tuple(
    Consent(id=each, at=MONDAY, channel=each, state=ConsentState.GRANTED)
    for each in (Channel.PUSH, Channel.EMAIL)
)
PROMO = Kind(name="promo", purpose=Purpose.MARKETING, channels=(Channel.PUSH,))


def plan(step: Step, *facts: Fact, hours: Iterable[Hours] = ()) -> Plan:
    story = Journey(id="story", trigger=triggers.OrderPlaced(), steps=(step,))
    playbook = Playbook(journeys=(story,), hours=tuple(hours))
    history = History.of(CUSTOMER, ORDER, *YES, *facts)
    return decide(history, at=ORDER.at, shop=SHOP, playbook=playbook)


def commute(days: int) -> list[Visited]:
    """In the app at 8:30 local, every working day."""
    mornings = (MONDAY + timedelta(days=n) for n in range(days))
    return [Visited(id=f"V{at:%d}", at=at, place="app") for at in mornings if at.weekday() < 5]


def test_a_push_comes_in_the_morning_commute() -> None:
    step = Step(id="a", kind=PROMO, best_time=BestTime())
    browsing = Visited(id="web", at=MONDAY + timedelta(hours=12), place="web")
    mail = MessageSent(id="m/m/m", at=MONDAY, channel=Channel.EMAIL, purpose=Purpose.SERVICE)
    opened = MessageOpened(id="o", at=MONDAY + timedelta(hours=12), message="m/m/m")
    (row,) = plan(step, *commute(19), browsing, mail, opened).rows
    assert row.target == datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    assert row.target.astimezone(SHOP.zone).time() == time(8)
    assert row.reasons[-1] == AtBestTime(Weekday.TUESDAY, time(8))
    assert str(row.reasons[-1]) == "at the customer's best hour, 08:00 on Tuesday"


def test_a_few_answers_move_nothing() -> None:
    step = Step(id="a", kind=PROMO, best_time=BestTime(enough=5))
    (row,) = plan(step, *commute(4)).rows
    assert row.target == ORDER.at


def test_the_hour_must_be_open() -> None:
    from_nine = Hours(channel=Channel.PUSH, open=Window(time(9), time(20)))
    later = [
        evolve(each, id=f"{each.id} later", at=each.at + timedelta(hours=1)) for each in commute(5)
    ]
    step = Step(id="a", kind=PROMO, best_time=BestTime())
    (row,) = plan(step, *commute(19), *later, hours=[from_nine]).rows
    assert row.target.astimezone(SHOP.zone).time() == time(9)
    quiet = Kind(name="note", purpose=Purpose.SERVICE, channels=(Channel.PUSH,))
    (note,) = plan(evolve(step, kind=quiet), *commute(19), *later, hours=[from_nine]).rows
    assert note.target.astimezone(SHOP.zone).time() == time(8)


def test_without_a_permitted_channel_it_stays() -> None:
    step = Step(id="a", kind=PROMO, channels=(Channel.SMS,), best_time=BestTime(enough=1))
    (row,) = plan(step, *commute(19)).rows
    assert row.target == ORDER.at


def test_newer_answers_count_more_and_the_segment_fills_in() -> None:
    old = [
        Visited(
            id=f"old {n}", at=MONDAY - timedelta(days=70 + 7 * n) + timedelta(hours=4), place="app"
        )
        for n in range(4)
    ]
    new = [Visited(id=f"new {n}", at=MONDAY + timedelta(days=7 * n), place="app") for n in range(3)]
    step = Step(id="a", kind=PROMO, best_time=BestTime(most_hours=168, half_life_days=30))
    (row,) = plan(step, *old, *new).rows
    assert row.target.astimezone(SHOP.zone) == datetime(2026, 11, 30, 8, tzinfo=SHOP.zone)
    week = [0] * 168
    week[2 * 24 + 19] = 1
    segment = BestTime(most_hours=168, enough=1, shrink=9, segment=tuple(week))
    (shrunk,) = plan(evolve(step, best_time=segment), *new).rows
    assert shrunk.target.astimezone(SHOP.zone) == datetime(2026, 11, 25, 19, tzinfo=SHOP.zone)


def test_what_machines_opened_does_not_count() -> None:
    facts: list[Fact] = []
    for n in range(6):
        key = f"x/order:{n}/a"
        at = MONDAY + timedelta(days=n)
        facts += [
            MessageSent(id=key, at=at, channel=Channel.PUSH, purpose=Purpose.SERVICE),
            MessageOpened(id=f"m{n}", at=at, message=key, by=Agent.MACHINE),
            MessageOpened(id=f"u{n}", at=at + timedelta(hours=2), message=key),
            MessageOpened(id=f"s{n}", at=at + timedelta(hours=3), message="somebody/else's/key"),
        ]
    step = Step(id="a", kind=PROMO, best_time=BestTime())
    (row,) = plan(step, *facts).rows
    assert row.target.astimezone(SHOP.zone).time() == time(10)


def answered(channel: Channel, count: int, *, opened: int) -> list[Fact]:
    facts: list[Fact] = []
    for n in range(count):
        key = f"{channel}/order:{n}/a"
        at = MONDAY - timedelta(days=n + 3)
        facts.append(MessageSent(id=key, at=at, channel=channel, purpose=Purpose.SERVICE))
        if n < opened:
            facts.append(MessageClicked(id=key, at=at, message=key, by=Agent.HUMAN))
            facts.append(MessageReplied(id=key, at=at, message=key))
    facts.append(MessageReplied(id=f"lost {channel}", at=MONDAY, message="nothing/of/ours"))
    return facts


def test_the_channel_that_is_answered_most_comes_first() -> None:
    step = Step(
        id="a",
        kind=PROMO,
        channels=(Channel.EMAIL, Channel.PUSH),
        best_channel=BestChannel(),
    )
    facts = [*answered(Channel.EMAIL, 4, opened=0), *answered(Channel.PUSH, 4, opened=3)]
    (action,) = plan(step, *facts).due
    assert action.channel is Channel.PUSH
    (usual,) = plan(step, *answered(Channel.PUSH, 2, opened=2)).due
    assert usual.channel is Channel.EMAIL


def test_without_any_shrinking_a_channel_never_tried_comes_last() -> None:
    step = Step(
        id="a",
        kind=PROMO,
        channels=(Channel.EMAIL, Channel.PUSH),
        best_channel=BestChannel(shrink=0, enough=1),
    )
    (action,) = plan(step, *answered(Channel.PUSH, 2, opened=1)).due
    assert action.channel is Channel.PUSH


@pytest.mark.parametrize("segment", [(1,), (0,) * 168, (-1,) + (1,) * 167])
def test_a_segment_has_a_week_of_hours(segment: tuple[int, ...]) -> None:
    with pytest.raises(InvalidPlaybook, match="168 weights"):
        BestTime(segment=segment)
