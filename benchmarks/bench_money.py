"""Money against py-moneyed, and a split against a sum, side by side in one run.

Run it with `python benchmarks/bench_money.py`. Every figure is the fastest of many short rounds;
both sides take turns, so that a busy machine slows both down alike.
"""

import timeit
from collections.abc import Callable
from decimal import Decimal

import moneyed

from postpurchase.domain.money import Money, Rounding

ROUNDS, REPEATS = 500, 300
RATE = Decimal("8.25")
WEIGHTS = (455, 91, 545, 300, 9)

ours, theirs = Money.of("19.99", "EUR"), moneyed.Money("19.99", "EUR")


def side_by_side(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The fastest round of each, in nanoseconds a call."""
    rounds = [
        (timeit.timeit(one, number=ROUNDS), timeit.timeit(other, number=ROUNDS))
        for _ in range(REPEATS)
    ]
    first, second = (min(column) / ROUNDS * 1e9 for column in zip(*rounds, strict=True))
    return first, second


def show(what: str, one: Callable[[], object], other: Callable[[], object], target: str) -> None:
    first, second = side_by_side(one, other)
    print(f"{what:<44}{first:8.0f} ns{second:8.0f} ns{first / second:7.2f}  {target}")


def main() -> None:
    """Check that both sides do the same work, then print the ratios."""
    assert (ours + ours).amount == (theirs + theirs).amount
    assert ours.percent(RATE, rounding=Rounding.HALF_UP).amount == (RATE % theirs).round(2).amount
    assert [part.minor for part in ours.allocate(WEIGHTS)] == [650, 130, 778, 428, 13]

    show("add, against py-moneyed", lambda: ours + ours, lambda: theirs + theirs, "at most 1")
    show(
        "8.25 % rounded, against py-moneyed rounded",
        lambda: ours.percent(RATE, rounding=Rounding.HALF_UP),
        lambda: (RATE % theirs).round(2),
        "at most 1",
    )
    show(
        "8.25 % rounded, against py-moneyed unrounded",
        lambda: ours.percent(RATE, rounding=Rounding.HALF_UP),
        lambda: RATE % theirs,
        "at most 1",
    )
    show(
        "allocate five weights, against own add",
        lambda: ours.allocate(WEIGHTS),
        lambda: ours + ours,
        "under 10",
    )
    show(
        "from text, against py-moneyed",
        lambda: Money.of("19.99", "EUR"),
        lambda: moneyed.Money("19.99", "EUR"),
        "written down",
    )


if __name__ == "__main__":
    main()
