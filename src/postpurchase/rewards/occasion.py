"""Days that come once a year: birthdays, and the day of the first purchase."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from attrs import frozen

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.history import History
from postpurchase.domain.moment import Leap, MonthDay, anniversary, local_date, start_of_day
from postpurchase.rewards.deed import Deed, Trigger


@frozen(kw_only=True)
class Occasions:
    """Which days of a customer are rewarded, once for each year.

    Attributes:
        leap: which day stands for 29 February in a year without one.
        notice: a birthday counts in a year if it was known for more than so many days before it,
            so that nobody moves it to tomorrow. 30 is what Smile.io asks
            (https://help.smile.io/en/articles/4036229-reward-customer-birthdays).
    """

    leap: Leap = Leap.FEB28
    notice: int = 30

    def deeds(self, history: History, at: datetime, zone: tzinfo, /) -> tuple[Deed, ...]:
        """The occasions of a customer up to an instant, the oldest first.

        Days begin in the customer's zone, in *zone* where nobody knows it. Month and day of a
        birthday are enough, and a year has one birthday even if the day is changed in it.
        """
        customer = history.customer
        own = customer.zone if customer is not None and customer.zone is not None else zone
        found = (*self._birthdays(history, at, own), *self._anniversaries(history, at, own))
        return tuple(sorted(found, key=_when))

    def _birthdays(self, history: History, at: datetime, zone: tzinfo) -> Iterator[Deed]:
        birthday = history.customer.birthday if history.customer is not None else None
        if birthday is None:
            return
        known = local_date(_known_since(history, birthday), zone)
        day = MonthDay(birthday.month, birthday.day)
        for year in range(known.year, local_date(at, zone).year + 1):
            date = day.in_year(year, leap=self.leap)
            begins = start_of_day(date, zone)
            if (date - known).days > self.notice and begins <= at:
                yield Deed(trigger=Trigger.BIRTHDAY, id=str(year), at=begins)

    def _anniversaries(self, history: History, at: datetime, zone: tzinfo) -> Iterator[Deed]:
        kept = (
            order
            for order in history.orders
            if order.paid and not (order.cancelled or order.fully_refunded)
        )
        first = next(kept, None)
        if first is None:
            return
        day = local_date(first.at, zone)
        for years in range(1, local_date(at, zone).year - day.year + 1):
            begins = start_of_day(anniversary(day, years, leap=self.leap), zone)
            if begins <= at:
                id = f"{first.id}:{years}"
                yield Deed(trigger=Trigger.ANNIVERSARY, id=id, at=begins, number=years)


def _when(deed: Deed) -> tuple[datetime, str]:
    return (deed.at, deed.key)


def _known_since(history: History, birthday: Birthday) -> datetime:
    """Since when this very day has been known without a change."""
    versions = sorted(
        (fact for fact in history.facts if isinstance(fact, Customer)), key=_recorded, reverse=True
    )
    since = versions[0].recorded_at
    for version in versions:
        own = version.birthday
        if own is None or (own.month, own.day) != (birthday.month, birthday.day):
            break
        since = version.recorded_at
    return since


def _recorded(customer: Customer) -> datetime:
    return customer.recorded_at
