"""Forecasts against what happened, and the numbers and figures that show it."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from postpurchase import clv
from postpurchase.clv import BGNBD, MBGNBD, ParetoNBD, PurchaseLog, Unit, backtest, simulate
from postpurchase.errors import InvalidFigure

TRUTH = MBGNBD(r=0.6, alpha=8, a=0.9, b=2.2, unit=Unit.WEEK)
LOG = simulate(TRUTH, customers=3000, length=100, arrivals=40, generator=np.random.default_rng(1))


def test_the_true_model_beats_every_naive_forecast() -> None:
    found = backtest(LOG, MBGNBD.fit, origins=[50, 60, 70], horizon=26)
    assert [each.name for each in found.scores] == [
        "MBG/NBD",
        "at their own rate",
        "as in the last period",
        "everybody at the mean rate",
    ]
    assert found.verdict == "MBG/NBD earns its place: it beats all 3 naive forecasts"
    model = found.model
    assert abs(model.bias) < 0.05
    assert model.mae < model.rmse
    for expected, actual, size in model.calibration:
        assert size > 700
        assert expected == pytest.approx(actual, abs=0.05, rel=0.2)
    html = found._repr_html_()
    assert "<caption>MBG/NBD earns its place" in html
    assert "<th>as in the last period</th>" in html


def test_a_model_that_knows_no_churn_does_not_earn_its_place() -> None:
    stubborn = BGNBD(r=2, alpha=0.5, a=1e-3, b=50, unit=Unit.WEEK)
    found = backtest(LOG, lambda _: stubborn, origins=[60], horizon=26)
    assert found.beaten == ()
    assert found.verdict == "BG/NBD beats 0 of 3 naive forecasts"


@pytest.mark.parametrize("origins", [[], [80]])
def test_the_log_must_reach_beyond_each_origin(origins: list[float]) -> None:
    with pytest.raises(InvalidFigure, match="the last at most 74"):
        backtest(LOG, MBGNBD.fit, origins=origins, horizon=26)


def test_a_log_of_three_customers_who_came_today() -> None:
    log = PurchaseLog.of(np.array([0, 1, 2]), np.zeros(3), unit=Unit.DAY, length=9)
    found = backtest(log, MBGNBD.fit, origins=[0], horizon=9)
    assert found.scores[1].mae == found.scores[3].mae == 0
    assert sum(size for _, _, size in found.model.calibration) == 3


def test_real_purchases_at_one_time_are_one() -> None:
    log = PurchaseLog.of(
        np.array([1, 0, 1, 1]),
        np.array([5.0, 0, 2, 5]),
        unit=Unit.DAY,
        spend=np.array([3.0, 7, 1, 4]),
    )
    assert log.customer.tolist() == [0, 1, 1]
    assert log.spend.tolist() == [7, 1, 7]
    assert (log.customers, log.length) == (2, 5)
    assert log.summary().money.tolist()[1] == 7
    empty = PurchaseLog.of(np.zeros(0, dtype=np.int64), np.zeros(0), unit=Unit.DAY)
    assert len(empty.summary()) == 0


def test_the_holdout_of_cdnow(real_data: Path) -> None:
    start, who, when = date(1997, 1, 1), [], []
    with (real_data / "cdnow_sample.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            who.append(int(row["sample_id"]) - 1)
            when.append((date.fromisoformat(row["date"]) - start).days / 7)
    log = PurchaseLog.of(np.array(who), np.array(when), unit=Unit.WEEK, length=78)
    origin = (date(1997, 9, 30) - start).days / 7
    found = backtest(log, BGNBD.fit, origins=[origin], horizon=39).model
    assert found.mae == pytest.approx(0.785454, abs=5e-6)
    assert found.rmse == pytest.approx(1.607982, abs=5e-6)
    pareto = backtest(log, ParetoNBD.fit, origins=[origin], horizon=39).model
    assert pareto.mae == pytest.approx(0.754523, abs=5e-6)
    assert pareto.rmse == pytest.approx(1.602848, abs=5e-6)
    with (real_data / "cdnow_cumulative_weekly.csv").open(encoding="utf-8") as file:
        weekly = [int(row["cumulative_repeat_transactions"]) for row in csv.DictReader(file)]
    weeks = [week - 1 / 7 for week in range(1, 79)]
    data = clv.tracking(BGNBD.fit(log.summary(origin)), log, times=weeks)
    assert data.actual.tolist() == weekly
    assert data.expected[38] == pytest.approx(2457, rel=0.03)


# ------------------------------------------------------------------ pictures


def drawn(figure: Figure) -> bytes:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]  # Matplotlib leaves it bare
    return bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]  # the same


FITTED = MBGNBD.fit(LOG.summary(70))


def test_expected_and_actual_purchases_run_together() -> None:
    data = clv.tracking(FITTED, LOG, times=range(5, 101, 5))
    assert (np.diff(data.actual) >= 0).all()
    assert (np.diff(data.expected) > 0).all()
    assert data.expected[-1] == pytest.approx(data.actual[-1], rel=0.1)
    axes = clv.plot_tracking(data).axes[0]
    assert [line.get_label() for line in axes.get_lines()] == ["actual", "expected"]
    with pytest.raises(InvalidFigure, match="time in weeks"):
        clv.tracking(FITTED.within(Unit.DAY), LOG, times=[1])


def test_who_bought_lately_is_there() -> None:
    frequency, recency, alive = clv.frequency_recency(FITTED, age=52, most=10)
    assert alive.shape == (10, 40) == (len(frequency), len(recency))
    assert (np.diff(alive, axis=1) > 0).all()
    assert drawn(clv.plot_frequency_recency((frequency, recency, alive)))


def test_the_probability_falls_in_silence_and_recovers_with_a_purchase() -> None:
    time, alive = clv.alive_over_time(FITTED, [10, 12, 12, 30], until=60)
    assert (time[0], time[-1]) == (0, 50)
    before, after = alive[time < 20][-1], alive[time == 20][0]
    assert before < after
    assert alive[-1] < after
    assert drawn(clv.plot_alive((time, alive)))
    for wrong in ([], [70]):
        with pytest.raises(InvalidFigure, match="purchases"):
            clv.alive_over_time(FITTED, wrong, until=60)


def test_figures_are_drawn_from_their_data() -> None:
    found = backtest(LOG, MBGNBD.fit, origins=[60], horizon=26)
    assert drawn(clv.plot_calibration(found))
    values = np.array([1.0, 2, np.inf, 5])
    bars = clv.plot_values(values, currency="EUR").axes[0]
    assert sum(patch.get_height() for patch in bars.patches) == 3  # type: ignore[attr-defined]  # bars are rectangles
    assert bars.get_xlabel() == "EUR"


def test_the_heat_map_has_a_cell_for_each_closed_period() -> None:
    table = clv.Cohorts(
        grain=clv.Grain.MONTH,
        rows=(
            clv.Cohort(start=date(2026, 1, 1), active=(4, 2, None)),
            clv.Cohort(start=date(2026, 2, 1), active=(2, None, None)),
        ),
    )
    figure = clv.plot_cohorts(table)
    image = figure.axes[0].get_images()[0].get_array()
    assert image is not None
    # The last column is open for all, so it is not drawn.
    assert np.ma.getmaskarray(image).tolist() == [[False, False], [False, True]]
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["100%", "50%", "100%"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["2026-01 (4)", "2026-02 (2)"]
    assert drawn(figure)
    none = clv.cohorts([], at=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC)
    assert drawn(clv.plot_cohorts(none))


def test_a_heat_map_of_many_periods_names_some_and_writes_into_none() -> None:
    rows = tuple(
        clv.Cohort(
            start=clv.Grain.WEEK.first_day(105_000 + week),
            active=tuple(9 - (n > 0) * 5 if week + n < 40 else None for n in range(41)),
        )
        for week in range(40)
    )
    axes = clv.plot_cohorts(clv.Cohorts(grain=clv.Grain.WEEK, rows=rows)).axes[0]
    assert len(axes.texts) == 0
    assert len(axes.get_yticks()) <= 16
    assert len(axes.get_xticks()) <= 16
    open_yet = clv.Cohorts(
        grain=clv.Grain.QUARTER, rows=(clv.Cohort(start=date(2026, 4, 1), active=(None,)),)
    )
    waiting = clv.plot_cohorts(open_yet).axes[0]
    assert [text.get_text() for text in waiting.get_yticklabels()] == ["2026 Q2"]
