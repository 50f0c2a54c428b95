"""Retention as money, quoted figures and what would change, with worked cases."""

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mugs import VECTORS
from postpurchase import clv
from postpurchase.clv import (
    FirstPayment,
    OrderCosts,
    Payment,
    Standing,
    benchmark,
)
from postpurchase.domain.money import Money
from postpurchase.errors import CurrencyMismatch, InvalidFigure

# ------------------------------------------------------------------ retention


def test_the_margin_multiple_of_gupta_and_lehmann() -> None:
    case = VECTORS["margin-multiple-gupta-lehmann"]
    for (retention, rate), expected in zip(
        case["given"]["cases"], case["expected"]["multiple"], strict=True
    ):
        multiple = clv.retention_multiple(Decimal(str(retention)), Decimal(str(rate)))
        assert float(multiple) == pytest.approx(expected, abs=case["tolerance"])


def test_elasticity_and_lifetime_of_the_worked_cases() -> None:
    elasticity = VECTORS["retention-elasticity"]
    given = (Decimal(str(elasticity["given"][key])) for key in ("r", "i"))
    assert float(clv.retention_elasticity(*given)) == pytest.approx(
        elasticity["expected"]["elasticity"], abs=elasticity["tolerance"]
    )
    lifetime = VECTORS["churn-lifetime"]
    churn = 1 - Decimal(str(lifetime["given"]["retention"]))
    assert clv.expected_lifetime(churn) == Decimal(str(lifetime["expected"]["lifetime_periods"]))
    with pytest.raises(InvalidFigure, match="churn"):
        clv.expected_lifetime(Decimal(0))


def test_both_conventions_of_the_first_payment() -> None:
    margin, kept, rate = Money.parse("100.00 EUR"), Decimal("0.8"), Decimal("0.1")
    later = clv.retention_value(margin, kept, rate)
    now = clv.retention_value(margin, kept, rate, first=FirstPayment.NOW)
    assert (later, now) == (Money.parse("266.67 EUR"), Money.parse("366.67 EUR"))
    assert clv.retention_value(margin, kept, rate, first=FirstPayment.NOW, periods=1) == margin
    assert clv.retention_value(margin, Decimal(1), Decimal(0), periods=3) == margin * 3


@given(
    kept=st.decimals("0.01", "0.99", places=2),
    rate=st.decimals("0", "0.5", places=2),
    periods=st.integers(1, 60),
)
def test_finite_horizons_grow_towards_the_infinite_one(
    kept: Decimal, rate: Decimal, periods: int
) -> None:
    whole = clv.retention_multiple(kept, rate)
    short = clv.retention_multiple(kept, rate, periods=periods)
    longer = clv.retention_multiple(kept, rate, periods=periods + 1)
    assert short <= longer < whole + Decimal("1e-20")
    assert clv.retention_multiple(kept, rate, periods=3000) == pytest.approx(whole)
    now = clv.retention_multiple(kept, rate, first=FirstPayment.NOW)
    assert now - whole == pytest.approx(1)


def test_a_retention_for_each_period_is_summed_payment_by_payment() -> None:
    shares, rate = tuple(map(Decimal, ("0.5", "0.7", "0.9"))), Decimal("0.1")
    one, two, three = Decimal("0.5"), Decimal("0.35"), Decimal("0.315")
    paid = [one / Decimal("1.1"), two / Decimal("1.21"), three / Decimal("1.331")]
    assert clv.retention_multiple(shares, rate, periods=3) == pytest.approx(sum(paid))
    now = clv.retention_multiple(shares, rate, first=FirstPayment.NOW, periods=4)
    assert now == pytest.approx(1 + sum(paid))
    # The last share holds from there on.
    tail = paid[2] / (1 - Decimal("0.9") / Decimal("1.1"))
    assert clv.retention_multiple(shares, rate) == pytest.approx(paid[0] + paid[1] + tail)
    margin = Money.parse("100.00 EUR")
    assert clv.retention_value(margin, shares, rate, periods=1) == Money.parse("45.45 EUR")


@given(
    shares=st.lists(st.decimals("0", "0.99", places=2), min_size=1, max_size=6),
    rate=st.decimals("0", "0.5", places=2),
    first=st.sampled_from(FirstPayment),
    periods=st.none() | st.integers(1, 20),
)
def test_one_share_is_that_share_in_every_period(
    shares: list[Decimal], rate: Decimal, first: FirstPayment, periods: int | None
) -> None:
    alike = clv.retention_multiple(shares[:1] * 4, rate, first=first, periods=periods)
    one = clv.retention_multiple(shares[0], rate, first=first, periods=periods)
    assert alike == pytest.approx(one, abs=Decimal("1e-20"))
    whole = clv.retention_multiple(shares, rate, first=first)
    long = clv.retention_multiple(shares, rate, first=first, periods=4000)
    assert whole == pytest.approx(long, abs=Decimal("1e-9"))


def test_retention_that_rises_makes_a_customer_worth_more_than_its_first_share_says() -> None:
    """Retention rises with time because those likely to leave have left."""
    model = clv.SBG(alpha=0.668, beta=3.806)
    shares = tuple(Decimal(str(model.retention(n))) for n in range(1, 200))
    rate = Decimal("0.1")
    exact = sum(model.survival(n) / 1.1**n for n in range(200))
    now = clv.retention_multiple(shares, rate, first=FirstPayment.NOW, periods=200)
    assert float(now) == pytest.approx(exact)
    assert now > clv.retention_multiple(shares[0], rate, first=FirstPayment.NOW)


@pytest.mark.parametrize(
    ("kept", "rate", "periods", "wrong"),
    [
        ("1.1", "0.1", None, "retention: need a share"),
        ("0.5", "-0.1", None, "discount"),
        ("1", "0", None, "the sum has no end"),
        ("0.5", "0.1", 0, "periods"),
        ("NaN", "0.1", None, "retention: need a share"),
        ("0.5", "NaN", None, "discount: need a rate"),
        ("0.5", "Infinity", None, "discount: need a rate"),
    ],
)
def test_a_sum_without_an_end_is_refused(
    kept: str, rate: str, periods: int | None, wrong: str
) -> None:
    with pytest.raises(InvalidFigure, match=wrong):
        clv.retention_multiple(Decimal(kept), Decimal(rate), periods=periods)


def test_present_value_of_dated_payments() -> None:
    day = date(2026, 1, 1)
    paid = [
        Payment(day, Money.parse("-100.00 EUR")),
        Payment(day + timedelta(days=1461), Money.parse("146.41 EUR")),
    ]
    assert clv.present_value(paid, on=day, annual_rate=Decimal("0.1")) == Money.zero("EUR")
    assert clv.present_value(paid, on=day, annual_rate=Decimal(0)) == Money.parse("46.41 EUR")
    with pytest.raises(InvalidFigure, match="payments: need at least one"):
        clv.present_value([], on=day, annual_rate=Decimal(0))
    with pytest.raises(InvalidFigure, match="above -1"):
        clv.present_value(paid, on=day, annual_rate=Decimal(-1))
    with pytest.raises(CurrencyMismatch):
        clv.present_value(
            [*paid, Payment(day, Money.parse("1 JPY"))], on=day, annual_rate=Decimal(0)
        )


def test_payback_and_value_to_cost() -> None:
    cost, margin = Money.parse("25.00 EUR"), Money.parse("10.00 EUR")
    assert clv.payback(cost, [margin] * 9) == 3
    assert clv.payback(cost, [margin]) is None
    assert clv.payback(Money.zero("EUR"), []) == clv.payback(Money.zero("EUR"), [margin]) == 0
    assert clv.value_to_cost(Money.parse("75.00 EUR"), cost) == 3
    for wrong in (Money.zero("EUR"), Money.parse("5.00 USD")):
        with pytest.raises(InvalidFigure, match="acquisition_cost"):
            clv.value_to_cost(margin, wrong)


# ------------------------------------------------------------------ benchmarks and what if


def test_every_benchmark_is_a_quoted_figure_with_its_source() -> None:
    for each in clv.BENCHMARKS:
        assert each.low <= each.high
        assert each.source
        assert each.says.endswith(".")
    assert len({each.name for each in clv.BENCHMARKS}) == len(clv.BENCHMARKS) == 8


@pytest.mark.parametrize(
    ("own", "standing"),
    [("0.5", Standing.BELOW), ("0.6", Standing.WITHIN), ("0.71", Standing.ABOVE)],
)
def test_one_s_own_figure_beside_it(own: str, standing: Standing) -> None:
    comparison = benchmark.EXISTING_SALE.compare(Decimal(own))
    assert comparison.standing is standing
    assert f"{own} is {standing.value} the quoted 0.60 to 0.70" in str(comparison)
    assert "the quoted 5 (" in str(clv.ACQUISITION_COST.compare(Decimal(5)))


@pytest.mark.parametrize("own", [Decimal("NaN"), Decimal("Infinity"), 0.5])
def test_what_is_no_figure_stands_nowhere(own: Decimal) -> None:
    with pytest.raises(InvalidFigure, match="own: need a finite decimal"):
        clv.REFERRING.compare(own)


def test_five_points_of_retention() -> None:
    uplift = clv.retention_uplift(
        Money.parse("100.00 EUR"), Decimal("0.8"), Decimal("0.05"), discount=Decimal("0.1")
    )
    assert (uplift.before, uplift.after) == (Money.parse("266.67 EUR"), Money.parse("340.00 EUR"))
    assert uplift.change == pytest.approx(Decimal("0.275"), abs=Decimal("0.001"))
    nothing = clv.retention_uplift(
        Money.zero("EUR"), Decimal("0.8"), Decimal("0.05"), discount=Decimal("0.1")
    )
    assert nothing.change is None


def test_a_row_for_each_number_of_points() -> None:
    report = clv.retention_report(
        Money.parse("100.00 EUR"),
        Decimal("0.8"),
        *map(Decimal, ("-0.05", "0.05")),
        discount=Decimal("0.1"),
    )
    assert report.rows() == {
        "points": [Decimal("-0.05"), Decimal("0.05")],
        "before": [Decimal("266.67")] * 2,
        "after": [Decimal("214.29"), Decimal("340.00")],
        "change": [report.uplifts[0][1].change, report.uplifts[1][1].change],
        "currency": ["EUR", "EUR"],
    }
    shown = report._repr_html_()
    assert "<th>+5.00</th><td>266.67 EUR</td><td>340.00 EUR</td><td>+27.5%</td>" in shown
    nothing = clv.retention_report(
        Money.zero("EUR"), [Decimal("0.5"), Decimal("0.8")], Decimal("0.1"), discount=Decimal(0)
    )
    assert nothing.uplifts[0][1].change is None
    assert "<td>0.00 EUR</td><td></td>" in nothing._repr_html_()
    each = clv.retention_uplift(
        Money.parse("100.00 EUR"),
        [Decimal("0.5"), Decimal("0.8")],
        Decimal("0.1"),
        discount=Decimal("0.1"),
        periods=2,
    )
    assert (each.before, each.after) == (Money.parse("78.51 EUR"), Money.parse("99.17 EUR"))


@pytest.mark.parametrize("wrong", [Decimal("NaN"), Decimal("Infinity"), 0.05])
def test_points_are_a_finite_decimal(wrong: Decimal) -> None:
    with pytest.raises(InvalidFigure, match="points: need a rate above"):
        clv.retention_uplift(
            Money.parse("1.00 EUR"), Decimal("0.5"), wrong, discount=Decimal("0.1")
        )


def test_a_float_is_no_share_and_no_share_is_no_retention() -> None:
    with pytest.raises(InvalidFigure, match=r"retention: need a share .* got 0.8"):
        clv.retention_multiple(0.8, Decimal("0.1"))  # type: ignore[arg-type]  # that is the point
    with pytest.raises(InvalidFigure, match="one for each period"):
        clv.retention_multiple([], Decimal("0.1"))


def test_contacts_and_incentives() -> None:
    margin = Money.parse("20.00 EUR")
    worth = clv.contact_value(Decimal("0.65"), margin, Money.parse("1.00 EUR"))
    assert worth == Money.parse("12.00 EUR")
    incentive = clv.break_even_incentive(margin, Decimal("0.1"), Decimal("0.15"))
    assert incentive == Money.parse("6.66 EUR")
    assert clv.break_even_incentive(margin, Decimal("0.2"), Decimal("0.1")) == Money.zero("EUR")
    with pytest.raises(InvalidFigure, match="with_incentive: need above 0"):
        clv.break_even_incentive(margin, Decimal(0), Decimal(0))
    with pytest.raises(InvalidFigure, match="chance"):
        clv.contact_value(Decimal(2), margin, margin)


def test_what_an_order_costs_from_whom() -> None:
    costs = OrderCosts(
        acquisition=Money.parse("1000.00 EUR"),
        new_orders=40,
        keeping=Money.parse("100.00 EUR"),
        repeat_orders=20,
    )
    assert (costs.each_new, costs.each_repeat) == (
        Money.parse("25.00 EUR"),
        Money.parse("5.00 EUR"),
    )
    assert costs.ratio == 5
    free = OrderCosts(
        acquisition=costs.acquisition, new_orders=1, keeping=Money.zero("EUR"), repeat_orders=1
    )
    assert free.ratio is None
    with pytest.raises(InvalidFigure, match="one of each"):
        OrderCosts(
            acquisition=costs.acquisition, new_orders=0, keeping=costs.keeping, repeat_orders=1
        )


def test_formulas_need_no_numpy() -> None:
    code = (
        "import sys\n"
        "from postpurchase import clv\n"
        "clv.simple, clv.cohorts, clv.lifetimes, clv.retention_value, clv.BENCHMARKS, clv.Span\n"
        "clv.engagement_report, clv.contact_effect, clv.Audience, clv.second_orders\n"
        "assert 'numpy' not in sys.modules and 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # this interpreter
