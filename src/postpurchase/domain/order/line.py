"""What one order charges for: lines, shipping, and what stands beside them."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum, unique
from typing import Protocol

from attrs import Factory, field, frozen

from postpurchase.domain.expected import expected
from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.told import told
from postpurchase.errors import InvalidFact


class Amounting(Protocol):
    """Anything with an amount."""

    @property
    def amount(self) -> Money:
        """How much."""
        ...


def summed(parts: Iterable[Amounting], currency: str, /) -> Money:
    """The amounts of all parts, zero of that currency where there are none."""
    return Money.sum((part.amount for part in parts), currency=currency)


def units(owner: object, _: object, quantity: int, /) -> None:
    """Refuse what is no whole number of units, and fewer units than none."""
    if type(quantity) is not int or quantity < 0:
        raise InvalidFact(
            fact=type(owner).__name__, name="quantity", got=quantity, expected="an int of 0 or more"
        )


@frozen(kw_only=True)
class Discount:
    """The part of a discount that one line or shipping charge got.

    Attributes:
        amount: taken off, as a positive amount.
        code: what the customer typed, if anything.
    """

    __repr__ = told

    amount: Money
    code: str = ""
    title: str = ""


@frozen(kw_only=True)
class Tax:
    """A tax on one line or charge; `rate` is a fraction, 0.06 for 6 %."""

    __repr__ = told

    amount: Money
    title: str = ""
    rate: Decimal | None = None


def _sku(line: "Line", /) -> str:
    return line.sku


@frozen(kw_only=True)
class Line:
    """So many of one variant at one price.

    Attributes:
        id: names the line within its order; its SKU unless told otherwise.
        product, variant: the platform's ids, for the catalog.
        quantity: as ordered; refunds and cancellations never change it.
        unit_price: as listed, before discounts, with tax where the order's prices include it.
        shop_total: what the line came to in the shop's currency, discounts taken off.
        options: what sets the variant apart, such as `Pairs(size="41")`.
        properties: what the customer wrote on it, such as an engraving.
        gift: whether it is wrapped or given for free as a gift.
        requires_shipping: False for what is digital or a service.
    """

    __repr__ = told

    sku: str = ""
    unit_price: Money = field(validator=expected(Money, "money, such as Money.of('9.50', 'EUR')"))
    quantity: int = field(default=1, validator=units)
    id: str = Factory(_sku, takes_self=True)
    product: str | None = None
    variant: str | None = None
    title: str = ""
    category: str = ""
    options: Pairs[str] = Pairs()
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[Tax, ...] = ()
    shop_total: Money | None = None
    gift: bool = False
    requires_shipping: bool = True
    final_sale: bool = False
    gift_card: bool = False
    grams: int | None = None
    properties: Pairs[str] = Pairs()

    @property
    def listed(self) -> Money:
        """Unit price times quantity."""
        return self.unit_price * self.quantity

    @property
    def discount(self) -> Money:
        """All that was taken off."""
        return summed(self.discounts, self.unit_price.currency)

    @property
    def net(self) -> Money:
        """What is left after discounts; taxes are in it where the order's prices include them."""
        return self.listed - self.discount

    @property
    def tax(self) -> Money:
        """All taxes on it, whether included or on top."""
        return summed(self.taxes, self.unit_price.currency)


@frozen(kw_only=True)
class Shipping:
    """One charge for sending.

    Attributes:
        price: before discounts.
        code: the platform's name of the method.
    """

    __repr__ = told

    price: Money
    id: str = ""
    title: str = ""
    code: str = ""
    carrier: str = ""
    discounts: tuple[Discount, ...] = ()
    taxes: tuple[Tax, ...] = ()

    @property
    def net(self) -> Money:
        """What is left after discounts."""
        return self.price - summed(self.discounts, self.price.currency)

    @property
    def tax(self) -> Money:
        """All taxes on it."""
        return summed(self.taxes, self.price.currency)


@unique
class ChargeKind(StrEnum):
    """What is paid for beside lines and shipping."""

    DUTY = "duty"
    FEE = "fee"
    GIFT_WRAP = "gift_wrap"
    ROUNDING = "rounding"
    TIP = "tip"


@frozen(kw_only=True)
class Charge:
    """An amount beside lines and shipping; `tax` comes on top of it unless prices include tax."""

    __repr__ = told

    kind: ChargeKind
    amount: Money
    title: str = ""
    tax: Money | None = None
