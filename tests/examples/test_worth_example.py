import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "what_is_a_customer_worth.py"
NOTEBOOK = ROOT / "docs" / "notebooks" / "what-is-a-customer-worth.ipynb"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder in which the story was run, and what it printed."""
    folder = tmp_path_factory.mktemp("worth")
    ran = subprocess.run(
        [sys.executable, STORY], cwd=folder, capture_output=True, text=True, check=True
    )
    return folder / "out", ran.stdout.splitlines()


def test_the_napkin_comes_first(told: tuple[Path, list[str]]) -> None:
    assert told[1][0].startswith("CLV = AOV x f x T = 45.67 EUR x 3.3611 orders per 365 days x ")


def test_every_segment_has_a_row_and_a_sentence(told: tuple[Path, list[str]]) -> None:
    lines = told[1]
    begin, end = lines.index("") + 2, lines.index("", 2)
    rows = [line.split() for line in lines[begin:end]]
    sentences = [line for line in lines if "in the next twelve months" in line]
    assert len(rows) == len(sentences) > 8
    assert sum(int(row[1]) for row in rows) == 320
    values = [float(row[3]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert rows[0][0] == "champions"


def test_the_picture_is_there(told: tuple[Path, list[str]]) -> None:
    assert (told[0] / "cohorts.png").read_bytes().startswith(b"\x89PNG")


def test_the_notebook_runs_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = ["".join(each["source"]) for each in book["cells"] if each["cell_type"] == "code"]
    space: dict[str, object] = {"ORDERS": ROOT / "examples" / "data" / "orders.csv"}
    for cell in cells:
        exec(compile(cell, str(NOTEBOOK), "exec"), space)  # noqa: S102  # our own cells
    table = space["table"]
    assert isinstance(table, list)
    assert table[0][0] == "champions"
