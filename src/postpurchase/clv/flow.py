"""Discounting where the expected rate of purchases flows smoothly over time."""

from abc import abstractmethod

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.summary import Summary

_LEGENDRE = np.polynomial.legendre.leggauss(24)
_LEFT, _GRAIN, _DECAYED = -4.5, 0.1, 45.0


@frozen(kw_only=True)
class FlowModel(RepeatModel):
    """A model of repeat buying whose expected rate of purchases is known at every moment."""

    def _until(self, pair: Summary, t: float, delta: float) -> FloatArray:
        """Gauss-Legendre on the logarithm of the time passed, where the rate is nearly linear."""
        scale = self._pace(pair)
        reach = np.log1p(t / scale)
        total = np.zeros(len(pair))
        for node, weight in zip(*_LEGENDRE, strict=True):
            part = reach * (1 + node) / 2
            s = scale * np.expm1(part)
            total += weight * (s + scale) * np.exp(-delta * s) * self._rate(pair, s)
        answer: FloatArray = total * reach / 2
        return answer

    def _for_ever(self, pair: Summary, delta: float) -> FloatArray:
        """The trapezoid rule after ``s = scale exp(v - exp(-v))``, which decays at both ends."""
        scale = self._pace(pair)
        total = np.zeros(len(pair))
        if not len(pair):
            return total
        last = np.log(_DECAYED / (delta * float(scale.min()))) + 1
        for v in np.arange(_LEFT, max(last, 1.0), _GRAIN):
            s = scale * np.exp(v - np.exp(-v))
            total += s * (1 + np.exp(-v)) * np.exp(-delta * s) * self._rate(pair, s)
        return total * _GRAIN

    @abstractmethod
    def _rate(self, pair: Summary, s: FloatArray) -> FloatArray:
        """Of a customer who is there now: the expected purchases per unit of time, s ahead."""

    @abstractmethod
    def _pace(self, pair: Summary) -> FloatArray:
        """The length of time on which that rate changes."""
