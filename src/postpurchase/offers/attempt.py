"""How often codes may be tried: a fold over the attempts, nothing is stored here."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import Duration, instant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme


@frozen(kw_only=True)
class CodeTried(Fact):
    """Somebody entered a code; `right` says whether it was one."""

    right: bool


@frozen
class MayTry(Outcome):
    """How many wrong codes may still be entered before one has to wait."""

    left: int


@frozen
class TriesLeft(Reason):
    """A code may be entered."""

    says: ClassVar[Says] = says("one more try", "%(left)s more tries", by="left")
    left: int


@frozen
class Locked(Reason):
    """Too many wrong codes were entered."""

    says: ClassVar[Says] = says("too many wrong codes, try again at %(until)s")
    until: datetime


def _tries(_: object, __: object, most: int, /) -> None:
    if most < 1:
        raise InvalidProgramme(
            part="Attempts",
            what="one wrong code or more may be entered",
            given=str(most),
            advice="use 5",
        )


_AN_HOUR: Final = Duration(hours=1)


@frozen(kw_only=True)
class Attempts:
    """So many wrong codes in a stretch of time, and then a wait; a right one wipes the slate.

    What was tried while one had to wait does not count, so nobody is kept out for ever by others.

    Attributes:
        most: how many wrong codes lead to a wait.
        within: in which time.
        wait: how long.
    """

    most: int = field(default=5, validator=_tries)
    within: Duration = _AN_HOUR
    wait: Duration = _AN_HOUR

    def decide(
        self, subject: Iterable[CodeTried], /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[MayTry] | Declined:
        """Whether another code may be entered at an instant, from the attempts so far."""
        del known
        at = instant(at)
        wrong: list[datetime] = []
        until: datetime | None = None
        for tried in sorted(subject, key=_when):
            if tried.at > at or (until is not None and tried.at < until):
                continue
            until = None
            wrong = [] if tried.right else [*self._recent(wrong, tried.at), tried.at]
            if len(wrong) >= self.most:
                until, wrong = self.wait.after(tried.at, UTC), []
        if until is not None and at < until:
            return Declined((Locked(until),))
        left = self.most - len(self._recent(wrong, at))
        return Granted(MayTry(left), (TriesLeft(left),))

    def _recent(self, wrong: list[datetime], at: datetime) -> list[datetime]:
        return [each for each in wrong if at < self.within.after(each, UTC)]


def _when(tried: CodeTried) -> tuple[datetime, str]:
    return (tried.at, tried.id)
