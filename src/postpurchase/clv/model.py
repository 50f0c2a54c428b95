"""What all fitted models share: named positive parameters, how the fit went, plain data."""

import json
from abc import ABC
from collections.abc import Mapping
from html import escape
from typing import Any, ClassVar, Self, cast

import numpy as np
from attrs import Attribute, fields, frozen
from scipy import special

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.unit import Unit
from postpurchase.errors import FitFailed, InvalidFigure, NoInterval


def positive(_: object, attribute: "Attribute[float]", value: float) -> None:
    """Refuse a parameter that is not a positive finite number."""
    if not (np.isfinite(value) and value > 0):
        raise InvalidFigure(name=attribute.name, need="a positive finite number", got=value)


@frozen(kw_only=True)
class Fit:
    """How a fit went.

    Args:
        log_likelihood: The log-likelihood at the parameters, with time in the model's unit.
        customers: How many customers it was fitted on.
        covariance: The covariance matrix of the logarithms of the parameters, in their order;
            None where the data do not hold every parameter.
        converged: Whether the search ended on a top.
        boundary: Which parameters ran away, and what that says of the customers.
        warnings: Everything else worth knowing before the model is used.
    """

    log_likelihood: float
    customers: float
    covariance: tuple[tuple[float, ...], ...] | None
    converged: bool
    boundary: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@frozen
class ParameterInterval:
    """A parameter with the bounds of its confidence interval, always above 0.

    Args:
        name: As in the papers.
        low: The lower bound.
        value: The estimate.
        high: The upper bound.
    """

    name: str
    low: float
    value: float
    high: float


@frozen(kw_only=True)
class Model(ABC):
    """A model with positive parameters.

    Args:
        unit: The unit of time that the parameters count in.
        fit: How they were found; None where they were given.
    """

    title: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    timed: ClassVar[tuple[str, ...]] = ()

    unit: Unit = Unit.DAY
    how: Fit | None = None

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""
        return {name: float(getattr(self, name)) for name in self.names}

    @property
    def theta(self) -> FloatArray:
        """The logarithms of the parameters."""
        return np.log(np.array(list(self.parameters.values()), dtype=np.float64))

    def at(self, theta: FloatArray, /) -> Self:
        """The model with other parameters, given by their logarithms; how it was fitted stays."""
        values = np.exp(np.clip(theta, -600.0, 600.0))
        return self._with(dict(zip(self.names, map(float, values), strict=True)))

    def _with(self, changes: Mapping[str, object]) -> Self:
        kept = {each.name: getattr(self, each.name) for each in fields(type(self))}
        return type(self)(**cast("dict[str, Any]", {**kept, **changes}))

    @property
    def covariance(self) -> FloatArray:
        """The covariance matrix of the logarithms of the parameters.

        Raises:
            NoInterval: The parameters were given, or the data do not hold all of them.
        """
        if self.how is None or self.how.covariance is None:
            reasons = () if self.how is None else self.how.boundary + self.how.warnings
            raise NoInterval(model=self.title, reasons=reasons)
        return np.array(self.how.covariance)

    def within(self, unit: Unit, /) -> Self:
        """The same model counted in another unit of time; how it was fitted stays."""
        scale = self.unit.days / unit.days
        return self._with(
            {"unit": unit, **{name: getattr(self, name) * scale for name in self.timed}}
        )

    def standard_errors(self) -> dict[str, float]:
        """The standard error of each parameter, on its own scale (delta method).

        Raises:
            NoInterval: There is no covariance.
        """
        errors = np.sqrt(np.diag(self.covariance)) * np.exp(self.theta)
        return dict(zip(self.names, map(float, errors), strict=True))

    def intervals(self, level: float = 0.95) -> tuple[ParameterInterval, ...]:
        """Confidence intervals of the parameters, symmetric on the log scale.

        Args:
            level: The confidence, between 0 and 1.

        Raises:
            NoInterval: There is no covariance.
        """
        reach = normal_quantile(level) * np.sqrt(np.diag(self.covariance))
        low, high = np.exp(self.theta - reach), np.exp(self.theta + reach)
        return tuple(
            ParameterInterval(name, float(low[i]), value, float(high[i]))
            for i, (name, value) in enumerate(self.parameters.items())
        )

    def strictly(self) -> Self:
        """This very model, if its fit reached a proper optimum.

        Raises:
            FitFailed: It did not converge, or a parameter ran to a boundary.
        """
        if self.how is not None and (not self.how.converged or self.how.boundary):
            raise FitFailed(model=self.title, reasons=self.how.boundary + self.how.warnings)
        return self

    def to_dict(self) -> dict[str, object]:
        """The model as plain data that JSON can hold."""
        return {
            "model": self.title,
            "unit": self.unit.value,
            **self._plain(),
            "how": fit_to(self.how),
        }

    def _plain(self) -> dict[str, object]:
        return dict(self.parameters)

    def to_json(self) -> str:
        """The model as JSON text; `from_json` reads it to the last digit."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(cls, data: Mapping[str, object], /) -> Self:
        """The model that `to_dict` wrote.

        Raises:
            InvalidFigure: The data are of another model, or not what `to_dict` writes.
        """
        rest = dict(data)
        title = rest.pop("model", None)
        if title != cls.title:
            raise InvalidFigure(name="model", need=cls.title, got=title)
        try:
            unit, how = Unit(str(rest.pop("unit"))), fit_from(rest.pop("how"))
            return cls._restored(rest, unit, how)
        except (KeyError, TypeError) as error:
            raise InvalidFigure(name=cls.title, need="the keys of to_dict()", got=data) from error

    @classmethod
    def _restored(cls, data: Mapping[str, object], unit: Unit, how: Fit | None) -> Self:
        values = {name: number(data, name) for name in cls.names}
        if len(values) != len(data):
            raise KeyError(*(set(data) - set(values)))
        return cls(unit=unit, how=how, **values)

    @classmethod
    def from_json(cls, text: str, /) -> Self:
        """The model that `to_json` wrote.

        Raises:
            InvalidFigure: The text is of another model, or not what `to_json` writes.
        """
        data: object = json.loads(text)
        if not isinstance(data, dict):
            raise InvalidFigure(name=cls.title, need="a JSON object", got=data)
        return cls.from_dict(cast("dict[str, object]", data))

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{value:.6g}</td></tr>"
            for name, value in self.parameters.items()
        )
        notes = "" if self.how is None else _notes(self.how)
        caption = f"{escape(self.title)}, time in {self.unit.value}s"
        return f"<table><caption>{caption}</caption>{rows}</table>{notes}"


def _notes(how: Fit) -> str:
    state = "converged" if how.converged else "did not converge"
    lines = [f"log-likelihood {how.log_likelihood:.4f}, {how.customers:g} customers, {state}"]
    lines += [*how.boundary, *how.warnings]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def number(data: Mapping[str, object], key: str, /) -> float:
    """The number under a key.

    Raises:
        TypeError: It is not a number.
        KeyError: There is no such key.
    """
    value = data[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = f"{key} is a number, got {value!r}"
        raise TypeError(message)
    return float(value)


def numbers(data: Mapping[str, object], key: str, /) -> tuple[float, ...]:
    """The list of numbers under a key.

    Raises:
        TypeError: It is not a list of numbers.
        KeyError: There is no such key.
    """
    return tuple(number({key: item}, key) for item in listed(data[key]))


def listed(value: object, /) -> list[object]:
    """The value as a list.

    Raises:
        TypeError: It is not one.
    """
    if not isinstance(value, list):
        message = f"need a list, got {value!r}"
        raise TypeError(message)
    return cast("list[object]", value)


def fit_to(how: Fit | None, /) -> dict[str, object] | None:
    """How a fit went, as plain data that JSON can hold."""
    if how is None:
        return None
    return {
        "log_likelihood": how.log_likelihood,
        "customers": how.customers,
        "covariance": how.covariance and [list(row) for row in how.covariance],
        "converged": how.converged,
        "boundary": list(how.boundary),
        "warnings": list(how.warnings),
    }


def fit_from(data: object, /) -> Fit | None:
    """How a fit went, from what `fit_to` wrote.

    Raises:
        TypeError: It is something else.
        KeyError: Something is missing.
    """
    if data is None:
        return None
    if not isinstance(data, dict):
        message = f"how is an object or null, got {data!r}"
        raise TypeError(message)
    found = cast("dict[str, object]", data)
    matrix = found["covariance"]
    rows = None if matrix is None else [numbers({"row": row}, "row") for row in listed(matrix)]
    return Fit(
        log_likelihood=number(found, "log_likelihood"),
        customers=number(found, "customers"),
        covariance=None if rows is None else tuple(rows),
        converged=found["converged"] is True,
        boundary=tuple(map(str, listed(found["boundary"]))),
        warnings=tuple(map(str, listed(found["warnings"]))),
    )


def normal_quantile(level: float, /) -> float:
    """How many standard deviations either way hold this share of a normal distribution.

    Raises:
        InvalidFigure: The level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise InvalidFigure(name="level", need="a share between 0 and 1", got=level)
    return float(special.ndtri((1 + level) / 2))
