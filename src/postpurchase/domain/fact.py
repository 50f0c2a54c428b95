"""What happened, and when it became known."""

from datetime import datetime
from typing import Self

from attrs import Factory, field, frozen

from postpurchase.domain.expected import expected
from postpurchase.domain.moment import instant
from postpurchase.domain.told import told


def _when_it_happened(fact: "Fact", /) -> datetime:
    return fact.at


@frozen(kw_only=True)
class Fact:
    """Something that happened at an instant and became known at another.

    Facts with one `key` are versions of one thing: of those recorded by the instant of a
    decision, the newest counts. A late fact therefore changes only what is not yet done.

    Attributes:
        id: names the thing within its type, for ever.
        at: when it happened; kept in UTC.
        recorded_at: when it became known; the same instant unless told otherwise.
    """

    id: str = field(validator=expected(str, "text, such as '1001'"))
    at: datetime = field(converter=instant)
    recorded_at: datetime = field(
        default=Factory(_when_it_happened, takes_self=True), converter=instant
    )

    @property
    def key(self) -> tuple[str, str]:
        """What this fact is a version of: its type's name and its id."""
        return (type(self).__name__, self.id)

    @property
    def as_of(self) -> datetime:
        """The newest knowledge in it; of two versions recorded at once, the later one counts."""
        return self.recorded_at

    def until(self, at: datetime, /) -> Self:  # noqa: ARG002 - facts with children override this
        """This fact without the children that became known after *at*."""
        return self

    __repr__ = told
