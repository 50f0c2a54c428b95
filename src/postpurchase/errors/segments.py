"""What can go wrong with segments."""

from postpurchase.errors.root import PostPurchaseError


class InvalidSegment(PostPurchaseError, ValueError):
    """A segment or a scheme of scores that nobody could be in, or everybody without a reason."""

    def __init__(self, *, segment: str, need: str) -> None:
        """Complain about the segment or scheme of this name: what it needs."""
        self.segment = segment
        self.need = need
        super().__init__(f"{segment}: need {need}")
