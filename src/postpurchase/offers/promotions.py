"""An offer with its conditions: what it gives, to whom, when, how often, beside what."""

from datetime import date, datetime
from enum import Enum
from functools import cached_property, partial
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.moment import Spell, end_of_day, start_of_day
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, FreeShipping, Gift, Offer, Percent, Valid
from postpurchase.domain.rule import Rule
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.benefit import EVERYTHING, Benefit
from postpurchase.offers.code import normalised
from postpurchase.offers.discount import AmountOff, PercentOff, ShippingOff
from postpurchase.offers.extra import GiftWith, GiveAfter

_UTC: Final = ZoneInfo("UTC")
_OPEN: Final = Valid()


@frozen(kw_only=True)
class Validity:
    """From the start of a local day through the end of another, both in the shop's zone.

    A date without a time is valid through the end of that day.

    Attributes:
        first, last: the first and the last local day; None leaves that side open.
        zone: where days begin and end.
        hours: narrows it further, such as to Tuesdays from four to six.
        exactly: instants instead of days, where an offer states them.
    """

    first: date | None = None
    last: date | None = None
    zone: ZoneInfo = _UTC
    hours: Spell | None = None
    exactly: Valid = _OPEN

    def __attrs_post_init__(self) -> None:
        """Refuse days that run backwards."""
        if self.first is not None and self.last is not None and self.last < self.first:
            raise InvalidProgramme(
                part="Validity",
                what="an offer ends on the day it begins or later",
                given=f"{self.first} to {self.last}",
                advice="swap them",
            )

    @cached_property
    def starts(self) -> datetime | None:
        """The first instant at which it holds; None is always."""
        if self.first is None:
            return self.exactly.starts
        day = start_of_day(self.first, self.zone)
        return max(day, self.exactly.starts or day)

    @cached_property
    def ends(self) -> datetime | None:
        """The first instant at which it does not hold any more; None is never."""
        if self.last is None:
            return self.exactly.ends
        day = end_of_day(self.last, self.zone)
        return min(day, self.exactly.ends or day)


ALWAYS: Final = Validity()
"""Without a first or last day."""


def _above(_: object, __: object, times: int | None, /) -> None:
    if times is not None and times < 1:
        raise InvalidProgramme(
            part="Limit",
            what="an offer can be used once or more",
            given=str(times),
            advice="leave the offer out",
        )


@frozen(kw_only=True)
class Limit:
    """How often an offer is used; several offers of one `scope` share it.

    Attributes:
        total: by everybody together.
        each: by one customer.
        budget: what it may take off altogether.
        scope: what the uses are counted for; the offer's own id unless stated.
    """

    total: int | None = field(default=None, validator=_above)
    each: int | None = field(default=None, validator=_above)
    budget: Money | None = None
    scope: str = ""


NO_LIMIT: Final = Limit()
"""As often as anybody likes."""

_ONCE: Final = Limit(total=1)


class Beside(Enum):
    """Whether an offer applies beside others."""

    OTHERS = "others"
    NOTHING = "nothing"
    """Alone: of several such the first by priority."""


def _readable(_: object, __: object, code: str, /) -> None:
    if code and not normalised(code):
        raise InvalidProgramme(
            part="Promotion",
            what="a code has letters or digits, and 256 characters at the most",
            given=repr(code[:40]),
            advice="use the letters and digits of offers.ALPHABET",
        )


@frozen(kw_only=True)
class Promotion:
    """An offer with its conditions.

    Attributes:
        id: names it for ever.
        gives: what it takes off or gives.
        code: what must be entered; empty holds for everybody.
        minimum: the least amount of the lines it is for, inclusive, judged when it is applied: on
            what offers before it left.
        units: the fewest units of those lines.
        basis: the lines that `minimum` and `units` are judged on, where those are others.
        when: a condition on all that is known.
        validity: when it holds.
        limit: how often.
        customer: the id of the customer it was made for; empty is anybody.
        countries: where the order goes, as ISO 3166 codes; empty is anywhere.
        priority: higher ones are applied first; ties by id.
        lane: the name of the lane it competes in.
        beside: whether it applies beside others.
    """

    id: str
    gives: Benefit
    code: str = field(default="", validator=_readable)
    minimum: Money | None = None
    units: int = 0
    basis: Selection | None = None
    when: Rule | None = None
    validity: Validity = ALWAYS
    limit: Limit = NO_LIMIT
    customer: str = ""
    countries: tuple[str, ...] = ()
    priority: int = 0
    lane: str = ""
    beside: Beside = Beside.OTHERS

    @property
    def scope(self) -> str:
        """What its uses are counted for."""
        return self.limit.scope or self.id


def promotion(offer: Offer, /, *, id: str, priority: int = 0) -> Promotion:
    """An offer of a message as a promotion that a quote understands.

    A coupon needs its code, and free shipping where it has one; a gift and what is for later
    apply by themselves. The least order value of a coupon is that of the whole order.

    Raises:
        InvalidProgramme: a coupon without a code, which everybody would have.
    """
    lasts = Validity(exactly=Valid(starts=offer.starts, ends=offer.ends))
    bare = partial(Promotion, id=id, priority=priority, validity=lasts)
    if isinstance(offer, Coupon):
        return bare(
            gives=_off(offer),
            code=_needed(offer.code),
            minimum=offer.minimum,
            basis=EVERYTHING,
            limit=_ONCE if offer.single_use else NO_LIMIT,
        )
    if isinstance(offer, FreeShipping):
        return bare(
            gives=ShippingOff(),
            code=offer.code,
            minimum=offer.minimum,
            countries=offer.countries,
        )
    return bare(gives=GiftWith(gift=offer) if isinstance(offer, Gift) else GiveAfter(offer))


def _off(coupon: Coupon) -> Benefit:
    meant = Selection(products=coupon.products, categories=coupon.categories, tags=coupon.tags)
    if isinstance(coupon.off, Percent):
        return PercentOff(percent=coupon.off.value, selection=meant, most=coupon.most)
    return AmountOff(amounts=(coupon.off,), selection=meant)


def _needed(code: str) -> str:
    if not code:
        raise InvalidProgramme(
            part="promotion",
            what="a coupon has the code that must be entered",
            given="none",
            advice="make one with offers.Pattern, or write a Promotion without a code",
        )
    return code
