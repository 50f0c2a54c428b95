"""How offers of one lane stand to each other."""

from enum import Enum
from typing import Final

from attrs import field, frozen

from postpurchase.errors import InvalidProgramme


class Mode(Enum):
    """Which offers of a lane apply, by priority and then by id."""

    ALL = "all"
    """All, each on what the one before left."""
    ALL_FROM_START = "all_from_start"
    """All, each counted on what the lane began with; none takes more than is left."""
    BEST = "best"
    """The one that saves most; of equal ones the first by priority and id."""
    FIRST = "first"
    """The first that applies."""


@frozen
class Lane:
    """A lane and its mode."""

    name: str
    mode: Mode = Mode.ALL


def _once(_: object, __: object, lanes: tuple[Lane, ...], /) -> None:
    names = [lane.name for lane in lanes]
    if len(set(names)) != len(names):
        raise InvalidProgramme(
            part="Stacking",
            what="each lane stands once",
            given=", ".join(names),
            advice="lanes run in this order",
        )


@frozen
class Stacking:
    """The lanes in the order in which they run; one that is not named runs last, in mode ALL."""

    lanes: tuple[Lane, ...] = field(default=(), validator=_once)

    def place(self, name: str, /) -> tuple[int, str]:
        """Where a lane runs."""
        names = [lane.name for lane in self.lanes]
        return (names.index(name), "") if name in names else (len(names), name)

    def mode(self, name: str, /) -> Mode:
        """How the offers of a lane stand to each other."""
        return next((lane.mode for lane in self.lanes if lane.name == name), Mode.ALL)


STACKING: Final = Stacking()
"""All offers apply, each on what the one before left."""
