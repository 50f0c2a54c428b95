"""Every public signature as text, so that a change to one is seen and meant.

    python tools/signatures.py            compare with tests/signatures.txt; 1 when they differ
    python tools/signatures.py --write    write it anew, once the change is meant

A changed line is a change for users: it belongs in CHANGELOG.md too. `Any` may stand in none,
however deep inside another type.
"""

import argparse
import ast
import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from public_words import Place, Word, locate, words

RECORD = Path(__file__).parents[1] / "tests" / "signatures.txt"
TELLING = ("overload", "classmethod", "staticmethod", "property", "cached_property", "deprecated")


def marks(node: ast.FunctionDef | ast.ClassDef, /) -> str:
    """The decorators that change how it is called."""
    told = [ast.unparse(mark) for mark in node.decorator_list]
    kept = [mark for mark in told if mark.startswith((*TELLING, "frozen", "attrs."))]
    return "".join(f"@{mark} " for mark in kept)


def called(node: ast.FunctionDef, /) -> str:
    """A function's name, parameters and answer."""
    answer = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{marks(node)}{node.name}({ast.unparse(node.args)}){answer}"


def held(node: ast.AnnAssign, /) -> str:
    """An attribute's name and type, and its default where it has one."""
    default = node.value
    if isinstance(default, ast.Call) and ast.unparse(default.func) == "field":
        given = {word.arg: word.value for word in default.keywords}
        default = given.get("default", given.get("factory"))
    text = f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}"
    return f"{text} = {ast.unparse(default)}" if default else text


def members(place: Place, public: frozenset[str], /) -> Iterator[str]:
    """What a class promises: its own members, and those of bases that are not public words."""
    full, node = place
    if not isinstance(node, ast.ClassDef):
        return
    for base in node.bases:
        above = locate(full.rpartition(".")[0], ast.unparse(base).partition("[")[0])
        if above and above[0] not in public:
            yield from members(above, public)
    for member in node.body:
        match member:
            case ast.FunctionDef(name=name) if not name.startswith("_") or name == "__init__":
                yield called(member)
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                yield held(member)
            case ast.Assign(targets=[ast.Name(id=name)]) if not name.startswith("_"):
                yield name
            case _:
                pass


def head(node: Word, /) -> str:
    """The first line of a word, without its name."""
    match node:
        case ast.ClassDef():
            bases = ", ".join(ast.unparse(base) for base in (*node.bases, *node.keywords))
            return f"{marks(node)}class({bases})"
        case ast.FunctionDef():
            return called(node)
        case ast.AnnAssign() if ast.unparse(node.annotation) == "TypeAlias" and node.value:
            return ast.unparse(node.value)
        case ast.AnnAssign():
            return ast.unparse(node.annotation)
        case _:
            return ast.unparse(node.value)


def record() -> str:
    """All promises: a word a paragraph, told at its first address."""
    found = list(words())
    public = frozenset(full for _, (full, _) in found)
    told: dict[str, str] = {}
    text = ""
    for address, place in found:
        first = told.setdefault(place[0], address)
        if first != address:
            text += f"{address} is {first}\n"
            continue
        text += f"{address}: {head(place[1])}\n"
        text += "".join(f"    {line}\n" for line in members(place, public))
    return text


def main() -> int:
    """Compare, or write on request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="the change is meant")
    if parser.parse_args().write:
        RECORD.write_text(record(), encoding="utf-8")
        return 0
    promised = RECORD.read_text(encoding="utf-8").splitlines()
    found = record().splitlines()
    changes = list(difflib.unified_diff(promised, found, "promised", "found", n=0, lineterm=""))
    print(*changes, sep="\n")
    if changes:
        print("Public signatures changed. Meant? python tools/signatures.py --write")
    vague = [line for line in found if re.search(r"\bAny\b", line)]
    for line in vague:
        print(f"Any in a public signature: name the type, or object: {line}")
    return 1 if changes or vague else 0


if __name__ == "__main__":
    sys.exit(main())
