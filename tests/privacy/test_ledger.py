"""Consent as an append-only ledger, tokens to withdraw, and stop words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.customer import ConsentState, Customer
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.errors import InvalidForm
from postpurchase.privacy import (
    WORLD,
    Asked,
    confirmed,
    existing_customer,
    granted,
    opts_out,
    permitted,
    redeemed,
    requested,
    statement,
    token,
    withdrawn,
)
from postpurchase.privacy.reason import NotConfirmed, Withdrawn

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
LATER = AT + timedelta(days=1)
KEY = b"a secret of the shop"
BUYER = Customer(id="C1", at=AT, email="guest@example.com", country="DE")
ASKED = Asked(channel=Channel.EMAIL, wording="newsletter-2026-03", how="checkout")


def test_a_double_opt_in_counts_from_the_second_step() -> None:
    first = requested(ASKED, id="c1", at=AT)
    history = History.of(BUYER, first)
    found = permitted(history, Channel.EMAIL, Purpose.MARKETING, at=LATER)
    assert found.reasons == (NotConfirmed(Channel.EMAIL),)
    second = confirmed(first, at=LATER, evidence="click 7")
    whole = history.add(second)
    assert permitted(whole, Channel.EMAIL, Purpose.MARKETING, at=LATER)
    assert [
        (each.state, each.wording, each.how, each.evidence) for each in statement(whole, at=LATER)
    ] == [
        (ConsentState.PENDING, "newsletter-2026-03", "checkout", ""),
        (ConsentState.GRANTED, "newsletter-2026-03", "checkout", "click 7"),
    ]
    assert statement(whole, at=AT) == (first,)
    with pytest.raises(InvalidForm, match="only a pending consent can be confirmed, got granted"):
        confirmed(second, at=LATER)


def test_taking_back_is_as_easy_as_giving() -> None:
    yes = granted(ASKED, id="c1", at=AT, evidence="form 3")
    no = withdrawn(id="w1", at=AT, how="link", channel=Channel.EMAIL)
    found = permitted(History.of(BUYER, yes, no), Channel.EMAIL, Purpose.MARKETING, at=LATER)
    assert found.reasons == (Withdrawn(Channel.EMAIL),)


def test_an_existing_customer_was_told_when_the_address_was_collected() -> None:
    soft = existing_customer(ASKED, id="s1", at=AT, told_at=AT)
    assert permitted(History.of(BUYER, soft), Channel.EMAIL, Purpose.MARKETING, at=LATER)
    with pytest.raises(InvalidForm, match="the notice must stand where the address is collected"):
        existing_customer(ASKED, id="s1", at=AT, told_at=LATER)


@pytest.mark.parametrize("lacks", ["wording", "how"])
def test_a_consent_without_proof_is_none(lacks: str) -> None:
    with pytest.raises(InvalidForm, match=f"{lacks}: a consent can be shown only with it"):
        Asked(
            channel=None,
            wording="" if lacks == "wording" else "w",
            how="" if lacks == "how" else "h",
        )


@pytest.mark.parametrize(
    ("reply", "country", "stops"),
    [
        ("STOP", "US", True),
        (" Stop! ", "US", True),
        ("stop sending me this", "US", True),
        ("Opt  Out", "US", True),
        ("Please do not stop, I like it", "US", False),
        ("yes", "US", False),
        ("abmelden", "DE", True),
        ("abmelden", "US", False),
        ("abmelden", None, True),
        ("बंद करें।", "IN", True),
        ("বন্ধ", "BD", True),
        ("بند کریں۔", "PK", True),
        ("arrêt", "FR", True),
        ("stop", "BR", True),
        ("", None, False),
    ],
)
def test_a_reply_that_means_stop(reply: str, country: str | None, *, stops: bool) -> None:
    assert opts_out(reply, country=country) is stops


def test_every_country_understands_stop() -> None:
    assert all("stop" in record.stop_words for record in (*WORLD.records, WORLD.strictest))


def test_one_token_and_no_login() -> None:
    text = token(KEY, customer="C|1", channel=Channel.SMS, purpose=Purpose.MARKETING)
    consent = redeemed(KEY, text, at=AT)
    assert consent is not None
    assert (consent.state, consent.channel, consent.purpose, consent.how) == (
        ConsentState.WITHDRAWN,
        Channel.SMS,
        Purpose.MARKETING,
        "link",
    )
    assert consent.id == "withdrawal/C|1/sms/2026-11-01T10:00:00Z"
    everywhere = redeemed(KEY, token(KEY, customer="C1", purpose=Purpose.SOLICITATION), at=AT)
    assert everywhere is not None
    assert everywhere.channel is None
    assert redeemed(b"another key", text, at=AT) is None
    assert redeemed(KEY, "é", at=AT) is None
    assert redeemed(KEY, "a", at=AT) is None


@given(st.text(max_size=20), st.integers(0, 60), st.characters())
def test_a_token_that_was_changed_withdraws_nothing(customer: str, at: int, letter: str) -> None:
    text = token(KEY, customer=customer, purpose=Purpose.MARKETING)
    place = at % len(text)
    changed = text[:place] + letter + text[place + 1 :]
    found = redeemed(KEY, changed, at=AT)
    same = redeemed(KEY, text, at=AT)
    assert same is not None
    assert found in {None, same}
