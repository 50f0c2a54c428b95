"""Who bought on a marketplace is the marketplace's customer, until they say yes to the shop."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from letters import ASK, PROMO
from postpurchase.domain import kinds
from postpurchase.domain.customer import Birthday, Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import (
    DEFAULT,
    Journey,
    Plan,
    Playbook,
    Row,
    Status,
    Step,
    decide,
    triggers,
)
from postpurchase.journey.reason import KnownThrough
from postpurchase.privacy import OWN_GROUND, Basis
from postpurchase.support import Limits
from postpurchase.support.marketplace import (
    AskedOnce,
    NotForThat,
    NotThatKind,
    NotThatWay,
    UnknownMarketplace,
)

BOUGHT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("America/New_York"))
# In the United States a shop may advertise by e-mail until it is told to stop.
BUYER = Customer(
    id="C1", at=BOUGHT, email="guest@example.com", country="US", birthday=Birthday(4, 9)
)
LINE = Line(sku="A", unit_price=Money.of("9.00", "USD"))
OWN = Order(id="1001", at=BOUGHT, currency="USD", lines=(LINE,))
SOLD = evolve(OWN, id="A-1", marketplace="etsy")
YES = Consent(id="yes", at=BOUGHT, channel=Channel.EMAIL, state=ConsentState.GRANTED)
CARE = Kind(name="care", purpose=Purpose.SERVICE)
GREETED = BOUGHT.replace(month=4, day=9, hour=14)
GIFT = "birthday/year:2026/gift"


def plan(playbook: Playbook, *facts: Fact, at: datetime = BOUGHT) -> Plan:
    return decide(History.of(BUYER, *facts), at=at, shop=SHOP, playbook=playbook)


def row(playbook: Playbook, key: str, *facts: Fact, at: datetime = BOUGHT) -> Row:
    found = plan(playbook, *facts, at=at).row(key)
    assert found is not None
    return found


def once(kind: Kind, *channels: Channel) -> Playbook:
    step = Step(id="a", kind=kind, channels=channels)
    return Playbook(journeys=(Journey(id="story", trigger=triggers.OrderPlaced(), steps=(step,)),))


def test_the_default_playbook_greets_its_own_customers_only() -> None:
    mail = DEFAULT.change("birthday/gift", channels=(Channel.EMAIL,))
    kept = row(mail, GIFT, SOLD, at=GREETED)
    assert (kept.status, kept.reasons) == (Status.SUPPRESSED, (KnownThrough("etsy"),))
    assert str(kept.reasons[0]) == (
        "the customer is known through etsy alone, and never said yes to the shop"
    )
    assert row(mail, GIFT, OWN, at=GREETED).status is Status.DUE
    assert row(mail, GIFT, SOLD, OWN, at=GREETED).status is Status.DUE
    assert row(mail, GIFT, at=GREETED).status is Status.DUE
    agreed = row(mail, GIFT, SOLD, YES, at=GREETED)
    assert (agreed.status, agreed.basis) == (Status.DUE, Basis.CONSENT)
    shown = row(DEFAULT, GIFT, SOLD, at=GREETED)
    assert (shown.status, shown.channel) == (Status.DUE, Channel.SITE)


def test_all_advertising_of_the_default_playbook_leaves_a_marketplaces_buyer_alone() -> None:
    """From the purchase on, at every hour at which something could be due, for half a year."""
    parcel = Shipment(
        id="S1",
        at=BOUGHT,
        order=SOLD.id,
        scans=(Scan(at=BOUGHT + timedelta(days=3), stage=Stage.DELIVERED),),
    )
    history = History.of(BUYER, SOLD, parcel)
    at: datetime | None = BOUGHT
    sent: list[Purpose] = []
    while at is not None and at < BOUGHT + timedelta(days=180):
        found = decide(history, at=at, shop=SHOP)
        for action in found.due:
            if action.channel not in OWN_GROUND:
                sent += (action.kind.purpose, action.ceiling)
            history = history.add(MessageSent(id=action.key, at=at))
        at = found.next_wakeup
    assert sent
    assert max(sent) is Purpose.SERVICE


def test_an_order_of_a_marketplace_has_its_limits() -> None:
    key = "story/order:A-1/a"
    assert row(once(PROMO), "story/order:1001/a", OWN).status is Status.DUE
    kept = row(once(PROMO), key, SOLD)
    assert (kept.status, kept.reasons) == (Status.SUPPRESSED, (NotForThat("etsy", "marketing"),))
    assert kept.channel is None
    assert row(once(PROMO), key, SOLD, OWN).status is Status.SUPPRESSED
    assert row(once(PROMO), key, SOLD, YES).status is Status.DUE
    (asked,) = row(once(ASK), key, SOLD).reasons
    assert asked == NotForThat("etsy", "solicitation")
    assert row(once(CARE), key, SOLD).status is Status.DUE


def test_what_a_marketplace_sends_itself_is_not_sent_again() -> None:
    amazon = evolve(SOLD, marketplace="Amazon")
    mail = DEFAULT.change("order_confirmation/confirm", channels=(Channel.EMAIL,))
    kept = row(mail, "order_confirmation/order:A-1/confirm", amazon)
    assert kept.status is Status.SUPPRESSED
    assert kept.reasons == (NotThatKind("amazon", "order_confirmation"),)
    agreed = row(mail, "order_confirmation/order:A-1/confirm", amazon, YES)
    assert agreed.reasons == kept.reasons
    needed = Kind(name="needed", purpose=Purpose.TRANSACTIONAL)
    assert row(once(needed), "story/order:A-1/a", amazon).status is Status.DUE
    assert row(once(CARE), "story/order:A-1/a", amazon).status is Status.SUPPRESSED


def test_a_marketplace_that_nobody_described_allows_nothing() -> None:
    bazaar = evolve(SOLD, marketplace="Bazaar")
    kept = row(once(CARE), "story/order:A-1/a", bazaar)
    assert (kept.status, kept.reasons) == (Status.SUPPRESSED, (UnknownMarketplace("Bazaar"),))
    known = evolve(once(CARE), marketplaces=(Limits(marketplace="bazaar", ceiling=CARE.purpose),))
    assert row(known, "story/order:A-1/a", bazaar).status is Status.DUE


def test_what_may_be_asked_once_is_asked_once_and_brings_nothing_stricter() -> None:
    amazon = evolve(SOLD, marketplace="amazon")
    mail = once(kinds.REVIEW_REQUEST, Channel.EMAIL)
    (action,) = plan(mail, amazon).due
    assert action.ceiling is Purpose.SOLICITATION
    asked = MessageSent(
        id="other/order:A-1/ask", at=BOUGHT, kind="review_request", about="order:A-1"
    )
    kept = row(mail, "story/order:A-1/a", amazon, asked)
    assert (kept.status, kept.reasons) == (Status.SUPPRESSED, (AskedOnce("amazon"),))


@pytest.mark.parametrize(
    ("facts", "ceiling"),
    [
        ((OWN,), Purpose.MARKETING),
        ((SOLD,), Purpose.SERVICE),
        ((SOLD, YES), Purpose.MARKETING),
        ((evolve(SOLD, marketplace="amazon"), YES), Purpose.MARKETING),
    ],
)
def test_no_block_is_stricter_than_the_marketplace_allows(
    facts: tuple[Fact, ...], ceiling: Purpose
) -> None:
    (action,) = plan(once(CARE), *facts).due
    assert action.ceiling is ceiling


def test_the_law_holds_beside_the_marketplace() -> None:
    asks_all = Limits(marketplace="etsy", ceiling=Purpose.MARKETING)
    open_minded = evolve(once(CARE), marketplaces=(asks_all,))
    no = evolve(YES, state=ConsentState.WITHDRAWN)
    (action,) = plan(open_minded, SOLD, no).due
    assert action.ceiling is Purpose.SOLICITATION
    (action,) = plan(open_minded, SOLD).due
    assert action.ceiling is Purpose.MARKETING


@pytest.mark.parametrize(
    ("orders", "ceiling"),
    [((), Purpose.MARKETING), ((OWN,), Purpose.MARKETING), ((SOLD,), Purpose.SERVICE)],
)
def test_what_is_about_no_order_is_capped_by_where_the_customer_is_from(
    orders: tuple[Order, ...], ceiling: Purpose
) -> None:
    step = Step(id="a", kind=CARE)
    story = Journey(id="story", trigger=triggers.Birthday(), steps=(step,))
    (action,) = plan(Playbook(journeys=(story,)), *orders, at=GREETED).due
    assert action.ceiling is ceiling


def test_who_comes_by_the_shop_itself_is_its_own_customer() -> None:
    promo = evolve(PROMO, channels=(Channel.EMAIL, Channel.SITE))
    found = row(once(promo), "story/order:A-1/a", SOLD)
    assert (found.status, found.channel) == (Status.DUE, Channel.SITE)
    assert found.basis is Basis.OWN_GROUND
    (action,) = plan(once(promo), SOLD).due
    assert action.ceiling is Purpose.MARKETING


def test_care_is_the_marketplaces_too_where_asking_was_never_agreed_to() -> None:
    """In Germany a question is advertising, so there is no yes to it without consent."""
    german = evolve(BUYER, country="DE")
    history = History.of(german, evolve(SOLD, marketplace="amazon"))
    (kept,) = decide(history, at=BOUGHT, shop=SHOP, playbook=once(CARE)).rows
    assert (kept.status, kept.reasons) == (Status.SUPPRESSED, (NotForThat("amazon", "service"),))


def test_a_marketplace_allows_its_own_mailbox_and_no_phone() -> None:
    care = Kind(name="care", purpose=Purpose.SERVICE, channels=(Channel.SMS,))
    history = History.of(evolve(BUYER, phone="+1000"), SOLD)
    (kept,) = decide(history, at=BOUGHT, shop=SHOP, playbook=once(care)).rows
    assert kept.reasons == (NotThatWay("etsy", Channel.SMS),)


@pytest.mark.parametrize("kind", [ASK, PROMO])
def test_questions_about_no_order_are_advertising_to_a_marketplaces_buyer(kind: Kind) -> None:
    step = Step(id="a", kind=kind)
    story = Journey(id="story", trigger=triggers.Birthday(), steps=(step,))
    found = row(Playbook(journeys=(story,)), "story/year:2026/a", SOLD, at=GREETED)
    assert (found.status, found.reasons) == (Status.SUPPRESSED, (KnownThrough("etsy"),))


def test_each_channel_says_why_not() -> None:
    texted = evolve(BUYER, phone="+1000")
    history = History.of(texted, SOLD)
    both = decide(history, at=BOUGHT, shop=SHOP, playbook=once(PROMO, Channel.EMAIL, Channel.SMS))
    (kept,) = both.rows
    assert [str(each) for each in kept.reasons] == [
        "etsy allows no messages for marketing",
        "no consent for sms",
    ]
