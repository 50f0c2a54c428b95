"""Something on top: units free or cheaper, gifts, and what is given for later."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen
from attrs.validators import optional
from typing_extensions import override

from postpurchase.domain.money import Rounding
from postpurchase.domain.money.rounding import divide
from postpurchase.domain.offer import Gift, Offer
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.benefit import (
    EVERYTHING,
    HUNDRED,
    Benefit,
    Cutting,
    Phase,
    clamped,
    counted,
    percentage,
    units_of,
)
from postpurchase.offers.cart import Cart


@frozen(kw_only=True)
class BuyGet(Benefit):
    """Buy some units, get others cheaper or free: dearest ones are bought, cheapest ones given.

    A unit that qualifies is never given too, and only whole sets count.

    Attributes:
        buy: how many must be bought at full price.
        get: how many are given then.
        percent: what is taken off those, in per cent.
        buys: what must be bought.
        gets: what is given.
        times: how often at the most; None is as often as there are whole sets.
    """

    buy: int = field(validator=counted)
    get: int = field(default=1, validator=counted)
    percent: Decimal = field(default=HUNDRED, validator=percentage)
    buys: Selection = EVERYTHING
    gets: Selection = EVERYTHING
    times: int | None = field(default=None, validator=optional(counted))
    rounding: Rounding = Rounding.HALF_UP

    @property
    @override
    def phase(self) -> Phase:
        return Phase.LINE

    @property
    @override
    def meant(self) -> Selection:
        return self.buys

    @override
    def lacks(self, cart: Cart, /) -> int:
        buying = sum(cart.quantity[at] for at in cart.chosen(self.buys))
        giving = sum(cart.quantity[at] for at in cart.chosen(self.gets))
        both = sum(cart.quantity[at] for at in {*cart.chosen(self.buys), *cart.chosen(self.gets)})
        missing = (self.buy - buying, self.get - giving, self.buy + self.get - both)
        return max(*missing, 0)

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        buying = units_of(cart, cart.chosen(self.buys), start)[::-1]
        giving = units_of(cart, cart.chosen(self.gets), start)
        given: list[tuple[int, int, int]] = []
        used: set[tuple[int, int]] = set()
        limit = self.times if self.times is not None else len(buying)
        for _ in range(limit):
            bought = _first(buying, used, self.buy)
            used.update(unit[1:] for unit in bought)
            free = _first(giving, used, self.get)
            if len(bought) < self.buy or len(free) < self.get:
                break
            used.update(unit[1:] for unit in free)
            given += free
        top, bottom = self.percent.as_integer_ratio()
        wanted: dict[int, int] = {}
        for price, place, _ in given:
            wanted[place] = wanted.get(place, 0) + price
        whole = {at: divide(sum_ * top, bottom * 100, self.rounding) for at, sum_ in wanted.items()}
        return clamped(cart, whole)


def _stock(_: object, __: object, most: int | None, /) -> None:
    if most is not None and most < 0:
        raise InvalidProgramme(
            part="GiftWith",
            what="a gift is given at the most none times or more",
            given=str(most),
            advice="use 0 when none is in stock",
        )


@frozen(kw_only=True)
class GiftWith(Benefit):
    """Something free for so many units bought; the gift itself is never counted as bought.

    Attributes:
        gift: what is given, and how many of it each time.
        per: for how many units of the selection.
        selection: what must be bought.
        most: how often at the most, such as what is in stock; None is no limit.
    """

    gift: Gift
    per: int = field(default=1, validator=counted)
    selection: Selection = EVERYTHING
    most: int | None = field(default=None, validator=_stock)

    @property
    @override
    def phase(self) -> Phase:
        return Phase.AFTER

    @property
    @override
    def meant(self) -> Selection:
        return self.selection

    @override
    def lacks(self, cart: Cart, /) -> int:
        return max(self.per - self._bought(cart), 0)

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        del start
        times = self._bought(cart) // self.per
        return Cutting(gifts=times if self.most is None else min(times, self.most))

    def _bought(self, cart: Cart) -> int:
        return sum(cart.quantity[at] for at in cart.chosen(self.selection))


@frozen
class GiveAfter(Benefit):
    """Something for later, such as store credit, points or an invitation, once for the order."""

    offer: Offer

    @property
    @override
    def phase(self) -> Phase:
        return Phase.AFTER

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        return Cutting(gifts=1)


def _first(
    units: list[tuple[int, int, int]], used: set[tuple[int, int]], count: int
) -> list[tuple[int, int, int]]:
    free = [unit for unit in units if unit[1:] not in used]
    return free[:count]
