"""What a refusal says, word for word: what it is about, what it needs and what it got."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from postpurchase import clv
from postpurchase.clv import (
    BGBB,
    BGNBD,
    MBGCNBD,
    SBG,
    FirstPayment,
    GammaGamma,
    OrderCosts,
    ParetoNBD,
    PurchaseLog,
    Span,
    Summary,
    Unit,
)
from postpurchase.clv.model import Fit
from postpurchase.domain.money import Money
from postpurchase.errors import InvalidFigure

MODEL = BGNBD(r=0.243, alpha=4.414, a=0.793, b=2.426, unit=Unit.WEEK)
SPEND = GammaGamma(p=6.25, q=3.74, v=15.44)
OCCASIONS = BGBB(alpha=1.2, beta=0.75, gamma=0.66, delta=2.78)
RENEWALS = SBG(alpha=0.668, beta=3.806)
NOBODY = Summary(frequency=[], recency=[], age=[])
ONE = Summary(frequency=[2], recency=[30.43], age=[38.86], unit=Unit.WEEK)
EUROS = Money.parse("1.00 EUR")
LOG = PurchaseLog.of(np.array([0, 0, 1]), np.array([0.0, 3.0, 4.0]), unit=Unit.DAY, length=9)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _restored(**changes: object) -> object:
    return BGNBD.from_dict({**BGNBD.fit(ONE).to_dict(), **changes})


CASES: list[tuple[Callable[[], object], str]] = [
    (lambda: BGNBD(r=-1, alpha=1, a=1, b=1), "r: need a positive finite number, got -1"),
    (lambda: BGNBD.fit(NOBODY), "customers: need at least one to fit on, got 0"),
    (lambda: BGBB.fit(NOBODY), "customers: need at least one to fit on, got 0"),
    (lambda: ParetoNBD.from_dict({"model": "x"}), "model: need Pareto/NBD, got 'x'"),
    (lambda: BGNBD.from_json("[]"), "BG/NBD: need a JSON object, got []"),
    (
        lambda: MODEL.discounted_purchases(ONE, annual_rate=0),
        "annual_rate: need above 0 when no horizon is given, for the sum may have no end, got 0",
    ),
    (
        lambda: MODEL.next_purchase(ONE, 1.5),
        "chance: need a probability between 0 and 1, got 1.5",
    ),
    (
        lambda: MODEL.falls_below(ONE, 0.0),
        "level: need a probability between 0 and 1, got 0.0",
    ),
    (
        lambda: MODEL.chance(ONE, -1, 4),
        "purchases: need 0 or more, a whole number, got -1",
    ),
    (
        lambda: MODEL.discounted_purchases(ONE, 4, annual_rate=-0.1),
        "annual_rate: need a fraction of 0 or more, such as 0.1 for 10 %, got -0.1",
    ),
    (lambda: Span(0, Unit.DAY), "count: need a positive number of units, got 0"),
    (lambda: MODEL.purchases(ONE, -4), "count: need a positive number of units, got -4"),
    (
        lambda: clv.future_value(MODEL, SPEND, ONE, 52, annual_rate=0.1, margin=2.0),
        "margin: need a share above 0, up to 1, got 2.0",
    ),
    (
        lambda: GammaGamma.fit(ONE),
        "money: need a customer with a repeat purchase of positive value, got 1",
    ),
    (
        lambda: clv.independence(ONE),
        "summary: need customers who differ in frequency and in spending, got 0",
    ),
    (lambda: OCCASIONS.discounted_purchases(ONE, rate=0), "rate: need above 0 a period, got 0"),
    (lambda: OCCASIONS.new(-1), "occasions: need 0 or more, got -1"),
    (
        lambda: OCCASIONS.alive(Summary(frequency=[1], recency=[1.5], age=[2])),
        "recency: need whole numbers of occasions, got 1.5",
    ),
    (
        lambda: OCCASIONS.alive(Summary(frequency=[3], recency=[2], age=[4])),
        (
            "frequency: need at most one purchase at each occasion up to the last one used, "
            "got 'more purchases than occasions'"
        ),
    ),
    (lambda: RENEWALS.retention(0), "renewal: need 1 or more, got 0"),
    (lambda: RENEWALS.survival(-1), "renewals: need 0 or more, got -1"),
    (lambda: RENEWALS.residual(1, rate=0), "rate: need above 0 a period, got 0"),
    (SBG.fit, "cohorts: need one or more, got 0"),
    (
        lambda: SBG.fit([9, 10]),
        (
            "cohort: need customers at the beginning and after each renewal, never more than "
            "before, got (9, 10)"
        ),
    ),
    (
        lambda: MBGCNBD(r=1, alpha=1, a=1, b=1, k=0),
        "k: need 1 stage or more, a whole number, got 0",
    ),
    (
        lambda: clv.fit_covariates(BGNBD, ONE, {}),
        "covariates: need these: (), got ()",
    ),
    (
        lambda: clv.fit_covariates(BGNBD, ONE, {"vip": [1, 2]}),
        "vip: need 1 finite numbers, got (2,)",
    ),
    (
        lambda: clv.fit_covariates(MBGCNBD, ONE, {"vip": [1]}),
        "kind: need BGNBD, MBGNBD or ParetoNBD, got 'MBGCNBD'",
    ),
    (
        lambda: clv.simulate(MODEL, customers=0, length=9, generator=np.random.default_rng(1)),
        "customers: need 1 or more, got 0",
    ),
    (
        lambda: clv.simulate(
            MODEL, customers=1, length=9, arrivals=10, generator=np.random.default_rng(1)
        ),
        "arrivals: need at most the length, 9, got 10.0",
    ),
    (
        lambda: clv.simulate(
            MODEL, customers=1, length=9, returns=2, generator=np.random.default_rng(1)
        ),
        "returns: need a share between 0 and 1, got 2",
    ),
    (
        lambda: clv.tracking(MODEL, LOG, [1]),
        "model: need time in days, got 'week'",
    ),
    (
        lambda: clv.frequency_recency(MODEL, age=0, most=3),
        "matrix: need an age above 0, and a frequency of 1 or more, got (0, 3)",
    ),
    (
        lambda: clv.alive_over_time(MODEL, [0, 5], until=4),
        "purchases: need one or more, none after the end, got (0, 5)",
    ),
    (
        lambda: clv.backtest(LOG, BGNBD.fit, origins=[8], horizon=3),
        "origins: need one or more, the last at most 6, got (8,)",
    ),
    (
        lambda: clv.retention_multiple((), Decimal("0.1"), first=FirstPayment.NOW),
        "retention: need a share, or one for each period, got ()",
    ),
    (
        lambda: clv.retention_multiple(Decimal("0.8"), Decimal(-1), first=FirstPayment.NOW),
        "discount: need a rate above -1, such as Decimal('0.1') for 10 %, got Decimal('-1')",
    ),
    (
        lambda: clv.retention_multiple(Decimal("0.8"), Decimal("-0.1"), first=FirstPayment.NOW),
        "discount: need a rate of 0 or more a period, got Decimal('-0.1')",
    ),
    (
        lambda: clv.retention_multiple(Decimal(1), Decimal(0), first=FirstPayment.NOW),
        (
            "retention: need below 1 + discount, for else the sum has no end; give periods, "
            "got Decimal('1')"
        ),
    ),
    (
        lambda: clv.retention_multiple(
            Decimal("0.8"), Decimal(0), first=FirstPayment.NOW, periods=0
        ),
        "periods: need 1 or more, got 0",
    ),
    (
        lambda: clv.retention_multiple(Decimal(2), Decimal(0), first=FirstPayment.NOW),
        "retention: need a share from 0 to 1, such as Decimal('0.8'), got Decimal('2')",
    ),
    (
        lambda: clv.expected_lifetime(Decimal(0)),
        "churn: need a share above 0, up to 1, got Decimal('0')",
    ),
    (
        lambda: clv.present_value([], on=NOW.date(), annual_rate=Decimal(0)),
        "payments: need at least one, got 0",
    ),
    (
        lambda: clv.present_value([], on=NOW.date(), annual_rate=Decimal(-1)),
        "annual_rate: need a rate above -1, such as Decimal('0.1') for 10 %, got Decimal('-1')",
    ),
    (
        lambda: clv.value_to_cost(EUROS, Money.zero("EUR")),
        f"acquisition_cost: need a positive amount in EUR, got {Money.zero('EUR')!r}",
    ),
    (
        lambda: OrderCosts(acquisition=EUROS, new_orders=0, keeping=EUROS, repeat_orders=2),
        "orders: need one of each or more, got (0, 2)",
    ),
    (
        lambda: clv.break_even_incentive(EUROS, Decimal("0.1"), Decimal(0)),
        "with_incentive: need above 0, got Decimal('0')",
    ),
    (
        lambda: clv.break_even_incentive(EUROS, Decimal(2), Decimal(1)),
        "chance: need a share from 0 to 1, such as Decimal('0.8'), got Decimal('2')",
    ),
    (
        lambda: clv.contact_value(Decimal(2), EUROS, EUROS),
        "chance: need a share from 0 to 1, such as Decimal('0.8'), got Decimal('2')",
    ),
    (
        lambda: clv.lifetimes([], at=NOW, dormant_after=timedelta(days=90)),
        (
            "lifetimes: need an order that was not cancelled, and a day or more without one for "
            "dormancy, got (0, datetime.timedelta(days=90))"
        ),
    ),
    (
        lambda: clv.second_orders([], at=NOW, zone=UTC),
        "orders: need one that was not cancelled, got 0",
    ),
    (
        lambda: clv.next_order([], zone=UTC, usual=30),
        "orders: need at least one that was not cancelled, got 0",
    ),
    (
        lambda: clv.value_by_customer(ONE, np.array([1.0]), currency="EUR"),
        "values: need a summary with ids, and one value for each row, got 1",
    ),
    (
        lambda: Summary(frequency=[1, 2, 3], recency=[1, 2], age=[9, 9, 9]),
        "recency: need 3 numbers or one, got 2",
    ),
    (
        lambda: Summary(frequency=[1], recency=[2], age=[9], customers=("ann", "bob")),
        "customers: need 1 ids, as frequency, or none, got 2",
    ),
    (
        lambda: Summary(frequency=[1, 2], recency=[1, 10], age=[9, 9]),
        "recency of row 1: need between 0 and age, got 10.0",
    ),
]


@pytest.mark.parametrize(("ask", "said"), CASES, ids=[said[:60] for _, said in CASES])
def test_a_refusal_says(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(InvalidFigure) as caught:
        ask()
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"r": "1"}, "r is a number, got '1'"),
        ({"r": True}, "r is a number, got True"),
        ({"how": []}, "how is an object or null, got []"),
        ({"extra": 1}, "'extra'"),
    ],
)
def test_what_is_wrong_in_a_stored_model_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidFigure, match=r"BG/NBD: need the keys of to_dict\(\), got") as caught:
        _restored(**changes)
    assert str(caught.value.__cause__) == said
    stored = BGNBD.fit(ONE).to_dict()
    assert caught.value.got == {**stored, **changes}


def test_a_list_in_a_stored_fit_is_a_list() -> None:
    how = BGNBD.fit(ONE).to_dict()["how"]
    assert isinstance(how, dict)
    with pytest.raises(InvalidFigure) as caught:
        _restored(how={**how, "boundary": "a"})
    assert str(caught.value.__cause__) == "need a list, got 'a'"


def test_models_and_summaries_are_shown_as_tables() -> None:
    model = MODEL
    assert model._repr_html_() == (
        "<table><caption>BG/NBD, time in weeks</caption>"
        "<tr><th>r</th><td>0.243</td></tr><tr><th>alpha</th><td>4.414</td></tr>"
        "<tr><th>a</th><td>0.793</td></tr><tr><th>b</th><td>2.426</td></tr></table>"
    )
    well = Fit(
        log_likelihood=-1.5,
        customers=2,
        covariance=None,
        converged=True,
        boundary=("a -> 0: no churn seen",),
        warnings=("steep",),
    )
    shown = BGNBD(r=1, alpha=2, a=3, b=4, how=well)._repr_html_()
    assert shown.endswith(
        "</table><p>log-likelihood -1.5000, 2 customers, converged</p>"
        "<p>a -&gt; 0: no churn seen</p><p>steep</p>"
    )
    ill = Fit(
        log_likelihood=-1.5,
        customers=2,
        covariance=None,
        converged=False,
        boundary=(),
        warnings=(),
    )
    assert (
        BGNBD(r=1, alpha=2, a=3, b=4, how=ill)
        ._repr_html_()
        .endswith("</table><p>log-likelihood -1.5000, 2 customers, did not converge</p>")
    )
    customers = Summary(frequency=[0, 3], recency=[0, 2], age=[0.5, 0.25 + 2], weight=[2, 1])
    assert customers._repr_html_() == (
        "<table><tr><th>customers</th><td>3</td></tr>"
        "<tr><th>repeat purchases</th><td>3</td></tr>"
        "<tr><th>bought once</th><td>2</td></tr>"
        "<tr><th>longest age in days</th><td>2.25</td></tr></table>"
    )
    assert "<th>longest age in days</th><td>0</td>" in NOBODY._repr_html_()
