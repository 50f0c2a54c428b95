"""Customers counted once for each distinct shape, and laid out for fast sums.

A log-likelihood of thousands or millions of customers has few distinct values in it: ``lgamma``
needs the distinct frequencies only, ``log(alpha + T)`` the distinct ages. This module finds them
once; each evaluation then gathers.
"""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import BoolArray, FloatArray, IntArray, codes, compact, sums, tally
from postpurchase.clv.summary import Summary


@frozen(eq=False)
class Axis:
    """The distinct pairs of a value and a group, the pair of each cell, and sums over cells.

    Args:
        value: The distinct values.
        group: The group of each.
        cell: For each cell, the position of its pair.
        weight: The customers with each pair.
        purchases: The weighted repeat purchases of those customers.
    """

    value: FloatArray
    group: IntArray
    cell: IntArray
    weight: FloatArray
    purchases: FloatArray

    @classmethod
    def of(
        cls,
        values: FloatArray,
        code: IntArray,
        group: IntArray,
        weight: FloatArray,
        x: FloatArray,
    ) -> Self:
        """Lay out one column: each cell's value by its code, and its group."""
        size = (int(group.max(initial=0)) + 1) * len(values)
        pairs, cell = compact(group * len(values) + code, size)
        places = pairs % max(len(values), 1)
        n = len(pairs)
        return cls(
            values[places],
            pairs // max(len(values), 1),
            cell,
            sums(cell, weight, n),
            sums(cell, weight * x, n),
        )

    def some(self, cells: BoolArray, weight: FloatArray, x: FloatArray, /) -> Self:
        """The same column of some of the cells only."""
        kept, cell = compact(self.cell[cells], len(self.value))
        n = len(kept)
        return type(self)(
            self.value[kept],
            self.group[kept],
            cell,
            sums(cell, weight, n),
            sums(cell, weight * x, n),
        )


@frozen(eq=False, kw_only=True)
class Layout:
    """A summary counted and laid out: time divided by the greatest age.

    Args:
        scale: The greatest age, in the summary's units; 1 if every age is 0.
        n: The number of customers.
        x: Frequency by cell.
        recency: Recency by cell, scaled.
        age: Age by cell, scaled.
        weight: Customers by cell.
        group: The covariate group of each cell: 0 where there are no covariates.
        of_x: The distinct frequencies.
        of_recency: The distinct recencies.
        of_age: The distinct ages.
    """

    scale: float
    n: float
    x: FloatArray
    recency: FloatArray
    age: FloatArray
    weight: FloatArray
    group: IntArray
    of_x: Axis
    of_recency: Axis
    of_age: Axis

    @classmethod
    def of(cls, summary: Summary, /, *, group: IntArray | None = None) -> Self:
        """Count the distinct rows of a summary that carry any weight."""
        scale = float(summary.age.max(initial=0.0)) or 1.0
        kind = np.zeros(len(summary), dtype=np.int64) if group is None else group
        columns = [codes(each) for each in (summary.frequency, summary.recency, summary.age)]
        (kind, *places), weight = tally([kind, *(code for _, code in columns)], summary.weight)
        (xs, _), (recencies, _), (ages, _) = columns
        x = xs[places[0]]
        axes = [
            Axis.of(values, code, kind, weight, x)
            for values, code in zip((xs, recencies / scale, ages / scale), places, strict=True)
        ]
        return cls(
            scale=scale,
            n=float(weight.sum()),
            x=x,
            recency=axes[1].value[axes[1].cell],
            age=axes[2].value[axes[2].cell],
            weight=weight,
            group=kind,
            of_x=axes[0],
            of_recency=axes[1],
            of_age=axes[2],
        )

    @property
    def purchases(self) -> float:
        """All repeat purchases of all customers."""
        return float(self.weight @ self.x)

    def thinned(self, customers: int, /) -> Self:
        """A systematic sample of about so many customers: every k-th one in the cells' order.

        The cells are sorted, so the sample is spread over all frequencies, recencies and ages;
        there is no chance in it.
        """
        stride = self.n / customers
        passed = np.floor(np.cumsum(self.weight) / stride)
        kept = np.diff(passed, prepend=0.0)
        some = kept > 0
        weight, x = kept[some], self.x[some]
        return type(self)(
            scale=self.scale,
            n=float(weight.sum()),
            x=x,
            recency=self.recency[some],
            age=self.age[some],
            weight=weight,
            group=self.group[some],
            of_x=self.of_x.some(some, weight, x),
            of_recency=self.of_recency.some(some, weight, x),
            of_age=self.of_age.some(some, weight, x),
        )
