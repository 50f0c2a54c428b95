"""Every mail in a real browser: small and wide, light and dark, in every language."""

from pathlib import Path
from typing import Protocol

import pytest

from postpurchase.domain.message import Channel
from postpurchase.messages import Message
from postpurchase.testing import gallery

pytestmark = pytest.mark.heavy


class Browser(Protocol):
    """What `conftest` offers."""

    def put(self, name: str, html: str) -> None: ...
    def look(self, files: list[str], width: int, scheme: str) -> None: ...
    def check(self, jar: Path) -> None: ...


@pytest.fixture(scope="module")
def mails(browser: Browser) -> Browser:
    for message in every_mail():
        browser.put(file_of(message), message.html)
    return browser


def every_mail() -> list[Message]:
    return [each for each in gallery.messages() if each.channel is Channel.EMAIL]


def file_of(message: Message) -> str:
    return f"{message.kind.name}.{message.locale}.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("locale", ["en", "hi", "ur", "bn"])
def test_a_mail_can_be_read_by_everybody(
    mails: Browser, locale: str, width: int, scheme: str
) -> None:
    files = [file_of(each) for each in every_mail() if each.locale == locale]
    mails.look(files, width, scheme)


def test_every_mail_passes_the_nu_checker(mails: Browser, nu_checker: Path) -> None:
    mails.check(nu_checker)
