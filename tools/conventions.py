"""Rules of the house that no linter knows. Prints what breaks them; 1 when something does.

    python tools/conventions.py [ROOT]

- a code and a reason at every `type: ignore`, `pyright: ignore` and `noqa`;
- a docstring for every public word;
- no coverage pragma;
- files of at most 400 lines, functions of at most 50.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 50

CHECKED = ("src", "tests", "examples", "benchmarks", "tools", "docs")
SILENCED = re.compile(r"#\s*(type|pyright):\s*ignore|#\s*noqa", re.IGNORECASE)
EXPLAINED = re.compile(
    r"#\s*(?:type:\s*ignore|pyright:\s*ignore)\[[\w-]+(?:,\s*[\w-]+)*\]\s+(?:#|-)\s*\S.{4,}"
    r"|#\s*noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+(?:#|-)\s*\S.{4,}"
)
PRAGMA = re.compile(r"#\s*pragma:\s*no\s*(cover|branch)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def comments(source: str, /) -> Iterator[tuple[int, str]]:
    """The line number and the text of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def silences(source: str, /) -> Iterator[tuple[int, str]]:
    """Silenced checks without a code or a reason, and coverage pragmas."""
    for line, comment in comments(source):
        if SILENCED.search(comment) and not EXPLAINED.search(comment):
            yield line, f"silenced without a code and a reason: {comment}"
        if PRAGMA.search(comment):
            yield line, "coverage pragma: write the test instead"


def sizes(source: str, tree: ast.Module, /) -> Iterator[tuple[int, str]]:
    """A file or a function that has grown too long."""
    length = source.count("\n")
    if length > FILE_LINES:
        yield 1, f"{length} lines, at most {FILE_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno, f"{node.name}: {length} lines, at most {FUNCTION_LINES}"


def silent(tree: ast.Module, /) -> Iterator[tuple[int, str]]:
    """Public words of a module that say nothing; an overload need not."""
    for node in tree.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        overload = any(ast.unparse(mark).endswith("overload") for mark in node.decorator_list)
        if not overload and ast.get_docstring(node) is None:
            yield node.lineno, f"{node.name}: a public word without a docstring"


def breaches(path: Path, /, *, root: Path) -> Iterator[str]:
    """All that breaks a rule in one file."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    found = [*silences(source), *sizes(source, tree)]
    if path.is_relative_to(root / "src"):
        found += silent(tree)
    for line, what in sorted(found):
        yield f"{path.relative_to(root)}:{line}: {what}"


def main() -> int:
    """Check every Python file of the project."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    files = [path for top in CHECKED for path in sorted((root / top).rglob("*.py"))]
    broken = [breach for path in files for breach in breaches(path, root=root)]
    print(*broken, sep="\n")
    return 1 if broken or not files else 0


if __name__ == "__main__":
    sys.exit(main())
