"""The one immutable mapping."""

import pytest

from postpurchase.domain.pairs import Pairs


def test_pairs_are_equal_and_hash_alike_whatever_their_order() -> None:
    one, other = Pairs(size="41", colour="black"), Pairs([("colour", "black"), ("size", "41")])
    assert one == other
    assert hash(one) == hash(other)
    assert {one: 1}[other] == 1
    assert list(one) == ["colour", "size"]


def test_pairs_equal_any_mapping_with_the_same_items() -> None:
    assert Pairs(a=1) == {"a": 1}
    assert Pairs(a=1) != {"a": 2}
    assert Pairs() == {}


def test_of_one_name_given_twice_the_last_counts() -> None:
    assert Pairs([("a", 1), ("a", 2)]) == {"a": 2}
    assert Pairs({"a": 1}, a=3)["a"] == 3


def test_pairs_are_built_from_pairs_and_keep_nothing_of_their_source() -> None:
    source = {"a": 1}
    pairs = Pairs(source)
    source["a"] = 2
    assert pairs["a"] == 1
    assert Pairs(pairs, b=2) == {"a": 1, "b": 2}


def test_pairs_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        Pairs(a=1)["a"] = 2  # type: ignore[index]  # that is what is refused
    with pytest.raises(AttributeError):
        Pairs(a=1).b = 2  # type: ignore[attr-defined]  # that is what is refused


def test_pairs_answer_like_a_mapping() -> None:
    pairs = Pairs(a=1)
    assert pairs.get("b") is None
    assert "a" in pairs
    assert len(pairs) == 1
    with pytest.raises(KeyError):
        pairs["b"]


def test_pairs_read_as_they_are_built() -> None:
    assert repr(Pairs(b=2, a=1)) == "Pairs({'a': 1, 'b': 2})"
    assert repr(Pairs()) == "Pairs()"
