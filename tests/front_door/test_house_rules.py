"""The quick walls, so that a broken rule is seen before .ci/run sees it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("tool", ["conventions.py", "signatures.py"])
def test_a_tool_finds_nothing_to_say(tool: str) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
