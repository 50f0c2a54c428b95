"""What began an entry, in words."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says


@frozen
class OrderWasPlaced(Reason):
    """The order is the beginning of everything after it."""

    says: ClassVar[Says] = says("order %(order)s was placed")
    order: str


@frozen
class OrderWasDelivered(Reason):
    """All parcels of the order have arrived."""

    says: ClassVar[Says] = says("order %(order)s was delivered")
    order: str


@frozen
class ParcelWasShipped(Reason):
    """The carrier has the parcel."""

    says: ClassVar[Says] = says("parcel %(parcel)s was shipped")
    parcel: str


@frozen
class ParcelIs(Reason):
    """The parcel has come to a stage of its way."""

    says: ClassVar[Says] = says("parcel %(parcel)s is %(stage)s")
    parcel: str
    stage: str


@frozen
class ParcelWasDelivered(Reason):
    """The parcel has arrived."""

    says: ClassVar[Says] = says("parcel %(parcel)s was delivered")
    parcel: str


@frozen
class IsExpectedLater(Reason):
    """The carrier moved the expected day back."""

    says: ClassVar[Says] = says("parcel %(parcel)s is expected later than before")
    parcel: str


@frozen
class WasExpected(Reason):
    """The promised or expected time went by without a delivery."""

    says: ClassVar[Says] = says("parcel %(parcel)s was expected by now")
    parcel: str


@frozen
class WasScanned(Reason):
    """The carrier has been silent."""

    says: ClassVar[Says] = says("parcel %(parcel)s was scanned, and not again")
    parcel: str


@frozen
class ItHappened(Reason):
    """A dated fact of some other type."""

    says: ClassVar[Says] = says("%(fact)s %(about)s")
    fact: str
    about: str


@frozen
class LatestOrder(Reason):
    """The order after which there was none."""

    says: ClassVar[Says] = says("order %(order)s is the latest")
    order: str


@frozen
class YearsSince(Reason):
    """The anniversary of a first purchase."""

    says: ClassVar[Says] = says(
        "%(years)s year since the first order, %(order)s",
        "%(years)s years since the first order, %(order)s",
        by="years",
    )
    order: str
    years: int


@frozen
class BirthdayIn(Reason):
    """The customer told the day."""

    says: ClassVar[Says] = says("birthday in %(year)s")
    year: int


@frozen
class LastsDays(Reason):
    """What was bought lasts a known number of days."""

    says: ClassVar[Says] = says(
        "%(product)s lasts %(days)s day", "%(product)s lasts %(days)s days", by="days"
    )
    product: str
    days: int


@frozen
class PaymentWasRefused(Reason):
    """A payment did not go through."""

    says: ClassVar[Says] = says("a payment for order %(order)s failed")
    order: str


@frozen
class OrderWasChanged(Reason):
    """Some of the order will not be sent."""

    says: ClassVar[Says] = says("order %(order)s was changed")
    order: str


@frozen
class MoneyWasReturned(Reason):
    """A refund."""

    says: ClassVar[Says] = says("money for order %(order)s went back")
    order: str


@frozen
class IsExpectedOn(Reason):
    """The last day on which a parcel is expected."""

    says: ClassVar[Says] = says("parcel %(parcel)s is expected by %(day)s")
    parcel: str
    day: date


@frozen
class PointsEnd(Reason):
    """Points that will be gone."""

    says: ClassVar[Says] = says(
        "%(count)s point ends on %(day)s", "%(count)s points end on %(day)s", by="count"
    )
    count: int
    day: date


@frozen
class HasReached(Reason):
    """A tier that the customer came into."""

    says: ClassVar[Says] = says("the tier %(tier)s was reached")
    tier: str


@frozen
class OrderWasPaid(Reason):
    """The money came."""

    says: ClassVar[Says] = says("order %(order)s was paid")
    order: str


@frozen
class OrderWasWithdrawn(Reason):
    """The customer took the contract back."""

    says: ClassVar[Says] = says("the customer withdrew from order %(order)s")
    order: str
