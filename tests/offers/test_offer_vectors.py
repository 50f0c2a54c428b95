"""The worked cases of other systems: what offers take off."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import Customer
from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.offer import Gift
from postpurchase.domain.order import (
    Cancellation,
    Line,
    Order,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.offers import (
    AmountOff,
    BuyGet,
    GiftWith,
    Lane,
    Limit,
    Mode,
    PercentOff,
    Promotion,
    Quote,
    Scope,
    Stacking,
    Step,
    StepPercent,
    Validity,
    quote,
    usage,
)
from worked import CASES, NOON, Case, Checks, checked, eur, instant, major, named, order


def allocate_with_floors(given: Case, expected: Case) -> None:
    made = asked(
        order(*[eur(each) for each in given["line_totals"]]),
        Promotion(id="a", gives=AmountOff(amounts=(eur(given["amount_minor"]),))),
        floors=Pairs({f"l{n}": eur(each) for n, each in enumerate(given["minimum_line_totals"])}),
    )
    assert parts_of(made, "a", len(given["line_totals"])) == expected["parts"]
    decision = made.why("a")
    assert decision
    cut = [reason for reason in decision.reasons if hasattr(reason, "left")]
    assert sum(reason.left.minor for reason in cut) == expected["unallocated"]


def lines_of(given: Case) -> Order:
    if isinstance(given["lines"][0], str):
        return order(*map(major, given["lines"]))
    return Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=tuple(
            Line(
                id=f"l{n}",
                sku=f"s{n}",
                unit_price=major(each["price"]),
                quantity=each["qty"],
            )
            for n, each in enumerate(given["lines"])
        ),
    )


def asked(
    bought: Order,
    *offers: Promotion,
    floors: Pairs[Money] = Pairs(),
    mode: Mode = Mode.ALL,
) -> Quote:
    stacking = Stacking((Lane("", mode),))
    return quote(bought, offers=offers, at=NOON, floors=floors, stacking=stacking)


def parts_of(made: Quote, offer: str, lines: int) -> list[int]:
    found = next(each for each in made.adjustments if each.offer == offer)
    parts = {id: part.minor for id, part in found.lines}
    return [parts.get(f"l{n}", 0) for n in range(lines)]


def percent_off(given: Case, expected: Case) -> None:
    scope = Scope.EACH_LINE if given.get("basis") == "each line" else Scope.TOGETHER
    offer = Promotion(id="p", gives=PercentOff(percent=Decimal(given["percent"]), scope=scope))
    if "unit_price" in given:
        bought = order(major(given["unit_price"]), units=given["quantity"])
        assert asked(bought, offer).discount == major(expected["discount"])
        even = Promotion(
            id="p",
            gives=PercentOff(percent=Decimal(given["percent"]), rounding=Rounding.HALF_EVEN),
        )
        assert asked(bought, even).discount == major("14.98")
        return
    bought = order(*map(eur, given["line_totals_minor"]))
    made = asked(bought, offer)
    assert parts_of(made, "p", len(bought.lines)) == expected["parts"]
    assert made.discount == eur(expected["total"])


def promotions(given: Case, rounding: Rounding = Rounding.HALF_UP) -> list[Promotion]:
    made = []
    for place, each in enumerate(given["promotions"]):
        rate = each.get("percent")
        scope = Scope.TOGETHER if each.get("allocation") == "across" else Scope.EACH_LINE
        gives = (
            PercentOff(
                percent=Decimal(rate), scope=scope, units=each.get("max_items"), rounding=rounding
            )
            if rate
            else AmountOff(amounts=(major(each["fixed"]),), scope=scope)
        )
        made.append(Promotion(id=f"p{place}", gives=gives, priority=-place))
    return made


def stack(given: Case, expected: Case) -> None:
    if "orders" in given:
        _by_priority(given, expected)
    elif "A" in given:
        _checked_again(expected)
    elif "list_total" in given:
        _both_levels(given, expected)
    elif "half_down" in expected:
        for name in ("half_down", "half_up"):
            offers = promotions(given, Rounding(name))
            assert asked(lines_of(given), *offers).discount == major(expected[name])
    else:
        _stacked(given, expected)


def _stacked(given: Case, expected: Case) -> None:
    mode = Mode.ALL_FROM_START if given["mode"].startswith("parallel") else Mode.ALL
    bought, offers = lines_of(given), promotions(given)
    made = asked(bought, *offers, mode=mode)
    if "total_discount" in expected:
        assert made.discount == major(expected["total_discount"])
    for place, parts in enumerate(expected.get("per_promotion", ())):
        wanted = [major(part).minor for part in parts]
        assert parts_of(made, f"p{place}", len(bought.lines)) == wanted
    for count, total in enumerate(expected.get("totals_after_each", ()), start=1):
        assert asked(bought, *offers[:count], mode=mode).total == major(total)


def _by_priority(given: Case, expected: Case) -> None:
    known = {
        "10%": PercentOff(percent=Decimal(10)),
        "290 off": AmountOff(amounts=(major("290"),)),
    }
    for names, total in zip(given["orders"], expected["totals"], strict=True):
        offers = [
            Promotion(id=name, gives=known[name], priority=-place)
            for place, name in enumerate(names)
        ]
        assert asked(lines_of(given), *offers).total == major(total)


def _checked_again(expected: Case) -> None:
    bought = order(eur(500), units=3)
    for name, a, b in (("A_then_B", 1, 0), ("B_then_A", 0, 1)):
        made = asked(
            bought,
            Promotion(id="A", gives=PercentOff(percent=Decimal(50)), units=3, priority=a),
            Promotion(id="B", gives=PercentOff(percent=Decimal(10)), minimum=eur(1000), priority=b),
        )
        assert made.total == eur(expected[name]["total"])
        assert [each.offer for each in made.adjustments] == expected[name]["applied"]


def _both_levels(given: Case, expected: Case) -> None:
    product = Decimal(given["product_promotion_percent"])
    voucher = Decimal(given["order_voucher_percent"])
    made = asked(
        order(major(given["list_total"])),
        Promotion(id="product", gives=PercentOff(percent=product, scope=Scope.EACH_LINE)),
        Promotion(id="voucher", gives=PercentOff(percent=voucher)),
    )
    assert made.total == major(expected["total"])


def fixed_order(given: Case, expected: Case) -> None:
    offer = Promotion(id="f", gives=AmountOff(amounts=(major(given["amount"]),)))
    if "lines" in given:
        assert asked(lines_of(given), offer).discount == major(expected["discount"])
        return
    for case, total in zip(given["cases"], expected["totals"], strict=True):
        assert asked(order(major(case["subtotal"])), offer).total == major(total)


def step_percent(given: Case, expected: Case) -> None:
    steps = tuple(Step(major(floor), Decimal(rate)) for floor, rate in given["steps"])
    offer = Promotion(id="s", gives=StepPercent(steps=steps))
    for units, total in zip(given["quantities"], expected["totals"], strict=True):
        bought = order(major(given["unit_price"]), units=units)
        assert asked(bought, offer).total == major(total)


def buy_3_cheapest_free(given: Case, expected: Case) -> None:
    gives = BuyGet(buy=2, get=1, times=given["applications"])
    bought = lines_of(given)
    assert asked(bought, Promotion(id="b", gives=gives)).discount == major(expected["discount"])
    consumed = (gives.buy + gives.get) * given["applications"]
    units = sum(line.quantity for line in bought.lines)
    assert (consumed, units - consumed) == (expected["items_consumed"], expected["items_left"])


def buy_x_get_x(given: Case, expected: Case) -> None:
    units = given["line"]["qty"]
    total = Decimal(given["line"]["subtotal"])
    price = Money.of(total / units, "EUR", rounding=Rounding.DOWN)
    gives = BuyGet(buy=given["buy"], get=given["get"])
    made = asked(order(price, units=units), Promotion(id="b", gives=gives))
    assert made.discount == major(expected["discount"])


def fixed_on_items(given: Case, expected: Case) -> None:
    lines = tuple(
        Line(id=name, sku=name, unit_price=eur(price)) for name, price in given["lines"].items()
    )
    bought = Order(id="1", at=NOON, currency="EUR", lines=lines)
    selection = Selection(skus=tuple(given["eligible"]))
    gives = AmountOff(amounts=(eur(given["amount_minor"]),), selection=selection)
    made = asked(bought, Promotion(id="a", gives=gives))
    parts = dict(made.adjustments[0].lines)
    assert {line.id: parts.get(line.id, eur(0)).minor for line in lines} == expected["parts"]
    assert made.total == eur(expected["total"])


def gift_quantity(given: Case, expected: Case) -> None:
    offer = Promotion(id="g", gives=GiftWith(gift=Gift(sku="free"), per=3))
    for units, gifts in zip(given["paid_units"], expected["gifts"], strict=True):
        found = asked(order(eur(100), units=units), offer).gifts
        assert sum(times for _, times in found) == gifts


def coupon_valid_through_date(given: Case, expected: Case) -> None:
    last, zone = date.fromisoformat(given["date"]), ZoneInfo(given["timezone"])
    assert Validity(last=last, zone=zone).ends == instant(expected["ends_at"])


def usage_after_cancelling(_: Case, __: Case) -> None:
    redeemed = CouponRedeemed(id="r", at=NOON, code="ONCE", order="1")
    cancelled = Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=order(eur(100)).lines,
        cancellations=(Cancellation(id="c", at=NOON),),
    )
    customer = Customer(id="C1", at=NOON)
    offer = Promotion(
        id="once", code="ONCE", gives=PercentOff(percent=Decimal(10)), limit=Limit(each=1)
    )
    for history, holds in (
        (History.of(customer, redeemed, order(eur(100))), False),
        (History.of(customer, redeemed, cancelled), True),
    ):
        used = usage([history], scopes=Pairs(ONCE="once"), customer="C1")
        made = quote(order(eur(100)), offers=(offer,), at=NOON, codes=("once",), known=Known(used))
        assert bool(made.why("once")) is holds


CHECKS: Checks = {
    "allocate_with_floors": allocate_with_floors,
    "buy_3_cheapest_free": buy_3_cheapest_free,
    "buy_x_get_x": buy_x_get_x,
    "coupon_valid_through_date": coupon_valid_through_date,
    "fixed_on_items": fixed_on_items,
    "fixed_order": fixed_order,
    "gift_quantity": gift_quantity,
    "percent": percent_off,
    "stack": stack,
    "step_percent": step_percent,
    "usage": usage_after_cancelling,
}


@pytest.mark.parametrize("case", checked(CHECKS), ids=named)
def test_a_worked_case(case: Case) -> None:
    CHECKS[case["given"]["op"]](case["given"], case["expected"])


def test_no_case_is_left_out() -> None:
    """The other cases are those of rewards."""
    others = {
        "allocate",
        "allocate_price",
        "billing_dates",
        "birthday_guard",
        "budget",
        "clawback",
        "deferred_revenue",
        "earn",
        "expiry",
        "idempotency",
        "inactivity_expiry",
        "redeem",
        "redeem_catalog",
        "referral",
        "refund_clawback",
        "replay",
        "tier_by_balance",
        "tier_reevaluate",
    }
    assert len(CASES) == 68
    assert {case["given"]["op"] for case in CASES} - set(CHECKS) == others
