"""Scalars exactly as they are: no 1.7 becomes 1, no 3 becomes "3", no naive instant passes."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, IntEnum, StrEnum
from typing import Final, TypeVar, cast
from zoneinfo import ZoneInfo

from cattrs import Converter

from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Percent
from postpurchase.plain.faults import NotThis, nearest

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

_SPAN: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)


def register(conv: Converter, /) -> None:
    """Teach a converter the scalars."""
    for kind in (int, str, bool):
        conv.register_structure_hook(kind, _exact)
    for family in (Enum, IntEnum, StrEnum):
        conv.register_structure_hook(family, _enum)
        conv.register_unstructure_hook(family, _enum_text)
    for parsed, read in (
        (float, _float),
        (Decimal, _decimal),
        (Money, _money),
        (Percent | Money, _percent_or_money),
        (datetime, _datetime),
        (date, _date),
        (time, _time),
        (timedelta, _span),
        (Duration, _duration),
        (ZoneInfo, _zone),
    ):
        conv.register_structure_hook(parsed, read)
    conv.register_unstructure_hook(Decimal, str)
    conv.register_unstructure_hook(Money, _money_text)
    conv.register_unstructure_hook(Percent, str)
    conv.register_unstructure_hook(Percent | Money, _percent_or_money_text)
    conv.register_unstructure_hook(datetime, datetime.isoformat)
    conv.register_unstructure_hook(date, date.isoformat)
    conv.register_unstructure_hook(time, _time_text)
    conv.register_unstructure_hook(timedelta, _span_text)
    conv.register_unstructure_hook(Duration, str)
    conv.register_unstructure_hook(ZoneInfo, str)


def shown(value: object, /) -> str:
    """A value and its type, as a complaint names it."""
    return f"{value!r} ({type(value).__name__})"


def text(value: object, what: str, /) -> str:
    """A str, or a complaint that says what it should have been."""
    if not isinstance(value, str):
        problem = f"expected {what}, got {shown(value)}"
        raise NotThis(problem)
    return value


def table(value: object, what: str, /) -> Mapping[str, object]:
    """A table of names, or a complaint that says what it should have been."""
    if not isinstance(value, Mapping):
        problem = f"expected {what}, got {shown(value)}"
        raise NotThis(problem)
    items = cast("Mapping[object, object]", value)
    return {text(name, "a name"): each for name, each in items.items()}


def _exact(value: object, kind: type[T], /) -> T:
    if type(value) is not kind:
        problem = f"expected {kind.__name__}, got {shown(value)}"
        raise NotThis(problem)
    return value


def _float(value: object, _: type[float], /) -> float:
    if type(value) is int or type(value) is float:
        return value
    problem = f"expected a number, got {shown(value)}"
    raise NotThis(problem)


def _decimal(value: object, _: type[Decimal], /) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    written = text(value, "a number as text, such as '0.05'")
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        problem = f"expected a number as text, such as '0.05', got {shown(value)}"
        raise NotThis(problem)
    return found


def _money(value: object, _: type[Money], /) -> Money:
    return Money.parse(text(value, "money as text, such as '12.50 EUR'"))


def _money_text(money: Money, /) -> str:
    return f"{money.amount} {money.currency}"


def _percent_or_money(value: object, _: object, /) -> Percent | Money:
    written = text(value, "a share or money as text, such as '10 %' or '5.00 EUR'")
    if written.endswith("%"):
        return Percent(_decimal(written.removesuffix("%").strip(), Decimal))
    return Money.parse(written)


def _percent_or_money_text(value: Percent | Money, /) -> str:
    return str(value) if isinstance(value, Percent) else _money_text(value)


def _datetime(value: object, _: type[datetime], /) -> datetime:
    what = "an instant with its offset, such as '2026-11-05T09:15:00Z'"
    found = value if isinstance(value, datetime) else _iso(datetime.fromisoformat, value, what)
    if found.tzinfo is None:
        problem = f"expected {what}, got {shown(value)}"
        raise NotThis(problem)
    return found


def _iso(read: Callable[[str], T], value: object, what: str, /) -> T:
    """What ISO 8601 writes, or a complaint that says what it should have been."""
    written = text(value, what)
    try:
        return read(written)
    except ValueError:
        problem = f"expected {what}, got {shown(value)}"
        raise NotThis(problem) from None


def _duration(value: object, _: type[Duration], /) -> Duration:
    return Duration.parse(text(value, "a duration, such as 'P14D' or 'P1Y'"))


def _date(value: object, _: type[date], /) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _iso(date.fromisoformat, value, "a date, such as '2026-11-05'")


def _time(value: object, _: type[time], /) -> time:
    if isinstance(value, time):
        return value
    return _iso(time.fromisoformat, value, "a local time, such as '10:00'")


def _time_text(value: time, /) -> str:
    return value.isoformat("auto" if value.second or value.microsecond else "minutes")


def _span(value: object, _: type[timedelta], /) -> timedelta:
    written = text(value, "an ISO 8601 duration, such as 'P7D' or 'PT36H'")
    found = _SPAN.fullmatch(written)
    if found is None or written.endswith(("P", "T")):
        problem = f"expected an ISO 8601 duration, such as 'P7D' or 'PT36H', got {shown(value)}"
        raise NotThis(problem)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _span_text(value: timedelta, /) -> str:
    rest = f"T{value.seconds}S" if value.seconds else ""
    return f"P{value.days}D{rest}"


def _zone(value: object, _: type[ZoneInfo], /) -> ZoneInfo:
    name = text(value, "a time zone, such as 'Asia/Kolkata'")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problem = f"no time zone is called {name!r}; zones are named as 'Asia/Kolkata'"
        raise NotThis(problem) from None


def _enum(value: object, kind: type[E], /) -> E:
    by_name = {_enum_text(member): member for member in kind}
    found = by_name.get(value) if isinstance(value, str) else None
    if found is None:
        problem = f"no {kind.__name__} is called {shown(value)}; {nearest(str(value), [*by_name])}"
        raise NotThis(problem)
    return found


def _enum_text(member: Enum, /) -> str:
    return member.name.lower() if isinstance(member, IntEnum) else str(member.value)
