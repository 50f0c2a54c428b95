"""What libraries of today get wrong on frames of today, and what holds here instead."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from postpurchase.clv import MBGNBD, Span, Summary, Unit, alive_over_time
from postpurchase.integrations.frames.summary import summarise

END = date(2026, 1, 1)
CUSTOMERS = 120_000


@pytest.fixture(scope="module")
def lines() -> dict[str, np.ndarray]:
    """Some three purchases of each of 120,000 customers, in no order."""
    chance = np.random.RandomState(3)  # its streams are frozen
    who = chance.randint(0, CUSTOMERS, 3 * CUSTOMERS)
    days = chance.randint(0, 700, len(who))
    return {
        "who": np.char.add("c", who.astype(str)),
        "on": np.datetime64("2024-01-01") + days.astype("timedelta64[D]"),
        "paid": np.round(chance.gamma(3, 10, len(who)) + 1, 2),
        "number": who,
        "day": days,
    }


def by_hand(lines: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each customer's first and last day, and what was spent after the first one."""
    who, day = lines["number"], lines["day"]
    first = np.full(CUSTOMERS, 10_000)
    last = np.full(CUSTOMERS, -1)
    np.minimum.at(first, who, day)
    np.maximum.at(last, who, day)
    later = day > first[who]
    spent = np.bincount(who[later], weights=lines["paid"][later], minlength=CUSTOMERS)
    return first, last, spent


@pytest.mark.parametrize("kind", ["pyarrow", "polars", "pandas"])
def test_beyond_a_hundred_thousand_customers_every_row_is_right(
    lines: dict[str, np.ndarray], kind: str
) -> None:
    """Narwhals' ``over`` on pyarrow gives wrong rows from about so many on: it is not used."""
    columns = {name: lines[name] for name in ("who", "on", "paid")}
    engine = {"pyarrow": pa.table, "polars": pl.DataFrame, "pandas": pd.DataFrame}[kind]
    found = summarise(engine(columns), customer="who", when="on", money="paid", at=END).local()
    first, last, spent = by_hand(lines)
    number = np.array([int(who[1:]) for who in found.customers])
    assert len(found) == len(np.unique(lines["number"])) > 100_000
    assert (found.recency == (last - first)[number]).all()
    assert (found.age == (date(2026, 1, 1) - date(2024, 1, 1)).days - first[number]).all()
    again = found.frequency > 0
    assert found.frequency[again] * found.money[again] == pytest.approx(
        spent[number][again], rel=1e-9
    )


@pytest.mark.parametrize("kind", ["pyarrow", "polars", "pandas"])
def test_an_aware_column_gives_the_local_day_on_every_engine(kind: str) -> None:
    """Casting to a date gives pyarrow's local day, and the UTC day of pandas and polars."""
    zone = ZoneInfo("Asia/Kolkata")
    stamps = [datetime(2026, 1, 1, 23, 30, tzinfo=zone), datetime(2026, 1, 2, 1, 30, tzinfo=zone)]
    columns = {"who": ["ann", "ann"], "on": stamps}
    engine = {"pyarrow": pa.table, "polars": pl.DataFrame, "pandas": pd.DataFrame}[kind]
    found = summarise(
        engine(columns), customer="who", when="on", at=date(2026, 1, 12), zone=zone
    ).local()
    assert (found.frequency[0], found.recency[0], found.age[0]) == (1, 1, 11)


def test_on_the_pandas_of_today_there_are_months_a_holdout_and_a_path() -> None:
    """Where others raise on it: ``freq="M"``, a calibration and holdout split, the path."""
    chance = np.random.RandomState(1)
    who, days = chance.randint(0, 300, 1500), chance.randint(0, 600, 1500)
    frame = pd.DataFrame(
        {"who": who.astype(str), "on": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, "D")}
    )
    split = date(2024, 1, 1) + timedelta(days=400)
    month = Unit.MONTH

    def known(at: date) -> Summary:
        return summarise(frame, customer="who", when="on", at=at, unit=month).local()

    seen, whole = known(split), known(date(2024, 1, 1) + timedelta(days=600))
    before = dict(zip(seen.customers, seen.frequency.tolist(), strict=True))
    after = dict(zip(whole.customers, whole.frequency.tolist(), strict=True))
    holdout = np.array([after[customer] - before[customer] for customer in seen.customers])
    assert (holdout >= 0).all()
    assert holdout.sum() > 300
    fitted = MBGNBD.fit(seen)
    coming = fitted.purchases(seen, Span(200, Unit.DAY))
    assert coming.sum() == pytest.approx(holdout.sum(), rel=0.15)
    time, alive = alive_over_time(fitted, [0, 2, 5], until=12)
    assert len(time) == len(alive)
    assert ((alive > 0) & (alive <= 1)).all()
