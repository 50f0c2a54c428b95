"""Thanks for a post or a review: for speaking at all, never for praise."""

from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.event import ContentShared, ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant, local_date
from postpurchase.domain.offer import Offer
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.limit import Every

_UTC: Final = ZoneInfo("UTC")


@frozen(kw_only=True)
class Recognition(Outcome):
    """Being mentioned instead of a coupon, such as a picture on the shop's page."""

    where: str


@frozen(kw_only=True)
class Thanks(Outcome):
    """What somebody gets for something they made.

    Attributes:
        key: what it is given for.
        gives: an offer, or being mentioned; being mentioned needs the right to show it.
        disclosure: what must stand beside the post or the review, in the shop's words.
        may_show: the id of the consent to show it again; None where there is none.
    """

    key: str
    gives: Offer | Recognition
    disclosure: str
    may_show: str | None


@frozen
class Spoke(Reason):
    """Somebody said or showed something, whatever it was."""

    says: ClassVar[Says] = says("thanks for speaking, whatever was said")


@frozen
class ThankedBefore(Reason):
    """Somebody was thanked as often as one is."""

    says: ClassVar[Says] = says("was thanked %(times)s times, which is all")
    times: int


@frozen
class NoRights(Reason):
    """Nobody asked whether it may be shown, or the answer was taken back."""

    says: ClassVar[Says] = says("there is no consent to show it")


@frozen
class NotTheirs(Reason):
    """It is not in the customer's history."""

    says: ClassVar[Says] = says("nothing of this id was said or shown")


def _told(_: object, __: object, disclosure: str, /) -> None:
    if not disclosure.strip():
        raise InvalidProgramme(
            part="ContentThanks",
            what="what was given for a post or a review is told beside it",
            given="no disclosure",
            advice="write it in the shop's language, such as 'The writer received a coupon.'",
        )


@frozen(kw_only=True)
class ContentThanks:
    """What is given for a post or a review; the stars are never looked at.

    Paying for praise is forbidden, and what is given must be told: 16 CFR 255.5 and 465.4 of the
    FTC, and numbers 23b and 23c of Annex I to the EU's directive 2005/29/EC.

    Attributes:
        gives: an offer, or being mentioned.
        disclosure: what must stand beside it.
        times, every: how often somebody is thanked in a stretch of local time.
        zone: where days begin.
    """

    gives: Offer | Recognition
    disclosure: str = field(validator=_told)
    times: int = 1
    every: Every = Every.MONTH
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: History, /, *, at: datetime, id: str, known: Known = NOTHING
    ) -> Granted[Thanks] | Declined:
        """What somebody gets for the post or review of this id."""
        del known
        history = subject.until(instant(at))
        made = (*history.all(ReviewPosted), *history.all(ContentShared))
        this = next((each for each in made if each.id == id), None)
        if this is None:
            return Declined((NotTheirs(),))
        stretch = self.every.name_of(local_date(this.at, self.zone))
        before = [
            each
            for each in made
            if (each.at, each.id) < (this.at, this.id)
            and self.every.name_of(local_date(each.at, self.zone)) == stretch
        ]
        if len(before) >= self.times:
            return Declined((ThankedBefore(self.times),))
        consent = this.consent if isinstance(this, ContentShared) else None
        rights = consent if _granted(history, consent) else None
        if isinstance(self.gives, Recognition) and rights is None:
            return Declined((NoRights(),))
        thanks = Thanks(
            key=f"thanks:{id}", gives=self.gives, disclosure=self.disclosure, may_show=rights
        )
        return Granted(thanks, (Spoke(),))


def _granted(history: History, consent: str | None) -> bool:
    """Whether a consent was given and not taken back since."""
    return any(
        each.id == consent and each.state is ConsentState.GRANTED for each in history.all(Consent)
    )
