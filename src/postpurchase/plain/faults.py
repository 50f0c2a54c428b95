"""From a tree of cattrs' complaints to sentences, each with its path and the nearest name."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from attrs import fields
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
)

from postpurchase.errors import InvalidPlain


class NotThis(Exception):  # noqa: N818, RUF100 - a complaint on its way up to its path
    """What a hook found wrong with one value; `at` goes deeper where it knows."""

    def __init__(self, problem: str, /, *, at: str = "") -> None:
        """Complain in the words that the error will have."""
        super().__init__(problem)
        self.problem = problem
        self.at = at


class WrongParts(Exception):  # noqa: N818, RUF100 - a complaint on its way up to its path
    """What was found wrong with some parts of a list or a table, by their place in it."""

    def __init__(self, parts: Mapping[str, Exception], /) -> None:
        """Complain about each place, such as `[2]` or `.name`."""
        super().__init__(", ".join(parts))
        self.parts = parts


def nearest(name: str, names: Sequence[str], /) -> str:
    """The rest of a sentence about an unknown name: what it may have been meant to be."""
    near = get_close_matches(name, names, n=1, cutoff=0.0)
    return f"the nearest is {near[0]!r}" if near else "there are none"


def complaint(fault: BaseException, /) -> InvalidPlain:
    """The error for all that was found wrong."""
    found = tuple(_faults(fault, "$"))
    return InvalidPlain(problems=found)


def _faults(fault: BaseException, path: str, /) -> Iterator[tuple[str, str]]:
    if isinstance(fault, BaseValidationError):
        for each, place in _parts(fault):
            yield from _faults(each, path + place)
    elif isinstance(fault, ForbiddenExtraKeysError):
        names = [each.name for each in fields(fault.cl)]
        for name in sorted(fault.extra_fields):
            yield f"{path}.{name}", f"no such name in {fault.cl.__name__}; {nearest(name, names)}"
    elif isinstance(fault, WrongParts):
        for place, wrong in fault.parts.items():
            yield from _faults(wrong, path + place)
    elif isinstance(fault, NotThis):
        yield path + fault.at, fault.problem
    elif isinstance(fault, KeyError):
        yield path, "it is missing"
    else:
        yield path, str(fault)


def _parts(fault: BaseValidationError, /) -> Iterator[tuple[BaseException, str]]:
    """What was wrong inside, and how much deeper in the data that is."""
    for each in fault.exceptions:
        notes = getattr(each, "__notes__", ())
        names = (note.name for note in notes if isinstance(note, AttributeValidationNote))
        yield each, "".join(f".{name}" for name in names)
