"""What begins a journey."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from knife_and_book import CUSTOMER, EURO, LATER, ORDER, PLACED, SHOP, found, hours, parcel, scene
from postpurchase.domain.customer import Birthday
from postpurchase.domain.event import ReturnOpened, ReviewPosted, ReviewPublished
from postpurchase.domain.moment import Leap
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Cancellation, Payment, PaymentState, Promise, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Direction, Eta, Stage
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import triggers
from postpurchase.rewards import Standing

# ---------------------------------------------------------------- triggers of an order


def test_payments_that_failed_and_were_not_made_good() -> None:
    failed = Payment(id="P1", at=hours(1), amount=EURO, state=PaymentState.FAILED)
    paid = Payment(id="P2", at=hours(2), amount=EURO)
    again = evolve(failed, id="P3", at=hours(3))
    order = evolve(ORDER, payments=(failed, paid, again))
    assert found(triggers.PaymentFailed(), order) == {"order:O1#payment:P3": hours(3)}


def test_orders_that_were_paid_later() -> None:
    now, late = (
        Payment(id="P1", at=hours(1), amount=EURO),
        Payment(id="P2", at=hours(30), amount=EURO),
    )
    both = evolve(ORDER, payments=(late, now))
    assert found(triggers.PaidLater(24), both) == {}
    assert found(triggers.PaidLater(24), evolve(ORDER, payments=(late,))) == {
        "order:O1#paid": hours(30)
    }
    assert found(triggers.PaidLater(24), ORDER) == {}


def test_changes_and_cancellations() -> None:
    some = Cancellation(id="X1", at=hours(1), order="O1", lines=Pairs(KNIFE=1))
    rest = Cancellation(id="X2", at=hours(2), order="O1")
    changed, off = triggers.OrderChanged(), triggers.OrderCancelled()
    assert found(changed, ORDER, some) == {"order:O1#change:X1": hours(1)}
    assert found(off, ORDER, some) == {}
    assert found(changed, ORDER, some, rest) == {}
    assert found(off, ORDER, some, rest) == {"order:O1#cancelled": hours(2)}


def test_refunds_that_gave_money_back() -> None:
    money = Refund(id="R1", at=hours(1), order="O1", amount=EURO)
    units = Refund(id="R2", at=hours(2), order="O1", amount=Money.of("0.00", "EUR"))
    assert found(triggers.MoneyReturned(), ORDER, money, units) == {"refund:R1": hours(1)}


def test_withdrawals_from_the_contract() -> None:
    back = ReturnOpened(id="B1", at=hours(9), order="O1", reason="withdrawal")
    assert found(triggers.OrderWithdrawn(), ORDER, back, evolve(back, id="B2", reason="size")) == {
        "return:B1": hours(9)
    }


def test_the_latest_order_is_one_that_stands() -> None:
    off = Cancellation(id="X", at=hours(50), order="O2")
    assert found(triggers.LatestOrder(), ORDER, LATER) == {"order:O2": LATER.at}
    assert found(triggers.LatestOrder(), ORDER, LATER, off) == {"order:O1": PLACED}


def test_facts_of_any_type() -> None:
    posted = ReviewPosted(id="V1", at=hours(3), order="O1")
    shown = ReviewPublished(id="W1", at=hours(4), review="V1")
    of_order = triggers.Happened(fact=ReviewPosted, noun="order", of="order")
    assert found(of_order, ORDER, posted) == {"order:O1#V1": hours(3)}
    assert of_order.entries(scene(ORDER, posted))[0].order == ORDER
    assert found(of_order, evolve(posted, order=None)) == {}
    plain = triggers.Happened(fact=ReviewPublished, noun="publication")
    assert found(plain, shown) == {"publication:W1": hours(4)}
    with pytest.raises(InvalidPlaybook, match="ReviewPosted: it has no attribute 'ordre'"):
        triggers.Happened(fact=ReviewPosted, noun="order", of="ordre")


# ---------------------------------------------------------------- triggers of a parcel


def test_every_stage_that_was_news() -> None:
    box = parcel(
        (24, Stage.IN_TRANSIT),
        (30, Stage.OUT_FOR_DELIVERY),
        (31, Stage.ATTEMPT_FAILED),
        (50, Stage.OUT_FOR_DELIVERY),
    )
    assert found(triggers.ParcelReached(Stage.OUT_FOR_DELIVERY), ORDER, box) == {
        "shipment:S1": hours(30),
        "shipment:S1#1": hours(50),
    }


def test_parcels_that_left_before_the_rest() -> None:
    first = parcel((24, Stage.IN_TRANSIT), KNIFE=1)
    second = parcel((48, Stage.IN_TRANSIT), id="S2", KNIFE=1)
    part = triggers.PartShipped()
    assert found(part, ORDER, first, second) == {"shipment:S1": hours(24)}
    assert found(part, ORDER, parcel((24, Stage.IN_TRANSIT), KNIFE=2)) == {}
    assert found(part, ORDER, parcel((24, Stage.IN_TRANSIT))) == {}
    assert found(part, first) == {}
    waiting = parcel(id="S2", KNIFE=1)
    assert found(part, ORDER, first, waiting) == {"shipment:S1": hours(24)}


def test_parcels_that_bring_another_thing_instead() -> None:
    swap = ReturnOpened(id="B1", at=hours(30), order="O1", wish="exchange")
    before, after = parcel((24, Stage.IN_TRANSIT)), parcel((40, Stage.IN_TRANSIT), id="S2")
    assert found(triggers.ExchangeShipped(), ORDER, before, after) == {}
    assert found(triggers.ExchangeShipped(), ORDER, before, after, swap) == {
        "shipment:S2": hours(40)
    }


def test_parcels_on_their_way_back_are_none_of_ours() -> None:
    back = evolve(parcel((24, Stage.IN_TRANSIT)), direction=Direction.RETURN)
    assert found(triggers.ParcelShipped(), ORDER, back) == {}


def test_the_eve_of_the_expected_day() -> None:
    promised = Promise.days(date(2026, 11, 5), date(2026, 11, 6), zone=SHOP.zone)
    order, box = evolve(ORDER, promise=promised), parcel((24, Stage.IN_TRANSIT))
    assert found(triggers.ArrivesSoon(1), order, box) == {
        "shipment:S1#by:2026-11-06": datetime(2026, 11, 4, 18, 30, tzinfo=UTC)
    }
    assert found(triggers.ArrivesSoon(1), ORDER, box) == {}
    assert found(triggers.Overdue(), ORDER, box) == {}
    assert found(triggers.Overdue(), order, box) == {"shipment:S1": promised.end}


def test_one_notice_for_each_revision_of_the_expected_time() -> None:
    etas = tuple(
        Eta.by(hours(expected), as_of=hours(said))
        for said, expected in ((25, 90), (30, 90), (35, 120), (36, 120))
    )
    box = evolve(parcel((24, Stage.IN_TRANSIT)), etas=etas)
    later = triggers.ExpectedLater()
    assert found(later, ORDER, box) == {"shipment:S1#eta1": hours(35)}
    sooner = evolve(box, etas=(*etas, Eta.by(hours(100), as_of=hours(37))))
    assert found(later, ORDER, sooner) == {}
    assert found(triggers.Overdue(), ORDER, box) == {"shipment:S1": hours(120)}


def test_silence_begins_with_each_scan() -> None:
    box = parcel((24, Stage.IN_TRANSIT), (30, Stage.IN_TRANSIT))
    assert found(triggers.Silent(), ORDER, box) == {
        f"shipment:S1#{hours(30):%Y-%m-%dT%H:%M:%SZ}": hours(30)
    }
    assert found(triggers.Silent(), ORDER, parcel()) == {}
    assert found(triggers.Silent(), ORDER, parcel((9, Stage.INFO_RECEIVED))) == {}
    done = parcel((24, Stage.IN_TRANSIT), (40, Stage.DELIVERED))
    assert found(triggers.Silent(), ORDER, done) == {}


# ---------------------------------------------------------------- triggers of the calendar


def test_birthdays_around_now_but_not_before_the_first_day() -> None:
    born = evolve(CUSTOMER, at=datetime(2020, 1, 1, tzinfo=UTC), birthday=Birthday(2, 29))
    assert list(found(triggers.Birthday(Leap.MAR1), born)) == ["year:2026", "year:2027"]
    assert found(triggers.Birthday(Leap.MAR1), born)["year:2027"] == datetime(
        2027, 2, 28, 18, 30, tzinfo=UTC
    )
    soon = evolve(born, birthday=Birthday(12, 24))
    assert list(found(triggers.Birthday(), soon)) == ["year:2025", "year:2026"]
    assert list(found(triggers.Birthday(), evolve(born, at=PLACED))) == ["year:2027"]
    assert found(triggers.Birthday(), CUSTOMER) == {}
    assert found(triggers.Birthday()) == {}


def test_what_is_used_up_counts_units_and_needs_the_catalog() -> None:
    lasting = Product(id="knife", title="Knife", lasts=timedelta(days=10))
    catalog = Known(Catalog((lasting,)))
    box = parcel((24, Stage.IN_TRANSIT), (48, Stage.DELIVERED), KNIFE=2)
    used = triggers.UsedUp(lead_days=5)
    assert found(used, ORDER, box, known=catalog) == {
        "order:O1#sku:KNIFE": hours(48) + timedelta(days=15)
    }
    assert found(used, ORDER, known=catalog) == {}
    assert found(used, ORDER, box) == {}


def test_points_and_tiers_come_from_the_known_answers() -> None:
    assert found(triggers.PointsExpire()) == {}
    assert found(triggers.PointsExpire(), known=Known(Points(count=3))) == {}
    standing = Standing(
        tier="gold", tiers=("base", "gold"), since=PLACED, value=9, earned="gold", until=None
    )
    tier = triggers.TierReached()
    assert found(tier, known=Known(standing)) == {"tier:gold#2026-11-01": PLACED}
    assert found(tier, known=Known(evolve(standing, since=None))) == {}
    assert found(tier) == {}
