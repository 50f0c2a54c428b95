"""Every page in a real browser: small and wide, light and dark, in every language."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from attrs import evolve

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Payment, Tax
from postpurchase.messages import Question, Voice
from postpurchase.pages import Page, Pages
from postpurchase.testing import sample

pytestmark = pytest.mark.heavy
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalter"


class Browser(Protocol):
    """What `conftest` offers."""

    def put(self, name: str, html: str) -> None: ...
    def look(self, files: list[str], width: int, scheme: str) -> None: ...
    def check(self, jar: Path) -> None: ...


def every_page(locale: str) -> dict[str, str]:
    pages = Pages(Voice(shop=sample.shop(locale), sender="shop@kitchen.example.com"))
    ask = Question(url="https://kitchen.example.com/survey", text=LONG)
    history, order = sample.history(locale), sample.order(locale)
    taxed = evolve(
        order,
        lines=tuple(
            evolve(line, taxes=(Tax(amount=Money(9_900, "INR"), rate=Decimal("0.0825")),))
            for line in order.lines
        ),
        payments=(Payment(id="p", at=order.at, amount=Money(100_000, "INR")),),
        gift_message=LONG,
    )
    new = History.of(sample.customer(locale, name=LONG), taxed, sample.parcel())

    shows = (ask, sample.suggestions(locale))
    made: dict[str, Page] = {
        "waiting": pages.tracking(new, order="1001", at=sample.ORDERED, shows=shows),
        "late": pages.tracking(new, order="1001", at=day(5), shows=shows),
        "here": pages.tracking(history, order="1001", at=day(8)),
        "thank_you": pages.thank_you(new, order="1001", at=sample.ORDERED, shows=shows),
        "invoice": pages.invoice(new, order="1001", number="INV-7", at=day(1)),
        "refunded": pages.invoice(history, order="1001", number="INV-7", at=day(30)),
        "credit_note": pages.credit_note(
            history, order="1001", refund="r1", number="CN-1", corrects="INV-7", at=day(30)
        ),
    }
    return {f"{name}.{locale}.html": pages.html(page) for name, page in made.items()}


def day(days: int) -> datetime:
    return sample.ORDERED + timedelta(days=days, hours=20)


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Browser:
    for locale in ("en", "hi", "ur", "bn"):
        for name, html in every_page(locale).items():
            # What is folded away is to be read as well.
            browser.put(name, html.replace("<details>", "<details open>"))
    return browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("locale", ["en", "hi", "ur", "bn"])
def test_a_page_can_be_read_by_everybody(
    shown: Browser, locale: str, width: int, scheme: str
) -> None:
    shown.look(list(every_page(locale)), width, scheme)


def test_every_page_passes_the_nu_checker(shown: Browser, nu_checker: Path) -> None:
    shown.check(nu_checker)
