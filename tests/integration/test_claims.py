"""The claim protocol with real processes, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.dialects import mysql

from postpurchase.errors import ClaimLost, UnknownDatabase
from postpurchase.integrations.claims import Claim, Claimed, Claims, ClaimState, metadata
from postpurchase.journey import key_hash

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
LEASE = timedelta(minutes=5)
KEY = "thank_you/order:1001/thanks"
WORKER = Path(__file__).with_name("claims_worker.py")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = create_engine(f"sqlite:///{tmp_path / 'claims.db'}")
        with made.connect() as work:
            work.execute(text("PRAGMA journal_mode=WAL"))
    else:
        url = os.environ.get("POSTPURCHASE_POSTGRES", "")  # noqa: TID251 - tests may be told where
        if not url:
            pytest.skip("POSTPURCHASE_POSTGRES is not set: the URL of a PostgreSQL server")
        made = create_engine(url)
        metadata.drop_all(made)
    Claims(made).create()
    yield made
    made.dispose()


@pytest.fixture
def claims(engine: Engine) -> Claims:
    return Claims(engine)


def started(engine: Engine, *words: str) -> subprocess.Popen[str]:
    command, *rest = words
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, str(WORKER), command, url, *rest],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def won(claim: Claim | None) -> Claim:
    assert claim is not None
    return claim


def test_of_two_workers_one_sends(claims: Claims) -> None:
    first = won(claims.claim("C1", KEY, worker="a", at=AT, lease=LEASE))
    assert claims.claim("C1", KEY, worker="b", at=AT, lease=LEASE) is None
    assert claims.claim("C2", KEY, worker="b", at=AT, lease=LEASE) is not None
    claims.sent(first)
    later = AT + timedelta(days=365)
    assert claims.claim("C1", KEY, worker="b", at=later, lease=LEASE) is None
    assert claims.find("C1", KEY) == Claimed(
        state=ClaimState.SENT, worker="a", attempts=1, free_at=None
    )


def test_a_lease_runs_out_and_the_late_worker_learns_of_it(claims: Claims) -> None:
    first = won(claims.claim("C1", KEY, worker="a", at=AT, lease=LEASE))
    just_before = AT + LEASE - timedelta(microseconds=1)
    assert claims.claim("C1", KEY, worker="b", at=just_before, lease=LEASE) is None
    second = won(claims.claim("C1", KEY, worker="b", at=AT + LEASE, lease=LEASE))
    assert second.attempts == 2
    with pytest.raises(ClaimLost, match="a does not hold the claim on 'thank_you"):
        claims.sent(first)
    claims.sent(second)
    with pytest.raises(ClaimLost):
        claims.sent(second)


def test_without_a_lease_nobody_ever_takes_over(claims: Claims) -> None:
    won(claims.claim("C1", KEY, worker="a", at=AT, lease=None))
    later = AT + timedelta(days=3650)
    assert claims.claim("C1", KEY, worker="b", at=later, lease=LEASE) is None


def test_what_was_certainly_not_sent_is_tried_again_later(claims: Claims) -> None:
    claim = won(claims.claim("C1", KEY, worker="a", at=AT, lease=LEASE))
    again = AT + timedelta(hours=1)
    claims.retry(claim, at=again)
    assert claims.find("C1", KEY) == Claimed(
        state=ClaimState.RETRY, worker="a", attempts=1, free_at=again
    )
    assert claims.claim("C1", KEY, worker="b", at=AT + LEASE, lease=LEASE) is None
    claims.failed(won(claims.claim("C1", KEY, worker="b", at=again, lease=LEASE)))
    assert claims.claim("C1", KEY, worker="c", at=again + LEASE, lease=LEASE) is None
    assert claims.find("C1", "nothing/order:1/a") is None


def test_processes_that_race_win_each_key_once(engine: Engine) -> None:
    workers = [started(engine, "race", f"w{n}", "40") for n in range(4)]
    keys: list[str] = []
    for each in workers:
        out, err = each.communicate(timeout=120)
        assert each.returncode == 0, err
        keys += json.loads(out)
    assert sorted(keys) == sorted(f"story/order:{n}/a" for n in range(40))


def test_a_worker_that_dies_after_the_providers_yes(
    engine: Engine, claims: Claims, tmp_path: Path
) -> None:
    """The lease hands the message to another worker; the provider's key keeps it a single one."""
    outbox = tmp_path / "outbox"
    crashed = started(engine, "crash", str(outbox), KEY)
    crashed.communicate(timeout=120)
    assert crashed.returncode == 9
    assert claims.claim("C1", KEY, worker="second", at=AT, lease=LEASE) is None
    second = won(claims.claim("C1", KEY, worker="second", at=AT + LEASE, lease=LEASE))
    assert second.attempts == 2
    with outbox.open("a", encoding="utf-8") as provider:
        provider.write(key_hash(second.customer, second.key) + "\n")
    claims.sent(second)
    calls = outbox.read_text(encoding="utf-8").split()
    assert len(calls) == 2
    assert len(set(calls)) == 1


def test_another_database_is_refused() -> None:
    engine = create_engine("sqlite://")
    engine.dialect = mysql.dialect()
    with pytest.raises(UnknownDatabase, match="got mysql"):
        Claims(engine)
