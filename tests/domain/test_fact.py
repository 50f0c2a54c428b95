"""Facts: when it happened, when it became known, what it is a version of."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import frozen

from postpurchase.domain.fact import Fact
from postpurchase.errors import InvalidMoment

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@frozen(kw_only=True, repr=False)
class Ring(Fact):
    note: str = ""


def test_a_fact_is_known_when_it_happened_unless_told_otherwise() -> None:
    assert Ring(id="1", at=NOON).recorded_at == NOON
    later = Ring(id="1", at=NOON, recorded_at=NOON + timedelta(hours=1))
    assert (later.recorded_at, later.as_of) == (NOON + timedelta(hours=1),) * 2


def test_instants_are_kept_in_utc() -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    fact = Ring(id="1", at=NOON.astimezone(kolkata))
    assert (fact.at, fact.at.tzinfo, fact.recorded_at.tzinfo) == (NOON, UTC, UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone"):
        Ring(id="1", at=NOON.replace(tzinfo=None))


def test_facts_of_one_type_and_id_are_versions_of_one_thing() -> None:
    assert Ring(id="1", at=NOON).key == ("Ring", "1")
    assert Ring(id="1", at=NOON, note="loud").key == Ring(id="1", at=NOON).key


def test_a_fact_without_children_is_known_whole() -> None:
    fact = Ring(id="1", at=NOON)
    assert fact.until(NOON - timedelta(days=1)) is fact


def test_a_fact_reads_in_one_line_and_leaves_out_what_was_not_told() -> None:
    assert repr(Ring(id="1", at=NOON)) == "Ring(id='1', at=2026-05-01T12:00:00+00:00)"
    told = Ring(id="1", at=NOON, note="loud")
    assert repr(told) == "Ring(id='1', at=2026-05-01T12:00:00+00:00, note='loud')"
