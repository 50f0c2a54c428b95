"""What goes wrong at the gates."""

from postpurchase.errors.root import PostPurchaseError


class OddPayload(PostPurchaseError, ValueError):
    """Something in a payload that a strict reader does not take."""

    def __init__(self, *, path: str, expected: str, got: str) -> None:
        """Complain about what stands at a JSON path."""
        self.path = path
        self.expected = expected
        self.got = got
        super().__init__(f"{path}: expected {expected}, got {got}")


class UnreadablePayload(OddPayload):
    """A payload, or a part of it, that is nothing a gate can read."""


class ClaimLost(PostPurchaseError, LookupError):
    """A claim that another worker holds by now, or that nobody made."""

    def __init__(self, *, key: str, worker: str) -> None:
        """Complain about the claim on a key that this worker tried to settle."""
        self.key = key
        self.worker = worker
        super().__init__(
            f"{worker} does not hold the claim on {key!r}: its lease ran out and another worker "
            "took it, or it was never made; look at the table before you send again"
        )


class UnknownDatabase(PostPurchaseError, LookupError):
    """A database whose guards were never put to the test."""

    def __init__(self, *, dialect: str) -> None:
        """Complain about the dialect of an engine."""
        self.dialect = dialect
        super().__init__(
            f"the store knows SQLite and PostgreSQL, got {dialect}: use one of them, or write a "
            "store of your own and check it with postpurchase.testing.store"
        )
