"""The laws of pages, each quoting the sentence that it proves."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    Charge,
    ChargeKind,
    Discount,
    Line,
    Order,
    Promise,
    Refund,
    RefundLine,
    Shipping,
    Tax,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Eta, Flag, Scan, Shipment, Stage
from postpurchase.messages import Voice
from postpurchase.pages import Mark, Pages
from postpurchase.testing import sample

ORDERED = datetime(2026, 3, 2, 12, tzinfo=UTC)
END = ORDERED + timedelta(days=60)
PAGES = Pages(Voice(shop=sample.shop(), sender="shop@kitchen.example.com"))
ZONES = ("Asia/Kolkata", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "UTC")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


texts = st.text(max_size=40)
hours = st.integers(-48, 1200).map(lambda count: timedelta(hours=count))
rates = st.sampled_from([None, Decimal("0.07"), Decimal("0.19"), Decimal("0.0825")])
taxes = st.lists(
    st.builds(
        Tax,
        amount=st.integers(0, 9_999).map(eur),
        title=st.sampled_from(["", "VAT", "CGST"]),
        rate=rates,
    ),
    max_size=2,
).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    made = []
    for place in range(draw(st.integers(1, 3))):
        price, quantity = draw(st.integers(0, 99_999)), draw(st.integers(1, 5))
        off = draw(st.integers(0, price * quantity))
        made.append(
            Line(
                id=f"l{place}",
                sku=f"S{place}",
                title=draw(texts),
                unit_price=eur(price),
                quantity=quantity,
                options=Pairs(colour=draw(texts)),
                discounts=(Discount(amount=eur(off)),) if off else (),
                taxes=draw(taxes),
            )
        )
    return tuple(made)


orders = st.builds(
    Order,
    id=st.just("o1"),
    at=st.just(ORDERED),
    currency=st.just("EUR"),
    number=texts,
    lines=lines(),
    shipping=st.lists(
        st.builds(Shipping, price=st.integers(0, 999).map(eur), title=texts, taxes=taxes),
        max_size=2,
    ).map(tuple),
    charges=st.lists(
        st.builds(
            Charge,
            kind=st.sampled_from(ChargeKind),
            amount=st.integers(-50, 500).map(eur),
            tax=st.none() | st.integers(1, 99).map(eur),
        ),
        max_size=2,
    ).map(tuple),
    taxes_included=st.booleans(),
    zone=st.none() | st.sampled_from(ZONES).map(ZoneInfo),
    promise=st.none()
    | st.builds(
        lambda first, long: Promise(start=ORDERED + first, end=ORDERED + first + abs(long)),
        hours,
        hours,
    ),
)
scans = st.lists(
    st.builds(
        lambda after, stage, flag, place, text: Scan(
            at=ORDERED + after, stage=stage, flag=flag, place=place, text=text
        ),
        hours,
        st.sampled_from(Stage),
        st.none() | st.sampled_from(Flag),
        texts,
        texts,
    ),
    max_size=8,
).map(tuple)
etas = st.lists(
    st.builds(lambda said, comes: Eta.by(ORDERED + comes, as_of=ORDERED + said), hours, hours),
    max_size=2,
).map(tuple)
parcels = st.builds(
    Shipment,
    id=st.just("s1"),
    at=st.just(ORDERED),
    order=st.just("o1"),
    carrier=texts,
    number=texts,
    scans=scans,
    etas=etas,
)


@given(orders)
def test_an_invoice_adds_up_to_its_order(order: Order) -> None:
    """'Every amount to the minor unit, the sums those of the order.'"""
    page = PAGES.invoice(History.of(order), order="o1", number="1", at=END)
    amounts = sum(row.amount.minor for row in page.rows)
    on_top = 0 if order.taxes_included else page.tax.minor
    assert amounts + on_top == page.total.minor == order.total.minor
    assert page.net.minor + page.tax.minor == page.total.minor
    assert sum(each.tax.minor for each in page.taxes) == page.tax.minor == order.tax.minor
    assert {page.total.currency, page.net.currency, page.tax.currency} == {"EUR"}


@given(orders)
def test_the_bases_of_one_tax_each_tell_of_everything(order: Order) -> None:
    """'What bears no tax stands last, so that the bases tell of everything.'"""
    taxed = (*(line.taxes for line in order.lines), *(each.taxes for each in order.shipping))
    single = all(len(each) < 2 for each in taxed)
    page = PAGES.invoice(History.of(order), order="o1", number="1", at=END)
    if single and page.taxes:
        assert sum(each.base.minor for each in page.taxes) == page.net.minor


@given(
    orders,
    st.integers(1, 50_000),
    st.none() | st.integers(1, 900).map(eur),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9_000), st.integers(0, 900)), max_size=3),
)
def test_a_credit_note_adds_up_to_its_refund(
    order: Order, amount: int, shipping: Money | None, parts: list[tuple[int, int, int]]
) -> None:
    """'Its total is the refund's amount.'"""
    refund = Refund(
        id="r1",
        at=ORDERED,
        order="o1",
        amount=eur(amount),
        shipping=shipping,
        lines=tuple(
            RefundLine(line=f"l{place}", amount=eur(net), tax=eur(tax) if tax else None)
            for place, net, tax in parts
        ),
    )
    page = PAGES.credit_note(
        History.of(order, refund), order="o1", refund="r1", number="1", corrects="2", at=END
    )
    assert page.total.minor == amount
    assert sum(each.tax.minor for each in page.taxes) == page.tax.minor


@given(orders, parcels, hours)
def test_steps_are_never_out_of_order(order: Order, parcel: Shipment, after: timedelta) -> None:
    """'Those behind, at most one now, those ahead; their times never go back.'"""
    at = max(ORDERED, ORDERED + after)
    page = PAGES.tracking(History.of(order, parcel), order="o1", at=at)
    for part in page.parcels:
        marks = [step.mark for step in part.milestones]
        order_of = [Mark.DONE, Mark.NOW, Mark.AHEAD]
        assert marks == sorted(marks, key=order_of.index)
        assert marks.count(Mark.NOW) <= 1
        times = [step.when.at for step in part.milestones if step.when]
        assert times == sorted(times)
        assert not any(step.when for step in part.milestones if step.mark is Mark.AHEAD)
        dated = [each.when.at for each in part.seen if each.when]
        assert dated == sorted(dated)
        assert all(time <= at.isoformat() for time in dated)


@given(orders, parcels, hours)
def test_a_page_is_late_only_with_something_to_do(
    order: Order, parcel: Shipment, after: timedelta
) -> None:
    """'What to do when it does not come'; what has come is never late."""
    page = PAGES.tracking(History.of(order, parcel), order="o1", at=max(ORDERED, ORDERED + after))
    for part in page.parcels:
        assert not part.late or len(part.advice) >= 3
        assert not (part.late and part.delivered)
        assert part.expected is None or part.expected.end > page.at.at


@given(orders, parcels, st.sampled_from(["en", "hi", "ur", "bn"]))
def test_every_page_is_json_and_html_without_markup_of_others(
    order: Order, parcel: Shipment, locale: str
) -> None:
    """'JSON-serialisable, and HTML that needs no script', whatever people are called."""
    pages = Pages(Voice(shop=sample.shop(locale), sender="shop@kitchen.example.com"))
    history = History.of(order, parcel, sample.customer(locale, name="<b>&"))
    for page in (
        pages.tracking(history, order="o1", at=END),
        pages.thank_you(history, order="o1", at=END),
        pages.invoice(history, order="o1", number="<1>", at=END),
    ):
        assert json.loads(page.to_json()) == page.as_dict()
        html = pages.html(page)
        assert html.startswith("<!DOCTYPE html>")
        assert "<script" not in html
        assert "<b>" not in html
