"""Codes: how they are made, how a typing error is noticed, who may try how often."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.decision import Declined, Granted, Refused
from postpurchase.domain.moment import Duration
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    ALPHABET,
    Attempts,
    CodeTried,
    MayTry,
    Pattern,
    SignedCode,
    Signer,
    Source,
    check_symbol,
    normalised,
)
from postpurchase.offers.attempt import Locked, TriesLeft
from postpurchase.offers.signed import Forged, Genuine
from postpurchase.offers.why import Ended

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def source() -> Source:
    """Bytes that look random and are the same on every run."""
    drawn = count()
    return lambda size: sha256(str(next(drawn)).encode()).digest()[:size]


def test_a_code_says_how_hard_it_is_to_guess() -> None:
    assert Pattern().bits == 60
    assert Pattern(length=8, prefix="SPRING").bits == 40
    with pytest.raises(InvalidProgramme, match="4 random symbols or more"):
        Pattern(length=3)


def test_a_code_is_made_of_clear_symbols_in_groups() -> None:
    code = Pattern(length=11, prefix="SPRING").code(source())
    prefix, *groups = code.split("-")
    assert prefix == "SPRING"
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert len(ALPHABET) == 32
    assert not set("IO01") & set(ALPHABET)
    assert Pattern().code(lambda size: bytes(range(size))) == "ABCD-EFGH-JKLM-" + check_symbol(
        "ABCDEFGHJKLM"
    )


@given(st.text(ALPHABET, min_size=12, max_size=12), st.integers(0, 12), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_noticed(body: str, place: int, wrong: str) -> None:
    pattern = Pattern()
    code = body + check_symbol(body)
    assert pattern.fits(code)
    typed = code[:place] + wrong + code[place + 1 :]
    assert pattern.fits(typed) == (typed == code)


def test_what_is_no_code_of_ours_is_noticed() -> None:
    pattern = Pattern(length=4, prefix="SPRING")
    code = pattern.code(source())
    assert pattern.fits(code.lower().replace("-", " "))
    assert not pattern.fits(code.removeprefix("SPRING-"))
    assert not pattern.fits(code[:-1])
    assert not pattern.fits(f"{code}A")
    assert not pattern.fits("SPRING-0000-0")
    assert normalised("a-1 0.b") == "AIOB"


def test_a_batch_has_each_code_once_and_none_that_is_taken() -> None:
    pattern = Pattern(length=4)
    first = pattern.batch(50, source())
    assert len(set(first)) == 50
    rest = pattern.batch(20, source(), taken=frozenset(first[:40]))
    assert not set(rest) & set(first[:40])
    with pytest.raises(InvalidProgramme, match="at most half of all possible codes"):
        pattern.batch(524_289, source())


KEYS = (("k2", b"n" * 16), ("k1", b"o" * 16))


def test_a_signed_code_is_read_until_it_ends() -> None:
    ends = NOON + timedelta(days=30)
    code = Signer(KEYS).sign("welcome:C1", ends=ends, source=source())
    said = SignedCode(grant="welcome:C1", ends=ends)
    assert Signer(KEYS).read(f" {code}\n", at=NOON) == Granted(said, (Genuine(),))
    assert Signer(KEYS).read(code, at=ends) == Declined((Ended(ends),))
    assert code.startswith("k2.")
    old = Signer(KEYS[1:]).sign("welcome:C1", ends=ends, source=source())
    assert Signer(KEYS).read(old, at=NOON)
    assert "nnnn" not in repr(Signer(KEYS))


def test_a_code_that_was_changed_is_forged() -> None:
    code = Signer(KEYS).sign("welcome:C1", ends=NOON + timedelta(days=1), source=source())
    others = (
        code[:-1] + ("A" if code[-1] != "A" else "B"),
        code.replace("k2", "k3"),
        "",
        "a.b.c.d.e",
    )
    for wrong in (*others, code.replace(".", "", 1), f"k2.{code}"):
        decision = Signer(KEYS).read(wrong, at=NOON)
        assert decision == Declined((Forged(),))
    stranger = Signer((("k2", b"x" * 16),))
    answer = stranger.read(code, at=NOON)
    assert isinstance(answer, Declined)
    assert answer.public() == Declined((Refused(),))


@given(st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_nothing_that_is_typed_raises(typed: str) -> None:
    assert not Signer(KEYS).read(typed, at=NOON)
    assert Pattern().fits(typed) in {True, False}


@pytest.mark.parametrize(
    "keys", [(), (("k", b"short"),), (("a", b"x" * 16),) * 2, (("a.b", b"x" * 16),)]
)
def test_keys_are_checked(keys: tuple[tuple[str, bytes], ...]) -> None:
    with pytest.raises(InvalidProgramme, match="keys of 16 bytes or more"):
        Signer(keys)


def tried(*minutes: float, right: tuple[float, ...] = ()) -> list[CodeTried]:
    wrong = [CodeTried(id=f"w{m}", at=NOON + timedelta(minutes=m), right=False) for m in minutes]
    return [
        *wrong,
        *(CodeTried(id=f"r{m}", at=NOON + timedelta(minutes=m), right=True) for m in right),
    ]


def test_wrong_codes_lead_to_a_wait() -> None:
    policy = Attempts(most=3, within=Duration(minutes=10), wait=Duration(minutes=30))

    def asked(minute: float, attempts: list[CodeTried]) -> Granted[MayTry] | Declined:
        return policy.decide(attempts, at=NOON + timedelta(minutes=minute))

    assert asked(3, []) == Granted(MayTry(3), (TriesLeft(3),))
    assert asked(3, tried(0, 1)) == Granted(MayTry(1), (TriesLeft(1),))
    until = NOON + timedelta(minutes=32)
    assert asked(3, tried(0, 1, 2)) == Declined((Locked(until),))
    assert asked(1, tried(0, 1, 2)) == Granted(MayTry(1), (TriesLeft(1),))
    assert asked(32, tried(0, 1, 2)) == Granted(MayTry(3), (TriesLeft(3),))
    assert asked(31, tried(0, 1, 2, 20, 21, 22)) == Declined((Locked(until),))
    assert asked(34, tried(0, 1, 2, 32, 33)) == Granted(MayTry(1), (TriesLeft(1),))
    assert asked(20, tried(0, 9, 19)) == Granted(MayTry(2), (TriesLeft(2),))
    assert asked(5, tried(0, 1, 3, right=(2,))) == Granted(MayTry(2), (TriesLeft(2),))
    assert str(TriesLeft(1)) == "one more try"
    with pytest.raises(InvalidProgramme, match="one wrong code or more"):
        Attempts(most=0)
