"""What really goes with what was bought, when it will run out, and what would offend."""

from postpurchase.recommend.counts import Counts as Counts
from postpurchase.recommend.counts import asymmetric_cosine as asymmetric_cosine
from postpurchase.recommend.counts import expected_together as expected_together
from postpurchase.recommend.mining import mine_pairs as mine_pairs
from postpurchase.recommend.pairs import Link as Link
from postpurchase.recommend.pairs import PairTable as PairTable
from postpurchase.recommend.pairs import shrunk_cosine as shrunk_cosine

__all__ = [
    "Counts",
    "Link",
    "PairTable",
    "asymmetric_cosine",
    "expected_together",
    "mine_pairs",
    "shrunk_cosine",
]
