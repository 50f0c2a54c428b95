"""A kindness after trouble or after many orders: seldom, and never twice."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from help_desk import AT, DAY, PRICE
from postpurchase import plain
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.event import (
    CouponIssued,
    MessageSent,
    Resolution,
    TicketClosed,
    TicketOpened,
    TicketType,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift, StoreCredit
from postpurchase.domain.order import Cancellation, Line, Order, Promise
from postpurchase.domain.shipment import Direction, Scan, Shipment, Stage
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    CameLate,
    Delight,
    Delights,
    HadTrouble,
    InTouch,
    ManyOrders,
    NoOccasion,
    Occasion,
    Surprise,
    SurprisedLately,
    SurpriseNotDrawn,
)

CREDIT = StoreCredit(amount=Money.parse("5.00 EUR"))
SOCKS = Gift(sku="socks", title="Socks")
CARD = Gift(sku="card", title="A card by hand")
DELIGHTS = Delights(
    surprises=(
        Surprise(after=Occasion.LATE, gives=CREDIT),
        Surprise(after=Occasion.TROUBLE, gives=CARD),
        Surprise(after=Occasion.ORDERS, number=3, gives=SOCKS),
    )
)


def order(id: str, days: float = 9, promised: float | None = None) -> Order:
    end = AT - timedelta(days=promised) if promised is not None else None
    return Order(
        id=id,
        at=AT - timedelta(days=days),
        currency="EUR",
        lines=(Line(sku="pan", unit_price=PRICE),),
        promise=Promise(start=end - DAY, end=end) if end is not None else None,
    )


def parcel(days: float = 1, of: str = "1001") -> Shipment:
    at = AT - timedelta(days=days)
    scans = (Scan(stage=Stage.DELIVERED, at=at, recorded_at=at),)
    return Shipment(id="p1", at=AT - 8 * DAY, order=of, scans=scans)


def opened(type_: TicketType = TicketType.DAMAGED) -> TicketOpened:
    return TicketOpened(id="t1", at=AT - 3 * DAY, type=type_, order="1001")


def closed(resolution: Resolution = Resolution.SOLVED) -> TicketClosed:
    return TicketClosed(id="x", at=AT - DAY, ticket="t1", resolution=resolution)


THREE = (order("1", 300), order("2", 200), order("3", 1))


@pytest.mark.parametrize(
    ("facts", "delight", "reason", "says"),
    [
        (
            (order("1001", promised=2.5), parcel()),
            Delight(key="delight/late/p1", offer=CREDIT),
            CameLate("1001", 2),
            "order 1001 came 2 days late",
        ),
        (
            (order("1001"), opened(), closed()),
            Delight(key="delight/trouble/t1", offer=CARD),
            HadTrouble("t1"),
            "ticket t1 was solved",
        ),
        (
            THREE,
            Delight(key="delight/orders/3", offer=SOCKS),
            ManyOrders(3),
            "bought 3 times",
        ),
    ],
)
def test_a_late_parcel_solved_trouble_and_the_third_order_bring_a_surprise(
    facts: tuple[Fact, ...], delight: Delight, reason: Reason, says: str
) -> None:
    decision = DELIGHTS.decide(History.of(*facts), at=AT)
    assert decision
    assert (decision.value, decision.reasons) == (delight, (reason,))
    assert str(reason) == says


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ((), NoOccasion()),
        ((order("1001", promised=0.5), parcel()), NoOccasion()),
        ((order("1001"), parcel()), NoOccasion()),
        ((order("1001", 30, promised=20), parcel(8)), NoOccasion()),
        ((evolve(parcel(), direction=Direction.RETURN), order("1001", promised=2)), NoOccasion()),
        ((opened(), closed(Resolution.UNSOLVED)), NoOccasion()),
        ((opened(TicketType.PRODUCT_QUESTION), closed()), NoOccasion()),
        ((opened(),), InTouch("t1")),
        ((*THREE[:2], order("3", 8)), NoOccasion()),
        ((*THREE, order("4", 0.5)), None),
        (
            (*THREE[:2], evolve(THREE[2], cancellations=(Cancellation(id="c", at=AT),))),
            NoOccasion(),
        ),
        (
            (*THREE, MessageSent(id="m", at=AT - 179 * DAY, kind="delight")),
            SurprisedLately(180),
        ),
        (
            (*THREE, CouponIssued(id="c", at=AT - DAY, code="X", grant="delight/late/p0")),
            SurprisedLately(180),
        ),
        (
            (*THREE, MessageSent(id="m", at=AT - DAY, kind="coupon", about="delight:late/p0")),
            SurprisedLately(180),
        ),
        ((*THREE, MessageSent(id="m", at=AT - DAY, kind="coupon", about="order:3")), None),
        ((*THREE, CouponIssued(id="c", at=AT - DAY, code="X", grant="birthday/2026")), None),
        ((*THREE, MessageSent(id="m", at=AT - 180 * DAY, kind="delight")), None),
    ],
)
def test_nothing_is_given_without_occasion_in_trouble_or_twice(
    facts: tuple[Fact, ...], reason: Reason | None
) -> None:
    decision = DELIGHTS.decide(History.of(*facts), at=AT)
    assert (decision == Declined((reason,))) if reason is not None else decision


@pytest.mark.parametrize(
    "given",
    [
        MessageSent(id="m", at=AT, kind="delight", about="delight/orders/3"),
        MessageSent(id="m", at=AT, kind="coupon", about="delight:orders/3"),
        CouponIssued(id="c", at=AT, code="X", grant="delight/orders/3"),
    ],
)
def test_one_occasion_is_kept_once_however_short_the_peace(given: Fact) -> None:
    quick = evolve(DELIGHTS, gap=timedelta(hours=1))
    later = AT + timedelta(hours=2)
    assert quick.decide(History.of(*THREE), at=later)
    assert quick.decide(History.of(*THREE, given), at=later) == Declined((NoOccasion(),))
    other = MessageSent(id="m", at=AT, kind="delight", about="delight/late/p9")
    assert quick.decide(History.of(*THREE, other), at=later)


def test_occasions_hold_to_the_instant_and_to_the_order() -> None:
    def key(*facts: Fact, at: datetime = AT) -> str | None:
        decision = DELIGHTS.decide(History.of(*facts), at=at)
        return decision.value.key if decision else None

    assert key(order("1001", promised=1), parcel(1)) is None
    assert key(order("1001", promised=1.001), parcel(1)) == "delight/late/p1"
    late = (order("1001", promised=9), parcel(7))
    assert key(*late) == "delight/late/p1"
    assert key(*late, at=AT + timedelta(seconds=1)) is None
    assert key(*late, at=AT - 7 * DAY) == "delight/late/p1"
    assert key(order("1", 300), order("2", 2), order("3", 1)) == "delight/orders/3"
    assert key(order("1", 300), order("2", 2)) is None
    gone = evolve(order("0", 400), cancellations=(Cancellation(id="c", at=AT - 399 * DAY),))
    assert key(gone, order("1", 300), order("2", 1)) is None


def test_the_same_occasion_always_draws_the_same_answer() -> None:
    half = Delights(
        surprises=(Surprise(after=Occasion.ORDERS, number=1, gives=SOCKS, share=Decimal("0.5")),)
    )
    drawn = [n for n in range(200) if half.decide(History.of(order(str(n), 1)), at=AT)]
    again = [n for n in range(200) if half.decide(History.of(order(str(n), 1)), at=AT + DAY)]
    assert drawn == again
    assert 70 <= len(drawn) <= 130
    undrawn = next(n for n in range(200) if n not in drawn)
    decision = half.decide(History.of(order(str(undrawn), 1)), at=AT)
    assert decision == Declined((SurpriseNotDrawn(),))
    other = evolve(half, salt="another")
    assert drawn != [n for n in range(200) if other.decide(History.of(order(str(n), 1)), at=AT)]


def test_surprises_are_plain_data_and_what_cannot_be_meant_is_refused() -> None:
    assert plain.load(Delights, plain.dump(DELIGHTS)) == DELIGHTS
    for after, number in ((Occasion.ORDERS, 0), (Occasion.LATE, 3)):
        with pytest.raises(InvalidSupport, match="and no other, has a number"):
            Surprise(after=after, gives=SOCKS, number=number)
    with pytest.raises(InvalidSupport, match="gap must be longer than nothing, got 0:00:00"):
        Delights(surprises=(), gap=timedelta(0))
    with pytest.raises(InvalidSupport, match="within must be longer than nothing"):
        Surprise(after=Occasion.LATE, gives=SOCKS, within=-DAY)
    for share in (Decimal(0), Decimal("1.01")):
        with pytest.raises(
            InvalidSupport, match=f"share must be above 0 and at most 1, got {share}"
        ):
            Surprise(after=Occasion.LATE, gives=SOCKS, share=share)
