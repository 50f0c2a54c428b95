"""What a marketplace lets a seller write to somebody who bought there.

Limits change: each carries where it was read and when, which of them rest on somebody else's
report, and where a source leaves room, the stricter reading is taken. Read them against the
marketplace's own rules before relying on them.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum, unique
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain import kinds
from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
from postpurchase.domain.event import MessageSent
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport


@frozen
class OwnOrder(Reason):
    """The shop sold it itself."""

    says: ClassVar[Says] = says("the order was placed with the shop itself")


@frozen
class WithinLimits(Reason):
    """The marketplace allows it."""

    says: ClassVar[Says] = says("%(marketplace)s allows it")
    marketplace: str


@frozen
class NotForThat(Reason):
    """Not for this purpose."""

    says: ClassVar[Says] = says("%(marketplace)s allows no messages for %(purpose)s")
    marketplace: str
    purpose: str


@frozen
class NotThatWay(Reason):
    """Not through this channel: only the marketplace's own."""

    says: ClassVar[Says] = says("%(marketplace)s allows no %(channel)s")
    marketplace: str
    channel: Channel


@frozen
class TooLate(Reason):
    """Not so long after the order."""

    says: ClassVar[Says] = says(
        "%(marketplace)s allows messages for %(days)s day after the order",
        "%(marketplace)s allows messages for %(days)s days after the order",
        by="days",
    )
    marketplace: str
    days: int


@frozen
class NotThatKind(Reason):
    """Not this kind of message at all."""

    says: ClassVar[Says] = says("%(marketplace)s allows no %(kind)s")
    marketplace: str
    kind: str


@frozen
class AskedOnce(Reason):
    """What may be asked once about an order has been asked."""

    says: ClassVar[Says] = says("%(marketplace)s allows one such question, and it was sent")
    marketplace: str


@frozen
class MaybeAsked(Reason):
    """What may be asked once may have been asked: nobody passed in what was sent."""

    says: ClassVar[Says] = says(
        "%(marketplace)s allows one such question, and what was sent is not known"
    )
    marketplace: str


@frozen
class UnknownMarketplace(Reason):
    """Nobody said what it allows, so nothing is sent."""

    says: ClassVar[Says] = says("nobody said what %(marketplace)s allows")
    marketplace: str


def _named(_: object, __: object, marketplace: str, /) -> None:
    if not marketplace.strip():
        message = f"limits are those of a marketplace, got {marketplace!r} for its name"
        raise InvalidSupport(message)


def _limiting(_: object, __: object, second_hand: Pairs[str], /) -> None:
    odd = sorted(set(second_hand) - _LIMITING)
    if odd:
        message = f"second-hand can be {', '.join(sorted(_LIMITING))}, got {', '.join(odd)}"
        raise InvalidSupport(message)


def _some(_: object, __: object, days: int | None, /) -> None:
    if days is not None and days < 1:
        message = f"days must be 1 or more, got {days}: None for no end"
        raise InvalidSupport(message)


_LIMITING: Final = frozenset({"ceiling", "channels", "days", "never", "once", "without"})


@unique
class Content(StrEnum):
    """What the words of a message may not hold, whatever they are about."""

    ADDRESS = "address"
    INCENTIVE = "incentive"
    LINK = "link"
    PHONE = "phone"
    PROMOTION = "promotion"


@frozen(kw_only=True)
class Limits:
    """What one marketplace allows.

    Attributes:
        marketplace: as the order names it, in capitals or not.
        ceiling: the strictest purpose of a message that is allowed.
        channels: through which; its own mailbox counts as e-mail.
        days: how long after the order; None for no end.
        never: kinds that are not allowed whatever their purpose.
        once: kinds that are allowed above the ceiling, one message of them all about an order.
        without: what the words may not hold; nothing here reads them, so whoever writes looks.
        sources: where this was read in the marketplace's own words, or in a copy of them.
        second_hand: which limits rest on somebody else's report, and whose: by the name of the
            attribute, such as `Pairs(days="https://...")`.
        read: on which day; None where nobody looked.
    """

    marketplace: str = field(validator=_named)
    ceiling: Purpose = Purpose.TRANSACTIONAL
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    days: int | None = field(default=None, validator=_some)
    never: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    without: tuple[Content, ...] = ()
    sources: tuple[str, ...] = ()
    second_hand: Pairs[str] = field(default=Pairs[str](), validator=_limiting)
    read: date | None = None


_SENT_BY_AMAZON: Final = (
    kinds.ORDER_CONFIRMATION,
    kinds.SHIPPED,
    kinds.PARTLY_SHIPPED,
    kinds.EXCHANGE_SHIPPED,
    kinds.ARRIVING_TOMORROW,
    kinds.OUT_FOR_DELIVERY,
    kinds.DELIVERED,
)
_SENT_BY_WALMART: Final = (
    *_SENT_BY_AMAZON,
    kinds.ORDER_CHANGED,
    kinds.ORDER_CANCELLED,
    kinds.PAYMENT_FAILED,
    kinds.READY_FOR_PICKUP,
    kinds.DELAYED,
    kinds.DELIVERY_EXCEPTION,
)
_READ: Final = date(2026, 11, 25)
_FORUM: Final = "https://sellercentral.amazon.co.uk/seller-forums/discussions/t"
_SP_MODELS: Final = "https://github.com/amzn/selling-partner-api-models/blob/main/models"
_SP_DOCS: Final = "https://developer-docs.amazon.com/sp-api/docs"
_SCOUT: Final = "https://www.junglescout.com/blog/amazon-updates-communication-guidelines/"
_ARCHIVE: Final = "https://github.com/OpenTermsArchive/p2b-compliance-versions/blob"
_ETSY_POLICY: Final = "2e6a88b2d3b15465fb27dc36241298664013d6ef/Etsy"
_ETSY_HELP: Final = "https://help.etsy.com/hc/en-us/articles"
_EBAY: Final = "https://www.ebay.com.au/help/policies/member-behaviour-policies"
_WALMART: Final = "https://marketplacelearn.walmart.com/guides"
_EVERYTHING: Final = tuple(Content)

CAREFUL: Final = (
    Limits(
        marketplace="amazon",
        days=30,
        never=tuple(each.name for each in _SENT_BY_AMAZON),
        once=(kinds.REVIEW_REQUEST.name,),
        without=_EVERYTHING,
        sources=(
            f"{_FORUM}/0280ebb5-103d-41c8-a3a8-42d13097c519",
            f"{_SP_DOCS}/set-up-the-solicitations-api",
            f"{_SP_DOCS}/solicit-feedback-for-an-order",
            f"{_SP_MODELS}/solicitations-api-model/solicitations.json",
        ),
        second_hand=Pairs(days=_SCOUT, never=_SCOUT, without=_SCOUT),
        read=_READ,
    ),
    Limits(
        marketplace="etsy",
        ceiling=Purpose.SERVICE,
        once=(kinds.REVIEW_REQUEST.name,),
        without=_EVERYTHING,
        sources=(
            f"{_ARCHIVE}/{_ETSY_POLICY}/Marketplace%20Sellers%20Conditions.md",
            f"{_ETSY_HELP}/115015654988-How-to-Send-Messages-to-Buyers?segment=selling",
        ),
        read=_READ,
    ),
    Limits(
        marketplace="ebay",
        ceiling=Purpose.SERVICE,
        once=(kinds.REVIEW_REQUEST.name, kinds.REVIEW_REMINDER.name),
        without=_EVERYTHING,
        sources=(
            f"{_EBAY}/membertomember-contact-policy?id=4262",
            "https://www.ebay.co.uk/help/policies/member-behavior-policies/spam-policy?id=5033",
            "https://www.ebay.ie/help/policies/feedback-policies/feedback-policies?id=4208",
        ),
        read=_READ,
    ),
    Limits(
        marketplace="walmart",
        never=tuple(each.name for each in _SENT_BY_WALMART),
        without=_EVERYTHING,
        sources=(
            f"{_WALMART}/Policies%20&%20standards/Performance/Marketplace-Seller-Code-of-Conduct",
            f"{_WALMART}/Order%20management/Customer%20care/Customer-Care-policy",
            f"{_WALMART}/Listing%20optimization/Reviews/Marketplace-reviews:-overview",
        ),
        read=_READ,
    ),
)
"""What four marketplaces allowed when their rules were last read: `sources`, `second_hand`, `read`.

Amazon, by its moderators and the pages of its interface: what the order needs and answers to
questions, no marketing, and one request for a review, neutral and for nothing in return, which
its own interface takes from 5 to 30 days after the delivery. Second-hand, for its guidelines
stand behind a login: within 30 days of the order's completion (counted here from the order, which
is earlier), no confirmations that Amazon sends itself, no mere thanks, no links or addresses.

Etsy, by a public copy of its seller policy (last changed on 8 May 2023; there may be a newer one)
and by its help pages: no advertising that nobody asked for, a buyer's address for what is bought
on Etsy alone, no addresses, numbers or links to buy elsewhere. It names asking for a review as a
use of its messages; how often it does not say, so once.

eBay: nothing commercial that nobody asked for, no addresses, numbers or links off eBay; a friendly
reminder to leave feedback is fine, so one of these about an order, and positive feedback must not
be demanded.

Walmart: no contact that nobody asked for; it writes about every stage of an order and asks for
reviews itself. What is left is what follows from the customer's own request, such as a return.

Of Flipkart nothing about messages was found in its own words, so it is not here; what is not here
allows nothing.
"""


def _once(_: object, __: object, limits: tuple[Limits, ...], /) -> None:
    names = [each.marketplace.strip().casefold() for each in limits]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = f"limits once for each marketplace, got {', '.join(twice)} twice"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class MarketplaceLimits:
    """Decides whether a kind of message may go to the buyer of an order.

    An order of the shop itself is never limited; one of a marketplace that nobody described is
    always refused. What may be asked once needs the customer's `History` among the answers known,
    for it counts messages about `order:ID`; without it nobody knows, and it is refused.
    """

    limits: tuple[Limits, ...] = field(default=CAREFUL, validator=_once)
    kind: Kind
    channel: Channel = Channel.EMAIL

    def decide(
        self, subject: Order, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Limits | None] | Declined:
        """Whether this kind may be sent about this order at that instant."""
        if not subject.marketplace:
            return Granted(None, (OwnOrder(),))
        name = subject.marketplace.strip().casefold()
        named = {each.marketplace.strip().casefold(): each for each in self.limits}
        found = named.get(name)
        if found is None:
            return Declined((UnknownMarketplace(subject.marketplace),))
        against = (*self._against(found, subject, at), *self._asked(found, subject, at, known))
        return Declined(against) if against else Granted(found, (WithinLimits(found.marketplace),))

    def _against(self, limits: Limits, order: Order, at: datetime) -> list[Reason]:
        name, found = limits.marketplace, list[Reason]()
        if self.kind.purpose > limits.ceiling and self.kind.name not in limits.once:
            found.append(NotForThat(name, self.kind.purpose.name.casefold()))
        if self.kind.name in limits.never:
            found.append(NotThatKind(name, self.kind.name))
        if self.channel not in limits.channels:
            found.append(NotThatWay(name, self.channel))
        if limits.days is not None and at - order.at > timedelta(days=limits.days):
            found.append(TooLate(name, limits.days))
        return found

    def _asked(
        self, limits: Limits, order: Order, at: datetime, known: Known
    ) -> tuple[Reason, ...]:
        if self.kind.name not in limits.once:
            return ()
        history = known.find(History)
        if history is None:
            return (MaybeAsked(limits.marketplace),)
        sent = history.until(at).all(MessageSent)
        about = f"order:{order.id}"
        asked = any(each.kind in limits.once and each.about == about for each in sent)
        return (AskedOnce(limits.marketplace),) if asked else ()
