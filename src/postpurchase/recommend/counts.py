"""What four integers say about two products: how often each, both and neither were bought."""

from collections.abc import Callable, Iterable
from math import exp, inf, lgamma, log, sqrt

from attrs import field, frozen

from postpurchase.errors import InvalidCounts


def _possible(counts: "Counts", _: object, both: int, /) -> None:
    n, a, b = counts.baskets, counts.first, counts.second
    if not max(0, a + b - n) <= both <= min(a, b) or not 0 < a <= n or not 0 < b <= n:
        raise InvalidCounts(baskets=n, first=a, second=b, both=both)


@frozen(kw_only=True)
class Counts:
    """How often two products were bought, apart and together; every measure derives from it.

    The measures are those of association rule mining, `first` being the antecedent; formulas as
    in https://mhahsler.github.io/arules/docs/measures. Those that unrelated baskets do not move
    are confidence, cosine, Jaccard, Kulczynski, all- and max-confidence.

    Attributes:
        baskets: all baskets counted, those of one item too.
        first: baskets with the first product.
        second: baskets with the second product.
        both: baskets with both.
    """

    baskets: int
    first: int
    second: int
    both: int = field(validator=_possible)

    @property
    def _cells(self) -> tuple[int, int, int, int]:
        """Baskets with both, only the first, only the second, neither."""
        only_first, only_second = self.first - self.both, self.second - self.both
        return (self.both, only_first, only_second, self.baskets - self.first - only_second)

    @property
    def support(self) -> float:
        """Share of baskets with both, 0 to 1."""
        return self.both / self.baskets

    @property
    def confidence(self) -> float:
        """Share of the first product's baskets that hold the second, 0 to 1."""
        return self.both / self.first

    @property
    def lift(self) -> float:
        """How many times more often together than by chance; noise at small counts."""
        return self.baskets * self.both / (self.first * self.second)

    @property
    def leverage(self) -> float:
        """Support less the support by chance, -0.25 to 0.25."""
        return (self.baskets * self.both - self.first * self.second) / self.baskets**2

    @property
    def conviction(self) -> float:
        """How much more often the rule would fail by chance; infinite where it never fails."""
        fails = self.first - self.both
        return self.first * (self.baskets - self.second) / (self.baskets * fails) if fails else inf

    @property
    def certainty(self) -> float:
        """Confidence gained over chance, as a share of what there was to gain or lose, -1 to 1."""
        n, a, b, both = self.baskets, self.first, self.second, self.both
        gain = both * n - a * b
        room = a * (n - b) if gain > 0 else a * b
        return gain / room if room else 0.0

    @property
    def zhang(self) -> float:
        """Zhang's measure, -1 (never together) to 1 (always); 0 where chance leaves no room."""
        n, a, b, both = self.baskets, self.first, self.second, self.both
        room = max(both * (n - a), a * (b - both))
        return (n * both - a * b) / room if room else 0.0

    @property
    def cosine(self) -> float:
        """`both` over the geometric mean of the two counts, 0 to 1."""
        return self.both / sqrt(self.first * self.second)

    @property
    def jaccard(self) -> float:
        """Baskets with both over baskets with either, 0 to 1."""
        return self.both / (self.first + self.second - self.both)

    @property
    def kulczynski(self) -> float:
        """Mean of the confidences in both directions, 0 to 1."""
        return self.both * (self.first + self.second) / (2 * self.first * self.second)

    @property
    def imbalance(self) -> float:
        """How unlike in size the two products are, 0 to 1."""
        return abs(self.first - self.second) / (self.first + self.second - self.both)

    @property
    def all_confidence(self) -> float:
        """The smaller of the two confidences, 0 to 1."""
        return self.both / max(self.first, self.second)

    @property
    def max_confidence(self) -> float:
        """The greater of the two confidences, 0 to 1."""
        return self.both / min(self.first, self.second)

    @property
    def phi(self) -> float:
        """Correlation of the two, -1 to 1; 0 where one of them is in every basket."""
        n, a, b = self.baskets, self.first, self.second
        spread = a * b * (n - a) * (n - b)
        return (n * self.both - a * b) / sqrt(spread) if spread else 0.0

    @property
    def odds_ratio(self) -> float:
        """Odds of the second with the first over those without; infinite where it never fails."""
        both, only_first, only_second, neither = self._cells
        fails = only_first * only_second
        return both * neither / fails if fails else inf

    @property
    def chi_squared(self) -> float:
        """Pearson's statistic of the 2 x 2 table, one degree of freedom, no correction."""
        return self.baskets * self.phi**2

    @property
    def llr(self) -> float:
        """Log-likelihood ratio G² (Dunning 1993): how surprising they are together, 0 or more."""
        n, a, b = self.baskets, self.first, self.second
        chance = (a * b, a * (n - b), (n - a) * b, (n - a) * (n - b))
        pairs = zip(self._cells, chance, strict=True)
        return max(0.0, 2 * sum(k * log(k * n / by_chance) for k, by_chance in pairs if k))

    @property
    def chance(self) -> float:
        """Probability of `both` or more by chance: the one-sided hypergeometric tail, 0 to 1."""
        n, a, b = self.baskets, self.first, self.second
        total = _ways(n, b)
        tail = range(self.both, min(a, b) + 1)
        logs = (_ways(a, k) + _ways(n - a, b - k) - total for k in tail if b - k <= n - a)
        return min(1.0, sum(map(exp, logs)))


def _ways(of: int, take: int, /) -> float:
    """Logarithm of the number of ways to take so many of so many."""
    return lgamma(of + 1) - lgamma(take + 1) - lgamma(of - take + 1)


def expected_together(others: Iterable[int], share: float, /) -> float:
    """How many buyers of one product would buy another by chance alone, heavy buyers weighing more.

    Args:
        others: how many other things each buyer of the first product bought.
        share: of all purchases, those of the second product, 0 to 1.

    Source: Smith & Linden 2017, "Two Decades of Recommender Systems at Amazon.com".
    """
    return sum(1 - (1 - share) ** bought for bought in others)


def asymmetric_cosine(alpha: float, /) -> Callable[[Counts], float]:
    """A score between cosine (alpha 0.5) and confidence (alpha 1): `both / first^a second^(1-a)`.

    Source: Faggioli et al. 2020 (UP-CF).
    """
    return lambda counts: counts.both / (counts.first**alpha * counts.second ** (1 - alpha))
