"""Points, programmes and offers that cannot be meant."""

from postpurchase.errors.root import PostPurchaseError


class InvalidReward(PostPurchaseError, ValueError):
    """Something about points, perks or offers that cannot be meant."""


class InvalidEntry(InvalidReward):
    """A ledger entry that contradicts itself."""

    def __init__(self, *, key: str, what: str, given: str, advice: str) -> None:
        """Complain about the entry of this key."""
        self.key = key
        super().__init__(f"entry {key!r}: {what}, got {given}: {advice}")


class InexactPoints(InvalidReward, TypeError):
    """Points or a multiplier that are no exact number."""

    def __init__(self, *, points: object) -> None:
        """Complain about the value that was given."""
        self.points = points
        super().__init__(
            f"points are whole and multipliers exact, got {points!r}: "
            "pass an int for points, a Decimal for a multiplier"
        )


class InvalidProgramme(InvalidReward):
    """Rules, tiers, offers or codes that contradict one another."""

    def __init__(self, *, part: str, what: str, given: str, advice: str) -> None:
        """Complain about the part of this name."""
        self.part = part
        super().__init__(f"{part}: {what}, got {given}: {advice}")


class StaleState(InvalidReward):
    """Entries older than the state they should be added to."""

    def __init__(self, *, key: str, at: str, state_at: str) -> None:
        """Complain about the entry of this key and its instant."""
        self.key = key
        super().__init__(
            f"entry {key!r} is of {at}, the state of {state_at}: fold all entries from the start"
        )


class IdempotencyConflict(PostPurchaseError, ValueError):
    """One key with two meanings."""

    def __init__(self, *, key: str, kept: str, given: str) -> None:
        """Complain about the key, what it stands for, and what it should have stood for too."""
        self.key = key
        super().__init__(
            f"{key!r} already stands for {kept}, got {given}: "
            "retry with the same content, or name another intent"
        )


class ContractBroken(PostPurchaseError, AssertionError):
    """A store that does not keep what `rewards.Store` promises."""

    def __init__(self, *, promise: str, expected: str, got: str) -> None:
        """Complain about a promise and what came instead."""
        self.promise = promise
        super().__init__(f"{promise}: expected {expected}, got {got}")
