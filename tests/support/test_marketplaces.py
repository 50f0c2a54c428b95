"""What a marketplace lets a seller write, and where that was read."""

from datetime import UTC, datetime, timedelta

import pytest

from postpurchase import plain
from postpurchase.domain import kinds
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    CAREFUL,
    AskedOnce,
    Content,
    Limits,
    MarketplaceLimits,
    NotForThat,
    NotThatKind,
    NotThatWay,
    OwnOrder,
    TooLate,
    UnknownMarketplace,
    WithinLimits,
)

AT = datetime(2026, 5, 11, 8, tzinfo=UTC)
DAY = timedelta(days=1)
PRICE = Money.parse("80.00 EUR")


def sold(marketplace: str, days: int = 3) -> Order:
    lines = (Line(sku="pan", product="pan", unit_price=PRICE),)
    return Order(
        id="1001", at=AT - days * DAY, currency="EUR", lines=lines, marketplace=marketplace
    )


def refused(
    kind: Kind, marketplace: str, days: int = 3, channel: Channel = Channel.EMAIL
) -> tuple[Reason, ...]:
    decision = MarketplaceLimits(kind=kind, channel=channel).decide(sold(marketplace, days), at=AT)
    return () if decision else decision.reasons


def test_an_order_of_the_shop_itself_is_not_limited() -> None:
    decision = MarketplaceLimits(kind=kinds.COUPON).decide(sold(""), at=AT)
    assert decision
    assert (decision.value, decision.reasons) == (None, (OwnOrder(),))


@pytest.mark.parametrize(
    ("kind", "marketplace", "reasons"),
    [
        (kinds.INVOICE, "Amazon", ()),
        (kinds.DELAYED, "amazon", ()),
        (kinds.RETURN_APPROVED, "amazon", ()),
        (kinds.REVIEW_REQUEST, "amazon", ()),
        (kinds.ORDER_CONFIRMATION, "amazon", (NotThatKind("amazon", "order_confirmation"),)),
        (kinds.SHIPPED, "amazon", (NotThatKind("amazon", "shipped"),)),
        (kinds.THANK_YOU, "amazon", (NotForThat("amazon", "service"),)),
        (kinds.REVIEW_REMINDER, "amazon", (NotForThat("amazon", "solicitation"),)),
        (kinds.COUPON, "amazon", (NotForThat("amazon", "marketing"),)),
        (kinds.HOW_TO, "etsy", ()),
        (kinds.REVIEW_REQUEST, "etsy", (NotForThat("etsy", "solicitation"),)),
        (kinds.COMPLEMENT, "etsy", (NotForThat("etsy", "marketing"),)),
        (kinds.SHIPPED, "ebay", ()),
        (kinds.REFERRAL_INVITATION, "ebay", (NotForThat("ebay", "marketing"),)),
        (kinds.SHIPPED, "Bazaar", (UnknownMarketplace("Bazaar"),)),
    ],
)
def test_each_marketplace_takes_what_its_rules_take(
    kind: Kind, marketplace: str, reasons: tuple[Reason, ...]
) -> None:
    assert refused(kind, marketplace) == reasons


def test_only_the_marketplaces_own_mailbox_and_only_for_so_long() -> None:
    assert refused(kinds.INVOICE, "amazon", 30) == ()
    assert refused(kinds.INVOICE, "amazon", 31, Channel.SMS) == (
        NotThatWay("amazon", Channel.SMS),
        TooLate("amazon", 30),
    )
    assert str(TooLate("amazon", 30)) == "amazon allows messages for 30 days after the order"


def test_a_review_is_asked_for_once_about_an_order() -> None:
    def asked(about: str, kind: str = "review_request", known: Known = NOTHING) -> object:
        sent = MessageSent(id="m", at=AT - DAY, kind=kind, about=about)
        policy = MarketplaceLimits(kind=kinds.REVIEW_REQUEST)
        return policy.decide(sold("amazon"), at=AT, known=known.add(History.of(sent)))

    assert asked("order:1001") == Declined((AskedOnce("amazon"),))
    assert asked("order:1002")
    assert asked("order:1001", "invoice")
    before = MarketplaceLimits(kind=kinds.REVIEW_REQUEST).decide(
        sold("amazon"),
        at=AT - 2 * DAY,
        known=Known(
            History.of(MessageSent(id="m", at=AT - DAY, kind="review_request", about="order:1001"))
        ),
    )
    assert before
    assert before.reasons == (WithinLimits("amazon"),)


def test_what_a_granted_message_may_not_hold_comes_with_it() -> None:
    decision = MarketplaceLimits(kind=kinds.REVIEW_REQUEST).decide(sold("amazon"), at=AT)
    assert decision
    assert decision.value is not None
    assert set(decision.value.without) == set(Content)


@pytest.mark.parametrize("limits", CAREFUL, ids=lambda limits: limits.marketplace)
def test_every_ready_limit_says_where_and_when_it_was_read(limits: Limits) -> None:
    assert limits.read is not None
    assert limits.sources
    assert all(source.startswith("https://") for source in limits.sources)
    assert limits.ceiling < Purpose.SOLICITATION
    assert not set(limits.never) & set(limits.once)
    assert plain.load(Limits, plain.dump(limits)) == limits


def test_a_shop_describes_its_own_marketplace() -> None:
    own = MarketplaceLimits(kind=kinds.SHIPPED, limits=(Limits(marketplace="bazaar"),))
    assert own.decide(sold("Bazaar"), at=AT)
    assert Limits(marketplace="x", days=1).days == 1
    with pytest.raises(InvalidSupport, match="days must be 1 or more, got 0"):
        Limits(marketplace="x", days=0)
