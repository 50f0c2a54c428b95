"""The running basket while offers are applied: whole minor units, line by line."""

from collections.abc import Mapping, Sequence

from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.selection import Selection


class Cart:
    """Lines and shipping with what is left to pay of each; adjustments are taken off here."""

    __slots__ = (
        "_catalog",
        "_chosen",
        "currency",
        "floors",
        "lines",
        "net",
        "quantity",
        "shipping",
    )

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
        self.floors = [
            min(floors[line.id].minor, net) if line.id in floors else 0
            for line, net in zip(order.lines, self.net, strict=True)
        ]
        self._catalog = catalog
        self._chosen: dict[Selection, list[int]] = {}

    def chosen(self, selection: Selection, /) -> list[int]:
        """The places of the lines that a selection means; gift cards are never discounted."""
        found = self._chosen.get(selection)
        if found is None:
            found = self._chosen[selection] = [
                place
                for place, line in enumerate(self.lines)
                if line.quantity and not line.gift_card and selection.has(line, self._catalog)
            ]
        return found

    def room(self, place: int, /) -> int:
        """How much can still be taken off a line."""
        return max(self.net[place] - self.floors[place], 0)

    def goods(self) -> int:
        """What is left to pay for all lines."""
        return sum(self.net)

    def take(self, parts: Mapping[int, int], /) -> None:
        """Take these parts off the lines at these places."""
        for place, part in parts.items():
            self.net[place] -= part

    def take_shipping(self, parts: Sequence[int], /) -> None:
        """Take these parts off the shipping charges."""
        self.shipping = [net - part for net, part in zip(self.shipping, parts, strict=True)]
