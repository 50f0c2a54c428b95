"""Which later purchases came after a suggestion, by one stated rule, to the minor unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum, unique
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.event import SuggestionFollowed, SuggestionShown
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.suggestion import Suggestions

FOLLOWED: Final = timedelta(days=7)
"""How long after following a suggestion a purchase counts: as Meta's default for its ads,
https://docs.adloft.ai/integrations/attribution (read in November 2026)."""

SHOWN: Final = timedelta(days=1)
"""How long after merely seeing one it counts: from the same source."""


@unique
class Touch(StrEnum):
    """What a customer did with a suggestion before they bought."""

    FOLLOWED = "followed"
    SHOWN = "shown"


@frozen(kw_only=True)
class Credited:
    """A line of an order that is put down to a suggestion.

    Attributes:
        order, line: what was bought, by id.
        product: what was suggested and bought.
        shown: the showing that it is put down to.
        touch: whether the suggestion was followed or only shown.
        after: how long before the order that was.
        units: how many were kept.
        money: what the kept units came to, discounts off, taxes as in the order's prices.
    """

    order: str
    line: str
    product: str
    shown: SuggestionShown
    touch: Touch
    after: timedelta
    units: int
    money: Money


@frozen(kw_only=True, repr=False)
class Credit:
    """What suggestions are credited with in a time, and out of what.

    It says what was bought *after* a suggestion, not *because* of it: who was about to buy is
    counted too. To know what suggestions add, hold some customers out and compare.

    Attributes:
        lines: what is credited, in the order of the orders.
        shown, followed: how many suggestions were shown, and how many of them followed.
        orders: how many orders of which something was kept there were in all.
        sales: what their kept lines came to in all, by currency.
    """

    lines: tuple[Credited, ...]
    shown: int
    followed: int
    orders: int
    sales: Pairs[Money] = Pairs()

    @cached_property
    def revenue(self) -> Pairs[Money]:
        """What is credited, by currency."""
        return _summed(each.money for each in self.lines)

    @property
    def credited_orders(self) -> int:
        """How many orders hold a line that is credited."""
        return len({each.order for each in self.lines})

    def share(self, currency: str, /) -> Fraction | None:
        """Credited of all sales in that currency, 0 to 1; None where there were none."""
        whole, part = self.sales.get(currency), self.revenue.get(currency)
        if whole is None or not whole.minor:
            return None
        return Fraction(part.minor if part is not None else 0, whole.minor)

    def by(self, name: Callable[[Credited], str], /) -> Pairs[Pairs[Money]]:
        """What is credited, by a name such as `lambda each: each.shown.policy`, and currency."""
        groups: defaultdict[str, list[Money]] = defaultdict(list)
        for each in self.lines:
            groups[name(each)].append(each.money)
        return Pairs({group: _summed(moneys) for group, moneys in groups.items()})

    @override
    def __repr__(self) -> str:
        money = ", ".join(str(each) for each in self.revenue.values()) or "nothing"
        orders = f"{self.credited_orders} of {self.orders} orders"
        return f"<Credit {money} in {orders}; {self.shown} shown, {self.followed} followed>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(each.order)}</td><td>{escape(each.product)}</td>"
            f"<td>{each.touch}</td><td>{each.after}</td><td>{each.money}</td></tr>"
            for each in self.lines
        )
        return f"<table><caption>{escape(repr(self))}</caption>{rows}</table>"


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class LastTouch:
    """Credits a purchase to the last suggestion of that product that the customer followed.

    A kept line of an order is credited when its product was suggested to that customer before
    the order: to the last showing that was followed within `followed` before it, else to the last
    one that was shown within `shown`; of two in one instant the greater id. The first order with
    the product uses up all showings before it, so that nothing is credited twice. A line of
    several units counts whole, and what was sent back or cancelled by the instant of the report
    is not in it.

    Attributes:
        followed: how long after it was followed.
        shown: how long after it was shown; leave it short, for seeing costs nothing.
    """

    followed: timedelta = field(default=FOLLOWED, validator=_positive)
    shown: timedelta = field(default=SHOWN, validator=_positive)

    def credit(
        self,
        histories: Iterable[History],
        /,
        *,
        at: datetime,
        since: datetime | None = None,
        catalog: Catalog | None = None,
    ) -> Credit:
        """What is credited of the orders placed from *since* on, as known at *at*.

        Args:
            histories: one for each customer.
            at: the instant of the report; nothing later is looked at.
            since: the first instant of an order that counts, and of the showings that are counted;
                None for all.
            catalog: to know the products of lines that name only a SKU.

        Raises:
            InvalidMoment: an instant is naive.
        """
        at, start = instant(at), instant(since) if since is not None else None
        lines, sales = list[Credited](), list[Money]()
        shown = followed = orders = 0
        for history in histories:
            known = history.until(at)
            showings = {each.id: each for each in known.all(SuggestionShown)}
            counted = {id for id, each in showings.items() if start is None or each.at >= start}
            shown += len(counted)
            followed += len(counted & {each.shown for each in known.all(SuggestionFollowed)})
            credited = self._credited(known, catalog)
            lines += (each for order, each in credited if start is None or order.at >= start)
            kept = [
                each for each in known.orders if each.kept and (start is None or each.at >= start)
            ]
            orders += len(kept)
            sales += (_worth(order, line) for order in kept for line in order.kept_lines)
        return Credit(
            lines=tuple(lines),
            shown=shown,
            followed=followed,
            orders=orders,
            sales=_summed(sales),
        )

    def _credited(
        self, history: History, catalog: Catalog | None
    ) -> Iterator[tuple[Order, Credited]]:
        showings = history.all(SuggestionShown)
        follows = _follows(history)
        spent: dict[str, datetime] = {}
        for order in history.orders:
            bought = {line.id: _product(line, catalog) for line in order.kept_lines}
            for line in order.kept_lines:
                product = bought[line.id]
                own = [
                    each
                    for each in showings
                    if each.product == product
                    and each.at <= order.at
                    and (product not in spent or each.at > spent[product])
                ]
                touch = self._touch(line, order, own, follows)
                if touch is not None:
                    yield order, touch
            spent.update(dict.fromkeys(bought.values(), order.at))

    def _touch(
        self,
        line: Line,
        order: Order,
        showings: list[SuggestionShown],
        follows: dict[str, tuple[datetime, ...]],
    ) -> Credited | None:
        """The one of these showings that a line is credited to, or None."""
        for touch, window in ((Touch.FOLLOWED, self.followed), (Touch.SHOWN, self.shown)):
            found = [
                (when, each.id, each)
                for each in showings
                for when in (follows.get(each.id, ()) if touch is Touch.FOLLOWED else (each.at,))
                if when <= order.at and order.at - when <= window
            ]
            if found:
                when, _, showing = max(found, key=lambda row: row[:2])
                return Credited(
                    order=order.id,
                    line=line.id,
                    product=showing.product,
                    shown=showing,
                    touch=touch,
                    after=order.at - when,
                    units=order.kept[line.id],
                    money=_worth(order, line),
                )
        return None


def shown(
    suggestions: Suggestions,
    /,
    *,
    at: datetime,
    by: str,
    message: str = "",
    place: str = "",
    policy: str = "",
) -> tuple[SuggestionShown, ...]:
    """The facts to keep once suggestions were shown: one for each product.

    Args:
        suggestions: what was shown.
        at: when.
        by: names the showing for ever, such as the key of the message or of the page view; the
            id of each fact is `by/PRODUCT`, so the same showing is never counted twice.
        message: the key of the message, where they stood in one.
        place: where they stood, such as `email` or `thank_you`.
        policy: what suggested them.
    """
    return tuple(
        SuggestionShown(
            id=f"{by}/{product}",
            at=at,
            product=product,
            message=message,
            place=place,
            policy=policy,
        )
        for product in suggestions.ids
    )


def _product(line: Line, catalog: Catalog | None, /) -> str:
    """What a line sold, by product id or by SKU; the SKU itself where nobody knows."""
    found = catalog.sold_as(line.sku) if line.product is None and catalog is not None else None
    return line.product or (found.id if found is not None else line.sku)


def _follows(history: History, /) -> dict[str, tuple[datetime, ...]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for each in history.all(SuggestionFollowed):
        found[each.shown].append(each.at)
    return {showing: tuple(times) for showing, times in found.items()}


def _worth(order: Order, line: Line, /) -> Money:
    """What the kept units of a line came to; a minor unit that cannot be split stays with them."""
    kept = order.kept[line.id]
    return (
        line.net
        if kept == line.quantity
        else Money.sum(line.net.split(line.quantity)[:kept], currency=order.currency)
    )


def _summed(moneys: Iterable[Money], /) -> Pairs[Money]:
    found: dict[str, Money] = {}
    for money in moneys:
        sofar = found.get(money.currency)
        found[money.currency] = money if sofar is None else sofar + money
    return Pairs(found)
