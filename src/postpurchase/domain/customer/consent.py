"""What somebody allowed, and what must not be sent whatever they allowed."""

from datetime import datetime
from enum import StrEnum, unique

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import optional as perhaps

from postpurchase.domain.channel import Channel, Purpose
from postpurchase.domain.expected import expected
from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import instant

_A_CHANNEL = perhaps(expected(Channel, "Channel.EMAIL or the like, or None for all"))


@unique
class ConsentState(StrEnum):
    """What somebody allowed: SOFT comes with a purchase, PENDING is not confirmed yet."""

    GRANTED = "granted"
    SOFT = "soft"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True, repr=False)
class Consent(Fact):
    """What somebody allowed, once, at an instant; each change is a consent of its own.

    Attributes:
        channel: where; None for all channels.
        purpose: what for.
        wording: which version of the text they saw.
        how: where it was given, such as `checkout` or `preference page`.
        evidence: what proves it, such as the id of the stored form.
        ends: when it lapses by itself; in UTC.
    """

    channel: Channel | None = field(validator=_A_CHANNEL)
    state: ConsentState = field(
        validator=expected(ConsentState, "ConsentState.GRANTED or the like")
    )
    purpose: Purpose = field(
        default=Purpose.MARKETING, validator=expected(Purpose, "Purpose.MARKETING or the like")
    )
    wording: str = ""
    how: str = ""
    evidence: str = ""
    ends: datetime | None = field(default=None, converter=optional(instant))


@unique
class Cause(StrEnum):
    """Why nothing may be sent."""

    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    OBJECTED = "objected"
    ERASED = "erased"


@frozen(kw_only=True, repr=False)
class Suppression(Fact):
    """An address that must not be written to, whatever was allowed.

    Attributes:
        channel: where; None for all channels.
        lifted_at: when it ended, if it did; in UTC.
    """

    channel: Channel | None = field(validator=_A_CHANNEL)
    cause: Cause = field(validator=expected(Cause, "Cause.COMPLAINT or the like"))
    lifted_at: datetime | None = field(default=None, converter=optional(instant))
