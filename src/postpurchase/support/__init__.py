"""Which guide, answer or remedy helps, how fast, and who must know when it takes too long."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.support.answers import Scores as Scores
    from postpurchase.support.answers import scores as scores
    from postpurchase.support.article import Article as Article
    from postpurchase.support.article import Library as Library
    from postpurchase.support.article import Medium as Medium
    from postpurchase.support.asked import AskedAbout as AskedAbout
    from postpurchase.support.asked import Bought as Bought
    from postpurchase.support.asked import Interests as Interests
    from postpurchase.support.asked import asked_about as asked_about
    from postpurchase.support.asked import interests as interests
    from postpurchase.support.asking import AskAfterHelp as AskAfterHelp
    from postpurchase.support.asking import AskedLately as AskedLately
    from postpurchase.support.asking import CheckIns as CheckIns
    from postpurchase.support.asking import HelpEnded as HelpEnded
    from postpurchase.support.asking import LastAsked as LastAsked
    from postpurchase.support.asking import NeverAsked as NeverAsked
    from postpurchase.support.asking import NoCustomerNow as NoCustomerNow
    from postpurchase.support.asking import NoHelpEnded as NoHelpEnded
    from postpurchase.support.asking import NotYetDue as NotYetDue
    from postpurchase.support.calendar import AskedByMany as AskedByMany
    from postpurchase.support.calendar import ContentCalendar as ContentCalendar
    from postpurchase.support.calendar import ContentPlan as ContentPlan
    from postpurchase.support.calendar import Entry as Entry
    from postpurchase.support.calendar import Launch as Launch
    from postpurchase.support.calendar import LaunchComes as LaunchComes
    from postpurchase.support.calendar import LikedByMany as LikedByMany
    from postpurchase.support.calendar import NotUpdated as NotUpdated
    from postpurchase.support.calendar import Season as Season
    from postpurchase.support.calendar import SeasonComes as SeasonComes
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
    from postpurchase.support.delight import CameLate as CameLate
    from postpurchase.support.delight import Delight as Delight
    from postpurchase.support.delight import Delights as Delights
    from postpurchase.support.delight import HadTrouble as HadTrouble
    from postpurchase.support.delight import ManyOrders as ManyOrders
    from postpurchase.support.delight import NoOccasion as NoOccasion
    from postpurchase.support.delight import Occasion as Occasion
    from postpurchase.support.delight import Surprise as Surprise
    from postpurchase.support.delight import SurprisedLately as SurprisedLately
    from postpurchase.support.delight import SurpriseNotDrawn as SurpriseNotDrawn
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
    from postpurchase.support.hours import ThereUntil as ThereUntil
    from postpurchase.support.hours import availability as availability
    from postpurchase.support.ideas import FitsPurchase as FitsPurchase
    from postpurchase.support.ideas import Idea as Idea
    from postpurchase.support.ideas import Ideas as Ideas
    from postpurchase.support.ideas import NoIdea as NoIdea
    from postpurchase.support.ideas import Topic as Topic
    from postpurchase.support.ideas import topics as topics
    from postpurchase.support.marketplace import CAREFUL as CAREFUL
    from postpurchase.support.marketplace import AskedOnce as AskedOnce
    from postpurchase.support.marketplace import Content as Content
    from postpurchase.support.marketplace import Limits as Limits
    from postpurchase.support.marketplace import MarketplaceLimits as MarketplaceLimits
    from postpurchase.support.marketplace import MaybeAsked as MaybeAsked
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
    from postpurchase.support.remedy import USUAL as USUAL
    from postpurchase.support.remedy import AboveLimit as AboveLimit
    from postpurchase.support.remedy import ClaimedOften as ClaimedOften
    from postpurchase.support.remedy import Doing as Doing
    from postpurchase.support.remedy import NoRule as NoRule
    from postpurchase.support.remedy import NoSuchOrder as NoSuchOrder
    from postpurchase.support.remedy import OrderSettled as OrderSettled
    from postpurchase.support.remedy import OtherCurrency as OtherCurrency
    from postpurchase.support.remedy import ProofNeeded as ProofNeeded
    from postpurchase.support.remedy import Remedies as Remedies
    from postpurchase.support.remedy import Remedy as Remedy
    from postpurchase.support.remedy import RemedyRule as RemedyRule
    from postpurchase.support.remedy import SettledBy as SettledBy
    from postpurchase.support.remedy import TicketEnded as TicketEnded
    from postpurchase.support.replying import Reply as Reply
    from postpurchase.support.replying import reply as reply
    from postpurchase.support.replying import rude as rude
    from postpurchase.support.response import Hour as Hour
    from postpurchase.support.response import Response as Response
    from postpurchase.support.response import Responses as Responses
    from postpurchase.support.response import best_channel as best_channel
    from postpurchase.support.response import best_hour as best_hour
    from postpurchase.support.response import channel_responses as channel_responses
    from postpurchase.support.response import kind_responses as kind_responses
    from postpurchase.support.response import next_at as next_at
    from postpurchase.support.response import responses as responses
    from postpurchase.support.response import variant_responses as variant_responses
    from postpurchase.support.roadblock import Help as Help
    from postpurchase.support.roadblock import InTheWay as InTheWay
    from postpurchase.support.roadblock import NothingInTheWay as NothingInTheWay
    from postpurchase.support.roadblock import Path as Path
    from postpurchase.support.roadblock import Roadblocks as Roadblocks
    from postpurchase.support.search import Answers as Answers
    from postpurchase.support.search import HelpDesk as HelpDesk
    from postpurchase.support.search import Hit as Hit
    from postpurchase.support.search import Ranking as Ranking
    from postpurchase.support.survey import Asked as Asked
    from postpurchase.support.survey import Scale as Scale
    from postpurchase.support.survey import Survey as Survey
    from postpurchase.support.survey import SurveyQuestion as SurveyQuestion
    from postpurchase.support.surveys import CHECKOUT as CHECKOUT
    from postpurchase.support.surveys import RELATIONSHIP as RELATIONSHIP
    from postpurchase.support.surveys import SERVICE as SERVICE
    from postpurchase.support.text import tokens as tokens
    from postpurchase.support.ticket import Level as Level
    from postpurchase.support.ticket import Next as Next
    from postpurchase.support.ticket import ServiceLevels as ServiceLevels
    from postpurchase.support.ticket import Step as Step
    from postpurchase.support.ticket import Ticket as Ticket
    from postpurchase.support.ticket import tickets as tickets
    from postpurchase.support.tips import ProductTips as ProductTips
    from postpurchase.support.tips import Tips as Tips
    from postpurchase.support.tips import tips_for as tips_for

__all__ = [
    "CAREFUL",
    "CHECKOUT",
    "RELATIONSHIP",
    "SERVICE",
    "USUAL",
    "About",
    "AboveLimit",
    "AlwaysThere",
    "Answers",
    "Article",
    "AskAboutPage",
    "AskAboutProblem",
    "AskAfterHelp",
    "Asked",
    "AskedAbout",
    "AskedByMany",
    "AskedLately",
    "AskedOnce",
    "Availability",
    "BackAt",
    "Blocked",
    "Bought",
    "CameLate",
    "ChatOffer",
    "CheckIns",
    "ClaimedOften",
    "Content",
    "ContentCalendar",
    "ContentPlan",
    "Delight",
    "Delights",
    "Doing",
    "Entry",
    "FitsPurchase",
    "Fitting",
    "Guides",
    "HadTrouble",
    "Help",
    "HelpDesk",
    "HelpEnded",
    "HelpsWith",
    "Hit",
    "Hour",
    "Hours",
    "Idea",
    "Ideas",
    "InTheWay",
    "InTouch",
    "Interests",
    "LastAsked",
    "Launch",
    "LaunchComes",
    "Level",
    "Library",
    "LikedByMany",
    "Limits",
    "Lingering",
    "ManyOrders",
    "MarketplaceLimits",
    "MaybeAsked",
    "Medium",
    "Met",
    "NeverAsked",
    "Next",
    "NoCustomerNow",
    "NoGuide",
    "NoHelpEnded",
    "NoIdea",
    "NoLibrary",
    "NoNeed",
    "NoOccasion",
    "NoRule",
    "NoSuchOrder",
    "NobodyThere",
    "NotForThat",
    "NotHere",
    "NotThatKind",
    "NotThatWay",
    "NotUpdated",
    "NotYetDue",
    "NothingInTheWay",
    "Occasion",
    "OfferChat",
    "OfferedLately",
    "OrderSettled",
    "OtherCurrency",
    "OwnOrder",
    "Path",
    "PreferredMedium",
    "Problem",
    "ProductTips",
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
    "Scale",
    "Scores",
    "Searching",
    "Season",
    "SeasonComes",
    "ServiceLevels",
    "SettledBy",
    "Step",
    "Surprise",
    "SurpriseNotDrawn",
    "SurprisedLately",
    "Survey",
    "SurveyQuestion",
    "ThereNow",
    "ThereUntil",
    "Ticket",
    "TicketEnded",
    "Tips",
    "TooLate",
    "Topic",
    "UnknownMarketplace",
    "WithinLimits",
    "asked_about",
    "availability",
    "best_channel",
    "best_hour",
    "channel_responses",
    "guides_for",
    "interests",
    "kind_responses",
    "next_at",
    "problems",
    "reply",
    "responses",
    "rude",
    "scores",
    "tickets",
    "tips_for",
    "tokens",
    "topics",
    "variant_responses",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    # A table reads better by module than by word.
    # fmt: off
    __getattr__ = opening(
        __name__,
        {
            "postpurchase.support.answers": ("Scores", "scores"),
            "postpurchase.support.article": ("Article", "Library", "Medium"),
            "postpurchase.support.asked": (
                "AskedAbout", "Bought", "Interests", "asked_about", "interests",
            ),
            "postpurchase.support.asking": (
                "AskAfterHelp", "AskedLately", "CheckIns", "HelpEnded", "LastAsked", "NeverAsked",
                "NoCustomerNow", "NoHelpEnded", "NotYetDue",
            ),
            "postpurchase.support.calendar": (
                "AskedByMany", "ContentCalendar", "ContentPlan", "Entry", "Launch", "LaunchComes",
                "LikedByMany", "NotUpdated", "Season", "SeasonComes",
            ),
            "postpurchase.support.chat": (
                "AskAboutPage", "AskAboutProblem", "Blocked", "ChatOffer", "InTouch", "Lingering",
                "NobodyThere", "NoNeed", "NotHere", "OfferChat", "OfferedLately", "Searching",
            ),
            "postpurchase.support.delight": (
                "CameLate", "Delight", "Delights", "HadTrouble", "ManyOrders", "NoOccasion",
                "Occasion", "Surprise", "SurprisedLately", "SurpriseNotDrawn",
            ),
            "postpurchase.support.guides": (
                "About", "Fitting", "Guides", "HelpsWith", "NoGuide", "NoLibrary",
                "PreferredMedium", "Reading", "guides_for",
            ),
            "postpurchase.support.hours": (
                "AlwaysThere", "Availability", "BackAt", "Hours", "ThereNow", "ThereUntil",
                "availability",
            ),
            "postpurchase.support.ideas": (
                "FitsPurchase", "Idea", "Ideas", "NoIdea", "Topic", "topics",
            ),
            "postpurchase.support.marketplace": (
                "CAREFUL", "AskedOnce", "Content", "Limits", "MarketplaceLimits", "MaybeAsked",
                "NotForThat", "NotThatKind", "NotThatWay", "OwnOrder", "TooLate",
                "UnknownMarketplace", "WithinLimits",
            ),
            "postpurchase.support.problem": ("Met", "Problem", "problems"),
            "postpurchase.support.remedy": (
                "USUAL", "AboveLimit", "ClaimedOften", "Doing", "NoRule", "NoSuchOrder",
                "OrderSettled", "OtherCurrency", "ProofNeeded", "Remedies", "Remedy",
                "RemedyRule", "SettledBy", "TicketEnded",
            ),
            "postpurchase.support.replying": ("Reply", "reply", "rude"),
            "postpurchase.support.response": (
                "Hour", "Response", "Responses", "best_channel", "best_hour", "channel_responses",
                "kind_responses", "next_at", "responses", "variant_responses",
            ),
            "postpurchase.support.roadblock": (
                "Help", "InTheWay", "NothingInTheWay", "Path", "Roadblocks",
            ),
            "postpurchase.support.search": ("Answers", "HelpDesk", "Hit", "Ranking"),
            "postpurchase.support.survey": ("Asked", "Scale", "Survey", "SurveyQuestion"),
            "postpurchase.support.surveys": ("CHECKOUT", "RELATIONSHIP", "SERVICE"),
            "postpurchase.support.text": ("tokens",),
            "postpurchase.support.ticket": (
                "Level", "Next", "ServiceLevels", "Step", "Ticket", "tickets",
            ),
            "postpurchase.support.tips": ("ProductTips", "Tips", "tips_for"),
        },
    )
    # fmt: on


def __dir__() -> list[str]:
    return __all__
