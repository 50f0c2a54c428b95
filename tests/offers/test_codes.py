"""Codes: how they are made, how a typing error is noticed, who may try how often."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import digest
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
    assert asked(34, tried(0, 1, 2, 5, 32, 33)) == Granted(MayTry(1), (TriesLeft(1),))
    assert asked(20, tried(0, 9, 19)) == Granted(MayTry(2), (TriesLeft(2),))
    assert asked(5, tried(0, 1, 3, right=(2,))) == Granted(MayTry(2), (TriesLeft(2),))
    assert str(TriesLeft(1)) == "one more try"
    with pytest.raises(InvalidProgramme, match="one wrong code or more"):
        Attempts(most=0)


def test_the_check_symbol_is_that_of_the_published_method() -> None:
    """Luhn mod N, worked by hand: from the right, twos and ones by turns, digits added up."""
    # B C D = 1 2 3: 2*3 + 1*2 + 2*1 = 10, and 32 - 10 = 22 is Y.
    assert check_symbol("BCD") == "Y"
    # 9 9 9 = 31 31 31: 62 is 1 30, so 31 + 31 + 31 = 93, and 96 - 93 = 3 is D.
    assert check_symbol("999") == "D"
    assert check_symbol("AAAA") == "A"
    assert check_symbol("AB") == "8"
    assert check_symbol("BA") == "9"


def test_a_batch_fills_half_of_all_codes_and_no_more() -> None:
    pattern = Pattern(length=4)
    taken = frozenset(f"{n}" for n in range(524_286))
    assert len(pattern.batch(2, source(), taken=taken)) == 2
    with pytest.raises(InvalidProgramme, match="got 524289 of 1048576"):
        pattern.batch(3, source(), taken=taken)


def test_a_source_that_repeats_itself_does_not_go_on_for_ever() -> None:
    pattern = Pattern(length=4)
    with pytest.raises(InvalidProgramme) as caught:
        pattern.batch(2, bytes)
    assert str(caught.value) == (
        "Pattern: a source is random, got 129 codes in a row that are in use: "
        "pass secrets.token_bytes"
    )
    asked: list[int] = []

    def zeros(size: int) -> bytes:
        asked.append(size)
        return bytes(size)

    with pytest.raises(InvalidProgramme, match="129 codes in a row"):
        pattern.batch(1, zeros, taken=frozenset(("AAAA-A",)))
    assert asked == [4] * 129
    drawn = count()
    late = (b"\0\0\0" + bytes((next(drawn) // 128,)) for _ in range(1000))
    assert pattern.batch(3, lambda _: next(late)) == ("AAAA-A", "AAAB-8", "AAAC-6")


@pytest.mark.parametrize("raw", [b"", b"abc", b"abcdefghijklmnop"], ids=len)
def test_a_source_that_gives_too_few_bytes_is_no_source(raw: bytes) -> None:
    said = "a source gives as many bytes as it is asked for, got {} instead of {}: pass secrets"
    with pytest.raises(InvalidProgramme, match=said.format(len(raw), 12)) as caught:
        Pattern().code(lambda _: raw)
    assert str(caught.value).startswith("Source: ")
    with pytest.raises(InvalidProgramme, match=said.format(len(raw), 5)):
        Signer(KEYS).sign("a", ends=NOON, source=lambda _: raw)


def test_a_signed_code_has_its_parts_in_order() -> None:
    code = Signer(KEYS).sign("a", ends=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), source=bytes)
    name, grant, seconds, nonce, proof = code.split(".")
    assert (name, grant, seconds, nonce, len(proof)) == ("k2", "ME", "AAAAAAAB", "AAAAAAAA", 16)


@given(st.text(min_size=1, max_size=30), st.integers(1, 2**34))
def test_a_signed_code_says_what_was_signed(grant: str, seconds: int) -> None:
    ends = datetime.fromtimestamp(seconds, UTC)
    code = Signer(KEYS).sign(grant, ends=ends, source=source())
    read = Signer(KEYS).read(code, at=ends - timedelta(seconds=1))
    assert read == Granted(SignedCode(grant=grant, ends=ends), (Genuine(),))
    assert Signer(KEYS).read(code, at=ends) == Declined((Ended(ends),))


def test_a_code_of_a_key_that_nobody_has_is_forged() -> None:
    """The proof of an empty secret is known to everybody."""
    ends = NOON + timedelta(days=1)
    body = Signer(KEYS).sign("a", ends=ends, source=source()).rpartition(".")[0]
    unknown = body.replace("k2", "k9")
    for secret in (b"", b"XXXX"):
        proof = b32encode(digest(secret, unknown.encode(), sha256)[:10]).decode().rstrip("=")
        assert Signer(KEYS).read(f"{unknown}.{proof}", at=NOON) == Declined((Forged(),))


def test_one_wrong_code_may_be_all_and_what_is_tried_later_does_not_count_yet() -> None:
    strict = Attempts(most=1, within=Duration(days=1), wait=Duration(days=1))
    until = NOON + timedelta(days=1)
    assert strict.decide(tried(0), at=NOON) == Declined((Locked(until),))
    assert strict.decide(tried(0), at=until) == Granted(MayTry(1), (TriesLeft(1),))
    two = Attempts(most=3, within=Duration(minutes=10))
    assert two.decide(tried(0, 10), at=NOON + timedelta(minutes=10)) == Granted(
        MayTry(2), (TriesLeft(2),)
    )
    assert two.decide(tried(0, 9, 99, 100), at=NOON + timedelta(minutes=9)) == Granted(
        MayTry(1), (TriesLeft(1),)
    )
    waiting = tried(0, 1, 2, 5, right=(3,))
    assert two.decide(waiting, at=NOON + timedelta(minutes=4)) == Declined(
        (Locked(NOON + timedelta(minutes=62)),)
    )
    shuffled = [*tried(2, 1, 0), *tried(63, 64)]
    assert two.decide(shuffled, at=NOON + timedelta(minutes=65)) == Granted(
        MayTry(1), (TriesLeft(1),)
    )
