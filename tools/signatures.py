"""Every public signature as text, so that a change to one is seen and meant.

    python tools/signatures.py            compare with tests/signatures.txt; 1 when they differ
    python tools/signatures.py --write    write it anew, once the change is meant

A changed line is a change for users: it belongs in CHANGELOG.md too. `Any` may stand in none,
however deep inside another type.
"""

import argparse
import difflib
import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import get_origin

from public_words import Word, words

RECORD = Path(__file__).parents[1] / "tests" / "signatures.txt"


def signature(thing: object, /) -> str:
    """The parameters and the answer of a callable, `(...)` where it has no signature."""
    if not callable(thing):
        return ""
    try:
        return str(inspect.signature(thing))
    except ValueError:
        return "(...)"


def members(kind: type, /) -> Iterator[str]:
    """The public members that a class defines itself, one line each, in alphabetical order."""
    for name, member in sorted(vars(kind).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, Enum) and type(member) is kind:
            yield f"    {name} = {member.value!r}"
        elif isinstance(member, property):
            answer = inspect.signature(member.fget).return_annotation if member.fget else ""
            yield f"    {name}: {inspect.formatannotation(answer)}"
        elif isinstance(member, classmethod | staticmethod):
            yield f"    {type(member).__name__} {name}{signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"    {name}{signature(member)}"


def lines(word: Word, known: dict[int, str], /) -> Iterator[str]:
    """What one public word promises; where it is *known* by another address, only that."""
    address, thing = word
    first = known.setdefault(id(thing), address) if hasattr(thing, "__qualname__") else address
    if first != address:
        yield f"{address} is {first}"
    elif isinstance(thing, type):
        bases = ", ".join(base.__name__ for base in thing.__bases__ if base is not object)
        made = "" if issubclass(thing, Enum) else signature(thing)
        yield f"{address}{f'[{bases}]' if bases else ''}{made}"
        yield from members(thing)
    elif inspect.isfunction(thing):
        yield f"{address}{signature(thing)}"
    elif get_origin(thing):
        yield f"{address} = {thing}"
    else:
        yield f"{address}: {inspect.formatannotation(type(thing))}"


def record() -> str:
    """All promises, one line each."""
    known: dict[int, str] = {}
    return "".join(f"{line}\n" for word in words() for line in lines(word, known))


def main() -> int:
    """Compare, or write on request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="the change is meant")
    if parser.parse_args().write:
        RECORD.write_text(record(), encoding="utf-8")
        return 0
    promised = RECORD.read_text(encoding="utf-8").splitlines()
    found = record().splitlines()
    changes = list(difflib.unified_diff(promised, found, "promised", "found", n=0))
    print(*changes, sep="\n")
    if changes:
        print("Public signatures changed. Meant? python tools/signatures.py --write")
    vague = [line for line in found if re.search(r"\bAny\b", line)]
    for line in vague:
        print(f"Any in a public signature: name the type, or object: {line}")
    return 1 if changes or vague else 0


if __name__ == "__main__":
    sys.exit(main())
