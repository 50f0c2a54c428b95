import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walls.conftest import Tree

pytestmark = pytest.mark.walls

DECLARED = Path(__file__).parents[2] / "pyproject.toml"
NEVER_IGNORED = ("ANN", "FBT", "DTZ", "D", "C90", "PLR", "S", "T20", "BLE", "TRY")
PLACE = "src/postpurchase/domain/planted.py"
HEAD = '"""Planted."""\n\n'
TANGLED = "\n".join(f"    if n == {n}:\n        return {n}" for n in range(2, 14))

STYLE = [
    ("ANN001", "def f(x) -> None:\n    '''F.'''\n"),
    ("ANN401", "from typing import Any\n\ndef f(x: Any) -> None:\n    '''F.'''\n"),
    ("FBT001", "def f(x: bool) -> None:\n    '''F.'''\n"),
    ("DTZ001", "from datetime import datetime\n\nX = datetime(2026, 1, 1)\n"),
    ("D103", "def f() -> None:\n    return None\n"),
    ("D101", "class C:\n    x = 1\n"),
    ("C901", f"def f(n: int) -> int:\n    '''F.'''\n{TANGLED}\n    return 0\n"),
    ("PLR2004", "def f(n: int) -> int:\n    '''F.'''\n    return 1 if n == 7 else 0\n"),
    ("S101", "def f(n: int) -> None:\n    '''F.'''\n    assert n\n"),
    ("T201", "print('x')\n"),
    ("BLE001", "try:\n    X = 1\nexcept Exception:\n    X = 2\n"),
    ("TRY003", "def f() -> None:\n    '''F.'''\n    raise ValueError('a long sentence here')\n"),
    ("TID252", "from . import money\n"),
]

BANNED = [
    "from datetime import datetime, UTC\n\nX = datetime.now(UTC)\n",
    "from datetime import datetime\n\nX = datetime.utcnow()\n",
    "from datetime import date\n\nX = date.today()\n",
    "import time\n",
    "from time import monotonic\n",
    "import random\n",
    "from secrets import token_hex\n",
    "from uuid import uuid4\n",
    "import os\n\nX = os.environ\n",
    "from os import getenv\n",
    "from urllib.request import urlopen\n",
    "from dateutil.parser import parse\n",
]

HOUSE_RULES = [
    ("without a docstring", "def f() -> None:\n    return None\n"),
    ("silenced without a code and a reason", "X: int = ''  # type: ignore\n"),
    ("silenced without a code and a reason", "X: int = ''  # type: ignore[assignment]\n"),
    ("silenced without a code and a reason", "import os  # noqa\n"),
    ("silenced without a code and a reason", "import os  # noqa: F401\n"),
    ("silenced without a code and a reason", "X: int = ''  # pyright: ignore\n"),
    ("coverage pragma", "X = 1  # pragma: no cover\n"),
    ("lines, at most 400", "X = 1\n" * 400),
    ("lines, at most 50", "def f() -> None:\n    '''F.'''\n" + "    f()\n" * 50),
]


@pytest.mark.parametrize(("code", "text"), STYLE)
def test_style_that_is_never_excused(tree: "Tree", code: str, text: str) -> None:
    tree.plant(PLACE, HEAD + text)
    assert tree.run("ruff", "check", "--no-cache", PLACE).refuses(code)


@pytest.mark.parametrize("text", BANNED)
def test_clock_chance_environment_and_network(tree: "Tree", text: str) -> None:
    tree.plant(PLACE, HEAD + text)
    assert tree.run("ruff", "check", "--no-cache", PLACE).refuses("TID251")


def test_no_family_that_counts_is_ignored_in_src() -> None:
    lint = tomllib.loads(DECLARED.read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    excused = list(lint["ignore"])
    for where, codes in lint["per-file-ignores"].items():
        if where.startswith(("src", "**")):
            excused += codes
    prefixes = "|".join(NEVER_IGNORED)
    exempt = {"PLC0414"}
    assert [code for code in excused if re.match(rf"({prefixes})\d", code)] == []
    assert {"ALL"} == set(lint["select"])
    assert exempt <= set(excused)


def test_a_reason_stands_beside_every_excuse() -> None:
    text = DECLARED.read_text(encoding="utf-8")
    ruff = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    excuses = re.findall(r'^  "[A-Z]+\d*",(.*)$', ruff, flags=re.MULTILINE)
    assert len(excuses) > 10
    assert [said for said in excuses if not re.fullmatch(r" +# .{8,}", said)] == []


@pytest.mark.parametrize(("said", "text"), HOUSE_RULES)
def test_house_rules_that_no_linter_knows(tree: "Tree", said: str, text: str) -> None:
    tree.plant(PLACE, HEAD + text)
    judged = tree.run("python", "tools/conventions.py", str(tree.root))
    assert judged.refuses(said, "planted.py"), judged.said


def test_a_silenced_check_with_code_and_reason_passes(tree: "Tree") -> None:
    tree.plant(PLACE, HEAD + "X: int = ''  # type: ignore[assignment]  # planted on purpose\n")
    judged = tree.run("python", "tools/conventions.py", str(tree.root))
    assert "planted.py" not in judged.said


@pytest.mark.parametrize("place", [PLACE, "tests/test_planted.py", "examples/planted.py"])
def test_mypy_wants_every_function_typed(tree: "Tree", place: str) -> None:
    tree.plant(place, HEAD + "def f(x):\n    '''F.'''\n    return x\n")
    assert tree.run("mypy", "--cache-dir=mypy", place).refuses("no-untyped-def")


def test_mypy_wants_a_code_at_an_ignore(tree: "Tree") -> None:
    tree.plant(PLACE, HEAD + "X: int = ''  # type: ignore\n")
    assert tree.run("mypy", "--cache-dir=mypy", PLACE).refuses("ignore-without-code")


@pytest.mark.parametrize("place", [PLACE, "tests/typing/planted.py", "examples/planted.py"])
def test_pyright_is_strict(tree: "Tree", place: str) -> None:
    tree.plant(place, HEAD + "def f(x):\n    '''F.'''\n    return x\n")
    tree.plant("pyproject.toml", re.sub(r'venv.* = "\.(venv)?"', "", DECLARED.read_text("utf-8")))
    judged = tree.run("pyright", place)
    assert judged.refuses("planted.py", "reportMissingParameterType"), judged.said
    included = tomllib.loads(DECLARED.read_text(encoding="utf-8"))["tool"]["pyright"]["include"]
    assert any(place.startswith(f"{folder}/") for folder in included)
