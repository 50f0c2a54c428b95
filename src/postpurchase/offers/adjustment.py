"""What one offer took off, line by line, or gave on top."""

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer


@frozen(kw_only=True)
class Adjustment(Outcome):
    """What one offer did to an order.

    Attributes:
        offer: the id of the offer.
        amount: all that it took off.
        lines: the part of each line, by line id; lines without a part are left out.
        shipping: the part of the shipping charges.
        gives: what it gives on top; None for a discount.
        times: how often that is given.
    """

    offer: str
    amount: Money
    lines: tuple[tuple[str, Money], ...] = ()
    shipping: Money | None = None
    gives: Offer | None = None
    times: int = 0
