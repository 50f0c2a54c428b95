from pathlib import Path
from types import ModuleType

import pytest

import postpurchase

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "api"
ROOMS = [
    word for word in postpurchase.__all__ if isinstance(getattr(postpurchase, word), ModuleType)
]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_page_in_the_reference(room: str) -> None:
    module = getattr(postpurchase, room)
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES.glob("*.md"))
    assert f".. automodule:: {module.__name__}\n" in told
