"""Consent as an append-only ledger: who said what, when, to which wording, and how."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from hashlib import sha256
from string import punctuation
from typing import Final

from attrs import frozen

from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.errors import InvalidForm
from postpurchase.privacy.law import Law
from postpurchase.privacy.world import WORLD

_TAG: Final = 16
_EVERY: Final = "*"


@frozen(kw_only=True)
class Asked:
    """What somebody was asked, so that it can be shown later.

    Attributes:
        channel: where; None for all channels.
        purpose: what for.
        wording: which version of the text they saw.
        how: where they saw it, such as `checkout` or `preference page`.
    """

    channel: Channel | None
    purpose: Purpose = Purpose.MARKETING
    wording: str
    how: str

    def __attrs_post_init__(self) -> None:
        """Refuse what could never be shown."""
        for name in ("wording", "how"):
            if not getattr(self, name):
                raise InvalidForm(field=name, problem="a consent can be shown only with it")


def requested(asked: Asked, /, *, id: str, at: datetime) -> Consent:
    """A yes that still has to be confirmed: the first step of a double opt-in."""
    return _said(asked, ConsentState.PENDING, id, at)


def granted(asked: Asked, /, *, id: str, at: datetime, evidence: str = "") -> Consent:
    """A yes that needs no second step; *evidence* is the id of the stored form."""
    return _said(asked, ConsentState.GRANTED, id, at, evidence)


def confirmed(request: Consent, /, *, at: datetime, evidence: str = "") -> Consent:
    """The second step of a double opt-in: a consent of its own beside the request.

    Raises:
        InvalidForm: what is confirmed is no request.
    """
    if request.state is not ConsentState.PENDING:
        problem = f"only a pending consent can be confirmed, got {request.state.value}"
        raise InvalidForm(field=request.id, problem=problem)
    return Consent(
        id=f"{request.id}/confirmed",
        at=at,
        channel=request.channel,
        state=ConsentState.GRANTED,
        purpose=request.purpose,
        wording=request.wording,
        how=request.how,
        evidence=evidence,
    )


def existing_customer(asked: Asked, /, *, id: str, at: datetime, told_at: datetime) -> Consent:
    """The permission that a purchase gives, where the customer was told that they can object.

    Args:
        asked: the notice that they saw.
        id: names the consent for ever.
        at: when the address was collected.
        told_at: when they were told; not after the address was collected.

    Raises:
        InvalidForm: they were told only afterwards, which gives no such permission.
    """
    if told_at > at:
        problem = "the notice must stand where the address is collected, not come later"
        raise InvalidForm(field="told_at", problem=problem)
    return _said(asked, ConsentState.SOFT, id, at)


def withdrawn(
    *,
    id: str,
    at: datetime,
    how: str,
    channel: Channel | None = None,
    purpose: Purpose = Purpose.MARKETING,
) -> Consent:
    """A no, on one channel or on all; nothing has to be shown or said for it."""
    return Consent(
        id=id, at=at, channel=channel, state=ConsentState.WITHDRAWN, purpose=purpose, how=how
    )


def statement(history: History, /, *, at: datetime) -> tuple[Consent, ...]:
    """All that was ever said, oldest first: what a shop shows when it is asked for proof."""
    return history.until(at).all(Consent)


def opts_out(reply: str, /, *, country: str | None = None, law: Law = WORLD) -> bool:
    """Whether a reply to a text message is a withdrawal.

    It is where the reply, or its first word, is one of the country's stop words, or of any
    country's where none is known; capitals, spaces and punctuation do not matter.
    """
    records = (law.of(country), law.strictest) if country else (*law.records, law.strictest)
    words = {word for record in records for word in record.stop_words}
    said = " ".join(reply.casefold().strip(punctuation + " ।۔").split())
    first = said.partition(" ")[0].strip(punctuation)
    return said in words or first in words


def token(key: bytes, /, *, customer: str, channel: Channel | None = None, purpose: Purpose) -> str:
    """What a link to withdraw carries, so that nobody has to log in.

    It names the customer, the channel and the purpose, and is signed with the shop's own *key*
    (HMAC-SHA256, 128 bits); it grants nothing but this withdrawal.
    """
    said = f"{customer}|{channel.value if channel else _EVERY}|{purpose.name}".encode()
    return urlsafe_b64encode(_signed(key, said) + said).decode().rstrip("=")


def redeemed(key: bytes, text: str, /, *, at: datetime, how: str = "link") -> Consent | None:
    """The withdrawal that a token stands for; None where it is no token of this shop."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return None
    tag, said = raw[:_TAG], raw[_TAG:]
    if not hmac.compare_digest(tag, _signed(key, said)):
        return None
    customer, channel, purpose = said.decode().rsplit("|", 2)
    return withdrawn(
        id=f"withdrawal/{customer}/{channel}/{at:%Y-%m-%dT%H:%M:%SZ}",
        at=at,
        how=how,
        channel=None if channel == _EVERY else Channel(channel),
        purpose=Purpose[purpose],
    )


def _signed(key: bytes, said: bytes, /) -> bytes:
    return hmac.digest(key, said, sha256)[:_TAG]


def _said(
    asked: Asked, state: ConsentState, id: str, at: datetime, evidence: str = "", /
) -> Consent:
    return Consent(
        id=id,
        at=at,
        channel=asked.channel,
        state=state,
        purpose=asked.purpose,
        wording=asked.wording,
        how=asked.how,
        evidence=evidence,
    )
