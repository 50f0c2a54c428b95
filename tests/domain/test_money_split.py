import json
from pathlib import Path
from typing import Any

import pytest

from postpurchase.domain.money import Money
from postpurchase.errors import CurrencyMismatch, ImpossibleSplit

FOLDER = Path(__file__).parents[1] / "vectors"


def cases(name: str, prefix: str) -> list[dict[str, Any]]:
    read = json.loads((FOLDER / name).read_text("utf-8"))["vectors"]
    return [case for case in read if case["id"].startswith(prefix)]


TRACKING = [case for case in cases("tracking.json", "alloc-") if case["id"] != "alloc-14"]
REWARDS = cases("rewards.json", "alloc-")
PLAIN = [case for case in REWARDS if case["given"]["op"] == "allocate"]
FLOORS = [case for case in REWARDS if case["given"]["op"] == "allocate_with_floors"]


def minors(moneys: tuple[Money, ...]) -> list[int]:
    return [money.minor for money in moneys]


def test_every_case_is_used() -> None:
    assert len(TRACKING) == 5
    assert (len(PLAIN), len(FLOORS)) == (9, 2)


@pytest.mark.parametrize("case", TRACKING, ids=lambda case: case["id"])
def test_allocation_of_discounts(case: dict[str, Any]) -> None:
    given = case["given"]
    parts = Money(given["minor"], given["currency"]).allocate(given["weights"])
    assert minors(parts) == case["expected"]["minor"]


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["id"])
def test_allocation_of_rewards(case: dict[str, Any]) -> None:
    given = case["given"]
    parts = Money(given["amount_minor"], "EUR").allocate(given["weights"])
    assert minors(parts) == case["expected"]["parts"]


@pytest.mark.parametrize("case", FLOORS, ids=lambda case: case["id"])
def test_a_line_never_falls_below_its_floor(case: dict[str, Any]) -> None:
    given, expected = case["given"], case["expected"]
    lines = given["line_totals"]
    floors = given["minimum_line_totals"]
    tops = [Money(line - low, "EUR") for line, low in zip(lines, floors, strict=True)]
    amount = Money(given["amount_minor"], "EUR")
    placed = min(amount, Money.sum(tops, currency="EUR"))
    assert minors(placed.allocate_capped(lines, tops)) == expected["parts"]
    assert (amount - placed).minor == expected["unallocated"]
    if expected["unallocated"]:
        with pytest.raises(ImpossibleSplit):
            amount.allocate_capped(lines, tops)


@pytest.mark.parametrize(
    "weights",
    [[], [0, 0], [1, -1], [2, -1], [-1], [0.5, 0.5], [True, 2], [1, 1.0], ["a"], [1, None]],
)
def test_weights_that_share_nothing_out(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights are ints of zero or more") as caught:
        Money(100, "EUR").allocate(weights)
    assert isinstance(caught.value, ImpossibleSplit)
    assert caught.value.given == repr(tuple(weights))
    assert caught.value.what == "weights are ints of zero or more, one of them above zero"


def test_weights_that_can_be_read_only_once_lose_nothing() -> None:
    once: Any = (weight for weight in (1, 2))
    with pytest.raises(ImpossibleSplit, match="weights are ints of zero or more"):
        Money(100, "EUR").allocate(once)


def test_parts_keep_currency_and_order() -> None:
    assert Money(5, "KWD").allocate([45, 55]) == (Money(2, "KWD"), Money(3, "KWD"))
    assert Money(0, "KWD").allocate([1, 0]) == (Money(0, "KWD"), Money(0, "KWD"))


def test_split() -> None:
    assert minors(Money(100, "EUR").split(3)) == [34, 33, 33]
    assert minors(Money(-100, "EUR").split(3)) == [-34, -33, -33]
    assert minors(Money(100, "EUR").split(1)) == [100]


@pytest.mark.parametrize("parts", [0, -1, True, 2.0])
def test_split_into_nothing(parts: int) -> None:
    with pytest.raises(ImpossibleSplit, match="money is split into one part or more, got"):
        Money(100, "EUR").split(parts)


def test_ceilings_send_the_rest_to_the_others() -> None:
    tops = [Money(each, "EUR") for each in (10, 100, 100)]
    assert minors(Money(90, "EUR").allocate_capped([1, 1, 1], tops)) == [10, 40, 40]
    assert minors(Money(-90, "EUR").allocate_capped([1, 1, 1], tops)) == [-10, -40, -40]


def test_ceilings_fill_one_after_another() -> None:
    tops = [Money(each, "EUR") for each in (10, 45, 100)]
    assert minors(Money(150, "EUR").allocate_capped([5, 4, 1], tops)) == [10, 45, 95]


def test_a_ceiling_that_is_met_changes_nothing() -> None:
    tops = [Money(each, "EUR") for each in (34, 33, 33)]
    assert minors(Money(100, "EUR").allocate_capped([1, 1, 1], tops)) == [34, 33, 33]


def test_all_ceilings_full() -> None:
    tops = [Money(each, "EUR") for each in (1, 2, 3)]
    assert minors(Money(6, "EUR").allocate_capped([9, 1, 1], tops)) == [1, 2, 3]


def test_a_ceiling_of_zero_gets_nothing() -> None:
    tops = [Money(0, "EUR"), Money(1, "EUR")]
    assert minors(Money(1, "EUR").allocate_capped([9, 1], tops)) == [0, 1]
    with pytest.raises(ImpossibleSplit, match=r"room for -0\.02 EUR, got 0\.01 EUR"):
        Money(-2, "EUR").allocate_capped([9, 1], tops)


def test_a_part_without_weight_has_no_room() -> None:
    tops = [Money(each, "EUR") for each in (50, 50)]
    assert minors(Money(50, "EUR").allocate_capped([1, 0], tops)) == [50, 0]
    with pytest.raises(ImpossibleSplit) as caught:
        Money(51, "EUR").allocate_capped([1, 0], tops)
    assert str(caught.value) == (
        "the ceilings must have room for 0.51 EUR, got 0.50 EUR: allocate no more than their sum"
    )


def test_ceilings_that_cannot_be_meant() -> None:
    money = Money(1, "EUR")
    with pytest.raises(ImpossibleSplit, match="each weight needs one ceiling, got 2 weights and 1"):
        money.allocate_capped([1, 1], [money])
    with pytest.raises(ImpossibleSplit, match=r"a ceiling is zero or more, got Money\.parse"):
        money.allocate_capped([1], [Money(-1, "EUR")])
    with pytest.raises(CurrencyMismatch):
        money.allocate_capped([1], [Money(1, "USD")])
    with pytest.raises(ImpossibleSplit, match="weights are ints"):
        money.allocate_capped([0], [money])
