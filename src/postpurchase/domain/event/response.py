"""What became of a message that went out."""

from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.fact import Fact


@unique
class Agent(StrEnum):
    """Who opened or clicked: mail programs and link scanners do so on their own."""

    HUMAN = "human"
    MACHINE = "machine"
    UNKNOWN = "unknown"


@frozen(kw_only=True, repr=False)
class MessageDelivered(Fact):
    """A message that arrived; `message` is the key of the action."""

    message: str


@frozen(kw_only=True, repr=False)
class MessageBounced(Fact):
    """A message that did not arrive; `permanent` when the address is dead."""

    message: str
    permanent: bool = False
    detail: str = ""


@frozen(kw_only=True, repr=False)
class MessageOpened(Fact):
    """A message that was opened; `message` is the key of the action."""

    message: str
    by: Agent = Agent.UNKNOWN


@frozen(kw_only=True, repr=False)
class MessageClicked(Fact):
    """A link of a message that was followed; `link` names it without the customer's token."""

    message: str
    link: str = ""
    by: Agent = Agent.UNKNOWN


@frozen(kw_only=True, repr=False)
class MessageReplied(Fact):
    """An answer to a message."""

    message: str
    text: str = ""


@frozen(kw_only=True, repr=False)
class MessageComplained(Fact):
    """A message that was reported as unwanted."""

    message: str
