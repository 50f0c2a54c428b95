"""Workers that race for messages, and one that dies between the provider's yes and its own record.

python claims_worker.py race URL WORKER KEYS     claims as many keys as it can, prints them
python claims_worker.py crash URL OUTBOX KEY     hands one message over, and dies at once
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine

from postpurchase.integrations.claims import Claims
from postpurchase.journey import key_hash

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def opened(url: str) -> Claims:
    waits = {"timeout": 60} if url.startswith("sqlite") else {}
    return Claims(create_engine(url, connect_args=waits))


def race(url: str, worker: str, keys: int) -> None:
    claims = opened(url)
    won = []
    for number in range(keys):
        claim = claims.claim("C1", f"story/order:{number}/a", worker=worker, at=AT, lease=LEASE)
        if claim is not None:
            claims.sent(claim)
            won.append(claim.key)
    print(json.dumps(won))  # noqa: T201 - the answer to the test that started it


def crash(url: str, outbox: Path, key: str) -> None:
    claim = opened(url).claim("C1", key, worker="first", at=AT, lease=LEASE)
    assert claim is not None
    with outbox.open("a", encoding="utf-8") as provider:
        provider.write(key_hash("C1", key) + "\n")
    os._exit(9)


if __name__ == "__main__":
    _, command, url, name, last = sys.argv
    if command == "race":
        race(url, name, int(last))
    else:
        crash(url, Path(name), last)
