"""Where a shop's own templates run: they see views, and have a budget that ends.

Jinja's sandbox stops a template from walking out through attributes. It does not stop one that
loops for ever, doubles a string thirty times or prints an object, so here every loop, call and
result is counted. The same template with the same facts is stopped at the same step on every
machine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar, cast

from attrs import define, frozen
from jinja2 import BaseLoader, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import (
    BlockReference,
    Context,
    LoopContext,
    Macro,
    TemplateReference,
    Undefined,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from typing_extensions import override

from postpurchase.messages.faults import OutOfBudget
from postpurchase.messages.views import View


@frozen(kw_only=True)
class Budget:
    """What a shop's template may use for one form of one message.

    Attributes:
        steps: turns of loops, and calls, together.
        size: characters written, here and into variables.
        depth: calls within calls.
        includes: templates that are extended, included or imported.
        source: characters of one template.
    """

    steps: int = 20_000
    size: int = 500_000
    depth: int = 16
    includes: int = 64
    source: int = 100_000


T = TypeVar("T")


@define
class _Meter:
    budget: Budget
    steps: int = 0
    size: int = 0
    depth: int = 0
    includes: int = 0

    def step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > self.budget.steps:
            raise _over(self.budget.steps, "steps")

    def write(self, count: int) -> None:
        self.size += count
        if self.size > self.budget.size:
            raise _over(self.budget.size, "characters")

    def include(self) -> None:
        self.includes += 1
        if self.includes > self.budget.includes:
            raise _over(self.budget.includes, "templates")

    def enter(self) -> None:
        self.step()
        self.depth += 1
        if self.depth > self.budget.depth:
            raise _over(self.budget.depth, "calls within calls")


_METER: ContextVar[_Meter] = ContextVar("meter")
_STRINGS: Final = frozenset(
    ("capitalize", "endswith", "lower", "lstrip", "rstrip", "startswith", "strip", "title", "upper")
)
_MAPPINGS: Final = frozenset(("get", "items", "keys", "values"))
_FILTERS: Final = (
    *("abs", "attr", "capitalize", "count", "d", "default", "e", "escape", "first", "int"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse"),
    *("select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique"),
    *("upper", "urlencode", "wordcount"),
)
_PRINTED: Final = (str, int, float, Decimal, date, type(None))
_LARGEST: Final = 2**63
_POWER: Final = 32
_MOST_LENGTH: Final = 2**31


def _over(most: int, of: str) -> OutOfBudget:
    return OutOfBudget(f"more than {most} {of}")


def _refused(why: str) -> SecurityError:
    return SecurityError(why)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that nobody has read."""

    intercepted_binops: frozenset[str] = frozenset(("*", "**", "%", "+"))

    def __init__(self, *, budget: Budget, loader: BaseLoader, **options: Any) -> None:  # noqa: ANN401 - Jinja's own options
        """An environment whose templates have this budget for each rendering."""
        super().__init__(loader=loader, optimized=False, finalize=_printable, **options)
        self.budget = budget
        self.filters: dict[str, Callable[..., object]] = {
            **{name: FILTERS[name] for name in _FILTERS},
            "join": _join,
            "replace": _replace,
            "ticked": _ticked,
            "sized": _sized,
        }

    def render_within(self, name: str, values: Mapping[str, object], /) -> str:
        """Load and render a template with a budget of its own."""
        token = _METER.set(_Meter(self.budget))
        try:
            template = self.get_template(name)
            context = template.new_context(dict(values))
            try:
                return "".join(_measured(template.root_render_func(context), self.budget.size))
            except Exception:  # noqa: BLE001 - Jinja rewrites its traceback and raises it again
                self.handle_exception()
        finally:
            _METER.reset(token)

    @override
    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,
    ) -> Template:
        _METER.get().include()
        return super().get_template(name, parent, globals)

    @override
    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > self.budget.source:
            raise _over(self.budget.source, "characters of template")
        return _guarded(super()._parse(source, name, filename))

    @override
    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if attr.startswith("_"):
            return False
        if isinstance(obj, str):
            return attr in _STRINGS
        if isinstance(obj, dict):
            return attr in _MAPPINGS
        return isinstance(obj, (View, LoopContext, TemplateReference, TemplateModule))

    @override
    def is_safe_callable(self, obj: object) -> bool:
        if isinstance(obj, (Macro, BlockReference)):
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, (str, dict, LoopContext)) or any(
            obj is each for each in self.globals.values()
        )

    @override
    def call(self, context: Context, called: object, /, *args: object, **kwargs: object) -> object:
        meter = _METER.get()
        meter.enter()
        if called is range:
            meter.step(_length(*args))
        result: object = super().call(context, called, *args, **kwargs)
        meter.depth -= 1
        return _sized(result)

    @override
    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _sized(left + right)
        if not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            why = f"{operator} takes numbers here"
            raise _refused(why)
        if operator == "**" and abs(right) > _POWER:
            raise _over(_POWER, "as a power")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > _LARGEST:
            raise _over(_LARGEST, "in a number")
        return result


def _measured(pieces: Iterable[str], most: int) -> Iterator[str]:
    """The pieces of the result, until they are too many; plain text of templates counts too."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _over(most, "characters")
        yield piece


def _length(*args: object) -> int:
    bounds = [each for each in args if isinstance(each, int)]
    return min(len(range(*bounds)), _MOST_LENGTH)


def _guarded(tree: nodes.Template) -> nodes.Template:
    """The tree with every loop and every growing text counted."""
    if next(tree.find_all(nodes.ScopedEvalContextModifier), None):
        why = "a template may not switch escaping off"
        raise _refused(why)
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            why = f"{attribute.attr!r} is not for templates"
            raise _refused(why)
    for block in tree.find_all(nodes.AssignBlock):
        block.filter = _filter(block.filter, "sized", [])
    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            why = "a loop may not be recursive here"
            raise _refused(why)
        plain = sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
        loop.iter = _filter(loop.iter, "ticked", [nodes.Const(plain)])
    _size_joins(tree)
    return tree


def _size_joins(tree: nodes.Node) -> None:
    """Wrap every `~`, wherever it stands, in the filter that counts what it makes."""
    fields: Iterable[tuple[str, object]] = tree.iter_fields()
    for name, value in fields:
        if isinstance(value, list):
            parts = cast("list[object]", value)
            setattr(tree, name, [_joined(each) for each in parts])
        else:
            setattr(tree, name, _joined(value))


def _joined(value: T) -> T | nodes.Filter:
    if not isinstance(value, nodes.Node):
        return value
    _size_joins(value)
    return _filter(value, "sized", []) if isinstance(value, nodes.Concat) else value


def _filter(node: nodes.Node | None, name: str, args: list[nodes.Expr]) -> nodes.Filter:
    made = nodes.Filter(node, name, args, [], None, None)
    made.set_lineno(node.lineno if node else 1)
    return made


def _ticked(items: Iterable[T], plain: int) -> Iterator[T]:
    meter = _METER.get()
    for item in items:
        meter.step()
        meter.write(plain)
        yield item


def _sized(text: T) -> T:
    if isinstance(text, str):
        _METER.get().write(len(text))
    return text


def _join(items: Iterable[object], by: str = "") -> str:
    parts = [str(_printable(item)) for item in _ticked(items, len(by))]
    return by.join(parts)


def _replace(text: str, old: str, new: str) -> str:
    if not old:
        why = "replace takes something to replace"
        raise _refused(why)
    meter = _METER.get()
    times = text.count(old)
    meter.step(times)
    meter.write(len(text) + times * len(new))
    return text.replace(old, new)


def _printable(value: T) -> T | str:
    if isinstance(value, Undefined):
        return str(value)
    if not isinstance(value, _PRINTED):
        why = f"a {type(value).__name__} cannot be printed: name one of its fields"
        raise _refused(why)
    return "" if value is None else _sized(value)
