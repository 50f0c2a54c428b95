"""The worked cases that tests of several files quote."""

import json
from pathlib import Path
from typing import Any


def cases(name: str) -> dict[str, dict[str, Any]]:
    """The cases of `tests/vectors/NAME.json`, by their ids."""
    text = (Path(__file__).parents[1] / "vectors" / f"{name}.json").read_text(encoding="utf-8")
    return {case["id"]: case for case in json.loads(text)["vectors"]}
