"""A small kitchen shop and one customer: facts and actions to render any kind of message with.

Everything here is made up. The customer speaks the language that is asked for, and the products
are called in it, so that a preview looks as a real message would.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from postpurchase.domain import kinds
from postpurchase.domain.customer import Address, Customer, Shop, Support
from postpurchase.domain.decision import Outcome
from postpurchase.domain.event import (
    ReturnApproved,
    ReturnOpened,
    ReturnReceived,
    ReviewPosted,
    ReviewPublished,
)
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Kind, Purpose, Subject
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, Percent, Points
from postpurchase.domain.order import Discount, Line, Order, Promise, Refund, RefundLine, Shipping
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product, Variant
from postpurchase.domain.shipment import Eta, Scan, Shipment, Stage
from postpurchase.messages.mime import Attachment
from postpurchase.recommend import Suggestion, Suggestions
from postpurchase.rewards import Distance, Standing

__all__ = [
    "ORDERED",
    "ZONE",
    "action",
    "customer",
    "documents",
    "history",
    "links",
    "order",
    "parcel",
    "refund",
    "shop",
    "suggestions",
]

ZONE: Final = ZoneInfo("Asia/Kolkata")
ORDERED: Final = datetime(2026, 5, 11, 9, tzinfo=UTC)
_DAY: Final = timedelta(days=1)


@frozen
class _Words:
    given: str
    name: str
    street: str
    city: str
    knife: str
    colour: str
    board: str
    category: str
    hours: str


_WORDS: Final = {
    "en": _Words(
        "Asha",
        "Asha Rao",
        "4 Hill Street",
        "Mumbai",
        "Knife set, 5 pieces",
        "black",
        "Chopping board",
        "Kitchen knives",
        "Monday to Saturday, 9 to 18",
    ),
    "hi": _Words(
        "आशा",
        "आशा राव",
        "4 पहाड़ी मार्ग",
        "मुंबई",
        "चाकू सेट, 5 नग",
        "काला",
        "चॉपिंग बोर्ड",
        "रसोई के चाकू",
        "सोमवार से शनिवार, 9 से 18",
    ),
    "ur": _Words(
        "آشا",
        "آشا راؤ",
        "4 پہاڑی سڑک",
        "ممبئی",
        "چاقو سیٹ، 5 عدد",
        "سیاہ",
        "کٹنگ بورڈ",
        "باورچی خانے کے چاقو",
        "پیر سے ہفتہ، 9 سے 18",
    ),
    "bn": _Words(
        "আশা",
        "আশা রাও",
        "4 পাহাড়ি সড়ক",
        "মুম্বই",
        "ছুরির সেট, 5টি",
        "কালো",
        "চপিং বোর্ড",
        "রান্নাঘরের ছুরি",
        "সোমবার থেকে শনিবার, 9টা থেকে 18টা",
    ),
}
_SITE: Final = "https://kitchen.example.com"


def _words(locale: str, /) -> _Words:
    return _WORDS.get(locale[:2], _WORDS["en"])


def _inr(amount: str, /) -> Money:
    return Money.of(amount, "INR")


def shop(locale: str = "en", /) -> Shop:
    """The kitchen shop, as it speaks to somebody of this locale."""
    words = _words(locale)
    return Shop(
        name="Kitchen & Co",
        zone=ZONE,
        locale=locale,
        country="IN",
        currency="INR",
        url=_SITE,
        legal_name="Kitchen & Co Ltd",
        legal_id="GSTIN 27ABCDE1234F1Z5",
        address=Address(lines=("12 Lake Road",), city="Pune", postcode="411001", country="IN"),
        support=Support(
            email="help@kitchen.example.com", phone="+91 20 5550 1234", hours=words.hours
        ),
        links=Pairs(
            {
                name: f"{_SITE}/{name}"
                for name in (
                    *("account", "alerts", "contact", "guide", "label", "newsletter", "pay"),
                    *("points", "preferences", "referral", "reorder", "review", "shop", "survey"),
                )
            }
        ),
        categories=Pairs({words.category: f"{_SITE}/knives", words.board: f"{_SITE}/boards"}),
    )


def customer(locale: str = "en", /, *, name: str = "") -> Customer:
    """Asha, who can be reached on every channel; *name* calls them otherwise."""
    words = _words(locale)
    return Customer(
        id="c1",
        at=ORDERED - 400 * _DAY,
        name=name or words.name,
        given_name="" if name else words.given,
        email="asha@example.com",
        phone="+919876543210",
        locale=locale,
        devices=("device-1",),
    )


def order(locale: str = "en", /, *, refunds: tuple[Refund, ...] = ()) -> Order:
    """A knife set and two boards with a discount, promised within a few days."""
    words = _words(locale)
    first = date(2026, 5, 14)
    return Order(
        id="1001",
        number="1001",
        at=ORDERED,
        currency="INR",
        customer="c1",
        lines=(
            Line(
                id="l1",
                sku="KN-5",
                title=words.knife,
                unit_price=_inr("2499"),
                options=Pairs(colour=words.colour),
            ),
            Line(
                id="l2",
                sku="CB-2",
                title=words.board,
                unit_price=_inr("899"),
                quantity=2,
                discounts=(Discount(amount=_inr("100"), code="HELLO"),),
            ),
        ),
        shipping=(Shipping(price=_inr("99")),),
        ship_to=Address(
            name=words.name, lines=(words.street,), city=words.city, postcode="400001", country="IN"
        ),
        promise=Promise.days(first, first + 2 * _DAY, zone=ZONE),
        url=f"{_SITE}/orders/1001",
        codes=("HELLO",),
        refunds=refunds,
    )


def refund() -> Refund:
    """Both boards go back, the knives stay."""
    return Refund(
        id="r1",
        at=ORDERED + 9 * _DAY,
        amount=_inr("1698"),
        lines=(RefundLine(line="l2", quantity=2, amount=_inr("1698")),),
    )


def parcel() -> Shipment:
    """The order's only parcel: a day late by its newest expectation, delivered in the end."""
    late = date(2026, 5, 17)
    return Shipment(
        id="S1",
        at=ORDERED + _DAY,
        order="1001",
        carrier="Bluedart",
        number="BD123456789IN",
        url="https://track.example.com/BD123456789IN",
        etas=(Eta.on(late, as_of=ORDERED + 2 * _DAY, zone=ZONE),),
        scans=(
            Scan(at=ORDERED + _DAY, stage=Stage.IN_TRANSIT, place="Pune"),
            Scan(at=ORDERED + 5 * _DAY, stage=Stage.OUT_FOR_DELIVERY, place="Mumbai"),
            Scan(at=ORDERED + 6 * _DAY, stage=Stage.DELIVERED, place="Mumbai"),
        ),
    )


def history(locale: str = "en", /, *, name: str = "") -> History:
    """Everything that is known of Asha: an order, a parcel, a refund, a review, a return."""
    then = ORDERED + 20 * _DAY
    return History.of(
        customer(locale, name=name),
        order(locale, refunds=(refund(),)),
        parcel(),
        ReviewPosted(id="rv1", at=then, order="1001", product="knives", rating=5),
        ReviewPublished(id="rp1", at=then + _DAY, review="rv1", url=f"{_SITE}/knives#reviews"),
        ReturnOpened(id="RT-7", at=ORDERED + 7 * _DAY, order="1001", lines=Pairs(l2=2)),
        ReturnApproved(id="ra1", at=ORDERED + 7 * _DAY, return_id="RT-7", ends=then),
        ReturnReceived(id="rr1", at=ORDERED + 8 * _DAY, return_id="RT-7"),
    )


def suggestions(locale: str = "en", /) -> Suggestions:
    """The chopping board, as something that goes with knives."""
    board = Product(
        id="board",
        title=_words(locale).board,
        url=f"{_SITE}/boards",
        variants=(Variant(sku="CB-2", price=_inr("899")),),
    )
    item = Suggestion(product=board, variant=board.variants[0], score=1.0, reasons=())
    return Suggestions(items=(item,))


_RETURNS: Final = (
    kinds.RETURN_APPROVED,
    kinds.RETURN_RECEIVED,
    kinds.WITHDRAWAL_ACKNOWLEDGED,
)
_BROUGHT: Final[dict[str, Outcome]] = {
    "points": Points(count=120, ends=ORDERED + 400 * _DAY),
    "tier": Standing(
        tier="Gold",
        tiers=("Silver", "Gold"),
        since=ORDERED,
        value=400_000,
        earned="Gold",
        until=ORDERED + 365 * _DAY,
        next=Distance(tier="Platinum", missing=100_000, money=_inr("1000")),
    ),
    "offer": Coupon(code="KITCHEN10", off=Percent(Decimal(10)), ends=ORDERED + 60 * _DAY),
}


def action(
    kind: Kind,
    channel: Channel = Channel.EMAIL,
    /,
    *shows: Outcome,
    locale: str = "en",
    ceiling: Purpose = Purpose.MARKETING,
    variant: str = "",
) -> Action:
    """An action of this kind that is due, with the answers that the kind needs and these more."""
    subject = Subject("order", "1001")
    if kind in _RETURNS:
        subject = Subject("return", "RT-7")
    elif "review" in kind.requires:
        subject = Subject("review", "rv1")
    brought = {**_BROUGHT, "suggestions": suggestions(locale)}
    needed = (brought[name] for name in kind.requires if name in brought)
    return Action(
        key=f"sample/{subject}/{kind.name}",
        kind=kind,
        subject=subject,
        channel=channel,
        ceiling=ceiling,
        target=ORDERED + 370 * _DAY,
        reasons=(),
        shows=(*needed, *shows),
        variant=variant,
    )


def documents(name: str, action: Action, _history: History, /) -> Attachment:
    """Any document that a message encloses, as a file of a few bytes."""
    return Attachment(
        document=name,
        filename=f"{name}-{action.subject.id}.pdf",
        mime="application/pdf",
        content=b"%PDF-1.7 sample",
    )


def links(name: str, action: Action, _history: History, /) -> str:
    """A link for what can be stopped; every other address stands in the facts and the shop."""
    token = action.key.replace("/", "-").replace(":", "-")
    return f"{_SITE}/u/{token}" if name == "unsubscribe" else ""
