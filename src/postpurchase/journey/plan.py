"""What came out: a row for each action that exists, due or not, with its reasons."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum, unique
from functools import cached_property
from html import escape

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Reason
from postpurchase.domain.event import MessageSent
from postpurchase.domain.message import Action, Channel, Purpose, Subject
from postpurchase.errors import UnknownKey
from postpurchase.privacy import Basis


@unique
class Status(StrEnum):
    """Where an action stands."""

    DUE = "due"
    PLANNED = "planned"
    DEFERRED = "deferred"
    SUPPRESSED = "suppressed"
    SKIPPED = "skipped"
    EXITED = "exited"
    HELD_OUT = "held_out"


@frozen(kw_only=True)
class Row:
    """One action and where it stands.

    Attributes:
        key: the intent, `journey/subject/step`.
        target: when its time comes or came; in UTC.
        until: for a deferred one, when it will be asked again; None where only a new fact can
            free it.
        priority: who goes first where there is room for one.
        channel: where it goes, once that is decided.
        basis: the ground on which it may go there.
        reasons: why it stands there; never empty.
    """

    key: str
    status: Status
    target: datetime
    reasons: tuple[Reason, ...]
    subject: Subject
    kind: str
    priority: int
    purpose: Purpose
    until: datetime | None = None
    channel: Channel | None = None
    basis: Basis | None = None

    @property
    def journey(self) -> str:
        """The id of its journey."""
        return self.key.split("/", 1)[0]

    @property
    def step(self) -> str:
        """The id of its step."""
        return self.key.rsplit("/", 1)[1]

    @override
    def __str__(self) -> str:
        when = self.until or self.target
        where = f" {self.channel}" if self.channel else ""
        why = "; ".join(map(str, self.reasons))
        return f"{self.key}  {self.status}{where}  {when:%Y-%m-%d %H:%M} UTC  {why}"


def _in_time(row: Row, /) -> tuple[datetime, str]:
    return (row.target, row.key)


@frozen(kw_only=True, repr=False)
class Plan:
    """What to send now, what comes next, and why everything else does not go out.

    Attributes:
        at: the instant for which it was made; in UTC.
        customer: the id of whose plan it is; empty where no customer is known.
        due: what to send now, the most important first.
        rows: every action that exists and was not sent, with its status.
        next_wakeup: nothing becomes due before this instant unless a fact changes; None where
            nothing waits for a time.
        sent: the messages that went out before, by the key of their action.
    """

    at: datetime
    customer: str = ""
    due: tuple[Action, ...] = ()
    rows: tuple[Row, ...] = ()
    next_wakeup: datetime | None = None
    sent: Mapping[str, MessageSent] = field(factory=dict[str, MessageSent], eq=False)

    @property
    def planned(self) -> tuple[Row, ...]:
        """What waits for its time, the next one first."""
        waiting = (row for row in self.rows if row.status is Status.PLANNED)
        return tuple(sorted(waiting, key=_in_time))

    @property
    def blocked(self) -> tuple[Row, ...]:
        """What neither goes out now nor just waits for its time: each row says why."""
        open_ones = (Status.DUE, Status.PLANNED)
        return tuple(
            sorted((row for row in self.rows if row.status not in open_ones), key=_in_time)
        )

    @cached_property
    def _by_key(self) -> Mapping[str, Row]:
        return {row.key: row for row in self.rows}

    def row(self, key: str, /) -> Row | None:
        """The row of this key; None where it was sent or never began."""
        return self._by_key.get(key)

    def explain(self, key: str | None = None, /) -> str:
        """Why an action stands where it does; without a key, a line for each, in order of time.

        Raises:
            UnknownKey: nothing in this customer's history leads to that key.
        """
        if key is None:
            return "\n".join(map(str, sorted(self.rows, key=_in_time)))
        row = self.row(key)
        if row is not None:
            return str(row)
        if key in self.sent:
            return f"{key}  sent  {self.sent[key].at:%Y-%m-%d %H:%M} UTC"
        raise UnknownKey(key=key, keys=(*self._by_key, *self.sent))

    @override
    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self._counts())
        wake = f", next {self.next_wakeup:%Y-%m-%d %H:%M}" if self.next_wakeup else ""
        return f"<Plan at {self.at:%Y-%m-%d %H:%M} UTC: {counts or 'nothing'}{wake}>"

    def _counts(self) -> Iterator[tuple[str, int]]:
        for status in Status:
            count = sum(row.status is status for row in self.rows)
            if count:
                yield status.value, count

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><td>{escape(row.key)}</td><td>{row.status}</td>"
            f"<td>{row.until or row.target:%Y-%m-%d %H:%M}</td><td>{row.channel or ''}</td>"
            f"<td>{escape('; '.join(map(str, row.reasons)))}</td></tr>"
            for row in sorted(self.rows, key=_in_time)
        )
        head = "".join(f"<th>{name}</th>" for name in ("key", "status", "UTC", "channel", "why"))
        return (
            f"<table><caption>{escape(repr(self))}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
