"""From laid-out customers to parameters, the same way for every model of repeat buying."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import Fit
from postpurchase.clv.optimum import Bent, Objective, Optimum, finish, finish_bent, maximise
from postpurchase.errors import InvalidFigure

MANY_CELLS = 20_000
"""Above so many distinct rows a fit begins on a systematic sample."""

SAMPLE = 10_000
"""How many customers that sample has."""


class Likelihood(Protocol):
    """A log-likelihood of parameters, with its gradient along their logarithms."""

    def __call__(self, parameters: FloatArray, /) -> tuple[float, FloatArray]:
        """Parameters of each group in, value and gradient out."""
        ...


@runtime_checkable
class CurvedLikelihood(Likelihood, Protocol):
    """One that knows its second derivatives as well."""

    def curved(self, parameters: FloatArray, /) -> tuple[float, FloatArray, FloatArray]:
        """Parameters in; value, gradient and, for each group, the matrix of second derivatives."""
        ...


PAIRS = tuple((i, j) for i in range(4) for j in range(i, 4))
"""What second derivatives of four parameters are along, by position: half of a matrix."""


def on_logarithms(bends: FloatArray, slopes: FloatArray, parameters: FloatArray, /) -> FloatArray:
    """The upper half of second derivatives along parameters, as a whole along their logarithms.

    Args:
        bends: The second derivatives, shape (groups, 4, 4); below the diagonal nothing counts.
        slopes: The first along the logarithms, shape (groups, 4).
        parameters: The parameters, alike.
    """
    whole = np.triu(bends) + np.swapaxes(np.triu(bends, 1), 1, 2)
    answer: FloatArray = whole * (parameters[:, :, None] * parameters[:, None, :])
    answer[:, range(4), range(4)] += slopes
    return answer


Maker: TypeAlias = Callable[[Layout], Likelihood]


@frozen(kw_only=True, eq=False)
class Problem:
    """What is to be fitted on what.

    Args:
        names: The parameters in order.
        timed: The positions of the parameters that are lengths of time.
        meanings: What it says of the customers when a parameter runs to 0 or infinity:
            ``{("a", "0"): "nobody was seen to leave"}``.
        likelihood: Builds the log-likelihood of a layout.
        spread: For covariates: the matrix from all coefficients to the log-parameters of each
            group, shape (groups, parameters, coefficients); None without them.
    """

    names: tuple[str, ...]
    timed: tuple[int, ...]
    meanings: Mapping[tuple[str, str], str]
    likelihood: Maker
    spread: FloatArray | None = None

    def hill(self, layout: Layout, /) -> "Hill":
        """The mean log-likelihood per customer as a function of the coefficients."""
        likelihood = self.likelihood(layout)
        spread = np.eye(len(self.names))[None] if self.spread is None else self.spread

        def mean(theta: FloatArray) -> tuple[float, FloatArray]:
            value, gradient = likelihood(_parameters(spread, theta))
            return value / layout.n, np.einsum("gp,gpc->c", gradient, spread) / layout.n

        if not isinstance(likelihood, CurvedLikelihood):
            return Hill(mean)
        curved = likelihood.curved

        def bent(theta: FloatArray) -> tuple[float, FloatArray, FloatArray]:
            value, gradient, bends = curved(_parameters(spread, theta))
            slope = np.einsum("gp,gpc->c", gradient, spread)
            matrix = np.einsum("gpc,gpq,gqd->cd", spread, bends, spread)
            return value / layout.n, slope / layout.n, matrix / layout.n

        return Hill(mean, bent)


@frozen(eq=False)
class Hill:
    """What is to be climbed.

    Args:
        mean: Height and slope.
        bent: The same with second derivatives, where the model knows them.
    """

    mean: Objective
    bent: Bent | None = None

    def top(self, starts: Sequence[FloatArray], /) -> Optimum:
        """The best top found from the starts."""
        return maximise(self.mean, starts, bent=self.bent)

    def near(self, guess: Optimum, /) -> Optimum:
        """The top near that of a sample."""
        if self.bent is None:
            return finish(self.mean, guess.theta, hessian=guess.hessian)
        return finish_bent(self.bent, guess.theta)


def _parameters(spread: FloatArray, theta: FloatArray) -> FloatArray:
    answer: FloatArray = np.exp(np.clip(spread @ theta, -_LIMIT, _LIMIT))
    return answer


_LIMIT = 50.0
_SOME_WAY = 3.0


@frozen(kw_only=True, eq=False)
class Solved:
    """A solved problem.

    Args:
        theta: The coefficients, time in the unit of the summary.
        fit: How it went.
    """

    theta: FloatArray
    fit: Fit


def solve(problem: Problem, layout: Layout, starts: Sequence[FloatArray], /) -> Solved:
    """Fit a problem.

    Args:
        problem: What is to be fitted.
        layout: The customers.
        starts: Coefficients to begin at, time scaled as in the layout.

    Raises:
        InvalidFigure: There are no customers.
    """
    if layout.n == 0:
        raise InvalidFigure(name="customers", need="at least one to fit on", got=0)
    hill = problem.hill(layout)
    if len(layout.x) > MANY_CELLS:
        sample = problem.hill(layout.thinned(SAMPLE)).top(starts)
        found = hill.near(sample)
        if not (found.converged and found.proper):
            found = hill.top([sample.theta, *starts])
    else:
        found = hill.top(starts)
    theta = found.theta.copy()
    theta[list(problem.timed)] += np.log(layout.scale)
    value = found.value * layout.n - layout.purchases * np.log(layout.scale)
    return Solved(theta=theta, fit=account(problem.names, problem.meanings, found, layout.n, value))


def account(
    names: tuple[str, ...],
    meanings: Mapping[tuple[str, str], str],
    found: Optimum,
    customers: float,
    log_likelihood: float,
) -> Fit:
    """Say how a search went, in words where it did not go well."""
    loose = () if found.proper else found.loose()
    warnings: list[str] = []
    if not found.converged:
        steepest = float(np.abs(found.gradient).max())
        warnings.append(f"the search ended on a slope of {steepest:.1e} per customer")
    covariance = None
    if found.proper:
        inverse = np.linalg.inv(-found.hessian * customers)
        covariance = tuple(tuple(map(float, row)) for row in (inverse + inverse.T) / 2)
    return Fit(
        log_likelihood=float(log_likelihood),
        customers=customers,
        covariance=covariance,
        converged=found.converged,
        boundary=tuple(_told(names[i], found.theta[i], meanings) for i in loose),
        warnings=tuple(warnings),
    )


def _told(name: str, theta: float, meanings: Mapping[tuple[str, str], str]) -> str:
    where = "infinity" if theta > 0 else "0"
    if abs(theta) < _SOME_WAY or (name, where) not in meanings:
        return f"{name}: the data do not hold it"
    return f"{name} -> {where}: {meanings[name, where]}"
