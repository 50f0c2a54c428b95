from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from postpurchase.clv import Summarised, Unit, Worthless, summarise
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund
from postpurchase.errors import CurrencyMismatch

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)


def order(
    number: int, who: str | None, day: str, price: str = "10.00 EUR", **more: object
) -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=datetime.fromisoformat(day).replace(tzinfo=UTC),
        customer=who,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
        **more,  # type: ignore[arg-type]  # the fields that a case is about
    )


def back(amount: str, days_ago: float = 1) -> Refund:
    return Refund(id="r", at=AT - timedelta(days=days_ago), amount=Money.parse(amount))


ORDERS = [
    order(1, "ann", "2026-01-01T10:00"),
    order(2, "ann", "2026-01-01T23:00", "5.00 EUR"),
    order(3, "ann", "2026-01-11", "20.00 EUR"),
    order(4, "ann", "2026-03-01", "40.00 EUR", refunds=(back("10.00 EUR"),)),
    order(5, None, "2026-02-01", email="Bob@example.com"),
    order(6, None, "2026-02-11", email="bob@example.com", refunds=(back("10.00 EUR"),)),
    order(7, None, "2026-02-11"),
    order(8, "ann", "2026-02-02", cancellations=(Cancellation(id="c", at=AT),)),
    order(9, "ann", "2026-04-02"),
    order(10, "dan", "2026-03-02", refunds=(back("10.00 EUR"),)),
]


def rows(found: Summarised) -> list[tuple[str, float, float, float, float]]:
    each = found.summary
    columns = (each.frequency, each.recency, each.age, each.money)
    numbers = [[float(value) for value in column] for column in columns]
    return list(zip(each.customers, *numbers, strict=True))


def test_orders_by_local_days_net_of_what_came_back() -> None:
    found = summarise(ORDERS, at=AT, zone=UTC)
    assert rows(found)[0] == ("ann", 2, 59, 90, 25)
    assert rows(found)[1][:4] == ("bob@example.com", 0, 0, 59)
    assert np.isnan(found.summary.money[1])
    left = found.left_out
    assert (left.without_customer, left.not_counted, left.later) == (1, 1, 1)
    assert left.worthless_days == 2


def test_a_day_that_came_back_may_count() -> None:
    found = summarise(ORDERS, at=AT, zone=UTC, worthless=Worthless.A_PURCHASE, unit=Unit.WEEK)
    assert [row[0] for row in rows(found)] == ["ann", "bob@example.com", "dan"]
    assert rows(found)[1] == ("bob@example.com", 1, 10 / 7, 59 / 7, 0)
    assert found.left_out.worthless_days == 0


def test_a_day_of_which_only_a_part_is_worth_nothing_keeps_the_others() -> None:
    found = summarise([ORDERS[4], ORDERS[5]], at=AT, zone=UTC)
    assert len(found.summary) == 1


def test_days_are_the_shop_s_and_refunds_as_known_then() -> None:
    late = summarise(ORDERS[:2], at=AT, zone=ZoneInfo("Asia/Kolkata"))
    assert rows(late)[0][:4] == ("ann", 1, 1, 90)
    before = summarise([ORDERS[3]], at=AT - timedelta(days=2), zone=UTC)
    after = summarise([ORDERS[2], ORDERS[3]], at=AT - timedelta(days=2), zone=UTC)
    assert len(before.summary) == 1
    assert after.summary.money[0] == 40


def test_minor_units_become_money_of_the_currency() -> None:
    yen = [order(1, "ann", "2026-01-01", "900 JPY"), order(2, "ann", "2026-01-03", "700 JPY")]
    assert summarise(yen, at=AT, zone=UTC).summary.money[0] == 700
    with pytest.raises(CurrencyMismatch):
        summarise([*yen, ORDERS[4]], at=AT, zone=UTC)


def test_no_order_no_customer() -> None:
    assert len(summarise([], at=AT, zone=UTC).summary) == 0
