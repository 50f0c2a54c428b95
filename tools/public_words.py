"""The public words, read from the source: what the front door and every room name in `__all__`.

Read, not imported: what a type is called in the source is what users are promised, and it reads
the same with every version of Python and of numpy.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

SRC = Path(__file__).parents[1] / "src"
ERRORS = "postpurchase.errors"

Word: TypeAlias = ast.FunctionDef | ast.ClassDef | ast.AnnAssign | ast.Assign
"""The statement that gives a word its meaning."""

Place: TypeAlias = tuple[str, Word]
"""The full name of a word where it is defined, and its statement."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, by its full name."""
    found: dict[str, ast.Module] = {}
    for path in sorted((SRC / "postpurchase").rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def gives(statement: ast.stmt, name: str, /) -> bool:
    """Whether this statement defines that name."""
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            return statement.name == name
        case ast.AnnAssign(target=ast.Name(id=given)) | ast.Assign(targets=[ast.Name(id=given)]):
            return given == name
        case _:
            return False


@cache
def locate(module: str, name: str, /) -> Place | None:
    """Where a name of a module is defined, led there by its imports; None for modules."""
    tree = modules().get(module)
    if tree is None:
        return None
    for node in tree.body:
        if isinstance(node, Word) and gives(node, name):
            return f"{module}.{name}", node
    for inner in ast.walk(tree):
        if isinstance(inner, ast.ImportFrom) and inner.module:
            for alias in inner.names:
                if (alias.asname or alias.name) == name and inner.module != module:
                    return locate(inner.module, alias.name)
    return None


def named(tree: ast.Module, /) -> list[str]:
    """The words of `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and gives(node, "__all__"):
            return [str(word) for word in ast.literal_eval(node.value)]
    return []


def offers() -> Iterator[tuple[str, str]]:
    """Every module that offers words, with each of them; the errors are all public."""
    for module, tree in modules().items():
        words = named(tree)
        if module == ERRORS:
            words = words or [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
        for word in sorted(words):
            yield module, word


def words() -> Iterator[tuple[str, Place]]:
    """Every public word once under each address that offers it; rooms themselves left out."""
    for module, word in offers():
        place = locate(module, word)
        if place is not None:
            yield f"{module}.{word}", place
