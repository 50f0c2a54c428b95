import json

import numpy as np
import pytest

from postpurchase import clv
from postpurchase.clv import BGNBD, MBGNBD, Fit, GammaGamma, Summary, Unit
from postpurchase.clv.fitting import account
from postpurchase.clv.optimum import Optimum
from postpurchase.errors import FitFailed, InvalidFigure, MissingExtra

FITTED = BGNBD(
    r=0.1 + 0.2,
    alpha=4.4,
    a=0.8,
    b=2.4,
    unit=Unit.WEEK,
    how=Fit(
        log_likelihood=-1 / 3,
        customers=7,
        covariance=((1.0, 0.1), (0.1, 2.0)),
        converged=True,
        boundary=("a -> 0: no churn seen",),
        warnings=("<careful>",),
    ),
)


def test_json_and_back_is_the_same_to_the_last_digit() -> None:
    assert BGNBD.from_json(FITTED.to_json()) == FITTED
    plain = GammaGamma(p=6.25, q=3.74, v=15.44)
    assert GammaGamma.from_json(plain.to_json()) == plain
    flat = MBGNBD.fit(Summary(frequency=[0, 0], recency=0, age=3))
    assert MBGNBD.from_json(flat.to_json()) == flat


def change(**changes: object) -> str:
    return json.dumps({**FITTED.to_dict(), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        change(model="MBG/NBD"),
        change(r="0.3"),
        change(r=True),
        change(surprise=1),
        change(how=[1]),
        change(how={}),
        change(how={"log_likelihood": 1, "customers": 1, "covariance": 3}),
        json.dumps({"model": "BG/NBD"}),
    ],
)
def test_other_data_are_refused(text: str) -> None:
    with pytest.raises(InvalidFigure):
        BGNBD.from_json(text)


def test_a_notebook_shows_parameters_and_warnings_escaped() -> None:
    html = FITTED._repr_html_()
    assert "<th>alpha</th><td>4.4</td>" in html
    assert "time in weeks" in html
    assert "&lt;careful&gt;" in html
    assert "log-likelihood -0.3333, 7 customers, converged" in html
    alone = GammaGamma(p=6.25, q=3.74, v=15.44)._repr_html_()
    assert "<p>" not in alone


def test_the_room_names_its_words() -> None:
    assert dir(clv) == sorted(clv.__all__)
    assert all(getattr(clv, word) is not None for word in clv.__all__)
    with pytest.raises(AttributeError, match="no attribute 'magic'"):
        _ = clv.magic  # type: ignore[attr-defined]  # that is the point


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name, name="numpy")

    monkeypatch.setattr(clv, "_load", missing)
    with pytest.raises(MissingExtra, match=r"postpurchase\[science\]"):
        _ = clv.nothing_like_it  # type: ignore[attr-defined]  # asks the door


def ended(gradient: list[float], away: float, held: float) -> Optimum:
    """A search that ended with the second parameter so far away."""
    return Optimum(
        theta=np.array([0.5, away]),
        value=-1.0,
        gradient=np.array(gradient),
        hessian=np.diag([-held, -held]),
    )


def test_a_search_that_ended_on_a_slope_says_so() -> None:
    fit = account(("p", "q"), {}, ended([2e-4, 1e-9], 1.0, 0.5), 10, -10)
    assert not fit.converged
    assert fit.warnings == ("the search ended on a slope of 2.0e-04 per customer",)
    with pytest.raises(FitFailed, match=r"a slope of 2.0e-04"):
        BGNBD(r=1, alpha=1, a=1, b=1, how=fit).strictly()


def test_beside_a_parameter_that_ran_away_rounding_may_be_left() -> None:
    # Half of slope^2 / curvature is left to gain: 2e-9, 2e-7, and 2e-9 with nobody away.
    assert ended([0.06, 0.3], 13.0, 9e5).converged
    assert not ended([0.6, 0.3], 13.0, 9e5).converged
    assert not ended([0.06, 0.0], 1.0, 9e5).converged
    assert ended([9e-6, 0.3], 13.0, 0.5).converged
