"""Playbooks that contradict themselves."""

from postpurchase.errors.root import PostPurchaseError


class InvalidPlaybook(PostPurchaseError, ValueError):
    """A journey, a step or a cap that contradicts itself."""

    def __init__(self, *, at: str, problem: str) -> None:
        """Complain about the part of a playbook of this name."""
        self.at = at
        self.problem = problem
        super().__init__(f"{at}: {problem}")


class UnknownKey(PostPurchaseError, LookupError):
    """A key that nothing in a customer's history leads to."""

    def __init__(self, *, key: str, keys: tuple[str, ...]) -> None:
        """Complain about the key, and list those that there are."""
        self.key = key
        self.keys = keys
        super().__init__(
            f"no action has the key {key!r}: its journey never began for this customer, or is in "
            f"another playbook; there are {', '.join(keys) or 'none'}"
        )
