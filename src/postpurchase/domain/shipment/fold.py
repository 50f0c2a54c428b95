"""Many scans, one state: in whatever order and however often they came."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate

from attrs import evolve, frozen

from postpurchase.domain.shipment.scan import WAYS_BACK, Flag, Scan, Stage
from postpurchase.domain.told import told


@frozen
class Notice:
    """A stage that was news when it became known: `at` it happened, `recorded_at` it was heard."""

    __repr__ = told

    stage: Stage
    at: datetime
    recorded_at: datetime


@frozen(kw_only=True)
class State:
    """Where a parcel stands after all its scans.

    Attributes:
        stage: UNKNOWN before the first scan that says one.
        sub: the finer status of the scan that set the stage.
        heard: every scan as it came, so that more can be folded in.
        scans: each once, in its latest wording, in the order of the story; undated ones last.
        shipped_at: the first scan that shows it moving.
        delivered_at: the first scan that says delivered; it stays when the parcel comes back.
        attempts: how often somebody stood at the door in vain; `first_attempt_at` the first time.
        since: when it entered this stage.
        delayed_at, held_at, expired_at: the scan since which it is late, held, or given up by the
            tracker; None where it is not.
        reason: why the newest exception or flag is there.
        issues: what is odd: `events_after_terminal`, `delivered_then_returned`, `exception`,
            `unknown_status`, `undated_event`.
        notices: the stages that were news when they became known, as they became known.
    """

    __repr__ = told

    stage: Stage = Stage.UNKNOWN
    sub: str = ""
    heard: tuple[Scan, ...] = ()
    scans: tuple[Scan, ...] = ()
    since: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    attempts: int = 0
    first_attempt_at: datetime | None = None
    delayed_at: datetime | None = None
    held_at: datetime | None = None
    expired_at: datetime | None = None
    reason: str = ""
    issues: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def return_anchor(self) -> datetime | None:
        """The instant from which a return window counts; None once it is on its way back."""
        return self.delivered_at if self.stage is Stage.DELIVERED else None


def fold(scans: Iterable[Scan], /, *, after: State | None = None) -> State:
    """The state after these scans, and after those of an earlier state.

    Order and duplicates never change it; scans that came later but happened earlier fill the
    story without turning it back.
    """
    earlier = after.heard if after else ()
    heard = tuple(sorted(dict.fromkeys((*earlier, *scans)), key=_arrival))
    if not heard:
        return State()
    once = _once(heard)
    dated = sorted((scan for scan in once if scan.at is not None), key=_story)
    undated = tuple(scan for scan in once if scan.at is None)
    walk = _Walk()
    for scan in dated:
        walk.take(scan)
    if undated:
        walk.issues.append("undated_event")
    return State(
        stage=walk.stage,
        sub=walk.sub,
        heard=heard,
        scans=(*dated, *undated),
        since=walk.since,
        shipped_at=walk.shipped_at,
        delivered_at=min(
            (scan.at for scan in heard if scan.at and scan.stage is Stage.DELIVERED), default=None
        ),
        attempts=len(walk.attempts),
        first_attempt_at=walk.attempts[0] if walk.attempts else None,
        delayed_at=walk.delayed_at,
        held_at=walk.held_at,
        expired_at=walk.expired_at,
        reason=walk.reason,
        issues=tuple(dict.fromkeys(walk.issues)),
        notices=_notices(walk.entered, dated),
    )


_NO_STAGE = frozenset({Stage.EXCEPTION, Stage.UNKNOWN})
_STILL = frozenset({Stage.PENDING, Stage.INFO_RECEIVED, Stage.CANCELLED, *_NO_STAGE})
_LEFT = frozenset({Stage.PICKED_UP, Stage.IN_TRANSIT})
_NEWS = frozenset(
    {
        Stage.OUT_FOR_DELIVERY,
        Stage.AVAILABLE_FOR_PICKUP,
        Stage.ATTEMPT_FAILED,
        Stage.DELIVERED,
        Stage.RETURNING,
        Stage.RETURNED,
        Stage.LOST,
        Stage.DISPOSED,
    }
)


class _Walk:
    """The story read once, oldest scan first."""

    def __init__(self) -> None:
        self.stage = Stage.UNKNOWN
        self.sub = ""
        self.reason = ""
        self.since: datetime | None = None
        self.shipped_at: datetime | None = None
        self.delayed_at: datetime | None = None
        self.held_at: datetime | None = None
        self.expired_at: datetime | None = None
        self.attempts: list[datetime] = []
        self.issues: list[str] = []
        self.entered: list[Scan] = []

    def take(self, scan: Scan, /) -> None:
        """One more scan."""
        self.expired_at = None
        if scan.stage in _NO_STAGE:
            self._remark(scan)
        elif self.stage.terminal and scan.stage is not self.stage and self._barred(scan):
            self.issues.append("events_after_terminal")
        else:
            self._enter(scan)
        self._flag(scan)

    def _barred(self, scan: Scan) -> bool:
        return (self.stage, scan.stage) not in WAYS_BACK

    def _remark(self, scan: Scan) -> None:
        if scan.stage is Stage.EXCEPTION:
            self.issues.append("exception")
            self.reason = scan.reason
            if self.stage is Stage.UNKNOWN:
                self.stage, self.since = Stage.EXCEPTION, scan.at
        elif scan.flag is None:
            self.issues.append("unknown_status")

    def _enter(self, scan: Scan) -> None:
        if (self.stage, scan.stage) == (Stage.DELIVERED, Stage.RETURNING):
            self.issues.append("delivered_then_returned")
        moving = scan.stage not in _STILL
        if scan.stage is not self.stage:
            self.since, self.sub = scan.at, scan.sub
            if scan.stage in _NEWS or (scan.stage in _LEFT and self.shipped_at is None):
                self.entered.append(scan)
        self.stage, self.sub = scan.stage, scan.sub or self.sub
        if moving:
            self.held_at = None
            self.shipped_at = self.shipped_at or scan.at
        if scan.stage is Stage.DELIVERED:
            self.delayed_at = None
        if scan.stage is Stage.ATTEMPT_FAILED and scan.at:
            self.attempts.append(scan.at)

    def _flag(self, scan: Scan) -> None:
        if scan.flag is None:
            return
        self.reason = scan.reason
        if scan.flag is Flag.DELAYED and not self.stage.terminal:
            self.delayed_at = scan.at
        elif scan.flag is Flag.HELD and not self.stage.terminal:
            self.held_at = scan.at
        elif scan.flag is Flag.EXPIRED:
            self.expired_at = scan.at


def _arrival(scan: Scan, /) -> tuple[datetime, datetime, int, tuple[str, ...]]:
    return (scan.recorded_at, _when(scan), scan.stage.rank, _words(scan))


def _story(scan: Scan, /) -> tuple[datetime, int, datetime, tuple[str, ...]]:
    return (_when(scan), scan.stage.rank, scan.recorded_at, _words(scan))


def _words(scan: Scan, /) -> tuple[str, ...]:
    flag = scan.flag or ""
    return (scan.id, scan.code, scan.sub, scan.text, scan.place, flag, scan.reason)


def _same(scan: Scan, /) -> tuple[object, ...]:
    return (scan.id,) if scan.id else (scan.at, scan.code or scan.stage, scan.place)


def _once(heard: Iterable[Scan], /) -> tuple[Scan, ...]:
    kept: dict[tuple[object, ...], Scan] = {}
    for scan in heard:
        first = kept.get(_same(scan), scan)
        kept[_same(scan)] = evolve(scan, recorded_at=first.recorded_at)
    return tuple(kept.values())


def _notices(entered: Iterable[Scan], dated: list[Scan], /) -> tuple[Notice, ...]:
    """Those that did not tell what the story had passed already when they were heard."""
    heard = sorted(dated, key=_arrival)
    arrivals = [scan.recorded_at for scan in heard]
    furthest = list(accumulate((_when(scan) for scan in heard), max))
    found: list[Notice] = []
    for scan in entered:
        before = bisect_left(arrivals, scan.recorded_at)
        if scan.at and (not before or furthest[before - 1] <= scan.at):
            found.append(Notice(scan.stage, scan.at, scan.recorded_at))
    return tuple(sorted(found, key=_heard))


def _when(scan: Scan, /) -> datetime:
    return scan.at or scan.recorded_at


def _heard(notice: Notice, /) -> tuple[datetime, datetime, int]:
    return (notice.recorded_at, notice.at, notice.stage.rank)
