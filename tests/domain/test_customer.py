"""Customers, shops and what was allowed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import (
    Address,
    Birthday,
    Cause,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
    Source,
    Stance,
    Suppression,
)
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Calendar
from postpurchase.errors import InvalidFact, InvalidMoment

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_guest_is_a_customer_without_an_account() -> None:
    assert Customer(id="C1", at=NOW).guest
    assert not Customer(id="C1", at=NOW, account="A1").guest


def test_what_somebody_likes_and_avoids_is_told_apart() -> None:
    customer = Customer(
        id="C1",
        at=NOW,
        interests=(
            Interest(tag="vegetarian"),
            Interest(tag="meat", stance=Stance.AVOIDS, source=Source.OBSERVED),
            Interest(tag="cooking"),
        ),
    )
    assert customer.tagged(Stance.LIKES) == {"vegetarian", "cooking"}
    assert customer.tagged(Stance.AVOIDS) == {"meat"}


@pytest.mark.parametrize(
    ("month", "day", "year"), [(2, 29, None), (2, 29, 2024), (12, 31, 1990), (1, 1, None)]
)
def test_a_birthday_needs_no_year(month: int, day: int, year: int | None) -> None:
    birthday = Birthday(month, day, year)
    assert (birthday.month, birthday.day, birthday.year) == (month, day, year)


@pytest.mark.parametrize(
    ("month", "day", "year"), [(2, 30, None), (2, 29, 2023), (13, 1, None), (4, 31, 1990)]
)
def test_a_birthday_that_no_calendar_has_is_refused(month: int, day: int, year: int | None) -> None:
    with pytest.raises(InvalidFact, match=r"Birthday.day: expected a day that exists, got"):
        Birthday(month, day, year)


def test_a_shop_needs_a_name_and_a_zone() -> None:
    shop = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
    assert (shop.locale, shop.calendar, shop.address) == ("en", Calendar(), None)
    assert shop.links == {}
    assert hash(shop) == hash(Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata")))


def test_a_consent_says_where_what_for_and_how_it_was_given() -> None:
    consent = Consent(
        id="C1/email",
        at=NOW,
        channel=Channel.EMAIL,
        state=ConsentState.GRANTED,
        wording="2026-03",
        how="checkout",
        ends=datetime(2028, 5, 1, tzinfo=UTC),
    )
    assert consent.purpose is Purpose.MARKETING
    assert consent.ends is not None
    with pytest.raises(InvalidMoment):
        Consent(
            id="C1/email",
            at=NOW,
            channel=None,
            state=ConsentState.WITHDRAWN,
            ends=datetime(2028, 5, 1),  # noqa: DTZ001 - that is what is refused
        )


def test_a_suppression_may_hold_everywhere_and_may_end() -> None:
    bounced = Suppression(id="S", at=NOW, channel=Channel.EMAIL, cause=Cause.HARD_BOUNCE)
    erased = Suppression(id="E", at=NOW, channel=None, cause=Cause.ERASED)
    assert (bounced.lifted_at, erased.channel) == (None, None)


def test_an_address_keeps_its_lines_as_they_are() -> None:
    address = Address(name="A. Example", lines=("c/o B", "12 Example Road"), country="IN")
    assert address.lines == ("c/o B", "12 Example Road")
