"""Plain data that cannot be read."""

from postpurchase.errors.root import PostPurchaseError


class InvalidPlain(PostPurchaseError, ValueError):
    """Plain data that cannot be read as what it should be."""

    def __init__(self, *, problems: tuple[tuple[str, str], ...]) -> None:
        """Complain about pairs of a path, such as `$.journeys[0].steps[1].days`, and a sentence."""
        self.problems = problems
        super().__init__("; ".join(f"{path}: {problem}" for path, problem in problems))
