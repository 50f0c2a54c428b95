"""Time travel: what a playbook would have done, from wake-up to wake-up."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from attrs import frozen

from postpurchase.domain.customer import Shop
from postpurchase.domain.decision import Reason
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel
from postpurchase.domain.moment import Interval
from postpurchase.domain.order import Order
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Shipment
from postpurchase.journey.decide import decide
from postpurchase.journey.default import DEFAULT
from postpurchase.journey.door import expect_all, expect_stream
from postpurchase.journey.plan import Plan, Row, Status
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import CapReached
from postpurchase.privacy import Basis


class Responses(Protocol):
    """How customers answer in a simulation: facts that follow from a message."""

    def after(self, action: Action, history: History, /, *, at: datetime) -> Iterable[Fact]:
        """What happens because the action went out at that instant, such as an opening later."""
        ...


@frozen(kw_only=True)
class Sent:
    """One message that went out in a simulation."""

    customer: str
    at: datetime
    key: str
    kind: str
    channel: Channel
    basis: Basis | None
    reasons: tuple[Reason, ...]

    @property
    def journey(self) -> str:
        """The id of its journey."""
        return self.key.partition("/")[0]


@frozen(kw_only=True)
class Timeline:
    """What one customer got from start to end, and where everything else was last seen.

    Attributes:
        customer: the customer's id.
        sent: what went out, in order of time.
        collisions: the keys that a cap held back at least once.
        held_out: the keys that a holdout kept from the customer.
        left: the last row of each action that did not go out.
        decisions: how often was decided.
    """

    customer: str
    sent: tuple[Sent, ...]
    collisions: tuple[str, ...]
    held_out: tuple[str, ...]
    left: tuple[Row, ...]
    decisions: int


@frozen(kw_only=True)
class Totals:
    """What one journey came to: how many were sent, and how many a cap held back at least once."""

    journey: str
    sent: int
    customers: int
    collisions: int


@frozen(kw_only=True)
class Simulation:
    """A timeline for each customer, and what they come to together."""

    start: datetime
    end: datetime
    timelines: tuple[Timeline, ...]

    @property
    def sent(self) -> tuple[Sent, ...]:
        """Everything that went out, customer by customer."""
        return tuple(each for line in self.timelines for each in line.sent)

    @property
    def held_out(self) -> tuple[str, ...]:
        """The customers from whom a holdout kept something."""
        return tuple(line.customer for line in self.timelines if line.held_out)

    def totals(self) -> tuple[Totals, ...]:
        """What each journey came to, the busiest first."""
        customers: dict[str, list[str]] = {}
        for each in self.sent:
            customers.setdefault(each.journey, []).append(each.customer)
        held: dict[str, int] = {}
        for line in self.timelines:
            for key in line.collisions:
                journey = key.partition("/")[0]
                held[journey] = held.get(journey, 0) + 1
        found = (
            Totals(
                journey=journey,
                sent=len(customers.get(journey, ())),
                customers=len(set(customers.get(journey, ()))),
                collisions=held.get(journey, 0),
            )
            for journey in {**customers, **held}
        )
        return tuple(sorted(found, key=_busiest))

    def rows(self) -> Mapping[str, list[object]]:
        """The sent messages as columns: `pandas.DataFrame(simulation.rows())`, or any other."""
        sent = self.sent
        return {
            "customer": [each.customer for each in sent],
            "at": [each.at for each in sent],
            "journey": [each.journey for each in sent],
            "key": [each.key for each in sent],
            "kind": [each.kind for each in sent],
            "channel": [each.channel.value for each in sent],
            "basis": [each.basis.value if each.basis else "" for each in sent],
            "why": ["; ".join(map(str, each.reasons)) for each in sent],
        }


def _busiest(totals: Totals, /) -> tuple[int, str]:
    return (-totals.sent, totals.journey)


def simulate(
    histories: Iterable[History],
    playbook: Playbook = DEFAULT,
    /,
    *,
    shop: Shop,
    start: datetime,
    end: datetime,
    known: Known = NOTHING,
    responses: Responses | None = None,
) -> Simulation:
    """What the playbook sends to these customers from *start* until before *end*.

    Everything that is due is taken as sent at once; time then jumps to the next wake-up or the
    next fact. Facts of the histories count from when they became known.

    Args:
        histories: one for each customer; facts after *end* change nothing.
        playbook: what decides.
        shop: who writes.
        start: the first decision; aware.
        end: the end, itself not included; aware.
        known: answers of other rooms, the same throughout.
        responses: how customers answer; nobody answers unless told otherwise.

    Raises:
        InvalidFact: an argument is something else than its name says.
        InvalidMoment: an instant is naive, or the end lies before the start.
    """
    expect_stream(histories)
    expect_all(shop, playbook, known)
    span = Interval(start, end)
    walk = _Walk(playbook, shop, known, responses)
    lines = tuple(walk.through(history, span.start, span.end) for history in histories)
    return Simulation(start=span.start, end=span.end, timelines=lines)


@frozen
class _Walk:
    playbook: Playbook
    shop: Shop
    known: Known
    responses: Responses | None

    def through(self, history: History, start: datetime, end: datetime, /) -> Timeline:
        seen = _Seen()
        at = start
        while at < end:
            plan = self._decide(history, at)
            seen.look(plan)
            for action in plan.due:
                history = history.add(*self._facts(action, history, at))
            if not plan.due:
                at = min(_next_instants(plan, history, at), default=end)
        customer = history.customer
        return seen.timeline(customer.id if customer else "")

    def _decide(self, history: History, at: datetime, /) -> Plan:
        return decide(history, at=at, shop=self.shop, playbook=self.playbook, known=self.known)

    def _facts(self, action: Action, history: History, at: datetime, /) -> Iterator[Fact]:
        yield MessageSent(
            id=action.key,
            at=at,
            channel=action.channel,
            purpose=action.kind.purpose,
            kind=action.kind.name,
            about=str(action.subject),
            variant=action.variant,
        )
        if self.responses is not None:
            yield from self.responses.after(action, history, at=at)


class _Seen:
    """What was seen on the way."""

    def __init__(self) -> None:
        self._sent: list[Sent] = []
        self._collisions: dict[str, None] = {}
        self._held: dict[str, None] = {}
        self._rows: dict[str, Row] = {}
        self._decisions = 0

    def look(self, plan: Plan, /) -> None:
        self._decisions += 1
        for row in plan.rows:
            self._rows[row.key] = row
            if row.status is Status.HELD_OUT:
                self._held[row.key] = None
            if isinstance(row.reasons[0], CapReached):
                self._collisions[row.key] = None
        self._sent += [_sent(plan, action, self._rows[action.key]) for action in plan.due]

    def timeline(self, customer: str, /) -> Timeline:
        gone = {each.key for each in self._sent}
        return Timeline(
            customer=customer,
            sent=tuple(self._sent),
            collisions=tuple(self._collisions),
            held_out=tuple(self._held),
            left=tuple(row for key, row in self._rows.items() if key not in gone),
            decisions=self._decisions,
        )


def _sent(plan: Plan, action: Action, row: Row, /) -> Sent:
    return Sent(
        customer=plan.customer,
        at=plan.at,
        key=action.key,
        kind=action.kind.name,
        channel=action.channel,
        basis=row.basis,
        reasons=action.reasons,
    )


def _next_instants(plan: Plan, history: History, at: datetime, /) -> Iterator[datetime]:
    """When something may change: the plan's own wake-up, and every fact still to become known."""
    if plan.next_wakeup is not None:
        yield plan.next_wakeup
    for fact in history.facts:
        for known_at in _known_at(fact):
            if known_at > at:
                yield known_at


def _known_at(fact: Fact, /) -> Iterator[datetime]:
    yield fact.recorded_at
    if isinstance(fact, Order):
        for part in (*fact.payments, *fact.refunds, *fact.cancellations):
            yield part.recorded_at
    if isinstance(fact, Shipment):
        yield from (scan.recorded_at for scan in fact.scans)
        yield from (eta.recorded_at for eta in fact.etas)
