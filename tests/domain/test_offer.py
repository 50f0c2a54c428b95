"""What a shop can give."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from postpurchase.domain.decision import Granted, Refused
from postpurchase.domain.money import Money
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Offer,
    Percent,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.errors import InvalidFact, InvalidMoment


def on(day: int) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC)


def test_an_offer_holds_from_its_start_until_just_before_its_end() -> None:
    coupon = Coupon(code="TEN", off=Percent(Decimal(10)), starts=on(2), ends=on(4))
    assert [coupon.valid(on(day)) for day in (1, 2, 3, 4)] == [False, True, True, False]
    assert FreeShipping().valid(on(1))
    assert Points(count=5, ends=on(2)).valid(on(1))
    assert not Points(count=5, starts=on(2)).valid(on(1))


def test_an_end_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidMoment):
        FreeShipping(ends=datetime(2026, 5, 1))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("value", ["0", "-1", "100.01", "nan"])
def test_a_share_that_takes_nothing_or_more_than_all_is_refused(value: str) -> None:
    said = r"Percent.value: expected a Decimal, 0 < value <= 100, got"
    with pytest.raises(InvalidFact, match=said):
        Percent(Decimal(value))


def test_a_share_is_exact() -> None:
    for value in (12.5, 10, "10"):
        with pytest.raises(InvalidFact, match="expected a Decimal"):
            Percent(value)  # type: ignore[arg-type]  # the mistake itself


@pytest.mark.parametrize(
    ("value", "text"), [("10", "10 %"), ("12.50", "12.5 %"), ("100", "100 %"), ("0.1", "0.1 %")]
)
def test_a_share_reads_in_hundredths(value: str, text: str) -> None:
    assert str(Percent(Decimal(value))) == text


def test_giving_nothing_is_refused() -> None:
    with pytest.raises(InvalidFact, match=r"Points.count: expected an int of 1 or more, got 0"):
        Points(count=0)
    with pytest.raises(InvalidFact, match=r"Points.count: expected an int of 1 or more, got 1.5"):
        Points(count=1.5)  # type: ignore[arg-type]  # the mistake itself
    with pytest.raises(InvalidFact, match=r"Gift.quantity: expected an int of 1 or more, got 0"):
        Gift(sku="SOCKS", quantity=0)


def test_every_offer_can_be_granted_and_shown() -> None:
    offers: tuple[Offer, ...] = (
        Coupon(code="TEN", off=Money(1000, "INR")),
        Points(count=5),
        Gift(sku="SOCKS"),
        FreeShipping(),
        StoreCredit(amount=Money(1000, "INR")),
        Invitation(name="autumn-tasting", held_at=on(9)),
        Perk(name="spa", partner="Example Spa"),
    )
    granted = Granted(offers, (Refused(),))
    assert len(set(granted.value)) == len(offers)
