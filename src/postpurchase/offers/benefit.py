"""What an offer gives: something off the lines, the order or the shipping, or something on top."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Final

from attrs import field, frozen

from postpurchase.domain.money import Money
from postpurchase.domain.money.shares import capped, shares_of
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.cart import Cart

EVERYTHING: Final = Selection()
HUNDRED: Final = Decimal(100)


class Phase(Enum):
    """When an offer is applied; each phase sees what the one before left."""

    LINE = 1
    ORDER = 2
    SHIPPING = 3
    AFTER = 4


class Scope(Enum):
    """What a discount is counted on."""

    EACH_LINE = "each_line"
    """Every line by itself, rounded by itself."""
    TOGETHER = "together"
    """All lines together, rounded once and shared out by largest remainder."""


@frozen
class Cutting:
    """What a benefit would take off: parts by the place of the line, and what found no room.

    `shipping` holds a part for each shipping charge where it is taken off those; `gifts` says how
    often something is given on top.
    """

    parts: dict[int, int] = field(factory=dict[int, int])
    shipping: tuple[int, ...] = ()
    left: int = 0
    gifts: int = 0

    @property
    def amount(self) -> int:
        """All that is taken off, in minor units."""
        return sum(self.parts.values()) + sum(self.shipping)


NOTHING_OFF: Final = Cutting()


class Benefit(ABC):
    """What an offer gives once it applies."""

    __slots__ = ()

    @property
    @abstractmethod
    def phase(self) -> Phase:
        """When it is applied."""

    @abstractmethod
    def cut(self, cart: Cart, start: Sequence[int], /) -> Cutting:
        """What it takes off.

        Args:
            cart: the running basket.
            start: what each line came to where percentages are counted from.
        """

    def speaks(self, currency: str, /) -> bool:  # noqa: ARG002 - those with amounts override this
        """Whether it states what it gives in this currency."""
        return True

    @property
    def meant(self) -> Selection:
        """The lines it is for."""
        return EVERYTHING

    def lacks(self, cart: Cart, /) -> int:  # noqa: ARG002 - those that need units override this
        """How many units are missing before it gives anything."""
        return 0


def percentage(benefit: object, _: object, percent: Decimal, /) -> None:
    """Refuse what is no percentage above 0 and at most 100."""
    if percent.__class__ is not Decimal or not 0 < percent <= HUNDRED:
        raise InvalidProgramme(
            part=type(benefit).__name__,
            what="a percentage is a Decimal above 0 and at most 100",
            given=repr(percent),
            advice="use Decimal(10) for ten per cent",
        )


def above_zero(benefit: object, _: object, most: Money, /) -> None:
    """Refuse a bound at which nothing is left."""
    if most.minor < 1:
        raise InvalidProgramme(
            part=type(benefit).__name__,
            what="the most that it takes off is above zero",
            given=str(most),
            advice="leave the offer out",
        )


def counted(benefit: object, _: object, units: int, /) -> None:
    """Refuse fewer units than one."""
    if units < 1:
        raise InvalidProgramme(
            part=type(benefit).__name__,
            what="units are one or more",
            given=str(units),
            advice="leave the offer out",
        )


def share_out(cart: Cart, places: list[int], amount: int, weights: list[int], /) -> Cutting:
    """An amount shared out by what the lines came to, no line below its floor."""
    if min(weights) < 0:
        weights = [max(weight, 0) for weight in weights]
    rooms = [cart.room(at) if weight else 0 for at, weight in zip(places, weights, strict=True)]
    fits = min(amount, sum(rooms), cart.owed())
    if fits <= 0:
        return NOTHING_OFF
    shares = capped(fits, weights, shares_of(fits, weights), rooms)
    parts = {at: part for at, part in zip(places, shares, strict=True) if part}
    return Cutting(parts=parts, left=amount - fits)


def clamped(cart: Cart, wanted: dict[int, int], /) -> Cutting:
    """These parts, none larger than what can still be taken off its line."""
    wanted = {at: part for at, part in wanted.items() if part > 0}
    parts = {at: min(part, cart.room(at)) for at, part in wanted.items()}
    owed = cart.owed()
    if sum(parts.values()) > owed:
        parts = dict(zip(parts, shares_of(owed, [*parts.values()]), strict=True))
    left = sum(wanted.values()) - sum(parts.values())
    return Cutting(parts={at: part for at, part in parts.items() if part}, left=left)


def units_of(cart: Cart, places: list[int], start: Sequence[int], /) -> list[tuple[int, int, int]]:
    """Every unit of these lines as (price, place, number), the cheapest first.

    A line that does not divide evenly has its dearer units first.
    """
    units: list[tuple[int, int, int]] = []
    for at in places:
        prices = shares_of(start[at], [1] * cart.quantity[at])
        units += [(price, at, number) for number, price in enumerate(prices)]
    return sorted(units)
