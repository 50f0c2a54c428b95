"""RFM, lifecycle, behaviour, why customers leave: who belongs together, and why."""

from postpurchase.segments.behaviour import BoughtCategory as BoughtCategory
from postpurchase.segments.behaviour import EngagedAtLeast as EngagedAtLeast
from postpurchase.segments.behaviour import OrdersAtLeast as OrdersAtLeast
from postpurchase.segments.behaviour import Profile as Profile
from postpurchase.segments.behaviour import Segment as Segment
from postpurchase.segments.behaviour import SilentAtLeast as SilentAtLeast
from postpurchase.segments.behaviour import SpentAtLeast as SpentAtLeast
from postpurchase.segments.behaviour import segments_of as segments_of
from postpurchase.segments.evidence import USUAL_WEIGHTS as USUAL_WEIGHTS
from postpurchase.segments.evidence import Cause as Cause
from postpurchase.segments.evidence import Evidence as Evidence
from postpurchase.segments.evidence import Weights as Weights
from postpurchase.segments.leaving import PLAYS as PLAYS
from postpurchase.segments.leaving import CauseScore as CauseScore
from postpurchase.segments.leaving import Leaving as Leaving
from postpurchase.segments.leaving import LeavingReport as LeavingReport
from postpurchase.segments.leaving import Play as Play
from postpurchase.segments.leaving import WhyLeaving as WhyLeaving
from postpurchase.segments.leaving import leaving_report as leaving_report
from postpurchase.segments.lifecycle import Life as Life
from postpurchase.segments.lifecycle import Lifecycle as Lifecycle
from postpurchase.segments.lifecycle import Stage as Stage
from postpurchase.segments.membership import InSegment as InSegment
from postpurchase.segments.membership import Membership as Membership
from postpurchase.segments.membership import Segments as Segments
from postpurchase.segments.rfm import RFM_SEGMENTS as RFM_SEGMENTS
from postpurchase.segments.rfm import CutPoints as CutPoints
from postpurchase.segments.rfm import Quantiles as Quantiles
from postpurchase.segments.rfm import RfmScore as RfmScore
from postpurchase.segments.rfm import RfmSegment as RfmSegment
from postpurchase.segments.rfm import RfmValues as RfmValues
from postpurchase.segments.rfm import Scheme as Scheme
from postpurchase.segments.rfm import Scored as Scored
from postpurchase.segments.rfm import Scorer as Scorer
from postpurchase.segments.rfm import Ties as Ties
from postpurchase.segments.rfm import net as net
from postpurchase.segments.rfm import rfm_scores as rfm_scores
from postpurchase.segments.rfm import rfm_segments as rfm_segments
from postpurchase.segments.rfm import rfm_values as rfm_values
from postpurchase.segments.transition import Transitions as Transitions
from postpurchase.segments.transition import transitions as transitions

__all__ = [
    "PLAYS",
    "RFM_SEGMENTS",
    "USUAL_WEIGHTS",
    "BoughtCategory",
    "Cause",
    "CauseScore",
    "CutPoints",
    "EngagedAtLeast",
    "Evidence",
    "InSegment",
    "Leaving",
    "LeavingReport",
    "Life",
    "Lifecycle",
    "Membership",
    "OrdersAtLeast",
    "Play",
    "Profile",
    "Quantiles",
    "RfmScore",
    "RfmSegment",
    "RfmValues",
    "Scheme",
    "Scored",
    "Scorer",
    "Segment",
    "Segments",
    "SilentAtLeast",
    "SpentAtLeast",
    "Stage",
    "Ties",
    "Transitions",
    "Weights",
    "WhyLeaving",
    "leaving_report",
    "net",
    "rfm_scores",
    "rfm_segments",
    "rfm_values",
    "segments_of",
    "transitions",
]
