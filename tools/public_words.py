"""The public words: what the front door and every room name in `__all__`."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TypeAlias

import postpurchase
from postpurchase import errors

Word: TypeAlias = tuple[str, object]
"""The address of a public word, and the thing itself."""


def rooms() -> Iterator[ModuleType]:
    """The front door, then every module that names public words, in alphabetical order."""
    yield postpurchase
    for found in sorted(
        pkgutil.walk_packages(postpurchase.__path__, "postpurchase."), key=lambda info: info.name
    ):
        module = import_module(found.name)
        if hasattr(module, "__all__"):
            yield module


def offered(room: ModuleType, /) -> list[str]:
    """The public words of a module, in alphabetical order."""
    if room is errors:
        return sorted(name for name, thing in vars(errors).items() if isinstance(thing, type))
    return sorted(room.__all__)


def words() -> Iterator[Word]:
    """Every public word once under each address that offers it; rooms themselves left out."""
    for room in (errors, *rooms()):
        for name in offered(room):
            thing: object = getattr(room, name)
            if not isinstance(thing, ModuleType):
                yield f"{room.__name__}.{name}", thing
