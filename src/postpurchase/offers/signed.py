"""Codes that prove by themselves that the shop made them; a store still sees to single use."""

import hmac
from base64 import b32decode, b32encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import ClassVar, Final

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.moment import instant
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.code import Source, drawn
from postpurchase.offers.why import Ended

_NONCE: Final = 5
_MAC: Final = 10
_TIME: Final = 5
_KEY: Final = 16


@frozen
class Forged(Reason):
    """It was not made by this shop, or was changed."""

    says: ClassVar[Says] = says("this code was not made here")


@frozen
class Genuine(Reason):
    """The shop made it."""

    says: ClassVar[Says] = says("this code was made here")


@frozen(kw_only=True)
class SignedCode(Outcome):
    """What a signed code says.

    Attributes:
        grant: what it was given for; also what its single use is counted for.
        ends: from when it does not hold any more.
    """

    grant: str
    ends: datetime


def _keys(_: object, __: object, keys: tuple[tuple[str, bytes], ...], /) -> None:
    names = [name for name, _ in keys]
    right = keys and len(set(names)) == len(names) and all(name.isalnum() for name in names)
    if not right or any(len(secret) < _KEY for _, secret in keys):
        raise InvalidProgramme(
            part="Signer",
            what=f"a signer has keys of {_KEY} bytes or more with names of letters and digits",
            given=", ".join(names) or "none",
            advice="pass (('k1', secret),), the newest first",
        )


@frozen
class Signer:
    """Signs codes with HMAC-SHA256, cut to 80 bits; the first key signs, all are read.

    Attributes:
        keys: names and secrets, the newest first, so that keys can be changed.
    """

    keys: tuple[tuple[str, bytes], ...] = field(validator=_keys, repr=False)

    def sign(self, grant: str, /, *, ends: datetime, source: Source) -> str:
        """A code for a grant: what it is for, until when, a nonce of 40 bits, and the proof.

        Args:
            grant: what it is given for, such as `welcome:C1`.
            ends: from when it does not hold any more; kept to the second.
            source: gives random bytes, such as `secrets.token_bytes`.
        """
        name, secret = self.keys[0]
        seconds = int(instant(ends).timestamp())
        body = ".".join(
            (
                name,
                _text(grant.encode()),
                _text(seconds.to_bytes(_TIME)),
                _text(drawn(source, _NONCE)),
            )
        )
        return f"{body}.{_proof(secret, body)}"

    def read(self, code: str, /, *, at: datetime) -> Granted[SignedCode] | Declined:
        """What a code says, if the shop made it and it still holds.

        The proof is compared in constant time; what is wrong is not told apart in public, see
        `Declined.public`.
        """
        body, _, proof = code.strip().rpartition(".")
        name, _, rest = body.partition(".")
        secret = dict(self.keys).get(name, b"")
        right = hmac.compare_digest(_proof(secret, body).encode(), _raw(proof))
        if not secret or not right:
            return Declined((Forged(),))
        grant, seconds, _ = rest.split(".")
        ends = datetime.fromtimestamp(int.from_bytes(_bytes(seconds)), UTC)
        if ends <= instant(at):
            return Declined((Ended(ends),))
        return Granted(SignedCode(grant=_bytes(grant).decode(), ends=ends), (Genuine(),))


def _proof(secret: bytes, body: str) -> str:
    return _text(hmac.digest(secret, _raw(body), sha256)[:_MAC])


def _raw(typed: str) -> bytes:
    return typed.encode(errors="surrogatepass")  # half a pair may come out of hostile JSON


def _text(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return b32decode(text + "=" * (-len(text) % 8))
