"""Plain data in, values out, and back."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, TypeAlias, TypeVar, get_origin

from attrs import has
from cattrs import Converter
from cattrs.errors import BaseValidationError

from postpurchase.domain.decision import Outcome
from postpurchase.domain.fact import Fact
from postpurchase.domain.message import Kind
from postpurchase.domain.rule import Policy, Rule
from postpurchase.errors import PostPurchaseError
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Reentry
from postpurchase.plain import collections, scalars
from postpurchase.plain.faults import NotThis, WrongParts, complaint, nearest
from postpurchase.plain.names import FACTS, FAMILIES, KIND_NAMES, OUTCOMES, POLICIES, RULES, WORDS

T = TypeVar("T")

_TABLE: Final = "a value of named parts, such as a playbook, a rule or a policy"

Words: TypeAlias = Mapping[str, type[Trigger | Exit | Reentry]]


def load(
    kind: type[T],
    data: Mapping[str, object],
    /,
    *,
    rules: Mapping[str, type[Rule]] = RULES,
    policies: Mapping[str, type[object]] = POLICIES,
    words: Words = WORDS,
) -> T:
    """Read *data* as a value of *kind*, such as a `Playbook` from a TOML or JSON file.

    What can be one of several is told apart by its name under `type`. Money is text
    ("12.50 EUR"), an instant ISO 8601 with its offset, a local time "10:00".

    Raises:
        InvalidPlain: an unknown name or key, a value of another type (no number is rounded, no
            text is read as a number), or a value that its type refuses; each with its path.
    """
    try:
        return _chosen(rules, policies, words).structure(data, kind)
    except (BaseValidationError, NotThis, WrongParts, PostPurchaseError) as fault:
        raise complaint(fault) from None


def dump(
    value: object,
    /,
    *,
    rules: Mapping[str, type[Rule]] = RULES,
    policies: Mapping[str, type[object]] = POLICIES,
    words: Words = WORDS,
) -> dict[str, object]:
    """The opposite of `load`: str, int, bool, list and dict; defaults are left out.

    Raises:
        InvalidPlain: something in it has no name in the tables, such as a function of your own.
    """
    families = (Rule, Trigger, Exit, Reentry)
    base = next((each for each in families if isinstance(value, each)), type(value))
    try:
        return dict(scalars.table(_chosen(rules, policies, words).unstructure(value, base), _TABLE))
    except NotThis as fault:
        raise complaint(fault) from None


def _chosen(
    rules: Mapping[str, type[Rule]], policies: Mapping[str, type[object]], words: Words, /
) -> Converter:
    if (rules, policies, words) == (RULES, POLICIES, WORDS):
        return _own()
    return _converter(rules, policies, words)


@cache
def _own() -> Converter:
    return _converter(RULES, POLICIES, WORDS)


def _converter(
    rules: Mapping[str, type[Rule]], policies: Mapping[str, type[object]], words: Words, /
) -> Converter:
    conv = Converter(forbid_extra_keys=True, omit_if_default=True)
    _tables(conv)
    scalars.register(conv)
    collections.register(conv)
    _named(conv, _is(Rule), rules)
    _named(conv, _is_policy, policies)
    for family in (Trigger, Exit, Reentry):
        table = {name: word for name, word in words.items() if family in word.__mro__}
        _named(conv, _is(family), table)
    for base, members in FAMILIES.items():
        _named(conv, _is(base), members)
    _kinds(conv)
    _types(conv, type[Fact], "type of fact", FACTS)
    _types(conv, type[Outcome], "type of answer", OUTCOMES)
    return conv


def _tables(conv: Converter, /) -> None:
    """A value of many parts is a table of their names, and nothing else."""

    def reader(kind: type[object], /) -> Callable[[object, object], object]:
        read = conv.gen_structure_attrs_fromdict(kind)
        return lambda value, _: read(scalars.table(value, "a table"), kind)

    conv.register_structure_hook_factory(has, reader)


def _is(base: object, /) -> Callable[[object], bool]:
    def same(kind: object, /) -> bool:
        return kind == base

    return same


def _is_policy(kind: object, /) -> bool:
    return get_origin(kind) is Policy or kind is Policy


def _named(
    conv: Converter, means: Callable[[object], bool], table: Mapping[str, type[object]], /
) -> None:
    """One of several classes, told apart by its name under `type`."""
    names = {word: name for name, word in table.items()}

    def read(value: object, _: object, /) -> object:
        rest = dict(scalars.table(value, "a table with a 'type'"))
        if "type" not in rest:
            problem = f"'type' is missing; it is one of {', '.join(sorted(table))}"
            raise NotThis(problem)
        name = rest.pop("type")
        if not isinstance(name, str) or name not in table:
            problem = f"nothing is called {scalars.shown(name)}; {nearest(str(name), [*table])}"
            raise NotThis(problem, at=".type")
        found: object = conv.structure(rest, table[name])
        return found

    def write(value: object, /) -> dict[str, object]:
        name = names.get(type(value))
        if name is None:
            problem = f"{type(value).__name__} has no name: pass a table that names it"
            raise NotThis(problem)
        return {"type": name, **conv.unstructure(value, type(value))}

    conv.register_structure_hook_func(means, read)
    conv.register_unstructure_hook_func(means, write)


def _kinds(conv: Converter, /) -> None:
    """A kind of message by its name; one of a shop's own in full."""
    in_full = conv.get_structure_hook(Kind)
    out_full = conv.get_unstructure_hook(Kind)

    def read(value: object, kind: type[Kind], /) -> object:
        if not isinstance(value, str):
            return in_full(value, kind)
        if value not in KIND_NAMES:
            problem = f"no kind is called {value!r}; {nearest(value, [*KIND_NAMES])}"
            raise NotThis(problem)
        return KIND_NAMES[value]

    def write(kind: Kind, /) -> object:
        return kind.name if KIND_NAMES.get(kind.name) == kind else out_full(kind)

    conv.register_structure_hook(Kind, read)
    conv.register_unstructure_hook(Kind, write)


def _types(conv: Converter, means: object, what: str, table: Mapping[str, type[object]], /) -> None:
    """A type by its name, such as that of a fact."""
    names = {kind: name for name, kind in table.items()}

    def read(value: object, _: object, /) -> type[object]:
        name = scalars.text(value, f"the name of a {what}")
        if name not in table:
            problem = f"no {what} is called {name!r}; {nearest(name, [*table])}"
            raise NotThis(problem)
        return table[name]

    def write(kind: type[object], /) -> str:
        if kind not in names:
            problem = f"{kind.__name__} has no name that a file can use"
            raise NotThis(problem)
        return names[kind]

    conv.register_structure_hook_func(_is(means), read)
    conv.register_unstructure_hook_func(_is(means), write)
