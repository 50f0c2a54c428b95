"""Pictures of a simulation; needs the extra `plot`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, cast

from postpurchase.extras import extra
from postpurchase.journey.simulate import Simulation

with extra("plot"):
    from matplotlib.figure import Figure


class _Canvas(Protocol):
    """What is used of matplotlib's axes, whose own types leave much open."""

    def plot(
        self,
        x: Sequence[datetime],
        y: Sequence[int],
        form: str,
        /,
        *,
        label: str,
        markersize: int,
    ) -> object: ...

    def set_yticks(self, ticks: Iterable[int], labels: Iterable[str], /) -> object: ...

    def set_xlim(self, left: datetime, right: datetime, /) -> object: ...

    def set_xlabel(self, label: str, /) -> object: ...

    def legend(self, *, loc: str, bbox_to_anchor: tuple[int, int]) -> object: ...


def timeline(simulation: Simulation, /) -> Figure:
    """Who got what when: a line for each customer, a mark for each message, coloured by journey."""
    figure = Figure(figsize=(9, 1.5 + 0.35 * len(simulation.timelines)), layout="constrained")
    canvas = cast("_Canvas", figure.subplots())
    for journey in sorted({each.journey for each in simulation.sent}):
        marks = [
            (each.at, row)
            for row, line in enumerate(simulation.timelines)
            for each in line.sent
            if each.journey == journey
        ]
        times, rows = zip(*marks, strict=True)
        canvas.plot(times, rows, "o", label=journey, markersize=5)
    customers = [line.customer for line in simulation.timelines]
    canvas.set_yticks(range(len(customers)), customers)
    canvas.set_xlim(simulation.start, simulation.end)
    canvas.set_xlabel("UTC")
    if simulation.sent:
        canvas.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return figure
