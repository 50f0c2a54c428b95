"""What a marketplace lets a seller write to somebody who bought there.

Limits change: these are the shape of them and careful defaults, read them against the
marketplace's own rules before relying on them.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
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
class UnknownMarketplace(Reason):
    """Nobody said what it allows, so nothing is sent."""

    says: ClassVar[Says] = says("nobody said what %(marketplace)s allows")
    marketplace: str


def _some(_: object, __: object, days: int | None, /) -> None:
    if days is not None and days < 1:
        message = f"days must be 1 or more, got {days}: None for no end"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Limits:
    """What one marketplace allows.

    Attributes:
        marketplace: as the order names it.
        ceiling: the strictest purpose of a message that is allowed.
        channels: through which; its own mailbox counts as e-mail.
        days: how long after the order; None for no end.
        never: kinds that are not allowed whatever their purpose.
    """

    marketplace: str
    ceiling: Purpose = Purpose.TRANSACTIONAL
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    days: int | None = field(default=None, validator=_some)
    never: tuple[str, ...] = ()


CAREFUL: Final = (
    Limits(
        marketplace="amazon",
        days=30,
        never=("order_confirmation", "shipped", "thank_you", "coupon", "referral_invitation"),
    ),
    Limits(marketplace="etsy", ceiling=Purpose.SERVICE),
    Limits(marketplace="ebay", ceiling=Purpose.SERVICE),
)
"""No marketing anywhere; on Amazon what the order needs, within 30 days, and no confirmations."""


@frozen(kw_only=True)
class MarketplaceLimits:
    """Decides whether a kind of message may go to the buyer of an order.

    An order of the shop itself is never limited; one of a marketplace that nobody described is
    always refused.
    """

    limits: tuple[Limits, ...] = CAREFUL
    kind: Kind
    channel: Channel = Channel.EMAIL

    def decide(
        self, subject: Order, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Limits | None] | Declined:
        """Whether this kind may be sent about this order at that instant."""
        del known
        name = subject.marketplace.casefold()
        if not name:
            return Granted(None, (OwnOrder(),))
        found = next((each for each in self.limits if each.marketplace == name), None)
        if found is None:
            return Declined((UnknownMarketplace(subject.marketplace),))
        against = tuple(self._against(found, subject, at))
        return Declined(against) if against else Granted(found, (WithinLimits(name),))

    def _against(self, limits: Limits, order: Order, at: datetime) -> list[Reason]:
        name, found = limits.marketplace, list[Reason]()
        if self.kind.purpose > limits.ceiling:
            found.append(NotForThat(name, self.kind.purpose.name.casefold()))
        if self.kind.name in limits.never:
            found.append(NotThatKind(name, self.kind.name))
        if self.channel not in limits.channels:
            found.append(NotThatWay(name, self.channel))
        if limits.days is not None and at - order.at > timedelta(days=limits.days):
            found.append(TooLate(name, limits.days))
        return found
