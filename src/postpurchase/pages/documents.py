"""Invoices that a voice encloses in its messages."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.order import Order, PaymentState
from postpurchase.messages.facts import found
from postpurchase.messages.mime import Attachment
from postpurchase.messages.voice import Documents
from postpurchase.pages.invoice import Invoice
from postpurchase.pages.pages import Pages

_INVOICE: Final = "invoice"

Numbered: TypeAlias = Callable[[Order], str]
"""The number of an order's invoice, from the shop's own books; empty where there is none yet."""

Printed: TypeAlias = Callable[[Invoice], bytes]
"""An invoice as a PDF, such as `partial(pdf, faces=faces)`."""


def invoices(pages: Pages, /, *, number: Numbered, printed: Printed | None = None) -> Documents:
    """What brings a voice the invoices that it encloses: as PDF, or as HTML.

    ```
    voice = evolve(voice, documents=invoices(Pages(voice), number=books.number))
    ```

    It is issued when the last payment was captured, or else when the order became known, so that
    it is the same however often it is asked for: what is refunded later has a note of its own. A
    document of another name, or of an order without a number, is left to the shop.

    Args:
        pages: the pages of the same shop.
        number: tells the number of an order's invoice.
        printed: makes the PDF; without it the invoice is enclosed as HTML.
    """

    def bring(name: str, action: Action, history: History, /) -> Attachment | None:
        order = found(action, history).order
        counted = number(order) if order and name == _INVOICE else ""
        if order is None or not counted:
            return None
        page = pages.invoice(history, order=order.id, number=counted, at=_issued(order))
        mime, ending = ("application/pdf", "pdf") if printed else ("text/html", "html")
        content = printed(page) if printed else pages.html(page).encode()
        filename = f"{page.paper}-{page.number}.{ending}"
        return Attachment(document=name, filename=filename, mime=mime, content=content)

    return bring


def _issued(order: Order) -> datetime:
    captured = (each for each in order.payments if each.state is PaymentState.CAPTURED)
    return max((order.recorded_at, *(each.recorded_at for each in captured)))
