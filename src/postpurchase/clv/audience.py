"""Whom to ask to buy: customers one has, or new ones. What to expect of either."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from html import escape

from attrs import field, frozen

from postpurchase.clv.benchmark import EXISTING_OVER_NEW, Benchmark, Comparison
from postpurchase.clv.shares import rate, share
from postpurchase.clv.worth import rounded
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidFigure


def _people(_: object, __: object, value: int) -> None:
    if value < 1:
        raise InvalidFigure(name="people", need="1 or more", got=value)


def _chance(_: object, __: object, value: Decimal) -> None:
    share("chance", value)


@frozen(kw_only=True)
class Audience:
    """People to ask, and what is known of people like them.

    Args:
        people: How many.
        chance: The probability that one of them buys when asked: orders of an earlier campaign
            over the people it reached.
        order: What an order is worth: its revenue, or better its margin.
        cost: What it costs to reach one of them.
    """

    people: int = field(validator=_people)
    chance: Decimal = field(validator=_chance)
    order: Money
    cost: Money

    @property
    def conversions(self) -> Decimal:
        """How many orders to expect."""
        return self.people * self.chance

    @property
    def revenue(self) -> Money:
        """What they are worth together, rounded half to even."""
        return self.order.times(self.conversions, rounding=Rounding.HALF_EVEN)

    @property
    def spent(self) -> Money:
        """What it costs to reach all of them."""
        return self.cost * self.people

    @property
    def profit(self) -> Money:
        """What is left of the revenue."""
        return self.revenue - self.spent

    @property
    def cost_per_order(self) -> Money | None:
        """What one order costs, rounded half to even; None where none is to be expected."""
        if not self.chance:
            return None
        return rounded(self.cost.minor / Fraction(self.chance), self.cost.currency)

    def newcomers(
        self,
        *,
        people: int,
        cost: Money,
        times: Decimal = EXISTING_OVER_NEW.low,
        order: Money | None = None,
    ) -> "Audience":
        """New people beside these customers, where nothing of one's own is known of them.

        Args:
            people: How many.
            cost: What it costs to reach one of them.
            times: How many times likelier a customer buys than somebody new. Without one's own
                figure the quoted 14, for which nobody names a source: try others.
            order: What their order is worth; as much as a customer's unless given.

        Raises:
            InvalidFigure: It is not above 0, or would make the chance more than 1.
        """
        chance = self.chance / rate("times", times, above=Decimal(0))
        return Audience(people=people, chance=chance, order=order or self.order, cost=cost)


@frozen(kw_only=True)
class ExistingAndNew:
    """What to expect of customers one has, beside what to expect of new ones.

    Args:
        existing: The customers.
        new: The others.
        quoted: What others say of how much likelier customers buy; to compare with, it enters no
            figure.
    """

    existing: Audience
    new: Audience
    quoted: Benchmark = EXISTING_OVER_NEW

    @property
    def times(self) -> Decimal | None:
        """How many times likelier a customer buys; None where nobody new does."""
        return self.existing.chance / self.new.chance if self.new.chance else None

    @property
    def comparison(self) -> Comparison | None:
        """One's own figure beside the quoted one; None where nobody new buys."""
        return None if self.times is None else self.quoted.compare(self.times)

    def rows(self) -> Mapping[str, list[object]]:
        """As columns, for any data frame: ``pandas.DataFrame(both.rows())``."""
        both = {"existing": self.existing, "new": self.new}
        costs = [each.cost_per_order for each in both.values()]
        return {
            "audience": list(both),
            "people": [each.people for each in both.values()],
            "chance": [each.chance for each in both.values()],
            "conversions": [each.conversions for each in both.values()],
            "revenue": [each.revenue.amount for each in both.values()],
            "spent": [each.spent.amount for each in both.values()],
            "profit": [each.profit.amount for each in both.values()],
            "cost_per_order": [None if cost is None else cost.amount for cost in costs],
            "currency": [each.order.currency for each in both.values()],
        }

    def __str__(self) -> str:
        """One sentence."""
        return f"{_told('customers', self.existing)}; {_told('new people', self.new)}" + (
            f"; {self.comparison}" if self.comparison else ""
        )

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th>{name}</th>"
            for name in ("", "people", "orders", "revenue", "spent", "profit", "cost of an order")
        )
        rows = "".join(
            _html(name, each) for name, each in (("existing", self.existing), ("new", self.new))
        )
        return f"<table><caption>{escape(str(self))}</caption><tr>{head}</tr>{rows}</table>"


def _told(who: str, audience: Audience) -> str:
    return (
        f"{audience.people} {who}: {float(audience.conversions):.4g} orders, "
        f"{audience.profit} after {audience.spent}"
    )


def _html(name: str, audience: Audience) -> str:
    cost = audience.cost_per_order
    cells = (
        str(audience.people),
        f"{float(audience.conversions):.4g}",
        *map(str, (audience.revenue, audience.spent, audience.profit)),
        "" if cost is None else str(cost),
    )
    return f"<tr><th>{name}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
