"""Whom a Shopify payload names, and what they allowed."""

import pytest

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.message import Channel
from postpurchase.domain.order import Order
from postpurchase.integrations import shopify
from shopify_payloads import Json, at, only, order, read


def customer(**more: object) -> Json:
    return {
        "id": 31,
        "email": "asha@example.com",
        "first_name": "Asha",
        "last_name": "Example",
        "created_at": "2026-04-01T10:00:00Z",
        "updated_at": "2026-04-02T10:00:00Z",
        **more,
    }


def test_a_guest_is_known_from_the_order_alone() -> None:
    home = {"first_name": "Asha", "last_name": "Example", "country_code": "IN"}
    parsed = shopify.facts(order(email="asha@example.com", shipping_address=home))
    guest, placed = parsed.value
    assert isinstance(guest, Customer)
    assert isinstance(placed, Order)
    assert (guest.id, guest.guest, guest.email) == ("order:1001", True, "asha@example.com")
    assert (guest.name, guest.country) == ("Asha Example", "IN")
    assert placed.customer == guest.id
    (phoned, _) = shopify.facts(order(phone="+910000000000")).value
    assert isinstance(phoned, Customer)
    assert phoned.phone == "+910000000000"


def test_an_order_of_nobody_belongs_to_nobody() -> None:
    found, _ = read(order())
    assert found.customer is None


def test_a_customer_is_known_since_their_first_order_at_the_latest() -> None:
    who, _ = shopify.facts(order(customer=customer(), customer_locale="hi")).value
    assert (who.at, who.recorded_at) == (at("2026-04-01T10:00"), at("2026-05-01T10:00"))
    later = customer(created_at="2026-06-01T10:00:00Z", locale="bn", state="enabled")
    who, _ = shopify.facts(order(customer=later)).value
    assert isinstance(who, Customer)
    assert (who.at, who.locale, who.account) == (at("2026-05-01T10:00"), "bn", "31")


def test_a_customer_alone_keeps_addresses_once() -> None:
    home = {"address1": "12 Example Road", "country_code": "IN"}
    second = {"address1": "7 Other Road", "country_code": "BD"}
    payload = customer(default_address=home, addresses=[home, second], tags="a, b")
    who = only({"customer": payload})
    assert isinstance(who, Customer)
    assert (who.country, len(who.addresses), who.tags) == ("IN", 2, ("a", "b"))
    assert who.recorded_at == at("2026-04-02T10:00")
    assert only(payload) == who


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"email_marketing_consent": {"state": "subscribed"}}, ConsentState.GRANTED),
        ({"email_marketing_consent": {"state": "pending"}}, ConsentState.PENDING),
        ({"email_marketing_consent": {"state": "unsubscribed"}}, ConsentState.WITHDRAWN),
        ({"email_marketing_consent": {"state": "redacted"}}, ConsentState.WITHDRAWN),
        ({"email_marketing_consent": {"state": "not_subscribed"}}, None),
        ({"email_marketing_consent": {"state": None}, "accepts_marketing": True}, None),
        ({"accepts_marketing": True}, ConsentState.GRANTED),
        ({"accepts_marketing": False}, None),
    ],
)
def test_what_was_allowed_is_read(given: Json, state: ConsentState | None) -> None:
    parsed = shopify.facts({"customer": customer(**given)})
    consents = [fact for fact in parsed.value if isinstance(fact, Consent)]
    assert [consent.state for consent in consents] == ([state] if state else [])
    assert all(consent.at == at("2026-04-02T10:00") for consent in consents)
    assert parsed.issues == ()


def test_a_consent_says_when_and_how_it_was_given() -> None:
    sms = {
        "state": "subscribed",
        "opt_in_level": "single_opt_in",
        "consent_updated_at": "2026-04-03T10:00:00Z",
        "consent_collected_from": "SHOPIFY",
    }
    (_, consent) = shopify.facts({"customer": customer(sms_marketing_consent=sms)}).value
    assert consent == Consent(
        id="31/sms",
        at=at("2026-04-03T10:00"),
        channel=Channel.SMS,
        state=ConsentState.GRANTED,
        how="shopify",
        evidence="single_opt_in",
    )


def test_an_unknown_state_of_consent_allows_nothing_and_is_told() -> None:
    given = {"state": "maybe"}
    parsed = shopify.facts({"customer": customer(email_marketing_consent=given)})
    assert len(parsed.value) == 1
    assert parsed.issues[0].path == "$.customer.email_marketing_consent.state"
