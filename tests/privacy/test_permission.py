"""May this be sent on this channel, and on what ground?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.customer import (
    Address,
    Cause,
    Consent,
    ConsentState,
    Customer,
    Suppression,
)
from postpurchase.domain.decision import Declined, Granted, Reason
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Calendar, Days
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.errors import InvalidLaw
from postpurchase.privacy import (
    STRICTEST,
    WORLD,
    Basis,
    Counting,
    Duty,
    Honour,
    Jurisdiction,
    Law,
    country,
    demands,
    erased,
    permitted,
    reachable,
)
from postpurchase.privacy.reason import (
    AllowedUntilOptOut,
    ConsentGiven,
    ConsentLapsed,
    Erased,
    ExistingCustomer,
    ImpliedByPurchase,
    ImpliedExpired,
    NoAddress,
    NoConsent,
    NoCustomer,
    NotConfirmed,
    OnOwnGround,
    ServiceRelationship,
    Suppressed,
    Withdrawn,
)

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEFORE = AT - timedelta(days=30)
EMAIL, SMS, PUSH = Channel.EMAIL, Channel.SMS, Channel.PUSH
BUYER = Customer(
    id="C1", at=BEFORE, email="guest@example.com", phone="+1000", devices=("t",), country="IN"
)
ORDER = Order(
    id="O1",
    at=BEFORE,
    currency="EUR",
    lines=(Line(sku="A", unit_price=Money.of("1.00", "EUR")),),
)


def said(
    state: ConsentState,
    *,
    at: datetime = BEFORE,
    id: str = "c",
    channel: Channel | None = EMAIL,
    purpose: Purpose = Purpose.MARKETING,
) -> Consent:
    return Consent(id=id, at=at, channel=channel, state=state, purpose=purpose)


def asked(
    *facts: Fact,
    channel: Channel = EMAIL,
    purpose: Purpose = Purpose.MARKETING,
    where: str | None = "IN",
) -> Granted[Basis] | Declined:
    history = History.of(evolve(BUYER, country=where), *facts)
    return permitted(history, channel, purpose, at=AT)


def no(reason: Reason) -> Declined:
    return Declined((reason,))


@pytest.mark.parametrize("purpose", [Purpose.TRANSACTIONAL, Purpose.SERVICE])
@pytest.mark.parametrize("where", ["DE", "IN", None])
def test_what_the_contract_needs_is_permitted_everywhere(
    purpose: Purpose, where: str | None
) -> None:
    found = asked(purpose=purpose, where=where)
    assert found
    assert found.value is Basis.CONTRACT


def test_questions_are_advertising_where_the_law_says_so() -> None:
    ask = Purpose.SOLICITATION
    assert asked(purpose=ask) == Granted(Basis.SERVICE_RELATIONSHIP, (ServiceRelationship(),))
    assert asked(purpose=ask, where="DE") == no(NoConsent(EMAIL))
    assert asked(purpose=ask, channel=SMS) == no(NoConsent(SMS))
    assert asked(purpose=ask, where=None) == no(NoConsent(EMAIL))


@pytest.mark.parametrize(
    ("where", "basis"), [("DE", True), ("GB", True), ("FR", True), ("NL", True), ("IN", False)]
)
def test_an_existing_customer_may_be_written_to_where_the_law_has_that(
    where: str, *, basis: bool
) -> None:
    found = asked(said(ConsentState.SOFT), where=where)
    granted = Granted(Basis.SOFT_OPT_IN, (ExistingCustomer(EMAIL, BEFORE.date()),))
    assert found == (granted if basis else no(NoConsent(EMAIL)))


def test_consent_says_since_when() -> None:
    given_on = Granted(Basis.CONSENT, (ConsentGiven(EMAIL, BEFORE.date()),))
    assert asked(said(ConsentState.GRANTED)) == given_on
    assert asked(said(ConsentState.GRANTED, channel=None)) == given_on
    assert asked(said(ConsentState.GRANTED, channel=SMS)) == no(NoConsent(EMAIL))


def test_a_soft_permission_never_weakens_a_consent() -> None:
    facts = (said(ConsentState.GRANTED), said(ConsentState.SOFT, at=AT, id="d"))
    found = asked(*facts, where="DE")
    assert found
    assert found.value is Basis.CONSENT


def test_what_was_never_confirmed_is_no_consent() -> None:
    assert asked(said(ConsentState.PENDING)) == no(NotConfirmed(EMAIL))


def test_a_consent_may_end_by_itself() -> None:
    lapsed = evolve(said(ConsentState.GRANTED), ends=AT)
    assert asked(lapsed) == no(ConsentLapsed(EMAIL))
    assert asked(evolve(lapsed, ends=AT + timedelta(seconds=1)))
    ahead = evolve(said(ConsentState.GRANTED), at=AT + timedelta(1), recorded_at=BEFORE)
    assert asked(ahead) == no(NoConsent(EMAIL))


def test_a_withdrawal_beats_every_earlier_consent_and_no_later_one() -> None:
    withdrawal = said(ConsentState.WITHDRAWN, id="w")
    assert asked(said(ConsentState.GRANTED), withdrawal) == no(Withdrawn(EMAIL))
    assert asked(withdrawal, where="US") == no(Withdrawn(EMAIL))
    again = said(ConsentState.GRANTED, at=BEFORE + timedelta(seconds=1))
    assert asked(withdrawal, again)


def test_stricter_consent_covers_less_and_a_withdrawal_takes_what_is_stricter() -> None:
    ask = Purpose.SOLICITATION
    marketing = said(ConsentState.GRANTED)
    solicitation = said(ConsentState.GRANTED, purpose=ask)
    assert asked(marketing, purpose=ask, where="DE")
    assert asked(solicitation) == no(NoConsent(EMAIL))
    stop = said(ConsentState.WITHDRAWN, purpose=ask, id="w")
    assert asked(marketing, stop) == no(Withdrawn(EMAIL))
    only_marketing = said(ConsentState.WITHDRAWN, id="w")
    found = asked(only_marketing, purpose=ask)
    assert found
    assert found.value is Basis.SERVICE_RELATIONSHIP


def test_the_united_states_allow_mail_until_the_customer_opts_out() -> None:
    assert asked(where="US") == Granted(Basis.OPT_OUT_REGIME, (AllowedUntilOptOut(EMAIL),))
    assert asked(where="us")
    assert asked(where="US", channel=SMS) == no(NoConsent(SMS))


def test_a_purchase_stands_for_consent_in_canada_for_two_years() -> None:
    until = date(BEFORE.year + 2, BEFORE.month, BEFORE.day)
    assert asked(ORDER, where="CA") == Granted(Basis.IMPLIED, (ImpliedByPurchase(until),))
    assert asked(where="CA") == no(NoConsent(EMAIL))
    old = evolve(ORDER, at=AT.replace(year=2024))
    assert asked(old, where="CA") == no(ImpliedExpired(EMAIL))
    assert asked(evolve(old, at=old.at + timedelta(seconds=1)), where="CA")
    off = Cancellation(id="X", at=BEFORE, order="O1")
    assert asked(ORDER, off, where="CA") == no(NoConsent(EMAIL))


def test_where_the_customer_comes_by_nothing_is_sent_anywhere() -> None:
    assert asked(channel=Channel.SITE, where="DE") == Granted(Basis.OWN_GROUND, (OnOwnGround(),))
    stop = said(ConsentState.WITHDRAWN, channel=None)
    assert asked(stop, channel=Channel.SITE) == no(Withdrawn(Channel.SITE))


@pytest.mark.parametrize(
    ("channel", "lacks"),
    [
        (EMAIL, {"email": None}),
        (SMS, {"phone": None}),
        (PUSH, {"devices": ()}),
        (Channel.WHATSAPP, {"phone": ""}),
    ],
)
def test_a_channel_needs_an_address(channel: Channel, lacks: dict[str, Any]) -> None:
    history = History.of(evolve(BUYER, **lacks))
    assert permitted(history, channel, Purpose.TRANSACTIONAL, at=AT) == no(NoAddress(channel))
    assert permitted(History.of(), channel, Purpose.TRANSACTIONAL, at=AT) == no(NoCustomer())


@pytest.mark.parametrize(
    ("cause", "least"),
    [
        (Cause.HARD_BOUNCE, Purpose.TRANSACTIONAL),
        (Cause.COMPLAINT, Purpose.SERVICE),
        (Cause.UNSUBSCRIBED, Purpose.SOLICITATION),
        (Cause.OBJECTED, Purpose.SOLICITATION),
    ],
)
def test_what_a_suppression_stops(cause: Cause, least: Purpose) -> None:
    stop = Suppression(id="S", at=BEFORE, channel=EMAIL, cause=cause)
    yes = said(ConsentState.GRANTED)
    for purpose in Purpose:
        found = asked(stop, yes, purpose=purpose)
        assert bool(found) is (purpose < least)
        if not found:
            assert found == no(Suppressed(EMAIL, cause))
    assert asked(stop, said(ConsentState.GRANTED, channel=SMS), channel=SMS)
    assert asked(evolve(stop, lifted_at=AT), yes)
    assert asked(evolve(stop, at=AT + timedelta(1), recorded_at=BEFORE), yes)


def test_an_erased_customer_gets_nothing() -> None:
    gone = Suppression(id="S", at=BEFORE, channel=None, cause=Cause.ERASED)
    assert asked(gone, purpose=Purpose.TRANSACTIONAL) == no(Erased())
    history = History.of(BUYER, gone)
    assert erased(history, at=AT)
    assert not erased(history, at=BEFORE - timedelta(1))
    assert not erased(History.of(evolve(gone, channel=EMAIL)), at=AT)


def test_the_country_is_the_customers_or_where_the_newest_order_went() -> None:
    sent = evolve(ORDER, ship_to=Address(country="CA"))
    unknown = evolve(BUYER, country=None)
    assert country(History.of(BUYER, sent)) == "IN"
    assert country(History.of(unknown, sent, evolve(ORDER, id="O2", at=AT))) == "CA"
    assert country(History.of(sent)) == "CA"
    assert country(History.of(unknown)) is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20),
            st.sampled_from(ConsentState),
            st.sampled_from([EMAIL, SMS, None]),
            st.sampled_from(Purpose),
        ),
        max_size=6,
    ),
    st.sampled_from(["US", "DE", "IN", "CA", "GB", None]),
)
def test_what_is_permitted_never_grows_with_the_purpose(
    told: list[tuple[int, ConsentState, Channel | None, Purpose]], where: str | None
) -> None:
    """A stricter purpose is never permitted where a less strict one is not."""
    facts = [
        Consent(
            id=f"{n}", at=BEFORE + timedelta(days=day), channel=channel, state=state, purpose=what
        )
        for n, (day, state, channel, what) in enumerate(told)
    ]
    answers = [bool(asked(*facts, purpose=purpose, where=where)) for purpose in Purpose]
    assert answers == sorted(answers, reverse=True)


# ---------------------------------------------------------------- jurisdictions as data


def test_every_record_names_its_sources_and_when_they_were_read() -> None:
    for record in WORLD.records:
        assert record.sources, record.name
        assert all(each.url.startswith("https://") and each.what for each in record.sources)


def test_a_country_has_one_jurisdiction() -> None:
    record = Jurisdiction(name="own", countries=("IN",), opt_out=(EMAIL,))
    with pytest.raises(InvalidLaw, match="got two for IN"):
        Law((record, *WORLD.records), STRICTEST)
    law = WORLD.replace(record)
    assert law.of("in") is record
    assert law.of("XX") is STRICTEST
    assert law.of("US") is WORLD.of("US")


@pytest.mark.parametrize(
    ("where", "channel", "purpose", "blocks"),
    [
        ("US", EMAIL, Purpose.SOLICITATION, ()),
        ("US", EMAIL, Purpose.MARKETING, ("postal_address", "unsubscribe")),
        ("CA", EMAIL, Purpose.TRANSACTIONAL, ("postal_address", "unsubscribe")),
        ("IN", EMAIL, Purpose.TRANSACTIONAL, ()),
        ("IN", SMS, Purpose.TRANSACTIONAL, ("template_id",)),
        ("IN", SMS, Purpose.SERVICE, ("template_id",)),
        ("IN", SMS, Purpose.SOLICITATION, ("opt_out", "template_id")),
        ("DE", EMAIL, Purpose.SERVICE, ()),
        ("DE", EMAIL, Purpose.SOLICITATION, ("postal_address", "unsubscribe")),
        ("XX", Channel.PUSH, Purpose.MARKETING, ()),
    ],
)
def test_the_blocks_that_a_country_asks_for(
    where: str, channel: Channel, purpose: Purpose, blocks: tuple[str, ...]
) -> None:
    found = demands(History.of(evolve(BUYER, country=where)), channel, at=AT)
    assert found.needed(purpose) == blocks
    assert found == WORLD.of(where).demands(channel)


def test_what_a_country_asks_names_its_law_its_words_and_its_sources() -> None:
    found = demands(History.of(evolve(BUYER, country="BD")), SMS, at=AT)
    record = WORLD.of("BD")
    assert (found.law, found.stop_words, found.sources) == (
        "BD",
        record.stop_words,
        record.sources,
    )
    assert found.sources[0].read == date(2026, 11, 25)
    assert found.languages == ("bn",)
    assert WORLD.of("BD").demands(EMAIL).languages == ()


def test_from_which_purpose_a_message_is_a_promotion() -> None:
    record = Jurisdiction(name="X", countries=(), raised=(SMS,))
    assert record.demands(SMS).promotes is Purpose.SOLICITATION
    assert record.demands(EMAIL).promotes is Purpose.MARKETING


def test_the_strictest_of_two_duties_for_a_block_counts() -> None:
    duties = tuple(
        Duty(block="unsubscribe", channel=EMAIL, purpose=purpose)
        for purpose in (Purpose.SERVICE, Purpose.MARKETING)
    )
    for each in (duties, duties[::-1]):
        found = Jurisdiction(name="X", countries=(), duties=each).demands(EMAIL)
        assert found.blocks == {"unsubscribe": Purpose.SERVICE}


def test_what_a_country_asks_is_read_as_it_was_known_then() -> None:
    moved = evolve(BUYER, country="CA", recorded_at=AT + timedelta(days=1))
    history = History.of(evolve(BUYER, country="US"), moved)
    assert demands(history, EMAIL, at=AT).law == "US"
    assert demands(history, EMAIL, at=AT + timedelta(days=1)).law == "CA"
    own = Law((), Jurisdiction(name="own", countries=()))
    assert demands(history, EMAIL, at=AT, law=own).law == "own"


def test_by_when_a_withdrawal_must_have_taken_effect() -> None:
    zone = ZoneInfo("America/New_York")
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    thanksgiving = Calendar(is_holiday=Days.of(date(2026, 11, 26)))
    us = WORLD.of("US").honour
    assert us.by(friday, zone, thanksgiving) == datetime(2026, 12, 8, 5, tzinfo=UTC)
    assert Honour(2).by(friday, zone, thanksgiving) == friday + timedelta(days=2)
    assert Honour().by(friday, zone, thanksgiving) == friday
    assert us.counting is Counting.BUSINESS


def test_the_app_is_met_by_who_has_it_or_an_account() -> None:
    guest = Customer(id="31", at=AT)
    assert not reachable(guest, Channel.IN_APP)
    assert reachable(evolve(guest, devices=("d1",)), Channel.IN_APP)
    assert reachable(evolve(guest, account="a1"), Channel.IN_APP)
    assert reachable(guest, Channel.SITE)
