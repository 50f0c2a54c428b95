"""What really goes with what was bought, when it will run out, and what would offend."""

from postpurchase.recommend.again import Favourites as Favourites
from postpurchase.recommend.again import Refill as Refill
from postpurchase.recommend.again import Subscriptions as Subscriptions
from postpurchase.recommend.bestsellers import Bestsellers as Bestsellers
from postpurchase.recommend.bestsellers import Sales as Sales
from postpurchase.recommend.bestsellers import best_first as best_first
from postpurchase.recommend.complements import Complement as Complement
from postpurchase.recommend.complements import Complements as Complements
from postpurchase.recommend.counts import Counts as Counts
from postpurchase.recommend.counts import asymmetric_cosine as asymmetric_cosine
from postpurchase.recommend.counts import expected_together as expected_together
from postpurchase.recommend.credit import Credit as Credit
from postpurchase.recommend.credit import Credited as Credited
from postpurchase.recommend.credit import LastTouch as LastTouch
from postpurchase.recommend.credit import Touch as Touch
from postpurchase.recommend.credit import shown as shown
from postpurchase.recommend.effect import Compared as Compared
from postpurchase.recommend.effect import Deed as Deed
from postpurchase.recommend.effect import GiftEffect as GiftEffect
from postpurchase.recommend.effect import GiftTrial as GiftTrial
from postpurchase.recommend.effect import LessOften as LessOften
from postpurchase.recommend.effect import MoreOften as MoreOften
from postpurchase.recommend.effect import NotClear as NotClear
from postpurchase.recommend.effect import UnevenDraw as UnevenDraw
from postpurchase.recommend.evaluate import Case as Case
from postpurchase.recommend.evaluate import LastOrder as LastOrder
from postpurchase.recommend.evaluate import Metrics as Metrics
from postpurchase.recommend.evaluate import Parted as Parted
from postpurchase.recommend.evaluate import Ranked as Ranked
from postpurchase.recommend.evaluate import Report as Report
from postpurchase.recommend.evaluate import Split as Split
from postpurchase.recommend.evaluate import SplitAt as SplitAt
from postpurchase.recommend.evaluate import evaluate as evaluate
from postpurchase.recommend.evaluate import judged as judged
from postpurchase.recommend.evaluate import learn_all as learn_all
from postpurchase.recommend.filters import Filter as Filter
from postpurchase.recommend.filters import Filters as Filters
from postpurchase.recommend.gifts import CostUnknown as CostUnknown
from postpurchase.recommend.gifts import HeldByCustoms as HeldByCustoms
from postpurchase.recommend.gifts import LittleExtra as LittleExtra
from postpurchase.recommend.gifts import NoOrder as NoOrder
from postpurchase.recommend.gifts import NotDrawn as NotDrawn
from postpurchase.recommend.gifts import OtherCurrency as OtherCurrency
from postpurchase.recommend.gifts import TooDear as TooDear
from postpurchase.recommend.gifts import TooHeavy as TooHeavy
from postpurchase.recommend.gifts import WeightUnknown as WeightUnknown
from postpurchase.recommend.intervals import Due as Due
from postpurchase.recommend.intervals import Interval as Interval
from postpurchase.recommend.intervals import Intervals as Intervals
from postpurchase.recommend.intervals import Purchase as Purchase
from postpurchase.recommend.intervals import buying_rate as buying_rate
from postpurchase.recommend.joined import Blend as Blend
from postpurchase.recommend.joined import Chain as Chain
from postpurchase.recommend.mining import mine_pairs as mine_pairs
from postpurchase.recommend.pairs import Link as Link
from postpurchase.recommend.pairs import PairTable as PairTable
from postpurchase.recommend.pairs import shrunk_cosine as shrunk_cosine
from postpurchase.recommend.past import Past as Past
from postpurchase.recommend.reasons import AlreadySuggested as AlreadySuggested
from postpurchase.recommend.reasons import AvoidedTag as AvoidedTag
from postpurchase.recommend.reasons import Bestseller as Bestseller
from postpurchase.recommend.reasons import BetterThan as BetterThan
from postpurchase.recommend.reasons import BoughtOften as BoughtOften
from postpurchase.recommend.reasons import CountryUnknown as CountryUnknown
from postpurchase.recommend.reasons import Disliked as Disliked
from postpurchase.recommend.reasons import EnoughOfCategory as EnoughOfCategory
from postpurchase.recommend.reasons import EnoughOfPolicy as EnoughOfPolicy
from postpurchase.recommend.reasons import GoesWith as GoesWith
from postpurchase.recommend.reasons import NoCatalog as NoCatalog
from postpurchase.recommend.reasons import NoTable as NoTable
from postpurchase.recommend.reasons import NothingLeft as NothingLeft
from postpurchase.recommend.reasons import NothingProposed as NothingProposed
from postpurchase.recommend.reasons import NotInCatalog as NotInCatalog
from postpurchase.recommend.reasons import NotSoldThere as NotSoldThere
from postpurchase.recommend.reasons import OftenTogether as OftenTogether
from postpurchase.recommend.reasons import OutOfStock as OutOfStock
from postpurchase.recommend.reasons import Owned as Owned
from postpurchase.recommend.reasons import PickedForThem as PickedForThem
from postpurchase.recommend.reasons import RunsOut as RunsOut
from postpurchase.recommend.reasons import SentBack as SentBack
from postpurchase.recommend.reasons import SharesInterest as SharesInterest
from postpurchase.recommend.reasons import TagsUnknown as TagsUnknown
from postpurchase.recommend.scored import Links as Links
from postpurchase.recommend.scored import Scored as Scored
from postpurchase.recommend.shares import Apart as Apart
from postpurchase.recommend.shares import Share as Share
from postpurchase.recommend.shares import apart as apart
from postpurchase.recommend.situation import DIETS as DIETS
from postpurchase.recommend.situation import Situation as Situation
from postpurchase.recommend.situation import Stock as Stock
from postpurchase.recommend.suggest import Proposer as Proposer
from postpurchase.recommend.suggest import Suggest as Suggest
from postpurchase.recommend.suggestion import Candidate as Candidate
from postpurchase.recommend.suggestion import Candidates as Candidates
from postpurchase.recommend.suggestion import Dropped as Dropped
from postpurchase.recommend.suggestion import Suggestion as Suggestion
from postpurchase.recommend.suggestion import Suggestions as Suggestions
from postpurchase.recommend.taste import Taste as Taste
from postpurchase.recommend.together import BoughtTogether as BoughtTogether
from postpurchase.recommend.upgrade import Upgrade as Upgrade

__all__ = [
    "DIETS",
    "AlreadySuggested",
    "Apart",
    "AvoidedTag",
    "Bestseller",
    "Bestsellers",
    "BetterThan",
    "Blend",
    "BoughtOften",
    "BoughtTogether",
    "Candidate",
    "Candidates",
    "Case",
    "Chain",
    "Compared",
    "Complement",
    "Complements",
    "CostUnknown",
    "CountryUnknown",
    "Counts",
    "Credit",
    "Credited",
    "Deed",
    "Disliked",
    "Dropped",
    "Due",
    "EnoughOfCategory",
    "EnoughOfPolicy",
    "Favourites",
    "Filter",
    "Filters",
    "GiftEffect",
    "GiftTrial",
    "GoesWith",
    "HeldByCustoms",
    "Interval",
    "Intervals",
    "LastOrder",
    "LastTouch",
    "LessOften",
    "Link",
    "Links",
    "LittleExtra",
    "Metrics",
    "MoreOften",
    "NoCatalog",
    "NoOrder",
    "NoTable",
    "NotClear",
    "NotDrawn",
    "NotInCatalog",
    "NotSoldThere",
    "NothingLeft",
    "NothingProposed",
    "OftenTogether",
    "OtherCurrency",
    "OutOfStock",
    "Owned",
    "PairTable",
    "Parted",
    "Past",
    "PickedForThem",
    "Proposer",
    "Purchase",
    "Ranked",
    "Refill",
    "Report",
    "RunsOut",
    "Sales",
    "Scored",
    "SentBack",
    "Share",
    "SharesInterest",
    "Situation",
    "Split",
    "SplitAt",
    "Stock",
    "Subscriptions",
    "Suggest",
    "Suggestion",
    "Suggestions",
    "TagsUnknown",
    "Taste",
    "TooDear",
    "TooHeavy",
    "Touch",
    "UnevenDraw",
    "Upgrade",
    "WeightUnknown",
    "apart",
    "asymmetric_cosine",
    "best_first",
    "buying_rate",
    "evaluate",
    "expected_together",
    "judged",
    "learn_all",
    "mine_pairs",
    "shown",
    "shrunk_cosine",
]
