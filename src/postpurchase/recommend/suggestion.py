"""What policies propose, and what is left to show of it after the filters."""

from collections.abc import Callable, Iterator
from functools import cached_property
from html import escape
from itertools import chain

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Outcome, Reason
from postpurchase.domain.product import Product, Variant
from postpurchase.errors import InvalidSuggestion


def _explained(candidate: "Candidate", _: object, reasons: tuple[Reason, ...], /) -> None:
    if not reasons:
        message = f"a candidate needs a reason, got none for {candidate.product!r}: say why"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Candidate:
    """A product that a policy proposes; not yet fit to be shown.

    Attributes:
        product: its id, or the SKU of one of its variants.
        score: the greater, the better; comparable within one policy only.
        reasons: why; at least one.
        again: whether it is meant for somebody who already has it: only then may something
            that is used up be suggested to its owner.
        quotas: the groups it counts in and how many of each may be shown; a chain sets them.
    """

    product: str
    score: float
    reasons: tuple[Reason, ...] = field(validator=_explained)
    again: bool = False
    quotas: tuple[tuple[str, int], ...] = ()


def _no_others() -> Iterator[Candidate]:
    return iter(())


@frozen(eq=False, repr=False)
class Candidates:
    """What a policy proposes, the best first. Equal where all candidates are.

    It is no `Outcome`, so no message can show it: only `Suggest` turns it into `Suggestions`,
    and never without the filters.

    Attributes:
        made: candidates, the best first; all of them, or the first.
        rest: makes the others one by one, each time the same, for few are looked at; none
            unless told otherwise.
    """

    made: tuple[Candidate, ...]
    rest: Callable[[], Iterator[Candidate]] = _no_others

    def __iter__(self) -> Iterator[Candidate]:
        """Each candidate, the best first; who stops early leaves the others unmade."""
        return chain(self.made, self.rest())

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """All candidates, the best first."""
        return tuple(self)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The products, the best first."""
        return tuple([each.product for each in self.candidates])

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candidates) and self.candidates == other.candidates

    @override
    def __hash__(self) -> int:
        return hash(self.candidates)

    @override
    def __repr__(self) -> str:
        return f"Candidates({self.candidates!r})"


@frozen(kw_only=True)
class Suggestion:
    """A product to show, in the variant that can be sent, and why."""

    product: Product
    variant: Variant | None
    score: float
    reasons: tuple[Reason, ...]


@frozen
class Dropped:
    """A product that was proposed and refused, and why; for the shop, never for the customer."""

    product: str
    reason: Reason


@frozen(kw_only=True, repr=False)
class Suggestions(Outcome):
    """What to show, the best first, and what was refused on the way."""

    items: tuple[Suggestion, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The products to show, the best first."""
        return tuple(each.product.id for each in self.items)

    @override
    def __repr__(self) -> str:
        return f"<Suggestions {', '.join(self.ids)}; {len(self.dropped)} dropped>"

    def _repr_html_(self) -> str:
        kept = "".join(
            f"<tr><td>{escape(each.product.title)}</td><td>{escape(_said(each.reasons))}</td></tr>"
            for each in self.items
        )
        dropped = "".join(
            f"<tr><td><s>{escape(each.product)}</s></td><td>{escape(str(each.reason))}</td></tr>"
            for each in self.dropped
        )
        return f"<table>{kept}{dropped}</table>"


def _said(reasons: tuple[Reason, ...], /) -> str:
    return "; ".join(map(str, reasons))
