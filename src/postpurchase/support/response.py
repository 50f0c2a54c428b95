"""Which medium, channel and hour suits somebody: plain shares of their own answers."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.event import Agent, MessageClicked, MessageSent, Visited
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.moment import local, local_date, resolve, shift
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Library

PRIOR: Final = 4
"""Messages at the usual share that stand against somebody's own."""

USUAL: Final = 0.1
"""The share of messages that somebody uses of whom nothing is known."""

_ARTICLE = "article:"


@frozen(kw_only=True)
class Response:
    """Of one medium or channel so many were shown and so many used.

    Raises:
        InvalidSupport: more were used than shown, or less than none.
    """

    name: str
    shown: int
    used: int

    def __attrs_post_init__(self) -> None:
        """Refuse counts that nothing can have been counted as."""
        if not 0 <= self.used <= self.shown:
            message = f"{self.name!r} is used 0 to {self.shown} times as shown, got {self.used}"
            raise InvalidSupport(message)


@frozen
class Responses:
    """What somebody did with what they were shown."""

    each: tuple[Response, ...] = ()

    def of(self, name: str, /) -> Response | None:
        """The response to this medium or channel; None where it was never shown."""
        return next((response for response in self.each if response.name == name), None)

    def rate(self, name: str, /) -> float:
        """The share used, shrunk to the usual: `(used + 4 x 0.1) / (shown + 4)`, 0 to 1."""
        response = self.of(name)
        shown, used = (response.shown, response.used) if response is not None else (0, 0)
        return (used + PRIOR * USUAL) / (shown + PRIOR)

    def best(self, names: Sequence[str], /) -> str | None:
        """The name with the greatest rate; ties go to the earlier one, None where there is none."""
        return max(names, key=self.rate, default=None)


def responses(history: History, library: Library, /) -> Responses:
    """By medium: of the messages about an article (`article:ID`), those that were followed."""
    media = {article.id: article.medium for article in library}
    shown = {
        message.id: media[message.about.removeprefix(_ARTICLE)]
        for message in history.all(MessageSent)
        if message.about.startswith(_ARTICLE) and message.about.removeprefix(_ARTICLE) in media
    }
    return _counted(history, {id: str(medium) for id, medium in shown.items()})


def channel_responses(history: History, /) -> Responses:
    """By channel: of all messages that went out on it, those of which a link was followed."""
    sent = {message.id: str(message.channel) for message in history.all(MessageSent)}
    return _counted(history, sent)


def kind_responses(history: History, /) -> Responses:
    """By kind of message: of all of a kind that went out, those of which a link was followed."""
    return _counted(history, {each.id: each.kind for each in history.all(MessageSent) if each.kind})


def variant_responses(history: History, kind: str, /) -> Responses:
    """By wording, of the messages of one kind: those of which a link was followed."""
    sent = (each for each in history.all(MessageSent) if each.kind == kind and each.variant)
    return _counted(history, {each.id: each.variant for each in sent})


def best_channel(history: History, channels: Sequence[Channel], /) -> Channel | None:
    """The channel whose messages they use most, by shrunk share; ties go to the earlier one."""
    best = channel_responses(history).best([str(channel) for channel in channels])
    return Channel(best) if best is not None else None


def _counted(history: History, shown: dict[str, str], /) -> Responses:
    clicked = {
        click.message for click in history.all(MessageClicked) if click.by is not Agent.MACHINE
    }
    all_shown = Counter(shown.values())
    used = Counter(name for id, name in shown.items() if id in clicked)
    return Responses(
        tuple(
            Response(name=name, shown=count, used=used[name])
            for name, count in sorted(all_shown.items())
        )
    )


_HOURS: Final = 24


def _of_a_day(_: object, __: object, hour: int, /) -> None:
    if not 0 <= hour < _HOURS:
        message = f"an hour is 0 to 23, got {hour}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Hour:
    """A local hour, 0 to 23, in which they were active on so many of `of` days."""

    hour: int = field(validator=_of_a_day)
    days: int
    of: int


def best_hour(history: History, /, *, zone: ZoneInfo, least: int = 3) -> Hour | None:
    """The local hour in which they are active on the most days: their commute, their evening.

    Visits and followed links count, those of machines do not; each hour once a day. None below
    *least* days, for then it is chance. Ties go to the earlier hour.
    """
    active = [visit.at for visit in history.all(Visited)]
    active += [click.at for click in history.all(MessageClicked) if click.by is not Agent.MACHINE]
    seen = {(local(at, zone).date(), local(at, zone).hour) for at in active}
    counts = Counter(hour for _, hour in seen)
    if not counts:
        return None
    hour, days = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Hour(hour=hour, days=days, of=len({day for day, _ in seen})) if days >= least else None


def next_at(hour: Hour, at: datetime, zone: ZoneInfo, /) -> datetime:
    """The next instant, from *at* on, at which that local hour begins; in UTC.

    An hour that a clock change leaves out begins at the first instant after it.
    """
    today = local_date(at, zone)
    begins = (resolve(shift(today, days), time(hour.hour), zone) for days in (0, 1))
    return next(begin for begin in begins if begin >= at)
