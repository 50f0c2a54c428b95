"""What a shop gives back after a sale: points, tiers, memberships, perks, occasions, referrals."""

from postpurchase.rewards.entry import Entry as Entry
from postpurchase.rewards.entry import EntryKind as EntryKind
from postpurchase.rewards.fold import fold as fold
from postpurchase.rewards.state import LedgerState as LedgerState
from postpurchase.rewards.terms import After as After
from postpurchase.rewards.terms import Never as Never
from postpurchase.rewards.terms import OnDays as OnDays
from postpurchase.rewards.terms import RoundTo as RoundTo
from postpurchase.rewards.terms import Terms as Terms

__all__ = [
    "After",
    "Entry",
    "EntryKind",
    "LedgerState",
    "Never",
    "OnDays",
    "RoundTo",
    "Terms",
    "fold",
]
