"""Invoices that a voice encloses."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial

from attrs import evolve

import postpurchase.pages
from postpurchase.domain import kinds
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, Payment, PaymentState
from postpurchase.messages import Voice
from postpurchase.pages import Face, Pages, invoices, pdf
from postpurchase.testing import sample

VOICE = Voice(shop=sample.shop(), sender="shop@kitchen.example.com")


def number(order: Order) -> str:
    return f"INV-{order.number}"


def test_the_thank_you_mail_encloses_the_invoice_as_pdf(noto: dict[str, tuple[Face, ...]]) -> None:
    printed = partial(pdf, faces=noto["en"])
    voice = evolve(VOICE, documents=invoices(Pages(VOICE), number=number, printed=printed))
    message = voice.compose(sample.action(kinds.THANK_YOU), sample.history())
    (enclosed,) = message.attachments
    assert (enclosed.document, enclosed.mime) == ("invoice", "application/pdf")
    assert enclosed.filename == "invoice-INV-1001.pdf"
    assert enclosed.content.startswith(b"%PDF-")
    sent = message.to_bytes(date=sample.ORDERED, message_id="<k1@kitchen.example.com>")
    parsed = message_from_bytes(sent, policy=SMTP)
    (part,) = parsed.iter_attachments()
    assert part.get_filename() == "invoice-INV-1001.pdf"
    assert part.get_content() == enclosed.content


def test_without_a_printer_it_is_html() -> None:
    voice = evolve(VOICE, documents=invoices(Pages(VOICE), number=number))
    message = voice.compose(sample.action(kinds.INVOICE), sample.history())
    (enclosed,) = message.attachments
    assert (enclosed.filename, enclosed.mime) == ("invoice-INV-1001.html", "text/html")
    assert "Invoice INV-1001" in enclosed.content.decode()


def test_an_invoice_is_the_same_whenever_it_is_asked_for() -> None:
    bring = invoices(Pages(VOICE), number=number)
    action = sample.action(kinds.INVOICE)
    later = evolve(action, target=action.target + timedelta(days=3))
    assert bring("invoice", action, sample.history()) == bring("invoice", later, sample.history())


def test_it_is_issued_when_it_was_paid_and_stays_so() -> None:
    day = timedelta(days=1)
    order = sample.order(refunds=(sample.refund(),))
    pending = Payment(
        id="p0", at=order.at + 3 * day, amount=order.total, state=PaymentState.PENDING
    )
    paid = Payment(id="p1", at=order.at + 2 * day, amount=order.total)
    history = History.of(sample.customer(), evolve(order, payments=(paid, pending)))
    bring = invoices(Pages(VOICE), number=number)
    enclosed = bring("invoice", sample.action(kinds.INVOICE), history)
    assert enclosed is not None
    html = enclosed.content.decode()
    assert "May 13, 2026" in html
    assert ">Paid<" in html
    assert "Refunded" not in html


def test_what_is_no_invoice_or_has_no_number_is_left_to_the_shop() -> None:
    action = sample.action(kinds.INVOICE)
    assert invoices(Pages(VOICE), number=number)("terms", action, sample.history()) is None
    unnumbered = invoices(Pages(VOICE), number=lambda _: "")
    assert unnumbered("invoice", action, sample.history()) is None
    assert invoices(Pages(VOICE), number=number)("invoice", action, History.of()) is None


def test_the_room_names_its_words() -> None:
    assert "Pages" in dir(postpurchase.pages)
    assert "Invoice" in dir(postpurchase.pages)
