"""What results look like in a notebook."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import numpy as np
import pytest

from postpurchase import clv
from postpurchase.clv.shown import table
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Cells(HTMLParser):
    """The texts of all cells, and whether every tag that opens is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.open.append(tag)
        if tag in ("th", "td"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] in ("th", "td"):
            self.texts[-1] += data


def cells(html: str) -> dict[str, str]:
    """The heads of rows of two cells, and what stands beside them."""
    reader = Cells()
    reader.feed(html)
    assert reader.open == []
    return dict(zip(reader.texts[::2], reader.texts[1::2], strict=True))


def order(number: int, customer: str | None, day: int, price: str = "10.00 EUR") -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=NOW - timedelta(days=day),
        customer=customer,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
    )


ORDERS = [order(1, "ann", 300), order(2, "ann", 280), order(3, "bob", 100), order(4, None, 9)]


def test_everything_is_escaped() -> None:
    shown = table("<b>", {"<i>": "&"}, notes=["<p>"])
    assert shown == (
        "<table><caption>&lt;b&gt;</caption><tr><th>&lt;i&gt;</th><td>&amp;</td></tr></table>"
        "<p>&lt;p&gt;</p>"
    )


def test_lifetimes_and_second_orders() -> None:
    stay = clv.lifetimes(ORDERS, at=NOW, dormant_after=timedelta(days=90))
    assert cells(stay._repr_html_()) == {
        "customers": "3",
        "not dormant yet": "1",
        "stay 30 days": "100.0%",
        "stay 90 days": "50.0%",
        "stay 180 days": "0.0%",
        "stay 365 days": "0.0%",
        "mean, as far as seen": "100 days",
    }
    today = clv.lifetimes([order(5, "eve", 0)], at=NOW, dormant_after=timedelta(days=90))
    assert cells(today._repr_html_())["mean, as far as seen"] == ""
    again = clv.second_orders(ORDERS, at=NOW, zone=UTC)
    found = cells(again._repr_html_())
    assert (found["ordered again"], found["within 30 days"]) == ("1", "50.0%")
    assert found["half of them within"] == "20 days"
    waiting = clv.second_orders(ORDERS[2:], at=NOW, zone=UTC)
    assert cells(waiting._repr_html_())["half of them within"] == "not seen"


def test_repeat_business() -> None:
    year = Interval(NOW - timedelta(days=365), NOW)
    (found,) = clv.repeat_business(ORDERS, period=year)
    assert cells(found._repr_html_()) == {
        "customers": "3",
        "of them with two orders or more": "33.3%",
        "orders": "4",
        "of them not a first one": "25.0%",
        "orders for each customer": "1.33",
        "revenue": "40.00 EUR",
        "of it from returning orders": "25.0%",
    }
    (free,) = clv.repeat_business([order(1, "ann", 3, "0.00 EUR")], period=year)
    assert cells(free._repr_html_())["of it from returning orders"] == ""


def test_a_summary_and_what_was_left_out_of_it() -> None:
    found = clv.summarise(ORDERS, at=NOW, zone=UTC)
    shown = cells(found._repr_html_())
    assert shown["without customer"] == "1"
    assert shown["customers"] == "2"
    assert "worthless days" not in shown
    whole = clv.summarise(ORDERS[:3], at=NOW, zone=UTC)
    assert whole._repr_html_().endswith(
        "<caption>left out</caption><tr><th>nothing</th><td></td></tr></table>"
    )


def test_an_uplift_and_bounds() -> None:
    uplift = clv.retention_uplift(
        Money.parse("100.00 EUR"), Decimal("0.8"), Decimal("0.05"), discount=Decimal("0.1")
    )
    assert cells(uplift._repr_html_()) == {
        "now": "266.67 EUR",
        "then": "340.00 EUR",
        "change": "+27.5%",
    }
    value = np.arange(1.0, 13)
    bounds = clv.Bounds(value / 2, value, value * 2, 0.95)
    shown = bounds._repr_html_()
    assert "<caption>answers and their 95% bounds</caption>" in shown
    assert "<th>row 9</th><td>10 (5 to 20)</td>" in shown
    assert shown.endswith("</table><p>and 2 more rows</p>")
    few = clv.Bounds(value[:2], value[:2], value[:2], 0.5)
    assert few._repr_html_().endswith("</table>")


@pytest.mark.parametrize("count", [0, 10])
def test_bounds_of_few_rows_hide_nothing(count: int) -> None:
    value = np.ones(count)
    assert "more rows" not in clv.Bounds(value, value, value, 0.95)._repr_html_()
