"""Finding the top of a log-likelihood, and saying how it looks there.

Parameters are positive, so the search runs on their logarithms. A quasi-Newton climb (BFGS)
comes near; Newton steps with the Hessian of the exact gradient finish to the last
digits and leave that Hessian behind for the covariance.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from scipy import optimize

from postpurchase.clv.arrays import BoolArray, FloatArray

Objective: TypeAlias = Callable[[FloatArray], tuple[float, FloatArray]]
"""Log-parameters to the mean log-likelihood per customer and its gradient."""

Bent: TypeAlias = Callable[[FloatArray], tuple[float, FloatArray, FloatArray]]
"""The same with the matrix of second derivatives, where a model can say it."""

EDGE = 14.0
"""How far a log-parameter may go: a factor of a million either way."""

FAR = 11.0
"""Beyond this, a factor of sixty thousand, a parameter counts as one that ran away."""

_SETTLED = 1e-5
_ROUNDING = 1e-8

_STEEP = 1e-6
_NEAR = 1e-3
_DONE = 1e-11
_FLAT = 2e-6
_STEP = 1e-4
_WALL = 1.0
_ROUNDS = 30
_LONGEST = 2.0
_HALVINGS = 12
_SHARE = 0.3


_Seen = TypeVar("_Seen", tuple[float, FloatArray], tuple[float, FloatArray, FloatArray])


@frozen(kw_only=True, eq=False)
class Optimum:
    """Where a search ended.

    Args:
        theta: The log-parameters.
        value: The mean log-likelihood there.
        gradient: Its gradient.
        hessian: Its matrix of second derivatives.
    """

    theta: FloatArray
    value: float
    gradient: FloatArray
    hessian: FloatArray

    @property
    def converged(self) -> bool:
        """Whether the gradient is as good as zero, but for parameters that ran away.

        Beside those the rounding of a log-likelihood of millions hides the top: there the others
        are on it when no more than that rounding is left to gain.
        """
        inside = np.abs(self.theta) < FAR
        slope = self.gradient[inside]
        if (np.abs(slope) < _SETTLED).all():
            return True
        left = slope @ _newton_step(self.hessian, self.gradient, inside)[inside] / 2
        return bool(not inside.all() and left < _ROUNDING)

    @property
    def proper(self) -> bool:
        """Whether the top is a peak, curved in every direction and away from the edges."""
        curvature = np.linalg.eigvalsh(-self.hessian)
        return bool(curvature[0] > _FLAT and (np.abs(self.theta) < FAR).all())

    def loose(self) -> tuple[int, ...]:
        """The parameters that the data do not hold: along them the top is flat or at an edge."""
        curvature, directions = np.linalg.eigh(-self.hessian)
        held = np.abs(self.theta) >= FAR
        for i in np.flatnonzero(curvature <= _FLAT):
            held |= np.abs(directions[:, i]) > _SHARE
        return tuple(int(i) for i in np.flatnonzero(held))


def maximise(
    objective: Objective, starts: Sequence[FloatArray], /, *, bent: Bent | None = None
) -> Optimum:
    """The best top found: the first start's if it is a proper peak, else the best of all.

    Args:
        objective: The mean log-likelihood and its gradient at log-parameters.
        starts: Where to begin; at least one.
        bent: The same with second derivatives, if there is such a function; it spares evaluations.
    """
    tops: list[Optimum] = []
    for start in starts:
        if bent is None:
            tops.append(finish(objective, _climb(objective, start, _STEEP)))
        else:
            tops.append(finish_bent(bent, _climb(objective, start, _NEAR)))
        if tops[-1].converged and tops[-1].proper:
            break
    return max(tops, key=lambda top: top.value)


def _climb(objective: Objective, start: FloatArray, flat: float) -> FloatArray:
    """Quasi-Newton; beyond the edge a soft wall turns the search back."""

    def downhill(theta: FloatArray) -> tuple[float, FloatArray]:
        inside = np.clip(theta, -EDGE, EDGE)
        value, gradient = objective(inside)
        beyond = theta - inside
        slope = np.where(beyond == 0, -gradient, 0.0) + 2 * _WALL * beyond
        return _WALL * float(beyond @ beyond) - value, slope

    result = optimize.minimize(
        downhill, start, jac=True, method="BFGS", options={"gtol": flat, "maxiter": 500}
    )
    answer: FloatArray = np.clip(np.asarray(result.x, dtype=np.float64), -EDGE, EDGE)
    return answer


def finish(
    objective: Objective, theta: FloatArray, /, *, hessian: FloatArray | None = None
) -> Optimum:
    """Newton steps from a point near the top, then the Hessian there.

    Args:
        objective: The mean log-likelihood and its gradient.
        theta: Where to begin.
        hessian: Second derivatives near the top, if they are known; they spare evaluations.
    """
    curved = curvature(objective, theta) if hessian is None else hessian
    theta, value, gradient = _settle(objective, theta, curved, EDGE)
    if (np.abs(theta) >= FAR).any():
        # Where some ran away the top is a ridge: the others end on it while those stand still.
        theta, value, gradient = _settle(objective, theta, curvature(objective, theta), FAR)
    curved = curvature(objective, theta)
    return Optimum(theta=theta, value=value, gradient=gradient, hessian=curved)


def _settle(
    objective: Objective, theta: FloatArray, curved: FloatArray, reach: float
) -> tuple[FloatArray, float, FloatArray]:
    """Steps of the parameters within reach, until their gradient is nothing or all steps lose."""
    value, gradient = objective(theta)
    for _ in range(_ROUNDS):
        inside = np.abs(theta) < reach
        if (np.abs(gradient[inside]) < _DONE).all():
            break
        moved = _advance(objective, theta, value, _newton_step(curved, gradient, inside))
        if moved is None:
            break
        shrunk = np.abs(moved[1][1]).max() < np.abs(gradient).max() / 4
        theta, (value, gradient) = moved
        if not shrunk:
            curved = curvature(objective, theta)
    return theta, value, gradient


def finish_bent(bent: Bent, theta: FloatArray, /) -> Optimum:
    """The same with second derivatives at every step.

    Args:
        bent: The mean log-likelihood with its first and second derivatives.
        theta: Where to begin, near the top.
    """
    seen = bent(theta)
    for reach in (EDGE, FAR):  # as in `finish`
        if reach == FAR and (np.abs(theta) < FAR).all():
            break
        for _ in range(_ROUNDS):
            value, gradient, hessian = seen
            inside = np.abs(theta) < reach
            if (np.abs(gradient[inside]) < _DONE).all():
                break
            moved = _advance(bent, theta, value, _newton_step(hessian, gradient, inside))
            if moved is None:
                break
            theta, seen = moved
    value, gradient, hessian = seen
    return Optimum(theta=theta, value=value, gradient=gradient, hessian=hessian)


def _newton_step(hessian: FloatArray, gradient: FloatArray, inside: BoolArray) -> FloatArray:
    step = np.zeros_like(gradient)
    values, vectors = np.linalg.eigh(-hessian[np.ix_(inside, inside)])
    along = vectors.T @ gradient[inside]
    step[inside] = vectors @ (along / np.maximum(np.abs(values), 1e-9))
    return step * min(1.0, _LONGEST / max(float(np.abs(step).max()), _LONGEST))


def _advance(
    look: Callable[[FloatArray], _Seen], theta: FloatArray, value: float, step: FloatArray
) -> tuple[FloatArray, _Seen] | None:
    """The first of ever shorter steps that does not lose; none if all of them do."""
    slack = 1e-14 * (1 + abs(value))
    for _ in range(_HALVINGS):
        there = np.clip(theta + step, -EDGE, EDGE)
        seen = look(there)
        if seen[0] >= value - slack:
            return there, seen
        step = step / 4
    return None


def curvature(objective: Objective, theta: FloatArray, /) -> FloatArray:
    """The matrix of second derivatives, by central differences of the exact gradient."""
    rows: list[FloatArray] = []
    for i in range(len(theta)):
        nudge = np.zeros_like(theta)
        nudge[i] = _STEP
        rows.append((objective(theta + nudge)[1] - objective(theta - nudge)[1]) / (2 * _STEP))
    matrix: FloatArray = np.array(rows)
    answer: FloatArray = (matrix + matrix.T) / 2
    return answer
