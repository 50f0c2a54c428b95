"""An account of points, opened at midnight UTC as 2026 begins, written row by row."""

from datetime import UTC, datetime, timedelta

from postpurchase.rewards import Entry, EntryKind

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def entry(
    key: str,
    kind: EntryKind,
    points: int,
    on: float,
    *,
    usable: float | None = None,
    ends: float | None = None,
    ref: str = "",
) -> Entry:
    return Entry(
        key=key,
        kind=kind,
        points=points,
        at=day(on),
        available_at=day(on if usable is None else usable),
        expires_at=None if ends is None else day(ends),
        ref=ref,
    )


def pending(key: str, points: int, on: float) -> Entry:
    return Entry(key=key, kind=EntryKind.EARN, points=points, at=day(on), available_at=None)
