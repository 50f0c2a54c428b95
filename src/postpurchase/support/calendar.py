"""What to write next, and on which day: seasons, launches, questions, interests, old guides."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.event import TicketType
from postpurchase.domain.moment import Calendar, shift
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Library
from postpurchase.support.asked import AskedAbout
from postpurchase.support.ideas import Topic

_YEAR: Final = 366


@frozen
class SeasonComes(Reason):
    """A season or a feast is near."""

    says: ClassVar[Says] = says("%(season)s begins on %(on)s")
    season: str
    on: date


@frozen
class LaunchComes(Reason):
    """A product is new on that day."""

    says: ClassVar[Says] = says("%(product)s is new on %(on)s")
    product: str
    on: date


@frozen
class AskedByMany(Reason):
    """Many ask, and too little answers them; `about` is what sort of thing, and which product."""

    says: ClassVar[Says] = says(
        "%(customers)s customer asked about this: %(about)s; articles that answer: %(articles)s",
        "%(customers)s customers asked about this: %(about)s; articles that answer: %(articles)s",
        by="customers",
    )
    customers: int
    articles: int
    about: tuple[TicketType | str, ...]


@frozen
class LikedByMany(Reason):
    """Many like it, and too little is written about it."""

    says: ClassVar[Says] = says(
        "%(customers)s customer likes %(tag)s; articles about it: %(articles)s",
        "%(customers)s customers like %(tag)s; articles about it: %(articles)s",
        by="customers",
    )
    customers: int
    articles: int
    tag: str


@frozen
class NotUpdated(Reason):
    """An article that nobody has looked at for long."""

    says: ClassVar[Says] = says("%(article)s was last looked at on %(on)s")
    article: str
    on: date


def _ahead(_: object, __: object, lead: int, /) -> None:
    if not 0 <= lead <= _YEAR:
        message = f"lead is 0 to {_YEAR} days before, got {lead}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Season:
    """A season or a feast of the shop's choosing.

    Attributes:
        name: what it is called.
        on: the day on which it begins; each year is a season of its own, for feasts move.
        lead: how many days before there should be something to read; a year at most.
    """

    name: str
    on: date
    lead: int = field(default=21, validator=_ahead)


@frozen(kw_only=True)
class Launch:
    """A product that is new, by its title, and the day on which it is."""

    product: str
    on: date
    lead: int = field(default=0, validator=_ahead)


@frozen(kw_only=True)
class Entry:
    """Something to publish on a day, and why."""

    on: date
    why: Reason


@frozen(kw_only=True)
class ContentPlan(Outcome):
    """What to publish, the earliest first, and what found no day in that time."""

    entries: tuple[Entry, ...]
    later: tuple[Reason, ...] = ()


def _some(_: object, attribute: object, value: int, /) -> None:
    if value < 1:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 1 or more, got {value}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class ContentCalendar:
    """Puts what could be written onto days.

    Seasons and launches have their day, less their lead, moved to a working day before it; two
    of them may share one. Everything else takes the first working day that is `apart` days from
    all others: first what many ask, then what many like, then guides that grew old on the way.

    Attributes:
        seasons, launches: what has a day.
        working: on which days something is published.
        apart: how many days lie between two entries that have no day of their own.
        old: after how many days an article should be looked at again; those without a day are
            left out.
    """

    seasons: tuple[Season, ...] = ()
    launches: tuple[Launch, ...] = ()
    working: Calendar = Calendar()
    apart: int = field(default=3, validator=_some)
    old: int = field(default=365, validator=_some)

    def plan(
        self,
        library: Library,
        /,
        *,
        start: date,
        days: int = 90,
        asked: Iterable[AskedAbout] = (),
        liked: Iterable[Topic] = (),
    ) -> ContentPlan:
        """What to publish from *start* on, for so many days.

        Args:
            library: the articles there are.
            start: the first day of the plan.
            days: how many days it has.
            asked: what customers ask, from `asked_about`.
            liked: what customers like, from `topics`, or of one segment from `interests`.

        Raises:
            InvalidSupport: *days* is below 1.
            InvalidMoment: the plan, or the age of an article, goes beyond the year 9999.
        """
        if days < 1:
            message = f"days must be 1 or more, got {days}"
            raise InvalidSupport(message)
        last = shift(start, days - 1)
        dated = list(self._dated(start, last))
        entries = [Entry(on=day, why=why) for day, why in dated if day is not None]
        taken = [entry.on for entry in entries]
        later = [why for day, why in dated if day is None]
        full = date.max
        for due, why in self._undated(library, start, last, asked, liked):
            day = self._free(due, last, taken) if due < full else None
            if day is None:
                full = min(full, due)
                later.append(why)
            else:
                taken.append(day)
                entries.append(Entry(on=day, why=why))
        entries.sort(key=lambda entry: entry.on)
        return ContentPlan(entries=tuple(entries), later=tuple(later))

    def _dated(self, start: date, last: date) -> Iterator[tuple[date | None, Reason]]:
        dated: list[tuple[date, int, Reason]] = [
            (each.on, each.lead, SeasonComes(each.name, each.on)) for each in self.seasons
        ]
        dated += [
            (each.on, each.lead, LaunchComes(each.product, each.on)) for each in self.launches
        ]
        for on, lead, why in dated:
            wanted = max(shift(on, -lead), start)
            if on < start or wanted > last:
                continue
            day = self.working.on_or_before(wanted)
            day = day if day >= start else self.working.on_or_after(start)
            yield (day if day <= min(on, last) else None), why

    def _undated(
        self,
        library: Library,
        start: date,
        last: date,
        asked: Iterable[AskedAbout],
        liked: Iterable[Topic],
    ) -> Iterator[tuple[date, Reason]]:
        for each in asked:
            about = (each.type, each.product) if each.product else (each.type,)
            yield start, AskedByMany(each.customers, each.articles, about)
        for topic in liked:
            yield start, LikedByMany(topic.customers, topic.articles, topic.tag)
        dated = (each for each in library if each.updated is not None)
        for article in sorted(dated, key=lambda each: (each.updated or start, each.id)):
            seen = article.updated or start
            due = max(shift(seen, self.old), start)
            if due <= last:
                yield due, NotUpdated(article.title, seen)

    def _free(self, due: date, last: date, taken: list[date]) -> date | None:
        for day in map(date.fromordinal, range(due.toordinal(), last.toordinal() + 1)):
            near = any(abs((day - other).days) < self.apart for other in taken)
            if not near and self.working.is_business_day(day):
                return day
        return None
