"""A copy of the tree in which a wall may be broken."""

import shutil
import subprocess
import sys
from pathlib import Path
from sysconfig import get_path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
TAKEN = ("src", "tools", "docs", "tests/signatures.txt", "pyproject.toml", "README.md")


@frozen
class Judgement:
    """What a check said, and whether it let the tree pass."""

    passed: bool
    said: str

    def refuses(self, *words: str) -> bool:
        """Whether it failed, and named every one of these."""
        return not self.passed and all(word in self.said for word in words)


@frozen
class Tree:
    """A copy of the project."""

    root: Path

    def plant(self, path: str, text: str) -> None:
        """Write a file of the copy."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        """Add to a file of the copy."""
        self.plant(path, (self.root / path).read_text(encoding="utf-8") + text)

    def run(self, tool: str, *arguments: str) -> Judgement:
        """Run a program of this environment on the copy, which it imports as the project."""
        command = [str(BIN / tool), *arguments]
        ran = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        return Judgement(ran.returncode == 0, ran.stdout + ran.stderr)

    def installed(self) -> str:
        """The Python of an environment that holds the copy as an installed package."""
        place = self.root / "installed"
        self.run("python", "-m", "venv", "--without-pip", str(place))
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        packages = place / "lib" / version / "site-packages"
        shutil.copytree(self.root / "src" / "postpurchase", packages / "postpurchase")
        (packages / "needed.pth").write_text(get_path("purelib"), encoding="utf-8")
        return str(place / "bin" / "python")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A fresh copy, without what tools left behind."""
    left_behind = shutil.ignore_patterns("__pycache__", "_build", "out")
    for name in TAKEN:
        source, copy = ROOT / name, tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=left_behind)
        else:
            shutil.copy(source, copy)
    for name in ("conftest.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    return Tree(tmp_path)
