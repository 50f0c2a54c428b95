"""The weights of a week to the last millionth, and the hours in which a step may be moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import Customer, Shop
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
from postpurchase.domain.message import Channel
from postpurchase.domain.rule import NOTHING
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import BestTime, Scene
from postpurchase.privacy import WORLD

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
TARGET = MONDAY + timedelta(days=14, hours=9)
PUSH, EMAIL, SITE = Channel.PUSH, Channel.EMAIL, Channel.SITE


def scene(*facts: Fact, zone: str = "UTC") -> Scene:
    customer = Customer(id="C1", at=MONDAY, zone=ZoneInfo(zone))
    return Scene(History.of(customer, *facts), TARGET, SHOP, NOTHING, WORLD)


def visit(at: datetime, id: str = "", place: str = "app") -> Visited:
    return Visited(id=id or str(at), at=at, place=place)


def week(policy: BestTime, *facts: Fact, channel: Channel = PUSH) -> dict[int, int]:
    found = policy.week(scene(*facts), channel, TARGET)
    return {hour: weight for hour, weight in enumerate(found) if weight}


def moved(policy: BestTime, *facts: Fact, closed: tuple[datetime, ...] = ()) -> datetime:
    return policy.moved(scene(*facts), PUSH, TARGET, lambda at: at not in closed)


def test_an_answer_counts_half_for_every_half_life() -> None:
    policy = BestTime(enough=1, half_life_days=7)
    old, new = visit(TARGET - timedelta(days=14)), visit(TARGET)
    assert week(policy, new) == {9: 1_000_000}
    assert week(policy, old, new) == {9: 1_250_000}
    assert week(policy, visit(TARGET - timedelta(days=7) + timedelta(hours=1))) == {10: 502_067}


def test_what_comes_after_the_steps_own_time_does_not_count() -> None:
    policy = BestTime(enough=1)
    assert week(policy, visit(TARGET + timedelta(microseconds=1))) == {}


def test_enough_is_counted_exactly() -> None:
    two = (visit(MONDAY), visit(MONDAY + timedelta(days=1)))
    assert week(BestTime(enough=2), *two)
    assert week(BestTime(enough=3), *two) == {}


def test_the_segment_is_shared_out_in_whole_millionths() -> None:
    segment = [0] * 168
    segment[3], segment[5] = 1, 2
    policy = BestTime(enough=1, shrink=2, half_life_days=7, segment=tuple(segment))
    found = policy.week(scene(visit(TARGET)), PUSH, TARGET)
    assert {hour: weight for hour, weight in enumerate(found) if weight} == {
        3: 666_666,
        5: 1_333_333,
        9: 1_000_000,
    }
    assert all(type(weight) is int for weight in found)


def test_only_answers_on_the_channel_count() -> None:
    policy = BestTime(enough=1, half_life_days=3650)
    mail = MessageSent(id="m/m/m", at=MONDAY, channel=EMAIL)
    opened = MessageOpened(id="o", at=MONDAY + timedelta(hours=1), message="m/m/m")
    clicked = MessageClicked(id="c", at=MONDAY + timedelta(hours=2), message="m/m/m")
    replied = MessageReplied(id="r", at=MONDAY + timedelta(hours=3), message="m/m/m")
    machine = MessageClicked(
        id="x", at=MONDAY + timedelta(hours=4), message="m/m/m", by=Agent.MACHINE
    )
    facts = (mail, opened, clicked, replied, machine)
    assert list(week(policy, *facts, channel=EMAIL)) == [1, 2, 3]
    assert week(policy, *facts) == {}
    web, app = visit(MONDAY, place="web"), visit(MONDAY + timedelta(hours=7))
    assert list(week(policy, web, app, channel=SITE)) == [0]
    assert list(week(policy, web, app, channel=Channel.IN_APP)) == [7]
    assert week(policy, web, app, channel=EMAIL) == {}


def test_the_hours_of_the_wall_clock_count() -> None:
    policy = BestTime(enough=1, half_life_days=3650)
    found = policy.week(scene(visit(MONDAY), zone="Asia/Kathmandu"), PUSH, TARGET)
    assert [hour for hour, weight in enumerate(found) if weight] == [5]


def test_the_earliest_of_equal_hours_is_taken_and_the_first_open_one() -> None:
    policy = BestTime(enough=1, most_hours=6)
    late = visit(TARGET - timedelta(days=7) + timedelta(hours=5))
    assert moved(policy, late) == TARGET + timedelta(hours=5)
    night = visit(TARGET - timedelta(days=7) + timedelta(hours=12))
    assert moved(policy, night) == TARGET
    assert moved(policy, night, closed=(TARGET,)) == TARGET + timedelta(hours=1)
    six = visit(TARGET - timedelta(days=7) + timedelta(hours=6))
    assert moved(policy, six) == TARGET + timedelta(hours=6)
    seven = visit(TARGET - timedelta(days=7) + timedelta(hours=7))
    assert moved(policy, seven) == TARGET


def test_after_the_steps_own_minute_come_full_hours() -> None:
    policy = BestTime(enough=1, most_hours=6)
    odd = TARGET + timedelta(minutes=20, seconds=30, microseconds=7)
    at = scene(visit(TARGET - timedelta(days=7) + timedelta(hours=2)))
    assert policy.moved(at, PUSH, odd, lambda _: True) == TARGET + timedelta(hours=2)


def test_a_segment_that_is_no_week_is_refused_by_name() -> None:
    with pytest.raises(InvalidPlaybook, match=r"^BestTime: a prior has 168 weights"):
        BestTime(segment=(1, 2))
