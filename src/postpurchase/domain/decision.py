"""Granted, declined, and why: what every policy answers, and the sentences it answers in."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from html import escape
from typing import ClassVar, Generic, Literal, TypeAlias, TypeVar, cast, final

from attrs import field, frozen

from postpurchase.errors import UnexplainedDecision

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@final
@frozen
class Says:
    """A sentence with named placeholders, and its plural when a number decides between them."""

    one: str
    many: str = ""
    by: str = ""

    def pick(self, facts: Mapping[str, object], /) -> str:
        """The English form for these facts; a catalog picks by its own language's rules."""
        return self.many if self.many and facts[self.by] != 1 else self.one


def says(one: str, many: str = "", /, *, by: str = "") -> Says:
    """State a reason's sentence; literals only, because the catalogs are extracted from them.

    Args:
        one: the sentence, with `%(name)s` for each attribute of the reason that it mentions.
        many: the plural sentence, for any count but one.
        by: the name of the attribute that counts.
    """
    return Says(one, many, by)


class Reason:
    """Why something was decided. Subclasses are frozen values that state a literal sentence.

    Reasons compare as wholes, so a test asserts `decision == Declined((WindowClosed(day),))`.
    """

    __slots__ = ()
    says: ClassVar[Says]

    def facts(self) -> Iterator[tuple[str, object]]:
        """The names and values that the sentence may mention, in order of definition."""
        names: tuple[str, ...] = getattr(type(self), "__match_args__", ())
        for name in names:
            yield name, getattr(self, name)

    def __str__(self) -> str:
        """The sentence in English; messages speak the customer's language."""
        facts = dict(self.facts())
        return self.says.pick(facts) % {name: spoken(fact) for name, fact in facts.items()}


def wording(value: object, /) -> Says | None:
    """The words of a fact that brings its own: a sentence, or a member that has one as `says`."""
    words: object = value if isinstance(value, Says) else getattr(value, "says", None)
    return words if isinstance(words, Says) and not isinstance(value, Reason) else None


def spoken(value: object, /) -> str:
    """A value as it stands in an English sentence: tuples as a list, instants to the minute.

    What brings its own words, such as a member of an enumeration with `says`, speaks those.
    """
    words = wording(value)
    if words is not None:
        return words.one
    if isinstance(value, tuple):
        return ", ".join(map(spoken, cast("tuple[object, ...]", value)))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M %Z}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


@final
@frozen
class Refused(Reason):
    """The one answer for somebody who does not own the code or the account."""

    says: ClassVar[Says] = says("this is not available")


def _explained(decision: object, _: object, reasons: tuple[Reason, ...], /) -> None:
    if not reasons:
        raise UnexplainedDecision(decision=type(decision).__name__)


@final
@frozen
class Granted(Generic[T_co]):
    """Yes, this much, and why. True in an `if`."""

    value: T_co
    reasons: tuple[Reason, ...] = field(validator=_explained)

    def __bool__(self) -> Literal[True]:
        """A granted decision is true."""
        return True

    def _repr_html_(self) -> str:
        return _html("Granted", escape(str(self.value)), self.reasons)


@final
@frozen
class Declined:
    """No, and why. False in an `if`."""

    reasons: tuple[Reason, ...] = field(validator=_explained)

    def __bool__(self) -> Literal[False]:
        """A declined decision is false."""
        return False

    def public(self) -> "Declined":
        """The coarse view for somebody who does not own the code or account: it teaches nothing."""
        return Declined((Refused(),))

    def _repr_html_(self) -> str:
        return _html("Declined", "", self.reasons)


Decision: TypeAlias = Granted[T] | Declined


def _html(verdict: str, value: str, reasons: tuple[Reason, ...], /) -> str:
    why = "".join(f"<li>{escape(str(reason))}</li>" for reason in reasons)
    return f"<div><strong>{verdict}</strong> {value}<ul>{why}</ul></div>"


class Outcome:
    """What a room answers and a message may show; subclasses are frozen values."""

    __slots__ = ()
