"""Birthdays and anniversaries, once a year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from loyalty import due, order, refund
from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.event import ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.moment import Leap
from postpurchase.rewards import (
    Earn,
    Earning,
    NoWaiting,
    Occasions,
    Programme,
    Trigger,
)
from till import START, day


def born(month: int, on: int, known: float = 0) -> Customer:
    return Customer(id="c", at=day(0), recorded_at=day(known), birthday=Birthday(month, on))


PARTY = Programme(
    name="club",
    earning=Earning(
        rules=(
            Earn(name="birthday", points=50, on=Trigger.BIRTHDAY),
            Earn(name="anniversary", points=10, on=Trigger.ANNIVERSARY),
        )
    ),
    occasions=Occasions(),
)


def test_a_birthday_comes_once_a_year() -> None:
    keys = [entry.key for entry in due(PARTY, History.of(born(3, 5)), day(800))]
    assert keys == ["earn:birthday:2026", "earn:birthday:2027", "earn:birthday:2028"]
    moved = History.of(born(3, 5), born(5, 5, known=70))
    entries = due(PARTY, moved, day(130))
    assert [(entry.key, entry.at.date().isoformat()) for entry in entries] == [
        ("earn:birthday:2026", "2026-05-05")
    ]
    before = due(PARTY, moved, day(69))
    assert due(PARTY, moved, day(130), before) == ()


@pytest.mark.parametrize(("birthday", "granted"), [((12, 10), 0), ((12, 23), 0), ((12, 24), 1)])
def test_a_birthday_is_known_in_time(birthday: tuple[int, int], granted: int) -> None:
    entered = datetime(2026, 11, 23, 12, tzinfo=UTC)
    customer = Customer(id="c", at=entered, birthday=Birthday(*birthday))
    found = due(PARTY, History.of(customer), datetime(2026, 12, 31, tzinfo=UTC))
    assert len(found) == granted


def test_29_february_is_a_stated_day() -> None:
    history = History.of(born(2, 29))
    for leap, expected in ((Leap.FEB28, "2026-02-28"), (Leap.MAR1, "2026-03-01")):
        programme = evolve(PARTY, occasions=Occasions(leap=leap))
        (entry,) = due(programme, history, day(100))
        assert entry.at.date().isoformat() == expected


def test_a_birthday_begins_in_the_customers_zone() -> None:
    customer = evolve(born(3, 5), zone=ZoneInfo("Pacific/Auckland"))
    (entry,) = due(PARTY, History.of(customer), day(100))
    assert entry.at == datetime(2026, 3, 4, 11, tzinfo=UTC)
    again = evolve(customer, recorded_at=day(40), name="renamed")
    assert due(PARTY, History.of(customer, again), day(100)) == (entry,)


def test_the_first_purchase_is_remembered_unless_it_was_refunded() -> None:
    bought = order("10.00", on=2)
    keys = [entry.key for entry in due(PARTY, History.of(bought), day(740))]
    assert keys == ["earn:anniversary:1:1", "earn:anniversary:1:2"]
    assert due(PARTY, History.of(bought), day(366)) == ()
    gone = order("10.00", refund("10.00", 5), on=2)
    assert due(PARTY, History.of(gone), day(740)) == ()
    assert due(evolve(PARTY, occasions=None), History.of(bought), day(740)) == ()


def test_reviews_are_rewarded_whatever_they_say() -> None:
    programme = Programme(
        name="club", earning=Earning(rules=(Earn(name="review", points=5, on=Trigger.REVIEW),))
    )
    facts = [ReviewPosted(id=str(stars), at=day(stars), rating=stars) for stars in range(1, 6)]
    assert [e.points for e in due(programme, History.of(*facts), day(9))] == [5] * 5
    assert NoWaiting().at_once(START, UTC) == START
    assert NoWaiting().later(order("1.00"), History.of(), UTC) is None
