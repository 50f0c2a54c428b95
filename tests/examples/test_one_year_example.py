import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).parents[2] / "examples" / "one_year.py"


def test_a_year_of_one_customer_is_told_with_reasons() -> None:
    ran = subprocess.run([sys.executable, STORY], capture_output=True, text=True, check=True)
    sent, never = ran.stdout.split("\nnever sent:\n")
    lines = {line[23:45].strip() for line in sent.splitlines()[2:]}
    assert {"order_confirmation", "review_request", "birthday", "purchase_anniversary"} <= lines
    assert "Sun 15 Mar 2026 07:00  review_request         email  order 1001 was delivered" in sent
    assert "Wed 24 Jun 2026 09:00  birthday               email" in sent
    reasons = {line.split()[0]: line.split(maxsplit=2)[1:] for line in never.splitlines()}
    assert reasons["review_request/order:1001/remind"] == [
        "exited",
        "a review of order 1001 was posted",
    ]
    assert reasons["review_request/order:1002/ask"] == ["exited", "order 1002 was refunded"]


def test_two_runs_tell_the_same() -> None:
    runs = [
        subprocess.run([sys.executable, STORY], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
