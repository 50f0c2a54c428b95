"""What went out."""

from attrs import frozen

from postpurchase.domain.channel import Channel, Purpose
from postpurchase.domain.fact import Fact


@frozen(kw_only=True, repr=False)
class MessageSent(Fact):
    """A message that went out; keep it, for it is why nothing goes out twice.

    Attributes:
        id: the key of the action.
        purpose: what it was sent for; unless told otherwise the strictest, which counts in caps.
        kind: the name of what it said, such as `review_request`.
        about: what it was about, such as `order:1001`.
        subject: the subject line, as sent.
        variant: which wording, where several are tested.
        locale: the language it spoke; BCP 47.
    """

    channel: Channel = Channel.EMAIL
    purpose: Purpose = Purpose.MARKETING
    kind: str = ""
    about: str = ""
    subject: str = ""
    variant: str = ""
    locale: str = ""
