"""Kitchen & Co again: its pages, and the fonts that Debian ships."""

from pathlib import Path

import pytest

from postpurchase.messages import Voice
from postpurchase.pages import Face, Pages
from postpurchase.testing import sample

NOTO = Path("/usr/share/fonts/truetype/noto")


@pytest.fixture(scope="session")
def pages() -> Pages:
    return Pages(Voice(shop=sample.shop(), sender="shop@kitchen.example.com"))


@pytest.fixture(scope="session")
def noto() -> dict[str, tuple[Face, ...]]:
    """The faces for each language; without Debian's fonts-noto-core the test is skipped."""
    if not NOTO.is_dir():
        pytest.skip("Noto is not installed: apt-get install fonts-noto-core")

    def face(name: str) -> Face:
        regular, bold = (NOTO / f"{name}-{weight}.ttf" for weight in ("Regular", "Bold"))
        return Face(regular=regular.read_bytes(), bold=bold.read_bytes())

    latin = face("NotoSans")
    return {
        "en": (latin,),
        "hi": (face("NotoSansDevanagari"), latin),
        "bn": (face("NotoSansBengali"), latin),
        "ur": (latin, face("NotoNastaliqUrdu")),
    }
