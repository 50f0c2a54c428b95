"""How a package offers words that are loaded when they are first used.

It keeps its static imports under `TYPE_CHECKING`, and opens the words with `opening`.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def opening(
    package: str, homes: Mapping[str, tuple[str, ...]], rooms: tuple[str, ...] = (), /
) -> Callable[[str], object]:
    """The `__getattr__` of a package: each word is loaded when it is first asked for.

    Args:
        package: the package's own name.
        homes: the words that each module holds, by the module's full name.
        rooms: full names of modules that are words themselves, by the last part of the name.
    """
    addresses = {word: home for home, words in homes.items() for word in words}
    whole = {room.rpartition(".")[2]: room for room in rooms}

    def load(name: str) -> object:
        door = sys.modules[package]
        word: object
        if name in whole:
            word = import_module(whole[name])
        elif name in addresses:
            word = getattr(import_module(addresses[name]), name)
        else:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=door)
        setattr(door, name, word)
        return word

    return load
