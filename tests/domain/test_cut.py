"""Text that is too long is cut where no letter loses its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.cut import shortened


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("किकिकि", 4, "कि…"),
        ("ক্ষক্ষ", 5, "ক্ষ…"),
        ("ক্ষক্ষ", 4, "ক্ষ…"),
        ("aक्\N{ZERO WIDTH JOINER}ष", 4, "a…"),
        ("ab👨\N{ZERO WIDTH JOINER}👩c", 5, "ab…"),
        ("ab👍🏽c", 4, "ab…"),
        ("e" + "\u0301" * 9, 4, "e\u0301\u0301…"),
    ],
)
def test_a_cut_leaves_letters_whole(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@given(st.text(), st.integers(2, 20))
def test_a_shortened_text_is_no_longer_and_begins_alike(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == text or text.startswith(short.removesuffix("…"))
