"""What a country asks of a shop that writes to its people: records, each with its sources."""

from datetime import datetime
from enum import StrEnum, unique
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import field, frozen
from attrs.validators import ge, in_

from postpurchase.domain.demands import Cited, Demands
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Calendar, Window, add_days, end_of_day, local_date
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidLaw

_WAITING = (Purpose.SOLICITATION, Purpose.MARKETING)

OWN_GROUND = frozenset({Channel.SITE, Channel.IN_APP})
"""Channels on which the customer comes to the shop and nothing is sent to an address."""


@frozen(kw_only=True)
class Hours:
    """When promotions may go out on a channel, in the recipient's local time.

    Attributes:
        channel: the channel that is closed at other hours.
        open: the half-open local hours.
        countries: the ISO 3166 codes for which they hold; empty for all.
        purpose: from which purpose upwards; transactional and service messages never wait.
    """

    channel: Channel
    open: Window
    countries: tuple[str, ...] = ()
    purpose: Purpose = field(default=Purpose.SOLICITATION, validator=in_(_WAITING))

    def hold(self, channel: Channel, purpose: Purpose, country: str | None, /) -> bool:
        """Whether such a message waits for these hours."""
        there = not self.countries or (country or "").upper() in self.countries
        return self.channel is channel and purpose >= self.purpose and there


@frozen(kw_only=True)
class Cap:
    """The most messages in any so many hours; transactional and service messages do not count.

    Attributes:
        limit: how many, at least one.
        hours: the length of the rolling window.
        channel: the channel on which they count; None for all together.
    """

    limit: int = field(validator=ge(1))
    hours: int = field(validator=ge(1))
    channel: Channel | None = None


@frozen(kw_only=True)
class Duty:
    """A block that a message must carry on a channel, from a purpose upwards."""

    block: str
    channel: Channel
    purpose: Purpose = Purpose.MARKETING


@frozen(kw_only=True)
class Language:
    """The languages in which promotions on a channel must be written."""

    channel: Channel
    languages: tuple[str, ...]


@unique
class Counting(StrEnum):
    """How the days of a deadline are counted."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@frozen
class Honour:
    """By when a withdrawal must have taken effect, counted from the day it was said."""

    days: int = 0
    counting: Counting = Counting.CALENDAR

    def by(self, said: datetime, zone: ZoneInfo, calendar: Calendar, /) -> datetime:
        """The instant before which it must have taken effect; *said* itself where no day is given.

        Calendar days keep the wall time; business days run through the last of them.
        """
        if self.counting is Counting.CALENDAR:
            return add_days(said, self.days, zone)
        return end_of_day(calendar.add(local_date(said, zone), self.days), zone)


@frozen(kw_only=True)
class Jurisdiction:
    """What some countries ask, as data with its sources; have it checked by counsel.

    Attributes:
        name: a country's ISO 3166 code, or a union's name.
        countries: the ISO 3166 codes to which it applies.
        opt_out: channels on which promotions may go out until the customer says stop.
        soft: channels on which an existing customer's address may be used for own similar goods.
        implied_years: how long a purchase stands for consent; 0 for not at all.
        implied: channels on which it does.
        raised: channels on which a question (survey, review request) counts as advertising.
        duties, languages: what messages must have; `demands` answers for one channel.
        honour: by when a withdrawal must have taken effect.
        stop_words: replies that are a withdrawal, in the languages of the country; lower case.
    """

    name: str
    countries: tuple[str, ...]
    opt_out: tuple[Channel, ...] = ()
    soft: tuple[Channel, ...] = ()
    implied_years: int = 0
    implied: tuple[Channel, ...] = ()
    raised: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    caps: tuple[Cap, ...] = ()
    duties: tuple[Duty, ...] = ()
    languages: tuple[Language, ...] = ()
    honour: Honour = Honour()
    stop_words: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()

    def purpose(self, purpose: Purpose, channel: Channel, /) -> Purpose:
        """What a message's purpose counts as: where questions are advertising, they are raised."""
        raised = purpose is Purpose.SOLICITATION and channel in self.raised
        return Purpose.MARKETING if raised else purpose

    def demands(self, channel: Channel, /) -> Demands:
        """What messages on the channel must have, with the sources of the record."""
        promotes = Purpose.SOLICITATION if channel in self.raised else Purpose.MARKETING
        blocks: dict[str, Purpose] = {}
        for duty in self.duties:
            if duty.channel is channel:
                least = min(duty.purpose, promotes)
                blocks[duty.block] = min(least, blocks.get(duty.block, least))
        languages = (each.languages for each in self.languages if each.channel is channel)
        return Demands(
            law=self.name,
            blocks=Pairs(blocks),
            languages=next(languages, ()),
            promotes=promotes,
            stop_words=self.stop_words,
            sources=self.sources,
        )


def _one_each(_law: "Law", _: object, records: tuple[Jurisdiction, ...], /) -> None:
    codes = [code for record in records for code in record.countries]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InvalidLaw(countries=tuple(twice))


@frozen
class Law:
    """The jurisdictions that a shop knows, and what holds where none is known.

    Attributes:
        records: at most one for each country.
        strictest: what holds for a country without a record, and where no country is known.
    """

    records: tuple[Jurisdiction, ...] = field(validator=_one_each)
    strictest: Jurisdiction

    @cached_property
    def _by_country(self) -> dict[str, Jurisdiction]:
        return {code: record for record in self.records for code in record.countries}

    def of(self, country: str | None, /) -> Jurisdiction:
        """The rules of a country, by its ISO 3166 code of two letters in any case."""
        return self._by_country.get((country or "").upper(), self.strictest)

    def replace(self, record: Jurisdiction, /) -> "Law":
        """This law with another record for the countries that it names."""
        kept = tuple(
            each for each in self.records if not set(each.countries) & set(record.countries)
        )
        return Law((*kept, record), self.strictest)
