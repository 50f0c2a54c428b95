"""The running basket while offers are applied: whole minor units, line by line."""

from collections.abc import Mapping, Sequence

from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.selection import Selection
from postpurchase.errors import CurrencyMismatch


class Cart:
    """Lines and shipping with what is left to pay of each; adjustments are taken off here.

    A line that was listed at nothing or less, such as a sample or a credit, is no purchase: it
    is neither counted nor discounted, and what it takes off the order bounds what offers may.
    """

    __slots__ = (
        "_catalog",
        "_chosen",
        "charged",
        "currency",
        "floors",
        "lines",
        "net",
        "quantity",
        "shipping",
    )

    charged: int
    currency: str
    floors: list[int]
    net: list[int]
    quantity: list[int]
    shipping: list[int]

    def __init__(self, order: Order, floors: Mapping[str, Money], catalog: Catalog | None) -> None:
        """The basket of an order, and below which amount no line may fall."""
        self.currency = order.currency
        self.lines: Sequence[Line] = order.lines
        self.net = [line.net.minor for line in order.lines]
        self.quantity = [line.quantity for line in order.lines]
        self.shipping = [each.net.minor for each in order.shipping]
        self.charged = order.charged.minor
        self.floors = [_floor(line, floors.get(line.id)) for line in order.lines]
        self._catalog = catalog
        self._chosen: dict[Selection, list[int]] = {}

    def chosen(self, selection: Selection, /) -> list[int]:
        """The places of the lines that a selection means; gift cards are never discounted."""
        found = self._chosen.get(selection)
        if found is None:
            found = self._chosen[selection] = [
                place
                for place, line in enumerate(self.lines)
                if bought(line) and selection.has(line, self._catalog)
            ]
        return found

    def room(self, place: int, /) -> int:
        """How much can still be taken off a line."""
        return max(self.net[place] - self.floors[place], 0)

    def goods(self) -> int:
        """What is left to pay for all lines."""
        return sum(self.net)

    def owed(self) -> int:
        """What is left to pay altogether: no offer takes off more, whatever credits there are."""
        return max(sum(self.net) + sum(self.shipping) + self.charged, 0)

    def take(self, parts: Mapping[int, int], /) -> None:
        """Take these parts off the lines at these places."""
        for place, part in parts.items():
            self.net[place] -= part

    def take_shipping(self, parts: Sequence[int], /) -> None:
        """Take these parts off the shipping charges."""
        self.shipping = [net - part for net, part in zip(self.shipping, parts, strict=True)]


def bought(line: Line, /) -> bool:
    """Whether a line is a purchase that offers look at."""
    return line.quantity > 0 and line.unit_price.minor > 0 and not line.gift_card


def _floor(line: Line, least: Money | None) -> int:
    """The least that a line may come to: what is stated, not below zero, at most what it is."""
    if least is None:
        return 0
    if least.currency != line.unit_price.currency:
        raise CurrencyMismatch(left=line.unit_price.currency, right=least.currency)
    return max(least.minor, 0)
