import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.draw import held_out, unit, variant
from postpurchase.errors import InvalidDraw, PostPurchaseError

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "journey.json").read_text("utf-8"))[
    "assignment_vectors"
]
SHARES = st.decimals(0, 1, places=4)
WEIGHTS = st.dictionaries(st.text(min_size=1), st.integers(0, 100), min_size=1).filter(
    lambda weights: any(weights.values())
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['salt']}|{case['unit_id']}")
def test_every_language_draws_the_same(case: dict[str, Any]) -> None:
    drawn = unit(case["salt"], case["unit_id"])
    assert round(drawn, 9) == case["unit"]
    below, above = Decimal(drawn), Decimal(drawn) + Decimal("1e-16")
    assert not held_out(case["salt"], case["unit_id"], below)
    assert held_out(case["salt"], case["unit_id"], above)
    assert not held_out(case["salt"], case["unit_id"], drawn)


def test_a_salt_draws_anew() -> None:
    assert unit("2026H2", "C1") != unit("2027H1", "C1")


def test_draws_spread_evenly() -> None:
    ids = [f"C{number}" for number in range(4000)]
    assert 330 < sum(held_out("2026H2", each, Decimal("0.1")) for each in ids) < 470
    names = Counter(variant("subject", each, {"plain": 3, "bold": 1, "never": 0}) for each in ids)
    assert set(names) == {"plain", "bold"}
    assert 900 < names["bold"] < 1100


def test_a_variant_is_where_its_draw_falls() -> None:
    assert unit("subject:thank_you:v1", "C1") < 0.5 < unit("subject:thank_you:v1", "C2")
    halves = {"a": 1, "b": 1}
    assert variant("subject:thank_you:v1", "C1", halves) == "a"
    assert variant("subject:thank_you:v1", "C2", halves) == "b"
    assert variant("subject:thank_you:v1", "C1", {"b": 1, "a": 1}) == "b"


@given(st.text(), st.text(), SHARES, SHARES)
def test_who_is_left_out_stays_so_at_a_larger_share(
    salt: str, unit_id: str, one: Decimal, two: Decimal
) -> None:
    small, large = sorted([one, two])
    assert held_out(salt, unit_id, small) <= held_out(salt, unit_id, large)
    assert held_out(salt, unit_id, large) == (Decimal(unit(salt, unit_id)) < large)


@given(st.text(), st.text())
def test_nobody_and_everybody(salt: str, unit_id: str) -> None:
    assert 0 <= unit(salt, unit_id) < 1
    assert not held_out(salt, unit_id, Decimal(0))
    assert not held_out(salt, unit_id, 0)
    assert held_out(salt, unit_id, Decimal(1))
    assert held_out(salt, unit_id, 1.0)


@given(st.text(), st.text(), WEIGHTS, st.integers(1, 9))
def test_only_the_proportions_of_weights_count(
    salt: str, unit_id: str, weights: dict[str, int], scale: int
) -> None:
    name = variant(salt, unit_id, weights)
    assert weights[name]
    assert variant(salt, unit_id, {key: size * scale for key, size in weights.items()}) == name
    names = list(weights)
    below = sum(weights[each] for each in names[: names.index(name)])
    drawn = Decimal(unit(salt, unit_id)) * sum(weights.values())
    assert below <= drawn < below + weights[name]


@pytest.mark.parametrize(
    "share",
    [Decimal("-0.1"), Decimal("1.1"), -0.1, 1.0001, float("nan"), float("inf"), Decimal("NaN")],
)
def test_a_share_lies_within_0_to_1(share: Decimal | float) -> None:
    with pytest.raises(ValueError, match="a share lies within 0 to 1, got") as caught:
        held_out("2026H2", "C1", share)
    assert isinstance(caught.value, InvalidDraw)
    assert isinstance(caught.value, PostPurchaseError)
    assert caught.value.given == repr(share)
    assert str(caught.value).endswith(": write 0.1 for 10 %")


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 1, "b": -1}, {"a": 0.5}, {"a": True}])
def test_weights_that_nothing_can_be_drawn_by(weights: dict[str, int]) -> None:
    with pytest.raises(InvalidDraw, match="weights are ints of zero or more, one of them above"):
        variant("subject", "C1", weights)
