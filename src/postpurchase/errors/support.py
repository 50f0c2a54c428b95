"""Articles, tickets and timers that cannot be meant."""

from postpurchase.errors.root import PostPurchaseError


class InvalidSupport(PostPurchaseError, ValueError):
    """An article, a ticket, a timer or a remedy that cannot be meant."""
