"""Which guide, answer or remedy helps, how fast, and who must know when it takes too long."""

from postpurchase.support.article import Article as Article
from postpurchase.support.article import Library as Library
from postpurchase.support.article import Medium as Medium
from postpurchase.support.chat import AskAboutPage as AskAboutPage
from postpurchase.support.chat import AskAboutProblem as AskAboutProblem
from postpurchase.support.chat import Blocked as Blocked
from postpurchase.support.chat import ChatOffer as ChatOffer
from postpurchase.support.chat import InTouch as InTouch
from postpurchase.support.chat import Lingering as Lingering
from postpurchase.support.chat import NobodyThere as NobodyThere
from postpurchase.support.chat import NoNeed as NoNeed
from postpurchase.support.chat import NotHere as NotHere
from postpurchase.support.chat import OfferChat as OfferChat
from postpurchase.support.chat import OfferedLately as OfferedLately
from postpurchase.support.chat import Searching as Searching
from postpurchase.support.guides import About as About
from postpurchase.support.guides import Fitting as Fitting
from postpurchase.support.guides import Guides as Guides
from postpurchase.support.guides import HelpsWith as HelpsWith
from postpurchase.support.guides import NoGuide as NoGuide
from postpurchase.support.guides import NoLibrary as NoLibrary
from postpurchase.support.guides import PreferredMedium as PreferredMedium
from postpurchase.support.guides import Reading as Reading
from postpurchase.support.guides import guides_for as guides_for
from postpurchase.support.hours import AlwaysThere as AlwaysThere
from postpurchase.support.hours import Availability as Availability
from postpurchase.support.hours import BackAt as BackAt
from postpurchase.support.hours import Hours as Hours
from postpurchase.support.hours import ThereNow as ThereNow
from postpurchase.support.hours import availability as availability
from postpurchase.support.ideas import FitsPurchase as FitsPurchase
from postpurchase.support.ideas import Idea as Idea
from postpurchase.support.ideas import Ideas as Ideas
from postpurchase.support.ideas import NoIdea as NoIdea
from postpurchase.support.ideas import Topic as Topic
from postpurchase.support.ideas import topics as topics
from postpurchase.support.marketplace import Limits as Limits
from postpurchase.support.marketplace import MarketplaceLimits as MarketplaceLimits
from postpurchase.support.marketplace import NotForThat as NotForThat
from postpurchase.support.marketplace import NotThatKind as NotThatKind
from postpurchase.support.marketplace import NotThatWay as NotThatWay
from postpurchase.support.marketplace import OwnOrder as OwnOrder
from postpurchase.support.marketplace import TooLate as TooLate
from postpurchase.support.marketplace import UnknownMarketplace as UnknownMarketplace
from postpurchase.support.marketplace import WithinLimits as WithinLimits
from postpurchase.support.problem import Met as Met
from postpurchase.support.problem import Problem as Problem
from postpurchase.support.problem import problems as problems
from postpurchase.support.remedy import AboveLimit as AboveLimit
from postpurchase.support.remedy import ClaimedOften as ClaimedOften
from postpurchase.support.remedy import Doing as Doing
from postpurchase.support.remedy import NoRule as NoRule
from postpurchase.support.remedy import NoSuchOrder as NoSuchOrder
from postpurchase.support.remedy import ProofNeeded as ProofNeeded
from postpurchase.support.remedy import Remedies as Remedies
from postpurchase.support.remedy import Remedy as Remedy
from postpurchase.support.remedy import RemedyRule as RemedyRule
from postpurchase.support.remedy import SettledBy as SettledBy
from postpurchase.support.remedy import TicketEnded as TicketEnded
from postpurchase.support.reply import Reply as Reply
from postpurchase.support.reply import reply as reply
from postpurchase.support.reply import rude as rude
from postpurchase.support.response import Hour as Hour
from postpurchase.support.response import Response as Response
from postpurchase.support.response import Responses as Responses
from postpurchase.support.response import best_channel as best_channel
from postpurchase.support.response import best_hour as best_hour
from postpurchase.support.response import channel_responses as channel_responses
from postpurchase.support.response import next_at as next_at
from postpurchase.support.response import responses as responses
from postpurchase.support.roadblock import Help as Help
from postpurchase.support.roadblock import InTheWay as InTheWay
from postpurchase.support.roadblock import NothingInTheWay as NothingInTheWay
from postpurchase.support.roadblock import Path as Path
from postpurchase.support.roadblock import Roadblocks as Roadblocks
from postpurchase.support.search import Answers as Answers
from postpurchase.support.search import HelpDesk as HelpDesk
from postpurchase.support.search import Hit as Hit
from postpurchase.support.search import Ranking as Ranking
from postpurchase.support.text import tokens as tokens
from postpurchase.support.ticket import Level as Level
from postpurchase.support.ticket import Next as Next
from postpurchase.support.ticket import ServiceLevels as ServiceLevels
from postpurchase.support.ticket import Step as Step
from postpurchase.support.ticket import Ticket as Ticket
from postpurchase.support.ticket import tickets as tickets

__all__ = [
    "About",
    "AboveLimit",
    "AlwaysThere",
    "Answers",
    "Article",
    "AskAboutPage",
    "AskAboutProblem",
    "Availability",
    "BackAt",
    "Blocked",
    "ChatOffer",
    "ClaimedOften",
    "Doing",
    "FitsPurchase",
    "Fitting",
    "Guides",
    "Help",
    "HelpDesk",
    "HelpsWith",
    "Hit",
    "Hour",
    "Hours",
    "Idea",
    "Ideas",
    "InTheWay",
    "InTouch",
    "Level",
    "Library",
    "Limits",
    "Lingering",
    "MarketplaceLimits",
    "Medium",
    "Met",
    "Next",
    "NoGuide",
    "NoIdea",
    "NoLibrary",
    "NoNeed",
    "NoRule",
    "NoSuchOrder",
    "NobodyThere",
    "NotForThat",
    "NotHere",
    "NotThatKind",
    "NotThatWay",
    "NothingInTheWay",
    "OfferChat",
    "OfferedLately",
    "OwnOrder",
    "Path",
    "PreferredMedium",
    "Problem",
    "ProofNeeded",
    "Ranking",
    "Reading",
    "Remedies",
    "Remedy",
    "RemedyRule",
    "Reply",
    "Response",
    "Responses",
    "Roadblocks",
    "Searching",
    "ServiceLevels",
    "SettledBy",
    "Step",
    "ThereNow",
    "Ticket",
    "TicketEnded",
    "TooLate",
    "Topic",
    "UnknownMarketplace",
    "WithinLimits",
    "availability",
    "best_channel",
    "best_hour",
    "channel_responses",
    "guides_for",
    "next_at",
    "problems",
    "reply",
    "responses",
    "rude",
    "tickets",
    "tokens",
    "topics",
]
