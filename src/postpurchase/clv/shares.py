"""Shares and rates as the exact formulas take them: decimals, never floats, never missing."""

from decimal import Decimal

from postpurchase.errors import InvalidFigure


def share(name: str, value: object, /) -> Decimal:
    """The value, if it is a share.

    Raises:
        InvalidFigure: It is no decimal from 0 to 1.
    """
    if not (isinstance(value, Decimal) and value.is_finite() and 0 <= value <= 1):
        need = "a share from 0 to 1, such as Decimal('0.8')"
        raise InvalidFigure(name=name, need=need, got=value)
    return value


def rate(name: str, value: object, /, *, above: Decimal = Decimal(-1)) -> Decimal:
    """The value, if it is a rate.

    Raises:
        InvalidFigure: It is no finite decimal above the bound.
    """
    if not (isinstance(value, Decimal) and value.is_finite() and value > above):
        need = f"a rate above {above}, such as Decimal('0.1') for 10 %"
        raise InvalidFigure(name=name, need=need, got=value)
    return value


def finite(name: str, value: object, /) -> Decimal:
    """The value, if it is a figure.

    Raises:
        InvalidFigure: It is no finite decimal.
    """
    if not (isinstance(value, Decimal) and value.is_finite()):
        raise InvalidFigure(name=name, need="a finite decimal", got=value)
    return value
