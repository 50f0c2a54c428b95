"""Facts, moments, rules and decisions that cannot be meant."""

from postpurchase.errors.root import PostPurchaseError


class InvalidMoment(PostPurchaseError, ValueError):
    """An instant, a zone, a window or a duration that cannot be meant."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidDraw(PostPurchaseError, ValueError):
    """A share or weights that nothing can be drawn by."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidRhythm(PostPurchaseError, ValueError):
    """Purchases or gaps that show no rhythm."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidFact(PostPurchaseError, ValueError):
    """A noun that contradicts itself, such as an order of two currencies."""

    def __init__(self, *, fact: str, name: str, got: object, expected: str) -> None:
        """Complain about the attribute *name* of a value of the type *fact*."""
        self.fact = fact
        self.name = name
        self.got = got
        self.expected = expected
        super().__init__(f"{fact}.{name}: expected {expected}, got {got!r}")


class InvalidAnswer(PostPurchaseError, ValueError):
    """Two answers of one type, which a decision cannot tell apart."""

    def __init__(self, *, types: tuple[str, ...]) -> None:
        """Complain about the names of the types that were given."""
        self.types = types
        super().__init__(f"one answer of each type, got {', '.join(types)}: pass each type once")


class InvalidRule(PostPurchaseError, ValueError):
    """A rule that joins nothing, so that it would always or never hold."""

    def __init__(self, *, rule: str) -> None:
        """Complain about the rule of this name."""
        self.rule = rule
        super().__init__(f"{rule} joins at least one rule, got none: leave it out instead")


class UnexplainedDecision(PostPurchaseError, ValueError):
    """A decision without a reason."""

    def __init__(self, *, decision: str) -> None:
        """Complain about the decision of this name."""
        self.decision = decision
        super().__init__(f"{decision} needs at least one reason, got none: say why")
