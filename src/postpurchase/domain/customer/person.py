"""Who bought, and what they like and avoid."""

from datetime import date
from enum import StrEnum, unique
from zoneinfo import ZoneInfo

from attrs import field, frozen
from attrs.validators import optional

from postpurchase.domain.customer.address import Address
from postpurchase.domain.expected import expected
from postpurchase.domain.fact import Fact
from postpurchase.domain.told import told
from postpurchase.errors import InvalidFact

_A_LEAP_YEAR = 2000


def _on_the_calendar(birthday: "Birthday", _: object, day: int, /) -> None:
    try:
        date(birthday.year or _A_LEAP_YEAR, birthday.month, day)
    except ValueError as error:
        raise InvalidFact(
            fact="Birthday", name="day", got=(birthday.month, day), expected="a day that exists"
        ) from error


@frozen
class Birthday:
    """A birthday: month and day are enough, the year is never asked for."""

    __repr__ = told

    month: int
    day: int = field(validator=_on_the_calendar)
    year: int | None = None


@unique
class Stance(StrEnum):
    """What somebody feels about a thing; what they avoid is never suggested."""

    LIKES = "likes"
    AVOIDS = "avoids"


@unique
class Source(StrEnum):
    """How an interest is known."""

    STATED = "stated"
    OBSERVED = "observed"
    THIRD_PARTY = "third_party"


@frozen(kw_only=True)
class Interest:
    """What somebody likes or avoids, by the tag that products carry.

    Attributes:
        tag: such as `vegetarian`, `meat`, `running`.
        consent: the id of the consent that covers it; third-party data has none of its own.
        sensitive: whether it tells of health, belief or the like, so that no message may name it.
    """

    __repr__ = told

    tag: str
    stance: Stance = field(
        default=Stance.LIKES, validator=expected(Stance, "Stance.LIKES or Stance.AVOIDS")
    )
    source: Source = Source.STATED
    consent: str | None = None
    sensitive: bool = False


@frozen(kw_only=True, repr=False)
class Customer(Fact):
    """Somebody who bought; a guest is a customer without an account.

    Attributes:
        at: when they were first seen.
        name: as written, never taken apart.
        given_name: how they are called, where they said so themselves.
        account: the id of the account; None for a guest.
        locale: BCP 47; None where nobody knows.
        zone: None where nobody knows; the shop's is used then.
        country: ISO 3166 code of two letters; None where nobody knows.
        devices: what push messages are addressed to.
    """

    name: str = ""
    given_name: str = ""
    account: str | None = None
    email: str | None = None
    phone: str | None = None
    devices: tuple[str, ...] = ()
    locale: str | None = None
    zone: ZoneInfo | None = field(
        default=None,
        validator=optional(expected(ZoneInfo, "ZoneInfo('Asia/Kolkata') or the like")),
    )
    country: str | None = None
    addresses: tuple[Address, ...] = ()
    birthday: Birthday | None = None
    interests: tuple[Interest, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def guest(self) -> bool:
        """Whether there is no account."""
        return self.account is None

    def tagged(self, stance: Stance, /) -> frozenset[str]:
        """The tags of everything they like, or of everything they avoid."""
        return frozenset(each.tag for each in self.interests if each.stance is stance)
