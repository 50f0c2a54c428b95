"""What a customer sends back, step by step."""

from datetime import datetime

from attrs import field, frozen
from attrs.converters import optional

from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import instant
from postpurchase.domain.pairs import Pairs


@frozen(kw_only=True, repr=False)
class ReturnOpened(Fact):
    """Somebody wants to send something back; `id` names the return.

    Attributes:
        lines: units by line id; empty where nobody said which.
        reason: such as `size`, `colour`, `damaged`, `changed_mind`.
        wish: what they want for it: `refund`, `exchange`, `credit`, `replacement`.
    """

    order: str
    lines: Pairs[int] = Pairs()
    reason: str = ""
    note: str = ""
    wish: str = ""


@frozen(kw_only=True, repr=False)
class ReturnApproved(Fact):
    """A return that may come, until `ends` (in UTC) if that is set; `return_id` names it."""

    return_id: str
    order: str = ""
    lines: Pairs[int] = Pairs()
    ends: datetime | None = field(default=None, converter=optional(instant))


@frozen(kw_only=True, repr=False)
class ReturnDeclined(Fact):
    """A return that may not come."""

    return_id: str
    order: str = ""
    reason: str = ""


@frozen(kw_only=True, repr=False)
class ReturnReceived(Fact):
    """What came back, and in what condition by line id, such as `Pairs({"l1": "A"})`."""

    return_id: str
    order: str = ""
    lines: Pairs[int] = Pairs()
    conditions: Pairs[str] = Pairs()


@frozen(kw_only=True, repr=False)
class ReturnClosed(Fact):
    """A return that ended: `outcome` is `refund`, `exchange`, `credit`, `kept` or `cancelled`."""

    return_id: str
    order: str = ""
    outcome: str = ""
