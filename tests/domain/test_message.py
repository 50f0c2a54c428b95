"""Messages before they have words."""

from datetime import UTC, datetime, timedelta, timezone

from postpurchase.domain.decision import Refused
from postpurchase.domain.message import Action, Channel, Kind, Purpose, Subject

REVIEW = Kind(name="review_request", purpose=Purpose.SOLICITATION)


def test_purposes_run_from_the_contract_to_what_only_consent_allows() -> None:
    assert sorted(Purpose) == [
        Purpose.TRANSACTIONAL,
        Purpose.SERVICE,
        Purpose.SOLICITATION,
        Purpose.MARKETING,
    ]
    assert max(REVIEW.purpose, Purpose.MARKETING) is Purpose.MARKETING


def test_channels_are_their_names() -> None:
    assert [f"{channel}" for channel in Channel] == [
        "email",
        "sms",
        "push",
        "whatsapp",
        "in_app",
        "site",
    ]
    assert REVIEW.channels == (Channel.EMAIL,)


def test_a_subject_reads_as_a_part_of_a_key() -> None:
    assert str(Subject("order", "1001")) == "order:1001"
    assert str(Subject("shipment", "S1", "eta2")) == "shipment:S1#eta2"


def test_what_would_break_a_key_is_written_otherwise() -> None:
    assert str(Subject("order", "a/b#c%2F", "x/y")) == "order:a%2Fb%23c%252F#x%2Fy"
    odd = [Subject("order", "a", "b"), Subject("order", "a#b"), Subject("order", "a%23b")]
    assert len({str(subject) for subject in odd}) == len(odd)


def test_an_action_falls_due_at_an_instant_in_utc() -> None:
    at = datetime(2026, 5, 1, 10, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    action = Action(
        key="review_request/order:1001/ask",
        kind=REVIEW,
        subject=Subject("order", "1001"),
        channel=Channel.EMAIL,
        ceiling=Purpose.SOLICITATION,
        target=at,
        reasons=(Refused(),),
    )
    assert (action.target, action.target.tzinfo) == (at, UTC)
    assert (action.shows, action.variant) == ((), "")
