"""The worked cases of tests/vectors/journey.json: facts and a clock in, rows out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import (
    Birthday,
    Cause,
    Consent,
    ConsentState,
    Customer,
    Interest,
    Shop,
    Stance,
    Suppression,
)
from postpurchase.domain.decision import Decision, Declined, Granted, Outcome, Reason, says
from postpurchase.domain.event import (
    MessageSent,
    ReturnOpened,
    ReviewPosted,
    ReviewPublished,
    TicketClosed,
    TicketOpened,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Leap, Window
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Promise, Refund
from postpurchase.domain.product import Catalog, Product, Relation, RelationKind, Variant
from postpurchase.domain.rule import NOTHING, Known, Rule
from postpurchase.domain.shipment import Eta, Scan, Shipment, Stage
from postpurchase.journey import Row, began, decide, exits, reason, triggers
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Cooldown, Journey, Once, PerSubject, Reentry
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.requires import Grants, HasComplement, IsGuest
from postpurchase.journey.step import Step
from postpurchase.privacy import Cap, Hours
from postpurchase.privacy import reason as privacy_reason

VECTORS = json.loads(Path(__file__).parents[1].joinpath("vectors/journey.json").read_text("utf-8"))
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))
PRICE = Money.of("10.00", "EUR")
STAGES = {
    "shipped": Stage.IN_TRANSIT,
    "in_transit": Stage.IN_TRANSIT,
    "delivered": Stage.DELIVERED,
}


# ---------------------------------------------------------------- what is given


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def customer(given: dict[str, Any]) -> Customer:
    reach = given["reach"]
    month_day = given.get("birthday")
    return Customer(
        id=given["id"],
        at=datetime(2020, 1, 1, tzinfo=UTC),
        account=None if given.get("is_guest") else "A1",
        email="guest@example.com" if reach["email"] else None,
        phone="+10000000000" if reach["sms"] else None,
        devices=("token",) if reach["push"] else (),
        zone=ZoneInfo(given["tz"]) if given["tz"] else None,
        country=given["country"],
        birthday=Birthday(*map(int, month_day.split("-"))) if month_day else None,
        interests=tuple(Interest(tag=tag, stance=Stance.AVOIDS) for tag in given.get("avoid", ())),
    )


def order(given: dict[str, Any]) -> Order:
    lines = tuple(
        Line(sku=item["sku"], product=item["sku"], unit_price=PRICE) for item in given["items"]
    )
    return Order(id=given["id"], at=moment(given["placed_at"]), currency="EUR", lines=lines)


def shipment(given: dict[str, Any]) -> Shipment:
    scans = [each for each in given["events"] if each["status"] in STAGES]
    first = moment(given["events"][0]["at"])
    promised = moment(given["promised_at"]) if "promised_at" in given else None
    return Shipment(
        id=given["id"],
        at=first,
        recorded_at=min(moment(each.get("recorded_at", each["at"])) for each in given["events"]),
        order=given["order_id"],
        promise=Promise(start=promised, end=promised) if promised else None,
        scans=tuple(
            Scan(
                at=moment(each["at"]),
                recorded_at=moment(each.get("recorded_at", each["at"])),
                stage=STAGES[each["status"]],
            )
            for each in scans
        ),
        etas=tuple(
            Eta.by(moment(each["eta"]), as_of=moment(each["at"]))
            for each in given["events"]
            if "eta" in each
        ),
    )


EVENTS: dict[str, Callable[[str, datetime, dict[str, Any]], Fact]] = {
    "order_refunded": lambda id, at, more: Refund(id=id, at=at, order=more["order"], amount=PRICE),
    "ticket_opened": lambda id, at, _: TicketOpened(id=id, at=at),
    "ticket_closed": lambda id, at, _: TicketClosed(id=f"{id} closed", at=at, ticket=id),
    "review_submitted": lambda id, at, more: ReviewPosted(id=id, at=at, order=more["order"]),
    "review_published": lambda id, at, more: ReviewPublished(
        id=id, at=at, review=id.partition(":")[2], url=more["url"]
    ),
    "return_opened": lambda id, at, more: ReturnOpened(
        id=id, at=at, order=more["order"], reason=more["reason"]
    ),
}


def event(given: dict[str, Any], number: int) -> Fact:
    id = given.get("subject", f"E{number}")
    return EVENTS[given["type"]](id, moment(given["at"]), given)


def history(given: dict[str, Any]) -> History:
    consents = (
        Consent(
            id=f"consent {number}",
            at=moment(each["at"]),
            channel=Channel(each["channel"]),
            state=ConsentState(each["state"]),
        )
        for number, each in enumerate(given.get("consents", ()))
    )
    stops = (
        Suppression(
            id=f"stop {number}",
            at=moment(each["at"]),
            channel=None if each["channel"] == "all" else Channel(each["channel"]),
            cause=Cause(each["reason"]),
        )
        for number, each in enumerate(given.get("suppressions", ()))
    )
    sent = (
        MessageSent(id=each["key"], at=moment(each["at"]), purpose=Purpose[each["class"].upper()])
        for each in given.get("sent", ())
    )
    return History.of(
        customer(given["customer"]),
        *map(order, given.get("orders", ())),
        *map(shipment, given.get("shipments", ())),
        *(event(each, number) for number, each in enumerate(given.get("events", ()))),
        *consents,
        *stops,
        *sent,
    )


def catalog(given: dict[str, Any]) -> Catalog:
    products: dict[str, Product] = {}
    for bought in given.get("orders", ()):
        for item in bought["items"]:
            days = item.get("lifetime_days")
            known = Product(
                id=item["sku"],
                title=item["sku"],
                variants=(Variant(sku=item["sku"]),),
                lasts=timedelta(days=days) if days else None,
            )
            products.setdefault(item["sku"], known)
            for more in item.get("complements", ()):
                products[more["sku"]] = Product(
                    id=more["sku"],
                    title=more["sku"],
                    tags=tuple(more.get("tags", ())),
                    relations=(Relation(RelationKind.COMPLETES, item["sku"]),),
                )
    return Catalog(tuple(products.values()))


class Guide(Outcome):
    pass


class GuideFound(Reason):
    says = says("there is a guide")


class GuideFromTheCase:
    """Grants a guide where the case says that one of its products has one."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.has = any(
            "guide" in item for bought in given.get("orders", ()) for item in bought["items"]
        )

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Decision[Outcome]:
        assert subject.orders, (at, known)
        return Granted(Guide(), (GuideFound(),)) if self.has else Declined((GuideFound(),))


# ---------------------------------------------------------------- the playbook of the cases


TRIGGERS: dict[str, Trigger] = {
    "order_placed": triggers.OrderPlaced(),
    "shipped": triggers.ParcelShipped(),
    "eta_later": triggers.ExpectedLater(),
    "promise_passed": triggers.Overdue(),
    "stalled": triggers.Silent(),
    "delivered_all": triggers.OrderDelivered(),
    "event:review_published": triggers.Happened(fact=ReviewPublished, noun="review", of="review"),
    "first_order_delivered": triggers.FirstOrderDelivered(),
    "replenish": triggers.UsedUp(lead_days=7),
    "birthday": triggers.Birthday(Leap.FEB28),
    "purchase_anniversary": triggers.PurchaseAnniversary(Leap.FEB28),
    "last_order": triggers.LatestOrder(),
}
EXITS: dict[str, Exit] = {
    "order_cancelled": exits.IfCancelled(),
    "shipment_delivered": exits.IfDelivered(),
    "return_opened": exits.IfReturning(),
    "order_refunded": exits.IfRefunded(),
    "survey_answered": exits.IfAnswered(),
    "review_submitted": exits.IfReviewed(),
    "new_order": exits.IfOrderedAgain(),
    "reorder_same_sku": exits.IfBoughtAgain(),
    "account_created": exits.IfAccount(),
}


def reentry(given: dict[str, Any]) -> Reentry:
    match given.get("mode"):
        case "once":
            return Once()
        case "cooldown":
            return Cooldown(given["days"])
    return PerSubject()


def step(given: dict[str, Any], purpose: Purpose) -> Step:
    return Step(
        id=given["id"],
        kind=Kind(name=given["id"], purpose=purpose),
        hours=given.get("hours", 0),
        days=given.get("days", 0),
        local_time=time.fromisoformat(given["at"]) if "at" in given else None,
        after=given.get("after", ""),
        channels=tuple(map(Channel, given["channels"])),
        lateness_hours=given["max_lateness_h"],
    )


def journey(name: str, given: dict[str, Any]) -> Journey:
    plain = {**VECTORS["journeys"][name], **given.get("journeys", {}).get(name, {})}
    needs: dict[str, Rule] = {
        "has_complement": HasComplement(),
        "is_guest": IsGuest(),
        "has_guide": Grants(GuideFromTheCase(given)),
    }
    effective, active = plain.get("effective_from"), plain.get("active_from")
    return Journey(
        id=plain["id"],
        trigger=TRIGGERS[plain["trigger"]],
        priority=plain["priority"],
        exits=tuple(EXITS[each] for each in plain.get("exit", ())),
        requires=(needs[plain["require"]],) if "require" in plain else (),
        defers=(exits.WhileTicketOpen(),) if plain.get("defer_while") == "open_ticket" else (),
        reentry=reentry(plain.get("reentry", {})),
        effective_from=moment(effective) if effective else None,
        active_from=moment(active) if active else None,
        steps=tuple(step(each, Purpose[plain["class"].upper()]) for each in plain["steps"]),
    )


def hours(name: str, plain: dict[str, Any]) -> Hours:
    country, channel = name.split("/")
    return Hours(
        channel=Channel(channel),
        countries=() if country == "*" else (country,),
        open=Window.outside(
            time.fromisoformat(plain["start"]),
            time.fromisoformat(plain["end"]),
            closed_weekdays=frozenset(plain.get("closed_weekdays", ())),
        ),
    )


def playbook(given: dict[str, Any]) -> Playbook:
    policy = VECTORS["policy"]
    return Playbook(
        journeys=tuple(journey(name, given) for name in given["use"]),
        caps=tuple(Cap(limit=each["max"], hours=each["hours"]) for each in policy["caps"]),
        hours=tuple(hours(name, plain) for name, plain in policy["windows"].items()),
        horizon_days=policy["horizon_days"],
    )


# ---------------------------------------------------------------- what is expected


def key(text: str) -> str:
    """A key of the cases as the library spells it: one mark, `#`, sets occasions apart."""
    head, _, tail = text.partition("/order:O1/sku:")
    if tail:
        return f"{head}/order:O1#sku:{tail}"
    return text.replace("+1y/", "#1y/").replace("S1@", "S1#")


CODES: dict[type[Reason], str] = {
    reason.OrderRefunded: "order_refunded",
    reason.TicketIsOpen: "open_ticket",
    reason.ReviewWasPosted: "review_submitted",
    reason.OrderedAgain: "new_order",
    reason.ReturnOpened: "return_opened",
    reason.BoughtAgain: "reorder_same_sku",
    began.ParcelWasDelivered: "shipment_delivered",
    reason.QuietHours: "quiet_hours",
    privacy_reason.NoConsent: "{channel}:no_consent",
    privacy_reason.Withdrawn: "{channel}:withdrawn",
    privacy_reason.ImpliedExpired: "{channel}:casl_implied_expired",
    privacy_reason.Suppressed: "{channel}:suppressed:{cause}",
    reason.CapReached: "cap:{limit}/{hours}h",
    reason.Completing: "require:has_complement",
}


def code(why: Reason) -> str:
    return CODES[type(why)].format(**dict(why.facts()))


def shown(row: Row, expected: dict[str, Any]) -> dict[str, Any]:
    """What the library says, in the words of the case."""
    found: dict[str, Any] = {"key": row.key, "status": row.status.value, "target": row.target}
    if "reason" in expected:
        found["reason"] = code(row.reasons[0])
    if row.until is not None:
        found["until"] = row.until
    if row.status == "due":
        found["channel"], found["basis"] = row.channel, row.basis
    return found


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    times: dict[str, Any] = {
        name: moment(expected[name]) for name in ("target", "until") if name in expected
    }
    return {**expected, **times, "key": key(expected["key"])}


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["id"])
def test_a_worked_case(vector: dict[str, Any]) -> None:
    given, expected = vector["given"], vector["expected"]
    plan = decide(
        history(given),
        at=moment(given["clock"]),
        shop=SHOP,
        playbook=playbook(given),
        known=Known(catalog(given)),
    )
    actions = sorted(expected["actions"], key=lambda each: key(each["key"]))
    rows = sorted(plan.rows, key=lambda row: row.key)
    assert [row.key for row in rows] == [key(each["key"]) for each in actions]
    for row, each in zip(rows, actions, strict=True):
        assert shown(row, each) == wanted(each)
    due = {key(each["key"]) for each in actions if each["status"] == "due"}
    assert {action.key for action in plan.due} == due
    wakeup = expected["next_wakeup"]
    assert plan.next_wakeup == (moment(wakeup) if wakeup else None)


def test_every_case_is_there() -> None:
    assert len(VECTORS["vectors"]) == 46
    assert {VECTORS["policy"]["horizon_days"], len(VECTORS["journeys"])} == {60, 20}
