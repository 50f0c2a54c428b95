"""What a marketplace lets a seller write to somebody who bought there.

Limits change: each carries where it was read and when, and where a source leaves room, the
stricter reading is taken. Read them against the marketplace's own rules before relying on them.
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
class UnknownMarketplace(Reason):
    """Nobody said what it allows, so nothing is sent."""

    says: ClassVar[Says] = says("nobody said what %(marketplace)s allows")
    marketplace: str


def _some(_: object, __: object, days: int | None, /) -> None:
    if days is not None and days < 1:
        message = f"days must be 1 or more, got {days}: None for no end"
        raise InvalidSupport(message)


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
        marketplace: as the order names it.
        ceiling: the strictest purpose of a message that is allowed.
        channels: through which; its own mailbox counts as e-mail.
        days: how long after the order; None for no end.
        never: kinds that are not allowed whatever their purpose.
        once: kinds that are allowed above the ceiling, one message of them all about an order.
        without: what the words may not hold; nothing here reads them, so whoever writes looks.
        sources: where this was read.
        read: on which day; None where nobody looked.
    """

    marketplace: str
    ceiling: Purpose = Purpose.TRANSACTIONAL
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    days: int | None = field(default=None, validator=_some)
    never: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    without: tuple[Content, ...] = ()
    sources: tuple[str, ...] = ()
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
_READ: Final = date(2026, 11, 24)
_FORUM: Final = "https://sellercentral.amazon.co.uk/seller-forums/discussions/t"
_SP_MODELS: Final = "https://github.com/amzn/selling-partner-api-models/blob/main/models"
_ETSY: Final = "https://www.shopifymarketplaceconnecthelp.com/hc/en-us/articles"
_EBAY: Final = "https://www.ebay.com.au/help/policies/member-behaviour-policies"
_ANYTHING_ELSE: Final = (Content.ADDRESS, Content.LINK, Content.PHONE, Content.PROMOTION)

CAREFUL: Final = (
    Limits(
        marketplace="amazon",
        days=30,
        never=tuple(each.name for each in _SENT_BY_AMAZON),
        once=(kinds.REVIEW_REQUEST.name,),
        without=(*_ANYTHING_ELSE, Content.INCENTIVE),
        sources=(
            f"{_FORUM}/0280ebb5-103d-41c8-a3a8-42d13097c519",
            "https://www.junglescout.com/blog/amazon-updates-communication-guidelines/",
            "https://developer-docs.amazon.com/sp-api/docs/set-up-the-solicitations-api",
            f"{_SP_MODELS}/solicitations-api-model/solicitations.json",
        ),
        read=_READ,
    ),
    Limits(
        marketplace="etsy",
        ceiling=Purpose.SERVICE,
        without=(Content.PROMOTION,),
        sources=(f"{_ETSY}/9705771665679-Messaging-with-Etsy",),
        read=_READ,
    ),
    Limits(
        marketplace="ebay",
        ceiling=Purpose.SERVICE,
        without=_ANYTHING_ELSE,
        sources=(
            f"{_EBAY}/membertomember-contact-policy?id=4262",
            "https://www.ebay.co.uk/help/policies/member-behavior-policies/spam-policy?id=5033",
        ),
        read=_READ,
    ),
)
"""What three marketplaces allowed when their rules were last read; see `sources` and `read`.

Amazon: what the order needs and answers to questions, within 30 days of its completion (counted
here from the order, which is earlier), no confirmations that Amazon sends itself, no mere thanks,
no marketing, and one request for a review, neutral and for nothing in return, which its own
interface takes from 5 to 30 days after the delivery. Etsy: about the order, no unsolicited
advertising; a second-hand source, because Etsy's own page could not be read. eBay: nothing
commercial that nobody asked for, no addresses, numbers or links off eBay. Neither says whether
a request for a review is more than service, so none is allowed there.
"""


@frozen(kw_only=True)
class MarketplaceLimits:
    """Decides whether a kind of message may go to the buyer of an order.

    An order of the shop itself is never limited; one of a marketplace that nobody described is
    always refused. Pass the customer's `History` among the answers known, so that what may be
    asked once is not asked twice: it counts messages about `order:ID`.
    """

    limits: tuple[Limits, ...] = CAREFUL
    kind: Kind
    channel: Channel = Channel.EMAIL

    def decide(
        self, subject: Order, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Limits | None] | Declined:
        """Whether this kind may be sent about this order at that instant."""
        name = subject.marketplace.casefold()
        if not name:
            return Granted(None, (OwnOrder(),))
        found = next((each for each in self.limits if each.marketplace == name), None)
        if found is None:
            return Declined((UnknownMarketplace(subject.marketplace),))
        against = (*self._against(found, subject, at), *self._asked(found, subject, at, known))
        return Declined(against) if against else Granted(found, (WithinLimits(name),))

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
    ) -> tuple[AskedOnce, ...]:
        history = known.find(History)
        if history is None or self.kind.name not in limits.once:
            return ()
        sent = history.until(at).all(MessageSent)
        about = f"order:{order.id}"
        asked = any(each.kind in limits.once and each.about == about for each in sent)
        return (AskedOnce(limits.marketplace),) if asked else ()
