"""One row of a points ledger: written once, never changed, named by what it is for."""

from datetime import datetime
from enum import StrEnum, unique

from attrs import Attribute, Factory, field, frozen
from attrs.converters import optional

from postpurchase.domain.moment import instant
from postpurchase.errors import InexactPoints, InvalidEntry


def joined(*parts: str) -> str:
    """One key of several parts, which may have colons in them: no two rows of parts give one key.

    The last part stands as it is, so that what is named by one thing alone reads like it.
    """
    *first, last = parts
    return ":".join([*(part.replace("%", "%25").replace(":", "%3A") for part in first), last])


@unique
class EntryKind(StrEnum):
    """What a row does to the points of an account."""

    EARN = "earn"
    """A lot of points arrives: usable from `available_at`, gone from `expires_at`."""
    ACTIVATE = "activate"
    """The pending lot `ref` becomes usable from `available_at`."""
    SPEND = "spend"
    """Points are used up; refused as a whole when there are too few."""
    HOLD = "hold"
    """Points are set aside until `expires_at`, all or none."""
    CAPTURE = "capture"
    """Points of the hold `ref` are used up; the rest of the hold goes back."""
    RELEASE = "release"
    """The hold `ref` goes back; its points are not counted by this row."""
    CLAWBACK = "clawback"
    """Points of the lot `ref` are taken back, then others, then what is missing is owed."""
    RESTORE = "restore"
    """Points that the spending `ref` had used come back as a lot of their own."""
    EXPIRE = "expire"
    """A note for the books that the lot `ref` ran out; it never changes a balance."""
    ADJUST = "adjust"
    """A correction by hand, up or down."""
    TRANSFER = "transfer"
    """Points from (above zero) or to (below zero, out of the lot `ref`) another account."""


_SIGNED = frozenset({EntryKind.ADJUST, EntryKind.TRANSFER})
_EMPTY = frozenset({EntryKind.ACTIVATE, EntryKind.CLAWBACK, EntryKind.RELEASE, EntryKind.EXPIRE})
_ANSWERING = frozenset(
    {
        EntryKind.ACTIVATE,
        EntryKind.CAPTURE,
        EntryKind.RELEASE,
        EntryKind.RESTORE,
        EntryKind.EXPIRE,
    }
)


def _points(entry: "Entry", _: "Attribute[int]", points: int, /) -> None:
    if points.__class__ is not int:
        raise InexactPoints(points=points)
    if points > 0 or (points and entry.kind in _SIGNED) or (not points and entry.kind in _EMPTY):
        return
    raise InvalidEntry(
        key=entry.key,
        what=f"{entry.kind} needs points above zero",
        given=str(points),
        advice="the kind gives the sign; only adjust and transfer may be below zero",
    )


def _ref(entry: "Entry", _: "Attribute[str]", ref: str, /) -> None:
    if not ref and entry.kind in _ANSWERING:
        raise InvalidEntry(
            key=entry.key,
            what=f"{entry.kind} answers another entry",
            given="no ref",
            advice="pass the key of the entry that it answers",
        )


def _ends(entry: "Entry", _: object, ends: datetime | None, /) -> None:
    start = entry.available_at or entry.at
    if ends is not None and ends <= start:
        raise InvalidEntry(
            key=entry.key,
            what="points expire after they become usable",
            given=f"{ends.isoformat()}, usable from {start.isoformat()}",
            advice="count the expiry from the instant they become usable",
        )
    if ends is None and entry.kind is EntryKind.HOLD:
        raise InvalidEntry(
            key=entry.key,
            what="a hold has a time limit",
            given="no expires_at",
            advice="say until when the points are set aside",
        )


def _starts(entry: "Entry", _: object, start: datetime | None, /) -> None:
    if start is not None and start < entry.at:
        raise InvalidEntry(
            key=entry.key,
            what="points become usable at or after the entry itself",
            given=f"{start.isoformat()}, written {entry.at.isoformat()}",
            advice="date the entry by when it happened",
        )


def _named(_: "Entry", attribute: "Attribute[str]", key: str, /) -> None:
    if not key:
        raise InvalidEntry(
            key=key,
            what=f"an entry needs a {attribute.name}",
            given="an empty text",
            advice="name what it is for, such as 'earn:order:1001'",
        )


def _at_once(entry: "Entry", /) -> datetime:
    return entry.at


@frozen(kw_only=True)
class Entry:
    """A row of one account's ledger.

    Attributes:
        key: the intent, such as `earn:order:1001`; one row for each, whatever is retried.
        kind: what the row does.
        points: whole points above zero, the kind gives the sign; `ADJUST` and `TRANSFER` take
            points with a number below zero; `ACTIVATE`, `RELEASE`, `EXPIRE` and a `CLAWBACK`
            that found nothing may say 0.
        at: when it happened; kept in UTC.
        available_at: from when the points can be used; None waits for an `ACTIVATE` row.
        expires_at: from when they cannot any more (that instant included); None is never.
            For a `HOLD`, when it goes back by itself.
        ref: the key of the entry that this one answers.
        rule: the name of the rule that gave the points.

    Raises:
        InexactPoints: the points are no int.
        InvalidEntry: the row contradicts itself.
    """

    key: str = field(validator=_named)
    kind: EntryKind
    points: int = field(default=0, validator=_points)
    at: datetime = field(converter=instant)
    available_at: datetime | None = field(
        default=Factory(_at_once, takes_self=True), converter=optional(instant), validator=_starts
    )
    expires_at: datetime | None = field(default=None, converter=optional(instant), validator=_ends)
    ref: str = field(default="", validator=_ref)
    rule: str = ""
