"""What a gate answers: the value, and what looked odd on the way."""

from typing import Generic, TypeVar

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.money import Money
from postpurchase.errors import OddPayload

T_co = TypeVar("T_co", covariant=True)


@frozen
class Issue:
    """Something in a payload that was read with a doubt.

    Attributes:
        path: where it stands, such as `$.order.line_items[0].price`.
        expected: what should stand there.
        got: what stood there.
    """

    path: str
    expected: str
    got: str

    @override
    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, got {self.got}"


@frozen
class Parsed(Generic[T_co]):
    """What was read, and what looked odd; nothing is dropped without an issue."""

    value: T_co
    issues: tuple[Issue, ...] = ()

    def strict(self) -> T_co:
        """The value alone, for those who take no doubtful payload.

        Raises:
            ExceptionGroup: one `OddPayload` for each issue, if there is one.
        """
        if self.issues:
            odd = [
                OddPayload(path=each.path, expected=each.expected, got=each.got)
                for each in self.issues
            ]
            message = "the payload looks odd"
            raise ExceptionGroup(message, odd)
        return self.value


@frozen(kw_only=True)
class Mismatch:
    """A total that a payload states, against the sum of its own parts.

    Attributes:
        total: which one, such as `subtotal` or `refund 509562969`.
        declared: what the payload states.
        found: what its parts come to.
    """

    total: str
    declared: Money
    found: Money

    @override
    def __str__(self) -> str:
        return f"{self.total} {self.declared} against {self.found}"
