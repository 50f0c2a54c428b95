"""Why a message may go out, and why not."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.customer import Cause
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.message import Channel


@frozen
class NeededForTheOrder(Reason):
    """The contract or the care for it asks for the message."""

    says: ClassVar[Says] = says("needed for what was bought")


@frozen
class ServiceRelationship(Reason):
    """A question about the purchase, where the law does not call that advertising."""

    says: ClassVar[Says] = says("a question about what was bought")


@frozen
class OnOwnGround(Reason):
    """The customer came to the shop; nothing is sent anywhere."""

    says: ClassVar[Says] = says("shown where the customer comes by")


@frozen
class ConsentGiven(Reason):
    """The customer said yes, and has not taken it back."""

    says: ClassVar[Says] = says("consent for %(channel)s of %(on)s")
    channel: Channel
    on: date


@frozen
class ExistingCustomer(Reason):
    """The address came with a purchase, and the customer could object from the start."""

    says: ClassVar[Says] = says("existing customer since %(on)s, could object on %(channel)s")
    channel: Channel
    on: date


@frozen
class ImpliedByPurchase(Reason):
    """A purchase stands for consent for some time."""

    says: ClassVar[Says] = says("implied by a purchase until %(until)s")
    until: date


@frozen
class AllowedUntilOptOut(Reason):
    """The law lets a shop write until the customer says stop."""

    says: ClassVar[Says] = says("allowed on %(channel)s until the customer opts out")
    channel: Channel


@frozen
class NoCustomer(Reason):
    """Nobody knows who this is."""

    says: ClassVar[Says] = says("no customer is known")


@frozen
class Erased(Reason):
    """The customer asked to be forgotten."""

    says: ClassVar[Says] = says("the customer was erased")


@frozen
class NoAddress(Reason):
    """The channel has nowhere to go."""

    says: ClassVar[Says] = says("no address for %(channel)s")
    channel: Channel


@frozen
class Suppressed(Reason):
    """The address must not be written to."""

    says: ClassVar[Says] = says("%(channel)s is suppressed: %(cause)s")
    channel: Channel
    cause: Cause


@frozen
class Withdrawn(Reason):
    """The customer took the consent back."""

    says: ClassVar[Says] = says("consent for %(channel)s was withdrawn")
    channel: Channel


@frozen
class NotConfirmed(Reason):
    """The second step of a double opt-in is missing."""

    says: ClassVar[Says] = says("consent for %(channel)s was never confirmed")
    channel: Channel


@frozen
class ConsentLapsed(Reason):
    """The consent had an end, and it has passed."""

    says: ClassVar[Says] = says("consent for %(channel)s has lapsed")
    channel: Channel


@frozen
class NoConsent(Reason):
    """The customer was never asked, or never answered."""

    says: ClassVar[Says] = says("no consent for %(channel)s")
    channel: Channel


@frozen
class ImpliedExpired(Reason):
    """The purchase that stood for consent is too long ago."""

    says: ClassVar[Says] = says("the purchase that implied consent for %(channel)s is too long ago")
    channel: Channel
