"""When somebody answers: hours, holidays, and time that counts only while they are there."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.moment import DayTest, Window, instant, shift
from postpurchase.errors import InvalidMoment, InvalidSupport

LONGEST: Final = timedelta(days=3660)
"""The most open time that anything takes: ten years, so that a slip is not counted for hours."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


def _day_after(is_off: DayTest, /) -> DayTest:
    """Whether the day before was off."""

    def follows(day: date) -> bool:
        return is_off(shift(day, -1))

    return follows


@frozen(kw_only=True)
class Hours:
    """When a support team is there, in its own zone; days off are the window's.

    A shift past midnight belongs to the day on which it began, unlike the hours of a `Window`:
    it ends when it ends though the next day is off, and after a day off nobody is there at one
    in the morning.
    """

    window: Window
    zone: ZoneInfo

    @cached_property
    def _parts(self) -> tuple[Window, ...]:
        """Windows of whose days each is off or not: the evening, and the night after it."""
        window, midnight = self.window, time()
        if window.opens <= window.closes or window.closes == midnight:
            return (window,)
        night = Window(
            midnight,
            window.closes,
            closed_weekdays=frozenset((day + 1) % _WEEK for day in window.closed_weekdays),
            is_holiday=_day_after(window.is_holiday),
        )
        return evolve(window, closes=midnight), night

    def open(self, at: datetime, /) -> bool:
        """Whether somebody is there at that instant."""
        return any(part.contains(at, self.zone) for part in self._parts)

    def opens(self, at: datetime, /) -> datetime:
        """When somebody is there next, from that instant on; in UTC."""
        return min(part.next_open(at, self.zone) for part in self._parts)

    def closes(self, at: datetime, /) -> datetime | None:
        """When nobody is there any more, from that instant on; None where that never happens."""
        now = instant(at)
        try:
            for part in self._parts * 2:  # a jump of the clock may join a night to an evening
                now = part.next_close(now, self.zone)
        except InvalidMoment:
            return None
        return now

    def after(self, at: datetime, span: timedelta, /) -> datetime:
        """The instant at which so much open time has passed since *at*; in UTC.

        Raises:
            InvalidSupport: *span* is below zero, or longer than ten years.
        """
        if not timedelta(0) <= span <= LONGEST:
            message = f"open time is nothing to {LONGEST.days} days, got {span}"
            raise InvalidSupport(message)
        now, left = instant(at), span
        while True:
            now = self.opens(now)
            closes = self.closes(now)
            if closes is None or left <= closes - now:
                return now + left
            left -= closes - now
            now = closes

    def between(self, start: datetime, end: datetime, /) -> timedelta:
        """The open time from *start* to *end*; none where *end* is not later."""
        now, last, total = instant(start), instant(end), timedelta(0)
        while now < last:
            now = self.opens(now)
            if now >= last:
                break
            closes = self.closes(now)
            until = last if closes is None else min(closes, last)
            total += until - now
            now = until
        return total


@frozen
class ThereNow(Reason):
    """Somebody answers now, until this local time."""

    says: ClassVar[Says] = says("We answer until %(until)s.")
    until: str


@frozen
class ThereUntil(Reason):
    """Somebody answers for more than a day from now, until this local day and time."""

    says: ClassVar[Says] = says("We answer until %(day)s at %(time)s.")
    day: str
    time: str


@frozen
class AlwaysThere(Reason):
    """Somebody always answers."""

    says: ClassVar[Says] = says("We answer at any hour.")


@frozen
class BackAt(Reason):
    """Nobody answers now; the next time somebody does, as a local day and time."""

    says: ClassVar[Says] = says("We are back on %(day)s at %(time)s.")
    day: str
    time: str


@frozen(kw_only=True)
class Availability(Outcome):
    """Whether somebody is there, when that changes, and where to find them.

    Attributes:
        open: whether somebody is there now.
        changes: when that changes; None where it never does.
        statement: the sentence for the customer, in the team's local time.
        channels: ways to reach the team and their addresses, such as `phone`.
    """

    open: bool
    changes: datetime | None
    statement: Reason
    channels: tuple[tuple[str, str], ...] = ()


def availability(
    hours: Hours, /, *, at: datetime, channels: tuple[tuple[str, str], ...] = ()
) -> Availability:
    """What to say about the support team at that instant; holidays are in the hours."""
    if not hours.open(at):
        opens = hours.opens(at)
        wall = opens.astimezone(hours.zone)
        back = BackAt(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}")
        return Availability(open=False, changes=opens, statement=back, channels=channels)
    closes = hours.closes(at)
    if closes is None:
        return Availability(open=True, changes=None, statement=AlwaysThere(), channels=channels)
    wall = closes.astimezone(hours.zone)
    clock = f"{wall:%H:%M}"
    until = ThereUntil(f"{wall:%Y-%m-%d}", clock) if closes - at > _DAY else ThereNow(clock)
    return Availability(open=True, changes=closes, statement=until, channels=channels)
