"""Taxes that come on top of prices, counted anew on what offers left."""

from collections.abc import Sequence
from decimal import Decimal

from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.money.rounding import divide
from postpurchase.domain.order import Line, Order, Shipping, Tax


def tax_on_top(order: Order, nets: Sequence[int], shipping: Sequence[int], /) -> Money:
    """The taxes of an order on what its lines and shipping came down to.

    A tax whose rate gives what stands there, half up, is counted anew at that rate; any other
    goes down in proportion to what it is taken of. Those of charges stay. Zero where the prices
    include their taxes.

    Args:
        order: with the taxes of its prices before the offers.
        nets: what each line came down to, in minor units.
        shipping: what each shipping charge came down to.
    """
    if order.taxes_included:
        return Money.zero(order.currency)
    parts: tuple[Line | Shipping, ...] = (*order.lines, *order.shipping)
    counted = [
        _counted(tax, part.net.minor, now)
        for part, now in zip(parts, (*nets, *shipping), strict=True)
        for tax in part.taxes
    ]
    charges = [charge.tax.minor for charge in order.charges if charge.tax is not None]
    return Money(sum(counted) + sum(charges), order.currency)


def _counted(tax: Tax, before: int, now: int) -> int:
    amount = tax.amount.minor
    if tax.rate is not None and _at(tax.rate, before) == amount:
        return _at(tax.rate, now)
    return divide(amount * now, before, Rounding.HALF_UP) if before > 0 else amount


def _at(rate: Decimal, net: int) -> int:
    top, bottom = rate.as_integer_ratio()
    return divide(net * top, bottom, Rounding.HALF_UP)
