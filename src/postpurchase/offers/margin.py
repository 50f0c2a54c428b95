"""The least that a line may come to, from what its goods cost the shop."""

from decimal import Decimal

from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog


def margin_floors(order: Order, catalog: Catalog, /, *, percent: Decimal) -> Pairs[Money]:
    """Cost and so many per cent of it, rounded up, for every line whose cost is known.

    Pass it to `quote` as its floors. A line whose price is below its floor already is not
    discounted; one whose cost is not known, or known in another currency, has no floor.
    """
    floors: dict[str, Money] = {}
    for line in order.lines:
        variant = catalog.variant(line.sku)
        cost = variant.cost if variant is not None else None
        if cost is not None and cost.currency == order.currency:
            whole = (cost * line.quantity).percent(100 + percent, rounding=Rounding.UP)
            floors[line.id] = whole
    return Pairs(floors)
