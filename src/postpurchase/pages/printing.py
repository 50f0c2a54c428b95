"""An invoice as PDF, in Latin, Indic and Arabic scripts; needs the extra `pdf`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from postpurchase.pages.invoice import Invoice, Row, TaxRow
from postpurchase.pages.sheet import Cell, Face, Side, sheet

_BODY: Final = 9.5
_SMALL: Final = 8.5
_ITEM: Final = (0.0, 76.0)
_COUNT: Final = (76.0, 14.0)
_UNIT: Final = (92.0, 30.0)
_RATE: Final = (122.0, 20.0)
_AMOUNT: Final = (142.0, 32.0)
_LABEL: Final = (0.0, 40.0)
_VALUE: Final = (42.0, 132.0)
_SUM: Final = (76.0, 64.0)
_HALVES: Final = ((0.0, 84.0), (90.0, 84.0))
_WHOLE: Final = (0.0, 174.0)


def pdf(invoice: Invoice, /, *, faces: tuple[Face, ...]) -> bytes:
    """An invoice or a credit note as a PDF document of A4 pages.

    The same invoice and faces give the same bytes, with the same versions of the extra; the day
    of issue is the document's own date.

    Args:
        invoice: what stands on it.
        faces: the fonts; of the first one that has a letter it is taken, so the face of the
            script comes before the one for Latin letters.

    Raises:
        LettersMissing: no face has some of the letters.
        UnreadableFace: a face is no TrueType or OpenType font.
        MissingExtra: the extra `pdf` is not installed.
    """
    paper = sheet(
        faces,
        direction=invoice.dir,
        foot=f"{invoice.title} · {invoice.labels.page}",
    )
    paper.named(
        title=invoice.title,
        author=invoice.shop.legal_name or invoice.shop.name,
        lang=invoice.lang,
        at=datetime.fromisoformat(invoice.at.at),
    )
    for block in (_head(invoice), _parties(invoice)):
        for cells in block:
            paper.line(cells)
    paper.gap(4)
    paper.table(_columns(invoice), [_row(each) for each in invoice.rows])
    paper.gap(3)
    for cells in _sums(invoice):
        paper.line(cells)
    if invoice.taxes:
        paper.gap(6)
        paper.table(_tax_columns(invoice), [_tax_row(each) for each in invoice.taxes])
    if invoice.note:
        paper.gap(3)
        paper.line([Cell(invoice.note, *_WHOLE, size=_SMALL)])
    return paper.done()


def _head(invoice: Invoice) -> Iterator[list[Cell]]:
    shop, labels = invoice.shop, invoice.labels
    yield [Cell(shop.legal_name or shop.name, *_WHOLE, size=13, style="B")]
    for line in (*shop.address, shop.legal_id):
        yield [Cell(line, *_WHOLE, size=_SMALL)]
    yield [Cell("", *_WHOLE, size=8)]
    yield [Cell(invoice.title, *_WHOLE, size=18, style="B")]
    facts = (
        (labels.number, invoice.number),
        (labels.issued, invoice.at.text),
        (labels.corrects, invoice.corrects),
        (labels.order, invoice.order),
        (labels.ordered, invoice.ordered.text),
    )
    for label, value in facts:
        if value:
            yield [Cell(label, *_LABEL, size=_BODY), Cell(value, *_VALUE, size=_BODY)]


def _parties(invoice: Invoice) -> Iterator[list[Cell]]:
    labels, elsewhere = invoice.labels, invoice.ship_to != invoice.buyer
    sides = [(labels.buyer, invoice.buyer)]
    if elsewhere:
        sides.append((labels.ship_to, invoice.ship_to))
    columns = [
        (place, (label, *lines))
        for place, (label, lines) in zip(_HALVES, sides, strict=False)
        if lines
    ]
    if columns:
        yield [Cell("", *_WHOLE, size=4)]
    for at in range(max((len(lines) for _, lines in columns), default=0)):
        yield [
            Cell(lines[at], *place, size=_BODY, style="" if at else "B")
            for place, lines in columns
            if at < len(lines)
        ]


def _columns(invoice: Invoice) -> list[Cell]:
    labels = invoice.labels
    counted = any(row.unit for row in invoice.rows)
    return [
        Cell(labels.item, *_ITEM, size=_SMALL),
        Cell(labels.quantity, *_COUNT, size=_SMALL, side=Side.END),
        Cell(labels.unit if counted else "", *_UNIT, size=_SMALL, side=Side.END),
        Cell(labels.rate if invoice.taxes else "", *_RATE, size=_SMALL, side=Side.END),
        Cell(labels.amount, *_AMOUNT, size=_SMALL, side=Side.END),
    ]


def _row(row: Row) -> list[Cell]:
    title = f"{row.title} ({row.options})" if row.options else row.title
    if row.discount:
        title = f"{title}\n{row.discount.text}"
    return [
        Cell(title, *_ITEM, size=_BODY),
        Cell(row.written, *_COUNT, size=_BODY, side=Side.END),
        Cell(row.unit.text if row.unit else "", *_UNIT, size=_BODY, side=Side.END),
        Cell(row.rate, *_RATE, size=_BODY, side=Side.END),
        Cell(row.amount.text, *_AMOUNT, size=_BODY, side=Side.END),
    ]


def _sums(invoice: Invoice) -> Iterator[list[Cell]]:
    labels = invoice.labels
    sums = [(labels.net, invoice.net, ""), (labels.tax, invoice.tax, "")]
    if not invoice.tax.minor:
        sums = []
    sums.append((labels.total, invoice.total, "B"))
    more = [(labels.paid, invoice.paid), (labels.due, invoice.due)]
    sums += [(label, amount, "") for label, amount in more if amount]
    sums += [(f"{labels.refunded} · {each.day.text}", each.amount, "") for each in invoice.refunds]
    for label, amount, style in sums:
        yield [
            Cell(label, *_SUM, size=_BODY, style=style, side=Side.END),
            Cell(amount.text, *_AMOUNT, size=_BODY, style=style, side=Side.END),
        ]


def _tax_columns(invoice: Invoice) -> list[Cell]:
    labels = invoice.labels
    return [
        Cell(labels.tax, *_ITEM, size=_SMALL),
        Cell(labels.base, *_SUM, size=_SMALL, side=Side.END),
        Cell(labels.tax, *_AMOUNT, size=_SMALL, side=Side.END),
    ]


def _tax_row(tax: TaxRow) -> list[Cell]:
    return [
        Cell(f"{tax.name} {tax.rate}".strip(), *_ITEM, size=_BODY),
        Cell(tax.base.text, *_SUM, size=_BODY, side=Side.END),
        Cell(tax.tax.text, *_AMOUNT, size=_BODY, side=Side.END),
    ]
