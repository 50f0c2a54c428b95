"""Customers summarised where the orders lie: in a data frame, a database, a cluster.

One formulation for pandas, polars, pyarrow, DuckDB, Ibis and PySpark, through Narwhals. Past one
machine: summarise and count on the engine, fit on the counts, score on the engine again (see
`postpurchase.integrations.frames.scoring`). No row of a customer leaves the engine unless `local`
is asked.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from attrs import frozen

from postpurchase.clv import LeftOut, Summary, Unit, Worthless
from postpurchase.domain.moment import local_date
from postpurchase.errors import InvalidFigure
from postpurchase.extras import extra

with extra("frames"):
    import narwhals as nw
    from narwhals.typing import IntoFrame

_Lazy: TypeAlias = "nw.LazyFrame[Any]"


class Repeated(Enum):
    """What rows are that stand there twice, equal in every column that is used."""

    KEPT = "kept"
    """Rows of their own: two equal lines of one order are two lines."""

    DROPPED = "dropped"
    """One row: the same export was appended twice."""


@frozen(eq=False)
class FrameSummary:
    """One row for each customer, still on the engine.

    Attributes:
        frame: a native frame of the engine, lazy where the engine is, with the columns customer,
            frequency, recency, age and, where money was given, money (null without a repeat
            purchase).
        unit: the unit of recency and age.
    """

    frame: IntoFrame
    unit: Unit
    _steps: "Steps"

    @cached_property
    def left_out(self) -> LeftOut:
        """What took no part, and how much of it: counted on the engine when it is asked for."""
        return self._steps.left_out()

    def counts(self) -> Summary:
        """One row for each distinct frequency, recency and age, counted on the engine: for fits."""
        keys = ("frequency", "recency", "age")
        counted = _lazy(self.frame).group_by(*keys).agg(nw.len().alias("customers")).collect()
        columns = {name: counted.get_column(name).to_list() for name in (*keys, "customers")}
        return Summary(
            frequency=columns["frequency"],
            recency=columns["recency"],
            age=columns["age"],
            weight=columns["customers"],
            unit=self.unit,
        )

    def local(self) -> Summary:
        """All customers on this machine, in the order of their ids."""
        table = _lazy(self.frame).collect().sort("customer")
        money: Sequence[float] | float = float("nan")
        if "money" in table.columns:
            column = table.get_column("money")
            missing = column.is_null().to_list()
            money = [
                float("nan") if none else float(each)
                for each, none in zip(column.to_list(), missing, strict=True)
            ]
        return Summary(
            frequency=table.get_column("frequency").to_list(),
            recency=table.get_column("recency").to_list(),
            age=table.get_column("age").to_list(),
            money=money,
            unit=self.unit,
            customers=tuple(map(str, table.get_column("customer").to_list())),
        )


def summarise(  # noqa: PLR0913  # one keyword for each policy
    frame: IntoFrame,
    /,
    *,
    customer: str,
    when: str,
    money: str | None = None,
    at: date,
    zone: tzinfo | None = None,
    unit: Unit = Unit.DAY,
    worthless: Worthless = Worthless.NO_PURCHASE,
    repeated: Repeated = Repeated.KEPT,
) -> FrameSummary:
    """What the fitted models need to know of each customer, by local days.

    Several rows on one day are one purchase, their money added up.

    Args:
        frame: One row for each order or order line.
        customer: The column that says who bought; rows without one are left out.
        when: The column that says when: dates, or times. Times without a zone are taken as the
            shop's wall clock; times with one need `zone`, and an engine that can convert them.
        money: The column of what was paid, returns negative.
        at: The date of the summary; an instant needs `zone`.
        zone: The shop's zone.
        unit: The unit of recency and age.
        worthless: What a day is that comes to nothing or less; asked only with money.
        repeated: What equal rows are.

    Raises:
        InvalidFigure: A column is missing or of the wrong type, or a zone is needed.
        MissingExtra: The extra `frames` is not installed.
    """
    rows, day = _rows(_lazy(frame), (customer, when, money), zone)
    kept = rows.filter(~nw.col("customer").is_null(), ~nw.col("when").is_null())
    once = repeated is Repeated.DROPPED
    lines = (kept.unique() if once else kept).with_columns(day)
    today = _today(at, zone)
    days = _days(lines.filter(nw.col("day") <= today), money)
    counts = money is None or worthless is Worthless.A_PURCHASE
    bought = days if counts else days.filter(nw.col("spent") > 0)
    native: IntoFrame = _customers(bought, money, today, unit).to_native()
    nothing = None if counts else nw.col("spent") <= 0
    steps = Steps(rows, kept, lines, days, nothing, today, once)
    return FrameSummary(native, unit, steps)


@frozen(eq=False)
class Steps:
    """The frames on the way from rows to customers, none of them computed yet."""

    rows: _Lazy
    kept: _Lazy
    lines: _Lazy
    days: _Lazy
    worthless: nw.Expr | None
    today: date
    once: bool

    def left_out(self) -> LeftOut:
        """How many rows did not count, and why."""
        nobody, never = nw.col("customer").is_null(), nw.col("when").is_null()
        wrong = {"nobody": nobody, "never": ~nobody & never}
        if "spent" in self.rows.collect_schema():
            wrong["no_money"] = ~nobody & ~never & nw.col("spent").is_null()
        without_customer, without_time, *no_money = _counted(self.rows, wrong)
        repeated = _height(self.kept) - _height(self.lines) if self.once else 0
        (later,) = _counted(self.lines, {"later": nw.col("day") > self.today})
        worthless = 0
        if self.worthless is not None:
            (worthless,) = _counted(self.days, {"worthless": self.worthless})
        return LeftOut(
            without_customer=without_customer,
            without_time=without_time,
            without_money=sum(no_money),
            repeated=repeated,
            later=later,
            worthless_days=worthless,
        )


def _lazy(frame: IntoFrame) -> _Lazy:
    lazy: _Lazy = nw.from_native(frame).lazy()
    return lazy


def _today(at: date, zone: tzinfo | None) -> date:
    if not isinstance(at, datetime):
        return at
    if zone is None:
        raise InvalidFigure(name="zone", need="the shop's zone, for an instant", got=None)
    return local_date(at, zone)


def _rows(
    frame: _Lazy, columns: tuple[str, str, str | None], zone: tzinfo | None
) -> tuple[_Lazy, nw.Expr]:
    """The columns that are used, under our names; and how the local day is had from them."""
    customer, when, money = columns
    schema = frame.collect_schema()
    for name in (customer, when, *(() if money is None else (money,))):
        if name not in schema:
            raise InvalidFigure(name=name, need=f"one of the columns {schema.names()}", got=name)
    chosen = [nw.col(customer).alias("customer"), nw.col(when).alias("when")]
    if money is not None:
        spent = nw.col(money).alias("spent")
        chosen.append(spent.fill_nan(None) if schema[money].is_float() else spent)
    return frame.select(*chosen), _day(frame, schema[when], zone)


def _counted(rows: _Lazy, wrong: Mapping[str, nw.Expr]) -> tuple[int, ...]:
    """How many rows each expression holds for: one small row leaves the engine."""
    found = rows.select(
        *(each.cast(nw.Int64).sum().alias(name) for name, each in wrong.items())
    ).collect()
    return tuple(int(found.get_column(name).to_list()[0] or 0) for name in wrong)


def _height(rows: _Lazy) -> int:
    return int(rows.select(nw.len().alias("n")).collect().get_column("n").to_list()[0])


def _day(frame: _Lazy, dtype: nw.dtypes.DType, zone: tzinfo | None) -> nw.Expr:
    """The local day of a row."""
    when = nw.col("when")
    if isinstance(dtype, nw.Date):
        return when.alias("day")
    if not isinstance(dtype, nw.Datetime):
        need = "dates or times of one zone; parse text and mixed zones before"
        raise InvalidFigure(name="when", need=need, got=str(dtype))
    if dtype.time_zone is not None:
        if zone is None:
            raise InvalidFigure(name="zone", need="the shop's zone, for times with one", got=None)
        if not _converts(frame):
            need = "times of the shop's wall clock, for this engine does not convert zones"
            raise InvalidFigure(name="when", need=need, got=str(dtype))
        when = when.dt.convert_time_zone(str(zone)).dt.replace_time_zone(None)
    return when.cast(nw.Date).alias("day")


def _converts(frame: _Lazy) -> bool:
    engine = frame.implementation
    return engine.is_pandas_like() or engine.is_polars() or engine.is_pyarrow()


def _days(lines: _Lazy, money: str | None) -> _Lazy:
    """One row for each customer and day."""
    if money is None:
        return lines.select("customer", "day").unique()
    return lines.group_by("customer", "day").agg(nw.col("spent").sum())


def _customers(days: _Lazy, money: str | None, today: date, unit: Unit) -> _Lazy:
    """One row for each customer; the first day's money by order, or by a join where it has to."""
    measures = [
        nw.len().alias("n"),
        nw.col("day").min().alias("first"),
        nw.col("day").max().alias("last"),
    ]
    if money is not None:
        measures.append(nw.col("spent").sum().alias("total"))
        ordered = _picks_by_order(days)
        if ordered:
            measures.append(nw.col("spent").first(order_by="day").alias("begun"))
        table = days.group_by("customer").agg(*measures)
        if not ordered:
            begun = days.select(
                "customer", nw.col("day").alias("first"), nw.col("spent").alias("begun")
            )
            table = table.join(begun, on=["customer", "first"], how="inner")
    else:
        table = days.group_by("customer").agg(*measures)
    first, last = _number(nw.col("first")), _number(nw.col("last"))
    frequency = nw.col("n").cast(nw.Int64) - 1
    columns = [
        nw.col("customer"),
        frequency.alias("frequency"),
        ((last - first) / unit.days).alias("recency"),
        ((today.toordinal() - first) / unit.days).alias("age"),
    ]
    if money is not None:
        spent = (nw.col("total") - nw.col("begun")).cast(nw.Float64)
        mean = nw.when(frequency > 0).then(spent / frequency)
        columns.append(mean.alias("money"))
    return table.select(*columns)


def _picks_by_order(days: _Lazy) -> bool:
    """Whether the engine can take the first value of a group by the order of another column."""
    return not days.implementation.is_spark_like()


def _number(day: nw.Expr) -> nw.Expr:
    """The proleptic Gregorian ordinal of a date, in arithmetic that every engine has."""
    before = day.dt.year().cast(nw.Int64) - 1
    leaps = before // 4 - before // 100 + before // 400
    return before * 365 + leaps + day.dt.ordinal_day().cast(nw.Int64)
