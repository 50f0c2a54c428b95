"""The invoice and the credit note: every amount to the minor unit, the sums those of the order."""

from enum import StrEnum, unique
from typing import ClassVar

from attrs import frozen

from postpurchase.messages.views import View
from postpurchase.pages.values import Amount, Page, When


@unique
class Paper(StrEnum):
    """Which of the two it is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@frozen(kw_only=True)
class Row(View):
    """Something that is charged: a line, the delivery, a fee.

    Attributes:
        quantity, written: how many units, as a number and written out; 0 and empty where it is
            not counted in units.
        unit: the price of one; None where it is not counted, or was given back.
        discount: what was taken off, as a negative amount; None where nothing was.
        amount: what is charged, discounts taken off.
        rate: the rates of its taxes, such as `9% + 9%`.
    """

    title: str
    options: str
    sku: str
    quantity: int
    written: str
    unit: Amount | None
    discount: Amount | None
    amount: Amount
    rate: str


@frozen(kw_only=True)
class TaxRow(View):
    """One tax at one rate: what it is taken of, and how much; `share` is the rate as a fraction."""

    name: str
    rate: str
    share: str
    base: Amount
    tax: Amount


@frozen(kw_only=True)
class PaidBack(View):
    """Money that went back, and on which day."""

    day: When
    amount: Amount


@frozen(kw_only=True)
class Labels(View):
    """What stands beside the amounts, in the invoice's language."""

    number: str
    issued: str
    corrects: str
    order: str
    ordered: str
    seller: str
    buyer: str
    ship_to: str
    item: str
    quantity: str
    unit: str
    discount: str
    rate: str
    amount: str
    base: str
    net: str
    tax: str
    total: str
    paid: str
    due: str
    refunded: str
    page: str


@frozen(kw_only=True)
class Invoice(Page):
    """An invoice, or a credit note.

    The seller is the page's `shop`, and `at` is the day of issue.

    Attributes:
        number: as the shop counts its invoices; the library counts none.
        corrects: the number of the invoice that a credit note is for.
        order, ordered: the order's number, and when it was placed.
        buyer, ship_to: addresses as lines.
        rows: what is charged; with the taxes, where they come on top, it is the `total`.
        taxes: what stands under each tax and rate; their `tax` together is the invoice's.
        net: the total without tax.
        note: whether the amounts of the rows include the taxes, in a sentence.
        refunds: what went back since, for an invoice.
        paid, due: what was paid, and what is still to pay; None where nothing is known of it, or
            nothing is due.
    """

    name: ClassVar[str] = "invoice"
    paper: Paper
    number: str
    corrects: str = ""
    order: str
    ordered: When
    buyer: tuple[str, ...]
    ship_to: tuple[str, ...]
    rows: tuple[Row, ...]
    taxes: tuple[TaxRow, ...]
    net: Amount
    tax: Amount
    total: Amount
    note: str
    refunds: tuple[PaidBack, ...] = ()
    paid: Amount | None = None
    due: Amount | None = None
    labels: Labels
