"""What an entry says it is about."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from knife_and_book import AT, CUSTOMER, EURO, LINES, ORDER, PLACED, SHOP, hours, parcel, scene
from postpurchase.domain.customer import Birthday
from postpurchase.domain.event import ReturnOpened, ReviewPosted, ReviewPublished
from postpurchase.domain.fact import Fact
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Cancellation, Payment, PaymentState, Promise, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Eta, Stage
from postpurchase.journey import Trigger, triggers
from postpurchase.rewards import Standing

BOX = parcel((24, Stage.IN_TRANSIT), (30, Stage.OUT_FOR_DELIVERY), (48, Stage.DELIVERED), KNIFE=1)
PROMISED = evolve(ORDER, promise=Promise.days(date(2026, 11, 1), date(2026, 11, 2), zone=SHOP.zone))
LATE_PAYMENT = Payment(id="P2", at=hours(30), amount=EURO)
FAILED = Payment(id="P1", at=hours(1), amount=EURO, state=PaymentState.FAILED)
SOME_OFF = Cancellation(id="X1", at=hours(1), order="O1", lines=Pairs(KNIFE=1))
ALL_OFF = Cancellation(id="X2", at=hours(2), order="O1")


@pytest.mark.parametrize(
    ("trigger", "facts", "said", "order", "box"),
    [
        (triggers.OrderPlaced(), (ORDER,), "order O1 was placed", "O1", ""),
        (triggers.LatestOrder(), (ORDER,), "order O1 is the latest", "O1", ""),
        (
            triggers.OrderDelivered(),
            (ORDER, parcel((48, Stage.DELIVERED))),
            "order O1 was delivered",
            "O1",
            "",
        ),
        (
            triggers.FirstOrderDelivered(),
            (ORDER, parcel((48, Stage.DELIVERED))),
            "order O1 was delivered",
            "O1",
            "",
        ),
        (triggers.ParcelShipped(), (ORDER, BOX), "parcel S1 was shipped", "O1", "S1"),
        (triggers.ParcelDelivered(), (ORDER, BOX), "parcel S1 was delivered", "O1", "S1"),
        (
            triggers.ParcelReached(Stage.OUT_FOR_DELIVERY),
            (ORDER, BOX),
            "parcel S1 is out for delivery",
            "O1",
            "S1",
        ),
        (
            triggers.ExpectedLater(),
            (PROMISED, evolve(BOX, etas=(Eta.by(hours(99), as_of=hours(20)),))),
            "parcel S1 is expected later than before",
            "O1",
            "S1",
        ),
        (triggers.Overdue(), (PROMISED, BOX), "parcel S1 was expected by now", "O1", "S1"),
        (
            triggers.Silent(),
            (ORDER, parcel((24, Stage.IN_TRANSIT))),
            "parcel S1 was scanned, and not again",
            "O1",
            "S1",
        ),
        (
            triggers.ArrivesSoon(),
            (PROMISED, BOX),
            "parcel S1 is expected by 2026-11-02",
            "O1",
            "S1",
        ),
        (triggers.PartShipped(), (ORDER, BOX), "parcel S1 was shipped", "O1", "S1"),
        (
            triggers.ExchangeShipped(),
            (ORDER, BOX, ReturnOpened(id="B", at=PLACED, order="O1", wish="replacement")),
            "parcel S1 was shipped",
            "O1",
            "S1",
        ),
        (
            triggers.PaymentFailed(),
            (evolve(ORDER, payments=(FAILED,)),),
            "a payment for order O1 failed",
            "O1",
            "",
        ),
        (
            triggers.PaidLater(),
            (evolve(ORDER, payments=(LATE_PAYMENT,)),),
            "order O1 was paid",
            "O1",
            "",
        ),
        (triggers.OrderChanged(), (ORDER, SOME_OFF), "order O1 was changed", "O1", ""),
        (triggers.OrderCancelled(), (ORDER, ALL_OFF), "order O1 was cancelled", "O1", ""),
        (
            triggers.MoneyReturned(),
            (ORDER, Refund(id="R1", at=hours(1), order="O1", amount=EURO)),
            "money for order O1 went back",
            "O1",
            "",
        ),
        (
            triggers.OrderWithdrawn(),
            (ORDER, ReturnOpened(id="B", at=hours(9), order="O1", reason="withdrawal")),
            "the customer withdrew from order O1",
            "O1",
            "",
        ),
        (
            triggers.Happened(fact=ReviewPosted, noun="review"),
            (ORDER, ReviewPosted(id="V1", at=hours(3), order="O1")),
            "ReviewPosted V1",
            "O1",
            "",
        ),
        (
            triggers.Happened(fact=ReviewPosted, noun="order", of="order"),
            (ORDER, ReviewPosted(id="V1", at=hours(3), order="O1")),
            "ReviewPosted V1",
            "O1",
            "",
        ),
        (
            triggers.Happened(fact=ReviewPosted, noun="review"),
            (ORDER, ReviewPosted(id="V1", at=hours(3))),
            "ReviewPosted V1",
            "",
            "",
        ),
        (
            triggers.Happened(fact=ReviewPublished, noun="review", of="review"),
            (ReviewPublished(id="W1", at=hours(4), review="V1"),),
            "ReviewPublished W1",
            "",
            "",
        ),
        (
            triggers.Birthday(),
            (evolve(CUSTOMER, birthday=Birthday(12, 24)),),
            "birthday in 2026",
            "",
            "",
        ),
        (
            triggers.PurchaseAnniversary(),
            (ORDER,),
            "1 year since the first order, O1",
            "O1",
            "",
        ),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Trigger) else "",
)
def test_an_entry_says_what_it_is_about(
    trigger: Trigger, facts: tuple[Fact, ...], said: str, order: str, box: str
) -> None:
    (entry,) = trigger.entries(scene(*facts))
    assert str(entry.why) == said
    assert (entry.order.id if entry.order else "") == order
    assert (entry.parcel.id if entry.parcel else "") == box
    assert entry.recurring is isinstance(trigger, triggers.Birthday | triggers.PurchaseAnniversary)


def test_what_is_used_up_says_so() -> None:
    catalog = Known(Catalog((Product(id="knife", title="K", lasts=timedelta(days=10)),)))
    box = parcel((24, Stage.IN_TRANSIT), (48, Stage.DELIVERED), KNIFE=2)
    (entry,) = triggers.UsedUp().entries(scene(ORDER, box, known=catalog))
    assert (str(entry.why), entry.order, entry.sku) == ("KNIFE lasts 20 days", ORDER, "KNIFE")
    named = evolve(ORDER, lines=(evolve(LINES[0], title="The knife", quantity=1),))
    (again,) = triggers.UsedUp().entries(scene(named, box, known=catalog))
    assert str(again.why) == "The knife lasts 10 days"


def test_points_and_tiers_say_what_they_are_about() -> None:
    points = Known(Points(count=3, ends=AT))
    (ending,) = triggers.PointsExpire().entries(scene(known=points))
    assert str(ending.why) == "3 points end on 2026-11-20"
    standing = Standing(
        tier="gold", tiers=("gold",), since=PLACED, value=9, earned="gold", until=None
    )
    (reached,) = triggers.TierReached().entries(scene(known=Known(standing)))
    assert str(reached.why) == "the tier gold was reached"
