"""A picture of how good policies are, side by side; needs the extra `plot`.

It draws the numbers of the reports and no others; `Report` prints them as a table.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from postpurchase.extras import extra
from postpurchase.recommend.evaluate import Report

with extra("plot"):
    from matplotlib.figure import Figure


class _Canvas(Protocol):
    """What is used of matplotlib's axes, whose own types leave much open."""

    def bar(
        self, x: Sequence[float], height: Sequence[float], width: float, /, *, label: str
    ) -> object: ...

    def set_xticks(self, ticks: Sequence[float], labels: Sequence[str], /) -> object: ...

    def set_ylabel(self, label: str, /) -> object: ...

    def legend(self) -> object: ...


def recalls(reports: Mapping[str, Report], /) -> Figure:
    """The recall of each policy, by its name: on everything, on what was new, on what was not.

    Args:
        reports: of the same split and the same `k`, by what to call them.
    """
    figure = Figure(figsize=(7, 4), layout="constrained")
    canvas = cast("_Canvas", figure.subplots())
    parts = ("all", "new", "repeat")
    width = 0.8 / max(len(reports), 1)
    for place, (name, report) in enumerate(reports.items()):
        heights = (report.overall.recall, report.new.recall, report.repeat.recall)
        canvas.bar([part + place * width for part in range(len(parts))], heights, width, label=name)
    middle = (len(reports) - 1) * width / 2
    canvas.set_xticks([part + middle for part in range(len(parts))], parts)
    canvas.set_ylabel("recall")
    if reports:
        canvas.legend()
    return figure
