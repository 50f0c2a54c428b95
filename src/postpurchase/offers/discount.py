"""Discounts: a share or an amount off the lines, the order or the shipping."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen
from attrs.validators import optional
from typing_extensions import override

from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.money.rounding import divide
from postpurchase.domain.money.shares import shares_of
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.benefit import (
    EVERYTHING,
    HUNDRED,
    NOTHING_OFF,
    Benefit,
    Cutting,
    Phase,
    Scope,
    above_zero,
    clamped,
    counted,
    percentage,
    share_out,
    units_of,
)
from postpurchase.offers.cart import Cart


def _some(benefit: object, _: object, amounts: tuple[Money, ...], /) -> None:
    codes = [money.currency for money in amounts]
    if not amounts or min(money.minor for money in amounts) < 1 or len(set(codes)) != len(codes):
        raise InvalidProgramme(
            part=type(benefit).__name__,
            what="amounts are above zero, one for each currency",
            given=", ".join(map(str, amounts)) or "none",
            advice="use (Money.parse('5.00 EUR'), Money.parse('5.00 USD'))",
        )


@frozen(kw_only=True)
class PercentOff(Benefit):
    """A share of the price.

    Attributes:
        percent: in per cent: `Decimal(10)` is a tenth.
        selection: the lines it is for.
        scope: whether each line is counted and rounded by itself.
        most: the most that it takes off, in the order's currency; others are not bounded by it.
        units: on how many units at the most, the dearest first; None is all.
        rounding: what happens to a part of a minor unit; half up unless stated.
    """

    percent: Decimal = field(validator=percentage)
    selection: Selection = EVERYTHING
    scope: Scope = Scope.TOGETHER
    most: Money | None = field(default=None, validator=optional(above_zero))
    units: int | None = field(default=None, validator=optional(counted))
    rounding: Rounding = Rounding.HALF_UP

    @property
    @override
    def phase(self) -> Phase:
        return Phase.LINE if self.scope is Scope.EACH_LINE else Phase.ORDER

    @property
    @override
    def meant(self) -> Selection:
        return self.selection

    @override
    def speaks(self, currency: str, /) -> bool:
        return self.most is None or self.most.currency == currency

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        places = cart.chosen(self.selection)
        base = _dearest(cart, places, start, self.units) if self.units else start
        top, bottom = self.percent.as_integer_ratio()
        if self.scope is Scope.EACH_LINE:
            wanted = {at: divide(base[at] * top, bottom * 100, self.rounding) for at in places}
            return self._bounded(cart, wanted)
        whole = sum([base[at] for at in places])
        amount = divide(whole * top, bottom * 100, self.rounding)
        if self.most is not None:
            amount = min(amount, self.most.minor)
        return share_out(cart, places, amount, [base[at] for at in places])

    def _bounded(self, cart: Cart, wanted: dict[int, int]) -> Cutting:
        total = sum(wanted.values())
        if self.most is not None and total > self.most.minor:
            parts = shares_of(self.most.minor, [*wanted.values()])
            wanted = dict(zip(wanted, parts, strict=True))
        return clamped(cart, wanted)


@frozen(kw_only=True)
class AmountOff(Benefit):
    """An amount off, stated for each currency and never converted.

    Attributes:
        amounts: one for each currency in which it holds.
        selection: the lines it is for.
        scope: whether each line gets the amount, or all of them together.
    """

    amounts: tuple[Money, ...] = field(validator=_some)
    selection: Selection = EVERYTHING
    scope: Scope = Scope.TOGETHER

    @property
    @override
    def phase(self) -> Phase:
        return Phase.LINE if self.scope is Scope.EACH_LINE else Phase.ORDER

    @property
    @override
    def meant(self) -> Selection:
        return self.selection

    @override
    def speaks(self, currency: str, /) -> bool:
        return any(money.currency == currency for money in self.amounts)

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        del start
        amount = sum(money.minor for money in self.amounts if money.currency == cart.currency)
        places = cart.chosen(self.selection)
        if self.scope is Scope.EACH_LINE:
            return clamped(cart, dict.fromkeys(places, amount))
        return share_out(cart, places, amount, [cart.net[at] for at in places])


@frozen
class Step:
    """From an amount of the lines on, so many per cent."""

    at_least: Money
    percent: Decimal = field(validator=percentage)


@frozen(kw_only=True)
class StepPercent(Benefit):
    """A share of the price that grows with it; only the highest step that is reached counts."""

    steps: tuple[Step, ...]
    selection: Selection = EVERYTHING
    rounding: Rounding = Rounding.HALF_UP

    @property
    @override
    def phase(self) -> Phase:
        return Phase.ORDER

    @property
    @override
    def meant(self) -> Selection:
        return self.selection

    @override
    def speaks(self, currency: str, /) -> bool:
        return any(step.at_least.currency == currency for step in self.steps)

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        places = cart.chosen(self.selection)
        base = [start[at] for at in places]
        whole = sum(base)
        reached = [
            (step.at_least.minor, step.percent)
            for step in self.steps
            if step.at_least.currency == cart.currency and step.at_least.minor <= whole
        ]
        if not reached:
            return NOTHING_OFF
        top, bottom = max(reached)[1].as_integer_ratio()
        return share_out(cart, places, divide(whole * top, bottom * 100, self.rounding), base)


@frozen(kw_only=True)
class ShippingOff(Benefit):
    """A share of the shipping charges, all of them unless stated; `most` bounds it."""

    percent: Decimal = field(default=HUNDRED, validator=percentage)
    most: Money | None = field(default=None, validator=optional(above_zero))
    rounding: Rounding = Rounding.HALF_UP

    @property
    @override
    def phase(self) -> Phase:
        return Phase.SHIPPING

    @override
    def speaks(self, currency: str, /) -> bool:
        return self.most is None or self.most.currency == currency

    @override
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        del start
        weights = [max(net, 0) for net in cart.shipping]
        top, bottom = self.percent.as_integer_ratio()
        amount = divide(sum(cart.shipping) * top, bottom * 100, self.rounding)
        if self.most is not None:
            amount = min(amount, self.most.minor)
        amount = min(amount, cart.owed())
        return Cutting(shipping=tuple(shares_of(amount, weights))) if amount > 0 else NOTHING_OFF


def _dearest(cart: Cart, places: list[int], start: Sequence[int], count: int) -> list[int]:
    """What the dearest so many units of these lines come to, line by line."""
    base = [0] * len(start)
    for price, at, _ in units_of(cart, places, start)[::-1][:count]:
        base[at] += price
    return base
