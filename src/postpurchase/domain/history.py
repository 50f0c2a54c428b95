"""All that is known of one customer."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from typing import Self, TypeVar

from attrs import astuple, field, frozen
from typing_extensions import override

from postpurchase.domain.customer.person import Customer
from postpurchase.domain.event.sent import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import instant
from postpurchase.domain.order import Cancellation, Order, Payment, Refund
from postpurchase.domain.shipment import Scanned, Shipment
from postpurchase.errors import InvalidFact

F = TypeVar("F", bound=Fact)
T = TypeVar("T")

_EVER = datetime.min.replace(tzinfo=UTC)


class _Tie:
    """Orders two versions recorded in the same instant by what they say, so input order is moot."""

    __slots__ = ("fact",)

    def __init__(self, fact: Fact, /) -> None:
        self.fact = fact

    def __lt__(self, other: "_Tie") -> bool:
        return repr(astuple(self.fact)) < repr(astuple(other.fact))


def _place(fact: Fact, /) -> tuple[tuple[str, str], datetime, datetime, _Tie]:
    return (fact.key, fact.recorded_at, fact.as_of, _Tie(fact))


def _canonical(facts: Iterable[Fact], /) -> tuple[Fact, ...]:
    return tuple(sorted(dict.fromkeys(map(_fact, facts)), key=_place))


def _fact(given: object, /) -> Fact:
    if not isinstance(given, Fact):
        example = "facts, such as History.of(customer, order)"
        raise InvalidFact(fact="History", name="facts", got=given, expected=example)
    return given


def _when(fact: Fact, /) -> tuple[datetime, tuple[str, str]]:
    return (fact.at, fact.key)


@frozen(repr=False)
class History:
    """The facts of one customer, as a set: order and duplicates never change an answer.

    Refunds, payments, cancellations and scans that came alone are read as part of their order or
    parcel.

    Build one with `History.of(*facts)`; ask it with `all(Order)`, or as it was with `until(at)`.
    """

    facts: tuple[Fact, ...] = field(default=(), converter=_canonical)

    @classmethod
    def of(cls, *facts: Fact) -> Self:
        """A history of these facts."""
        return cls(facts)

    def add(self, *facts: Fact) -> Self:
        """This history with more facts."""
        return type(self)((*self.facts, *facts))

    def until(self, at: datetime, /) -> Self:
        """What was known at that instant: later facts, refunds and scans are not in it.

        Raises:
            InvalidMoment: *at* is naive.
        """
        at = instant(at)
        if self._newest <= at:
            return self
        known = tuple([fact.until(at) for fact in self.facts if fact.recorded_at <= at])
        return self if known == self.facts else type(self)(known)

    def all(self, kind: type[F], /) -> tuple[F, ...]:
        """The newest version of each fact of this type, oldest fact first."""
        found = self._found.get(kind)
        if found is None:
            newest = {fact.key: fact for fact in self.facts if isinstance(fact, kind)}
            whole = (self._whole(fact) for fact in newest.values())
            found = self._found[kind] = tuple(sorted(whole, key=_when))
        return found  # type: ignore[return-value]  # the memo is keyed by the very type it holds

    def _whole(self, fact: Fact, /) -> Fact:
        if isinstance(fact, Order):
            money = self._money_of.get(fact.id)
            return fact.joined(money) if money else fact
        if isinstance(fact, Shipment):
            scans = self._scans_of.get(fact.id)
            return fact.joined(scans) if scans else fact
        return fact

    @cached_property
    def _money_of(self) -> dict[str, list[Payment | Refund | Cancellation]]:
        """What came alone, by the id of its order."""
        kinds = (Payment, Refund, Cancellation)
        newest = {fact.key: fact for fact in self.facts if isinstance(fact, kinds)}
        found: dict[str, list[Payment | Refund | Cancellation]] = {}
        for fact in newest.values():
            found.setdefault(fact.order, []).append(fact)
        return found

    @cached_property
    def _scans_of(self) -> dict[str, list[Scanned]]:
        """What came alone, by the id of its parcel."""
        newest = {fact.key: fact for fact in self.facts if isinstance(fact, Scanned)}
        found: dict[str, list[Scanned]] = {}
        for fact in newest.values():
            found.setdefault(fact.shipment, []).append(fact)
        return found

    @cached_property
    def _newest(self) -> datetime:
        """When the last of all this became known."""
        return max((max(each.recorded_at, each.as_of) for each in self.facts), default=_EVER)

    @cached_property
    def _found(self) -> dict[type[Fact], tuple[Fact, ...]]:
        return {}

    def drawn(self, draw: Callable[["History"], T], /) -> T:
        """What *draw* makes of these facts, made once and remembered; it must ask nothing else."""
        found = self._drawn.get(draw)
        if found is None:
            found = self._drawn[draw] = draw(self)
        return found  # type: ignore[return-value]  # the memo is keyed by the very one who draws

    @cached_property
    def _drawn(self) -> dict[object, object]:
        return {}

    @property
    def customer(self) -> Customer | None:
        """Whose history this is: the customer who became known last."""
        return max(self.all(Customer), key=lambda customer: customer.recorded_at, default=None)

    @property
    def orders(self) -> tuple[Order, ...]:
        """The newest version of each order, oldest order first."""
        return self.all(Order)

    @property
    def shipments(self) -> tuple[Shipment, ...]:
        """The newest version of each parcel, oldest parcel first."""
        return self.all(Shipment)

    @property
    def sent(self) -> frozenset[str]:
        """The keys of all messages that were sent."""
        return frozenset(message.id for message in self.all(MessageSent))

    @override
    def __repr__(self) -> str:
        kinds = [type(fact).__name__ for fact in self.all(Fact)]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        return f"<History {counts or 'of nothing'}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{fact.at:%Y-%m-%d %H:%M}</td><td>{escape(repr(fact))}</td></tr>"
            for fact in self.all(Fact)
        )
        head = "<tr><th>UTC</th><th>fact</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
