"""Who bought, from whom, and what they allowed."""

from datetime import date, datetime
from enum import StrEnum, unique
from zoneinfo import ZoneInfo

from attrs import field, frozen
from attrs.converters import optional

from postpurchase.domain.fact import Fact
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Calendar, instant
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidFact

_A_LEAP_YEAR = 2000


@frozen(kw_only=True)
class Address:
    """Where somebody is reached by post; the lines are never taken apart.

    Attributes:
        name: who receives there.
        lines: street and house, as written, top to bottom.
        region: state, province or county.
        country: ISO 3166 code of two letters.
    """

    name: str = ""
    company: str = ""
    lines: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""


@frozen(kw_only=True)
class Support:
    """How a shop is reached when something is wrong.

    Attributes:
        hours: when somebody answers, as the shop says it.
        answers_within: how soon, as the shop says it.
    """

    email: str = ""
    phone: str = ""
    url: str = ""
    chat: str = ""
    hours: str = ""
    answers_within: str = ""


@frozen(kw_only=True)
class Shop:
    """The shop that writes.

    Attributes:
        name: as customers know it.
        zone: the zone of its working day, and of customers whose zone nobody knows.
        locale: BCP 47, for customers whose language nobody knows.
        country: ISO 3166 code of its seat.
        currency: ISO 4217 code in which it counts.
        calendar: its working days.
        legal_name, legal_id: who it is in law, such as a company and its tax number.
        links: its pages by name: `returns`, `privacy`, `terms`, `contact`, `community`, `account`.
        categories: names of its categories and their pages, for those who look around.
    """

    name: str
    zone: ZoneInfo
    locale: str = "en"
    country: str = ""
    currency: str = ""
    address: Address | None = None
    support: Support | None = None
    calendar: Calendar = Calendar()
    url: str = ""
    logo: str = ""
    legal_name: str = ""
    legal_id: str = ""
    links: Pairs[str] = Pairs()
    categories: Pairs[str] = Pairs()


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

    tag: str
    stance: Stance = Stance.LIKES
    source: Source = Source.STATED
    consent: str | None = None
    sensitive: bool = False


@frozen(kw_only=True)
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
    zone: ZoneInfo | None = None
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


@unique
class ConsentState(StrEnum):
    """What somebody allowed: SOFT comes with a purchase, PENDING is not confirmed yet."""

    GRANTED = "granted"
    SOFT = "soft"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class Consent(Fact):
    """What somebody allowed, once, at an instant; each change is a consent of its own.

    Attributes:
        channel: where; None for all channels.
        purpose: what for.
        wording: which version of the text they saw.
        how: where it was given, such as `checkout` or `preference page`.
        evidence: what proves it, such as the id of the stored form.
        ends: when it lapses by itself; in UTC.
    """

    channel: Channel | None
    state: ConsentState
    purpose: Purpose = Purpose.MARKETING
    wording: str = ""
    how: str = ""
    evidence: str = ""
    ends: datetime | None = field(default=None, converter=optional(instant))


@unique
class Cause(StrEnum):
    """Why nothing may be sent."""

    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    OBJECTED = "objected"
    ERASED = "erased"


@frozen(kw_only=True)
class Suppression(Fact):
    """An address that must not be written to, whatever was allowed.

    Attributes:
        channel: where; None for all channels.
        lifted_at: when it ended, if it did; in UTC.
    """

    channel: Channel | None
    cause: Cause
    lifted_at: datetime | None = field(default=None, converter=optional(instant))
