"""What a shop gives back after a sale: points, tiers, memberships, perks, occasions, referrals."""

from postpurchase.rewards.basis import Basis as Basis
from postpurchase.rewards.basis import Part as Part
from postpurchase.rewards.deed import Deed as Deed
from postpurchase.rewards.deed import Trigger as Trigger
from postpurchase.rewards.deed import deeds as deeds
from postpurchase.rewards.earn import Boost as Boost
from postpurchase.rewards.earn import Combine as Combine
from postpurchase.rewards.earn import Earn as Earn
from postpurchase.rewards.earn import Round as Round
from postpurchase.rewards.earning import Award as Award
from postpurchase.rewards.earning import Earning as Earning
from postpurchase.rewards.entry import Entry as Entry
from postpurchase.rewards.entry import EntryKind as EntryKind
from postpurchase.rewards.fold import fold as fold
from postpurchase.rewards.limit import Budget as Budget
from postpurchase.rewards.limit import Budgets as Budgets
from postpurchase.rewards.limit import Cap as Cap
from postpurchase.rewards.limit import Every as Every
from postpurchase.rewards.limit import Given as Given
from postpurchase.rewards.limit import GivenSoFar as GivenSoFar
from postpurchase.rewards.limit import Often as Often
from postpurchase.rewards.limit import Short as Short
from postpurchase.rewards.measure import Ledger as Ledger
from postpurchase.rewards.measure import Measure as Measure
from postpurchase.rewards.measure import Orders as Orders
from postpurchase.rewards.measure import PointsEarned as PointsEarned
from postpurchase.rewards.measure import Spend as Spend
from postpurchase.rewards.occasion import Occasions as Occasions
from postpurchase.rewards.programme import Clawback as Clawback
from postpurchase.rewards.programme import Posting as Posting
from postpurchase.rewards.programme import Programme as Programme
from postpurchase.rewards.redeem import Redeemed as Redeemed
from postpurchase.rewards.redeem import Redemption as Redemption
from postpurchase.rewards.redeem import Request as Request
from postpurchase.rewards.redeem import Reward as Reward
from postpurchase.rewards.redeem import capture as capture
from postpurchase.rewards.redeem import hold as hold
from postpurchase.rewards.redeem import release as release
from postpurchase.rewards.redeem import spend as spend
from postpurchase.rewards.restore import merged as merged
from postpurchase.rewards.restore import restored as restored
from postpurchase.rewards.restore import swept as swept
from postpurchase.rewards.state import LedgerState as LedgerState
from postpurchase.rewards.terms import After as After
from postpurchase.rewards.terms import Expiry as Expiry
from postpurchase.rewards.terms import Never as Never
from postpurchase.rewards.terms import OnDays as OnDays
from postpurchase.rewards.terms import RoundTo as RoundTo
from postpurchase.rewards.terms import Terms as Terms
from postpurchase.rewards.tier import Anchor as Anchor
from postpurchase.rewards.tier import Distance as Distance
from postpurchase.rewards.tier import Fall as Fall
from postpurchase.rewards.tier import Ladder as Ladder
from postpurchase.rewards.tier import Rise as Rise
from postpurchase.rewards.tier import Standing as Standing
from postpurchase.rewards.tier import Tier as Tier
from postpurchase.rewards.tier import TierAtLeast as TierAtLeast
from postpurchase.rewards.tier import TierIs as TierIs
from postpurchase.rewards.waiting import NoWaiting as NoWaiting
from postpurchase.rewards.waiting import UntilReturnWindow as UntilReturnWindow
from postpurchase.rewards.waiting import UntilShipped as UntilShipped
from postpurchase.rewards.waiting import WaitFor as WaitFor
from postpurchase.rewards.waiting import Waiting as Waiting

__all__ = [
    "After",
    "Anchor",
    "Award",
    "Basis",
    "Boost",
    "Budget",
    "Budgets",
    "Cap",
    "Clawback",
    "Combine",
    "Deed",
    "Distance",
    "Earn",
    "Earning",
    "Entry",
    "EntryKind",
    "Every",
    "Expiry",
    "Fall",
    "Given",
    "GivenSoFar",
    "Ladder",
    "Ledger",
    "LedgerState",
    "Measure",
    "Never",
    "NoWaiting",
    "Occasions",
    "Often",
    "OnDays",
    "Orders",
    "Part",
    "PointsEarned",
    "Posting",
    "Programme",
    "Redeemed",
    "Redemption",
    "Request",
    "Reward",
    "Rise",
    "Round",
    "RoundTo",
    "Short",
    "Spend",
    "Standing",
    "Terms",
    "Tier",
    "TierAtLeast",
    "TierIs",
    "Trigger",
    "UntilReturnWindow",
    "UntilShipped",
    "WaitFor",
    "Waiting",
    "capture",
    "deeds",
    "fold",
    "hold",
    "merged",
    "release",
    "restored",
    "spend",
    "swept",
]
