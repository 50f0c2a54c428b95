"""Engagement beside lifetime value, by segment: do those who answer stay and buy?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from statistics import StatisticsError, correlation

from attrs import field, frozen

from postpurchase.clv.benchmark import REFERRING, Benchmark, Comparison
from postpurchase.clv.engagement import Engagement
from postpurchase.clv.worth import rounded
from postpurchase.domain.money import Money
from postpurchase.errors import InvalidFigure

Row = tuple[Engagement, Money]


def _some(_: object, __: object, rows: tuple[Row, ...]) -> None:
    if not rows:
        raise InvalidFigure(name="customers", need="one or more in a segment", got=0)


@frozen(kw_only=True)
class SegmentEngagement:
    """What the customers of one segment do beside buying, and what they are worth.

    Attributes:
        segment: which one.
        customers: what each did, and what each is worth; one or more, all in one currency.
    """

    segment: str
    customers: tuple[Row, ...] = field(validator=_some)

    @property
    def size(self) -> int:
        """How many customers."""
        return len(self.customers)

    @property
    def value(self) -> Money:
        """What one of them is worth in the mean, rounded half to even."""
        return _mean([money for _, money in self.customers])

    @property
    def engaged_value(self) -> Money | None:
        """The same of those who reacted at all; None where nobody did."""
        some = [money for each, money in self.customers if each.reactions]
        return _mean(some) if some else None

    @property
    def silent_value(self) -> Money | None:
        """The same of those who never reacted; None where everybody did."""
        some = [money for each, money in self.customers if not each.reactions]
        return _mean(some) if some else None

    @property
    def engaged_share(self) -> Decimal:
        """The share of customers who reacted at all."""
        return Decimal(sum(bool(each.reactions) for each, _ in self.customers)) / self.size

    @property
    def referral_rate(self) -> Decimal:
        """The share of customers who brought a friend; beside the quoted one see `referring`."""
        return Decimal(sum(bool(each.referred) for each, _ in self.customers)) / self.size

    @property
    def review_rate(self) -> Decimal | None:
        """Reviewed orders for each delivered one; None where nothing was delivered."""
        whole = self.total(lambda each: each.delivered)
        return _part(self.total(lambda each: each.reviewed), whole)

    @property
    def positive_share(self) -> Decimal | None:
        """The share of reviews with stars that have four of five or more; None without one."""
        whole = self.total(lambda each: each.rated)
        return _part(self.total(lambda each: each.positive), whole)

    @property
    def open_rate(self) -> Decimal | None:
        """Opened messages for each one sent; None where nothing was sent."""
        whole = self.total(lambda each: each.messages)
        return _part(self.total(lambda each: each.opened), whole)

    @property
    def link(self) -> float | None:
        """Whether those who react more are worth more: the rank correlation, from -1 to 1.

        None where all react alike or all are worth the same. It does not say which comes of
        which: `contact_effect` does.
        """
        reactions = _ranks([each.reactions for each, _ in self.customers])
        values = _ranks([money.minor for _, money in self.customers])
        try:
            return correlation(reactions, values)
        except StatisticsError:
            return None

    def total(self, of: Callable[[Engagement], int], /) -> int:
        """What one figure comes to over all customers."""
        return sum(of(each) for each, _ in self.customers)

    def each(self, of: Callable[[Engagement], int], /) -> Decimal:
        """What one figure comes to for each customer."""
        return Decimal(self.total(of)) / self.size

    def referring(self, quoted: Benchmark = REFERRING, /) -> Comparison:
        """The referral rate beside the quoted 77 per cent, or beside another figure."""
        return quoted.compare(self.referral_rate)

    def __str__(self) -> str:
        """One sentence."""
        values = [
            f"{name} {value}"
            for name, value in (
                ("who react are worth", self.engaged_value),
                ("who never do", self.silent_value),
            )
            if value is not None
        ]
        return (
            f"{self.segment}: {self.size} customers worth {self.value} each; "
            f"{self.engaged_share:.0%} react; those {', those '.join(values)}"
        )


_COUNTED: Mapping[str, Callable[[Engagement], int]] = {
    "opens": lambda each: each.opened,
    "replies": lambda each: each.replies,
    "reviews": lambda each: each.reviews,
    "redemptions": lambda each: each.redemptions,
    "referrals": lambda each: len(each.referred),
    "shared": lambda each: each.shared,
}


def _mean(values: Sequence[Money]) -> Money:
    whole = Money.sum(values, currency=values[0].currency)
    return rounded(Fraction(whole.minor, len(values)), whole.currency)


def _part(some: int, whole: int) -> Decimal | None:
    return Decimal(some) / whole if whole else None


def _ranks(values: Sequence[int]) -> list[float]:
    """The rank of each value; equal ones share the mean of theirs."""
    ordered = sorted(values)
    first: dict[int, int] = {}
    count: dict[int, int] = {}
    for place, value in enumerate(ordered):
        first.setdefault(value, place)
        count[value] = count.get(value, 0) + 1
    return [first[value] + (count[value] - 1) / 2 for value in values]


@frozen
class EngagementReport:
    """Engagement beside lifetime value: a row for each segment, then all customers together."""

    segments: tuple[SegmentEngagement, ...]

    @property
    def all(self) -> SegmentEngagement:
        """All customers of all segments."""
        together = tuple(row for each in self.segments for row in each.customers)
        return SegmentEngagement(segment="all", customers=together)

    def rows(self) -> Mapping[str, list[object]]:
        """One row for each segment as columns, for any frame: ``polars.DataFrame(report.rows())``.

        Money is in units of the currency, counts are for each customer.
        """
        some = self.segments
        counted: dict[str, list[object]] = {
            name: [each.each(of) for each in some] for name, of in _COUNTED.items()
        }
        return {
            "segment": [each.segment for each in some],
            "customers": [each.size for each in some],
            "value": [each.value.amount for each in some],
            "engaged_value": [_amount(each.engaged_value) for each in some],
            "silent_value": [_amount(each.silent_value) for each in some],
            "currency": [each.value.currency for each in some],
            "engaged_share": [each.engaged_share for each in some],
            **counted,
            "open_rate": [each.open_rate for each in some],
            "review_rate": [each.review_rate for each in some],
            "positive_share": [each.positive_share for each in some],
            "referral_rate": [each.referral_rate for each in some],
            "link": [each.link for each in some],
        }

    def _repr_html_(self) -> str:
        names = ("segment", "customers", "worth", "if they react", "if not", "react", *_COUNTED)
        head = "".join(f"<th>{escape(name)}</th>" for name in (*names, "link"))
        rows = "".join(_html(each) for each in (*self.segments, self.all))
        caption = "engagement for each customer, and lifetime value"
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{rows}</table>"


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount


def _html(row: SegmentEngagement) -> str:
    cells = (
        str(row.size),
        *(
            "" if value is None else str(value)
            for value in (row.value, row.engaged_value, row.silent_value)
        ),
        f"{row.engaged_share:.0%}",
        *(f"{row.each(of):.2f}" for of in _COUNTED.values()),
        "" if row.link is None else f"{row.link:+.2f}",
    )
    body = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr><th>{escape(row.segment)}</th>{body}</tr>"


def engagement_report(customers: Iterable[tuple[str, Engagement, Money]], /) -> EngagementReport:
    """Link what customers do beside buying to what they are worth, by segment.

    Args:
        customers: For each customer the segment, what they did, and what they are worth: so far
            as `historic` has it, or in the next twelve months as `future_value` has it.

    Raises:
        InvalidFigure: There is no customer.
        CurrencyMismatch: There are two currencies.
    """
    found: dict[str, list[Row]] = {}
    for segment, each, value in customers:
        found.setdefault(segment, []).append((each, value))
    report = EngagementReport(
        tuple(
            SegmentEngagement(segment=segment, customers=tuple(rows))
            for segment, rows in sorted(found.items())
        )
    )
    _ = report.all.value  # two currencies, or nobody at all, are said here and not while drawing
    return report
