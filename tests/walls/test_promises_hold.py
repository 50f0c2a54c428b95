from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walls.conftest import Tree

pytestmark = pytest.mark.walls

MODULE = "src/postpurchase/planted.py"
OFFER = '__all__ = ["Planted"]\n\n\n'
BRANCH = '''"""Planted."""


def f(n: int) -> str:
    """F."""
    if n:
        return "x"
    return ""
'''
EXCUSED = """
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import nowhere


class P(Protocol):
    def f(self) -> int:
        return 1
"""


def _covered(tree: "Tree", text: str, use: str) -> "tuple[bool, str]":
    tree.plant(MODULE, text)
    tree.plant("use.py", f"import postpurchase.planted as planted\n{use}\n")
    assert tree.run("coverage", "run", "use.py").passed
    assert tree.run("coverage", "combine").passed
    judged = tree.run("coverage", "report", "--include=*/planted.py", "--fail-under=100")
    return judged.passed, judged.said


@pytest.mark.parametrize(
    ("text", "use", "passes"),
    [
        (BRANCH, "planted.f(0); planted.f(1)", True),
        (BRANCH + EXCUSED, "planted.f(0); planted.f(1)", True),
        (BRANCH, "planted.f(1)", False),
        (BRANCH.replace("if n:", "if n:  # pragma: no cover"), "planted.f(0)", False),
        (BRANCH.replace("if n:", "if n:  # pragma: no branch"), "planted.f(1)", False),
        ("import sys\n\nif sys.argv:\n    X = 1\nelse:\n    X = 2\n", "", False),
    ],
)
def test_every_branch_is_run(tree: "Tree", text: str, use: str, passes: object) -> None:
    passed, said = _covered(tree, text, use)
    assert passed is passes, said


def test_a_changed_signature_is_seen_and_never_written_by_itself(tree: "Tree") -> None:
    before = (tree.root / "tests/signatures.txt").read_text(encoding="utf-8")
    assert tree.run("python", "tools/signatures.py").passed
    tree.plant(MODULE, f"{OFFER}class Planted:\n    '''P.'''\n")
    judged = tree.run("python", "tools/signatures.py")
    assert judged.refuses("+postpurchase.planted.Planted", "signatures.py --write")
    assert (tree.root / "tests/signatures.txt").read_text(encoding="utf-8") == before
    assert tree.run("python", "tools/signatures.py", "--write").passed
    assert tree.run("python", "tools/signatures.py").passed


@pytest.mark.parametrize(
    "text",
    [
        "class Planted:\n    def f(self, x: dict[str, Any]) -> None: ...\n",
        "class Planted:\n    @property\n    def f(self) -> dict[str, Any]: ...\n",
        "class Planted:\n    def __init__(self, *, x: 'dict[str, Any]') -> None: ...\n",
    ],
)
def test_any_is_no_promise(tree: "Tree", text: str) -> None:
    tree.plant(MODULE, f"from typing import Any\n\n{OFFER}{text}")
    judged = tree.run("python", "tools/signatures.py")
    assert judged.refuses("Any in a public signature", "dict[str, Any]"), judged.said


@pytest.mark.parametrize(
    "text",
    [
        "# Planted\n\nSee {py:class}`postpurchase.NothingOfThatName`.\n",
        "# Planted\n\nSee [there](nowhere.md).\n",
        "# Planted\n\n```{eval-rst}\n.. autofunction:: postpurchase.nothing.at_all\n```\n",
    ],
)
def test_a_reference_that_leads_nowhere(tree: "Tree", text: str) -> None:
    for path in (tree.root / "docs").rglob("*.md"):
        path.unlink()
    tree.plant("docs/index.md", "# Alone\n")
    build = ("sphinx-build", "-q", "-W", "-n", "-b", "dummy", "docs", "built")
    judged = tree.run(*build)
    assert judged.passed, judged.said
    tree.plant("docs/index.md", text)
    assert tree.run(*build).refuses("WARNING")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/how-to/planted.md", "# Planted\n\n```python\nassert 1 == 2\n```\n"),
        ("README.md", "\n```python\nassert 1 == 2\n```\n"),
        (
            "src/postpurchase/errors/root.py",
            '\ndef planted() -> int:\n    """P.\n\n    >>> 1\n    2\n    """\n',
        ),
    ],
)
def test_an_example_that_is_not_so(tree: "Tree", path: str, text: str) -> None:
    tree.plant(path, text) if path.startswith("docs") else tree.append(path, text)
    judged = tree.run("pytest", "-q", "-p", "no:cacheprovider", path)
    assert judged.refuses("1 failed"), judged.said


@pytest.mark.parametrize(
    "text",
    ["import nowhere_to_be_found\n", '__all__ = ["Missing"]\n'],
)
def test_a_wheel_that_lacks_something(tree: "Tree", text: str) -> None:
    tree.plant(MODULE, text)
    python = tree.installed()
    assert tree.run(python, "-I", "tools/check_wheel.py").refuses("postpurchase.planted")


def test_a_public_symbol_whose_type_is_not_known(tree: "Tree") -> None:
    tree.plant(MODULE, '"""Planted."""\n\n\ndef f(x):\n    """F."""\n    return x\n')
    judged = tree.run("python", "tools/verify_types.py", tree.installed())
    assert judged.refuses("postpurchase.planted.f"), judged.said


def test_code_on_a_page_that_is_wrongly_typed(tree: "Tree") -> None:
    assert tree.run("python", "tools/page_types.py", "mypy").passed
    tree.plant("docs/how-to/planted.md", "# Planted\n\n```python\nx: int = 'x'\n```\n")
    judged = tree.run("python", "tools/page_types.py", "mypy")
    assert judged.refuses("docs_how_to_planted.py:4", "Incompatible types"), judged.said


def test_a_sentence_that_no_catalog_holds(tree: "Tree") -> None:
    check = ("python", "tools/catalogs.py", "--check")
    assert tree.run(*check).passed
    tree.append("src/postpurchase/privacy/reason.py", '\nPLANTED = says("nobody has read this")\n')
    assert tree.run(*check).refuses("reasons.po")


def test_a_catalog_that_was_not_compiled(tree: "Tree") -> None:
    home = "src/postpurchase/messages/locales/hi/LC_MESSAGES"
    (tree.root / home / "messages.mo").write_bytes(b"")
    assert tree.run("python", "tools/catalogs.py", "--check").refuses("messages.mo")
