"""A whole number shared out so that nothing is lost: by the largest remainder method."""

from collections.abc import Sequence

from postpurchase.errors import ImpossibleSplit


def shares_of(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of *total*, which is zero or more, in proportion to *weights*."""
    try:
        whole = sum(weights)
    except TypeError:
        raise _refused(weights) from None
    if not whole:
        raise _refused(weights)
    shares: list[int] = []
    lacks: list[int] = []
    left = total
    for weight in weights:
        if weight.__class__ is not int or weight < 0:
            raise _refused(weights)
        due = total * weight
        share = due // whole
        left -= share
        shares.append(share)
        lacks.append(share * whole - due)
    if not shares:  # they could be read only once, for their sum
        raise _refused(weights)
    for at in sorted(range(len(lacks)), key=lacks.__getitem__)[:left]:
        shares[at] += 1
    return shares


def _refused(weights: Sequence[int]) -> ImpossibleSplit:
    return ImpossibleSplit(
        what="weights are ints of zero or more, one of them above zero",
        given=repr(tuple(weights)),
        advice="for shares such as 0.25 and 0.75 write 1 and 3",
    )


def capped(
    total: int, weights: Sequence[int], shares: Sequence[int], tops: Sequence[int]
) -> list[int]:
    """*shares* of *total* by *weights*, what passes its top shared out anew among the others.

    The tops of the parts with a weight have room for the total together.
    """
    fixed, weights = [0] * len(weights), list(weights)
    while over := [at for at, top in enumerate(tops) if shares[at] > top]:
        for at in over:
            fixed[at], weights[at] = tops[at], 0
        shares = shares_of(total - sum(fixed), weights)
    return [one + other for one, other in zip(fixed, shares, strict=True)]
