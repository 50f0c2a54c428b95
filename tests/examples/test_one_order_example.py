import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

STORY = Path(__file__).parents[2] / "examples" / "one_order.py"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder in which the story was run, and what it printed."""
    folder = tmp_path_factory.mktemp("story")
    ran = subprocess.run(
        [sys.executable, STORY], cwd=folder, capture_output=True, text=True, check=True
    )
    return folder / "out", ran.stdout.splitlines()


def line(lines: list[str], key: str, status: str) -> str:
    found = [each for each in lines if f"  {key}  {status}" in each]
    assert len(found) == 1, (key, status, found)
    return found[0]


def test_each_message_goes_out_once_in_its_time(told: tuple[Path, list[str]]) -> None:
    out, lines = told
    for key, when in {
        "order_confirmation/order:1001/confirm": "01 May 10:00",
        "thank_you/order:1001/thanks": "01 May 11:00",
        "shipped/shipment:801/notice": "02 May 17:00",
        "delivered/shipment:801/notice": "04 May 15:00",
        "review_request/order:1001/ask": "11 May 10:00",
    }.items():
        assert line(lines, key, "due").startswith(when)
    sent = [each for each in lines if "  due email  " in each]
    assert len(sent) == len(list(out.glob("*.eml")))


def test_a_full_refund_ends_what_it_should_and_says_so(told: tuple[Path, list[str]]) -> None:
    ended = line(told[1], "purchase_anniversary/order:988#1y/greet", "exited")
    assert ended.endswith("order 988 was refunded")
    assert ended.startswith("12 May")


def test_a_partial_refund_keeps_the_review_for_what_was_kept(
    told: tuple[Path, list[str]],
) -> None:
    out, _ = told
    (mail,) = out.glob("*-review_request.eml")
    body = message_from_bytes(mail.read_bytes(), policy=default).get_body(("plain",))
    assert body is not None
    assert "Knife set" in body.get_content()
    assert "Chopping board" not in body.get_content()


def test_the_page_shows_every_message(told: tuple[Path, list[str]]) -> None:
    out, _ = told
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("<article>") == len(list(out.glob("*.eml")))
    assert "आपके ऑर्डर की पुष्टि हो गई है" in page


def test_it_takes_the_readers_own_payload(tmp_path: Path) -> None:
    payload = tmp_path / "own.json"
    payload.write_text(
        '{"order": {"id": 7, "created_at": "2026-06-01T12:00:00Z", "currency": "EUR",'
        ' "email": "sam@example.com", "line_items": [{"id": 1, "title": "Cup",'
        ' "quantity": 1, "price": "9.50"}], "total_price": "9.50"}}',
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, STORY, payload], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "order_confirmation/order:7/confirm  due email" in ran.stdout
