"""What a programme would do, month by month, before it is launched."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from html import escape
from typing import Final

from attrs import evolve, frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import add_months, instant, local_date, start_of_day
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Shipment
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.entry import Entry, EntryKind
from postpurchase.rewards.folding import fold
from postpurchase.rewards.limit import Budgets
from postpurchase.rewards.measure import Ledger
from postpurchase.rewards.owed import liability, worth
from postpurchase.rewards.programme import Posting, Programme
from postpurchase.rewards.why import Capped

_TICK: Final = timedelta(microseconds=1)


@frozen(kw_only=True)
class RuleMonth(Outcome):
    """What one rule did in a month.

    Attributes:
        rule: its name.
        grants: how often it gave points.
        points: how many.
        hits: how often its limit or budget made it give less.
    """

    rule: str
    grants: int = 0
    points: int = 0
    hits: int = 0


@frozen(kw_only=True)
class SimulatedMonth(Outcome):
    """One month of a simulation.

    Attributes:
        month: its first day.
        rules: what each rule did, by name.
        cost: points given less points taken back, at their full worth.
        owed: what the outstanding points are expected to cost, at the end of the month.
        points: how many are outstanding then.
    """

    month: date
    rules: tuple[RuleMonth, ...]
    cost: Money
    owed: Money
    points: int

    @property
    def grants(self) -> int:
        """How often points were given."""
        return sum(rule.grants for rule in self.rules)


@frozen(kw_only=True)
class Simulation(Outcome):
    """What a programme would have done: its months, and the ledger of every customer."""

    months: tuple[SimulatedMonth, ...]
    ledgers: Pairs[tuple[Entry, ...]]

    @property
    def cost(self) -> Money:
        """What all months cost."""
        first = self.months[0].cost
        return Money.sum((month.cost for month in self.months), currency=first.currency)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{each.month:%Y-%m}</td><td>{each.grants}</td>"
            f"<td>{escape(str(each.cost))}</td><td>{escape(str(each.owed))}</td></tr>"
            for each in self.months
        )
        head = "<tr><th>month</th><th>grants</th><th>cost</th><th>owed</th></tr>"
        return f"<table>{head}{rows}</table>"


def simulate(
    programme: Programme,
    histories: Mapping[str, History],
    /,
    *,
    start: datetime,
    until: datetime,
    each: Decimal,
    redemption: Decimal,
    currency: str,
    known: Known = NOTHING,
) -> Simulation:
    """Ask a programme about every customer whenever something becomes known, and add up.

    Customers are asked in the order of the instants, so that they share the budgets in what is
    known; of one instant the first by name comes first.

    Args:
        programme: what is tried.
        histories: every customer's history, by a name.
        start: what is known before is posted at once, at this instant.
        until: the last instant.
        each: what one point is worth, in major units.
        redemption: the share of points expected to be used, 0 to 1.
        currency: of the figures.
        known: `Budgets`, `Catalog` and what the rules ask for.
    """
    start, until = instant(start), instant(until)
    run = _Run(programme, known)
    asked = deque(
        sorted(
            (at, name)
            for name, history in histories.items()
            for at in {start, *_instants(programme, history, start, until)}
        )
    )
    months: list[SimulatedMonth] = []
    for first, end in _months(start, until, programme.terms.zone):
        while asked and asked[0][0] < end:
            at, name = asked.popleft()
            run.ask(name, histories[name], at)
        months.append(run.month(first, end, each, redemption, currency))
    return Simulation(months=tuple(months), ledgers=Pairs(run.ledgers))


class _Run:
    """The ledgers of all customers while time goes by."""

    def __init__(self, programme: Programme, known: Known) -> None:
        self.programme, self.known = programme, known
        self.ledgers: dict[str, tuple[Entry, ...]] = {}
        self.rules: dict[str, RuleMonth] = {}
        self.net = 0

    def ask(self, name: str, history: History, at: datetime) -> None:
        entries = self.ledgers.setdefault(name, ())
        known = self.known.add(Ledger(entries))
        decision = self.programme.decide(history, at=at, known=known)
        for reason in decision.reasons:
            if isinstance(reason, Capped):
                self._count(reason.rule, hits=1)
        if decision:
            self.ledgers[name] = (*entries, *decision.value.entries)
            self._add(decision.value)

    def _add(self, posting: Posting) -> None:
        for award in posting.awards:
            for share in award.shares:
                self._count(share.rule, grants=1 if share.points else 0, points=share.points)
                self._spend(share.rule, share.points)
        self.net += sum(award.points for award in posting.awards)
        self.net -= sum(
            entry.points for entry in posting.entries if entry.kind is EntryKind.CLAWBACK
        )

    def _count(self, rule: str, *, grants: int = 0, points: int = 0, hits: int = 0) -> None:
        old = self.rules.get(rule, RuleMonth(rule=rule))
        self.rules[rule] = evolve(
            old,
            grants=old.grants + grants,
            points=old.points + points,
            hits=old.hits + hits,
        )

    def _spend(self, rule: str, points: int) -> None:
        budgets = self.known.find(Budgets)
        if budgets is not None:
            left = tuple(
                (name, evolve(budget, left=budget.left - points) if name == rule else budget)
                for name, budget in budgets.left
            )
            self.known = self.known.add(Budgets(left))

    def month(
        self, first: date, end: datetime, each: Decimal, redemption: Decimal, currency: str
    ) -> SimulatedMonth:
        last = end - _TICK
        states = [
            fold(entries, at=last, terms=self.programme.terms) for entries in self.ledgers.values()
        ]
        owed = liability(states, each=each, redemption=redemption, currency=currency)
        month = SimulatedMonth(
            month=first,
            rules=tuple(self.rules[name] for name in sorted(self.rules)),
            cost=worth(self.net, each, currency),
            owed=owed.expected,
            points=owed.points,
        )
        self.rules, self.net = {}, 0
        return month


def _instants(
    programme: Programme, history: History, start: datetime, until: datetime
) -> Iterator[datetime]:
    """Every instant at which something becomes known or a day of the year comes."""
    deeds = (deed.at for deed in programme.deeds(history, until))
    facts = (at for fact in history.facts for at in _known_at(fact))
    for at in (*deeds, *facts):
        if start <= at <= until:
            yield at


def _known_at(fact: Fact) -> Iterator[datetime]:
    yield fact.recorded_at
    if isinstance(fact, Order):
        for part in (*fact.payments, *fact.refunds, *fact.cancellations):
            yield part.recorded_at
    if isinstance(fact, Shipment):
        for scan in fact.scans:
            yield scan.recorded_at


def _months(start: datetime, until: datetime, zone: tzinfo) -> Iterator[tuple[date, datetime]]:
    """The first day of each month and the instant at which it is over; the last at *until*."""
    first = local_date(start, zone).replace(day=1)
    while True:
        end = start_of_day(add_months(first, 1), zone)
        yield first, min(end, until + _TICK)
        if until < end:
            return
        first = add_months(first, 1)


@frozen(kw_only=True)
class Difference(Outcome):
    """How much more one programme does than another in a month; below zero is less."""

    month: date
    grants: int
    points: int
    cost: Money
    owed: Money


def compared(one: Simulation, other: Simulation, /) -> tuple[Difference, ...]:
    """Month by month, what the other programme does more than the one.

    Raises:
        InvalidProgramme: they are not of the same months.
    """
    if [month.month for month in one.months] != [month.month for month in other.months]:
        raise InvalidProgramme(
            part="compared",
            what="two simulations are of the same months",
            given=f"{len(one.months)} and {len(other.months)}",
            advice="pass the same start and until to both",
        )
    return tuple(
        Difference(
            month=a.month,
            grants=b.grants - a.grants,
            points=b.points - a.points,
            cost=b.cost - a.cost,
            owed=b.owed - a.owed,
        )
        for a, b in zip(one.months, other.months, strict=True)
    )
