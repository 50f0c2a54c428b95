"""What a shop gives back after a sale: points, tiers, memberships, perks, occasions, referrals."""

from postpurchase.rewards.basis import Basis as Basis
from postpurchase.rewards.basis import Part as Part
from postpurchase.rewards.content import ContentThanks as ContentThanks
from postpurchase.rewards.content import Recognition as Recognition
from postpurchase.rewards.content import Thanks as Thanks
from postpurchase.rewards.deed import Deed as Deed
from postpurchase.rewards.deed import Trigger as Trigger
from postpurchase.rewards.deed import deeds as deeds
from postpurchase.rewards.earn import Boost as Boost
from postpurchase.rewards.earn import Combine as Combine
from postpurchase.rewards.earn import Earn as Earn
from postpurchase.rewards.earn import Round as Round
from postpurchase.rewards.earning import Award as Award
from postpurchase.rewards.earning import Earning as Earning
from postpurchase.rewards.earning import Share as Share
from postpurchase.rewards.entry import Entry as Entry
from postpurchase.rewards.entry import EntryKind as EntryKind
from postpurchase.rewards.folding import fold as fold
from postpurchase.rewards.gathering import Guests as Guests
from postpurchase.rewards.gathering import Seating as Seating
from postpurchase.rewards.gathering import seating as seating
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
from postpurchase.rewards.membership import BreakEven as BreakEven
from postpurchase.rewards.membership import FeeBack as FeeBack
from postpurchase.rewards.membership import Member as Member
from postpurchase.rewards.membership import MemberOf as MemberOf
from postpurchase.rewards.membership import MembershipCancelled as MembershipCancelled
from postpurchase.rewards.membership import MembershipStarted as MembershipStarted
from postpurchase.rewards.membership import Plan as Plan
from postpurchase.rewards.membership import Renewal as Renewal
from postpurchase.rewards.moving import merged as merged
from postpurchase.rewards.moving import restored as restored
from postpurchase.rewards.moving import swept as swept
from postpurchase.rewards.occasion import Occasions as Occasions
from postpurchase.rewards.owed import Allocation as Allocation
from postpurchase.rewards.owed import Liability as Liability
from postpurchase.rewards.owed import RuleCost as RuleCost
from postpurchase.rewards.owed import allocated as allocated
from postpurchase.rewards.owed import cost_by_rule as cost_by_rule
from postpurchase.rewards.owed import liability as liability
from postpurchase.rewards.owed import recognised as recognised
from postpurchase.rewards.owed import redemption_rate as redemption_rate
from postpurchase.rewards.owed import runs_out as runs_out
from postpurchase.rewards.perk import Entitlement as Entitlement
from postpurchase.rewards.perk import PartnerPerk as PartnerPerk
from postpurchase.rewards.perk import PerkCodes as PerkCodes
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
from postpurchase.rewards.referral import AskForReferral as AskForReferral
from postpurchase.rewards.referral import MayAsk as MayAsk
from postpurchase.rewards.referral import Referral as Referral
from postpurchase.rewards.referral import ReferralCase as ReferralCase
from postpurchase.rewards.referral import ReferralReward as ReferralReward
from postpurchase.rewards.simulation import Difference as Difference
from postpurchase.rewards.simulation import RuleMonth as RuleMonth
from postpurchase.rewards.simulation import SimulatedMonth as SimulatedMonth
from postpurchase.rewards.simulation import Simulation as Simulation
from postpurchase.rewards.simulation import compared as compared
from postpurchase.rewards.simulation import simulate as simulate
from postpurchase.rewards.standing import Distance as Distance
from postpurchase.rewards.standing import Standing as Standing
from postpurchase.rewards.standing import Tier as Tier
from postpurchase.rewards.standing import TierAtLeast as TierAtLeast
from postpurchase.rewards.standing import TierIs as TierIs
from postpurchase.rewards.state import Draw as Draw
from postpurchase.rewards.state import Expiring as Expiring
from postpurchase.rewards.state import Held as Held
from postpurchase.rewards.state import Ignored as Ignored
from postpurchase.rewards.state import LedgerState as LedgerState
from postpurchase.rewards.state import Lot as Lot
from postpurchase.rewards.state import Spending as Spending
from postpurchase.rewards.store import Appended as Appended
from postpurchase.rewards.store import Consumed as Consumed
from postpurchase.rewards.store import Exhausted as Exhausted
from postpurchase.rewards.store import Loaded as Loaded
from postpurchase.rewards.store import Moved as Moved
from postpurchase.rewards.store import Store as Store
from postpurchase.rewards.terms import After as After
from postpurchase.rewards.terms import Expiry as Expiry
from postpurchase.rewards.terms import Never as Never
from postpurchase.rewards.terms import OnDays as OnDays
from postpurchase.rewards.terms import RoundTo as RoundTo
from postpurchase.rewards.terms import Terms as Terms
from postpurchase.rewards.tier import Anchor as Anchor
from postpurchase.rewards.tier import Climb as Climb
from postpurchase.rewards.tier import Fall as Fall
from postpurchase.rewards.tier import Ladder as Ladder
from postpurchase.rewards.tier import Rise as Rise
from postpurchase.rewards.waiting import NoWaiting as NoWaiting
from postpurchase.rewards.waiting import UntilReturnWindow as UntilReturnWindow
from postpurchase.rewards.waiting import UntilShipped as UntilShipped
from postpurchase.rewards.waiting import WaitFor as WaitFor
from postpurchase.rewards.waiting import Waiting as Waiting

__all__ = [
    "After",
    "Allocation",
    "Anchor",
    "Appended",
    "AskForReferral",
    "Award",
    "Basis",
    "Boost",
    "BreakEven",
    "Budget",
    "Budgets",
    "Cap",
    "Clawback",
    "Climb",
    "Combine",
    "Consumed",
    "ContentThanks",
    "Deed",
    "Difference",
    "Distance",
    "Draw",
    "Earn",
    "Earning",
    "Entitlement",
    "Entry",
    "EntryKind",
    "Every",
    "Exhausted",
    "Expiring",
    "Expiry",
    "Fall",
    "FeeBack",
    "Given",
    "GivenSoFar",
    "Guests",
    "Held",
    "Ignored",
    "Ladder",
    "Ledger",
    "LedgerState",
    "Liability",
    "Loaded",
    "Lot",
    "MayAsk",
    "Measure",
    "Member",
    "MemberOf",
    "MembershipCancelled",
    "MembershipStarted",
    "Moved",
    "Never",
    "NoWaiting",
    "Occasions",
    "Often",
    "OnDays",
    "Orders",
    "Part",
    "PartnerPerk",
    "PerkCodes",
    "Plan",
    "PointsEarned",
    "Posting",
    "Programme",
    "Recognition",
    "Redeemed",
    "Redemption",
    "Referral",
    "ReferralCase",
    "ReferralReward",
    "Renewal",
    "Request",
    "Reward",
    "Rise",
    "Round",
    "RoundTo",
    "RuleCost",
    "RuleMonth",
    "Seating",
    "Share",
    "Short",
    "SimulatedMonth",
    "Simulation",
    "Spend",
    "Spending",
    "Standing",
    "Store",
    "Terms",
    "Thanks",
    "Tier",
    "TierAtLeast",
    "TierIs",
    "Trigger",
    "UntilReturnWindow",
    "UntilShipped",
    "WaitFor",
    "Waiting",
    "allocated",
    "capture",
    "compared",
    "cost_by_rule",
    "deeds",
    "fold",
    "hold",
    "liability",
    "merged",
    "recognised",
    "redemption_rate",
    "release",
    "restored",
    "runs_out",
    "seating",
    "simulate",
    "spend",
    "swept",
]
