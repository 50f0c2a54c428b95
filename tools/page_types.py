"""The types of the code on pages: README and docs, checked strictly, with the lines of the page.

python tools/page_types.py CACHE
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)

# A page may show a framework whose decorators are untyped.
EASED = ("--allow-untyped-decorators",)


def code(page: str, /) -> str:
    """The Python blocks of a page, each on the lines where it stands."""
    text = ""
    for block in BLOCK.finditer(page):
        above = page.count("\n", 0, block.start(1))
        text += "\n" * (above - text.count("\n")) + block[1]
    return text


def main() -> int:
    """Write a module for each page, and hand them all to mypy."""
    root = Path(__file__).parents[1]
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    found = {page: code(page.read_text(encoding="utf-8")) for page in pages}
    with tempfile.TemporaryDirectory() as place:
        names = []
        for page, text in found.items():
            if text:
                name = "_".join(page.relative_to(root).with_suffix("").parts).replace("-", "_")
                file = Path(place) / f"{name}.py"
                file.write_text(text, encoding="utf-8")
                names.append(str(file))
        command = [sys.executable, "-m", "mypy", f"--cache-dir={sys.argv[1]}", *EASED, *names]
        return subprocess.run(command, cwd=root, check=False).returncode if names else 1


if __name__ == "__main__":
    sys.exit(main())
