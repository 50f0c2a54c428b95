"""Forgetting: what is dropped, what is kept and why, and an address that stays on the stop list."""

import hmac
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import ClassVar, Final, cast
from zoneinfo import ZoneInfo

from attrs import evolve, fields, frozen, has

from postpurchase.domain.customer import Cause, Consent, Customer, Suppression
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.demands import Cited
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import add_months, local_date, start_of_day
from postpurchase.domain.money import Money
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs

_MONTHS: Final = 12


@frozen
class KeptForTax(Reason):
    """Invoices must be kept for years."""

    says: ClassVar[Says] = says("kept for %(years)s years, as tax law asks of invoices")
    years: int


@frozen
class KeptAsProof(Reason):
    """A shop must be able to show what was allowed, and what was taken back."""

    says: ClassVar[Says] = says("kept for %(years)s years as proof of what was allowed")
    years: int


@frozen
class KeptToStop(Reason):
    """Without it the address could be written to again."""

    says: ClassVar[Says] = says("kept so that nothing is sent again")


@frozen(kw_only=True)
class Retention:
    """How long a shop keeps what it must keep; figures to have checked by counsel.

    Attributes:
        invoice_years: orders, without anything that an invoice does not need. Ten is what
            Germany long asked (HGB section 257); eight since 2025 for vouchers.
        proof_years: consents. Three is when claims end in Germany (BGB section 195).
        idle_years: after how long without any dealing a customer is erased anyway. Three is
            what India asks of large shops (DPDP Rules 2025, third schedule).
        notice_hours: how long before that they are told. 48 by the same rules.
    """

    invoice_years: int = 10
    proof_years: int = 3
    idle_years: int = 3
    notice_hours: int = 48
    sources: tuple[Cited, ...] = (
        Cited(
            url="https://www.storyboard18.com/digital/84202",
            read=date(2026, 11, 24),
            what="DPDP Rules 2025: large shops erase three years after the last dealing, with 48 "
            "hours of notice",
        ),
    )


@frozen(kw_only=True)
class Erasure:
    """What became of a history when its customer asked to be forgotten.

    Attributes:
        history: what is left: nothing in it says who it was but what an invoice must.
        stop_list: keyed hashes of the addresses, to be kept where new addresses are checked.
        kept: what was kept, by the fact's key, and why.
        dropped: how many facts of each type are gone.
    """

    history: History
    stop_list: tuple[str, ...]
    kept: tuple[tuple[tuple[str, str], Reason], ...]
    dropped: Pairs[int]


def address_hash(key: bytes, address: str, /) -> str:
    """An address that cannot be read back: HMAC-SHA256 with the shop's own key, in hexadecimal.

    An e-mail address counts without regard to capitals and outer spaces, a number by its digits,
    so that the same address gives the same hash however it is typed.
    """
    trimmed = address.strip().casefold()
    digits = "".join(letter for letter in trimmed if letter.isdigit())
    canonical = trimmed if "@" in trimmed else digits
    return hmac.digest(key, canonical.encode(), sha256).hex()


def stopped(stop_list: frozenset[str], key: bytes, address: str, /) -> bool:
    """Whether an address is on the stop list, though nobody knows any more whose it was."""
    return address_hash(key, address) in stop_list


def erase(
    history: History, /, *, at: datetime, key: bytes, retention: Retention | None = None
) -> Erasure:
    """Forget a customer: what is left, what is kept and why, and what stays on the stop list.

    Invoices keep their lines, amounts and the address they were made out to, and lose everything
    else; consents stay as proof; both only for their years. All else goes.

    Args:
        history: all facts of the customer.
        at: when it is done; aware.
        key: the shop's own secret for the stop list; the same for ever.
        retention: how long invoices and consents are kept.
    """
    terms = retention or Retention()
    kept: list[tuple[Fact, Reason]] = []
    dropped: dict[str, int] = {}
    for fact in history.all(Fact):
        left = _left(fact, at, terms)
        if left is None:
            name = type(fact).__name__
            dropped[name] = dropped.get(name, 0) + 1
        else:
            kept.append(left)
    customer = history.customer
    mark = Suppression(
        id=f"erased/{customer.id if customer else ''}", at=at, channel=None, cause=Cause.ERASED
    )
    shell = (Customer(id=customer.id, at=at),) if customer else ()
    return Erasure(
        history=History.of(*shell, *(fact for fact, _ in kept), mark),
        stop_list=tuple(sorted(address_hash(key, each) for each in _addresses(history))),
        kept=(*((fact.key, why) for fact, why in kept), (mark.key, KeptToStop())),
        dropped=Pairs(dropped),
    )


def _left(fact: Fact, at: datetime, terms: Retention, /) -> tuple[Fact, Reason] | None:
    if isinstance(fact, Order) and at < _years_after(fact.at, terms.invoice_years):
        return _invoice(fact), KeptForTax(terms.invoice_years)
    if isinstance(fact, Consent) and at < _years_after(fact.at, terms.proof_years):
        return fact, KeptAsProof(terms.proof_years)
    if isinstance(fact, Suppression):
        return fact, KeptToStop()
    return None


def _invoice(order: Order, /) -> Order:
    """The order as its invoice needs it."""
    return evolve(
        order,
        ship_to=None,
        email=None,
        phone=None,
        gift_message="",
        note="",
        tags=(),
        attributes=Pairs(),
        url="",
        lines=tuple(evolve(line, properties=Pairs()) for line in order.lines),
    )


def _addresses(history: History, /) -> set[str]:
    found = {each for one in history.all(Customer) for each in (one.email, one.phone)}
    found |= {each for order in history.orders for each in (order.email, order.phone)}
    return {each for each in found if each}


def _years_after(at: datetime, years: int, /) -> datetime:
    return start_of_day(add_months(at.date(), _MONTHS * years), ZoneInfo("UTC"))


@frozen(kw_only=True)
class Idle:
    """When a customer who stays away is erased, and when they are told before."""

    notice_at: datetime
    erase_at: datetime


def idle(history: History, /, *, zone: ZoneInfo, retention: Retention | None = None) -> Idle | None:
    """When a customer is erased if nothing happens any more; None where nothing ever did.

    Messages that the shop sent are no dealing of the customer's.
    """
    terms = retention or Retention()
    ours = {"MessageSent", "MessageDelivered", "MessageBounced", "Suppression"}
    times = [fact.at for fact in history.all(Fact) if type(fact).__name__ not in ours]
    if not times:
        return None
    last = local_date(max(times), zone)
    erase_at = start_of_day(add_months(last, _MONTHS * terms.idle_years), zone)
    return Idle(notice_at=erase_at - timedelta(hours=terms.notice_hours), erase_at=erase_at)


def export(history: History, /) -> dict[str, list[dict[str, object]]]:
    """All that is known of a customer, as plain data for JSON: facts by type, oldest first.

    Attributes without a value are left out.
    """
    found: dict[str, list[dict[str, object]]] = {}
    for fact in history.all(Fact):
        found.setdefault(type(fact).__name__, []).append(_told(fact))
    return found


def _told(value: object, /) -> dict[str, object]:
    told: dict[str, object] = {}
    for each in fields(type(value)):  # type: ignore[arg-type]  # only values of attrs come here
        actual = getattr(value, each.name)
        if actual not in (None, "", ()) and actual != Pairs():
            told[each.name] = _plain(actual)
    return told


_WRITTEN: Final[Mapping[type[object], Callable[[object], object]]] = {
    Decimal: str,
    Money: str,
    ZoneInfo: str,
    date: str,
    datetime: lambda value: str(value).replace(" ", "T"),
    time: str,
    timedelta: str,
}


def _plain(value: object, /) -> object:
    write = _WRITTEN.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, Pairs):
        pairs = cast("Pairs[object]", value)
        return {name: _plain(each) for name, each in pairs.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in cast("tuple[object, ...]", value)]
    return _told(value) if has(type(value)) else value
