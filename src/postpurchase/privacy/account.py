"""Guests and accounts: what is filled in, how a guest claims an account, what is promised."""

import re
from datetime import datetime
from typing import ClassVar, Final

from attrs import evolve, field, fields, frozen

from postpurchase.domain.customer import Address, Consent, Customer, Suppression
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.event import AccountCreated, AccountsMerged
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidForm
from postpurchase.privacy.law import Law
from postpurchase.privacy.permission import country
from postpurchase.privacy.world import WORLD

_CARD: Final = re.compile(r"\d[\d -]{10,}\d")


def _opaque(_: object, __: object, reference: str, /) -> None:
    if not reference or _CARD.search(reference):
        problem = "a card is known by the provider's opaque reference alone, never by its number"
        raise InvalidForm(field="card", problem=problem)


@frozen(kw_only=True)
class SavedCard:
    """A card as the payment provider knows it: no number, no expiry, no code.

    Attributes:
        reference: the provider's opaque token.
        label: what the customer sees, such as `Visa ending in 4242`.
    """

    reference: str = field(validator=_opaque)
    label: str = ""


@frozen(kw_only=True)
class Autofill:
    """What need not be typed again, by field name."""

    fields: Pairs[str]
    card: SavedCard | None = None


def autofill(history: History, /, *, card: SavedCard | None = None) -> Autofill:
    """Name, address and contact as the customer last gave them; the newest order knows the rest."""
    customer = history.customer
    newest = history.orders[-1] if history.orders else None
    address = customer.addresses[0] if customer and customer.addresses else None
    address = address or (newest.ship_to if newest else None) or Address()
    known = {
        "email": (customer.email if customer else None) or (newest.email if newest else None),
        "phone": (customer.phone if customer else None) or (newest.phone if newest else None),
        "name": (customer.name if customer else "") or address.name,
        "street": "\n".join(address.lines),
        "city": address.city,
        "postcode": address.postcode,
        "country": address.country or (customer.country if customer else None),
    }
    return Autofill(fields=Pairs({name: text for name, text in known.items() if text}), card=card)


def claimed(guest: Customer, /, *, account: str, at: datetime) -> tuple[Customer, AccountCreated]:
    """The facts of a guest who now has an account; their orders stay theirs.

    Raises:
        InvalidForm: the customer has an account already.
    """
    if guest.account is not None:
        problem = f"customer {guest.id} has the account {guest.account} already: merge instead"
        raise InvalidForm(field="account", problem=problem)
    return (
        evolve(guest, account=account, recorded_at=at),
        AccountCreated(id=f"account/{account}", at=at, account=account),
    )


def merged(kept: History, gone: History, /, *, at: datetime) -> History:
    """One history of two customers who are one: facts of both, and one customer.

    What the kept customer has not said, the other one fills in; consents stay as each was given,
    so that a withdrawal of either still counts.

    Raises:
        InvalidForm: one of the histories has no customer, or both have the same.
    """
    one, other = kept.customer, gone.customer
    if one is None or other is None or one.id == other.id:
        problem = "two histories with a customer each, and not the same, can be merged"
        raise InvalidForm(field="customer", problem=problem)
    filled = {
        each.name: getattr(other, each.name)
        for each in fields(Customer)
        if not getattr(one, each.name) and getattr(other, each.name)
    }
    whole = evolve(one, recorded_at=at, **filled)
    rest = (_renamed(fact, other.id) for fact in gone.facts if not isinstance(fact, Customer))
    joined = AccountsMerged(id=f"{one.id}+{other.id}", at=at, kept=one.id, gone=other.id)
    return kept.add(*rest, whole, joined)


def _renamed(fact: Fact, of: str, /) -> Fact:
    """Consents and stops are numbered by each customer: two of one id must stay two."""
    return evolve(fact, id=f"{of}/{fact.id}") if isinstance(fact, Consent | Suppression) else fact


# ---------------------------------------------------------------- what is promised


@frozen
class OnlyForTheOrder(Reason):
    """What an address is used for without a yes."""

    says: ClassVar[Says] = says(
        "We write to you about your order, and about nothing else unless you say yes."
    )


@frozen
class UntilYouSayStop(Reason):
    """Where the law lets a shop write first."""

    says: ClassVar[Says] = says(
        "We may write to you about our own goods until you say stop, in each message."
    )


@frozen
class NotShared(Reason):
    """Nobody else gets the address."""

    says: ClassVar[Says] = says("We give your address to nobody who advertises.")


@frozen
class SharedWith(Reason):
    """Who gets the address."""

    says: ClassVar[Says] = says("We give your address to %(partners)s, who may write to you.")
    partners: tuple[str, ...]


@frozen
class EndsAtOnce(Reason):
    """How to take a yes back."""

    says: ClassVar[Says] = says("One click takes your yes back, without logging in.")


def assurance(
    history: History, /, *, partners: tuple[str, ...] = (), law: Law = WORLD
) -> tuple[Reason, ...]:
    """What may be promised beside the e-mail field, made from what is really done.

    Args:
        history: the customer, for the country; empty for a stranger, who gets the strictest.
        partners: everybody who gets addresses to advertise with.
        law: the jurisdictions that the shop keeps to.
    """
    rules = law.of(country(history))
    writes_first = Channel.EMAIL in {*rules.opt_out, *rules.implied}
    first: Reason = UntilYouSayStop() if writes_first else OnlyForTheOrder()
    shared: Reason = SharedWith(partners) if partners else NotShared()
    return (first, shared, EndsAtOnce())
