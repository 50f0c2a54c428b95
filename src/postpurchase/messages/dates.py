"""Days, times and lists as a language writes them, by CLDR.

Instants are shown in a zone that the caller names; a day is a day. Babel's own entry points
take a zone and a clock from their surroundings when none is given, so only its patterns are
used here.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from babel.dates import (
    DateTimePattern,
    format_timedelta,
    get_date_format,
    get_datetime_format,
    get_time_format,
    parse_pattern,
)
from babel.lists import format_list

from postpurchase.messages.figures import script_table
from postpurchase.messages.tongues import Digits, tongue

Length: TypeAlias = Literal["short", "medium", "long", "full"]


def day(when: date, tag: str, /, *, length: Length = "long", digits: Digits = Digits.LATIN) -> str:
    """A day with its year, such as `29 फ़रवरी 2028`."""
    return _own(_day(tag, length).apply(when, tongue(tag)), tag, digits)


def clock(when: datetime, zone: ZoneInfo, tag: str, /, *, digits: Digits = Digits.LATIN) -> str:
    """The time of an instant on the clocks of *zone*, to the minute."""
    return _own(_clock(tag).apply(when.astimezone(zone), tongue(tag)), tag, digits)


def moment(
    when: datetime,
    zone: ZoneInfo,
    tag: str,
    /,
    *,
    length: Length = "medium",
    digits: Digits = Digits.LATIN,
) -> str:
    """The day and the time of an instant in *zone*."""
    local = when.astimezone(zone)
    return _own(_moment(tag, length).apply(local, tongue(tag)), tag, digits)


def days(first: date, last: date, tag: str, /, *, digits: Digits = Digits.LATIN) -> str:
    """A span of days, such as `23–25 Nov 2026`; of one day, that day."""
    if first == last:
        return day(first, tag, length="medium", digits=digits)
    changes = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    start, end = _span(tag, changes)
    locale = tongue(tag)
    return _own(f"{start.apply(first, locale)}{end.apply(last, locale)}", tag, digits)


def in_days(count: int, tag: str, /, *, digits: Digits = Digits.LATIN) -> str:
    """How far ahead that many days are, such as `in 3 days`."""
    span = timedelta(days=count)
    text = format_timedelta(
        span, granularity="day", threshold=_NEVER, add_direction=True, locale=tongue(tag)
    )
    return _own(text, tag, digits)


def listed(items: Sequence[str], tag: str, /) -> str:
    """The items as one phrase, such as `A, B और C`."""
    return format_list(list(items), locale=tongue(tag))


# A span is told in days however long it is, because that is what was asked.
_NEVER: Final = 100_000


@lru_cache(maxsize=512)
def _day(tag: str, length: Length) -> DateTimePattern:
    return parse_pattern(get_date_format(length, locale=tongue(tag)))


@lru_cache(maxsize=512)
def _span(tag: str, changes: str) -> tuple[DateTimePattern, DateTimePattern]:
    """The two halves of a span of days whose largest difference is this field."""
    halves = tongue(tag).interval_formats["yMMMd"][changes]
    return parse_pattern(halves[0]), parse_pattern(halves[1])


@lru_cache(maxsize=512)
def _clock(tag: str) -> DateTimePattern:
    return parse_pattern(get_time_format("short", locale=tongue(tag)))


@lru_cache(maxsize=512)
def _moment(tag: str, length: Length) -> DateTimePattern:
    locale = tongue(tag)
    both = str(get_datetime_format(length, locale=locale)).replace("'", "")
    time_part = get_time_format("short", locale=locale).pattern
    date_part = get_date_format(length, locale=locale).pattern
    return parse_pattern(both.replace("{0}", time_part).replace("{1}", date_part))


def _own(text: str, tag: str, digits: Digits) -> str:
    if digits is Digits.LATIN:
        return text
    table = script_table(tag)
    return text.translate(table) if table else text
