"""What customers will be worth: expected purchases times expected spend, discounted."""

from decimal import Decimal

import numpy as np

from postpurchase.clv.arrays import FloatArray
from postpurchase.clv.gammagamma import GammaGamma
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Horizon
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidFigure


def future_value(
    model: RepeatModel,
    spend: GammaGamma,
    summary: Summary,
    horizon: Horizon | None = None,
    /,
    *,
    annual_rate: float,
    margin: float = 1.0,
) -> FloatArray:
    """What each customer's purchases still to come are worth today.

    Expected spend x margin x the discounted number of purchases, each purchase discounted from
    the moment it is made.

    Args:
        model: When customers buy.
        spend: What they spend.
        summary: The customers, with money.
        horizon: How far ahead; without one for ever.
        annual_rate: The annual effective discount rate: 0.1 for ten per cent.
        margin: The share of the spend that stays with the shop; 1 gives revenue.

    Returns:
        Money in the unit of the summary, one number for each row; 0 where no purchase is
        expected, infinite where the spend has no mean.

    Raises:
        InvalidFigure: The margin is not between 0 and 1, or the rate is not fit for the horizon.
    """
    if not 0 < margin <= 1:
        raise InvalidFigure(name="margin", need="a share above 0, up to 1", got=margin)
    purchases = model.discounted_purchases(summary, horizon, annual_rate=annual_rate)
    each = spend.spend(summary) * margin
    answer, bought = np.zeros(len(purchases)), purchases > 0
    answer[bought] = purchases[bought] * each[bought]
    return answer


def value_by_customer(
    summary: Summary, values: FloatArray, /, *, currency: str
) -> dict[str, Money]:
    """Estimated values as money, by customer, rounded half to even: for reports.

    Args:
        summary: The customers, with their ids.
        values: One for each row, such as `future_value` gives.
        currency: What they are in.

    Raises:
        InvalidFigure: The summary has no ids, there is not one value for each row, or a value is
            infinite or missing; `GammaGamma.typical` is always finite.
    """
    if not len(summary.customers) == len(summary) == len(values):
        need = "a summary with ids, and one value for each row"
        raise InvalidFigure(name="values", need=need, got=len(values))
    answer: dict[str, Money] = {}
    for customer, value in zip(summary.customers, map(float, values), strict=True):
        if not np.isfinite(value):
            raise InvalidFigure(name=f"value of {customer}", need="a finite one", got=value)
        exact = Decimal(repr(value))
        answer[customer] = Money.of(exact, currency, rounding=Rounding.HALF_EVEN)
    return answer
