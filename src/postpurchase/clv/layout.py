"""Customers counted once for each distinct shape, and laid out for fast sums.

A log-likelihood of thousands or millions of customers has few distinct values in it: ``lgamma``
needs the distinct frequencies only, ``log(alpha + T)`` the distinct ages. This module finds them
once; each evaluation then gathers.
"""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray, IntArray, codes, distinct, int_codes, sums
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
    def of(cls, values: FloatArray, group: IntArray, weight: FloatArray, x: FloatArray) -> Self:
        """Lay out one column."""
        unique, code = codes(values)
        groups = int(group.max(initial=0)) + 1
        if groups > 1:
            pairs, code = int_codes(group * len(unique) + code, groups * len(unique))
            unique, group_of = unique[pairs % len(unique)], pairs // len(unique)
        else:
            group_of = np.zeros(len(unique), dtype=np.int64)
        n = len(unique)
        return cls(
            unique,
            group_of,
            code,
            sums(code, weight, n),
            sums(code, weight * x, n),
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
        first, inverse = distinct(
            (kind.astype(np.float64), summary.frequency, summary.recency, summary.age)
        )
        weight = sums(inverse, summary.weight, len(first))
        first, weight = first[weight > 0], weight[weight > 0]
        return cls._laid(
            scale,
            summary.frequency[first],
            summary.recency[first] / scale,
            summary.age[first] / scale,
            weight,
            kind[first],
        )

    @classmethod
    def _laid(
        cls,
        scale: float,
        x: FloatArray,
        recency: FloatArray,
        age: FloatArray,
        weight: FloatArray,
        group: IntArray,
    ) -> Self:
        return cls(
            scale=scale,
            n=float(weight.sum()),
            x=x,
            recency=recency,
            age=age,
            weight=weight,
            group=group,
            of_x=Axis.of(x, group, weight, x),
            of_recency=Axis.of(recency, group, weight, x),
            of_age=Axis.of(age, group, weight, x),
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
        return self._laid(
            self.scale,
            self.x[some],
            self.recency[some],
            self.age[some],
            kept[some],
            self.group[some],
        )
