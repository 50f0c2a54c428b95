"""Blocks: named values that each show one kind of answer, and how strict that makes a message."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from attrs import frozen

from postpurchase.domain.decision import Outcome, Reason, Says, says
from postpurchase.domain.message import Action, Kind, Purpose
from postpurchase.messages.pen import Pen
from postpurchase.messages.views import BlockView, View

O = TypeVar("O", bound=Outcome)  # noqa: E741 - an Outcome


class Shows(Protocol):
    """Whatever shows one type of answer; `Block` is how to make one."""

    @property
    def name(self) -> str:
        """The address of its words, `blocks/<name>.j2`."""
        ...

    @property
    def purpose(self) -> Purpose:
        """What a message becomes at least, once this is in it."""
        ...

    def see(self, answer: Outcome, pen: Pen, /) -> View | None:
        """What the template sees of this answer; None of one of another type."""
        ...


@frozen(kw_only=True)
class Block(Generic[O]):
    """How one type of answer is shown.

    Attributes:
        name: the address of its words, `blocks/<name>.j2`.
        shows: the type of the answer.
        purpose: what a message becomes at least, once this is in it.
        view: what its template sees of the answer.
    """

    name: str
    shows: type[O]
    purpose: Purpose
    view: Callable[[O, Pen], View]

    def see(self, answer: Outcome, pen: Pen, /) -> View | None:
        """What the template sees of this answer; None of one of another type."""
        return self.view(answer, pen) if isinstance(answer, self.shows) else None


@frozen(kw_only=True)
class Question(Outcome):
    """A question to the customer, and where it is answered: a survey, a word for others."""

    url: str
    text: str = ""


@frozen
class NotPermitted(Reason):
    """A block is stricter than what may be sent on this channel."""

    says: ClassVar[Says] = says(
        "block %(block)s is left out: there is no permission for %(purpose)s"
    )
    block: str
    purpose: str


@frozen
class NotPlaced(Reason):
    """The kind has no place for a block."""

    says: ClassVar[Says] = says("block %(block)s is left out: %(kind)s has no place for it")
    block: str
    kind: str


@frozen
class NotShown(Reason):
    """No block shows this type of answer."""

    says: ClassVar[Says] = says("%(answer)s is left out: no block shows it")
    answer: str


@frozen(kw_only=True)
class Shown:
    """The blocks of one message: views by name, the strictest purpose, and what was left out."""

    views: tuple[BlockView, ...]
    purpose: Purpose
    dropped: tuple[Reason, ...]

    def first(self, name: str, /) -> View | None:
        """The first thing that the block of this name shows."""
        return next((block.items[0] for block in self.views if block.name == name), None)


def shown(action: Action, blocks: Sequence[Shows], pen: Pen, /) -> Shown:
    """The blocks for the answers of an action, in the order in which its kind places them.

    Of several blocks that show one type of answer the first one counts.

    What is stricter than the action's ceiling is left out, never the message.
    """
    items: dict[str, list[View]] = {}
    purpose = action.kind.purpose
    dropped: list[Reason] = []
    for answer in action.shows:
        block, view = _seen(answer, blocks, pen)
        if block is None or view is None:
            dropped.append(NotShown(type(answer).__name__))
        elif refused := _refusal(block, action):
            dropped.append(refused)
        else:
            items.setdefault(block.name, []).append(view)
            purpose = max(purpose, block.purpose)
    order = _places(action.kind)
    views = [BlockView(name=name, items=tuple(items[name])) for name in order if name in items]
    return Shown(views=tuple(views), purpose=purpose, dropped=tuple(dropped))


def _seen(
    answer: Outcome, blocks: Iterable[Shows], pen: Pen
) -> tuple[Shows, View] | tuple[None, None]:
    for block in blocks:
        view = block.see(answer, pen)
        if view is not None:
            return block, view
    return None, None


def _places(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kind.requires, *kind.blocks)))


def _refusal(block: Shows, action: Action) -> Reason | None:
    if block.name not in _places(action.kind):
        return NotPlaced(block.name, action.kind.name)
    if block.purpose > action.ceiling:
        return NotPermitted(block.name, block.purpose.name.lower())
    return None
