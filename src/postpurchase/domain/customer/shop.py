"""The shop that writes."""

from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.customer.address import Address
from postpurchase.domain.expected import expected
from postpurchase.domain.moment import Calendar
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.told import told


@frozen(kw_only=True)
class Support:
    """How a shop is reached when something is wrong.

    Attributes:
        hours: when somebody answers, as the shop says it.
        answers_within: how soon, as the shop says it.
    """

    __repr__ = told

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

    __repr__ = told

    name: str
    zone: ZoneInfo = field(validator=expected(ZoneInfo, "ZoneInfo('Asia/Kolkata') or the like"))
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
