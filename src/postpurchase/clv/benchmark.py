"""Figures that are quoted everywhere, kept with who said them: to compare with, never to decide by.

None of them enters a formula of this library. They are handed down from article to article, so
read each as "it is said that", and look at your own figure first.
"""

from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from postpurchase.clv.shares import finite


@frozen(kw_only=True)
class Benchmark:
    """A quoted figure.

    Attributes:
        name: what to call it.
        says: the sentence, in full.
        low: the lower end of what is quoted; shares are fractions.
        high: the upper end; the same where one number is quoted.
        source: whom the articles name.
    """

    name: str
    says: str
    low: Decimal
    high: Decimal
    source: str

    def compare(self, own: Decimal, /) -> "Comparison":
        """One's own figure beside it."""
        return Comparison(benchmark=self, own=own)


def _finite(_: object, __: object, own: Decimal) -> None:
    finite("own", own)


class Standing(Enum):
    """Where a figure stands to a quoted range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@frozen(kw_only=True)
class Comparison:
    """One's own figure beside a quoted one."""

    benchmark: Benchmark
    own: Decimal = field(validator=_finite)

    @property
    def standing(self) -> Standing:
        """Below, within or above what is quoted."""
        if self.own < self.benchmark.low:
            return Standing.BELOW
        return Standing.ABOVE if self.own > self.benchmark.high else Standing.WITHIN

    def __str__(self) -> str:
        """One sentence."""
        low, high = self.benchmark.low, self.benchmark.high
        quoted = f"{low}" if low == high else f"{low} to {high}"
        return (
            f"{self.benchmark.name}: {self.own:.4g} is {self.standing.value} the quoted {quoted} "
            f"({self.benchmark.source})"
        )


def _quoted(name: str, says: str, source: str, low: str, high: str) -> Benchmark:
    return Benchmark(name=name, says=says, low=Decimal(low), high=Decimal(high), source=source)


ACQUISITION_COST = _quoted(
    "acquisition cost over retention cost",
    "Winning a new customer costs five times what keeping one costs.",
    "a rule of thumb in merchants' guides, without a study behind it",
    "5",
    "5",
)
EXISTING_SALE = _quoted(
    "chance to sell to an existing customer",
    "The probability of selling to an existing customer is 60 to 70 per cent.",
    "attributed to Marketing Metrics (Farris and others, 2006)",
    "0.60",
    "0.70",
)
NEW_SALE = _quoted(
    "chance to sell to a new customer",
    "The probability of selling to a new customer is 5 to 20 per cent.",
    "attributed to Marketing Metrics (Farris and others, 2006)",
    "0.05",
    "0.20",
)
EXISTING_OVER_NEW = _quoted(
    "chance to sell to an existing over a new customer",
    "Selling to an existing customer is 14 times likelier than to a new one.",
    "an unnamed survey quoted in merchants' guides",
    "14",
    "14",
)
PROFIT_FROM_RETENTION = _quoted(
    "rise of profit with 5 points of retention",
    "Five points more retention raise profit by 25 to 95 per cent.",
    "attributed to Harvard Business School and F. Reichheld of Bain & Company",
    "0.25",
    "0.95",
)
REPEAT_REVENUE = _quoted(
    "share of revenue from repeat business",
    "40 per cent of an average shop's revenue come from repeat business.",
    "quoted in merchants' guides",
    "0.40",
    "0.40",
)
REFERRING = _quoted(
    "share of customers who refer friends",
    "77 per cent of customers tell friends of a purchase they were happy with.",
    "quoted in merchants' guides",
    "0.77",
    "0.77",
)
LIFESPAN_YEARS = _quoted(
    "years that a customer stays",
    "A customer of a shop stays one to three years.",
    "quoted in merchants' guides",
    "1",
    "3",
)

BENCHMARKS = (
    ACQUISITION_COST,
    EXISTING_SALE,
    NEW_SALE,
    EXISTING_OVER_NEW,
    PROFIT_FROM_RETENTION,
    REPEAT_REVENUE,
    REFERRING,
    LIFESPAN_YEARS,
)
"""All of them."""
