"""Shares with the interval in which they lie, and how far two of them are apart."""

from math import sqrt
from statistics import NormalDist
from typing import Final

from attrs import field, frozen

from postpurchase.errors import InvalidEvaluation

CONFIDENCE: Final = 0.95


def _counted(share: "Share", _: object, of: int, /) -> None:
    if not 0 <= share.hits <= of:
        message = f"a share counts 0 to all of its cases, got {share.hits} of {of}"
        raise InvalidEvaluation(message)


@frozen
class Share:
    """So many of so many."""

    hits: int
    of: int = field(validator=_counted)

    @property
    def rate(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None

    def interval(self, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
        """Where the share lies with that confidence: Wilson's score interval (1927).

        Of nothing, everything is possible: 0 to 1.

        Raises:
            InvalidEvaluation: *confidence* is not between 0 and 1.
        """
        z = _z(confidence)
        if not self.of:
            return (0.0, 1.0)
        share, n = self.hits / self.of, self.of
        middle = share + z * z / (2 * n)
        half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        whole = 1 + z * z / n
        return (max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))


@frozen(kw_only=True)
class Apart:
    """How much more one share is than another, and where that lies.

    Attributes:
        difference: the first share less the second one, -1 to 1; None where one counts nothing.
        low, high: where the difference lies with that confidence, by Newcombe's hybrid score
            interval (Statistics in Medicine 17, 1998, method 10).
        confidence: 0 to 1; of several differences that are looked at together, each is as sure
            as that only alone.
    """

    difference: float | None
    low: float
    high: float
    confidence: float = CONFIDENCE

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


def apart(one: Share, other: Share, /, *, confidence: float = CONFIDENCE) -> Apart:
    """How much more the one share is than the other.

    Raises:
        InvalidEvaluation: *confidence* is not between 0 and 1.
    """
    first, second = one.rate, other.rate
    low_one, high_one = one.interval(confidence=confidence)
    low_other, high_other = other.interval(confidence=confidence)
    if first is None or second is None:
        return Apart(difference=None, low=-1.0, high=1.0, confidence=confidence)
    difference = first - second
    return Apart(
        difference=difference,
        low=difference - sqrt((first - low_one) ** 2 + (high_other - second) ** 2),
        high=difference + sqrt((high_one - first) ** 2 + (second - low_other) ** 2),
        confidence=confidence,
    )


def _z(confidence: float, /) -> float:
    if not 0 < confidence < 1:
        message = f"confidence lies between 0 and 1, got {confidence}: write 0.95"
        raise InvalidEvaluation(message)
    return NormalDist().inv_cdf((1 + confidence) / 2)
