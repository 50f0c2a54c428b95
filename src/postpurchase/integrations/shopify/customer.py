"""Customers, addresses and what they allowed."""

from collections.abc import Iterator
from datetime import datetime

from postpurchase.domain.customer import Address, Consent, ConsentState, Customer
from postpurchase.domain.message import Channel
from postpurchase.integrations.node import Node

_STATES = {
    "subscribed": ConsentState.GRANTED,
    "pending": ConsentState.PENDING,
    "unsubscribed": ConsentState.WITHDRAWN,
    "redacted": ConsentState.WITHDRAWN,
}
_SILENT = frozenset({"", "not_subscribed", "invalid"})


def address(node: Node | None, /) -> Address | None:
    """An address; None where there is none."""
    if node is None:
        return None
    return Address(
        name=node.text("name") or _full_name(node),
        company=node.text("company"),
        lines=tuple(filter(None, (node.text("address1"), node.text("address2")))),
        city=node.text("city"),
        region=node.text("province_code") or node.text("province"),
        postcode=node.text("zip"),
        country=node.text("country_code"),
        phone=node.text("phone"),
    )


def _full_name(node: Node, /) -> str:
    return " ".join(filter(None, (node.text("first_name"), node.text("last_name"))))


def customer(
    node: Node, /, *, at: datetime, recorded_at: datetime, locale: str, key: str
) -> Iterator[Customer | Consent]:
    """A customer and their consents.

    Args:
        node: the customer's object.
        at: when they were first seen.
        recorded_at: when this version of them became known.
        locale: what the order says of their language.
        key: names a customer without an id of their own.
    """
    home = address(node.child("default_address"))
    addresses = (address(each) for each in node.each("addresses"))
    places = [each for each in (home, *addresses) if each]
    id = node.name() or key
    given = node.text("first_name")
    yield Customer(
        id=id,
        at=min(at, node.at("created_at") or at),
        recorded_at=recorded_at,
        name=_full_name(node),
        given_name=given,
        account=id if node.text("state") == "enabled" else None,
        email=node.name("email"),
        phone=node.name("phone"),
        locale=locale or node.name("locale"),
        country=next((each.country for each in places if each.country), None),
        addresses=tuple(dict.fromkeys(places)),
        tags=node.words("tags"),
    )
    since = node.at("updated_at") or recorded_at
    yield from _consent(node, id, Channel.EMAIL, since)
    yield from _consent(node, id, Channel.SMS, since)


def _consent(node: Node, id: str, channel: Channel, since: datetime, /) -> Iterator[Consent]:
    given = node.child(f"{channel}_marketing_consent")
    if given is None:
        if channel is Channel.EMAIL and node.yes("accepts_marketing"):
            yield Consent(
                id=f"{id}/{channel}",
                at=node.at("accepts_marketing_updated_at") or since,
                channel=channel,
                state=ConsentState.GRANTED,
                how="accepts_marketing",
            )
        return
    said = given.text("state")
    if said in _STATES:
        yield Consent(
            id=f"{id}/{channel}",
            at=given.at("consent_updated_at") or since,
            channel=channel,
            state=_STATES[said],
            how=given.text("consent_collected_from").lower(),
            evidence=given.text("opt_in_level"),
        )
    elif said not in _SILENT:
        given.odd("state", f"one of {', '.join(_STATES)}", said)
