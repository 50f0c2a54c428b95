"""Many customers: a stream of plans, one key for a provider, and limits over the whole shop."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

from attrs import field, frozen
from attrs.validators import ge

from postpurchase.domain.customer import Shop
from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.moment import instant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.journey.decide import decide
from postpurchase.journey.default import DEFAULT
from postpurchase.journey.door import expect_all, expect_stream
from postpurchase.journey.plan import Plan
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import GlobalLimit

_HEX: Final = 32


def decide_many(
    histories: Iterable[History],
    /,
    *,
    at: datetime,
    shop: Shop,
    playbook: Playbook = DEFAULT,
    known: Known = NOTHING,
) -> Iterator[Plan]:
    """A plan for each history, as they come and go: nothing is kept between two customers.

    Any split of the histories over processes gives the same plans.

    Raises:
        InvalidFact: an argument is something else than its name says.
        InvalidMoment: *at* is naive.
    """
    expect_stream(histories)
    expect_all(shop, playbook, known)
    at = instant(at)
    return (
        decide(history, at=at, shop=shop, playbook=playbook, known=known) for history in histories
    )


def key_hash(customer: str, key: str, /) -> str:
    """What to hand a provider as its idempotency key: 128 bits of SHA-256, in hexadecimal.

    The customer is in it, because a key names an intent among those of one customer.
    """
    return sha256(f"{customer}|{key}".encode()).hexdigest()[:_HEX]


@frozen(kw_only=True)
class Bid:
    """One action of one customer that wants a place under a limit of the shop."""

    customer: str
    priority: int
    action: Action

    @property
    def journey(self) -> str:
        """The id of its journey."""
        return self.action.key.partition("/")[0]


@frozen(kw_only=True)
class Limit:
    """The most that the shop sends in one round.

    Attributes:
        most: how many.
        journey: the id of the journey that it counts; empty for all together.
        kind: the name of the kind that it counts, such as a gift that is in stock; empty for all.
    """

    most: int = field(validator=ge(0))
    journey: str = ""
    kind: str = ""

    def counts(self, bid: Bid, /) -> bool:
        """Whether the limit is about this action."""
        return self.journey in {"", bid.journey} and self.kind in {"", bid.action.kind.name}

    @property
    def scope(self) -> str:
        """What it is about, in words."""
        return " ".join(name for name in (self.journey, self.kind) if name) or "everything"


@frozen(kw_only=True)
class Limited:
    """What the limits leave, the most important first, and what they hold back, with the reason."""

    kept: tuple[Bid, ...]
    held: tuple[tuple[Bid, GlobalLimit], ...]


def bids(plans: Iterable[Plan], /) -> Iterator[Bid]:
    """Everything that is due in these plans."""
    for plan in plans:
        priorities = {row.key: row.priority for row in plan.rows}
        for action in plan.due:
            yield Bid(customer=plan.customer, priority=priorities[action.key], action=action)


def apply_global_limits(wanted: Iterable[Bid], limits: Iterable[Limit], /) -> Limited:
    """Give places by priority, then time, then key, then customer: the only step over all.

    What is held back stays due, and takes part in the next round.
    """
    left = {limit: limit.most for limit in limits}
    kept: list[Bid] = []
    held: list[tuple[Bid, GlobalLimit]] = []
    for bid in sorted(wanted, key=_rank):
        mine = [limit for limit in left if limit.counts(bid)]
        full = next((limit for limit in mine if not left[limit]), None)
        if full is not None:
            held.append((bid, GlobalLimit(full.scope, full.most)))
            continue
        for limit in mine:
            left[limit] -= 1
        kept.append(bid)
    return Limited(kept=tuple(kept), held=tuple(held))


def _rank(bid: Bid, /) -> tuple[int, datetime, str, str]:
    return (-bid.priority, bid.action.target, bid.action.key, bid.customer)
