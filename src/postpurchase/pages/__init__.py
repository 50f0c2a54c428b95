"""What to show: the tracking page, the thank-you page and the invoice.

The same voice as the messages, pulled instead of pushed.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.pages.documents import Numbered as Numbered
    from postpurchase.pages.documents import Printed as Printed
    from postpurchase.pages.documents import invoices as invoices
    from postpurchase.pages.invoice import Invoice as Invoice
    from postpurchase.pages.invoice import Labels as Labels
    from postpurchase.pages.invoice import PaidBack as PaidBack
    from postpurchase.pages.invoice import Paper as Paper
    from postpurchase.pages.invoice import Row as Row
    from postpurchase.pages.invoice import TaxRow as TaxRow
    from postpurchase.pages.pages import Pages as Pages
    from postpurchase.pages.printing import pdf as pdf
    from postpurchase.pages.sheet import Face as Face
    from postpurchase.pages.thanks import AccountPart as AccountPart
    from postpurchase.pages.thanks import ThankYouPage as ThankYouPage
    from postpurchase.pages.tracking import TrackingPage as TrackingPage
    from postpurchase.pages.tracking import Waiting as Waiting
    from postpurchase.pages.values import Amount as Amount
    from postpurchase.pages.values import Item as Item
    from postpurchase.pages.values import Page as Page
    from postpurchase.pages.values import Span as Span
    from postpurchase.pages.values import When as When
    from postpurchase.pages.way import LegPart as LegPart
    from postpurchase.pages.way import Mark as Mark
    from postpurchase.pages.way import Milestone as Milestone
    from postpurchase.pages.way import ParcelPart as ParcelPart
    from postpurchase.pages.way import Seen as Seen

__all__ = [
    "AccountPart",
    "Amount",
    "Face",
    "Invoice",
    "Item",
    "Labels",
    "LegPart",
    "Mark",
    "Milestone",
    "Numbered",
    "Page",
    "Pages",
    "PaidBack",
    "Paper",
    "ParcelPart",
    "Printed",
    "Row",
    "Seen",
    "Span",
    "TaxRow",
    "ThankYouPage",
    "TrackingPage",
    "Waiting",
    "When",
    "invoices",
    "pdf",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(
        __name__,
        {
            "postpurchase.pages.documents": ("Numbered", "Printed", "invoices"),
            "postpurchase.pages.invoice": (
                "Invoice",
                "Labels",
                "PaidBack",
                "Paper",
                "Row",
                "TaxRow",
            ),
            "postpurchase.pages.pages": ("Pages",),
            "postpurchase.pages.printing": ("pdf",),
            "postpurchase.pages.sheet": ("Face",),
            "postpurchase.pages.thanks": ("AccountPart", "ThankYouPage"),
            "postpurchase.pages.tracking": ("TrackingPage", "Waiting"),
            "postpurchase.pages.values": ("Amount", "Item", "Page", "Span", "When"),
            "postpurchase.pages.way": ("LegPart", "Mark", "Milestone", "ParcelPart", "Seen"),
        },
    )


def __dir__() -> list[str]:
    return __all__
