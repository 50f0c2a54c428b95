"""A year of one customer: every message with its reasons, and why the others never came.

    python examples/one_year.py

Two orders, a ticket, a return, a review, a withdrawn consent and a birthday, told from wake-up to
wake-up. Change a fact, or a number of the playbook, and see what would have been different.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import postpurchase as pp
from postpurchase.domain.moment import local

SHOP = pp.Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"), country="IN")
START = datetime(2026, 3, 2, 6, tzinfo=UTC)


def days(count: float) -> datetime:
    """So many days after the first order."""
    return START + timedelta(days=count)


def bought(id: str, after: float, title: str, price: str) -> tuple[pp.Order, pp.Shipment]:
    """An order and its parcel, which takes three days."""
    line = pp.Line(sku=title, title=title, unit_price=pp.Money.parse(price))
    order = pp.Order(id=id, at=days(after), customer="c1", currency="INR", lines=(line,))
    scans = (
        pp.Scan(at=days(after + 1), stage=pp.Stage.IN_TRANSIT),
        pp.Scan(at=days(after + 2.9), stage=pp.Stage.OUT_FOR_DELIVERY),
        pp.Scan(at=days(after + 3), stage=pp.Stage.DELIVERED),
    )
    parcel = pp.Shipment(id=f"parcel-{id}", at=days(after + 1), order=id, scans=scans)
    return order, parcel


FACTS: tuple[pp.Fact, ...] = (
    pp.Customer(
        id="c1",
        at=START,
        name="Asha Example",
        email="asha@example.com",
        country="IN",
        zone=ZoneInfo("Asia/Kolkata"),
        birthday=pp.Birthday(6, 24),
    ),
    pp.Consent(id="yes", at=START, channel=pp.Channel.EMAIL, state=pp.ConsentState.GRANTED),
    *bought("1001", 0, "Knife set", "4500.00 INR"),
    pp.TicketOpened(id="T1", at=days(9), order="1001"),
    pp.TicketClosed(id="T1-closed", at=days(12.5), ticket="T1"),
    pp.ReviewPosted(id="R1", at=days(15), order="1001", rating=5),
    pp.ReviewPublished(id="R1-shown", at=days(16), review="R1"),
    *bought("1002", 60, "Apron", "900.00 INR"),
    pp.ReturnOpened(id="B1", at=days(65), order="1002", reason="size"),
    pp.ReturnClosed(id="B1-closed", at=days(75), return_id="B1", outcome="refund"),
    pp.Refund(id="M1", at=days(75), order="1002", amount=pp.Money.parse("900.00 INR")),
    pp.Consent(id="no", at=days(240), channel=pp.Channel.EMAIL, state=pp.ConsentState.WITHDRAWN),
)

year = pp.journey.simulate([pp.History.of(*FACTS)], shop=SHOP, start=START, end=days(370))
(line,) = year.timelines
print(f"{len(line.sent)} messages in {line.decisions} decisions\n")
for sent in line.sent:
    why = "; ".join(map(str, sent.reasons))
    print(f"{local(sent.at, SHOP.zone):%a %d %b %Y %H:%M}  {sent.kind:22} {sent.channel}  {why}")
print("\nnever sent:")
for row in line.left:
    if row.status is pp.journey.Status.PLANNED:
        continue
    print(f"  {row.key:52} {row.status:10} {'; '.join(map(str, row.reasons))}")
