"""The page after the purchase."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import Customer
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Promise, Tax
from postpurchase.domain.pairs import Pairs
from postpurchase.messages import Voice
from postpurchase.pages import Pages, ThankYouPage
from postpurchase.testing import sample

BERLIN = ZoneInfo("Europe/Berlin")
ORDERED = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOOK = Line(sku="e", title="E-book", unit_price=Money(500, "EUR"), requires_shipping=False)


def thanked(pages: Pages, *facts: Order | Customer) -> ThankYouPage:
    return pages.thank_you(History.of(*facts), order="1001", at=sample.ORDERED)


def test_a_first_order_is_welcomed_and_summed_up(pages: Pages) -> None:
    page = thanked(pages, sample.order(), sample.customer())
    assert page.title == "Thank you, and welcome"
    assert page.lead == (
        "This is your first order with us, and we are delighted about it: "
        "Knife set, 5 pieces and Chopping board."
    )
    assert (page.first, page.customer, page.number) == (True, "Asha", "1001")
    assert [(row.title, row.amount.minor) for row in page.rows] == [
        ("Knife set, 5 pieces", 249_900),
        ("Chopping board", 169_800),
        ("Delivery", 9_900),
    ]
    assert page.total.minor == sample.order().total.minor
    assert page.promised is not None
    assert page.ship_to[0] == "Asha Rao"


def test_who_came_back_reads_another_thanks(pages: Pages) -> None:
    before = evolve(sample.order(), id="900", at=sample.ORDERED - timedelta(days=30))
    page = thanked(pages, before, sample.order())
    assert page.title == "Thank you for your trust, once again"
    assert page.lead.startswith("It means a lot to us that you came back. This time you chose:")
    assert not page.first


def test_what_happens_next_follows_the_order(pages: Pages) -> None:
    page = thanked(pages, sample.order())
    assert page.next == (
        "We have received your order and are getting it ready.",
        "You hear from us as soon as it is on its way, with a link to follow it.",
        "Expected delivery: May 14\u2009–\u200916, 2026",
        "You can write to us at any time, before the parcel arrives and long after it.",
    )
    assert len(thanked(pages, evolve(sample.order(), promise=None)).next) == 3
    digital = Order(id="1001", at=ORDERED, currency="EUR", lines=(BOOK,))
    assert len(thanked(pages, digital).next) == 2


def test_the_day_is_the_customer_s_whatever_the_clocks_do(pages: Pages) -> None:
    day = date(2026, 10, 25)  # 25 hours long
    promised = Order(
        id="1001",
        at=ORDERED,
        currency="EUR",
        lines=(evolve(BOOK, requires_shipping=True),),
        zone=BERLIN,
        promise=Promise.days(day, day, zone=BERLIN),
    )
    page = thanked(pages, promised)
    assert page.promised is not None
    assert page.promised.text == "Sunday, October 25, 2026"
    assert (page.promised.start, page.promised.end) == (
        "2026-10-24T22:00:00+00:00",
        "2026-10-25T23:00:00+00:00",
    )


def test_a_guest_is_told_what_an_account_is_good_for(pages: Pages) -> None:
    page = thanked(pages, sample.order(), sample.customer())
    assert page.account is not None
    assert page.account.benefits[0] == "all orders, invoices and parcels in one place"
    assert page.account.url == "https://kitchen.example.com/account"
    html = pages.html(page)
    assert "You ordered as a guest. You can leave it at that." in html
    assert "delete both when you ask us to." in html


def test_nobody_with_an_account_is_asked_for_one(pages: Pages) -> None:
    member = evolve(sample.customer(), account="a1")
    page = thanked(pages, sample.order(), member)
    assert page.account is None
    assert "Open an account" not in pages.html(page)


def test_without_a_page_for_accounts_none_is_offered() -> None:
    plain = evolve(sample.shop(), links=Pairs())
    pages = Pages(Voice(shop=plain, sender="shop@example.com"))
    assert thanked(pages, sample.order()).account is None


def test_taxes_are_shown_as_the_prices_have_them(pages: Pages) -> None:
    taxed = Order(
        id="1001",
        at=ORDERED,
        currency="EUR",
        lines=(evolve(BOOK, taxes=(Tax(amount=Money(80, "EUR")),)),),
        gift_message="For you",
    )
    on_top = thanked(pages, taxed)
    assert on_top.tax is not None
    assert (on_top.tax.minor, on_top.total.minor) == (80, 580)
    html = pages.html(on_top)
    assert ">Tax<" in html
    assert "<blockquote><bdi>For you</bdi></blockquote>" in html
    within = thanked(pages, evolve(taxed, taxes_included=True))
    assert within.total.minor == 500
    assert ">Tax included<" in pages.html(within)
