"""What a marketplace lets a seller write, and where that was read."""

import pytest

from help_desk import AT, DAY, PRICE
from postpurchase import plain
from postpurchase.domain import kinds
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    CAREFUL,
    AskedOnce,
    Content,
    Limits,
    MarketplaceLimits,
    MaybeAsked,
    NotForThat,
    NotThatKind,
    NotThatWay,
    OwnOrder,
    TooLate,
    UnknownMarketplace,
    WithinLimits,
)


def sold(marketplace: str, days: int = 3) -> Order:
    lines = (Line(sku="pan", product="pan", unit_price=PRICE),)
    return Order(
        id="1001", at=AT - days * DAY, currency="EUR", lines=lines, marketplace=marketplace
    )


def refused(
    kind: Kind, marketplace: str, days: int = 3, channel: Channel = Channel.EMAIL
) -> tuple[Reason, ...]:
    policy = MarketplaceLimits(kind=kind, channel=channel)
    decision = policy.decide(sold(marketplace, days), at=AT, known=Known(History()))
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
        (kinds.REVIEW_REQUEST, "etsy", ()),
        (kinds.REVIEW_REMINDER, "etsy", (NotForThat("etsy", "solicitation"),)),
        (kinds.SURVEY, "etsy", (NotForThat("etsy", "solicitation"),)),
        (kinds.COMPLEMENT, "etsy", (NotForThat("etsy", "marketing"),)),
        (kinds.SHIPPED, " eBay ", ()),
        (kinds.REVIEW_REQUEST, "ebay", ()),
        (kinds.REVIEW_REMINDER, "ebay", ()),
        (kinds.RETURN_APPROVED, "Walmart", ()),
        (kinds.DELAYED, "walmart", (NotThatKind("walmart", "delayed"),)),
        (
            kinds.REVIEW_REQUEST,
            "walmart",
            (NotForThat("walmart", "solicitation"),),
        ),
        (kinds.SHIPPED, "flipkart", (UnknownMarketplace("flipkart"),)),
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


def test_a_reminder_after_a_request_is_a_second_question() -> None:
    asked = MessageSent(id="m", at=AT - DAY, kind="review_request", about="order:1001")
    again = MarketplaceLimits(kind=kinds.REVIEW_REMINDER).decide(
        sold("ebay"), at=AT, known=Known(History.of(asked))
    )
    assert again == Declined((AskedOnce("ebay"),))


def test_nothing_is_asked_once_where_nobody_knows_what_was_asked() -> None:
    unknown = MarketplaceLimits(kind=kinds.REVIEW_REQUEST).decide(sold("amazon"), at=AT)
    assert unknown == Declined((MaybeAsked("amazon"),))
    assert str(unknown.reasons[0]) == (
        "amazon allows one such question, and what was sent is not known"
    )
    assert MarketplaceLimits(kind=kinds.INVOICE).decide(sold("amazon"), at=AT)


def test_what_a_granted_message_may_not_hold_comes_with_it() -> None:
    decision = MarketplaceLimits(kind=kinds.REVIEW_REQUEST).decide(
        sold("amazon"), at=AT, known=Known(History())
    )
    assert decision
    assert decision.value is not None
    assert set(decision.value.without) == set(Content)


@pytest.mark.parametrize("limits", CAREFUL, ids=lambda limits: limits.marketplace)
def test_every_ready_limit_says_where_and_when_it_was_read(limits: Limits) -> None:
    assert limits.read is not None
    assert limits.sources
    reports = limits.second_hand.values()
    assert all(source.startswith("https://") for source in (*limits.sources, *reports))
    assert not set(limits.sources) & set(reports)
    assert limits.ceiling < Purpose.SOLICITATION
    assert not set(limits.never) & set(limits.once)
    assert plain.load(Limits, plain.dump(limits)) == limits


def test_only_amazons_limits_rest_on_what_somebody_else_reports_and_say_which() -> None:
    second = {each.marketplace: tuple(sorted(each.second_hand)) for each in CAREFUL}
    assert second == {
        "amazon": ("days", "never", "without"),
        "etsy": (),
        "ebay": (),
        "walmart": (),
    }
    with pytest.raises(InvalidSupport, match="never, once, without, got read"):
        Limits(marketplace="x", second_hand=Pairs(read="https://example.com"))


def test_a_shop_describes_its_own_marketplace() -> None:
    own = MarketplaceLimits(kind=kinds.SHIPPED, limits=(Limits(marketplace="BazAar"),))
    assert own.decide(sold("Bazaar"), at=AT)
    assert Limits(marketplace="x", days=1).days == 1
    with pytest.raises(InvalidSupport, match="days must be 1 or more, got 0"):
        Limits(marketplace="x", days=0)
    with pytest.raises(InvalidSupport, match="limits are those of a marketplace, got ' '"):
        Limits(marketplace=" ")
    with pytest.raises(InvalidSupport, match="once for each marketplace, got bazaar twice"):
        MarketplaceLimits(
            kind=kinds.SHIPPED,
            limits=(Limits(marketplace="Bazaar"), Limits(marketplace="bazaar", days=3)),
        )
