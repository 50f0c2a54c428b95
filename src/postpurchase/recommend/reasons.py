"""Why a product is suggested, and why it is not: typed, so that messages can say it anywhere."""

from datetime import date
from typing import ClassVar, final

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says


@final
@frozen
class GoesWith(Reason):
    """The shop says that it belongs to what was bought; `note` is the shop's own word on it."""

    says: ClassVar[Says] = says("goes with your %(product)s")
    product: str
    note: str = ""


@final
@frozen
class OftenTogether(Reason):
    """So many others bought it with `product`, by its title."""

    says: ClassVar[Says] = says(
        "bought together by %(count)s customer",
        "bought together by %(count)s customers",
        by="count",
    )
    count: int
    product: str


@final
@frozen
class RunsOut(Reason):
    """What they have of it will be used up; `on` is the earliest sensible day."""

    says: ClassVar[Says] = says("runs out about %(on)s")
    on: date
    product: str


@final
@frozen
class BoughtOften(Reason):
    """They bought it on so many days."""

    says: ClassVar[Says] = says("bought %(count)s time", "bought %(count)s times", by="count")
    count: int


@final
@frozen
class BetterThan(Reason):
    """A better one, a larger pack or a bundle of what they have."""

    says: ClassVar[Says] = says("an upgrade of your %(product)s")
    product: str
    note: str = ""


@final
@frozen
class SharesInterest(Reason):
    """It fits an interest that a message may name."""

    says: ClassVar[Says] = says("fits your interest in %(interest)s")
    interest: str


@final
@frozen
class PickedForThem(Reason):
    """It fits an interest that no message may name."""

    says: ClassVar[Says] = says("picked for you")


@final
@frozen
class Bestseller(Reason):
    """Many buy it."""

    says: ClassVar[Says] = says("a bestseller, number %(rank)s")
    rank: int


@final
@frozen
class AvoidedTag(Reason):
    """The customer avoids this."""

    says: ClassVar[Says] = says("the customer avoids %(tag)s")
    tag: str


@final
@frozen
class TagsUnknown(Reason):
    """Nobody said what is in it, where that matters to somebody who avoids things."""

    says: ClassVar[Says] = says(
        "nobody said what is in this product of the sensitive category %(category)s"
    )
    category: str


@final
@frozen
class NotInCatalog(Reason):
    """The catalog does not have it."""

    says: ClassVar[Says] = says("not in the catalog")


@final
@frozen
class Owned(Reason):
    """They have one, and it is not used up."""

    says: ClassVar[Says] = says("bought already on %(on)s")
    on: date


@final
@frozen
class OutOfStock(Reason):
    """No variant of it can be sent."""

    says: ClassVar[Says] = says("out of stock")


@final
@frozen
class NotSoldThere(Reason):
    """It may not be sent there."""

    says: ClassVar[Says] = says("not sold in %(country)s")
    country: str


@final
@frozen
class CountryUnknown(Reason):
    """It may not be sent everywhere, and nobody knows where this would go."""

    says: ClassVar[Says] = says("nobody knows which country it would go to")


@final
@frozen
class SentBack(Reason):
    """They returned it."""

    says: ClassVar[Says] = says("sent back by the customer")


@final
@frozen
class Disliked(Reason):
    """They gave it few stars."""

    says: ClassVar[Says] = says("rated %(rating)s of %(best)s by the customer")
    rating: int
    best: int


@final
@frozen
class AlreadySuggested(Reason):
    """Another policy or another variant put it here before."""

    says: ClassVar[Says] = says("suggested already")


@final
@frozen
class EnoughOfCategory(Reason):
    """Its category has its share of places."""

    says: ClassVar[Says] = says("%(most)s of %(category)s already")
    category: str
    most: int


@final
@frozen
class EnoughOfPolicy(Reason):
    """Its policy has its share of places."""

    says: ClassVar[Says] = says(
        "its policy has its %(most)s place", "its policy has its %(most)s places", by="most"
    )
    most: int


@final
@frozen
class NothingProposed(Reason):
    """A policy found nothing in what the customer did."""

    says: ClassVar[Says] = says("%(policy)s found nothing to propose")
    policy: str


@final
@frozen
class NothingLeft(Reason):
    """Every product that was proposed was refused."""

    says: ClassVar[Says] = says(
        "nothing left: %(count)s product was refused",
        "nothing left: %(count)s products were refused",
        by="count",
    )
    count: int


@final
@frozen
class NoCatalog(Reason):
    """Without a catalog nothing can be filtered, so nothing is shown."""

    says: ClassVar[Says] = says("no catalog is known")


@final
@frozen
class NoTable(Reason):
    """Nobody passed in what a policy counts on."""

    says: ClassVar[Says] = says("no %(asked)s is known")
    asked: str
