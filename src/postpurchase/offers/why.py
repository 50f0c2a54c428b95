"""Why an offer applies or does not, in sentences; what is missing is said to who may know it."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.money import Money


@frozen
class Saves(Reason):
    """It applies and takes this much off."""

    says: ClassVar[Says] = says("saves %(amount)s")
    amount: Money


@frozen
class Gives(Reason):
    """It applies and gives something that is no discount."""

    says: ClassVar[Says] = says("brings a gift")


@frozen
class Cut(Reason):
    """It takes off less than it would, for no price falls below its floor."""

    says: ClassVar[Says] = says("%(left)s could not be taken off")
    left: Money


@frozen
class SpendMore(Reason):
    """The lines it is for come to less than its minimum."""

    says: ClassVar[Says] = says("spend %(missing)s more")
    missing: Money


@frozen
class AddMore(Reason):
    """Fewer units than it needs."""

    says: ClassVar[Says] = says("add one more", "add %(units)s more", by="units")
    units: int


@frozen
class NothingMeant(Reason):
    """Nothing in the order is what it is for."""

    says: ClassVar[Says] = says("nothing in the order is what this is for")


@frozen
class NothingLeft(Reason):
    """There is nothing left to take off."""

    says: ClassVar[Says] = says("there is nothing left to take off")


@frozen
class NotYet(Reason):
    """It begins later."""

    says: ClassVar[Says] = says("it begins at %(starts)s")
    starts: datetime


@frozen
class Ended(Reason):
    """It is over."""

    says: ClassVar[Says] = says("it ended at %(ended)s")
    ended: datetime


@frozen
class OtherHours(Reason):
    """It holds at other hours."""

    says: ClassVar[Says] = says("it does not hold at this time")


@frozen
class CodeNeeded(Reason):
    """It holds for those who enter its code."""

    says: ClassVar[Says] = says("its code was not entered")


@frozen
class UnknownCode(Reason):
    """No offer has this code."""

    says: ClassVar[Says] = says("no offer has this code")


@frozen
class Foreign(Reason):
    """It was made for somebody else."""

    says: ClassVar[Says] = says("it was made for somebody else")


@frozen
class OtherCurrency(Reason):
    """It states no amount in the currency of the order; nothing is ever converted."""

    says: ClassVar[Says] = says("it states no amount in %(currency)s")
    currency: str


@frozen
class OtherCountry(Reason):
    """It does not hold where the order goes."""

    says: ClassVar[Says] = says("it does not hold for this country")


@frozen
class UsedUp(Reason):
    """It was used as often as it can be by everybody together."""

    says: ClassVar[Says] = says("it was used %(times)s times, which is all")
    times: int


@frozen
class UsedByYou(Reason):
    """This customer used it as often as one can."""

    says: ClassVar[Says] = says("it was used by this customer before")


@frozen
class BudgetSpent(Reason):
    """It would cost more than is left of its budget."""

    says: ClassVar[Says] = says("its budget has %(left)s left")
    left: Money


@frozen
class Excluded(Reason):
    """Another offer applies that applies alone."""

    says: ClassVar[Says] = says("%(offer)s applies alone")
    offer: str


@frozen
class Outdone(Reason):
    """Another offer of its lane was taken instead."""

    says: ClassVar[Says] = says("%(offer)s was taken instead")
    offer: str
