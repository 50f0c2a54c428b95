"""The browser's checks find what is planted."""

from pathlib import Path
from typing import Protocol

import pytest

pytestmark = pytest.mark.heavy
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Planted</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
</head><body><main><h1>Planted</h1><p>Words</p><ul><li>one</li></ul><a href="https://example.com">
a link</a>%s</main></body></html>"""
FAULTS = {
    "nothing": ("", ""),
    "wide": ('<p style="width:900px">wide</p>', "wide.html"),
    "small": ('<p style="font-size:9px">small</p>', "small.html"),
    "pale": ('<p style="color:#eee;background:#fff">pale</p>', "color-contrast"),
    "image": ('<img src="data:," >', "image-alt"),
    "glyph": ("<p>\U00013460</p>", "glyph.html"),
}


class Browser(Protocol):
    """What `conftest` offers."""

    def put(self, name: str, html: str) -> None: ...
    def look(self, files: list[str], width: int, scheme: str) -> None: ...
    def check(self, jar: Path) -> None: ...


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(browser: Browser, fault: str) -> None:
    html, names = FAULTS[fault]
    browser.put(f"{fault}.html", PAGE % html)
    if not names:
        browser.look([f"{fault}.html"], 360, "light")
        return
    with pytest.raises(AssertionError, match=names):
        browser.look([f"{fault}.html"], 360, "light")


def test_a_planted_error_is_found_by_the_nu_checker(browser: Browser, nu_checker: Path) -> None:
    browser.put("odd.html", PAGE % "<p><div></p>")
    with pytest.raises(AssertionError):
        browser.check(nu_checker)
