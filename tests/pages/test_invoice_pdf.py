"""The invoice on paper: its words, its pages, its bytes."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from attrs import evolve
from pypdf import PdfReader

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Discount, Line, Payment, Tax
from postpurchase.errors import LettersMissing, UnreadableFace
from postpurchase.messages import Voice
from postpurchase.pages import Face, Invoice, Pages, pdf
from postpurchase.testing import sample

Faces = dict[str, tuple[Face, ...]]


def invoice(locale: str = "en", lines: tuple[Line, ...] = (), **more: object) -> Invoice:
    pages = Pages(Voice(shop=sample.shop(locale), sender="shop@kitchen.example.com"))
    order = sample.order(locale)
    changed = evolve(order, lines=lines or order.lines, **more)  # type: ignore[arg-type]  # the changes of a test
    history = History.of(sample.customer(locale), changed)
    return pages.invoice(history, order="1001", number="INV-7", at=sample.ORDERED)


def text_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def test_what_is_written_can_be_read_back(noto: Faces) -> None:
    paid = Payment(id="p", at=sample.ORDERED, amount=sample.order().total - sample.order().subtotal)
    page = invoice(payments=(evolve(paid, amount=sample.order().lines[0].unit_price),))
    (text,) = text_of(pdf(page, faces=noto["en"]))
    lines = text.split("\n")
    shown = [row.amount.text for row in page.rows] + [page.total.text]
    assert page.paid is not None
    assert page.due is not None
    for each in (
        *("Kitchen & Co Ltd", "GSTIN 27ABCDE1234F1Z5", "Invoice INV-7", "Asha Rao", "May 11, 2026"),
        *("Knife set, 5 pieces (black)", "Delivery", "Invoice INV-7 · Page 1"),
        *(page.paid.text, page.due.text, *shown),
    ):
        assert each in lines


def test_the_document_says_what_it_is(noto: Faces) -> None:
    reader = PdfReader(BytesIO(pdf(invoice("ur"), faces=noto["ur"])))
    assert reader.metadata is not None
    assert reader.metadata.title == "انوائس INV-7"
    assert reader.metadata.author == "Kitchen & Co Ltd"
    assert reader.metadata.creation_date == datetime(2026, 5, 11, 9, tzinfo=UTC)
    assert str(reader.root_object["/Lang"]) == "ur"


SCRIPTS = {"hi": r"[^\u0900-\u097f]", "bn": r"[^\u0980-\u09ff]", "ur": r"[^\u0600-\u06ff]"}


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("hi", ("भारत", "ऑर्डर", "वस्तु", "मात्रा", "आशाराव")),
        ("bn", ("ভারত", "পণ্য", "নম্বর", "আশারাও")),
        ("ur", ("بھارت", "نمبر", "رقم")),
    ],
)
def test_indic_and_arabic_scripts_are_shaped(
    noto: Faces, locale: str, words: tuple[str, ...]
) -> None:
    text = "\n".join(text_of(pdf(invoice(locale), faces=noto[locale])))
    # A mark is a glyph beside its letter; the reader gives those that no letter stands for as junk.
    letters = re.sub(SCRIPTS[locale], "", text)
    for word in words:
        assert word in letters
    assert "Kitchen & Co Ltd" in text
    assert "4,296.00" in text


def test_the_same_invoice_has_the_same_bytes(noto: Faces) -> None:
    page, faces = invoice("ur"), noto["ur"]
    first = pdf(page, faces=faces)
    assert pdf(page, faces=faces) == first
    assert pdf(evolve(page, number="INV-8"), faces=faces) != first


def test_taxes_stand_in_a_table_of_their_own(noto: Faces) -> None:
    base = sample.order().lines[0]
    tax = Tax(amount=Money(44_982, "INR"), title="GST", rate=Decimal("0.18"))
    taxed = evolve(base, taxes=(tax,), discounts=(Discount(amount=Money(100, "INR")),))
    (text,) = text_of(pdf(invoice(lines=(taxed,)), faces=noto["en"]))
    for each in ("Tax rate", "18%", "Taxable amount", "GST 18%", "₹449.82", "Total without tax"):
        assert each in text
    assert "-₹1.00" in text
    assert "Tax is added to the prices." in text


def test_a_line_that_has_no_room_stands_on_the_next_page(noto: Faces) -> None:
    lines = ("Somebody", *(f"line {n}" for n in range(60)))
    texts = text_of(pdf(evolve(invoice(), buyer=lines, ship_to=()), faces=noto["en"]))
    assert len(texts) == 2
    assert "line 59" in texts[1]


def test_a_long_invoice_goes_on_with_the_names_of_its_columns(noto: Faces) -> None:
    base = sample.order().lines[0]
    lines = tuple(
        evolve(base, id=f"l{n}", title=f"Item number {n} with a rather long name " * 2)
        for n in range(40)
    )
    texts = text_of(pdf(invoice(lines=lines), faces=noto["en"]))
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert f"Invoice INV-7 · Page {number}" in text
    assert all("Unit price" in text for text in texts[:2])
    assert sum(text.count("(black)") for text in texts) == 40


def test_a_bold_face_may_be_missing_and_addresses_too(noto: Faces) -> None:
    thin = (evolve(noto["en"][0], bold=b""),)
    page = invoice(ship_to=None)
    text = text_of(pdf(evolve(page, buyer=()), faces=thin))[0]
    assert "Billed to" not in text
    assert "Invoice INV-7" in text


def test_two_addresses_stand_beside_each_other(noto: Faces) -> None:
    page = evolve(invoice(), buyer=("Somebody else", "Pune"))
    text = text_of(pdf(page, faces=noto["en"]))[0]
    for each in ("Billed to", "It goes to", "Somebody else", "Asha Rao"):
        assert each in text


def test_refunds_and_corrections_are_printed(noto: Faces) -> None:
    pages = Pages(Voice(shop=sample.shop(), sender="shop@kitchen.example.com"))
    end = sample.ORDERED + timedelta(days=30)
    history = sample.history()
    bill = pages.invoice(history, order="1001", number="INV-7", at=end)
    assert "Refunded · May 20, 2026" in text_of(pdf(bill, faces=noto["en"]))[0]
    note = pages.credit_note(
        history, order="1001", refund="r1", number="CN-1", corrects="INV-7", at=end
    )
    text = text_of(pdf(note, faces=noto["en"]))[0]
    assert "Credit note CN-1" in text
    assert "For invoice" in text
    assert "Unit price" not in text  # what goes back has none


def test_letters_that_no_face_has_are_named(noto: Faces) -> None:
    with pytest.raises(LettersMissing, match="add one of that script") as caught:
        pdf(invoice("hi"), faces=noto["en"])
    assert "भ" in caught.value.letters


def test_what_is_no_font_is_refused() -> None:
    with pytest.raises(UnreadableFace, match="face 0 is no font") as caught:
        pdf(invoice(), faces=(Face(regular=b"no font"),))
    assert caught.value.place == 0
    assert caught.value.why
