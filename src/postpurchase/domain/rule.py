"""Conditions that compose, and what is known when they are asked."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, Protocol, TypeVar, final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
from postpurchase.errors import InvalidAnswer, InvalidFact, InvalidRule

T = TypeVar("T")
S_contra = TypeVar("S_contra", contravariant=True)
T_co = TypeVar("T_co", covariant=True)


class Verdict(Enum):
    """What a rule found; a missing fact is unknown, and the opposite of unknown is unknown."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def opposite(self) -> "Verdict":
        """NO for YES, YES for NO, UNKNOWN for UNKNOWN."""
        if self is _UNKNOWN:
            return self
        return _NO if self is _YES else _YES


_NO, _UNKNOWN, _YES = Verdict


@final
class Known:
    """Answers known at the moment of a decision, one of each type.

    `Known(standing, catalog).find(Catalog)` is how one room uses what another has answered.
    """

    __slots__ = ("_answers",)

    def __init__(self, *answers: object) -> None:
        """Keep the answers; two of one type raise `InvalidAnswer`."""
        by_type: dict[type[object], Any] = {type(answer): answer for answer in answers}
        if len(by_type) != len(answers):
            raise InvalidAnswer(types=tuple(type(answer).__name__ for answer in answers))
        self._answers = by_type

    def find(self, kind: type[T], /) -> T | None:
        """The answer of exactly this type, or None where nobody gave one."""
        found: T | None = self._answers.get(kind)
        return found

    def add(self, *answers: object) -> "Known":
        """These answers too; one of a type already known takes its place."""
        joined = Known(*answers)
        joined._answers = {**self._answers, **joined._answers}
        return joined

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self._answers == other._answers

    @override
    def __hash__(self) -> int:
        return hash(frozenset(self._answers.values()))

    @override
    def __repr__(self) -> str:
        return f"Known({', '.join(map(repr, self._answers.values()))})"


NOTHING = Known()


class Policy(Protocol[S_contra, T_co]):
    """A choice as a value: asked about a subject at an instant, it answers with reasons."""

    def decide(
        self, subject: S_contra, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[T_co] | Declined:
        """Grant or decline, from the subject, the instant and what is known alone."""
        ...


@final
@frozen
class NotKnown(Reason):
    """A rule asked for something that nobody answered."""

    says: ClassVar[Says] = says("%(asked)s is not known")
    asked: str


@final
class Finding:
    """What one rule found, with what each of its parts found.

    `actual` states the fact that was met, never the wish: under `~` it reads the same.
    """

    # One is made for every leaf that is asked, and a class that attrs freezes costs twice as much
    # to make: its values stand in slots that are read through properties without a setter.
    __slots__ = ("_actual", "_parts", "_rule", "_verdict")
    __match_args__ = ("rule", "verdict", "actual", "parts")

    def __init__(
        self,
        rule: "Rule",
        verdict: Verdict,
        actual: Reason | None = None,
        parts: tuple["Finding", ...] = (),
    ) -> None:
        """State what a rule found."""
        self._rule = rule
        self._verdict = verdict
        self._actual = actual
        self._parts = parts

    @property
    def rule(self) -> "Rule":
        """The rule that was asked."""
        return self._rule

    @property
    def verdict(self) -> Verdict:
        """Whether it holds."""
        return self._verdict

    @property
    def actual(self) -> Reason | None:
        """The fact that was met; None where it is not known, and for what joins others."""
        return self._actual

    @property
    def parts(self) -> tuple["Finding", ...]:
        """What each part found, in the order of the rule; empty for a leaf."""
        return self._parts

    def __bool__(self) -> bool:
        """True only for YES: unknown is not true, and neither is its opposite."""
        return self._verdict is _YES

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Finding):
            return NotImplemented
        return self._told() == other._told()

    @override
    def __hash__(self) -> int:
        return hash(self._told())

    @override
    def __repr__(self) -> str:
        told = zip(self.__match_args__, self._told(), strict=True)
        return f"Finding({', '.join(f'{name}={value!r}' for name, value in told)})"

    def _told(self) -> tuple["Rule", Verdict, Reason | None, tuple["Finding", ...]]:
        return (self._rule, self._verdict, self._actual, self._parts)

    def leaves(self) -> Iterator["Finding"]:
        """Every leaf below, deciding or not, left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def why(self) -> tuple["Finding", ...]:
        """The leaves that decided this verdict, left to right."""
        if not self.parts:
            return (self,)
        deciding = self.verdict.opposite if isinstance(self.rule, Not) else self.verdict
        return tuple(leaf for part in self.parts if part.verdict is deciding for leaf in part.why())

    def reasons(self) -> tuple[Reason, ...]:
        """The facts that decided, as reasons; each fact once."""
        facts = (leaf.actual or NotKnown(leaf.rule.asks) for leaf in self.why())
        return tuple(dict.fromkeys(facts))


# Every part is asked for its verdict; the property would cost twice as much.
_verdict_of: Callable[[Finding], Verdict] = attrgetter("_verdict")


class Rule(ABC):
    """A condition; join them with `&`, `|` and `~`. Every leaf is visited, for all its reasons."""

    __slots__ = ()

    @abstractmethod
    def check(self, known: Known, /) -> Finding:
        """What this rule finds; a fact that is missing in *known* gives UNKNOWN, never NO."""

    @property
    def asks(self) -> str:
        """What this rule needs to know, in words, for the sentence that says it is missing."""
        return type(self).__name__

    def __and__(self, other: "Rule") -> "AllOf":
        """Both must hold."""
        return AllOf((*_flat(self, AllOf), *_flat(other, AllOf)))

    def __or__(self, other: "Rule") -> "AnyOf":
        """One must hold."""
        return AnyOf((*_flat(self, AnyOf), *_flat(other, AnyOf)))

    def __invert__(self) -> "Not":
        """The opposite must hold."""
        return Not(self)

    def __bool__(self) -> NoReturn:
        """Refuse `and`, `or` and `not`, which would silently drop a rule."""
        message = "a rule is neither true nor false: join with &, | or ~, ask with .check(known)"
        raise TypeError(message)


def _some(rule: Rule, attribute: object, rules: tuple[Rule, ...], /) -> None:
    if not rules:
        raise InvalidRule(rule=type(rule).__name__)
    for part in rules:
        _one(rule, attribute, part)


def _one(rule: Rule, _: object, part: Rule, /) -> None:
    if not _is_rule(part):
        raise InvalidFact(
            fact=type(rule).__name__, name="rule", got=part, expected="a rule, such as TierIs(...)"
        )


def _is_rule(part: object, /) -> bool:
    return isinstance(part, Rule)


@final
@frozen
class AllOf(Rule):
    """Holds when every part holds; NO beats UNKNOWN beats YES."""

    rules: tuple[Rule, ...] = field(validator=_some)

    @override
    def check(self, known: Known, /) -> Finding:
        verdict = _YES
        parts: list[Finding] = []
        for rule in self.rules:
            part = rule.check(known)
            parts.append(part)
            found = _verdict_of(part)
            if found is not _YES and verdict is not _NO:
                verdict = found
        return Finding(self, verdict, None, tuple(parts))


@final
@frozen
class AnyOf(Rule):
    """Holds when some part holds; YES beats UNKNOWN beats NO."""

    rules: tuple[Rule, ...] = field(validator=_some)

    @override
    def check(self, known: Known, /) -> Finding:
        verdict = _NO
        parts: list[Finding] = []
        for rule in self.rules:
            part = rule.check(known)
            parts.append(part)
            found = _verdict_of(part)
            if found is not _NO and verdict is not _YES:
                verdict = found
        return Finding(self, verdict, None, tuple(parts))


@final
@frozen
class Not(Rule):
    """Holds when its part does not; unknown stays unknown."""

    rule: Rule = field(validator=_one)

    @override
    def check(self, known: Known, /) -> Finding:
        part = self.rule.check(known)
        found = _verdict_of(part)
        opposite = _NO if found is _YES else _YES if found is _NO else found
        return Finding(self, opposite, None, (part,))


def _flat(rule: Rule, kind: type[AllOf] | type[AnyOf], /) -> tuple[Rule, ...]:
    return rule.rules if isinstance(rule, kind) else (rule,)
