"""What a partner gives to customers of a tier, such as an hour in a spa at gold."""

from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, instant, local_date
from postpurchase.domain.offer import Perk
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known, Rule
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.entry import joined
from postpurchase.rewards.limit import Every

_UTC: Final = ZoneInfo("UTC")


@frozen(kw_only=True)
class Entitlement(Outcome):
    """What somebody may have from a partner.

    Attributes:
        key: what it is given for; the same for ever, so that it is given once.
        perk: what it is, with its code and its end.
    """

    key: str
    perk: Perk


@frozen
class PerkCodes:
    """Codes that the partner gave, and to which entitlement each was given.

    Put it in what is known. `given` is kept by the shop: the code by the key of the entitlement.
    """

    free: tuple[str, ...]
    given: Pairs[str] = Pairs()


@frozen
class Entitled(Reason):
    """Which of how many times in this stretch of time."""

    says: ClassVar[Says] = says("%(perk)s for the %(number)s. time of %(times)s")
    perk: str
    number: int
    times: int


@frozen
class HadAll(Reason):
    """All of them were had in this stretch of time."""

    says: ClassVar[Says] = says("%(perk)s was had %(times)s times, which is all")
    perk: str
    times: int


@frozen
class NoCodes(Reason):
    """The partner's codes are used up."""

    says: ClassVar[Says] = says("there are no codes left for %(perk)s")
    perk: str


@frozen
class NotOffered(Reason):
    """The perk does not hold at this time."""

    says: ClassVar[Says] = says("%(perk)s is not offered at this time")
    perk: str


def _times(_: object, __: object, times: int, /) -> None:
    if times < 1:
        raise InvalidProgramme(
            part="PartnerPerk",
            what="a perk is given once or more",
            given=str(times),
            advice="leave it out",
        )


_A_QUARTER: Final = Duration(months=3)


@frozen(kw_only=True)
class PartnerPerk:
    """A perk of a partner, and who gets it how often.

    Attributes:
        perk: what the partner gives; its code is set for each customer.
        when: who gets it, such as `TierAtLeast("gold")`.
        times, every: how often in a stretch of local time.
        lasts: how long a code holds once it was given.
        zone: where days begin.
    """

    perk: Perk
    when: Rule
    times: int = field(default=1, validator=_times)
    every: Every = Every.YEAR
    lasts: Duration = _A_QUARTER
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Entitlement] | Declined:
        """The next entitlement of one customer.

        Args:
            subject: whose it is.
            at: the instant; a code holds from here on.
            known: `PerkCodes`, and what the condition asks for.
        """
        at = instant(at)
        if not self.perk.valid(at):
            return Declined((NotOffered(self.perk.name),))
        finding = self.when.check(known)
        if not finding:
            return Declined(finding.reasons())
        codes = known.find(PerkCodes) or PerkCodes(())
        who = subject.customer.id if subject.customer is not None else ""
        prefix = joined("perk", self.perk.name, who, self._stretch(at), "")
        had = sum(key.startswith(prefix) for key in codes.given)
        if had >= self.times:
            return Declined((HadAll(self.perk.name, self.times),))
        taken = set(codes.given.values())
        code = next((each for each in codes.free if each not in taken), None)
        if code is None:
            return Declined((NoCodes(self.perk.name),))
        ends = self.lasts.after(at, self.zone)
        ends = ends if self.perk.ends is None else min(ends, self.perk.ends)
        given = Entitlement(
            key=f"{prefix}{had + 1}", perk=evolve(self.perk, code=code, starts=at, ends=ends)
        )
        return Granted(given, (Entitled(self.perk.name, had + 1, self.times),))

    def _stretch(self, at: datetime) -> str:
        """What names the stretch of time of an instant."""
        return self.every.name_of(local_date(at, self.zone))
