"""Made-up customers, drawn from a model: to test a method before it is trusted with real ones."""

from typing import Self

import numpy as np
from attrs import frozen

from postpurchase.clv.arrays import BoolArray, FloatArray, IntArray, sums
from postpurchase.clv.erlang import log_gaps
from postpurchase.clv.gammagamma import GammaGamma
from postpurchase.clv.repeat import RepeatModel
from postpurchase.clv.summary import Summary
from postpurchase.clv.unit import Horizon, Unit, horizon_in
from postpurchase.errors import InvalidFigure


@frozen(eq=False, kw_only=True)
class PurchaseLog:
    """One row for each purchase, the first ones too, ordered by customer and time.

    Args:
        customer: The number of the customer, from 0.
        time: When, in units since the log begins.
        spend: What it cost; NaN in a log drawn without a spend model.
        returned: Whether it came back.
        customers: How many customers there are.
        length: How long the log is, in units.
        unit: The unit of time.
    """

    customer: IntArray
    time: FloatArray
    spend: FloatArray
    returned: BoolArray
    customers: int
    length: float
    unit: Unit

    @classmethod
    def of(
        cls,
        customer: IntArray,
        time: FloatArray,
        /,
        *,
        unit: Unit,
        length: float | None = None,
        spend: FloatArray | None = None,
    ) -> Self:
        """A log of real purchases; several of one customer at one time are one.

        Args:
            customer: The position of each purchase's customer, from 0.
            time: When, in units since the log begins: days, best, as whole numbers.
            unit: The unit.
            length: When the log ends; at the last purchase unless given.
            spend: What each cost.
        """
        order = np.lexsort((time, customer))
        who, when = customer[order], time[order]
        new = np.ones(len(who), dtype=np.bool_)
        new[1:] = (np.diff(who) != 0) | (np.diff(when) != 0)
        money = np.full(len(who), np.nan) if spend is None else spend[order]
        return cls(
            customer=who[new],
            time=when[new],
            spend=sums(np.cumsum(new) - 1, money, int(new.sum())),
            returned=np.zeros(int(new.sum()), dtype=np.bool_),
            customers=int(who.max(initial=-1)) + 1,
            length=float(when.max(initial=0.0)) if length is None else length,
            unit=unit,
        )

    def summary(self, at: float | None = None, /) -> Summary:
        """The customers as known at a time of the log, by default at its end.

        Returned purchases count as purchases and not as money. Customers who come later are left
        out.

        Args:
            at: In units since the log begins.
        """
        end = self.length if at is None else at
        seen = self.time <= end
        who, when = self.customer[seen], self.time[seen]
        money = np.where(self.returned[seen], 0.0, self.spend[seen])
        n = self.customers
        count = np.bincount(who, minlength=n)
        first, last = np.full(n, np.inf), np.full(n, -np.inf)
        np.minimum.at(first, who, when)
        np.maximum.at(last, who, when)
        repeat = when > first[who]
        total = np.bincount(who[repeat], weights=money[repeat], minlength=n)
        known = np.flatnonzero(count > 0)
        x = count[known] - 1
        mean = np.full(len(known), np.nan)
        np.divide(total[known], x, out=mean, where=x > 0)
        return Summary(
            frequency=x,
            recency=last[known] - first[known],
            age=end - first[known],
            money=mean,
            unit=self.unit,
            customers=tuple(map(str, known.tolist())),
        )

    def log_gaps(self, summary: Summary, /) -> FloatArray:
        """What CNBD-k asks besides the summary: for each customer the sum of the log gaps.

        Args:
            summary: What `summary` gave; purchases after its date take no part.
        """
        rows = np.array(summary.customers, dtype=np.int64)
        bought = np.zeros(self.customers)
        bought[rows] = summary.frequency + 1
        number = np.arange(len(self.customer)) - np.searchsorted(self.customer, self.customer)
        seen = number < bought[self.customer]
        return log_gaps(self.customer[seen], self.time[seen], self.customers)[rows]

    def purchases_between(self, summary: Summary, start: float, end: float, /) -> FloatArray:
        """How often each customer of a summary bought after one time and until another."""
        during = (self.time > start) & (self.time <= end)
        count = np.bincount(self.customer[during], minlength=self.customers)
        return count[np.array(summary.customers, dtype=np.int64)].astype(np.float64)


def simulate(
    model: RepeatModel,
    /,
    *,
    customers: int,
    length: Horizon,
    generator: np.random.Generator,
    arrivals: Horizon | None = None,
    spend: GammaGamma | None = None,
    returns: float = 0.0,
) -> PurchaseLog:
    """Draw customers and everything that they buy.

    Args:
        model: How they buy and leave; the log counts in its unit.
        customers: How many.
        length: How long the log is.
        generator: Where chance comes from; the same seed gives the same log.
        arrivals: First purchases are spread evenly over so long a time from the beginning;
            without it all customers come at once.
        spend: What they spend.
        returns: The share of purchases that come back.

    Raises:
        InvalidFigure: There are no customers, arrivals last longer than the log, or the share of
            returns is not one.
    """
    end = horizon_in(model.unit, length)
    spread = 0.0 if arrivals is None else horizon_in(model.unit, arrivals)
    _possible(customers, end, spread, returns)
    births = generator.uniform(0, spread, customers) if spread else np.zeros(customers)
    who, since = model.draw(generator, end - births)
    who = np.concatenate([np.arange(customers), who])
    time = np.concatenate([births, births[who[customers:]] + since])
    order = np.lexsort((time, who))
    who, time = who[order], time[order]
    money = np.full(len(who), np.nan)
    if spend is not None:
        rates = generator.gamma(spend.q, 1 / spend.v, customers)
        money = generator.gamma(spend.p, 1 / rates[who])
    returned = generator.random(len(who)) < returns
    return PurchaseLog(
        customer=who,
        time=time,
        spend=money,
        returned=returned,
        customers=customers,
        length=end,
        unit=model.unit,
    )


def _possible(customers: int, end: float, spread: float, returns: float) -> None:
    if customers < 1:
        raise InvalidFigure(name="customers", need="1 or more", got=customers)
    if spread > end:
        raise InvalidFigure(name="arrivals", need=f"at most the length, {end:g}", got=spread)
    if not 0 <= returns <= 1:
        raise InvalidFigure(name="returns", need="a share between 0 and 1", got=returns)
