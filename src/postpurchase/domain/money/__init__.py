"""Exact money: whole minor units of one ISO 4217 currency."""

from postpurchase.domain.currency import exponent as exponent
from postpurchase.domain.money.amount import Money as Money
from postpurchase.domain.money.rounding import Rounding as Rounding

__all__ = ["Money", "Rounding", "exponent"]
