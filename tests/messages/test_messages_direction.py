"""Which way a short message runs on a phone, which goes by its first letter."""

import pytest

from postpurchase.domain import kinds
from postpurchase.domain.message import Channel
from postpurchase.messages import Voice
from postpurchase.messages.tongues import Direction, facing
from postpurchase.testing import sample

MARK = "\N{RIGHT-TO-LEFT MARK}"
VOICE = Voice(shop=sample.shop(), sender="shop@kitchen.example.com", link=sample.links)


@pytest.mark.parametrize(
    ("text", "faced"),
    [
        ("Kitchen & Co: آپ کا پارسل", f"{MARK}Kitchen & Co: آپ کا پارسل"),
        ("آپ کا Kitchen & Co", "آپ کا Kitchen & Co"),
        ("12 آپ", "12 آپ"),
        ("https://s.example/a", "https://s.example/a"),
        ("", ""),
        ("Co آپ\nhttps://s.example\nA آپ", f"{MARK}Co آپ\nhttps://s.example\n{MARK}A آپ"),
        ("Co שלום", f"{MARK}Co שלום"),
        (f"{MARK}Co آپ", f"{MARK}Co آپ"),
    ],
)
def test_a_line_is_marked_where_its_first_letter_would_turn_it(text: str, faced: str) -> None:
    assert facing(text, Direction.RTL) == faced
    assert facing(faced, Direction.RTL) == faced
    assert facing(text, Direction.LTR) == text


def test_a_short_message_in_urdu_runs_from_the_right_whatever_the_shop_is_called() -> None:
    urdu, english = sample.history("ur"), sample.history("en")
    action = sample.action(kinds.SHIPPED, Channel.SMS)
    assert VOICE.compose(action, urdu).to_sms().text.startswith(f"{MARK}Kitchen & Co")
    assert MARK not in VOICE.compose(action, english).to_sms().text
    push = VOICE.compose(sample.action(kinds.SHIPPED, Channel.PUSH), urdu).to_push()
    for line in (push.title, *push.body.split("\n")):
        assert facing(line, Direction.RTL) == line
