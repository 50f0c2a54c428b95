"""What to show: the tracking page, the thank-you page and the invoice.

The same voice as the messages, pulled instead of pushed.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.pages.documents import invoices as invoices
    from postpurchase.pages.invoice import Invoice as Invoice
    from postpurchase.pages.invoice import Paper as Paper
    from postpurchase.pages.pages import Pages as Pages
    from postpurchase.pages.printing import pdf as pdf
    from postpurchase.pages.sheet import Face as Face
    from postpurchase.pages.thanks import ThankYouPage as ThankYouPage
    from postpurchase.pages.tracking import TrackingPage as TrackingPage
    from postpurchase.pages.values import Amount as Amount
    from postpurchase.pages.values import Page as Page
    from postpurchase.pages.values import Span as Span
    from postpurchase.pages.values import When as When
    from postpurchase.pages.way import Mark as Mark

__all__ = [
    "Amount",
    "Face",
    "Invoice",
    "Mark",
    "Page",
    "Pages",
    "Paper",
    "Span",
    "ThankYouPage",
    "TrackingPage",
    "When",
    "invoices",
    "pdf",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(
        __name__,
        {
            "postpurchase.pages.documents": ("invoices",),
            "postpurchase.pages.invoice": ("Invoice", "Paper"),
            "postpurchase.pages.pages": ("Pages",),
            "postpurchase.pages.printing": ("pdf",),
            "postpurchase.pages.sheet": ("Face",),
            "postpurchase.pages.thanks": ("ThankYouPage",),
            "postpurchase.pages.tracking": ("TrackingPage",),
            "postpurchase.pages.values": ("Amount", "Page", "Span", "When"),
            "postpurchase.pages.way": ("Mark",),
        },
    )


def __dir__() -> list[str]:
    return __all__
