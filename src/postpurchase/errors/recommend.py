"""Counts and policies that nothing can be suggested from."""

from postpurchase.errors.root import PostPurchaseError


class InvalidPairs(PostPurchaseError, ValueError):
    """A table of what was bought together, or a threshold on it, that contradicts itself."""

    def __init__(self, *, problem: str) -> None:
        """Complain about this problem."""
        self.problem = problem
        super().__init__(f"not a table of pairs: {problem}")


class InvalidCounts(InvalidPairs):
    """Four counts that no set of baskets can have."""

    baskets: int
    first: int
    second: int
    both: int

    def __init__(self, *, baskets: int, first: int, second: int, both: int) -> None:
        """Complain about these counts."""
        self.baskets, self.first, self.second, self.both = baskets, first, second, both
        super().__init__(
            problem=f"of {baskets} baskets, {first} with one, {second} with the other and {both} "
            "with both cannot be: pass counts of the same baskets"
        )


class InvalidSuggestion(PostPurchaseError, ValueError):
    """A policy, a filter or a budget for suggestions that cannot be meant."""


class InvalidEvaluation(PostPurchaseError, ValueError):
    """A split or a cut that leaves nothing to judge."""
