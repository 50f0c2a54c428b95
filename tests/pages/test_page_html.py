"""Pages as JSON and as HTML: no script, nothing that escapes, in both directions."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

import cattrs
import pytest
from attrs import evolve, resolve_types
from typing_extensions import override

from postpurchase.domain.history import History
from postpurchase.domain.order import Order, Payment
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Scan, Stage
from postpurchase.errors import BudgetExhausted, NoWords, UnsafeTemplate, VariableMissing
from postpurchase.messages import Budget, Theme, Voice
from postpurchase.messages.views import ShopView
from postpurchase.pages import Page, Pages
from postpurchase.testing import sample

LOCALES = ("en", "hi", "ur", "bn")
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}\u202e\x00"
VOID = {"meta", "img", "br", "input", "link"}


def shown(locale: str = "en", name: str = "") -> tuple[Pages, tuple[Page, ...]]:
    """The shop's pages, and one of each kind."""
    pages = Pages(Voice(shop=sample.shop(locale), sender="shop@kitchen.example.com"))
    history = sample.history(locale, name=name)
    late = sample.ORDERED + timedelta(days=5, hours=20)
    end = sample.ORDERED + timedelta(days=20)
    return pages, (
        pages.tracking(history, order="1001", at=late, shows=(sample.suggestions(locale),)),
        pages.thank_you(history, order="1001", at=sample.ORDERED),
        pages.invoice(history, order="1001", number="INV-7", at=sample.ORDERED),
        pages.credit_note(
            history, order="1001", refund="r1", number="CN-1", corrects="INV-7", at=end
        ),
    )


class Nesting(HTMLParser):
    """Every element, with its attributes; a tag that closes another one than was open is odd."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.odd: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.odd.append(tag)


def read(html: str) -> Nesting:
    parser = Nesting()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_is_well_formed_and_needs_no_script(locale: str) -> None:
    pages, kinds = shown(locale)
    for page in kinds:
        html = pages.html(page)
        seen = read(html)
        assert (seen.odd, seen.open) == ([], []), page.name
        assert "script" not in {tag for tag, _ in seen.tags}
        assert not any(name.startswith("on") for _, attrs in seen.tags for name in attrs)
        language, way = ({"lang": locale, "dir": "rtl" if locale == "ur" else "ltr"}).values()
        assert seen.tags[0] == ("html", {"lang": language, "dir": way})
        assert html.count("<h1>") == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_brand_is_on_every_page(locale: str) -> None:
    pages, kinds = shown(locale)
    for page in kinds:
        html = pages.html(page)
        assert "Kitchen &amp; Co" in html
        for name, url in sample.shop(locale).categories.items():
            assert f'<a href="{url}"><bdi>{name}</bdi></a>' in html
        assert "help@kitchen.example.com" in html


def test_the_shop_s_policies_are_linked_where_it_has_them() -> None:
    links = Pairs(returns="https://kitchen.example.com/returns", privacy="javascript:x")
    pages = Pages(Voice(shop=evolve(sample.shop(), links=links), sender="shop@example.com"))
    html = pages.html(pages.thank_you(sample.history(), order="1001", at=sample.ORDERED))
    assert '<li><a href="https://kitchen.example.com/returns">Returns</a></li>' in html
    for missing in ("Contact", "Privacy", "Terms"):
        assert f">{missing}<" not in html


def test_a_logo_has_the_name_of_the_shop() -> None:
    logo = evolve(sample.shop(), logo="https://kitchen.example.com/logo.png")
    pages = Pages(Voice(shop=logo, sender="shop@example.com"))
    html = pages.html(pages.thank_you(sample.history(), order="1001", at=sample.ORDERED))
    assert 'src="https://kitchen.example.com/logo.png" alt="Kitchen &amp; Co"' in html


@pytest.mark.parametrize("locale", ["hi", "ur", "bn"])
def test_nothing_is_left_in_english(locale: str) -> None:
    english = {text for page in shown("en")[1] for text in words(page)}
    for page in shown(locale)[1]:
        assert not english & words(page), page.name


def words(page: Page) -> set[str]:
    """What the page itself says, beside facts: its title, advice, names of steps, labels."""
    plain = page.as_dict()
    found = {page.title} if not re.search(r"\d", page.title) else set()
    labels = plain.get("labels")
    if isinstance(labels, dict):
        found |= {str(each) for each in labels.values()}
    for name in ("next", "lead", "note"):
        value = plain.get(name)
        found |= {str(each) for each in value} if isinstance(value, list) else {str(value)}
    found |= set(re.findall(r'"(?:status|name)": "([A-Z][a-z ]+)"', page.to_json()))
    return found - {"None", "", "Delivery"}


def test_a_page_goes_through_json_and_comes_back_as_it_was() -> None:
    resolve_types(ShopView)  # it names what stands below it
    for page in shown("ur")[1]:
        text = page.to_json()
        plain = json.loads(text)
        assert plain == page.as_dict()
        assert not re.search(r"[<>&]", text)
        if page.name != "tracking":  # its blocks are of whatever type their room has
            converter = cattrs.Converter()
            assert converter.structure(plain, type(page)) == page


def test_json_holds_words_and_bare_values_and_nothing_else() -> None:
    def leaves(value: object) -> set[type]:
        if isinstance(value, dict):
            return set().union(*(leaves(each) for each in value.values()), set())
        if isinstance(value, list):
            return set().union(*(leaves(each) for each in value), set())
        return {type(value)}

    for page in shown()[1]:
        assert leaves(page.as_dict()) <= {str, int, bool, type(None)}


def test_hostile_names_are_shown_and_do_nothing() -> None:
    order = evolve(
        sample.order(),
        number=HOSTILE,
        gift_message=HOSTILE,
        lines=tuple(evolve(line, title=HOSTILE) for line in sample.order().lines),
        url="javascript:alert(1)",
    )
    parcel = evolve(
        sample.parcel(),
        carrier=HOSTILE,
        number=HOSTILE,
        url="data:text/html,x",
        scans=(Scan(at=sample.ORDERED, stage=Stage.IN_TRANSIT, place=HOSTILE, text=HOSTILE),),
    )
    pages, _ = shown()
    history = History.of(sample.customer(name=HOSTILE), order, parcel)
    at = sample.ORDERED + timedelta(days=1)
    for page in (
        pages.tracking(history, order="1001", at=at),
        pages.thank_you(history, order="1001", at=at),
        pages.invoice(history, order="1001", number=HOSTILE, at=at),
    ):
        html = pages.html(page)
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "javascript:" not in html
        assert "data:text" not in html
        assert "\u202e" not in html
        assert "\x00" not in html
        assert read(html).odd == []


def test_values_are_set_apart_where_words_run_from_the_right() -> None:
    pages, (tracking, _, invoice, _) = shown("ur")
    assert invoice.title == "انوائس \u2068INV-7\u2069"
    html = pages.html(tracking)
    assert "<bdi>BD123456789IN</bdi>" in html
    assert "text-align:start" in html
    assert not re.search(r"(?:margin|padding)-(?:left|right)", html)


def test_a_shop_may_word_lay_out_and_colour_its_pages_itself() -> None:
    voice = Voice(
        shop=sample.shop(),
        sender="shop@example.com",
        theme=Theme(brand="#aa0000", radius=3),
        sentences=Pairs(en=Pairs({"Thank you, and welcome": "Hooray!"})),
        templates=Pairs(
            {
                "pages/thank_you.j2": '{% extends "!core/pages/thank_you.j2" %}'
                "{% block footer %}<footer>{{ page.total.text }} {{ page.lead }}</footer>"
                "{% endblock %}"
            }
        ),
    )
    pages = Pages(voice)
    html = pages.html(pages.thank_you(sample.history(), order="1001", at=sample.ORDERED))
    assert "<h1>Hooray!</h1>" in html
    assert "<footer>₹4,296.00 This is your first order" in html
    assert "--brand:#aa0000" in html
    assert "border-radius:3px" in html


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{{ page.secret }}", VariableMissing),
        ("{{ page.to_json() }}", UnsafeTemplate),
        ("{% for a in range(99999) %}{% endfor %}", BudgetExhausted),
    ],
)
def test_a_shop_s_template_stays_in_the_sandbox(template: str, fault: type[Exception]) -> None:
    voice = Voice(
        shop=sample.shop(),
        sender="shop@example.com",
        templates=Pairs({"pages/thank_you.j2": template}),
        budget=Budget(steps=5000),
    )
    pages = Pages(voice)
    page = pages.thank_you(sample.history(), order="1001", at=sample.ORDERED)
    with pytest.raises(fault):
        pages.html(page)


def test_a_page_of_the_shop_s_own_needs_a_template_of_its_own() -> None:
    pages, (page, *_) = shown()

    class Own(Page):
        name = "own"

    own = Own(lang="en", dir=page.dir, title="Mine", shop=page.shop, at=page.at)
    with pytest.raises(NoWords):
        pages.html(own)
    voice = evolve(pages.voice, templates=Pairs({"pages/own.j2": "<p>{{ page.title }}</p>"}))
    assert Pages(voice).html(own) == "<p>Mine</p>"


def test_the_same_facts_make_the_same_page() -> None:
    one, other = shown("bn"), shown("bn")
    assert one[1] == other[1]
    assert [one[0].html(page) for page in one[1]] == [other[0].html(page) for page in other[1]]


def test_a_paid_order_says_so() -> None:
    pages, _ = shown()
    order: Order = sample.order()
    paid = evolve(order, payments=(Payment(id="p", at=order.at, amount=order.total),))
    page = pages.invoice(History.of(paid), order="1001", number="1", at=order.at)
    assert "Paid" in pages.html(page)
