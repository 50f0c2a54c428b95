"""Validators that tell a mistake where it is made, not where it hurts."""

from typing import TYPE_CHECKING, TypeVar, cast

from postpurchase.errors import InvalidFact

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

T = TypeVar("T")


def expected(kind: type[T], example: str, /) -> "Callable[[object, Attribute[T], T], None]":
    """Refuse what is not of this type; `example` says what to write instead."""

    def check(owner: object, attribute: "Attribute[T]", value: object, /) -> None:
        if not isinstance(value, kind):
            _refuse(owner, attribute.name, value, example)

    return check


def expected_all(
    kind: type[T], example: str, /
) -> "Callable[[object, Attribute[tuple[T, ...]], tuple[T, ...]], None]":
    """Refuse what is not a tuple of this type; a list would leave its owner without a hash."""

    def check(owner: object, attribute: "Attribute[tuple[T, ...]]", value: object, /) -> None:
        if not all(isinstance(part, kind) for part in _parts(value)):
            _refuse(owner, attribute.name, value, example)

    return check


def _refuse(owner: object, name: str, got: object, example: str, /) -> None:
    raise InvalidFact(fact=type(owner).__name__, name=name, got=got, expected=example)


def _parts(value: object, /) -> tuple[object, ...]:
    """The parts of a tuple; what is no tuple is one part that fits nowhere."""
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else (None,)
