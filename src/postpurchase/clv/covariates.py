"""What is known of customers from the beginning, in BG/NBD, MBG/NBD and Pareto/NBD.

Source: Fader and Hardie, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD
models" (http://www.brucehardie.com/notes/019/, 2007).
"""

import json
from collections.abc import Callable, Mapping
from typing import Generic, Self, TypeVar, cast

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from postpurchase.clv.arrays import FloatArray, distinct
from postpurchase.clv.bgnbd import GEOMETRIC_MEANINGS, BetaGeometric, geometric_starts
from postpurchase.clv.fitting import Likelihood, Problem, solve
from postpurchase.clv.geometric import GeometricLikelihood
from postpurchase.clv.layout import Layout
from postpurchase.clv.model import Fit, fit_from, fit_to, listed, number
from postpurchase.clv.pareto import ParetoLikelihood
from postpurchase.clv.paretonbd import PARETO_MEANINGS, ParetoNBD, pareto_starts
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.summary import Summary
from postpurchase.errors import FitFailed, InvalidFigure

_M = TypeVar("_M", bound=RepeatModel)

# Which parameters a covariate moves, and whether up or down: a coefficient above 0 means more
# purchases, and for a and b the sign of the papers.
_GEOMETRIC = ((1, -1.0), (2, 1.0), (3, 1.0))
_PARETO = ((1, -1.0), (3, -1.0))


@frozen
class CovariateModel(Generic[_M]):
    """A fitted model whose parameters depend on what is known of each customer.

    Args:
        base: The model of a customer all of whose covariates are 0.
        covariates: Their names, in order.
        coefficients: How much one unit of a covariate moves the logarithm of a parameter: by
            parameter and covariate, such as ``("alpha", "vip")``. Parameters that are lengths of
            time move down with it, so that above 0 means faster.
        how: How the fit went; its covariance is that of the log-parameters of the base and of
            the coefficients, in this order.
    """

    base: _M
    covariates: tuple[str, ...]
    coefficients: tuple[tuple[tuple[str, str], float], ...]
    how: Fit

    def standard_errors(self) -> dict[tuple[str, str], float]:
        """The standard error of each coefficient; nothing where the data do not hold them all."""
        if self.how.covariance is None:
            return {}
        spread = np.sqrt(np.diag(np.array(self.how.covariance)))[-len(self.coefficients) :]
        return {name: float(spread[i]) for i, (name, _) in enumerate(self.coefficients)}

    def model_of(self, values: FloatArray, /) -> _M:
        """The model of a customer with these values of the covariates."""
        theta = self.base.theta
        moved = dict(_moves(self.base))
        for (parameter, covariate), coefficient in self.coefficients:
            column = self.base.names.index(parameter)
            theta[column] += moved[column] * coefficient * values[self.covariates.index(covariate)]
        return self.base.at(theta)

    def answer(
        self,
        ask: Callable[[_M, Summary], FloatArray],
        summary: Summary,
        covariates: Mapping[str, ArrayLike],
        /,
    ) -> FloatArray:
        """An answer for each customer, from the model of customers like them.

        Args:
            ask: The question: ``lambda model, some: model.purchases(some, 52)``.
            summary: The customers.
            covariates: Their covariates by name.

        Raises:
            InvalidFigure: A covariate is missing, or has not one number for each row.
        """
        table = _table(summary, covariates, self.covariates)
        first, group = distinct(tuple(table.T))
        answer = np.zeros(len(summary))
        for kind, row in enumerate(first):
            mine = group == kind
            answer[mine] = ask(self.model_of(table[row]), summary.take(mine))
        return answer

    def strictly(self) -> Self:
        """This very model, if its fit reached a proper optimum.

        Raises:
            FitFailed: It did not converge, or a parameter ran to a boundary.
        """
        if not self.how.converged or self.how.boundary:
            reasons = self.how.boundary + self.how.warnings
            raise FitFailed(model=f"{self.base.title} with covariates", reasons=reasons)
        return self

    def to_dict(self) -> dict[str, object]:
        """The model as plain data that JSON can hold."""
        return {
            "base": self.base.to_dict(),
            "covariates": list(self.covariates),
            "coefficients": [[*names, value] for names, value in self.coefficients],
            "how": fit_to(self.how),
        }

    def to_json(self) -> str:
        """The model as JSON text; `from_json` reads it to the last digit."""
        return json.dumps(self.to_dict())

    @staticmethod
    def from_dict(kind: type[_M], data: Mapping[str, object], /) -> "CovariateModel[_M]":
        """The model that `to_dict` wrote.

        Args:
            kind: Which model is its base.
            data: What was written.

        Raises:
            InvalidFigure: The data are of another model, or not what `to_dict` writes.
        """
        return _restored(kind, data)

    @staticmethod
    def from_json(kind: type[_M], text: str, /) -> "CovariateModel[_M]":
        """The model that `to_json` wrote.

        Raises:
            InvalidFigure: The text is of another model, or not what `to_json` writes.
        """
        data: object = json.loads(text)
        if not isinstance(data, dict):
            raise InvalidFigure(name="covariates", need="a JSON object", got=data)
        return _restored(kind, cast("dict[str, object]", data))


def _restored(kind: type[_M], data: Mapping[str, object]) -> CovariateModel[_M]:
    try:
        how = fit_from(data["how"])
        base = kind.from_dict(cast("dict[str, object]", data["base"]))
        rows = [listed(row) for row in listed(data["coefficients"])]
        coefficients = tuple(
            ((str(parameter), str(name)), number({"it": value}, "it"))
            for parameter, name, value in rows
        )
        covariates = tuple(map(str, listed(data["covariates"])))
    except (KeyError, TypeError, AttributeError) as error:
        need = "the keys of to_dict()"
        raise InvalidFigure(name="covariates", need=need, got=data) from error
    if how is None:
        raise InvalidFigure(name="how", need="how the fit went", got=None)
    return CovariateModel(base, covariates, coefficients, how)


def _moves(model: RepeatModel) -> tuple[tuple[int, float], ...]:
    return _PARETO if isinstance(model, ParetoNBD) else _GEOMETRIC


def _table(
    summary: Summary, covariates: Mapping[str, ArrayLike], names: tuple[str, ...]
) -> FloatArray:
    if not names or set(names) != set(covariates):
        raise InvalidFigure(name="covariates", need=f"these: {names}", got=tuple(covariates))
    columns = [np.asarray(covariates[name], dtype=np.float64) for name in names]
    for name, column in zip(names, columns, strict=True):
        if column.shape != (len(summary),) or not np.isfinite(column).all():
            need = f"{len(summary)} finite numbers"
            raise InvalidFigure(name=name, need=need, got=column.shape)
    return np.stack(columns, axis=1)


def _maker(kind: type[RepeatModel]) -> Callable[[Layout], Likelihood]:
    if issubclass(kind, BetaGeometric):
        first = kind.first
        return lambda laid: GeometricLikelihood.of(laid, first=first)
    if issubclass(kind, ParetoNBD):
        return ParetoLikelihood.of
    raise InvalidFigure(name="kind", need="BGNBD, MBGNBD or ParetoNBD", got=kind.__name__)


def fit_covariates(
    kind: type[_M], summary: Summary, covariates: Mapping[str, ArrayLike], /
) -> CovariateModel[_M]:
    """A model whose parameters depend on what was known of each customer from the beginning.

    Args:
        kind: ``BGNBD``, ``MBGNBD`` or ``ParetoNBD``.
        summary: The customers.
        covariates: By name, one number for each row: 0 and 1 for yes and no, best centred else.

    Raises:
        InvalidFigure: There are no customers or no covariates, or not one number for each row.
    """
    likelihood, names = _maker(kind), tuple(covariates)
    table = _table(summary, covariates, names)
    first, group = distinct(tuple(table.T))
    layout = Layout.of(summary, group=group)
    pareto = issubclass(kind, ParetoNBD)
    moves = _PARETO if pareto else _GEOMETRIC
    base = 4
    spread = np.zeros((len(first), base, base + len(moves) * len(names)))
    spread[:, range(base), range(base)] = 1
    labels: list[tuple[str, str]] = []
    for which, (column, sign) in enumerate(moves):
        for place, name in enumerate(names):
            spread[:, column, base + which * len(names) + place] = sign * table[first, place]
            labels.append((kind.names[column], name))
    problem = Problem(
        names=(*kind.names, *(f"{parameter} by {name}" for parameter, name in labels)),
        timed=(1, 3) if pareto else (1,),
        meanings=PARETO_MEANINGS if pareto else GEOMETRIC_MEANINGS,
        likelihood=likelihood,
        spread=spread,
    )
    none = np.zeros(len(labels))
    begin = pareto_starts(layout) if pareto else geometric_starts(layout)
    solved = solve(problem, layout, [np.concatenate([start, none]) for start in begin])
    values = dict(zip(kind.names, map(float, np.exp(solved.theta[:base])), strict=True))
    coefficients = tuple(zip(labels, map(float, solved.theta[base:]), strict=True))
    plain = {"model": kind.title, "unit": summary.unit.value, **values, "how": None}
    return CovariateModel(kind.from_dict(plain), names, coefficients, solved.fit)
