"""One line for a value: its type, and what was told of it; defaults are left out."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attrs import Attribute


def told(self: object) -> str:
    """The `__repr__` of values with many attributes; instants read as ISO 8601."""
    return f"{type(self).__name__}({', '.join(_said(self))})"


def _said(value: object, /) -> Iterator[str]:
    attributes: tuple[Attribute[object], ...] = getattr(type(value), "__attrs_attrs__", ())
    for each in attributes:
        actual = getattr(value, each.name)
        if actual != _usual(value, each):
            written = actual.isoformat() if isinstance(actual, datetime) else repr(actual)
            yield f"{each.name}={written}"


def _usual(value: object, each: "Attribute[object]", /) -> object:
    made: Callable[..., object] | None = getattr(each.default, "factory", None)
    if made is None:
        return each.default
    return made(value) if getattr(each.default, "takes_self", False) else made()
