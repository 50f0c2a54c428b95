"""What was given, and used."""

from attrs import frozen

from postpurchase.domain.fact import Fact
from postpurchase.domain.money import Money


@frozen(kw_only=True, repr=False)
class Referred(Fact):
    """A friend who came: `friend` is the friend's customer id, `order` their first order."""

    friend: str
    code: str = ""
    order: str | None = None


@frozen(kw_only=True, repr=False)
class CouponIssued(Fact):
    """A code that a customer was given; `grant` is the key of what it was given for."""

    code: str
    grant: str = ""


@frozen(kw_only=True, repr=False)
class CouponRedeemed(Fact):
    """A code that was used on an order, and what it took off."""

    code: str
    order: str
    amount: Money | None = None
