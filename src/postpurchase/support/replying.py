"""The skeleton of a polite answer: it says again what was said, and what is known, before all else.

Every line is a typed sentence, so `messages` speaks it in the customer's language and register.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.cut import shortened
from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.event import TicketType
from postpurchase.domain.history import History
from postpurchase.domain.moment import local_date
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Stage
from postpurchase.domain.shipment.words import STAGES
from postpurchase.support.article import language
from postpurchase.support.problem import problems
from postpurchase.support.remedy import Doing, Remedy
from postpurchase.support.roadblock import PATHS, Path
from postpurchase.support.text import one_line, tokens
from postpurchase.support.ticket import Ticket

_QUOTED = 160
_SHOUT = 4
_UTC: Final = ZoneInfo("UTC")


@frozen
class Greeting(Reason):
    """The first line."""

    says: ClassVar[Says] = says("Dear %(name)s, thank you for writing to us.")
    name: str


@frozen
class GreetingUnnamed(Reason):
    """The first line to somebody whose name is not known."""

    says: ClassVar[Says] = says("Hello, thank you for writing to us.")


@frozen
class YouWrote(Reason):
    """The customer's own words in one line, cut after 160 characters."""

    says: ClassVar[Says] = says("You wrote: “%(text)s”")
    text: str


@frozen
class Delayed(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that your parcel is late, and we are sorry that you are waiting."
    )


@frozen
class Damaged(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that it arrived damaged, and we are sorry for the trouble."
    )


@frozen
class Missing(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that something did not arrive, and we are sorry for it."
    )


@frozen
class WrongItem(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that you received something else than you ordered; we are sorry."
    )


@frozen
class Defect(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that it does not work as it should, and we are sorry for it."
    )


@frozen
class AboutReturn(Reason):
    """What we understood."""

    says: ClassVar[Says] = says("We understand that you would like to send something back.")


@frozen
class AboutPayment(Reason):
    """What we understood."""

    says: ClassVar[Says] = says("We understand that something is wrong with a payment.")


@frozen
class AboutProduct(Reason):
    """What we understood."""

    says: ClassVar[Says] = says("We understand that you have a question about a product.")


@frozen
class Complaint(Reason):
    """What we understood."""

    says: ClassVar[Says] = says(
        "We understand that you are not satisfied with us, and we take it seriously."
    )


@frozen
class Request(Reason):
    """What we understood, where nobody said what it is about."""

    says: ClassVar[Says] = says("We have read your message with care.")


UNDERSTOOD: dict[TicketType, Reason] = {
    TicketType.DELAYED: Delayed(),
    TicketType.DAMAGED: Damaged(),
    TicketType.MISSING: Missing(),
    TicketType.WRONG_ITEM: WrongItem(),
    TicketType.DEFECT: Defect(),
    TicketType.RETURN: AboutReturn(),
    TicketType.PAYMENT: AboutPayment(),
    TicketType.PRODUCT_QUESTION: AboutProduct(),
    TicketType.COMPLAINT: Complaint(),
    TicketType.OTHER: Request(),
}


@frozen
class OrderIs(Reason):
    """The order it is about; its day is that of the customer's zone, else of the order's."""

    says: ClassVar[Says] = says(
        "It is about order %(number)s of %(day)s over %(total)s: %(things)s."
    )
    number: str
    day: str
    total: Money
    things: tuple[str, ...]


@frozen
class ParcelIs(Reason):
    """Where a parcel of the order stands."""

    says: ClassVar[Says] = says("Parcel %(number)s: %(stage)s.")
    number: str
    stage: Stage

    @override
    def facts(self) -> Iterator[tuple[str, object]]:
        """The stage in words, the same as on the page where the parcel is followed."""
        yield "number", self.number
        yield "stage", STAGES[self.stage]


@frozen
class WeDo(Reason):
    """What the shop does about it."""

    says: ClassVar[Says] = says("This is what we do now: %(doing)s.")
    doing: Doing


@frozen
class YouMayChoose(Reason):
    """What they may have instead."""

    says: ClassVar[Says] = says("If you prefer, we can also do this: %(doings)s.")
    doings: tuple[Doing, ...]


@frozen
class PersonLooks(Reason):
    """Nobody has decided yet."""

    says: ClassVar[Says] = says("One of us is looking into it and will tell you what we can do.")


@frozen
class HearFromUs(Reason):
    """By when, in the shop's own time."""

    says: ClassVar[Says] = says("You will hear from us by %(by)s.")
    by: str


@frozen
class Farewell(Reason):
    """The last line."""

    says: ClassVar[Says] = says("Please write to us whenever we can help. Kind regards, %(shop)s")
    shop: str


@frozen(kw_only=True)
class Reply(Outcome):
    """The lines of an answer, in order, and the path by which the customer can help themselves."""

    ticket: str
    lines: tuple[Reason, ...]
    path: Path | None = None

    @property
    def text(self) -> str:
        """The lines in English."""
        return "\n".join(map(str, self.lines))


def reply(
    ticket: Ticket,
    history: History,
    /,
    *,
    at: datetime,
    shop: str,
    remedy: Remedy | None = None,
    due: str = "",
) -> Reply:
    """The skeleton of an answer to a ticket.

    Args:
        ticket: what to answer.
        history: of the customer.
        at: the instant of the answer.
        shop: who signs.
        remedy: what is done about it; None where a person has still to decide.
        due: by when they hear again, as the shop says it; empty to leave it out.
    """
    known = history.until(at)
    order = next((each for each in known.orders if each.id == ticket.opened.order), None)
    lines = [*_heard(ticket, known), *_facts(order, known), *_answer(remedy)]
    if due:
        lines.append(HearFromUs(due))
    met = [each for each in problems(known, at=at) if _of(each.ticket, each.order, ticket)]
    problem = next((each.problem for each in met), None)
    return Reply(
        ticket=ticket.id,
        lines=(*lines, Farewell(one_line(shop))),
        path=PATHS[problem] if problem is not None else None,
    )


def _of(met: str, order: str, ticket: Ticket, /) -> bool:
    return met == ticket.id or (not met and order == ticket.opened.order)


def _heard(ticket: Ticket, history: History, /) -> Iterator[Reason]:
    customer = history.customer
    name = one_line(customer.given_name or customer.name) if customer is not None else ""
    yield Greeting(name) if name else GreetingUnnamed()
    text = one_line(ticket.opened.text)
    if text:
        yield YouWrote(shortened(text, _QUOTED))
    yield UNDERSTOOD[ticket.type]


def _facts(order: Order | None, history: History, /) -> Iterator[Reason]:
    if order is None:
        return
    things = tuple(f"{each.quantity} × {one_line(each.title or each.sku)}" for each in order.lines)
    zone = (history.customer.zone if history.customer is not None else None) or order.zone or _UTC
    day = local_date(order.at, zone)
    yield OrderIs(one_line(order.number or order.id), f"{day:%Y-%m-%d}", order.total, things)
    for parcel in history.shipments:
        if parcel.order == order.id:
            yield ParcelIs(one_line(parcel.number or parcel.id), parcel.state.stage)


def _answer(remedy: Remedy | None, /) -> Iterator[Reason]:
    if remedy is None:
        yield PersonLooks()
        return
    yield WeDo(remedy.doing)
    if remedy.otherwise:
        yield YouMayChoose(remedy.otherwise)


STIFF: Final = Pairs(
    en=("unfortunately", "you failed", "you must", "obviously", "as i said", "calm down", "policy"),
    hi=("दुर्भाग्य से", "आपकी गलती", "शांत हो जाइए", "जैसा मैंने कहा", "तू", "तुम", "तुम्हें", "तुम्हारा", "तुम्हारी"),
    ur=(
        "بدقسمتی سے",
        "آپ کی غلطی",
        "پرسکون ہو جائیں",
        "جیسا میں نے کہا",
        "تو نے",
        "تم",
        "تمہیں",
        "تمہارا",
        "تمہاری",
    ),
    bn=("দুর্ভাগ্যবশত", "আপনার ভুল", "শান্ত হোন", "যেমন বলেছি", "তুই", "তুমি", "তোমাকে", "তোমার", "তোর"),
)
"""What a polite answer does without, by language: phrases that blame or end a talk, and in Hindi,
Urdu and Bengali the pronouns for friends; our own short lists."""


def rude(
    text: str, /, *, locale: str = "en", phrases: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """The phrases that a draft should not hold, and `!!` and words in capitals, as found.

    What holds a digit, such as `SO-12345`, is a number and no shouting.

    Args:
        text: the draft.
        locale: its language; of one without a list of its own, `!!` and capitals alone are found.
        phrases: what to look for instead of the language's list, as whole words.
    """
    said = f" {' '.join(tokens(text))} "
    looked = STIFF.get(language(locale), ()) if phrases is None else phrases
    wanted = ((phrase, " ".join(tokens(phrase))) for phrase in looked)
    found = [phrase for phrase, words in wanted if words and f" {words} " in said]
    found += ["!!"] if "!!" in text else []
    found += [word for word in text.split() if _shouts(word)]
    return tuple(dict.fromkeys(found))


def _shouts(word: str, /) -> bool:
    return len(word) > _SHOUT and word.isupper() and not any(map(str.isdigit, word))
