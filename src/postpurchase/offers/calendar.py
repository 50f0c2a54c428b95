"""Discounts that come regularly, and never more often than stated."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.moment import Duration, Interval, Spell, instant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.promotions import Promotion

_UTC: Final = ZoneInfo("UTC")


@frozen
class Regular:
    """An offer and when it comes: it holds from each start on for as long as stated."""

    offer: Promotion
    when: Spell


@frozen
class Sale(Outcome):
    """An offer in one of its stretches of time."""

    offer: Promotion
    during: Interval


@frozen
class OnNow(Reason):
    """An offer of the calendar holds."""

    says: ClassVar[Says] = says("%(offer)s holds until %(until)s")
    offer: str
    until: datetime


@frozen
class NothingOn(Reason):
    """No offer of the calendar holds."""

    says: ClassVar[Says] = says("no regular offer holds now, the next one begins at %(starts)s")
    starts: datetime


@frozen
class NothingToCome(Reason):
    """The calendar has ended, or what is left of it comes too soon after the last one."""

    says: ClassVar[Says] = says("no regular offer holds now or in the year to come")


def _often(calendar: "OfferCalendar", _: object, most: int | None, /) -> None:
    if (most is None) != (calendar.within is None) or (most is not None and most < 1):
        raise InvalidProgramme(
            part="OfferCalendar",
            what="so many times (one or more) go with a stretch of time",
            given=f"{most} within {calendar.within}",
            advice="pass most=2, within=Duration(months=1), or neither",
        )


@frozen(kw_only=True)
class OfferCalendar:
    """Regular offers of a shop, told apart so that customers do not learn to wait for them.

    Attributes:
        regulars: what comes when.
        begins: from when on it counts; what is left out depends on what came before.
        zone: the shop's zone.
        apart: the least time from the end of one to the start of the next.
        within, most: no more than so many begin in a stretch of time; both or neither.
    """

    regulars: tuple[Regular, ...]
    begins: datetime = field(converter=instant)
    zone: ZoneInfo = _UTC
    apart: Duration | None = None
    within: Duration | None = None
    most: int | None = field(default=None, validator=_often)

    def sales(self, until: datetime, /) -> tuple[Sale, ...]:
        """What comes from the beginning up to an instant, the earliest first.

        Of two that would come too close the earlier counts; of two that begin together the one
        with the higher priority, then the first by id.
        """
        kept: list[Sale] = []
        for sale in sorted(self._all(instant(until)), key=_rank):
            if not self._too_soon(sale, kept):
                kept.append(sale)
        return tuple(kept)

    def decide(
        self, subject: Promotion | None = None, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Sale] | Declined:
        """The regular offer that holds at an instant; with *subject*, only if it is that one."""
        del known
        at = instant(at)
        horizon = Duration(years=1).after(at, self.zone)
        sales = [sale for sale in self.sales(horizon) if subject in {None, sale.offer}]
        for sale in sales:
            if at in sale.during:
                return Granted(sale, (OnNow(sale.offer.id, sale.during.end),))
        to_come = (sale.during.start for sale in sales if sale.during.start > at)
        starts = next(to_come, None)
        return Declined((NothingToCome() if starts is None else NothingOn(starts),))

    def _all(self, until: datetime) -> Iterator[Sale]:
        for regular in self.regulars:
            for start in regular.when.starts.instants(self.begins, until, self.zone):
                ends = regular.when.lasts.after(start, self.zone)
                yield Sale(regular.offer, Interval(start, ends))

    def _too_soon(self, sale: Sale, kept: list[Sale]) -> bool:
        start = sale.during.start
        if kept and self.apart is not None:
            ended = max(each.during.end for each in kept)
            if start < self.apart.after(ended, self.zone):
                return True
        if self.within is None or self.most is None:
            return False
        near = [each for each in kept if start < self.within.after(each.during.start, self.zone)]
        return len(near) >= self.most


def _rank(sale: Sale) -> tuple[datetime, int, str]:
    return (sale.during.start, -sale.offer.priority, sale.offer.id)
