"""What a fitted model needs to know of each customer: how often, how recently, for how long."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import ArrayLike

from postpurchase.clv.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    distinct,
    floats,
    same_array,
    sums,
)
from postpurchase.clv.shown import table
from postpurchase.clv.unit import Unit
from postpurchase.errors import InvalidFigure

_EQ = cmp_using(eq=same_array)
_COLUMNS = ("frequency", "recency", "age", "money", "weight")


def _column(values: ArrayLike) -> FloatArray:
    try:
        array = floats(values)
    except (TypeError, ValueError) as error:
        raise InvalidFigure(name="column", need="numbers", got=values) from error
    if array.ndim > 1:
        raise InvalidFigure(name="column", need="numbers in one row", got=array.shape)
    return array


@frozen(kw_only=True, hash=False)
class Summary:
    """One row for each customer, or for each group of customers that look the same.

    A column may be a single number, which then stands for every row.

    Args:
        frequency: Repeat purchases: days with a purchase, without the first one. Whole numbers.
        recency: Time from the first to the last purchase, in units; 0 where frequency is 0.
        age: Time from the first purchase to the date of the summary, in units (the T of the
            papers); at least the recency.
        money: Mean value of a repeat purchase; NaN where it is not known, above all where
            frequency is 0.
        weight: How many customers the row stands for; 1 unless given.
        unit: The unit of recency and age.
        customers: The customers' ids in row order, where there are any.

    Raises:
        InvalidFigure: A number is missing, negative or out of order, with the first such row.
    """

    frequency: FloatArray = field(converter=_column, eq=_EQ)
    recency: FloatArray = field(converter=_column, eq=_EQ)
    age: FloatArray = field(converter=_column, eq=_EQ)
    money: FloatArray = field(default=floats(np.nan), converter=_column, eq=_EQ)
    weight: FloatArray = field(default=floats(1.0), converter=_column, eq=_EQ)
    unit: Unit = Unit.DAY
    customers: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Stretch single numbers, then refuse what no customer can have done."""
        lengths = {len(getattr(self, name)) for name in _COLUMNS}
        size = 0 if 0 in lengths else max(lengths)
        for name in _COLUMNS:
            values = getattr(self, name)
            if len(values) == 1 != size:
                object.__setattr__(self, name, floats(np.repeat(values, size)))
            elif len(values) != size:
                raise InvalidFigure(name=name, need=f"{size} numbers or one", got=len(values))
        x, recency, age = self.frequency, self.recency, self.age
        _refuse("frequency", "a whole number of 0 or more", x, ~((x >= 0) & (x == np.floor(x))))
        _refuse("frequency", "a finite number", x, ~np.isfinite(x))
        _refuse("age", "a finite number of 0 or more", age, ~((age >= 0) & np.isfinite(age)))
        _refuse("recency", "between 0 and age", recency, ~((recency >= 0) & (recency <= age)))
        _refuse("recency", "0 where frequency is 0", recency, (x == 0) & (recency > 0))
        _refuse("recency", "above 0 where frequency is", recency, (x > 0) & (recency == 0))
        weight = self.weight
        _refuse("weight", "finite, 0 or more", weight, ~((weight >= 0) & np.isfinite(weight)))
        _refuse("money", "finite or NaN", self.money, np.isinf(self.money))
        if self.customers and len(self.customers) != len(self):
            need = f"{len(self)} ids, as frequency, or none"
            raise InvalidFigure(name="customers", need=need, got=len(self.customers))

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.frequency)

    @property
    def size(self) -> float:
        """The number of customers: the sum of the weights."""
        return float(self.weight.sum())

    @property
    def figures(self) -> dict[str, str]:
        """What a person wants to see of it first, by name."""
        return {
            "customers": f"{self.size:g}",
            "repeat purchases": f"{float(self.weight @ self.frequency):g}",
            "bought once": f"{float(self.weight @ (self.frequency == 0)):g}",
            f"longest age in {self.unit.value}s": f"{float(self.age.max(initial=0.0)):g}",
        }

    def _repr_html_(self) -> str:
        return table("", self.figures)

    def take(self, rows: IntArray | BoolArray | Sequence[int], /) -> Self:
        """These rows only, by position or by a mask."""
        chosen: IntArray = np.arange(len(self))[np.asarray(rows)]
        ids = tuple(self.customers[int(i)] for i in chosen) if self.customers else ()
        return type(self)(
            frequency=self.frequency[chosen],
            recency=self.recency[chosen],
            age=self.age[chosen],
            money=self.money[chosen],
            weight=self.weight[chosen],
            unit=self.unit,
            customers=ids,
        )

    def within(self, unit: Unit, /) -> Self:
        """The same customers counted in another unit."""
        scale = self.unit.days / unit.days
        return type(self)(
            frequency=self.frequency,
            recency=self.recency * scale,
            age=self.age * scale,
            money=self.money,
            weight=self.weight,
            unit=unit,
            customers=self.customers,
        )

    def counted(self) -> Self:
        """One row for each distinct frequency, recency and age, with the customers counted.

        Fits give the same answer on it; ids and money are left out.
        """
        first, inverse = distinct((self.frequency, self.recency, self.age))
        return type(self)(
            frequency=self.frequency[first],
            recency=self.recency[first],
            age=self.age[first],
            weight=sums(inverse, self.weight, len(first)),
            unit=self.unit,
        )


def _refuse(name: str, need: str, values: FloatArray, wrong: BoolArray) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InvalidFigure(name=f"{name} of row {row}", need=need, got=float(values[row]))
