"""Writes invoices and credit notes."""

from datetime import datetime

from attrs import evolve

from postpurchase.domain.money import Money
from postpurchase.domain.order import Order, Refund
from postpurchase.errors import NotKept
from postpurchase.messages.pen import address
from postpurchase.messages.views import tidy
from postpurchase.pages import words
from postpurchase.pages.bill import Bill, charged, given_back
from postpurchase.pages.ink import Ink
from postpurchase.pages.invoice import Invoice, Labels, PaidBack, Paper
from postpurchase.pages.scene import Scene


def invoice(scene: Scene, number: str, /) -> Invoice:
    """The invoice for the order of a scene."""
    order, ink = scene.order, scene.ink
    title = ink.say(words.INVOICE_OF, number=tidy(number))
    paid, nothing = order.paid, Money.zero(order.currency)
    due = order.total - paid if order.payments else nothing
    return evolve(
        _paper(scene, charged(order, ink), Paper.INVOICE, title, number),
        refunds=tuple(
            PaidBack(day=ink.day(each.at), amount=ink.amount(each.amount))
            for each in sorted(order.refunds, key=_when)
        ),
        paid=ink.amount(paid) if paid else None,
        due=ink.amount(due) if due > nothing else None,
    )


def credit_note(scene: Scene, refund: str, number: str, corrects: str, /) -> Invoice:
    """The credit note for a refund of the order of a scene.

    Raises:
        NotKept: the order had no such refund at that instant.
    """
    order, ink = scene.order, scene.ink
    found = next((each for each in order.refunds if each.id == refund), None)
    if found is None:
        raise NotKept(noun="refund", id=refund)
    title = ink.say(words.CREDIT_NOTE_OF, number=tidy(number))
    note = _paper(scene, given_back(found, order, ink), Paper.CREDIT_NOTE, title, number)
    return evolve(note, corrects=tidy(corrects))


def _paper(scene: Scene, bill: Bill, paper: Paper, title: str, number: str) -> Invoice:
    order, ink = scene.order, scene.ink
    return Invoice(
        lang=ink.lang,
        dir=ink.dir,
        title=title,
        shop=scene.shop,
        at=ink.day(scene.at),
        paper=paper,
        number=tidy(number),
        order=scene.number,
        ordered=ink.day(order.at),
        buyer=_buyer(scene),
        ship_to=address(order.ship_to, ink.pen.tag),
        rows=bill.rows(ink),
        taxes=bill.tax_rows(ink),
        net=ink.amount(bill.net),
        tax=ink.amount(bill.tax),
        total=ink.amount(bill.total),
        note=_note(order, bill, ink),
        labels=Labels(**{name: ink.say(each) for name, each in words.LABELS.items()}),
    )


def _buyer(scene: Scene) -> tuple[str, ...]:
    order, name = scene.order, scene.customer.full_name
    to = address(order.bill_to or order.ship_to, scene.ink.pen.tag)
    return to or ((name,) if name else ())


def _note(order: Order, bill: Bill, ink: Ink) -> str:
    if not bill.tax:
        return ""
    return ink.say(words.INCLUDED if order.taxes_included else words.ON_TOP)


def _when(refund: Refund) -> datetime:
    return refund.at
