"""A message before it has words: what kind, about what, through which channel, why."""

from datetime import datetime
from typing import Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.channel import Channel, Purpose
from postpurchase.domain.decision import Outcome, Reason
from postpurchase.domain.demands import Demands
from postpurchase.domain.moment import instant

__all__ = ["Action", "Channel", "Kind", "Purpose", "Subject"]

_NOTHING: Final = Demands()


@frozen(kw_only=True)
class Kind:
    """What a message says, never when it is sent.

    Attributes:
        name: the address of its words, such as `review_request`.
        purpose: the least strict purpose it can have; a stricter block raises it.
        channels: those it has words for, the preferred one first.
        requires: names of the facts without which it cannot be rendered.
        blocks: names of the blocks that its templates place, in order.
    """

    name: str
    purpose: Purpose
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    requires: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


_RESERVED = str.maketrans({"%": "%25", "/": "%2F", "#": "%23"})


@frozen
class Subject:
    """What a message is about, such as `order:1001` or `shipment:S1#eta2`.

    Attributes:
        noun: `order`, `shipment`, `customer`, `year`, ...
        id: the id of that thing.
        mark: which occasion of that thing, where there can be several.
    """

    noun: str
    id: str
    mark: str = ""

    @override
    def __str__(self) -> str:
        tail = f"#{self.mark.translate(_RESERVED)}" if self.mark else ""
        return f"{self.noun}:{self.id.translate(_RESERVED)}{tail}"


@frozen(kw_only=True)
class Action:
    """A message that is due: everything about it but its words.

    Attributes:
        key: the intent, `journey/subject/step`; no clock, channel, version or variant is in it,
            so a shop that claims the key before sending cannot send twice.
        kind: what it says.
        subject: what it is about.
        channel: the first channel on which it is permitted.
        ceiling: the strictest purpose permitted on that channel; blocks above it are left out.
        target: when it fell due; in UTC.
        reasons: why it is due.
        shows: answers of other rooms that it may show, one block each.
        variant: which wording, where several are tested.
        demands: what the law of the recipient's country asks of a message on that channel.
    """

    key: str
    kind: Kind
    subject: Subject
    channel: Channel
    ceiling: Purpose
    target: datetime = field(converter=instant)
    reasons: tuple[Reason, ...]
    shows: tuple[Outcome, ...] = ()
    variant: str = ""
    demands: Demands = field(default=_NOTHING, repr=False)
