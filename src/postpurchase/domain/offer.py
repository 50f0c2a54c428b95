"""What a shop can give."""

from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional
from typing_extensions import override

from postpurchase.domain.decision import Outcome
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.errors import InvalidFact

_EVERYTHING = Decimal(100)


def _share(percent: object, _: object, value: Decimal, /) -> None:
    if value.__class__ is not Decimal or value.is_nan() or not 0 < value <= _EVERYTHING:
        raise InvalidFact(
            fact=type(percent).__name__,
            name="value",
            got=value,
            expected="a Decimal, 0 < value <= 100",
        )


def _some(offer: object, attribute: object, count: int, /) -> None:
    if count.__class__ is not int or count < 1:
        name: str = getattr(attribute, "name", "")
        raise InvalidFact(
            fact=type(offer).__name__, name=name, got=count, expected="an int of 1 or more"
        )


@frozen
class Percent:
    """A share of a price in hundredths: `Percent(Decimal("12.5"))` is one eighth."""

    value: Decimal = field(validator=_share)

    @override
    def __str__(self) -> str:
        return f"{self.value.normalize():f} %"


@frozen(kw_only=True)
class Valid(Outcome):
    """When an offer holds: from `starts`, until just before `ends`; None leaves that side open."""

    starts: datetime | None = field(default=None, converter=optional(instant))
    ends: datetime | None = field(default=None, converter=optional(instant))

    def valid(self, at: datetime, /) -> bool:
        """Whether it holds at that instant."""
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)


@frozen(kw_only=True)
class Coupon(Valid):
    """A code that takes something off a price.

    Attributes:
        code: what the customer types.
        off: a share of the price, or an amount.
        minimum: the least order value for which it holds.
        most: the most that it takes off.
        products: ids, `categories`: names, `tags`: names of what it applies to; all empty means
            everything.
        single_use: whether it can be redeemed only once.
    """

    code: str
    off: Percent | Money
    minimum: Money | None = None
    most: Money | None = None
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    single_use: bool = True


@frozen(kw_only=True)
class Points(Valid):
    """Loyalty points; `programme` names the ledger where a shop keeps several."""

    count: int = field(validator=_some)
    programme: str = ""


@frozen(kw_only=True)
class Gift(Valid):
    """A thing on top, free of charge; `worth` is what the shop counts it as."""

    sku: str
    title: str = ""
    product: str | None = None
    quantity: int = field(default=1, validator=_some)
    worth: Money | None = None


@frozen(kw_only=True)
class FreeShipping(Valid):
    """No shipping charge; `code` where one must be typed, `minimum` the least order value."""

    code: str = ""
    minimum: Money | None = None
    countries: tuple[str, ...] = ()


@frozen(kw_only=True)
class StoreCredit(Valid):
    """Money to spend in this shop only; cashback is given as this."""

    amount: Money


@frozen(kw_only=True)
class Invitation(Valid):
    """An invitation: to an event when `held_at` is known, else to a community, an app, a club.

    Attributes:
        name: what names it for ever, such as `autumn-tasting`.
        title: what it is called.
        url: where one answers.
        place: where it is held.
        held_at: when it is held; in UTC.
        seats: how many can come; None where it does not matter.
    """

    name: str
    title: str = ""
    url: str = ""
    place: str = ""
    held_at: datetime | None = field(default=None, converter=optional(instant))
    seats: int | None = None


@frozen(kw_only=True)
class Perk(Valid):
    """Something a partner gives, such as an hour in a spa; `code` is what the partner asks for."""

    name: str
    partner: str
    title: str = ""
    code: str = ""
    url: str = ""


Offer: TypeAlias = Coupon | Points | Gift | FreeShipping | StoreCredit | Invitation | Perk
