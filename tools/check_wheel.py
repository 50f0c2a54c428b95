"""Run by an environment that holds the built wheel and its core dependencies, and nothing else.

    python -I tools/check_wheel.py

Every public word is asked for. A word that needs an extra has to say so by name; any other has to
be there. Modules inside a room are reached through the room, which names the extra for them; gates
and what `testing` holds are imported by users, and say it themselves. Prints what fails; 1 when
something does.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import postpurchase
from postpurchase.errors import MissingExtra

OPEN = {"integrations", "testing"}
PACKAGE = Path(postpurchase.__file__).parent


def failures(asked: list[str], lacking: list[str], /) -> Iterator[str]:
    """What cannot be had, and does not name an extra; *asked* and *lacking* are filled in."""
    for found in walk_packages([str(PACKAGE)], "postpurchase."):
        try:
            yield from unnamed(import_module(found.name), asked, lacking)
        except MissingExtra as missing:
            lacking.append(f"{found.name} ({missing.extra})")
        except ImportError as error:
            if not inside(found.name) or (error.name or "").startswith("postpurchase"):
                yield f"{found.name}: {error}"
    yield from unnamed(postpurchase, asked, lacking)


def inside(name: str, /) -> bool:
    """Whether this module is a part of a room, which nobody imports by itself."""
    _, room, *rest = name.split(".")
    return bool(rest) and room not in OPEN


def unnamed(module: ModuleType, asked: list[str], lacking: list[str], /) -> Iterator[str]:
    """The public words of a module that are not there, and do not name an extra."""
    for word in getattr(module, "__all__", ()):
        asked.append(word)
        try:
            getattr(module, word)
        except MissingExtra as missing:
            lacking.append(f"{module.__name__}.{word} ({missing.extra})")
        except (ImportError, AttributeError) as error:
            yield f"{module.__name__}.{word}: {error}"


def main() -> int:
    """Ask for everything."""
    asked: list[str] = []
    lacking: list[str] = []
    failed = list(failures(asked, lacking))
    print(*failed, sep="\n")
    print(f"{len(asked)} words asked for, {len(failed)} failed; with an extra only:")
    print(*lacking, sep="\n")
    if "site-packages" not in PACKAGE.parts:
        print(f"not the installed wheel: {PACKAGE}")
        return 1
    return 1 if failed or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
